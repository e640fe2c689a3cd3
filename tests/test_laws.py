"""Laws: the text a maintainer writes, taken apart, or refused with the part that does not fit."""

from fractions import Fraction
from math import prod
from operator import add, mul, sub, truediv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.audit.constraints import KnownLaw
from plantrack.laws.grammar import Expression, Member, NotALaw, Operation, read_definition, read_law
from plantrack.laws.normal_form import forms_of
from plantrack.reading import load_catalogue
from plantrack.solver.variables import Variable


def test_a_law_is_read_with_its_precedence() -> None:
    law = read_law("a + 2 * b@parent = change(c) / (d - e)")
    assert law.left == Operation("+", Member("a"), Operation("*", Fraction(2), Member("b", "parent")))
    assert law.relation == "="
    assert [member.indicator for member in law.members] == ["a", "b", "c", "d", "e"]
    assert [member.changed for member in law.members] == [False, False, True, False, False]


def test_subtraction_goes_from_left_to_right() -> None:
    law = read_law("a - b - c >= 0")
    assert law.left == Operation("-", Operation("-", Member("a"), Member("b")), Member("c"))
    assert law.relation == ">="


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("a == b", "="),
        ("a = ", ""),
        ("a", ""),
        ("a = b c", "c"),
        ("a = (b", ""),
        ("a > b", "> b"),
        ("a = 2b", "b"),
        ("a = A", "A"),
        ("= b", "="),
        ("a = " + "(" * 200, "("),
    ],
)
def test_what_is_no_law_is_refused_with_the_part_that_does_not_fit(text: str, part: str) -> None:
    with pytest.raises(NotALaw) as refused:
        read_law(text)
    assert str(refused.value).startswith(part)
    assert text[refused.value.at :].strip().startswith(part)


@pytest.mark.parametrize(
    ("text", "part"), [("", ""), ("a = b", "= b"), ("change(a + b)", "+"), ("a @ 2", "2")]
)
def test_what_is_no_definition_is_refused_at_its_place(text: str, part: str) -> None:
    with pytest.raises(NotALaw) as refused:
        read_definition("x", text)
    assert text[refused.value.at :].startswith(part)


def value_of(expression: Expression, values: dict[str, Fraction]) -> Fraction:
    """What an expression comes to, reckoned without a normal form."""
    if isinstance(expression, Operation):
        reckon = {"+": add, "-": sub, "*": mul, "/": truediv}[expression.sign]
        return reckon(value_of(expression.left, values), value_of(expression.right, values))
    return values[expression.indicator] if isinstance(expression, Member) else expression


values = st.fixed_dictionaries({name: st.fractions(Fraction(1, 9), 9, max_denominator=9) for name in "abc"})


def terms(signs: str, leaves: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Expressions of these operations."""

    def joined(each: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        return st.builds("({} {} {})".format, each, st.sampled_from(signs), each)

    return st.recursive(leaves, joined, max_leaves=6)


products = terms("*/", st.sampled_from(("a", "b", "c", "2", "0.5")))
sums = terms("+-", st.sampled_from(("a", "b", "c", "2", "0.5 * a", "3 * b", "c / 4", "0")))


@given(products, products, values)
def test_a_product_is_one_exactly_where_both_sides_are_equal(
    left: str, right: str, values: dict[str, Fraction]
) -> None:
    law = read_law(f"{left} = {right}")
    monomial, _ = forms_of(law)
    assert monomial is not None
    factor, powers = monomial
    found = prod((values[member.indicator] ** power for member, power in powers.items()), start=factor)
    assert found == value_of(law.left, values) / value_of(law.right, values)
    assert all(powers.values())


@given(sums, sums, values)
def test_a_sum_is_what_one_side_is_more_than_the_other(
    left: str, right: str, values: dict[str, Fraction]
) -> None:
    law = read_law(f"{left} >= {right}")
    _, linear = forms_of(law)
    assert linear is not None
    summand, multiples = linear
    found = sum((each * values[member.indicator] for member, each in multiples.items()), start=summand)
    assert found == value_of(law.left, values) - value_of(law.right, values)
    assert all(multiples.values())


@pytest.mark.parametrize(
    "text", ["a * b >= c", "a / b >= c", "a * (b + 1) = c", "a = 2 / b + c", "0 * a = b / c"]
)
def test_a_law_that_is_neither_product_nor_sum_has_no_form(text: str) -> None:
    assert forms_of(read_law(text)) == (None, None)


@given(st.text(alphabet="ab+-*/()=>@ 1.", max_size=40))
def test_any_text_is_a_law_or_refused(text: str) -> None:
    try:
        read_law(text)
    except ValueError:
        return


def test_the_catalogue_speaks_only_of_what_it_knows() -> None:
    catalogue = load_catalogue()
    laws = [read_law(line) for line in (*catalogue.laws, *catalogue.usual_laws)]
    laws += [
        read_definition(name, each.definition)
        for name, each in catalogue.indicators.items()
        if each.definition
    ]
    for law in laws:
        for member in law.members:
            assert member.indicator in catalogue.indicators, law.text
            assert member.place in {None, "parent", *catalogue.places}
    for name, indicator in catalogue.indicators.items():
        assert indicator.unit in catalogue.units, name
        assert indicator.group in catalogue.groups, name
    for unit in catalogue.units.values():
        assert unit.factor > 0
    for place in catalogue.places.values():
        assert {place.parent, *place.members} - {None} <= catalogue.places.keys()


def test_no_two_indicators_have_one_name() -> None:
    indicators = load_catalogue().indicators.values()
    for language in ("zh", "en"):
        names = [getattr(indicator, language) for indicator in indicators]
        assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("line", "is_beyond", "holds"),
    [
        ("a = b", False, True),
        ("a = b", True, True),
        ("a = change(b)", False, True),
        ("a = change(b)", True, False),
        ("change(a) = change(b)", True, False),
    ],
)
def test_laws_of_changes_are_not_applied_where_another_led(line: str, is_beyond: bool, holds: bool) -> None:
    law, level = read_law(line), Variable("level", "a", "here", ("2020",))
    known = KnownLaw(law, {}, usual=False, members=law.members)
    assert known.holds_at(level, {level} if is_beyond else set()) is holds
    assert not known._replace(places={"there"}).holds_at(level, set())
    assert known._replace(places={"here", "there"}).holds_at(level, set())

"""Laws: the text a maintainer writes, taken apart, or refused with the part that does not fit."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.laws.grammar import Member, Operation, read_definition, read_law
from plantrack.reading import load_catalogue


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
    with pytest.raises(ValueError, match=r".*") as refused:
        read_law(text)
    assert str(refused.value).startswith(part)


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

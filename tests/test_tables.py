"""Tables before they have a format: numbers, forms, formulas; and what formats make of them."""

import io
import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from plantrack.audit import Implied
from plantrack.formats.markdown import to_markdown
from plantrack.formats.xlsx import number_format, workbook_bytes
from plantrack.language import POINTS, Words, labelled
from plantrack.reading import load_catalogue, plan_files, read_plan_file
from plantrack.views.formulas import Term, growth, live, number, scaled
from plantrack.views.table import Cell, Form, Span, Table, Value, numbers, printed, said, words
from spreadsheets import computed
from test_cli import ROOT

PER_CENT = Form(2, 100, "%")
CATALOGUE = load_catalogue()


@pytest.mark.parametrize(
    ("cell", "zh", "en"),
    [
        (Cell(0.055700287, PER_CENT), "5.57%", "5.57%"),
        (Cell(Fraction(1, 200), Form(1, 100, POINTS)), "0.5个百分点", "0.5 points"),
        (Cell(12.34, Form(1, signed=True)), "+12.3", "+12.3"),
        (Cell(-0.001, Form(2, signed=True)), "0.00", "0.00"),
        (Cell(None, PER_CENT), "—", "—"),
        (Cell(math.inf, PER_CENT), "—", "—"),
        (Cell(Fraction(10) ** 400, Form(1)), "—", "—"),
        (Span(0.0546, 0.0568, PER_CENT, 0.0557), "5.57%（5.46%—5.68%）", "5.57% (5.46–5.68%)"),
        (Span(0.0546, None, PER_CENT), "不低于5.46%", "≥5.46%"),
        (Span(-math.inf, 2.0, Form(1)), "不高于2.0", "≤2.0"),
    ],
)
def test_a_number_is_written_by_its_form(cell: Cell | Span, zh: str, en: str) -> None:
    assert (cell.say("zh"), cell.say("en")) == (zh, en)
    assert labelled(Words("甲", "a"), cell).say("en") == f"a: {en}"


def test_a_span_is_a_number_where_nothing_else_is_written() -> None:
    form = Form(1)
    assert Span.of(Implied(2.04, 2.01, 2.03), form).alone == Cell(2.04, form)
    assert Span(2.01, 2.03, form).alone is None  # neither end is the number
    assert Span.of(Implied(2.04, 1.9, 2.2), form).alone is None
    assert Span(None, 2.0, form).alone is None


@pytest.mark.parametrize("file", plan_files(ROOT / "data" / "plans"), ids=lambda file: file.stem)
def test_what_is_printed_is_written_as_it_is_printed(file: object) -> None:
    """A figure becomes a number only where that number is written with the very digits."""
    found = 0
    for figure in read_plan_file(file, CATALOGUE).require().figures:
        shown = printed(figure)
        if isinstance(shown, Cell):
            found += 1
            assert figure.measure is not None
            assert (shown.value, shown.say("en"), shown.say("zh")) == (
                figure.measure.value,
                figure.text,
                figure.text,
            )
        else:
            assert shown == said(figure)
    assert found > 0


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        (Form(), "#,##0"),
        (Form(2), "#,##0.00"),
        (PER_CENT, "0.00%"),
        (Form(1, 100, POINTS), '#,##0.0" points"'),
    ],
)
def test_a_form_is_a_number_format(form: Form, shown: str) -> None:
    assert number_format(form, "en") == shown


def test_a_workbook_keeps_numbers_in_full_and_markdown_writes_their_digits() -> None:
    columns = (*words("indicator"), *numbers("value", "growth", "increment", "share of the way"))
    rate, step = 10000 / 7626 - 1, Fraction(1, 300)
    row: tuple[Value, ...] = (
        "x",
        Cell(1 / 3, Form(1)),
        Cell(rate, PER_CENT),
        Cell(step, Form(2, 100, POINTS)),
        Span(1.0, 2.0, Form(1)),
    )
    table = Table("title", columns, [row], groups={0: "group"}, notes=["note"])
    (sheet,) = load_workbook(io.BytesIO(workbook_bytes([table], "title", "en")))
    shown = [cell.value for cell in sheet[2]]
    assert shown == ["group", "x", 1 / 3, rate, float(step * 100), "1.0–2.0"]
    assert "| x | 0.3 | 31.13% | 0.33 points | 1.0–2.0 |" in to_markdown(table, "en")


# -- formulas ------------------------------------------------------------------------------------

NUMBERS = {"A1": 3.0, "B2": 7.5, "C3": 0.25}
atoms = st.sampled_from([*(Term(at, value) for at, value in NUMBERS.items()), number(2), number(1)])
terms = st.recursive(
    atoms,
    lambda some: st.builds(
        lambda one, other, how: getattr(one, how)(other),
        some,
        some,
        st.sampled_from(["plus", "minus", "times", "over"]),
    ).filter(lambda term: abs(term.value) > 1e-6),
    max_leaves=8,
)


@given(terms, terms)
def test_a_formula_comes_to_the_value_it_carries(one: Term, other: Term) -> None:
    assert computed(one.formula, NUMBERS.__getitem__) == pytest.approx(one.value)
    power = Term("A1", 3.0).to_the(one.over(number(10)))
    if abs(one.value) < 100:
        term = other.minus(power)
        assert computed(term.formula, NUMBERS.__getitem__) == pytest.approx(term.value)


def test_formulas_are_written_as_one_would_write_them() -> None:
    first, last, years = Term("A1", 100.0), Term("B1", 121.0), Term("D1", 2022.0).minus(Term("C1", 2020.0))
    assert growth(first, last, years).formula == "(B1/A1)^(1/(D1-C1))-1"
    assert scaled(last.minus(first).over(years), Form(2, 100, POINTS)).formula == "(B1-A1)/(D1-C1)*100"
    assert first.times(number(1).plus(last).to_the(years)).rounded().formula == "ROUND(A1*(1+B1)^(D1-C1),0)"


def test_a_formula_that_gives_another_value_does_not_stand() -> None:
    term = Term("A1", 2.0)
    assert live(term, 2.0, Form()).formula == "A1"
    assert live(term, 2.1, Form()) == Cell(2.1, Form(), None, is_input=True)
    assert live(Term("A1", 200.0), 2.0, Form(1, 100, POINTS)).formula == "A1"


def test_of_a_table_one_column_may_be_left() -> None:
    table = Table("", words("indicator", "a year"), [("a", 1), ("b", 2)]).only([0])
    assert [len(table.columns), table.rows] == [1, [("a",), ("b",)]]

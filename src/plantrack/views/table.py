"""A table: what a result shows, before it has a language and a format."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from plantrack.findings import Level
from plantrack.language import Range, Said, fixed, say, text
from plantrack.numbers.interval import to_float
from plantrack.numbers.words import PERCENT, PERMILLE, SHARES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from plantrack.audit import Implied
    from plantrack.language import Language
    from plantrack.plan.figures import Figure


_V = TypeVar("_V")
SIGNS_OF_SHARES = PERCENT + PERMILLE


class Form(NamedTuple):
    """How a number is written: times `factor`, with so many decimals, its unit behind; `signed` with its plus."""

    decimals: int = 0
    factor: int = 1
    unit: Said = ""
    signed: bool = False

    @property
    def scale(self) -> int:
        """By what a spreadsheet has the number multiplied: it shows per cent of a fraction by itself."""
        return 1 if self.unit == "%" else self.factor


class Cell(NamedTuple):
    """A number and its form; with `formula`, what it comes to. `is_input` marks what a reader may change."""

    value: float | Fraction | Said | None
    form: Form = Form()
    formula: Said | None = None
    is_input: bool = False

    def say(self, language: Language) -> str:
        value = to_float(self.value) if isinstance(self.value, Fraction) else self.value
        if value is not None and not isinstance(value, float | int):
            return say(value, language)
        if value is None or not math.isfinite(value):
            return DASH
        shown = fixed(value * self.form.factor, self.form.decimals)
        sign = "+" if self.form.signed and not shown.startswith("-") and shown.strip("0.") else ""
        return f"{sign}{shown}{say(self.form.unit, language)}"


class Span(NamedTuple):
    """The nominal number, where there is one, and the ends that rounding leaves; `None` for no end."""

    low: float | None
    high: float | None
    form: Form
    nominal: float | None = None

    @classmethod
    def of(cls, implied: Implied, form: Form) -> Span:
        return cls(implied.low, implied.high, form, implied.nominal)

    @property
    def alone(self) -> Cell | None:
        """The nominal number where it is all that is shown; an end of an interval is never it."""
        shown = Cell(self.nominal, self.form)
        return shown if self.nominal is not None and self._between("en") == shown.say("en") else None

    def say(self, language: Language) -> str:
        """In brackets behind the nominal number where that is another."""
        between, shown = self._between(language), Cell(self.nominal, self.form).say(language)
        if self.nominal is None or between == shown:
            return between
        return f"{shown}（{between}）" if language == "zh" else f"{shown} ({between})"

    def _between(self, language: Language) -> str:
        form, ends = self.form, (self.low, self.high)
        low, high = (None if end is None or math.isinf(end) else end * form.factor for end in ends)
        return Range(low, high, form.decimals, form.unit).say(language)


Value = Cell | Span | Said | int | float | bool | None
"""What stands in a row: text and plain numbers as they are, other numbers as cells; `None` is an empty cell."""
DASH = "—"
"""Where there is nothing to tell."""


class Column(NamedTuple):
    title: Said | int
    is_number: bool = False


def words(*titles: Said | int) -> tuple[Column, ...]:
    """Columns of words; a title in quotes is the template of a `text`."""
    return tuple(Column(text(title) if isinstance(title, str) else title) for title in titles)


def numbers(*titles: Said | int) -> tuple[Column, ...]:
    return tuple(column._replace(is_number=True) for column in words(*titles))


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows, grouped, with notes below, `details` only where everything is asked for.

    A worksheet is named by the title, its first columns are frozen.
    """

    title: Said
    columns: tuple[Column, ...]
    rows: list[tuple[Value, ...]] = field(default_factory=list)
    groups: dict[int, Said] = field(default_factory=dict)
    notes: list[Said] = field(default_factory=list)
    details: list[Said] = field(default_factory=list)
    frozen: int | None = None

    def group(self, title: Said) -> None:
        """What follows stands under this title, unless it does already."""
        if next(reversed(self.groups.values()), "") != title:
            self.groups[len(self.rows)] = title

    def flat(self) -> Table:
        if not self.groups:
            return self
        rows: list[tuple[Value, ...]] = []
        group: Said = ""
        for number, row in enumerate(self.rows):
            group = self.groups.get(number, group)
            rows.append((group, *row))
        return replace(self, columns=(*words("section"), *self.columns), rows=rows, groups={})

    def only(self, keep: Iterable[int]) -> Table:
        at = tuple(keep)

        def some(whole: tuple[_V, ...]) -> tuple[_V, ...]:
            return tuple(whole[each] for each in at)

        notes, details = [*self.notes], [*self.details]
        rows = [some(row) for row in self.rows]
        return replace(self, columns=some(self.columns), rows=rows, notes=notes, details=details)


LEVELS = {Level.ERROR: text("error"), Level.WARNING: text("warning"), Level.NOTE: text("note")}


def said(figure: Figure | None) -> Said:
    if figure is None:
        return DASH
    return figure.relation.words if figure.relation is not None else figure.text or ""


def printed(figure: Figure | None) -> Value:
    """What a figure says: the number itself where nothing but its digits is printed."""
    measure = figure.measure if figure is not None else None
    if figure is None or measure is None:
        return said(figure)
    digits = measure.numeral.text.rstrip(SIGNS_OF_SHARES)
    sign, decimals = measure.numeral.text[len(digits) :], len(digits.partition(".")[2])
    cell = Cell(measure.value, Form(decimals, SHARES.get(measure.unit, 1), sign))
    return cell if cell.say("en") == figure.text else figure.text


def time_value(written: str) -> str | int:
    """A year as a number, so that it sorts; other times as written."""
    return int(written) if written.isascii() and written.isdigit() else written

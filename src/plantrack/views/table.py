"""A sheet, and the words that all sheets share."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from plantrack.findings import Level
from plantrack.language import BLANKS, Language, text, visible, without_commands

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.figures import Figure
    from plantrack.plan.model import Indicator


class Heading(NamedTuple):
    """One column's heading; numbers are set flush right and never wrapped."""

    title: str
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table before it has a format. Rows under one `group` stand together."""

    title: str
    headings: tuple[Heading, ...]
    rows: list[tuple[str, ...]] = field(default_factory=list)
    groups: dict[int, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def visible_sheet(sheet: Sheet) -> Sheet:
    """The sheet with a visible sign for whatever would steer a terminal."""

    def seen(cell: str) -> str:
        return without_commands(visible(cell, keep=BLANKS))

    return Sheet(
        seen(sheet.title),
        tuple(heading._replace(title=seen(heading.title)) for heading in sheet.headings),
        [tuple(map(seen, row)) for row in sheet.rows],
        {at: seen(group) for at, group in sheet.groups.items()},
        list(map(seen, sheet.notes)),
    )


def with_columns(sheet: Sheet, keep: Sequence[int]) -> Sheet:
    """The sheet with these columns only, for a terminal that is too narrow for all."""
    return replace(
        sheet,
        headings=tuple(sheet.headings[at] for at in keep),
        rows=[tuple(row[at] for at in keep) for row in sheet.rows],
    )


STATUSES = {
    "consistent": text("holds"),
    "in_finding": text("contradicted"),
    "wording": text("wording only"),
    "undetermined": text("not enough data"),
    "nothing_to_compare": text("— (nothing to compare)"),
}
"""What the whole audit knows of a target row, in a word."""
FAILS = text("fails")
"""A row whose own base and target do not lead to what it prints of the way."""
FOUND_ABOVE = text("see above")
"""A row of which a figure stands in a finding, in a table that comes below the findings."""
LEVELS = {Level.ERROR: text("error"), Level.WARNING: text("warning"), Level.NOTE: text("note")}


def unit_of(indicator: Indicator, catalogue: Catalogue, language: Language) -> str:
    """The name of an indicator's unit."""
    return indicator.unit if language == "zh" else catalogue.units[indicator.unit].en


def named_with_unit(indicator: Indicator, catalogue: Catalogue, language: Language) -> str:
    """`保费收入（亿元）`."""
    unit = unit_of(indicator, catalogue, language)
    name = indicator.name.say(language)
    return f"{name}（{unit}）" if language == "zh" else f"{name} ({unit})"


def said_text(figure: Figure | None, language: Language) -> str:
    """What a figure says: its numeral as printed, or its relation in words."""
    if figure is None:
        return "—"
    if figure.text is not None:
        return figure.text
    relation = figure.relation
    assert relation is not None
    return relation.words.say(language)

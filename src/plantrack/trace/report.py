"""What a trace finds: places of figures, uses of numbers, findings."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from plantrack.findings import CODES, Finding, Position
from plantrack.language import Text, listing, text
from plantrack.results import Result
from plantrack.trace.number_use import UNUSED, NumberUse, Unmatched, account_for
from plantrack.trace.places import Traced, place_figures
from plantrack.trace.source import Source
from plantrack.trace.units import Units

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plantrack.documents import Document
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.figures import Figure
    from plantrack.plan.model import PlanModel
    from plantrack.plan.plan import Plan
    from plantrack.reading.omissions_file import LoadedOmitted


@dataclass(frozen=True)
class Trace(Result):
    """One plan held against its document. `numbers` is empty where nobody asked what nothing uses."""

    loaded: Plan
    source: Source
    catalogue: Catalogue
    traced: tuple[Traced, ...]
    numbers: tuple[NumberUse, ...]
    unmatched: tuple[Unmatched, ...]
    listed: LoadedOmitted

    def __repr__(self) -> str:
        found = ", ".join(f"{number} {status}" for status, number in self.statuses.items())
        return (
            f"<Trace of {self.plan.plan} in {self.document.file}: {found}; {len(self.unused)} numbers unused>"
        )

    @property
    def plan(self) -> PlanModel:
        return self.loaded.model

    @property
    def document(self) -> Document:
        return self.source.document

    @property
    def lines(self) -> dict[str, int]:
        """The line of each figure that the document has."""
        placed = ((each.figure.id, each.place) for each in self.traced)
        return {name: self.document.line_at(place.start) for name, place in placed if place is not None}

    @cached_property
    def statuses(self) -> Counter[str]:
        return Counter(each.status for each in self.traced)

    @cached_property
    def uses(self) -> Counter[str]:
        return Counter(each.use for each in self.numbers)

    @property
    def unused(self) -> list[NumberUse]:
        return [each for each in self.numbers if each.use == UNUSED]

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        found = [*self.listed.findings, *_sections_not_found(self), *_figures_amiss(self)]
        found += [*_unused_numbers(self), *_stale_omissions(self)]
        return tuple(sorted(found, key=lambda each: (each.position, each.code.code)))

    def heading(self, section: str | None) -> str:
        """The heading of a section by its key; of no section, a dash."""
        return self.source.headings.get(section or "", "—")


def trace_plan(
    loaded: Plan, document: Document, listed: LoadedOmitted, catalogue: Catalogue, *, unused: bool
) -> Trace:
    """Hold a plan against its document; with `unused` every number must be accounted for or be `listed` as omitted."""
    units = Units(_bases(loaded, catalogue.of(loaded.model)))
    source = Source(document, listed.omitted.sections_unused | loaded.model.sections, units)
    traced = place_figures([each for each in loaded.figures if not _is_repeated(each)], source)
    numbers, unmatched = account_for(traced, listed, source) if unused else ([], [])
    return Trace(loaded, source, catalogue, tuple(traced), tuple(numbers), tuple(unmatched), listed)


def _is_repeated(figure: Figure) -> bool:
    """Whether it is printed for every year of several, and this is not the first: one number stands there."""
    return figure.each_year is not None and figure.each_year.start != figure.due.start


def _bases(plan: Plan, catalogue: Catalogue) -> dict[str, str]:
    """What units convert to; an amount per head may be printed as an amount."""
    indicators = (*catalogue.indicators.values(), *plan.model.own.values())
    compounds = {each.unit for each in indicators if "/" in each.unit}
    return {name: catalogue.units[name].measured.base for name in (*catalogue.units, *sorted(compounds))}


def _finding(name: str, message: Text, position: Position, about: str) -> Finding:
    return Finding(CODES[name], CODES[name].level, message, position, about)


def _sections_not_found(trace: Trace) -> Iterator[Finding]:
    for key, heading in trace.source.headings.items():
        if key in trace.source.sections:
            continue
        near = [
            text("{line}: {words}", line=line, words=trace.document.lines[line - 1].strip()[:30])
            for line in trace.source.outline.nearest(heading)
        ]
        message = text(
            'no heading "{heading}" in {file}; nearest lines: {near}',
            heading=heading,
            file=trace.document.file,
            near=listing(*near) if near else text("none"),
        )
        if key in trace.plan.sections:
            position = trace.loaded.source.position(("sections", key), key=True)
        else:
            position = trace.listed.position(("sections_unused", key), key=True)
        yield _finding("section-not-found", message, position, f"{trace.plan.plan}/{key}")


def _figures_amiss(trace: Trace) -> Iterator[Finding]:
    document = trace.document
    for figure, status, place, lines in trace.traced:
        if status == "found":
            continue
        values: dict[str, object] = {
            "what": figure.measures.name,
            "time": figure.time_text,
            "printed": figure.text or figure.row.printed or "",
            "section": trace.heading(figure.section),
            "file": document.file,
        }
        if place is not None:
            values["lines"] = listing(*lines[:MOST_LINES])
            values["words"] = document.words_around(place.start, place.end)
            values["other"] = trace.heading(trace.source.section_at(place.start))
        code, template = _AMISS[status]
        yield _finding(code, text(template.template, **values), figure.position, figure.id)


MOST_LINES = 5
"""More lines on which a figure stands are not listed."""
_AMISS = {
    "missing": ("figure-not-found", text("{what} {time}: {printed} stands nowhere in {file}")),
    "elsewhere": (
        "figure-elsewhere",
        text("{what} {time}: {printed} does not stand in {section}, but on line {lines} ({other}): {words}"),
    ),
    "differs": (
        "figure-differs",
        text("{what} {time}: the plan has {printed}, line {lines} of {file} reads otherwise: {words}"),
    ),
    "untraceable": (
        "nothing-to-trace",
        text("{what} {time}: no words are given that could be found in {section}: add `printed:`"),
    ),
}


def _unused_numbers(trace: Trace) -> Iterator[Finding]:
    document = trace.document
    for number, _ in trace.unused:
        message = text(
            "{number} is no figure of the plan and not listed as omitted ({section}): {words}",
            number=number.text,
            section=trace.heading(trace.source.section_at(number.start)),
            words=document.words_around(number.start, number.end),
        )
        position = Position(document.file, document.line_at(number.start), document.column_at(number.start))
        about = f"{trace.plan.plan}/{number.start}/{number.text}"
        yield _finding("unused-number", message, position, about)


def _stale_omissions(trace: Trace) -> Iterator[Finding]:
    for category, number, omission in trace.unmatched:
        if omission.section not in trace.source.sections:
            continue
        message = text(
            "{numeral} ({about}) is listed as omitted, and no such number that is no figure stands in {section}",
            numeral=omission.numeral,
            about=omission.about or category,
            section=trace.heading(omission.section),
        )
        position = trace.listed.position((category, number, "numeral"))
        about = f"{trace.plan.plan}/{category}/{omission.section}/{omission.numeral}/{number}"
        yield _finding("omission-not-found", message, position, about)

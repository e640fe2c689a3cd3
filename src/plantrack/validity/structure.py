"""Rules about the file itself: names, times, sections, rows."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import PurePath
from typing import TYPE_CHECKING

from plantrack.findings import CODES, Finding
from plantrack.language import listing, shortened, text
from plantrack.numbers.times import read_step, read_time
from plantrack.plan.model import FIGURE_KINDS, STAND_IN
from plantrack.validity.subject import FEW, guesses_for, rows_of, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plantrack.language import Text
    from plantrack.plan.figures import Figure
    from plantrack.plan.model import OtherPlace, PlanModel
    from plantrack.plan.tree import Path
    from plantrack.validity.subject import Subject


@rule
def plan_is_named_by_its_file(subject: Subject) -> Iterator[Finding]:
    plan, stem = subject.plan.plan, PurePath(subject.file.file).stem
    has_name = not subject.file.file.startswith("<")  # what came from a pipe has none
    if has_name and plan != stem:
        message = text(
            'the plan is called "{plan}" and the file "{stem}": give them one name', plan=plan, stem=stem
        )
        yield subject.finding("file-name", ("plan",), message)


@rule
def base_comes_before_target(subject: Subject) -> Iterator[Finding]:
    plan = subject.plan
    if plan.base >= plan.target:
        message = text(
            "the target year {target} does not come after the base year {base}",
            target=plan.target,
            base=plan.base,
        )
        yield subject.finding("times-out-of-order", ("target",), message)


@rule
def places_are_known(subject: Subject) -> Iterator[Finding]:
    named: list[tuple[Path, str]] = list(_parents_and_members(subject.plan))
    for path, row in rows_of(subject.plan):
        if isinstance(row.place, str):
            named.append(((*path, "place"), row.place))
        else:
            named += [((*path, "place", number), each) for number, each in enumerate(row.place or ())]
    for path, place in named:
        yield from subject.unknown("unknown-place", path, place, subject.catalogue.places)


def _parents_and_members(plan: PlanModel) -> Iterator[tuple[Path, str]]:
    """The places that the plan's own place and those it declares name, and where."""
    declared: list[tuple[Path, OtherPlace]] = [(("place",), plan.place)]
    declared += [(("places", name), each) for name, each in plan.places.items()]
    for path, each in declared:
        if each.parent is not None:
            yield (*path, "parent"), each.parent
        yield from (((*path, "members", number), member) for number, member in enumerate(each.members))


@rule
def declared_places_are_new(subject: Subject) -> Iterator[Finding]:
    own = subject.plan.place
    if own.id in subject.plan.places:
        message = text('"{id}" is {known}: give this place another id', id=own.id, known=own.zh)
        yield subject.finding("duplicate-key", ("places", own.id), message, key=True)


@rule
def indicators_are_known(subject: Subject) -> Iterator[Finding]:
    for name in subject.plan.figures:
        if not subject.knows(name):
            message = text(
                'no indicator "{name}": add it under `own:`, or write one of {guesses}',
                name=shortened(name),
                guesses=guesses_for(name, subject.indicators, subject.named),
            )
            yield subject.finding("unknown-indicator", ("figures", name), message, key=True)
    for name in subject.plan.own.keys() & subject.catalogue.indicators.keys():
        message = text('"{name}" is in the catalogue already: use that one, or another id', name=name)
        yield subject.finding("duplicate-key", ("own", name), message, key=True)


@rule
def sections_are_declared_and_used(subject: Subject) -> Iterator[Finding]:
    declared = subject.names("sections")
    if declared is None:
        return
    places = [(path, row.section) for path, row in rows_of(subject.plan)]
    places += [(("unmeasured", number), aim.section) for number, aim in enumerate(subject.plan.unmeasured)]
    for path, section in places:
        if section not in declared:
            message = text(
                'section "{section}" is not declared; declared are: {declared}',
                section=section,
                declared=guesses_for(section, declared) if len(declared) > FEW else listing(*declared),
            )
            yield subject.finding("undeclared-section", (*path, "in"), message)
    for each in subject.file.findings:
        if each.code.name == "duplicate-key" or re.fullmatch(_ROW_OR_MORE, each.about):
            return  # a row is not read, and it may be the one
    for section in subject.plan.sections.keys() - {section for _, section in places}:
        message = text(
            'no figure stands in section "{section}": remove it, or transcribe it', section=section
        )
        yield subject.finding("unused-section", ("sections", section), message, key=True)


_ROW_OR_MORE = r"[^/]*/(figures(/[^/]*(/\d+(/in)?)?)?|unmeasured(/\d+(/in)?)?)"
"""What a finding about rows as such, or about their section, is about."""


@rule
def moments_are_declared(subject: Subject) -> Iterator[Finding]:
    for name, moment in subject.plan.moments.items():
        for number, time in enumerate(moment.either):
            if _is_no_time(time):
                message = text('"{time}" is no year, month, quarter or span', time=time)
                yield subject.finding("invalid-time", ("moments", name, "either", number), message)
    declared = subject.names("moments")
    for path, row in rows_of(subject.plan):
        for kind, time, _ in row.values:
            for name in _moments(time):
                if declared is not None and name not in declared:
                    message = text(
                        '"{name}" is no year, month, quarter or span, and no moment of that name is declared '
                        "under `moments:`",
                        name=name,
                    )
                    yield subject.finding("unknown-moment", (*path, kind, time), message, key=True)


FAR = 15
"""Plans look so many years back and ahead: 远景目标 of 2035 in a plan from 2020 on."""


@rule
def years_are_near_the_plan(subject: Subject) -> Iterator[Finding]:
    """A year far from base and target is a slip of the keyboard: 2052. So is a base or target far from all figures."""
    plan = subject.plan
    base, target = int(plan.base), int(plan.target)
    if not base < target:
        return  # reported as such
    told = {year for _, row in rows_of(plan) for _, time, _ in row.values for year in _years(time)}
    if target - base > FAR:
        for key, year in (("base", base), ("target", target)):
            if year not in told:
                yield _distant(subject, (key,), year, key=False)
    for path, row in rows_of(plan):
        for kind, time, _ in row.values:
            for year in _years(time):
                if not base - FAR <= year <= target + FAR:
                    yield _distant(subject, (*path, kind, time), year, key=True)


def _distant(subject: Subject, path: Path, year: int, *, key: bool) -> Finding:
    plan = subject.plan
    if key:
        said = text(
            "{year} is far from the plan's years, {base} to {target}: is it meant?",
            year=year,
            base=plan.base,
            target=plan.target,
        )
    else:
        said = text(
            "from {base} to {target} are {years} years, and no figure is of {year}: is it meant?",
            year=year,
            base=plan.base,
            target=plan.target,
            years=int(plan.target) - int(plan.base),
        )
    return subject.finding("distant-year", path, said, key=key)


@rule
def rows_print_figures(subject: Subject) -> Iterator[Finding]:
    """What something was set aside from is reported for that."""
    told = {finding.position.line for finding in subject.file.findings}
    figures = subject.plan.figures
    none = text("no figure at all: a plan without figures cannot be checked")
    empty: list[tuple[Path, Text]] = [] if figures else [(("figures",), none)]
    empty += [(("figures", name), none) for name, rows in figures.items() if not rows]
    kinds = text("this row prints no figure: give it one of {kinds}", kinds=listing(*FIGURE_KINDS))
    empty += [(path, kinds) for path, row in rows_of(subject.plan) if not row.values]
    for path, message in empty:
        if told.isdisjoint(subject.file.lines(path)):
            yield subject.finding("no-figure", path, message, key=message is none)


@rule
def figures_stand_once(subject: Subject) -> Iterator[Finding]:
    seen: dict[tuple[str | None, ...], Figure] = {}
    code = CODES["figure-twice"]
    for figure in subject.file.figures:
        if figure.text is None or figure.section == STAND_IN:
            continue
        stem = (figure.indicator, figure.place, figure.kind, figure.time_text)
        key = (*stem, figure.section, figure.text, figure.row.printed, figure.row.scope)
        first = seen.setdefault(key, figure)
        if first is not figure:
            message = text(
                '"{text}" stands in section "{section}" once already (at {first}): remove one, or correct the section',
                text=figure.text,
                section=figure.section,
                first=first.position.spot,
            )
            yield Finding(code, code.level, message, figure.position, figure.id)


@lru_cache(maxsize=5_000)
def _moments(time: str) -> tuple[str, ...]:
    try:
        times = read_step(time) if "->" in time else (read_time(time),)
    except ValueError:
        return ()
    return tuple(each.text for each in times if each.kind == "moment")


@lru_cache(maxsize=5_000)
def _years(time: str) -> frozenset[int]:
    """The years in which the ends of a time of the plan file lie."""
    try:
        times = read_step(time) if "->" in time else (read_time(time),)
    except ValueError:
        return frozenset()
    ends = [(each.start, each.end - 1) for each in times if each.start is not None and each.end is not None]
    return frozenset(month // 12 for both in ends for month in both)


def _is_no_time(time: str) -> bool:
    try:
        return read_time(time).kind == "moment"
    except ValueError:
        return True

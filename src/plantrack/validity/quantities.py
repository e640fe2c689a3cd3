"""Rules about what is measured: indicators of the plan, bands, comparisons, laws."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from plantrack.findings import CODES, Finding
from plantrack.language import Text, listing, shortened, text
from plantrack.laws.grammar import (
    MEMBERS,
    PARENT,
    Law,
    Member,
    NotALaw,
    members_of,
    read_definition,
    read_law,
)
from plantrack.laws.normal_form import forms_of
from plantrack.numbers.numeral import read_numeral
from plantrack.numbers.words import CLOSING, FALL_NAMED, OPENING, RISING, SCALE_NAMES, UNITS_SHOWN, as_fall
from plantrack.plan.catalogue import nearest
from plantrack.plan.model import LAST_YEAR
from plantrack.plan.plan import Word
from plantrack.validity.subject import rows_of, rule
from plantrack.validity.units_check import MixedUnits, PlainNumber, require_like_units

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plantrack.findings import Position
    from plantrack.plan.model import Band
    from plantrack.plan.tree import Path
    from plantrack.plan.units import Units
    from plantrack.validity.subject import Subject


@rule
def own_indicators_fit_the_catalogue(subject: Subject) -> Iterator[Finding]:
    for name, indicator in subject.plan.own.items():
        at, units = ("own", name), subject.catalogue.units
        if indicator.unit not in units:
            yield subject.finding("unknown-unit", (*at, "unit"), _no_unit(indicator.unit, units))
        if indicator.group is not None:
            groups = subject.catalogue.groups
            yield from subject.unknown("invalid-value", (*at, "group"), indicator.group, groups)
        for number, part in enumerate(indicator.parts):
            others = subject.indicators - {name}
            yield from subject.unknown("unknown-indicator", (*at, "parts", number), part, others)
        if indicator.limit is not None and indicator.unit in units:
            yield from _limit(subject, (*at, "limit"), indicator.limit, indicator.unit)
        if indicator.band is not None:
            yield from _band(subject, (*at, "band"), indicator.band)


def _no_unit(unit: str, units: Units) -> Text:
    return text(
        '"{unit}" is no unit that is understood. A unit is one of {words}, with a scale before it ({scales}) where it '
        "has one, and a second behind `/` (件/万人); declare other words under `units:`",
        unit=shortened(unit),
        words=listing(*(nearest(unit, units.offered) or UNITS_SHOWN)),
        scales=" ".join(SCALE_NAMES),
    )


def _limit(subject: Subject, path: Path, limit: str, own: str) -> Iterator[Finding]:
    units = subject.catalogue.units
    try:
        unit = read_numeral(limit).unit or own
    except ValueError:
        yield subject.finding("invalid-numeral", path, _no_numeral(limit))
        return
    if unit not in units or units[unit].base != units[own].base:
        message = text(
            "{limit} is no amount of {unit}: write the limit in the indicator's unit", limit=limit, unit=own
        )
        yield subject.finding("unit-mismatch", path, message)


@rule
def bands_are_of_known_indicators(subject: Subject) -> Iterator[Finding]:
    for name, band in subject.plan.bands.items():
        path = ("bands", name)
        for each in subject.unknown_indicator(path, name):
            yield replace(each, position=subject.file.position(path, key=True))
        yield from _band(subject, path, band)


def _band(subject: Subject, path: Path, band: Band) -> Iterator[Finding]:
    ends = []
    for key, said in (("low", band.low), ("high", band.high)):
        try:
            numeral = read_numeral(said)
        except ValueError:
            yield subject.finding("invalid-numeral", (*path, key), _no_numeral(said))
            continue
        if numeral.unit != "%":
            message = text("{said}: growth a year is written in %, as -3%", said=said)
            yield subject.finding("unit-mismatch", (*path, key), message)
        ends.append(numeral.value)
    if len(ends) > 1 and ends[0] > ends[1]:
        message = text("the least growth {low} is above the greatest {high}", low=band.low, high=band.high)
        yield subject.finding("invalid-value", (*path, "low"), message)


def _no_numeral(said: str) -> Text:
    return text('"{text}" is no number that is understood, as 100% or -3%', text=said)


@rule
def the_day_of_issue_is_one(subject: Subject) -> Iterator[Finding]:
    issued = subject.plan.issued
    try:
        if issued is not None and issued.count("-") > 1:
            date.fromisoformat(issued)
    except ValueError:
        message = text("there is no day {date}", date=issued)
        yield subject.finding("invalid-value", ("issued",), message)


@rule
def falls_are_told_by_figures(subject: Subject) -> Iterator[Finding]:
    """Beside 能耗降低 a bare 13.5 may be a rise or a fall: told at the first such figure of an indicator."""
    told: set[str] = set()
    for figure in subject.file.figures:
        measure = figure.measure
        if figure.indicator in told or figure.kind not in _CHANGES or measure is None:
            continue
        name = figure.measures.zh
        names_fall = _FALL_NAMED.search(_IN_BRACKETS.sub("", name))
        if names_fall is None:
            continue
        if measure.value > 0 and not _says_rise(measure.numeral.text):
            told.add(figure.indicator)
            message = text(
                "the fall is in the name {name}, and {text} is read as a rise: write {fall}, or name the indicator "
                "without {word}",
                name=name,
                text=measure.numeral.text,
                fall=as_fall(measure.numeral.text, measure.unit),
                word=names_fall[0],
            )
            code = CODES["fall-in-name"]
            yield Finding(code, code.level, message, figure.position, figure.id)


_CHANGES = ("growth", "total_growth", "change", "annual_change")
_FALL_NAMED = re.compile(FALL_NAMED)
_IN_BRACKETS = re.compile(rf"{OPENING}[^\[\]()（）〔〕【】［］]*{CLOSING}$")


def _says_rise(numeral: str) -> bool:
    return any(word in numeral for word in RISING)


# -- comparisons ---------------------------------------------------------------------------------


@rule
def comparisons_name_known_quantities(subject: Subject) -> Iterator[Finding]:
    figures: dict[Position, str] = {}
    for path, row in rows_of(subject.plan):
        for kind, time, value in row.values:
            if not isinstance(value, list):
                continue
            figures = figures or {figure.position: figure.id for figure in subject.file.figures}
            at = (*path, kind, time)
            about = figures.get(subject.file.position(at))
            for number, comparison in enumerate(value):
                inner = at if subject.file.node((*at, number)) is None else (*at, number)
                for operator, to in comparison.operators:
                    found = _compared(subject, (*inner, operator), to)
                    yield from (replace(each, about=about or each.about) for each in found)


def _compared(subject: Subject, path: Path, to: str) -> Iterator[Finding]:
    """What is wrong with the other side of a comparison, `indicator@place`."""
    name, at, place = to.partition("@")
    own = str(path[1])
    if to == LAST_YEAR:
        yield from _last_year(subject, path)
    elif not subject.knows(name):
        yield from subject.unknown_indicator(path, name)
    elif at and place != PARENT and place not in subject.catalogue.places:
        known = {*subject.catalogue.places, PARENT}
        yield from subject.unknown("unknown-place", path, place, known, Word(place, len(name) + 1))
    elif name == own and not at:
        message = text(
            "nothing is compared with itself: name another indicator, or a place as {name}@parent", name=name
        )
        yield subject.finding("invalid-value", path, message)
    elif subject.knows(own) and path[3] in _MEASURED:
        yield from _unlike(subject, path, Law("", Member(own), "=", Member(name)), Word(name))


def _last_year(subject: Subject, path: Path) -> Iterator[Finding]:
    """Only a level of a year and a year's growth have a year before."""
    kind, time = str(path[3]), str(path[4])
    start, arrow, end = (part.strip() for part in time.partition("->"))
    years = [int(each) for each in (start, end) if each.isdigit()]
    is_level = kind == "level" and len(years) == 1 and not arrow
    is_growth = kind in {"growth", "total_growth"} and years[1:] == [years[0] + 1] if years else False
    if not is_level and not is_growth:
        message = text(
            "last_year is compared with a level of a year, or with a year's growth, as growth: {{2024->2025: …}}"
        )
        yield subject.finding("invalid-value", path, message)


_MEASURED = ("level", "change", "annual_change")
"""Kinds of figure that are measured in their indicator's unit; rates of growth compare with any others."""


# -- laws ----------------------------------------------------------------------------------------


_MISSING = text(
    "something is missing at the end: a law reads like `a = b / c`, `a >= b + c` or `a = sum(a@members)`"
)
_NOT_EXPECTED = text(
    '"{part}" is not expected here: a law reads like `a = b / c`, `a >= b + c` or `a = sum(a@members)`'
)


@rule
def laws_are_understood(subject: Subject) -> Iterator[Finding]:
    laws: list[tuple[Path, str, str]] = [(("laws", n), "", line) for n, line in enumerate(subject.plan.laws)]
    for name, indicator in subject.plan.own.items():
        if indicator.definition is not None:
            laws.append((("own", name, "is"), name, indicator.definition))
    for path, defined, line in laws:
        try:
            law = read_definition(defined, line) if defined else read_law(line)
        except NotALaw as error:
            word = Word(str(error), error.at)
            message = text(_NOT_EXPECTED.template, part=word.text) if word.text else _MISSING
            yield subject.finding("invalid-law", path, message, word=word)
            continue
        if unknown_names := list(_unknown_names(subject, law, path)):
            yield from unknown_names
        elif Member(defined) in members_of(law.right):
            message = text('"{name}" is not defined by itself', name=defined)
            yield subject.finding("invalid-law", path, message, word=Word(defined))
        elif (reason := _why_meaningless(law)) is not None:
            yield subject.finding("invalid-law", path, reason)
        else:
            yield from _unlike(subject, path, law)


def _unknown_names(subject: Subject, law: Law, path: Path) -> Iterator[Finding]:
    places = {*subject.catalogue.places, PARENT, MEMBERS}
    for name, place, *_, summed in law.members:
        yield from subject.unknown_indicator(path, name, Word(name))
        if place == MEMBERS and not summed:
            message = text("write `sum({name}@members)` for the sum over all parts", name=name)
            yield subject.finding("invalid-law", path, message, word=Word(MEMBERS))
        elif place is not None:
            yield from subject.unknown("unknown-place", path, place, places, Word(place))


def _why_meaningless(law: Law) -> Text | None:
    """Why no reckoning can use a law: it is neither a product nor a sum, or nothing is left in it."""
    monomial, linear = forms_of(law)
    form = monomial or linear
    if form is None:
        return text(
            "a law is a product of powers or a sum of multiples; this is neither: write it as several, with "
            "indicators of your own between"
        )
    return None if form[1] else text("both sides say the same, and nothing is left of this law")


def _unlike(subject: Subject, path: Path, law: Law, word: Word | None = None) -> Iterator[Finding]:
    try:
        require_like_units(law, subject.named, subject.catalogue)
    except PlainNumber as error:
        message = text(
            "a plain number beside {unit} has no unit: numbers are added to and compared with ratios and counts only",
            unit=error.unit,
        )
        yield subject.finding("unit-mismatch", path, message, word=Word(error.at))
    except MixedUnits as error:
        message = text(
            "{one} on one side and {other} on the other: what is added or compared is measured alike",
            one=error.one,
            other=error.other,
        )
        yield subject.finding("unit-mismatch", path, message, word=word or Word(error.at))

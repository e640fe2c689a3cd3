"""Rules for plan files: what the structure allows and the contents must still not do.

A rule takes the loaded plan and the catalogue and yields findings; it is registered by its
decorator and named by the codes it reports.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from plantrack.catalogue import nearest
from plantrack.dimensions import MixedUnits, require_like_units
from plantrack.findings import CODES, Finding
from plantrack.language import Text, listing, text
from plantrack.laws import NotALaw, read_definition, read_law
from plantrack.loading.plans import Word
from plantrack.loading.setting_aside import STAND_IN
from plantrack.plan import FIGURE_KINDS, Plan, Row
from plantrack.times import read_step, read_time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from plantrack.catalogue import Catalogue
    from plantrack.figures import Figure
    from plantrack.laws import Law
    from plantrack.loading import LoadedPlan

    Path = tuple[str | int, ...]


class Subject(NamedTuple):
    """What a rule looks at: a plan whose file could be read."""

    loaded: LoadedPlan
    plan: Plan
    catalogue: Catalogue

    @property
    def indicators(self) -> set[str]:
        """Ids that figures and laws may name; any of the plan's where its own cannot be read."""
        own = self.names("own")
        return {*(self.plan.figures if own is None else own), *self.catalogue.indicators}

    def names(self, key: str) -> tuple[str, ...] | None:
        """The names declared under a key of the file, also those whose declaration is reported already.

        `None` where no mapping stands there and the names cannot be known.
        """
        node = self.loaded.node((key,))
        if node is None:
            return () if not Plan.model_fields[key].is_required() else None
        return tuple(node.value) if isinstance(node.value, dict) else None

    def finding(
        self, name: str, path: Path, message: Text, *, key: bool = False, word: Word | None = None
    ) -> Finding:
        """A finding at a value of the plan, at its key, or at a word within it."""
        code = CODES[name]
        about = "/".join(str(step) for step in (self.plan.plan, *path))
        return Finding(code, code.level, message, self.loaded.position(path, key=key, word=word), about)


RULES: list[Callable[[Subject], Iterator[Finding]]] = []
"""Every rule, in the order they are asked."""


def rule(function: Callable[[Subject], Iterator[Finding]]) -> Callable[[Subject], Iterator[Finding]]:
    """Register a rule."""
    RULES.append(function)
    return function


def check_validity(loaded: LoadedPlan, catalogue: Catalogue) -> tuple[Finding, ...]:
    """Every problem of a plan file: those of reading it and those that the rules find, by place.

    Where reading has found something wrong, the rules see a stand-in: what they say there is dropped.
    """
    findings = list(loaded.findings)
    if loaded.plan is not None:
        subject = Subject(loaded, loaded.plan, catalogue)
        told = {finding.position for finding in findings}
        for function in RULES:
            findings += (each for each in function(subject) if each.position not in told)
    return tuple(sorted(findings, key=lambda finding: (finding.position, finding.code.code)))


@rule
def plan_is_named_by_its_file(subject: Subject) -> Iterator[Finding]:
    stem = PurePath(subject.loaded.file).stem
    has_name = not subject.loaded.file.startswith("<")  # what came from a pipe has none
    if has_name and subject.plan.plan != stem:
        yield subject.finding(
            "file-name",
            ("plan",),
            text(
                'the plan is called "{plan}" and the file "{stem}": give them one name',
                plan=subject.plan.plan,
                stem=stem,
            ),
        )


@rule
def base_comes_before_target(subject: Subject) -> Iterator[Finding]:
    plan = subject.plan
    if plan.base >= plan.target:
        yield subject.finding(
            "times-out-of-order",
            ("target",),
            text(
                "the target year {target} does not come after the base year {base}",
                target=plan.target,
                base=plan.base,
            ),
        )


@rule
def places_are_known(subject: Subject) -> Iterator[Finding]:
    named: list[tuple[Path, str]] = [(("place", "id"), subject.plan.place.id)]
    for path, row in _rows(subject.plan):
        if isinstance(row.place, str):
            named.append(((*path, "place"), row.place))
        else:
            named += [((*path, "place", number), each) for number, each in enumerate(row.place or ())]
    for path, place in named:
        if place not in subject.catalogue.places:
            yield subject.finding("unknown-place", path, _unknown(place, subject.catalogue.places))


@rule
def indicators_are_known(subject: Subject) -> Iterator[Finding]:
    for name in subject.plan.figures:
        if name not in subject.indicators:
            message = text(
                'no indicator "{name}": add it under `own:`, or write one of {guesses}',
                name=name,
                guesses=_guesses(name, subject.indicators),
            )
            yield subject.finding("unknown-indicator", ("figures", name), message, key=True)
    for name in subject.plan.own.keys() & subject.catalogue.indicators.keys():
        yield subject.finding(
            "duplicate-key",
            ("own", name),
            text('"{name}" is in the catalogue already: use that one, or another id', name=name),
            key=True,
        )


@rule
def own_indicators_have_known_units(subject: Subject) -> Iterator[Finding]:
    for name, indicator in subject.plan.own.items():
        if indicator.unit not in subject.catalogue.units:
            yield subject.finding(
                "unknown-unit", ("own", name, "unit"), _unknown(indicator.unit, subject.catalogue.units)
            )


@rule
def sections_are_declared_and_used(subject: Subject) -> Iterator[Finding]:
    declared = subject.names("sections")
    if declared is None:
        return
    used: set[str] = set()
    places = [(path, row.section) for path, row in _rows(subject.plan)]
    places += [(("unmeasured", number), aim.section) for number, aim in enumerate(subject.plan.unmeasured)]
    for path, section in places:
        used.add(section)
        if section not in declared:
            message = text(
                'section "{section}" is not declared; declared are: {declared}',
                section=section,
                declared=_guesses(section, declared) if len(declared) > FEW else listing(*declared),
            )
            yield subject.finding("undeclared-section", (*path, "in"), message)
    if _some_rows_are_unread(subject.loaded):
        return  # one of them may be the one
    for section in subject.plan.sections.keys() - used:
        yield subject.finding(
            "unused-section",
            ("sections", section),
            text('no figure stands in section "{section}": remove it, or transcribe it', section=section),
            key=True,
        )


def _some_rows_are_unread(loaded: LoadedPlan) -> bool:
    """Whether a row was set aside, or where it stands, or one hides under a key that stands twice."""
    return any(
        finding.code.name == "duplicate-key" or _ROW_OR_MORE.fullmatch(finding.about)
        for finding in loaded.findings
    )


_ROW_OR_MORE = re.compile(r"[^/]*/(figures(/[^/]*(/\d+(/in)?)?)?|unmeasured(/\d+(/in)?)?)")
"""What a finding about rows as such, or about their section, is about."""


@rule
def moments_are_declared(subject: Subject) -> Iterator[Finding]:
    for name, moment in subject.plan.moments.items():
        for number, time in enumerate(moment.either):
            if _is_no_time(time):
                yield subject.finding(
                    "invalid-time",
                    ("moments", name, "either", number),
                    text('"{time}" is no year, month end or span', time=time),
                )
    declared = subject.names("moments")
    for path, row in _rows(subject.plan):
        for kind, time, _ in row.values:
            for name in _moments(time):
                if declared is not None and name not in declared:
                    message = text(
                        '"{name}" is no year, month end or span, and no moment of that name is declared under `moments:`',
                        name=name,
                    )
                    yield subject.finding("unknown-moment", (*path, kind, time), message, key=True)


@rule
def rows_print_figures(subject: Subject) -> Iterator[Finding]:
    """What something was set aside from is reported for that."""
    told = {finding.position.line for finding in subject.loaded.findings}
    figures = subject.plan.figures
    empty: list[Path] = [("figures",)] if not figures else []
    empty += [("figures", name) for name, rows in figures.items() if not rows]
    for path in empty:
        if told.isdisjoint(subject.loaded.lines(path)):
            yield subject.finding(
                "no-figure",
                path,
                text("no figure at all: a plan without figures cannot be checked"),
                key=True,
            )
    for path, row in _rows(subject.plan):
        if not row.values and told.isdisjoint(subject.loaded.lines(path)):
            yield subject.finding(
                "no-figure",
                path,
                text("this row prints no figure: give it one of {kinds}", kinds=listing(*FIGURE_KINDS)),
            )


@rule
def figures_stand_once(subject: Subject) -> Iterator[Finding]:
    seen: dict[tuple[str | None, ...], Figure] = {}
    for figure in subject.loaded.figures:
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
                first=f"{first.position.line}:{first.position.column}",
            )
            code = CODES["figure-twice"]
            yield Finding(code, code.level, message, figure.position, figure.id)


@rule
def comparisons_name_known_quantities(subject: Subject) -> Iterator[Finding]:
    figures = {figure.position: figure.id for figure in subject.loaded.figures}
    for path, row in _rows(subject.plan):
        for kind, time, value in row.values:
            at = (*path, kind, time)
            about = figures.get(subject.loaded.position(at))
            for number, comparison in enumerate(value if isinstance(value, list) else ()):
                inner = at if subject.loaded.node((*at, number)) is None else (*at, number)
                for operator, to in comparison.operators:
                    found = _unknown_names(subject, (*inner, operator), to)
                    yield from (replace(each, about=about or each.about) for each in found)


def _unknown_names(subject: Subject, path: Path, to: str) -> Iterator[Finding]:
    """What the catalogue and the plan do not have of `indicator@place`."""
    name, _, place = to.partition("@")
    if name not in subject.indicators:
        yield subject.finding("unknown-indicator", path, _unknown(name, subject.indicators))
    known = {*subject.catalogue.places, "parent"}
    if place and place not in known:
        word = Word(place, len(name) + 1)
        yield subject.finding("unknown-place", path, _unknown(place, known), word=word)


@rule
def laws_are_understood(subject: Subject) -> Iterator[Finding]:
    laws: list[tuple[Path, str | None, str]] = [
        (("laws", n), None, line) for n, line in enumerate(subject.plan.laws)
    ]
    for name, indicator in subject.plan.own.items():
        if indicator.definition is not None:
            laws.append((("own", name, "is"), name, indicator.definition))
    for path, defined, line in laws:
        try:
            law = read_law(line) if defined is None else read_definition(defined, line)
        except NotALaw as error:
            message = text(
                '"{part}" is not expected here: a law reads like `a = b / c` or `a >= b + c`', part=str(error)
            )
            yield subject.finding("invalid-law", path, message, word=Word(str(error), error.at))
            continue
        unknown = [member.indicator for member in law.members if member.indicator not in subject.indicators]
        for name in unknown:
            yield subject.finding(
                "unknown-indicator", path, _unknown(name, subject.indicators), word=Word(name)
            )
        if not unknown:
            yield from _mixed_units(subject, law, path)


def _mixed_units(subject: Subject, law: Law, path: Path) -> Iterator[Finding]:
    try:
        require_like_units(law, {**subject.catalogue.indicators, **subject.plan.own}, subject.catalogue)
    except MixedUnits as error:
        message = text(
            "{one} on one side and {other} on the other: a law adds and compares what is measured alike",
            one=error.one,
            other=error.other,
        )
        yield subject.finding("unit-mismatch", path, message, word=Word(error.at))


def _rows(plan: Plan) -> Iterator[tuple[Path, Row]]:
    for name, rows in plan.figures.items():
        for number, row in enumerate(rows):
            yield ("figures", name, number), row


def _guesses(name: str, known: Iterable[str]) -> object:
    known = sorted(known)
    some = known if len(known) <= MANY else [*known[:MANY], "…"]
    return listing(*(nearest(name, known) or some))


FEW, MANY = 8, 25
"""So many names are listed in any case, and so many where none is like the one that was written."""


def _unknown(name: str, known: Iterable[str]) -> Text:
    return text('"{name}" is not known here; known are {guesses}', name=name, guesses=_guesses(name, known))


def _moments(time: str) -> list[str]:
    """The moments that a time of the plan file names."""
    try:
        times = read_step(time) if "->" in time else (read_time(time),)
    except ValueError:
        return []
    return [each.text for each in times if each.kind == "moment"]


def _is_no_time(time: str) -> bool:
    try:
        return read_time(time).kind == "moment"
    except ValueError:
        return True

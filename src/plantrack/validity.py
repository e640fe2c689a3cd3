"""Rules for plan files: what the structure allows and the contents must still not do.

A rule takes the loaded plan and the catalogue and yields findings; it is registered by its
decorator and named by the codes it reports.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from plantrack.catalogue import nearest
from plantrack.dimensions import MixedUnits, require_like_units
from plantrack.findings import CODES, Finding
from plantrack.language import Text, listing, text
from plantrack.laws import NotALaw, read_definition, read_law
from plantrack.loading.plans import Word
from plantrack.numeral import read_numeral
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
        """Ids that figures and laws may name."""
        return self.plan.own.keys() | self.catalogue.indicators.keys()

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
    """Every problem of a plan file: those of reading it and those that the rules find, by place."""
    findings = list(loaded.findings)
    if loaded.plan is not None:
        subject = Subject(loaded, loaded.plan, catalogue)
        for function in RULES:
            findings += function(subject)
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
        places = [row.place] if isinstance(row.place, str) else row.place or []
        named += [((*path, "place"), place) for place in places]
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
    declared = subject.plan.sections
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
    if any(finding.about.startswith(f"{subject.plan.plan}/figures/") for finding in subject.loaded.findings):
        return  # a row that was set aside may be the one
    for section in declared.keys() - used:
        yield subject.finding(
            "unused-section",
            ("sections", section),
            text('no figure stands in section "{section}": remove it, or transcribe it', section=section),
            key=True,
        )


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
    for path, row in _rows(subject.plan):
        for kind, time, _ in row.values:
            for name in _moments(time):
                if name not in subject.plan.moments:
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
        if figure.text is None:
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
    for figure in subject.loaded.figures:
        relation = figure.relation
        if relation is None or relation.to is None:
            continue
        indicator, _, place = relation.to.partition("@")
        for name, known, code in (
            (indicator, subject.indicators, "unknown-indicator"),
            (place or figure.place, {*subject.catalogue.places, "parent"}, "unknown-place"),
        ):
            if name not in known:
                yield Finding(
                    CODES[code], CODES[code].level, _unknown(name, known), figure.position, figure.id
                )
        if relation.by is not None and _is_no_numeral(relation.by):
            code = "invalid-numeral"
            yield Finding(
                CODES[code],
                CODES[code].level,
                text('`by`: "{text}" is no printed number that is understood', text=relation.by),
                figure.position,
                figure.id,
            )


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


def _is_no_numeral(numeral: str) -> bool:
    try:
        read_numeral(numeral)
    except ValueError:
        return True
    return False

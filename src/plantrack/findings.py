"""Findings and the registry of their codes.

`PT` and three digits, never reused: 0xx file and YAML, 1xx structure, 2xx ids, units, references,
3xx contradiction, 4xx plausibility, 5xx provenance, 9xx waivers. The explanation of each code is a page
in `plantrack/pages`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from plantrack.language import Text, shortened, text
from plantrack.results import Record

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction


class Level(StrEnum):
    """How sure and how grave: an error means that something printed or written is wrong."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Code(NamedTuple):
    """One kind of finding."""

    code: str
    name: str
    level: Level
    title: Text


class Position(NamedTuple):
    """Where in a plan file; lines and columns count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Involved(NamedTuple):
    """One figure of a contradiction and what it would have to read.

    `should_read` holds the least and the greatest numeral (one end `None` where unbounded) that
    would repair the contradiction with the others as printed, `should_read_count` how many there
    are (`None` for endlessly many); `also` the figures that would do in its place; `nominal` is the one
    that the printed values of the others come to, where it would do; `instead` are figures of the same
    quantity with which the others do not exclude it.
    """

    figure: str
    should_read: tuple[str | None, ...] = ()
    should_read_count: int | None = 0
    also: tuple[str, ...] = ()
    nominal: str | None = None
    instead: tuple[str, ...] = ()


class Said(NamedTuple):
    """What a figure would say under another reading: of a level, a ratio or a difference, at which times."""

    figure: str
    means: str
    times: tuple[str, ...]
    low: Fraction | None
    high: Fraction | None
    low_closed: bool
    high_closed: bool


class Contradiction(NamedTuple):
    """The proof that figures exclude each other.

    `ratio` must contain `must_contain` for them to hold together, and does not. `severity` is the
    factor by which their roundings would have to be widened; `None` where none would do, or it was not looked for.
    """

    plans: tuple[str, ...]
    involved: tuple[Involved, ...]
    identities: tuple[str, ...]
    must_contain: int | None
    ratio: tuple[str | None, str | None]
    severity: float | None
    readings: tuple[str, ...] = ()
    assumptions: tuple[Text, ...] = ()
    in_every: tuple[str, ...] = ()
    alternatives: tuple[tuple[str, ...], ...] = ()
    settles: tuple[str, ...] = ()
    cases: tuple[tuple[str, Text], ...] = ()
    set_aside: tuple[str, ...] = ()
    """Figures of other contradictions that are taken for corrected in all that is told of this one."""
    is_minimal: bool = True
    """Whether none of its figures can be spared."""
    is_weighed: bool = True
    """Whether its severity was looked for: not where the work allowed was done."""
    causes: tuple[tuple[str, tuple[Said, ...]], ...] = ()
    """Readings, and what each makes of figures."""

    @property
    def replaceable(self) -> tuple[str, ...]:
        """The figures that would do in the place of one of its own."""
        return tuple(name for each in self.involved for name in each.also)


class Waiver(NamedTuple):
    """Why a finding was judged not to need mending, and when (YYYY-MM-DD)."""

    reason: str
    date: str


@dataclass(frozen=True, slots=True)
class Finding(Record):
    """One thing an audit or a validation reports.

    `about` tells what it is about (figures, keys), whatever line that stands on.
    """

    code: Code
    level: Level
    message: Text
    position: Position
    about: str = ""
    proof: Contradiction | None = None
    waived: Waiver | None = None

    def __repr__(self) -> str:
        said = shortened(self.message.say("en"), 200)
        return f"<Finding {self.code.code} {self.level.value} at {self.position}: {said}>"

    @property
    def figures(self) -> tuple[str, ...]:
        """The ids of the figures it is about, those of the proof or the one that it doubts; none of a key."""
        if self.proof is not None:
            return tuple(each.figure for each in self.proof.involved)
        name, _, of = self.about.rpartition(":")
        return (name,) if of == self.code.name else ()

    @property
    def id(self) -> str:
        return f"{self.code.code}/{self.about or self.position}"


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """The findings of a file as it is read: by line, column and code."""
    return sorted(findings, key=lambda each: (each.position, each.code.code))


def worst_level(findings: Iterable[Finding]) -> Level | None:
    """The gravest level among findings that are not waived; `None` for none."""
    levels = {finding.level for finding in findings if finding.waived is None}
    return next((level for level in Level if level in levels), None)


def _registry(*rows: tuple[str, str, Level, Text]) -> dict[str, Code]:
    return {row[1]: Code(*row) for row in rows}


CODES = _registry(
    ("PT001", "unreadable-file", Level.ERROR, text("the file cannot be read")),
    ("PT002", "not-utf8", Level.ERROR, text("the file is not UTF-8")),
    ("PT003", "duplicate-key", Level.ERROR, text("a key stands twice")),
    ("PT004", "yaml-syntax", Level.ERROR, text("this is not valid YAML")),
    ("PT005", "tab", Level.ERROR, text("a tab where YAML needs blanks")),
    ("PT006", "alias", Level.ERROR, text("anchors, aliases and merge keys are not used in plan files")),
    ("PT007", "tag", Level.ERROR, text("tags are not used in plan files")),
    ("PT008", "second-document", Level.ERROR, text("a second document in one file")),
    ("PT009", "too-deep", Level.ERROR, text("nested too deeply")),
    ("PT010", "too-large", Level.ERROR, text("the file is too large")),
    ("PT011", "invisible-character", Level.ERROR, text("a character that cannot be seen")),
    ("PT012", "full-width-colon", Level.ERROR, text("a full-width colon after a key")),
    ("PT013", "empty-file", Level.ERROR, text("the file is empty")),
    ("PT101", "unknown-key", Level.ERROR, text("a key that plan files do not have")),
    ("PT102", "missing-key", Level.ERROR, text("a key is missing")),
    ("PT103", "wrong-type", Level.ERROR, text("a value of the wrong kind")),
    ("PT104", "invalid-value", Level.ERROR, text("a value that is not allowed here")),
    ("PT105", "invalid-time", Level.ERROR, text("a time that is not understood")),
    ("PT106", "times-out-of-order", Level.ERROR, text("an end that does not come after its start")),
    ("PT107", "invalid-numeral", Level.ERROR, text("a printed number that is not understood")),
    ("PT108", "growth-between-months", Level.ERROR, text("growth per year between times that are not years")),
    ("PT109", "stock-over-span", Level.ERROR, text("a stock has no value over a span of years")),
    ("PT110", "no-figure", Level.ERROR, text("a row or a plan without a figure")),
    (
        "PT201",
        "unknown-indicator",
        Level.ERROR,
        text("an indicator that neither the catalogue nor the plan has"),
    ),
    ("PT202", "unit-mismatch", Level.ERROR, text("a unit that does not convert")),
    ("PT203", "undeclared-section", Level.ERROR, text("a section that is not declared")),
    ("PT204", "unused-section", Level.WARNING, text("a section in which no figure stands")),
    ("PT205", "unknown-place", Level.ERROR, text("a place that is not known")),
    ("PT206", "invalid-law", Level.ERROR, text("a law that is not understood")),
    ("PT207", "unknown-moment", Level.ERROR, text("a moment that is not declared")),
    ("PT208", "file-name", Level.ERROR, text("the file is not named by its plan's id")),
    ("PT209", "figure-twice", Level.WARNING, text("the same figure twice in one section")),
    ("PT210", "unknown-unit", Level.ERROR, text("a unit that is not understood")),
    ("PT301", "growth-conflict", Level.ERROR, text("growth that does not lead from base to target")),
    (
        "PT302",
        "repetition-conflict",
        Level.ERROR,
        text("one quantity, or one growth of it, printed in ways that exclude each other"),
    ),
    ("PT303", "change-conflict", Level.ERROR, text("a change that does not lead from base to target")),
    ("PT304", "multiple-conflict", Level.ERROR, text("a multiple that does not lead from base to target")),
    ("PT305", "sum-conflict", Level.ERROR, text("parts that do not add up to their whole")),
    ("PT306", "ratio-conflict", Level.ERROR, text("ratios that cannot all be true of the same quantities")),
    ("PT307", "inequality-conflict", Level.ERROR, text("a part that is larger than its whole")),
    ("PT308", "comparison-conflict", Level.ERROR, text("a comparison that printed numbers contradict")),
    ("PT309", "no-whole-number", Level.ERROR, text("a count of which no whole number is left")),
    ("PT310", "laws-conflict", Level.ERROR, text("laws that cannot all hold, whatever is printed")),
    (
        "PT401",
        "implausible-growth",
        Level.WARNING,
        text("figures that imply a growth outside the usual range"),
    ),
    ("PT402", "against-direction", Level.WARNING, text("a target worse than its base")),
    ("PT403", "share-over-whole", Level.WARNING, text("a share of more than the whole")),
    ("PT404", "sudden-step", Level.WARNING, text("a level that multiplies or collapses within a year")),
    ("PT405", "impossible-level", Level.WARNING, text("a level that its quantity cannot have")),
    ("PT501", "figure-not-found", Level.ERROR, text("a figure that stands nowhere in the document")),
    ("PT502", "figure-elsewhere", Level.ERROR, text("a figure that stands in another section")),
    ("PT503", "unused-number", Level.ERROR, text("a number of the document that nothing accounts for")),
    ("PT504", "figure-differs", Level.WARNING, text("other words beside a number than in the document")),
    ("PT505", "section-not-found", Level.ERROR, text("a heading that the document does not have")),
    ("PT506", "nothing-to-trace", Level.WARNING, text("a row that gives no words to be found")),
    ("PT507", "omission-not-found", Level.WARNING, text("an omitted number that the document does not have")),
    ("PT508", "no-document", Level.WARNING, text("a plan whose document is missing")),
    ("PT901", "unused-waiver", Level.WARNING, text("a waiver that no finding needs")),
    ("PT902", "reasonless-waiver", Level.ERROR, text("a waiver without a reason")),
    ("PT903", "unknown-waived-code", Level.ERROR, text("a waiver for a code that does not exist")),
    ("PT904", "waiver-date", Level.ERROR, text("a waiver without a day, or of a day to come")),
    ("PT905", "not-waivable", Level.ERROR, text("a waiver for what has to be corrected")),
)
"""Name of the code -> the code. The level is the gravest it takes."""


def code_named(name: str) -> Code | None:
    """The code of that number or name, in small or large letters."""
    return CODES.get(name.lower()) or next(
        (code for code in CODES.values() if code.code == name.upper()), None
    )

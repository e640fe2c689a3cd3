"""Findings and the registry of their codes.

`PT` and three digits, never reused: 0xx file and YAML, 1xx structure, 2xx ids, units, references,
3xx contradiction, 4xx plausibility, 5xx provenance, 9xx waivers. The explanation of each code is a page
in `plantrack/pages`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, NamedTuple

from plantrack.language import Text, Words, shortened, text
from plantrack.results import Record

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction


class Level(StrEnum):
    """How sure and how grave: an error means that something printed or written is wrong."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    def __reduce_ex__(self, _: object) -> tuple[type[Level], tuple[str]]:
        """By its value: Python 3.11.0 to 3.11.3 take `getattr`, which results are not read with."""
        return Level, (self.value,)


class Code(NamedTuple):
    code: str
    name: str
    title: Text
    level: Level = Level.ERROR


class Position(NamedTuple):
    """Where in a file; lines and columns count from 1. A worksheet has its own terms, as 表1!B7."""

    file: str
    line: int
    column: int
    sheet: str = ""

    @property
    def spot(self) -> str:
        if not self.sheet:
            return f"{self.line}:{self.column}"
        letters, column = "", self.column
        while column:
            column, rest = divmod(column - 1, 26)
            letters = chr(ord("A") + rest) + letters
        return f"{self.sheet}!{letters}{self.line}"

    def __str__(self) -> str:
        return f"{self.file}:{self.spot}"


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


class Cause(NamedTuple):
    """A reading under which figures would hold, in words, and what it makes of them."""

    reading: str
    words: Text
    figures: tuple[Said, ...]


class Quantity(NamedTuple):
    """What a step of arithmetic comes to: its measure (level, ratio, growth …), name, unit, place and times."""

    measure: str
    name: Words
    unit: str
    place: str
    times: tuple[str, ...]


class Term(NamedTuple):
    """What a step takes, as printed or as an earlier step has it, and where it may lie.

    `times` is its power in a product, its factor in a sum, the years of a rate. Growth is taken as `1 + g`.
    A term without figure and step is a number of a law, or what is not printed and open to one side.
    """

    figure: str | None
    step: int | None
    value: Fraction
    low: Fraction | None
    high: Fraction | None
    times: Fraction


class Step(NamedTuple):
    """One line of arithmetic: `prod(x ** times)`, `sum(times * x)`, or `rate`: `x ** (1 / times) - 1`.

    `nominal` is of the printed values, `low` and `high` the ends that their roundings leave.
    """

    op: Literal["product", "sum", "rate"]
    terms: tuple[Term, ...]
    result: Quantity
    nominal: Fraction
    low: Fraction | None
    high: Fraction | None


class Derivation(NamedTuple):
    """The arithmetic of a contradiction, from printed figures to the one that does not fit, its `pivot`.

    The last step comes to what the pivot would be. Without a pivot two steps come to different
    values of one quantity, and `against` is the number of the other.
    """

    steps: tuple[Step, ...]
    pivot: str | None
    against: int | None = None


class Contradiction(NamedTuple):
    """The proof that figures exclude each other.

    `ratio` must contain `must_contain` for them to hold together, and does not. `severity` is the
    factor by which their roundings would have to be widened; `None` where none would do, or it was not looked for.
    """

    plans: tuple[str, ...] = ()
    involved: tuple[Involved, ...] = ()
    identities: tuple[str, ...] = ()
    must_contain: int | None = None
    ratio: tuple[str | None, str | None] = (None, None)
    severity: float | None = None
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
    causes: tuple[Cause, ...] = ()
    derivation: Derivation | None = None
    opening: Text | None = None
    """What a warning's figures may have been meant to be."""

    @property
    def readings(self) -> tuple[str, ...]:
        return tuple(each.reading for each in self.causes)

    @property
    def replaceable(self) -> tuple[str, ...]:
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
    question: Text | None = None
    """What a person has still to confirm of the figures it rests on; its level is then that of a note."""

    @classmethod
    def of(cls, name: str, message: Text, position: Position, about: str) -> Finding:
        return cls(CODES[name], CODES[name].level, message, position, about)

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
    def is_question(self) -> bool:
        return self.question is not None

    @property
    def concerned(self) -> set[str]:
        """Its figures, and those that would do in their place or contradict one another beside them."""
        others = (self.proof.replaceable, *self.proof.alternatives) if self.proof else ()
        return set(self.figures).union(*others)

    @property
    def id(self) -> str:
        return f"{self.code.code}/{self.about or self.position}"


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """By line, column and code."""
    return sorted(findings, key=lambda each: (each.position, each.code.code))


def worst_level(findings: Iterable[Finding]) -> Level | None:
    return worst_of(*(finding.level for finding in findings if finding.waived is None))


def worst_of(*levels: Level | None) -> Level | None:
    return next((level for level in Level if level in levels), None)


def _by_name(*codes: Code) -> dict[str, Code]:
    return {each.name: each for each in codes}


CODES = _by_name(
    Code("PT001", "unreadable-file", text("the file cannot be read")),
    Code("PT002", "not-utf8", text("the file is not UTF-8")),
    Code("PT003", "duplicate-key", text("a key stands twice")),
    Code("PT004", "yaml-syntax", text("this is not valid YAML")),
    Code("PT005", "tab", text("a tab where YAML needs blanks")),
    Code("PT006", "alias", text("anchors, aliases and merge keys are not used in plan files")),
    Code("PT007", "tag", text("tags are not used in plan files")),
    Code("PT008", "second-document", text("a second document in one file")),
    Code("PT009", "too-deep", text("nested too deeply")),
    Code("PT010", "too-large", text("the file is too large")),
    Code("PT011", "invisible-character", text("a character that cannot be seen")),
    Code("PT012", "full-width-colon", text("a full-width colon after a key")),
    Code("PT013", "empty-file", text("the file is empty")),
    Code("PT101", "unknown-key", text("a key that plan files do not have")),
    Code("PT102", "missing-key", text("a key is missing")),
    Code("PT103", "wrong-type", text("a value of the wrong kind")),
    Code("PT104", "invalid-value", text("a value that is not allowed here")),
    Code("PT105", "invalid-time", text("a time that is not understood")),
    Code("PT106", "times-out-of-order", text("an end that does not come after its start")),
    Code("PT107", "invalid-numeral", text("a printed number that is not understood")),
    Code("PT108", "growth-between-months", text("growth per year between times that are not years")),
    Code("PT109", "stock-over-span", text("a stock has no value over a span of years")),
    Code("PT110", "no-figure", text("a row or a plan without a figure")),
    Code("PT111", "distant-year", text("a year far from those of the plan"), Level.WARNING),
    Code("PT201", "unknown-indicator", text("an indicator that neither the catalogue nor the plan has")),
    Code("PT202", "unit-mismatch", text("a unit that does not convert")),
    Code("PT203", "undeclared-section", text("a section that is not declared")),
    Code("PT204", "unused-section", text("a section in which no figure stands"), Level.WARNING),
    Code("PT205", "unknown-place", text("a place that is not known")),
    Code("PT206", "invalid-law", text("a law that is not understood")),
    Code("PT207", "unknown-moment", text("a moment that is not declared")),
    Code("PT208", "file-name", text("the file is not named by its plan's id")),
    Code("PT209", "figure-twice", text("the same figure twice in one section"), Level.WARNING),
    Code("PT210", "unknown-unit", text("a unit that is not understood")),
    Code("PT211", "fall-in-name", text("a fall that only the indicator's name tells"), Level.WARNING),
    Code("PT301", "growth-conflict", text("growth that does not lead from base to target")),
    Code(
        "PT302",
        "repetition-conflict",
        text("one quantity, or one growth of it, printed in ways that exclude each other"),
    ),
    Code("PT303", "change-conflict", text("a change that does not lead from base to target")),
    Code("PT304", "multiple-conflict", text("a multiple that does not lead from base to target")),
    Code("PT305", "sum-conflict", text("parts that do not add up to their whole")),
    Code("PT306", "ratio-conflict", text("ratios that cannot all be true of the same quantities")),
    Code("PT307", "inequality-conflict", text("a part that is larger than its whole")),
    Code("PT308", "comparison-conflict", text("a comparison that printed numbers contradict")),
    Code("PT309", "no-whole-number", text("a count of which no whole number is left")),
    Code("PT310", "laws-conflict", text("laws that cannot all hold, whatever is printed")),
    Code(
        "PT401",
        "implausible-growth",
        text("figures that imply a growth outside the usual range"),
        Level.WARNING,
    ),
    Code("PT402", "against-direction", text("a target worse than its base"), Level.WARNING),
    Code("PT403", "share-over-whole", text("a share of more than the whole"), Level.WARNING),
    Code("PT404", "sudden-step", text("a level that multiplies or collapses"), Level.WARNING),
    Code("PT405", "impossible-level", text("a level that its quantity cannot have"), Level.WARNING),
    Code("PT501", "figure-not-found", text("a figure that stands nowhere in the document")),
    Code("PT502", "figure-elsewhere", text("a figure that stands in another section")),
    Code("PT503", "unused-number", text("a number of the document that nothing accounts for")),
    Code("PT504", "figure-differs", text("other words beside a number than in the document"), Level.WARNING),
    Code("PT505", "section-not-found", text("a heading that the document does not have")),
    Code("PT506", "nothing-to-trace", text("a row that gives no words to be found"), Level.WARNING),
    Code(
        "PT507",
        "omission-not-found",
        text("an omitted number that the document does not have"),
        Level.WARNING,
    ),
    Code("PT508", "no-document", text("a plan whose document is missing"), Level.WARNING),
    Code("PT901", "unused-waiver", text("a waiver that no finding needs"), Level.WARNING),
    Code("PT902", "reasonless-waiver", text("a waiver without a reason")),
    Code("PT903", "unknown-waived-code", text("a waiver for a code that does not exist")),
    Code("PT904", "waiver-date", text("a waiver without a day, or of a day to come")),
    Code("PT905", "not-waivable", text("a waiver for what has to be corrected")),
)
"""Name of the code -> the code. The level is the gravest it takes."""


def code_named(name: str) -> Code | None:
    known = CODES | {each.code.lower(): each for each in CODES.values()}
    return known.get(name.lower())

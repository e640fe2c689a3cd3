"""A draft: a document's statements, and the plan file that they make."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from plantrack.audit.questions import asked
from plantrack.documents import read_numbers, read_outline
from plantrack.draft import words
from plantrack.draft.in_step import in_step_statements
from plantrack.draft.marked import with_notes
from plantrack.draft.names import Known, kind_of
from plantrack.draft.period import HEAD, Period, guessed_period, read_period
from plantrack.draft.plan_text import About, PlanText, is_written, write_plan
from plantrack.draft.rounded import Rounded, disagree, rounded
from plantrack.draft.sections import title_line
from plantrack.draft.sentences import prose_statements
from plantrack.draft.statements import Statement
from plantrack.draft.tables import table_statements, unread_cells
from plantrack.draft.unused import unused_numbers, unused_rows
from plantrack.errors import PlantrackError
from plantrack.language import Text, text
from plantrack.numbers.words import PERCENT
from plantrack.plan.units import NO_UNIT
from plantrack.reading import read_plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from plantrack.documents import Document
    from plantrack.findings import Finding
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.figures import Figure

    Left = tuple[Statement, Text]

NO_PLACE = "本地"
MOST_ROUNDS = 5
"""So often a drafted file is read again without what was not understood in it."""


@dataclass(frozen=True)
class Draft:
    """What was drafted from a document.

    `content` is the plan file, `placed` are the statements in it, `left` those that could not be written, each with
    the reason. `by_line` are those that each line of the plan file holds, from 1. `numbers` counts the document's
    numbers that tell how much, `unused` those of them that nothing was made of, `others` its dates,
    numbering and names.
    """

    document: Document
    content: str
    placed: tuple[Statement, ...]
    left: tuple[Left, ...]
    by_line: Mapping[int, Sequence[Statement]]
    numbers: int
    others: int
    period: Period
    unused: int = 0

    def statement_of(self, figure: Figure) -> Statement | None:
        """The statement that a figure of the drafted plan was made of."""
        on_line = self.by_line.get(figure.position.line, ())
        wanted = figure.kind, figure.time_text
        return next((each for each in on_line if (each.kind, each.time) == wanted), None)

    def without_accusations(self, finding: Finding, figures: Mapping[str, Figure]) -> Finding:
        """A finding of the drafted plan; a question where it joins several sentences, or asks for whole numbers.

        What a sentence measures is read from the words around the number, so that two indicators may have been taken
        for one, or what is counted for something else.
        """
        found = (self.statement_of(figures[name]) for name in finding.figures)
        sentences = {each.row for each in found if each is not None and not each.in_table}
        is_of_counts = finding.code.name == "no-whole-number" and sentences
        if finding.is_question or not (len(sentences) > 1 or is_of_counts):
            return finding
        return asked(finding, text("read from sentences: is the same meant?"))

    @property
    def doubtful(self) -> int:
        """How many of the placed statements await a person."""
        return sum(each.doubt is not None for each in self.placed)


@dataclass(frozen=True)
class Wish:
    """What the user says of a document: its years and its place; and whether doubtful statements are left out."""

    base: int | None = None
    target: int | None = None
    place: str | None = None
    confirmed_only: bool = False
    name: str | None = None
    sections: Mapping[str, str] = field(default_factory=dict)
    """Headings that have a key already."""
    spans: Sequence[tuple[int, int]] = ()
    """Parts of the document that are drafted already."""
    shows_ids: bool = True
    """Whether anybody sees the ids of indicators."""

    def is_drafted(self, statement: Statement) -> bool:
        return any(start < statement.end and statement.start < end for start, end in self.spans)


def if_recognised(document: Document, statements: Iterable[Statement]) -> Iterator[Statement]:
    """The statements; those on lines that were recognised from a picture are to be confirmed."""
    for each in statements:
        is_recognised = not document.recognised.isdisjoint(range(each.line, document.line_at(each.end) + 1))
        yield each._replace(doubt=text("read from a picture: compare the digits")) if is_recognised else each


def read_statements(document: Document, period: Period | None, catalogue: Catalogue) -> list[Statement]:
    """Every statement of a document, in the order in which they stand."""
    found = list(with_notes(document, table_statements(document, period, catalogue.units), period))
    rows = {each.line for each in found}
    prose = prose_statements(document, period, catalogue.units), in_step_statements(document, period)
    found += (each for each in chain(*prose) if each.line not in rows)
    return list(_completed(sorted(found, key=lambda each: (each.start, each.end)), Known(catalogue, "")))


def _completed(statements: Iterable[Statement], known: Known) -> Iterator[Statement]:
    """A part has the name of its whole behind its own: 财产险 in a sentence of 保费收入 is 财产险保费收入."""
    whole = None
    for each in statements:
        if known.find(each.name) is not None:
            whole = each
        elif whole and whole.row == each.row and known.find(each.name + whole.name) is not None:
            yield each._replace(name=each.name + whole.name)
            continue
        yield each


def draft_plan(document: Document, catalogue: Catalogue, wish: Wish | None = None) -> Draft:
    """The plan file that a document's statements make; it has no errors.

    Args:
        document: the document.
        catalogue: units, indicators, places.
        wish: what the user says of it.

    Raises:
        PlantrackError: where its years are neither told nor found, or it says nothing that is understood.
    """
    wish = wish or Wish()
    period = _period(document, wish)
    place = wish.place or place_in(document) or NO_PLACE
    name, known = wish.name or "draft", Known(catalogue, place)
    about = About(name, place, period, sections=wish.sections, shows_ids=wish.shows_ids)
    judged = list(_judged(document, period, known))
    unread = list(_unread(document, period))
    lines = [each.line for each in (*judged, *(each for each, _ in unread))]
    unused = [*unused_numbers(document, judged), *unused_rows(document, lines)]
    placed, left = _parted(judged, wish)
    written, placed, refused = write_sound(document, placed, about, known)
    left += refused
    amounts, others = _counted(document)
    return Draft(
        document,
        written.with_left(
            sorted([*left, *_unread(document, period)], key=lambda each: each[0].start), unused
        ),
        tuple(placed),
        tuple(left),
        written.by_line,
        amounts,
        others,
        period,
        sum(each.numbers for each in unused),
    )


def _unread(document: Document, period: Period) -> Iterator[Left]:
    """The cells of tables that may say something and became no statement, each with the reason."""
    for (words_of, line, start), name, why in unread_cells(document, period):
        yield Statement(line, start, start + len(words_of), start, name, "", None, words_of, ""), why


def _judged(document: Document, period: Period, known: Known) -> Iterator[Statement]:
    """The statements of a document, each as a higher mark or at the end where it is one, and with its doubt."""
    striven = _striven(document, read_statements(document, period, known.catalogue))
    return if_recognised(document, _with_doubts([_at_end(each, known) for each in striven], known))


def _parted(statements: Iterable[Statement], wish: Wish) -> tuple[list[Statement], list[Left]]:
    """The statements that are to be written, and those that are not, with the reason."""
    placed = [each for each in statements if not wish.is_drafted(each)]
    left: list[Left] = []
    if wish.confirmed_only:
        left = [(each, each.doubt) for each in placed if each.doubt is not None]
        placed = [each for each in placed if each.doubt is None]
    return placed, left


def _counted(document: Document) -> tuple[int, int]:
    """How many numbers of a document tell how much, and how many are dates, numbering and names."""
    numbers = read_numbers(read_outline(document)).all
    amounts = sum(each.kind in {"number", "word"} for each in numbers)
    return amounts, len(numbers) - amounts


def write_sound(
    document: Document, statements: list[Statement], about: About, known: Known
) -> tuple[PlanText, list[Statement], list[Left]]:
    """A plan file without errors: the statements in it, and those that could not be written, with the reason.

    Raises:
        PlantrackError: where nothing is left.
    """
    compared = text("a comparison: write it as below, above or in_step")
    left: list[Left] = [(each, compared) for each in statements if not is_written(each, known)]
    statements = [each for each in statements if is_written(each, known)]
    for _ in range(MOST_ROUNDS):
        if not statements:
            raise PlantrackError(text("{file} tells no figures that are understood", file=document.file))
        written = write_plan(document, statements, about, known)
        refused = _refused(written, known.catalogue)
        if not refused:
            break
        left += [(each, why) for each, why in refused if each in statements]
        statements = [each for each in statements if all(each is not other for other, _ in refused)]
    return written, statements, left


def _striven(document: Document, statements: Sequence[Statement]) -> Iterator[Statement]:
    """A second number of the same behind 力争 is a higher mark, no other value."""
    before = None
    for each in statements:
        is_strive = before is not None and _is_strive(document, before, each)
        yield each._replace(kind="strive", time=before.time, meant="") if before and is_strive else each
        before = each


def _is_strive(document: Document, before: Statement, each: Statement) -> bool:
    """Whether a number is a higher mark of the one before: of the same time, or in per cent of the same growth."""
    is_growth = before.kind in {"growth", "total_growth"} and before.unit == each.unit
    is_of_one = (before.row, before.name) == (each.row, each.name) and (is_growth or before.time == each.time)
    return is_of_one and words.STRIVE.fullmatch(document.plain, before.end, each.start) is not None


def _at_end(statement: Statement, known: Known) -> Statement:
    """A stock or a ratio that was told for a period is that of its end."""
    if statement.kind != "level" or "/" not in (statement.time or ""):
        return statement
    listed = known.find(statement.name)
    kind = known.catalogue.indicators[listed].kind if listed else kind_of(statement.name, statement.unit)
    return statement if kind == "flow" else statement._replace(time=str(statement.time).split("/")[-1])


def _with_doubts(statements: Sequence[Statement], known: Known) -> Iterator[Statement]:
    """The statements; those of prose that disagree about one indicator, kind and time are to be confirmed.

    Names in sentences are read from the words around them, so that two indicators may have been taken for one.
    """
    told: defaultdict[tuple[str, str, str | None], set[Rounded]] = defaultdict(set)
    keys = [(known.find(each.name) or each.name, each.kind, each.time) for each in statements]
    for key, each in zip(keys, statements, strict=True):
        told[key].add(rounded(each))
    apart = {key for key, numbers in told.items() if disagree(numbers)}
    for key, each in zip(keys, statements, strict=True):
        disagrees = not each.in_table and key in apart
        doubt = text("the same indicator has another number elsewhere") if disagrees else None
        yield each._replace(doubt=each.doubt or doubt or _lack_of_unit(each, known))


def _lack_of_unit(statement: Statement, known: Known) -> Text | None:
    """That no unit is told, where the catalogue's is taken for granted."""
    name = known.find(statement.name)
    unit = known.catalogue.indicators[name].unit if name else ""
    is_told = statement.unit or words.UNIT_PRINTED.search(statement.printed)
    if is_told or statement.kind not in {"level", "change"} or unit in {NO_UNIT, PERCENT}:
        return None
    return text("no unit is told: {unit} is taken", unit=unit)


def years_in(document: Document) -> Period | None:
    """The years that a document tells, or lets guess."""
    return read_period(document) or guessed_period(document)


def place_in(document: Document) -> str | None:
    """Whose plan a document is, where its title tells it, else its beginning."""
    found = (words.PLACE.search(each) for each in (title_line(document), document.plain))
    return next((each[1] for each in found if each and each.start() < HEAD), None)


def _period(document: Document, wish: Wish) -> Period:
    found = years_in(document)
    base = wish.base or (found.base if found else None)
    target = wish.target or (found.target if found else None)
    if base is None or target is None or base >= target:
        raise PlantrackError(
            text(
                "{file}: the document does not tell its base and target year; say them: --base 2020 --target 2025",
                file=document.file,
            )
        )
    is_told = None not in (wish.base, wish.target)
    return found if found and (base, target) == found[:2] and not is_told else Period(base, target)


def _refused(written: PlanText, catalogue: Catalogue) -> list[Left]:
    """The statements in which the plan file has an error, each with the first; all of a row that is wrong itself."""
    read = read_plan(written.content.encode(), f"{written.name}.yaml", catalogue)
    lines = written.content.split("\n")
    found: dict[int, Left] = {}
    for problem in read.errors:
        number, column = problem.position.line, problem.position.column or 1
        on_line = written.by_line.get(number, ())
        before = lines[number - 1][: column - 1] if on_line else ""
        for each in [each for each in on_line if _is_behind(before, each)] or on_line:
            found.setdefault(id(each), (each, problem.message))
    if read.errors and not found:
        raise PlantrackError(text("the drafted file has errors: {message}", message=read.errors[0].message))
    return list(found.values())


def _is_behind(before: str, statement: Statement) -> bool:
    """Whether the numeral of a statement stands behind some part of its row: {level: {2020: ."""
    kinds = re.findall(r"(\w+): \{", before)
    told = f" {statement.time}: ", f"{{{statement.time}: "
    return before.endswith(told) and kinds[-1:] == [statement.kind]

"""A plan file from a table of targets: a worksheet, a table saved as text, or the tables of a document.

Worksheets become lines of cells parted by tabs, as tables of documents are, and are read by the same reader; each
line remembers its row, so that what was not understood is told in the sheet's own terms.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from plantrack.documents import Document, read_document
from plantrack.draft import words
from plantrack.draft.drafting import NO_PLACE, if_recognised, write_sound
from plantrack.draft.marked import with_notes
from plantrack.draft.names import Known
from plantrack.draft.period import YEARS_OF_A_PLAN, Period, read_period
from plantrack.draft.plan_text import About
from plantrack.draft.sections import LONGEST_TITLE
from plantrack.draft.tables import has_targets, table_statements, unread_cells, years_in_tables
from plantrack.errors import PlantrackError, reason_of
from plantrack.findings import Position
from plantrack.language import labelled, listing, text
from plantrack.reading.actuals_file import OFFICE_SUFFIXES, WORKBOOK_SUFFIXES
from plantrack.reading.delimited import MAX_BYTES, Broken, Table, encoding_of
from plantrack.reading.sheets import read_workbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from plantrack.language import Text
    from plantrack.plan.catalogue import Catalogue
    from plantrack.reading.delimited import Row

TEXT_SUFFIXES = (".csv", ".tsv")
DOCUMENT_SUFFIXES = (".docx", ".txt", ".md", ".html", ".htm", ".pdf")
LEAST_CELLS = 3
"""A line with so many cells is a row of a table."""


class Wanted(NamedTuple):
    """What the user says of a table's plan."""

    name: str = "plan"
    title: str | None = None
    place: str | None = None
    base: int | None = None
    target: int | None = None


@dataclass(frozen=True)
class Source:
    """A document of tables, and of each line the worksheet and the row that it is, where it is one."""

    document: Document
    rows: dict[int, tuple[str, int]] = field(default_factory=dict)

    @property
    def sections(self) -> dict[int, str]:
        """The worksheet of each line; a table saved as text has none."""
        return {line: sheet for line, (sheet, _) in self.rows.items() if sheet}

    def place_of(self, line: int, start: int) -> str:
        """Where a cell stands: 表1!B7, B7 of a table saved as text, or the line of a document."""
        name = PurePath(self.document.file).name
        if line not in self.rows:
            return f"{name}:{line}"
        sheet, row = self.rows[line]
        column = self.document.text.count("\t", self.document.starts[line - 1], start) + 1
        return Position(name, row, column, sheet or name).spot


class Made(NamedTuple):
    """The plan file made of a table: its statements, those that await a person, and what was not understood."""

    content: str
    placed: int
    doubtful: int
    has_place: bool
    left: list[tuple[str, str, Text]]


def plan_from_table(path: Path, catalogue: Catalogue, wanted: Wanted) -> Made:
    """The plan file that a file's table makes; it has no errors.

    Raises:
        PlantrackError: where the file is not read, holds no table of targets, or its years are not told.
    """
    source = read_source(path)
    document = source.document
    if not has_targets(document):
        raise PlantrackError(
            text(
                "{file} has no table of targets that is understood: its heading row names 指标 and years, "
                "for example 指标, 单位, 2020年, 2025年, 年均增长, 属性; for text without tables: plantrack draft",
                file=document.file,
            )
        )
    period = _period(document, wanted)
    found = with_notes(document, table_statements(document, period, catalogue.units), period)
    statements = [*if_recognised(document, found)]
    title = _title(source)
    named = words.PLACE.match(title or "")
    place = wanted.place or (named[1] if named else NO_PLACE)
    about = About(wanted.name, place, period, wanted.title or title or path.stem, source.sections)
    written, placed, refused = write_sound(document, statements, about, Known(catalogue, place))
    left = [
        (source.place_of(each.line, each.start), f"{each.name} {each.printed}", why) for each, why in refused
    ]
    left += _unread(source, period)
    content = written.content + "".join(f"{line}\n" for line in _comments(left))
    doubtful = sum(each.doubt is not None for each in placed)
    return Made(content, len(placed), doubtful, place != NO_PLACE, left)


def _title(source: Source) -> str | None:
    """The line above the first table that is called a plan or its indicators."""
    above = takewhile(
        lambda line: line[1].count("\t") < LEAST_CELLS - 1, enumerate(source.document.printed_lines, 1)
    )
    lines = (line.strip() for number, line in above if not source.rows or number in source.rows)
    titles = (words.SOURCE.sub("", line)[:LONGEST_TITLE] for line in lines if _TITLE.search(line))
    return next(titles, None)


_TITLE = re.compile(rf"指标|{words.TITLE.pattern}")


def _unread(source: Source, period: Period) -> Iterator[tuple[str, str, Text]]:
    document = source.document
    for cell, name, why in unread_cells(document, period):
        yield source.place_of(cell.line, cell.start), f"{name} {cell.text}".strip(), why
    for number, line in enumerate(document.text.split("\n"), 1):
        if words.NOTE_LINE.match(line):
            yield source.place_of(number, document.starts[number - 1]), line.strip(), text("a note: read it")


def _comments(left: Iterable[tuple[str, str, Text]]) -> Iterator[str]:
    lines = [f"# {place}: {said}: {why.say('zh')}".replace("\n", " ") for place, said, why in left]
    if lines:
        yield "# 未写入 · not placed: cell: text: reason"
        yield from lines


def _period(document: Document, wanted: Wanted) -> Period:
    """Base and target: as told, as the title has them, or as the columns do."""
    years = years_in_tables(document)
    found = read_period(document)
    if found is None and years:
        found = _period_to(wanted.target or years[-1], years)
    base, target_year = wanted.base or (found and found.base), wanted.target or (found and found.target)
    if base is None or target_year is None or base >= target_year:
        raise PlantrackError(
            text(
                "{file}: the table does not tell its base and target year; say them: --base 2020 --target 2025",
                file=document.file,
            )
        )
    return Period(base, target_year)


def _period_to(target: int, years: Sequence[int]) -> Period | None:
    """From the year of a column that a plan to the target usually begins with, else from the first column's."""
    earlier = [each for each in years if each < target]
    if not earlier:
        return None
    usual = target - YEARS_OF_A_PLAN
    return Period(usual if usual in earlier else earlier[0], target)


# -- files ---------------------------------------------------------------------------------------


def read_source(path: Path) -> Source:
    """The tables in a file.

    Raises:
        PlantrackError: where there is no such file, it is of another kind, or cannot be read.
    """
    suffix = path.suffix.lower()
    if not path.is_file():
        raise PlantrackError(text("there is no file {file}", file=path))
    if suffix in DOCUMENT_SUFFIXES:
        return Source(read_document(path))
    if suffix in WORKBOOK_SUFFIXES:
        return _of_sheets(
            path, [(each.name, each.found) for each in read_workbook(path, _content(path), rounded=True)]
        )
    if suffix in TEXT_SUFFIXES:
        return _of_text(path)
    if suffix in OFFICE_SUFFIXES:
        raise PlantrackError(
            text("{file}: {suffix} files are not read: save the table as .xlsx", file=path, suffix=suffix)
        )
    known = listing(*WORKBOOK_SUFFIXES[:1], *TEXT_SUFFIXES, *DOCUMENT_SUFFIXES)
    raise PlantrackError(text("{file}: tables are read from {known}", file=path, known=known))


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        message = text("{file} cannot be read: {reason}", file=path, reason=reason_of(error))
        raise PlantrackError(message) from None
    if len(content) > MAX_BYTES:
        raise PlantrackError(text("{file} has more than {most} bytes", file=path, most=MAX_BYTES))
    return content


_ANY = Period(1, 2)
"""Stands for the years of columns that do not name theirs, where only their number counts."""


def _of_text(path: Path) -> Source:
    """A table saved as text, with the separator by which most of its numbers are understood."""
    content = _content(path)
    encoding = encoding_of(content)
    if encoding is None:
        raise PlantrackError(text("{file} is no text in UTF-8 or GBK: save it as CSV UTF-8", file=path))
    table = Table(content, encoding)
    sources = []
    for separator in table.separators:
        try:
            sources.append(_of_sheets(path, [("", [*table.rows(separator)])]))
        except Broken as broken:
            why = broken
    if not sources:
        place = ":".join(map(str, (path, *why.spot)))
        raise PlantrackError(labelled(place, why.message))
    return max(sources, key=lambda each: sum(1 for _ in table_statements(each.document, _ANY, ())))


def _of_sheets(path: Path, sheets: Sequence[tuple[str, list[Row]]]) -> Source:
    """Worksheets one below the other, each under its name."""
    lines: list[str] = []
    rows: dict[int, tuple[str, int]] = {}
    for name, found in sheets:
        lines += ["", "", name, ""] if name else []
        width = max([LEAST_CELLS, *(len(each.texts) for each in found)])
        first = len(lines) + 1
        for row in found:
            lines += [""] * (row.line - (len(lines) - first + 2))
            lines.append(_line(row, width))
            rows[len(lines)] = (name, row.line)
    return Source(Document.of_lines(str(path), lines), rows)


def _line(row: Row, width: int) -> str:
    """A row as a line: merged cells of words filled, and what stands alone without cells behind it."""
    texts = [" ".join(row.text(at).split()) for at in range(width)]
    for at, cell in row.merged.items():
        if at < width and not texts[at] and not cell.text.strip("[]").replace(".", "").isdigit():
            texts[at] = " ".join(cell.text.split())
    told = {each for each in texts if each}
    if len(told) == 1:
        first = next(at for at, each in enumerate(texts) if each)
        return "\t" * first + texts[first] if first else texts[0]
    return "\t".join(texts)

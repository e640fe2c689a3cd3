"""Footnote marks beside numbers and names of a table: what their notes say of the year is taken, with a doubt."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from plantrack.documents.marks import BLANK
from plantrack.draft import words
from plantrack.language import text
from plantrack.numbers.footnote_marks import split_marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from plantrack.documents import Document
    from plantrack.draft.period import Period
    from plantrack.draft.statements import Statement


def with_notes(
    document: Document, statements: Iterable[Statement], period: Period | None
) -> Iterator[Statement]:
    """The statements of tables; those with a mark have the year that its note tells, and a doubt.

    A mark behind a number speaks of that number, one behind a name of the row's base.
    """
    for statement in statements:
        printed, mark = split_marks(statement.printed)
        each = statement._replace(printed=printed.rstrip())
        mark = mark.strip() or _mark_at(document, each.end)
        of_base = each.kind == "level" and period is not None and each.time == str(period.base)
        if not mark and of_base:
            name = _name_at(document, each.row)
            mark = split_marks(name)[1].strip() or _mark_at(document, each.row + len(name))
        yield _noted(document, each, mark) if mark else each


def _noted(document: Document, statement: Statement, mark: str) -> Statement:
    note = _note_of(document, mark)
    years = sorted(set(re.findall(words.YEAR, note)))
    if statement.kind == "level" and len(years) == 1:
        doubt = text("the note of {mark} tells the year {year}", mark=mark, year=years[0])
        return statement._replace(time=years[0], doubt=doubt)
    return statement._replace(doubt=text("the mark {mark} stands here: see its note", mark=mark))


def _mark_at(document: Document, at: int) -> str:
    """The mark at an offset, which is white space of its own kind in the form in which texts are compared."""
    end = at
    while document.plain[end : end + 1] == BLANK:
        end += 1
    return document.text[at:end]


def _name_at(document: Document, start: int) -> str:
    return re.split(r"[\t\n|]", document.plain[start : start + 200])[0].rstrip()


def _note_of(document: Document, mark: str) -> str:
    """What stands behind a mark in a line that begins with it, or behind 注; up to the next mark or the end."""
    for line in document.text.split("\n"):
        if "\t" in line.rstrip("\t"):
            continue
        body = words.NOTE_LEAD.sub("", line, count=1)
        found = re.search(words.OF_MARK.format(mark=re.escape(mark)), body)
        if found:
            return found[1]
    return ""

"""The headings of a document and the sections between them.

Chinese documents number their parts by fixed marks, each subordinate to the one before:
第一章, 第一节, 一、, （一）, 1., （1）, ——. Tables and run-in headings have none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from plantrack.documents.document import plain
from plantrack.numbers.number_words import heading_number
from plantrack.numbers.words import COUNT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from plantrack.documents.document import Document

_MARKS = (
    rf"第\s*(?:{COUNT}|[0-9]{{1,3}})\s*[章篇]",
    rf"第\s*(?:{COUNT}|[0-9]{{1,3}})\s*节",
    rf"{COUNT}\s*、",
    rf"\(\s*{COUNT}\s*\)",
    r"[0-9]{1,2}\s*[.、](?!\s*[0-9])",
    r"\(\s*[0-9]{1,2}\s*\)",
    r"——+",
)
"""The marks of headings as `plain` writes them, the highest rank first."""
PART, LAST_IN_ORDER, DASHED = 2, 4, len(_MARKS)
"""The ranks of 节, of the last mark that never restarts within its parent, and of ——."""
_MARK = re.compile("|".join(_MARKS))
_NEXT_MARK = re.compile(rf"\s+(?=表\s*[0-9]|专栏|{'|'.join(_MARKS)})")
_HEADING = re.compile(rf"[\s#*>]*(?P<mark>{'|'.join(_MARKS)})[\s*]*(?P<title>.*)")
_CONTENTS = re.compile(r"[\s#*]*目\s*[录次][\s*]*")
_AT_END = 200
"""Characters at the end of a line in which the number of a page is looked for."""
_PAGE = re.compile(r"[\s.·…•—]*[0-9]{1,4}\s*$")
_LED_TO_PAGE = re.compile(r"(?:\t|[.·…•]{2}| {3})\s*[0-9]{1,4}\s*$")
MOST_BEFORE_PAGE = 2
_ENOUGH = 4
"""A title this long in the document may be the beginning of the one that is looked for."""
_ALIKE = 0.4
"""Share of a heading's pairs of letters from which a line is named as near."""


class Heading(NamedTuple):
    """Its line (from 0), rank (1 the highest), number and what follows the mark."""

    line: int
    rank: int
    number: int
    title: str


class Section(NamedTuple):
    """The part of a document under one heading, by offsets."""

    start: int
    end: int

    def holds(self, offset: int) -> bool:
        return self.start <= offset < self.end


class Step(NamedTuple):
    """One step of a heading as plan files write it; `rank` is `None` without a mark."""

    rank: int | None
    number: int
    title: str


class Lines(NamedTuple):
    """Where a section lies, by lines from 0; `numbered` tells whether its heading has a mark."""

    start: int
    end: int
    numbered: bool


def read_outline(document: Document) -> Outline:
    """The outline of a document, without its table of contents and without rows of tables."""
    contents = frozenset(_contents(document.lines))
    return Outline(document, tuple(_headings(document.lines, contents)), contents)


def _headings(lines: Sequence[str], contents: frozenset[int]) -> Iterator[Heading]:
    """Without those that count backwards under one parent: those are rows of a table."""
    last: dict[int, int] = {}
    for at, line in enumerate(lines):
        match = None if at in contents or "\t" in line.lstrip() else _HEADING.match(line)
        rank, number = _rank_and_number(match["mark"]) if match else (0, 0)
        if match and (rank > LAST_IN_ORDER or number > last.get(rank, 0)):
            last = {above: each for above, each in last.items() if above < rank} | {rank: number}
            yield Heading(at, rank, number, match["title"])


def _rank_and_number(mark: str) -> tuple[int, int]:
    rank = next(rank for rank, pattern in enumerate(_MARKS, 1) if re.fullmatch(pattern, mark))
    digits = re.search(rf"{COUNT}|[0-9]+", mark)
    return rank, heading_number(digits[0]) if digits else 0


def _contents(lines: Sequence[str]) -> Iterator[int]:
    """The lines of the table of contents: up to where its first entry comes again."""
    for at, line in enumerate(lines):
        if (
            _HEADING.match(line)
            and _LED_TO_PAGE.search(line, max(0, len(line) - _AT_END))
            and not _is_row(line)
        ):
            yield at
    start = next((at for at, line in enumerate(lines) if _CONTENTS.fullmatch(line)), len(lines))
    first = next((at for at in range(start + 1, len(lines)) if lines[at].strip()), None)
    if first is None:
        return
    entry = letters(lines[first][:-_AT_END] + _PAGE.sub("", lines[first][-_AT_END:]))
    following = range(first + 1, len(lines)) if entry else ()
    again = next((at for at in following if letters(lines[at]).startswith(entry)), start)
    yield from range(start, again)


def _is_row(line: str) -> bool:
    """Whether a line is a row of a table: it has more cells than mark, title and page, or another number."""
    *cells, _ = line.split("\t")
    return len(cells) > MOST_BEFORE_PAGE or any(
        re.fullmatch(r"[\s\d.,%—-]*\d[\s\d.,%—-]*", each) for each in cells
    )


def letters(line: str) -> str:
    """A line's letters and digits: what headings are compared by."""
    return re.sub(r"[\W_]+", "", line)


def steps_of(heading: str) -> list[Step]:
    """The steps that a heading names, the outermost first: `第一章 二、（一）金融业发展` has three."""
    rest, steps = plain(heading).strip(), []
    while rest:
        mark = _MARK.match(rest)
        rest = rest[mark.end() :].lstrip() if mark else rest
        following = _NEXT_MARK.search(rest)
        title = rest[: following.start()] if following else rest
        title = "" if _MARK.match(rest) else title
        rest = rest[len(title) :].lstrip()
        steps.append(Step(*_rank_and_number(mark[0]), title) if mark else Step(None, 0, title))
    return steps


@dataclass(frozen=True)
class Outline:
    """The headings of a document, and the lines of its table of contents (from 0)."""

    document: Document
    headings: tuple[Heading, ...]
    contents: frozenset[int]

    @cached_property
    def sentences(self) -> list[bool]:
        """Of each line, whether it is prose or a part of a sentence."""
        return [is_prose(line) or ("，" in line and "\t" not in line) for line in self.document.lines]

    @cached_property
    def _letters(self) -> list[str]:
        return ["" if at in self.contents else letters(line) for at, line in enumerate(self.document.lines)]

    def sections(self, headings: Mapping[str, str]) -> dict[str, Section]:
        """The sections under these headings, by key; those that stand nowhere are left out.

        A numbered section reaches to the next heading of its rank or a higher one, any other to the next heading at
        all or the next section asked for; a table as far as its rows.
        """
        found = {key: lines for key, heading in headings.items() if (lines := self._find(heading))}
        starts = sorted({lines.start for lines in found.values()})
        offsets = [*self.document.starts, len(self.document.text)]
        sections = {}
        for key, (begin, end, numbered) in found.items():
            following = end if numbered else next((start for start in starts if start > begin), end)
            sections[key] = Section(offsets[begin], offsets[min(end, following)])
        return sections

    def nearest(self, heading: str) -> list[int]:
        """The lines (from 1) that look most like the last step of a heading, at most three."""
        wanted = _pairs(letters(steps_of(heading)[-1].title) or letters(plain(heading)))
        likeness = [
            (len(wanted & _pairs(line[: len(wanted) + 20])) / (len(wanted) or 1), -at)
            for at, line in enumerate(self._letters)
            if line
        ]
        return [1 - at for like, at in sorted(likeness, reverse=True)[:3] if like >= _ALIKE]

    def _find(self, heading: str) -> Lines | None:
        lines: Lines | None = Lines(0, len(self._letters), numbered=True)
        for step in steps_of(heading):
            if lines is not None:
                lines = self._titled(step.title, lines) if step.rank is None else self._numbered(step, lines)
        return lines

    def _numbered(self, step: Step, within: Lines) -> Lines | None:
        """The heading of that number; where it has another title, the one so called below it.

        In a document without such marks, as Word sets them by itself, the title must do.
        """
        if all(each.rank != step.rank for each in self.headings):
            return self._titled(step.title, within) if step.title else within
        same = self._of_number(step, within)
        agreeing = [each for each in same if _agree(each.title, step.title)]
        if not same or (step.rank == DASHED and not agreeing):
            return None
        heading = (agreeing or same)[0]
        lines = Lines(heading.line, self._next_heading(heading.line, within.end, heading.rank), numbered=True)
        if not agreeing:
            return self._titled(step.title, lines)
        rest = letters(step.title)[len(letters(heading.title)) :]
        second_line = next(filter(None, self._letters[heading.line + 1 :]), "")
        return lines if second_line.startswith(rest) else self._titled(rest, lines) or lines

    def _of_number(self, step: Step, within: Lines) -> list[Heading]:
        wanted, inside = (step.rank, step.number), range(within.start, within.end)
        return [each for each in self.headings if (each.rank, each.number) == wanted and each.line in inside]

    def _titled(self, title: str, within: Lines) -> Lines | None:
        """The line, or two lines, that begin with a title; preferably those that are no more than it."""
        wanted = letters(title)
        begun = [at for at in range(within.start, within.end) if wanted and self._begins(at, wanted)]
        if not begun:
            return None
        start = next((at for at in begun if self._letters[at] == wanted), begun[0])
        return Lines(start, self._end_of(start, within.end), numbered=False)

    def _begins(self, at: int, wanted: str) -> bool:
        begun = self._letters[at]
        if begun and len(begun) < len(wanted) and wanted.startswith(begun):
            begun += next((line for line in self._letters[at + 1 : at + 4] if line), "")
        return begun.startswith(wanted)

    def _next_heading(self, line: int, end: int, lowest: int) -> int:
        after = (each.line for each in self.headings if each.line > line and each.rank <= lowest)
        return min(next(after, end), end)

    def _end_of(self, title: int, end: int) -> int:
        """The next heading; below the caption of a table the first prose, or the next chapter or part."""
        filled = (line for line in self.document.lines[title + 1 : end] if line.strip())
        first_two = [is_prose(line) for line in islice(filled, 2)]
        if not first_two or any(first_two):
            return self._next_heading(title, end, DASHED)
        prose = (at for at in range(title + 1, end) if is_prose(self.document.lines[at]))
        return min(self._next_heading(title, end, PART), next(prose, end))


def _agree(found: str, wanted: str) -> bool:
    found, wanted = letters(found), letters(wanted)
    return found.startswith(wanted) or (len(found) >= _ENOUGH and wanted.startswith(found))


def _pairs(line: str) -> set[str]:
    return {line[at : at + 2] for at in range(len(line) - 1)}


def is_prose(line: str) -> bool:
    """Whether a line is a sentence or part of one, rather than a heading or a row of a table."""
    return "\t" not in line.strip() and "|" not in line and ("。" in line or len(line) > LONG)


LONG = 30
"""A line without tabs longer than this is part of a sentence."""

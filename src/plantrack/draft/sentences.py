"""Prose: each number with its unit, its verb and bound, what it measures and when."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from plantrack.documents import read_numbers, read_outline
from plantrack.draft import words
from plantrack.draft.amounts import Amounts
from plantrack.draft.doubts import doubts
from plantrack.draft.kinds import CHANGES, kind_of
from plantrack.draft.leads import Before
from plantrack.draft.naming import Naming
from plantrack.draft.nouns import carried_over
from plantrack.draft.period import When, read_modes
from plantrack.draft.statements import COMPARISON, Statement
from plantrack.language import text
from plantrack.numbers.words import PERCENT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from plantrack.documents import Document, Number
    from plantrack.draft.amounts import Amount
    from plantrack.draft.period import Period
    from plantrack.language import Text
    from plantrack.plan.units import Unit

LONGEST_VERB, LONGEST_CLAUSE, LONGEST_LEAD, LONGEST_BEFORE = 10, 80, 80, 1000
"""Letters before a number that tell its verb, its clause, whether it is an amount, and what it measures when."""
LONGEST_BEHIND = 60
"""Letters behind a number in which what it counts is looked for."""
LONGEST_SUBJECT = 30
"""Letters before a sentence in which what it goes on about is looked for."""
MOST_LISTED = 8
"""So many numbers behind one are looked at as parts of its list."""


def prose_statements(
    document: Document, period: Period | None, units: Mapping[str, Unit]
) -> Iterator[Statement]:
    """The statements of all sentences of a document.

    Args:
        document: the document.
        period: its years, where they are known.
        units: every unit that is known, by name.
    """
    modes = read_modes(document, period)
    sentences, reader, last = _Sentences(document), _Sentence(document, units), -1
    numbers = prose_numbers(document)
    for at, number in enumerate(numbers):
        line = document.line_at(number.start)
        start, end = sentences.around(number.start)
        if start != last:
            is_part = last >= 0 and document.plain[start - 1 : start] in words.PART_ENDS
            goes_on = is_part and words.OTHER_TIME.search(document.plain, start, end) is None
            reader.begin(start, end, reader.when if goes_on else modes[line - 1])
            last = start
        yield from reader.read(number, line, numbers[at + 1 : at + 1 + MOST_LISTED])


def prose_numbers(document: Document) -> list[Number]:
    """The numbers outside tables that may tell how much."""
    return [each for each in read_numbers(read_outline(document)).all if _is_of_prose(document, each)]


def _is_of_prose(document: Document, number: Number) -> bool:
    line = document.line_at(number.start) - 1
    is_row = document.first_tabs[line] >= 0 or "|" in document.lines[line]
    return not is_row and number.kind in {"number", "word"}


class Way(NamedTuple):
    """The indicator that a sentence tells a way of, 由2015年的3%下降到2020年的1%, and from which year.

    `is_open` until it is told what it leads to.
    """

    name: str = ""
    start: int | None = None
    is_open: bool = False

    def then(self, name: str, before: str) -> Way:
        """The way of the next number; it ends with another indicator, or with a year after the one it leads to."""
        year = words.FROM_YEAR.search(before) if words.FROM.search(before) else None
        if year is not None:
            return Way(name, int(year[1]), is_open=True)
        goes_on = self.is_open or words.LIST_SIGN.match(before) is not None
        is_left = words.SAID_YEAR.search(before) is not None and not goes_on
        return self._replace(is_open=False) if self.name == name and not is_left else Way()


class _Sentences:
    """Where the sentences of a document begin; a line that ends within one goes on in the next that is not blank."""

    def __init__(self, document: Document) -> None:
        self.document = document

    @cached_property
    def ends(self) -> list[int]:
        signs = re.finditer(f"[{words.SENTENCE_ENDS}]", self.document.plain)
        return [each.start() for each in signs if each[0] != "\n" or not self._goes_on(each.start())]

    def around(self, at: int) -> tuple[int, int]:
        """Where the sentence of an offset begins and ends."""
        number = bisect_right(self.ends, at - 1)
        end = self.ends[number] if number < len(self.ends) else len(self.document.plain)
        return (self.ends[number - 1] + 1 if number else 0), end

    def _goes_on(self, at: int) -> bool:
        """Whether a line ends within a sentence: it is prose, and the next is no heading."""
        plain, lines = self.document.plain, self.document.lines
        end = at - 1
        while end >= 0 and plain[end].isspace():
            end -= 1
        start = at
        while start < len(plain) and plain[start].isspace():
            start += 1
        if end < 0 or start == len(plain):
            return False
        above, below = self.document.line_at(end) - 1, self.document.line_at(start) - 1
        is_prose = self.document.sentences[above] and plain[end] not in words.SENTENCE_ENDS
        return is_prose and "\t" not in lines[below] and not words.HEADING.match(lines[below])


class _Sentence:
    """One sentence while it is read: where the last number ended, what was named, and which kind goes on."""

    def __init__(self, document: Document, known: Mapping[str, Unit]) -> None:
        self.document, self.known = document, known
        self.amounts = Amounts(document, known)

    def begin(self, start: int, end: int, when: When) -> None:
        plain = self.document.plain
        self.names = Naming(carried_over(plain[max(0, start - LONGEST_SUBJECT) : start]))
        self.at, self.when, self.row, self.end = start, when, start, end
        self.kind, self.last, self.part, self.sign = "", "", 0, 1
        self.time: str | None = None
        self.years: list[str] = []
        self.way = Way()
        self.basis: Before | None = None
        self.outer: When | None = None

    def read(self, number: Number, line: int, following: Sequence[Number]) -> Iterator[Statement]:
        """What a number says, of one indicator or of each of a list; nothing where it is no amount."""
        if number.start < self.at:
            return
        before = self._before(number.start)
        if words.STRUCTURE.search(before.clause) and self._is_part(number, before.words):
            yield self._part(number, line, before.words)
            return
        amount = self.amounts.read(number, before.words[-LONGEST_LEAD:], following)
        if amount is None:
            if not self.document.sentences[line - 1]:
                self.at = number.end
            return
        self.at = amount.end
        self.when = self._when(before, amount)
        behind = self.document.plain[amount.end : min(amount.end + LONGEST_BEHIND, self.end)]
        self.names.take(before, amount, "".join(behind.split()))
        self.way = self.way.then(self.names.name, before.words)
        self.last = self.kind
        if not (before.is_in_list and self.kind):
            self.kind = kind_of(
                before, amount, self.when.since(self.way.start), name=self.names.name, last=self.last
            )
            self.sign = before.sign
        self.basis = before if self.kind in CHANGES else None
        self.names.settle(self.kind, before)
        for name in self.names.each or [self.names.name]:
            if name and not amount.is_passed:
                yield self._statement(name, line, before, amount)

    def _when(self, before: Before, amount: Amount) -> When:
        """The years of a number; those that brackets tell hold in them: 达到65%(2020年为60%)，提高5个百分点."""
        said = before.words
        if self.outer is not None and (closed := words.CLOSED.search(said)):
            self.when, self.outer, said = self.outer, None, said[closed.end() :]
        if self.outer is None and (opened := words.OPENED.search(said)):
            self.outer = self.when.told_by(said[: opened.start()])
        return self._year_of_list(before, amount) or self.when.told_by(said)

    def _year_of_list(self, before: Before, amount: Amount) -> When | None:
        """The year that a number has where each of a list has its own."""
        if not before.is_in_list:
            found = words.YEARS_SHARED.search(before.words)
            years = re.findall(words.YEAR, found[0]) if found else []
            self.years = years if len(years) == amount.listed + 1 else []
        if not self.years:
            return None
        year = int(self.years.pop(0))
        return self.when._replace(base=year - 1, end=year, is_yearly=True)

    def _before(self, end: int) -> Before:
        """The words before a number: since the number before, and since its clause's beginning."""
        letters, offsets = self.document.squeezed
        last = bisect_left(offsets, end)
        row, at = bisect_left(offsets, self.row), bisect_left(offsets, self.at)
        since = letters[max(at, last - LONGEST_BEFORE) : last]
        lead = words.LEAD.search(since, max(0, len(since) - LONGEST_VERB))
        assert lead is not None
        clause = re.split(r"[，。；;]", letters[max(row, last - LONGEST_CLAUSE) : last])[-1]
        earlier = letters[max(row, at - LONGEST_BEFORE) : at]
        before = Before(since, clause, lead, earlier)
        if self.basis is None or not (before.is_in_list or self._goes_on(before.said)):
            return before
        return before._replace(clause=self.basis.clause + clause, basis=self.basis.compared)

    def _goes_on(self, said: str) -> bool:
        """Whether a change is compared with what the one before is: 比2018年增加6家、增长30%."""
        is_yearly = self.basis is not None and words.YEARLY.search(self.basis.words)
        return not is_yearly and not said.strip("，、,和及与")

    def _statement(self, name: str, line: int, before: Before, amount: Amount) -> Statement:
        compared = words.COMPARED.search(before.words) if amount.is_compared else None
        rank = words.SHARED_RANK.search(before.words)
        told = compared[0] if compared else rank[0] if rank else before.lead[0].removeprefix("为")
        start = self._start(amount.number.start, told)
        is_of_growth = self.last in {"growth", "total_growth"} or words.GROWTH_NAMED.search(before.said)
        kind_of_time = self.kind if not compared else "change" if is_of_growth else "level"
        said = before.compared if self.kind in CHANGES else before.over_period
        time = self.when.since(self.way.start).of(kind_of_time, said, before.clause)
        kind = COMPARISON if compared else self.kind
        printed = self.document.plain[start : amount.end].strip()
        return Statement(
            line,
            start,
            amount.end,
            self.row,
            name,
            kind,
            time,
            printed,
            amount.unit,
            doubt=self._doubt(time, before, amount),
            meant="" if compared or rank else self._meant(printed, before, amount),
        )

    def _doubt(self, time: str | None, before: Before, amount: Amount) -> Text | None:
        if amount.unit and self.amounts.is_strange(amount.unit) and time is not None:
            return text("is {unit} the unit?", unit=amount.unit)
        return next(doubts(time, self.kind, before, amount, self.document.plain), None)

    def _meant(self, printed: str, before: Before, amount: Amount) -> str:
        """The numeral as a plan file writes it; "" where that is as printed."""
        number = amount.numeral(self.document.plain)
        if self.kind == "multiple" and not amount.is_word:
            written = (before.lead["bound"] or "") + number
        else:
            is_change = self.kind in CHANGES or before.is_change
            written = before.written(number, amount.unit, is_change=is_change, sign=self.sign)
        return "" if written == "".join(printed.split()) else written

    def _start(self, start: int, lead: str) -> int:
        """Where the words before a number begin, whatever blanks part them."""
        for sign in reversed(lead):
            start = self.document.plain.rfind(sign, 0, start)
        return start

    # -- the structure of the economy ------------------------------------------------------------

    def _is_part(self, number: Number, before: str) -> bool:
        """Whether a number is one of three that colons part: 17.1:46.3:36.6."""
        self.part = self.part + 1 if before == words.RATIO_SIGN else 0
        is_parted = words.RATIO_SIGN in (before, self.document.plain[number.end : number.end + 1])
        return is_parted and self.part < len(words.PARTS_OF_STRUCTURE)

    def _part(self, number: Number, line: int, before: str) -> Statement:
        if self.part == 0:
            self.when = self.when.told_by(before)
            self.time = self.when.of("level", before, before)
        self.at, self.kind = number.end, "level"
        name, printed = words.PARTS_OF_STRUCTURE[self.part], self.document.plain[number.start : number.end]
        return Statement(line, number.start, number.end, self.row, name, "level", self.time, printed, PERCENT)

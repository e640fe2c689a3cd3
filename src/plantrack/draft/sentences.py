"""Prose: each number with its unit, its verb and bound, what it measures and when."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from plantrack.documents import read_numbers, read_outline
from plantrack.draft import words
from plantrack.draft.amounts import Amounts
from plantrack.draft.nouns import (
    LONGEST_NAME,
    all_in,
    carried_over,
    is_one,
    noun_behind,
    noun_of,
    parted,
    subject_of,
)
from plantrack.draft.period import When, read_modes, year_compared
from plantrack.draft.statements import COMPARISON, Statement
from plantrack.language import text
from plantrack.numbers.words import PERCENT, PERMILLE, POINTS, TIMES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from plantrack.documents import Document, Number
    from plantrack.draft.amounts import Amount
    from plantrack.draft.period import Period
    from plantrack.plan.units import Unit

LONGEST_CLAUSE, LONGEST_LEAD, LONGEST_BEFORE = 80, 80, 1000
"""Letters before a number that tell its clause, whether it is an amount, and what it measures when."""
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
    numbers = [each for each in read_numbers(read_outline(document)).all if _is_of_prose(document, each)]
    for at, number in enumerate(numbers):
        line = document.line_at(number.start)
        start = sentences.start_of(number.start)
        if start != last:
            reader.begin(start, modes[line - 1])
            last = start
        yield from reader.read(number, line, numbers[at + 1 : at + 1 + MOST_LISTED])


def _is_of_prose(document: Document, number: Number) -> bool:
    line = document.line_at(number.start) - 1
    is_row = document.first_tabs[line] >= 0 or "|" in document.lines[line]
    return not is_row and number.kind in {"number", "word"}


class _Sentences:
    """Where the sentences of a document begin; a line that ends within one goes on in the next that is not blank."""

    def __init__(self, document: Document) -> None:
        self.document = document

    @cached_property
    def ends(self) -> list[int]:
        signs = re.finditer(f"[{words.SENTENCE_ENDS}]", self.document.plain)
        return [each.start() for each in signs if each[0] != "\n" or not self._goes_on(each.start())]

    def start_of(self, at: int) -> int:
        number = bisect_right(self.ends, at - 1)
        return self.ends[number - 1] + 1 if number else 0

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

    def begin(self, start: int, when: When) -> None:
        above = self.document.plain[max(0, start - LONGEST_SUBJECT) : start]
        self.carried = carried_over(above)
        self.at, self.when, self.row = start, when, start
        self.name, self.kind, self.amount = "", "", ""
        self.time: str | None = None
        self.listed: list[str] = []
        self.named: list[str] = []
        self.each: list[str] = []
        self.part = 0

    def read(self, number: Number, line: int, following: Sequence[Number]) -> Iterator[Statement]:
        """What a number says, of one indicator or of each of a list; nothing where it is no amount."""
        if number.start < self.at:
            return
        before = re.sub(
            r"\s", "", self.document.plain[max(self.at, number.start - LONGEST_BEFORE) : number.start]
        )
        clause = self._clause(number.start)
        if words.STRUCTURE.search(clause) and self._is_part(number, before):
            yield self._part(number, line, before)
            return
        amount = self.amounts.read(number, before[-LONGEST_LEAD:], following)
        if amount is None:
            if not self.document.sentences[line - 1]:
                self.at = number.end
            return
        self.at = amount.end
        self.when = self.when.told_by(before)
        lead = words.LEAD.search(before)
        assert lead is not None
        self._take_name(before, lead, amount)
        goes_on = words.LIST_SIGN.fullmatch(before) is not None
        if not (goes_on and self.kind):
            self.kind = self._kind(before, clause, lead, amount)
        self._leave_share(before[: lead.start()])
        self.named += [self.name] * (self.named[-1:] != [self.name])
        for name in self.each or [self.name]:
            if name and not amount.is_passed:
                yield self._statement(name, line, before, clause, lead, amount)

    def _statement(
        self, name: str, line: int, before: str, clause: str, lead: re.Match[str], amount: Amount
    ) -> Statement:
        content, number = self.document.plain, amount.number
        compared = words.COMPARED.search(before) if amount.is_compared else None
        rank = words.SHARED_RANK.search(before)
        told = compared[0] if compared else rank[0] if rank else lead[0].removeprefix("为")
        start = self._start(number.start, told)
        time = self.when.of("change" if compared else self.kind, before, clause)
        doubt = None if time is not None else text("the year is not told")
        if doubt is None and amount.unit and self.amounts.is_strange(amount.unit):
            doubt = text("is {unit} the unit?", unit=amount.unit)
        kind = COMPARISON if compared else self.kind
        printed = content[start : amount.end].strip()
        return Statement(
            line, start, amount.end, self.row, name, kind, time, printed, amount.unit, doubt=doubt
        )

    def _clause(self, end: int) -> str:
        """The words of the clause before a number, numbers and all, without blanks."""
        around = self.document.plain[max(self.row, end - LONGEST_CLAUSE) : end]
        return re.split(r"[，。；;]", re.sub(r"\s", "", around))[-1]

    def _start(self, start: int, lead: str) -> int:
        """Where the words before a number begin, whatever blanks part them."""
        for sign in reversed(lead):
            start = self.document.plain.rfind(sign, 0, start)
        return start

    # -- the structure of the economy ------------------------------------------------------------

    def _is_part(self, number: Number, before: str) -> bool:
        """Whether a number is one of three that colons part: 17.1:46.3:36.6."""
        if before == words.RATIO_SIGN:
            self.part += 1
        else:
            self.part = 0
        is_parted = words.RATIO_SIGN in (before, self.document.plain[number.end : number.end + 1])
        return is_parted and self.part < len(words.PARTS_OF_STRUCTURE)

    def _part(self, number: Number, line: int, before: str) -> Statement:
        if self.part == 0:
            self.when = self.when.told_by(before)
            self.time = self.when.of("level", before, before)
        self.at, self.kind, self.name = number.end, "level", words.PARTS_OF_STRUCTURE[self.part]
        printed = self.document.plain[number.start : number.end]
        return Statement(
            line, number.start, number.end, self.row, self.name, "level", self.time, printed, PERCENT
        )

    # -- names -----------------------------------------------------------------------------------

    def _take_name(self, before: str, lead: re.Match[str], amount: Amount) -> None:
        """What the number measures: the noun before its verb or behind it, else what the sentence goes on about."""
        self.each = []
        stem = before[: lead.start("bound")] if lead["bound"] else before
        behind = noun_behind(self.document.plain, amount.end)
        if behind and _is_counted(amount) and words.MAKING.search(stem):
            self.name = f"{lead['verb'] or ''}{behind}"
            return
        if words.LIST_SIGN.fullmatch(before):
            self.name = self.listed.pop(0) if self.listed else self.name
            return
        said = before[: lead.start()]
        if compared := amount.is_compared and words.COMPARED.search(before):
            said = before[: compared.start()]
        elif amount.is_rank:
            said = words.RANKED.sub("", words.SHARED_RANK.sub("", said))
        is_growth = amount.unit == PERCENT and not amount.is_rank
        name = noun_of(words.GROWTH_ENDS.sub("", said) if is_growth else said)
        if behind and self._is_of_noun_behind(name, said, lead, amount):
            self.name = behind
            return
        self._take_noun(name or subject_of(said, is_first=not self.named), said, amount)
        parts = words.NAME_LISTS.split(self.name)
        if not self.listed and not self.each and _is_of_each(parts, lead, amount):
            self.each = parted(self.name)

    def _is_of_noun_behind(self, name: str, said: str, lead: re.Match[str], amount: Amount) -> bool:
        """Whether the noun is looked for behind a number: none stands before it, or one that names nothing."""
        is_size_of = name in words.SIZES and self.document.plain.startswith(words.OF, amount.end)
        if is_size_of or words.NAMELESS.search(name):
            return True
        if lead["verb"] or lead["reach"] or not (_is_counted(amount) or amount.unit == PERCENT):
            return False
        return not name or (name == self.name and words.NAME_LISTS.search(said[-1:]) is not None)

    def _take_noun(self, name: str, said: str, amount: Amount) -> None:
        if words.EACH_OF in said and (not name or words.GENERIC.fullmatch(name)):
            self._share_out(self.named[-amount.listed - 1 :])
            return
        if not self.name and words.GENERIC.fullmatch(name):
            name = self.carried or name
        names = parted(name)
        if self.named and len(names) > 1 and said[:1] not in words.LIST_BREAKS:
            names = names[1:]
            name = words.LIST_BREAKS[0].join(names)
        if not names[-1] or (self.name and words.GENERIC.fullmatch(name)):
            if name in words.SIZES and self.name and not self.name.endswith(name):
                self.name += name
            return
        if name.startswith(words.SHARE_OF) and self.name:
            name = self.name + name
            names = [name]
        if len(names) == 1 and len(several := all_in(name)) == amount.listed + 1:
            names = several
        if len(names) > 1 and (words.EACH_OF in said or len(names) == amount.listed + 1):
            self._share_out(names)
            return
        if len(names) > 1 and words.OF_EACH.search(said):
            self.each = names
        self.name, self.listed = name if is_one(names) and len(name) <= LONGEST_NAME else names[-1], []
        if len(names) > 1 and words.GENERIC.fullmatch(names[-1]):
            self.name = noun_of(names[0]) or self.name

    def _share_out(self, names: Sequence[str]) -> None:
        """Each name of a list to one number of another."""
        first, *self.listed = names or [self.name]
        self.name = first

    def _leave_share(self, before: str) -> None:
        """A share rises by points: what grows by per cent is the amount named before it."""
        is_share = words.SHARE_NAMED.search(self.name) is not None
        if not is_share:
            self.amount = self.name
        elif self.kind in {"growth", "total_growth"} and self.amount and not noun_of(before):
            self.name = self.amount

    # -- kinds -----------------------------------------------------------------------------------

    def _kind(self, before: str, clause: str, lead: re.Match[str], amount: Amount) -> str:
        is_average = words.YEARLY.search(before) is not None
        told = lead["verb"] is not None and not lead["reach"]
        number, unit = amount.number, amount.unit
        if amount.is_rank:
            return "rank"
        if amount.is_word:
            return "multiple" if "番" in number.text or number.text.endswith(TIMES) else "level"
        if unit == TIMES:
            return "total_growth" if told else "multiple"
        if unit in {PERCENT, PERMILLE}:
            return self._kind_of_share(before, clause, told=told, is_average=is_average)
        if lead["verb"] == words.ADDED and self.name.startswith(words.ADDED):
            return "level"
        if unit in POINTS or told:
            return "annual_change" if is_average else "change"
        return "level"

    def _kind_of_share(self, before: str, clause: str, *, told: bool, is_average: bool) -> str:
        if not (told or words.GROWTH_NAMED.search(before)):
            return "level"
        if is_average or words.LAST_YEAR.search(before):
            return "growth"
        is_over = words.OVER_SEVERAL.search(clause) or year_compared(clause) or not self.when.is_yearly
        return "total_growth" if is_over else "growth"


def _is_of_each(parts: Sequence[str], lead: re.Match[str], amount: Amount) -> bool:
    """Whether a number is told of each of several names: 工业投资、民间投资增长6%."""
    is_growth = (lead["verb"] and not lead["reach"] and amount.unit in {PERCENT, TIMES}) or amount.is_word
    return bool(is_growth) and len(parts) > 1 and all(each.endswith(words.HEADS) for each in parts)


def _is_counted(amount: Amount) -> bool:
    """Whether a noun behind may be what is counted: 4个示范园区, 52亿元的资金, but not 5% or 第3位."""
    return not (amount.is_rank or amount.is_word or amount.unit in {PERCENT, PERMILLE, TIMES, *POINTS})

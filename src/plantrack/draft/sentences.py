"""Prose: each number with its unit, its verb and bound, what it measures and when."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from plantrack.documents import read_numbers, read_outline
from plantrack.draft import words
from plantrack.draft.period import When, read_modes
from plantrack.draft.statements import Statement
from plantrack.language import text
from plantrack.numbers.words import PERCENT, PERMILLE, POINTS, TIMES
from plantrack.trace.units import Units

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from plantrack.documents import Document, Number
    from plantrack.draft.period import Period
    from plantrack.plan.units import Unit
    from plantrack.trace.units import Behind

SHORT_NAME = 4
"""A shorter name in a list shares the end of the last: 一产、二产、三产增加值."""
LONGEST_NAME = 30
LONGEST_UNIT = 10


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
    reader, last = _Sentence(document, units), -1
    for number in read_numbers(read_outline(document)).all:
        line = document.line_at(number.start)
        is_row = document.first_tabs[line - 1] >= 0 or "|" in document.lines[line - 1]
        if is_row or number.kind not in {"number", "word"}:
            continue
        start = _start_of_sentence(document, number.start)
        if start != last:
            reader.begin(start, modes[line - 1])
            last = start
        statement = reader.read(number, line)
        if statement is not None:
            yield statement


def _start_of_sentence(document: Document, at: int) -> int:
    """Where the sentence of a number begins; a line that ends within a sentence goes on in the next."""
    while True:
        end = max(document.plain.rfind(sign, 0, at) for sign in words.SENTENCE_ENDS)
        if end < 0 or document.plain[end] != "\n" or not _goes_on(document, document.line_at(end)):
            return end + 1
        at = end


def _goes_on(document: Document, line: int) -> bool:
    """Whether a line ends within a sentence: it is prose, and the next is no heading."""
    above, below = (
        document.lines[each].strip() if each < len(document.lines) else "" for each in (line - 1, line)
    )
    is_prose = document.sentences[line - 1] and above[-1:] not in words.SENTENCE_ENDS
    return is_prose and bool(below) and "\t" not in below and not words.HEADING.match(below)


class _Sentence:
    """One sentence while it is read: where the last number ended, what was named, and which kind goes on."""

    def __init__(self, document: Document, known: Mapping[str, Unit]) -> None:
        self.document, self.known = document, known
        self.units = Units({name: unit.base for name, unit in known.items()})

    def begin(self, start: int, when: When) -> None:
        self.at, self.when, self.row = start, when, start
        self.name, self.kind, self.amount = "", "", ""
        self.listed: list[str] = []

    def read(self, number: Number, line: int) -> Statement | None:
        """What a number says; `None` where it is no amount of anything."""
        content = self.document.plain
        before = re.sub(r"\s", "", content[self.at : number.start])
        behind = self.units.behind(content, number.end, in_sentence=True)
        unit, end = self._unit(number, behind, before)
        self.at = end
        if unit is None:
            return None
        lead = words.LEAD.search(before)
        assert lead is not None
        self.when = self.when.told_by(before)
        is_rank = words.RANK_SIGN.search(before) is not None or number.text == words.FIRST_RANK
        goes_on = words.LIST_SIGN.fullmatch(before) is not None
        self._take_name(before, lead.start(), end, goes_on=goes_on)
        if not (goes_on and self.kind):
            self.kind = "rank" if is_rank else self._kind(before, lead, unit, number)
        self._leave_share(before[: lead.start()])
        time = self.when.of(self.kind, before, is_from=words.FROM.search(before) is not None)
        if not self.name:
            return None
        lead_text = "第" if words.RANK_SIGN.search(before) else lead[0].removeprefix("为")
        start = self._start(number.start, lead_text)
        doubt = None if time is not None else text("the year is not told")
        printed = content[start:end].strip()
        return Statement(line, start, end, self.row, self.name, self.kind, time, printed, unit, doubt=doubt)

    def _unit(self, number: Number, behind: Behind, before: str) -> tuple[str | None, int]:
        """The unit of a number and where the numeral ends; `None` where it is no amount."""
        content, end = self.document.plain, number.end
        is_rank = words.RANK_SIGN.search(before) is not None or number.text == words.FIRST_RANK
        if number.kind == "word":
            return ("" if is_rank else TIMES), end
        unit, over = self._unit_behind(end, behind)
        for sign in over + unit:
            end = content.find(sign, end) + 1
        if bound := words.BOUND_BEHIND.match(content, end):
            end = bound.end()
        is_moved = words.FROM.search(before) is not None or words.MOVED_TO.search(before) is not None
        is_time = not is_rank and words.NO_AMOUNT.match(behind.word) is not None
        if is_time or words.RANGE_SIGN.fullmatch(before) or words.COMPARED.search(before):
            return None, end
        if not (unit or is_moved or is_rank):
            return None, end
        return unit, end

    def _unit_behind(self, at: int, behind: Behind) -> tuple[str, str]:
        """The unit behind a number, and what stands before it where that parts its scale from it: 5万余个.

        A word that is no known unit counts as one, 亿斤 or 元/月, so that the number is never read in another.
        """
        if behind.scale and behind.is_unknown:
            behind = self.units.behind(self.document.plain, at, in_sentence=True, apart=False)
        told, known = behind.scale + behind.word, self._known_unit(at)
        if behind.over:
            return behind.word, behind.scale + behind.over
        is_longer = len(told) > len(known) and told.startswith(known)
        return (told if behind.is_unknown and is_longer else known or told), ""

    def _known_unit(self, at: int) -> str:
        """The longest unit that is known right behind a number: 微克/立方米."""
        following = "".join(self.document.plain[at : at + LONGEST_UNIT].split())
        ends = range(len(following), 0, -1)
        return next((following[:end] for end in ends if following[:end] in self.known), "")

    def _start(self, start: int, lead: str) -> int:
        """Where the words before a number begin, whatever blanks part them."""
        for sign in reversed(lead):
            start = self.document.plain.rfind(sign, 0, start)
        return start

    def _take_name(self, before: str, lead: int, end: int, *, goes_on: bool) -> None:
        """What the number measures: the noun before its verb, else what the sentence goes on about."""
        if words.MAKING.search(before) and (noun := words.NOUN_BEHIND.match(self.document.plain, end)):
            self.name = noun[0]
            return
        if goes_on:
            self.name = self.listed.pop(0) if self.listed else self.name
            return
        name = noun_of(before[:lead].removesuffix("第"))
        if not name or (self.name and words.GENERIC.fullmatch(name)):
            return
        if name.startswith(words.SHARE_OF) and self.name:
            name = self.name + name
        first, *others = parted(name)
        is_listed = words.EACH_OF in before and others
        self.name = first if is_listed or not others else others[-1]
        self.listed = others if is_listed else []

    def _leave_share(self, before: str) -> None:
        """A share rises by points: what grows by per cent is the amount named before it."""
        is_share = words.SHARE_NAMED.search(self.name) is not None
        if not is_share:
            self.amount = self.name
        elif self.kind in {"growth", "total_growth"} and self.amount and not noun_of(before):
            self.name = self.amount

    def _kind(self, before: str, lead: re.Match[str], unit: str, number: Number) -> str:
        is_average = words.YEARLY.search(before) is not None
        told = lead["verb"] is not None and not lead["reach"]
        if number.kind == "word":
            return "multiple" if "番" in number.text or number.text.endswith(TIMES) else "level"
        if unit == TIMES:
            return "total_growth" if told else "multiple"
        if unit in {PERCENT, PERMILLE}:
            return self._kind_of_share(before, lead, told=told, is_average=is_average)
        if unit in POINTS or told:
            return "annual_change" if is_average else "change"
        return "level"

    def _kind_of_share(self, before: str, lead: re.Match[str], *, told: bool, is_average: bool) -> str:
        if not (told or words.GROWTH_NAMED.search(before)):
            return "level"
        if is_average or words.LAST_YEAR.search(before):
            return "growth"
        is_over = words.OVER_SEVERAL.search(before[: lead.start()]) or not self.when.is_yearly
        return "total_growth" if is_over else "growth"


def noun_of(before: str) -> str:
    """The name that stands before a verb: the last clause without what leads in and what leads on."""
    clause = re.sub(r'["“”《》]', "", words.NAME_BREAKS.split(before)[-1]).strip()
    while (found := words.TRAILING.search(clause)) and found[0]:
        clause = clause[: found.start()].strip()
    clause = words.OF_YEAR_BEHIND.sub("", clause)
    if words.FROM_BEHIND.search(clause):
        clause = words.FROM.sub("", clause)
    while (found := words.LEADING.match(clause)) and found[0]:
        clause = clause[found.end() :].strip()
    return clause if 1 < len(clause) <= LONGEST_NAME and not clause.isdigit() else ""


def parted(name: str) -> list[str]:
    """The names of a list, the short ones completed by the end of the last."""
    *some, last = words.NAME_LISTS.split(name)
    end = next((head for head in words.HEADS if last.endswith(head)), "")
    return [*(_completed(each, last, end) for each in some), last]


def _completed(name: str, last: str, end: str) -> str:
    if len(name) < SHORT_NAME:
        return name + last[len(name) :]
    return name if name.endswith(words.HEADS) else name + end

"""Numbers of sentences as amounts: the unit of each, where its numeral ends, and the list that it begins."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from plantrack.draft import words
from plantrack.numbers.words import PERCENT, PERMILLE, PIECE, POINTS, TIMES, YUAN
from plantrack.trace.units import Units

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from plantrack.documents import Document, Number
    from plantrack.plan.units import Unit
    from plantrack.trace.units import Behind

LONGEST_UNIT = 10
_OF_THIS_SIZE = re.compile(r"(?!的)[\u4e00-\u9fa5]{2}[^，。；;、\n]*[0-9]")
"""Behind a size that is part of the name of what is told in numbers: 500万元以上工业项目20个."""
_PARTED_THOUSANDS = re.compile(r"(?<![0-9.])[1-9][0-9]{0,2}，$")
"""Before three digits that may be the end of one number: 1，234."""
_OF_ALL = re.compile(r"[^，。；;、]{0,8}中(?![心国小型医等期高])")
"""Behind a number of those among which one stands: 在261个城市中."""
_STAIRS = re.compile(r"[^，。；;、]{0,12}台阶")
"""Behind the last of several numbers that were passed one after another: 7万亿、8万亿两个台阶."""
_OF_QUOTIENT = re.compile(r"(?:^|[0-9])/$")
"""Before what a number is told of: 9/10万."""
_RATES = frozenset((PERCENT, PERMILLE, *POINTS))


class Amount(NamedTuple):
    """A number with its unit and where its numeral ends; how many numbers of its list stand behind it.

    One that `is_passed` is told on the way to the last of its list: 7万亿、8万亿两个台阶.
    """

    number: Number
    unit: str
    end: int
    listed: int = 0
    is_rank: bool = False
    is_compared: bool = False
    is_passed: bool = False

    @property
    def is_word(self) -> bool:
        return self.number.kind == "word"

    def is_parted(self, content: str) -> bool:
        """Whether it may be the end of a number that a comma of a sentence parts: 1，234.5亿元."""
        start, whole = self.number.start, self.number.text.split(".")[0]
        before = content[max(0, start - len("0000，")) : start]
        return len(whole) == len("000") and _PARTED_THOUSANDS.search(before) is not None

    def numeral(self, content: str) -> str:
        """Its numeral without blanks; one that shares its unit has that, 5个 of 5个和4个百分点."""
        said = "".join(content[self.number.start : self.end].split())
        is_shared = self.unit in POINTS and said.endswith(PIECE)
        return said.removesuffix(PIECE) + self.unit if is_shared else said


class Amounts:
    """Reads the amounts of a document; `known` are all units, by name. `is_each` after 分别, to its list's end."""

    def __init__(self, document: Document, known: Mapping[str, Unit]) -> None:
        self.document, self.known = document, known
        self.units = Units({name: unit.base for name, unit in known.items()})
        self.found: dict[int, tuple[str, str]] = {}
        self.is_each = False

    def read(self, number: Number, before: str, following: Sequence[Number]) -> Amount | None:
        """A number with what stands behind it; `None` where it is no amount. `before` is without blanks."""
        content = self.document.plain
        is_first = number.text == words.FIRST_RANK and words.TOP_RANK.search(before) is not None
        is_rank = words.RANK_SIGN.search(before) is not None or is_first
        listed = self._listed(number, following)
        last = following[listed - 1] if listed else number
        is_passed = last is not number and _STAIRS.match(content, last.end) is not None
        if number.kind == "word":
            end = self._end(number.end, "")
            if (number.text == words.FIRST_RANK and not is_rank) or words.AND_MORE.match(content, end):
                return None
            return Amount(number, "" if is_rank else TIMES, end, listed, is_rank)
        unit, end = self._measured(number, following, before)
        is_compared = unit in POINTS and words.COMPARED.search(before) is not None
        found = Amount(number, unit, end, listed, is_rank, is_compared, is_passed)
        return None if self._is_none(found, before) else found

    def _measured(self, number: Number, following: Sequence[Number], before: str) -> tuple[str, int]:
        """The unit of a number, or of the range that it begins, and where its numeral ends."""
        unit, over = self._unit_at(number.end)
        end = self._end(number.end, over + unit)
        if second := self._second_of_range(end, following, before):
            unit, over = self._unit_at(second.end)
            end = self._end(second.end, over + unit)
        if to_one := words.TO_ONE.match(self.document.plain, end):
            return unit, self._end(to_one.end(), "")
        behind = words.LATIN if unit[-1:].isascii() else words.POINTS_SAID
        if more := behind.match(self.document.plain, end):
            unit, end = unit + more[0], more.end()
        is_next = self.is_each and words.LIST_SIGN.fullmatch(before) is not None
        self.is_each = words.EACH_OF in before or is_next
        shared = self._shared_unit(number, following) if unit in {"", PIECE} else ""
        return (shared if not unit or shared in POINTS else unit), end

    def is_strange(self, unit: str) -> bool:
        """Whether a unit is no known one: what stands behind the number may be no unit at all."""
        return unit not in self.known and self.units.base_of(unit) is None and not self.units.is_unit(unit)

    def _is_none(self, amount: Amount, before: str) -> bool:
        """Whether a number tells no amount: a time, a place in a ranking, those among which one stands."""
        if amount.is_rank:
            return False
        is_moved = words.FROM.search(before) is not None or words.MOVED_TO.search(before) is not None
        return (
            not (amount.unit or is_moved)
            or self._is_in_name(amount)
            or _is_quoted(amount.number, self.document.text)
            or _is_size(amount, self.document.plain)
            or _is_of_other(amount.unit, before)
            or self._is_time(amount.number, before)
            or _is_ranking(amount, before, self.document.plain)
            or words.OF_EVERY.search(before) is not None
            or _OF_QUOTIENT.search(before) is not None
            or (words.OTHER_VALUE.search(before) is not None and not amount.is_compared)
        )

    def _is_in_name(self, amount: Amount) -> bool:
        """Whether it is part of a name: 50米内换乘比例, or of a version, 2.0."""
        if amount.number.text.endswith(".0") and self.is_strange(amount.unit):
            return True
        content = self.document.plain
        if words.SIZE.search(content[amount.number.end : amount.end]):
            return _OF_THIS_SIZE.match(content, amount.end) is not None
        return bool(amount.unit) and words.OF_NAME.match(content, amount.end) is not None

    def _is_time(self, number: Number, before: str) -> bool:
        """Whether it is a time that nothing measures: 1小时交通圈, 连续5年."""
        if words.IN_A_ROW.search(before):
            return True
        behind = words.NO_AMOUNT.match(self.document.plain, number.end)
        return behind is not None and words.TIME_TOLD.search(before) is None

    def _listed(self, number: Number, following: Sequence[Number]) -> int:
        """How many numbers stand behind one in its list: 2 behind 8% of 8%、9%和4%."""
        count, last = 0, number
        for each in following:
            between = "".join(self.document.plain[last.end : each.start].split())
            if not words.LISTED.fullmatch(between):
                break
            count, last = count + 1, each
        return count

    def _shared_unit(self, number: Number, following: Sequence[Number]) -> str:
        """The unit that a bare number shares with the last of its list: 提高2.3和4.1个百分点; 2、3次 is one number."""
        last = number
        for each in following:
            between = "".join(self.document.plain[last.end : each.start].split())
            if not words.LIST_SIGN.fullmatch(between.removeprefix(PIECE)):
                return ""
            unit = self._unit_at(each.end)[0]
            if unit not in {"", PIECE}:
                return unit if self.is_each or unit in _RATES or "." in number.text + each.text else ""
            last = each
        return ""

    def _second_of_range(self, end: int, following: Sequence[Number], before: str) -> Number | None:
        """The other end of a range: 5.5 of 5%—5.5%."""
        second = next(iter(following), None)
        if second is None or second.kind != "number" or words.FROM.search(before):
            return None
        between = "".join(self.document.plain[end : second.start].split())
        return second if words.RANGE_SIGN.fullmatch(between) else None

    def _end(self, end: int, signs: str) -> int:
        """Where a numeral ends: behind the signs of its unit, whatever blanks part them, and its bound."""
        for sign in signs:
            end = self.document.plain.find(sign, end) + 1
        bound = words.BOUND_BEHIND.match(self.document.plain, end)
        return bound.end() if bound else end

    def _unit_at(self, at: int) -> tuple[str, str]:
        """The unit right behind a number, as `_unit_behind` has it; each is looked for once."""
        if at not in self.found:
            behind = self.units.behind(self.document.plain, at, in_sentence=True)
            self.found[at] = self._unit_behind(at, behind)
        return self.found[at]

    def _unit_behind(self, at: int, behind: Behind) -> tuple[str, str]:
        """The unit behind a number, and what stands before it where that parts its scale from it: 5万余个.

        A word that is no known unit counts as one, 亿斤 or 元/月, so that the number is never read in another.
        """
        if behind.scale and behind.is_unknown:
            behind = self.units.behind(self.document.plain, at, in_sentence=True, apart=False)
        told, known = behind.scale + behind.word, self._known_unit(at)
        if behind.is_unknown and "/" not in known and words.NO_UNIT.match(behind.word):
            return "", ""
        if behind.over:
            return behind.word, behind.scale + behind.over
        is_longer = len(told) > len(known) and told.startswith(known)
        return (told if behind.is_unknown and is_longer else known or told), ""

    def _known_unit(self, at: int) -> str:
        """The longest unit that is known right behind a number: 微克/立方米."""
        following = "".join(self.document.plain[at : at + LONGEST_UNIT].split())
        ends = range(len(following), 0, -1)
        return next((following[:end] for end in ends if following[:end] in self.known), "")


def _is_quoted(number: Number, content: str) -> bool:
    """Whether it stands in a catchword: “3个100万”."""
    opening, closing = words.QUOTED
    is_opened = opening.search(content, number.start - LONGEST_UNIT, number.start) is not None
    return is_opened and closing.match(content, number.end) is not None


def _is_size(amount: Amount, content: str) -> bool:
    """Whether it tells which things are counted, 产值超100亿元企业10家, or is less than is meant, 1.5倍多."""
    is_of_money = amount.unit.endswith(YUAN)
    ahead = content[max(0, amount.number.start - LONGEST_UNIT) : amount.number.start]
    is_counted = words.COUNTED_OF_SIZE.match(content, amount.end) or words.COUNTED_AHEAD.search(ahead)
    return words.AND_MORE.match(content, amount.end) is not None or (is_of_money and is_counted is not None)


def _is_of_other(unit: str, before: str) -> bool:
    """Whether it tells how much of a plan or a year it is, 为预算的102%, or how a fall changes, 降幅收窄2个百分点."""
    of_other = words.OF_OTHER if unit == PERCENT else words.FALL_CHANGED if unit in POINTS else None
    return of_other is not None and of_other.search(before) is not None


def _is_ranking(amount: Amount, before: str, content: str) -> bool:
    """Whether it is a place in a ranking, or counts those among which one stands: 在261个城市中."""
    if words.IN_RANKING.search(before):
        return True
    is_among = before.endswith("在") or words.RANKED.search(before) is not None
    return is_among and _OF_ALL.match(content, amount.end) is not None

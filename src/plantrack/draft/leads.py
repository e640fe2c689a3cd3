"""What stands right before a number: its verb, what is reached, its bound and sign; and how a plan file writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from plantrack.draft import words
from plantrack.numbers.words import EMPTY, PERCENT, PERMILLE, POINTS, RANGE_WORDS, SHORT_VERBS, SIGN_OF, TIMES

if TYPE_CHECKING:
    import re

SHARES = frozenset((PERCENT, PERMILLE, TIMES, *POINTS))


class Before(NamedTuple):
    """The words before a number, without blanks: since the number before, and since the clause's beginning.

    `lead` is the verb, what is reached, the bound and the minus right before the number; `earlier` what the sentence
    says before its last number; `basis` the words before that, where this number goes on: 比2018年增加6家、增长30%.
    """

    words: str
    clause: str
    lead: re.Match[str]
    earlier: str = ""
    basis: str = ""

    @property
    def verb(self) -> str | None:
        return self.lead["verb"]

    @property
    def compared(self) -> str:
        """The words that tell what a change is compared with."""
        return self.basis + self.words

    @property
    def over_period(self) -> str:
        """The words that tell whether a flow is that of all years; what the sentence said of them goes on."""
        goes_on = (
            words.ADDS.match(self.words) is not None and words.OVER_YEARS.search(self.earlier) is not None
        )
        return self.earlier + self.words if goes_on else self.words

    @property
    def is_change(self) -> bool:
        """Whether a change is told: 增长5%, but not 增长到5亿元."""
        return self.verb is not None and not self.lead["reach"]

    @property
    def said(self) -> str:
        """Without the verb and what goes with it."""
        return self.words[: self.lead.start()]

    @property
    def is_in_list(self) -> bool:
        return words.LIST_SIGN.fullmatch(self.said) is not None and not (self.verb or self.lead["reach"])

    def tells_change(self, unit: str) -> bool:
        """Whether a change in a unit is told: that, or how much of per cent it comes to, 增长达8%."""
        comes_to = self.lead["reach"] in words.COMES_TO and unit in SHARES
        return self.is_change or (self.verb is not None and comes_to)

    @property
    def sign(self) -> int:
        """-1 where a verb or a name of a fall stands before the number: 下降, 降幅."""
        if self.verb is None:
            return -1 if words.FALL_RATE.search(self.said) else 1
        return SIGN_OF.get(self.verb) or words.SIGN_OF_OTHERS[self.verb]

    @property
    def is_sign_open(self) -> bool:
        """Whether a dash before the number may be a minus or none, or is one behind a fall: 下降-5%."""
        if self.lead["minus"]:
            return self.sign < 0
        return words.DASH.search(self.words) is not None

    def written(self, number: str, unit: str, *, is_change: bool, sign: int) -> str:
        """A number with its lead as a plan file writes them; `sign` is that of the change it tells.

        A verb that no plan file knows gives way to one that it does; a minus tells the sign itself.
        """
        bound = self.lead["bound"] or ""
        if self.lead["minus"]:
            return f"{bound}-{number}"
        return f"{self._verb(unit, sign) if is_change else self._reached()}{bound}{number}"

    def _verb(self, unit: str, sign: int) -> str:
        if self.verb in SIGN_OF:
            return self.verb
        if sign < 0:
            return words.FALLS[unit not in SHARES]
        return words.RISES[unit not in SHARES] if self.verb else ""

    def _reached(self) -> str:
        """What is reached, with its verb where a plan file knows both: 降至, 达到; else nothing."""
        verb, reach = self.verb or "", self.lead["reach"] or ""
        if not verb:
            return reach if reach in EMPTY else ""
        is_known = verb in {*SIGN_OF, *SHORT_VERBS} and reach in RANGE_WORDS
        return f"{verb}{reach}" if is_known else ""

"""What the numbers of one sentence measure: which name each takes, and which goes on to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.draft import words
from plantrack.draft.nouns import (
    LONGEST_NAME,
    all_in,
    is_one,
    noun_behind,
    noun_of,
    parted,
    share_of,
    subject_of,
)
from plantrack.numbers.words import PERCENT, PERMILLE, POINTS, TIMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plantrack.draft.amounts import Amount
    from plantrack.draft.leads import Before


class Naming:
    """The names of one sentence; `carried` is what the sentence before is about."""

    def __init__(self, carried: str = "") -> None:
        self.carried = carried
        self.name, self.amount, self.following = "", "", ""
        self.listed: list[str] = []
        self.named: list[str] = []
        self.each: list[str] = []
        """The names of which the last number is told, where it is told of several."""

    def take(self, before: Before, amount: Amount, following: str) -> None:
        """What the number measures: the noun before its verb or behind it, else what the sentence goes on about.

        `following` are the letters of the sentence behind the amount, without blanks.
        """
        self.each, self.following = [], following
        stem = before.words[: before.lead.start("bound")] if before.lead["bound"] else before.words
        behind = noun_behind(following)
        if behind and _is_counted(amount) and words.MAKING.search(stem):
            self.name = f"{before.verb or ''}{behind}"
        elif before.is_in_list or (self.listed and words.LIST_SIGN.fullmatch(before.said)):
            self.name = self.listed.pop(0) if self.listed else self.name
        else:
            self._take(before, amount, behind)

    def _take(self, before: Before, amount: Amount, behind: str) -> None:
        said = _said(before, amount)
        name = self._noun_before(said, before, amount)
        if behind and self._is_of_noun_behind(name, said, before, amount):
            self.name = behind
            return
        name = name or subject_of(said, is_first=not self.named)
        if words.EACH_OF in said and (not name or words.GENERIC.fullmatch(name)):
            self._share_out(self.named[-amount.listed - 1 :])
            return
        self._take_noun(name, said, amount)
        if not self.listed and not self.each and _is_of_each(self.name, before, amount):
            self.each = parted(self.name)

    def _noun_before(self, said: str, before: Before, amount: Amount) -> str:
        """The noun that stands before a number, without words of growth; of a share what is shared, and of what."""
        is_rate = amount.unit == PERCENT or (amount.unit in POINTS and not before.verb)
        name = noun_of(words.GROWTH_ENDS.sub("", said) if is_rate and not amount.is_rank else said)
        if amount.unit == PERCENT and not before.verb and (share := words.SHARE_SAID.search(said)):
            return share_of(name or self.name, share["of"])
        return name

    def _is_of_noun_behind(self, name: str, said: str, before: Before, amount: Amount) -> bool:
        """Whether the noun is looked for behind a number: none stands before it, or one that names nothing."""
        is_size_of = name in words.SIZES and self.following.startswith(words.OF)
        if is_size_of or words.NAMELESS.search(name):
            return True
        if before.verb or before.lead["reach"] or not (_is_counted(amount) or amount.unit == PERCENT):
            return False
        return not name or (name == self.name and words.NAME_LISTS.search(said[-1:]) is not None)

    def _take_noun(self, name: str, said: str, amount: Amount) -> None:
        if not self.name and words.GENERIC.fullmatch(name):
            name = self.carried or name
        names = self._without_noun_before(parted(name), said)
        if not names[-1] or (self.name and words.GENERIC.fullmatch(name)):
            self._go_on(name, said)
        elif name.startswith(words.SHARE_OF) and self.name:
            self.name, self.listed = self.name.removesuffix(name) + name, []
        else:
            self._take_names(names, name, said, amount)

    def _take_names(self, names: list[str], name: str, said: str, amount: Amount) -> None:
        if len(names) == 1 and len(several := all_in(name)) == amount.listed + 1:
            names = several
        if len(names) > 1 and (words.EACH_OF in said or len(names) == amount.listed + 1):
            self._share_out(names)
            return
        if len(names) > 1 and words.OF_EACH.search(said):
            self.each = names
        joint = (
            name
            if name.endswith(names[-1]) and len(parted(name)) == len(names)
            else words.LIST_SIGNS[0].join(names)
        )
        self.name, self.listed = joint if is_one(names) and len(joint) <= LONGEST_NAME else names[-1], []
        if len(names) > 1 and words.GENERIC.fullmatch(names[-1]):
            self.name = noun_of(names[0]) or self.name

    def _without_noun_before(self, names: list[str], said: str) -> list[str]:
        """The names of a list but for the first, where that is what the number before counts: 3条新线、运营里程."""
        is_cut = said[:1] not in words.LIST_SIGNS and not words.NAME_BREAKS.search(said)
        return names[1:] if self.named and len(names) > 1 and is_cut else names

    def _go_on(self, name: str, said: str) -> None:
        """The same name goes on; in total, a size of it, or a part of it."""
        if self.name.startswith(words.ADDED) and words.IN_TOTAL.search(said):
            self.name = self.name.removeprefix(words.ADDED)
        more = name if name in words.SIZES else words.PART if words.OF_PART.search(said) else ""
        if self.name and not self.name.endswith(more or self.name):
            self.name = (words.SHARE_NAMED.sub("", self.name) if more in words.SIZES else self.name) + more

    def _share_out(self, names: Sequence[str]) -> None:
        """Each name of a list to one number of another."""
        first, *self.listed = names or [self.name]
        self.name = first

    def settle(self, kind: str, before: Before) -> None:
        """With the kind known: a share rises by points; what grows by per cent is the amount named before it."""
        share = words.SHARE_TOLD.search(self.name)
        self.amount = (self.name[: share.start()] if share else self.name) or self.amount
        if share and kind in {"growth", "total_growth"} and self.amount and not noun_of(before.said):
            self.name = self.amount
        self.named += [self.name] * (self.named[-1:] != [self.name])


def _said(before: Before, amount: Amount) -> str:
    """The words before a number without its verb, and without those of a comparison or a rank."""
    if compared := amount.is_compared and words.COMPARED.search(before.words):
        return before.words[: compared.start()]
    return words.RANKED.sub("", words.SHARED_RANK.sub("", before.said)) if amount.is_rank else before.said


def _is_of_each(name: str, before: Before, amount: Amount) -> bool:
    """Whether a number is told of each of several names: 工业投资、民间投资增长6%."""
    parts = words.NAME_LISTS.split(name)
    is_growth = (before.tells_change(amount.unit) and amount.unit in {PERCENT, TIMES}) or amount.is_word
    return is_growth and len(parts) > 1 and all(each.endswith(words.HEADS) for each in parts)


def _is_counted(amount: Amount) -> bool:
    """Whether a noun behind may be what is counted: 4个示范园区, 52亿元的资金, but not 5% or 第3位."""
    return not (amount.is_rank or amount.is_word or amount.unit in {PERCENT, PERMILLE, TIMES, *POINTS})

"""What a figure says instead of a number: a direction, a comparison, or who will assign one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from plantrack.language import Text, Words, text
from plantrack.numbers.interval import ANY, NONNEGATIVE, POSITIVE, ZERO, Interval
from plantrack.plan.model import LAST_YEAR

if TYPE_CHECKING:
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.model import PlanModel

Operator = Literal[
    "below",
    "above",
    "at_least",
    "at_most",
    "in_step",
    "up",
    "down",
    "not up",
    "not down",
    "unchanged",
    "assigned",
]
_OPERATORS: dict[Operator, tuple[Text, Interval]] = {
    "below": (text("below {to}"), POSITIVE.negated()),
    "above": (text("above {to}"), POSITIVE),
    "at_least": (text("at least {to}"), NONNEGATIVE),
    "at_most": (text("at most {to}"), NONNEGATIVE.negated()),
    "in_step": (text("in step with {to}"), ANY),
    "up": (text("up"), POSITIVE),
    "down": (text("down"), POSITIVE.negated()),
    "not up": (text("not up"), NONNEGATIVE.negated()),
    "not down": (text("not down"), NONNEGATIVE),
    "unchanged": (text("unchanged"), Interval.point(ZERO)),
    "assigned": (text("assigned by {to}"), ANY),
}
"""Relation -> its words, and what this side may have over the other."""


class Relation(NamedTuple):
    """What a figure says instead of a number: a direction, or a comparison with `to`.

    `other` names the other side: another place's same indicator by the place alone. `gap` is how far
    apart the sides are, where that is printed: in the indicator's own unit, of growth in fractions. Of what
    is assigned `other` is who assigns it.
    """

    operator: Operator
    to: str | None = None
    by: str | None = None
    other: Words | None = None
    gap: Interval | None = None

    @property
    def is_open(self) -> bool:
        """Whether it bounds nothing: in step with another, or assigned and not known yet."""
        return self.operator in {"in_step", "assigned"}

    @property
    def between(self) -> Interval:
        """What this side may have over the other, or the end over the start."""
        _, whole = _OPERATORS[self.operator]
        if self.gap is None:
            return whole
        gap = self.gap if self.operator in {"above", "at_least"} else self.gap.negated()
        if self.operator in {"above", "below"}:
            return gap
        return gap.plus(whole)

    @property
    def words(self) -> Text:
        """The relation in words: `below Guangdong by 0.5`."""
        words, _ = _OPERATORS[self.operator]
        said = text(words.template, to=self.other)
        return said if self.by is None else text("{said} by {gap}", said=said, gap=self.by)


def named(said: Relation, indicator: str, plan: PlanModel, catalogue: Catalogue) -> Relation:
    """A relation with the name of its other side."""
    if said.to is None:
        return said
    if said.to == LAST_YEAR:
        return said._replace(other=Words("上年", "last year"))
    name, _, place = said.to.partition("@")
    where = catalogue.places.get(place)
    if where is not None and name == indicator:
        return said._replace(other=where.name)
    known = plan.own.get(name) or catalogue.indicators.get(name)
    words = known.name if known is not None else Words(name, name)
    if where is not None:
        words = Words(f"{where.zh}{words.zh}", f"{words.en} of {where.en}")
    return said._replace(other=words)

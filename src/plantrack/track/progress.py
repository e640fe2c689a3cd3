"""What tracking finds, as plain values."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from plantrack.language import Text, text
from plantrack.paths import comparable
from plantrack.results import Result
from plantrack.track.assessment import TOLERANCE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from fractions import Fraction

    from plantrack.audit import Implied, Target
    from plantrack.paths import Path
    from plantrack.plan.actuals import Actual
    from plantrack.plan.plan import Plan
    from plantrack.track.assessment import Achievement
    from plantrack.track.within_year import WithinYear

Status = Literal[
    "met", "missed", "reached", "ahead", "on the path", "behind", "within", "beyond", "undetermined"
]
STATUSES: dict[Status, Text] = {
    "met": text("met"),
    "missed": text("missed"),
    "reached": text("reached early"),
    "ahead": text("ahead"),
    "on the path": text("on the path"),
    "behind": text("behind"),
    "within": text("within the limit"),
    "beyond": text("beyond the limit"),
    "undetermined": text("undetermined"),
}
"""Every status with its title, in the order in which they are counted."""
_OF_FLOORS: dict[Status, Text] = {
    "within": text("not below the limit"),
    "beyond": text("below the limit"),
}


def status_title(status: Status, better: Literal["up", "down"] | None) -> Text:
    """The title of a status; what is beyond a floor is below it, and not more than was asked for."""
    return _OF_FLOORS.get(status, STATUSES[status]) if better == "up" else STATUSES[status]


class Pace(NamedTuple):
    """How far and how fast: each nominal, least and greatest, as roundings allow.

    `gap` is the actual less the path, in the indicator's unit; `years_ahead` how many years before its
    time the path would have been there, negative for behind. `observed` (base to actual), `required`
    (base to target) and `remaining` (actual to target) are paces a year: rates as fractions, or steps
    in the unit, as `measure` tells. `projected` is the value in the target year at the observed pace.
    `None` where there is no such number.
    """

    measure: Literal["growth", "annual_change"]
    gap: Implied | None = None
    years_ahead: Implied | None = None
    observed: Implied | None = None
    required: Implied | None = None
    remaining: Implied | None = None
    projected: Implied | None = None


class Progress(NamedTuple):
    """One indicator against its target.

    `actual` is the latest up to the year assessed, `actuals` are all up to it, by year; `rates` are growth rates
    published. `better` is the direction in which the target is passed, `achieved` what the status rests on, `share`
    the share of time that has passed. `other` is the other side of a comparison. `why` tells why a status is
    undetermined. `is_binding` is a row that is 约束性. `within` is where the months of the running year are.
    """

    target: Target
    path: Path
    actual: Actual | None
    actuals: tuple[Actual, ...]
    better: Literal["up", "down"] | None
    pace: Pace
    status: Status
    why: Text | None = None
    other: Actual | None = None
    notes: tuple[Text, ...] = ()
    rates: tuple[Actual, ...] = ()
    achieved: Achievement | None = None
    share: Fraction | None = None
    within: WithinYear | None = None

    @property
    def is_binding(self) -> bool:
        return any(each.row.binding == "true" for each in (self.target.figure, *self.target.figures))

    @property
    def status_title(self) -> Text:
        return status_title(self.status, self.better)

    @property
    def due_by_year(self) -> dict[int, float]:
        """The values of the path that the actual can be held against, by year; of a total only a sum can."""
        sums = {each.year for each in comparable(self.actuals, self.path)}
        is_sum = self.path.kind != "total" or (self.actual is not None and self.actual.year in sums)
        return self.path.values_for(self.actual) if is_sum else {}

    def __repr__(self) -> str:
        given = f"{self.actual.text} ({self.actual.year})" if self.actual is not None else "no actual"
        return f"<Progress {self.path.plan}/{self.path.indicator_id}: {given}, {self.status}>"


@dataclass(frozen=True)
class Tracking(Result):
    """A plan assessed as of a year, a row for each indicator that has a target.

    `unplanned` are indicators that actuals are given for and that the plan sets no target for. `source`
    is the file of the actuals, where they come from one.
    """

    loaded: Plan
    year: int
    rows: tuple[Progress, ...]
    unplanned: tuple[str, ...]
    source: str = ""
    tolerance: Fraction = TOLERANCE

    def __repr__(self) -> str:
        counts = ", ".join(f"{number} {status}" for status, number in self.counts.items() if number)
        return f"<Tracking of {self.plan} as of {self.year}: {counts}>"

    @property
    def plan(self) -> str:
        return self.loaded.id

    @property
    def counts(self) -> dict[Status, int]:
        """How many indicators have each status, in the order of `STATUSES`."""
        return counts_of(self.rows)


def mean_completion(rows: Iterable[Progress]) -> float | None:
    """The mean share of their targets (平均完成率), no row counted above the whole; `None` where none has one."""
    shares = [row.achieved.completion for row in rows if row.achieved is not None]
    found = [min(float(each), 1.0) for each in shares if each is not None]
    return sum(found) / len(found) if found else None


def counts_by_title(rows: Sequence[Progress]) -> dict[Text, int]:
    """How many indicators have each title of a status, in the order of `STATUSES`."""
    titles = (row.status_title for status in STATUSES for row in rows if row.status == status)
    return dict(Counter(titles))


def counts_of(rows: Iterable[Progress]) -> dict[Status, int]:
    """How many of these have each status, in the order of `STATUSES`."""
    found = [row.status for row in rows]
    return {status: found.count(status) for status in STATUSES}

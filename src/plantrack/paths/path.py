"""A path as a plain value, and what its numbers are shown with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple, overload

from plantrack.paths.bounds import VALUE, bounds_towards
from plantrack.paths.methods import METHODS
from plantrack.plan.measures import printed_decimals
from plantrack.results import Result

if TYPE_CHECKING:
    from plantrack.audit import Implied
    from plantrack.language import Text
    from plantrack.paths.implied import ImpliedPath
    from plantrack.paths.revision import Revision
    from plantrack.paths.series import Kind
    from plantrack.plan.actuals import Actual
    from plantrack.plan.figures import Figure
    from plantrack.plan.measures import Measure
    from plantrack.plan.model import Indicator
    from plantrack.plan.plan import Plan

SMALL = 10
"""Values below this are shown with two decimals at least."""


class Wish(NamedTuple):
    """What is asked of paths.

    Without a `method` stocks and flows grow constantly and ratios go in constant steps. `to` is the last year, beyond
    the target. `actuals` are what `from-actual` starts from, and stand in for a base that is not printed or, unless
    `base` is printed, was revised.
    """

    method: str | None = None
    to: int | None = None
    actuals: tuple[Actual, ...] = ()
    base: Literal["actual", "printed"] = "actual"


class Line(NamedTuple):
    """The numbers of a path, one a year, in the indicator's unit (per cent as fractions).

    `low` and `high` are what the roundings of all printed numbers allow, infinite where a bound leaves them open;
    `near_low` and `near_high`, the band of the line itself, take a bound at its number. `raw` is the line before
    counts were made whole.
    """

    values: tuple[float, ...] = ()
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()
    near_low: tuple[float, ...] = ()
    near_high: tuple[float, ...] = ()
    raw: tuple[float, ...] = ()


NO_LINE = Line()


def goes_in_steps(kind: Kind, indicator: Indicator) -> bool:
    """Whether equal steps are usual for it: for ratios, indices, changes and totals; all else grows at one rate."""
    return kind in {"change", "total", "each year"} or (
        kind == "level" and indicator.kind in {"ratio", "index"}
    )


@dataclass(frozen=True)
class Path(Result):
    """One indicator's way to its target, or why there is none.

    `kind` tells what its values are, in the unit of `indicator`; `origin` is the exact number that stands for the base
    of what is no level. `start` is the actual that it begins with, where that is no printed base. `rate` is a fraction
    a year, `step` a step a year in the indicator's unit, `miss` how far the printed pace leads beyond the target.
    `printed` are the plan's levels of this quantity, one a year. Years after `until` are extrapolation. `revision`
    tells that the base was revised, `moved` the target moved with it. Where `is_real`, prices are those of the first
    year. `instead` tells why it has another method than was asked for, `derived`
    is the base that target and growth lead back to, where none is printed.
    """

    plan: str
    indicator_id: str
    place: str
    scope: str
    indicator: Indicator
    method: str
    base: Figure | None
    target: Figure | None
    stated: Figure | None
    start: Actual | None
    due: int | None
    years: tuple[int, ...] = ()
    line: Line = NO_LINE
    rate: float | None = None
    step: float | None = None
    miss: Implied | None = None
    notes: tuple[Text, ...] = ()
    why: Text | None = None
    printed: tuple[Figure, ...] = ()
    until: int | None = None
    revision: Revision | None = None
    moved: Measure | None = None
    is_real: bool = False
    kind: Kind = "level"
    origin: Measure | None = None
    instead: Text | None = None
    derived: Measure | None = None

    def __repr__(self) -> str:
        if self.why is not None:
            return f"<Path {self.plan}/{self.indicator_id}: none, for {self.why.say('en')}>"
        pace = f"{self.rate:.2%} a year" if self.rate is not None else self.method
        first, last = (f"{value * self.factor:g}" for value in (self.values[0], self.values[-1]))
        way = f"{first} ({self.years[0]}) to {last} ({self.years[-1]}) {self.indicator.unit}"
        return f"<Path {self.plan}/{self.indicator_id}: {way}, {pace}>"

    @property
    def reaches_target(self) -> bool:
        """Whether its method leads to the target, and not wherever the printed pace leads."""
        return "target" in METHODS[self.method].needs

    @property
    def values(self) -> tuple[float, ...]:
        return self.line.values

    @property
    def low(self) -> tuple[float, ...]:
        return self.line.low

    @property
    def high(self) -> tuple[float, ...]:
        return self.line.high

    @property
    def bound(self) -> str | None:
        """The target's bound, `ge` and the like; the path is then the least or the greatest."""
        return self.target.measure.numeral.bound if self.target and self.target.measure else None

    @property
    def bound_reached(self) -> str | None:
        """The same where the path leads to the target."""
        return self.bound if self.reaches_target else None

    @property
    def first(self) -> Measure | None:
        """What the path starts from: the actual, the origin of what is no level, or the printed base."""
        if self.start is not None:
            return self.start.measure
        if self.origin is not None:
            return self.origin
        return self.base.measure if self.base is not None else self.derived

    @property
    def goal(self) -> Measure | None:
        """What the target asks for; on the revised series where the base was revised."""
        if self.moved is not None:
            return self.moved
        return self.target.measure if self.target is not None else None

    @property
    def asked(self) -> float | None:
        """The number that the path leads to: the target's, or of a range the nearest that is in it."""
        if self.goal is None:
            return None
        if self.bound == "range" and self.reaches_target and self.due in self.years:
            return self.line.raw[self.years.index(self.due)]
        return float(bounds_towards(self.goal, self.first, self.indicator.better)[VALUE])

    @property
    def holds_levels(self) -> bool:
        """Whether published values can be held against its values: levels, their running totals, floors."""
        return self.kind in {"level", "total", "each year"}

    @property
    def total_from(self) -> int | None:
        """The first year of a total."""
        at = self.target.at if self.target is not None else None
        return at.start // 12 if at is not None and at.start is not None else None

    def values_for(self, actual: Actual | None) -> dict[int, float]:
        """Its values by year, where a published value can be held against them; none where it cannot."""
        is_level = actual is not None and actual.kind == "level" and self.holds_levels
        return dict(zip(self.years, self.values, strict=True)) if is_level else {}

    @property
    def is_whole(self) -> bool:
        """Whether it counts in whole numbers."""
        return self.first is not None and self.first.whole and (self.goal is None or self.goal.whole)

    @property
    def in_steps(self) -> bool:
        """Whether its pace is a step a year, not a rate."""
        if self.rate is not None or self.step is not None:
            return self.rate is None
        return goes_in_steps(self.kind, self.indicator) or any(value <= 0 for value in self.line.raw)

    @property
    def price_year(self) -> str | None:
        """The year at whose prices its levels are printed, where that is told."""
        printed = (each for each in (self.target, self.base) if each is not None)
        return next((each.row.price_year for each in printed if each.row.price_year), None)

    @property
    def factor(self) -> int:
        """Per cent and per mille are shown as such and kept as fractions."""
        return self.indicator.per_one

    @cached_property
    def decimals(self) -> int:
        """How many to show: as many as printed; at least one, two below ten; none for counts."""
        if self.is_whole:
            return 0
        size = max((abs(value) for value in self.values if abs(value) < float("inf")), default=0)
        small = size * self.factor < SMALL
        return max(printed_decimals(self.first), printed_decimals(self.goal), 2 if small else 1)

    def extrapolated(self, year: int) -> bool:
        return self.until is not None and year > self.until


@dataclass(frozen=True)
class Paths(Result, Sequence[Path]):
    """The paths of a plan, one for each target, in the order of its file; and what they imply for others."""

    plan: Plan
    paths: tuple[Path, ...]
    implied: tuple[ImpliedPath, ...]

    @overload
    def __getitem__(self, at: int) -> Path: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Path, ...]: ...
    def __getitem__(self, at: int | slice) -> Path | tuple[Path, ...]:
        return self.paths[at]

    def __len__(self) -> int:
        return len(self.paths)

    def __repr__(self) -> str:
        drawn = sum(each.why is None for each in self)
        return (
            f"<Paths of {self.plan.id}: {drawn} of {len(self)} targets have one, {len(self.implied)} implied>"
        )

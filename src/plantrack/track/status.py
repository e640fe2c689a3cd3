"""Statuses: the kind of a target, and what the nominal actual says of it.

Printed and published numbers are taken at their number; where the rounding of the actual could change the status,
a note says so. "Better" is where the target's bound points, else the indicator's better direction, else the side on
which the target lies of its base. The rules, in this order:

1. A limit (`role: limit`, or a bound that the base keeps already) is kept or not, in every year.
2. In the target year what meets the target is *met*, anything else *missed*.
3. Before: *reached* where the target is met already; else progress against the share of time.
4. A target that is its base, or worse, is held or not.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from plantrack.language import Text, fixed, text
from plantrack.numbers.interval import to_float
from plantrack.numbers.periods import YEAR_END
from plantrack.numbers.rounding import decimal_text
from plantrack.numbers.words import SHARES
from plantrack.paths.bounds import ends_of_range
from plantrack.paths.revision import UNLIKE
from plantrack.plan.measures import asked_decimals, printed_decimals
from plantrack.track import assessment
from plantrack.track.assessment import Achievement, Elapsed
from plantrack.track.pace import time_on_path

if TYPE_CHECKING:
    from plantrack.audit import Target
    from plantrack.paths import Path
    from plantrack.plan.actuals import Actual
    from plantrack.track.assessment import Side
    from plantrack.track.progress import Status

BOUNDS: dict[str | None, Side] = {"ge": "up", "gt": "up", "le": "down", "lt": "down"}
DIRECT = ("growth", "linear")
"""Methods whose paths go from base to target in one way, so that the formulas give their progress."""


class Judged(NamedTuple):
    """A status with its reason, and the numbers it rests on."""

    status: Status
    why: Text | None = None
    achieved: Achievement | None = None
    notes: tuple[Text, ...] = ()


class Rules(NamedTuple):
    """What a status is given by: how far from the path is near, and whether none below is allowed."""

    tolerance: Fraction = assessment.TOLERANCE
    is_binding: bool = False


def better_side(target: Target, path: Path) -> Side | None:
    """Where the target is passed; `None` where nothing tells. A limit on a total is a ceiling unless it says else."""
    told = BOUNDS.get(path.bound) or target.indicator.better
    is_ceiling = path.kind == "total" and target.indicator.role == "limit"
    return told or ("down" if is_ceiling else side_of_target(path))


def by_target(path: Path, better: Side | None) -> Text | None:
    """That nothing but the target tells which side of a level is better, where that is so."""
    is_told = BOUNDS.get(path.bound) or path.indicator.better
    return None if is_told or better is None or path.kind != "level" else _BY_TARGET[better]


_BY_TARGET: dict[Side, Text] = {
    "up": text("nothing but the target, above its base, tells that more is better"),
    "down": text("nothing but the target, below its base, tells that less is better"),
}


def side_of_target(path: Path) -> Side | None:
    """On which side of its base a target lies, which tells what is better where nothing else does."""
    if path.first is None or path.goal is None:
        return None
    first, goal = path.first.value, path.goal.value
    return None if first == goal else "up" if goal > first else "down"


def decimals_of(path: Path) -> int:
    """Those of the target's number in the indicator's own unit, in which shares are fractions."""
    return asked_decimals(path.goal) + len(str(path.factor)) - 1


class Case(NamedTuple):
    """One actual against one path: numbers in the indicator's own unit; at the end of a `month` of the year."""

    path: Path
    better: Side | None
    actual: Fraction
    year: int
    month: int = YEAR_END

    @property
    def base(self) -> Fraction | None:
        return self.path.first.value if self.path.first is not None else None

    @property
    def target(self) -> Fraction | None:
        """The number asked for; where only the pace is printed, what it leads to."""
        path = self.path
        if path.goal is not None:
            return path.goal.value
        return _exact(path.line.raw[path.years.index(path.due)]) if path.due in path.years else None

    @property
    def ends(self) -> tuple[Fraction, Fraction] | None:
        """Of a target that is a range."""
        return None if self.path.goal is None else ends_of_range(self.path.goal)

    @property
    def elapsed(self) -> Elapsed | None:
        path = self.path
        if not path.years or path.due is None or path.due <= path.years[0]:
            return None
        passed = self.year - 1 - path.years[0] + Fraction(self.month, YEAR_END)
        return Elapsed(passed, path.due - path.years[0])

    @property
    def is_over(self) -> bool:
        return self.path.due is not None and self.year + (self.month == YEAR_END) > self.path.due

    @property
    def line(self) -> float | None:
        """What the path shows for this time: between years it goes on at its own rate or step."""
        years, values = self.path.years, self.path.values if self.month == YEAR_END else self.path.line.raw
        if self.year not in years[1 if self.month < YEAR_END else 0 :]:
            return None
        at, share = years.index(self.year), self.month / YEAR_END
        last = values[at]
        if self.month == YEAR_END:
            return last
        first = values[at - 1]
        if self.path.in_steps or min(first, last) <= 0:
            return first + (last - first) * share
        return first * math.pow(last / first, share)

    @property
    def is_limit(self) -> bool:
        """Whether there is a side to keep to: by its role, or by a bound that the base meets already."""
        bounded, indicator = BOUNDS.get(self.path.bound), self.path.indicator
        if self.target is None or self.ends is not None:
            return False
        if indicator.role == "limit":
            return (bounded or indicator.better) is not None
        return bounded is not None and self.base is not None and self._meets(self.base, self.target, bounded)

    @property
    def is_met(self) -> bool | None:
        """Whether the actual is what is asked for, or better; `None` where nothing tells."""
        target, better = self.target, self.better
        if self.ends is not None:
            return self._keeps(*self.ends)
        if target is None:
            return None
        if better is not None:
            return self._meets(self.actual, target, better)
        return self.actual == target or decimal_text(self.actual, self.decimals) == decimal_text(
            target, self.decimals
        )

    @property
    def is_passed(self) -> bool:
        """Whether the actual is at the target or beyond without being rounded to it."""
        if self.ends is not None:
            return self._keeps(*self.ends, rounded=False)
        return self.target is not None and assessment.meets(self.actual, self.target, self.better or "up")

    def _keeps(self, low: Fraction, high: Fraction, *, rounded: bool = True) -> bool:
        """Whether the actual, of shares also at the target's decimals, lies in a range or is better."""
        is_share = rounded and self.path.indicator.unit in SHARES
        found = {self.actual, Fraction(decimal_text(self.actual, self.decimals)) if is_share else self.actual}
        passed = {"up": self.actual > high, "down": self.actual < low}
        return any(low <= each <= high for each in found) or passed.get(self.better or "", False)

    def _meets(self, value: Fraction, target: Fraction, better: Side) -> bool:
        is_share = self.path.indicator.unit in SHARES
        return assessment.meets(value, target, better, self.decimals if is_share else None)

    @property
    def decimals(self) -> int:
        """Those of the target's number in the indicator's own unit, in which shares are fractions."""
        return decimals_of(self.path)


def judge_level(case: Case, rules: Rules) -> Judged:
    """The status of a target that is a number."""
    achieved, is_met = _achieved(case), case.is_met
    if achieved is not None and achieved.kind == "limit":
        return Judged("within" if is_met else "beyond", None, achieved)
    if case.is_over and is_met is not None:
        return Judged("met" if is_met else "missed", None, achieved)
    if case.path.why is not None and not is_met:
        return Judged("undetermined", case.path.why, achieved)
    status = _on_the_way(case, achieved, rules)
    if status is None:
        return Judged("undetermined", text("nothing tells whether more or less is better"), achieved)
    return Judged(status, None, achieved)


def _on_the_way(case: Case, achieved: Achievement | None, rules: Rules) -> Status | None:
    """Before the target year; `None` where nothing tells which side is better."""
    if (achieved is not None and achieved.kind == "held") or _is_retreat(case):
        return "on the path" if case.is_met else "behind"
    if case.is_met:
        return "on the path" if _is_on_line(case) and not case.is_passed else "reached"
    if case.better is None or achieved is None or case.elapsed is None:
        return None
    if _is_on_line(case):
        return "on the path"
    return assessment.verdict_on_way(
        achieved, case.elapsed, tolerance=rules.tolerance, is_binding=rules.is_binding
    )


def _is_retreat(case: Case) -> bool:
    """Whether the target is worse than its base, as where growth is to slow down: it is kept or not."""
    base, target = case.base, case.target
    if base is None or target is None:
        return False
    low, high = case.ends or (target, target)
    return base < low if case.better == "down" else base > high if case.better == "up" else False


def _is_on_line(case: Case) -> bool:
    """Whether the actual is what the path shows for its year, at the path's decimals."""
    path = case.path
    if case.line is None or not math.isfinite(case.line):
        return False
    shown = {fixed(each * path.factor, path.decimals) for each in (case.line, to_float(case.actual))}
    return len(shown) == 1


def _exact(value: float) -> Fraction | None:
    return Fraction(value) if math.isfinite(value) else None


def _achieved(case: Case) -> Achievement | None:
    """The formulas of the target's kind; `None` where too little is known for any."""
    base, target, elapsed, actual = case.base, case.target, case.elapsed, case.actual
    if target is None:
        return None
    if case.is_limit:
        return assessment.within_limit(target, actual, case.better or "up")
    if elapsed is None or base is None:
        completion = assessment.held(target, actual).completion if target > 0 and actual > 0 else None
        return Achievement("difference", completion=completion)
    if case.ends is not None:
        return _on_path(assessment.towards_range(*case.ends, base, actual, elapsed), case, elapsed)
    if to_float(base) == to_float(target):  # what the printed pace leads to is known as a float
        return assessment.held(target, actual)
    return _on_path(_by_kind(case, base, target, elapsed), case, elapsed)


def _by_kind(case: Case, base: Fraction, target: Fraction, elapsed: Elapsed) -> Achievement:
    in_steps = case.path.in_steps or min(base, target) <= 0
    stated = case.path.stated
    if target == 0:
        return assessment.towards_zero(base, case.actual, elapsed)
    is_total = case.path.goal is None and stated is not None and stated.kind == "total_growth"
    if is_total and min(base, target, case.actual) > 0:
        return assessment.growth_over_the_whole(target / base - 1, case.actual / base - 1, elapsed)
    if case.better == "down":
        return assessment.less_is_better(base, target, case.actual, elapsed, in_steps=in_steps)
    formula = assessment.difference_type if in_steps else assessment.growth_type
    return formula(base, target, case.actual, elapsed)


def _on_path(found: Achievement, case: Case, elapsed: Elapsed) -> Achievement:
    """Progress along a path that does not go in one way: the share of time at which it reaches the actual."""
    path = case.path
    if found.completion == 1 and found.kind == "range":
        return found
    if path.method in DIRECT or (path.method == "stated" and path.goal is None):
        return found
    reached = time_on_path(path, float(case.actual))
    return found._replace(progress=None if reached is None else reached / elapsed.years, due=case.line)


REAL = text("the target is growth at constant prices, and the actual is at the prices of its year")


def doubt(path: Path, actual: Actual, of_year: Fraction = Fraction(1)) -> Text | None:
    """What looks like a number in another unit, far from base and target; counts may well multiply.

    Of months it is the share `of_year` that is looked at.
    """
    first, ends = path.first, [float(each.value) for each in (path.first, path.goal) if each is not None]
    if first is None or min(*ends, actual.value) <= 0 or path.is_whole:
        return None
    if min(ends) / UNLIKE < actual.value / of_year < max(ends) * UNLIKE:
        return None
    return text(
        "{given} is read as {value} {unit}, far from the base {printed}: is the unit right?",
        given=actual.text,
        value=fixed(actual.value * path.factor, max(path.decimals, printed_decimals(actual.measure))),
        unit=path.indicator.unit,
        printed=first.numeral.text,
    )

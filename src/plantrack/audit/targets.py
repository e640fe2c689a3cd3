"""Targets, one row of the plan at a time: what is printed, what it implies, whether it holds."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from plantrack.audit.coverage import either_kind, no_level, why_not_compared, why_span
from plantrack.audit.relations import ViolatedRelation
from plantrack.audit.severity import Verdict, verdict_of
from plantrack.language import Text, text
from plantrack.numbers.growth import implied_rate
from plantrack.numbers.interval import to_float
from plantrack.solver.variables import EITHER

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from plantrack.audit.bounds import PrintedBound
    from plantrack.audit.constraint_system import ConstraintSystem
    from plantrack.numbers.growth import Floats
    from plantrack.numbers.times import Time
    from plantrack.plan.figures import Figure
    from plantrack.plan.model import Indicator
    from plantrack.solver.variables import Variable


Answer = Verdict | Literal["none"]
"""The verdict on a row's own figures; none where it states no growth or change."""


class Implied(NamedTuple):
    """What base and target imply in the row's measure: nominal, least and greatest; floats.

    Rates and points are fractions, changes in the indicator's unit; `None` where there is no end.
    """

    nominal: float | None
    low: float | None
    high: float | None


class Target(NamedTuple):
    """One row of the plan that speaks of a time after its base.

    `figure` leads: the target where the row prints one, else what is stated of the way there.
    `start` and `due` are times as variables name them.
    """

    figure: Figure
    indicator: Indicator
    start: str
    due: str
    base: Figure | None
    target: Figure | None
    stated: Figure | None
    measure: str
    implied: Implied | None
    verdict: Answer
    why: Text | None
    ahead: tuple[Figure, ...] = ()
    """All that the row prints for this time: the target, and what is stated of the way there."""

    def __repr__(self) -> str:
        base, target, stated = (
            each.text if each is not None else None for each in (self.base, self.target, self.stated)
        )
        return f"<Target {self.figure.id}: {base} to {target}, stated {stated}, verdict {self.verdict}>"

    @property
    def figures(self) -> tuple[Figure, ...]:
        return tuple(each for each in (self.base, self.target, self.stated) if each is not None)


def judge_targets(plan_figures: Sequence[Figure], system: ConstraintSystem, base_year: Time) -> list[Target]:
    """Judge every row of a plan that speaks of a time after the base year.

    Args:
        plan_figures: the figures of one plan, in the order of the file.
        system: the bounds of the call; a base may stand in another plan.
        base_year: the plan's base.
    """
    bounds = {each.id: each for variable in system.bounds.values() for each in variable}
    earlier = _earlier_levels(plan_figures, bounds, base_year)
    rows: dict[str, list[Figure]] = {}
    for figure in plan_figures:
        rows.setdefault(figure.row_id, []).append(figure)
    drafts = [
        _Draft.of(ahead, _Judge(ahead.lead, row, bounds, earlier, system), base_year)
        for row in rows.values()
        for ahead in _ahead(row, base_year)
    ]
    return [
        draft.judged(draft.lead.measures, implied)
        for draft, implied in zip(drafts, _implied(drafts), strict=True)
    ]


class _Ahead(NamedTuple):
    """What a row prints for one time after the base."""

    figures: tuple[Figure, ...]

    @property
    def level(self) -> Figure | None:
        return next((figure for figure in self.figures if figure.kind == "level"), None)

    @property
    def stated(self) -> list[Figure]:
        """What is stated of the way there."""
        return [figure for figure in self.figures if figure.kind != "level"]

    @property
    def lead(self) -> Figure:
        return self.level or self.figures[0]

    @property
    def compared(self) -> Figure | None:
        return next((each for each in self.figures if each.relation is not None and each.relation.to), None)


def _ahead(row: Sequence[Figure], base_year: Time) -> list[_Ahead]:
    """The row's figures due after the base, by the time they are due."""
    by_time: dict[str, list[Figure]] = {}
    for figure in row:
        if figure.kind != "rank" and base_year.is_before(figure.due) and not _is_followed(figure):
            by_time.setdefault(figure.due.text, []).append(figure)
    return [_Ahead(tuple(figures)) for figures in by_time.values()]


def _is_followed(figure: Figure) -> bool:
    """Whether it is printed for every year of several, and this is not the last: they are one target."""
    return figure.each_year is not None and figure.each_year.end != figure.due.end


class _Draft(NamedTuple):
    """The figures of one target row, before it is judged."""

    lead: Figure
    start: str
    due: str
    base: PrintedBound | None
    target: PrintedBound | None
    stated: Figure | None
    verdict: Answer
    why: Text | None
    ahead: tuple[Figure, ...]

    @classmethod
    def of(cls, ahead: _Ahead, judge: _Judge, base_year: Time) -> _Draft:
        lead, own, system = ahead.lead, ahead.level, judge.system
        first_stated = next(iter(ahead.stated), None)
        variable = next((each for figure in ahead.figures if (each := judge.variable(figure))), None)
        if variable is None:
            start, end = str(lead.start or base_year), str(lead.due)
            return cls(lead, start, end, None, None, first_stated, *_compared(lead, system), ahead.figures)
        last = variable if variable.kind == "level" else variable.level(1)
        target = judge.level(last) if own is None or own.relation is None else None
        shown, judged = judge.first_to_fail(ahead.stated, target)
        if ahead.compared is not None:
            judged = [_compared(ahead.compared, system), *judged]
        first = judge.start(variable, shown, base_year)
        base = judge.level(first)
        nothing: tuple[Answer, Text | None] = "none", None if base else no_level(first.times, system)
        answer = min(judged, key=_order, default=nothing)
        said = shown.figure if shown is not None else first_stated
        return cls(lead, first.times[0], last.times[0], base, target, said, *answer, ahead.figures)

    def measure(self, indicator: Indicator) -> str:
        if self.stated is not None:
            return self.stated.kind
        return "annual_change" if indicator.kind in {"ratio", "index"} else "growth"

    @property
    def years(self) -> int | None:
        """Whole years from start to due; `None` where either is not a year."""
        if len(self.start) != YEAR_DIGITS or len(self.due) != YEAR_DIGITS:
            return None
        return int(self.due) - int(self.start)

    def judged(self, indicator: Indicator, implied: Implied | None) -> Target:
        own = self.lead if self.lead.kind == "level" else None
        return Target(
            figure=self.lead,
            indicator=indicator,
            start=self.start,
            due=self.due,
            base=self.base.figure if self.base is not None else None,
            target=own or (self.target.figure if self.target is not None else None),
            stated=self.stated,
            measure=self.measure(indicator),
            implied=implied,
            verdict=self.verdict,
            why=self.why,
            ahead=self.ahead,
        )


YEAR_DIGITS = 4
_ORDER = {"fails": 0, "tie": 1, "undetermined": 2, "holds": 3}
"""The verdict of a row that states several things is the first of these."""


def _order(answer: tuple[Answer, Text | None]) -> int:
    return _ORDER[answer[0]]


def _earlier_levels(
    figures: Sequence[Figure], bounds: dict[str, PrintedBound], base_year: Time
) -> dict[Variable, list[Figure]]:
    """The plan's levels of whole years up to its base year, by their quantity: a level at no time."""
    found: defaultdict[Variable, list[Figure]] = defaultdict(list)
    for figure in figures:
        is_level = figure.kind == "level" and figure.measure is not None and figure.each_year is None
        bound = bounds.get(figure.id) if is_level else None
        if bound is not None and figure.due.year is not None and figure.due.text <= base_year.text:
            found[bound.variable._replace(times=())].append(figure)
    return found


def _own_base(
    target: Variable, levels: Sequence[PrintedBound], base_year: Time, system: ConstraintSystem
) -> str | None:
    """The year that the row itself starts from; `None` where it prints none, and the base year nobody.

    The last one up to the base year that it prints; the first after it where no level of the base
    year is printed anywhere.
    """
    base = target._replace(times=(base_year.text,))
    years = sorted(
        each.variable.times[0]
        for each in levels
        if each.figure.measure is not None
        and len(each.variable.times[0]) == YEAR_DIGITS
        and each.variable._replace(times=target.times) == target
        and each.variable.times[0] < target.times[0][:YEAR_DIGITS]
    )
    before = [year for year in years if year <= base_year.text]
    if before:
        return before[-1]
    return base_year.text if base in system.bounds else next(iter(years), None)


class _Judge(NamedTuple):
    """What the verdicts on a row's bounds look at."""

    lead: Figure
    row: Sequence[Figure]
    bounds: dict[str, PrintedBound]
    earlier: dict[Variable, list[Figure]]
    system: ConstraintSystem

    def variable(self, figure: Figure) -> Variable | None:
        """What a figure speaks of; for a comparison this side of it."""
        if figure.relation is None or figure.relation.to is None:
            return self.bounds[figure.id].variable
        constraints = self.system.constraints
        return next((each.terms[0][0] for each in constraints if each.law == figure.id), None)

    def first_to_fail(
        self, stated: Sequence[Figure], target: PrintedBound | None
    ) -> tuple[PrintedBound | None, list[tuple[Answer, Text | None]]]:
        """Of what is stated the first that does not hold or is open, and the answer about it; none where nothing is."""
        spans = [self.bounds[each.id] for each in stated if each.id in self.bounds]
        answers = [self.verdict(each, target) for each in spans]
        if not answers:
            return None, []
        at = min(range(len(answers)), key=lambda number: _order(answers[number]))
        return spans[at], [answers[at]]

    def start(self, variable: Variable, stated: PrintedBound | None, base_year: Time) -> Variable:
        """The level that a row starts from: where its span starts, or what it states, or the row's own base."""
        is_level = variable.kind == "level"
        span = variable if not is_level else None if stated is None else stated.variable
        first = None if span is None else span.level(0)
        if first is not None and not (is_level and self.level(first) is None):
            return first
        levels = [
            self.bounds[each.id]
            for each in self.row
            if each.id in self.bounds and each.kind == "level" and each.each_year is None
        ]
        year = _own_base(variable, levels, base_year, self.system) or self.earlier_base(variable)
        return variable._replace(times=(year or base_year.text,))

    def earlier_base(self, target: Variable) -> str | None:
        """The last year before the base year that the row's section prints, else the plan."""
        levels = self.earlier.get(target._replace(times=()), ())
        found = ((each.section == self.lead.section, each.due.text) for each in levels)
        return max(found, default=(False, None))[1]

    def level(self, variable: Variable) -> PrintedBound | None:
        """The number for a level; at the prices of its own year where none at constant prices is printed."""
        current = variable._replace(basis="")
        return pick(variable, self.lead, self.row, self.system) or pick(
            current, self.lead, self.row, self.system
        )

    def verdict(self, stated: PrintedBound, target: PrintedBound | None) -> tuple[Answer, Text | None]:
        """Whether base, target and what is stated can hold together."""
        base = self.level(stated.variable.level(0))
        if (
            base is None
            or target is None
            or {base.variable.basis, target.variable.basis} != {stated.variable.level(0).basis}
        ):
            return "undetermined", why_span(stated.variable, self.system)
        product = stated.variable.kind == "ratio"
        terms = ((base, 1), (stated, 1), (target, -1))
        verdict = verdict_of(ViolatedRelation("product" if product else "sum", terms, Fraction(int(product))))
        if stated.variable.basis == EITHER and verdict != "holds":
            return "undetermined", either_kind()
        return verdict, _why_open(base, target) if verdict == "undetermined" else None


def _why_open(base: PrintedBound, target: PrintedBound) -> Text:
    """Which level is not above zero, so that no rate leads from or to it."""
    if not base.interval.is_positive:
        return text("the base may be zero or below")
    if not target.interval.is_positive:
        return text("the target may be zero or below")
    return text("the growth may end at zero")


def _compared(figure: Figure, system: ConstraintSystem) -> tuple[Verdict, Text | None]:
    """Whether a comparison holds, where both sides are printed in some plan of the call."""
    constraint = next((constraint for constraint in system.constraints if constraint.law == figure.id), None)
    if constraint is None or any(variable not in system.bounds for variable, _ in constraint.terms):
        return "undetermined", why_not_compared(figure, system)
    terms = tuple((system.bounds[variable][0], times) for variable, times in constraint.terms)
    whole = lcm(*(times.denominator for _, times in terms))
    violation = ViolatedRelation(
        "sum", tuple((each, int(times * whole)) for each, times in terms), Fraction(0)
    )
    return verdict_of(violation), None


def pick(
    variable: Variable, lead: Figure, row: Sequence[Figure], system: ConstraintSystem
) -> PrintedBound | None:
    """The number for a level: from the lead's row, else its section, else its plan, most digits first."""
    ids = {figure.id for figure in row}

    def distance(level: PrintedBound) -> tuple[bool, bool, bool, bool, Fraction | int]:
        figure, interval = level.figure, level.interval
        unbounded = interval.low is None or interval.high is None
        width = interval.high - interval.low if interval.low is not None and interval.high is not None else 0
        return (
            figure.id not in ids,
            (figure.plan, figure.section) != (lead.plan, lead.section),
            figure.plan != lead.plan,
            unbounded,
            width,
        )

    return min(system.bounds.get(variable, ()), key=distance, default=None)


# -- what base and target imply ------------------------------------------------------------------


def _implied(drafts: Sequence[_Draft]) -> list[Implied | None]:
    """For each draft what its base and target imply, all drafts of a measure in one call."""
    base = np.array([_ends(draft.base) for draft in drafts]).reshape(-1, 3)
    target = np.array([_ends(draft.target) for draft in drafts]).reshape(-1, 3)
    years = np.array([draft.years or np.nan for draft in drafts], dtype=np.float64)
    measures = np.array([draft.measure(draft.lead.measures) for draft in drafts])
    implied = np.full((len(drafts), 3), np.nan)
    for measure, formula in _FORMULAS.items():
        of = measures == measure
        for to, (base_end, target_end) in enumerate(((2, 0), (1, 1), (0, 2))):
            with np.errstate(divide="ignore", invalid="ignore"):
                implied[of, to] = formula(base[of, base_end], target[of, target_end], years[of])
    return [
        Implied(nominal.item(), _finite(low), _finite(high)) if np.isfinite(nominal) else None
        for low, nominal, high in implied
    ]


_FORMULAS: dict[str, Callable[[Floats, Floats, Floats], Floats]] = {
    "growth": implied_rate,
    "total_growth": lambda base, target, _: target / base - 1,
    "multiple": lambda base, target, _: target / base,
    "change": lambda base, target, _: target - base,
    "annual_change": lambda base, target, years: (target - base) / years,
}
"""Measure -> what lies between base and target, in the measure's own unit."""


def _ends(bound: PrintedBound | None) -> tuple[float, float, float]:
    """Lowest, printed and highest value; `nan` without a number, `inf` without an end."""
    if bound is None or bound.figure.measure is None:
        return (np.nan, np.nan, np.nan)
    interval, value = bound.interval, float(bound.figure.measure.value)
    low = -np.inf if interval.low is None else to_float(interval.low)
    return low, value, np.inf if interval.high is None else to_float(interval.high)


def _finite(value: np.float64) -> float | None:
    return value.item() if np.isfinite(value) else None

"""Targets, one row of the plan at a time: what is printed, what it implies, whether it holds."""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from plantrack.audit.circuits import Circuit
from plantrack.audit.coverage import either_kind, no_level, why_not_compared, why_span
from plantrack.audit.gravity import Verdict, verdict_of
from plantrack.language import Text, text
from plantrack.numbers.growth import implied_rate
from plantrack.numbers.interval import to_float
from plantrack.solver.variables import EITHER

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from plantrack.audit.statements import Statement
    from plantrack.audit.system import System
    from plantrack.numbers.growth import Floats
    from plantrack.numbers.times import Time
    from plantrack.plan.figures import Figure
    from plantrack.plan.model import Indicator
    from plantrack.solver.variables import Column


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
    `start` and `due` are times as columns name them.
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

    @property
    def figures(self) -> tuple[Figure, ...]:
        return tuple(each for each in (self.base, self.target, self.stated) if each is not None)


def judge_targets(plan_figures: Sequence[Figure], system: System, base_year: Time) -> list[Target]:
    """Judge every row of a plan that speaks of a time after the base year.

    Args:
        plan_figures: the figures of one plan, in the order of the file.
        system: the statements of the call; a base may stand in another plan.
        base_year: the plan's base.
    """
    statements = {each.id: each for column in system.statements.values() for each in column}
    rows: dict[str, list[Figure]] = {}
    for figure in plan_figures:
        rows.setdefault(figure.row_id, []).append(figure)
    drafts = [
        _Draft.of(ahead, row, base_year, statements, system)
        for row in rows.values()
        for ahead in _ahead(row, base_year)
    ]
    return [
        draft.judged(draft.lead.measures, implied)
        for draft, implied in zip(drafts, _implied(drafts), strict=True)
    ]


def _ahead(row: Sequence[Figure], base_year: Time) -> list[list[Figure]]:
    """The row's figures due after the base, by the time they are due."""
    by_time: dict[str, list[Figure]] = {}
    for figure in row:
        if figure.kind != "rank" and base_year.is_before(figure.due):
            by_time.setdefault(figure.due.text, []).append(figure)
    return list(by_time.values())


class _Draft(NamedTuple):
    """The figures of one target row, before it is judged."""

    lead: Figure
    start: str
    due: str
    base: Statement | None
    target: Statement | None
    stated: Figure | None
    verdict: Answer
    why: Text | None
    ahead: tuple[Figure, ...]

    @classmethod
    def of(
        cls,
        ahead: Sequence[Figure],
        row: Sequence[Figure],
        base_year: Time,
        statements: dict[str, Statement],
        system: System,
    ) -> _Draft:
        own = next((figure for figure in ahead if figure.kind == "level"), None)
        stated = [figure for figure in ahead if figure.kind != "level"]
        lead = own or stated[0]
        compared = next((each for each in ahead if each.relation is not None and each.relation.to), None)
        column = next((each for figure in ahead if (each := _column(figure, statements, system))), None)
        if column is None:
            said = stated[0] if stated else None
            verdict, why = _compared(lead, system)
            return cls(
                lead,
                str(lead.start or base_year),
                str(lead.due),
                None,
                None,
                said,
                verdict,
                why,
                tuple(ahead),
            )
        judge = _Judge(lead, row, system)
        last = column if column.kind == "level" else column.level(1)
        target = judge.level(last) if own is None or own.relation is None else None
        spans = [statements[each.id] for each in stated if each.id in statements]
        answers = [(each, *judge.verdict(each, target)) for each in spans]
        shown = min(answers, key=lambda each: _ORDER[each[1]], default=None)
        judged: list[tuple[Answer, Text | None]] = [_compared(compared, system)] if compared else []
        judged += [shown[1:]] if shown else []
        first = shown[0].column.level(0) if shown else None
        if column.kind != "level":
            first = column.level(0)
        elif first is None or judge.level(first) is None:
            levels = [statements[each.id] for each in row if each.id in statements and each.kind == "level"]
            first = column._replace(times=(_own_base(column, levels, base_year, system),))
        base = judge.level(first)
        said = shown[0].figure if shown else next(iter(stated), None)
        nothing: tuple[Answer, Text | None] = "none", None if base else no_level(first.times, system)
        answer = min(judged, key=lambda each: _ORDER[each[0]], default=nothing)
        return cls(lead, first.times[0], last.times[0], base, target, said, *answer, tuple(ahead))

    def measure(self, indicator: Indicator) -> str:
        if self.stated is not None:
            return self.stated.kind
        return "annual_change" if indicator.kind == "ratio" else "growth"

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


def _column(figure: Figure, statements: dict[str, Statement], system: System) -> Column | None:
    """What a figure speaks of; for a comparison this side of it."""
    if figure.relation is not None and figure.relation.to is not None:
        return next((tie.terms[0][0] for tie in system.ties if tie.law == figure.id), None)
    return statements[figure.id].column


def _own_base(target: Column, levels: Sequence[Statement], base_year: Time, system: System) -> str:
    """The year that the row itself starts from, where it does not print the plan's base year.

    The last one before the base year that it prints; the first after it where no level of the base
    year is printed anywhere.
    """
    base = target._replace(times=(base_year.text,))
    years = sorted(
        each.column.times[0]
        for each in levels
        if each.figure.measure is not None
        and len(each.column.times[0]) == YEAR_DIGITS
        and each.column._replace(times=target.times) == target
        and each.column.times[0] < target.times[0][:YEAR_DIGITS]
    )
    before = [year for year in years if year <= base_year.text]
    if before or base in system.statements or not years:
        return before[-1] if before else base_year.text
    return years[0]


class _Judge(NamedTuple):
    """What the verdicts on a row's statements look at."""

    lead: Figure
    row: Sequence[Figure]
    system: System

    def level(self, column: Column) -> Statement | None:
        """The number for a level; at the prices of its own year where none at constant prices is printed."""
        current = column._replace(basis="")
        return pick(column, self.lead, self.row, self.system) or pick(
            current, self.lead, self.row, self.system
        )

    def verdict(self, stated: Statement, target: Statement | None) -> tuple[Answer, Text | None]:
        """Whether base, target and what is stated can hold together."""
        base = self.level(stated.column.level(0))
        if (
            base is None
            or target is None
            or {base.column.basis, target.column.basis} != {stated.column.level(0).basis}
        ):
            return "undetermined", why_span(stated.column, self.system)
        product = stated.column.kind == "ratio"
        terms = ((base, 1), (stated, 1), (target, -1))
        verdict = verdict_of(Circuit("product" if product else "sum", terms, Fraction(int(product))))
        if stated.column.basis == EITHER and verdict != "holds":
            return "undetermined", either_kind()
        return verdict, _why_open(base, target) if verdict == "undetermined" else None


def _why_open(base: Statement, target: Statement) -> Text:
    """Which level is not above zero, so that no rate leads from or to it."""
    if not base.interval.is_positive:
        return text("the base may be zero or below")
    if not target.interval.is_positive:
        return text("the target may be zero or below")
    return text("the growth may end at zero")


def _compared(figure: Figure, system: System) -> tuple[Verdict, Text | None]:
    """Whether a comparison holds, where both sides are printed in some plan of the call."""
    tie = next((tie for tie in system.ties if tie.law == figure.id), None)
    if tie is None or any(column not in system.statements for column, _ in tie.terms):
        return "undetermined", why_not_compared(figure, system)
    terms = tuple((system.statements[column][0], times) for column, times in tie.terms)
    whole = lcm(*(times.denominator for _, times in terms))
    circuit = Circuit("sum", tuple((each, int(times * whole)) for each, times in terms), Fraction(0))
    return verdict_of(circuit), None


def pick(column: Column, lead: Figure, row: Sequence[Figure], system: System) -> Statement | None:
    """The number for a level: from the lead's row, else its section, else its plan, most digits first."""
    ids = {figure.id for figure in row}

    def distance(level: Statement) -> tuple[bool, bool, bool, bool, Fraction | int]:
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

    return min(system.statements.get(column, ()), key=distance, default=None)


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


def _ends(statement: Statement | None) -> tuple[float, float, float]:
    """Lowest, printed and highest value; `nan` without a number, `inf` without an end."""
    if statement is None or statement.figure.measure is None:
        return (np.nan, np.nan, np.nan)
    interval, value = statement.interval, float(statement.figure.measure.value)
    low = -np.inf if interval.low is None else to_float(interval.low)
    return low, value, np.inf if interval.high is None else to_float(interval.high)


def _finite(value: np.float64) -> float | None:
    return value.item() if np.isfinite(value) else None

"""Targets, one row of the plan at a time: what is printed, what it implies, whether it holds."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from plantrack.audit.circuits import Circuit, Verdict
from plantrack.growth import implied_rate
from plantrack.language import Text, text
from plantrack.times import years_between

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Literal

    from plantrack.audit.system import Statement
    from plantrack.figures import Figure
    from plantrack.growth import Floats
    from plantrack.plan import Indicator
    from plantrack.times import Time


class Implied(NamedTuple):
    """What base and target imply in the row's measure: nominal, least and greatest; floats.

    Rates and points are fractions, changes in the indicator's unit; `None` where there is no end.
    """

    nominal: float | None
    low: float | None
    high: float | None


class Target(NamedTuple):
    """One row of the plan that speaks of a time after its base."""

    figure: Figure
    indicator: Indicator
    start: Time
    base: Figure | None
    target: Figure | None
    stated: Figure | None
    measure: str
    implied: Implied | None
    verdict: Verdict | Literal["none"]
    why: Text | None

    @property
    def figures(self) -> tuple[Figure, ...]:
        return tuple(each for each in (self.base, self.target, self.stated) if each is not None)


def judge_targets(
    plan_figures: Sequence[Figure],
    statements: dict[str, Statement],
    indicators: dict[str, Indicator],
    base_year: Time,
    everything: Iterable[Figure],
) -> list[Target]:
    """Judge every row of a plan that speaks of a time after the base year.

    Args:
        plan_figures: the figures of one plan, in the order of the file.
        statements: figure id -> what it confines; several figures of one row share none.
        indicators: figure id -> its indicator.
        base_year: the plan's base.
        everything: all figures of the call; a base may stand in another plan.
    """
    levels = [figure for figure in everything if figure.kind == "level" and figure.id in statements]
    rows: dict[str, list[Figure]] = {}
    for figure in plan_figures:
        rows.setdefault(figure.row_id, []).append(figure)
    drafts = [
        draft
        for row in rows.values()
        for ahead in _ahead(row, base_year)
        for draft in [_Draft.of(ahead, row, base_year, levels)]
    ]
    return [
        draft.judged(indicators[draft.lead.id], implied, statements)
        for draft, implied in zip(drafts, _implied(drafts, indicators, statements), strict=True)
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
    start: Time
    base: Figure | None
    target: Figure | None
    stated: Figure | None

    @classmethod
    def of(
        cls,
        ahead: Sequence[Figure],
        row: Sequence[Figure],
        base_year: Time,
        levels: Sequence[Figure],
    ) -> _Draft:
        target = next((figure for figure in ahead if figure.kind == "level"), None)
        stated = next((figure for figure in ahead if figure.kind != "level"), None)
        start = stated.start if stated is not None and stated.start is not None else base_year
        lead = target or stated
        assert lead is not None
        return cls(lead, start, pick_base(lead, start, levels, row), target, stated)

    def measure(self, indicator: Indicator) -> str:
        if self.stated is not None:
            return self.stated.kind
        return "annual_change" if indicator.kind == "ratio" else "growth"

    @property
    def years(self) -> int | None:
        return years_between(self.start, self.lead.due)

    def judged(
        self, indicator: Indicator, implied: Implied | None, statements: dict[str, Statement]
    ) -> Target:
        verdict, why = self.verdict(statements)
        return Target(
            self.lead,
            indicator,
            self.start,
            self.base,
            self.target,
            self.stated,
            self.measure(indicator),
            implied,
            verdict,
            why,
        )

    def verdict(self, statements: dict[str, Statement]) -> tuple[Verdict | Literal["none"], Text | None]:
        for figure in (self.target, self.stated):
            if figure is not None and figure.relation is not None and figure.relation.to is not None:
                return "undetermined", text(
                    "{other} is not known for {time}", other=figure.relation.other, time=self.lead.due
                )
        if self.stated is None:
            return "none", None if self.base else text("no base is printed")
        if self.base is None or self.target is None:
            missing = (
                text("neither base nor target is printed")
                if self.base is self.target
                else text("no base is printed")
                if self.base is None
                else text("no target is printed")
            )
            return "undetermined", missing
        base, target, stated = (statements[each.id] for each in (self.base, self.target, self.stated))
        if stated.column.basis:
            return "undetermined", text("growth at constant prices; the price index is not printed")
        product = stated.column.kind == "ratio"
        terms = ((base, 1), (stated, 1), (target, -1))
        circuit = Circuit("product" if product else "sum", terms, Fraction(int(product)))
        verdict = circuit.verdict()
        return verdict, text("the base may be zero") if verdict == "undetermined" else None


def pick_base(figure: Figure, start: Time, levels: Sequence[Figure], row: Sequence[Figure]) -> Figure | None:
    """The base of a figure: from its row, else its section, else its plan, the most digits first."""
    fitting = [
        level
        for level in levels
        if (level.indicator, level.place, level.row.scope)
        == (figure.indicator, figure.place, figure.row.scope)
        and level.at == start
    ]

    def distance(level: Figure) -> tuple[bool, bool, bool, bool, Fraction | int]:
        interval = level.measure.interval if level.measure else None
        unbounded = interval is None or interval.low is None or interval.high is None
        width = 0 if unbounded or interval is None else interval.high - interval.low  # type: ignore[operator]
        return (
            level not in row,
            level.section != figure.section or level.plan != figure.plan,
            level.plan != figure.plan,
            unbounded,
            width,
        )

    return min(fitting, key=distance, default=None)


# -- what base and target imply ------------------------------------------------------------------


def _implied(
    drafts: Sequence[_Draft], indicators: dict[str, Indicator], statements: dict[str, Statement]
) -> list[Implied | None]:
    """For each draft what its base and target imply, all drafts of a measure in one call."""
    base = np.array([_ends(draft.base, statements) for draft in drafts]).reshape(-1, 3)
    target = np.array([_ends(draft.target, statements) for draft in drafts]).reshape(-1, 3)
    years = np.array([draft.years or np.nan for draft in drafts], dtype=np.float64)
    measures = np.array([draft.measure(indicators[draft.lead.id]) for draft in drafts])
    implied = np.full((len(drafts), 3), np.nan)
    for measure, formula in _FORMULAS.items():
        of = measures == measure
        for to, (base_end, target_end) in enumerate(((2, 0), (1, 1), (0, 2))):
            with np.errstate(divide="ignore", invalid="ignore"):
                implied[of, to] = formula(base[of, base_end], target[of, target_end], years[of])
    return [
        None if np.isnan(nominal) else Implied(nominal.item(), _finite(low), _finite(high))
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


def _ends(figure: Figure | None, statements: dict[str, Statement]) -> tuple[float, float, float]:
    """Lowest, printed and highest value; `nan` without a number, `inf` without an end."""
    if figure is None or figure.measure is None or figure.id not in statements:
        return (np.nan, np.nan, np.nan)
    interval = statements[figure.id].interval
    low = -np.inf if interval.low is None else float(interval.low)
    return low, float(figure.measure.value), np.inf if interval.high is None else float(interval.high)


def _finite(value: np.float64) -> float | None:
    return value.item() if np.isfinite(value) else None

"""Targets, one row of the plan at a time: what is printed, what it implies, and whether it holds."""

from __future__ import annotations

import math
from collections import defaultdict
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from plantrack.audit.coverage import EITHER_KIND, comparison_of, no_level, why_not_compared, why_span
from plantrack.audit.levels import Verdict, verdict_of
from plantrack.audit.relations import ViolatedRelation
from plantrack.findings import Level
from plantrack.language import Text, text
from plantrack.numbers.growth import implied_rate
from plantrack.numbers.interval import to_float
from plantrack.solver.variables import EITHER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from plantrack.audit.bounds import PrintedBound
    from plantrack.audit.constraint_system import ConstraintSystem
    from plantrack.audit.coverage import Coverage
    from plantrack.findings import Finding
    from plantrack.numbers.growth import Floats
    from plantrack.plan.figures import Figure
    from plantrack.plan.model import Indicator
    from plantrack.plan.plan import Plan
    from plantrack.solver.variables import Variable

    Draft = tuple["Target", PrintedBound | None, PrintedBound | None]

Answer = Verdict | Literal["none"]
"""The verdict on a row's own figures; none where it states no growth or change."""
Status = Literal["consistent", "in_finding", "wording", "undetermined", "nothing_to_compare"]
"""What the whole audit knows of a row: its figures agree with what they were held against; one stands
in a finding; only in notes about wording; something it says is not decided; nothing was held against it."""
YEAR_DIGITS = 4


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
        base, target, stated = (each and each.text for each in (self.base, self.target, self.stated))
        return f"<Target {self.figure.id}: {base} to {target}, stated {stated}, verdict {self.verdict}>"

    @property
    def figures(self) -> tuple[Figure, ...]:
        return tuple(each for each in (self.base, self.target, self.stated) if each is not None)

    @property
    def years(self) -> int | None:
        ends = self.start, self.due
        return int(self.due) - int(self.start) if all(len(end) == YEAR_DIGITS for end in ends) else None


def judge_targets(plans: Iterable[Plan], system: ConstraintSystem) -> list[Target]:
    """Judge every row that speaks of a time after its plan's base year; the base may stand in another plan."""
    drafts: list[Draft] = []
    for plan in plans:
        rows: dict[str, list[Figure]] = {}
        for figure in plan.figures:
            rows.setdefault(figure.row_id, []).append(figure)
        earlier = _earlier_levels(plan, system)
        drafts += (
            _Judge(ahead, row, system, earlier).draft() for row in rows.values() for ahead in _ahead(row)
        )
    implied = _implied(drafts)
    return [target._replace(implied=each) for (target, *_), each in zip(drafts, implied, strict=True)]


def _ahead(row: Sequence[Figure]) -> Iterator[tuple[Figure, ...]]:
    by_time: dict[str, list[Figure]] = {}
    for figure in row:
        is_followed = figure.each_year is not None and figure.each_year.end != figure.due.end
        if figure.kind not in {"rank", "strive"} and figure.is_ahead and not is_followed:
            by_time.setdefault(figure.due.text, []).append(figure)
    return map(tuple, by_time.values())


def _earlier_levels(plan: Plan, system: ConstraintSystem) -> dict[Variable, list[Figure]]:
    """The levels that a plan prints of whole years up to its base year, by quantity: a level at no time."""
    found: defaultdict[Variable, list[Figure]] = defaultdict(list)
    for figure in plan.figures:
        is_level = figure.kind == "level" and figure.measure is not None and figure.each_year is None
        is_early = (figure.due.year or math.inf) <= figure.base_year
        if is_level and is_early and figure.id in system.by_id:
            found[system.by_id[figure.id].variable._replace(times=())].append(figure)
    return found


class _Judge:
    def __init__(
        self,
        ahead: tuple[Figure, ...],
        row: Sequence[Figure],
        system: ConstraintSystem,
        earlier: Mapping[Variable, Sequence[Figure]],
    ) -> None:
        self.ahead, self.row, self.system, self.earlier = ahead, row, system, earlier
        self.own = next((figure for figure in ahead if figure.kind == "level"), None)
        self.stated = [figure for figure in ahead if figure.kind != "level"]
        self.lead = self.own or ahead[0]

    def _blank(self) -> Target:
        lead, stated = self.lead, self.stated
        usual = "annual_change" if lead.measures.kind in {"ratio", "index"} else "growth"
        return Target(
            figure=lead,
            indicator=lead.measures,
            start=str(lead.start or lead.base_year),
            due=str(lead.due),
            base=None,
            target=self.own,
            stated=stated[0] if stated else None,
            measure=stated[0].kind if stated else usual,
            implied=None,
            verdict="none",
            why=None,
            ahead=self.ahead,
        )

    def draft(self) -> Draft:
        own, system, target = self.own, self.system, self._blank()
        variable = next((each for figure in self.ahead if (each := self._variable(figure))), None)
        if variable is None:
            verdict, why = _compared(self.lead, system)
            return target._replace(verdict=verdict, why=why), None, None
        last = variable if variable.kind == "level" else variable.level(1)
        printed = self._level(last)
        end = printed if own is None or own.relation is None else None
        shown, judged = self._judged(printed)
        first = self._start(variable, shown)
        target = target._replace(start=first.times[0], due=last.times[0])
        if shown is not None:
            target = target._replace(stated=shown.figure, measure=shown.figure.kind)
        if end is not None and own is None:
            target = target._replace(target=end.figure)
        if (base := self._level(first)) is not None:
            target = target._replace(base=base.figure)
        elif not judged:
            target = target._replace(why=no_level(first.times, system))
        if judged:
            answer = min(judged, key=_order)
            target = target._replace(verdict=answer[0], why=answer[1])
        return target, base, end

    def _variable(self, figure: Figure) -> Variable | None:
        if figure.relation is None or not (figure.relation.to or figure.relation.is_open):
            return self.system.by_id[figure.id].variable
        constraint = comparison_of(figure, self.system)
        return None if constraint is None else constraint.terms[0][0]

    def _judged(
        self, end: PrintedBound | None
    ) -> tuple[PrintedBound | None, list[tuple[Answer, Text | None]]]:
        """Of what is stated the first that does not hold or is open; the answers about it and about a comparison."""
        known = (self.system.by_id.get(each.id) for each in self.stated)
        spans = [each for each in known if each is not None and each.variable.kind != "slack"]
        answers = [(self._verdict(each, end), each) for each in spans]
        answer, shown = min(answers, key=lambda each: _order(each[0]), default=(None, None))
        compared = next(
            (each for each in self.ahead if each.relation and (each.relation.to or each.relation.is_open)),
            None,
        )
        both = (None if compared is None else _compared(compared, self.system)), answer
        return shown, [each for each in both if each is not None]

    def _start(self, variable: Variable, stated: PrintedBound | None) -> Variable:
        if variable.kind != "level":
            return variable.level(0)
        first = None if stated is None else stated.variable.level(0)
        if first is not None and self._level(first) is not None:
            return first
        return variable._replace(times=(self._own_base(variable),))

    def _own_base(self, target: Variable) -> str:
        """The last year up to the base year that the row prints, else that year where any row prints it.

        Else the first year after it that the row prints, and without one the last before it of its section or plan.
        """
        base_year, years = str(self.lead.base_year), self._printed_years(target)
        before = [year for year in years if year <= base_year]
        if before or target._replace(times=(base_year,)) in self.system.bounds:
            return before[-1] if before else base_year
        known = self.earlier.get(target._replace(times=()), ())
        others = ((each.section == self.lead.section, each.due.text) for each in known)
        return years[0] if years else max(others, default=(False, base_year))[1]

    def _printed_years(self, target: Variable) -> list[str]:
        """The years before the target's of which the row prints a level of its quantity, in order."""
        bounds = self.system.by_id
        levels = [
            bounds[each.id].variable
            for each in self.row
            if each.id in bounds and each.measure is not None and each.each_year is None
        ]
        return sorted(
            each.times[0]
            for each in levels
            if len(each.times[0]) == YEAR_DIGITS
            and each._replace(times=target.times) == target
            and each.times[0] < target.times[0][:YEAR_DIGITS]
        )

    def _level(self, variable: Variable) -> PrintedBound | None:
        """The number for a level, at current prices if need be: of row, section or plan, most digits first."""
        ids, lead = {figure.id for figure in self.row}, self.lead

        def distance(level: PrintedBound) -> tuple[bool, bool, bool, Fraction | float]:
            figure, low, high = level.figure, level.interval.low, level.interval.high
            return (
                figure.id not in ids,
                (figure.plan, figure.section) != (lead.plan, lead.section),
                figure.plan != lead.plan,
                math.inf if low is None or high is None else high - low,
            )

        bounds = self.system.bounds
        levels = bounds.get(variable) or bounds.get(variable._replace(basis=""), ())
        return min(levels, key=distance, default=None)

    def _verdict(self, stated: PrintedBound, end: PrintedBound | None) -> tuple[Answer, Text | None]:
        base, wanted = self._level(stated.variable.level(0)), stated.variable.level(0).basis
        if base is None or end is None or {base.variable.basis, end.variable.basis} != {wanted}:
            return "undetermined", why_span(stated.variable, self.system)
        product = stated.variable.kind == "ratio"
        terms = ((base, 1), (stated, 1), (end, -1))
        verdict = verdict_of(ViolatedRelation("product" if product else "sum", terms, Fraction(int(product))))
        if stated.variable.basis == EITHER and verdict != "holds":
            return "undetermined", EITHER_KIND
        if verdict != "undetermined":
            return verdict, None
        if not base.interval.is_positive:  # no rate leads from or to it
            return verdict, text("the base may be zero or below")
        if not end.interval.is_positive:
            return verdict, text("the target may be zero or below")
        return verdict, text("the growth may end at zero")


_ORDER = ("fails", "tie", "undetermined", "holds")
"""The verdict of a row that states several things is the first of these."""


def _order(answer: tuple[Answer, Text | None]) -> int:
    return _ORDER.index(answer[0])


def _compared(figure: Figure, system: ConstraintSystem) -> tuple[Verdict, Text | None]:
    constraint = comparison_of(figure, system)
    if constraint is None or any(variable not in system.bounds for variable, _ in constraint.terms):
        return "undetermined", why_not_compared(figure, system)
    whole = lcm(*(times.denominator for _, times in constraint.terms))
    terms = tuple((system.bounds[variable][0], int(times * whole)) for variable, times in constraint.terms)
    return verdict_of(ViolatedRelation("sum", terms, Fraction(0))), None


def _implied(drafts: Sequence[Draft]) -> list[Implied | None]:
    base = np.array([_ends(base) for _, base, _ in drafts]).reshape(len(drafts), 3)
    target = np.array([_ends(end) for *_, end in drafts]).reshape(len(drafts), 3)
    years = np.array([target.years or np.nan for target, *_ in drafts], dtype=np.float64)
    measures = np.array([target.measure for target, *_ in drafts])
    implied = np.full((len(drafts), 3), np.nan)
    for measure, formula in _FORMULAS.items():
        of = measures == measure
        for to, (base_end, target_end) in enumerate(((2, 0), (1, 1), (0, 2))):
            with np.errstate(divide="ignore", invalid="ignore"):
                implied[of, to] = formula(base[of, base_end], target[of, target_end], years[of])
    return [
        Implied(nominal.item(), *(end.item() if np.isfinite(end) else None for end in (low, high)))
        if np.isfinite(nominal)
        else None
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
    if bound is None or bound.figure.measure is None:
        return (np.nan, np.nan, np.nan)
    interval, value = bound.interval, float(bound.figure.measure.value)
    low = -np.inf if interval.low is None else to_float(interval.low)
    return low, value, np.inf if interval.high is None else to_float(interval.high)


def standings(
    targets: Iterable[Target], findings: Sequence[Finding], coverage: Coverage
) -> dict[str, Status]:
    """Id of each target's leading figure -> what is known of its row; figures that would do for others count, too."""
    grave = set().union(*(each.concerned for each in findings if each.level is not Level.NOTE))
    only_notes = (each for each in findings if each.level is Level.NOTE and not each.is_question)
    notes = set().union(*(each.concerned for each in only_notes))
    asked = set().union(*(each.figures for each in findings if each.is_question))
    open_ = asked | {each.figure.id for each in coverage.undetermined}
    return {each.figure.id: _standing(each, grave, notes, open_, coverage) for each in targets}


def _standing(
    target: Target, grave: set[str], notes: set[str], open_: set[str], coverage: Coverage
) -> Status:
    ahead = {each.id for each in target.ahead}
    own = ahead | {each.id for each in target.figures}
    if own & grave or target.verdict == "fails":
        return "in_finding"
    if own & notes or target.verdict == "tie":
        return "wording"
    if own & open_ or (target.verdict == "undetermined" and not _is_checked(target, coverage)):
        return "undetermined"
    return "consistent" if ahead & coverage.checked else "nothing_to_compare"


def _is_checked(target: Target, coverage: Coverage) -> bool:
    """Whether every number of a row was held against others; a direction that is printed twice was not."""
    return all(each.relation is None and each.id in coverage.checked for each in target.ahead)

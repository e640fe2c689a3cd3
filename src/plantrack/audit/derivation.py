"""The worked arithmetic of a contradiction: steps that a person repeats with a pocket calculator.

The figures of a proof are followed through its laws, one quantity after the other, to the `pivot`: a printed
figure whose correction alone would settle it, and which excludes what the steps come to. Every interval is
exact or, where a figure is used twice, wider: a derivation is given only where it shows the contradiction.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from itertools import chain, permutations, starmap
from typing import TYPE_CHECKING

from plantrack.audit.arithmetic import APART, Value, computed, leaf, of_bound, solved
from plantrack.audit.bounds import DerivedBound, PrintedBound, positive_part
from plantrack.audit.relations import ViolatedRelation
from plantrack.findings import Derivation, Quantity, Step, Term
from plantrack.language import Words
from plantrack.numbers.interval import Interval
from plantrack.numbers.words import PERCENT, RANK
from plantrack.solver.constraints import Constraint, span_constraints
from plantrack.solver.roots import root_of
from plantrack.solver.variables import ONE, Variable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from plantrack.audit.bounds import Bound
    from plantrack.audit.constraint_system import ConstraintSystem
    from plantrack.audit.proofs import Proof
    from plantrack.audit.relations import DomainBound

    Values = dict[Variable, Value]

MAX_BOUNDS, MAX_CONSTRAINTS = 40, 400
"""Of larger proofs no arithmetic is worked out: nobody would repeat it."""
FINE = 10**15
"""Rates are enclosed to so many parts of one."""
PAIR = 2


def derivation_of(proof: Proof, settling: Collection[str], system: ConstraintSystem) -> Derivation | None:
    """The arithmetic of a contradiction; `None` where no chain of steps shows it.

    Args:
        proof: figures that exclude each other, and the laws that say so.
        settling: ids of the figures whose correction alone would settle it.
        system: names and domains of the quantities.
    """
    if len(proof.bounds) > MAX_BOUNDS or len(proof.constraints) > MAX_CONSTRAINTS:
        return None
    pivots = sorted(proof.bounds, key=lambda each: _rank(each, proof, settling, system))
    for way in (_by_laws, _by_relation):
        for pivot in pivots:
            found = way(proof, pivot)
            if found is not None and _is_told((value := _measured(found, pivot)), pivot):
                return _written(value, pivot, None, system)
    two = _two_values(proof)
    return _written(two[1], None, two[0], system) if two else None


def _is_told(value: Value, pivot: PrintedBound) -> bool:
    """Whether the value excludes what is printed, in the figure's own measure, by steps that are defined."""
    steps = value.steps() if value.op else [value.alone()]
    if any(part.base <= 0 for step in steps if step.op != "sum" for part, _ in step.parts):
        return False
    said = pivot.figure.measure.interval if pivot.figure.measure is not None else pivot.interval
    return not value.interval.overlaps(said)


def _rank(
    bound: PrintedBound, proof: Proof, settling: Collection[str], system: ConstraintSystem
) -> tuple[object, ...]:
    """Words first, then what settles it: the whole of parts, a multiple, growth, a change; shares before amounts."""
    order = ("multiple", "growth", "total_growth", "change", "annual_change", "level", "rank")
    known = system.indicators.get(bound.variable.indicator)
    return (
        bound.figure.measure is not None,
        bound.id not in settling,
        not _is_whole(bound, proof),
        order.index(bound.figure.kind),
        known is None or known.kind != "ratio",
        -(bound.figure.due.end or 0),
        bound.id,
    )


def _is_whole(bound: PrintedBound, proof: Proof) -> bool:
    """Whether it stands alone on its side of a sum."""
    if proof.kind != "sum":
        return False
    signs = {one: times > 0 for one, times in proof.terms}
    return bound in signs and sum(sign == signs[bound] for sign in signs.values()) == 1


# -- ways ----------------------------------------------------------------------------------------


def _by_laws(proof: Proof, pivot: PrintedBound) -> Value | None:
    """From the other figures through the laws to the pivot: by levels, or else by ratios; the shorter way."""
    laws = [constraint for constraint, _ in proof.constraints]
    spans = [each for bound in proof.bounds for each in span_constraints(bound.variable)]
    printed, made = _seeds(proof, pivot)
    levels = list(dict.fromkeys((*spans, *laws)))
    ways = ((printed, levels), (made, [*_between_times(laws), *levels]))
    found = (_followed(seeds, constraints, pivot.variable) for seeds, constraints in ways)
    telling = [each for each in found if each is not None and not each.interval.overlaps(pivot.interval)]
    return min(telling, key=lambda each: len(each.steps()), default=None)


def _by_relation(proof: Proof, pivot: PrintedBound) -> Value | None:
    """What all other terms of a relation leave for the pivot, in one step."""
    if not isinstance(proof, ViolatedRelation):
        return None
    terms = [(each, times) for each, times in proof.terms if each != pivot]
    own = [times for each, times in proof.terms if each == pivot]
    if len(own) != 1 or abs(own[0]) != 1 or any(pivot in each.bounds for each, _ in terms):
        return None
    value = _left(proof, terms, own[0], pivot.variable)
    return value if value is not None and not value.interval.overlaps(pivot.interval) else None


def _left(
    proof: ViolatedRelation, terms: Iterable[tuple[Bound | DomainBound, int]], times: int, variable: Variable
) -> Value | None:
    values = [(_of_term(bound), Fraction(-power, times)) for bound, power in terms]
    parts = [(value, power) for value, power in values if value is not None]
    if len(parts) < len(values):
        return None
    return computed(proof.kind, parts, proof.constant, Fraction(1, times), variable)


def _two_values(proof: Proof) -> tuple[Value, Value] | None:
    """Two values of one quantity that is not printed: of a relation's ratio, or of what two laws lead to."""
    if isinstance(proof, ViolatedRelation):
        for bound, times in proof.terms:
            others = [term for term in proof.terms if term[0] is not bound]
            value = _left(proof, others, times, bound.variable) if abs(times) == 1 else None
            own = _of_term(bound)
            if value is not None and own is not None and others and not value.interval.overlaps(own.interval):
                return own, value
        return None
    known, _ = _seeds(proof, None)
    constraints = [constraint for constraint, _ in proof.constraints]
    return next(_met(known, constraints), None)


def _met(known: Values, constraints: Sequence[Constraint]) -> Iterator[tuple[Value, Value]]:
    """Each pair of values of one quantity that exclude each other, as laws lead there."""
    known = _all_followed(known, constraints)
    for constraint in constraints:
        for variable in constraint.variables:
            others = {
                each: known[each] for each in constraint.variables if each in known and each != variable
            }
            if variable in known and len(others) == len(constraint.variables) - 1:
                value = solved(constraint, variable, others)
                if value is not None and not value.interval.overlaps(known[variable].interval):
                    yield known[variable], value


# -- following -----------------------------------------------------------------------------------


def _seeds(proof: Proof, pivot: PrintedBound | None) -> tuple[Values, Values]:
    """What is known without the pivot: the other figures; and ratios that changes and levels make."""
    printed: Values = {}
    made: Values = {}
    for each in proof.bounds:
        if each != pivot:
            printed.setdefault(each.variable, of_bound(each))
    for bound, _ in proof.terms:
        if isinstance(bound, PrintedBound) or pivot in bound.bounds or (value := _of_term(bound)) is None:
            continue
        (made if isinstance(bound, DerivedBound) else printed).setdefault(bound.variable, value)
    return printed, made | printed


def _of_term(bound: Bound | DomainBound) -> Value | None:
    """A term of a relation: a figure, or the ratio of a level to what a change makes it start from or lead to.

    `None` where the printed numbers make no ratio.
    """
    if isinstance(bound, PrintedBound):
        return of_bound(bound)
    if not isinstance(bound, DerivedBound):
        return leaf(bound.interval, bound.variable, bound.bounds[0].id if bound.bounds else None)
    level, change = of_bound(bound.level), of_bound(bound.change)
    sign = -ONE if bound.at_end else ONE
    other_end = bound.change.variable.level(0 if bound.at_end else 1)
    other = computed("sum", [(level, ONE), (change, sign)], Fraction(0), ONE, other_end)
    if other is None or other.nominal <= 0 or level.nominal <= 0:
        return None
    ends = (level, other) if bound.at_end else (other, level)
    return Value(
        bound.variable,
        ends[0].nominal / ends[1].nominal,
        bound.interval,
        op="product",
        parts=((ends[0], ONE), (ends[1], -ONE)),
    )


def _followed(seeds: Values, constraints: Sequence[Constraint], goal: Variable) -> Value | None:
    return seeds.get(goal) or _all_followed(seeds, constraints, goal).get(goal)


def _all_followed(
    seeds: Mapping[Variable, Value], constraints: Sequence[Constraint], goal: Variable | None = None
) -> Values:
    """What the laws make of what is known, round by round, until the goal is known or nothing is added."""
    known = dict(seeds)
    while goal not in known:
        fresh: Values = {}
        for constraint in constraints:
            unknown = [each for each in constraint.variables if each not in known]
            if len(unknown) == 1 and unknown[0] not in fresh:
                value = solved(constraint, unknown[0], known)
                if value is not None:
                    fresh[unknown[0]] = value
        if not fresh:
            break
        known |= fresh
    return known


def _between_times(laws: Sequence[Constraint]) -> Iterator[Constraint]:
    """What a product that holds at two times says of the ratios between them."""
    by_law: defaultdict[tuple[object, ...], list[Constraint]] = defaultdict(list)
    for law in laws:
        if law.kind == "product" and {each.kind for each in law.variables} == {"level"}:
            timeless = ((each._replace(times=()), power) for each, power in law.terms)
            by_law[law.constant, *timeless].append(law)
    for same in by_law.values():
        yield from starmap(_of_ratios, permutations(same, 2))


def _of_ratios(first: Constraint, last: Constraint) -> Constraint:
    times = first.variables[0].times + last.variables[0].times
    terms = tuple((each._replace(kind="ratio", times=times), power) for each, power in first.terms)
    return Constraint("product", terms, ONE, first.law)


# -- written down --------------------------------------------------------------------------------


def _measured(value: Value, pivot: PrintedBound) -> Value:
    """The value in the measure of the figure: a ratio as growth a year, a change as one a year."""
    kind, years = pivot.figure.kind, Fraction(pivot.figure.pace_years)
    if pivot.variable.kind == "slack" and {part.variable.kind for part, _ in value.parts} == {"ratio"}:
        return _of_rates(value, kind, years)
    if not value.op and kind == value.kind:
        return value.as_printed()
    if kind in {"growth", "total_growth"} and pivot.figure.measure is not None:
        return _rate(value, years)
    if kind == "annual_change" and years != 1:
        parts = [(value, 1 / years)]
        yearly = computed("sum", parts, Fraction(0), ONE, value.variable)
        assert yearly is not None
        return yearly.measured("annual_change")
    return value


def _of_rates(value: Value, kind: str, years: Fraction) -> Value:
    """How far apart growth is, of the ratios that a sum takes from one another."""
    parts = [(_as_rate(part, kind, years), times) for part, times in value.parts]
    between = computed("sum", parts, Fraction(0), ONE, value.variable)
    assert between is not None
    return between.measured(APART)


def _as_rate(ratio: Value, kind: str, years: Fraction) -> Value:
    """What is printed so; what another comparison limits by another rate; else what the ratio comes to."""
    parts = [(part, times) for part, times in ratio.parts if part.variable.kind != "slack"]
    beside = [(part, times) for part, times in ratio.parts if part.variable.kind == "slack"]
    printed = parts[0][0] if len(parts) == 1 and parts[0][1] == 1 else ratio
    if beside and printed is not ratio and (years == 1 or not any(part.nominal for part, _ in beside)):
        rates = [(_as_rate(printed, kind, years), ONE), *beside]
        limited = computed("sum", rates, Fraction(0), ONE, ratio.variable)
        assert limited is not None
        return limited.measured(kind)
    return printed.as_rate() if printed.kind == kind else _rate(ratio, years)


def _rate(ratio: Value, years: Fraction) -> Value:
    ratio = ratio if ratio.op else ratio.alone()
    found = root_of(positive_part(ratio.interval), int(years))
    nominal = root_of(
        Interval.point(max(ratio.nominal, Fraction(0))), int(years)
    ).low  # below zero it is not told
    assert nominal is not None
    low = None if found.low is None else Fraction((found.low * FINE).__floor__(), FINE) - 1
    high = None if found.high is None else Fraction((found.high * FINE).__ceil__(), FINE) - 1
    return Value(
        ratio.variable,
        Fraction((nominal * FINE).__floor__(), FINE) - 1,
        Interval(low, high, low_closed=low is not None, high_closed=high is not None),
        op="rate",
        parts=((ratio, years),),
        measure="growth" if years > 1 else "total_growth",
    )


def _written(
    value: Value, pivot: PrintedBound | None, against: Value | None, system: ConstraintSystem
) -> Derivation:
    """The steps in their order, each once; a value without a step is written as one."""
    ends = [each if each.op else each.alone() for each in (against, value) if each is not None]
    steps = list(dict.fromkeys(chain.from_iterable(each.steps() for each in ends)))
    number = {id(each): at for at, each in enumerate(steps)}
    return Derivation(
        tuple(_step(each, number, system) for each in steps),
        pivot.id if pivot is not None else None,
        number[id(ends[0])] if len(ends) == PAIR else None,
    )


def _step(value: Value, number: Mapping[int, int], system: ConstraintSystem) -> Step:
    terms = (
        Term(
            each.figure,
            number.get(id(each)),
            each.base,
            each.range.low,
            each.range.high,
            times * each.times,
        )
        for each, times in sorted(value.parts, key=lambda part: part[1] < 0)
    )
    assert value.op
    quantity = _quantity(value, system)
    return Step(value.op, tuple(terms), quantity, value.nominal, value.interval.low, value.interval.high)


def _quantity(value: Value, system: ConstraintSystem) -> Quantity:
    variable = value.variable
    compared = system.by_id.get(variable.indicator)  # a comparison is named by its figure
    known = system.indicators.get(variable.indicator) if compared is None else compared.figure.measures
    name = known.name if known is not None else Words(variable.indicator, variable.indicator)
    measure = value.measure or variable.kind
    unit = {APART: PERCENT, "rank": RANK}.get(measure, known.unit if known is not None else "")
    return Quantity(measure, name, unit, variable.place, variable.times)

"""From a system to findings: which circuits are violated, how grave that is, and what would settle it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from plantrack.audit.circuits import Circuit, should_read
from plantrack.figures import KIND_NAMES
from plantrack.findings import CODES, Contradiction, Finding, Involved, Level
from plantrack.language import POINTS, Listing, Text, range_text, text
from plantrack.numeral import preimage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plantrack.audit.system import Statement, System, Tie
    from plantrack.interval import Interval
    from plantrack.plan import Indicator


def find_conflicts(
    system: System, indicators: dict[str, Indicator], base_years: dict[str, int]
) -> list[Finding]:
    """One finding per law that the figures break, and per quantity printed with different values.

    Args:
        system: statements and ties.
        indicators: indicator, as columns call it -> the indicator.
        base_years: plan -> its base year; later whole levels may be round targets.
    """
    violated = [*_repetitions(system), *_broken_ties(system)]
    findings = [_finding(circuit, system, indicators, base_years) for circuit in violated]
    return sorted(findings, key=_gravity)


def _gravity(finding: Finding) -> tuple[object, ...]:
    severity = finding.proof.severity if finding.proof else None
    levels = list(Level)
    return levels.index(finding.level), -(severity or float("inf")), finding.position


# -- which circuits are violated -----------------------------------------------------------------


def _repetitions(system: System) -> Iterator[Circuit]:
    """Pairs of figures of one column that exclude each other, the farthest apart first."""
    for column in sorted(system.statements):
        left = list(system.statements[column])
        while pair := _farthest_apart(left):
            low, high = pair
            yield Circuit("sum", ((high, 1), (low, -1)), f"{column} = {column}")
            left = [each for each in left if each not in pair and not _does_as_well(each, pair)]


def _farthest_apart(statements: Sequence[Statement]) -> tuple[Statement, Statement] | None:
    """The statements with the lowest high end and the highest low end, where they exclude each other."""
    if len(statements) < 2:  # noqa: PLR2004 - a pair
        return None
    low, high = min(statements, key=_high_end), max(statements, key=_low_end)
    return None if low.interval.overlaps(high.interval) else (low, high)


def _does_as_well(statement: Statement, pair: tuple[Statement, Statement]) -> bool:
    return any(not statement.interval.overlaps(other.interval) for other in pair)


def _high_end(statement: Statement) -> tuple[Fraction | float, bool, str]:
    interval = statement.interval
    return (float("inf") if interval.high is None else interval.high), interval.high_closed, statement.id


def _low_end(statement: Statement) -> tuple[Fraction | float, bool, str]:
    interval = statement.interval
    return (-float("inf") if interval.low is None else interval.low), not interval.low_closed, statement.id


def _broken_ties(system: System) -> Iterator[Circuit]:
    """For each tie that some choice of one figure a column breaks, the choice that breaks it most."""
    for tie in system.ties:
        for sign in (1, -1):
            circuit = _extreme_choice(tie, system, sign)
            if circuit is not None and circuit.side() == sign:
                yield circuit
                break


def _extreme_choice(tie: Tie, system: System, sign: int) -> Circuit | None:
    """The choice that pushes the range highest (`sign` 1) or lowest (-1)."""
    terms = []
    for column, exponent in tie.terms:
        statements = system.statements.get(column)
        if not statements:
            return None
        push = max(statements, key=_low_end) if exponent * sign > 0 else min(statements, key=_high_end)
        terms.append((push, exponent))
    return Circuit(tie.kind, tuple(terms), tie.identity)


# -- what is reported ----------------------------------------------------------------------------


def _finding(
    circuit: Circuit, system: System, indicators: dict[str, Indicator], base_years: dict[str, int]
) -> Finding:
    statements = [statement for statement, _ in circuit.terms]
    tie = circuit.verdict() == "tie"
    severity = circuit.severity()
    readings = tuple(_readings(circuit, system, base_years))
    assumptions = tuple(dict.fromkeys(each.assumption for each in statements if each.assumption))
    is_error = not tie and circuit.is_grave() and not assumptions and "round-target" not in readings
    involved = tuple(_involved(circuit, statement, system) for statement in statements)
    reach = circuit.range()
    proof = Contradiction(
        plans=tuple(dict.fromkeys(statement.figure.plan for statement in statements)),
        involved=involved,
        identities=(circuit.identity,),
        must_contain=circuit.must_contain,
        ratio=(None, None) if reach is None else (_number(reach.low), _number(reach.high)),
        severity=severity,
        readings=readings,
        assumptions=assumptions,
    )
    code = CODES[_code_name(statements)]
    last = max(statements, key=lambda statement: statement.figure.position)
    return Finding(
        code=code,
        level=Level.ERROR if is_error else Level.WARNING,
        message=_message(circuit, proof, indicators, tie=tie),
        position=last.figure.position,
        about="+".join(sorted(statement.id for statement in statements)),
        proof=proof,
    )


def _code_name(statements: Sequence[Statement]) -> str:
    kinds = {statement.figure.kind for statement in statements}
    if len(kinds) == 1:
        return "repetition-conflict"
    for name, members in _CODE_NAMES.items():
        if kinds & members:
            return name
    return "repetition-conflict"


_CODE_NAMES = {
    "growth-conflict": {"growth", "total_growth"},
    "multiple-conflict": {"multiple"},
    "change-conflict": {"change", "annual_change"},
}


def _involved(circuit: Circuit, statement: Statement, system: System) -> Involved:
    numerals, count = should_read(circuit, statement)
    others = (each for each in system.statements[statement.column] if each != statement)
    side = circuit.side()
    also = tuple(
        each.id
        for each in others
        if each not in dict(circuit.terms) and circuit.side({statement: each.interval}) == side
    )
    return Involved(statement.id, numerals, count, also)


def _number(value: Fraction | None) -> str | None:
    return None if value is None else f"{float(value):.6g}"


def _message(circuit: Circuit, proof: Contradiction, indicators: dict[str, Indicator], *, tie: bool) -> Text:
    statements = [statement for statement, _ in circuit.terms]
    indicator = indicators[statements[0].column.indicator]
    figures = [_printed(statement) for statement in statements]
    if len(statements) == 2:  # noqa: PLR2004 - a pair
        said = text(
            "{name}: {one} and {other} cannot both be true",
            name=indicator.name,
            one=figures[0],
            other=figures[1],
        )
    else:
        base, stated, target = statements
        said = text(
            "{name}: {base} and {target} mean {kind} of {implied}, printed is {stated}",
            name=indicator.name,
            base=figures[0],
            target=figures[2],
            kind=KIND_NAMES[stated.figure.kind],
            implied=_implied_text(base, stated, target, indicator),
            stated=figures[1],
        )
    if tie:
        return text(
            "{said}; they touch only where a number would be rounded either way, or at a bound", said=said
        )
    if proof.severity is None:
        return text("{said}; no rounding explains it", said=said)
    return text(
        "{said}; roundings would have to be {times} times as wide", said=said, times=f"{proof.severity:.3g}"
    )


def _printed(statement: Statement) -> Text:
    figure = statement.figure
    said = figure.text if figure.text is not None else figure.relation.operator if figure.relation else ""
    return text('{time} "{text}" ({section})', time=figure.time_text, text=said, section=figure.section)


def _implied_text(base: Statement, stated: Statement, target: Statement, indicator: Indicator) -> Listing:
    """What base and target allow, in the measure of the figure that says otherwise."""
    kind, years = stated.figure.kind, stated.figure.years or 1
    if stated.column.kind == "ratio":
        allowed = target.interval.times(base.interval.reciprocal())
    else:
        allowed = target.interval.plus(base.interval.negated())
    low, high = (None if end is None else float(end) for end in (allowed.low, allowed.high))
    unit: object = ""
    if kind in {"growth", "total_growth"}:
        low, high = (
            None if end is None else (end ** (1 / (years if kind == "growth" else 1)) - 1) * 100
            for end in (low, high)
        )
        unit = "%"
    elif kind != "multiple":
        factor = (100 if indicator.unit == "%" else 1) / (years if kind == "annual_change" else 1)
        low, high = (None if end is None else end * factor for end in (low, high))
        unit = POINTS if indicator.unit == "%" else ""
    return Listing((range_text(low, high, 2), unit), "")


# -- other readings ------------------------------------------------------------------------------


def _readings(circuit: Circuit, system: System, base_years: dict[str, int]) -> Iterator[str]:
    """Names of the readings under which the circuit would hold."""
    inside = {statement for statement, _ in circuit.terms}
    if any(
        circuit.side({one: other.interval}) == 0
        for one, other in _bounds_elsewhere(circuit, system)
        if other not in inside
    ):
        yield "bound-elsewhere"
    for convention in ("truncation", "raising"):
        if circuit.side(_reread(circuit, convention)) == 0:
            yield convention
    rounder = {
        statement: wider
        for statement, _ in circuit.terms
        if (wider := round_target(statement, base_years)) is not None
    }
    if rounder and circuit.side(rounder) == 0:
        yield "round-target"


def _bounds_elsewhere(circuit: Circuit, system: System) -> Iterator[tuple[Statement, Statement]]:
    for statement, _ in circuit.terms:
        for other in system.statements[statement.column]:
            measure = other.figure.measure
            if (
                other != statement
                and measure is not None
                and measure.numeral.bound in {"ge", "gt", "le", "lt"}
            ):
                yield statement, other


def _reread(circuit: Circuit, convention: str) -> dict[Statement, Interval]:
    return {
        statement: statement.of(measure.reread(measure.numeral, convention))
        for statement, _ in circuit.terms
        if statement.is_rounded and (measure := statement.figure.measure) is not None
    }


def round_target(statement: Statement, base_years: dict[str, int]) -> Interval | None:
    """A whole target's interval at the unit that its trailing zeros or final 5 suggest.

    Two significant digits are kept: 4900 may be rounded to 100, 175 to 5, 12000 to 1000. `None`
    for what is no such target: planners fix a rate and then round the target, never the base.
    """
    figure, measure = statement.figure, statement.figure.measure
    if measure is None or figure.at is None or not statement.is_rounded:
        return None
    numeral, year = measure.numeral, figure.at.year
    if year is None or year <= base_years[figure.plan] or numeral.step != 1 or numeral.bound is not None:
        return None
    digits = str(numeral.values[0])
    zeros = len(digits) - len(digits.rstrip("0"))
    coarsest = 10 ** max(0, len(digits) - 2)
    unit = min(10**zeros, coarsest) if zeros else 5 if digits.endswith("5") and coarsest > 1 else 1
    if unit == 1:
        return None
    coarse = preimage(numeral.values[0], Fraction(unit)).scaled(
        Fraction(numeral.verb * numeral.scale) * measure.factor
    )
    return statement.of(coarse)

"""A violated circuit in words: its code, the identity it breaks, and the arithmetic."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from functools import reduce
from typing import TYPE_CHECKING, NamedTuple, Protocol

from plantrack.audit.statements import Composite, Statement, positive_part
from plantrack.audit.tangles import Tangle
from plantrack.language import POINTS, Language, Listing, Text, Words, listing, range_text, text
from plantrack.numbers.interval import Interval, to_float
from plantrack.plan.figures import KIND_NAMES, section_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from plantrack.audit.circuits import Circuit, Free
    from plantrack.audit.statements import Part
    from plantrack.audit.system import System
    from plantrack.findings import Contradiction
    from plantrack.plan.model import Indicator
    from plantrack.solver.constraints import Tie
    from plantrack.solver.variables import Column

    Proof = Circuit | Tangle


class Told(Protocol):
    """Figures that are told together."""

    @property
    def statements(self) -> tuple[Statement, ...]: ...


PAIR, TRIPLE = 2, 3


def code_of(circuit: Proof) -> str:
    """The name of the code by what is in conflict."""
    kinds = {statement.figure.kind for statement in circuit.statements}
    if any(statement.column.kind == "slack" for statement in circuit.statements):
        return "comparison-conflict"
    laws = [tie for tie, _ in circuit.ties if tie.law]
    if circuit.kind == "mixed":
        return (
            "ratio-conflict"
            if any(tie.kind == "product" for tie in laws)
            else "sum-conflict"
            if laws
            else "change-conflict"
        )
    if laws and circuit.kind == "product":
        return "ratio-conflict"
    if laws:
        return "inequality-conflict" if _is_inequality(circuit) else "sum-conflict"
    alone = all(isinstance(part, Statement) for part, _ in circuit.terms)
    if len(kinds) == 1 or (not circuit.ties and alone):
        return "repetition-conflict"
    return next((name for name, members in _CODES.items() if kinds & members), "repetition-conflict")


_CODES = {
    "growth-conflict": {"growth", "total_growth"},
    "multiple-conflict": {"multiple"},
    "change-conflict": {"change", "annual_change"},
}


def _is_inequality(circuit: Circuit) -> bool:
    return any(part.column.kind == "slack" for part, _ in circuit.terms)


# -- the identity --------------------------------------------------------------------------------


def identities_of(circuit: Proof) -> tuple[str, ...]:
    """What the figures break, with ids: `premium(2025) = premium(2020) × (1 + growth)^5`; of a tangle each law."""
    if isinstance(circuit, Tangle):
        return tuple(dict.fromkeys(_law_of(tie) for tie in circuit.laws))
    return (_identity_of(circuit),)


def _law_of(tie: Tie) -> str:
    """A law at one time, or what a span's ratio and difference mean."""
    times = "->".join(tie.terms[0][0].when)
    if len({column.times for column in tie.columns if column.kind == "level"}) > 1 and tie.law:
        return tie.law  # a law of several times tells them
    if tie.law:
        return f"{tie.law} ({times})"
    span = next(column for column in tie.columns if column.kind in {"ratio", "difference"})
    start, end, name = span.level(0).name, span.level(1).name, span.indicator.rpartition("/")[2]
    sign = "×" if span.kind == "ratio" else "+"
    return f"{end} = {start} {sign} {span.kind}[{name}]"


class _Wording(NamedTuple):
    """How an identity calls indicators, and kinds of figure."""

    name: Callable[[Column], str]
    kind: Callable[[str], str]


_BY_ID = _Wording(lambda column: column.indicator.rpartition("/")[2], lambda kind: kind.replace("_", " "))


def _identity_of(circuit: Circuit) -> str:
    return _identity(circuit, _BY_ID)


def identity_in_words(circuit: Circuit, system: System) -> Words:
    """The same with names."""

    def named(language: Language) -> str:
        return _identity(circuit, _wording(system, language))

    return Words(named("zh"), named("en"))


def _wording(system: System, language: Language) -> _Wording:
    """The names of indicators and kinds of figure."""
    return _Wording(
        lambda column: system.indicators[column.indicator].name.say(language),
        lambda kind: KIND_NAMES[kind].say(language),
    )


def _identity(circuit: Circuit, wording: _Wording) -> str:
    several = len({statement.column.indicator for statement in circuit.statements}) > 1
    sides: dict[bool, list[str]] = {True: [], False: []}
    for part, exponent in circuit.terms:
        if part.column.kind != "slack":
            sides[exponent > 0].append(
                _power(_symbol(part, wording, several=several), exponent, circuit.kind)
            )
    if circuit.kind == "sum" and circuit.constant:
        sides[circuit.constant < 0].append(_constant(circuit))
    sign = " × " if circuit.kind == "product" else " + "
    left, right = (
        sign.join(side) or ("1" if circuit.kind == "product" else "0") for side in (sides[False], sides[True])
    )
    if not _is_inequality(circuit):
        return f"{left} = {right}"
    slack_is_left = any(part.column.kind == "slack" and exponent < 0 for part, exponent in circuit.terms)
    return f"{right} >= {left}" if slack_is_left else f"{left} >= {right}"


def _constant(circuit: Circuit) -> str:
    """What a sum must come to, without its sign."""
    return str(abs(circuit.constant))


def _power(symbol: str, exponent: int, kind: str) -> str:
    times = abs(exponent)
    if times == 1:
        return symbol
    return f"({symbol})^{times}" if kind == "product" else f"{times} × {symbol}"


def _symbol(part: Part | Free, wording: _Wording, *, several: bool) -> str:
    column, name = part.column, wording.name
    if isinstance(part, Composite):
        level, sign = (
            f"{name(column)}({column.when[1 if part.at_end else 0]})",
            "-" if part.at_end else "+",
        )
        changed = f"({level} {sign} {wording.kind('change')})"
        return f"{level} / {changed}" if part.at_end else f"{changed} / {level}"
    if isinstance(part, Statement) and column.kind != "level":
        kind, years = part.figure.kind, part.figure.years
        said = wording.kind(kind) + (f"[{name(column)}]" if several else "")
        return {
            "growth": f"(1 + {said})^{years}",
            "total_growth": f"(1 + {said})",
            "annual_change": f"{years} × {said}",
        }.get(kind, said)
    if column.kind == "ratio":
        return f"{name(column)}({column.when[1]}) / {name(column)}({column.when[0]})"
    return f"{name(column)}({'->'.join(column.when)})"


# -- the sentence --------------------------------------------------------------------------------


def message_of(circuit: Proof, proof: Contradiction, system: System) -> Text:
    """What is in conflict, the arithmetic, and how far off it is."""
    said = _arithmetic(circuit, system)
    if not proof.is_weighed:
        return said
    if proof.severity is None:
        return text("{said}; no rounding explains it", said=said)
    return text(
        "{said}; roundings would have to be {times} times as wide", said=said, times=f"{proof.severity:.3g}"
    )


def note_of(circuit: Proof, system: System, difference: Text) -> Text:
    """The figures that mean the same, and in what their forms differ."""
    statements = circuit.statements
    if len({statement.column for statement in statements}) > 1:
        figures = listing(*(named(each, circuit, system) for each in statements))
        return text("{figures}: {difference}", figures=figures, difference=difference)
    name = _indicator_of(statements[0], system).name
    printed = listing(*(_printed(each, circuit) for each in statements))
    return text("{name}: {printed}: {difference}", name=name, printed=printed, difference=difference)


def _arithmetic(circuit: Proof, system: System) -> Text:
    statements = circuit.statements
    if isinstance(circuit, Tangle):
        return text(
            "{figures} cannot all be true under {laws}",
            figures=listing(*(named(each, circuit, system) for each in statements)),
            laws=Listing(identities_of(circuit), "; "),
        )
    indicator = _indicator_of(statements[0], system)
    if len(statements) == PAIR and not circuit.ties:
        one, other = (_printed(each, circuit) for each in statements)
        return text(
            "{name}: {one} and {other} cannot both be true", name=indicator.name, one=one, other=other
        )
    if len(statements) == len(circuit.terms) == TRIPLE and [tie.law for tie, _ in circuit.ties] == [""]:
        return _span(circuit, indicator)
    if (through := _through_latent(circuit, system)) is not None:
        return through
    if _is_total(circuit):
        return _total(circuit, system)
    if circuit.kind == "sum" and _is_inequality(circuit):
        return text(
            "{figures} cannot all be true: {identity} does not hold",
            figures=listing(*(named(each, circuit, system) for each in statements)),
            identity=identity_in_words(circuit, system),
        )
    reach = circuit.range()
    low, high = (None, None) if reach is None else (reach.low, reach.high)
    return text(
        "{figures} cannot all be true: {identity} needs {wanted} and gives {found}",
        figures=listing(*(named(each, circuit, system) for each in statements)),
        identity=identity_in_words(circuit, system),
        wanted=circuit.must_contain,
        found=_between(low, high),
    )


def _is_total(circuit: Circuit) -> bool:
    """Whether it is a sum with nothing on the other side but a number: shares that make 100 %."""
    return (
        circuit.kind == "sum"
        and circuit.constant != 0
        and not _is_inequality(circuit)
        and all(times * circuit.constant > 0 for _, times in circuit.terms)
    )


def _total(circuit: Circuit, system: System) -> Text:
    """What parts must come to, and what they do come to."""
    sign = 1 if circuit.constant > 0 else -1
    parts = [(part, times * sign) for part, times in circuit.terms]
    wanted = abs(circuit.constant)
    reach = circuit._replace(terms=tuple(parts), constant=Fraction(0)).range()
    assert reach is not None
    units = {
        system.indicators[part.column.indicator].unit
        for part, _ in parts
        if part.column.indicator in system.indicators
    }
    factor, unit = (100, "%") if units == {"%"} else (1, "")
    ends = [None if end is None else to_float(end) * factor for end in (reach.low, reach.high)]
    return text(
        "{figures} cannot all be true: {sum} must come to {wanted} and comes to {found}",
        figures=listing(*(named(each, circuit, system) for each in circuit.statements)),
        sum=Words(_sum_of(parts, system, "zh"), _sum_of(parts, system, "en")),
        wanted=f"{wanted * factor}{unit}",
        found=range_text(ends[0], ends[1], 2, unit),
    )


def _sum_of(parts: Sequence[tuple[Part | Free, int]], system: System, language: Language) -> str:
    wording = _wording(system, language)
    return " + ".join(_power(_symbol(part, wording, several=True), times, "sum") for part, times in parts)


def _between(low: Fraction | None, high: Fraction | None) -> str:
    ends = [None if end is None else to_float(end) for end in (low, high)]
    return range_text(ends[0], ends[1], 4)


def _span(circuit: Circuit, indicator: Indicator) -> Text:
    """Base and target, what they imply, and what is printed instead."""
    base, stated, target = (
        next(each for each in circuit.statements if each.column.kind == kind and kind_at(each))
        for kind, kind_at in (
            ("level", lambda each: each.column.times[0] == _step(circuit).column.times[0]),
            (_step(circuit).column.kind, lambda _: True),
            ("level", lambda each: each.column.times[0] == _step(circuit).column.times[1]),
        )
    )
    return text(
        "{name}: {base} and {target} mean {kind} of {implied}, printed is {stated}",
        name=indicator.name,
        base=_printed(base, circuit),
        target=_printed(target, circuit),
        kind=KIND_NAMES[stated.figure.kind],
        implied=_implied(base, stated, target, indicator),
        stated=_printed(stated, circuit),
    )


def _step(circuit: Circuit) -> Statement:
    return next(statement for statement in circuit.statements if statement.column.kind != "level")


def _printed(statement: Statement, circuit: Told) -> Text:
    figure = statement.figure
    said = figure.text if figure.relation is None else figure.relation.words
    where = section_of(figure, [each.figure for each in circuit.statements])
    return text('{time} "{text}" ({section})', time=figure.time_text, text=said, section=where)


def _indicator_of(statement: Statement, system: System) -> Indicator:
    """A statement's indicator; a comparison's is that of its figure."""
    own = f"{statement.figure.plan}/{statement.figure.indicator}"
    return system.indicators.get(own) or system.indicators[statement.figure.indicator]


def named(statement: Statement, circuit: Told, system: System) -> Text:
    """A figure of several by its indicator, time, numeral and section."""
    name = _indicator_of(statement, system).name
    return text("{name} {printed}", name=name, printed=_printed(statement, circuit))


def _implied(base: Statement, stated: Statement, target: Statement, indicator: Indicator) -> Listing:
    """What base and target allow, in the measure of the figure that says otherwise."""
    kind, years = stated.figure.kind, stated.figure.years or 1
    if stated.column.kind == "ratio":
        allowed = positive_part(target.interval).times(positive_part(base.interval).reciprocal())
    else:
        allowed = target.interval.plus(base.interval.negated())
    ends = [None if end is None else to_float(end) for end in (allowed.low, allowed.high)]
    unit: object = ""
    if kind in {"growth", "total_growth"}:
        root = 1 / (years if kind == "growth" else 1)
        ends = [None if end is None else (end**root - 1) * 100 for end in ends]
        unit = "%"
    elif kind != "multiple":
        factor = (100 if indicator.unit == "%" else 1) / (years if kind == "annual_change" else 1)
        ends = [None if end is None else end * factor for end in ends]
        unit = POINTS if indicator.unit == "%" else ""
    return Listing((range_text(ends[0], ends[1], 2), unit), "")


# -- through a latent quantity -------------------------------------------------------------------


def _through_latent(circuit: Circuit, system: System) -> Text | None:
    """Where two laws imply the same unprinted quantity: what each implies for it."""
    if circuit.kind != "product" or len(circuit.ties) != PAIR:
        return None
    parts = {part.column: part for part, _ in circuit.terms}
    uses = Counter(column for tie, _ in circuit.ties for column, _ in tie.terms)
    shared = [column for column, times in uses.items() if times == PAIR and column not in parts]
    if len(shared) != 1:
        return None
    (latent,) = shared
    implied = [
        implied_by(tie, latent, {column: part.interval for column, part in parts.items()})
        for tie, _ in circuit.ties
    ]
    if None in implied:
        return None
    sides = [
        [each for column, _ in tie.terms if column in parts for each in parts[column].statements]
        for tie, _ in circuit.ties
    ]
    indicator = system.indicators[latent.indicator]
    return text(
        "{latent} {time} is {one} by {ones}, but {other} by {others}",
        latent=indicator.name,
        time=latent.times[0],
        one=_amount(implied[0], indicator, system),
        ones=listing(*(named(each, circuit, system) for each in sides[0])),
        other=_amount(implied[1], indicator, system),
        others=listing(*(named(each, circuit, system) for each in sides[1])),
    )


def implied_by(tie: Tie, latent: Column, known: dict[Column, Interval]) -> Interval | None:
    """The interval that a law leaves for one column when the others are known; `None` if one is not."""
    exponent = next(power for column, power in tie.terms if column == latent)
    others = [(known.get(column), power) for column, power in tie.terms if column != latent]
    if any(interval is None or power.denominator != 1 for interval, power in others):
        return None
    if tie.kind == "sum":
        whole = [interval.scaled(power / -exponent) for interval, power in others if interval is not None]
        return reduce(Interval.plus, whole).shifted(tie.constant / exponent) if whole else None
    if abs(exponent) != 1 or not all(interval is not None and interval.is_positive for interval, _ in others):
        return None
    powers = [interval.power(int(power * -exponent)) for interval, power in others if interval is not None]
    return reduce(Interval.times, powers).scaled(tie.constant ** int(exponent)) if powers else None


def _amount(interval: Interval | None, indicator: Indicator, system: System) -> Text:
    """An interval in the indicator's unit, with as many digits as tell its ends apart."""
    assert interval is not None
    factor = 100 if indicator.unit == "%" else 1
    low, high = (None if end is None else to_float(end) * factor for end in (interval.low, interval.high))
    digits = len(str(int(abs(low)))) if low is not None else 1
    decimals = max(0, 4 - digits)
    amount = range_text(low, high, decimals)
    return text("{amount} {unit}", amount=amount, unit=system.units[indicator.unit])

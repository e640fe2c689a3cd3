"""What an audit checked, and what it did not and why: no problem over nothing checked is no news."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from plantrack.language import Text, Words, listing, text
from plantrack.solver.variables import EITHER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from plantrack.audit.bounds import PrintedBound
    from plantrack.audit.constraint_system import ConstraintSystem
    from plantrack.plan.figures import Figure
    from plantrack.solver.variables import Variable


class Unchecked(NamedTuple):
    """A figure that nothing could be held against."""

    figure: Figure
    why: Text


class Coverage(NamedTuple):
    """How many figures there are, how many a law or a second print was held against, and the rest.

    `complete` tells whether every law that touches a figure was decided; `undetermined` are those
    that say something which is not decided yet, `unchecked` all others that nothing was held against;
    `checked` are the ids of the rest.
    """

    figures: int
    in_some_law: int
    complete: bool
    unchecked: tuple[Unchecked, ...]
    undetermined: tuple[Unchecked, ...]
    checked: frozenset[str] = frozenset()
    open: frozenset[str] = frozenset()
    """Of the undetermined the ids of those that laws hold against others, undecided."""

    def __repr__(self) -> str:
        state = "complete" if self.complete else "not complete"
        return f"<Coverage: {self.in_some_law} of {self.figures} figures in some law, {state}>"


class Reach(NamedTuple):
    """How far the audit got."""

    held: frozenset[str]
    """Ids of the figures that laws hold against others."""
    reported: frozenset[str]
    """Ids of the figures that stand in a finding."""
    undecided: frozenset[Variable]
    """The variables of what is neither shown to agree nor to contradict."""


def measure_coverage(figures: Iterable[Figure], system: ConstraintSystem, reach: Reach) -> Coverage:
    """Which of the figures the system's laws and repetitions reach.

    Args:
        figures: every figure of the call.
        system: bounds and constraints.
        reach: how far the audit got.
    """
    figures = list(figures)
    bounds = {each.id: each for variable in system.bounds.values() for each in variable}
    checked = (reach.held | _repeated(system)) - _undecided(bounds.values(), reach) | reach.reported
    unchecked, undetermined, open_ = [], [], set()
    for figure in figures:
        if figure.id in checked:
            continue
        if figure.id in reach.held and not _is_half_decided(figure):
            undetermined.append(Unchecked(figure, _NOT_DECIDED))
            open_.add(figure.id)
        elif figure.relation is not None:
            undetermined.append(Unchecked(figure, _why_relation(figure, system, bounds)))
        else:
            unchecked.append(Unchecked(figure, _why_alone(bounds.get(figure.id), system)))
    checked = frozenset(figure.id for figure in figures) & checked - {each.figure.id for each in undetermined}
    return Coverage(
        len(figures),
        len(checked),
        not reach.undecided,
        tuple(unchecked),
        tuple(undetermined),
        checked,
        frozenset(open_),
    )


_NOT_DECIDED = text("it is held against others, and neither shown to agree with them nor to contradict them")


def _undecided(bounds: Iterable[PrintedBound], reach: Reach) -> set[str]:
    """Figures of variables that are not decided; a change is told of by its span's ratio, too."""
    return {
        each.id
        for each in bounds
        if not reach.undecided.isdisjoint({each.variable, each.variable._replace(kind="ratio")})
    }


def _repeated(system: ConstraintSystem) -> set[str]:
    numbers = ([each for each in variable if each.figure.measure] for variable in system.bounds.values())
    return {each.id for variable in numbers if len(variable) > 1 for each in variable}


def _is_half_decided(figure: Figure) -> bool:
    """Whether only the direction of a comparison by an amount is decided: the rates of several years make no sum."""
    relation = figure.relation
    return relation is not None and relation.gap is not None and figure.kind == "growth" and figure.years != 1


def _why_relation(figure: Figure, system: ConstraintSystem, bounds: Mapping[str, PrintedBound]) -> Text:
    """Why a direction or a comparison is not decided."""
    relation = figure.relation
    assert relation is not None
    if _is_half_decided(figure):
        return text(
            "of yearly growth over several years the amount is compared only where both rates are known"
        )
    if relation.to is not None:
        return why_not_compared(figure, system)
    return _why_alone(bounds.get(figure.id), system)


def why_not_compared(figure: Figure, system: ConstraintSystem) -> Text:
    """Which side of a comparison is missing: the other, or a number of its own."""
    relation = figure.relation
    assert relation is not None
    constraint = next((constraint for constraint in system.constraints if constraint.law == figure.id), None)
    if constraint is None or constraint.terms[1][0] not in system.bounds:
        return text("{other} is not known for {time}", other=relation.other, time=_when(figure, system))
    return text("the comparison stands alone: no number is printed for {time}", time=_when(figure, system))


def _when(figure: Figure, system: ConstraintSystem) -> object:
    """The time of a figure, or from when to when."""
    times = [
        time_name(f"{each}@{figure.plan}" if each.kind == "moment" else each.text, system)
        for each in figure.times
    ]
    return times[0] if len(times) == 1 else text("{start} to {end}", start=times[0], end=times[1])


def time_name(time: str, system: ConstraintSystem) -> Words:
    """A time of a variable as readers call it: a moment by its name."""
    if time in system.names:
        return system.names[time]
    return Words(f"{time}年" if time.isdigit() else time, time)


def _why_alone(bound: PrintedBound | None, system: ConstraintSystem) -> Text:
    """Why nothing is held against a number or a direction."""
    if bound is None or bound.variable.kind == "rank":
        return text("no law ties a rank")
    if bound.variable.kind == "level":
        return _why_level(bound.variable, system)
    return why_span(bound.variable, system)


def _why_level(level: Variable, system: ConstraintSystem) -> Text:
    """A level printed once: whether growth or a change leads from or to it, and what that lacks."""
    spans = [span for span in system.bounds if _ends_at(span, level)]
    if not spans:
        return text("printed once, and no growth, change or multiple to hold it against")
    if all(span.basis for span in spans):
        return text("growth at constant prices is not held against levels at current prices")
    missing = dict.fromkeys(time for span in spans if not span.basis for time in _missing_times(span, system))
    if missing:
        return text(
            "its growth or change leads from or to {times}, for which no level is printed",
            times=listing(*(time_name(each, system) for each in missing)),
        )
    return _OPEN


def why_span(span: Variable, system: ConstraintSystem) -> Text:
    """Why growth, a change or a multiple is held against nothing: which of its ends is not printed."""
    missing = _missing_times(span, system)
    if missing:
        return no_level(missing, system)
    if span.basis == EITHER:
        return either_kind()
    if span.basis:
        return text("growth at constant prices is not held against levels at current prices")
    return _OPEN


def either_kind() -> Text:
    """Why an average of investment is not held against its levels alone."""
    return text("the average may be of the end or of the sum of the years (水平法, 累计法)")


def no_level(times: Iterable[str], system: ConstraintSystem) -> Text:
    """Why nothing leads from or to some times."""
    return text(
        "no level is printed for {times}", times=listing(*(time_name(each, system) for each in times))
    )


_OPEN = text("a level may be zero or below, and no rate leads from there or to it")


def _ends_at_current_prices(span: Variable) -> tuple[Variable, ...]:
    """The levels at the ends of a span, as plans print them."""
    if span.kind not in {"ratio", "difference"}:
        return ()
    return tuple(span.level(number)._replace(basis="") for number in (0, 1))


def _ends_at(span: Variable, level: Variable) -> bool:
    return span.indicator == level.indicator and level in _ends_at_current_prices(span)


def _missing_times(span: Variable, system: ConstraintSystem) -> list[str]:
    """The times at the ends of a span for which no level is printed, at whatever prices."""
    return [
        end.times[0]
        for end in _ends_at_current_prices(span)
        if end not in system.bounds and end._replace(basis=span.basis) not in system.bounds
    ]

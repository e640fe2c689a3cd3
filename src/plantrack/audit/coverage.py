"""What an audit checked, and what it did not and why: no problem over nothing checked is no news."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from plantrack.language import Text, listing, text
from plantrack.plan.citing import in_words
from plantrack.solver.variables import EITHER

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from plantrack.audit.constraint_system import ConstraintSystem
    from plantrack.language import Said
    from plantrack.plan.figures import Figure
    from plantrack.solver.constraints import Constraint
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


def measure_coverage(
    figures: Iterable[Figure],
    system: ConstraintSystem,
    held: AbstractSet[str],
    reported: AbstractSet[str],
    undecided: AbstractSet[Variable],
) -> Coverage:
    """What is checked: figures that laws hold against others, repeated and reported ones, but for what is undecided."""
    figures = list(figures)
    open_ids = {
        each.id
        for each in system.by_id.values()  # a change is told of by its span's ratio, too
        if undecided and not undecided.isdisjoint({each.variable, each.variable._replace(kind="ratio")})
    }
    checked = (held | _repeated(system)) - open_ids | reported
    unchecked, undetermined, open_ = [], [], set()
    for figure in figures:
        if figure.id in checked:
            continue
        if figure.id in held and not is_gap_of_rates(figure):
            undetermined.append(Unchecked(figure, _NOT_DECIDED))
            open_.add(figure.id)
        elif figure.relation is not None and figure.relation.operator != "in_step":
            undetermined.append(Unchecked(figure, _why_relation(figure, system)))
        else:
            unchecked.append(Unchecked(figure, _why_relation(figure, system)))
    known = {figure.id for figure in figures} & checked - {each.figure.id for each in undetermined}
    return Coverage(
        len(figures),
        len(known),
        not undecided,
        tuple(unchecked),
        tuple(undetermined),
        frozenset(known),
        frozenset(open_),
    )


_NOT_DECIDED = text("it is held against others, and neither shown to agree with them nor to contradict them")


def _repeated(system: ConstraintSystem) -> set[str]:
    numbers = ([each for each in variable if each.figure.measure] for variable in system.bounds.values())
    return {each.id for variable in numbers if len(variable) > 1 for each in variable}


def is_gap_of_rates(figure: Figure) -> bool:
    """Whether it tells by how many points yearly growth over several years differs: these rates make no sum."""
    relation = figure.relation
    return relation is not None and relation.gap is not None and figure.kind == "growth" and figure.years != 1


def _why_relation(figure: Figure, system: ConstraintSystem) -> Text:
    if is_gap_of_rates(figure):
        return text(
            "of yearly growth over several years the amount is compared only where both rates are known"
        )
    if figure.relation is not None and (figure.relation.to is not None or figure.relation.is_open):
        return why_not_compared(figure, system)
    return _why_alone(figure, system)


def why_not_compared(figure: Figure, system: ConstraintSystem) -> Text:
    assert figure.relation is not None
    if figure.relation.operator == "in_step":
        return text("how near “in step” is, nobody says: it is listed, and held against nothing")
    if figure.relation.operator == "assigned":
        return text("{other} assigns the number, which is not known yet", other=figure.relation.other)
    times = [
        time_name(f"{each}@{figure.plan}" if each.kind == "moment" else each.text, system)
        for each in figure.times
    ]
    when = times[0] if len(times) == 1 else text("{start} to {end}", start=times[0], end=times[1])
    constraint = comparison_of(figure, system)
    if constraint is None or constraint.terms[1][0] not in system.bounds:
        return text("{other} is not known for {time}", other=figure.relation.other, time=when)
    return text("the comparison stands alone: no number is printed for {time}", time=when)


def comparison_of(figure: Figure, system: ConstraintSystem) -> Constraint | None:
    return next((each for each in system.constraints if each.law == figure.id), None)


def time_name(time: str, system: ConstraintSystem) -> Said:
    return system.names.get(time) or in_words(time)


def _why_alone(figure: Figure, system: ConstraintSystem) -> Text:
    if figure.kind == "strive":
        return text("a higher mark to strive for is listed only")
    bound = system.by_id.get(figure.id)
    if bound is None or bound.variable.kind == "rank":
        return text("no law ties a rank")
    if bound.variable.kind != "level":
        return why_span(bound.variable, system)
    return _why_level(bound.variable, system)


def _why_level(level: Variable, system: ConstraintSystem) -> Text:
    """Whether growth or a change leads from or to it, and what that lacks."""
    spans = [
        each for each in system.bounds if each.indicator == level.indicator and level in _levels_at_ends(each)
    ]
    if not spans:
        return text("printed once, and no growth, change or multiple to hold it against")
    current = [span for span in spans if not span.basis]
    if not current:
        return text("growth at constant prices is not held against levels at current prices")
    if missing := dict.fromkeys(time for span in current for time in _missing_times(span, system)):
        return text(
            "its growth or change leads from or to {times}, for which no level is printed",
            times=listing(*(time_name(each, system) for each in missing)),
        )
    return _OPEN


def why_span(span: Variable, system: ConstraintSystem) -> Text:
    if missing := _missing_times(span, system):
        return no_level(missing, system)
    if span.basis == EITHER:
        return EITHER_KIND
    if span.basis:
        return text("growth at constant prices is not held against levels at current prices")
    return _OPEN


EITHER_KIND = text("the average may be of the end or of the sum of the years (水平法, 累计法)")
"""Why an average of investment is not held against its levels alone."""


def no_level(times: Iterable[str], system: ConstraintSystem) -> Text:
    return text(
        "no level is printed for {times}", times=listing(*(time_name(each, system) for each in times))
    )


_OPEN = text("a level may be zero or below, and no rate leads from there or to it")


def _levels_at_ends(span: Variable) -> tuple[Variable, ...]:
    """At current prices, as plans print them."""
    ends = (0, 1) if span.kind in {"ratio", "difference"} else ()
    return tuple(span.level(number)._replace(basis="") for number in ends)


def _missing_times(span: Variable, system: ConstraintSystem) -> list[str]:
    return [
        end.times[0]
        for end in _levels_at_ends(span)
        if end not in system.bounds and end._replace(basis=span.basis) not in system.bounds
    ]

"""What an audit checked, and what it did not and why: no problem over nothing checked is no news."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from plantrack.language import Text, text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from plantrack.audit.columns import Column
    from plantrack.audit.statements import Statement
    from plantrack.audit.system import System
    from plantrack.figures import Figure


class Unchecked(NamedTuple):
    """A figure that nothing could be held against."""

    figure: Figure
    why: Text


class Coverage(NamedTuple):
    """How many figures there are, how many a law or a second print was held against, and the rest.

    `complete` tells whether every law that touches a figure was decided; `undetermined` are those that say something which is not decided yet, `unchecked` all others
    that nothing was held against.
    """

    figures: int
    in_some_law: int
    complete: bool
    unchecked: tuple[Unchecked, ...]
    undetermined: tuple[Unchecked, ...]


def measure_coverage(
    figures: Iterable[Figure], system: System, reached: frozenset[str], undecided: frozenset[Column]
) -> Coverage:
    """Which of the figures the system's laws and repetitions reach.

    Args:
        figures: every figure of the call.
        system: statements and ties.
        reached: ids of the figures that some circuit holds against others.
        undecided: columns of components that were too large to decide.
    """
    figures = list(figures)
    statements = {each.id: each for column in system.statements.values() for each in column}
    checked = reached | _repeated(system)
    unchecked, undetermined = [], []
    for figure in figures:
        if figure.id in checked and not _is_half_decided(figure):
            continue
        if figure.relation is not None:
            undetermined.append(Unchecked(figure, _why_relation(figure)))
        else:
            unchecked.append(Unchecked(figure, _why_alone(figure, statements.get(figure.id))))
    checked -= {each.figure.id for each in undetermined}
    return Coverage(len(figures), len(checked), not undecided, tuple(unchecked), tuple(undetermined))


def _repeated(system: System) -> set[str]:
    numbers = ([each for each in column if each.figure.measure] for column in system.statements.values())
    return {each.id for column in numbers if len(column) > 1 for each in column}


def _is_half_decided(figure: Figure) -> bool:
    """Whether only the direction of a comparison by an amount is decided: the rates of several years make no sum."""
    relation = figure.relation
    return relation is not None and relation.gap is not None and figure.kind == "growth" and figure.years != 1


def _why_relation(figure: Figure) -> Text:
    relation = figure.relation
    assert relation is not None
    if _is_half_decided(figure):
        return text("of yearly growth over several years only which side is greater is compared")
    if relation.to is None:
        return text("a direction: base and target are not both printed")
    return text("{other} is not known for {time}", other=relation.other, time=figure.time_text)


def _why_alone(figure: Figure, statement: Statement | None) -> Text:
    if statement is None:
        return text("no law ties a rank")
    if statement.column.basis:
        return text("growth at constant prices; the price index is not printed")
    if figure.kind == "level":
        return text("printed once, and no growth, change or multiple to hold it against")
    return text("base and target are not both printed")

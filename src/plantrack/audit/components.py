"""Components: laws of one kind that share columns, less what says nothing, with latents eliminated."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal, NamedTuple

from plantrack.audit.elementary import Vector, whole, without

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from plantrack.audit.columns import Column, Tie
    from plantrack.audit.system import Part, System
    from plantrack.interval import Interval

    Parts = Callable[[Column], Sequence[Part]]
    Domains = Mapping[Column, Interval | None]

Kind = Literal["product", "sum"]


class Component(NamedTuple):
    """Laws of one kind that share columns.

    `rows` are what the laws say of the columns that figures or domains confine: vectors that must
    come to zero, of logarithms where the laws are products.
    """

    kind: Kind
    ties: tuple[Tie, ...]
    rows: tuple[Vector[Column], ...]

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of its rows."""
        return tuple(dict.fromkeys(column for row in self.rows for column in row))


def components_of(system: System) -> list[Component]:
    """The components of a system whose laws say something about its figures."""
    found = []
    kinds: tuple[Kind, ...] = ("product", "sum")
    for kind in kinds:
        for group in joined([tie for tie in system.ties if tie.kind == kind]):
            ties = without_idle(group, system.parts, system.domains)
            rows = without((whole(tie.row) for tie in ties), _eliminable(kind, ties, system))
            if rows:
                found.append(Component(kind, tuple(ties), tuple(rows)))
    return found


def mixed_components(system: System) -> list[tuple[Tie, ...]]:
    """The laws of components that have both kinds of them."""
    left = without_idle(
        [tie for tie in system.ties if _is_spoken_of(tie, system)], system.parts, system.domains
    )
    return [tuple(ties) for ties in joined(left) if len({tie.kind for tie in ties}) > 1]


def joined(ties: Sequence[Tie]) -> list[list[Tie]]:
    """Ties that share columns, directly or through others."""
    groups: dict[Column, list[Tie]] = {}
    for tie in ties:
        near = {id(groups[column]): groups[column] for column in tie.columns if column in groups}
        merged = [tie]
        for group in near.values():
            merged = group + merged
        for each in merged:
            for column in each.columns:
                groups[column] = merged
    return list({id(group): group for group in groups.values()}.values())


def _is_spoken_of(tie: Tie, system: System) -> bool:
    """Whether a span's tie has a figure of its own kind: a growth for a ratio, a change for a difference."""
    return bool(tie.law) or any(
        column.kind != "level" and column in system.statements for column in tie.columns
    )


def _eliminable(kind: Kind, ties: Sequence[Tie], system: System) -> list[Column]:
    """Latent columns that can take any value the law wants: positive in products, any in sums."""
    columns = dict.fromkeys(column for tie in ties for column in tie.columns)
    latent = [column for column in columns if not system.parts(column)]
    if kind == "sum":
        return [column for column in latent if system.domains[column] is None]
    return latent


# -- what says nothing ---------------------------------------------------------------------------


def without_idle(ties: Sequence[Tie], parts: Parts, domains: Domains) -> list[Tie]:
    """The ties less those that say nothing: some unprinted column of theirs alone can always obey.

    Inequalities that the printed numbers imply, whichever is chosen, say nothing either.
    """
    left = [tie for tie in ties if not _is_implied(tie, parts)]
    while True:
        uses = Counter(column for tie in left for column in tie.columns)
        alone = {column for column, times in uses.items() if times == 1 and not parts(column)}
        kept = [tie for tie in left if not _is_idle(tie, alone, parts, domains)]
        if len(kept) == len(left):
            return kept
        left = kept


def _is_implied(tie: Tie, parts: Parts) -> bool:
    """Whether an inequality holds for all numbers that the parts of its columns allow."""
    slack = [times for column, times in tie.terms if column.kind == "slack" and not parts(column)]
    if len(slack) != 1 or tie.kind != "sum":
        return False
    least = -tie.constant
    for column, times in tie.terms:
        if column.kind == "slack":
            continue
        rises = times > 0 if slack[0] < 0 else times < 0
        ends = [part.interval.low if rises else part.interval.high for part in parts(column)]
        known = [end for end in ends if end is not None]
        if not known or len(known) < len(ends):
            return False
        least += (times if slack[0] < 0 else -times) * (min(known) if rises else max(known))
    return least > 0


def _is_idle(tie: Tie, alone: set[Column], parts: Parts, domains: Domains) -> bool:
    free = [(column, times) for column, times in tie.terms if column in alone]
    if tie.kind == "product" and not all(
        part.interval.is_positive for column in tie.columns for part in parts(column)
    ):
        return False
    if tie.kind == "product" or any(domains[column] is None for column, _ in free):
        return bool(free)
    signs = {times > 0 for _, times in free}
    if len(signs) != 1 or tie.constant != 0:
        return len(signs) > 1
    others = [(column, times) for column, times in tie.terms if column not in alone]
    return all((times > 0) not in signs and domains[column] is not None for column, times in others)


def one_sided(component: Component, system: System) -> dict[Column, int]:
    """Columns of a sum that can grow (1) or fall (-1) without end whatever figure is chosen."""
    found = {}
    for column in component.columns if component.kind == "sum" else ():
        intervals = [part.interval for part in system.parts(column)] or [system.domains[column]]
        if all(each is not None and each.low is not None and each.high is None for each in intervals):
            found[column] = 1
        elif all(each is not None and each.low is None and each.high is not None for each in intervals):
            found[column] = -1
    return found

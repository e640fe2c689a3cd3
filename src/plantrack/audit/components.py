"""Components: laws of one kind that share columns, less what says nothing, with latents eliminated."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Literal, NamedTuple

from plantrack.solver.elementary import Vector, reduced, whole, without

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from plantrack.audit.statements import Part, Statement
    from plantrack.audit.system import System
    from plantrack.numbers.interval import Interval
    from plantrack.solver.constraints import Tie
    from plantrack.solver.variables import Column

    Parts = Callable[[Column], Sequence[Part]]
    Domains = Mapping[Column, Interval | None]

Kind = Literal["product", "sum"]
PRESOLVED = 4
"""Steps that a law takes to be looked at."""


class Component(NamedTuple):
    """Laws of one kind that share columns.

    `rows` are what the laws say of the columns that figures or domains confine: vectors that must
    come to zero, of logarithms where the laws are products; `basis` is the same in reduced echelon form.
    """

    kind: Kind
    ties: tuple[Tie, ...]
    rows: tuple[Vector[Column], ...]
    basis: Mapping[Column, Vector[Column]]

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of its rows."""
        return tuple(dict.fromkeys(column for row in self.rows for column in row))


class Components(NamedTuple):
    """What is left to decide: laws of one kind, each alone, and those that hang together with another kind.

    `changed` are the ratios of spans of which a change is printed, and something else. `spoken` are all
    laws that say something; `implied` are those of them that the printed numbers imply.
    """

    of_one_kind: tuple[Component, ...]
    mixed: tuple[tuple[Tie, ...], ...]
    changed: tuple[Column, ...]
    spoken: tuple[Tie, ...]
    implied: tuple[Tie, ...]

    def speaking_of(self, columns: AbstractSet[Column]) -> tuple[Components, Components]:
        """Those of which figures of these columns speak, and the others."""
        near = self._replace(
            of_one_kind=tuple(each for each in self.of_one_kind if _is_spoken_of(each.ties, columns)),
            mixed=tuple(each for each in self.mixed if _is_spoken_of(each, columns)),
            changed=tuple(each for each in self.changed if not columns.isdisjoint(each.spoken_by)),
        )
        return near, self._replace(
            of_one_kind=tuple(each for each in self.of_one_kind if each not in near.of_one_kind),
            mixed=tuple(each for each in self.mixed if each not in near.mixed),
            changed=tuple(each for each in self.changed if each not in near.changed),
        )

    def touching(self, columns: AbstractSet[Column]) -> Components:
        """Only those that have one of these columns, or of which their figures speak."""
        return self._replace(
            of_one_kind=tuple(each for each in self.of_one_kind if _touches(each.ties, columns)),
            mixed=tuple(each for each in self.mixed if _touches(each, columns)),
            changed=tuple(each for each in self.changed if not columns.isdisjoint(each.spoken_by)),
        )


def _is_spoken_of(ties: Sequence[Tie], columns: AbstractSet[Column]) -> bool:
    return any(not columns.isdisjoint(tie.spoken_by) for tie in ties)


def _touches(ties: Sequence[Tie], columns: AbstractSet[Column]) -> bool:
    return any(not columns.isdisjoint(tie.columns) for tie in ties)


def components_of(
    ties: Sequence[Tie],
    system: System,
    aside: AbstractSet[Statement] = frozenset(),
    near: Iterable[Column] | None = None,
) -> Components:
    """The components of a system's laws that say something about its figures, but for those set aside."""
    found: list[Component] = []
    mixed: list[tuple[Tie, ...]] = []
    system.effort.pays(len(ties) * PRESOLVED)
    parts = partial(system.parts_without, aside=aside) if aside else system.parts
    about = Confined(parts, system.domains)
    spoken = without_idle(ties, about)
    saying = without_implied(spoken, about)
    said = set(saying)
    implied = tuple(tie for tie in spoken if tie not in said)
    printed = system.statements if near is None else [each for each in near if each in system.statements]
    told = {column for column in printed if _is_told_by_more_than_sign(column, system)}
    for group in joined(without_idle(saying, about) if implied else spoken):
        if not is_mixed(group, system.domains):
            found += _component(group, system)
            continue
        for kind in KINDS:
            of_kind = [tie for tie in group if kind_of(tie, system.domains) == kind]
            for part in joined(of_kind):
                found += _component(without_idle(part, about), system)
        mixed += _still_mixed(group, told, about)
    ratios = dict.fromkeys(column._replace(kind="ratio") for column in printed if column.kind == "difference")
    changed = tuple(ratio for ratio in ratios if ratio in system.domains and len(system.parts(ratio)) > 1)
    return Components(tuple(found), tuple(mixed), changed, tuple(spoken), implied)


KINDS: tuple[Kind, ...] = ("product", "sum")


def _component(ties: Sequence[Tie], system: System) -> list[Component]:
    """The component that laws of one kind make, if they say anything."""
    if not ties:
        return []
    kind = ties[0].kind
    rows = without((whole(tie.row) for tie in ties), _eliminable(kind, ties, system))
    return [Component(kind, tuple(ties), tuple(rows), reduced(rows))] if rows else []


def _still_mixed(group: Sequence[Tie], told: AbstractSet[Column], about: Confined) -> list[tuple[Tie, ...]]:
    """What hangs together in both kinds of law when spans of which nothing is printed are left out."""
    spans = told | {column for tie in group if tie.law for column in tie.columns if column.kind != "level"}
    spoken = [tie for tie in group if tie.law or not spans.isdisjoint(tie.columns)]
    spoken = without_idle(spoken, about)
    return [tuple(each) for each in joined(spoken) if is_mixed(each, about.domains)]


def _is_told_by_more_than_sign(column: Column, system: System) -> bool:
    """Whether more is printed of a span than that levels rose or fell, which its ratio, if it has one, tells as well."""
    if column.kind == "difference" and column._replace(kind="ratio") in system.domains:
        return not all(_is_sign(statement.interval) for statement in system.statements[column])
    return column.kind != "level"


def _is_sign(interval: Interval) -> bool:
    return None in (interval.low, interval.high) and 0 in (interval.low, interval.high)


def kind_of(tie: Tie, domains: Domains) -> Literal["product", "sum", "signed"]:
    """Its kind; a product with a column that may be below zero has no logarithm."""
    if tie.kind == "product" and any(domains[column] is None for column in tie.columns):
        return "signed"
    return tie.kind


def is_mixed(ties: Sequence[Tie], domains: Domains) -> bool:
    """Whether there are laws of both kinds, or such as have no logarithm."""
    kinds = {kind_of(tie, domains) for tie in ties}
    return len(kinds) > 1 or "signed" in kinds


def joined(ties: Sequence[Tie]) -> list[list[Tie]]:
    """Ties that share columns, directly or through others: groups in the order of their last ties."""
    groups: dict[Column, list[Tie]] = {}
    for tie in ties:
        near = {id(groups[column]): groups[column] for column in tie.columns if column in groups}
        into = max(near.values(), key=len, default=[])
        for group in near.values():
            if group is not into:
                into += group
                groups |= {column: into for each in group for column in each.columns}
        into.append(tie)
        groups |= dict.fromkeys(tie.columns, into)
    return list({id(group): group for group in groups.values()}.values())


def _eliminable(kind: Kind, ties: Sequence[Tie], system: System) -> list[Column]:
    """Latent columns that can take any value the law wants: positive in products, any in sums."""
    columns = dict.fromkeys(column for tie in ties for column in tie.columns)
    latent = [column for column in columns if not system.parts(column)]
    if kind == "sum":
        return [column for column in latent if system.domains[column] is None]
    return latent


# -- what says nothing ---------------------------------------------------------------------------


Uses = dict["Column", dict[int, "Tie"]]
"""Unprinted column -> the ties that have it, by identity."""


def without_idle(ties: Sequence[Tie], about: Confined) -> list[Tie]:
    """The ties less those that say nothing, because unprinted columns can always obey them.

    That is one that no other tie has; or, of inequalities, one that in all its ties may be as large
    as they want, or as small.
    """
    left = {id(tie): tie for tie in ties}
    uses = _uses(ties, about)
    waiting = {key: tie for each in uses.values() for key, tie in each.items()}
    while waiting:
        key, tie = waiting.popitem()
        if not (_is_idle(tie, uses, about) or _gives_way(tie, uses, about)):
            continue
        del left[key]
        for column in tie.columns:
            if column in uses:
                del uses[column][key]
                waiting |= uses[column]
    return list(left.values())


def without_implied(ties: Sequence[Tie], about: Confined) -> list[Tie]:
    """The ties less the sums that the printed numbers imply, whichever figures are chosen.

    That is one that a single unprinted column obeys, which no other tie has and which must only be
    above zero: what one side of an inequality has over the other, or the level before a rise.
    """
    uses = _uses(ties, about)
    return [tie for tie in ties if not (tie.kind == "sum" and _says_nothing(tie, uses, about))]


def _says_nothing(tie: Tie, uses: Uses, about: Confined) -> bool:
    silent = [column for column in tie.columns if not about.parts(column)]
    if len(silent) != 1 or len(uses[silent[0]]) > 1 or about.domains[silent[0]] is None:
        return False
    return _is_implied(tie, silent[0], about)


def _uses(ties: Iterable[Tie], about: Confined) -> Uses:
    uses: Uses = {}
    for tie in ties:
        for column in tie.columns:
            if not about.parts(column):
                uses.setdefault(column, {})[id(tie)] = tie
    return uses


class Confined:
    """What parts and domains say of columns, asked once."""

    def __init__(self, parts: Parts, domains: Domains) -> None:
        self.parts = cache(parts)
        self.domains = domains
        self.is_above_zero = cache(self._is_above_zero)
        self.sign_of = cache(self._sign_of)
        self.is_half_line = cache(self._is_half_line)

    def _confined(self, column: Column) -> list[Interval | None]:
        return [part.interval for part in self.parts(column)] or [self.domains[column]]

    def _is_above_zero(self, column: Column) -> bool:
        return column.kind == "ratio" or all(
            each is not None and each.is_positive for each in self._confined(column)
        )

    def _is_half_line(self, column: Column) -> bool:
        """Whether what is printed of a comparison is no more than which side is greater."""
        printed = self.parts(column)
        return bool(printed) and all(_is_sign(part.interval) for part in printed)

    def _sign_of(self, column: Column) -> int:
        """1 or -1 where the column is never below, or never above, zero; 0 where that is not known."""
        if column.kind == "ratio":
            return 1
        signs = set(map(_sign, self._confined(column)))
        return signs.pop() if len(signs) == 1 else 0


def _sign(interval: Interval | None) -> int:
    if interval is None:
        return 0
    if interval.low is not None and interval.low.numerator >= 0:
        return 1
    return -1 if interval.high is not None and interval.high.numerator <= 0 else 0


def _gives_way(tie: Tie, uses: Uses, about: Confined) -> bool:
    """Whether an inequality's greater side may grow, or its lesser side shrink to nothing, without harm."""
    if not _is_inequality(tie, uses, about):
        return False
    sides: dict[bool, list[Column]] = {True: [], False: []}
    for column in tie.columns:
        if column != tie.slack:
            sides[_is_greater(column, tie, about)].append(column)
    if any(_is_one_way(column, uses, about) for column in sides[True]):
        return True
    if tie.constant or not all(map(about.is_above_zero, sides[True])):
        return False
    shrinking = (column for column in sides[False] if about.domains[column] is not None)
    return len(sides[False]) == sum(_is_one_way(column, uses, about) for column in shrinking)


def _is_inequality(tie: Tie, uses: Uses, about: Confined) -> bool:
    """Whether only a sign is asked of what one side has over the other: by a law, or by a comparison."""
    return tie.slack is not None and (len(uses.get(tie.slack, ())) == 1 or about.is_half_line(tie.slack))


def _is_greater(column: Column, tie: Tie, about: Confined) -> bool:
    terms = dict(tie.terms)
    assert tie.slack is not None
    return (terms[column].numerator > 0) != (terms[tie.slack].numerator * about.sign_of(tie.slack) > 0)


def _is_one_way(column: Column, uses: Uses, about: Confined) -> bool:
    """Whether all ties of an unprinted column are inequalities, and have it on the same side."""
    ties = uses.get(column, {}).values()
    if not ties or not all(_is_inequality(tie, uses, about) for tie in ties):
        return False
    return len({_is_greater(column, tie, about) for tie in ties}) == 1


def _is_implied(tie: Tie, column: Column, about: Confined) -> bool:
    """Whether all numbers that the parts of its other columns allow leave the column above zero."""
    by = dict(tie.terms)[column]
    least = tie.constant / by
    for other, times in tie.terms:
        if other == column:
            continue
        share = -times / by
        ends = [
            part.interval.low if share.numerator > 0 else part.interval.high for part in about.parts(other)
        ]
        known = [end for end in ends if end is not None]
        if len(known) < len(ends):
            return False
        least += share * (min(known) if share.numerator > 0 else max(known))
    return least.numerator > 0


def _is_idle(tie: Tie, uses: Uses, about: Confined) -> bool:
    """Whether unprinted columns that no other tie has can obey the tie for any values of its others."""
    alone = {column for column in tie.columns if len(uses.get(column, ())) == 1}
    if not alone:
        return False
    if not tie.law and any(column.kind == "ratio" for column in alone):
        return True  # a ratio of which nothing is printed need not exist: the level at its start may be zero
    if tie.kind == "product":
        return kind_of(tie, about.domains) == "product" and all(
            about.is_above_zero(column) for column in tie.columns if about.parts(column)
        )
    if any(about.domains[column] is None for column in alone):
        return True
    if tie.slack is not None and about.is_half_line(tie.slack):
        alone.add(tie.slack)
    free: set[int] = set()
    bound: set[int] = set()
    for column, times in tie.terms:
        sign = about.sign_of(column) if times.numerator > 0 else -about.sign_of(column)
        (free if column in alone else bound).add(sign)
    if len(free) != 1 or tie.constant:
        return len(free) > 1
    return bool(bound) and bound <= {-sign for sign in free}  # nothing that is above zero comes to zero alone


def one_sided(component: Component, system: System) -> dict[Column, int]:
    """Columns of a sum that can grow (1) or fall (-1) without end whatever figure is chosen."""
    found = {}
    for column in component.columns if component.kind == "sum" else ():
        if column.kind == "number":
            continue
        intervals: list[Interval | None] = [part.interval for part in system.parts(column)]
        intervals = intervals or [system.domains[column]]
        if all(each is not None and each.low is not None and each.high is None for each in intervals):
            found[column] = 1
        elif all(each is not None and each.low is None and each.high is not None for each in intervals):
            found[column] = -1
    return found

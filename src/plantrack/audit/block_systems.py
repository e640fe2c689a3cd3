"""The constraint systems of blocks, what makes them for other meanings, and what is the same for all blocks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from plantrack.audit.blocks import Shared
from plantrack.audit.build import Builder
from plantrack.audit.constraints import known_laws
from plantrack.audit.contradictory_laws import find_contradictory_laws, laws_left_out
from plantrack.audit.whole_counts import whole_indicators
from plantrack.solver.effort import Effort

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from plantrack.audit.bounds import PrintedBound
    from plantrack.audit.constraint_system import ConstraintSystem
    from plantrack.findings import Finding
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.figures import Figure
    from plantrack.plan.plan import Plan

Block = tuple["Plan", ...]


class Setting(NamedTuple):
    """What is the same for all blocks of an audit: units, indicators, laws and places, the work, what they share.

    `only_together` tells that nothing is asked for but what several plans contradict each other by. `kept` are the
    systems of blocks that are asked again in the same process; `None` where they would be too many.
    """

    catalogue: Catalogue
    effort: float = 1.0
    shared: Shared = Shared()
    only_together: bool = False
    kept: dict[tuple[int, ...], System] | None = None


@dataclass(frozen=True)
class System:
    """The constraint system of a block, what makes it for other meanings, and what is found of its laws alone."""

    plans: Block
    setting: Setting
    effort: Effort
    build: Builder
    system: ConstraintSystem
    impossible: tuple[Finding, ...]

    @classmethod
    def of(cls, plans: Block, setting: Setting) -> System:
        """The system of a block, made once where it is kept: each time with as much work left."""
        kept, key = {} if setting.kept is None else setting.kept, tuple(map(id, plans))
        if key not in kept:
            kept[key] = cls._made(plans, setting._replace(kept=None))
        kept[key].effort.again()
        return kept[key]

    @classmethod
    def _made(cls, plans: Block, setting: Setting) -> System:
        number = sum(len(plan.figures) for plan in plans)
        work = Effort(number, setting.effort)
        setting = setting._replace(catalogue=setting.catalogue.of(*(plan.model for plan in plans)))
        laws = setting.shared.laws
        build = Builder(plans, setting.catalogue, work, shared=laws)
        system = build()
        with work.account("laws", number):
            impossible = find_contradictory_laws(plans, system)
        if impossible:
            without = laws_left_out(impossible)
            build = Builder(plans, setting.catalogue, work, without=without, shared=laws)
            system = build()
        work.keep()
        return cls(plans, setting, work, build, system, tuple(impossible))

    @cached_property
    def figures(self) -> dict[str, Figure]:
        return {figure.id: figure for plan in self.plans for figure in plan.figures}

    @property
    def places(self) -> frozenset[str]:
        """The places that its plans are about."""
        return frozenset(plan.model.place.id for plan in self.plans)

    @property
    def wholes(self) -> frozenset[str]:
        return whole_indicators(self.system, self.setting.catalogue)

    @property
    def common(self) -> frozenset[str]:
        """The texts of the laws that every block knows."""
        known = known_laws(self.setting.catalogue, (), self.setting.shared.laws)
        return frozenset(each.law.text for each in known)

    def bounds_of(self, names: AbstractSet[str]) -> frozenset[PrintedBound]:
        """The bounds of some figures, by id."""
        return frozenset(
            each for bounds in self.system.bounds.values() for each in bounds if each.id in names
        )

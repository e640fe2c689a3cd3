"""What is reported beside a contradiction: what figures would have to read, which are enough alone, possible causes."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

from plantrack.audit.alternatives import Context, causes_of, is_moved
from plantrack.audit.levels import is_one_intention
from plantrack.audit.minimal_sets import InfeasibleSubset
from plantrack.audit.oracle import Oracle, connected
from plantrack.audit.proofs import Conflict, Proof, also_doing, consistent_prints, with_originals
from plantrack.audit.repair import UNKNOWN, Asked, Repair, should_read
from plantrack.audit.whole_counts import breaks_a_count
from plantrack.findings import Cause, Contradiction, Involved

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plantrack.audit.alternatives import Instead
    from plantrack.audit.bounds import PrintedBound
    from plantrack.audit.constraint_system import ConstraintSystem
    from plantrack.audit.minimal_sets import Known
    from plantrack.numbers.interval import Interval


class Adviser(NamedTuple):
    """What is reported beside contradictions, each thing proven of all that is connected.

    Whether nothing would do is asked with the ends of intervals included, as contradictions are sought;
    what would do must do with open ends, too, so that no note takes the contradiction's place.
    """

    system: ConstraintSystem
    corrected: frozenset[PrintedBound] = frozenset()
    """Figures without which all holds with ends included."""
    touched: frozenset[PrintedBound] = frozenset()
    """Figures without which open ends hold, too."""
    known: Known | None = None
    wholes: frozenset[str] = frozenset()
    """The indicators whose quantities are whole numbers."""

    def advice(self, conflict: Conflict, exact: Proof) -> Contradiction:
        case = _Case(self, conflict)
        repairs = {each: case.repair(each, exact) for each in sorted(case.same, key=_order)}
        causes: Sequence[Cause] = ()
        if exact.is_small and not is_one_intention(conflict.proof):
            bounded = {
                each for each, told in repairs.items() if told.should_read and None not in told.should_read
            }
            case.hopeless = {each for each, told in repairs.items() if told.should_read_count == 0}
            context = Context(self.system, frozenset(conflict.doing), bounded)
            causes = tuple(causes_of(exact, case.same, context, case.would_hold))
        return Contradiction(
            involved=tuple(repairs.values()),
            causes=tuple(causes),
            in_every=tuple(
                each.id
                for each, told in repairs.items()
                if told.should_read or (told.should_read_count is None and case.can_be(each))
            ),
            set_aside=tuple(sorted(each.id for each in case.excluded_far)),
        )


class _Case:
    def __init__(self, adviser: Adviser, conflict: Conflict) -> None:
        assert conflict.connected is not None
        self.adviser, self.conflict, self.closed = adviser, conflict, conflict.connected
        self.system, self.proof = adviser.system, conflict.proof
        self.strict = Oracle(self.system, self.closed.variables, self.closed.constraints, known=adviser.known)
        self.figures = frozenset(self.proof.bounds)
        self.same = {
            each: (each, *(other for other in self._also(each) if other.figure.kind == each.figure.kind))
            for each in self.proof.bounds
        }
        """Figure -> it, and other prints of it in the same form, which are read as it is."""
        kin = {
            other
            for each, (_, *others) in self.same.items()
            for other in others
            if self.system.by_id[each.id].interval.overlaps(self.system.by_id[other.id].interval)
        }
        self.without = (conflict.others - kin) | (self._touched() - kin)
        self.hopeless: set[PrintedBound] = set()
        """Figures that no number would do for."""

    def _also(self, bound: PrintedBound) -> list[PrintedBound]:
        also = also_doing(self.closed.system, self.proof, bound)
        return [each for each in also if each not in self.conflict.excluded]

    def _touched(self) -> frozenset[PrintedBound]:
        """Figures that only make notes, and are left out so that notes that are there already count for nothing.

        Of one of its own figures the others of its quantity that touch it.
        """
        touched = self.adviser.touched
        near = {each for each in touched if each.variable in self.strict.variables}
        if not is_one_intention(self.proof):
            near |= {
                other
                for own in touched & self.figures
                for other in self.system.bounds.get(own.variable, ())
                if not other.interval.overlaps(own.interval)
            }
        return frozenset(near - self.figures)

    @cached_property
    def excluded_far(self) -> frozenset[PrintedBound]:
        """The figures of other contradictions of all that any law connects with it."""
        variables = connected(self.strict.variables, self.system.constraints)[0] - self.strict.variables
        everything = self.adviser.corrected | self.adviser.touched | self.conflict.corrected
        return self.without | {each for each in everything if each.variable in variables}

    def _asked(self, bound: PrintedBound, oracle: Oracle) -> Asked:
        same = self.same[bound]
        return Asked(oracle, self.without - set(same), same, partial(self._breaks, same))

    def repair(self, bound: PrintedBound, exact: Proof) -> Involved:
        effort, same = self.system.effort, self.same[bound]
        if isinstance(exact, InfeasibleSubset) and exact.is_small:
            effort.pays(exact.steps)
        proof, found = with_originals(exact, self.system.by_id), UNKNOWN
        if not effort.is_spent:
            strict, closed = (self._asked(bound, each) for each in (self.strict, self.closed))
            found = should_read(proof, strict, closed, self.system.indicators)
        if found.ends and (self._stay_broken(same) or self._may_break(same, found)):
            found = UNKNOWN
        also = tuple(each.id for each in self._also(bound))
        instead = tuple(each.id for each in consistent_prints(self.closed.system, self.proof, bound))
        return Involved(bound.id, found.ends, found.number, also, found.nominal, instead)

    def can_be(self, bound: PrintedBound) -> bool:
        asked = self._asked(bound, self.strict)
        return asked.holds() is True and not self._stay_broken(asked.figures)

    def would_hold(self, instead: Instead) -> bool:
        one = next(
            (each for each in instead if each in self.same and set(instead) <= set(self.same[each])), None
        )
        if one in self.hopeless or not self._holds_with(instead, one):
            return False
        return not self._counts or not self._is_broken(self.strict.system.reading(instead), self.figures)

    def _holds_with(self, instead: Instead, one: PrintedBound | None) -> bool:
        """The same without asking for whole numbers; `one` where only one figure of the contradiction is read."""
        if is_moved(instead):
            system = self.system.reading(instead)
            variables = [*self.strict.variables, *(each.variable for each in instead.values())]
            oracle = Oracle(system, variables, system.constraints, known=self.adviser.known)
            return oracle.holds(without=self.excluded_far - set(instead)) is True
        open_ = tuple(instead) if one is None else self.same[one]
        return self.strict.holds(instead, without=self.without - set(open_), open_=open_) is True

    # -- counts that must be whole numbers: of figures that stand in a contradiction none is reported by itself

    @cached_property
    def _counts(self) -> bool:
        return not self.adviser.wholes.isdisjoint(variable.indicator for variable in self.strict.variables)

    def _is_broken(
        self,
        system: ConstraintSystem,
        figures: frozenset[PrintedBound],
        without: Sequence[PrintedBound] = (),
    ) -> bool:
        return breaks_a_count(system, self.adviser.wholes, figures, without)

    def _stay_broken(self, figures: Sequence[PrintedBound]) -> bool:
        return self._counts and self._is_broken(self.strict.system, self.figures - set(figures), figures)

    def _may_break(self, figures: Sequence[PrintedBound], found: Repair) -> bool:
        """Whether a number told leaves a count no whole number, or it is not known of all that they do not."""
        if not self._are_whole(figures):
            return False
        if figures[0].variable.kind == "ratio" and not found.is_few:
            return True
        return any(self._breaks(figures, each) for each in found.looked_at())

    def _are_whole(self, figures: Sequence[PrintedBound]) -> bool:
        return figures[0].variable.indicator in self.adviser.wholes

    def _breaks(self, figures: Sequence[PrintedBound], interval: Interval) -> bool:
        if not self._are_whole(figures):
            return False
        instead = {each: each.instead(interval) for each in figures}
        return self._is_broken(self.strict.system.reading(instead), frozenset(figures))


def _order(bound: PrintedBound) -> tuple[bool, int, str]:
    """Derived figures first, then levels, the latest first: the base is the last to be doubted."""
    is_level = bound.figure.kind == "level"
    return is_level, -(bound.figure.due.end or 0) if is_level else 0, bound.id

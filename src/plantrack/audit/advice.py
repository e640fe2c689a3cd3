"""What is reported beside a contradiction: what figures would have to read, which are enough alone, possible causes."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

from plantrack.audit.alternatives import Context, causes_of, is_moved
from plantrack.audit.levels import is_one_intention
from plantrack.audit.minimal_sets import InfeasibleSubset
from plantrack.audit.oracle import Oracle, connected
from plantrack.audit.proofs import also_doing, consistent_prints, with_originals
from plantrack.audit.repair import UNKNOWN, should_read
from plantrack.audit.whole_counts import breaks_a_count
from plantrack.findings import Involved

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plantrack.audit.alternatives import Cause, Instead
    from plantrack.audit.bounds import PrintedBound
    from plantrack.audit.constraint_system import ConstraintSystem
    from plantrack.audit.minimal_sets import Known
    from plantrack.audit.oracle import Question
    from plantrack.audit.proofs import Conflict, Proof
    from plantrack.audit.repair import Repair


class Corrected(NamedTuple):
    """Figures without which all holds with ends included, and those without which open ends hold, too."""

    figures: frozenset[PrintedBound] = frozenset()
    touched: frozenset[PrintedBound] = frozenset()


class Advice(NamedTuple):
    """What figures would have to read, which are enough alone, and what may have caused it."""

    involved: tuple[Involved, ...]
    enough: tuple[str, ...]
    causes: tuple[Cause, ...]
    excluded: tuple[str, ...]
    """The figures that were taken for corrected."""


class Adviser:
    """What is reported beside contradictions, each thing proven of all that is connected.

    Whether nothing would do is asked with the ends of intervals included, as contradictions are sought;
    what would do must do with open ends, too, so that no note takes the contradiction's place.
    """

    def __init__(
        self,
        system: ConstraintSystem,
        base_years: dict[str, int],
        corrected: Corrected = Corrected(),  # noqa: B008 - it never changes
        known: Known | None = None,
        wholes: frozenset[str] = frozenset(),
    ) -> None:
        """`wholes` are the indicators whose quantities are whole numbers."""
        self.system = system
        self.wholes = wholes
        self.base_years = base_years
        self.corrected = corrected
        self.known = known

    def advice(self, conflict: Conflict, exact: Proof) -> Advice:
        """What its figures would have to read, the figures of other contradictions taken for corrected."""
        case = _Case(self, conflict)
        repairs = {each: case.repair(each, exact) for each in sorted(case.copies, key=_order)}
        enough = tuple(
            each.id
            for each, reported in repairs.items()
            if reported.should_read or (reported.should_read_count is None and case.can_be(each))
        )
        causes: Sequence[Cause] = ()
        if exact.is_small and not is_one_intention(conflict.proof):
            bounded = frozenset(
                each
                for each, reported in repairs.items()
                if reported.should_read and None not in reported.should_read
            )
            context = Context(self.system, self.base_years, frozenset(conflict.doing), bounded)
            case.hopeless = frozenset(
                each for each, reported in repairs.items() if reported.should_read_count == 0
            )
            causes = tuple(causes_of(exact, case.copies, context, case.would_hold))
        excluded = tuple(sorted(each.id for each in case.excluded_far))
        return Advice(tuple(repairs.values()), enough, tuple(causes), excluded)


class _Case:
    """One contradiction with all that is connected, and the figures that are taken for corrected."""

    def __init__(self, adviser: Adviser, conflict: Conflict) -> None:
        assert conflict.connected is not None
        self.adviser = adviser
        self.conflict = conflict
        self.closed = conflict.connected
        self.strict = Oracle(
            adviser.system, self.closed.variables, self.closed.constraints, known=adviser.known
        )
        self.figures = frozenset(conflict.proof.bounds)
        self.copies = {each: self._copies(each) for each in conflict.proof.bounds}
        kin = {
            other
            for each, others in self.copies.items()
            for other in others
            if self._are_consistent(each, other)
        }
        self.others = conflict.others - kin
        self.without = self.others | (self._touched - kin)
        self.counts = _WholeCounts(adviser, self.strict, self.figures)
        self.questions: dict[PrintedBound, Question] = {}
        self.hopeless: frozenset[PrintedBound] = frozenset()
        """Figures that no number would do for."""

    def _copies(self, bound: PrintedBound) -> list[PrintedBound]:
        """Other prints of a figure in the same form, which are read as it is."""
        doing = also_doing(self.closed.system, self.conflict.proof, bound)
        return [
            each
            for each in doing
            if each not in self.conflict.excluded and each.figure.kind == bound.figure.kind
        ]

    def _are_consistent(self, *prints: PrintedBound) -> bool:
        """Whether two prints of one quantity can both be true, open ends as they are."""
        printed = self.adviser.system.bounds[prints[0].variable]
        one, other = (next(each for each in printed if each == asked).interval for asked in prints)
        return one.overlaps(other)

    @property
    def _touched(self) -> frozenset[PrintedBound]:
        """Figures that only make notes, and are left out so that notes that are there already count for nothing.

        Of one of its own figures the others of its quantity that touch it.
        """
        touched = self.adviser.corrected.touched
        partners = {
            other
            for own in touched & self.figures
            for other in self.adviser.system.bounds.get(own.variable, ())
            if other not in self.figures and not other.interval.overlaps(own.interval)
        }
        if is_one_intention(self.conflict.proof):
            partners = set()
        near = {each for each in touched if each.variable in self.strict.variables}
        return frozenset((near | partners) - self.figures)

    @cached_property
    def originals(self) -> dict[str, PrintedBound]:
        """The figures with open ends as they are, by id."""
        variables = {each.variable for each in self.figures}
        return {each.id: each for variable in variables for each in self.adviser.system.bounds[variable]}

    @cached_property
    def excluded_far(self) -> frozenset[PrintedBound]:
        """The figures of other contradictions of all that any law connects with it."""
        variables, _ = connected(self.strict.variables, self.adviser.system.constraints)
        everything = self.adviser.corrected.figures | self.adviser.corrected.touched | self.conflict.corrected
        far = {
            each
            for each in everything
            if each.variable in variables and each.variable not in self.strict.variables
        }
        return self.without | far

    def question(self, bound: PrintedBound) -> Question:
        """What the others leave for a figure, asked once."""
        if bound not in self.questions:
            same = (bound, *self.copies[bound])
            self.questions[bound] = self.strict.question(self.without - set(same), same)
        return self.questions[bound]

    def repair(self, bound: PrintedBound, exact: Proof) -> Involved:
        if isinstance(exact, InfeasibleSubset) and exact.is_small:
            self.adviser.system.effort.pays(exact.steps)
        same = (bound, *self.copies[bound])
        roughly = partial(self.closed.question, self.without - set(same), same)
        precisely = partial(self.question, bound)
        proof, indicators = with_originals(exact, self.originals), self.adviser.system.indicators
        found = UNKNOWN
        if not self.adviser.system.effort.is_spent:
            found = should_read(proof, same, roughly, precisely, indicators)
        if found.ends and (self.counts.stay_broken(same) or self.counts.may_break(same, found)):
            found = UNKNOWN
        proof, system = self.conflict.proof, self.closed.system
        also = tuple(
            each.id for each in also_doing(system, proof, bound) if each not in self.conflict.excluded
        )
        instead = tuple(each.id for each in consistent_prints(system, proof, bound))
        return Involved(bound.id, found.ends, found.number, also, found.nominal, instead)

    def can_be(self, bound: PrintedBound) -> bool:
        """Whether all can be true whatever the figure reads."""
        same = (bound, *self.copies[bound])
        return self.question(bound).holds({}) is True and not self.counts.stay_broken(same)

    def would_hold(self, instead: Instead) -> bool:
        """Whether all can be true with these figures in place of their own."""
        one = next(
            (each for each in instead if each in self.copies and set(instead) <= {each, *self.copies[each]}),
            None,
        )
        if one in self.hopeless:
            return False
        return self._holds_with(instead, one) and not self.counts.are_broken_by(instead)

    def _holds_with(self, instead: Instead, one: PrintedBound | None) -> bool:
        """The same without asking for whole numbers; `one` where only one figure of the contradiction is read."""
        if is_moved(instead):
            system = self.adviser.system.reading(instead)
            variables = [*self.strict.variables, *(each.variable for each in instead.values())]
            oracle = Oracle(system, variables, system.constraints, known=self.adviser.known)
            return oracle.holds(self.excluded_far - set(instead)) is True
        question = (
            self.strict.question(self.without - set(instead), instead) if one is None else self.question(one)
        )
        return question.holds(instead) is True


class _WholeCounts:
    """What a contradiction's figures would read, against the counts that must be whole numbers.

    A broken count is not reported by itself of figures that stand in a contradiction.
    """

    def __init__(self, adviser: Adviser, strict: Oracle, figures: frozenset[PrintedBound]) -> None:
        self.adviser, self.strict, self.figures = adviser, strict, figures

    @cached_property
    def _are_there(self) -> bool:
        return not self.adviser.wholes.isdisjoint(variable.indicator for variable in self.strict.variables)

    def _is_broken(
        self, system: ConstraintSystem, figures: frozenset[PrintedBound], without: Sequence[PrintedBound] = ()
    ) -> bool:
        adviser = self.adviser
        return breaks_a_count(system, adviser.wholes, adviser.base_years, figures, without)

    def are_broken_by(self, instead: Instead) -> bool:
        """Whether some count is no whole number with these figures in place of their own."""
        return self._are_there and self._is_broken(self.strict.system.reading(instead), self.figures)

    def stay_broken(self, figures: Sequence[PrintedBound]) -> bool:
        """Whether the others leave a count no whole number, whatever these figures read."""
        others = self.figures - set(figures)
        return self._are_there and self._is_broken(self.strict.system, others, figures)

    def may_break(self, figures: Sequence[PrintedBound], found: Repair) -> bool:
        """Whether a number told leaves a count no whole number, or it is not known of all that they do not."""
        if figures[0].variable.indicator not in self.adviser.wholes:
            return False
        if not found.few:
            return figures[0].variable.kind == "ratio"
        readings = ({each: each.instead(interval) for each in figures} for interval in found.few)
        return any(self._is_broken(self.strict.system.reading(each), frozenset(figures)) for each in readings)


def _order(bound: PrintedBound) -> tuple[bool, int, str]:
    """Derived figures first, then levels, the latest first: the base is the last to be doubted."""
    figure = bound.figure
    return figure.kind == "level", -(figure.due.end or 0) if figure.kind == "level" else 0, bound.id

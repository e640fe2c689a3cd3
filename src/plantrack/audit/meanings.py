"""Vague moments: what each single meaning would add to what fails whatever is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from plantrack.audit.conflicts import MAX_MEANINGS, moments_that_join
from plantrack.audit.constraint_system import variables_of_moments
from plantrack.audit.contradictions import Search
from plantrack.audit.levels import is_one_intention
from plantrack.audit.oracle import connected
from plantrack.audit.presolve import components_of
from plantrack.audit.violations import repetitions
from plantrack.audit.wording import code_of, message_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from plantrack.audit.constraint_system import ConstraintSystem
    from plantrack.audit.proofs import Proof
    from plantrack.findings import Finding
    from plantrack.language import Text, Words
    from plantrack.plan.plan import Plan


class Added(NamedTuple):
    """Figures that could not all be true under one meaning: the name of the code, the ids, the sentence."""

    code: str
    figures: tuple[str, ...]
    message: Text


class Meaning(NamedTuple):
    """One time that a vague moment of a plan may mean, and the contradictions that come with it."""

    plan: str
    moment: str
    name: Words
    time: str
    added: tuple[Added, ...] = ()

    @property
    def key(self) -> str:
        """The moment as variables name it."""
        return f"{self.moment}@{self.plan}"

    @property
    def reading(self) -> str:
        return f"{self.moment} = {self.time}"


def what_meanings_add(
    plans: Sequence[Plan],
    build: Callable[..., ConstraintSystem],
    as_own: ConstraintSystem,
    known: Iterable[Finding],
) -> tuple[Meaning, ...]:
    """What would contradict under each single meaning, beyond what is found whatever is meant.

    One moment at a time is taken for a time; the others stay times of their own.

    Args:
        plans: the plans of the call.
        build: makes the system in which moments are taken for times.
        as_own: the system in which moments are times of their own.
        known: what is found whatever is meant.
    """
    proven = [finding for finding in known if finding.proof is not None]
    reported = [frozenset(finding.figures) for finding in proven]
    meanings = []
    figures = as_own.count(as_own.bounds)
    for meaning in _meanings(plans, as_own):
        about = frozenset(each.indicator for each in variables_of_moments(as_own, meaning.key))
        system = build({meaning.key: meaning.time}, about=about).closed()
        with system.effort.account("each meaning", figures):
            added = tuple(_added(meaning.key, system, reported))
        meanings.append(_beyond(proven, meaning._replace(added=added)))
    return tuple(meanings)


def _meanings(plans: Sequence[Plan], as_own: ConstraintSystem) -> Iterator[Meaning]:
    """Each time of each moment that joins numbers, in the order of the files."""
    for plan in plans:
        moments = plan.model.moments
        declared = {f"{name}@{plan.id}": moment.either for name, moment in moments.items()}
        joining = moments_that_join(declared, as_own)
        for name, moment in moments.items():
            if f"{name}@{plan.id}" in joining and len(moment.either) <= MAX_MEANINGS:
                yield from (Meaning(plan.id, name, moment.name, time) for time in moment.either)


def _beyond(known: Iterable[Finding], meaning: Meaning) -> Meaning:
    """The meaning less what a finding tells of it already, as one of its cases."""
    cases = [
        said.say("en")
        for finding in known
        for reading, said in (finding.proof.cases if finding.proof else ())
        if meaning.reading in reading.split(", ")
    ]
    added = (
        each for each in meaning.added if not any(case.endswith(each.message.say("en")) for case in cases)
    )
    return meaning._replace(added=tuple(added))


def _added(key: str, system: ConstraintSystem, reported: Sequence[frozenset[str]]) -> Iterator[Added]:
    """The contradictions that speak of a vague moment, less those that hold one reported already."""
    for proof in _proofs(key, system, reported):
        figures = frozenset(each.id for each in proof.bounds)
        is_about = any(each.mentions_moment(key) for each in proof.bounds) and not is_one_intention(proof)
        if is_about and not any(each <= figures for each in reported):
            yield _as_added(proof, system)


def _proofs(key: str, system: ConstraintSystem, reported: Sequence[frozenset[str]]) -> Iterator[Proof]:
    """What contradicts near a moment: not as few as can be, which would take longer and tell no more."""
    yield from repetitions(system)
    variables = variables_of_moments(system, key)
    _, constraints = connected(variables, system.constraints)
    components = components_of(constraints, system).touching(variables)
    known = frozenset().union(*reported)
    later = frozenset(each for variable in system.bounds.values() for each in variable if each.id in known)
    search = Search(
        system,
        components=components,
        is_generous=True,
        about=variables,
        later=later,
        with_alternatives=False,
    )
    for conflict in search.of_laws():
        yield conflict.proof


def _as_added(proof: Proof, system: ConstraintSystem) -> Added:
    return Added(code_of(proof), tuple(each.id for each in proof.bounds), message_of(proof, system))

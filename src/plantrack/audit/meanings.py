"""Vague moments: what each single meaning would add to what fails whatever is meant."""

from __future__ import annotations

import math
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from plantrack.audit.accounts import code_of, identities_of, message_of
from plantrack.audit.components import components_of
from plantrack.audit.conflicts import MAX_MEANINGS
from plantrack.audit.contradictions import Search, closed_system, columns_of_moments
from plantrack.audit.gravity import severity_of
from plantrack.audit.levels import is_one_intention
from plantrack.audit.system import build_system
from plantrack.audit.tangles import Tangle, exact_of
from plantrack.findings import Contradiction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from plantrack.audit.contradictions import Proof
    from plantrack.audit.system import System
    from plantrack.catalogue import Catalogue
    from plantrack.findings import Finding
    from plantrack.language import Text, Words
    from plantrack.loading import LoadedPlan
    from plantrack.plan import Plan


class Choice(NamedTuple):
    """A vague moment of a plan, its name, and the time it is taken for."""

    plan: str
    moment: str
    name: Words
    time: str

    @property
    def key(self) -> str:
        """The moment as columns name it."""
        return f"{self.moment}@{self.plan}"


class Added(NamedTuple):
    """Figures that could not all be true under one meaning: the name of the code, the ids, the sentence."""

    code: str
    figures: tuple[str, ...]
    message: Text


class Meaning(NamedTuple):
    """One choice of times for the vague moments of a plan, and the contradictions that come with it."""

    choices: tuple[Choice, ...]
    added: tuple[Added, ...]

    @property
    def reading(self) -> str:
        return ", ".join(f"{each.moment} = {each.time}" for each in self.choices)


def choices_of(plan: Plan) -> list[tuple[Choice, ...]]:
    """Every choice of a time for each vague moment of a plan; none where they are too many to go through."""
    moments = [
        [Choice(plan.plan, name, moment.name, time) for time in moment.either]
        for name, moment in plan.moments.items()
    ]
    if not moments or math.prod(map(len, moments)) > MAX_MEANINGS:
        return []
    return list(product(*moments))


def what_meanings_add(
    plans: Sequence[LoadedPlan],
    catalogue: Catalogue,
    base_years: dict[str, int],
    known: Iterable[Finding],
) -> tuple[Meaning, ...]:
    """What would contradict under each single meaning, beyond what is found whatever is meant.

    Args:
        plans: the plans of the call.
        catalogue: units, indicators, laws.
        base_years: plan -> its base year.
        known: what is found whatever is meant.
    """
    known = [finding for finding in known if finding.proof is not None]
    told = [frozenset(finding.figures) for finding in known]
    meanings = []
    every = (choices for loaded in plans if loaded.plan is not None for choices in choices_of(loaded.plan))
    for choices in every:
        system = build_system(plans, catalogue, {each.key: each.time for each in choices})
        added = tuple(_added(closed_system(system), base_years, told))
        meanings.append(_beyond(known, Meaning(choices, added)))
    return tuple(meanings)


def _beyond(known: Iterable[Finding], meaning: Meaning) -> Meaning:
    """The meaning less what a finding tells of it already, as one of its cases."""
    cases = [
        said.say("en")
        for finding in known
        for reading, said in (finding.proof.cases if finding.proof else ())
        if reading == meaning.reading
    ]
    added = (
        each for each in meaning.added if not any(case.endswith(each.message.say("en")) for case in cases)
    )
    return meaning._replace(added=tuple(added))


def _added(system: System, base_years: dict[str, int], told: Sequence[frozenset[str]]) -> Iterator[Added]:
    """The contradictions that speak of a vague moment, less those that hold one told already."""
    components = components_of(system.ties, system).touching(columns_of_moments(system, frozenset()))
    for conflict in Search(system, base_years, components=components).conflicts():
        figures = frozenset(each.id for each in conflict.proof.statements)
        if _speaks_of_a_moment(conflict.proof) and not any(each <= figures for each in told):
            yield _as_added(conflict.proof, system)


def _speaks_of_a_moment(proof: Proof) -> bool:
    vague = any(time.kind == "moment" for each in proof.statements for time in each.figure.times)
    return vague and not is_one_intention(proof)


def _as_added(proof: Proof, system: System) -> Added:
    exact = proof if isinstance(proof, Tangle) else exact_of(proof, system)
    shown = Contradiction(
        plans=tuple(sorted({each.figure.plan for each in proof.statements})),
        involved=(),
        identities=identities_of(proof),
        must_contain=proof.must_contain,
        ratio=(None, None),
        severity=severity_of(exact),
    )
    figures = tuple(each.id for each in proof.statements)
    return Added(code_of(proof), figures, message_of(proof, shown, system))

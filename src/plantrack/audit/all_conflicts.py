"""As many contradictions as the fewest figures whose correction makes everything hold.

A search finds contradictions that share no figure (`contradictions`); the fewest corrections (`corrections`) tell how
many more there are among what is connected with them.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from plantrack.audit.contradictions import Search, variables_held_by
from plantrack.audit.corrections import apart, fewest_corrections, further, necessary
from plantrack.audit.oracle import Oracle, laws_that_can_say_something
from plantrack.audit.presolve import components_of
from plantrack.audit.violations import repetitions
from plantrack.solver.effort import BESIDE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from plantrack.audit.bounds import PrintedBound
    from plantrack.audit.proofs import Conflict, Proof


def all_conflicts(search: Search) -> list[Conflict]:
    """As many contradictions as the fewest figures whose correction makes all hold."""
    found: list[Conflict] = []
    for part, oracle in _parts(search):
        with search.system.effort.account(("corrections", oracle.variables), oracle.count, BESIDE):
            found += _completed(part, found, oracle, search)
    return found


def _parts(search: Search) -> Iterator[tuple[list[Conflict], Oracle]]:
    """The contradictions that are connected with one another, and all that is connected with them."""
    left = conflicts = search.apart()
    open_ = [each for conflict in conflicts for each in conflict.doing]
    constraints = laws_that_can_say_something(search.system, open_, search.never) if conflicts else ()
    while left:
        oracle = Oracle(
            search.system, variables_held_by(left[0].proof.bounds), constraints, search.never, search.known
        )
        part = [each for each in left if _is_near(each.proof, oracle)]
        left = [each for each in left if each not in part]
        yield part, oracle


def _completed(
    part: list[Conflict], elsewhere: Sequence[Conflict], oracle: Oracle, search: Search
) -> list[Conflict]:
    """As many as figures must be corrected at least, each with those of the others.

    A ratio is connected with its levels, but they not with it where it says nothing of them: what is found of them
    elsewhere counts here too.
    """
    pool = [each for conflict in part for each in (conflict.proof, *conflict.alternatives)]
    found = necessary(sorted(part, key=_order), search.system)
    beside = [each.proof for each in elsewhere if _is_near(each.proof, oracle)]

    def another(without: AbstractSet[PrintedBound]) -> Sequence[PrintedBound] | None:
        proof = _first_without(without, oracle, search)
        if proof is not None:
            pool.append(proof)
        return None if proof is None else proof.bounds

    correction = fewest_corrections([each.bounds for each in pool], oracle, another)
    more = further([*beside, *(each.proof for each in found)], pool, correction.number, search.system)
    found += map(search.as_conflict, more)
    correction = apart(correction, [each.proof for each in found], oracle)
    excluded = frozenset(each for each in search.never if each.variable in oracle.variables)
    return [
        each._replace(connected=oracle, corrected=correction.figures, excluded=excluded) for each in found
    ]


def _first_without(without: AbstractSet[PrintedBound], oracle: Oracle, search: Search) -> Proof | None:
    excluded = search.never | without
    components = components_of(oracle.constraints, search.system.without(excluded))
    left = Search(search.system, excluded, components=components, known=search.known)
    repeated = repetitions(left.choice.system, oracle.variables)
    of_laws = (found.proof for found in left.of_laws() if _is_near(found.proof, oracle))
    return next(chain(repeated, of_laws), None)


def _is_near(proof: Proof, oracle: Oracle) -> bool:
    """Whether it is about what the oracle knows."""
    return not oracle.variables.isdisjoint(variables_held_by(proof.bounds))


def _order(conflict: Conflict) -> tuple[bool, int]:
    return not conflict.is_error, len(conflict.proof.bounds)

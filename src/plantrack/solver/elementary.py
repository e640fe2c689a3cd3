"""Elementary vectors of a space of whole-number vectors: those of minimal support.

A vector is a mapping from variables to whole coefficients, none of them zero. By the theorem on
elementary vectors (Rockafellar, Convex Analysis, Theorem 22.6) intervals can be met by a point of a
linear space if and only if they can for each elementary vector of the complementary space: here, of
the space that the constraints span. They are enumerated by circuit elimination (Oxley, Matroid Theory,
section 1.1): exponential in general, at most `MAX_VECTORS` found and `MAX_TESTS` tested, each test an
elimination of O(m^2 n) for m rows and n variables.
"""

from __future__ import annotations

from collections import Counter
from heapq import heapify, heappop, heappush
from itertools import chain
from math import gcd, lcm
from typing import TYPE_CHECKING, Generic, TypeVar

from plantrack.solver.limits import LARGE, MAX_TESTS, MAX_VECTORS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from fractions import Fraction

_C = TypeVar("_C")
Vector = dict[_C, int]


TESTED = 2
"""Steps that a row takes in the test of a vector."""


def whole(row: Mapping[_C, Fraction]) -> Vector[_C]:
    """`row * lcm(denominators) / gcd(numerators)`: a multiple of the row in coprime whole numbers."""
    common = lcm(*(value.denominator for value in row.values()))
    return coprime({variable: int(value * common) for variable, value in row.items()})


def coprime(vector: Vector[_C]) -> Vector[_C]:
    """`vector / gcd(coefficients)`."""
    divisor = gcd(*vector.values())
    return {variable: value // divisor for variable, value in vector.items()} if divisor > 1 else vector


def without(rows: Iterable[Vector[_C]], latent: Iterable[_C]) -> list[Vector[_C]]:
    """A basis of the vectors in the span of independent rows that are zero in every latent variable.

    A projection of the constraints onto the other variables.
    """
    return eliminated(rows, latent)[1]


def eliminated(
    rows: Iterable[Vector[_C]], latent: Iterable[_C]
) -> tuple[list[tuple[_C, Vector[_C]]], list[Vector[_C]]]:
    """Gaussian elimination: each latent variable with the row that clears the others of it, and what is left."""
    pivots: list[tuple[_C, Vector[_C]]] = []
    left = list(rows)
    for variable in latent:
        pivot = next((row for row in left if variable in row), None)
        if pivot is not None:
            pivots.append((variable, pivot))
            left = [cleared(row, pivot, variable) for row in left if row is not pivot]
            left = [row for row in left if row]
    return pivots, left


def cleared(row: Vector[_C], pivot: Vector[_C], variable: _C) -> Vector[_C]:
    """`row * pivot[v] - pivot * row[v]`, coprime: fraction-free elimination of the variable `v` (Bareiss, 1968)."""
    if variable not in row:
        return row
    by, times = pivot[variable], row[variable]
    result = {key: value * by for key, value in row.items()}
    for key, value in pivot.items():
        result[key] = result.get(key, 0) - value * times
    return coprime({key: value for key, value in result.items() if value})


def reduced(rows: Iterable[Vector[_C]]) -> dict[_C, Vector[_C]]:
    """The rows in reduced echelon form, by the variable each alone has: a basis of elementary vectors.

    Gauss-Jordan elimination, O(m^2 n) for m rows and n variables.
    """
    basis: dict[_C, Vector[_C]] = {}
    for row in rows:
        left = row
        for variable, pivot in basis.items():
            left = cleared(left, pivot, variable)
        if left:
            own = next(iter(left))
            basis = {variable: cleared(other, left, own) for variable, other in basis.items()}
            basis[own] = left
    return basis


def elementary_vectors(
    rows: Iterable[Vector[_C]],
    one_sided: Mapping[_C, int] | None = None,
    most: int = MAX_VECTORS,
    pays: Callable[[float], bool] = lambda _: True,
) -> list[Vector[_C]]:
    """The elementary vectors of the space that the rows span, up to sign, as many as are enumerated.

    Variables that are `one_sided` can grow (1) or fall (-1) without end: a vector in which two of them
    pull opposite ways excludes nothing and is left out, as in Fourier-Motzkin elimination.

    Variables whose coefficients keep one proportion throughout are handled as one. From the rows of the
    echelon form on, or of many rows from those that are elementary, which are far shorter, two vectors
    that share a variable give another without it (relation elimination), each pair once, few variables
    first, until nothing new comes or enough is tested; a vector is
    elementary where the space has no smaller support within its own.
    """
    rows = list(rows)
    basis = list(reduced(rows).values())
    bundles = _bundles(basis)
    space = _Space([_led(row, bundles) for row in basis])
    first = space.rows
    if len(rows) > LARGE:
        first = [row for row in (_led(row, bundles) for row in rows) if space.is_elementary(frozenset(row))]
    found = _enumerated(first, space, one_sided or {}, most, pays)
    return [_unbundled(vector, bundles) for vector in found]


def _led(row: Vector[_C], bundles: Iterable[_C]) -> Vector[_C]:
    """A row with the first variable of each bundle alone."""
    return {lead: row[lead] for lead in bundles if lead in row}


def _enumerated(
    first: Sequence[Vector[_C]],
    space: _Space[_C],
    one_sided: Mapping[_C, int],
    most: int,
    pays: Callable[[float], bool],
) -> Iterable[Vector[_C]]:
    """The elementary vectors that relation elimination finds from some of them that span the space."""
    found = {frozenset(row): row for row in first}
    waiting = [(len(row), number, row) for number, row in enumerate(found.values())]
    heapify(waiting)
    tested: set[frozenset[_C]] = set(found)
    done: list[Vector[_C]] = []
    while waiting and len(found) < most and len(tested) < MAX_TESTS:
        _, _, one = heappop(waiting)
        for new in _eliminated(one, done):
            support = frozenset(new)
            if support in tested or _excludes_nothing(new, one_sided):
                continue
            tested.add(support)
            if not pays(len(space.rows) * TESTED):
                waiting.clear()
                break
            if space.is_elementary(support):
                found[support] = new
                heappush(waiting, (len(new), len(found), new))
        done.append(one)
    return found.values()


def _eliminated(one: Vector[_C], others: Iterable[Vector[_C]]) -> Iterator[Vector[_C]]:
    """What is left of a vector and each of the others without each variable that they share."""
    cleared_of = (cleared(one, other, each) for other in others for each in one if each in other)
    return filter(None, cleared_of)


def _excludes_nothing(vector: Vector[_C], one_sided: Mapping[_C, int]) -> bool:
    return (
        len({value * one_sided[variable] > 0 for variable, value in vector.items() if variable in one_sided})
        > 1
    )


def _bundles(basis: Sequence[Vector[_C]]) -> dict[_C, dict[_C, tuple[int, int]]]:
    """First variable of each bundle -> its variables, and their proportion to it as a fraction."""
    bundles: dict[_C, dict[_C, tuple[int, int]]] = {}
    leads: dict[tuple[tuple[int, int], ...], _C] = {}
    for variable in dict.fromkeys(variable for row in basis for variable in row):
        shape = [(number, row[variable]) for number, row in enumerate(basis) if variable in row]
        divisor = gcd(*(value for _, value in shape)) * (1 if shape[0][1] > 0 else -1)
        lead = leads.setdefault(tuple((number, value // divisor) for number, value in shape), variable)
        first = basis[shape[0][0]][lead]
        bundles.setdefault(lead, {})[variable] = (shape[0][1], first)
    return bundles


def _unbundled(vector: Vector[_C], bundles: dict[_C, dict[_C, tuple[int, int]]]) -> Vector[_C]:
    common = lcm(*(first for lead in vector for _, first in bundles[lead].values()))
    spread = {
        variable: value * times * common // first
        for lead, value in vector.items()
        for variable, (times, first) in bundles[lead].items()
    }
    return coprime(spread)


class _Space(Generic[_C]):
    """The space of rows in reduced echelon form: each has a variable that no other has.

    A vector of the space without that variable takes nothing of the row.
    """

    def __init__(self, rows: Sequence[Vector[_C]]) -> None:
        self.rows = rows
        uses = Counter(chain.from_iterable(rows))
        self.own = {variable: row for row in rows for variable in row if uses[variable] == 1}

    def is_elementary(self, support: frozenset[_C]) -> bool:
        """Whether no vector of the space has a smaller support within this one, which some vector has."""
        taken = {id(row): row for variable in support if (row := self.own.get(variable)) is not None}
        outside = dict.fromkeys(each for each in chain.from_iterable(taken.values()) if each not in support)
        return len(without(taken.values(), outside)) == 1

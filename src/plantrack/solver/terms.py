"""Polynomials as arrays: what they come to at a point, and their slopes there, each in a few steps of numpy.

    f_k(x) = sum_j c_kj prod(x),   df_k/dx_i = sum_j c_kj prod(x without one x_i)

In floats; a point takes `O(t d**2)` for `t` terms of at most `d` factors.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from plantrack.numbers.interval import to_float

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from plantrack.solver.propagation import Polynomial
    from plantrack.solver.variables import Variable

    Floats = NDArray[np.float64]


class Terms(NamedTuple):
    """The terms of `m` polynomials in `n` variables: in which each is, its number, its factors; factor `n` is one."""

    rows: NDArray[np.intp]
    numbers: Floats
    factors: NDArray[np.intp]
    shape: tuple[int, int]

    @classmethod
    def of(
        cls, polynomials: Sequence[Polynomial], variables: Sequence[Variable], fixed: Mapping[Variable, float]
    ) -> Terms:
        number = {variable: at for at, variable in enumerate(variables)}
        rows: list[int] = []
        numbers: list[float] = []
        factors: list[list[int]] = []
        for row, polynomial in enumerate(polynomials):
            for coefficient, monomial in polynomial.terms:
                rows.append(row)
                numbers.append(
                    to_float(coefficient) * math.prod(fixed[each] for each in monomial if each not in number)
                )
                factors.append([number[each] for each in monomial if each in number])
        most = max(map(len, factors), default=0)
        padded = [[*each, *[len(number)] * (most - len(each))] for each in factors]
        return cls(
            np.array(rows, np.intp),
            np.array(numbers, np.float64),
            np.array(padded, np.intp).reshape(len(rows), most),
            (len(polynomials), len(number)),
        )

    def at(self, values: Floats) -> tuple[Floats, Floats]:
        """What the polynomials come to at values `(n,)` of the variables `(m,)`, and their slopes there `(m, n)`."""
        factors = np.append(values, 1.0)[self.factors]
        amounts = np.zeros(self.shape[0])
        np.add.at(amounts, self.rows, self.numbers * factors.prod(axis=1))
        slopes = np.zeros((self.shape[0], self.shape[1] + 1))
        for place in range(factors.shape[1]):
            others = factors.copy()
            others[:, place] = 1.0
            np.add.at(slopes, (self.rows, self.factors[:, place]), self.numbers * others.prod(axis=1))
        return amounts, slopes[:, :-1]

"""A minimal infeasible subset (MUS, IIS) by deletion: elements without which the rest is no longer infeasible.

The deletion filter (Chinneck and Dravnieks, "Locating Minimal Infeasible Constraint Sets in Linear Programs",
ORSA J. Computing 3, 1991), in pieces that are halved, as in delta debugging (Zeller and Hildebrandt, IEEE
TSE 28, 2002). For `n` elements of which `k` stay it asks some `n` times in all, `k log(n)` where few stay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_C = TypeVar("_C")


def minimal_subset(
    elements: Sequence[_C], is_infeasible: Callable[[Sequence[_C]], bool], piece: int = 1
) -> list[_C]:
    """The elements left when as many as can be spared are taken out, the first ones first.

    Args:
        elements: an infeasible set.
        is_infeasible: whether some of them are infeasible without the rest; monotone, or the result may not
            be minimal.
        piece: how many are taken out together at first; halved until one at a time was tried.
    """
    kept, size = list(elements), max(1, piece)
    for halvings in range(size.bit_length()):
        at, together = 0, size >> halvings
        for _ in range(0, len(kept), together):
            rest = kept[:at] + kept[at + together :]
            if rest and is_infeasible(rest):
                kept = rest
            else:
                at += together
    return kept

"""What rules of plausibility look at, and what they share."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from plantrack.findings import Finding
from plantrack.language import Text, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from plantrack.audit.bounds import PrintedBound
    from plantrack.audit.constraint_system import ConstraintSystem
    from plantrack.audit.derived import Latent
    from plantrack.audit.targets import Target
    from plantrack.plan.model import Band
    from plantrack.solver.variables import Variable

YEAR_DIGITS = 4
_T = TypeVar("_T")


class Evidence(NamedTuple):
    system: ConstraintSystem
    latents: Sequence[Latent]
    targets: Sequence[Target]

    def values(self, variable: Variable, band: Band, **more: object) -> dict[str, object]:
        indicator = self.system.indicators[variable.indicator]
        more |= {"name": indicator.name, "unit": self.system.units[indicator.unit]}
        return more | {"least": band.low, "most": band.high, "why": Words(band.zh, band.en)}


def doubt(name: str, bound: PrintedBound, message: Text) -> Finding:
    return Finding.of(name, message, bound.figure.position, f"{bound.id}:{name}")


def odd_steps(values: Sequence[_T], is_odd: Callable[[_T, _T], bool]) -> Iterator[tuple[_T, _T, _T | None]]:
    """Each odd step; with a third value two odd steps that end if the value between them goes."""
    at = 0
    while at + 1 < len(values):
        one, two, *more = values[at : at + 3]
        at += 1
        if not is_odd(one, two):
            continue
        if more and is_odd(two, more[0]) and not is_odd(one, more[0]):
            yield one, two, more[0]
            at += 1
        else:
            yield one, two, None


def levels_of(evidence: Evidence) -> Iterator[PrintedBound]:
    for variable, bounds in evidence.system.bounds.items():
        yield from bounds if variable.kind == "level" else ()

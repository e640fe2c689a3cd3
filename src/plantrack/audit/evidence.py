"""What the rules of plausibility look at, and how what they find is reported."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from plantrack.findings import CODES, Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from plantrack.audit.bounds import PrintedBound
    from plantrack.audit.constraint_system import ConstraintSystem
    from plantrack.audit.derived import Latent
    from plantrack.audit.targets import Target
    from plantrack.language import Text
    from plantrack.plan.model import Band

YEAR_DIGITS = 4
PAIR = 2
_T = TypeVar("_T")


class Evidence(NamedTuple):
    """What the rules look at."""

    system: ConstraintSystem
    latents: Sequence[Latent]
    targets: Sequence[Target]
    bands: Mapping[tuple[str, str], Band]
    base_years: Mapping[str, int]

    def is_past(self, bound: PrintedBound, time: str) -> bool:
        """Whether a year is not later than the base of the bound's plan."""
        base = self.base_years.get(bound.figure.plan)
        return base is not None and int(time) <= base

    def band_of(self, indicator: str, place: str) -> Band | None:
        """The plan's own band for a quantity of its place, else the catalogue's."""
        known = self.system.indicators.get(indicator)
        return self.bands.get((indicator, place)) or (known.band if known is not None else None)


def finding_about(name: str, message: Text, bound: PrintedBound) -> Finding:
    """A finding of one figure, at the place where it stands."""
    code = CODES[name]
    return Finding(code, code.level, message, bound.figure.position, about=f"{bound.id}:{name}")


def odd_steps(values: Sequence[_T], is_odd: Callable[[_T, _T], bool]) -> Iterator[tuple[_T, ...]]:
    """Each odd step with its two values; with three, two odd steps that end if the value between them goes."""
    at = 0
    while at + 1 < len(values):
        step, two = tuple(values[at : at + 2]), tuple(values[at : at + 3])
        if not is_odd(*step):
            at += 1
        elif len(two) > PAIR and is_odd(*two[1:]) and not is_odd(two[0], two[2]):
            yield two
            at += 2
        else:
            yield step
            at += 1

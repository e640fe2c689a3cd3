"""The result of an audit."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from plantrack.results import Result

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    from plantrack.audit.coverage import Coverage
    from plantrack.audit.derived import Latent
    from plantrack.audit.meanings import Meaning
    from plantrack.audit.targets import Status, Target
    from plantrack.findings import Finding
    from plantrack.plan.figures import Figure
    from plantrack.plan.model import Indicator
    from plantrack.plan.places import KnownPlace
    from plantrack.plan.plan import Plan

    Run = Callable[..., Iterable[Any]]
    """`map`, or what does the same elsewhere: a function and iterables of its arguments; results in their order."""


def _no_meanings(_: Run) -> tuple[Meaning, ...]:
    return ()


@dataclass(frozen=True)
class Audit(Result):
    """What an audit of one or several plans found.

    `measured` are the indicators by name, a plan's own with its id in front.
    """

    plans: tuple[Plan, ...]
    figures: dict[str, Figure]
    measured: dict[str, Indicator]
    targets: tuple[Target, ...]
    findings: tuple[Finding, ...]
    latents: tuple[Latent, ...]
    coverage: Coverage
    standings: dict[str, Status]
    """Id of a target's leading figure -> what the whole audit knows of its row."""
    places: Mapping[str, KnownPlace]
    """Those of the catalogue and of the plans."""
    lines: Mapping[str, int] = field(default_factory=dict)
    """Id of a figure -> its line of the document, where that was read."""

    is_part: bool = False
    """Whether it is told beside audits of plans of other places."""

    spent: float = 0.0
    """How many times the usual work was allowed, where something was left undecided because that was done; else 0."""

    by_meaning: Callable[[Run], tuple[Meaning, ...]] = _no_meanings
    """What tells `meanings`, with who does it: it takes as long as the audit, and not everybody asks."""

    def __repr__(self) -> str:
        levels = Counter(each.level.value for each in self.findings if each.waived is None)
        found = ", ".join(f"{number} {level}(s)" for level, number in levels.items()) or "none"
        return (
            f"<Audit of {', '.join(each.id for each in self.plans)}: {len(self.figures)} figures,"
            f" {len(self.targets)} targets, findings: {found}>"
        )

    @property
    def meanings(self) -> tuple[Meaning, ...]:
        return self.by_meaning(map)

    def with_meanings(self, run: Run) -> Audit:
        """The same with its meanings, for which many plans' work is handed out."""
        found = self.by_meaning(run)
        return replace(self, by_meaning=lambda _: found)

    def status_of(self, target: Target) -> Status:
        return self.standings[target.figure.id]

    def findings_about(self, target: Target) -> list[Finding]:
        """The findings that concern a figure of the target's row, or one that would do in its place."""
        ids = {figure.id for figure in (*target.figures, *target.ahead)}
        return [
            finding
            for finding in self.findings
            if ids & {*finding.figures, *(finding.proof.replaceable if finding.proof else ())}
        ]

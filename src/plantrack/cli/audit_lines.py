"""`check -f jsonl`: a line for each plan as soon as it is audited, then what plans say only together."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from plantrack.cli import day
from plantrack.errors import PlantrackError
from plantrack.findings import worst_of
from plantrack.language import text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from plantrack.cli.many import Run
    from plantrack.findings import Level
    from plantrack.selection import Selection


class _Known(NamedTuple):
    """A sound plan and the places that it speaks of."""

    file: Path
    plan: str
    places: frozenset[str]


class AuditLines:
    """The lines of a run, and afterwards the gravest level found."""

    def __init__(self, run: Run, selection: Selection, effort: float, *, ascii_only: bool) -> None:
        self.run = run
        self.asked = {
            "today": day.latest_day(),
            "effort": effort,
            "codes": sorted(selection.codes),
            "ascii_only": ascii_only,
        }
        self.worst: Level | None = None
        self.known: list[_Known] = []

    def __iter__(self) -> Iterator[str]:
        yield from self._alone()
        yield from self._together()

    def _alone(self) -> Iterator[str]:
        from plantrack.batch import Work
        from plantrack.batch.checking import check_source

        files = {each.as_posix(): each for each in self.run.files}
        for file, made in self.run.over_files(text("plans audited:"), Work(check_source, self.asked)):
            self.worst = worst_of(self.worst, made.worst)
            if made.plan is not None:
                self.known.append(_Known(files[file], made.plan, made.places))
            yield made.line

    def _together(self) -> Iterator[str]:
        from plantrack.audit.blocks import families_of
        from plantrack.batch import Work
        from plantrack.batch.families import check_together

        families = [each for each in families_of([known.places for known in self.known]) if len(each) > 1]
        files = [[self.known[number].file for number in each] for each in families]
        for _, made in self.run.over_families(Work(check_together, self.asked), files):
            self.worst = worst_of(self.worst, made.worst)
            yield from made.lines

    def raise_failures(self) -> None:
        """Say what could not be audited, and which plans hide one another."""
        self.run.raise_failures()
        files: dict[str, Path] = {}
        for file, plan, _ in self.known:
            one = files.setdefault(plan, file)
            if one != file:
                said = text(
                    "{one} and {other} are both called {plan}: name one of them",
                    one=one,
                    other=file,
                    plan=plan,
                )
                raise PlantrackError(said)

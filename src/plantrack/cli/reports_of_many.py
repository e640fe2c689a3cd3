"""What `check` shows or writes of more plans than are held at a time: family by family."""

from __future__ import annotations

import heapq
import json
import pickle
from contextlib import ExitStack
from operator import itemgetter
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, NamedTuple

from plantrack.cli import day
from plantrack.cli.reader import SoundFile
from plantrack.findings import worst_of
from plantrack.formats.findings import IN_MEMORY, render_findings
from plantrack.language import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plantrack.batch.reporting import Key, Reported
    from plantrack.cli.many import Run
    from plantrack.findings import Finding, Level
    from plantrack.formats.findings.first_screen import FirstScreen
    from plantrack.selection import Selection


class _Runs:
    """Sorted runs of records in a file, merged as they are read."""

    def __init__(self, spool: IO[bytes]) -> None:
        self.spool = spool
        self.begun: list[tuple[int, int]] = []

    def add(self, records: list[tuple[Key, str]]) -> None:
        if records:
            self.begun.append((self.spool.tell(), len(records)))
        for each in records:
            pickle.dump(each, self.spool, pickle.HIGHEST_PROTOCOL)

    def __iter__(self) -> Iterator[str]:
        runs = (self._run(place, number) for place, number in self.begun)
        return (written for _, written in heapq.merge(*runs, key=itemgetter(0)))

    def _run(self, place: int, number: int) -> Iterator[tuple[Key, str]]:
        for _ in range(number):
            self.spool.seek(place)
            record: tuple[Key, str] = pickle.load(self.spool)  # noqa: S301 - written by this process
            place = self.spool.tell()
            yield record


class _Counted(NamedTuple):
    """What is counted in all families."""

    figures: int = 0
    checked: int = 0
    complete: bool = True

    def with_(self, more: Reported) -> _Counted:
        return _Counted(
            self.figures + more.figures, self.checked + more.checked, self.complete and more.complete
        )


class Families(NamedTuple):
    """Files of plans that speak of places in common, or of no sound plan; whether the former are several."""

    files: list[list[Path]]
    are_several: bool

    @classmethod
    def of(cls, run: Run) -> Families:
        """Those of the files of a run; a single file is not read for that."""
        from plantrack.audit.blocks import families_of
        from plantrack.batch import Work
        from plantrack.batch.exporting import place_source
        from plantrack.reading import require_one_file_each

        if len(run.files) == 1:
            return cls([[*run.files]], are_several=False)
        placed = list(run.over_files(text("plan files read:"), Work(place_source, {})))
        require_one_file_each(SoundFile(each.plan, file) for file, each in placed if each.plan)
        found = families_of([each.places for _, each in placed])
        files = [[Path(placed[number][0]) for number in numbers] for numbers in found]
        return cls(files, sum(bool(placed[first][1].plan) for first, *_ in found) > 1)


def first_screen(
    run: Run, selection: Selection, effort: float, *, show_waived: bool
) -> tuple[FirstScreen | None, list[Finding], Level | None]:
    """What `check` shows first of the plans of a run, the errors of its files, and the gravest level found."""
    from plantrack.batch import Work
    from plantrack.batch.reporting import screen_family
    from plantrack.formats.findings.first_screen import FirstScreen

    files, is_part = Families.of(run)
    asked = _asked(run, selection, effort, show_waived=show_waived) | {"is_part": is_part}
    screened = [each for _, each in run.over_families(Work(screen_family, asked), files)]
    screens = [(each.screen, each.keys) for each in screened if each.screen is not None]
    broken = [finding for each in screened for finding in each.broken]
    screen = FirstScreen.sum(screens) if screens else None
    return screen, broken, worst_of(*(each.worst for each in screened))


def _asked(run: Run, selection: Selection, effort: float, *, show_waived: bool) -> dict[str, object]:
    """What is asked of each family, in plain data."""
    return {
        "language": run.session.language,
        "today": day.latest_day(),
        "effort": effort,
        "codes": sorted(selection.codes),
        "show_waived": show_waived,
    }


class ReportOfMany:
    """The report of a run, in pieces, and afterwards the gravest level found."""

    def __init__(
        self,
        run: Run,
        selection: Selection,
        effort: float,
        form: str,
        *,
        ascii_only: bool,
        show_waived: bool,
    ) -> None:
        self.run, self.form, self.ascii_only = run, form, ascii_only
        self.asked = _asked(run, selection, effort, show_waived=show_waived)
        self.asked |= {"form": form, "ascii_only": ascii_only}
        self.worst: Level | None = None

    def __iter__(self) -> Iterator[str]:
        from plantrack.batch import Work
        from plantrack.batch.reporting import report_family

        counted, codes = _Counted(), frozenset[str]()
        files, is_part = Families.of(self.run)
        work = Work(report_family, self.asked | {"is_part": is_part})
        with ExitStack() as open_:
            spools: dict[str, _Runs] = {}
            for _, each in self.run.over_families(work, files):
                for name, records in each.records.items():
                    if name not in spools:
                        spools[name] = _Runs(open_.enter_context(SpooledTemporaryFile(IN_MEMORY)))
                    spools[name].add(records)
                counted, codes = counted.with_(each), codes | each.codes
                self.worst = worst_of(self.worst, each.worst)
            yield from self._written(spools, counted, codes)

    def _written(self, spools: dict[str, _Runs], counted: _Counted, codes: frozenset[str]) -> Iterator[str]:
        from plantrack.audit import Audit, Coverage
        from plantrack.formats.findings import Report
        from plantrack.formats.findings.sarif import report_of_results
        from plantrack.formats.json import dump, filled
        from plantrack.views.documents import check_document

        coverage = Coverage(counted.figures, counted.checked, counted.complete, (), ())
        audit = Audit((), {}, {}, (), (), (), coverage, {}, {})
        if self.form == "json":
            yield from filled(dump(check_document(audit, ()), ascii_only=self.ascii_only), spools)
            return
        report = Report(self.run.session.language, (), self.run.session.catalogue, audit=audit)
        if self.form != "sarif":
            yield render_findings(self.form, report)
            yield from spools.get("lines", ())
            return
        results = map(json.loads, spools.get("results", ()))
        yield from report_of_results(report._replace(ascii_only=self.ascii_only), codes, results)

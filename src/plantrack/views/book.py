"""All worksheets of a plan's workbook, in the order in which they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from plantrack import __version__
from plantrack.language import labelled, text
from plantrack.views.findings import findings_worksheet
from plantrack.views.plans import figures_worksheet
from plantrack.views.progress import actuals_worksheet, progress_worksheet
from plantrack.views.table import Table, words
from plantrack.views.targets import targets_worksheet
from plantrack.views.tasks import tasks_worksheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plantrack.audit import Audit
    from plantrack.paths import Path
    from plantrack.plan.actuals import Actual
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.plan import Plan
    from plantrack.track import Tracking


class Account(NamedTuple):
    """All that a workbook tells of one plan. Without actuals there is no tracking."""

    loaded: Plan
    audit: Audit
    paths: Sequence[Path]
    actuals: Sequence[Actual] = ()
    tracking: Tracking | None = None


WHAT_STANDS_WHERE = {
    text("Yearly tasks"): text("targets broken down by year; the pace, base and target may be changed"),
    text("Progress"): text("published values against the yearly tasks"),
    text("Actuals"): text("published values as given"),
    text("Targets"): text("base, target, what is printed of the way and what they imply"),
    text("Findings"): text("numbers that cannot all be right, and what each would have to read"),
    text("Figures"): text("every printed number with its place"),
}


def worksheets(account: Account, catalogue: Catalogue) -> list[Table]:
    """The worksheets: what it is, yearly tasks, progress, targets, findings, figures."""
    loaded, audit, tracking = account.loaded, account.audit, account.tracking
    tables = [tasks_worksheet(loaded, account.paths, catalogue)]
    if tracking is not None:
        tables.append(progress_worksheet(tracking, loaded, catalogue))
        tables.append(actuals_worksheet(account.actuals, loaded, catalogue))
    tables.append(targets_worksheet(audit, loaded, catalogue))
    tables.append(findings_worksheet(audit, loaded, catalogue))
    tables.append(figures_worksheet(loaded, catalogue))
    return [_cover(account, tables), *tables]


def _cover(account: Account, tables: Sequence[Table]) -> Table:
    """What the workbook is about and what stands where."""
    plan = account.loaded.model
    table = Table(text("About"), words("plan", plan.title.name), frozen=0)
    facts = (
        (text("place"), plan.place.name),
        (text("document number"), plan.document),
        (text("issued"), plan.issued),
        (text("years"), f"{plan.base}–{plan.target}"),
        (text("plan file"), account.loaded.file),
        (text("made by"), f"plantrack {__version__}"),
        (text("actuals as of"), str(account.tracking.year) if account.tracking is not None else None),
    )
    table.rows.extend(fact for fact in facts if fact[1] is not None)
    there = {table.title for table in tables}
    table.notes.extend(labelled(name, what) for name, what in WHAT_STANDS_WHERE.items() if name in there)
    return table

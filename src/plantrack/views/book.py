"""All worksheets of a plan's workbook, in the order in which they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from plantrack import __version__
from plantrack.language import Language, labelled, text
from plantrack.views.figures import figures_grid
from plantrack.views.findings_sheet import findings_grid
from plantrack.views.formulas import Cell, Grid
from plantrack.views.progress import actuals_grid, progress_grid
from plantrack.views.targets_grid import targets_grid
from plantrack.views.tasks import tasks_grid

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
    "Yearly tasks": text("targets broken down by year; the pace, base and target may be changed"),
    "Progress": text("published values against the yearly tasks"),
    "Actuals": text("published values as given"),
    "Targets": text("base, target, what is printed of the way and what they imply"),
    "Findings": text("numbers that cannot all be right, and what each would have to read"),
    "Figures": text("every printed number with its place"),
}


def plan_grids(account: Account, catalogue: Catalogue, language: Language) -> list[Grid]:
    """The worksheets: what it is, yearly tasks, progress, targets, findings, figures."""
    loaded = account.loaded
    grids = [tasks_grid(loaded, account.paths, catalogue, language)]
    if account.tracking is not None:
        grids.append(progress_grid(account.tracking, loaded, catalogue, language))
        grids.append(actuals_grid(account.actuals, loaded, catalogue, language))
    grids.append(targets_grid(account.audit, loaded, catalogue, language))
    grids.append(findings_grid(account.audit, loaded, language))
    grids.append(figures_grid(loaded, catalogue, language))
    return [_cover(account, [grid.name for grid in grids], language), *grids]


def _cover(account: Account, names: Sequence[str], language: Language) -> Grid:
    """What the workbook is about and what stands where."""
    plan = account.loaded.model
    title = plan.title.name.say(language)
    grid = Grid(text("About").say(language), (text("plan").say(language), title), frozen=0)
    facts = [
        (text("place"), plan.place.name),
        (text("document number"), plan.document),
        (text("issued"), plan.issued),
        (text("years"), f"{plan.base}–{plan.target}"),
        (text("plan file"), account.loaded.file),
        (text("made by"), f"plantrack {__version__}"),
    ]
    if account.tracking is not None:
        facts.append((text("actuals as of"), str(account.tracking.year)))
    for label, value in facts:
        if value is not None:
            said = value if isinstance(value, str) else value.say(language)
            grid.rows.append((Cell(label.say(language)), Cell(said)))
    meanings = {text(key).say(language): said for key, said in WHAT_STANDS_WHERE.items()}
    grid.notes.extend(labelled(name, meanings[name]).say(language) for name in names)
    return grid

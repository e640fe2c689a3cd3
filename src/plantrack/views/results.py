"""How each result of a public function is written: as a JSON document, in tidy tables, in tables as shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from plantrack.audit import Audit
from plantrack.compare import Matrix
from plantrack.findings import Finding
from plantrack.paths import Path, Paths
from plantrack.plan.figures import Figure
from plantrack.plan.plan import Plan, PlanFile
from plantrack.reading import load_catalogue
from plantrack.trace import Trace
from plantrack.track import Tracking
from plantrack.views import documents, tidy
from plantrack.views.compare import matrix_table, standings_table
from plantrack.views.findings import findings_table
from plantrack.views.paths import paths_table
from plantrack.views.plans import in_reading_order, overview_table
from plantrack.views.records import written
from plantrack.views.table import Column, Table
from plantrack.views.targets import targets_table
from plantrack.views.trace import trace_table
from plantrack.views.tracked import tracking_table
from plantrack.views.within_year import within_year_table
from plantrack.waivers import judged

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class View(NamedTuple):
    document: Callable[[Any], documents.Document]
    tidy: Mapping[str, Callable[[Any], tidy.Records]] = {}
    shown: Callable[[Any], list[Table]] = lambda _: []


def _findings(read: PlanFile) -> tuple[Finding, ...]:
    return judged(read, None)


def _audit_shown(audit: Audit) -> list[Table]:
    targets = [targets_table(audit, plan, load_catalogue()) for plan in audit.plans]
    return [*targets, findings_table(len(audit.plans), audit.findings)]


def _path_shown(path: Path) -> list[Table]:
    keys = ("year", "value", "low", "high", "printed")
    rows = ([row[key] for key in keys] for row in tidy.paths([path]).rows)
    shown = [tuple(f"{each:g}" if isinstance(each, float) else each for each in row) for row in rows]
    return [Table(repr(path), tuple(Column(key, is_number=True) for key in keys), shown)]


def _matrix_shown(matrix: Matrix) -> list[Table]:
    is_grid = len(matrix.indicators) > 1 and matrix.per is None
    return [(matrix_table if is_grid else standings_table)(matrix, load_catalogue())]


def _tracking_shown(tracking: Tracking) -> list[Table]:
    asked = tracking, tracking.loaded, load_catalogue()
    months = [within_year_table(*asked)] if any(row.within is not None for row in tracking.rows) else []
    return [tracking_table(*asked), *months]


VIEWS: dict[type, View] = {
    Figure: View(lambda figure: written(documents.figure_record(figure))),
    Finding: View(lambda finding: written(documents.finding_record(finding, None))),
    Plan: View(
        lambda plan: documents.show_document(plan, in_reading_order(plan.figures)),
        {"figures": lambda plan: tidy.figures([plan])},
        lambda plan: [overview_table(plan, load_catalogue())],
    ),
    PlanFile: View(
        lambda read: documents.validate_document(1, _findings(read)),
        {"findings": lambda read: tidy.findings(_findings(read), None, read.model and read.model.plan)},
        lambda read: [findings_table(1, _findings(read))],
    ),
    Audit: View(
        lambda audit: documents.check_document(audit, ()),
        {
            "targets": tidy.targets,
            "figures": lambda audit: tidy.figures(audit.plans),
            "findings": lambda audit: tidy.findings(audit.findings, audit),
            "implied": tidy.implied,
        },
        _audit_shown,
    ),
    Path: View(
        lambda path: written(documents.path_record(path)),
        {"paths": lambda path: tidy.paths([path])},
        _path_shown,
    ),
    Paths: View(
        lambda paths: documents.paths_document(paths.plan, paths, paths.implied),
        {"paths": tidy.paths},
        lambda paths: [paths_table(paths.plan, paths, load_catalogue())],
    ),
    Tracking: View(
        lambda tracking: documents.tracking_document(tracking, tracking.source),
        {"progress": tidy.progress, "within_year": tidy.within_year},
        _tracking_shown,
    ),
    Matrix: View(documents.matrix_document, {"standings": tidy.standings}, _matrix_shown),
    Trace: View(
        lambda trace: documents.trace_document([trace], ()),
        {
            "places": lambda trace: tidy.places([trace]),
            "findings": lambda trace: tidy.findings(trace.findings, None, trace.plan.plan),
        },
        lambda trace: [trace_table(trace), findings_table(1, trace.findings)],
    ),
}

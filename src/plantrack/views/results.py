"""How each result of a public function is written: as a JSON document, in tidy tables, in tables as shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from plantrack.audit import Audit
from plantrack.batch import judged
from plantrack.compare import Matrix
from plantrack.findings import Finding
from plantrack.paths import Path, Paths
from plantrack.plan.figures import Figure
from plantrack.plan.plan import Plan, PlanFile
from plantrack.reading import load_catalogue
from plantrack.trace import Trace
from plantrack.track import Tracking
from plantrack.views import tidy
from plantrack.views.compare import matrix_table, standings_table
from plantrack.views.documents import (
    check_document,
    figure_record,
    finding_record,
    matrix_document,
    path_record,
    paths_document,
    show_document,
    trace_document,
    tracking_document,
    validate_document,
)
from plantrack.views.findings import findings_table
from plantrack.views.paths import paths_table, tracking_table
from plantrack.views.plans import in_reading_order, overview_table
from plantrack.views.records import written
from plantrack.views.table import Column, Table
from plantrack.views.targets import targets_table
from plantrack.views.trace import trace_table

if TYPE_CHECKING:
    from collections.abc import Callable

    from plantrack.views.documents import Document
    from plantrack.views.table import Value

    Makers = dict[str, Callable[[], tidy.Records]]


class View(NamedTuple):
    """How one type of result is written: as JSON, in tidy tables (the first is the usual one), as shown."""

    document: Callable[[Any], Document]
    tidy: Callable[[Any], Makers] = lambda _: {}
    shown: Callable[[Any], list[Table]] = lambda _: []


def _audit_tables(audit: Audit) -> Makers:
    return {
        "targets": lambda: tidy.targets(audit),
        "figures": lambda: tidy.figures(audit.plans),
        "findings": lambda: tidy.findings(audit),
        "implied": lambda: tidy.implied(audit),
    }


def _audit_shown(audit: Audit) -> list[Table]:
    targets = [targets_table(audit, plan, load_catalogue()) for plan in audit.plans]
    return [*targets, findings_table(len(audit.plans), audit.findings)]


def _file_findings(read: PlanFile) -> tuple[Finding, ...]:
    return judged(read, None)


def _path_shown(path: Path) -> Table:
    columns = ("year", "value", "low", "high", "printed")
    rows: list[tuple[Value, ...]] = [
        tuple(_shown(row[key]) for key in columns) for row in tidy.paths([path]).rows
    ]
    return Table(repr(path), tuple(Column(key, is_number=True) for key in columns), rows)


def _shown(value: object) -> str:
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _matrix_shown(matrix: Matrix) -> Table:
    is_grid = len(matrix.indicators) > 1 and matrix.per is None
    return (matrix_table if is_grid else standings_table)(matrix, load_catalogue())


VIEWS: dict[type, View] = {
    Figure: View(lambda figure: written(figure_record(figure))),
    Finding: View(lambda finding: written(finding_record(finding, None))),
    Plan: View(
        lambda plan: show_document(plan, in_reading_order(plan.figures)),
        lambda plan: {"figures": lambda: tidy.figures([plan])},
        lambda plan: [overview_table(plan, load_catalogue())],
    ),
    PlanFile: View(
        lambda read: validate_document(1, _file_findings(read)),
        lambda read: {"findings": lambda: tidy.file_findings(_file_findings(read), read.model)},
        lambda read: [findings_table(1, _file_findings(read))],
    ),
    Audit: View(lambda audit: check_document(audit, ()), _audit_tables, _audit_shown),
    Path: View(
        lambda path: written(path_record(path)),
        lambda path: {"paths": lambda: tidy.paths([path])},
        lambda path: [_path_shown(path)],
    ),
    Paths: View(
        lambda paths: paths_document(paths.plan, paths, paths.implied),
        lambda paths: {"paths": lambda: tidy.paths(paths)},
        lambda paths: [paths_table(paths.plan, paths, load_catalogue())],
    ),
    Tracking: View(
        lambda tracking: tracking_document(tracking, tracking.source),
        lambda tracking: {"progress": lambda: tidy.progress(tracking)},
        lambda tracking: [tracking_table(tracking, tracking.loaded, load_catalogue())],
    ),
    Matrix: View(
        matrix_document,
        lambda matrix: {"standings": lambda: tidy.standings(matrix)},
        lambda matrix: [_matrix_shown(matrix)],
    ),
    Trace: View(
        lambda trace: trace_document([trace], ()),
        lambda trace: {
            "places": lambda: tidy.places(trace),
            "findings": lambda: tidy.file_findings(trace.findings, trace.plan),
        },
        lambda trace: [trace_table(trace), findings_table(1, trace.findings)],
    ),
}

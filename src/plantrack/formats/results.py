"""Results of the public functions as JSON documents, data frames and HTML for notebooks."""

from __future__ import annotations

from html import escape
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from plantrack.audit import Audit
from plantrack.batch import judged
from plantrack.compare import Matrix
from plantrack.day import latest_day
from plantrack.errors import PlantrackError
from plantrack.findings import Finding
from plantrack.formats.json import finite
from plantrack.formats.sheet import said_in
from plantrack.language import BLANKS, choose_language, listing, text, visible
from plantrack.paths import Path, Paths
from plantrack.plan.figures import Figure
from plantrack.plan.plan import Plan, PlanFile
from plantrack.reading import load_catalogue
from plantrack.trace import Trace
from plantrack.track import Tracking
from plantrack.views import tidy
from plantrack.views.columns import type_of
from plantrack.views.compare import matrix_table, standings_table
from plantrack.views.documents import (
    check_document,
    figure_object,
    finding_object,
    show_document,
    validate_document,
)
from plantrack.views.findings import findings_table
from plantrack.views.overview import overview_table
from plantrack.views.path_documents import matrix_document, path_object, paths_document, tracking_document
from plantrack.views.paths import paths_table
from plantrack.views.plans import in_reading_order
from plantrack.views.table import Column, Table
from plantrack.views.targets import targets_table
from plantrack.views.trace import trace_document, trace_table
from plantrack.views.track import tracking_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from plantrack.formats.sheet import Sheet
    from plantrack.results import Library
    from plantrack.views.documents import Document
    from plantrack.views.table import Value

    Makers = dict[str, Callable[[], tidy.Table]]


class View(NamedTuple):
    """How one type of result is written: as JSON, in tidy tables (the first is the usual one), as shown."""

    document: Callable[[Any], Document]
    tables: Callable[[Any], Makers] = lambda _: {}
    shown: Callable[[Any], list[Table]] = lambda _: []


def _audit_tables(audit: Audit) -> Makers:
    return {
        "targets": lambda: tidy.targets_table(audit),
        "figures": lambda: tidy.figures_table(audit.plans),
        "findings": lambda: tidy.findings_table(audit),
        "implied": lambda: tidy.implied_table(audit),
    }


def _audit_shown(audit: Audit) -> list[Table]:
    targets = [targets_table(audit, plan, load_catalogue()) for plan in audit.plans]
    return [*targets, findings_table(len(audit.plans), audit.findings)]


def _file_findings(read: PlanFile) -> tuple[Finding, ...]:
    return judged(read, latest_day())


def _path_shown(path: Path) -> Table:
    columns = ("year", "value", "low", "high", "printed")
    made = tidy.paths_table([path])
    rows: list[tuple[Value, ...]] = [tuple(_shown(row[key]) for key in columns) for row in made.rows]
    return Table(repr(path), tuple(Column(key, is_number=True) for key in columns), rows)


def _shown(value: object) -> str:
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _matrix_shown(matrix: Matrix) -> Table:
    is_grid = len(matrix.indicators) > 1 and matrix.per is None
    return (matrix_table if is_grid else standings_table)(matrix, load_catalogue())


VIEWS: dict[type, View] = {
    Figure: View(figure_object),
    Finding: View(lambda finding: finding_object(finding, None)),
    Plan: View(
        lambda plan: show_document(plan, in_reading_order(plan.figures)),
        lambda plan: {"figures": lambda: tidy.figures_table([plan])},
        lambda plan: [overview_table(plan, load_catalogue())],
    ),
    PlanFile: View(
        lambda read: validate_document(1, _file_findings(read)),
        lambda read: {"findings": lambda: tidy.file_findings_table(_file_findings(read), read.model)},
        lambda read: [findings_table(1, _file_findings(read))],
    ),
    Audit: View(lambda audit: check_document(audit, ()), _audit_tables, _audit_shown),
    Path: View(
        path_object,
        lambda path: {"paths": lambda: tidy.paths_table([path])},
        lambda path: [_path_shown(path)],
    ),
    Paths: View(
        lambda paths: paths_document(paths.plan, paths, paths.implied),
        lambda paths: {"paths": lambda: tidy.paths_table(paths)},
        lambda paths: [paths_table(paths.plan, paths, load_catalogue())],
    ),
    Tracking: View(
        lambda tracking: tracking_document(tracking, tracking.source),
        lambda tracking: {"progress": lambda: tidy.progress_table(tracking)},
        lambda tracking: [tracking_table(tracking, tracking.loaded, load_catalogue())],
    ),
    Matrix: View(
        matrix_document,
        lambda matrix: {"standings": lambda: tidy.standings_table(matrix)},
        lambda matrix: [_matrix_shown(matrix)],
    ),
    Trace: View(
        lambda trace: trace_document([trace], ()),
        lambda trace: {
            "places": lambda: tidy.places_table(trace),
            "findings": lambda: tidy.file_findings_table(trace.findings, trace.plan),
        },
        lambda trace: [trace_table(trace), findings_table(1, trace.findings)],
    ),
}


def document(result: object) -> Document:
    """What `-f json` writes of a result."""
    written: Document = finite(VIEWS[type(result)].document(result))
    return written


def frame(result: object, name: str | None, library: Library | None) -> Any:  # noqa: ANN401 - of either library
    """A table of a result as a data frame."""
    makers = VIEWS[type(result)].tables(result)
    wanted = next(iter(makers)) if name is None else name
    if wanted not in makers:
        raise PlantrackError(
            text('there is no table "{name}" here; there are: {names}', name=wanted, names=listing(*makers))
        )
    frames = _frames(library)
    table = makers[wanted]()
    data = {key: [row[key] for row in table.rows] for key in table.columns}
    types = {key: type_of(table.name, key) for key in table.columns}
    if frames.__name__ == "polars":
        return frames.DataFrame(data, schema=types)
    return frames.DataFrame(data, dtype=object).astype({key: _OF_PANDAS[each] for key, each in types.items()})


_OF_PANDAS = {int: "Int64", float: "Float64", bool: "boolean", str: "string"}
"""The types of pandas that know an empty cell."""


def _frames(library: Library | None) -> Any:  # noqa: ANN401 - a module
    for name in ("pandas", "polars") if library is None else (library,):
        try:
            return import_module(name)
        except ImportError:
            continue
    if library is not None:
        raise PlantrackError(text("{library} is not installed: pip install {library}", library=library))
    raise PlantrackError(
        text("a data frame needs pandas or polars: pip install pandas, or pip install polars")
    )


# -- notebooks -----------------------------------------------------------------------------------


def html(result: object) -> str:
    """The sheets of a result as HTML. All text may come from plan files, and is escaped."""
    language = choose_language("auto")
    sheets = (said_in(language, table) for table in VIEWS[type(result)].shown(result))
    return "\n".join(line for sheet in sheets for line in _html(sheet))


def _html(sheet: Sheet) -> Iterator[str]:
    yield f"<table><caption>{_text(sheet.title)}</caption>"
    yield f"<thead>{_row('th', [heading.title for heading in sheet.headings], sheet)}</thead><tbody>"
    for number, row in enumerate(sheet.rows):
        if number in sheet.groups:
            yield f'<tr><th colspan="{len(sheet.headings)}">{_text(sheet.groups[number])}</th></tr>'
        yield _row("td", row, sheet)
    yield "</tbody></table>"
    if sheet.notes:
        yield f"<ul>{''.join(f'<li>{_text(note)}</li>' for note in sheet.notes)}</ul>"


def _row(tag: str, cells: Sequence[str], sheet: Sheet) -> str:
    styles = (' style="text-align: right"' if heading.is_number else "" for heading in sheet.headings)
    made = (f"<{tag}{style}>{_text(cell)}</{tag}>" for cell, style in zip(cells, styles, strict=True))
    return f"<tr>{''.join(made)}</tr>"


def _text(said: str) -> str:
    return escape(visible(said, keep=BLANKS))

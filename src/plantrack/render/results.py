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
from plantrack.language import BLANKS, choose_language, listing, text, visible
from plantrack.paths import Path, Paths
from plantrack.plan.figures import Figure
from plantrack.plan.plan import Plan, PlanFile
from plantrack.reading import load_catalogue
from plantrack.render import tidy
from plantrack.render.columns import type_of
from plantrack.render.json import (
    check_document,
    figure_object,
    finding_object,
    finite,
    show_document,
    validate_document,
)
from plantrack.render.json_paths import matrix_document, path_object, paths_document, tracking_document
from plantrack.render.sheets.audit import targets_sheet
from plantrack.render.sheets.compare import matrix_sheet, standings_sheet
from plantrack.render.sheets.findings import findings_sheet
from plantrack.render.sheets.overview import overview_sheet
from plantrack.render.sheets.paths import paths_sheet
from plantrack.render.sheets.plans import in_reading_order
from plantrack.render.sheets.sheet import Heading, Sheet
from plantrack.render.sheets.trace import trace_sheet
from plantrack.render.sheets.track import tracking_sheet
from plantrack.render.trace import trace_document
from plantrack.trace import Trace
from plantrack.track import Tracking

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from plantrack.language import Language
    from plantrack.render.json import Document
    from plantrack.render.tidy import Table
    from plantrack.results import Library

    Makers = dict[str, Callable[[], Table]]


class View(NamedTuple):
    """How one type of result is written: as JSON, in tidy tables (the first is the usual one), in sheets."""

    document: Callable[[Any], Document]
    tables: Callable[[Any], Makers] = lambda _: {}
    sheets: Callable[[Any, Language], list[Sheet]] = lambda _, __: []


def _audit_tables(audit: Audit) -> Makers:
    return {
        "targets": lambda: tidy.targets_table(audit),
        "figures": lambda: tidy.figures_table(audit.plans),
        "findings": lambda: tidy.findings_table(audit),
        "implied": lambda: tidy.implied_table(audit),
    }


def _audit_sheets(audit: Audit, language: Language) -> list[Sheet]:
    targets = [targets_sheet(audit, plan, load_catalogue(), language) for plan in audit.plans]
    return [*targets, findings_sheet(len(audit.plans), audit.findings, language)]


def _file_findings(read: PlanFile) -> tuple[Finding, ...]:
    return judged(read, latest_day())


def _path_sheet(path: Path) -> Sheet:
    columns = ("year", "value", "low", "high", "printed")
    rows = [tuple(_shown(row[key]) for key in columns) for row in tidy.paths_table([path]).rows]
    return Sheet(repr(path), tuple(Heading(key, is_number=True) for key in columns), rows)


def _shown(value: object) -> str:
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _matrix_sheet(matrix: Matrix, language: Language) -> Sheet:
    is_grid = len(matrix.indicators) > 1 and matrix.per is None
    return (matrix_sheet if is_grid else standings_sheet)(matrix, load_catalogue(), language)


VIEWS: dict[type, View] = {
    Figure: View(figure_object),
    Finding: View(lambda finding: finding_object(finding, None)),
    Plan: View(
        lambda plan: show_document(plan, in_reading_order(plan.figures)),
        lambda plan: {"figures": lambda: tidy.figures_table([plan])},
        lambda plan, language: [overview_sheet(plan, load_catalogue(), language)],
    ),
    PlanFile: View(
        lambda read: validate_document(1, _file_findings(read)),
        lambda read: {"findings": lambda: tidy.file_findings_table(_file_findings(read), read.model)},
        lambda read, language: [findings_sheet(1, _file_findings(read), language)],
    ),
    Audit: View(lambda audit: check_document(audit, ()), _audit_tables, _audit_sheets),
    Path: View(
        path_object,
        lambda path: {"paths": lambda: tidy.paths_table([path])},
        lambda path, _: [_path_sheet(path)],
    ),
    Paths: View(
        lambda paths: paths_document(paths.plan, paths, paths.implied),
        lambda paths: {"paths": lambda: tidy.paths_table(paths)},
        lambda paths, language: [paths_sheet(paths.plan, paths, load_catalogue(), language)],
    ),
    Tracking: View(
        lambda tracking: tracking_document(tracking, tracking.source),
        lambda tracking: {"progress": lambda: tidy.progress_table(tracking)},
        lambda tracking, language: [tracking_sheet(tracking, tracking.loaded, load_catalogue(), language)],
    ),
    Matrix: View(
        matrix_document,
        lambda matrix: {"standings": lambda: tidy.standings_table(matrix)},
        lambda matrix, language: [_matrix_sheet(matrix, language)],
    ),
    Trace: View(
        lambda trace: trace_document([trace], ()),
        lambda trace: {
            "places": lambda: tidy.places_table(trace),
            "findings": lambda: tidy.file_findings_table(trace.findings, trace.plan),
        },
        lambda trace, language: [trace_sheet(trace, language), findings_sheet(1, trace.findings, language)],
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
    sheets = VIEWS[type(result)].sheets(result, choose_language("auto"))
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


def _row(tag: str, cells: list[str] | tuple[str, ...], sheet: Sheet) -> str:
    styles = (' style="text-align: right"' if heading.is_number else "" for heading in sheet.headings)
    made = (f"<{tag}{style}>{_text(cell)}</{tag}>" for cell, style in zip(cells, styles, strict=True))
    return f"<tr>{''.join(made)}</tr>"


def _text(said: str) -> str:
    return escape(visible(said, keep=BLANKS))

"""Results of the public functions as JSON documents, data frames and HTML for notebooks."""

from __future__ import annotations

from contextlib import suppress
from html import escape
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from plantrack.errors import PlantrackError
from plantrack.formats.json import finite
from plantrack.formats.sheet import said_in
from plantrack.language import BLANKS, choose_language, listing, text, visible
from plantrack.views.results import VIEWS
from plantrack.views.tidy import type_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plantrack.formats.sheet import Sheet
    from plantrack.results import Library
    from plantrack.views.documents import Document


def document(result: object) -> Document:
    return cast("Document", finite(VIEWS[type(result)].document(result)))


def frame(result: object, name: str | None, library: Library | None) -> Any:  # noqa: ANN401 - of either library
    makers = VIEWS[type(result)].tidy
    wanted = next(iter(makers)) if name is None else name
    if wanted not in makers:
        raise PlantrackError(
            text('there is no table "{name}" here; there are: {names}', name=wanted, names=listing(*makers))
        )
    frames = _frames(library)
    table = makers[wanted](result)
    data = {key: [row[key] for row in table.rows] for key in table.columns}
    types = {key: type_of(table.name, key) for key in table.columns}
    if frames.__name__ == "polars":
        return frames.DataFrame(data, schema=types)
    return frames.DataFrame(data, dtype=object).astype({key: _OF_PANDAS[each] for key, each in types.items()})


_OF_PANDAS = {int: "Int64", float: "Float64", bool: "boolean", str: "string"}
"""The types of pandas that know an empty cell."""


def _frames(library: Library | None) -> Any:  # noqa: ANN401 - a module
    for name in ("pandas", "polars") if library is None else (library,):
        with suppress(ImportError):
            return import_module(name)
    if library is not None:
        raise PlantrackError(text("{library} is not installed: pip install {library}", library=library))
    raise PlantrackError(
        text("a data frame needs pandas or polars: pip install pandas, or pip install polars")
    )


def html(result: object) -> str:
    """The tables of a result, for notebooks. All text may come from plan files, and is escaped."""
    tables, language = VIEWS[type(result)].shown(result), choose_language("auto")
    return "\n".join(line for table in tables for line in _html(said_in(language, table, _escaped)))


def _html(sheet: Sheet) -> Iterator[str]:
    yield f"<table><caption>{sheet.title}</caption>"
    yield f"<thead>{_row('th', sheet.headings, sheet)}</thead><tbody>"
    for number, row in enumerate(sheet.rows):
        if number in sheet.groups:
            yield f'<tr><th colspan="{len(sheet.headings)}">{sheet.groups[number]}</th></tr>'
        yield _row("td", row, sheet)
    yield "</tbody></table>"
    if sheet.notes:
        yield f"<ul>{''.join(f'<li>{note}</li>' for note in sheet.notes)}</ul>"


def _row(tag: str, cells: Sequence[str], sheet: Sheet) -> str:
    styles = (' style="text-align: right"' if is_number else "" for is_number in sheet.are_numbers)
    made = (f"<{tag}{style}>{cell}</{tag}>" for cell, style in zip(cells, styles, strict=True))
    return f"<tr>{''.join(made)}</tr>"


def _escaped(said: str) -> str:
    return escape(visible(said, keep=BLANKS))

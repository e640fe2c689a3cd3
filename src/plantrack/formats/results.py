"""Results of the public functions as JSON documents, data frames and HTML for notebooks."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from plantrack.errors import PlantrackError
from plantrack.formats.html import to_html
from plantrack.formats.json import finite
from plantrack.language import choose_language, listing, text
from plantrack.views.results import VIEWS
from plantrack.views.tidy import type_of

if TYPE_CHECKING:
    from plantrack.results import Library
    from plantrack.views.documents import Document


def document(result: object) -> Document:
    """What `-f json` writes of a result."""
    written: Document = finite(VIEWS[type(result)].document(result))
    return written


def frame(result: object, name: str | None, library: Library | None) -> Any:  # noqa: ANN401 - of either library
    """A table of a result as a data frame."""
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
        try:
            return import_module(name)
        except ImportError:
            continue
    if library is not None:
        raise PlantrackError(text("{library} is not installed: pip install {library}", library=library))
    raise PlantrackError(
        text("a data frame needs pandas or polars: pip install pandas, or pip install polars")
    )


def html(result: object) -> str:
    """The tables of a result, for notebooks."""
    language = choose_language("auto")
    return "\n".join(to_html(table, language) for table in VIEWS[type(result)].shown(result))

"""What all results have in common: they show themselves as JSON, as data frames and in notebooks.

How each is written stands in `plantrack.formats.results`. That module imports every result, so none of them
can import it; it is asked for by name when a result is shown.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, Literal

Library = Literal["pandas", "polars"]


def _writer() -> Any:  # noqa: ANN401 - a module that may not be imported here
    return import_module("plantrack.formats.results")


class Record:
    """A value that has a JSON form."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        document: dict[str, Any] = _writer().document(self)
        return document


class Result(Record):
    """What a public function returns."""

    __slots__ = ()

    def to_frame(self, table: str | None = None, *, library: Library | None = None) -> Any:  # noqa: ANN401 - either's
        """A tidy table as a data frame, its columns as docs/export.md tells them.

        Args:
            table: which of its tables; the first without it.
            library: `pandas` or `polars`; without it the one that is installed, pandas of both.

        Raises:
            plantrack.PlantrackError: where the library is not installed, or there is no such table.
        """
        return _writer().frame(self, table, library)

    def _repr_html_(self) -> str:
        """The tables that a terminal would show, for notebooks."""
        html: str = _writer().html(self)
        return html

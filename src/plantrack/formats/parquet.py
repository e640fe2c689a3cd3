"""Tidy tables as Parquet files, typed. The only pyarrow import, part of the extra `parquet`."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, BinaryIO

from plantrack.errors import PlantrackError
from plantrack.language import text
from plantrack.views.tidy import type_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from plantrack.views.tidy import Records

GROUP = 50_000
"""Rows that are kept until they are written as a group."""


def files(tables: Sequence[Records]) -> dict[str, bytes]:
    return {f"{table.name}.parquet": _content(table) for table in tables}


def _content(table: Records) -> bytes:
    stream = io.BytesIO()
    write(table.name, table.columns, [table], stream)
    return stream.getvalue()


def write(name: str, columns: Sequence[str], parts: Iterable[Records], stream: BinaryIO) -> None:
    """Write the table of that name, which comes in parts, group by group: it is never in memory whole.

    Raises:
        PlantrackError: where pyarrow is not installed.
    """
    arrow, parquet = _libraries()
    types = {str: arrow.string(), int: arrow.int64(), float: arrow.float64(), bool: arrow.bool_()}
    schema = arrow.schema([(column, types[type_of(name, column)]) for column in columns])
    with parquet.ParquetWriter(stream, schema, compression="zstd") as writer:
        rows = []
        for part in parts:
            rows += [{key: _characters(value) for key, value in row.items()} for row in part.rows]
            if len(rows) >= GROUP:
                writer.write_table(arrow.Table.from_pylist(rows, schema))
                rows = []
        writer.write_table(arrow.Table.from_pylist(rows, schema))


def _characters(value: object) -> object:
    """Text without half characters, as names of files may have that are not UTF-8: Parquet has none."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def _libraries() -> tuple[Any, Any]:
    try:
        import pyarrow as pa  # noqa: PLC0415 - part of an extra
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError:
        raise PlantrackError(
            text('to write .parquet files, install what it takes: pip install "plantrack[parquet]"')
        ) from None
    return pa, parquet

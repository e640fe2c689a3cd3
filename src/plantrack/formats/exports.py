"""Formats of `export` that are made of tidy tables. A new one is a module here with `files`, and a line in `FORMATS`.

`files(tables)` are the files of a folder by their names, text or bytes. Modules are imported when asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plantrack.views.tidy import Records


class Format(NamedTuple):
    """The suffix of a file that it can be written to alone, none for a folder only; whether a screen shows it."""

    suffix: str = ""
    is_text: bool = True
    with_mark: bool = False
    """Whether Excel needs a byte order mark."""
    of: tuple[str, ...] = ()
    """The tables that it is made of; of any where none is named."""


FORMATS = {
    "csv": Format(".csv", with_mark=True),
    "json": Format(".json"),
    "parquet": Format(".parquet", is_text=False),
    "datapackage": Format(),
    "iamc": Format(".csv", of=("paths",)),
    "opensdg": Format(of=("paths",)),
}
"""Every format by its name, which is that of its module; a suffix tells the first."""


def suffixes() -> dict[str, str]:
    return {each.suffix: name for name, each in reversed(FORMATS.items()) if each.suffix}


def files(name: str, tables: Sequence[Records]) -> dict[str, str | bytes]:
    """The files of a folder."""
    found: dict[str, str | bytes] = import_module(f"plantrack.formats.{name}").files(tables)
    return found


def whole(name: str, tables: Sequence[Records], *, ascii_only: bool) -> str | bytes:
    """One file: of JSON all tables, of any other the only one."""
    if name == "json":
        from plantrack.formats.json import records  # noqa: PLC0415 - help and completion know formats by name alone

        return records(tables, ascii_only=ascii_only)
    (content,) = files(name, tables).values()
    return content


def encoded(name: str, content: str | bytes) -> bytes:
    if isinstance(content, bytes):
        return content
    return content.encode("utf-8-sig" if FORMATS[name].with_mark else "utf-8")

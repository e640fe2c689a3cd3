"""JSON: documents of dictionaries and lists, and tables as lists of records."""

from __future__ import annotations

import json
import math
import re
from textwrap import indent
from typing import TYPE_CHECKING, Any

from plantrack import __version__
from plantrack.language import BLANKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from plantrack.views import tidy


def dump(document: dict[str, Any], *, ascii_only: bool) -> str:
    """The document as text; without non-ASCII characters where the stream cannot carry them.

    Characters that would steer a terminal are written as escapes, so that readers get them as they were; but half
    a character, as in names of files that are not UTF-8, becomes U+FFFD: most readers refuse its escape.
    """
    written = json.dumps(finite(document), ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    return escaped_where_needed(written, ascii_only=ascii_only)


def compact(document: dict[str, Any], *, ascii_only: bool) -> str:
    """The same on one line."""
    written = json.dumps(finite(document), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return escaped_where_needed(written, ascii_only=ascii_only) + "\n"


def filled(whole: str, lists: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """A document as `dump` writes it whose lists of those names are empty, with these records in them, one at a time.

    The records are written as `dump` writes them.
    """
    before, *places = re.split(rf'^( *)"({"|".join(lists) or "$"})": \[\]', whole, flags=re.MULTILINE)
    yield before
    for blanks, key, after in zip(*([iter(places)] * 3), strict=True):
        yield f'{blanks}"{key}": ['
        end = "]"
        for number, each in enumerate(lists[key]):
            written = "\n" + indent(each.rstrip("\n"), f"{blanks} ")
            yield f",{written}" if number else written
            end = f"\n{blanks}]"
        yield end + after


def escaped_where_needed(written: str, *, ascii_only: bool) -> str:
    return re.sub(_NOT_ASCII if ascii_only else _SELDOM, _escape, written)


_NOT_ASCII = r"[^\n -~]"
_SELDOM = r"[^\n -~\u3001-\u303f\u4e00-\u9fff\uff01-\uff5e]"
"""What may have to be escaped: all but ASCII, Chinese characters and their punctuation."""


def finite(value: Any) -> Any:  # noqa: ANN401 - whatever JSON can write
    """The same with `null` in place of numbers that JSON does not have: no end, or larger than any."""
    if isinstance(value, dict):
        return {key: finite(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [finite(each) for each in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _escape(match: re.Match[str]) -> str:
    sign = "\ufffd" if "\ud800" <= match[0] <= "\udfff" else match[0]
    is_kept = match.re.pattern == _SELDOM and (sign.isprintable() or sign in BLANKS)
    return sign if is_kept else json.dumps(sign)[1:-1]


def files(tables: Sequence[tidy.Records]) -> dict[str, str]:
    return {f"{table.name}.json": records([table], ascii_only=False) for table in tables}


def records(tables: Iterable[tidy.Records], *, ascii_only: bool) -> str:
    """`export -f json`: each table as a list of records."""
    document = {"plantrack": __version__} | {table.name: table.rows for table in tables}
    return dump(document, ascii_only=ascii_only)

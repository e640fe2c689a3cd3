"""Results as bytes: between processes, and in the cache."""

from __future__ import annotations

import io
import pickle
import zlib
from importlib import import_module
from typing import Any

MODULES = frozenset(
    f"plantrack.{name}"
    for name in (
        "findings",
        "language",
        "batch.sources",
        "batch.checking",
        "batch.families",
        "batch.exporting",
        "batch.reporting",
        "formats.findings.first_screen",
        "formats.findings.tally",
        "views.known",
    )
) | {"fractions"}
"""Where the types of results are from."""


def packed(result: object) -> bytes:
    return zlib.compress(pickle.dumps(result, pickle.HIGHEST_PROTOCOL), 1)


def unpacked(content: bytes) -> Any:  # noqa: ANN401 - whatever was packed
    """The result.

    Raises:
        Exception: of whatever kind, where the content is not what `packed` made.
    """
    return _Reader(io.BytesIO(zlib.decompress(content))).load()


class _Reader(pickle.Unpickler):
    """Makes values of known types and nothing else: nothing that stands in a cache is run."""

    def find_class(self, module: str, name: str) -> type:
        found = getattr(import_module(module), name, None) if module in MODULES else None
        if not isinstance(found, type):
            raise pickle.UnpicklingError(f"{module}.{name}")
        return found

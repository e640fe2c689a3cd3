"""Output files: written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from plantrack.errors import PlantrackError
from plantrack.language import listing, text

if TYPE_CHECKING:
    from collections.abc import Mapping

SUFFIXES = {".json": "json", ".csv": "csv", ".md": "markdown", ".xlsx": "xlsx"}


def format_of(output: Path, suffixes: Mapping[str, str] = SUFFIXES) -> str:
    """The format that the file's suffix tells.

    Raises:
        PlantrackError: for any other suffix.
    """
    if output.suffix.lower() not in suffixes:
        raise PlantrackError(
            text(
                "{file}: the suffix tells the format; write one of {known}",
                file=output,
                known=listing(*suffixes),
            )
        )
    return suffixes[output.suffix.lower()]


def write_whole(output: Path, content: str, *, with_mark: bool) -> None:
    """Write text as UTF-8, `with_mark` with the byte order mark that Excel needs for Chinese.

    Raises:
        PlantrackError: where the folder cannot be written to.
    """
    write_bytes(output, content.encode("utf-8-sig" if with_mark else "utf-8"))


def write_bytes(output: Path, content: bytes) -> None:
    """Write to a temporary file beside `output` and rename it; an older one is replaced.

    Raises:
        PlantrackError: where the folder cannot be written to.
    """
    try:
        handle, name = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
            temporary.chmod(0o666 & ~_umask())
            temporary.replace(output)
        except BaseException:
            temporary.unlink()
            raise
    except OSError as error:
        raise PlantrackError(
            text("{file} cannot be written: {reason}", file=output, reason=error.strerror)
        ) from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

"""Output files: written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from plantrack.errors import PlantrackError, reason_of
from plantrack.interrupts import held_back
from plantrack.language import listing, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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
    """Replace the file that `output` is or points at; a pipe or device is written to as it is.

    Raises:
        PlantrackError: where it cannot be written.
    """
    try:
        if output.exists() and not output.is_file():
            with suppress(BrokenPipeError), output.open("wb") as stream:  # its readers may leave
                stream.write(content)
        else:
            with held_back("SIGINT", "SIGTERM", "SIGHUP"):  # nothing is left half done
                _replace(Path(os.path.realpath(output)), content)
    except OSError as error:
        raise PlantrackError(
            text("{file} cannot be written: {reason}", file=output, reason=reason_of(error))
        ) from None


def _replace(target: Path, content: bytes) -> None:
    """Write to a temporary file beside `target` and rename it."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(target)
    except BaseException:
        temporary.unlink()
        raise


def require_spared(inputs: Iterable[Path | str | None], outputs: Iterable[Path | None]) -> None:
    """Refuse to write over what is read.

    Raises:
        PlantrackError: naming the file.
    """
    read = {os.path.realpath(each) for each in inputs if each is not None}
    for output in outputs:
        if output is not None and os.path.realpath(output) in read:
            raise PlantrackError(
                text("{file} is read here and would be written over: write to another file", file=output)
            )


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

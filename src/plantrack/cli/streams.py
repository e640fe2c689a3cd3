"""The standard streams as the caller left them: closed, without readers, in another encoding."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plantrack.cli.legible import LEGIBLY, nothing_lost_yet

if TYPE_CHECKING:
    from typing import TextIO


class _Pipe(io.FileIO):
    """A file that takes everything, also when nobody reads on: what was found is still to be told."""

    def write(self, content: Any, /) -> int:  # noqa: ANN401 - whatever has bytes
        try:
            return super().write(content) or 0
        except BrokenPipeError:
            return len(content)


def open_streams() -> None:
    """Make stdout and stderr take whatever is written to them."""
    nothing_lost_yet()
    sys.stdout, sys.stderr = (_opened(stream) for stream in (sys.stdout, sys.stderr))


def _opened(stream: TextIO | None) -> TextIO:
    """The stream; one to nowhere where the caller closed it."""
    if stream is None:
        return Path(os.devnull).open("w", encoding="utf-8")
    newline = "\n" if os.name == "posix" else None
    if isinstance(stream, io.TextIOWrapper):
        buffer = stream.buffer
        if type(getattr(buffer, "raw", buffer)) is io.FileIO and not stream.isatty():
            stream.flush()
            pipe = io.BufferedWriter(_Pipe(stream.fileno(), "wb", closefd=False))
            return io.TextIOWrapper(pipe, stream.encoding, LEGIBLY, newline)
        stream.reconfigure(errors=LEGIBLY, newline=newline)
    return stream

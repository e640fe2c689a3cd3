"""The standard streams: as the caller left them, and as what leaves through them is made safe.

A stream that cannot be written to is told once; after that it takes everything, so that nothing fails a second time.
"""

from __future__ import annotations

import errno
import io
import os
import select
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import typer

from plantrack.cli.legible import LEGIBLY, nothing_lost_yet
from plantrack.errors import PlantrackError, reason_of
from plantrack.language import BLANKS, Text, text, visible, without_commands

if TYPE_CHECKING:
    from typing import TextIO


STDOUT, STDERR = text("stdout"), text("stderr")
_NO_READER = {errno.EPIPE, errno.ECONNRESET, errno.ESHUTDOWN, *([errno.EINVAL] if os.name == "nt" else ())}
"""Nobody reads on: no mistake, and the exit code still tells what was found. Windows calls that an invalid argument."""


class Output(io.FileIO):
    """A file that is written to until it refuses; where only its readers have left, it takes everything."""

    def __init__(self, name: Text, descriptor: int | None) -> None:
        self.title, self.is_closed, self.is_given_up = name, descriptor is None, False
        # where the caller closed it, its number must be taken, or the next file opened would have it
        taken = os.open(os.devnull, os.O_WRONLY) if descriptor is None else descriptor
        super().__init__(taken, "wb", closefd=False)

    def write(self, content: Any, /) -> int:  # noqa: ANN401 - whatever has bytes
        if self.is_given_up:
            return len(content)
        try:
            return self._written(content)
        except OSError as error:
            self.is_given_up = True
            if error.errno in _NO_READER:
                return len(content)
            reason = text("it is closed") if self.is_closed else reason_of(error)
            raise PlantrackError(
                text("{stream} cannot be written to: {reason}", stream=self.title, reason=reason)
            ) from None

    def _written(self, content: Any) -> int:  # noqa: ANN401 - whatever has bytes
        """How many bytes were written, of a stream that does not wait once there is room again."""
        if self.is_closed:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        while (number := super().write(content)) is None:
            select.select([], [self], [])
        return number


def open_streams() -> None:
    """Make stdout and stderr take whatever is written to them, or say why they do not."""
    nothing_lost_yet()
    sys.stdout, sys.stderr = _opened(sys.stdout, STDOUT), _opened(sys.stderr, STDERR)


def _opened(stream: TextIO | None, name: Text) -> TextIO:
    """The stream; one that tells that it is closed where the caller closed it."""
    if stream is None:
        return io.TextIOWrapper(io.BufferedWriter(Output(name, None)), "utf-8", "replace")
    newline = "\n" if os.name == "posix" else None
    if isinstance(stream, io.TextIOWrapper):
        buffer = stream.buffer
        if type(getattr(buffer, "raw", buffer)) is io.FileIO:
            stream.flush()
            output = io.BufferedWriter(Output(name, stream.fileno()))
            return io.TextIOWrapper(output, stream.encoding, LEGIBLY, newline, stream.line_buffering)
        stream.reconfigure(errors=LEGIBLY, newline=newline)
    return stream


# -- what leaves through them --------------------------------------------------------------------


def tell(line: str, *, err: bool = False) -> None:
    """Write one line. Whatever names, files and libraries put into it, it steers nothing and stays one."""
    typer.echo(without_commands(visible(line, keep=BLANKS)), err=err)


def tell_failure(line: str) -> None:
    """Say why the call ends, where that can still be said."""
    with suppress(OSError, PlantrackError):
        tell(line, err=True)


def flush_streams() -> None:
    """Write what is held back; an error where a stream refuses it."""
    sys.stdout.flush()
    sys.stderr.flush()

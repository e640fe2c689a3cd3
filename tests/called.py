"""A command called in this process: its exit code and what it wrote to standard output."""

import contextlib
import io
from typing import NamedTuple

from plantrack.cli import run


class Called(NamedTuple):
    """How a call ended."""

    code: int
    output: str


def called(*arguments: str) -> Called:
    written = io.StringIO()
    with contextlib.redirect_stdout(written):
        code = run(arguments)
    return Called(code, written.getvalue())

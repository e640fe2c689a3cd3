"""What is wrong with a file, before the file's name is known to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from plantrack.findings import CODES, Code

if TYPE_CHECKING:
    from plantrack.language import Text

Spot = tuple[int, int]
"""Line and column, from 1."""


class Problem(NamedTuple):
    """A finding about a file. `about` tells what it is about, where that is a figure or a key."""

    code: Code
    spot: Spot
    message: Text
    about: str = ""


def problem(name: str, spot: Spot, message: Text, about: str = "") -> Problem:
    return Problem(CODES[name], spot, message, about)

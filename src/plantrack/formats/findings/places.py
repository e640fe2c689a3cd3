"""Where findings stand, as machines name it: paths from the root of the repository, and lines."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from plantrack.language import visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plantrack.findings import Position


def uri_path(file: str) -> str:
    """The path from the root of the repository with `/`, or the whole path for a file outside of it.

    The repository is that of the current folder, or else that of the file.
    """
    path, here = Path(file).resolve(), Path.cwd()
    root = _repository(here) or _repository(path.parent) or here.resolve()
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


@cache
def _repository(folder: Path) -> Path | None:
    """The nearest folder upwards that holds a repository."""
    folder = folder.resolve()
    return next((each for each in (folder, *folder.parents) if (each / ".git").exists()), None)


class Lines:
    """The lines of files, read when they are shown; `given` are those that are no files."""

    def __init__(self, given: Mapping[str, bytes]) -> None:
        self._lines = {file: _split(content) for file, content in given.items()}

    def at(self, position: Position) -> str | None:
        """The line at a position; `None` where it cannot be read any more."""
        if position.file not in self._lines:
            self._lines[position.file] = _read(position.file)
        lines = self._lines[position.file]
        return lines[position.line - 1] if position.line <= len(lines) else None


def _read(file: str) -> list[str]:
    path = Path(file)
    try:
        return _split(path.read_bytes()) if path.is_file() and path.stat().st_size < MAX_SIZE else []
    except OSError:
        return []


MAX_SIZE = 8_000_000
"""Of a larger file no line is shown."""


def _split(content: bytes) -> list[str]:
    """Lines with a visible sign for each that is none; columns stay what they were."""
    written = _decoded(content)
    return [visible(line.removesuffix("\r")) for line in written.split("\n")]


def _decoded(content: bytes) -> str:
    """The text, also of a file whose encoding is what is wrong with it."""
    encodings = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("utf-8-sig", "replace")

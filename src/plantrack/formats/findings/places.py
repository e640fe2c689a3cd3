"""Where findings stand, as machines name it: paths from the root of the repository, and lines."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from plantrack.language import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from plantrack.findings import Finding, Position


_KEYS = ("figures", "laws", "moments", "unmeasured", "waivers")
"""What is about one of them is about a key in the plan file, not about a figure."""
_VALUE = re.compile(r"[^,}\]]*")
"""From the place of a finding to where its value, or its entry, ends."""
MAX_HELD = 32
"""Files whose lines are held at a time."""
MAX_SIZE = 8_000_000
"""Of a larger file no line is shown."""


def uri_path(file: str) -> str:
    """The path from the repository of the current folder, or else of the file; of others the whole path, with `/`."""
    path, here = Path(file).resolve(), Path.cwd().resolve()
    root = _repository(here) or _repository(path.parent) or here
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


@cache
def _repository(folder: Path) -> Path | None:
    return next((each for each in (folder, *folder.parents) if (each / ".git").exists()), None)


class Lines:
    """The lines of files, read when they are shown; `given` are those that are no files."""

    def __init__(self, given: Mapping[str, bytes]) -> None:
        self._given = {file: _split(content) for file, content in given.items()}
        self._lines: dict[str, list[str]] = {}

    def at(self, position: Position) -> str | None:
        """The line at a position; `None` where it cannot be read any more."""
        lines = self._given.get(position.file) or self._read(position.file)
        return lines[position.line - 1] if position.line <= len(lines) else None

    def _read(self, file: str) -> list[str]:
        """The lines of a file; those of a few are held, for findings come file by file."""
        if file not in self._lines:
            if len(self._lines) >= MAX_HELD:
                del self._lines[next(iter(self._lines))]
            self._lines[file] = _read(Path(file))
        return self._lines[file]


def _read(path: Path) -> list[str]:
    with suppress(OSError):
        if path.is_file() and path.stat().st_size < MAX_SIZE:
            return _split(path.read_bytes())
    return []


def _split(content: bytes) -> list[str]:
    """Lines with a visible sign for each that is none; columns stay what they were."""
    return [visible(line.removesuffix("\r")) for line in _decoded(content).split("\n")]


def _decoded(content: bytes) -> str:
    """The text, also of a file whose encoding is what is wrong with it."""
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if is_wide else ("utf-8-sig", "gb18030"):
        with suppress(UnicodeDecodeError):
            return content.decode(encoding)
    return content.decode("utf-8-sig", "replace")


def with_fingerprints(findings: Iterable[Finding], lines: Lines) -> Iterator[tuple[Finding, str]]:
    """Each finding and what it is known by in later runs, wherever it then stands; those alike are numbered."""
    seen: Counter[str] = Counter()
    for finding in findings:
        fingerprint = _fingerprint(finding, lines)
        seen[fingerprint] += 1
        yield finding, f"{fingerprint}:{seen[fingerprint]}"


def _fingerprint(finding: Finding, lines: Lines) -> str:
    """Of the file, the code, what the finding is about, wherever that stands, and what it says.

    What is about no figure or key, or about an entry of a list, which has only a number, is told by its line.
    """
    steps = finding.about.split("/")
    is_key = len(steps) > 1 and steps[1] in _KEYS
    kept = [step for step in steps if not (is_key and step.isdecimal())]
    line = lines.at(finding.position) or ""
    said = _VALUE.match(line, finding.position.column - 1)
    parts = [uri_path(finding.position.file), finding.code.code, "/".join(kept), said[0] if said else ""]
    if len(kept) < len(steps) or not finding.about:
        parts.append(line.strip())
    return hashlib.sha256("\n".join(parts).encode(errors="surrogatepass")).hexdigest()[:16]

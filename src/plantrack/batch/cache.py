"""What was made of a content, kept for the next run.

In the user's folder for caches, where data folders stay as they are, may be read-only, and copies of one file share
what was found; `PLANTRACK_CACHE` names another. The key is the content and name of the file, what was asked, and all
of plantrack's own files: another version finds nothing. To read these takes longer than to read a plan, so that their
fingerprint is kept, too, under their sizes and times. Entries are written whole or not at all; a damaged one counts as
none, and what cannot be written is not kept.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from functools import cache, cached_property
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from plantrack.batch.sources import Family, Source

MAX_BYTES = 500_000_000
"""Of all entries, some fifty thousand plans; the longest unused ones are removed."""
DAY = 86_400
"""Seconds."""
CHECKED = 16
"""Bytes of an entry that its others are checked by."""
LIBRARIES = {"numpy": "numpy", "pydantic": "pydantic", "yaml": "pyyaml"}
"""What is imported, by the name of its distribution."""
PACKAGE = Path(__file__).resolve().parent.parent


class Cache:
    """Entries in a folder.

    Raises:
        OSError: where it cannot be told who answers, or what the user's folder is.
    """

    def __init__(self, folder: Path | None = None, most: int = MAX_BYTES) -> None:
        self.folder, self.most, self._state = folder or usual_folder(), most, _state_of_all()
        self.grown, self.now = 0, 0.0

    def get(self, key: str) -> bytes | None:
        """What was kept under the key, whole; `None` for nothing."""
        path = self._path(key)
        try:
            content = path.read_bytes()
            os.utime(path)
        except OSError:
            return None
        kept = content[CHECKED:]
        return kept if content[:CHECKED] == _digest(kept) else None

    def put(self, key: str, kept: bytes) -> None:
        path = self._path(key)
        temporary = path.with_suffix(f".{os.getpid()}")
        try:
            self._prepare(path.parent)
            temporary.write_bytes(_digest(kept) + kept)
            temporary.replace(path)
            self.grown, self.now = self.grown + len(kept), path.stat().st_mtime
        except OSError:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)

    def key(self, asked: tuple[object, ...], source: Source | Family) -> str:
        """Of a source, what is asked of it, and who answers."""
        parts = (self._fingerprint, repr(asked).encode(), source.file.encode(errors="surrogateescape"))
        return _digest(b"\0".join([*parts, source.content or b""]), 20).hex()

    @cached_property
    def _fingerprint(self) -> bytes:
        """The fingerprint, read again only where a file of plantrack or of a library is another."""
        if (kept := self.get(self._state)) is not None:
            return kept
        found = fingerprint().encode()
        if _state_of_all.__wrapped__() == self._state:  # nobody changed a file while they were read
            self.put(self._state, found)
        return found

    def end(self) -> None:
        """Remove the entries that were not used for the longest time, where there are too many.

        To look takes longer than to read a few plans: it is done where much came in, and once a day.
        """
        if not self.grown:
            return
        tag = self.folder / TAG_NAME
        with suppress(OSError):
            if not tag.exists():
                tag.write_text(TAG, encoding="utf-8")
            elif self.grown < self.most / 100 and self.now - tag.stat().st_mtime < DAY:
                return
            os.utime(tag)
            found = sorted(map(_age_and_size, self.folder.glob("??/*")), reverse=True)
            total = 0
            for _, size, path in found:
                total += size
                if total > self.most:
                    Path(path).unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key[2:]

    def _prepare(self, folder: Path) -> None:
        """Make the folder; tools for versions and for backups leave it out."""
        if folder.is_dir():
            return
        folder.mkdir(parents=True, exist_ok=True)
        (self.folder / ".gitignore").write_text("*\n", encoding="utf-8")
        (self.folder / TAG_NAME).write_text(TAG, encoding="utf-8")


TAG_NAME = "CACHEDIR.TAG"
TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# Made by plantrack; may be deleted at any time.\n"
"""https://bford.info/cachedir/"""


def _age_and_size(path: Path) -> tuple[float, int, str]:
    found = path.stat()
    return found.st_mtime, found.st_size, str(path)


def usual_folder(environ: Mapping[str, str] | None = None, system: str = sys.platform) -> Path:
    """Where the system keeps the caches of a user.

    Raises:
        OSError: where the user has no folder.
    """
    environ = os.environ if environ is None else environ
    if named := environ.get("PLANTRACK_CACHE"):
        return Path(named)
    named = {"win32": environ.get("LOCALAPPDATA"), "darwin": None}.get(system, environ.get("XDG_CACHE_HOME"))
    inside = {"win32": "AppData/Local", "darwin": "Library/Caches"}.get(system, ".cache")
    try:
        return Path(named or Path.home() / inside) / "plantrack"
    except RuntimeError as error:
        raise FileNotFoundError(str(error)) from None


# -- who answers -----------------------------------------------------------------------------------


@cache
def fingerprint() -> str:
    """Of all that results depend on beside their input: the package's own files, Python and libraries."""
    found = blake2b(digest_size=CHECKED)
    for path in sorted(_own_files()):
        found.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0" + path.read_bytes())
    found.update(repr([sys.version, *map(_version, LIBRARIES.values())]).encode())
    return found.hexdigest()


def _own_files() -> Iterator[Path]:
    for folder, inside, names in os.walk(PACKAGE):
        if "plans" in inside and folder == str(PACKAGE):
            inside.remove("plans")
        yield from (
            Path(folder, name) for name in names if name.endswith((".py", ".yaml", ".tsv")) and name[0] != "."
        )


def _files_of_results() -> Iterator[Path]:
    """The files that tell whether the fingerprint is another."""
    yield from _own_files()
    yield from (Path(found.origin) for each in LIBRARIES if (found := find_spec(each)) and found.origin)
    if sys.executable:
        yield Path(sys.executable)


@cache
def _state_of_all() -> str:
    """Of the files as they were when this process first asked: what it has loaded does not change with them."""
    return _digest(repr(sorted(map(_state, _files_of_results()))).encode(), 20).hex()


def _state(path: Path) -> tuple[object, ...]:
    """What changes with a file: where wheels give all files one time, the system's own time of the change does."""
    found = path.stat()
    return str(path), found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def _version(library: str) -> str:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - slow, and seldom needed

    try:
        return version(library)
    except PackageNotFoundError:
        return ""


def _digest(content: bytes, size: int = CHECKED) -> bytes:
    return blake2b(content, digest_size=size).digest()

"""What was made of a content, kept for the next run.

In the user's folder for caches, where data folders stay as they are, may be read-only, and copies of one file share
what was found; `PLANTRACK_CACHE` names another. The key is the content and name of the file, what was asked, and all
of plantrack's own files: another version finds nothing. Entries are written whole or not at all; a damaged one counts
as none, and what cannot be written is not kept.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plantrack.batch.sources import Family, Source

MAX_BYTES = 500_000_000
"""Of all entries, some fifty thousand plans; the longest unused ones are removed."""
CHECKED = 16
"""Bytes of an entry that its others are checked by."""
LIBRARIES = ("numpy", "pydantic", "pyyaml")
PACKAGE = Path(__file__).resolve().parent.parent


class Cache:
    def __init__(self, folder: Path | None = None, most: int = MAX_BYTES) -> None:
        self.folder, self.most = folder or usual_folder(), most
        self.has_grown = False

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
        with suppress(OSError):
            self._prepare(path.parent)
            temporary.write_bytes(_digest(kept) + kept)
            temporary.replace(path)
            self.has_grown = True

    def end(self) -> None:
        """Remove the entries that were not used for the longest time, where there are too many."""
        if not self.has_grown:
            return
        with suppress(OSError):
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
        (self.folder / "CACHEDIR.TAG").write_text(TAG, encoding="utf-8")


TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# Made by plantrack; may be deleted at any time.\n"
"""https://bford.info/cachedir/"""


def _age_and_size(path: Path) -> tuple[float, int, str]:
    found = path.stat()
    return found.st_mtime, found.st_size, str(path)


def usual_folder(environ: Mapping[str, str] | None = None, system: str = sys.platform) -> Path:
    """Where the system keeps the caches of a user."""
    environ = os.environ if environ is None else environ
    if named := environ.get("PLANTRACK_CACHE"):
        return Path(named)
    home = Path.home()
    usual = {
        "win32": environ.get("LOCALAPPDATA") or home / "AppData" / "Local",
        "darwin": home / "Library" / "Caches",
    }
    return Path(usual.get(system) or environ.get("XDG_CACHE_HOME") or home / ".cache") / "plantrack"


# -- keys ------------------------------------------------------------------------------------------


def key_of(asked: tuple[object, ...], source: Source | Family) -> str:
    """Of a source, what is asked of it, and who answers."""
    parts = (fingerprint().encode(), repr(asked).encode(), source.file.encode(errors="surrogateescape"))
    return _digest(b"\0".join([*parts, source.content or b""]), 20).hex()


@cache
def fingerprint() -> str:
    """Of all that results depend on beside their input: the package's own files, Python and libraries."""
    found = blake2b(digest_size=CHECKED)
    for path in sorted(each for each in PACKAGE.rglob("*") if each.suffix in {".py", ".yaml", ".tsv"}):
        if path.parent != PACKAGE / "plans":
            found.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0" + path.read_bytes())
    found.update(repr([sys.version, *map(_version, LIBRARIES)]).encode())
    return found.hexdigest()


def _version(library: str) -> str:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - slow, and seldom needed

    try:
        return version(library)
    except PackageNotFoundError:
        return ""


def _digest(content: bytes, size: int = CHECKED) -> bytes:
    return blake2b(content, digest_size=size).digest()

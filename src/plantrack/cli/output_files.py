"""Output files: written whole or not at all, in the place and with the rights of what they replace.

The content goes to a temporary file in the same folder, onto the disk, and only then under its name. What a run that
is killed leaves behind is removed by the next that writes into the folder. Temporary files of runs that still write
are locked, and on Windows, where there are no such locks, open.
"""

from __future__ import annotations

import os
import re
import stat
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from plantrack.errors import PlantrackError, reason_of
from plantrack.interrupts import held_back
from plantrack.language import listing, text

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

OFFICE = {".docx": "docx", ".xlsx": "xlsx"}
"""Suffixes of pages to hand on."""
SUFFIXES = {".json": "json", ".csv": "csv", ".md": "markdown", ".xlsx": "xlsx"}


def format_of(output: Path, suffixes: Mapping[str, str] = SUFFIXES) -> str:
    """The format that the file's suffix tells; any other suffix is an error."""
    if output.suffix.lower() not in suffixes:
        known = listing(*suffixes)
        raise PlantrackError(
            text("{file}: the suffix tells the format; write one of {known}", file=output, known=known)
        )
    return suffixes[output.suffix.lower()]


# -- what must not be written --------------------------------------------------------------------


def require_spared(inputs: Iterable[Path | str | None], outputs: Iterable[Path | None]) -> None:
    """Refuse to write over what is read."""
    read = {os.path.realpath(each) for each in inputs if each is not None}
    for output in outputs:
        if output is not None and os.path.realpath(output) in read:
            raise PlantrackError(
                text("{file} is read here and would be written over: write to another file", file=output)
            )


def require_replaceable(output: Path, *, force: bool) -> None:
    """Refuse names that Windows would lose, here and everywhere, and read-only files unless `force`.

    Nobody may write to a read-only file, or not who runs this; to root the system allows anything.
    """
    name = output.name
    if name.partition(".")[0].rstrip(" ").upper() in DEVICES:
        raise PlantrackError(
            text("{file}: Windows keeps this name for a device; choose another name", file=output)
        )
    if name not in {"", ".."} and name.endswith((".", " ")):
        raise PlantrackError(
            text('"{file}" ends with a dot or a blank, which Windows drops; choose another name', file=output)
        )
    if force or not output.is_file():
        return
    if not output.stat().st_mode & ANYBODY_WRITES or not os.access(output, os.W_OK):
        raise PlantrackError(
            text("{file} is read-only: write to another file, or add --force to replace it", file=output)
        )


ANYBODY_WRITES = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
DEVICES = frozenset(
    {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}
    | {f"{port}{number}" for port in ("COM", "LPT") for number in "123456789¹²³"}
)
"""Names that Windows keeps for devices, whatever suffix follows and in whatever case."""


# -- writing -------------------------------------------------------------------------------------


def write_bytes(output: Path, content: bytes, *, force: bool = False) -> None:
    write_chunks(output, [content], force=force)


def write_chunks(output: Path, content: Iterable[bytes], *, force: bool = False) -> None:
    """Replace the file that `output` is or points at; a pipe or device is written to as it is.

    With `force` also what is read-only, or whose owner cannot be kept.
    """
    try:
        require_replaceable(output, force=force)
        if output.exists() and not output.is_file():
            with suppress(BrokenPipeError), output.open("wb") as stream:  # its readers may leave
                for each in content:
                    stream.write(each)
        else:
            with held_back("SIGINT", "SIGTERM", "SIGHUP"):  # nothing is left half done
                _replace(Path(os.path.realpath(output)), content, force=force)
    except OSError as error:
        raise PlantrackError(
            text("{file} cannot be written: {reason}", file=output, reason=reason_of(error))
        ) from None


def write_folder(folder: Path, contents: Mapping[Path, bytes], *, force: bool = False) -> None:
    """Write files into a folder, which is made where there is none; none where one must not be replaced."""
    write_files(folder, contents, ((file, [content]) for file, content in contents.items()), force=force)


def write_files(
    folder: Path,
    files: Iterable[Path],
    contents: Iterable[tuple[Path, Iterable[bytes]]],
    *,
    force: bool = False,
) -> None:
    """The same of files whose contents come one by one, in pieces."""
    for file in files:
        require_replaceable(file, force=force)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PlantrackError(
            text("{file} cannot be written: {reason}", file=folder, reason=reason_of(error))
        ) from None
    for file, content in contents:
        write_chunks(file, content, force=force)


def _replace(target: Path, content: Iterable[bytes], *, force: bool) -> None:
    """Write to a temporary file beside `target`, bring it onto the disk and rename it."""
    _remove_left_over(target.parent)
    is_new = not target.exists()
    temporary, handle = _new_temporary(target.parent, ANYBODY if is_new else OWNER)
    try:
        with os.fdopen(handle, "wb") as stream:
            for each in content:
                stream.write(each)
            stream.flush()
            if not is_new:
                _keep_owner(temporary, target, force=force)
                _keep_rights(temporary, target)
            os.fsync(handle)
            if fcntl is not None:
                temporary.replace(target)  # while it is locked
        if fcntl is None:
            if not is_new:  # Windows renames onto no read-only file
                target.chmod(target.stat().st_mode | stat.S_IWUSR)
            temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


ANYBODY, OWNER = 0o666, 0o600
"""Who may read and write a new file, within what the user's own settings allow."""


def _keep_owner(temporary: Path, target: Path, *, force: bool) -> None:
    """Give a new file the owner and the group of the one it replaces; with `force` where that can be."""
    (owner, group), kept = owner_of(target), owner_of(temporary)
    if (owner, group) == kept or not hasattr(os, "chown"):
        return
    try:
        os.chown(temporary, owner, group)
    except OSError:
        if not force:
            raise PlantrackError(
                text(
                    "{file} belongs to another user or group, which cannot be kept: write to another file, "
                    "or add --force to replace it",
                    file=target,
                )
            ) from None
        with suppress(OSError):
            os.chown(temporary, -1, group)


def owner_of(file: Path) -> tuple[int, int]:
    """The user and the group; on Windows 0 for every file."""
    found = file.stat()
    return found.st_uid, found.st_gid


def _keep_rights(temporary: Path, target: Path) -> None:
    """Give a new file the mode, access list and other attributes of the one it replaces, as far as it may have them.

    A group that the file did not have before may do no more than everybody.
    """
    if hasattr(os, "listxattr"):
        with suppress(OSError):  # a file system without attributes
            for name in os.listxattr(target):
                with suppress(OSError):
                    os.setxattr(temporary, name, os.getxattr(target, name))
    mode = target.stat().st_mode & 0o777
    if owner_of(temporary)[1] != owner_of(target)[1]:
        mode &= 0o707 | (mode & 0o007) << 3
    temporary.chmod(mode)


# -- temporary files -----------------------------------------------------------------------------

TEMPORARY = re.compile(r"\.plantrack-[0-9a-f]{12}\.tmp")


def _new_temporary(folder: Path, mode: int) -> tuple[Path, int]:
    """A new file that no other run takes for a left-over one, and its handle."""
    while True:
        path = folder / f".plantrack-{os.urandom(6).hex()}.tmp"
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_BINARY", 0), mode)
        if _locked(handle):
            return path, handle
        os.close(handle)


def _locked(handle: int) -> bool:
    """Lock a new file; false where another run was about to remove it already."""
    if fcntl is None:
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True  # a folder without locks: nothing is removed there
    return os.fstat(handle).st_nlink > 0


def _remove_left_over(folder: Path) -> None:
    """Remove the temporary files of runs that were ended before they could."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if TEMPORARY.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                with suppress(OSError):
                    _remove_unless_in_use(entry.path)


def _remove_unless_in_use(path: str) -> None:
    """Remove a temporary file; an `OSError` where a run still writes it, or it may not be removed."""
    if fcntl is None:
        Path(path).unlink()
        return
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        Path(path).unlink()
    finally:
        os.close(handle)

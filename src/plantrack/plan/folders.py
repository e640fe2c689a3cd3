"""Where plan files lie: folders, ids, patterns. Names of files alone are looked at, so that nothing heavy is loaded."""

from __future__ import annotations

import os
from glob import glob, has_magic
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING

from plantrack.errors import PlantrackError, reason_of
from plantrack.language import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PACKAGE = Path(__file__).resolve().parent.parent
SUFFIXES = (".yaml", ".yml")
OMITTED = "omitted"
"""The folder for lists of what plan files leave out."""


def plans_folders(asked: Path | None = None, environ: Mapping[str, str] | None = None) -> list[Path]:
    """The folders that ids are looked up in, in this order.

    `asked` (`--plans`) alone, or else `PLANTRACK_PLANS`, `data/plans` of the nearest project upwards
    from the current folder, and the plans packaged with plantrack.

    Raises:
        PlantrackError: where a folder that was named does not exist.
    """
    environ = os.environ if environ is None else environ
    named = asked or (Path(environ["PLANTRACK_PLANS"]) if environ.get("PLANTRACK_PLANS") else None)
    if named is not None and not named.is_dir():
        raise PlantrackError(text("there is no folder {folder}", folder=named))
    if asked is not None:
        return [asked]
    here = Path.cwd()
    near = (each / "data" / "plans" for each in (here, *here.parents))
    # The plans that came with plantrack: in the wheel, or live in a checkout.
    inside = PACKAGE / "plans"
    packaged = inside if inside.is_dir() else PACKAGE.parent.parent / "data" / "plans"
    return [each for each in (named, next(filter(Path.is_dir, near), None), packaged) if each is not None]


def plan_files(asked: Path | None = None) -> list[Path]:
    """Every plan file of the first folder, in the order of their ids.

    Raises:
        PlantrackError: where the folder holds none.
    """
    folder = plans_folders(asked)[0]
    files = _files_in(folder)
    if not files:
        raise PlantrackError(text("no plan file (*.yaml) in {folder}", folder=shown(folder)))
    return files


def _files_in(folder: Path) -> list[Path]:
    """The plan files of a folder, in the order of their ids. Raises PlantrackError where it cannot be read."""
    try:
        files = list(filter(_is_plan_file, folder.iterdir()))
    except OSError as error:
        message = text("{file} cannot be read: {reason}", file=shown(folder), reason=reason_of(error))
        raise PlantrackError(message) from None
    return [shown(path) for path in sorted(files, key=lambda path: path.stem)]


def _is_plan_file(path: Path) -> bool:
    """Whether a file that is not named itself is read: hidden ones and folders are not."""
    mode = mode_of(path) if path.suffix in SUFFIXES and not path.name.startswith(".") else None
    return mode is not None and (mode == UNSEEN or S_ISREG(mode))


UNSEEN = 0
"""The mode of what may not be looked at; reading it tells why."""


def mode_of(path: Path) -> int | None:
    """What stands at a path, as `stat` tells it; `None` for nothing."""
    try:
        return path.stat().st_mode
    except PermissionError:
        return UNSEEN
    except (OSError, ValueError):
        return None


def is_folder(path: Path) -> bool:
    return S_ISDIR(mode_of(path) or UNSEEN)


def distinct(files: Iterable[Path]) -> list[Path]:
    """Each file once, whatever paths lead to it, under the first of them."""
    found: dict[str, Path] = {}
    for file in files:
        found.setdefault(os.path.realpath(file), file)
    return list(found.values())


def files_under(path: Path) -> list[Path]:
    """A file itself, every plan file below a folder, or every one that a pattern (`*`, `?`, `**`) matches.

    Files and folders whose names begin with a dot are left out, unless they are named,
    and so are lists of omitted numbers. A folder that cannot be read stands for its files.

    Raises:
        PlantrackError: where there is no such path, or no plan file below it.
    """
    if mode_of(path) is None:
        if not has_magic(str(path)):
            raise PlantrackError(text("there is no file {file}", file=path))
        found = map(Path, sorted(glob(str(path), recursive=True)))  # noqa: PTH207 - Path.glob takes no whole path
        files = [file for each in found for file in _below(each)]
    elif is_folder(path):
        files = _below(path)
    else:
        return [path]
    if not files:
        raise PlantrackError(text("no plan file (*.yaml) in {folder}", folder=path))
    return distinct(files)


def _below(path: Path) -> list[Path]:
    """The path if it is a plan file; of a folder the plan files below it, and folders that cannot be read."""
    if not is_folder(path):
        return [path] if path.suffix in SUFFIXES and path.parent.name != OMITTED else []
    found: list[Path] = []
    closed: list[OSError] = []
    for folder, folders, names in os.walk(path, onerror=closed.append):
        folders[:] = [name for name in folders if not name.startswith(".") and name != OMITTED]
        found += (Path(folder, name) for name in names)
    return sorted([*filter(_is_plan_file, found), *(Path(error.filename) for error in closed)])


def files_by_id(folders: Iterable[Path]) -> dict[str, Path]:
    """The plan files of the folders; the first folder that has an id gives its file."""
    files: dict[str, Path] = {}
    for folder in folders:
        files = {path.stem: path for path in _files_in(folder)} | files
    return files


def is_path(name: str) -> bool:
    return "/" in name or "\\" in name or name.endswith(SUFFIXES)


def shown(path: Path) -> Path:
    """The path from the current folder where it lies below it."""
    try:
        return path.relative_to(Path.cwd())
    except ValueError:
        return path

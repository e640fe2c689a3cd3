"""Where plans and the catalogue are: folders, ids, and what the wheel carries."""

from __future__ import annotations

import os
from functools import cache
from glob import glob, has_magic
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING

from plantrack.errors import PlantrackError, reason_of
from plantrack.language import listing, text
from plantrack.plan.catalogue import Catalogue, CatalogueFiles, meant_by, nearest
from plantrack.plan.naming import names_of_indicator
from plantrack.plan.places import read_divisions, with_parts
from plantrack.plan.units import Units
from plantrack.reading.plan_names import plans_called
from plantrack.reading.structure import read_model
from plantrack.reading.yaml_tree import read_tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from plantrack.plan.plan import Plan

PACKAGE = Path(__file__).resolve().parent.parent
SUFFIXES = (".yaml", ".yml")
CATALOGUE = ("indicators", "units", "places", "laws")
"""The files of the catalogue; each has keys of its own."""
OMITTED = "omitted"
"""The folder for lists of what plan files leave out."""


@cache
def load_catalogue() -> Catalogue:
    """The catalogue that plantrack carries."""
    files = (PACKAGE / "plan" / f"{name}.yaml" for name in CATALOGUE)
    tree, problems = read_tree("".join(file.read_text(encoding="utf-8") for file in files))
    assert tree is not None, problems
    written, more = read_model(CatalogueFiles, tree, stem="catalogue")
    assert written is not None and not problems and not more, (problems, more)  # noqa: PT018
    divisions = read_divisions((PACKAGE / "plan" / "divisions.tsv").read_text(encoding="utf-8"))
    return Catalogue(
        groups=written.groups,
        units=Units(written.units),
        places=with_parts(divisions | written.places),
        indicators=written.indicators,
        laws=written.laws,
        usual_laws=written.usual_laws,
    )


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
        raise PlantrackError(text("no plan file (*.yaml) in {folder}", folder=_shown(folder)))
    return files


def _files_in(folder: Path) -> list[Path]:
    """The plan files of a folder, in the order of their ids. Raises PlantrackError where it cannot be read."""
    try:
        files = list(filter(_is_plan_file, folder.iterdir()))
    except OSError as error:
        message = text("{file} cannot be read: {reason}", file=_shown(folder), reason=reason_of(error))
        raise PlantrackError(message) from None
    return [_shown(path) for path in sorted(files, key=lambda path: path.stem)]


def _is_plan_file(path: Path) -> bool:
    """Whether a file that is not named itself is read: hidden ones and folders are not."""
    mode = _mode(path) if path.suffix in SUFFIXES and not path.name.startswith(".") else None
    return mode is not None and (mode == UNSEEN or S_ISREG(mode))


UNSEEN = 0
"""The mode of what may not be looked at; reading it tells why."""


def _mode(path: Path) -> int | None:
    """What stands at a path, as `stat` tells it; `None` for nothing."""
    try:
        return path.stat().st_mode
    except PermissionError:
        return UNSEEN
    except (OSError, ValueError):
        return None


def _is_folder(path: Path) -> bool:
    return S_ISDIR(_mode(path) or UNSEEN)


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
    if _mode(path) is None:
        if not has_magic(str(path)):
            raise PlantrackError(text("there is no file {file}", file=path))
        found = map(Path, sorted(glob(str(path), recursive=True)))  # noqa: PTH207 - Path.glob takes no whole path
        files = [file for each in found for file in _below(each)]
    elif _is_folder(path):
        files = _below(path)
    else:
        return [path]
    if not files:
        raise PlantrackError(text("no plan file (*.yaml) in {folder}", folder=path))
    return distinct(files)


def _below(path: Path) -> list[Path]:
    """The path if it is a plan file; of a folder the plan files below it, and folders that cannot be read."""
    if not _is_folder(path):
        return [path] if path.suffix in SUFFIXES and path.parent.name != OMITTED else []
    found: list[Path] = []
    closed: list[OSError] = []
    for folder, folders, names in os.walk(path, onerror=closed.append):
        folders[:] = [name for name in folders if not name.startswith(".") and name != OMITTED]
        found += (Path(folder, name) for name in names)
    return sorted([*filter(_is_plan_file, found), *(Path(error.filename) for error in closed)])


def find_plans(name: str, asked: Path | None = None) -> list[Path]:
    """The files of a plan, by id or by path; every plan file of a folder or of a pattern.

    A plan goes before a folder that is called by its id.

    Raises:
        PlantrackError: where there is none; the nearest ids are named.
    """
    is_named = not (_is_path(name) or has_magic(name))
    if is_named and name in (files := _files_by_id(plans_folders(asked))):
        return [files[name]]
    if name and (has_magic(name) or _is_folder(Path(name))):
        return files_under(Path(name))
    return [find_plan(name, asked)]


def find_plan(name: str, asked: Path | None = None) -> Path:
    """The file of a plan, by path, by id, or by the name of its place or its title.

    Raises:
        PlantrackError: where there is none, and the nearest ids are named, or where there are several.
    """
    if _is_path(name):
        if _mode(Path(name)) is None:
            raise PlantrackError(text("there is no file {file}", file=name))
        return Path(name)
    folders = plans_folders(asked)
    if name in (files := _files_by_id(folders)):
        return files[name]
    called = plans_called(name, files) if name.strip() else []
    if len(called) == 1:
        return files[called[0]]
    if called:
        message = text(
            'several plans are called "{name}": {plans}; write an id', name=name, plans=listing(*called)
        )
        raise PlantrackError(message)
    message = text(
        'no plan "{name}" in {folder}; there are: {guesses}',
        name=name,
        folder=_shown(folders[0]),
        guesses=listing(*(nearest(name, files) or files)),
    )
    raise PlantrackError(message)


def _files_by_id(folders: Iterable[Path]) -> dict[str, Path]:
    """The plan files of the folders; the first folder that has an id gives its file."""
    files: dict[str, Path] = {}
    for folder in folders:
        files = {path.stem: path for path in _files_in(folder)} | files
    return files


def require_one_file_each(plans: Iterable[Plan]) -> None:
    """Raise PlantrackError for two files with one plan id, which would hide one another."""
    files: dict[str, str] = {}
    for plan in plans:
        one, other = files.setdefault(plan.id, plan.file), plan.file
        if one != other:
            said = text(
                "{one} and {other} are both called {plan}: name one of them",
                one=one,
                other=other,
                plan=plan.id,
            )
            raise PlantrackError(said)


def find_indicator(name: str, plan: Plan) -> str:
    """The id of an indicator of the plan, by id or by name in either language.

    Raises:
        PlantrackError: where there is none, or several; the nearest are named.
    """
    names: dict[str, str] = {}
    for figure in plan.figures:
        names |= dict.fromkeys(names_of_indicator(figure.indicator, figure.measures), figure.indicator)
    found, guesses = meant_by(name, names)
    if found is None:
        message = text(
            '{plan} has no indicator "{name}"; there are: {guesses}',
            plan=plan.id,
            name=name,
            guesses=listing(*guesses),
        )
        raise PlantrackError(message)
    return found


def _is_path(name: str) -> bool:
    return "/" in name or "\\" in name or name.endswith(SUFFIXES)


def _shown(path: Path) -> Path:
    """The path from the current folder where it lies below it."""
    try:
        return path.relative_to(Path.cwd())
    except ValueError:
        return path

"""Where plans and the catalogue are: folders, ids, and what the wheel carries."""

from __future__ import annotations

import os
from functools import cache
from glob import glob, has_magic
from pathlib import Path
from typing import TYPE_CHECKING

from plantrack.catalogue import Catalogue, nearest
from plantrack.errors import PlantrackError
from plantrack.language import listing, text
from plantrack.loading.structure import read_model
from plantrack.loading.tree import read_tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from plantrack.loading.plans import LoadedPlan

PACKAGE = Path(__file__).resolve().parent.parent
SUFFIXES = (".yaml", ".yml")
OMITTED = "omitted"
"""The folder for lists of what plan files leave out."""


@cache
def load_catalogue() -> Catalogue:
    """The catalogue that plantrack carries."""
    tree, problems = read_tree((PACKAGE / "catalogue.yaml").read_text(encoding="utf-8"))
    assert tree is not None, problems
    catalogue, more = read_model(Catalogue, tree, stem="catalogue")
    assert catalogue is not None and not problems and not more, (problems, more)  # noqa: PT018
    return catalogue


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
    near = next(
        (each / "data" / "plans" for each in (here, *here.parents) if (each / "data" / "plans").is_dir()),
        None,
    )
    return [folder for folder in (named, near, packaged_plans()) if folder is not None]


def packaged_plans() -> Path:
    """The plans that came with plantrack: in the wheel, or live in a checkout."""
    inside = PACKAGE / "plans"
    return inside if inside.is_dir() else PACKAGE.parent.parent / "data" / "plans"


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
    files = (path for path in folder.iterdir() if path.suffix in SUFFIXES)
    return [_shown(path) for path in sorted(files, key=lambda path: path.stem)]


def files_under(path: Path) -> list[Path]:
    """A file itself, every plan file below a folder, or every one that a pattern (`*`, `?`, `**`) matches.

    Files and folders whose names begin with a dot are left out, unless they are named,
    and so are lists of omitted numbers.

    Raises:
        PlantrackError: where there is no such path, or no plan file below it.
    """
    if not path.exists():
        if not has_magic(str(path)):
            raise PlantrackError(text("there is no file {file}", file=path))
        found = map(Path, sorted(glob(str(path), recursive=True)))  # noqa: PTH207 - Path.glob takes no whole path
        files = [file for each in found for file in _below(each)]
    elif path.is_dir():
        files = _below(path)
    else:
        return [path]
    if not files:
        raise PlantrackError(text("no plan file (*.yaml) in {folder}", folder=path))
    return list(dict.fromkeys(files))


def _below(path: Path) -> list[Path]:
    """The path if it is a plan file, the plan files below it if it is a folder."""
    if not path.is_dir():
        return [path] if path.suffix in SUFFIXES and path.parent.name != OMITTED else []
    found: list[Path] = []
    for folder, folders, names in os.walk(path):
        folders[:] = [name for name in folders if not name.startswith(".") and name != OMITTED]
        found += [Path(folder, name) for name in names if not name.startswith(".")]
    return sorted(each for each in found if each.suffix in SUFFIXES and each.is_file())


def find_plans(name: str, asked: Path | None = None) -> list[Path]:
    """The files of a plan, by id or by path; every plan file of a folder or of a pattern.

    Raises:
        PlantrackError: where there is none; the nearest ids are named.
    """
    if has_magic(name) or name in {".", ".."} or (_is_path(name) and Path(name).is_dir()):
        return files_under(Path(name))
    return [find_plan(name, asked)]


def find_plan(name: str, asked: Path | None = None) -> Path:
    """The file of a plan, by id or by path.

    Raises:
        PlantrackError: where there is none; the nearest ids are named.
    """
    if _is_path(name):
        if not Path(name).exists():
            raise PlantrackError(text("there is no file {file}", file=name))
        return Path(name)
    files: dict[str, Path] = {}
    folders = plans_folders(asked)
    for folder in folders:
        files = {path.stem: path for path in _files_in(folder)} | files
    if name in files:
        return files[name]
    guesses = nearest(name, files) or tuple(files)
    raise PlantrackError(
        text(
            'no plan "{name}" in {folder}; there are: {guesses}',
            name=name,
            folder=_shown(folders[0]),
            guesses=listing(*guesses),
        )
    )


def require_one_file_each(plans: Iterable[LoadedPlan]) -> None:
    """Refuse two files with one plan id, which would hide one another.

    Raises:
        PlantrackError: naming both.
    """
    files: dict[str, str] = {}
    for loaded in plans:
        if loaded.plan is not None and files.setdefault(loaded.plan.plan, loaded.file) != loaded.file:
            first = files[loaded.plan.plan]
            raise PlantrackError(
                text(
                    "{one} and {other} are both called {plan}: check one of them",
                    one=first,
                    other=loaded.file,
                    plan=loaded.plan.plan,
                )
            )


def find_indicator(name: str, loaded: LoadedPlan, catalogue: Catalogue) -> str:
    """The id of an indicator of the plan, by id or by name in either language.

    Raises:
        PlantrackError: where there is none, or several; the nearest are named.
    """
    assert loaded.plan is not None
    names: dict[str, str] = {}
    for each in dict.fromkeys(figure.indicator for figure in loaded.figures):
        indicator = loaded.plan.own.get(each) or catalogue.indicators[each]
        names |= {each: each, indicator.zh: each, indicator.en: each}
    if name not in names:
        partly = list(dict.fromkeys(found for known, found in names.items() if name in known))
        if len(partly) == 1:
            return partly[0]
        guesses = (
            partly
            or list(dict.fromkeys(names[guess] for guess in nearest(name, names)))
            or sorted(set(names.values()))
        )
        raise PlantrackError(
            text(
                '{plan} has no indicator "{name}"; there are: {guesses}',
                plan=loaded.plan.plan,
                name=name,
                guesses=listing(*guesses),
            )
        )
    return names[name]


def _is_path(name: str) -> bool:
    return "/" in name or "\\" in name or name.endswith(SUFFIXES)


def _shown(path: Path) -> Path:
    """The path from the current folder where it lies below it."""
    try:
        return path.relative_to(Path.cwd())
    except ValueError:
        return path

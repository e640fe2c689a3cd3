"""Where plans and the catalogue are: folders, ids, and what the wheel carries."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from plantrack.catalogue import Catalogue, nearest
from plantrack.errors import PlantrackError
from plantrack.language import listing, text
from plantrack.loading.structure import read_model
from plantrack.loading.tree import read_tree

if TYPE_CHECKING:
    from collections.abc import Mapping

PACKAGE = Path(__file__).resolve().parent.parent
SUFFIXES = (".yaml", ".yml")


@cache
def load_catalogue() -> Catalogue:
    """The catalogue that plantrack carries."""
    tree, problems = read_tree((PACKAGE / "catalogue.yaml").read_text(encoding="utf-8"))
    assert tree is not None, problems
    catalogue, more = read_model(Catalogue, tree, stem="catalogue")
    assert catalogue is not None and not problems and not more, (problems, more)  # noqa: PT018
    return catalogue


def plans_folder(asked: Path | None = None, environ: Mapping[str, str] | None = None) -> Path:
    """The folder that ids are looked up in.

    The first there is of: `asked` (`--plans`), `PLANTRACK_PLANS`, `data/plans` of the nearest
    project upwards from the current folder, the plans packaged with plantrack.

    Raises:
        PlantrackError: where the folder asked for does not exist.
    """
    environ = os.environ if environ is None else environ
    named = asked or (Path(environ["PLANTRACK_PLANS"]) if environ.get("PLANTRACK_PLANS") else None)
    if named is not None:
        if not named.is_dir():
            raise PlantrackError(text("there is no folder {folder}", folder=named))
        return named
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "data" / "plans").is_dir():
            return folder / "data" / "plans"
    return packaged_plans()


def packaged_plans() -> Path:
    """The plans that came with plantrack: in the wheel, or live in a checkout."""
    inside = PACKAGE / "plans"
    return inside if inside.is_dir() else PACKAGE.parent.parent / "data" / "plans"


def plan_files(asked: Path | None = None) -> list[Path]:
    """Every plan file of the folder, in the order of their ids.

    Raises:
        PlantrackError: where the folder holds none.
    """
    folder = plans_folder(asked)
    files = sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES)
    if not files:
        raise PlantrackError(text("no plan file (*.yaml) in {folder}", folder=_shown(folder)))
    return [_shown(path) for path in files]


def files_under(path: Path) -> list[Path]:
    """A file itself, or every plan file below a folder.

    Raises:
        PlantrackError: where there is no such path, or no plan file below it.
    """
    if not path.exists():
        raise PlantrackError(text("there is no file {file}", file=path))
    if not path.is_dir():
        return [path]
    files = sorted(each for each in path.rglob("*") if each.suffix in SUFFIXES and each.is_file())
    if not files:
        raise PlantrackError(text("no plan file (*.yaml) in {folder}", folder=path))
    return files


def find_plan(name: str, asked: Path | None = None) -> Path:
    """The file of a plan, by id or by path.

    Raises:
        PlantrackError: where there is none; the nearest ids are named.
    """
    if "/" in name or "\\" in name or name.endswith(SUFFIXES):
        if not Path(name).exists():
            raise PlantrackError(text("there is no file {file}", file=name))
        return Path(name)
    files = {path.stem: path for path in plan_files(asked)}
    if name in files:
        return files[name]
    guesses = nearest(name, files) or tuple(files)
    raise PlantrackError(
        text(
            'no plan "{name}" in {folder}; there are: {guesses}',
            name=name,
            folder=_shown(plans_folder(asked)),
            guesses=listing(*guesses),
        )
    )


def _shown(path: Path) -> Path:
    """The path from the current folder where it lies below it."""
    try:
        return path.relative_to(Path.cwd())
    except ValueError:
        return path

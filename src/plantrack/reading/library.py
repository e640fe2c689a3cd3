"""Plans by their ids and names, and the catalogue that plantrack carries."""

from __future__ import annotations

from functools import cache
from glob import has_magic
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from plantrack.errors import PlantrackError
from plantrack.language import Words, listing, text
from plantrack.plan.catalogue import Catalogue, CatalogueFiles, meant_by, nearest
from plantrack.plan.folders import (
    PACKAGE,
    files_by_id,
    files_under,
    is_folder,
    is_path,
    mode_of,
    plans_folders,
    shown,
)
from plantrack.plan.naming import names_of_indicator
from plantrack.plan.places import read_divisions, with_parts
from plantrack.plan.units import Units
from plantrack.reading.plan_names import plans_called
from plantrack.reading.yaml_tree import read_plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from plantrack.plan.plan import Plan

CATALOGUE = ("indicators", "units", "places", "laws")
"""The files of the catalogue; each has keys of its own."""


@cache
def load_catalogue() -> Catalogue:
    """The catalogue that plantrack carries."""
    data = read_plain("".join(_file_of_catalogue(f"{name}.yaml") for name in CATALOGUE))
    data["places"] = read_divisions(_file_of_catalogue("divisions.tsv")) | data["places"]
    written = CatalogueFiles.model_validate(data)
    return Catalogue(
        groups=written.groups,
        units=Units(written.units),
        places=with_parts(written.places),
        indicators=written.indicators,
        laws=written.laws,
        usual_laws=written.usual_laws,
    )


def _file_of_catalogue(name: str) -> str:
    return (PACKAGE / "plan" / name).read_text(encoding="utf-8")


def find_plans(name: str, asked: Path | None = None) -> list[Path]:
    """The files of a plan, by id or by path; every plan file of a folder or of a pattern.

    A plan goes before a folder that is called by its id.

    Raises:
        PlantrackError: where there is none; the nearest ids are named.
    """
    is_named = not (is_path(name) or has_magic(name))
    if is_named and name in (files := files_by_id(plans_folders(asked))):
        return [files[name]]
    if name and (has_magic(name) or is_folder(Path(name))):
        return files_under(Path(name))
    return [find_plan(name, asked)]


def find_plan(name: str, asked: Path | None = None) -> Path:
    """The file of a plan, by path, by id, or by the name of its place or its title.

    Raises:
        PlantrackError: where there is none, and the nearest ids are named, or where there are several.
    """
    if is_path(name):
        if mode_of(Path(name)) is None:
            raise PlantrackError(text("there is no file {file}", file=name))
        return Path(name)
    folders = plans_folders(asked)
    if name in (files := files_by_id(folders)):
        return files[name]
    called = plans_called(name, files) if name.strip() else []
    if len(called) == 1:
        return files[called[0]]
    if called:
        message = text(
            'several plans are called "{name}": {plans}; write an id', name=name, plans=listing(*called)
        )
        raise PlantrackError(message)
    if name and mode_of(Path(name)) is not None:
        raise PlantrackError(text("{file} is no plan file: those end with .yaml or .yml", file=name))
    message = text(
        'no plan "{name}" in {folder}; there are: {guesses}',
        name=name,
        folder=shown(folders[0]),
        guesses=listing(*(nearest(name, files) or files)),
    )
    raise PlantrackError(message)


class _OfFile(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def file(self) -> str: ...


def require_one_file_each(plans: Iterable[_OfFile]) -> None:
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
    zh = {figure.indicator: figure.measures.zh for figure in plan.figures}
    for figure in plan.figures:
        names |= dict.fromkeys(names_of_indicator(figure.indicator, figure.measures), figure.indicator)
    found, guesses = meant_by(name, names)
    if found is None:
        message = text(
            '{plan} has no indicator "{name}"; there are: {guesses}',
            plan=plan.id,
            name=name,
            guesses=listing(*(Words(zh[each], each) for each in guesses)),
        )
        raise PlantrackError(message)
    return found

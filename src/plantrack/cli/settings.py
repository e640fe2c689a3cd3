"""What a project sets once for all calls: `[tool.plantrack]` in its pyproject.toml."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from plantrack.cli.project_file import TABLE, ProjectFile, read_project
from plantrack.errors import PlantrackError
from plantrack.formats.findings import FORMATS
from plantrack.language import MAX_SHOWN, Words, listing, shortened, text, visible

if TYPE_CHECKING:
    from collections.abc import Callable

    from plantrack.language import Text


class Settings(NamedTuple):
    """The values of the table; `None` and nothing where it has none. `plans` is a whole path."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    strict: bool = False
    plans: Path | None = None
    lang: Literal["zh", "en", "auto"] = "auto"
    format: str | None = None


def find_settings(folder: Path) -> Settings:
    """The settings of the nearest pyproject.toml upwards that has a `[tool.plantrack]`; what is wrong is an error."""
    for each in (folder, *folder.parents):
        project = read_project(each / "pyproject.toml")
        if project is not None:
            return _read(project)
    return Settings()


_CODES = Words('代码或名称的列表，如 ["PT3"]', 'a list of codes or names, as ["PT3"]')
_FLAG = Words("true 或 false", "true or false")
_FOLDER = Words("文件夹", "a folder")


def _is_codes(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _one_of(*words: str) -> tuple[Callable[[object], bool], object]:
    return lambda value: value in words, text("one of {known}", known=listing(*words))


_ALLOWED: dict[str, tuple[Callable[[object], bool], object]] = {
    "select": (_is_codes, _CODES),
    "ignore": (_is_codes, _CODES),
    "strict": (lambda value: isinstance(value, bool), _FLAG),
    "plans": (lambda value: isinstance(value, str) and value != "" and value.isprintable(), _FOLDER),
    "lang": _one_of("zh", "en", "auto"),
    "format": _one_of("table", *FORMATS),
}
"""Key -> which values it takes, and how that is said."""


def _read(project: ProjectFile) -> Settings:
    for key, value in project.found.items():
        if (said := _what_is_wrong(key, value)) is not None:
            raise project.wrong((*TABLE, key), said)
    kept: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in project.found.items()
    }
    if "plans" in kept:
        kept["plans"] = project.path.parent / kept["plans"]
    return Settings(**kept)


def _what_is_wrong(key: str, value: Any) -> Text | None:  # noqa: ANN401 - as the file has it
    """That the key is unknown, the value of the wrong kind, or that it names no code."""
    if key not in _ALLOWED:
        from plantrack.plan.catalogue import nearest

        guesses = listing(*(nearest(key[:MAX_SHOWN], _ALLOWED) or _ALLOWED))
        return text(
            '[tool.plantrack] has no key "{key}"; write one of {guesses}',
            key=shortened(visible(key)),
            guesses=guesses,
        )
    is_allowed, expected = _ALLOWED[key]
    if not is_allowed(value):
        found = shortened(visible(json.dumps(value, ensure_ascii=False, default=str)))
        return text("`{key}` must be {expected}, found {found}", key=key, expected=expected, found=found)
    if expected is _CODES:
        from plantrack.selection import read_selection

        try:
            read_selection(value, ())
        except PlantrackError as error:
            return error.text
    return None

"""What a project sets once for all calls: `[tool.plantrack]` in its pyproject.toml."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from plantrack.errors import PlantrackError, reason_of
from plantrack.language import Words, labelled, listing, text
from plantrack.render.findings import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable


class Settings(NamedTuple):
    """The values of the table; `None` and nothing where it has none. `plans` is a whole path."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    strict: bool = False
    plans: Path | None = None
    lang: Literal["zh", "en", "auto"] = "auto"
    format: str | None = None


def find_settings(folder: Path) -> Settings:
    """The settings of the nearest pyproject.toml upwards that has a `[tool.plantrack]`.

    Raises:
        PlantrackError: where it cannot be read, has unknown keys or values of the wrong kind.
    """
    for each in (folder, *folder.parents):
        table = _table(each / "pyproject.toml")
        if table is not None:
            return _read(table, each / "pyproject.toml")
    return Settings()


def _table(file: Path) -> dict[str, Any] | None:
    """The file's table; `None` where there is no file, or no such table in it."""
    try:
        content = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else error
        raise PlantrackError(text("{file} cannot be read: {reason}", file=file, reason=reason)) from None
    if "plantrack" not in content:
        return None
    import tomllib

    try:
        table = tomllib.loads(content).get("tool", {}).get("plantrack")
    except tomllib.TOMLDecodeError as error:
        raise PlantrackError(
            text("{file} is not valid TOML: {reason}", file=file, reason=str(error))
        ) from None
    if table is not None and not isinstance(table, dict):
        raise _wrong(file, "tool.plantrack", _TABLE, table)
    return table


_TABLE = Words("表（[tool.plantrack]）", "a table ([tool.plantrack])")
_CODES = Words('代码或名称的列表，如 ["PT3"]', 'a list of codes or names, as ["PT3"]')
_FLAG = Words("true 或 false", "true or false")
_FOLDER = Words("文件夹", "a folder")


def _is_codes(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and value != ""


_ALLOWED: dict[str, tuple[Callable[[object], bool], object]] = {
    "select": (_is_codes, _CODES),
    "ignore": (_is_codes, _CODES),
    "strict": (lambda value: isinstance(value, bool), _FLAG),
    "plans": (_is_text, _FOLDER),
    "lang": (lambda value: value in {"zh", "en", "auto"}, listing("zh", "en", "auto")),
    "format": (lambda value: value in {"table", *FORMATS}, listing("table", *FORMATS)),
}
"""Key -> which values it takes, and how that is said."""


def _read(table: dict[str, Any], file: Path) -> Settings:
    from plantrack.catalogue import nearest

    for key, value in table.items():
        if key not in _ALLOWED:
            guesses = listing(*(nearest(key, _ALLOWED) or _ALLOWED))
            message = text(
                '{file}: [tool.plantrack] has no key "{key}"; write one of {guesses}',
                file=file,
                key=key,
                guesses=guesses,
            )
            raise PlantrackError(message)
        is_allowed, expected = _ALLOWED[key]
        if not is_allowed(value):
            raise _wrong(file, key, expected, value)
    _require_known_codes(table, file)
    kept: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in table.items()
    }
    if "plans" in kept:
        kept["plans"] = file.parent / kept["plans"]
    return Settings(**kept)


def _require_known_codes(table: dict[str, Any], file: Path) -> None:
    """Refuse what names no code.

    Raises:
        PlantrackError: naming the file.
    """
    from plantrack.selection import read_selection

    try:
        read_selection(table.get("select", ()), table.get("ignore", ()))
    except PlantrackError as error:
        raise PlantrackError(labelled(file, error.text)) from None


def _wrong(file: Path, key: str, expected: object, value: object) -> PlantrackError:
    message = text(
        "{file}: `{key}` must be {expected}, found {found}",
        file=file,
        key=key,
        expected=expected,
        found=value,
    )
    return PlantrackError(message)

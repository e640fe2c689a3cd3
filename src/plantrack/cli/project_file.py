"""pyproject.toml: what it holds under `[tool.plantrack]`, and on which line.

The file may be anybody's: it is read within limits, and whatever is in it ends in a value or in one
sentence with the place.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from plantrack.errors import PlantrackError, reason_of
from plantrack.language import text, visible

if TYPE_CHECKING:
    from plantrack.language import Text

TABLE = ("tool", "plantrack")
MAX_BYTES = 500_000
"""Far more than any pyproject.toml has."""


class ProjectFile(NamedTuple):
    """A file and what stands under `tool` and then `plantrack`, whatever that is."""

    path: Path
    content: str
    found: dict[str, Any]

    def wrong(self, keys: tuple[str, ...], said: Text) -> PlantrackError:
        """What is wrong with the value or key at `keys`, with its line."""
        return _error(self.path, line_of(self.content, keys), said)


def read_project(path: Path) -> ProjectFile | None:
    """The file's settings; `None` where there is no such file, or none in it.

    Raises:
        PlantrackError: where it cannot be read, is too large or no TOML.
    """
    content = _content(path)
    if content is None or TABLE[-1] not in content:
        return None
    found: object = _parsed(path, content)
    for depth, key in enumerate(TABLE):
        if not isinstance(found, dict):
            raise ProjectFile(path, content, {}).wrong(TABLE[:depth], _no_table(TABLE[:depth]))
        if key not in found:
            return None
        found = found[key]
    if not isinstance(found, dict):
        raise ProjectFile(path, content, {}).wrong(TABLE, _no_table(TABLE))
    return ProjectFile(path, content, found)


def _no_table(keys: tuple[str, ...]) -> Text:
    return text("`{key}` must be a table, as [tool.plantrack]", key=".".join(keys))


def _error(path: Path, line: int | str, said: Text) -> PlantrackError:
    return PlantrackError(text("{file}:{line}: {said}", file=visible(str(path)), line=line, said=said))


# -- the text ------------------------------------------------------------------------------------


def _content(path: Path) -> str | None:
    """The text; `None` where no regular file is: nothing waits for a pipe or reads a device.

    Raises:
        PlantrackError: where it cannot be read, or is too large.
    """
    try:
        if not path.is_file():
            return None
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise PlantrackError(
            text("{file} cannot be read: {reason}", file=visible(str(path)), reason=reason_of(error))
        ) from None
    if len(content) > MAX_BYTES:
        raise PlantrackError(
            text("{file} has more than {most} bytes and is not read", file=visible(str(path)), most=MAX_BYTES)
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _error(path, line, text("the file is not UTF-8: save it as UTF-8")) from None


# Patterns are compiled where they are used: most projects have no such table.
_ADVICE = text("write each key once, as `key = value`, text in quotation marks, lists in brackets")
_PART = r"""(?:[\w-]{1,99}+|"(?:[^"\\\n]|\\.){0,99}+"|'[^'\n]{0,99}+')"""
_TOO_LONG = rf"""(?<![\w-])(?:{_PART}[ \t]*+\.[ \t]*+){{99}}|(?<![\w"'])\d\w{{999}}"""
"""A key of a hundred parts, a number of a thousand digits: tomllib takes minutes, or refuses them."""


def _parsed(path: Path, content: str) -> dict[str, Any]:
    """What the text says.

    Raises:
        PlantrackError: where it is no TOML, or what nobody writes.
    """
    import tomllib

    if match := re.search(_TOO_LONG, content):
        line = content.count("\n", 0, match.start()) + 1
        raise _error(path, line, text("a key has too many parts, or a number too many digits"))
    try:
        return tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        reason, place = _reason_and_place(str(error), content)
        said = text("not valid TOML ({reason}): {advice}", reason=visible(reason), advice=_ADVICE)
        raise _error(path, place, said) from None
    except RecursionError:
        raise PlantrackError(
            text("{file}: lists or tables stand too deep within one another", file=visible(str(path)))
        ) from None


_PLACED = r"(?s)(.*) \(at (?:line (\d+), column (\d+)|end of document)\)"


def _reason_and_place(message: str, content: str) -> tuple[str, str]:
    """What is wrong, and `line:column`; without one, the last line."""
    match = re.fullmatch(_PLACED, message)
    last = str(content.rstrip().count("\n") + 1)
    if match is None:
        return message, last
    return match[1], last if match[2] is None else f"{match[2]}:{match[3]}"


# -- places --------------------------------------------------------------------------------------

_KEY = rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*"
_LINE = rf"[ \t]*(?:\[\[?[ \t]*(?P<table>{_KEY})[ \t]*\]|(?P<key>{_KEY})[ \t]*=)"

_MANY_LINES = r"""(?s)\"{3}(?:[^\\]|\\.)*?\"{3}|'{3}.*?'{3}"""
"""Strings in which a line may look like a key."""


def line_of(content: str, keys: tuple[str, ...]) -> int:
    """The line on which the value at `keys` is named, alone or within a table of one line."""
    best, line = 0, 1
    table: tuple[str, ...] = ()
    content = re.sub(_MANY_LINES, lambda match: "\n" * match[0].count("\n"), content)
    for number, written in enumerate(content.split("\n"), 1):
        if (match := re.match(_LINE, written)) is None:
            continue
        named = _parts(match["table"] or match["key"])
        if match["table"]:
            table = path = named
        else:
            path = (*table, *named)
        alike = min(len(path), len(keys))
        if path[:alike] == keys[:alike] and alike > best:
            best, line = alike, number
    return line


def _parts(key: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in re.findall(_PART, key))

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
    """A file and what stands under `[tool.plantrack]`."""

    path: Path
    content: str
    found: dict[str, Any]

    def wrong(self, keys: tuple[str, ...], said: Text) -> PlantrackError:
        """What is wrong with the value or key at `keys`, with its line."""
        return _error(self.path, line_of(self.content, keys), said)


def read_project(path: Path) -> ProjectFile | None:
    """The file's settings; `None` where there is no such file, or none in it. What cannot be read is an error."""
    content = _content(path)
    if content is None or TABLE[-1] not in content:
        return None
    project = ProjectFile(path, content, _parsed(path, content))
    for depth, key in enumerate(TABLE, 1):
        if key not in project.found:
            return None
        if not isinstance(project.found[key], dict):
            keys = TABLE[:depth]
            said = text("`{key}` must be a table, as [tool.plantrack]", key=".".join(keys))
            raise project.wrong(keys, said)
        project = project._replace(found=project.found[key])
    return project


def _error(path: Path, line: int | str, said: Text) -> PlantrackError:
    return PlantrackError(text("{file}:{line}: {said}", file=visible(str(path)), line=line, said=said))


# -- the text ------------------------------------------------------------------------------------


def _content(path: Path) -> str | None:
    """The text; `None` where no regular file is: nothing waits for a pipe or reads a device."""
    file = visible(str(path))
    try:
        if not path.is_file():
            return None
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        reason = reason_of(error)
        raise PlantrackError(text("{file} cannot be read: {reason}", file=file, reason=reason)) from None
    if len(content) > MAX_BYTES:
        raise PlantrackError(
            text("{file} has more than {most} bytes and is not read", file=file, most=MAX_BYTES)
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
    import tomllib

    if match := re.search(_TOO_LONG, content):
        line = content.count("\n", 0, match.start()) + 1
        raise _error(path, line, text("a key has too many parts, or a number too many digits"))
    try:
        return tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        match, last = re.fullmatch(_PLACED, str(error)), str(content.rstrip().count("\n") + 1)
        reason = str(error) if match is None else match[1]
        place = f"{match[2]}:{match[3]}" if match is not None and match[2] is not None else last
        said = text("not valid TOML ({reason}): {advice}", reason=visible(reason), advice=_ADVICE)
        raise _error(path, place, said) from None
    except RecursionError:
        raise PlantrackError(
            text("{file}: lists or tables stand too deep within one another", file=visible(str(path)))
        ) from None


_PLACED = r"(?s)(.*) \(at (?:line (\d+), column (\d+)|end of document)\)"
"""What is wrong, and where; at the end of the document the last line."""


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
        parts = re.findall(_PART, match["table"] or match["key"])
        named = tuple(part.strip("\"'") for part in parts)
        if match["table"]:
            table = path = named
        else:
            path = (*table, *named)
        alike = min(len(path), len(keys))
        if path[:alike] == keys[:alike] and alike > best:
            best, line = alike, number
    return line

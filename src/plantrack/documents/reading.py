"""From a document's file to its lines: a reader for each format.

Text and Markdown are always read; the others need the libraries of `plantrack[documents]` and stand
in modules of their own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from plantrack.documents.document import Document
from plantrack.documents.marks import raised
from plantrack.errors import PlantrackError
from plantrack.language import Text, listing, shortened, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

MAX_BYTES = 50_000_000
MAX_CHARACTERS = 2_000_000
MAX_LINES = MAX_CELLS = 200_000
MAX_ELEMENTS = 1_000_000
MAX_SPAN = 100_000
"""No plan document is larger, or has more text; more would only exhaust the machine.

Every limit is checked while a file is read, before what is too large is held in memory. A cell
over a thousand columns is how pages say "all of them".
"""


class TooLarge(Exception):
    """A document has more of something than any plan document; `limit` says what and how much."""

    def __init__(self, limit: Text) -> None:
        super().__init__(limit.say("en"))
        self.limit = limit


class Unreadable(Exception):
    """A file is not what its suffix says; `reason` tells why."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.say("en"))
        self.reason = reason


class Contents(NamedTuple):
    """What a file was read as: its lines, what else it holds that was not read, and remarks."""

    lines: list[str]
    not_read: tuple[Text, ...] = ()
    remarks: tuple[Text, ...] = ()


if TYPE_CHECKING:
    Reader = Callable[[Path], Contents]

READERS: dict[str, Reader] = {}
"""Suffix of a file -> the function that reads it."""


def reads(*suffixes: str) -> Callable[[Reader], Reader]:
    """Register the reader of a format."""

    def registered(reader: Reader) -> Reader:
        READERS.update(dict.fromkeys(suffixes, reader))
        return reader

    return registered


def read_document(path: Path) -> Document:
    """The document in a file.

    Raises:
        PlantrackError: where there is no such file, its format is not known, or it cannot be read.
    """
    reader = READERS.get(path.suffix.lower())
    if not path.is_file():
        raise PlantrackError(text("there is no file {file}", file=path))
    if reader is None:
        raise PlantrackError(
            text(
                "{file}: documents are read as {known}; save it as one of these",
                file=path,
                known=listing(*READERS),
            )
        )
    if path.stat().st_size > MAX_BYTES:
        raise PlantrackError(text("{file} has more than {most} bytes", file=path, most=MAX_BYTES))
    try:
        contents = _within_limits(reader(path))
    except TooLarge as error:
        raise PlantrackError(
            text("{file} has more than {limit}: no plan document is so large", file=path, limit=error.limit)
        ) from None
    except ImportError as error:
        raise PlantrackError(
            text(
                '{file}: to read {suffix} files, install what it takes: pip install "plantrack[documents]" '
                "({missing} is missing)",
                file=path,
                suffix=path.suffix,
                missing=error.name,
            )
        ) from None
    except Exception as error:  # noqa: BLE001 - parsers of foreign formats raise whatever they like
        reason = _reason(error)
        raise PlantrackError(
            text("{file} cannot be read as {suffix}: {reason}", file=path, suffix=path.suffix, reason=reason)
        ) from None
    if not any(line.strip() for line in contents.lines):
        raise PlantrackError(text("{file} holds no text (a scan needs to be recognised first)", file=path))
    return Document.of_lines(path.as_posix(), *contents)


def _reason(error: Exception) -> Text | str:
    """Why a file could not be read: in our words, or in those of the library that reads it."""
    if isinstance(error, Unreadable):
        return error.reason
    return shortened(" ".join(str(error).split()) or type(error).__name__)


# -- limits --------------------------------------------------------------------------------------


def require_lines(number: int) -> None:
    """Refuse more lines than any document has.

    Raises:
        TooLarge: where it has more.
    """
    if number > MAX_LINES:
        raise TooLarge(text("{most} lines", most=MAX_LINES))


def require_characters(number: int) -> None:
    """Refuse more text than any document has.

    Raises:
        TooLarge: where it has more.
    """
    if number > MAX_CHARACTERS:
        raise TooLarge(text("{most} characters", most=MAX_CHARACTERS))


def require_span(number: str) -> None:
    """Refuse a cell over more columns or rows than any table has; what is no number is none.

    Raises:
        TooLarge: where it spans more.
    """
    digits = number.strip().lstrip("0")
    if digits.isdecimal() and (len(digits) > len(str(MAX_SPAN)) or int(digits) > MAX_SPAN):
        raise TooLarge(text("{most} columns or rows in one cell", most=MAX_SPAN))


def elements_in(content: bytes) -> int:
    """About how many elements and attributes a piece of XML or HTML has, before it is parsed."""
    return content.count(b"<") - content.count(b"</") + content.count(b"=")


def _within_limits(contents: Contents) -> Contents:
    require_lines(len(contents.lines))
    require_characters(sum(map(len, contents.lines)))
    return contents


# -- files ---------------------------------------------------------------------------------------


def document_in(folder: Path, plan: str) -> Path | None:
    """The document of a plan in a folder: the file with the plan's id; `None` where there is none.

    Raises:
        PlantrackError: where there is no such folder, or the plan has several documents there.
    """
    if not folder.is_dir():
        raise PlantrackError(text("there is no folder {folder}", folder=folder))
    found = sorted(path for suffix in READERS for path in folder.glob(f"{plan}{suffix}"))
    if len(found) > 1:
        raise PlantrackError(
            text(
                "several documents of {plan}: {files}; name one with --document",
                plan=plan,
                files=listing(*found),
            )
        )
    return found[0] if found else None


# -- plain text ----------------------------------------------------------------------------------


@reads(".txt")
def read_text(path: Path) -> Contents:
    return Contents(_lines_of(_decoded_file(path)))


def _decoded_file(path: Path) -> str:
    """The text of a file; more bytes than four a character are more characters than may be."""
    require_characters(path.stat().st_size // 4)
    content = decoded(path.read_bytes())
    require_characters(len(content))
    return content


def _lines_of(content: str) -> list[str]:
    require_lines(content.count("\n"))
    return content.splitlines()


@reads(".md")
def read_markdown(path: Path) -> Contents:
    """The lines as they are written, but for comments, struck words and marks of notes."""
    content = _MARK.sub(lambda match: raised(match[1] or match[2]), _decoded_file(path))
    content, struck = _STRUCK.subn("", "".join(_uncommented(content)))
    remarks = (text("deleted or struck passages left out: {number}", number=struck),) if struck else ()
    return Contents(_lines_of(content), remarks=remarks)


def _uncommented(content: str) -> Iterator[str]:
    """What stands outside comments; one that does not end is none."""
    at = 0
    while (start := content.find("<!--", at)) >= 0 and (end := content.find("-->", start + 4)) >= 0:
        yield content[at:start]
        at = end + 3
    yield content[at:]


_STRUCK = re.compile(r"(?<![0-9~])~~(?=[^\s~])[^~\n]+~~(?!~)|<(del|s|strike)>[^<>]*</\1>")
_MARK = re.compile(r"\[\^([^\]\s]{1,20})\]|<sup>([^<>]*)</sup>")


def decoded(content: bytes) -> str:
    """UTF-8 with or without a byte order mark, UTF-16 with one, or else GB 18030.

    Raises:
        Unreadable: where it is none of them.
    """
    for encoding in (
        ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030")
    ):
        try:
            return content.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    raise Unreadable(text("the document is neither UTF-8 nor GB 18030: save it as UTF-8"))

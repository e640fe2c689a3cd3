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
    from collections.abc import Callable
    from pathlib import Path

MAX_BYTES = 50_000_000
MAX_CHARACTERS = 2_000_000
"""No plan document is larger, or has more text; more would only exhaust the machine."""


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
        contents = reader(path)
    except PlantrackError:
        raise
    except ImportError as error:
        raise PlantrackError(
            text(
                '{file}: to read {suffix} files, install what it takes: pip install "plantrack[documents]" ({missing} is missing)',
                file=path,
                suffix=path.suffix,
                missing=error.name,
            )
        ) from None
    except Exception as error:  # noqa: BLE001 - parsers of foreign formats raise whatever they like
        reason = shortened(" ".join(str(error).split()) or type(error).__name__)
        raise PlantrackError(
            text("{file} cannot be read as {suffix}: {reason}", file=path, suffix=path.suffix, reason=reason)
        ) from None
    if sum(map(len, contents.lines)) > MAX_CHARACTERS:
        raise PlantrackError(text("{file} has more than {most} characters", file=path, most=MAX_CHARACTERS))
    if not any(line.strip() for line in contents.lines):
        raise PlantrackError(text("{file} holds no text (a scan needs to be recognised first)", file=path))
    return Document.of_lines(path.as_posix(), *contents)


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
    return Contents(decoded(path.read_bytes()).splitlines())


@reads(".md")
def read_markdown(path: Path) -> Contents:
    """The lines as they are written, but for comments, struck words and marks of notes."""
    content = _MARK.sub(lambda match: raised(match[1] or match[2]), decoded(path.read_bytes()))
    content, struck = _STRUCK.subn("", _COMMENT.sub("", content))
    remarks = (text("deleted or struck passages left out: {number}", number=struck),) if struck else ()
    return Contents(content.splitlines(), remarks=remarks)


_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_STRUCK = re.compile(r"(?<![0-9~])~~(?=[^\s~])[^~\n]+~~(?!~)|<(del|s|strike)>[^<>]*</\1>")
_MARK = re.compile(r"\[\^([^\]\s]{1,20})\]|<sup>([^<>]*)</sup>")


def decoded(content: bytes) -> str:
    """UTF-8 with or without a byte order mark, UTF-16 with one, or else GB 18030.

    Raises:
        PlantrackError: where it is none of them.
    """
    for encoding in (
        ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030")
    ):
        try:
            return content.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    raise PlantrackError(text("the document is neither UTF-8 nor GB 18030: save it as UTF-8"))

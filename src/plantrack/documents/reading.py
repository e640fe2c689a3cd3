"""From a document's file to its lines: a reader for each format.

Text and Markdown are always read; the others need the libraries of `plantrack[documents]` and stand
in modules of their own.
"""

from __future__ import annotations

import re
from contextlib import suppress
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from plantrack.documents import limits
from plantrack.documents.document import Document
from plantrack.documents.marks import raised
from plantrack.errors import PlantrackError
from plantrack.language import Text, listing, shortened, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path


class Unreadable(Exception):
    """A file is not what its suffix says; the argument, a `Text`, tells why."""


class Contents(NamedTuple):
    """What a file was read as: its lines, what else it holds that was not read, and remarks.

    `recognised` are the lines, from 1, that were recognised from pictures.
    """

    lines: list[str]
    not_read: tuple[Text, ...] = ()
    remarks: tuple[Text, ...] = ()
    recognised: frozenset[int] = frozenset()


_NOT_READ = {
    "picture": text("pictures ({number})"),
    "chart": text("charts or diagrams ({number})"),
    "object": text("embedded objects ({number})"),
    "document": text("embedded documents ({number})"),
    "page": text("embedded pages or objects ({number})"),
    "equation": text("equation fields ({number})"),
    "symbol": text("signs of symbol fonts ({number})"),
    "header": text("headers or footers with numbers ({number})"),
}
_REMARKS = {
    "struck": text("deleted or struck passages left out: {number}"),
    "hidden": text("hidden passages left out: {number}"),
    "comment": text("comments, which are no part of the text: {number}"),
}


def contents_of(lines: list[str], seen: Mapping[str, int], *remarks: Text) -> Contents:
    """The lines with what was seen beside them, each told with its number."""
    not_read, told = (
        tuple(text(each.template, number=seen[kind]) for kind, each in texts.items() if seen.get(kind))
        for texts in (_NOT_READ, _REMARKS)
    )
    return Contents(lines, not_read, remarks + told)


if TYPE_CHECKING:
    Reader = Callable[[Path], Contents]

FORMATS = ("pdf", "web", "word")
"""The modules that read more than text, imported when the first document is."""
_READERS: dict[str, Reader] = {}


@cache
def readers() -> Mapping[str, Reader]:
    """Suffix of a file -> the function that reads it."""
    for name in FORMATS:
        import_module(f"plantrack.documents.{name}")
    return _READERS


def reads(*suffixes: str) -> Callable[[Reader], Reader]:
    """Register the reader of a format."""

    def registered(reader: Reader) -> Reader:
        _READERS.update(dict.fromkeys(suffixes, reader))
        return reader

    return registered


def read_document(path: Path, *others: str) -> Document:
    """The document in a file; `others` are suffixes that the caller reads by itself.

    Raises:
        PlantrackError: where there is no such file, its format is not known, or it cannot be read.
    """
    reader = readers().get(path.suffix.lower())
    if not path.is_file():
        raise PlantrackError(text("there is no file {file}", file=path))
    if reader is None:
        known = listing(*readers(), *others)
        raise PlantrackError(
            text("{file}: documents are read as {known}; save it as one of these", file=path, known=known)
        )
    if path.stat().st_size > limits.MAX_BYTES:
        raise PlantrackError(text("{file} has more than {most} bytes", file=path, most=limits.MAX_BYTES))
    try:
        contents = reader(path)
        limits.LINES.require(len(contents.lines))
        limits.CHARACTERS.require(sum(map(len, contents.lines)))
    except limits.TooLarge as error:
        limit = text(error.args[0].what.template, most=error.args[0].most)
        told = text("{file} has more than {limit}: no plan document is so large", file=path, limit=limit)
    except ImportError as error:
        told = text(
            '{file}: to read {suffix} files, install what it takes: pip install "plantrack[documents]" '
            "({missing} is missing)",
            file=path,
            suffix=path.suffix,
            missing=error.name,
        )
    except Exception as error:  # noqa: BLE001 - parsers of foreign formats raise whatever they like
        in_words = shortened(" ".join(str(error).split()) or type(error).__name__)
        reason = error.args[0] if isinstance(error, Unreadable) else in_words
        told = text(
            "{file} cannot be read as {suffix}: {reason}", file=path, suffix=path.suffix, reason=reason
        )
    else:
        if any(line.strip() for line in contents.lines):
            return Document.of_lines(path.as_posix(), *contents)
        told = _without_text(path, contents)
    raise PlantrackError(told)


def _without_text(path: Path, contents: Contents) -> Text:
    """That there is no text, and what there is instead; only pages of PDF are recognised."""
    if path.suffix.lower() == ".pdf":
        return text(
            '{file} holds no text (a scan needs to be recognised first: pip install "plantrack[ocr]")',
            file=path,
        )
    if contents.not_read:
        return text("{file} holds no text; not read: {parts}", file=path, parts=listing(*contents.not_read))
    return text("{file} holds no text", file=path)


def document_in(folder: Path, plan: str) -> Path | None:
    """The document of a plan in a folder: the file with the plan's id; `None` where there is none.

    Raises:
        PlantrackError: where there is no such folder, or the plan has several documents there.
    """
    if not folder.is_dir():
        raise PlantrackError(text("there is no folder {folder}", folder=folder))
    found = sorted(path for suffix in readers() for path in folder.glob(f"{plan}{suffix}"))
    if len(found) > 1:
        files = listing(*found)
        raise PlantrackError(
            text("several documents of {plan}: {files}; name one with --document", plan=plan, files=files)
        )
    return found[0] if found else None


@reads(".txt")
def read_text(path: Path) -> Contents:
    return Contents(_lines_of(_decoded_file(path)))


@reads(".md")
def read_markdown(path: Path) -> Contents:
    """The lines as they are written, but for comments, struck words and marks of notes."""
    content = _MARK.sub(lambda match: raised(match[1] or match[2]), _decoded_file(path))
    content, struck = _STRUCK.subn("", "".join(_uncommented(content)))
    return contents_of(_lines_of(content), {"struck": struck})


_STRUCK = re.compile(r"(?<![0-9~])~~(?=[^\s~])[^~\n]+~~(?!~)|<(del|s|strike)>[^<>]*</\1>")
_MARK = re.compile(r"\[\^([^\]\s]{1,20})\]|<sup>([^<>]*)</sup>")


def _decoded_file(path: Path) -> str:
    """More bytes than four a character are more characters than may be."""
    limits.CHARACTERS.require(path.stat().st_size // 4)
    content = decoded(path.read_bytes())
    limits.CHARACTERS.require(len(content))
    return content


def _lines_of(content: str) -> list[str]:
    limits.LINES.require(content.count("\n"))
    return content.splitlines()


def _uncommented(content: str) -> Iterator[str]:
    """What stands outside comments; one that does not end is none."""
    at = 0
    while (start := content.find("<!--", at)) >= 0 and (end := content.find("-->", start + 4)) >= 0:
        yield content[at:start]
        at = end + 3
    yield content[at:]


def decoded(content: bytes) -> str:
    """UTF-8 with or without a byte order mark, UTF-16 with one, or else GB 18030; `Unreadable` where it is none."""
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if is_wide else ("utf-8-sig", "gb18030"):
        with suppress(UnicodeDecodeError):
            return content.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
    raise Unreadable(text("the document is neither UTF-8 nor GB 18030: save it as UTF-8"))

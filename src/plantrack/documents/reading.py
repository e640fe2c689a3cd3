"""From a document's file to its lines: a reader for each format.

Text and Markdown are always read; the others need the libraries of `plantrack[documents]`.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from plantrack.documents.document import Document
from plantrack.errors import PlantrackError
from plantrack.language import listing, shortened, text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MAX_BYTES = 50_000_000
MAX_CHARACTERS = 2_000_000
"""No plan document is larger, or has more text; more would only exhaust the machine."""

READERS: dict[str, Callable[[Path], list[str]]] = {}
"""Suffix of a file -> the function that reads its lines."""


def reads(*suffixes: str) -> Callable[[Callable[[Path], list[str]]], Callable[[Path], list[str]]]:
    """Register the reader of a format."""

    def registered(reader: Callable[[Path], list[str]]) -> Callable[[Path], list[str]]:
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
        lines = reader(path)
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
    if sum(map(len, lines)) > MAX_CHARACTERS:
        raise PlantrackError(text("{file} has more than {most} characters", file=path, most=MAX_CHARACTERS))
    if not any(line.strip() for line in lines):
        raise PlantrackError(text("{file} holds no text (a scan needs to be recognised first)", file=path))
    return Document.of_lines(path.as_posix(), lines)


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


# -- formats -------------------------------------------------------------------------------------


@reads(".txt", ".md")
def text_lines(path: Path) -> list[str]:
    return decoded(path.read_bytes()).splitlines()


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


@reads(".docx")
def docx_lines(path: Path) -> list[str]:
    """A line for each paragraph and each row of a table, cells parted by tabs."""
    import docx  # noqa: PLC0415 - part of an extra
    from docx.table import Table  # noqa: PLC0415

    lines: list[str] = []
    for block in docx.Document(str(path)).iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                cells = {id(cell._tc): cell.text for cell in row.cells}  # noqa: SLF001 - merged cells come several times
                lines.append("\t".join(" ".join(cell.split()) for cell in cells.values()))
        else:
            lines += block.text.splitlines() or [""]
    return lines


@reads(".html", ".htm")
def html_lines(path: Path) -> list[str]:
    """A line for each block and each row of a table, cells parted by tabs."""
    from lxml import etree, html  # noqa: PLC0415 - part of an extra

    root = html.document_fromstring(_html_text(path.read_bytes()))
    for element in list(root.iter("script", "style", "head", etree.Comment)):
        element.drop_tree()
    for element in root.iter():
        in_cell = next(element.iterancestors("td", "th"), None) is not None
        before, after = (" ", " ") if in_cell else _BREAKS.get(element.tag, ("", ""))
        element.text = before + _one_blank(element.text)
        element.tail = after + _one_blank(element.tail)
    lines = re.sub(r" *([\t\n]) *", r"\1", root.text_content()).split("\n")
    return [line for line in lines if line.strip()]


def _one_blank(content: str | None) -> str:
    return re.sub(r"\s+", " ", content or "")


_BLOCKS = (
    *("p", "div", "section", "article", "li", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6"),
    *("table", "tr", "caption", "blockquote", "pre"),
)
_BREAKS = dict.fromkeys(_BLOCKS, ("\n", "\n")) | {"br": ("", "\n"), "td": ("", "\t"), "th": ("", "\t")}
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_-]{1,40})""", re.IGNORECASE)


def _html_text(content: bytes) -> str:
    """The page in the encoding that it names; where it names a wrong one, as other texts."""
    named = _CHARSET.search(content[:4096])
    name = named[1].decode("ascii").lower() if named else "utf-8"
    try:
        page = content.decode("gb18030" if name.startswith("gb") else name)
    except (LookupError, UnicodeDecodeError):
        page = decoded(content)
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", page)


@reads(".pdf")
def pdf_lines(path: Path) -> list[str]:
    """The lines of every page, in the order in which the page draws them."""
    from pypdf import PdfReader  # noqa: PLC0415 - part of an extra

    logging.getLogger("pypdf").setLevel(logging.ERROR)
    return [line for page in PdfReader(path).pages for line in page.extract_text().splitlines()]

"""PDF: the lines of every page, in the order in which the page draws them."""

from __future__ import annotations

import logging
import math
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from plantrack.documents.marks import is_mark, raised
from plantrack.documents.reading import Contents, reads
from plantrack.language import listing, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from plantrack.language import Text

Page = Any
"""A page of pypdf."""


@reads(".pdf")
def read_pdf(path: Path) -> Contents:
    from pypdf import PdfReader  # noqa: PLC0415 - part of an extra

    logging.getLogger("pypdf").setLevel(logging.ERROR)
    lines: list[str] = []
    empty, illegible, pictures, filled = [], [], [], []
    for number, page in enumerate(PdfReader(path).pages, 1):
        content = _text_of(page)
        lines += content.splitlines()
        if not content.strip():
            empty.append(number)
        elif _is_illegible(content):
            illegible.append(number)
        elif _has_picture(page):
            pictures.append(number)
        if any(map(_has_words, page.get("/Annots") or ())):
            filled.append(number)
    return Contents(lines, tuple(_not_read(empty, illegible, pictures, filled)))


def _not_read(
    empty: Sequence[int], illegible: Sequence[int], pictures: Sequence[int], filled: Sequence[int]
) -> Iterator[Text]:
    if empty:
        yield text("pages without text: {pages} (scans need to be recognised first)", pages=_ranges(empty))
    if illegible:
        yield text("pages whose characters cannot be told: {pages}", pages=_ranges(illegible))
    if pictures:
        yield text("pictures on pages {pages}", pages=_ranges(pictures))
    if filled:
        yield text("words typed onto pages or into forms: pages {pages}", pages=_ranges(filled))


def _ranges(pages: Sequence[int]) -> object:
    """`3, 5–8`: pages one after the other are told by their ends."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and runs[-1][-1] == page - 1:
            runs[-1] = [runs[-1][0], page]
        else:
            runs.append([page])
    return listing(*("–".join(map(str, run)) for run in runs))


# -- marks ---------------------------------------------------------------------------------------


class _Chunk(NamedTuple):
    """Text that a page draws at once: the size of its letters, and where the line begins."""

    content: str
    size: float
    start: float
    height: float


def _text_of(page: Page) -> str:
    """The text of a page, small raised marks as superscripts."""
    chunks: list[_Chunk] = []

    def seen(content: str, around: list[float], matrix: list[float], _font: object, size: float) -> None:
        scale = math.hypot(matrix[2], matrix[3]) * math.hypot(around[2], around[3])
        height = matrix[4] * around[1] + matrix[5] * around[3] + around[5]
        chunks.append(_Chunk(content, abs(size) * scale, matrix[4], height))

    content: str = page.extract_text(visitor_text=seen)
    marked = "".join(_marked(chunks))
    return marked if _letters("".join(each.content for each in chunks)) == _letters(content) else content


def _letters(content: str) -> str:
    return "".join(content.split())


def _marked(chunks: Sequence[_Chunk]) -> Iterator[str]:
    before = _Chunk("", 0, 0, 0)
    for chunk in chunks:
        if not chunk.content.strip():
            yield chunk.content
        elif _is_raised(chunk, before):
            yield raised(chunk.content)
        else:
            yield chunk.content
            before = chunk


SMALLER = 0.8
"""Marks are smaller than the letters beside them by this factor or more."""
LEAST_RISE, MOST_RISE = 0.1, 1.0
"""How far marks stand above the line, in heights of its letters."""


def _is_raised(chunk: _Chunk, before: _Chunk) -> bool:
    """Whether a chunk is a mark on what stands before it.

    A number that is only smaller is none. Letters that the page raises within one piece of text
    have the place of the line for their own.
    """
    if (
        not before.size
        or "\n" in chunk.content
        or chunk.size > SMALLER * before.size
        or not is_mark(chunk.content)
    ):
        return False
    rise = (chunk.height - before.height) / before.size
    is_within = (chunk.start, chunk.height) == (before.start, before.height)
    is_above = LEAST_RISE <= rise <= MOST_RISE
    return (is_within or is_above) and _MARKED.search(before.content) is not None


_MARKED = re.compile(r"[0-9%‰)）\u3400-\u9fffm]\s?$")


# -- what is not read ----------------------------------------------------------------------------

ILLEGIBLE = 0.2
"""A page with more than this share of characters that mean nothing cannot be read."""
LEAST_PIXELS = 20_000
"""Smaller pictures are ornaments."""
_MEANINGLESS = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]|/g[0-9]+")


def _is_illegible(content: str) -> bool:
    return len("".join(_MEANINGLESS.findall(content))) > ILLEGIBLE * len(_letters(content))


def _has_picture(page: Page) -> bool:
    objects = (page.get("/Resources") or {}).get("/XObject") or {}
    return any(
        each.get("/Subtype") == "/Image" and each.get("/Width", 0) * each.get("/Height", 0) >= LEAST_PIXELS
        for each in (objects[name].get_object() for name in objects)
    )


def _has_words(note: Any) -> bool:  # noqa: ANN401 - a reference of pypdf
    """Whether a note shows words on the page: typed onto it, or into a field of a form."""
    each = note.get_object()
    kind = each.get("/Subtype")
    return bool(kind == "/FreeText" and each.get("/Contents")) or bool(kind == "/Widget" and each.get("/V"))

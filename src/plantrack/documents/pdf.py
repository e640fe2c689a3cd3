"""PDF: the lines of every page, in the order in which the page draws them."""

from __future__ import annotations

import logging
import math
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from plantrack.documents.marks import is_mark, raised
from plantrack.documents.reading import Contents, TooLarge, reads, require_characters
from plantrack.language import listing, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from plantrack.language import Text

Page = Any
"""A page of pypdf."""


MAX_PAGES = 5_000
MAX_DRAWN = 50_000_000
MAX_DRAWN_ON_PAGE = 4_000_000
"""Bytes that all pages, and a single page, are drawn by once they are unpacked; maps have more."""


@reads(".pdf")
def read_pdf(path: Path) -> Contents:
    from pypdf import PdfReader  # noqa: PLC0415 - part of an extra

    logging.getLogger("pypdf").setLevel(logging.ERROR)
    reader = PdfReader(path)
    large = _large_pages(reader)
    lines: list[str] = []
    characters = 0
    seen: defaultdict[str, list[int]] = defaultdict(list, large=sorted(large))
    for number, page in enumerate(reader.pages, 1):
        content = "" if number in large else _text_of(page)
        characters += len(content)
        require_characters(characters)
        lines += content.splitlines()
        for kind in _amiss(page, content) if number not in large else ():
            seen[kind].append(number)
        if any(map(_has_words, page.get("/Annots") or ())):
            seen["filled"].append(number)
    if large and not characters:
        raise TooLarge(text("{most} bytes drawn on a page", most=MAX_DRAWN_ON_PAGE))
    return Contents(lines, tuple(_not_read(seen)))


def _large_pages(reader: Any) -> set[int]:  # noqa: ANN401 - a reader of pypdf
    """The pages that draw too much to be read, such as maps.

    Raises:
        TooLarge: where there are too many pages, or they draw too much together.
    """
    count = reader.trailer["/Root"]["/Pages"].get("/Count", 0)
    if (isinstance(count, int) and count > MAX_PAGES) or len(reader.pages) > MAX_PAGES:
        raise TooLarge(text("{most} pages", most=MAX_PAGES))
    large, drawn = set(), 0
    for number, page in enumerate(reader.pages, 1):
        size = _drawn(page)
        drawn += size
        if size > MAX_DRAWN_ON_PAGE:
            large.add(number)
        if drawn > MAX_DRAWN:
            raise TooLarge(text("{most} bytes drawn on its pages", most=MAX_DRAWN))
    return large


def _drawn(page: Page) -> int:
    """The bytes that a page is drawn by; a damaged page is told where its text is asked for."""
    from pypdf.errors import LimitReachedError  # noqa: PLC0415 - part of an extra

    try:
        found: Any = page.get("/Contents", []).get_object()
        streams = [each.get_object() for each in (found if isinstance(found, list) else [found])]
        return sum(len(each.get_data()) for each in streams if hasattr(each, "get_data"))
    except LimitReachedError:
        raise TooLarge(text("{most} bytes drawn on a page", most=MAX_DRAWN_ON_PAGE)) from None
    except Exception:  # noqa: BLE001 - pypdf raises whatever it likes
        return 0


def _amiss(page: Page, content: str) -> Iterator[str]:
    """What of a page may not have been read."""
    if not content.strip():
        yield "empty"
    elif _is_illegible(content):
        yield "illegible"
    elif _has_picture(page):
        yield "pictures"


def _not_read(seen: Mapping[str, Sequence[int]]) -> Iterator[Text]:
    for kind, said in (
        ("empty", text("pages without text: {pages} (scans need to be recognised first)")),
        ("large", text("pages that draw too much: {pages}")),
        ("illegible", text("pages whose characters cannot be told: {pages}")),
        ("pictures", text("pictures on pages {pages}")),
        ("filled", text("words typed onto pages or into forms: pages {pages}")),
    ):
        if seen[kind]:
            yield text(said.template, pages=_ranges(seen[kind]))


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

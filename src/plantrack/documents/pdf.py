"""PDF: the lines of every page, in the order in which the page draws them."""

from __future__ import annotations

import logging
import math
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from plantrack.documents import limits, ocr
from plantrack.documents.marks import is_mark, raised
from plantrack.documents.reading import Contents, reads
from plantrack.language import listing, shortened, text

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence
    from pathlib import Path

    from plantrack.language import Text

Page = Any
"""A page of pypdf."""


PAGES = limits.Limit(5_000, text("{most} pages"))
DRAWN = limits.Limit(50_000_000, text("{most} bytes drawn on its pages"))
DRAWN_ON_PAGE = limits.Limit(4_000_000, text("{most} bytes drawn on a page"))
"""Once they are unpacked; maps have more."""
_NOT_READ = {
    "empty": text(
        'pages without text: {pages} (scans need to be recognised first: pip install "plantrack[ocr]")'
    ),
    "recognised": text(
        "pages whose text was recognised from pictures: {pages} (digits may be wrong and lines may be missing)"
    ),
    "large": text("pages that draw too much: {pages}"),
    "illegible": text("pages whose characters cannot be told: {pages}"),
    "pictures": text("pictures on pages {pages}"),
    "filled": text("words typed onto pages or into forms: pages {pages}"),
}


@reads(".pdf")
def read_pdf(path: Path) -> Contents:
    from pypdf import PdfReader  # noqa: PLC0415 - part of an extra

    logging.getLogger("pypdf").setLevel(logging.ERROR)
    reader = PdfReader(path)
    large = _large_pages(reader)
    pages: dict[int, list[str]] = {}
    tally = limits.Tally()
    seen: defaultdict[str, list[int]] = defaultdict(list)
    for number, page in enumerate(reader.pages, 1):
        content = "" if number in large else _text_of(page)
        tally.add(limits.CHARACTERS, len(content))
        pages[number] = content.splitlines()
        seen["large" if number in large else _amiss(page, content)].append(number)
        if any(map(_has_words, page.get("/Annots") or ())):
            seen["filled"].append(number)
    if large and not tally[limits.CHARACTERS]:
        raise limits.TooLarge(DRAWN_ON_PAGE)
    found, *failed = _recognised(path, seen["empty"])
    pages |= found
    seen["empty"], seen["recognised"] = [each for each in seen["empty"] if each not in found], [*found]
    told = (text(each.template, pages=_ranges(seen[kind])) for kind, each in _NOT_READ.items() if seen[kind])
    return _contents(pages, found, (*told, *failed))


def _contents(pages: Mapping[int, list[str]], recognised: Container[int], told: tuple[Text, ...]) -> Contents:
    """The lines of all pages, which of them were recognised from pictures, and what is told of them."""
    lines = [(line, number in recognised) for number, some in pages.items() for line in some]
    of_pictures = frozenset(at for at, (_, is_recognised) in enumerate(lines, 1) if is_recognised)
    return Contents([line for line, _ in lines], told, recognised=of_pictures)


def _recognised(path: Path, pages: Sequence[int]) -> tuple[Any, ...]:
    """The lines of pages that are pictures, where the extra for that reads any; and why it failed if it did."""
    if not pages or not ocr.can_recognise():
        return ({},)
    some = pages[: ocr.MOST_PAGES]
    try:
        read = zip(some, ocr.recognised(path, some), strict=True)
        return ({number: lines for number, lines in read if lines},)
    except Exception as error:  # noqa: BLE001 - the libraries raise whatever they like
        return {}, text("the recognition of pictures failed: {reason}", reason=shortened(repr(error)))


def _large_pages(reader: Any) -> set[int]:  # noqa: ANN401 - a reader of pypdf
    """The pages that draw too much to be read, such as maps."""
    count = reader.trailer["/Root"]["/Pages"].get("/Count", 0)
    PAGES.require(count if isinstance(count, int) else 0)
    PAGES.require(len(reader.pages))
    large, tally = set(), limits.Tally()
    for number, page in enumerate(reader.pages, 1):
        size = _drawn(page)
        tally.add(DRAWN, size)
        if size > DRAWN_ON_PAGE.most:
            large.add(number)
    return large


def _drawn(page: Page) -> int:
    """The bytes that a page is drawn by; a damaged page is told where its text is asked for."""
    from pypdf.errors import LimitReachedError  # noqa: PLC0415 - part of an extra

    try:
        found: Any = page.get("/Contents", []).get_object()
        streams = [each.get_object() for each in (found if isinstance(found, list) else [found])]
        return sum(len(each.get_data()) for each in streams if hasattr(each, "get_data"))
    except LimitReachedError:
        raise limits.TooLarge(DRAWN_ON_PAGE) from None
    except Exception:  # noqa: BLE001 - pypdf raises whatever it likes
        return 0


def _ranges(pages: Sequence[int]) -> object:
    """`3, 5–8`."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and runs[-1][-1] == page - 1:
            runs[-1] = [runs[-1][0], page]
        else:
            runs.append([page])
    return listing(*("–".join(map(str, run)) for run in runs))


class _Chunk(NamedTuple):
    """Text drawn at once: the size of its letters, and where the line begins."""

    content: str
    size: float
    start: float
    height: float


def _text_of(page: Page) -> str:
    """With small raised marks as superscripts."""
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
    """Whether a chunk is a mark on what stands before it, not a number that is only smaller.

    Letters raised within one piece of text have the place of the line for their own.
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


ILLEGIBLE = 0.2
"""A page with more than this share of characters that mean nothing cannot be read."""
LEAST_PIXELS = 20_000
"""Smaller pictures are ornaments."""
_MEANINGLESS = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]|/g[0-9]+")


def _amiss(page: Page, content: str) -> str:
    """What of a page may not have been read; empty where it was."""
    if not content.strip():
        return "empty"
    if len("".join(_MEANINGLESS.findall(content))) > ILLEGIBLE * len(_letters(content)):
        return "illegible"
    objects = (page.get("/Resources") or {}).get("/XObject") or {}
    sizes = (
        each.get("/Width", 0) * each.get("/Height", 0)
        for each in (objects[name].get_object() for name in objects)
        if each.get("/Subtype") == "/Image"
    )
    return "pictures" if any(size >= LEAST_PIXELS for size in sizes) else ""


def _has_words(note: Any) -> bool:  # noqa: ANN401 - a reference of pypdf
    """Whether words are typed onto the page, or into a field of a form."""
    each = note.get_object()
    shown = {"/FreeText": "/Contents", "/Widget": "/V"}.get(each.get("/Subtype"), "")
    return bool(each.get(shown))

"""The numbers of a document, each whole: `15` never stands in `2015`, `115` or `8.15`.

Dates, numbers of documents, numbering and names such as 5G or P2P are told by their patterns.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING, Literal, NamedTuple

from plantrack.documents.marks import EXPONENT
from plantrack.numbers.words import COUNTS, PRINTED_NUMBERS, RANGE_WORDS, any_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plantrack.documents.outline import Outline

Kind = Literal["number", "word", "date", "document-number", "numbering", "name"]


class Number(NamedTuple):
    """A number of the document: its digits without blanks and separators, or its word; by offsets."""

    text: str
    start: int
    end: int
    kind: Kind


class Reading(NamedTuple):
    """Digits that may be meant at some place: one number, or two that a line break or blank parted."""

    start: int
    end: int
    numbers: tuple[int, ...]


class Numbers(NamedTuple):
    """All numbers in the order of the document, and the readings of each text of digits."""

    all: list[Number]
    readings: dict[str, list[Reading]]

    def between(self, start: int, end: int) -> range:
        """The places in `all` of the numbers that begin between two offsets."""
        low = bisect_left(self.all, start, key=lambda each: each.start)
        return range(low, bisect_left(self.all, end, lo=low, key=lambda each: each.start))


def read_numbers(outline: Outline) -> Numbers:
    """Every number of a document: digits, and the words that are nothing but numbers."""
    content = outline.document.plain
    kinds = _kinds(outline)
    found = [
        Number(m[0].replace(",", ""), m.start(), m.end(), kinds.get(m.start(), "number"))
        for m in _DIGITS.finditer(content)
    ]
    numbers = list(_joined(found, outline))
    numbers += _words(outline)
    numbers.sort(key=lambda each: each.start)
    return Numbers(numbers, _readings(numbers, outline))


def _words(outline: Outline) -> Iterator[Number]:
    """Numbers in words, wherever the line ends between them."""
    squeezed, offsets = outline.document.squeezed
    for match in _WORDS.finditer(squeezed):
        yield Number(match[0], offsets[match.start()], offsets[match.end() - 1] + 1, "word")


_DIGITS = re.compile(
    rf"[0-9]{{1,3}}(?:,[0-9]{{3}})+(?![0-9])(?:\.[0-9]+)?|(?<![0-9.])10{EXPONENT}|[0-9]+(?:\.[0-9]+)?"
)
_WORDS = re.compile("|".join(PRINTED_NUMBERS))

# -- what is no quantity -------------------------------------------------------------------------

_YEAR = r"(?<![0-9.])(?:19|20|21)[0-9]{2}(?![0-9])"
_TO = any_of(RANGE_WORDS)
_DAY = r"(?:\s*[0-9]{1,2}\s*[日号])?"
_PATTERNS: tuple[tuple[Kind, str], ...] = (
    ("document-number", rf"[〔\[(【]\s*{_YEAR}\s*[〕\])】]\s*第?\s*[0-9]+\s*号"),
    (
        "date",
        rf"{_YEAR}(?:\s*年?\s*(?:[—和与及、/]|{_TO})\s*{_YEAR}){{0,20}}\s*年(?:\s*[0-9]{{1,2}}\s*(?:[—、和]|{_TO}))?(?:\s*[0-9]{{1,2}}\s*月)?{_DAY}",
    ),
    ("date", rf"(?<![0-9.])[0-9]{{1,2}}\s*月{_DAY}"),
    ("date", r"每月\s*[0-9]{1,2}\s*[日号]"),
    ("date", rf"{_YEAR}([—./])[0-9]{{1,2}}\1[0-9]{{1,2}}(?![0-9])"),
    ("numbering", r"第\s*[0-9]{1,3}\s*[章节篇条款页]"),
    ("numbering", r"(?m:^[ \t#*>—]*)[0-9]{1,2}\s*[.、](?!\s*[0-9])"),
    ("numbering", r"(?m:^[ \t]*—[ \t]*)[0-9]{1,4}[ \t]*—[ \t]*(?m:$)"),
    ("numbering", r"(?<![0-9A-Za-z])\([0-9]{1,2}\)"),
    (
        "numbering",
        rf"(?:附件|附表|附图|附录|专栏)\s*:?\s*[0-9]{{1,2}}(?![0-9%]|\.[0-9]|\s*(?:{any_of(COUNTS)}))",
    ),
    ("numbering", r"(?:(?m:^\s*)|[见如(《\"])[表图]\s*[0-9]{1,2}(?![0-9.%])"),
    ("name", r"(?<=[A-Za-z])[0-9]+"),
    ("name", r"(?<![0-9.])[0-9]+[A-Z](?![A-Za-z])"),
)
"""Kinds of numbers that are no quantities, and how they are told; the first that fits."""
_FEW_BLANKS = r"\s{0,8}"
"""Blanks inside a date or a number of a document are few; endless ones would take endless time."""
_COMPILED = tuple((kind, re.compile(pattern.replace(r"\s*", _FEW_BLANKS))) for kind, pattern in _PATTERNS)
_RUN = re.compile(r"[0-9]+")


def _kinds(outline: Outline) -> dict[int, Kind]:
    """The offset of each number that is no quantity, and its kind."""
    document = outline.document
    kinds: dict[int, Kind] = {}
    for kind, pattern in _COMPILED:
        for match in pattern.finditer(document.plain):
            for digits in _RUN.finditer(match[0]):
                kinds.setdefault(match.start() + digits.start(), kind)
    for line in outline.contents:
        start = document.starts[line]
        for digits in _RUN.finditer(document.lines[line]):
            kinds.setdefault(start + digits.start(), "numbering")
    return kinds


# -- numbers that were parted --------------------------------------------------------------------

MOST_DIGITS = 60
"""Longer numbers are rows of numbers: they go on with nothing."""
_BLANKS = re.compile(r" {1,2}")
_BREAK = re.compile(r" *\n[ \n]*| *\. *\n? *| +")


def _joined(found: list[Number], outline: Outline) -> Iterator[Number]:
    """In a sentence, digits that only a blank parts are one number: `1 331.93`."""
    waiting: Number | None = None
    for number in found:
        if (
            waiting is not None
            and len(waiting.text) <= MOST_DIGITS
            and _belongs(waiting, number, outline, _BLANKS)
            and _in_prose(waiting, outline)
        ):
            waiting = Number(waiting.text + number.text, waiting.start, number.end, "number")
            continue
        if waiting is not None:
            yield waiting
        waiting = number
    if waiting is not None:
        yield waiting


def _readings(numbers: list[Number], outline: Outline) -> dict[str, list[Reading]]:
    """Each number by itself, and joined with the next where a line break or a blank may part them."""
    readings: defaultdict[str, list[Reading]] = defaultdict(list)
    content = outline.document.plain
    for at, number in enumerate(numbers):
        if number.kind not in {"number", "name"}:
            continue
        readings[number.text].append(Reading(number.start, number.end, (at,)))
        following = numbers[at + 1] if at + 1 < len(numbers) else None
        if following is None or not _belongs(number, following, outline, _BREAK):
            continue
        gap = content[number.end : following.start]
        if "\n" in gap and not _in_prose(number, outline):
            continue
        text = number.text + ("." if "." in gap else "") + following.text
        readings[text].append(Reading(number.start, following.end, (at, at + 1)))
    return readings


def _belongs(one: Number, other: Number, outline: Outline, gap: re.Pattern[str]) -> bool:
    """Whether two numbers may be the parts of one: nothing but the gap between, at most one point."""
    between = outline.document.plain[one.end : other.start]
    return (
        one.kind == other.kind == "number"
        and gap.fullmatch(between) is not None
        and (one.text + between + other.text).count(".") <= 1
    )


def _in_prose(number: Number, outline: Outline) -> bool:
    return outline.sentences[outline.document.line_at(number.start) - 1]

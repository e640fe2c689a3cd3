"""The numbers of a document, each whole: `15` never stands in `2015`, `115` or `8.15`.

Dates, numbers of documents, numbering and names such as 5G or P2P are told by their patterns.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from itertools import chain, zip_longest
from operator import attrgetter
from typing import TYPE_CHECKING, Literal, NamedTuple

from plantrack.documents.marks import EXPONENT
from plantrack.numbers.words import COUNTS, PRINTED_NUMBERS, RANGE_WORDS, any_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plantrack.documents.outline import Outline

Kind = Literal["number", "word", "date", "document-number", "numbering", "name"]


class Number(NamedTuple):
    """Digits without blanks and separators, or a word; by offsets."""

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
        low, high = (bisect_left(self.all, offset, key=attrgetter("start")) for offset in (start, end))
        return range(low, high)


def read_numbers(outline: Outline) -> Numbers:
    """Digits, and the words that are nothing but numbers, over line ends too."""
    document, kinds = outline.document, _kinds(outline)
    found = [
        Number(m[0].replace(",", ""), m.start(), m.end(), kinds.get(m.start(), "number"))
        for m in _DIGITS.finditer(document.plain)
    ]
    squeezed, offsets = document.squeezed
    words = [
        Number(m[0], offsets[m.start()], offsets[m.end() - 1] + 1, "word") for m in _WORDS.finditer(squeezed)
    ]
    numbers = sorted([*_joined(found, outline), *words], key=attrgetter("start"))
    return Numbers(numbers, _readings(numbers, outline))


_DIGITS = re.compile(
    rf"[0-9]{{1,3}}(?:,[0-9]{{3}})+(?![0-9])(?:\.[0-9]+)?|(?<![0-9.])10{EXPONENT}|[0-9]+(?:\.[0-9]+)?"
)
_WORDS = re.compile("|".join(PRINTED_NUMBERS))


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
    ("name", r"(?<=[A-Za-z])[0-9]+|(?<=[A-Za-z]_)[0-9]+"),
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
    parts: Iterator[tuple[int, str, Kind]] = chain(
        ((m.start(), m[0], kind) for kind, pattern in _COMPILED for m in pattern.finditer(document.plain)),
        ((document.starts[line], document.lines[line], "numbering") for line in outline.contents),
    )
    kinds: dict[int, Kind] = {}
    for start, content, kind in parts:
        for digits in _RUN.finditer(content):
            kinds.setdefault(start + digits.start(), kind)
    return kinds


MOST_DIGITS = 60
"""Longer numbers are rows of numbers: they go on with nothing."""
_BLANKS = re.compile(r" {1,2}")
_BREAK = re.compile(r" *\n[ \n]*| *\. *\n? *| +")


def _joined(found: list[Number], outline: Outline) -> Iterator[Number]:
    """In a sentence, digits that only a blank parts are one number: `1 331.93`."""
    waiting: Number | None = None
    for number in found:
        if waiting is None:
            waiting = number
        elif (
            len(waiting.text) <= MOST_DIGITS
            and _belongs(waiting, number, outline, _BLANKS)
            and _in_prose(waiting, outline)
        ):
            waiting = Number(waiting.text + number.text, waiting.start, number.end, "number")
        else:
            yield waiting
            waiting = number
    if waiting is not None:
        yield waiting


def _readings(numbers: list[Number], outline: Outline) -> dict[str, list[Reading]]:
    """Each number by itself, and joined with the next where a line break or a blank may part them."""
    readings: defaultdict[str, list[Reading]] = defaultdict(list)
    for at, (number, following) in enumerate(zip_longest(numbers, numbers[1:])):
        if number.kind not in {"number", "name"}:
            continue
        readings[number.text].append(Reading(number.start, number.end, (at,)))
        if following is None or not _belongs(number, following, outline, _BREAK):
            continue
        gap = outline.document.plain[number.end : following.start]
        if "\n" not in gap or _in_prose(number, outline):
            text = number.text + ("." if "." in gap else "") + following.text
            readings[text].append(Reading(number.start, following.end, (at, at + 1)))
    return readings


def _belongs(one: Number, other: Number, outline: Outline, gap: re.Pattern[str]) -> bool:
    """Whether nothing but the gap parts two numbers, and they have one point at most."""
    between = outline.document.plain[one.end : other.start]
    return (
        one.kind == other.kind == "number"
        and gap.fullmatch(between) is not None
        and (one.text + between + other.text).count(".") <= 1
    )


def _in_prose(number: Number, outline: Outline) -> bool:
    return outline.sentences[outline.document.line_at(number.start) - 1]

"""A document taken apart for tracing, with the sections that a plan names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from plantrack.documents import read_numbers, read_outline
from plantrack.documents.document import plain
from plantrack.trace.numerals import pattern_of, stands_at
from plantrack.trace.units import end_of_digits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from plantrack.documents import Document, Outline, Section
    from plantrack.documents.numbers import Numbers
    from plantrack.trace.numerals import Pattern
    from plantrack.trace.units import Behind, Units


UNIT_REACH = 200
"""Characters before a number of a table in which its unit is looked for."""
_APART = re.compile(r"[(\t\n|] {0,4}([^()\t\n|0-9 ]{1,12})(?= {0,4}[)\t\n|])")


class Place(NamedTuple):
    """Where something stands, by offsets, and the numbers of the document that it takes up."""

    start: int
    end: int
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Source:
    """The document of a plan; `headings` are its sections by key, `units` those that are known."""

    document: Document
    headings: Mapping[str, str]
    units: Units

    @cached_property
    def outline(self) -> Outline:
        return read_outline(self.document)

    @cached_property
    def numbers(self) -> Numbers:
        return read_numbers(self.outline)

    @cached_property
    def sections(self) -> dict[str, Section]:
        """The sections that were found, by key."""
        return self.outline.sections(self.headings)

    def section_at(self, offset: int) -> str | None:
        """The key of the smallest section around a place; `None` outside all of them."""
        around = [(each.end - each.start, key) for key, each in self.sections.items() if each.holds(offset)]
        return min(around)[1] if around else None

    def places_of(self, numeral: str) -> Iterator[Place]:
        """Where a numeral stands exactly as it is written, with its whole unit: 家 is none in 家次."""
        pattern, wanted = pattern_of(numeral), self.units.of_numeral(numeral)
        if pattern is None:
            yield from self.places_of_words(numeral)
            return
        found = list(self._places_with_unit(pattern, wanted))
        yield from found or self._places_without_unit(numeral, wanted)

    def _places_with_unit(self, pattern: Pattern, wanted: Behind) -> Iterator[Place]:
        for reading in self.numbers.readings.get(pattern.digits, ()):
            span = stands_at(pattern, reading, self.document)
            if span is None:
                continue
            last = max(reading.end, end_of_digits(self.document.plain, reading.end, span[1]))
            if wanted.is_unknown or self._behind(last, wanted, goes_on=bool(wanted.word)) == wanted:
                numbers = self.numbers.between(reading.start, max(span[1], reading.end))
                yield Place(*span, tuple(numbers))

    def _places_without_unit(self, numeral: str, wanted: Behind) -> Iterator[Place]:
        """Where a numeral stands whose unit is told before it, in a cell or in brackets: 里程（万公里） 8.16."""
        unit = wanted.scale + wanted.word
        head, _, tail = "".join(plain(numeral).split()).rpartition(unit) if unit else ("", "", "")
        bare = pattern_of(head + tail)
        if bare is None or wanted.over:
            return
        for place in self._places_with_unit(bare, self.units.of_numeral(head + tail)):
            if self._unit_before(place.start) == unit:
                yield place

    def _unit_before(self, start: int) -> str | None:
        """The last unit that stands by itself in the cells or lines before a number."""
        told = _APART.findall(self.document.plain, max(0, start - UNIT_REACH), start)
        known = (each for each in reversed(told) if self.units.is_unit(each))
        return next(known, None)

    def _behind(self, end: int, wanted: Behind, *, goes_on: bool = False) -> Behind:
        """What stands behind a number of the document that ends at an offset.

        Behind a blank a word is no unit where none is wanted. With `goes_on` it is known to follow, on the next line
        if need be.
        """
        in_sentence = goes_on or self.document.sentences[self.document.line_at(end - 1) - 1]
        return self.units.behind(self.document.plain, end, in_sentence=in_sentence, apart=bool(wanted.word))

    def places_of_digits(self, numeral: str, unit: str | None = None) -> Iterator[Place]:
        """Where a numeral's digits stand, whatever words are beside them, but for another unit.

        `unit` is what a bare numeral is counted in; `None` where that is not known.
        """
        pattern, wanted = pattern_of(numeral), self.units.of_numeral(numeral)
        for reading in self.numbers.readings.get(pattern.digits, ()) if pattern else ():
            if self._may_have_unit(wanted, unit, self._behind(reading.end, wanted)):
                yield Place(*reading)

    def _may_have_unit(self, wanted: Behind, column: str | None, found: Behind) -> bool:
        """Whether the same is measured, so that the number may be the numeral in other words."""
        if not found.word:
            return True
        if wanted.is_unknown:
            return found.word.startswith(wanted.word)
        base = wanted.base if wanted.word else self.units.base_of(column or "")
        return found.base == base if base is not None else column is None or found.word.startswith(column)

    def places_of_words(self, words: str) -> Iterator[Place]:
        """Where words stand, in this order, whatever blanks part them."""
        for start, end in self.document.find_words(words):
            yield Place(start, end, tuple(self.numbers.between(start, end)))

"""A document taken apart for tracing, with the sections that a plan names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from plantrack.documents import read_numbers, read_outline
from plantrack.trace.numerals import pattern_of, stands_at
from plantrack.trace.units import end_of_digits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from plantrack.documents import Document, Outline, Section
    from plantrack.documents.numbers import Numbers
    from plantrack.trace.units import Behind, Units


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
        for reading in self.numbers.readings.get(pattern.digits, ()):
            span = stands_at(pattern, reading, self.document)
            if span is None:
                continue
            last = max(reading.end, end_of_digits(self.document.plain, reading.end, span[1]))
            if wanted.is_unknown or self._behind(last, wanted, goes_on=bool(wanted.word)) == wanted:
                numbers = self.numbers.between(reading.start, max(span[1], reading.end))
                yield Place(*span, tuple(numbers))

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

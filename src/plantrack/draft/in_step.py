"""Aims without a number: 居民收入增长与经济增长同步, in a sentence or in the cell of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.draft import words
from plantrack.draft.nouns import noun_of
from plantrack.draft.period import read_modes
from plantrack.draft.statements import COMPARISON, Statement
from plantrack.language import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plantrack.documents import Document
    from plantrack.draft.names import Known
    from plantrack.draft.period import Period


def in_step_statements(document: Document, period: Period | None) -> Iterator[Statement]:
    """The statements of all sentences that say that one thing grows in step with another."""
    modes = read_modes(document, period)
    for number, (line, start) in enumerate(zip(document.lines, document.starts, strict=True), 1):
        if "\t" in line or "|" in line:
            continue
        for found in words.GROWS_IN_STEP.finditer(line):
            time = modes[number - 1].of("growth", "", "")
            doubt = None if time is not None else text("the year is not told")
            if name := noun_of(found["name"]):
                at = start + found.start() + found["name"].rfind(name)
                yield Statement(
                    number, at, start + found.end(), at, name, COMPARISON, time, found[0], "", doubt=doubt
                )


def other_in_step(printed: str, known: Known) -> str | None:
    """The indicator with which something grows in step; `None` where the catalogue has none of that name."""
    found = words.IN_STEP.search("".join(printed.split()))
    if found is None:
        return None
    return "gdp" if found["other"] in words.THE_ECONOMY else known.find(found["other"])

"""Provenance: each figure of a plan back to its place in the document, and each number of the document accounted for.

In: a sound plan, the catalogue, the document and the list of omissions. Out: a `Trace`: where each figure stands or
that it does not (`places`), what accounts for each number (`number_use`), findings (`report`).

`numerals` decides whether a numeral stands at a number: same digits, same words beside them. `units` finds the unit
behind a number, by one rule for documents and numerals. Words come from `numbers/words`: add a word there, not here.
Nothing is searched in text whose blanks were removed, for that joins the cells of a table.
"""

from plantrack.trace.number_use import OMITTED, PATTERNS, UNUSED, USED, USES, NumberUse
from plantrack.trace.places import Status, Traced
from plantrack.trace.report import Trace, trace_plan
from plantrack.trace.source import Place, Source

__all__ = [
    "OMITTED",
    "PATTERNS",
    "UNUSED",
    "USED",
    "USES",
    "NumberUse",
    "Place",
    "Source",
    "Status",
    "Trace",
    "Traced",
    "trace_plan",
]

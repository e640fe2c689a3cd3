"""Provenance: every figure of a plan back to its place in the document, every number accounted for."""

from plantrack.trace.accounts import OMITTED, PATTERNS, UNUSED, USED, USES, NumberUse
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

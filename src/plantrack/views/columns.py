"""The columns of tidy tables, and what each holds."""

from __future__ import annotations

COLUMNS = {
    "figures": (
        "plan", "figure", "indicator", "indicator_zh", "indicator_en", "unit", "place", "scope", "kind", "at",
        "from", "to", "time", "text", "printed", "bound", "value", "low", "high", "low_closed", "high_closed",
        "compare_op", "compare_to", "compare_by", "section", "heading", "prices", "binding", "note", "file",
        "line", "column",
    ),
    "targets": (
        "plan", "figure", "indicator", "indicator_zh", "indicator_en", "unit", "place", "scope", "from", "to", "time",
        "base", "base_low", "base_high", "target", "target_low", "target_high", "bound", "measure", "pace_unit",
        "stated", "stated_low", "stated_high", "implied", "implied_low", "implied_high", "verdict", "status", "why",
        "base_figure", "target_figure", "stated_figure", "findings", "section", "heading", "file", "line",
    ),
    "implied": (
        "indicator", "indicator_zh", "indicator_en", "unit", "place", "at", "time", "low", "high", "by",
    ),
    "findings": (
        "plan", "finding", "code", "name", "level", "severity", "message_zh", "message_en", "figure",
        "indicator", "place", "kind", "at", "from", "to", "time", "text", "should_read_low",
        "should_read_high", "should_read_count", "in_every", "identities", "must_contain", "range_low",
        "range_high", "section", "file", "line", "column", "waived",
    ),
    "paths": (
        "plan", "indicator", "indicator_zh", "indicator_en", "unit", "place", "scope", "method", "bound",
        "due", "year", "value", "low", "high", "extrapolated", "printed", "rate", "step", "why", "kind",
    ),
    "progress": (
        "plan", "as_of", "indicator", "unit", "place", "scope", "from", "to", "time", "base", "target",
        "bound", "better", "year", "actual", "value", "path", "measure", "pace_unit", "gap", "gap_low",
        "gap_high", "years_ahead", "years_ahead_low", "years_ahead_high", "observed", "observed_low",
        "observed_high", "required", "required_low", "required_high", "remaining", "remaining_low",
        "remaining_high", "projected", "projected_low", "projected_high", "status", "why",
    ),
}  # fmt: skip
"""Table -> its columns, in order; docs/export.md tells what stands in them."""

FURTHER = {
    "standings": (
        "plan", "figure", "indicator", "indicator_zh", "indicator_en", "unit", "place", "scope", "from", "to", "time",
        "base", "base_low", "base_high", "target", "target_low", "target_high", "bound", "measure", "pace_unit",
        "implied", "implied_low", "implied_high", "rank_best", "rank_worst", "verdict", "per", "per_unit", "per_base",
        "per_base_low", "per_base_high", "per_target", "per_target_low", "per_target_high", "per_growth",
        "per_growth_low", "per_growth_high", "per_rank_best", "per_rank_worst", "why", "note",
    ),
    "places": (
        "plan", "figure", "text", "printed", "section", "status", "document", "line", "column", "words",
    ),
}  # fmt: skip
"""The same of tables that only data frames are made of: of `compare` and of `trace`."""

_WHOLE = {
    "at", "from", "to", "year", "as_of", "due", "line", "column", "should_read_count", "must_contain",
    "rank_best", "rank_worst", "per_rank_best", "per_rank_worst",
}  # fmt: skip
_FLAGS = {"low_closed", "high_closed", "binding", "in_every", "waived", "extrapolated"}
_NUMBERS = {
    "value", "low", "high", "base", "target", "stated", "implied", "severity", "rate", "step", "path", "gap",
    "years_ahead", "observed", "required", "remaining", "projected", "per_base", "per_target", "per_growth",
}  # fmt: skip
_TEXTS = {
    ("progress", "base"),
    ("progress", "target"),
    ("findings", "should_read_low"),
    ("findings", "should_read_high"),
}


def type_of(table: str, column: str) -> type:
    """What a column holds beside nothing: whole numbers, numbers, truth values or text."""
    if (table, column) in _TEXTS:
        return str
    if column in _WHOLE:
        return int
    if column in _FLAGS:
        return bool
    return float if column in _NUMBERS or column.endswith(("_low", "_high")) else str

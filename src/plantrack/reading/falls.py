"""Figures under a name that tells a fall: `单位GDP能耗降低: 13.5` is no level and no rise of what is meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from plantrack.language import shortened, text
from plantrack.numbers.numeral import read_numeral
from plantrack.numbers.words import FALL_NAMED, FALLING, PERCENT, SIGN_OF, as_fall
from plantrack.reading.problems import problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plantrack.language import Text
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.model import Indicator
    from plantrack.plan.naming import Naming
    from plantrack.plan.tree import Node
    from plantrack.reading.problems import Problem

_STEPS = ("growth", "total_growth", "change", "annual_change")


def fall_in(name: str, indicator: Indicator | None) -> str | None:
    """The word of a fall with which a name of an indicator ends, where the indicator itself is none."""
    found = re.search(FALL_NAMED, name)
    if found is None or indicator is None or re.search(FALL_NAMED, indicator.zh):
        return None
    return found["verb"]


def unsigned_falls(tree: Node, naming: Naming, catalogue: Catalogue) -> Iterator[Problem]:
    """The figures under such a name of a catalogue's indicator that do not tell a fall themselves."""
    figures = tree.child("figures")
    if figures is None or not isinstance(figures.value, dict):
        return
    for name, rows in figures.value.items():
        fall = fall_in(name, catalogue.indicators.get(naming.indicator(name)))
        if fall is not None and isinstance(rows.value, list):
            for row in rows.value:
                yield from _in_row(row, name, fall if fall in FALLING else "")


def _in_row(row: Node, name: str, verb: str) -> Iterator[Problem]:
    for kind in ("level", *_STEPS):
        child = row.child(kind)
        values = child.value if child is not None and isinstance(child.value, dict) else {}
        for value in values.values():
            if isinstance(value.value, str) and (message := _why_unsigned(kind, value.value, name, verb)):
                yield problem("invalid-numeral", value.spot, message)


def _why_unsigned(kind: str, written: str, name: str, verb: str) -> Text | None:
    if kind == "level":
        return text(
            '"{name}" tells a fall, and no level: write {meant} under `total_growth: {{a->b: …}}`, an amount under '
            "`change`",
            name=name,
            meant=verb + written if verb else as_fall(written, PERCENT),
        )
    try:
        numeral = read_numeral(written)
    except ValueError:
        return None
    if numeral.value <= 0 or written.strip().startswith(tuple(SIGN_OF)):
        return None
    said = _IN_AMOUNTS if kind in {"change", "annual_change"} else _IN_SHARES
    meant = verb + written if verb else as_fall(written, PERCENT)
    return text(said.template, written=shortened(written), name=name, meant=meant)


_IN_SHARES = text('"{written}": the name "{name}" tells a fall, the number does not: write "{meant}"')
_IN_AMOUNTS = text(
    '"{written}": the name "{name}" tells a fall, the number does not: write "{meant}", under `total_growth` where '
    "per cent are meant"
)

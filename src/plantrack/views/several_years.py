"""What a target of several years rests on, which has no path in the table."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from plantrack.language import text
from plantrack.plan.measures import printed_decimals
from plantrack.views.table import Cell, Form
from plantrack.views.targets import asked_value

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from plantrack.language import Text
    from plantrack.plan.figures import Figure
    from plantrack.track import Progress
    from plantrack.track.assessment import Achievement

PER_CENT = Form(2, 100, "%")
SHARE = Form(1, 100, "%")


def of_years(row: Progress, found: Achievement, share: Fraction) -> Iterator[Text]:
    """The numbers that the status is given by; nothing for a target of one year."""
    asked = row.target.target or row.target.stated
    if asked is None:
        return
    if found.kind == "growth a year":
        yield text(
            "{mean} a year on average (geometric mean) against {rate}",
            mean=Cell(found.mean, PER_CENT),
            rate=asked_value(row.target),
        )
        yield from _needed(found, PER_CENT)
    elif found.kind == "growth over the whole" and row.rates:
        yield from _of_growth(row, found, asked, share)
    elif found.kind == "total":
        yield from _of_total(row, found, asked, share)


def _of_growth(row: Progress, found: Achievement, asked: Figure, share: Fraction) -> Iterator[Text]:
    if found.completion is not None and asked.measure is not None:
        yield text(
            "{done} in all, of {total}: {progress} of the way at {share} of the time",
            done=Cell(math.prod(1 + each.measure.value for each in row.rates) - 1, PER_CENT),
            total=asked_value(row.target),
            progress=Cell(found.progress, SHARE),
            share=Cell(share, SHARE),
        )
    yield from _needed(found, PER_CENT)


def _of_total(row: Progress, found: Achievement, asked: Figure, share: Fraction) -> Iterator[Text]:
    if found.remaining is None or found.completion is None or row.actual is None:
        return
    decimals = max(map(printed_decimals, (row.actual.measure, asked.measure)))
    form = Form(decimals, row.path.factor)
    yield text(
        "{done} of {total}: {completion} at {share} of the time; {remaining} left",
        done=Cell(row.actual.measure.value, form),
        total=asked_value(row.target),
        completion=Cell(found.completion, SHARE),
        share=Cell(share, SHARE),
        remaining=Cell(found.remaining, form),
    )
    yield from _needed(found, form._replace(decimals=decimals + 1))


def _needed(found: Achievement, form: Form) -> Iterator[Text]:
    if found.needed is not None:
        yield text("{needed} a year is needed from here", needed=Cell(found.needed, form))

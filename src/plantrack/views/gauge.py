"""What a contradiction looks like: the printed number, and the range that the other figures leave for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from plantrack.audit.worked import Worked
from plantrack.language import text
from plantrack.numbers.interval import to_float
from plantrack.numbers.numeral import read_numeral
from plantrack.plan.citing import printed_words
from plantrack.views.instead import would_do

if TYPE_CHECKING:
    from fractions import Fraction

    from plantrack.audit import Audit
    from plantrack.audit.step_numbers import Shown
    from plantrack.findings import Contradiction, Involved
    from plantrack.language import Said, Text
    from plantrack.plan.figures import Figure


class Band(NamedTuple):
    """From where to where something lies, `None` for no end, and the number itself where there is one."""

    low: float | None
    high: float | None
    nominal: float | None
    label: Said = ""


class Gauge(NamedTuple):
    """Two bands of one quantity that exclude each other: what is printed, and what would do."""

    printed: Band
    fitting: Band


PRINTED, FITTING = text("printed: {said}"), text("from the other figures: {said}")
ONE_WAY, OTHER_WAY = text("one way: {said}"), text("the other way: {said}")


def gauge_of(proof: Contradiction, audit: Audit) -> Gauge | None:
    """The end of its arithmetic beside what is printed; without arithmetic what would do for its first figure."""
    if proof.derivation is None:
        drawn = (_of_involved(each, audit.figures[each.figure]) for each in proof.involved)
        return next((each for each in drawn if each is not None), None)
    worked = Worked(proof.derivation, audit)
    last = len(worked.steps) - 1
    if worked.pivot is None:
        assert proof.derivation.against is not None
        return Gauge(
            *(_of_step(worked, at, said.template) for at, said in _two_ways(proof.derivation.against, last))
        )
    return Gauge(_of_printed(worked.pivot, worked.shown[-1]), _of_step(worked, last, FITTING.template))


def _two_ways(first: int, last: int) -> tuple[tuple[int, Text], ...]:
    return (first, ONE_WAY), (last, OTHER_WAY)


def _of_step(worked: Worked, at: int, template: str) -> Band:
    step, shown = worked.steps[at], worked.shown[at]
    return _band(shown, step.low, step.high, step.nominal)._replace(
        label=text(template, said=worked.result(at))
    )


def _of_printed(figure: Figure, shown: Shown) -> Band:
    measure, relation = figure.measure, figure.relation
    said = measure.interval if measure is not None else relation.between if relation is not None else None
    low, high = (said.low, said.high) if said is not None else (None, None)
    is_number = measure is not None and low is not None and high is not None
    nominal = measure.value if measure is not None and is_number else None
    label = text(PRINTED.template, said=text('"{printed}"', printed=printed_words(figure)))
    return _band(shown, low, high, nominal)._replace(label=label)


def _band(shown: Shown, *values: Fraction | None) -> Band:
    low, high, nominal = (None if each is None else to_float(each * shown.factor) for each in values)
    return Band(low, high, nominal)


def _of_involved(involved: Involved, figure: Figure) -> Gauge | None:
    """In the digits that are printed."""
    if not involved.should_read or figure.measure is None:
        return None
    printed = float(figure.measure.numeral.value)
    low, high = (None if each is None else float(read_numeral(each).value) for each in involved.should_read)
    _, reach = would_do(involved, figure)
    label = text(PRINTED.template, said=text('"{printed}"', printed=printed_words(figure)))
    return Gauge(
        Band(printed, printed, printed, label), Band(low, high, None, text(FITTING.template, said=reach))
    )

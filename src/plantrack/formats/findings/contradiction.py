"""What would settle a contradiction, and what goes with it: the lines below its message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.findings import Level
from plantrack.language import Language, Listing, listing, say, text
from plantrack.numbers.numeral import read_numeral
from plantrack.views.derivation import Worked, printed_words
from plantrack.views.names import named_quantity, section_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from plantrack.audit import Audit
    from plantrack.findings import Contradiction, Finding, Involved
    from plantrack.formats.findings import Report
    from plantrack.language import Text
    from plantrack.plan.figures import Figure
    from plantrack.views.table import Said


def contradiction_lines(
    finding: Finding, report: Report, language: Language, *, with_arithmetic: bool = True
) -> list[str]:
    """The arithmetic, what would settle a contradiction, a line for each way; nothing for other findings."""
    audit, proof = report.audit, finding.proof
    if audit is None or proof is None or finding.level is Level.NOTE:
        return []
    derivation = proof.derivation if with_arithmetic else None
    worked = Worked(derivation, audit, report.catalogue).told() if derivation is not None else ()
    return [say(each, language) for each in (*worked, *_explained(proof, report, audit))]


def _explained(proof: Contradiction, report: Report, audit: Audit) -> Iterator[Text]:
    yield from conditions(proof, report, audit)
    for involved in proof.involved:
        if _is_corrected(involved):
            yield _would_read(involved, report)
    yield from remarks(proof, report, audit)


def conditions(proof: Contradiction, report: Report, audit: Audit) -> Iterator[Text]:
    """What it holds under: other readings that exclude each other as well, other corrections."""
    for reading, message in proof.cases:
        yield text("if {reading}: {said}", reading=reading, said=message)
    if any(map(_is_corrected, proof.involved)) and (corrected := _corrected(proof, audit)):
        names = listing(*(_short(each, report) for each in corrected))
        yield text(
            "taken for corrected as well, for they stand in other contradictions: {names}", names=names
        )


def _is_corrected(involved: Involved) -> bool:
    return bool(involved.should_read) or involved.should_read_count == 0


def remarks(proof: Contradiction, report: Report, audit: Audit) -> Iterator[Text]:
    """What else would settle it, possible causes, what was assumed."""
    yield from _alternatives(proof, report, audit)
    if proof.causes:
        yield text("possible causes: {readings}", readings=listing(*(each.words for each in proof.causes)))
    for assumption in proof.assumptions:
        yield text("assumed: {assumption}", assumption=assumption)


def _corrected(proof: Contradiction, audit: Audit) -> list[Figure]:
    """The figures of other contradictions that are taken for corrected; of mere notes nobody need hear."""
    only_notes = (each for each in audit.findings if each.level is Level.NOTE and not each.is_question)
    notes = [each.proof for each in only_notes if each.proof]
    noted = {each.figure for note in notes for each in note.involved}
    return _distinct((each for each in proof.set_aside if each not in noted), audit)


def _distinct(names: Iterable[str], audit: Audit) -> list[Figure]:
    """One figure of each quantity and numeral, however often it is printed."""
    found: dict[tuple[object, ...], Figure] = {}
    for each in (audit.figures[name] for name in names):
        found.setdefault((each.indicator, each.place, each.kind, each.time_text, each.text), each)
    return list(found.values())


def _alternatives(proof: Contradiction, report: Report, audit: Audit) -> Iterator[Text]:
    if proof.involved and all(each.should_read_count == 0 for each in proof.involved):
        yield text("no single correction is enough")
    for each in proof.involved:
        for other in _distinct(each.instead, audit):
            printed = _short(audit.figures[each.figure], report)
            yield text(
                "with {other} in place of {figure} these would agree",
                other=_short(other, report),
                figure=printed,
            )
    if proof.alternatives:
        figures = ([_short(audit.figures[each], report) for each in some] for some in proof.alternatives)
        yield text(
            "{number} more set(s) of figures contradict one another here: {sets}",
            number=len(proof.alternatives),
            sets=Listing(tuple(Listing(tuple(some), " + ") for some in figures), "; "),
        )


def _short(figure: Figure, report: Report) -> Text:
    return text('{what} "{printed}"', what=figure_name(figure, report), printed=printed_words(figure))


def figure_name(figure: Figure, report: Report) -> Said:
    """A figure's quantity as readers find it, with its time and a place that is not the plan's."""
    assert report.audit is not None
    times = tuple(each.text for each in figure.times)
    return named_quantity(figure.measures.name, figure.place, times, report.audit, report.catalogue)


def _would_read(involved: Involved, report: Report) -> Text:
    assert report.audit is not None
    figure = report.audit.figures[involved.figure]
    what = text(
        "{figure} ({section})", figure=_short(figure, report), section=section_of(figure, report.audit)
    )
    if not involved.should_read:
        return text("{what}: no number here would do alone", what=what)
    nominal, reach = would_do(involved, figure)
    if nominal is None:
        return text("{what}: {reach} would do", what=what, reach=reach)
    return text("{what}: {nominal} would do ({reach})", what=what, nominal=nominal, reach=reach)


def would_do(involved: Involved, figure: Figure) -> tuple[str | None, Text | str | None]:
    """The number that would do for a figure, where one stands out; all numerals that would."""
    low, high = involved.should_read
    measure = figure.measure
    is_bound = measure is not None and measure.numeral.bound is not None
    is_bound = is_bound and (high is None or _is_no_floor(low))
    nominal = None if is_bound or low == high else involved.nominal
    return nominal, _reach(low, high, is_bound=is_bound)


def _reach(low: str | None, high: str | None, *, is_bound: bool) -> Text | str | None:
    """The numerals from `low` to `high`; an end that is `None` is open, and so is zero below."""
    if low == high and not is_bound:
        return low
    if high is None:
        return text("{edge}, or a bound above it", edge=low) if is_bound else text("{low} or more", low=low)
    if is_bound:
        return text("{edge}, or a bound below it", edge=high)
    if _is_no_floor(low):
        return text("{high} or less", high=high)
    return text("{low} to {high}", low=low, high=high)


def _is_no_floor(low: str | None) -> bool:
    return low is None or read_numeral(low).value == 0

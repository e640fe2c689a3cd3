"""What would settle a contradiction, and what goes with it: the lines below its message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.findings import Level
from plantrack.language import SEMICOLON, Language, Listing, listing, say, text
from plantrack.plan.citing import cited, figure_name, printed_words
from plantrack.views.instead import printed_as_well, would_do

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from plantrack.audit import Audit
    from plantrack.findings import Contradiction, Finding, Involved
    from plantrack.language import Text
    from plantrack.plan.figures import Figure


def contradiction_lines(finding: Finding, audit: Audit | None, language: Language) -> list[str]:
    """What would settle a contradiction, a line for each way; nothing for other findings."""
    proof = finding.proof
    if audit is None or proof is None or finding.level is Level.NOTE:
        return []
    return [say(each, language) for each in _explained(proof, audit)]


def _explained(proof: Contradiction, audit: Audit) -> Iterator[Text]:
    yield from conditions(proof, audit)
    for involved in proof.involved:
        if _is_corrected(involved):
            yield _would_read(involved, audit)
    yield from remarks(proof, audit)


def conditions(proof: Contradiction, audit: Audit) -> Iterator[Text]:
    """What it holds under: other readings that exclude each other as well, other corrections."""
    for reading, message in proof.cases:
        yield text("if {reading}: {said}", reading=reading, said=message)
    if any(map(_is_corrected, proof.involved)) and (corrected := _corrected(proof, audit)):
        names = listing(*(_short(each, audit) for each in corrected))
        yield text(
            "taken for corrected as well, for they stand in other contradictions: {names}", names=names
        )


def _is_corrected(involved: Involved) -> bool:
    return bool(involved.should_read) or involved.should_read_count == 0


def remarks(proof: Contradiction, audit: Audit) -> Iterator[Text]:
    """What else would settle it, possible causes, what was assumed."""
    yield from _alternatives(proof, audit)
    if proof.causes:
        yield text("possible causes: {readings}", readings=listing(*(each.words for each in proof.causes)))
    for assumption in proof.assumptions:
        yield text("assumed: {assumption}", assumption=assumption)


def _corrected(proof: Contradiction, audit: Audit) -> list[Figure]:
    """The figures of its plans that are taken for corrected; of mere notes nobody need hear."""
    only_notes = (each for each in audit.findings if each.level is Level.NOTE and not each.is_question)
    notes = [each.proof for each in only_notes if each.proof]
    noted = {each.figure for note in notes for each in note.involved}
    told = (each for each in proof.set_aside if each not in noted and audit.figures[each].plan in proof.plans)
    return _distinct(told, audit)


def _distinct(names: Iterable[str], audit: Audit) -> list[Figure]:
    """One figure of each quantity and numeral, however often it is printed."""
    found: dict[tuple[object, ...], Figure] = {}
    for each in (audit.figures[name] for name in names):
        found.setdefault((each.indicator, each.place, each.kind, each.time_text, each.text), each)
    return list(found.values())


def _alternatives(proof: Contradiction, audit: Audit) -> Iterator[Text]:
    if proof.involved and all(each.should_read_count == 0 for each in proof.involved):
        yield text("no single correction is enough")
    for each in proof.involved:
        for other in _distinct(each.instead, audit):
            printed = _short(audit.figures[each.figure], audit)
            yield text(
                "with {other} in place of {figure} these would agree",
                other=_short(other, audit),
                figure=printed,
            )
    if proof.alternatives:
        figures = ([_short(audit.figures[each], audit) for each in some] for some in proof.alternatives)
        yield text(
            "{number} more set(s) of figures contradict one another here: {sets}",
            number=len(proof.alternatives),
            sets=Listing(tuple(listing(*some) for some in figures), SEMICOLON),
        )


def _short(figure: Figure, audit: Audit) -> Text:
    return text('{what} "{printed}"', what=figure_name(figure, audit), printed=printed_words(figure))


def _would_read(involved: Involved, audit: Audit) -> Text:
    figure = audit.figures[involved.figure]
    what = cited(figure, audit)
    if not involved.should_read:
        return text("{what}: no number here would do alone", what=what)
    if others := printed_as_well(involved, audit):
        figures = listing(what, *(cited(each, audit) for each in others))
        what = text("{figures} (together)", figures=figures)
    nominal, reach = would_do(involved, figure)
    if nominal is None:
        return text("{what}: {reach} would do", what=what, reach=reach)
    return text("{what}: {nominal} would do ({reach})", what=what, nominal=nominal, reach=reach)

"""What is said of a finding beside the figures it is about: the first in full, the others with a reference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from plantrack.findings import Level
from plantrack.formats.findings.contradiction import is_open_bound, reach_of
from plantrack.language import Listing, Text, Words, listing, shortened, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from plantrack.documents import Document
    from plantrack.findings import Finding, Involved
    from plantrack.plan.figures import Figure

LEADS = {
    Level.ERROR: text("One of these must be wrong"),
    Level.WARNING: text("Please check"),
    Level.NOTE: text("Note"),
}
Span = tuple[int, int]
LONGEST_HEADING = 20


class Remark(NamedTuple):
    """Sentences about the characters of a document's text from `start` to `end`."""

    start: int
    end: int
    level: Level
    sentences: tuple[Text, ...]


@dataclass(frozen=True)
class Remarks:
    """The remarks in the document's order; `astray` are about findings none of whose figures was found in it."""

    placed: tuple[Remark, ...]
    astray: tuple[Remark, ...]


@dataclass(frozen=True)
class _Scene:
    """What remarks are made from: the document, its plan's figures and headings, and where figures stand."""

    document: Document
    figures: Mapping[str, Figure]
    headings: Mapping[str, str]
    places: Mapping[str, Span]

    def heading(self, section: str) -> str:
        """The heading of a section by its key."""
        return shortened(self.headings.get(section, section), LONGEST_HEADING)

    def placed(self, finding: Finding) -> list[tuple[Span, str]]:
        """The figures of a finding in the document's order, each place once."""
        found = {self.places[name]: name for name in reversed(finding.figures) if name in self.places}
        return sorted(found.items())


def remarks_on(
    document: Document,
    findings: Iterable[Finding],
    figures: Mapping[str, Figure],
    headings: Mapping[str, str],
    places: Mapping[str, Span],
) -> Remarks:
    """The remarks on a document, from the findings of its plan's audit.

    Args:
        document: the document.
        findings: what is to be told.
        figures: the figures of the plan by id.
        headings: the plan's sections by key.
        places: where figures stand, as offsets of the document's text.
    """
    scene = _Scene(document, figures, headings, places)
    placed: list[Remark] = []
    astray: list[Remark] = []
    for finding in findings:
        spots = scene.placed(finding)
        if not spots:
            astray.append(Remark(0, 0, finding.level, _in_full(finding, None, scene)))
            continue
        (span, name), *others = spots
        placed.append(Remark(*span, finding.level, _in_full(finding, name, scene)))
        placed += [
            Remark(*each, finding.level, _in_short(finding, other, spots[0], scene)) for each, other in others
        ]
    return Remarks(tuple(sorted(placed, key=lambda each: each[:2])), tuple(astray))


def _in_full(finding: Finding, name: str | None, scene: _Scene) -> tuple[Text, ...]:
    """The arithmetic, what would do here, and what may have been meant."""
    here = scene.figures[name].section if name is not None else None
    said = _for_readers(finding.message, scene, here)
    lead = LEADS[finding.level]
    sentences = [text("{message}.", message=said)]
    if not finding.is_question:  # which begins with what it is
        sentences = [text("{lead}: {message}.", lead=lead, message=said)]
    if finding.proof is not None and finding.level is not Level.NOTE:
        sentences += _corrections(finding.proof.involved, name, scene)
        if finding.proof.causes:
            causes = listing(*(each.words for each in finding.proof.causes))
            sentences.append(text("Possible causes: {causes}.", causes=causes))
    return tuple(sentences)


def _in_short(finding: Finding, name: str, first: tuple[Span, str], scene: _Scene) -> tuple[Text, ...]:
    """That there is a remark elsewhere, and what would do here."""
    span, other = first
    words = " ".join(scene.document.text[slice(*span)].split())
    section = scene.figures[other].section
    there = text("“{words}”", words=words)
    if section != scene.figures[name].section:
        there = text("“{words}” ({section})", words=words, section=scene.heading(section))
    lead = text("To be confirmed") if finding.is_question else LEADS[finding.level]
    if finding.level is Level.NOTE:
        return (text("{lead}: see the comment at {there}.", lead=lead, there=there),)
    said = text("{lead}: this does not agree with {there}; see the comment there.", lead=lead, there=there)
    involved = finding.proof.involved if finding.proof is not None else ()
    here = [each for each in involved if each.figure == name and each.should_read]
    return (said, *(_would_do(each, scene, is_here=True) for each in here))


def _corrections(involved: Sequence[Involved], name: str | None, scene: _Scene) -> list[Text]:
    """What would do: of growth and changes, which are computed from levels, else here, else anywhere."""
    able = [each for each in involved if each.should_read]
    if not able:
        decided = involved and all(each.should_read_count == 0 for each in involved)
        return [text("No single correction is enough.")] if decided else []
    steps = [each for each in able if scene.figures[each.figure].kind != "level"]
    here = next((each for each in able if each.figure == name), able[0])
    best = (steps or [here])[0]
    return [_would_do(best, scene, is_here=best.figure == name)]


def _would_do(involved: Involved, scene: _Scene, *, is_here: bool) -> Text:
    """A correction; that numbers are corrected from their source is said with it."""
    low, high = involved.should_read
    figure = scene.figures[involved.figure]
    is_bound = is_open_bound(involved, figure)
    reach = reach_of(low, high, is_bound=is_bound)
    if involved.nominal is not None and low != high and not is_bound:
        reach = text("{nominal} ({reach})", nominal=involved.nominal, reach=reach)
    if is_here:
        return text("{reach} here would agree; the source data decide.", reach=reach)
    return text(
        "{reach} in place of “{printed}” would agree; the source data decide.",
        reach=reach,
        printed=figure.text,
    )


# -- as a reader names things --------------------------------------------------------------------

WITH_SECTION = '{time} "{text}" ({section})'
"""How findings name a figure; where the remark stands in that section itself, it is left out."""


def _for_readers(said: object, scene: _Scene, here: str | None) -> object:
    """The same sentence with headings for keys of sections, and times as people write them."""
    if isinstance(said, Listing):
        return Listing(tuple(_for_readers(each, scene, here) for each in said.items), said.between)
    if not isinstance(said, Text):
        return said
    is_figure = said.template == WITH_SECTION
    values = {key: _for_readers(value, scene, here) for key, value in said.values}
    if is_figure:
        values["time"] = _time(str(values["time"]))
    section = values.get("section")
    if isinstance(section, str):
        values["section"] = scene.heading(section)
    return text('{time} "{text}"' if is_figure and section == here else said.template, **values)


def _time(time: str) -> Words:
    """`2020->2025` as 2020—2025年."""
    shown = time.replace("->", "—").replace("/", "—")
    is_years = shown.replace("—", "").isdigit()
    return Words(f"{shown}年", shown.replace("—", "–")) if is_years else Words(time, time)

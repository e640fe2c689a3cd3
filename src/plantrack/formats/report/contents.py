"""What a page holds, before a template lays it out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from plantrack import __version__
from plantrack.audit.telling import arithmetic
from plantrack.findings import Level
from plantrack.formats.findings.summary import coverage_lines, headline, meaning_lines
from plantrack.formats.findings.tally import standing_of_aims
from plantrack.formats.report.findings import Teller, is_graver
from plantrack.formats.report.labels import LABELS
from plantrack.formats.report.links import INDEX, Places, link_to_finding, page_of
from plantrack.formats.report.pictures import trail_of
from plantrack.formats.sheet import said_in
from plantrack.language import say, text
from plantrack.plan.citing import figure_name, printed_words
from plantrack.plan.figures import KIND_NAMES
from plantrack.views.findings import gravity_of
from plantrack.views.paths import paths_table
from plantrack.views.report import drawn_targets
from plantrack.views.targets import targets_table
from plantrack.views.tracked import tracking_table
from plantrack.views.within_year import within_year_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from plantrack.findings import Finding
    from plantrack.formats.report.findings import Told
    from plantrack.formats.report.pictures import Trail
    from plantrack.formats.sheet import Sheet
    from plantrack.language import Language, Said
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.model import Named, PlanModel
    from plantrack.views.report import PlanReport
    from plantrack.views.table import Table

    Contents = dict[str, object]


class TargetRow(NamedTuple):
    """A row of the table of targets, with its path and the findings it stands in."""

    cells: tuple[str, ...]
    group: str | None
    trail: Trail | None
    findings: tuple[str, ...]


class Entry(NamedTuple):
    """A figure of the plan and where it stands."""

    name: Said
    kind: Said
    printed: Said
    section: str
    line: int | None
    mark: int | None


class Heading(NamedTuple):
    """What the index tells of a plan's document."""

    plan: str
    title: Named
    place: Named
    base: str
    target: str

    @classmethod
    def of(cls, model: PlanModel) -> Heading:
        return cls(model.plan, model.title, model.place, model.base, model.target)


class PlanRow(NamedTuple):
    """A plan in the index."""

    page: str
    model: Heading
    figures: int
    wrong: int
    check: int
    targets: int
    agree: int


class FindingRow(NamedTuple):
    """A contradiction in the index."""

    link: str
    model: Heading
    gravity: Said
    level: str
    heading: Said


def made() -> Said:
    """Who made the page."""
    return _filled("made", version=__version__)


def _filled(label: str, **values: object) -> Said:
    return text(LABELS[label].template, **values)


# -- a plan ----------------------------------------------------------------------------------------


def plan_contents(one: PlanReport, catalogue: Catalogue, language: Language) -> Contents:
    plan, audit, places = one.plan, one.audit, Places(one)
    teller = Teller(one, places)
    told = {each.id: teller.told(number, each) for number, each in enumerate(audit.findings, start=1)}
    targets = said_in(language, targets_table(audit, plan, catalogue, below_findings=True))
    paths = paths_table(plan, one.paths, catalogue)
    return {
        "model": plan.model,
        "index": INDEX,
        "headline": headline(audit, language),
        "findings": [told[each.id] for each in audit.findings if is_graver(each)],
        "notes": [told[each.id] for each in audit.findings if not is_graver(each)],
        "targets": targets,
        "rows": list(_target_rows(one, targets, told, catalogue)),
        "years": said_in(language, paths) if paths.rows else None,
        "progress": [said_in(language, each) for each in _progress(one, catalogue)],
        "moments": list(meaning_lines(audit, language)),
        "coverage": list(coverage_lines(audit, language, most=None)),
        "figures": list(_entries(one, places)),
        "passages": one.passages.passages if one.passages is not None else (),
        "read_from": _filled("document", file=_name_of(one.passages.file))
        if one.passages is not None
        else None,
        "made": made(),
    }


def _progress(one: PlanReport, catalogue: Catalogue) -> Iterator[Table]:
    """Where published values are against the paths, and those of months against the running year."""
    if one.tracking is None:
        return
    asked = one.tracking, one.plan, catalogue
    tables = [tracking_table(*asked), within_year_table(*asked)]
    yield from (each for each in tables if each.rows)


def _name_of(file: str) -> str:
    """Without the folders of whoever made the page."""
    return file.replace("\\", "/").rpartition("/")[2]


def _target_rows(
    one: PlanReport, targets: Sheet, told: Mapping[str, Told], catalogue: Catalogue
) -> Iterator[TargetRow]:
    for at, (target, drawing) in enumerate(drawn_targets(one, catalogue)):
        about = (told[each.id].anchor for each in one.audit.findings_about(target))
        trail = trail_of(drawing) if drawing is not None else None
        yield TargetRow(targets.rows[at], targets.groups.get(at), trail, tuple(about))


def _entries(one: PlanReport, places: Places) -> Iterator[Entry]:
    sections = one.plan.model.sections
    for each in one.plan.figures:
        place = sections.get(each.section, each.section), places.line(each), places.marks.get(each.id)
        yield Entry(figure_name(each, one.audit), KIND_NAMES[each.kind], printed_words(each), *place)


# -- the index -------------------------------------------------------------------------------------


class Index(NamedTuple):
    """What the index holds of plans, which are forgotten once they are added."""

    plans: list[PlanRow]
    findings: list[FindingRow]

    def add(self, one: PlanReport, language: Language) -> None:
        self.plans.append(_plan_row(one))
        self.findings.extend(_finding_rows(one, language))

    def contents(self, order: Sequence[str], broken: Sequence[Finding]) -> Contents:
        """What it tells of the plans in the order of these ids, and of files that are left out."""
        number = {plan: at for at, plan in enumerate(order)}
        return {
            "plans": sorted(self.plans, key=lambda each: number[each.model.plan]),
            "findings": sorted(self.findings, key=lambda each: number[each.model.plan]),
            "broken": [(_name_of(each.position.file), each.position.line, each.message) for each in broken],
            "made": made(),
        }


def _plan_row(one: PlanReport) -> PlanRow:
    audit, model = one.audit, one.plan.model
    levels = Counter(each.level for each in audit.findings)
    known = standing_of_aims(audit)
    counts = levels[Level.ERROR], levels[Level.WARNING], len(known), known.count("consistent")
    return PlanRow(page_of(model.plan), Heading.of(model), len(one.plan.figures), *counts)


def _finding_rows(one: PlanReport, language: Language) -> Iterator[FindingRow]:
    for number, finding in enumerate(one.audit.findings, start=1):
        if is_graver(finding):
            heading = say(arithmetic(finding, one.known_for(finding.figures)).heading, language)
            link = link_to_finding(one.plan.id, number)
            yield FindingRow(
                link, Heading.of(one.plan.model), gravity_of(finding), finding.level.value, heading
            )

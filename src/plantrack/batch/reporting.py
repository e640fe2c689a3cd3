"""What plans that speak of places in common say in a report of many: its records as text, in the report's order."""

from __future__ import annotations

import json
from dataclasses import replace
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from plantrack.audit import audit_plans
from plantrack.audit.conflicts import gravity
from plantrack.batch.work import read_again
from plantrack.findings import Level, in_order, worst_level
from plantrack.formats.findings import Report, lines_of
from plantrack.formats.json import compact, dump
from plantrack.reading import load_catalogue
from plantrack.waivers import waive

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from plantrack.audit import Audit
    from plantrack.audit.result import Run
    from plantrack.batch.sources import Family
    from plantrack.findings import Finding
    from plantrack.formats.findings.first_screen import FirstScreen
    from plantrack.language import Language

Key = tuple[object, ...]
"""What records of one list are sorted by, in plain data."""


class Reported(NamedTuple):
    """Records by the name of their list, each with its key; what else a report counts; the codes of the findings."""

    records: dict[str, list[tuple[Key, str]]]
    figures: int
    checked: int
    complete: bool
    worst: Level | None
    codes: frozenset[str]


def report_family(  # noqa: PLR0913 - as one asks
    family: Family,
    *,
    form: str,
    language: Language,
    today: date | None,
    effort: float,
    codes: Sequence[str],
    ascii_only: bool,
    show_waived: bool,
    is_part: bool,
    run: Run = map,
) -> Reported:
    """What `check` tells of a family in a format; of a file that is no sound plan its errors."""
    report, audit = _report_of(
        family, language, today, effort, codes, show_waived=show_waived, is_part=is_part, run=run
    )
    findings = report.findings
    if form == "json":
        records = _in_json(audit.with_meanings(run), report.broken, ascii_only=ascii_only)
    elif form == "sarif":
        records = {"results": _in_sarif(report)}
    else:
        records = {"lines": _in_lines(form, report)}
    return Reported(
        {name: sorted(each, key=itemgetter(0)) for name, each in records.items()},
        audit.coverage.figures,
        audit.coverage.in_some_law,
        audit.coverage.complete,
        worst_level(findings),
        frozenset(each.code.code for each in findings),
    )


class Screened(NamedTuple):
    """What is shown first of a family, the key of each finding in it, and the errors of files that are no sound plan.

    Without a sound plan nothing is shown.
    """

    screen: FirstScreen | None
    keys: tuple[Key, ...]
    broken: tuple[Finding, ...]
    worst: Level | None


def screen_family(  # noqa: PLR0913 - as one asks
    family: Family,
    *,
    language: Language,
    today: date | None,
    effort: float,
    codes: Sequence[str],
    show_waived: bool,
    is_part: bool,
    run: Run = map,
) -> Screened:
    """What `check` shows first of a family."""
    from plantrack.formats.findings.first_screen import FirstScreen, graver  # noqa: PLC0415 - as below

    report, audit = _report_of(
        family, language, today, effort, codes, show_waived=show_waived, is_part=is_part, run=run
    )
    screen = FirstScreen.of(report, audit.with_meanings(run)) if audit.plans else None
    keys = tuple(map(_key, graver(report.only_shown(audit.findings))))
    return Screened(screen, keys, report.broken, worst_level(report.findings))


def _report_of(  # noqa: PLR0913 - as one asks
    family: Family,
    language: Language,
    today: date | None,
    effort: float,
    codes: Sequence[str],
    *,
    show_waived: bool,
    is_part: bool,
    run: Run,
) -> tuple[Report, Audit]:
    """The audit of a family, with the findings that are asked for, and what a report of it is made of."""
    read, catalogue = [read_again(each) for each in family.sources], load_catalogue()
    broken = tuple(finding for each in read for finding in in_order(each.errors))
    plans = [each.plan for each in read if each.plan is not None]
    audit = waive(audit_plans(plans, catalogue, effort, run, is_part=is_part), today=today)
    audit = replace(audit, findings=tuple(each for each in audit.findings if each.code.code in codes))
    given = {each.file: each.content for each in family.sources if each.content is not None}
    findings = (*broken, *audit.findings)
    report = Report(language, findings, catalogue, audit=audit, broken=broken, given=given)
    return report._replace(show_waived=show_waived), audit


def _keys(broken: Iterable[Finding], findings: Iterable[Finding]) -> list[Key]:
    """Errors of files, what is found, the gravest first, questions, then mistakes of waivers by their plans."""
    return [*((0,) for _ in broken), *map(_key, findings)]


def _key(finding: Finding) -> Key:
    if finding.code.code.startswith("PT9"):
        return 3, finding.about.partition("/")[0]
    if finding.is_question:
        return (2,)
    return 1, finding.proof is None, *gravity(finding)[:-1], tuple(finding.position)


def _in_sarif(report: Report) -> list[tuple[Key, str]]:
    from plantrack.formats.findings.sarif import results_of  # noqa: PLC0415 - seldom asked for

    assert report.audit is not None
    texts = (compact(each, ascii_only=True) for each in results_of(report))
    return list(zip(_keys(report.broken, report.audit.findings), texts, strict=True))


def _in_lines(form: str, report: Report) -> list[tuple[Key, str]]:
    """What a format that has lines for each finding tells of each."""
    assert report.audit is not None
    alone = (report._replace(findings=(each,)) for each in report.findings)
    texts = (lines_of(form, each) for each in alone)
    return list(zip(_keys(report.broken, report.audit.findings), texts, strict=True))


def _in_json(
    audit: Audit, broken: Sequence[Finding], *, ascii_only: bool
) -> dict[str, list[tuple[Key, str]]]:
    from plantrack.views.documents import check_document  # noqa: PLC0415 - as above

    document, coverage = check_document(audit, broken), audit.coverage
    keys: dict[str, list[Key]] = {
        "plans": [(each.id,) for each in audit.plans],
        "targets": [(each.figure.plan,) for each in audit.targets],
        "findings": _keys(broken, audit.findings),
        "implied": [tuple(each.variable) for each in audit.latents],
        "meanings": [(each.plan,) for each in audit.meanings],
        "unchecked": [(each.figure.plan,) for each in coverage.unchecked],
        "undetermined": [(each.figure.plan,) for each in coverage.undetermined],
    }
    every = {**document, **document["coverage"]}
    return {
        name: [
            (key, json.dumps(each) if isinstance(each, str) else dump(each, ascii_only=ascii_only))
            for key, each in zip(some, every[name], strict=True)
        ]
        for name, some in keys.items()
    }

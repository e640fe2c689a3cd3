"""Figures that await a person: what rests on one of them is asked, not claimed.

An audit without the rows to be confirmed says what is claimed. What an audit of all rows finds beyond that, by a
figure to be confirmed, are questions.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from plantrack.audit.targets import standings
from plantrack.findings import Level
from plantrack.language import SEMICOLON, Listing, listing, text
from plantrack.plan.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from plantrack.audit import Audit
    from plantrack.audit.targets import Target
    from plantrack.findings import Finding
    from plantrack.language import Text
    from plantrack.plan.figures import Figure


def confirmed(plan: Plan) -> Plan:
    """The plan without the figures to be confirmed."""
    sure = tuple(each for each in plan.figures if not _is_doubtful(each))
    return plan if len(sure) == len(plan.figures) else Plan(replace(plan.source, figures=sure), plan.model)


def with_questions(whole: Audit, sure: Audit) -> Audit:
    """What the sure figures say, and as questions what those to be confirmed add."""
    questions = [
        asked(each, *_reasons(found)) for each in whole.findings if (found := _rests_on(each, whole.figures))
    ]
    targets = tuple(map(_without_doubtful_verdict, whole.targets))
    findings = (*sure.findings, *questions)
    return replace(
        whole,
        targets=targets,
        findings=findings,
        latents=sure.latents,
        standings=standings(targets, findings, whole.coverage),
        spent=max(whole.spent, sure.spent),
        by_meaning=sure.by_meaning,
    )


def _without_doubtful_verdict(target: Target) -> Target:
    if target.verdict not in {"fails", "tie"} or not _is_doubtful(target.figure):
        return target
    return target._replace(verdict="undetermined", why=text("the row is to be confirmed"))


def _is_doubtful(figure: Figure) -> bool:
    return figure.row.confirm is not None


def _rests_on(finding: Finding, figures: Mapping[str, Figure]) -> list[Figure]:
    """The figures to be confirmed in it; none where a sure one would do in the place of the only one."""
    doubtful = [figures[name] for name in finding.figures if _is_doubtful(figures[name])]
    if len(doubtful) == 1 and finding.proof is not None:
        involved = next(each for each in finding.proof.involved if each.figure == doubtful[0].id)
        if not all(_is_doubtful(figures[other]) for other in involved.also):
            return []
    return doubtful


def asked(finding: Finding, *reasons: Text) -> Finding:
    """The finding as a question, with what is to be confirmed first."""
    question = text("{reasons}", reasons=Listing(reasons, SEMICOLON))
    message = text("to be confirmed: {message} ({question})", message=finding.message, question=question)
    return replace(finding, level=Level.NOTE, message=message, question=question)


def _reasons(doubtful: Iterable[Figure]) -> Iterator[Text]:
    """Each reason once, with the numerals that it is about."""
    by_reason: dict[str | None, list[object]] = {}
    for each in doubtful:
        said = each.text if each.relation is None else each.relation.words
        by_reason.setdefault(each.row.confirm, []).append(text("“{printed}”", printed=said))
    for reason, printed in by_reason.items():
        yield text("{printed}: {reason}", printed=listing(*printed), reason=reason)

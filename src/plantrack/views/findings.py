"""Findings: of `validate`, with every part in a column, as a worksheet; and the codes of `explain`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.findings import CODES
from plantrack.language import Listing, text
from plantrack.plan.figures import KIND_NAMES
from plantrack.views.names import Names
from plantrack.views.table import EMPTY, LEVELS, Cell, Form, Table, numbers, said, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plantrack.audit import Audit
    from plantrack.findings import Finding, Involved
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.plan import Plan
    from plantrack.views.table import Sayable, Value


def findings_table(files: int, findings: Sequence[Finding]) -> Table:
    """The findings of a validation, by place."""
    title = text("{files} file(s), {findings} finding(s)", files=files, findings=len(findings))
    columns = (
        *numbers("place in the file", "code"),
        *words("gravity", "what is wrong"),
    )
    table = Table(title, columns if findings else ())
    for each in findings:
        table.rows.append((str(each.position), each.code.code, LEVELS[each.level], stamped(each)))
    return table


def stamped(finding: Finding) -> Sayable:
    """The message; behind it, why and when the finding was waived."""
    if finding.waived is None:
        return finding.message
    reason, date = finding.waived
    return Listing((finding.message, text("(waived {date}: {reason})", date=date, reason=reason)), " ")


def findings_records(findings: Sequence[Finding]) -> Table:
    """The findings with every part in a column of its own."""
    columns = (
        *words("file"),
        *numbers("line", "column"),
        *words("code", "name", "gravity", "what is wrong"),
        *words("what it is about", "waived on", "waived because"),
    )
    table = Table(text("Findings"), columns)
    for each in findings:
        reason, date = each.waived or ("", "")
        code, level = each.code, LEVELS[each.level]
        table.rows.append(
            (*each.position, code.code, code.name, level, each.message, each.about, date, reason)
        )
    return table


def codes_table() -> Table:
    """Every code."""
    columns = (*numbers("code", "name"), *words("gravity", "meaning"))
    table = Table(text("Codes"), columns)
    table.rows.extend((each.code, each.name, LEVELS[each.level], each.title) for each in CODES.values())
    return table


# -- the worksheet -------------------------------------------------------------------------------

TITLES = (
    *words("no.", "code", "gravity", "what is wrong", "roundings to be widened (times)"),
    *words("indicator", "kind", "time", "as printed", "would do from", "would do to", "section"),
    *words("line", "waived because"),
)


def findings_worksheet(audit: Audit, loaded: Plan, catalogue: Catalogue) -> Table:
    """What `check` finds of a plan, a row for each figure; the sentence stands in a finding's first row."""
    table = Table(text("Findings"), TITLES, frozen=2)
    for number, finding in enumerate(_findings_of(audit, loaded), start=1):
        table.rows.extend(_rows(number, finding, audit, catalogue))
    if not table.rows:
        table.notes.append(text("nothing was found"))
    return table


def _findings_of(audit: Audit, loaded: Plan) -> list[Finding]:
    """The findings that concern a plan."""
    return [
        each
        for each in audit.findings
        if each.position.file == loaded.file or (each.proof is not None and loaded.id in each.proof.plans)
    ]


def _rows(number: int, finding: Finding, audit: Audit, catalogue: Catalogue) -> Iterator[tuple[Value, ...]]:
    proof = finding.proof
    head = (number, finding.code.code, LEVELS[finding.level])
    first = (finding.message, Cell(proof.severity, Form(2)) if proof is not None else EMPTY)
    waived = finding.waived.reason if finding.waived is not None else EMPTY
    if proof is None or not proof.involved:
        yield (*head, *first, *[EMPTY] * 7, finding.position.line, waived)
        return
    for at, each in enumerate(proof.involved):
        yield (*head, *(first if at == 0 else (EMPTY, EMPTY)), *_figure(each, audit, catalogue), waived)


def _figure(involved: Involved, audit: Audit, catalogue: Catalogue) -> tuple[Value, ...]:
    figure = audit.figures[involved.figure]
    (plan,) = (each.model for each in audit.plans if each.id == figure.plan)
    names, ends = Names(plan, catalogue), involved.should_read or (None, None)
    times = tuple(names.time(time) for time in figure.times)
    return (
        figure.measures.name,
        KIND_NAMES[figure.kind],
        Listing(times, "–"),
        said(figure),
        ends[0],
        ends[-1],
        names.section(figure.section),
        figure.position.line,
    )

"""Findings: of `validate`, with every part in a column, as a worksheet; and the codes of `explain`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.findings import CODES, Level
from plantrack.language import DASH_BETWEEN, Listing, text
from plantrack.plan.figures import KIND_NAMES
from plantrack.views.names import Names
from plantrack.views.table import LEVELS, Cell, Form, Table, numbers, said, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plantrack.audit import Audit
    from plantrack.findings import Finding, Involved
    from plantrack.language import Sayable, Text
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.plan import Plan
    from plantrack.views.table import Value


GRAVITY = {
    Level.ERROR: text("one is wrong"),
    Level.WARNING: text("please check"),
    Level.NOTE: text("wording"),
}
"""What a contradiction asks of its reader."""


def gravity_of(finding: Finding) -> Text:
    """How grave it is: of a file an error or a warning, of figures what its reader is asked to do."""
    if finding.is_question:
        return text("to be confirmed")
    return (GRAVITY if finding.figures else LEVELS)[finding.level]


def findings_table(files: int, findings: Sequence[Finding]) -> Table:
    title = text("{files} file(s), {findings} finding(s)", files=files, findings=len(findings))
    columns = (*numbers("place in the file", "code"), *words("gravity", "what is wrong"))
    table = Table(title, columns if findings else ())
    for each in findings:
        table.rows.append((str(each.position), each.code.code, gravity_of(each), stamped(each)))
    return table


def stamped(finding: Finding) -> Sayable:
    """The message; behind it, why and when the finding was waived."""
    stamp = waived_stamp(finding)
    return finding.message if stamp is None else Listing((finding.message, stamp), " ")


def waived_stamp(finding: Finding) -> Text | None:
    if finding.waived is None:
        return None
    reason, date = finding.waived
    return text("(waived {date}: {reason})", date=date, reason=reason)


def codes_table() -> Table:
    columns = (*numbers("code", "name"), *words("gravity", "meaning"))
    table = Table(text("Codes"), columns)
    table.rows.extend((each.code, each.name, LEVELS[each.level], each.title) for each in CODES.values())
    return table


TITLES = (
    *words("no.", "code", "gravity", "what is wrong", "roundings to be widened (times)"),
    *words("indicator", "kind", "time", "as printed", "would do from", "would do to", "section"),
    *words("line", "waived because"),
)


def findings_worksheet(audit: Audit, loaded: Plan, catalogue: Catalogue) -> Table:
    """What `check` finds of a plan, a row for each figure; the sentence stands in a finding's first row."""
    table = Table(text("Findings"), TITLES, frozen=2)
    ours = (
        each
        for each in audit.findings
        if each.position.file == loaded.file or (each.proof is not None and loaded.id in each.proof.plans)
    )
    for number, finding in enumerate(ours, start=1):
        proof, waived = finding.proof, finding.waived and finding.waived.reason
        head = (number, finding.code.code, gravity_of(finding))
        first = (finding.message, None if proof is None else Cell(proof.severity, Form(2)))
        involved = [_figure(each, audit, catalogue) for each in (proof.involved if proof is not None else ())]
        for at, cells in enumerate(involved or [(*[None] * 7, finding.position.line)]):
            table.rows.append((*head, *(first if at == 0 else (None, None)), *cells, waived))
    if not table.rows:
        table.notes.append(text("nothing was found"))
    return table


def _figure(involved: Involved, audit: Audit, catalogue: Catalogue) -> tuple[Value, ...]:
    figure = audit.figures[involved.figure]
    (plan,) = (each.model for each in audit.plans if each.id == figure.plan)
    names, ends = Names(plan, catalogue), involved.should_read or (None, None)
    times = Listing(tuple(map(names.time, figure.times)), DASH_BETWEEN)
    shown = figure.measures.name, KIND_NAMES[figure.kind], times, said(figure)
    return *shown, ends[0], ends[-1], names.section(figure.section), figure.position.line

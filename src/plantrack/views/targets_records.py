"""The verdicts of several plans' targets in one tidy table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.language import Language, text
from plantrack.views.table import Heading, Sheet
from plantrack.views.targets import targets_in_order, targets_sheet

if TYPE_CHECKING:
    from plantrack.audit import Audit
    from plantrack.plan.catalogue import Catalogue


def targets_records(audit: Audit, catalogue: Catalogue, language: Language) -> Sheet:
    """One row per target, with its plan and section in columns; the status as JSON has it, too."""
    titles = (
        (text("plan"), False),
        (text("from"), True),
        (text("to"), True),
        (text("section"), False),
        (text("indicator"), False),
        (text("base"), True),
        (text("target"), True),
        (text("printed"), True),
        (text("implied"), True),
        (text("verdict"), False),
        (text("status"), False),
    )
    headings = tuple(Heading(title.say(language), is_number) for title, is_number in titles)
    records = Sheet(text("Targets").say(language), headings)
    for loaded in audit.plans:
        plan = loaded.model
        sheet, section = targets_sheet(audit, loaded, catalogue, language), ""
        targets = targets_in_order(audit, plan)
        for number, (row, target) in enumerate(zip(sheet.rows, targets, strict=True)):
            section = sheet.groups.get(number, section)
            status = audit.status_of(target)
            records.rows.append((plan.plan, plan.base, plan.target, section, *row, status))
    return records

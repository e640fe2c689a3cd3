"""Sheets of `check`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.language import Language, fixed, listing, text
from plantrack.numbers.interval import to_float
from plantrack.views.implied import implied_text
from plantrack.views.table import (
    FAILS,
    FOUND_ABOVE,
    STATUSES,
    Heading,
    Sheet,
    named_with_unit,
    said_text,
)

if TYPE_CHECKING:
    from plantrack.audit import Audit, Target
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.model import PlanModel
    from plantrack.plan.plan import Plan


def targets_sheet(
    audit: Audit,
    loaded: Plan,
    catalogue: Catalogue,
    language: Language,
    *,
    below_findings: bool = False,
) -> Sheet:
    """One row per target of one plan.

    Args:
        audit: the audit.
        loaded: the plan.
        catalogue: units and places.
        language: of headings and names.
        below_findings: whether the findings stand above the table, for its rows to point to.
    """
    plan = loaded.model
    titles = (
        (text("indicator"), False),
        (text("base {year}", year=plan.base), True),
        (text("target {year}", year=plan.target), True),
        (text("printed"), True),
        (text("implied"), True),
        (text("verdict"), False),
    )
    headings = tuple(Heading(title.say(language), is_number) for title, is_number in titles)
    sheet = Sheet(plan.title.name.say(language), headings)
    seen: set[str] = set()
    for target in targets_in_order(audit, plan):
        section = target.figure.section
        if section not in seen:
            seen.add(section)
            sheet.groups[len(sheet.rows)] = plan.sections.get(section, section)
        row = _target_row(target, plan, catalogue, language)
        sheet.rows.append((*row, status_text(target, audit, language, below_findings=below_findings)))
    return sheet


def targets_in_order(audit: Audit, plan: PlanModel) -> list[Target]:
    """The targets of one plan, section by section."""
    order = {section: number for number, section in enumerate(plan.sections)}
    targets = [target for target in audit.targets if target.figure.plan == plan.plan]
    return sorted(targets, key=lambda each: order.get(each.figure.section, len(order)))


def latents_sheet(audit: Audit, catalogue: Catalogue, language: Language) -> Sheet:
    """Quantities that are not printed, and what the figures leave for them."""
    titles = (text("indicator"), text("time"), text("lowest"), text("highest"), text("by"))
    numbers = {"time", "lowest", "highest"}
    headings = tuple(Heading(each.say(language), each.template in numbers) for each in titles)
    sheet = Sheet(text("What is implied").say(language), headings)
    for latent in audit.latents:
        column, interval = latent.variable, latent.interval
        indicator = audit.measured[column.indicator]
        place = catalogue.places.get(column.place)
        name = named_with_unit(indicator, catalogue, language)
        factor = 100 if indicator.unit == "%" else 1
        ends = [None if end is None else to_float(end) * factor for end in (interval.low, interval.high)]
        decimals = 2 if ends[0] is None or abs(ends[0]) < 1000 else 1  # noqa: PLR2004
        by = dict.fromkeys(
            f"{each.figure.measures.name.say(language)} {each.figure.time_text}" for each in latent.by
        )
        whose = f"{place.name.say(language)} " if place is not None else ""
        sheet.rows.append(
            (
                f"{whose}{name}",
                column.times[0],
                *(fixed(end, decimals) for end in ends),
                listing(*by).say(language),
            )
        )
    return sheet


def _target_row(target: Target, plan: PlanModel, catalogue: Catalogue, language: Language) -> tuple[str, ...]:
    name = named_with_unit(target.indicator, catalogue, language)
    place = catalogue.places.get(target.figure.place)
    apart = [
        place.name.say(language) if place is not None and target.figure.place != plan.place.id else "",
        target.figure.row.scope or "",
        f"{target.start}->{target.due}" if (target.start, target.due) != (plan.base, plan.target) else "",
    ]
    return (
        " ".join([name, *filter(None, apart)]),
        said_text(target.base, language),
        said_text(target.target, language),
        _stated_text(target, language),
        implied_text(target, language),
    )


def status_text(target: Target, audit: Audit, language: Language, *, below_findings: bool = False) -> str:
    """What the whole audit knows of a row: fails by its own figures, or what becomes of them elsewhere."""
    status = audit.status_of(target)
    if status == "in_finding" and target.verdict == "fails":
        return FAILS.say(language)
    if status == "in_finding" and below_findings and audit.findings_about(target):
        return FOUND_ABOVE.say(language)
    return STATUSES[status].say(language)


def _stated_text(target: Target, language: Language) -> str:
    """The printed growth or change; a bare number with the unit of its column."""
    stated = target.stated
    shown = said_text(stated, language)
    measure = stated.measure if stated is not None else None
    if measure is not None and not measure.numeral.unit and measure.unit == "%":
        return f"{shown}%"
    return shown

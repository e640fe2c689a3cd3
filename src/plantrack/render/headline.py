"""The first line of `check`: what was found, or that nothing could be, or that not all is decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.language import Listing, text
from plantrack.render.report import summary

if TYPE_CHECKING:
    from plantrack.audit import Audit
    from plantrack.language import Language
    from plantrack.plan.model import PlanModel


def headline(audit: Audit, language: Language) -> str:
    """No contradiction is claimed of a plan of which nothing could be held against anything.

    What is not decided comes first; plans of which nothing was checked are named behind the sum of all.
    """
    plans = [plan.model for plan in audit.plans]
    unread = [plan for plan in plans if _is_unread(plan, audit)]
    coverage = audit.coverage
    if not coverage.checked and coverage.open:
        return text(
            "Nothing is decided of {figures} figures: {open} are held against others, and neither shown to agree with them nor to contradict them",
            figures=coverage.figures,
            open=len(coverage.open),
        ).say(language)
    if len(unread) == len(plans):
        said = text(
            "Nothing was checked: none of the {figures} figures could be held against another",
            figures=coverage.figures,
        )
    elif unread:
        said = text(
            "{said}; nothing was checked of {plans}: none of their figures could be held against another",
            said=summary(audit, language),
            plans=Listing(tuple(plan.title.name for plan in unread), "；" if language == "zh" else "; "),
        )
    else:
        said = text("{said}", said=summary(audit, language))
    if not coverage.complete:
        said = text("Not all is decided (what is not is listed below). {said}", said=said)
    return said.say(language)


def _is_unread(plan: PlanModel, audit: Audit) -> bool:
    """Whether no figure of a plan was held against anything."""
    reached = audit.coverage.checked | audit.coverage.open
    return not any(audit.figures[name].plan == plan.plan for name in reached)

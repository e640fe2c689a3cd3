"""Where on which page of a report each plan, figure and sentence stands."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from plantrack.plan.figures import Figure
    from plantrack.views.report import PlanReport

INDEX = "index.html"


def page_of(plan: str) -> str:
    """The file of a plan's page. Ids hold no underscore, so that a plan called `index` has its own."""
    return f"{plan}_.html" if f"{plan}.html" == INDEX else f"{plan}.html"


def anchor_of(number: int) -> str:
    """Of a finding, by its number on the page."""
    return f"finding-{number}"


def link_to_finding(plan: str, number: int) -> str:
    return f"{quote(page_of(plan))}#{anchor_of(number)}"


class Places:
    """Where on its page a figure stands: in a sentence where the document was given, else in a row of the figures."""

    def __init__(self, one: PlanReport) -> None:
        passages = one.passages.passages if one.passages is not None else ()
        self.numbers = {figure.id: at for at, figure in enumerate(one.plan.figures)}
        self.marks = one.passages.marks if one.passages is not None else {}
        """By the id of the figure."""
        self._lines = {mark: passage.line for passage in passages for mark in passage.marks}

    def link(self, figure: Figure) -> str:
        """Where it stands on this page, or the page of another plan."""
        if figure.id not in self.numbers:
            return quote(page_of(figure.plan))
        mark = self.marks.get(figure.id)
        return f"#f{self.numbers[figure.id]}" if mark is None else f"#m{mark}"

    def line(self, figure: Figure) -> int | None:
        """The line of the document."""
        mark = self.marks.get(figure.id)
        return None if mark is None else self._lines[mark]

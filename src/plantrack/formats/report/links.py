"""Where on which page of a report each plan, figure and sentence stands."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plantrack.plan.figures import Figure
    from plantrack.plan.plan import Plan
    from plantrack.views.passages import Passage
    from plantrack.views.report import PlanReport

INDEX = "index.html"


class Links:
    """All that pages link to: a mark in a sentence where the document was given, else a row of the figures."""

    def __init__(self, reports: Sequence[PlanReport]) -> None:
        self.plans: list[Plan] = [each.plan for each in reports]
        self._numbers = {figure.id: at for plan in self.plans for at, figure in enumerate(plan.figures)}
        self._passages: dict[str, Passage] = {}
        self.marks: dict[str, int] = {}
        """By the id of the figure; counted in each plan."""
        for each in reports:
            if each.passages is not None:
                by_mark = {mark: passage for passage in each.passages.passages for mark in passage.marks}
                self.marks |= each.passages.marks
                self._passages |= {name: by_mark[mark] for name, mark in each.passages.marks.items()}

    def page(self, plan: str) -> str:
        """The file of a plan's page. Ids hold no underscore, so that a plan called `index` has its own."""
        return f"{plan}_.html" if f"{plan}.html" == INDEX else f"{plan}.html"

    def of_finding(self, plan: str, anchor: str) -> str:
        return f"{quote(self.page(plan))}#{anchor}"

    def of_figure(self, figure: Figure, plan: Plan) -> str:
        """From the page of a plan."""
        mark = self.marks.get(figure.id)
        spot = f"#f{self._numbers[figure.id]}" if mark is None else f"#m{mark}"
        return spot if figure.plan == plan.id else quote(self.page(figure.plan)) + spot

    def line_of(self, figure: Figure) -> int | None:
        """The line of its document, where that was given."""
        passage = self._passages.get(figure.id)
        return passage.line if passage is not None else None

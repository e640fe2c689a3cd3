"""Pages to hand on: a page for each plan and an index, HTML files that need nothing else.

In: what `views.report` tells of each plan. Out: the contents of files by name, whole. `contents` says what a
page holds, `findings` what it tells of a contradiction, `pictures` where lines and bars run; the templates lay it out.
`environment` holds the only jinja2 import, part of the extra `report`.

Whatever a template writes passes through `environment`, which says it in the page's language and escapes it: text of
plan files is data, never markup. No template may mark anything as safe (a test asks), and the pages' own
Content-Security-Policy lets nothing be loaded and no script run but that of the index.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from plantrack.formats.report.contents import Index, plan_contents
from plantrack.formats.report.environment import Pages
from plantrack.formats.report.links import INDEX, page_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from plantrack.findings import Finding
    from plantrack.language import Language
    from plantrack.plan.catalogue import Catalogue
    from plantrack.views.report import PlanReport


def report_files(
    reports: Iterable[PlanReport],
    order: Sequence[str],
    broken: Sequence[Finding],
    catalogue: Catalogue,
    language: Language,
) -> Iterator[tuple[str, bytes]]:
    """The files of a report by name: a page for each plan as it comes, and last the index.

    Args:
        reports: the plans, as they are audited.
        order: their ids as the index has them.
        broken: what is wrong with files that are left out.
        catalogue: names of places, units and indicators.
        language: of all pages.

    Raises:
        PlantrackError: where jinja2 is not installed.
    """
    pages, index = Pages(language), Index([], [])

    def page(each: PlanReport) -> tuple[str, bytes]:
        index.add(each, language)
        return page_of(each.plan.id), pages.rendered("plan.html", plan_contents(each, catalogue, language))

    def last() -> Iterator[tuple[str, bytes]]:
        yield INDEX, pages.rendered("index.html", index.contents(order, broken))

    return chain(map(page, reports), last())

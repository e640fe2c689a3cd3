"""Pages to hand on: a page for each plan and an index, HTML files that need nothing else.

In: what `views.report` tells of each plan. Out: the contents of files by name, whole. `contents` says what a
page holds, `findings` what it tells of a contradiction, `pictures` where lines and bars run; the templates lay it out.
`environment` holds the only jinja2 import, part of the extra `report`.

Whatever a template writes passes through `environment`, which says it in the page's language and escapes it: text of
plan files is data, never markup. No template may mark anything as safe (a test asks), and the pages' own
Content-Security-Policy lets nothing be loaded and no script run but that of the index.
"""

from __future__ import annotations

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
    reports: Iterable[PlanReport], broken: Sequence[Finding], catalogue: Catalogue, language: Language
) -> Iterator[tuple[str, bytes]]:
    """The files of a report by name: a page for each plan as it comes, and last the index.

    Args:
        reports: the plans, each audited by itself.
        broken: what is wrong with files that are left out.
        catalogue: names of places, units and indicators.
        language: of all pages.

    Raises:
        PlantrackError: where jinja2 is not installed.
    """
    return _files(Pages(language), reports, broken, catalogue, language)


def _files(
    pages: Pages,
    reports: Iterable[PlanReport],
    broken: Sequence[Finding],
    catalogue: Catalogue,
    language: Language,
) -> Iterator[tuple[str, bytes]]:
    index = Index([], [])
    for each in reports:
        index.add(each, language)
        yield page_of(each.plan.id), pages.rendered("plan.html", plan_contents(each, catalogue, language))
    yield INDEX, pages.rendered("index.html", index.contents(broken))

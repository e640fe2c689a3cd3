"""`show PLAN`: a plan as one would lay it out, years across, in the catalogue's groups."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from plantrack.documents.outline import steps_of
from plantrack.language import SEMICOLON, Listing, labelled, listing, text
from plantrack.numbers.words import ORDINAL, SHARED, SIGN_OF
from plantrack.plan.figures import KIND_NAMES
from plantrack.views.names import Names, bracketed, joined
from plantrack.views.plans import aims_without_quantity, in_reading_order
from plantrack.views.table import Table, numbers, said, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plantrack.language import Text
    from plantrack.numbers.times import Time
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.figures import Figure
    from plantrack.plan.model import PlanModel
    from plantrack.plan.plan import Plan
    from plantrack.views.table import Said

Key = tuple[str, str, str | None, str]
"""What one line of the table is about: indicator, place, scope, section."""
NO_GROUP = text("Other")
PRICES = {"current": text("at current prices"), "constant": text("at constant prices")}
TELLING = (*SIGN_OF, ORDINAL, SHARED)
"""How numerals begin that say by themselves what kind of figure they are."""


def overview_table(loaded: Plan, catalogue: Catalogue) -> Table:
    """A line for each indicator and section: levels under their years, everything else in words."""
    plan = loaded.model
    names = Names(plan, catalogue)
    years = sorted({figure.time_text for figure in loaded.figures if _is_across(figure)})
    columns = (
        *words("indicator", "section"),
        *numbers(*years),
        *words("further figures"),
    )
    table = Table(plan.title.name, columns)
    titles = short_headings(plan.sections)
    name: Said = ""
    for (_, place, scope, section), figures in _lines(loaded, catalogue).items():
        lines_before = len(table.groups)
        table.group(_group(figures[0], catalogue))
        before, name = name, names.measured(figures[0].measures, place, scope)
        is_shown = name != before or len(table.groups) > lines_before
        levels = [_levels(figures, year) for year in years]
        further = Listing(tuple(dict.fromkeys(_further(figures, plan))), SEMICOLON)
        table.rows.append((name if is_shown else "", titles[section], *levels, further))
    table.notes.extend(_notes(loaded, titles))
    return table


def short_headings(sections: dict[str, str]) -> dict[str, str]:
    """The last title of each heading up to its comma; the whole heading where that is not the only one."""
    last = {key: _last_title(heading) for key, heading in sections.items()}
    seen = Counter(last.values())
    return {
        key: last[key] if last[key] and seen[last[key]] == 1 else heading for key, heading in sections.items()
    }


def _last_title(heading: str) -> str:
    title = steps_of(heading)[-1].title
    words = heading.strip()[-len(title) :].split() if title else []
    return words[-1].partition("，")[0] if words else ""


def _is_across(figure: Figure) -> bool:
    """Whether a figure stands under its year."""
    return figure.kind == "level" and figure.due.kind == "year" and figure.text is not None


def _lines(loaded: Plan, catalogue: Catalogue) -> dict[Key, list[Figure]]:
    """The figures of each line, by group, then indicator as in the file, then section as in the plan."""
    plan = loaded.model
    lines: defaultdict[Key, list[Figure]] = defaultdict(list)
    for figure in in_reading_order(loaded.figures):
        lines[figure.indicator, figure.place, figure.row.scope, figure.section].append(figure)
    groups = list(catalogue.groups)
    names = {figure.indicator: number for number, figure in enumerate(reversed(loaded.figures))}
    sections = list(plan.sections)

    def order(key: Key) -> tuple[int, int, bool, str, str, int]:
        indicator, place, scope, section = key
        group = lines[key][0].measures.group
        rank = groups.index(group) if group in groups else len(groups)
        return rank, -names[indicator], place != plan.place.id, place, scope or "", sections.index(section)

    return {key: lines[key] for key in sorted(lines, key=order)}


def _group(figure: Figure, catalogue: Catalogue) -> Said:
    group = catalogue.groups.get(figure.measures.group or "")
    return group.name if group is not None else NO_GROUP


def _levels(figures: Sequence[Figure], year: str) -> Said:
    here = [said(each) for each in figures if _is_across(each) and each.time_text == year]
    return Listing(tuple(dict.fromkeys(here)), " / ")


# -- everything else in words --------------------------------------------------------------------


def _further(figures: Sequence[Figure], plan: PlanModel) -> Iterator[Said]:
    """What is no level of a year, each with its time; then what is said of whole rows."""
    for figure in figures:
        if not _is_across(figure):
            yield _said(figure, plan)
    rows = list({id(figure.row): figure.row for figure in figures}.values())
    if any(row.binding == "true" for row in rows):
        yield text("binding")
    yield from (PRICES[row.prices] for row in rows if row.prices is not None)


def _said(figure: Figure, plan: PlanModel) -> Said:
    """`年均增长 8.50%（2015→2020）`; no time where it is from the plan's base to its target."""
    telling = figure.kind in {"level", "rank"} or _tells_its_kind(figure)
    kind = None if telling else KIND_NAMES[figure.kind]
    words = f"“{figure.row.printed}”" if figure.row.printed and _is_of(figure) else None
    shown = joined(kind, said(figure), figure.row.among, words)
    if (str(figure.start), str(figure.end)) == (plan.base, plan.target):
        return shown
    times = (_moment(each, plan) for each in figure.times)
    return bracketed(shown, Listing(tuple(times), "→"))


def _tells_its_kind(figure: Figure) -> bool:
    """提高0.5个百分点 and a change's direction need no further word."""
    if figure.relation is not None:
        return figure.kind == "change"
    return (figure.text or "").startswith(TELLING)


def _is_of(figure: Figure) -> bool:
    """Whether the printed words of its row are this figure's: it has no numeral, or stands alone."""
    row = figure.row
    return figure.text is None or len(row.values) == 1


def _moment(time: Time, plan: PlanModel) -> Said:
    """A year or month as it is, a span with a dash, a moment by its name."""
    if time.kind == "moment" and time.text in plan.moments:
        return plan.moments[time.text].name
    return time.text.replace("/", "–")


def _notes(loaded: Plan, titles: dict[str, str]) -> Iterator[Text]:
    plan = loaded.model
    yield text(
        "further figures without a time are from {base} to {target}", base=plan.base, target=plan.target
    )
    noted = {(each.measures.name, each.section): each.row.note for each in loaded.figures if each.row.note}
    for (name, section), note in noted.items():
        yield labelled(listing(name, titles[section]), note)
    yield from aims_without_quantity(plan)

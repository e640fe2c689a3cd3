"""The sheet of `show PLAN`: a plan as one would lay it out, years across, in the catalogue's groups."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from plantrack.documents.outline import steps_of
from plantrack.language import Language, Listing, labelled, listing, say, text
from plantrack.numbers.words import ORDINAL, SHARED, SIGN_OF
from plantrack.plan.figures import KIND_NAMES
from plantrack.views.plans import aims_without_quantity, in_reading_order
from plantrack.views.table import Heading, Sheet, named_with_unit, said_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plantrack.numbers.times import Time
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.figures import Figure
    from plantrack.plan.model import Indicator, PlanModel
    from plantrack.plan.plan import Plan

Key = tuple[str, str, str | None, str]
"""What one line of the sheet is about: indicator, place, scope, section."""
NO_GROUP = text("Other")
PRICES = {"current": text("at current prices"), "constant": text("at constant prices")}
TELLING = (*SIGN_OF, ORDINAL, SHARED)
"""How numerals begin that say by themselves what kind of figure they are."""


def overview_sheet(loaded: Plan, catalogue: Catalogue, language: Language) -> Sheet:
    """A line for each indicator and section: levels under their years, everything else in words."""
    plan = loaded.model
    years = sorted({figure.time_text for figure in loaded.figures if _is_across(figure)})
    headings = [
        Heading(text("indicator").say(language)),
        Heading(text("section").say(language)),
        *(Heading(year, is_number=True) for year in years),
        Heading(text("further figures").say(language)),
    ]
    sheet = Sheet(plan.title.name.say(language), tuple(headings))
    titles = short_headings(plan.sections)
    group = name = ""
    for key, figures in _lines(loaded, catalogue).items():
        above, group = group, say(_group(key[0], plan, catalogue), language)
        if group != above:
            sheet.groups[len(sheet.rows)] = group
        before, name = name, _name(key, plan, catalogue, language)
        levels = [_levels(figures, year, language) for year in years]
        between = "；" if language == "zh" else "; "
        further = Listing(tuple(dict.fromkeys(_further(figures, plan, language))), between)
        shown = "" if name == before and group == above else name
        sheet.rows.append((shown, titles[key[3]], *levels, further.say(language)))
    sheet.notes.extend(_notes(loaded, catalogue, titles, language))
    return sheet


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
        group = _indicator(indicator, plan, catalogue).group
        rank = groups.index(group) if group in groups else len(groups)
        return rank, -names[indicator], place != plan.place.id, place, scope or "", sections.index(section)

    return {key: lines[key] for key in sorted(lines, key=order)}


def _indicator(name: str, plan: PlanModel, catalogue: Catalogue) -> Indicator:
    return plan.own.get(name) or catalogue.indicators[name]


def _group(name: str, plan: PlanModel, catalogue: Catalogue) -> object:
    group = _indicator(name, plan, catalogue).group
    return catalogue.groups[group].name if group in catalogue.groups else NO_GROUP


def _name(key: Key, plan: PlanModel, catalogue: Catalogue, language: Language) -> str:
    indicator, place, scope, _ = key
    parts = [named_with_unit(_indicator(indicator, plan, catalogue), catalogue, language), scope or ""]
    if place != plan.place.id and place in catalogue.places:
        parts.insert(0, catalogue.places[place].name.say(language))
    return " ".join(filter(None, parts))


def _levels(figures: Sequence[Figure], year: str, language: Language) -> str:
    here = [said_text(each, language) for each in figures if _is_across(each) and each.time_text == year]
    return " / ".join(dict.fromkeys(here))


# -- everything else in words --------------------------------------------------------------------


def _further(figures: Sequence[Figure], plan: PlanModel, language: Language) -> Iterator[str]:
    """What is no level of a year, each with its time; then what is said of whole rows."""
    for figure in figures:
        if not _is_across(figure):
            yield _said(figure, plan, language)
    rows = list({id(figure.row): figure.row for figure in figures}.values())
    if any(row.binding == "true" for row in rows):
        yield text("binding").say(language)
    for row in rows:
        if row.prices is not None:
            yield PRICES[row.prices].say(language)


def _said(figure: Figure, plan: PlanModel, language: Language) -> str:
    """`年均增长 8.50%（2015→2020）`; no time where it is from the plan's base to its target."""
    kind = KIND_NAMES[figure.kind].say(language)
    telling = figure.kind in {"level", "rank"} or _tells_its_kind(figure)
    parts = ["" if telling else kind, said_text(figure, language), figure.row.among or ""]
    if figure.row.printed and _is_of(figure):
        parts.append(f"“{figure.row.printed}”")
    shown = " ".join(filter(None, parts))
    if (str(figure.start), str(figure.end)) == (plan.base, plan.target):
        return shown
    time = _time(figure, plan, language)
    return f"{shown}（{time}）" if language == "zh" else f"{shown} ({time})"


def _tells_its_kind(figure: Figure) -> bool:
    """提高0.5个百分点 and a change's direction need no further word."""
    if figure.relation is not None:
        return figure.kind == "change"
    return (figure.text or "").startswith(TELLING)


def _is_of(figure: Figure) -> bool:
    """Whether the printed words of its row are this figure's: it has no numeral, or stands alone."""
    return figure.text is None or sum(len(times) for times in _times(figure)) == 1


def _times(figure: Figure) -> list[dict[str, object]]:
    row = figure.row
    kinds = (row.level, row.growth, row.total_growth, row.change, row.annual_change, row.multiple, row.rank)
    return [dict(each) for each in kinds if each]


def _time(figure: Figure, plan: PlanModel, language: Language) -> str:
    times = [figure.at] if figure.at is not None else [figure.start, figure.end]
    return "→".join(_moment(each, plan, language) for each in times if each is not None)


def _moment(time: Time, plan: PlanModel, language: Language) -> str:
    """A year or month as it is, a span with a dash, a moment by its name."""
    if time.kind == "moment" and time.text in plan.moments:
        return plan.moments[time.text].name.say(language)
    return time.text.replace("/", "–")


def _notes(loaded: Plan, catalogue: Catalogue, titles: dict[str, str], language: Language) -> Iterator[str]:
    plan = loaded.model
    yield text(
        "further figures without a time are from {base} to {target}", base=plan.base, target=plan.target
    ).say(language)
    noted = {
        (figure.indicator, figure.section): figure.row.note for figure in loaded.figures if figure.row.note
    }
    for (indicator, section), note in noted.items():
        name = _indicator(indicator, plan, catalogue).name
        yield labelled(listing(name, titles[section]), note).say(language)
    yield from aims_without_quantity(plan, language)

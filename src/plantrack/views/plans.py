"""`show`: the figures of a plan as printed, a plan as one would lay it out; as a worksheet."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from plantrack.language import SEMICOLON, Listing, labelled, listing, text
from plantrack.numbers.words import ORDINAL, SHARED, SIGN_OF
from plantrack.plan.figures import KIND_NAMES
from plantrack.plan.measures import printed_decimals
from plantrack.plan.model import FIGURE_KINDS
from plantrack.views.names import Names, bracketed, common_unit, every_year_of, joined
from plantrack.views.table import Cell, Table, numbers, printed, said, time_value, words
from plantrack.views.targets import measure_form

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plantrack.language import Said, Text
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.figures import Figure
    from plantrack.plan.model import Indicator, PlanModel
    from plantrack.plan.plan import Plan
    from plantrack.views.table import Value


def figures_table(loaded: Plan, catalogue: Catalogue, figures: Sequence[Figure]) -> Table:
    plan, names = loaded.model, Names(loaded.model, catalogue)
    shown = (*words("indicator", "kind"), *numbers("time", "as printed"))
    table = Table(plan.title.name, (*shown, *words("section"), *numbers("line")))
    for each in figures:
        name, time = names.measured(each.measures, each.place), time_value(each.time_text)
        row = (name, KIND_NAMES[each.kind], time, printed(each), each.section, each.position.line)
        table.rows.append(row)
    used = {figure.section for figure in figures}
    table.notes.extend(labelled(key, plan.sections[key]) for key in plan.sections if key in used)
    noted = {(each.indicator, each.section): each.row.note for each in figures if each.row.note}
    table.notes.extend(labelled(f"{name} ({key})", note) for (name, key), note in noted.items())
    if len(figures) == len(loaded.figures):
        table.notes.extend(_aims_without_quantity(plan))
    return table


def _aims_without_quantity(plan: PlanModel) -> Iterator[Text]:
    if plan.unmeasured:
        yield labelled(text("aims without a quantity"), listing(*(aim.name for aim in plan.unmeasured)))


def in_reading_order(figures: Sequence[Figure]) -> list[Figure]:
    """By indicator as in the file, then kind, then time."""
    order = list(dict.fromkeys(figure.indicator for figure in figures))
    return sorted(
        figures, key=lambda each: (order.index(each.indicator), FIGURE_KINDS.index(each.kind), each.time_text)
    )


def _group(indicator: Indicator, catalogue: Catalogue) -> Said | None:
    group = catalogue.groups.get(indicator.group or "")
    return group.name if group is not None else None


BOUNDS = {
    "ge": text("or more"),
    "gt": text("more than"),
    "le": text("or less"),
    "lt": text("less than"),
    "range": text("range"),
    "about": text("about"),
    "near": text("nearly"),
    "over": text("somewhat more than"),
}
TITLES = (
    *words("group", "indicator", "unit", "kind", "from", "time", "as printed", "number", "lowest"),
    *words("highest", "bound", "section", "line", "remarks"),
)
OF_FRACTIONS = 4
"""Decimals of 1/15."""


def figures_worksheet(loaded: Plan, catalogue: Catalogue) -> Table:
    """Every figure of a plan: its text, its number, what roundings leave, where it stands."""
    names, table = Names(loaded.model, catalogue), Table(text("Figures"), TITLES, frozen=2)
    for figure in in_reading_order(loaded.figures):
        indicator, row = figure.measures, figure.row
        table.rows.append(
            (
                _group(indicator, catalogue),
                names.quantity(indicator, figure.place, row.scope),
                names.unit(indicator),
                KIND_NAMES[figure.kind],
                names.time(figure.start),
                names.time(figure.due),
                said(figure),
                *_numbers(figure),
                names.section(figure.section),
                figure.position.line,
                "; ".join(filter(None, (row.printed, row.note))) or None,
            )
        )
    return table


def _numbers(figure: Figure) -> tuple[Value, ...]:
    measure = figure.measure
    if measure is None:
        return (None,) * 4
    decimals = printed_decimals(measure) if measure.numeral.fraction_of is None else OF_FRACTIONS
    form, interval = measure_form(figure.measured_kind, figure.measures, decimals), measure.interval
    finer = form if interval.is_point or figure.kind == "rank" else form._replace(decimals=decimals + 1)
    ends = (None if end is None else Cell(end, finer) for end in (interval.low, interval.high))
    return Cell(measure.value, form), *ends, BOUNDS.get(measure.numeral.bound or "")


Key = tuple[str, str, str | None, str]
"""What one line of the table is about: indicator, place, scope, section."""
PRICES = {"current": text("at current prices"), "constant": text("at constant prices")}
TELLING = (*SIGN_OF, ORDINAL, SHARED)
"""How numerals begin that say by themselves what kind of figure they are."""


def overview_table(loaded: Plan, catalogue: Catalogue) -> Table:
    """A line for each indicator and section: levels under their years, everything else in words."""
    plan, names = loaded.model, Names(loaded.model, catalogue)
    years = sorted({figure.time_text for figure in loaded.figures if _is_across(figure)})
    columns = (*words("indicator", "section"), *numbers(*years), *words("further figures"))
    table, titles, before = Table(plan.title.name, columns), short_headings(plan.sections), None
    for (_, place, scope, section), figures in _lines(loaded, catalogue).items():
        indicator = figures[0].measures
        group = _group(indicator, catalogue) or text("Other")
        table.group(group)
        name = names.measured(indicator, place, scope)
        shown = "" if (group, name) == before else name
        before = group, name
        levels = [_levels(figures, year) for year in years]
        further = Listing(tuple(dict.fromkeys(_further(figures, names))), SEMICOLON)
        table.rows.append((shown, titles[section], *levels, further))
    sentence = text(
        "further figures without a time are from {base} to {target}", base=plan.base, target=plan.target
    )
    noted = {(each.measures.name, each.section): each.row.note for each in loaded.figures if each.row.note}
    notes = (labelled(listing(name, titles[key]), note) for (name, key), note in noted.items())
    table.notes.extend((sentence, *notes, *_aims_without_quantity(plan)))
    return table


def aims_table(loaded: Plan, catalogue: Catalogue) -> Table:
    """What the plan aims at in numbers: base, target and pace of each quantity, in the order of the overview."""
    plan, lines = loaded.model, _quantities(loaded, catalogue)
    aims = [each for each in lines if any(map(_is_number_ahead, each))]
    aims.sort(key=lambda figures: figures[0].place != plan.place.id)
    names = Names(plan, catalogue, common_unit(each[0].measures for each in aims))
    columns = (*words("indicator"), *numbers(plan.base, plan.target), *words("further aims"))
    table = Table(names.titled(plan.title.name), columns)
    for figures in aims:
        name = names.measured(figures[0].measures, figures[0].place, figures[0].row.scope)
        ahead = (
            _in_words(each, names) for each in figures if _is_number_ahead(each) and not _is_across(each)
        )
        levels = (_distinct_levels(figures, year) for year in (plan.base, plan.target))
        table.rows.append((name, *levels, Listing(tuple(dict.fromkeys(ahead)), SEMICOLON)))
    table.notes.append(
        text(
            "{aims} targets with a number, of {figures} figures; -v shows all, -i IND those of one indicator",
            aims=len(aims),
            figures=len(loaded.figures),
        )
    )
    return table


def _quantities(loaded: Plan, catalogue: Catalogue) -> list[list[Figure]]:
    """The figures of each quantity, wherever they stand."""
    found: defaultdict[tuple[str, str, str | None], list[Figure]] = defaultdict(list)
    for key, figures in _lines(loaded, catalogue).items():
        found[key[:3]] += figures
    return list(found.values())


def _is_number_ahead(figure: Figure) -> bool:
    return figure.is_ahead and figure.measure is not None and figure.kind != "rank"


def short_headings(sections: dict[str, str]) -> dict[str, str]:
    """Each section by the last title of its heading, where that is the only one of its name."""
    last = {key: _last_title(heading) for key, heading in sections.items()}
    seen = Counter(last.values())
    return {key: last[key] if last[key] and seen[last[key]] == 1 else sections[key] for key in sections}


def _last_title(heading: str) -> str:
    from plantrack.documents.outline import steps_of  # noqa: PLC0415 - the other tables do without documents

    title = steps_of(heading)[-1].title
    words = heading.strip()[-len(title) :].split() if title else []
    return words[-1].partition("，")[0] if words else ""


def _is_across(figure: Figure) -> bool:
    is_of_one_year = figure.due.kind == "year" and figure.each_year is None
    return figure.kind == "level" and is_of_one_year and figure.text is not None


def _lines(loaded: Plan, catalogue: Catalogue) -> dict[Key, list[Figure]]:
    """The figures of each line, by group, then indicator as in the file, then section as in the plan."""
    plan = loaded.model
    lines: defaultdict[Key, list[Figure]] = defaultdict(list)
    for figure in in_reading_order(loaded.figures):
        lines[figure.indicator, figure.place, figure.row.scope, figure.section].append(figure)
    groups, sections = list(catalogue.groups), list(plan.sections)
    names = {figure.indicator: number for number, figure in enumerate(reversed(loaded.figures))}

    def order(key: Key) -> tuple[int, int, bool, str, str, int]:
        indicator, place, scope, section = key
        group = lines[key][0].measures.group
        rank = groups.index(group) if group in groups else len(groups)
        return rank, -names[indicator], place != plan.place.id, place, scope or "", sections.index(section)

    return {key: lines[key] for key in sorted(lines, key=order)}


def _levels(figures: Sequence[Figure], year: str) -> Said:
    here = [said(each) for each in figures if _is_across(each) and each.time_text == year]
    return Listing(tuple(dict.fromkeys(here)), " / ")


def _distinct_levels(figures: Sequence[Figure], year: str) -> Said:
    """Each number once, in its shortest print."""
    shortest: dict[tuple[object, object], str] = {}
    for each in figures:
        if _is_across(each) and each.time_text == year and each.measure is not None:
            key, printed_text = (each.measure.value, each.measure.numeral.bound), each.text or ""
            shortest[key] = min(shortest.get(key, printed_text), printed_text, key=len)
    return Listing(tuple(shortest.values()), " / ")


def _further(figures: Sequence[Figure], names: Names) -> Iterator[Said]:
    yield from (_in_words(figure, names) for figure in figures if not _is_across(figure))
    rows = list({id(figure.row): figure.row for figure in figures}.values())
    if any(row.binding == "true" for row in rows):
        yield text("binding")
    yield from (at_prices(row.prices) for row in rows if row.prices is not None)


def at_prices(prices: str) -> Said:
    return PRICES.get(prices) or text("at the prices of {year}", year=prices)


def _in_words(figure: Figure, names: Names) -> Said:
    """`年均增长 8.50%（2015—2020年）`; no time where it is from the plan's base to its target.

    提高0.5个百分点 and a change's direction need no further word.
    """
    row, in_words = figure.row, figure.text is None
    tells_its_kind = figure.kind == "change" if in_words else (figure.text or "").startswith(TELLING)
    kind = None if tells_its_kind or figure.kind in {"level", "rank"} else KIND_NAMES[figure.kind]
    is_alone = in_words or len(row.values) == 1
    quoted = f"“{row.printed}”" if row.printed and is_alone else None
    shown = joined(kind, said(figure), row.among, quoted)
    if (str(figure.start), str(figure.end)) == (names.plan.base, names.plan.target):
        return shown
    return bracketed(shown, every_year_of(figure) or names.when(figure))

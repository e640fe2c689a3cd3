"""Sheets of `compare`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.language import Language, labelled, listing, range_text, text
from plantrack.views.paths import points_text
from plantrack.views.table import Heading, Sheet, named_with_unit, said_text, with_columns

if TYPE_CHECKING:
    from plantrack.audit import Implied
    from plantrack.compare import Matrix, Relative, Standing
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.plan import Plan


def standings_sheet(matrix: Matrix, catalogue: Catalogue, language: Language) -> Sheet:
    """A plan a row, by rank; with several indicators one after the other, named in a column."""
    titles = [
        (text("plan"), False),
        (text("base"), True),
        (text("target"), True),
        (text("years"), True),
        (text("implied a year"), True),
        (text("printed"), True),
        (text("rank"), True),
    ]
    if matrix.per is not None:
        titles += [
            (text("base per {per}", per=matrix.per[1].name), True),
            (text("target per {per}", per=matrix.per[1].name), True),
            (text("growth of it a year"), True),
            (text("its rank"), True),
        ]
    names = {key: named_with_unit(each, catalogue, language) for key, each in matrix.indicators}
    several = len(names) > 1
    if several:
        titles.insert(0, (text("indicator"), False))
    title = text("Implied pace a year, and rank").say(language) if several else next(iter(names.values()))
    sheet = Sheet(title, tuple(Heading(each.say(language), number) for each, number in titles))
    for key, name in names.items():
        for standing in sorted(matrix.of(key), key=lambda each: each.rank or _UNRANKED):
            cells = _row(standing, matrix, catalogue, language)
            sheet.rows.append((name, *cells) if several else cells)
        sheet.notes.extend(_notes(matrix, key, language))
    return sheet


def brief_sheet(sheet: Sheet, matrix: Matrix) -> Sheet:
    """For a narrow terminal: without years, and relative to another quantity without base and target."""
    first = 1 if len(matrix.indicators) > 1 else 0
    keep = (0, 1, 2, 4, 5, 6) if matrix.per is None else (0, 4, 6, 7, 8, 9, 10)
    return with_columns(sheet, [*range(first), *(first + at for at in keep)])


_UNRANKED = (1_000_000, 0)
"""What has no rank comes last."""


def _row(standing: Standing, matrix: Matrix, catalogue: Catalogue, language: Language) -> tuple[str, ...]:
    target = standing.target
    cells = (
        standing_name(standing, matrix, catalogue, language),
        said_text(target.base, language),
        said_text(target.target, language),
        f"{target.start}–{target.due}",
        pace_range(standing, language),
        _stated(standing, language),
        rank_text(standing.rank),
    )
    return cells + (_relative_cells(standing.relative, language) if matrix.per is not None else ())


def standing_name(standing: Standing, matrix: Matrix, catalogue: Catalogue, language: Language) -> str:
    """The plan's place, and where it is more or less than that: another place, a scope, an id."""
    loaded = next(each for each in matrix.plans if each.id == standing.plan)
    parts = [plan_name(loaded, matrix, language)]
    plan = loaded.model
    if standing.place != plan.place.id and standing.place in catalogue.places:
        parts.append(catalogue.places[standing.place].name.say(language))
    if standing.scope:
        parts.append(standing.scope)
    return " ".join(parts)


def plan_name(loaded: Plan, matrix: Matrix, language: Language) -> str:
    """The plan's place; with the plan's id where two plans are of one place."""
    plan = loaded.model
    name = plan.place.name.say(language)
    same = [each for each in matrix.plans if each.model.place.id == plan.place.id]
    return name if len(same) == 1 else f"{name} ({plan.plan})"


def _stated(standing: Standing, language: Language) -> str:
    stated = standing.target.stated
    shown = said_text(stated, language)
    measure = stated.measure if stated is not None else None
    return f"{shown}%" if measure is not None and not measure.numeral.unit and measure.unit == "%" else shown


def pace_range(standing: Standing, language: Language) -> str:
    """What base and target imply a year."""
    implied = standing.implied
    if implied is None:
        return "—"
    suffix = "%"
    if standing.measure == "annual_change":
        suffix = points_text(0, standing.indicator, 0, language).removeprefix("0")
    return _percent(implied, suffix)


def _percent(implied: Implied | None, suffix: str = "%") -> str:
    if implied is None:
        return "—"
    low, high = (None if end is None else end * 100 for end in (implied.low, implied.high))
    return range_text(low, high, 2, suffix)


def rank_text(rank: tuple[int, int] | None) -> str:
    """`2`, or `1–2` where rounding leaves it open."""
    if rank is None:
        return "—"
    return str(rank[0]) if rank[0] == rank[1] else f"{rank[0]}–{rank[1]}"


def _relative_cells(relative: Relative | None, language: Language) -> tuple[str, ...]:
    if relative is None:
        return ("—",) * 4
    ends = (_per_text(each, relative.unit, language) for each in (relative.base, relative.target))
    return (*ends, _percent(relative.growth), rank_text(relative.rank))


def _per_text(value: Implied | None, unit: str, language: Language) -> str:
    if value is None or value.nominal is None:
        return "—"
    if unit == "%":
        return _percent(value)
    decimals = 1 if value.nominal >= 100 else 3  # noqa: PLR2004 - three digits or more either way
    return range_text(value.low, value.high, decimals, f" {unit}" if language == "en" else unit)


def _notes(matrix: Matrix, indicator: str, language: Language) -> list[str]:
    standings = matrix.of(indicator)
    present = {each.plan for each in standings}
    said = []
    for each in standings:
        if each.note:
            said.append(labelled(each.plan, each.note))
        if each.relative is not None and each.relative.why is not None:
            said.append(labelled(each.plan, each.relative.why))
        if each.indicator.zh != dict(matrix.indicators)[indicator].zh:
            said.append(labelled(each.plan, each.indicator.name))
    without = [each.id for each in matrix.plans if each.id not in present]
    if without:
        said.append(labelled(text("no target"), listing(*without)))
    if len(matrix.indicators) > 1:
        said = [labelled(dict(matrix.indicators)[indicator].name, each) for each in said]
    return [each.say(language) for each in said]


def matrix_sheet(matrix: Matrix, catalogue: Catalogue, language: Language) -> Sheet:
    """Indicators down, plans across: the implied pace a year, and the rank among those that have one."""
    present = {each.plan for each in matrix.standings}
    shown = [each for each in matrix.plans if each.id in present]
    headings = [Heading(text("indicator").say(language))]
    headings += [Heading(plan_name(each, matrix, language), is_number=True) for each in shown]
    sheet = Sheet(text("Implied pace a year, and rank").say(language), tuple(headings))
    for name, indicator in matrix.indicators:
        cells = ["; ".join(_cells(matrix, name, loaded.id, language)) or "—" for loaded in shown]
        named = indicator.name.say(language)
        if indicator.unit != "%":
            named = named_with_unit(indicator, catalogue, language)
        sheet.rows.append((named, *cells))
    return sheet


def _cells(matrix: Matrix, indicator: str, plan: str, language: Language) -> list[str]:
    found = []
    for standing in matrix.of(indicator, plan):
        scope = f" {standing.scope}" if standing.scope else ""
        if standing.implied is None:
            found.append(said_text(standing.target.target or standing.target.stated, language) + scope)
        else:
            found.append(f"{pace_range(standing, language)} [{rank_text(standing.rank)}]{scope}")
    return found

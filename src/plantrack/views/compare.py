"""`compare`: plans side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.language import POINTS_OF, Listing, Words, labelled, listing, span_of, text
from plantrack.numbers.words import SHARES
from plantrack.views.names import Names, joined, with_unit
from plantrack.views.paths import PER_CENT
from plantrack.views.table import DASH, Form, Span, Table, numbers, printed, said, words
from plantrack.views.targets import stated_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plantrack.audit import Implied
    from plantrack.compare import Matrix, Relative, Standing
    from plantrack.language import Said, Text
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.plan import Plan
    from plantrack.views.table import Value

TITLE = text("Implied pace a year, and rank")


def standings_table(matrix: Matrix, catalogue: Catalogue) -> Table:
    """A plan a row, by rank; with several indicators one after the other, named in a column."""
    columns = (*words("plan"), *numbers("base", "target", "years", "implied a year", "printed", "rank"))
    if matrix.per is not None:
        per = matrix.per[1].name
        columns += numbers(text("base per {per}", per=per), text("target per {per}", per=per))
        columns += numbers("growth of it a year", "its rank")
    catalogue = catalogue.of(*(plan.model for plan in matrix.plans))
    names = {key: with_unit(each, catalogue) for key, each in matrix.indicators}
    several = words("indicator") if len(names) > 1 else ()
    table = Table(TITLE if several else next(iter(names.values())), (*several, *columns))
    for key, name in names.items():
        first = (name,) if several else ()
        standings = sorted(matrix.of(key), key=lambda each: each.rank or _UNRANKED)
        table.rows.extend((*first, *_row(each, matrix, catalogue)) for each in standings)
        table.notes.extend(_notes(matrix, key))
    return table


def brief(table: Table, matrix: Matrix) -> Table:
    """For a narrow terminal: without years, and relative to another quantity without base and target."""
    first = 1 if len(matrix.indicators) > 1 else 0
    keep = (0, 1, 2, 4, 5, 6) if matrix.per is None else (0, 4, 6, 7, 8, 9, 10)
    return table.only([*range(first), *(first + at for at in keep)])


_UNRANKED = (1_000_000, 0)
"""What has no rank comes last."""


def _row(standing: Standing, matrix: Matrix, catalogue: Catalogue) -> tuple[Value, ...]:
    target, loaded = standing.target, matrix.plan(standing.plan)
    place = Names(loaded.model, catalogue).place(standing.place)
    cells = (
        joined(_plan_name(loaded, matrix), place, standing.scope),
        printed(target.base),
        printed(target.target),
        span_of(target.start, target.due),
        _pace(standing),
        stated_value(target),
        _rank(standing.rank),
    )
    return cells + (_relative_cells(standing.relative) if matrix.per is not None else ())


def _plan_name(loaded: Plan, matrix: Matrix) -> Said:
    """The plan's place; with the plan's id where two plans are of one place."""
    place = loaded.model.place
    return place.name if matrix.number_in(place.id) == 1 else joined(place.name, f"({loaded.id})")


def _pace(standing: Standing) -> Value:
    in_steps = standing.measure == "annual_change"
    form = Form(2, standing.indicator.per_one, POINTS_OF.get(standing.indicator.unit, ""))
    return _ends(standing.implied, form if in_steps else PER_CENT)


def _ends(implied: Implied | None, form: Form) -> Value:
    return DASH if implied is None else Span(implied.low, implied.high, form)


def _rank(rank: tuple[int, int] | None) -> Value:
    """`2`, or `1–2` where rounding leaves it open."""
    best, worst = rank or (DASH, DASH)
    return best if best == worst else span_of(best, worst)


def _relative_cells(relative: Relative | None) -> tuple[Value, ...]:
    if relative is None:
        return (DASH,) * 4
    growth, rank = _ends(relative.growth, PER_CENT), _rank(relative.rank)
    return _per(relative.base, relative.unit), _per(relative.target, relative.unit), growth, rank


def _per(value: Implied | None, unit: str) -> Value:
    if value is None or value.nominal is None:
        return DASH
    if unit == "%":
        return _ends(value, PER_CENT)
    decimals = 1 if value.nominal >= 100 else 3  # noqa: PLR2004 - three digits or more either way
    return _ends(value, Form(decimals, 1, Words(unit, f" {unit}")))


def _notes(matrix: Matrix, indicator: str) -> Iterator[Text]:
    standings, shown = matrix.of(indicator), dict(matrix.indicators)[indicator]
    several = len(matrix.indicators) > 1
    for label, value in _remarks(matrix, standings, shown.zh):
        said = labelled(label, value)
        yield labelled(shown.name, said) if several else said


def _remarks(matrix: Matrix, standings: tuple[Standing, ...], name: str) -> Iterator[tuple[Said, Said]]:
    for each in standings:
        why, own = each.relative and each.relative.why, each.indicator.name
        remarks = (each.note, why, own if own.zh != name else None)
        yield from ((each.plan, remark) for remark in remarks if remark)
    present = {each.plan for each in standings}
    if without := [each.id for each in matrix.plans if each.id not in present]:
        yield text("no target"), listing(*without)


def matrix_table(matrix: Matrix, catalogue: Catalogue) -> Table:
    """Indicators down, plans across: the implied pace a year, and the rank among those that have one."""
    present = {each.plan for each in matrix.standings}
    shown = [each for each in matrix.plans if each.id in present]
    columns = (*words("indicator"), *numbers(*(_plan_name(each, matrix) for each in shown)))
    table = Table(TITLE, columns)
    catalogue = catalogue.of(*(plan.model for plan in matrix.plans))
    for key, indicator in matrix.indicators:
        name = indicator.name if indicator.unit in SHARES else with_unit(indicator, catalogue)
        places = (tuple(map(_place_in, matrix.of(key, loaded.id))) for loaded in shown)
        table.rows.append((name, *(Listing(each, "; ") if each else DASH for each in places)))
    return table


def _place_in(standing: Standing) -> Said:
    target = standing.target
    if standing.implied is None:
        return joined(said(target.target or target.stated), standing.scope)
    return joined(_pace(standing), Listing(("[", _rank(standing.rank), "]"), ""), standing.scope)

"""`compare`: plans side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.language import POINTS, Listing, Words, labelled, listing, text
from plantrack.views.names import joined, with_unit
from plantrack.views.table import DASH, Form, Span, Table, numbers, printed, said, words
from plantrack.views.targets import stated_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plantrack.audit import Implied
    from plantrack.compare import Matrix, Relative, Standing
    from plantrack.language import Text
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.plan import Plan
    from plantrack.views.table import Said, Value

TITLE = text("Implied pace a year, and rank")


def standings_table(matrix: Matrix, catalogue: Catalogue) -> Table:
    """A plan a row, by rank; with several indicators one after the other, named in a column."""
    columns = (
        *words("plan"),
        *numbers("base", "target", "years", "implied a year", "printed"),
        *numbers("rank"),
    )
    if matrix.per is not None:
        per = matrix.per[1].name
        columns += numbers(text("base per {per}", per=per), text("target per {per}", per=per))
        columns += numbers("growth of it a year", "its rank")
    catalogue = catalogue.of(*(plan.model for plan in matrix.plans))
    names = {key: with_unit(each, catalogue) for key, each in matrix.indicators}
    several = words("indicator") if len(names) > 1 else ()
    table = Table(TITLE if several else next(iter(names.values())), (*several, *columns))
    for key, name in names.items():
        for standing in sorted(matrix.of(key), key=lambda each: each.rank or _UNRANKED):
            first = (name,) if several else ()
            table.rows.append((*first, *_row(standing, matrix, catalogue)))
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
    target = standing.target
    cells = (
        _standing_name(standing, matrix, catalogue),
        printed(target.base),
        printed(target.target),
        f"{target.start}–{target.due}",
        _pace(standing),
        stated_value(target),
        _rank(standing.rank),
    )
    return cells + (_relative_cells(standing.relative) if matrix.per is not None else ())


def _standing_name(standing: Standing, matrix: Matrix, catalogue: Catalogue) -> Said:
    """The plan's place, and where it is more or less than that: another place, a scope, an id."""
    loaded = next(each for each in matrix.plans if each.id == standing.plan)
    other = catalogue.places.get(standing.place) if standing.place != loaded.model.place.id else None
    return joined(_plan_name(loaded, matrix), other.name if other is not None else None, standing.scope)


def _plan_name(loaded: Plan, matrix: Matrix) -> Said:
    """The plan's place; with the plan's id where two plans are of one place."""
    place = loaded.model.place
    same = [each for each in matrix.plans if each.model.place.id == place.id]
    return place.name if len(same) == 1 else joined(place.name, f"({loaded.id})")


def _pace(standing: Standing) -> Value:
    """What base and target imply a year."""
    implied, in_steps = standing.implied, standing.measure == "annual_change"
    if in_steps and standing.indicator.unit != "%":
        return _ends(implied, Form(2, 100))
    return _ends(implied, Form(2, 100, POINTS if in_steps else "%"))


def _ends(implied: Implied | None, form: Form) -> Value:
    return DASH if implied is None else Span(implied.low, implied.high, form)


def _rank(rank: tuple[int, int] | None) -> Value:
    """`2`, or `1–2` where rounding leaves it open."""
    if rank is None:
        return DASH
    return rank[0] if rank[0] == rank[1] else f"{rank[0]}–{rank[1]}"


def _relative_cells(relative: Relative | None) -> tuple[Value, ...]:
    if relative is None:
        return (DASH,) * 4
    ends = (_per(each, relative.unit) for each in (relative.base, relative.target))
    return (*ends, _ends(relative.growth, Form(2, 100, "%")), _rank(relative.rank))


def _per(value: Implied | None, unit: str) -> Value:
    if value is None or value.nominal is None:
        return DASH
    if unit == "%":
        return _ends(value, Form(2, 100, "%"))
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
        if each.note:
            yield each.plan, each.note
        if each.relative is not None and each.relative.why is not None:
            yield each.plan, each.relative.why
        if each.indicator.zh != name:
            yield each.plan, each.indicator.name
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
        name = indicator.name if indicator.unit == "%" else with_unit(indicator, catalogue)
        table.rows.append((name, *(_cell(matrix, key, loaded.id) for loaded in shown)))
    return table


def _cell(matrix: Matrix, indicator: str, plan: str) -> Said:
    found = [_place_in(standing) for standing in matrix.of(indicator, plan)]
    return Listing(tuple(found), "; ") if found else DASH


def _place_in(standing: Standing) -> Said:
    target = standing.target
    if standing.implied is None:
        return joined(said(target.target or target.stated), standing.scope)
    return joined(_pace(standing), Listing(("[", _rank(standing.rank), "]"), ""), standing.scope)

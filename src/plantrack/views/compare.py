"""`compare`: plans side by side."""

from __future__ import annotations

import math
from itertools import chain
from typing import TYPE_CHECKING

from plantrack.language import POINTS_OF, Listing, Words, labelled, listing, span_of, text
from plantrack.numbers.words import SHARES
from plantrack.plan.citing import in_words
from plantrack.views.names import Names, bracketed, every_year_of, joined, with_unit
from plantrack.views.paths import PER_CENT
from plantrack.views.table import DASH, Cell, Form, Span, Table, numbers, printed, words
from plantrack.views.targets import asked_value, stated_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plantrack.audit import Implied, Target
    from plantrack.compare import Matrix, Standing
    from plantrack.language import Said, Text
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.figures import Figure
    from plantrack.plan.plan import Plan
    from plantrack.views.table import Column, Value

TITLE = text("Implied pace a year, and rank")


def standings_table(matrix: Matrix, catalogue: Catalogue, *, with_ends: bool = False) -> Table:
    """A plan a row, by rank; with several indicators one after the other, named in a column.

    The nominal pace is shown, with its interval where that leaves ranks open or shows that the printed pace cannot
    be; `with_ends` has a column for each end of every interval.
    """
    catalogue = catalogue.of(*(plan.model for plan in matrix.plans))
    names = {key: with_unit(each, catalogue) for key, each in matrix.indicators}
    several = words("indicator") if len(names) > 1 else ()
    columns = (*several, *_columns(is_relative=matrix.per is not None, with_ends=with_ends))
    table = Table(_title(matrix, None if several else next(iter(names.values()))), columns)
    for key, name in names.items():
        first = (name,) if several else ()
        standings = sorted(matrix.of(key), key=lambda each: each.rank or _UNRANKED)
        table.rows.extend((*first, *_row(each, matrix, catalogue, with_ends=with_ends)) for each in standings)
        table.notes.extend(_notes(matrix, key))
    return table


def _columns(*, is_relative: bool, with_ends: bool) -> tuple[Column, ...]:
    ends = text("implied a year"), text("base ratio"), text("target ratio"), text("ratio a year")
    pace, *ratios = (_with_ends(each) if with_ends else numbers(each) for each in ends)
    verdict = words("verdict") if with_ends else ()
    columns = (*words("plan"), *numbers("base", "target", "years"), *pace, *numbers("printed"), *verdict)
    columns += numbers("rank")
    return (*columns, *chain.from_iterable(ratios), *numbers("its rank")) if is_relative else columns


def _with_ends(title: Text) -> tuple[Column, ...]:
    return numbers(title, text("{value}, lowest", value=title), text("{value}, highest", value=title))


def _title(matrix: Matrix, name: Said | None) -> Said:
    """What is compared, for how many plans; first how many targets contradict the pace printed beside them."""
    if matrix.per is not None:
        name = text("{indicator} per {per}", indicator=name or TITLE, per=matrix.per[1].name)
    if name is None:
        return TITLE
    counted = text("{name}: {number} target(s)", name=name, number=len(matrix.standings))
    wrong = sum(each.target.verdict == "fails" for each in matrix.standings)
    return (
        text("{said}, {number} at odds with the printed pace", said=counted, number=wrong)
        if wrong
        else counted
    )


def brief(table: Table, matrix: Matrix) -> Table:
    """For a narrow terminal: without years, and relative to another quantity without base and target."""
    first = 1 if len(matrix.indicators) > 1 else 0
    keep = (0, 1, 2, 4, 5, 6) if matrix.per is None else (0, 4, 6, 7, 8, 9, 10)
    return table.only([*range(first), *(first + at for at in keep)])


_UNRANKED = (1_000_000, 0)
"""What has no rank comes last."""


def _row(
    standing: Standing, matrix: Matrix, catalogue: Catalogue, *, with_ends: bool = False
) -> tuple[Value, ...]:
    target, loaded = standing.target, matrix.plan(standing.plan)
    place = Names(loaded.model, catalogue).place(standing.place)
    ends, form = _implied(standing), _form(standing)
    alone = _pace(standing) if matrix.per is None else _nominal(ends, form, with_interval=False)
    stated, verdict = stated_value(target), _VERDICTS.get(target.verdict)
    paces = (
        (*_in_columns(ends, form), stated, verdict)
        if with_ends
        else (alone, bracketed(stated, verdict) if target.verdict == "fails" else stated)
    )
    cells = (
        joined(_plan_name(loaded, matrix), place, standing.scope),
        _level(target.base, standing.indicator.unit),
        _level(target.target, standing.indicator.unit),
        _years(target),
        *paces,
        _rank(standing.rank),
    )
    return cells + (_relative_cells(standing, with_ends=with_ends) if matrix.per is not None else ())


def _years(target: Target) -> Said:
    """From base to target; of a total, or of what holds for every year, its own years."""
    if "/" in target.due:
        return in_words(target.due)
    return every_year_of(target.figure) or span_of(target.start, target.due)


def _level(figure: Figure | None, unit: str) -> Value:
    """As printed, without the unit that the title names."""
    measure = figure.measure if figure is not None else None
    if measure is None or not unit or not measure.numeral.text.endswith(unit):
        return printed(figure)
    digits = measure.numeral.text.removesuffix(unit)
    cell = Cell(measure.value, Form(len(digits.partition(".")[2]), SHARES.get(measure.unit, 1)))
    return cell if cell.say("en") == digits else measure.numeral.text


_VERDICTS = {"holds": text("holds"), "fails": text("fails")}


def _plan_name(loaded: Plan, matrix: Matrix) -> Said:
    """The plan's place; with the plan's id where two plans of one place have targets here."""
    present = {each.plan for each in matrix.standings}
    return _told_apart(loaded, [each for each in matrix.plans if each.id in present or each is loaded])


def _told_apart(loaded: Plan, among: Sequence[Plan]) -> Said:
    place = loaded.model.place
    is_one = sum(each.model.place.id == place.id for each in among) == 1
    return place.name if is_one else bracketed(place.name, loaded.id)


def _without_middle(implied: Implied | None, *figures: Figure | None) -> Implied | None:
    """Only the ends where a range is printed: nobody printed its middle."""
    bounds = {each.measure.numeral.bound for each in figures if each is not None and each.measure is not None}
    return implied._replace(nominal=None) if implied is not None and "range" in bounds else implied


def _implied(standing: Standing) -> Implied | None:
    return _without_middle(standing.implied, standing.target.base, standing.target.target)


def _form(standing: Standing) -> Form:
    if standing.measure == "growth":
        return PER_CENT
    return Form(2, standing.indicator.per_one, POINTS_OF.get(standing.indicator.unit, ""))


def _pace(standing: Standing) -> Value:
    best, worst = standing.rank or (0, 0)
    is_open = best < worst or standing.target.verdict == "fails"
    return _nominal(_implied(standing), _form(standing), with_interval=is_open)


def _nominal(implied: Implied | None, form: Form, *, with_interval: bool) -> Value:
    """The nominal number, with its interval where that tells something; of a bound always the end that there is."""
    if implied is None:
        return DASH
    nominal, low, high = implied
    if nominal is None or (low is None and high is None):
        return Span(low, high, form)
    if low is not None and high is not None:
        return Span.of(implied, form) if with_interval else Cell(nominal, form)
    at_number = Span(None if low is None else nominal, None if high is None else nominal, form)
    return at_number if at_number.say("en") == Span(low, high, form).say("en") else Span.of(implied, form)


def _in_columns(implied: Implied | None, form: Form) -> tuple[Value, ...]:
    """The number and both ends, each in a column; what is bounded on one side has no number, only an end."""
    nominal, low, high = implied or (None, None, None)
    shown = (None if None in (low, high) else nominal, low, high)
    return tuple(None if each is None or math.isinf(each) else Cell(each, form) for each in shown)


def _rank(rank: tuple[int, int] | None) -> Value:
    """`2`, or `1–2` where rounding leaves it open."""
    best, worst = rank or (DASH, DASH)
    return best if best == worst else span_of(best, worst)


def _relative_cells(standing: Standing, *, with_ends: bool) -> tuple[Value, ...]:
    relative, first, last = standing.relative, standing.target.base, standing.target.target
    if relative is None:
        return (DASH,) * (10 if with_ends else 4)
    growth = _without_middle(relative.growth, first, last)
    both = (_without_middle(relative.base, first), _without_middle(relative.target, last))
    ratios = tuple((each, _ratio_form(each, relative.unit)) for each in both)
    if with_ends:
        cells = (_in_columns(*each) for each in (*ratios, (growth, PER_CENT)))
        return (*(cell for some in cells for cell in some), _rank(relative.rank))
    shown = (_nominal(*each, with_interval=False) for each in ratios)
    best, worst = relative.rank or (0, 0)
    return (*shown, _nominal(growth, PER_CENT, with_interval=best < worst), _rank(relative.rank))


def _ratio_form(value: Implied | None, unit: str) -> Form:
    """A decimal less where not all of them are known."""
    if value is None:
        return PER_CENT
    size = max(each for each in (*value, 0) if each is not None)
    decimals = 2 if unit == "%" else 1 if size >= 100 else 3  # noqa: PLR2004 - three digits or more either way
    form = PER_CENT if unit == "%" else Form(decimals, 1, Words(unit, f" {unit}"))
    is_known = len({Cell(end, form).say("en") for end in (value.low, value.high)}) == 1
    return form if is_known else form._replace(decimals=decimals - 1)


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
        yield from ((_plan_name(matrix.plan(each.plan), matrix), remark) for remark in remarks if remark)
    present = {each.plan for each in standings}
    if without := [_told_apart(each, matrix.plans) for each in matrix.plans if each.id not in present]:
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
        table.notes.extend(_at_odds(matrix, key, indicator.name))
    return table


def _at_odds(matrix: Matrix, key: str, name: Said) -> Iterator[Text]:
    """The printed paces that base and target contradict."""
    for each in matrix.of(key):
        if each.target.verdict == "fails":
            plan = _plan_name(matrix.plan(each.plan), matrix)
            said = text(
                "printed {printed}, implied {implied}", printed=stated_value(each.target), implied=_pace(each)
            )
            yield labelled(text("at odds with the printed pace"), labelled(joined(plan, name), said))


def _place_in(standing: Standing) -> Said:
    target = standing.target
    if standing.implied is None:
        return joined(asked_value(target), standing.scope)
    pace = _nominal(_implied(standing), _form(standing), with_interval=False)
    return joined(pace, Listing(("[", _rank(standing.rank), "]"), ""), standing.scope)

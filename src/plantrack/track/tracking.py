"""Holding actuals against a plan: a row for each indicator that has a target."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Literal, NamedTuple

from plantrack.audit.targets_and_derived import survey_plans
from plantrack.language import text
from plantrack.numbers.words import SHARES
from plantrack.paths import (
    Wish,
    followed_targets,
    project_target,
    running_totals,
    span_of_total,
    span_of_years,
)
from plantrack.plan.actuals import Actual, of_quantity
from plantrack.plan.citing import in_words
from plantrack.track.assessment import ALIKE, TOLERANCE
from plantrack.track.compared_by_rates import compared_by_rates
from plantrack.track.compared_within_year import compared_within_year
from plantrack.track.notes import notes_of, rounded_note, years_outside
from plantrack.track.pace import pace_against
from plantrack.track.periods import (
    EachYear,
    judge_each_year,
    judge_growth,
    judge_total,
    judge_total_growth,
    rate_of,
    total_growth_of,
)
from plantrack.track.progress import STATUSES, Pace, Progress, Tracking, status_title
from plantrack.track.relations import Situation, judge_relation, other_side, relation_of
from plantrack.track.status import REAL, Case, Rules, better_side, decimals_of, doubt, judge_level
from plantrack.track.within_year import within_year

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plantrack.audit import Target
    from plantrack.language import Text
    from plantrack.paths import Path
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.plan import Plan
    from plantrack.plan.relations import Relation


class Assessment(NamedTuple):
    """What is asked: actuals, the year they are assessed as of, the method of the paths.

    `base` is which base counts where an actual of the base year differs from what is printed. `tolerance` is how far
    progress and the share of time may lie apart; binding rows have none below. `parts` are actuals of months.
    """

    actuals: tuple[Actual, ...]
    year: int | None = None
    method: str | None = None
    base: Literal["actual", "printed"] = "actual"
    tolerance: Fraction = TOLERANCE
    parts: tuple[Actual, ...] = ()


def track_plan(plan: Plan, catalogue: Catalogue, asked: Assessment) -> Tracking:
    """Hold actuals against a plan.

    Args:
        plan: a sound plan.
        catalogue: units, places and indicators.
        asked: actuals; those after its year are left aside. Without a year, all count.
    """
    base = int(plan.model.base)
    latest = max((each.year for each in asked.actuals), default=max([base, *_whole_before(asked.parts)]))
    year = asked.year or latest
    actuals = tuple(each for each in asked.actuals if each.year <= year)
    parts = tuple(each for each in asked.parts if asked.year is None or each.year <= year)
    catalogue = catalogue.of(plan.model)
    targets = followed_targets(survey_plans([plan], catalogue).targets, plan.model.target)
    context = _Context(plan, catalogue, actuals, year, asked.tolerance)
    wish = Wish(method=asked.method, actuals=actuals, base=asked.base)
    rows = tuple(_with_months(_progress(each, context, wish), parts, context) for each in targets)
    planned = {(row.path.indicator_id, row.path.place) for row in rows} | _compared_with(rows, catalogue)
    spare = (each.indicator for each in (*actuals, *parts) if (each.indicator, each.place) not in planned)
    return Tracking(plan, year, rows, tuple(dict.fromkeys(spare)), tolerance=asked.tolerance)


def _whole_before(parts: Sequence[Actual]) -> Iterator[int]:
    """The last whole years where nothing but months is given."""
    return (each.year - 1 for each in parts)


def _with_months(row: Progress, parts: Sequence[Actual], context: _Context) -> Progress:
    if not parts:
        return row
    relation = _relation(row)
    if relation is not None:
        return row._replace(within=compared_within_year(row, relation, parts, context.catalogue))
    return row._replace(within=within_year(row, parts, Rules(context.tolerance, row.is_binding)))


def _relation(row: Progress) -> Relation | None:
    """What a row without a number is judged by."""
    is_without_levels = not row.path.years or not row.path.holds_levels
    return relation_of(row.target) if row.path.goal is None and is_without_levels else None


def _compared_with(rows: Sequence[Progress], catalogue: Catalogue) -> set[tuple[str, str]]:
    """The other sides of comparisons."""
    relations = ((relation_of(row.target), row.target) for row in rows)
    return {other_side(each, target, catalogue)[:2] for each, target in relations if each is not None}


class _Context(NamedTuple):
    plan: Plan
    catalogue: Catalogue
    actuals: tuple[Actual, ...]
    year: int
    tolerance: Fraction

    def lookup(self) -> dict[tuple[str, str], dict[int, Actual]]:
        """What is known of every quantity: actuals, and the plan's own levels where there is none."""
        known: dict[tuple[str, str], dict[int, Actual]] = {}
        for figure in self.plan.figures:
            year = figure.at.year if figure.kind == "level" and figure.at is not None else None
            if year is not None and figure.measure is not None and year <= self.year:
                actual = Actual(figure.indicator, figure.place, year, figure.measure, figure.position)
                known.setdefault((figure.indicator, figure.place), {}).setdefault(year, actual)
        for actual in self.actuals:
            if actual.kind == "growth":
                continue
            known.setdefault((actual.indicator, actual.place), {})[actual.year] = actual
        return known


def _progress(target: Target, context: _Context, wish: Wish) -> Progress:
    path = _path(target, context, wish)
    name, place = target.figure.indicator, target.figure.place
    ours, rates = (of_quantity(context.actuals, name, place, kind) for kind in ("level", "growth"))
    first, due = _years_of(target, path)
    after = _levels_between(ours, first, due)
    row = Progress(
        target=target,
        path=path,
        actual=after[-1] if after else None,
        actuals=ours,
        better=better_side(target, path),
        pace=Pace("annual_change" if path.in_steps else "growth"),
        status="undetermined",
        rates=_rates_between(rates, first, due) if _takes_rates(target, path) else (),
    )
    if (compared := compared_by_rates(row, context.actuals, context.catalogue, context.year)) is not None:
        return compared._replace(notes=(*notes_of(compared, context.year), *compared.notes))
    if row.rates:
        row = row._replace(actual=row.rates[-1])
    elif not after:
        return row._replace(why=_without_actual(first, path, context))
    judged = _once_past(_judged(row, context), context.year)
    return judged._replace(notes=(*notes_of(judged, context.year), *judged.notes))


def _takes_rates(target: Target, path: Path) -> bool:
    """Whether published growth is what the target is judged by."""
    relation, stated = relation_of(target), target.stated
    if relation is not None and stated is not None and relation.operator == "assigned":
        return stated.kind in {"growth", "total_growth"}
    return rate_of(target) is not None or (total_growth_of(target) is not None and path.kind == "index")


def _levels_between(levels: Sequence[Actual], first: int | None, due: int | None) -> list[Actual]:
    """The levels after one year and up to another, each of which may be open."""
    return [
        each for each in levels if (first is None or each.year > first) and (due is None or each.year <= due)
    ]


def _rates_between(rates: Sequence[Actual], first: int | None, due: int | None) -> tuple[Actual, ...]:
    """The rates of growth above -1 after one year and up to another; none where either is open."""
    if first is None or due is None:
        return ()
    return tuple(each for each in rates if first < each.year <= due and each.value > -1)


def _years_of(target: Target, path: Path) -> tuple[int | None, int | None]:
    """The year after which actuals count, and the last one that does."""
    each_year = target.figure.each_year
    span = span_of_total(target) if each_year is None else span_of_years(each_year)
    if span is not None:
        return span[0] - 1, span[1]
    first = path.years[0] if path.years else int(target.start) if target.start.isdigit() else None
    return first, path.due


def _without_actual(first: int | None, path: Path, context: _Context) -> Text:
    """That there is none to judge by, with the years in which one would do."""
    last = min(context.year, path.due or context.year)
    if first is None:
        return text("no actual is given up to {last}", last=last)
    if first >= last:
        return text("no actual is given after {year}", year=first)
    if first + 1 == last:
        return text("no actual is given for {year}", year=last)
    return text("no actual is given for {first} to {last}", first=first + 1, last=last)


def _path(target: Target, context: _Context, wish: Wish) -> Path:
    """The path asked for; where none is, through the values that the plan prints on the way."""
    path = project_target(target, context.plan, wish)
    if wish.method is None and any(int(each.due.text) in path.years[1:-1] for each in path.printed):
        return project_target(target, context.plan, wish._replace(method="milestones"))
    return path


def _once_past(judged: Progress, year: int) -> Progress:
    """Undetermined where the target year is past and the actual older; of what is asked for, what every year is."""
    due, actual, found = judged.path.due, judged.actual, judged.achieved
    if due is None or actual is None or not year > due > actual.year:
        return judged
    why = text("{due} is past, and no actual is given for it", due=due)
    is_alike = found is not None and found.kind in ALIKE
    achieved = found if is_alike else None
    return judged._replace(status="undetermined", why=why, achieved=achieved, share=None, notes=())


def _judged(row: Progress, context: _Context) -> Progress:
    actual, path, rules = row.actual, row.path, Rules(context.tolerance, row.is_binding)
    assert actual is not None
    if (judged := _judged_over_years(row, rules)) is not None:
        return judged
    if (relation := _relation(row)) is not None:
        found = judge_relation(
            relation, Situation(row.target, actual, path.first, context.lookup(), context.catalogue)
        )
        return row._replace(status=found.status, why=found.why, other=found.other)
    if path.due is None:
        return row._replace(why=path.why)
    if not path.holds_levels:
        return row._replace(why=text("no base is printed for {time}", time=in_words(row.target.start)))
    if (why := doubt(path, actual)) is not None:
        return row._replace(why=why)
    if path.is_real and path.why is None:
        return row._replace(why=REAL)
    return _with_level(row, actual, rules)


def _judged_over_years(row: Progress, rules: Rules) -> Progress | None:
    """A row of growth rates or of a total; `None` for any other."""
    if row.path.kind == "each year":
        return _judged_each_year(row)
    target, rate, span = row.target, rate_of(row.target), span_of_total(row.target)
    total, given = total_growth_of(target), {each.year: each.measure.value for each in row.rates}
    if rate is not None and given:
        years = int(target.start), int(target.due)
        judged = judge_growth(rate, given, years, row.better, rules)
        share = Fraction(max(given) - years[0], years[1] - years[0])
    elif total is not None and given:
        years = int(target.start), int(target.due)
        judged = judge_total_growth(total, given, years, row.better, rules)
        share = Fraction(max(given) - years[0], years[1] - years[0])
    elif span is not None and target.target is not None and target.target.measure is not None:
        given = {each.year: each.measure.value for each in row.actuals if span[0] <= each.year <= span[1]}
        judged = judge_total(target.target.measure, given, span, row.better or "up", rules)
        share = Fraction(max(given) - span[0] + 1, span[1] - span[0] + 1)
        row = _with_running_total(row, span, is_ceiling=judged.status in {"within", "beyond"})
    else:
        return None
    return row._replace(
        status=judged.status, why=judged.why, achieved=judged.achieved, notes=judged.notes, share=share
    )


def _judged_each_year(row: Progress) -> Progress | None:
    asked, each_year, path = row.path.goal, row.target.figure.each_year, row.path
    if asked is None or each_year is None or row.actual is None:
        return None
    first, last = span_of_years(each_year)
    given = {each.year: each.measure.value for each in row.actuals if first <= each.year <= last}
    indicator = row.target.indicator
    decimals = decimals_of(path) if indicator.unit in SHARES else None
    judged = judge_each_year(
        asked, given, (first, last), EachYear(row.better, decimals, indicator.role == "limit")
    )
    gap = pace_against(path, row.actual).gap if path.years else None
    return row._replace(
        pace=row.pace._replace(gap=gap),
        status=judged.status,
        why=judged.why,
        achieved=judged.achieved,
        notes=judged.notes,
        share=Fraction(max(given) - first + 1, last - first + 1),
    )


def _with_running_total(row: Progress, span: tuple[int, int], *, is_ceiling: bool) -> Progress:
    """A row of a total with the sum of the years so far as its actual, where every one of them is known."""
    totals = running_totals(row.actuals, span[0])
    if row.actual is None or not totals or totals[-1].year != row.actual.year:
        return row
    pace = _pace(row.path, totals[-1])
    if is_ceiling:
        pace = pace._replace(years_ahead=None, remaining=None)
    return row._replace(actual=totals[-1], pace=pace)


def _with_level(row: Progress, actual: Actual, rules: Rules) -> Progress:
    """A row whose target is a number of one year."""
    path, pace = row.path, _pace(row.path, actual)
    if _leads_away(path, row.better):
        pace = pace._replace(years_ahead=None)
    case = Case(path, row.better, actual.measure.value, actual.year)
    status, why, achieved, _ = judge_level(case, rules)
    if case.is_met:
        pace = pace._replace(remaining=None)
        achieved = achieved and achieved._replace(needed=None)
    others = {judge_level(case._replace(actual=end), rules).status for end in _ends(actual)}
    notes = rounded_note(
        actual, [status_title(each, row.better) for each in STATUSES if each in others - {status}]
    )
    if achieved is not None and achieved.kind == "limit":
        pace = pace._replace(required=None, years_ahead=None)
        notes += years_outside(row, case)
    share = case.elapsed.share if case.elapsed is not None else None
    return row._replace(pace=pace, status=status, why=why, achieved=achieved, share=share, notes=notes)


def _ends(actual: Actual) -> Iterator[Fraction]:
    """The least and nearly the greatest value that would be printed as the actual."""
    low, high = actual.interval.low, actual.interval.high
    if low is not None and high is not None:
        yield from (low, high - (high - low) / 1000)


def _pace(path: Path, actual: Actual) -> Pace:
    if path.why is not None or not path.holds_levels or actual.kind == "growth":
        return Pace("growth")
    return pace_against(path, actual)


def _leads_away(path: Path, better: str | None) -> bool:
    """Whether the path goes against the better direction, so that to be on it early is no lead."""
    raw = path.line.raw
    return bool(raw) and raw[-1] != raw[0] and better == ("down" if raw[-1] > raw[0] else "up")

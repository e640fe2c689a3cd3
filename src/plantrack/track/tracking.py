"""Holding actuals against a plan: a row for each indicator that has a target."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from plantrack.audit.targets_and_derived import survey_plans
from plantrack.language import fixed, text
from plantrack.paths import Wish, followed_targets, project_target
from plantrack.paths.revision import UNLIKE
from plantrack.plan.actuals import Actual, of_quantity
from plantrack.plan.measures import printed_decimals
from plantrack.track.pace import pace_against
from plantrack.track.progress import Pace, Progress, Tracking
from plantrack.track.relations import Situation, judge_relation, relation_of
from plantrack.track.status import better_side, judge_level

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plantrack.audit import Target
    from plantrack.language import Text
    from plantrack.paths import Path
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.plan import Plan


class Assessment(NamedTuple):
    """What is asked: actuals, the year they are assessed as of, the method of the paths.

    `base` is which base counts where an actual of the base year differs from what is printed.
    """

    actuals: tuple[Actual, ...]
    year: int | None = None
    method: str | None = None
    base: Literal["actual", "printed"] = "actual"


def track_plan(plan: Plan, catalogue: Catalogue, asked: Assessment) -> Tracking:
    """Hold actuals against a plan.

    Args:
        plan: a sound plan.
        catalogue: units, places and indicators.
        asked: actuals; those after its year are left aside. Without a year, all count.
    """
    year = asked.year or max((each.year for each in asked.actuals), default=int(plan.model.base))
    actuals = tuple(each for each in asked.actuals if each.year <= year)
    catalogue = catalogue.of(plan.model)
    targets = followed_targets(survey_plans([plan], catalogue).targets, plan.model.target)
    context = _Context(plan, catalogue, actuals, year)
    wish = Wish(method=asked.method, actuals=actuals, base=asked.base)
    rows = tuple(_progress(each, context, wish) for each in targets)
    planned = {(row.path.indicator_id, row.path.place) for row in rows} | _compared_with(rows)
    spare = (each.indicator for each in actuals if (each.indicator, each.place) not in planned)
    return Tracking(plan, year, rows, tuple(dict.fromkeys(spare)))


def _compared_with(rows: Sequence[Progress]) -> set[tuple[str, str]]:
    """The other sides of comparisons."""
    found = set()
    for row in rows:
        relation = relation_of(row.target)
        if relation is not None and relation.to is not None:
            name, _, place = relation.to.partition("@")
            found.add((name, place or row.path.place))
    return found


class _Context(NamedTuple):
    plan: Plan
    catalogue: Catalogue
    actuals: tuple[Actual, ...]
    year: int

    def lookup(self) -> dict[tuple[str, str], dict[int, Actual]]:
        """What is known of every quantity: actuals, and the plan's own levels where there is none."""
        known: dict[tuple[str, str], dict[int, Actual]] = {}
        for figure in self.plan.figures:
            year = figure.at.year if figure.kind == "level" and figure.at is not None else None
            if year is not None and figure.measure is not None and year <= self.year:
                actual = Actual(figure.indicator, figure.place, year, figure.measure, figure.position)
                known.setdefault((figure.indicator, figure.place), {}).setdefault(year, actual)
        for actual in self.actuals:
            known.setdefault((actual.indicator, actual.place), {})[actual.year] = actual
        return known


def _progress(target: Target, context: _Context, wish: Wish) -> Progress:
    path = _path(target, context, wish)
    ours = of_quantity(context.actuals, target.figure.indicator, target.figure.place)
    first = path.years[0] if path.years else int(target.start) if target.start.isdigit() else None
    after = tuple(
        each
        for each in ours
        if (first is None or each.year > first) and (path.due is None or each.year <= path.due)
    )
    row = Progress(
        target=target,
        path=path,
        actual=after[-1] if after else None,
        actuals=ours,
        better=better_side(target, path),
        pace=Pace("annual_change" if path.in_steps else "growth"),
        status="undetermined",
    )
    if not after:
        return row._replace(why=_without_actual(first, path, context))
    judged = _judged(row, context)
    return judged._replace(notes=tuple(_notes(judged, context)))


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


def _judged(row: Progress, context: _Context) -> Progress:
    actual, path = row.actual, row.path
    assert actual is not None
    if path.due is not None and context.year > path.due > actual.year:
        return row._replace(
            why=text("{due} is past, and no actual is given for it", due=path.due), pace=_pace(path, actual)
        )
    relation = relation_of(row.target) if path.goal is None and not path.years else None
    if relation is not None:
        base = path.first.interval if path.first is not None else None
        found = judge_relation(
            relation, Situation(row.target, actual, base, context.lookup(), context.catalogue)
        )
        return row._replace(status=found.status, why=found.why, other=found.other)
    if path.due is None:
        return row._replace(why=path.why)
    if (doubt := _doubt(path, actual)) is not None:
        return row._replace(why=doubt)
    if path.is_real and path.why is None:
        return row._replace(why=_REAL)
    pace = _pace(path, actual)
    if _leads_away(path, row.better):
        pace = pace._replace(years_ahead=None)
    status, why = judge_level(path, actual, row.better, pace.years_ahead)
    if status == "met":
        pace = pace._replace(remaining=None)
    return row._replace(pace=pace, status=status, why=why)


_REAL = text("the target is growth at constant prices, and the actual is at the prices of its year")


def _pace(path: Path, actual: Actual) -> Pace:
    return pace_against(path, actual) if path.why is None else Pace("growth")


def _leads_away(path: Path, better: str | None) -> bool:
    """Whether the path goes against the better direction, so that to be on it early is no lead."""
    raw = path.line.raw
    return bool(raw) and raw[-1] != raw[0] and better == ("down" if raw[-1] > raw[0] else "up")


def _doubt(path: Path, actual: Actual) -> Text | None:
    """What looks like a number in another unit, far from base and target; counts may well multiply."""
    first, ends = path.first, [float(each.value) for each in (path.first, path.goal) if each is not None]
    if first is None or min(*ends, actual.value) <= 0 or path.is_whole:
        return None
    if min(ends) / UNLIKE < actual.value < max(ends) * UNLIKE:
        return None
    return text(
        "{given} is read as {value} {unit}, far from the base {printed}: is the unit right?",
        given=actual.text,
        value=fixed(actual.value * path.factor, max(path.decimals, printed_decimals(actual.measure))),
        unit=path.indicator.unit,
        printed=first.numeral.text,
    )


def _notes(row: Progress, context: _Context) -> Iterator[Text]:
    """What to look at twice: how old the actual is, a base that differs, what is said of the path."""
    path, actual = row.path, row.actual
    if actual is not None and actual.year < context.year:
        yield text(
            "the latest actual is that of {year}: what is told is the state of {year}, not of {asked}",
            year=actual.year,
            asked=context.year,
        )
    first = path.first if path.revision is None and path.start is None and path.years else None
    for given in row.actuals:
        if first is not None and given.year == path.years[0] and not given.interval.overlaps(first.interval):
            yield text(
                "the plan prints {printed} for {year}, the actuals say {given}: the plan's base is kept",
                printed=first.numeral.text,
                year=given.year,
                given=given.text,
            )
    yield from path.notes

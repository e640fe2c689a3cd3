"""One indicator across plans, or several: base, target, what they imply, and how plans rank."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from plantrack.audit import Implied, Target
from plantrack.audit.targets_and_derived import survey_plans
from plantrack.errors import PlantrackError
from plantrack.language import Text, listing, text
from plantrack.paths import followed_targets
from plantrack.paths.ends import HIGH, LOW, VALUE, combined, ends_of, rate_over, step_over
from plantrack.plan.catalogue import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from plantrack.audit.targets_and_derived import Survey
    from plantrack.paths.ends import Spread
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.figures import Figure
    from plantrack.plan.model import Indicator
    from plantrack.plan.plan import Plan

YEAR_DIGITS = 4


class Relative(NamedTuple):
    """Base and target over another quantity of the same place and year, and the growth between.

    Shares are fractions; other values are in `unit`. Each is nominal, least and greatest; `None` where
    the other quantity is neither printed nor implied, or `why` tells the reason.
    """

    per: str
    unit: str
    base: Implied | None
    target: Implied | None
    growth: Implied | None
    rank: tuple[int, int] | None
    why: Text | None = None


class Standing(NamedTuple):
    """One plan's target for one indicator, among the others.

    `implied` is the pace a year from base to target in `measure`: a rate as a fraction, or for shares
    a step as a fraction. `rank` are the best and the worst place that rounding allows, 1 being the
    fastest in the better direction; `None` where no pace is implied. `note` is what the plan file
    notes about the row.
    """

    plan: str
    place: str
    scope: str
    note: str
    indicator_id: str
    indicator: Indicator
    target: Target
    measure: Literal["growth", "annual_change"]
    implied: Implied | None
    rank: tuple[int, int] | None
    relative: Relative | None


class Matrix(NamedTuple):
    """Indicators by plans. `standings` has one entry for each target there is, in that order."""

    indicators: tuple[tuple[str, Indicator], ...]
    plans: tuple[Plan, ...]
    per: tuple[str, Indicator] | None
    standings: tuple[Standing, ...]

    def of(self, indicator: str, plan: str | None = None) -> tuple[Standing, ...]:
        """The standings of an indicator, of one plan or of all."""
        return tuple(
            each for each in self.standings if each.indicator_id == indicator and plan in {None, each.plan}
        )


def compare_plans(
    names: Sequence[str], plans: Sequence[Plan], catalogue: Catalogue, *, per: str | None = None
) -> Matrix:
    """Hold plans side by side.

    Args:
        names: indicators by id or name in either language.
        plans: plans that were read without error.
        catalogue: units, places and indicators.
        per: id or name of the quantity that levels are divided by.

    Raises:
        PlantrackError: for a name that no plan knows.
    """
    if not names:
        raise PlantrackError(text("no indicator is named: write one, as premium or 保费收入"))
    known = _known_indicators(plans, catalogue)
    targeted = {figure.indicator for loaded in plans for figure in loaded.figures}
    chosen = dict.fromkeys(find_name(name, {each: known[each] for each in targeted}) for name in names)
    quantity = find_name(per, known) if per is not None else None
    survey = survey_plans(plans, catalogue)
    standings = [
        standing
        for name in chosen
        for standing in _ranked(_standings(name, survey), quantity, _Ground(survey, catalogue))
    ]
    divisor = (quantity, known[quantity]) if quantity is not None else None
    return Matrix(tuple((name, known[name]) for name in chosen), survey.plans, divisor, tuple(standings))


def _known_indicators(plans: Sequence[Plan], catalogue: Catalogue) -> dict[str, Indicator]:
    own = {name: each for loaded in plans for name, each in loaded.model.own.items()}
    return {**own, **catalogue.indicators}


def find_name(name: str, known: dict[str, Indicator]) -> str:
    """The id of an indicator by id or by name, or by a part of a name that only one has.

    Raises:
        PlantrackError: where there is none, or several; the nearest are named.
    """
    names = {word: key for key, each in known.items() for word in (key, each.zh, each.en)}
    partly = dict.fromkeys(key for word, key in names.items() if name in word)
    if name in names:
        return names[name]
    if len(partly) == 1:
        return next(iter(partly))
    guesses = (
        list(partly) or list(dict.fromkeys(names[each] for each in nearest(name, names))) or sorted(known)
    )
    raise PlantrackError(
        text(
            'no plan here has an indicator "{name}"; there are: {guesses}',
            name=name,
            guesses=listing(*guesses),
        )
    )


# -- standings -----------------------------------------------------------------------------------


def _standings(name: str, survey: Survey) -> list[Standing]:
    found = []
    for loaded in survey.plans:
        ours = [each for each in survey.targets if each.figure.plan == loaded.id]
        found += [
            _standing(target)
            for target in followed_targets(ours, loaded.model.target)
            if target.figure.indicator == name
        ]
    return found


def _standing(target: Target) -> Standing:
    figure, indicator = target.figure, target.indicator
    measure: Literal["growth", "annual_change"] = "annual_change" if indicator.unit == "%" else "growth"
    return Standing(
        plan=figure.plan,
        place=figure.place,
        scope=figure.row.scope or "",
        note=figure.row.note or "",
        indicator_id=figure.indicator,
        indicator=indicator,
        target=target,
        measure=measure,
        implied=_implied(target, measure),
        rank=None,
        relative=None,
    )


def _implied(target: Target, measure: str) -> Implied | None:
    base, goal = _ends(target.base), _ends(target.target)
    years = _years(target)
    if base is None or goal is None or years is None:
        return None
    return combined((rate_over if measure == "growth" else step_over)(years), base, goal)


def _years(target: Target) -> int | None:
    if len(target.start) != YEAR_DIGITS or len(target.due) != YEAR_DIGITS:
        return None
    return int(target.due) - int(target.start)


def _ends(figure: Figure | None) -> Spread | None:
    if figure is None or figure.measure is None:
        return None
    ends = ends_of(figure.measure)
    return float(ends[VALUE]), float(ends[LOW]), float(ends[HIGH])


# -- ranks ---------------------------------------------------------------------------------------


class _Ground(NamedTuple):
    survey: Survey
    catalogue: Catalogue


def _ranked(standings: Sequence[Standing], per: str | None, ground: _Ground) -> list[Standing]:
    ranks = ranked([each.implied for each in standings], down=_is_down(standings))
    found = [each._replace(rank=rank) for each, rank in zip(standings, ranks, strict=True)]
    if per is None:
        return found
    relatives = [_relative(each, per, ground) for each in found]
    ranks = ranked([each.growth for each in relatives], down=_is_down(standings))
    return [
        each._replace(relative=relative._replace(rank=rank))
        for each, relative, rank in zip(found, relatives, ranks, strict=True)
    ]


def _is_down(standings: Sequence[Standing]) -> bool:
    return any(each.indicator.better == "down" for each in standings)


def ranked(paces: Sequence[Implied | None], *, down: bool) -> list[tuple[int, int] | None]:
    """For each pace the best and the worst rank that rounding allows; open ends reach to infinity."""
    spans = [_span(each, down=down) for each in paces]
    known = [each for each in spans if each is not None]
    return [
        None
        if span is None
        else (
            1 + sum(other[0] > span[1] for other in known),
            len(known) - sum(other[1] < span[0] for other in known),
        )
        for span in spans
    ]


def _span(pace: Implied | None, *, down: bool) -> tuple[float, float] | None:
    if pace is None:
        return None
    low = -np.inf if pace.low is None else pace.low
    high = np.inf if pace.high is None else pace.high
    return (-high, -low) if down else (low, high)


# -- relative to another quantity ----------------------------------------------------------------


def _relative(standing: Standing, per: str, ground: _Ground) -> Relative:
    units = ground.catalogue.units
    target = standing.target
    divisor = _indicator(per, standing, ground)
    unit, other = units[standing.indicator.unit], units[divisor.unit]
    name, factor = _ratio_unit(standing.indicator.unit, divisor.unit, ground.catalogue)
    nothing = Relative(per, name, None, None, None, None)
    if unit.base == "1":
        return nothing._replace(why=text("a share is not divided once more"))
    scale = float(unit.factor / other.factor) * factor
    base, why = _divided(target.base, target.start, standing, per, ground)
    goal, reason = _divided(target.target, target.due, standing, per, ground)
    years = _years(target)
    growth = None
    if base is not None and goal is not None and years:
        growth = combined(rate_over(years), base, goal)
    return nothing._replace(
        base=_scaled(base, scale), target=_scaled(goal, scale), growth=growth, why=why or reason
    )


def _indicator(name: str, standing: Standing, ground: _Ground) -> Indicator:
    own = next((each.model.own for each in ground.survey.plans if each.id == standing.plan), {})
    return own.get(name) or ground.catalogue.indicators[name]


def _ratio_unit(one: str, other: str, catalogue: Catalogue) -> tuple[str, float]:
    """What a ratio of two units is shown in, and the factor from base units to it."""
    first, second = catalogue.units[one], catalogue.units[other]
    if first.base == second.base:
        return "%", 1.0
    if first.base == "元" and second.base == "人":
        return "元/人", 1.0
    return f"{one}/{other}", float(second.factor / first.factor)


def _divided(
    figure: Figure | None, time: str, standing: Standing, per: str, ground: _Ground
) -> tuple[Spread | None, Text | None]:
    """A level over the other quantity of that time; or why there is none."""
    level = _ends(figure)
    if level is None:
        return None, text("no number is printed for {time}", time=time)
    divisors = list(dict.fromkeys(_levels(per, standing, time, ground)))
    name = _indicator(per, standing, ground).name
    if not divisors:
        return None, text("{name} is neither printed nor implied for {time}", name=name, time=time)
    if len(divisors) > 1:
        return None, text("what is printed implies more than one {name} for {time}", name=name, time=time)
    found = combined(lambda value, by: value / by if by else np.nan, level, divisors[0])
    if found is None:
        return None, text("{name} is neither printed nor implied for {time}", name=name, time=time)
    return (
        found.nominal or 0.0,
        -np.inf if found.low is None else found.low,
        np.inf if found.high is None else found.high,
    ), None


def _levels(per: str, standing: Standing, time: str, ground: _Ground) -> Iterable[Spread]:
    """The number printed of the other quantity, the most exact; else every interval implied; else a bound printed."""
    printed = [
        figure
        for figure in _figures(ground.survey)
        if figure.kind == "level"
        and (figure.indicator, figure.place, figure.time_text) == (per, standing.place, time)
        and figure.measure is not None
    ]
    printed.sort(
        key=lambda each: (
            each.plan != standing.plan,
            each.measure is None or -each.measure.numeral.step.denominator,
        )
    )
    found = [ends for figure in printed if (ends := _ends(figure)) is not None]
    numbers = [ends for ends in found if np.isfinite(ends).all()]
    return numbers[:1] or _implied_levels(per, standing, time, ground) or found[:1]


def _implied_levels(per: str, standing: Standing, time: str, ground: _Ground) -> list[Spread]:
    names = {per, f"{standing.plan}/{per}"}
    latents = (
        each.interval
        for each in ground.survey.latents
        if each.variable.indicator in names
        and (each.variable.place, each.variable.times) == (standing.place, (time,))
    )
    return [
        (float(each.low + each.high) / 2, float(each.low), float(each.high))
        for each in latents
        if each.low is not None and each.high is not None and each.low > 0
    ]


def _figures(survey: Survey) -> Iterable[Figure]:
    return (figure for loaded in survey.plans for figure in loaded.figures)


def _scaled(ends: Spread | None, scale: float) -> Implied | None:
    if ends is None:
        return None
    nominal, low, high = (end * scale for end in ends)
    return Implied(nominal, low if np.isfinite(low) else None, high if np.isfinite(high) else None)

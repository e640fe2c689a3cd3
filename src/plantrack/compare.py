"""One indicator across plans, or several: base, target, what they imply, and how plans rank."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from plantrack.audit import Implied, Target
from plantrack.audit.targets_and_derived import survey_plans
from plantrack.errors import PlantrackError
from plantrack.language import Text, listing, text
from plantrack.numbers.words import PERSON, YUAN
from plantrack.paths import followed_targets
from plantrack.paths.bounds import combined, rate_over, spread_of, step_over
from plantrack.paths.choose import year_of
from plantrack.plan.catalogue import meant_by
from plantrack.plan.naming import names_of_indicator
from plantrack.results import Result

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plantrack.audit.targets_and_derived import Survey
    from plantrack.paths.bounds import Spread
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.figures import Figure
    from plantrack.plan.model import Indicator
    from plantrack.plan.plan import Plan


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

    def __repr__(self) -> str:
        return f"<Standing {self.plan}/{self.indicator_id}: rank {self.rank}, {self.target!r}>"


@dataclass(frozen=True)
class Matrix(Result):
    """Indicators by plans. `standings` has one entry for each target there is, in that order."""

    indicators: tuple[tuple[str, Indicator], ...]
    plans: tuple[Plan, ...]
    per: tuple[str, Indicator] | None
    standings: tuple[Standing, ...]

    def __repr__(self) -> str:
        names = ", ".join(name for name, _ in self.indicators)
        per = f" per {self.per[0]}" if self.per else ""
        return f"<Matrix of {names}{per}: {len(self.plans)} plans, {len(self.standings)} targets>"

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
    catalogue = catalogue.of(*(plan.model for plan in plans))
    known = _known_indicators(plans, catalogue)
    targeted = dict.fromkeys(figure.indicator for plan in plans for figure in plan.figures)
    chosen = dict.fromkeys(find_name(name, {each: known[each] for each in targeted}) for name in names)
    quantity = find_name(per, known) if per is not None else None
    survey = survey_plans(plans, catalogue)
    context = _Context(survey, catalogue, quantity)
    standings = [standing for name in chosen for standing in _ranked(_standings(name, survey), context)]
    divisor = (quantity, known[quantity]) if quantity is not None else None
    return Matrix(tuple((name, known[name]) for name in chosen), survey.plans, divisor, tuple(standings))


def _known_indicators(plans: Sequence[Plan], catalogue: Catalogue) -> dict[str, Indicator]:
    own = {name: each for plan in plans for name, each in plan.model.own.items()}
    return {**own, **catalogue.indicators}


def find_name(name: str, known: dict[str, Indicator]) -> str:
    """The id of an indicator by id or by name, or by a part of a name that only one has.

    Raises:
        PlantrackError: where there is none, or several; the nearest are named.
    """
    found, guesses = meant_by(
        name, {word: key for key, each in known.items() for word in names_of_indicator(key, each)}
    )
    if found is None:
        raise PlantrackError(
            text(
                'no plan here has an indicator "{name}"; there are: {guesses}',
                name=name,
                guesses=listing(*guesses),
            )
        )
    return found


# -- standings -----------------------------------------------------------------------------------


def _standings(name: str, survey: Survey) -> list[Standing]:
    return [
        _standing(target)
        for plan in survey.plans
        for target in followed_targets(
            [each for each in survey.targets if each.figure.plan == plan.id], plan.model.target
        )
        if target.figure.indicator == name
    ]


def _standing(target: Target) -> Standing:
    figure, indicator = target.figure, target.indicator
    is_share = indicator.unit == "%"
    base, goal, years = _spread(target.base), _spread(target.target), _years(target)
    implied = None
    if base is not None and goal is not None and years is not None:
        implied = combined((step_over if is_share else rate_over)(years), base, goal)
    return Standing(
        plan=figure.plan,
        place=figure.place,
        scope=figure.row.scope or "",
        note=figure.row.note or "",
        indicator_id=figure.indicator,
        indicator=indicator,
        target=target,
        measure="annual_change" if is_share else "growth",
        implied=implied,
        rank=None,
        relative=None,
    )


def _years(target: Target) -> int | None:
    start, due = year_of(target.start), year_of(target.due)
    return None if start is None or due is None else due - start


def _spread(figure: Figure | None) -> Spread | None:
    return None if figure is None or figure.measure is None else spread_of(figure.measure)


# -- ranks ---------------------------------------------------------------------------------------


class _Context(NamedTuple):
    survey: Survey
    catalogue: Catalogue
    per: str | None


def _ranked(standings: Sequence[Standing], context: _Context) -> list[Standing]:
    ranks = ranked([each.implied for each in standings], down=_is_down(standings))
    found = [each._replace(rank=rank) for each, rank in zip(standings, ranks, strict=True)]
    if context.per is None:
        return found
    relatives = [_relative(each, context) for each in found]
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


def _relative(standing: Standing, context: _Context) -> Relative:
    target, divisor = standing.target, _divisor(standing, context)
    unit, scale = _ratio_unit(standing.indicator.unit, divisor.unit, context.catalogue)
    nothing = Relative(context.per or "", unit, None, None, None, None)
    if context.catalogue.units[standing.indicator.unit].base == "1":
        return nothing._replace(why=text("a share is not divided once more"))
    base, why = _divided(target.base, target.start, standing, context)
    goal, reason = _divided(target.target, target.due, standing, context)
    years = _years(target)
    growth = (
        combined(rate_over(years), base, goal) if base is not None and goal is not None and years else None
    )
    return nothing._replace(
        base=_scaled(base, scale), target=_scaled(goal, scale), growth=growth, why=why or reason
    )


def _divisor(standing: Standing, context: _Context) -> Indicator:
    assert context.per is not None
    own = next((each.model.own for each in context.survey.plans if each.id == standing.plan), {})
    return own.get(context.per) or context.catalogue.indicators[context.per]


def _ratio_unit(one: str, other: str, catalogue: Catalogue) -> tuple[str, float]:
    """What a ratio of two units is shown in, and the factor from the one over the other to it."""
    first, second = catalogue.units[one], catalogue.units[other]
    factor = float(first.factor / second.factor)
    if first.base == second.base:
        return "%", factor
    per_head = (first.base, second.base) == (YUAN, PERSON)
    return (f"{YUAN}/{PERSON}", factor) if per_head else (f"{one}/{other}", 1.0)


def _divided(
    figure: Figure | None, time: str, standing: Standing, context: _Context
) -> tuple[Spread | None, Text | None]:
    """A level over the other quantity of that time; or why there is none."""
    level = _spread(figure)
    if level is None:
        return None, text("no number is printed for {time}", time=time)
    name = _divisor(standing, context).name
    divisors = list(dict.fromkeys(_levels(standing, time, context)))
    if len(divisors) > 1:
        return None, text("what is printed implies more than one {name} for {time}", name=name, time=time)
    found = combined(lambda value, by: value / by if by else np.nan, level, divisors[0]) if divisors else None
    if found is None or found.nominal is None:
        return None, text("{name} is neither printed nor implied for {time}", name=name, time=time)
    low, high = -np.inf if found.low is None else found.low, np.inf if found.high is None else found.high
    return (found.nominal, low, high), None


def _levels(standing: Standing, time: str, context: _Context) -> Sequence[Spread]:
    """The number printed of the other quantity, the most exact; else every interval implied; else a bound printed."""
    printed = [
        (each.plan != standing.plan, -each.measure.numeral.step.denominator, spread_of(each.measure))
        for plan in context.survey.plans
        for each in plan.figures
        if each.kind == "level"
        and each.measure is not None
        and (each.indicator, each.place, each.time_text) == (context.per, standing.place, time)
    ]
    found = [spread for _, _, spread in sorted(printed, key=lambda each: each[:2])]
    numbers = [spread for spread in found if np.isfinite(spread).all()]
    return numbers[:1] or _implied_levels(standing, time, context) or found[:1]


def _implied_levels(standing: Standing, time: str, context: _Context) -> list[Spread]:
    names = {context.per, f"{standing.plan}/{context.per}"}
    latents = (
        each.interval
        for each in context.survey.latents
        if each.variable.indicator in names
        and (each.variable.place, each.variable.times) == (standing.place, (time,))
    )
    return [
        (float(each.low + each.high) / 2, float(each.low), float(each.high))
        for each in latents
        if each.low is not None and each.high is not None and each.low > 0
    ]


def _scaled(ends: Spread | None, scale: float) -> Implied | None:
    if ends is None:
        return None
    nominal, low, high = (end * scale for end in ends)
    return Implied(nominal, low if np.isfinite(low) else None, high if np.isfinite(high) else None)

"""One indicator across plans, or several: base, target, what they imply, and how plans rank."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from plantrack.audit import Implied, Target
from plantrack.audit.blocks import families_of, spoken_of
from plantrack.audit.targets_and_derived import Survey, each_once, survey_plans
from plantrack.errors import PlantrackError
from plantrack.language import Text, Words, listing, text
from plantrack.numbers.words import PERSON, SHARES, YUAN
from plantrack.paths import followed_targets
from plantrack.paths.bounds import Spread, combined, rate_over, spread_of, step_over
from plantrack.plan.catalogue import Catalogue, meant_by
from plantrack.plan.citing import in_words
from plantrack.plan.naming import names_of_indicator
from plantrack.results import Result

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

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
        return self._of.get((indicator, plan), ())

    def plan(self, name: str) -> Plan:
        return self._by_id[name]

    @cached_property
    def _of(self) -> dict[tuple[str, str | None], tuple[Standing, ...]]:
        found: defaultdict[tuple[str, str | None], list[Standing]] = defaultdict(list)
        for each in self.standings:
            found[each.indicator_id, None].append(each)
            found[each.indicator_id, each.plan].append(each)
        return {key: tuple(standings) for key, standings in found.items()}

    @cached_property
    def _by_id(self) -> dict[str, Plan]:
        return {each.id: each for each in self.plans}


def compare_plans(
    names: Sequence[str], plans: Sequence[Plan], catalogue: Catalogue, *, per: str | None = None
) -> Matrix:
    """Hold plans side by side, levels divided by the quantity `per`."""
    if not names:
        raise PlantrackError(text("no indicator is named: write one, as premium or 保费收入"))
    plans = each_once(plans)
    known = _known(plans, catalogue)
    targeted = {figure.indicator: known[figure.indicator] for plan in plans for figure in plan.figures}
    chosen = dict.fromkeys(_find_name(name, targeted) for name in names)
    quantity = None if per is None else _find_name(per, known)
    standings = sorted(_standings(plans, chosen, quantity, catalogue), key=lambda each: each.plan)
    return Matrix(
        indicators=tuple((name, known[name]) for name in chosen),
        plans=plans,
        per=None if quantity is None else (quantity, known[quantity]),
        standings=tuple(each for name in chosen for each in _ranked_of(name, standings)),
    )


def _known(plans: Sequence[Plan], catalogue: Catalogue) -> dict[str, Indicator]:
    """The indicators of the plans' own and of the catalogue, by name."""
    own = {name: each for plan in plans for name, each in plan.model.own.items()}
    return {**own, **catalogue.indicators}


def _standings(
    plans: Sequence[Plan], chosen: Collection[str], per: str | None, catalogue: Catalogue
) -> Iterator[Standing]:
    """Those of all plans, without ranks; plans that speak of places in common are read together."""
    for family in families_of([spoken_of(plan, catalogue).places for plan in plans]):
        yield from _standings_of_family([plans[number] for number in family], chosen, per, catalogue)


def _standings_of_family(
    plans: Sequence[Plan], chosen: Collection[str], per: str | None, catalogue: Catalogue
) -> Iterator[Standing]:
    catalogue = catalogue.of(*(plan.model for plan in plans))
    survey = survey_plans(plans, catalogue)
    for target in _followed(survey):
        if target.figure.indicator in chosen:
            each = _standing(target)
            relative = None if per is None else _Divided(each, per, survey, catalogue).relative()
            yield each._replace(relative=relative)


def _followed(survey: Survey) -> list[Target]:
    targets: dict[str, list[Target]] = {plan.id: [] for plan in survey.plans}
    for each in survey.targets:
        targets[each.figure.plan].append(each)
    return [each for plan in survey.plans for each in followed_targets(targets[plan.id], plan.model.target)]


MOST_GUESSES = 20


def _find_name(name: str, known: dict[str, Indicator]) -> str:
    words = {word: key for key, each in known.items() for word in names_of_indicator(key, each)}
    found, guesses = meant_by(name, words)
    if found is not None:
        return found
    if len(guesses) > MOST_GUESSES:
        message = text(
            'no indicator "{name}" in the plan or the catalogue; `plantrack show` lists ids and names',
            name=name,
        )
        raise PlantrackError(message)
    known_names = listing(*(Words(known[each].zh, each) for each in guesses))
    raise PlantrackError(
        text('no plan here has an indicator "{name}"; there are: {guesses}', name=name, guesses=known_names)
    )


def _standing(target: Target) -> Standing:
    figure, indicator, years = target.figure, target.indicator, target.years
    is_share = indicator.unit in SHARES
    base, goal = _spread(target.base), _spread(target.target)
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


def _spread(figure: Figure | None) -> Spread | None:
    return None if figure is None or figure.measure is None else spread_of(figure.measure)


def _ranked_of(indicator: str, among: Sequence[Standing]) -> Iterator[Standing]:
    """The standings of one indicator, each with its rank."""
    standings = [each for each in among if each.indicator_id == indicator]
    down = any(each.indicator.better == "down" for each in standings)
    ranks = ranked([each.implied for each in standings], down=down)
    relative = ranked([each.relative and each.relative.growth for each in standings], down=down)
    for each, rank, other in zip(standings, ranks, relative, strict=True):
        yield each._replace(rank=rank, relative=each.relative and each.relative._replace(rank=other))


def ranked(paces: Sequence[Implied | None], *, down: bool) -> list[tuple[int, int] | None]:
    """For each pace the best and the worst rank that rounding allows."""
    spans = [None if each is None else _ends(each) for each in paces]
    if down:
        spans = [None if each is None else (-each[1], -each[0]) for each in spans]
    known = [each for each in spans if each is not None]
    lows, highs = (sorted(each) for each in zip(*known, strict=True)) if known else ([], [])
    return [
        None
        if span is None
        else (1 + len(lows) - bisect_right(lows, span[1]), len(known) - bisect_left(highs, span[0]))
        for span in spans
    ]


def _ends(found: Implied) -> tuple[float, float]:
    return -math.inf if found.low is None else found.low, math.inf if found.high is None else found.high


class _Divided(NamedTuple):
    standing: Standing
    per: str
    survey: Survey
    catalogue: Catalogue

    @property
    def divisor(self) -> Indicator:
        own = next((each.model.own for each in self.survey.plans if each.id == self.standing.plan), {})
        return own.get(self.per) or self.catalogue.indicators[self.per]

    def relative(self) -> Relative:
        target, unit = self.standing.target, self.standing.indicator.unit
        shown, scale = _ratio_unit(unit, self.divisor.unit, self.catalogue)
        nothing = Relative(self.per, shown, None, None, None, None)
        if self.catalogue.units[unit].base == "1":
            return nothing._replace(why=text("a share is not divided once more"))
        base, why = self.level(target.base, target.start)
        goal, reason = self.level(target.target, target.due)
        growth = None
        if base is not None and goal is not None and target.years:
            growth = combined(rate_over(target.years), base, goal)
        return nothing._replace(
            base=_scaled(base, scale), target=_scaled(goal, scale), growth=growth, why=why or reason
        )

    def level(self, figure: Figure | None, time: str) -> tuple[Spread | None, Text | None]:
        level, name = _spread(figure), self.divisor.name
        if level is None:
            return None, text("no number is printed for {time}", time=in_words(time))
        divisors = list(dict.fromkeys(self._divisors(time)))
        if len(divisors) > 1:
            return None, text("what is printed implies more than one {name} for {time}", name=name, time=time)
        found = None
        if divisors:
            found = combined(lambda value, by: value / by if by > 0 else math.inf, level, divisors[0])
        if found is None or found.nominal is None:
            return None, text("{name} is neither printed nor implied for {time}", name=name, time=time)
        return (found.nominal, *_ends(found)), None

    def _divisors(self, time: str) -> Sequence[Spread]:
        """The most exact number printed of the other quantity; else all that is implied; else a bound printed."""
        standing = self.standing
        printed = [
            (each.plan != standing.plan, -each.measure.numeral.step.denominator, spread_of(each.measure))
            for plan in self.survey.plans
            for each in plan.figures
            if each.kind == "level"
            and each.measure is not None
            and (each.indicator, each.place, each.time_text) == (self.per, standing.place, time)
        ]
        found = [spread for _, _, spread in sorted(printed, key=lambda each: each[:2])]
        numbers = [spread for spread in found if all(map(math.isfinite, spread))]
        return numbers[:1] or list(self._implied(time)) or found[:1]

    def _implied(self, time: str) -> Iterator[Spread]:
        names, where = {self.per, f"{self.standing.plan}/{self.per}"}, (self.standing.place, (time,))
        for variable, interval, _ in self.survey.latents:
            low, high = interval.low, interval.high
            is_it = variable.indicator in names and (variable.place, variable.times) == where
            if is_it and low is not None and high is not None and low > 0:
                yield float(low + high) / 2, float(low), float(high)


def _ratio_unit(one: str, other: str, catalogue: Catalogue) -> tuple[str, float]:
    first, second = catalogue.units[one], catalogue.units[other]
    factor = float(first.factor / second.factor)
    if first.base == second.base:
        return "%", factor
    per_head = (first.base, second.base) == (YUAN, PERSON)
    return (f"{YUAN}/{PERSON}", factor) if per_head else (f"{one}/{other}", 1.0)


def _scaled(ends: Spread | None, scale: float) -> Implied | None:
    if ends is None:
        return None
    nominal, low, high = (end * scale for end in ends)
    return Implied(nominal, low if math.isfinite(low) else None, high if math.isfinite(high) else None)

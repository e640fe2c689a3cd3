"""Laws where they apply, as constraints between variables in their own units.

Each law of the catalogue and the plans is applied at every place and time where one of its members
is bounded.
"""

from __future__ import annotations

from collections import deque
from fractions import Fraction
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Literal, NamedTuple

from plantrack.laws.grammar import MEMBERS, PARENT, read_definition, read_law
from plantrack.laws.normal_form import forms_of
from plantrack.solver.constraints import Constraint, span_constraints
from plantrack.solver.variables import ONE, Variable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from plantrack.laws.grammar import Law, Member
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.model import Indicator
    from plantrack.plan.plan import Plan
    from plantrack.solver.variables import VariableKind

    SharedLaws = Mapping[str, AbstractSet[str]]
    """Law of some plan, as it is written -> the places where it holds."""
    _Key = tuple[int, str, str, str]
    """A law, and the place, time and scope of the level at which it is applied."""

MAX_CONSTRAINTS = 5_000
"""More instances of laws are not made in one call."""


class KnownLaw(NamedTuple):
    """A law with the names that variables use for its members.

    `places` are where a plan's own law holds: those of its figures; `None` for everywhere.
    """

    law: Law
    names: dict[str, str]
    usual: bool
    members: tuple[Member, ...]
    places: AbstractSet[str] | None = None

    def holds_at(self, anchor: Variable, beyond: AbstractSet[Variable]) -> bool:
        """Whether it is applied at a level; of changes not where another law of changes led."""
        if self.places is not None and anchor.place not in self.places:
            return False
        return anchor not in beyond or not any(member.changed for member in self.members)

    def name_of(self, member: Member) -> str:
        """The indicator as variables call it."""
        return self.names.get(member.indicator, member.indicator)


def _of_catalogue(catalogue: Catalogue) -> Iterator[KnownLaw]:
    """The laws of the catalogue, and the definitions of its indicators."""
    yield from (_known(read_law(line), {}, usual=False) for line in catalogue.laws)
    yield from (_known(read_law(line), {}, usual=True) for line in catalogue.usual_laws)
    for name, indicator in catalogue.indicators.items():
        if indicator.definition:
            yield _known(read_definition(name, indicator.definition), {}, usual=False)


def _of_plan(plan: Plan, shared: SharedLaws) -> Iterator[KnownLaw]:
    """The laws of a plan, where they are not shared, and the definitions of its own indicators."""
    own = {name: f"{plan.id}/{name}" for name in plan.model.own}
    here = frozenset({plan.model.place.id, *(figure.place for figure in plan.figures)})
    for line in plan.model.laws:
        if places := here - shared.get(line, frozenset()):
            yield _known(read_law(line), own, usual=False)._replace(places=places)
    for name, indicator in plan.model.own.items():
        if indicator.definition:
            yield _known(read_definition(name, indicator.definition), own, usual=False)


def known_laws(
    catalogue: Catalogue, plans: Iterable[Plan], shared: SharedLaws | None = None
) -> list[KnownLaw]:
    """The laws of the catalogue and of plans, and those that other plans share."""
    return [*_of_catalogue(catalogue), *laws_beside(plans, shared or {})]


def laws_beside(plans: Iterable[Plan], shared: SharedLaws) -> Iterator[KnownLaw]:
    """The laws of plans, and those that other plans share, without the catalogue's."""
    yield from chain.from_iterable(_of_plan(each, shared) for each in plans)
    for line, places in shared.items():
        yield _known(read_law(line), {}, usual=False)._replace(places=places)


def laws_to_share(plan: Plan) -> dict[str, frozenset[str]]:
    """The laws of a plan that are of no indicator of its own, and where they hold: other plans may speak of that."""
    here = frozenset({plan.model.place.id, *(figure.place for figure in plan.figures)})
    return {
        line: here
        for line in plan.model.laws
        if plan.model.own.keys().isdisjoint(each.indicator for each in read_law(line).members)
    }


def _known(law: Law, names: dict[str, str], *, usual: bool) -> KnownLaw:
    return KnownLaw(law, names, usual, law.members)


class _Applied(NamedTuple):
    """A law, its form where its members are known, and its instances by the place, time and scope of a level."""

    known: KnownLaw
    form: _Form | None
    made: dict[tuple[str, str, str], Constraint | None]

    @property
    def anchoring(self) -> Iterable[str]:
        """The indicators of which a level makes it an instance."""
        here = (each for each in self.known.members if each.place is None and not each.changed)
        return dict.fromkeys(map(self.known.name_of, here)) if self.form is not None else ()

    def at(self, anchor: Variable, catalogue: Catalogue) -> Constraint | None:
        """Its instance at a level, made once."""
        key = anchor.place, anchor.times[0], anchor.scope
        if key not in self.made:
            if len(self.made) > MAX_KEPT:
                self.made.clear()
            assert self.form is not None
            self.made[key] = _constraint(self.known, self.form, anchor, catalogue)
        return self.made[key]


MAX_KEPT = 500
"""More instances of a law are not kept for other audits."""


@lru_cache(maxsize=2)
def _general(catalogue: Catalogue) -> list[_Applied]:
    """The laws of a catalogue, with instances that all audits with it share."""
    indicators = catalogue.indicators
    return [_Applied(each, _form_of(each, indicators, catalogue), {}) for each in _of_catalogue(catalogue)]


class Laws:
    """Laws and definitions with the variables that they constraint, and the instances of them that were made.

    Args:
        plans: they may have laws and indicators of their own.
        indicators: indicator, as variables call it -> the indicator.
        catalogue: laws, units and places.
        without: texts of laws that are left out.
        shared: laws of other plans.
    """

    def __init__(
        self,
        plans: Iterable[Plan],
        indicators: Mapping[str, Indicator],
        catalogue: Catalogue,
        without: AbstractSet[str] = frozenset(),
        shared: SharedLaws | None = None,
    ) -> None:
        laws = laws_beside(plans, shared or {})
        own = (_Applied(each, _form_of(each, indicators, catalogue), {}) for each in laws)
        self.catalogue = catalogue
        self.known = [each for each in chain(_general(catalogue), own) if each.known.law.text not in without]
        self.by_member: dict[str, list[_Applied]] = {}
        for each in self.known:
            for name in each.anchoring:
                self.by_member.setdefault(name, []).append(each)

    def connected(self, names: AbstractSet[str], comparisons: Iterable[Constraint]) -> frozenset[str]:
        """The indicators that laws and comparisons connect with some, as variables call them."""
        left = [frozenset(map(each.known.name_of, each.known.members)) for each in self.known]
        left += [frozenset(each.indicator for each in constraint.variables) for constraint in comparisons]
        found = frozenset(names)
        while near := [each for each in left if not found.isdisjoint(each)]:
            found = found.union(*near)
            left = [each for each in left if found.isdisjoint(each)]
        return found

    def constraints(
        self, anchors: Sequence[Variable], beside: Iterable[Variable] = ()
    ) -> Iterator[Constraint]:
        """Every law at every place and time where one of its members is bounded, by these levels.

        A level speaks of no change of itself, and laws of changes are not applied at the ends of the changes
        they speak of: that would go on for ever. So would laws that lead from year to year: none is applied
        more than a year before the first that is bounded, of these levels and those `beside` them.
        """
        waiting, seen = deque(anchors), set(anchors)
        first = _earliest((*anchors, *beside)) - 1
        beyond: set[Variable] = set()
        made: set[_Key] = set()
        while waiting and len(made) < MAX_CONSTRAINTS:
            for constraint in self._instances(waiting.popleft(), beyond, made):
                fresh = [variable for variable in constraint.variables if variable not in seen]
                for variable in fresh:
                    if variable.kind == "difference":
                        yield from span_constraints(variable)
                        beyond |= {variable.level(0), variable.level(1)} - seen
                yield constraint
                reached = dict.fromkeys(end for each in fresh for end in _levels_of(each) if end not in seen)
                seen |= {*fresh, *reached}
                waiting.extend(each for each in reached if (_first_year(each) or first) >= first)

    def _instances(
        self, anchor: Variable, beyond: AbstractSet[Variable], made: set[_Key]
    ) -> Iterator[Constraint]:
        """The laws of a level that were not yet made for this system; each is made once for all systems."""
        for each in self.by_member.get(anchor.indicator, ()):
            key = (id(each), anchor.place, anchor.times[0], anchor.scope)
            if key in made or not each.known.holds_at(anchor, beyond):
                continue
            made.add(key)
            constraint = each.at(anchor, self.catalogue)
            if constraint is not None:
                yield constraint


def _earliest(levels: Iterable[Variable]) -> int:
    """The first year of all these levels; 0 where none is of a year."""
    return min((year for each in levels if (year := _first_year(each)) is not None), default=0)


def _first_year(level: Variable) -> int | None:
    year = level.times[0][:YEAR]
    return int(year) if year.isdigit() else None


YEAR = 4
"""Digits of a year."""


def _levels_of(variable: Variable) -> tuple[Variable, ...]:
    """The level that a variable is, or those at the ends of its span; none of a slack."""
    if variable.kind == "difference":
        return variable.level(0), variable.level(1)
    return (variable,) if variable.kind == "level" else ()


class _Form(NamedTuple):
    """A law in its indicators' own units: multiples or powers of its members, and its constant."""

    kind: Literal["product", "sum"]
    members: tuple[tuple[Member, str, Fraction], ...]
    constant: Fraction


def _form_of(known: KnownLaw, indicators: Mapping[str, Indicator], catalogue: Catalogue) -> _Form | None:
    names = tuple(map(known.name_of, known.members))
    if not all(name in indicators for name in names):
        return None
    return _converted(known.law, names, tuple(unit_factor(indicators[name], catalogue) for name in names))


@lru_cache(maxsize=5_000)
def _converted(law: Law, names: tuple[str, ...], factors: tuple[Fraction, ...]) -> _Form | None:
    """A law in units of so many base units each, given in the order of its members, as are their names."""
    monomial, linear = forms_of(law)
    name, factor = dict(zip(law.members, names, strict=True)), dict(zip(law.members, factors, strict=True))
    if monomial is not None and monomial[1]:
        constant, powers = monomial
        for member, power in powers.items():
            constant *= factor[member] ** power
        terms = tuple((member, name[member], Fraction(power)) for member, power in powers.items())
        return _Form("product", terms, 1 / constant)
    if linear is None or not linear[1]:
        return None
    constant, multiples = linear
    scale = factor[next(iter(multiples))]
    terms = tuple((each, name[each], times * factor[each] / scale) for each, times in multiples.items())
    return _Form("sum", terms, -constant / scale)


def _constraint(known: KnownLaw, form: _Form, anchor: Variable, catalogue: Catalogue) -> Constraint | None:
    """The law where one of its members is bounded.

    `None` where a place or a time has no other it asks for, or where two members are one: at the place
    that a law names it says nothing.
    """
    terms = []
    for member, name, times in form.members:
        places = places_of(member, anchor.place, catalogue)
        span = _span_of(anchor.times[0]) if member.changed else None
        if not places or (member.changed and span is None):
            return None
        kind: VariableKind = "level" if span is None else "difference"
        terms += [
            (Variable(kind, name, place, span or anchor.times, anchor.scope), times) for place in places
        ]
    if known.law.relation == ">=":
        slack = Variable("slack", known.law.text, anchor.place, anchor.times, anchor.scope)
        terms.append((slack, -ONE))
    if len({variable for variable, _ in terms}) < len(terms):
        return None
    return Constraint(form.kind, tuple(terms), form.constant, known.law.text, known.usual)


def _span_of(time: str) -> tuple[str, str] | None:
    """From when to when something changes over a time: over 2020 from 2019, over 2016/2020 from 2015."""
    first, _, last = time.partition("/")
    if not first.isdigit() or (last and not last.isdigit()):
        return None
    return str(int(first) - 1), last or first


def places_of(member: Member, place: str, catalogue: Catalogue) -> list[str]:
    """The place that a member of a law speaks of, where the law is applied at a place; of a sum each of its places."""
    if member.summed:
        whole = catalogue.places.get(place if member.place == MEMBERS else member.place or place)
        return [] if whole is None else whole.members
    if member.place == PARENT:
        known = catalogue.places.get(place)
        return [known.parent] if known is not None and known.parent is not None else []
    return [member.place or place]


def unit_factor(indicator: Indicator, catalogue: Catalogue) -> Fraction:
    """How many base units the indicator's own unit has; per cent are kept as fractions of 1."""
    return catalogue.units[indicator.unit].kept

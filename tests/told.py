"""What an audit tells, put to the proof: an oracle that shares no code with the audit.

Plans are read here by pyyaml; of plantrack only the list of figures is used, as `plantrack show -f json`
gives it, and what is told, as `plantrack check -f json` gives it. What figures and laws mean is said to z3
in terms of the bare levels as unknown real numbers. Whole numbers are left out.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import defaultdict
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml
import z3

import plantrack
from plantrack.reading import load_catalogue, read_plan
from plantrack.views.documents import show_document

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

Data = dict[str, Any]
TIMEOUT = 3_000
"""Milliseconds for one question to the solver."""
PACKAGE = Path(plantrack.__file__).parent
CATALOGUE = load_catalogue()


class Ends(NamedTuple):
    """An interval; `None` is an infinite end."""

    low: Fraction | None
    high: Fraction | None
    low_closed: bool = True
    high_closed: bool = True

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Ends:
        low, high = (None if told[end] is None else Fraction(told[end]) for end in ("low", "high"))
        return cls(low, high, bool(told["low_closed"]), bool(told["high_closed"]))

    def both(self, other: Ends) -> Ends:
        """What lies in both, perhaps nothing."""
        lows = [(end, not closed) for end, _, closed, _ in (self, other) if end is not None]
        highs = [(end, closed) for _, end, _, closed in (self, other) if end is not None]
        low, high = max(lows, default=(None, True)), min(highs, default=(None, False))
        return Ends(low[0], high[0], not low[1], bool(high[1]))

    @property
    def is_empty(self) -> bool:
        if self.low is None or self.high is None or self.low < self.high:
            return False
        return self.low > self.high or not (self.low_closed and self.high_closed)

    @property
    def closed(self) -> Ends:
        """With both its ends."""
        return self._replace(low_closed=True, high_closed=True)

    def plus(self, value: int) -> Ends:
        low, high = (None if end is None else end + value for end in self[:2])
        return self._replace(low=low, high=high)

    def times(self, value: int) -> Ends:
        low, high = (None if end is None else end * value for end in self[:2])
        return self._replace(low=low, high=high)

    def negated(self) -> Ends:
        low, high = (None if end is None else -end for end in (self.high, self.low))
        return Ends(low, high, self.high_closed, self.low_closed)

    def power(self, years: int) -> Ends:
        """Of numbers that are not negative."""
        low, high = (None if end is None else end**years for end in self[:2])
        return self._replace(low=low, high=high)


Real = Callable[["Level"], z3.ArithRef]
"""The solver's name of a level."""
RATIOS = ("growth", "total_growth", "multiple")
ABOVE_ZERO, NOT_BELOW_ZERO = Ends(Fraction(0), None, low_closed=False), Ends(Fraction(0), None)
ANYTHING = Ends(None, None)
DIRECTIONS = {
    "up": ABOVE_ZERO,
    "down": ABOVE_ZERO.negated(),
    "not down": NOT_BELOW_ZERO,
    "not up": NOT_BELOW_ZERO.negated(),
}

# -- plans as files ------------------------------------------------------------------------------


def parsed(text: str) -> Data:
    """A plan file with every scalar as text."""
    data: Data = yaml.load(text, yaml.BaseLoader)  # noqa: S506 - it makes text of everything
    return data


def written(data: Data) -> str:
    return yaml.dump(data, allow_unicode=True, default_style='"', width=10_000, sort_keys=False)


def loaded_of(data: Data) -> Any:
    return read_plan(written(data).encode(), f"{data['plan']}.yaml", CATALOGUE)


def brief(data: Data) -> str:
    """What a reader needs of a made plan, to see what is wrong about it."""
    lines = [f"{key}: {data[key]}" for key in ("own", "laws") if data.get(key)]
    for name, rows in data["figures"].items():
        lines += [f"  {name}: {row}" for row in rows]
    return "\n".join(lines).replace("'", "")


KINDS = ("level", "growth", "total_growth", "change", "annual_change", "multiple", "rank")


class Spot(NamedTuple):
    """Where a figure's numeral stands in the plan's data, and its row."""

    name: str
    number: int
    kind: str
    time: str
    row: Data


def spots(data: Data) -> dict[str, Spot]:
    """Id of a figure, as the contract names them -> where it stands."""
    found: dict[str, Spot] = {}
    here = data["place"]["id"]
    for name, rows in data["figures"].items():
        for number, row in enumerate(rows):
            for kind in (key for key in row if key in KINDS):
                for time, value in row[kind].items():
                    places = row.get("place", here)
                    for place in [places] if isinstance(places, str) else places:
                        whose = "" if place == here else f"@{place}"
                        stem = f"{data['plan']}/{name}{whose}/{kind}/{time}/{row['in']}"
                        for _ in value if isinstance(value, list) else [value]:
                            several = itertools.chain([stem], (f"{stem}/{n}" for n in itertools.count(2)))
                            free = next(each for each in several if each not in found)
                            found[free] = Spot(name, number, kind, time, row)
    return found


def with_values(data: Data, values: Mapping[str, str]) -> Data:
    """The plan with other numerals in place of some figures' ones."""
    known = spots(data)
    changed = dict(data, figures={name: list(rows) for name, rows in data["figures"].items()})
    for figure, value in values.items():
        name, number, kind, time, _ = known[figure]
        row = changed["figures"][name][number]
        changed["figures"][name][number] = {**row, kind: {**row[kind], time: value}}
    return changed


def reread(data: Data, figure: str, value: str) -> Ends | None:
    """What a numeral would stand for in place of a figure's; `None` where it would not be understood."""
    loaded = loaded_of(with_values(data, {figure: value}))
    found = [each for each in loaded.figures if each.id == figure]
    if len(found) != 1:
        return None
    interval = show_document(loaded, found)["figures"][0]["interval"]
    return None if interval is None else Ends.of(interval)


# -- laws as text --------------------------------------------------------------------------------

OPENING = "("
_TOKEN = re.compile(r"\s*(\d+(?:\.\d+)?|\w+|>=|[-+*/()=@])")


class Member(NamedTuple):
    indicator: str
    place: str | None
    changed: bool


Tree = Any
"""A number, a member, or (sign, left, right)."""


def read_law(text: str) -> tuple[Tree, str, Tree]:
    """Left side, relation, right side."""
    tokens = _TOKEN.findall(text)
    left = _sum(tokens)
    relation = tokens.pop(0)
    right = _sum(tokens)
    assert not tokens, text
    return left, relation, right


def _sum(tokens: list[str]) -> Tree:
    tree = _product(tokens)
    while tokens and tokens[0] in "+-":
        tree = (tokens.pop(0), tree, _product(tokens))
    return tree


def _product(tokens: list[str]) -> Tree:
    tree = _factor(tokens)
    while tokens and tokens[0] in "*/":
        tree = (tokens.pop(0), tree, _factor(tokens))
    return tree


def _factor(tokens: list[str]) -> Tree:
    word = tokens.pop(0)
    if word == OPENING:
        tree = _sum(tokens)
        assert tokens.pop(0) == ")"
        return tree
    if word[0].isdigit():
        return Fraction(word)
    if word == "change" and tokens and tokens[0] == OPENING:
        tokens.pop(0)
        member = _factor(tokens)
        assert tokens.pop(0) == ")"
        return member._replace(changed=True)
    place = tokens.pop(0) and tokens.pop(0) if tokens and tokens[0] == "@" else None
    return Member(word, place, changed=False)


def members_of(tree: Tree) -> list[Member]:
    if isinstance(tree, Member):
        return [tree]
    return [] if isinstance(tree, Fraction) else [*members_of(tree[1]), *members_of(tree[2])]


def powers_of(tree: Tree) -> tuple[Fraction, dict[Member, int]] | None:
    """A tree that only multiplies and divides, as a constant and exponents."""
    if isinstance(tree, Fraction):
        return tree, {}
    if isinstance(tree, Member):
        return None if tree.changed else (Fraction(1), {tree: 1})
    left, right = powers_of(tree[1]), powers_of(tree[2])
    if tree[0] in "+-" or left is None or right is None:
        return None
    sign = 1 if tree[0] == "*" else -1
    exponents = defaultdict(int, left[1])
    for member, exponent in right[1].items():
        exponents[member] += sign * exponent
    return left[0] * right[0] ** sign, dict(exponents)


# -- indicators, units, places -------------------------------------------------------------------


@cache
def shared() -> Data:
    """The package's data files in one."""
    return parsed(
        "".join(file.read_text(encoding="utf-8") for file in sorted((PACKAGE / "plan").glob("*.yaml")))
    )


_SCALES = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_NUMBERS = {"", "%", "‰", "百分点", "个百分点", "倍", "基点"}
_BASES = ("元", "美元", "港元", "天", "岁", "吨", "公里", "平方米", "亩", "公顷", "工作日")


def factor_of(unit: str) -> Fraction:
    """How many base units a unit has; per cent are kept as fractions of one."""
    known = (shared().get("units") or {}).get(unit)
    if known is not None:
        return Fraction(1) if known["base"] == "1" else Fraction(known.get("scale", "1"))
    if unit in _NUMBERS:
        return Fraction(1)
    over, _, under = unit.partition("/")
    return _scale(over) / (_scale(under) if under else 1)


def _scale(unit: str) -> Fraction:
    scale = Fraction(1)
    while unit[1:] and unit[0] in _SCALES:
        scale, unit = scale * _SCALES[unit[0]], unit[1:]
    return scale


def is_counted(indicator: Data) -> bool:
    """Whether its unit is a measure word or persons, without a scale."""
    unit = indicator.get("unit", "")
    known = (shared().get("units") or {}).get(unit)
    if known is not None:
        return bool(known.get("whole") == "true")
    return unit not in _NUMBERS and "/" not in unit and _scale(unit) == 1 and unit not in _BASES


def domain_of(indicator: Data) -> Ends:
    domain = indicator.get("domain") or ("nonnegative" if is_counted(indicator) else "positive")
    return {"positive": ABOVE_ZERO, "nonnegative": NOT_BELOW_ZERO, "any": ANYTHING}[domain]


# -- what is claimed -----------------------------------------------------------------------------


class Level(NamedTuple):
    """An unknown: how much of something there was somewhere, at a time."""

    indicator: str
    place: str
    time: str
    scope: str = ""
    basis: str = ""


class Claim(NamedTuple):
    """What a figure says of levels. `about` is what is said of: a level, a ratio, a difference; `kind` is how."""

    id: str
    kind: str
    levels: tuple[Level, ...]
    ends: Ends
    years: int
    about: tuple[Any, ...]
    factor: Fraction = Fraction(1)
    """Of a comparison: one unit of the other side in this side's."""


_QUANTITIES = {
    "growth": "ratio",
    "total_growth": "ratio",
    "multiple": "ratio",
    "change": "difference",
    "annual_change": "difference",
}


class Instance(NamedTuple):
    """A law at one place and time."""

    text: str
    levels: frozenset[Level]
    said: Callable[[Real], Any]
    powers: tuple[Fraction, dict[Level, int]] | None = None
    """constant × product of powers = 1, in the levels' own units."""


class World:
    """The figures of plans, and the laws between their levels; one meaning for each vague moment."""

    def __init__(
        self,
        plans: Iterable[Data],
        *,
        moments: Mapping[str, str],
        identities: bool = True,
        whole: bool = False,
    ) -> None:
        self.plans = {data["plan"]: data for data in plans}
        self.moments = moments
        self.counts_whole = whole
        self.indicators: dict[str, Data] = dict(shared()["indicators"])
        self.parents = {name: each.get("parent") for name, each in shared()["places"].items()}
        for plan, data in self.plans.items():
            self.indicators |= {f"{plan}/{name}": each for name, each in (data.get("own") or {}).items()}
            more = data.get("places") or {}
            self.parents |= {name: each.get("parent") for name, each in more.items()}
        self.claims: dict[str, Claim] = {}
        self.figures: dict[str, Data] = {}
        for data in self.plans.values():
            self._read(data)
        self.laws = list(self._instances())
        if identities:
            self.laws += self._identities_of_time()

    # -- figures

    def _read(self, data: Data) -> None:
        loaded = loaded_of(data)
        where = spots(data)
        for figure in show_document(loaded, loaded.figures)["figures"]:
            self.figures[figure["id"]] = figure
            claim = self._claim(figure, where[figure["id"]].row, data)
            if claim is not None:
                self.claims[figure["id"]] = claim

    def _name(self, name: str, data: Data) -> str:
        return f"{data['plan']}/{name}" if name in (data.get("own") or {}) else name

    def _time(self, time: str, indicator: Data, data: Data) -> str:
        if time in (data.get("moments") or {}):
            return self.moments.get(f"{time}@{data['plan']}", f"{time}@{data['plan']}")
        if re.fullmatch(r"\d{4}-12", time) and indicator["kind"] in {"stock", "ratio"}:
            return time[:4]
        return time

    def _claim(self, figure: Data, row: Data, data: Data) -> Claim | None:
        name, kind = self._name(figure["indicator"], data), figure["kind"]
        indicator = self.indicators[name]
        grows = kind in {"growth", "total_growth"}
        prices = row.get("prices") or (indicator.get("prices") if grows else None)
        basis = "constant" if kind in RATIOS and prices == "constant" else ""
        times = [figure[key] for key in ("at", "from", "to") if figure[key] is not None]
        keys = tuple(self._time(time, indicator, data) for time in times)
        scope = (row.get("among") if kind == "rank" else row.get("scope")) or ""
        scope = scope if isinstance(scope, str) else "+".join(scope)
        levels = tuple(Level(name, figure["place"], key, scope, basis) for key in keys)
        years = int(times[1]) - int(times[0]) if len(times) > 1 and all(map(str.isdigit, times)) else 1
        about: tuple[Any, ...] = (_QUANTITIES.get(kind, kind), levels)
        if kind == "rank":
            if figure["interval"] is None:
                return None
            levels = tuple(each._replace(basis="rank") for each in levels)
            return Claim(figure["id"], kind, levels, Ends.of(figure["interval"]), years, (kind, levels))
        if figure["interval"] is not None:
            return Claim(figure["id"], kind, levels, Ends.of(figure["interval"]), years, about)
        compare = figure["compare"]
        if compare["to"] is None:
            return Claim(figure["id"], kind, levels, DIRECTIONS[compare["op"]], years, about)
        if not (grows or kind == "level"):
            return None
        other, _, place = compare["to"].partition("@")
        other = self._name(other, data)
        if other not in self.indicators:
            return None
        more = "constant" if grows and self.indicators[other].get("prices") == "constant" else ""
        others = tuple(
            Level(other, each, key, scope, more)
            for each in self._places(place, figure["place"])
            for key in keys
            if (other, each) != (name, figure["place"])
        )
        if not others:
            return None
        factor = Fraction(1)
        if kind == "level":
            factor = factor_of(self.indicators[other]["unit"]) / factor_of(indicator["unit"])
        ends = self._between(figure, compare, row, data)
        said = f"compared {kind}"
        return Claim(figure["id"], said, (*levels, *others), ends, years, (figure["id"],), factor)

    def _places(self, place: str, own: str) -> list[str]:
        """What a comparison is with: each city of a mere group, the place's own province, or the place."""
        if place == "parent":
            parent = self.parents.get(own)
            return [parent] if parent else []
        members = (shared()["places"].get(place) or {}).get("members")
        if not members or place in self.parents.values():
            return [place or own]
        return [each for each in members if each != own]

    def _between(self, figure: Data, compare: Data, row: Data, data: Data) -> Ends:
        """What this side has over the other."""
        operator, by = compare["op"], compare["by"]
        whole = {
            "above": ABOVE_ZERO,
            "below": ABOVE_ZERO.negated(),
            "at_least": NOT_BELOW_ZERO,
            "at_most": NOT_BELOW_ZERO.negated(),
        }[operator]
        if by is None:
            return whole
        kind = figure["kind"]
        step = {"in": row["in"], "change": {"2020->2021": by}}
        name = figure["indicator"] if kind == "level" else "registered_unemployment"
        loaded = loaded_of(dict(data, laws=[], figures={name: [step]}))
        gap = Ends.of(show_document(loaded, loaded.figures)["figures"][0]["interval"])
        gap = gap if operator in {"above", "at_least"} else gap.negated()
        if operator in {"above", "below"}:
            return gap
        low = None if gap.low is None or whole.low is None else gap.low
        high = None if gap.high is None or whole.high is None else gap.high
        return Ends(low, high, gap.low_closed, gap.high_closed)

    # -- laws

    def _laws(self) -> Iterator[tuple[str, tuple[Tree, str, Tree], Data | None, frozenset[str] | None]]:
        for line in [*shared()["laws"], *(shared().get("usual_laws") or [])]:
            yield line, read_law(line), None, None
        for name, each in shared()["indicators"].items():
            if "is" in each:
                yield name, read_law(f"{name} = {each['is']}"), None, None
        for data in self.plans.values():
            here = {data["place"]["id"]} | {
                each["place"] for each in self.figures.values() if each["id"].startswith(f"{data['plan']}/")
            }
            for line in data.get("laws") or []:
                yield line, read_law(line), data, frozenset(here)
            for name, each in (data.get("own") or {}).items():
                if "is" in each:
                    yield name, read_law(f"{name} = {each['is']}"), data, None

    def _instances(self) -> Iterator[Instance]:
        """Every law wherever a member is spoken of, and so on from the levels it brings in."""
        laws = []
        for text, law, data, places in self._laws():
            names = {
                each: self._name(each.indicator, data) if data else each.indicator
                for each in members_of(law[0]) + members_of(law[2])
            }
            if all(name in self.indicators for name in names.values()):
                laws.append((text, law, names, places))
        levels = [each for claim in self.claims.values() for each in claim.levels if claim.kind != "rank"]
        waiting = list(dict.fromkeys(each for each in levels if not each.basis))
        seen, made = set(waiting), set()
        while waiting and len(made) < 3_000:
            anchor = waiting.pop(0)
            for number, (text, law, names, places) in enumerate(laws):
                anchors = {name for each, name in names.items() if each.place is None and not each.changed}
                key = (number, anchor.place, anchor.time, anchor.scope)
                if anchor.indicator not in anchors or key in made:
                    continue
                if places is not None and anchor.place not in places:
                    continue
                made.add(key)
                instance = self._instance(text, law, names, anchor)
                if instance is None:
                    continue
                yield instance
                fresh = [each for each in instance.levels if each not in seen]
                seen.update(fresh)
                waiting += sorted(fresh)

    def _instance(
        self, text: str, law: tuple[Tree, str, Tree], names: Mapping[Member, str], anchor: Level
    ) -> Instance | None:
        """The law where one of its members is spoken of; `None` where another has no place or time, or is the same."""
        found = {member: self._levels(member, name, anchor) for member, name in names.items()}
        if not all(found.values()) or len(set(found.values())) < len(found):
            return None
        factors = {member: factor_of(self.indicators[name]["unit"]) for member, name in names.items()}
        left, relation, right = law

        def said(real: Real) -> z3.BoolRef:
            def value(leaf: Fraction | Member) -> z3.ArithRef:
                if isinstance(leaf, Fraction):
                    return number(leaf)
                ends = [real(each) for each in found[leaf]]
                return number(factors[leaf]) * (ends[0] if len(ends) == 1 else ends[1] - ends[0])

            (over, under), (other_over, other_under) = _fraction(left, value), _fraction(right, value)
            one, other = over * other_under, other_over * under
            return one == other if relation == "=" else one >= other

        powers = None
        both = powers_of(("/", left, right)) if relation == "=" else None
        if both is not None:
            constant = both[0] * math.prod(factors[each] ** power for each, power in both[1].items())
            powers = constant, {found[each][0]: power for each, power in both[1].items()}
        levels = frozenset(each for several in found.values() for each in several)
        return Instance(f"{text} {anchor.time}", levels, said, powers)

    def _levels(self, member: Member, name: str, anchor: Level) -> tuple[Level, ...]:
        """The level of a law's member, or the two of a change; none where it has no place or no time."""
        place = anchor.place if member.place is None else member.place
        place = self.parents.get(anchor.place) if place == "parent" else place
        times: tuple[str, ...] = (anchor.time,)
        if member.changed:
            match = re.fullmatch(r"(\d{4})(?:/(\d{4}))?", anchor.time)
            times = (str(int(match[1]) - 1), match[2] or match[1]) if match else ()
        return tuple(Level(name, place, time, anchor.scope) for time in times) if place else ()

    # -- times

    def _identities_of_time(self) -> list[Instance]:
        """A flow over a span is the sum of its years, a year the sum of its months; means of ratios."""
        laws: list[Instance] = []
        levels = {each for claim in self.claims.values() for each in claim.levels}
        levels |= {each for law in self.laws for each in law.levels}
        levels |= {year for level in levels if self._adds_up(level) for year in _years_of(level)}
        for level in sorted(levels):
            if not self._adds_up(level):
                continue
            parts = _years_of(level) or _months_of(level, levels)
            if parts and any(each != level for each in parts):
                laws.append(_sum_of(level, parts))
        return laws

    def _adds_up(self, level: Level) -> bool:
        return not level.basis and self.indicators[level.indicator]["kind"] == "flow"

    # -- questions

    def is_whole(self, level: Level) -> bool:
        """Whether only whole numbers are asked about: stocks and flows in measure words, printed without decimals."""
        indicator = self.indicators[level.indicator]
        if not self.counts_whole or indicator["kind"] not in {"stock", "flow"} or not is_counted(indicator):
            return False
        names = {level.indicator, level.indicator.rpartition("/")[2]}
        return not any(
            "." in each["text"]
            for each in self.figures.values()
            if each["kind"] == "level" and each["text"] and each["indicator"] in names
        )

    def domain(self, level: Level) -> Ends:
        if level.basis == "rank":
            return ANYTHING
        return domain_of(self.indicators[level.indicator])

    def component(self, figures: Iterable[str], freed: Container[str] = ()) -> frozenset[str]:
        """The figures that laws and common levels join with some, whatever the freed ones read."""
        claims = self.claims.values()
        laws = self._needed([each._replace(ends=ANYTHING) if each.id in freed else each for each in claims])[
            0
        ]
        groups = [set(law.levels) for law in laws]
        near = {level for figure in figures if figure in self.claims for level in self.claims[figure].levels}
        while True:
            joined = [group for group in groups if group & near]
            joined += [set(each.levels) for each in self.claims.values() if near & set(each.levels)]
            wider = near.union(*joined)
            if wider == near:
                break
            near = wider
        return frozenset(name for name, claim in self.claims.items() if near & set(claim.levels))

    def _needed(self, claims: Iterable[Claim]) -> tuple[list[Instance], dict[Level, Ends]]:
        """The laws that can matter to some figures, and what their levels' figures leave of each level."""
        near = {level for claim in claims for level in claim.levels}
        laws, waiting = [], list(self.laws)
        while True:
            fresh = [law for law in waiting if law.levels & near]
            if not fresh:
                break
            laws += fresh
            waiting = [law for law in waiting if not law.levels & near]
            near = near.union(*(law.levels for law in fresh))
        bounds: dict[Level, Ends] = {level: self.domain(level) for level in near}
        spoken: defaultdict[Level, int] = defaultdict(int)
        for claim in claims:
            for level in claim.levels:
                spoken[level] += 1
            if claim.kind == "level":
                level = claim.levels[0]
                bounds[level] = bounds[level].both(claim.ends)
        while True:
            uses: defaultdict[Level, int] = defaultdict(int, spoken)
            for law in laws:
                for level in law.levels:
                    uses[level] += 1
            idle = next((law for law in laws if self._is_idle(law, uses, spoken, bounds)), None)
            if idle is None:
                return laws, bounds
            laws.remove(idle)

    def _is_idle(
        self,
        law: Instance,
        uses: Mapping[Level, int],
        spoken: Mapping[Level, int],
        bounds: Mapping[Level, Ends],
    ) -> bool:
        """Whether one of its levels, of which nothing else is said, can always make it hold."""
        free = [each for each in law.levels if uses[each] == 1 and not spoken[each]]
        if law.powers is not None and all(self.domain(each) == ABOVE_ZERO for each in law.levels):
            return any(abs(law.powers[1].get(each, 0)) == 1 for each in free)
        inequality = re.fullmatch(r"(\w+) >= (.*) \S+", law.text)
        if inequality is None:
            return False
        if any(each.indicator.rpartition("/")[2] == inequality[1] for each in free):
            return True
        greater = [each for each in law.levels if each.indicator.rpartition("/")[2] == inequality[1]]
        smaller = [each for each in law.levels if each not in greater]
        if len(greater) != 1 or "-" in inequality[2] or "*" in inequality[2] or "/" in inequality[2]:
            return False
        if all(each in free and self.domain(each) != ANYTHING for each in smaller):
            return self.domain(greater[0]) == ABOVE_ZERO  # as little as one likes is left for them
        low = bounds[greater[0]].low
        highs = [bounds[each].high for each in smaller]
        if low is None or any(high is None for high in highs):
            return False
        unit = factor_of(self.indicators[greater[0].indicator]["unit"])
        units = [factor_of(self.indicators[each.indicator]["unit"]) for each in smaller]
        return low * unit >= sum(high * each for high, each in zip(highs, units, strict=True))

    def otherwise(self, figure: str, means: str, times: Iterable[str], ends: Ends) -> Claim:
        """What a figure would say of its quantity if it were a level, a ratio or a difference, at some times."""
        claim = self.claims[figure]
        known = {level.time.partition("@")[0]: level.time for level in claim.levels}
        basis = "" if means == "level" else claim.levels[0].basis
        levels = tuple(claim.levels[0]._replace(time=known.get(time, time), basis=basis) for time in times)
        kind = {"level": "level", "ratio": "multiple", "difference": "change"}[means]
        return Claim(figure, kind, levels, ends, 1, (kind, levels))

    def holds(self, active: Iterable[str], instead: Mapping[str, Ends | Claim] | None = None) -> bool | None:
        """Whether some levels make these figures true, some read otherwise; `None` for not known.

        What grew from zero to zero is left open: what holds only so is not known.
        """
        instead = instead or {}
        inside = frozenset(each for each in active if each in self.claims)
        claims = [self._read_as(self.claims[each], instead.get(each)) for each in sorted(inside)]
        strict = self._holds(claims, zero=False)
        ratios = [each for each in claims if each.kind in RATIOS]
        if strict is not False or all(self.domain(each.levels[0]) == ABOVE_ZERO for each in ratios):
            return strict
        return False if self._holds(claims, zero=True) is False else None

    def _read_as(self, claim: Claim, other: Ends | Claim | None) -> Claim:
        if other is None:
            return claim
        return other if isinstance(other, Claim) else claim._replace(ends=other)

    def _holds(self, claims: list[Claim], *, zero: bool) -> bool | None:
        laws, bounds = self._needed(claims)
        if any(
            ends.is_empty for ends in (*bounds.values(), *(each.ends for each in claims), *_together(claims))
        ):
            return False
        uses = _uses(laws, [claim for claim in claims if claim.kind != "level"])
        reals: dict[Level, Any] = {}

        def real(level: Level) -> Any:
            if level not in reals:
                name = "|".join(level)
                reals[level] = z3.ToReal(z3.Int(name)) if self.is_whole(level) else z3.Real(name)
            return reals[level]

        said: list[Any] = []
        for law in laws:
            positive = all(self.domain(each) == ABOVE_ZERO for each in law.levels)
            alone = _alone(law, uses) if law.powers and positive else None
            said.append(law.said(real) if alone is None else _bounded(law, alone, bounds[alone], real))
        for claim in claims:
            if claim.kind not in {"level", "rank"}:
                said += _said(claim, real, zero=zero, signed=self.domain(claim.levels[0]) == ANYTHING)
        for level, value in reals.items():
            said += between(value, bounds.get(level, self.domain(level)))
        return decided(said)


def _uses(laws: Iterable[Instance], claims: Iterable[Claim]) -> defaultdict[Level, int]:
    uses: defaultdict[Level, int] = defaultdict(int)
    for each in (*laws, *claims):
        for level in each.levels:
            uses[level] += 1
    return uses


def _fraction(tree: Tree, value: Callable[[Tree], Any]) -> tuple[Any, Any]:
    """A side of a law as numerator and denominator."""
    if isinstance(tree, Fraction | Member):
        return value(tree), number(Fraction(1))
    (a, b), (c, d) = _fraction(tree[1], value), _fraction(tree[2], value)
    if tree[0] == "*":
        return a * c, b * d
    if tree[0] == "/":
        return a * d, b * c
    return (a * d + c * b, b * d) if tree[0] == "+" else (a * d - c * b, b * d)


def _alone(law: Instance, uses: Mapping[Level, int]) -> Level | None:
    """A level that only this law and level figures speak of, where what is left is linear."""
    assert law.powers is not None
    for level, exponent in law.powers[1].items():
        others = [power for each, power in law.powers[1].items() if each != level]
        linear = sum(power > 0 for power in others) <= 1 and sum(power < 0 for power in others) <= 1
        if uses[level] == 1 and abs(exponent) == 1 and linear and all(abs(each) == 1 for each in others):
            return level
    return None


def _bounded(law: Instance, alone: Level, ends: Ends, real: Real) -> Any:
    """The law with a level that lies anywhere between its ends: a × level^e × over / under = 1."""
    assert law.powers is not None
    constant, powers = law.powers
    over = number(Fraction(1))
    under = number(Fraction(1))
    for level, power in powers.items():
        if level != alone:
            over, under = (over * real(level), under) if power > 0 else (over, under * real(level))
    # level^e = under / (constant × over)
    left, right = under, number(constant) * over
    if powers[alone] < 0:
        left, right = right, left
    said = []
    if ends.low is not None:
        low = number(ends.low) * right
        said.append(left >= low if ends.low_closed else left > low)
    if ends.high is not None:
        high = number(ends.high) * right
        said.append(left <= high if ends.high_closed else left < high)
    return z3.And(*said)


def _together(claims: Iterable[Claim]) -> list[Ends]:
    """What is left of each ratio of two levels, and of each rank, by all that is said of it."""
    left: defaultdict[tuple[Level, ...], Ends] = defaultdict(lambda: ANYTHING)
    for claim in claims:
        if claim.kind in RATIOS:
            left[claim.levels] = left[claim.levels].both(_ratio(claim))
        elif claim.kind == "rank":
            left[claim.levels] = left[claim.levels].both(claim.ends)
    return list(left.values())


def _ratio(claim: Claim) -> Ends:
    grown = claim.ends if claim.kind == "multiple" else claim.ends.plus(1)
    grown = grown.both(ABOVE_ZERO)
    return grown.power(claim.years if claim.kind == "growth" else 1)


def _said(claim: Claim, real: Real, *, zero: bool, signed: bool) -> list[z3.BoolRef]:
    """A figure that is no level, in terms of levels; `zero` tells that zero may grow to zero."""
    kind = claim.kind
    if kind == "compared level":
        this, *others = map(real, claim.levels)
        return [part for each in others for part in between(this - number(claim.factor) * each, claim.ends)]
    if kind.startswith("compared"):
        return _compared_growth(claim, real)
    first, last = map(real, claim.levels)
    if kind in {"change", "annual_change"}:
        return between(last - first, claim.ends.times(claim.years if kind == "annual_change" else 1))
    ratio = _ratio(claim)
    if ratio.is_empty:
        return [z3.BoolVal(val=False)]
    ways = [z3.And(first > 0, *_so_many_times(last, first, ratio))]
    if signed:
        ways.append(z3.And(first < 0, *_so_many_times(-last, -first, ratio)))
    if zero:
        ways.append(z3.And(first == 0, last == 0))
    return [z3.Or(*ways)] if len(ways) > 1 else ways


def _so_many_times(last: Any, first: Any, ratio: Ends) -> list[Any]:
    said = []
    if ratio.low is not None:
        low = number(ratio.low) * first
        said.append(last >= low if ratio.low_closed else last > low)
    if ratio.high is not None:
        high = number(ratio.high) * first
        said.append(last <= high if ratio.high_closed else last < high)
    return said


def _compared_growth(claim: Claim, real: Real) -> list[z3.BoolRef]:
    """The growth a year of one thing over that of others."""
    said, rates = [], []
    years = claim.years if claim.kind == "compared growth" else 1
    for first, last in zip(claim.levels[::2], claim.levels[1::2], strict=True):
        rate = z3.Real(f"yearly {'|'.join(first)} {'|'.join(last)} {years}")
        power = rate
        for _ in range(years - 1):
            power = power * rate
        said += [rate > 0, real(last) == power * real(first)]
        rates.append(rate)
    return said + [part for other in rates[1:] for part in between(rates[0] - other, claim.ends)]


def _years_of(level: Level) -> list[Level]:
    match = re.fullmatch(r"(\d{4})/(\d{4})", level.time)
    if match is None:
        return []
    return [level._replace(time=str(year)) for year in range(int(match[1]), int(match[2]) + 1)]


def _months_of(level: Level, spoken: Iterable[Level]) -> list[Level]:
    if not re.fullmatch(r"\d{4}", level.time):
        return []
    months = [level._replace(time=f"{level.time}-{month:02}") for month in range(1, 13)]
    return months if set(months) & set(spoken) else []


def _sum_of(level: Level, parts: list[Level]) -> Instance:
    def said(real: Real) -> Any:
        return real(level) == z3.Sum(*map(real, parts))

    return Instance(f"sum of {level.indicator} {level.time}", frozenset([level, *parts]), said)


def number(value: Fraction) -> Any:
    return z3.RealVal(f"{value.numerator}/{value.denominator}")


def between(value: Any, ends: Ends) -> list[Any]:
    said = []
    if ends.low is not None:
        said.append(value >= number(ends.low) if ends.low_closed else value > number(ends.low))
    if ends.high is not None:
        said.append(value <= number(ends.high) if ends.high_closed else value < number(ends.high))
    return said


def decided(said: list[Any]) -> bool | None:
    for solver in (z3.Solver(), z3.Tactic("qfnra-nlsat").solver()):
        solver.set("timeout", TIMEOUT)
        solver.add(*said)
        try:
            answer = solver.check()
        except z3.Z3Exception:
            continue
        if answer != z3.unknown:
            return bool(answer == z3.sat)
    return None

"""Valid plan files that nobody would write, each with a number: the same number makes the same file.

Laws are drawn at random (products, sums, shares, inequalities, multiples, constants; in circles, of
themselves, against one another), numbers run from 10^-30 to 10^30 and to sixty digits, moments may mean
several times, one quantity is printed a hundred times. What `plantrack validate` refuses of a draft is
struck out, line by line, until the rest is valid.
"""

import json
import random
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from typing import Any, NamedTuple

from plantrack.numbers.rounding import decimal_text
from plantrack.plan.plan import Plan
from plantrack.reading import load_catalogue, read_plan

CATALOGUE = load_catalogue()
Dice = random.Random
Rows = dict[str, list[dict[str, Any]]]


class Draft(NamedTuple):
    """A plan file in parts that can be struck out one by one."""

    head: list[str]
    own: dict[str, dict[str, Any]]
    laws: list[str]
    figures: Rows

    @property
    def size(self) -> int:
        """How many figures it prints, about."""
        rows = [row for rows in self.figures.values() for row in rows]
        return sum(len(value) for row in rows for key, value in row.items() if key in KINDS)


KINDS = ("level", "growth", "total_growth", "change", "annual_change", "multiple", "rank")


class Made(NamedTuple):
    """A valid plan: its file's text, and the same as loaded."""

    text: str
    loaded: Plan
    draft: Draft


def odd_plan(seed: int, most: int = 300) -> Made:
    """The valid plan of that number, of about so many figures at most."""
    dice = random.Random(f"odd plan {seed}")
    while True:
        made = validated(_drafted(dice, most))
        if made is not None:
            return made


def chained_plan(seed: int) -> Made:
    """The valid plan of that number whose laws lead from one indicator to the next, a long way.

    What the last come to is a product of hundreds of thousands of the first, or a sum of as many.
    """
    dice = random.Random(f"chained plan {seed}")
    while True:
        made = validated(_chained(dice))
        if made is not None:
            return made


def _chained(dice: Dice) -> Draft:
    names = [f"x{number}" for number in range(dice.choice((4, 8, 12, 20, 30, 45)))]
    products = dice.choice((0.0, 0.5, 0.9, 1.0))
    laws = [_link(dice, name, names[:number], products) for number, name in enumerate(names) if number]
    middle, last = names[len(names) // 2], names[-1]
    sign = "*" if products == 1 else "+"
    for law in (f"{last} >= x0 {sign} {middle}", f"x0 = {last} * {middle}", f"x0 * change(x1) = {last}"):
        laws += [law] if dice.random() < SELDOM else []
    usual = dice.choice(DOMAINS)
    own: dict[str, dict[str, Any]] = {
        name: {"zh": f"量{name}", "en": name, "unit": "%", "kind": "ratio", "domain": usual}
        | ({"domain": dice.choice(DOMAINS)} if dice.random() < RARELY else {})
        for name in names
    }
    printed = dice.sample(names, max(2, round(len(names) * dice.choice((0.2, 0.5, 0.9)))))
    head = ["plan: odd", "title: {zh: 例, en: Example}", "place: {id: somewhere, zh: 某地, en: Somewhere}"]
    head += ["base: 2020", "target: 2025", "sections: {a: 一}"]
    return Draft(head, own, laws, {name: _of_a_chain(dice) for name in printed})


DOMAINS = ("positive", "positive", "nonnegative", "any")


def _link(dice: Dice, name: str, before: list[str], products: float) -> str:
    """A law from some of the last few to the next."""
    near = before[-3:]
    if dice.random() < products:
        factors = [dice.choice(near) for _ in range(dice.choice((1, 2, 2, 3, 4)))]
        return f"{name} = {' * '.join(factors)}{dice.choice(('', ' * 1.7', ' / 123.456', ' * 10000'))}"
    return f"{name} = " + " + ".join(f"{dice.choice((1, 2, 3.7, 1000))} * {each}" for each in near)


def _of_a_chain(dice: Dice) -> list[dict[str, Any]]:
    """A level, seldom another one, growth, and a change."""
    span, rows = "2020->2025", [{"level": {"2025": _of_any_size(dice)}}]
    rows += [{"level": {"2020": _of_any_size(dice)}}] if dice.random() < SELDOM else []
    rows += [{"growth": {span: f"{dice.uniform(1, 20):.1f}%"}}] if dice.random() < RARELY else []
    rows += [{"change": {span: f"{dice.uniform(1, 20):.1f}个百分点"}}] if dice.random() < RARELY else []
    return [{"in": "a", **row} for row in rows]


def _of_any_size(dice: Dice) -> str:
    sizes = ((0.5, 3, 3), (90, 110, 1), (0, 1e6, 2), (1, 1, 0), (1, 2, 25))
    low, high, decimals = dice.choice(sizes)
    return f"{dice.uniform(low, high):.{decimals}f}"


def crowded_plan(seed: int) -> Made:
    """The valid plan of that number of which most figures hang together by laws of one form.

    Sums over many districts and groups of them, or paces of one quantity between all years.
    """
    dice = random.Random(f"crowded plan {seed}")
    while True:
        made = validated(dice.choice((_districts, _paces))(dice))
        if made is not None:
            return made


def _crowded_head() -> list[str]:
    head = ["plan: odd", "title: {zh: 例, en: Example}", "place: {id: somewhere, zh: 某地, en: Somewhere}"]
    return [*head, "base: 2020", "target: 2025", "sections: {a: 一}"]


def _districts(dice: Dice) -> Draft:
    """A whole, its districts, perhaps groups of groups of them; mostly no growth."""
    districts = [f"d{number}" for number in range(dice.choice((5, 20, 40, 64)))]
    places: dict[str, dict[str, Any]] = {each: {"zh": f"区{each}"} for each in districts}
    ranks = [districts]
    while len(ranks[-1]) > 1 and (len(ranks) == 1 or dice.random() < OFTEN):
        size = dice.choice((2, 3, len(districts)))
        parts = [ranks[-1][at : at + size] for at in range(0, len(ranks[-1]), size)]
        ranks.append([f"g{len(ranks)}_{number}" for number in range(len(parts))])
        places |= {
            name: {"zh": f"组{name}", "members": each} for name, each in zip(ranks[-1], parts, strict=True)
        }
    names = ("gdp", "population", "gdp_per_head")[: dice.choice((1, 2, 3))]
    grows = dice.random() < RARELY
    rows = [
        {"in": "a", "place": place, "level": {year: f"{dice.uniform(50, 150):.1f}"}}
        | ({"growth": {"2020->2025": "8%"}} if grows else {})
        for place in places
        for year in dice.choice((("2025",), ("2020", "2025")))
    ]
    total = dice.choice((f"@{ranks[-1][0]}", "@members"))
    laws = [f"{name} {dice.choice(('=', '=', '>='))} sum({name}{total})" for name in names[:2]]
    whole = {"in": "a", "level": {"2025": "4000", "2020": "3000"}}
    head = [*_crowded_head(), f"places: {flow(places)}"]
    most = 290 // len(names)
    return Draft(head, {}, laws, {name: [whole, *dice.sample(rows, min(len(rows), most))] for name in names})


def _paces(dice: Dice) -> Draft:
    """Growth, changes or multiples of one quantity between all years, which agree or do not."""
    years = range(2000, 2000 + dice.choice((6, 12, 24)))
    kind, unit = dice.choice((("growth", "%"), ("growth", "%"), ("total_growth", "%"), ("change", "")))
    apart = dice.choice((0, 0.01, 5))
    rows = [
        {"in": "a", kind: {f"{one}->{other}": f"{dice.uniform(7, 7 + apart):.{dice.choice((1, 40))}f}{unit}"}}
        for one in years
        for other in years
        if one < other
    ]
    return Draft(_crowded_head(), {}, [], {"gdp": rows})


# -- as a file -------------------------------------------------------------------------------------


def written(draft: Draft) -> tuple[str, dict[int, tuple[Any, ...]]]:
    """The file's text, and which line holds which part that can be struck out."""
    lines, parts = list(draft.head), {}
    for title, names in (("own", draft.own), ("laws", draft.laws)):
        lines += [f"{title}:"] if names else []
        for number, each in enumerate(names):
            parts[len(lines) + 1] = (title, each if title == "own" else number)
            lines.append(f"  {each}: {flow(draft.own[each])}" if title == "own" else f"- {flow(each)}")
    lines.append("figures:")
    for name, rows in draft.figures.items():
        lines.append(f"  {name}:")
        for number, row in enumerate(rows):
            parts[len(lines) + 1] = ("figures", name, number)
            lines.append(f"  - {flow(row)}")
    return "\n".join([*lines, ""]), parts


def flow(value: Any) -> str:
    """On one line; JSON is YAML."""
    return json.dumps(value, ensure_ascii=False)


def validated(draft: Draft) -> Made | None:
    """The draft without what is refused; `None` where nothing is left."""
    for _ in range(ROUNDS):
        content, parts = written(draft)
        read = read_plan(content.encode(), "odd.yaml", CATALOGUE)
        if read.plan is not None:
            return Made(content, read.plan, draft)
        struck = {parts[each.position.line] for each in read.errors if each.position.line in parts}
        if not struck:
            return None
        draft = without(draft, struck)
    return None


ROUNDS = 8


def without(draft: Draft, struck: set[tuple[Any, ...]]) -> Draft:
    """The draft without some of its parts; indicators without rows go, too."""
    figures = {
        name: [row for number, row in enumerate(rows) if ("figures", name, number) not in struck]
        for name, rows in draft.figures.items()
    }
    return draft._replace(
        own={name: each for name, each in draft.own.items() if ("own", name) not in struck},
        laws=[law for number, law in enumerate(draft.laws) if ("laws", number) not in struck],
        figures={name: rows for name, rows in figures.items() if rows},
    )


# -- drafts ----------------------------------------------------------------------------------------


def _drafted(dice: Dice, most: int) -> Draft:
    own = _own(dice)
    names = [*own, *dice.sample(sorted(CATALOGUE.indicators), dice.choice((0, 0, 2, 6)))]
    laws, truth = dice.choice(SYSTEMS)(dice, list(own), own)
    moments = _moments(dice)
    times = Times(dice, moments)
    head = _head(dice, times, moments)
    print_figures = dice.choice((_wild, _wild, _true_to, _true_to, _repeated))
    figures = print_figures(dice, Ground(names, own, truth, times, min(_size(dice), most)))
    return Draft(head, own, laws, figures)


def _head(dice: Dice, times: "Times", moments: dict[str, Any]) -> list[str]:
    place = dice.choice(("zhaoqing", "zhaoqing", "guangdong", "china", "hong_kong"))
    lines = [
        "plan: odd",
        "title: {zh: 例, en: Example}",
        f"place: {{id: {place}, zh: 某地, en: Somewhere}}",
        f"base: {times.base}",
        f"target: {times.target}",
        "sections: {a: 一, b: 二, c: 三}",
    ]
    lines += [f"moments: {flow(moments)}"] if moments else []
    if dice.random() < RARELY:
        low, high = sorted(
            dice.sample(("-100%", "-3%", "0%", "0.0001%", "8%", "1000000%"), 2), key=BANDS.index
        )
        lines.append(f"bands: {{gdp: {{low: '{low}', high: '{high}', zh: 甲, en: a}}}}")
    return lines


BANDS = ("-100%", "-3%", "0%", "0.0001%", "8%", "1000000%")
RARELY, SELDOM, OFTEN, MOSTLY = 0.15, 0.3, 0.6, 0.85


def _own(dice: Dice) -> dict[str, dict[str, Any]]:
    """Indicators of the plan's own, mostly of one kind of unit, so that laws can tie them."""
    usual = dice.choice((AMOUNTS, AMOUNTS, COUNTS, SHARES, PLAIN))
    own = {}
    for number in range(dice.choice((1, 2, 3, 3, 4, 5, 6, 8, 12))):
        units = usual if dice.random() < MOSTLY else dice.choice((AMOUNTS, COUNTS, SHARES, PLAIN))
        unit = dice.choice(units)
        kinds = ("ratio", "ratio", "index") if units is SHARES else ("stock", "flow", "flow", "ratio")
        own[f"x{number}"] = {
            "zh": f"量{number}",
            "en": f"x{number}",
            "unit": unit,
            "kind": dice.choice(kinds),
            **_traits(dice, unit),
        }
    return own


AMOUNTS, COUNTS, SHARES = ("亿元", "亿元", "万元", "元", "万亿元"), ("家", "个", "人", "户", "万人"), ("%",)
PLAIN = ("倍", "天", "亿美元", "元/人", "位")


def _traits(dice: Dice, unit: str) -> dict[str, Any]:
    """What else an indicator may be."""
    traits = {
        "domain": dice.choice(("positive", "nonnegative", "any", "any")),
        "better": dice.choice(("up", "down")),
        "prices": dice.choice(("current", "constant")),
        "growth_basis": "comparable",
        "average": "either",
        "role": "limit",
        "band": {"low": "-5%", "high": "20%", "zh": "甲", "en": "a"},
        "limit": "100%" if unit == "%" else f"{dice.choice(('0', '1', '500'))}{unit}",
    }
    return {key: value for key, value in traits.items() if dice.random() < RARELY}


def _moments(dice: Dice) -> dict[str, Any]:
    times = ("2014", "2015", "2016", "2020", "2021", "2025", "2019-12", "2020-06", "2016/2020", "2021/2025")
    return {
        name: {"zh": name, "en": name, "either": dice.sample(times, dice.choice((1, 2, 2, 3, 5)))}
        for name in dice.sample(("early", "lately", "today"), dice.choice((0, 0, 0, 1, 1, 2, 3)))
    }


class Times:
    """Times as plan files write them: mostly a few years, so that figures meet."""

    def __init__(self, dice: Dice, moments: dict[str, Any]) -> None:
        self.dice = dice
        self.base, self.target = dice.choice(
            (("2020", "2025"), ("2020", "2025"), ("2020", "2025"), ("2020", "2035"), ("1900", "2199"))
        )
        self.years = sorted(
            {self.base, self.target, *map(str, dice.sample(range(2014, 2031), dice.choice((0, 1, 3, 6))))}
        )
        if self.base == "1900":
            self.years = ["1900", "1930", "1959", "1960", "2150", "2199", "2200"]
        self.odd = [*moments, "2020-12", "2020-06", "2023-01", "2016/2020", "2021/2025", "2020/2025"]

    def point(self) -> str:
        return self.dice.choice(self.odd if self.dice.random() < RARELY else self.years)

    def step(self) -> str:
        if self.dice.random() < RARELY:
            return f"{self.dice.choice(self.odd)}->{self.dice.choice(self.years)}"
        first, last = sorted(self.dice.sample(self.years, 2))
        return f"{first}->{last}"


# -- laws ------------------------------------------------------------------------------------------

Truth = dict[str, Callable[[dict[str, Fraction]], Fraction]]
"""Of a defined indicator, its value from those of the others."""
System = tuple[list[str], Truth]


def _no_laws(_dice: Dice, _names: list[str], _own: dict[str, Any]) -> System:
    return [], {}


def _any_laws(dice: Dice, names: list[str], _own: dict[str, Any]) -> System:
    """Whatever the grammar allows, of whatever."""
    return [dice.choice(LAWS)(dice, Names(dice, names)) for _ in range(dice.choice((1, 2, 3, 5, 8, 15)))], {}


def _circle(dice: Dice, names: list[str], _own: dict[str, Any]) -> System:
    """Each tied to the next and the last to the first."""
    around = [*names, names[0]]
    forms = dice.choice((CIRCLED, CIRCLED[:1], CIRCLED[2:]))
    laws = [
        dice.choice(forms).format(a=one, b=other, k=_coefficient(dice)) for one, other in pairwise(around)
    ]
    return laws, {}


CIRCLED = (
    "{a} = {b}",
    "{a} = {k} * {b}",
    "{a} >= {b}",
    "{a} >= {k} * {b}",
    "{a} = {b} + {k}",
    "{a} * {b} = {k}",
)


def _contradictory(dice: Dice, names: list[str], own: dict[str, Any]) -> System:
    """Laws that cannot all hold, whatever the figures; others beside them."""
    pick = Names(dice, names)
    a, b, c = pick(), pick(), pick()
    sets = (
        (f"{a} = 2 * {b}", f"{b} = 2 * {a}"),
        (f"{a} = {b} + 1", f"{a} = {b}"),
        (f"{a} >= {b} + 1", f"{b} >= {a}"),
        (f"{a} = {b} + {c}", f"{a} = {b}", f"{a} = {c}"),
        (f"{a} = {b} + {c}", f"{a} = {c}", f"{b} = {c}"),
        (f"{a} = {b} / {c}", f"{b} = 2 * {a} * {c}"),
        (f"{a} = 5", f"{a} = 6"),
        (f"{a} >= 2 * {a} + 1",),
        (f"{a} + {b} = 0",),
        (f"0 >= {a} + {b}",),
        (f"{a} * {b} = 4", f"{b} = {a}", f"{a} = 3"),
        (f"change({a}) = {a}", f"change({a}) = 2 * {a}"),
        (f"{a} + {b} + {c} = 1", f"{a} + {b} = 2", f"{b} + {c} = 2", f"{a} + {c} = 2"),
    )
    others = _any_laws(dice, names, own)[0] if dice.random() < SELDOM else []
    return [*dice.choice(sets), *others], {}


def _defined(dice: Dice, names: list[str], own: dict[str, Any]) -> System:
    """Each defined by those before it, by `is:` or by a law; true of the numbers that are printed."""
    laws, truth = [], {}
    for number in range(1, len(names)):
        name, before = names[number], names[:number]
        a, b = dice.choice(before), dice.choice(before)
        k = dice.randint(2, 9)
        if own[name]["unit"] != own[a]["unit"] or own[a]["unit"] != own[b]["unit"]:
            if own[name]["unit"] != "%" or own[a]["unit"] != own[b]["unit"] or a == b:
                continue
            text, value = f"{a} / {b}", lambda of, a=a, b=b: 100 * of[a] / of[b]
        else:
            text, value = dice.choice(
                (
                    (f"{a} + {b}", lambda of, a=a, b=b: of[a] + of[b]),
                    (f"{k} * {a}", lambda of, a=a, k=k: k * of[a]),
                    (f"{a} / {k}", lambda of, a=a, k=k: of[a] / k),
                    (f"{k} * {a} - {b}", lambda of, a=a, b=b, k=k: k * of[a] - of[b]),
                )
            )
        truth[name] = value
        if dice.random() < SELDOM:
            own[name]["is"] = text
        else:
            laws.append(f"{name} = {text}")
        if dice.random() < RARELY:
            laws.append(f"{name} >= {text}")
    return laws, truth


def _dense(dice: Dice, names: list[str], _own: dict[str, Any]) -> System:
    """Many sums of the same few."""
    laws = []
    for _ in range(dice.choice((4, 8, 12))):
        total, *parts = dice.sample(names, min(len(names), dice.randint(2, 6)))
        laws.append(f"{total} {dice.choice(('=', '=', '>='))} {' + '.join(parts or names)}")
    return laws, {}


SYSTEMS = (_no_laws, _any_laws, _any_laws, _circle, _contradictory, _defined, _defined, _dense)


class Names:
    """Indicators of laws, now and then of another place or as changes."""

    def __init__(self, dice: Dice, names: list[str]) -> None:
        self.dice, self.names = dice, names

    def __call__(self) -> str:
        name = self.dice.choice(self.names)
        if self.dice.random() < RARELY:
            name += f"@{self.dice.choice(('parent', 'guangdong', 'china', 'zhuhai'))}"
        return f"change({name})" if self.dice.random() < RARELY else name


def _coefficient(dice: Dice) -> str:
    wild = "9" * 60, f"0.{'0' * 59}1", "99999999999999999999"
    return dice.choice(("2", "1", "0.5", "3", "1000000", "0.000001", *wild, "0"))


LAWS: tuple[Callable[[Dice, Names], str], ...] = (
    lambda _, of: f"{of()} = {of()}",
    lambda _, of: f"{of()} = {of()} + {of()}",
    lambda _, of: f"{of()} = {of()} + {of()} + {of()} - {of()}",
    lambda dice, of: f"{of()} = {_coefficient(dice)} * {of()}",
    lambda dice, of: f"{of()} = {of()} * {_coefficient(dice)} + {of()} / 7",
    lambda _, of: f"{of()} = {of()} / {of()}",
    lambda _, of: f"{of()} = {of()} * {of()}",
    lambda _, of: f"{of()} * {of()} = {of()} * {of()}",
    lambda _, of: f"{of()} * {of()} * {of()} = {of()}",
    lambda dice, of: f"{of()} * {of()} = {_coefficient(dice)}",
    lambda _, of: f"{of()} >= {of()}",
    lambda _, of: f"{of()} >= {of()} + {of()}",
    lambda dice, of: f"{of()} >= {_coefficient(dice)} * {of()}",
    lambda dice, of: f"{of()} = {_coefficient(dice)}",
    lambda dice, of: f"{of()} >= {_coefficient(dice)}",
    lambda dice, of: f"{_coefficient(dice)} >= {of()}",
    lambda dice, of: f"{of()} = {of()} + {_coefficient(dice)}",
    lambda _, of: f"{of()} = change({of.names[0]}) / change({of.names[-1]})",
    lambda _, of: f"{of()} + {of()} = {of()} + {of()}",
    lambda dice, of: " * ".join((f"{of()} = {of()}", *(_coefficient(dice) for _ in range(6)))),
)


# -- numbers ---------------------------------------------------------------------------------------


def number(dice: Dice) -> str:
    """Digits of any size."""
    size = dice.random()
    if size < OFTEN:
        return decimal_text(Fraction(dice.randint(1, 10 ** dice.randint(1, 7)), 100), dice.choice((0, 1, 2)))
    return dice.choice(
        (
            "0",
            "0.0",
            "0.00",
            "1",
            "1" + "0" * dice.randint(1, 30),
            str(dice.randrange(10**49, 10**50)),
            f"0.{'0' * dice.randint(1, 29)}1",
            f"{dice.randrange(10**20)}.{dice.randrange(10**30):030}",
            "9" * dice.randint(1, 60),
            f"0.{'9' * dice.randint(1, 40)}",
        )
    )


def numeral(dice: Dice, unit: str = "") -> str:
    """A number as printed, with a word before or behind it."""
    if dice.random() < OFTEN:
        return f"{number(dice)}{unit}"
    if dice.random() < RARELY:
        low, high = sorted((number(dice), number(dice)), key=Fraction)
        return f"{low}—{high}{unit}"
    return dice.choice(FORMS).format(f"{number(dice)}{unit}")


FORMS = (
    "约{}",
    "近{}",
    "{}左右",
    "{}以上",
    "{}以下",
    "超过{}",
    "不超过{}",
    "不足{}",
    "-{}",
    "下降{}",
    "新增{}",
    "{}以内",
    "逾{}",
    "约-{}",
    "下降{}以上",
)


def _level(dice: Dice, unit: str) -> Any:
    if dice.random() < RARELY:
        return dice.choice(
            (
                {dice.choice(("below", "above", "at_least", "at_most")): f"{_any_name(dice)}"},
                {"above": f"{_any_name(dice)}@guangdong", "by": number(dice)},
                [{"above": f"{_any_name(dice)}@china"}, {"below": f"{_any_name(dice)}@parent", "by": "1"}],
            )
        )
    if dice.random() < RARELY:
        return dice.choice(
            ("1/15", "1/15左右", "1/3", "千亿级", "一半", "全覆盖", "100余", "1.5万亿元", "3万")
        )
    return numeral(dice, "%" if unit == "%" and dice.random() < SELDOM else "")


def _any_name(dice: Dice) -> str:
    return dice.choice(("x0", "x1", "x2", "gdp", "loans", "npl_ratio"))


RATES = (
    "0%",
    "0.0%",
    "-100%",
    "-99.99%",
    "-99.999999999999%",
    "1000000%",
    "1000000.00%",
    "0.000001%",
    "8.5%",
    "10%左右",
    "5%—8%",
    "两倍",
    "增长1倍",
    "下降50%",
    "-50%以上",
    "100%",
    "99999999999999999999%",
)
MULTIPLES = (
    "翻一番",
    "翻两番",
    "翻近一番",
    "2",
    "0",
    "0.0",
    "1",
    "0.0001",
    "1000000",
    "一半",
    "两倍",
    "1/15",
    "10倍以上",
)
DIRECTIONS = ("up", "down", "not up", "not down")


def _rate(dice: Dice) -> Any:
    chance = dice.random()
    if chance < RARELY:
        return dice.choice(DIRECTIONS)
    if chance < SELDOM:
        return {
            dice.choice(("above", "at_most")): _any_name(dice),
            "by": dice.choice(("2个百分点", "0.01个百分点")),
        }
    if chance < OFTEN:
        return dice.choice(RATES)
    return numeral(dice, "%")


def _difference(dice: Dice, unit: str) -> Any:
    if dice.random() < SELDOM:
        return dice.choice((*DIRECTIONS, "0", "新增2—3"))
    return numeral(dice, dice.choice(("", "个百分点")) if unit == "%" else "")


def _value(dice: Dice, kind: str, unit: str) -> Any:
    if kind == "level":
        return _level(dice, unit)
    if kind in {"change", "annual_change"}:
        return _difference(dice, unit)
    if kind == "multiple":
        return dice.choice(MULTIPLES) if dice.random() < OFTEN else numeral(dice)
    return f"第{dice.randint(1, 20)}" if kind == "rank" else _rate(dice)


# -- figures ---------------------------------------------------------------------------------------


def _size(dice: Dice) -> int:
    """How many figures: mostly few, so that many plans can be tried."""
    return dice.choice(
        (
            *(dice.randint(1, 15) for _ in range(12)),
            *(dice.randint(15, 50) for _ in range(3)),
            dice.randint(50, 300),
        )
    )


class Ground(NamedTuple):
    """What figures are drawn from: indicators, those of the plan, what is true of them, times; how many."""

    names: list[str]
    own: dict[str, Any]
    truth: Truth
    times: Times
    size: int

    def unit_of(self, name: str) -> str:
        return str(self.own[name]["unit"]) if name in self.own else CATALOGUE.indicators[name].unit


def _wild(dice: Dice, ground: Ground) -> Rows:
    """Any number of anything at any time."""
    figures: Rows = {}
    left = ground.size
    while left > 0:
        name = dice.choice(ground.names)
        row: dict[str, Any] = {"in": dice.choice("abc"), **_remarks(dice)}
        for kind in dice.sample(KINDS, dice.choice((1, 1, 2, 3))):
            row[kind] = {}
            for _ in range(dice.choice((1, 1, 2, 4))):
                time = ground.times.point() if kind in {"level", "rank"} else ground.times.step()
                row[kind][time] = _value(dice, kind, ground.unit_of(name))
                left -= 1
        figures.setdefault(name, []).append(row)
    return figures


def _remarks(dice: Dice) -> dict[str, Any]:
    """What else a row may tell."""
    remarks = {
        "place": dice.choice(
            ("zhuhai", "guangdong", ["zhaoqing", "zhuhai"], ["shenzhen"], "pearl_river_delta")
        ),
        "prices": dice.choice(("current", "constant")),
        "binding": "true",
        "printed": dice.choice(("翻一番", "一半", "零的突破")),
        "scope": "同口径",
        "note": "不清楚",
        "among": "pearl_river_delta",
    }
    return {key: value for key, value in remarks.items() if dice.random() < RARELY / 3}


def _repeated(dice: Dice, ground: Ground) -> Rows:
    """One or two quantities, printed again and again."""
    few = dice.sample(ground.names, min(len(ground.names), dice.choice((1, 2))))
    time, step = ground.times.point(), ground.times.step()
    close = Fraction(dice.randint(1, 10**6), 100)
    figures: Rows = {}
    for _ in range(ground.size):
        name, unit = dice.choice(few), "%" if dice.random() < RARELY else ""
        near = close * (1 + Fraction(dice.randint(-3, 3), 1000))
        text = dice.choice(("{}", "{}", "{}", *FORMS)).format(decimal_text(near, dice.randint(0, 4)) + unit)
        value = text if dice.random() < 1 - RARELY else _value(dice, "level", ground.unit_of(name))
        row = {"in": dice.choice("abc"), "level": {time: value}}
        if dice.random() < RARELY:
            row["growth"] = {step: _rate(dice)}
        figures.setdefault(name, []).append(row)
    return figures


def _true_to(dice: Dice, ground: Ground) -> Rows:
    """What is printed is true of the laws, rounded, but for a misprint now and then."""
    values = {year: _values(dice, ground) for year in ground.times.years}
    misprinted = dice.choice((0.0, 0.0, 0.1))
    figures: Rows = {}
    for _ in range(ground.size):
        name = dice.choice(ground.names)
        of = {year: each[name] for year, each in values.items()}
        row = {"in": dice.choice("abc"), **_printed(dice, of, misprinted, ground.unit_of(name))}
        figures.setdefault(name, []).append(row)
    return figures


def _values(dice: Dice, ground: Ground) -> dict[str, Fraction]:
    scale = Fraction(10) ** dice.choice((0, 0, 0, 0, -20, 20))
    found: dict[str, Fraction] = {}
    for name in ground.names:
        free = Fraction(dice.randint(1, 10**6), 1 if ground.unit_of(name) in COUNTS else 100) * scale
        try:
            found[name] = ground.truth[name](found) if name in ground.truth else free
        except ZeroDivisionError:
            found[name] = free
    return found


def _printed(dice: Dice, of: dict[str, Fraction], misprinted: float, unit: str) -> dict[str, Any]:
    years = sorted(of)
    first, last = sorted(dice.sample(years, 2))
    span, one, other = f"{first}->{last}", of[first], of[last]
    kind = dice.choice(("level", "level", "level", "growth", "total_growth", "change", "multiple"))
    value = {
        "level": other,
        "growth": _yearly(one, other, int(last) - int(first)),
        "total_growth": 100 * (other / one - 1) if one else Fraction(0),
        "change": other - one,
        "multiple": other / one if one else Fraction(1),
    }[kind]
    if dice.random() < misprinted:
        value *= Fraction(dice.randint(1, 300), 100)
    end = {"growth": "%", "total_growth": "%", "change": "个百分点" if unit == "%" else ""}.get(kind, "")
    digits = decimal_text(abs(value), dice.choice((0, 1, 2, 2, 3, 25)))
    text = f"{'下降' if value < 0 else ''}{digits}{end}"
    return {kind: {last if kind == "level" else span: text}}


def _yearly(one: Fraction, other: Fraction, years: int) -> Fraction:
    if one <= 0 or other <= 0:
        return Fraction(0)
    return 100 * (Fraction(float(other / one) ** (1 / years)) - 1)

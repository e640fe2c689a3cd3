"""The plan file as pydantic models: what a maintainer may write, key by key.

Everything is text here, as typed: numerals become intervals in `plantrack.plan.figures`.
"""

import re
from fractions import Fraction
from functools import cached_property
from itertools import chain
from typing import Annotated, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from plantrack.language import Words
from plantrack.numbers.numeral import read_numeral
from plantrack.numbers.words import SHARES
from plantrack.plan.defaults import no_dict, no_list

Line = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,60}$")]
PLAN_NAME = re.compile(r"^[a-z0-9][a-z0-9-]{0,60}$")
PlanIdentifier = Annotated[str, StringConstraints(pattern=PLAN_NAME.pattern)]
Sentence = Annotated[str, StringConstraints(max_length=500)]
IssueDate = Annotated[
    str, StringConstraints(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?$")
]
_YEAR = r"^(19|20|21)[0-9]{2}$"
Year = Annotated[
    str,
    StringConstraints(pattern=_YEAR),
    WithJsonSchema({"type": ["string", "integer"], "pattern": _YEAR, "minimum": 1900, "maximum": 2199}),
]
Direction = Literal["up", "down", "not up", "not down", "unchanged"]
DIRECTIONS: tuple[Direction, ...] = ("up", "down", "not up", "not down", "unchanged")
Operator = Literal["below", "above", "at_least", "at_most", "in_step"]
OPERATORS: tuple[Operator, ...] = ("below", "above", "at_least", "at_most", "in_step")
"""How a comparison may compare."""
LAST_YEAR = "last_year"
"""The other side of a comparison with the year before: 高于上年."""
STAND_IN = "?"
"""What stands for text that has to be there and could not be read."""
FIGURE_KINDS = (
    "level",
    "growth",
    "total_growth",
    "change",
    "annual_change",
    "multiple",
    "each_year",
    "rank",
    "strive",
)
"""The kinds of figure a row may print, in the order they are shown."""


class Model(BaseModel):
    """A mapping of the file: unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Named(Model):
    """Something with a name in both languages."""

    zh: Line = Field(description="Chinese name, as the documents print it")
    en: Line = Field(default="", description="English name; where omitted, the Chinese one")

    @model_validator(mode="before")
    @classmethod
    def _in_chinese_at_least(cls, data: object) -> object:
        if isinstance(data, dict) and "en" not in data and isinstance(data.get("zh"), str):
            return {**data, "en": data["zh"]}
        return data

    @property
    def name(self) -> Words:
        return Words(self.zh, self.en)


DivisionCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]


class OtherPlace(Named):
    """A place that a plan names, where the package does not know it: a district, a group of cities."""

    code: DivisionCode | None = Field(
        default=None, description="code of the administrative division (GB/T 2260)"
    )
    parent: Line | None = Field(
        default=None, description="the place it is part of; where omitted, the one that its code tells"
    )
    members: list[Line] = Field(default_factory=no_list, description="the places it consists of")


class Place(OtherPlace):
    """The place whose plan it is: any place, known to the package or not."""

    id: Identifier = Field(description="id of the place")


UnitName = Annotated[str, StringConstraints(pattern=r"^[^\s0-9/.,—]{1,8}$")]


class OwnUnit(Model):
    """A word of units that the package does not know."""

    en: Line | None = Field(default=None, description="English name; where omitted, the Chinese one")
    whole: Literal["true", "false"] | None = Field(
        default=None, description="true: a measure word, which counts in whole numbers"
    )


class Moment(Named):
    """A time the document leaves vague."""

    either: list[Line] = Field(min_length=1, description="the times it may mean, one throughout the plan")


class Band(Model):
    """The yearly growth that is plausible for a quantity."""

    low: Line = Field(description="least plausible growth a year, e.g. -3%")
    high: Line = Field(description="greatest plausible growth a year")
    zh: Line = Field(description="why, in Chinese")
    en: Line = Field(description="why, in English")


class Indicator(Named):
    """What is measured, in the catalogue or by this plan alone."""

    aliases: list[Line] = Field(default_factory=no_list, description="other Chinese names of the same")
    unit: Annotated[str, StringConstraints(max_length=40)] = Field(
        default="",
        description="unit of its levels: a word with a scale before it and a second unit behind `/`, as 万人, "
        "件/万人; where omitted, it has none",
    )
    kind: Literal["stock", "flow", "ratio", "index"] = Field(
        description="stock (at a time), flow (over a time), ratio, index"
    )
    group: Identifier | None = Field(default=None, description="group of the catalogue it is shown in")
    better: Literal["up", "down"] | None = Field(default=None, description="the desired direction")
    domain: Literal["positive", "nonnegative", "any"] | None = Field(
        default=None, description="values it can take; where omitted, positive (nonnegative for counts)"
    )
    prices: Literal["current", "constant"] | None = Field(
        default=None, description="price basis usual for its printed growth"
    )
    growth_basis: Literal["comparable"] | None = Field(
        default=None,
        description="comparable: offices compute its growth on comparable coverage, not from the levels they print",
    )
    average: Literal["either"] | None = Field(
        default=None,
        description="either: its average growth may be that of the end (水平法) or that of the sum of the years "
        "(累计法)",
    )
    role: Literal["limit"] | None = Field(
        default=None,
        description="limit: a ceiling or floor to keep each year, not an aim to come nearer to; a target that leaves "
        "room to the base is not weaker than it",
    )
    parts: list[Line] = Field(
        default_factory=no_list,
        description="indicators of which a proportion prints one level each, in order: 18.9:39.0:42.1",
    )
    definition: Line | None = Field(
        default=None, alias="is", description="what it is by definition, e.g. premium / gdp"
    )
    limit: Line | None = Field(default=None, description="the most it can be, e.g. 100% for a share")
    band: Band | None = Field(default=None, description="plausible yearly growth, where it is latent")

    @property
    def per_one(self) -> int:
        """How many of its unit make one where its numbers are kept as fractions: 100 of per cent; else 1."""
        return SHARES.get(self.unit, 1)

    @cached_property
    def most(self) -> Fraction | None:
        """Its limit as numbers of it are kept."""
        if self.limit is None:
            return None
        limit = read_numeral(self.limit)
        return limit.value / SHARES.get(limit.unit, self.per_one)


class Comparison(Model):
    """A value told by comparison with another quantity."""

    below: Line | None = Field(default=None, description="less than this indicator@place")
    above: Line | None = Field(default=None, description="more than this indicator@place")
    at_least: Line | None = Field(default=None, description="no less than this indicator@place")
    at_most: Line | None = Field(default=None, description="no more than this indicator@place")
    in_step: Line | None = Field(
        default=None, description="与…同步: in step with this indicator@place; listed, never held against it"
    )
    by: Line | None = Field(default=None, description="how far apart, a numeral")

    @model_validator(mode="after")
    def _has_one_operator(self) -> Self:
        if len(self.operators) != 1:
            raise PydanticCustomError("comparison", "{count}", {"count": len(self.operators)})
        return self

    @property
    def operators(self) -> list[tuple[Operator, str]]:
        """What it is compared with, and how: exactly one in a comparison that is valid."""
        given = ((key, getattr(self, key)) for key in OPERATORS)
        return [(key, to) for key, to in given if to is not None]


class Assigned(Model):
    """A value that another level of government assigns (完成上级下达任务): undetermined until the number is known."""

    assigned: Line = Field(description="who assigns it: 国家, 省")
    value: Line | None = Field(default=None, description="the number, once it is known")


def _form(value: object) -> str | None:
    """Tell numerals, directions and comparisons apart before pydantic tries each in turn."""
    if isinstance(value, list):
        return "comparisons" if value and all(isinstance(item, dict) for item in value) else None
    if isinstance(value, dict):
        return "assigned" if "assigned" in value else "comparison"
    return "numeral" if isinstance(value, str) else None


Value = Annotated[
    Annotated[str, Tag("numeral")]
    | Annotated[Comparison, Tag("comparison")]
    | Annotated[list[Comparison], Tag("comparisons")]
    | Annotated[Assigned, Tag("assigned")],
    Discriminator(_form, custom_error_type="value_type", custom_error_message="no value"),
]
FORMS_OF_A_VALUE = ("numeral", "comparison", "comparisons", "assigned")
Values = dict[str, Value]

Printed = str | list[Comparison] | Assigned
"""What a row says of one figure: a numeral or a direction, comparisons, or who assigns it."""
_PRICES = r"^(current|constant|(19|20|21)[0-9]{2})$"
PriceBasis = Annotated[
    str,
    StringConstraints(pattern=_PRICES),
    WithJsonSchema(
        {
            "anyOf": [
                {"enum": ["current", "constant"]},
                {"type": ["string", "integer"], "pattern": _YEAR, "minimum": 1900, "maximum": 2199},
            ]
        }
    ),
]
_ORDINAL = r"^[1-9][0-9]{0,2}$"
Ordinal = Annotated[
    str,
    StringConstraints(pattern=_ORDINAL),
    WithJsonSchema({"type": ["string", "integer"], "pattern": _ORDINAL, "minimum": 1, "maximum": 999}),
]


class Row(Model):
    """One table row or one sentence: the figures it prints about one indicator."""

    section: Line = Field(alias="in", description="key of the section where it stands")
    level: Values | None = Field(default=None, description="time: the quantity itself")
    growth: Values | None = Field(default=None, description="a->b: average growth per year")
    total_growth: Values | None = Field(default=None, description="a->b: growth over the whole")
    change: Values | None = Field(default=None, description="a->b: difference over the whole")
    annual_change: Values | None = Field(default=None, description="a->b: difference per year")
    multiple: Values | None = Field(default=None, description="a->b: end over start")
    each_year: Values | None = Field(
        default=None,
        description="a/b: what holds for every year from a to b, a floor or a ceiling (每年…以上)",
    )
    rank: Values | None = Field(default=None, description="time: 第…位; a->b: 前移…位")
    strive: Values | None = Field(
        default=None,
        description="time of one of the row's figures: a second, higher mark (确保6%力争7%); tied by no law",
    )
    among: Line | None = Field(default=None, description="the group a rank is among")
    place: Line | Annotated[list[Line], Field(min_length=1)] | None = Field(
        default=None, description="whose; the plan's place if omitted"
    )
    prices: PriceBasis | None = Field(
        default=None,
        description="price basis printed: current, constant; of levels a year, at whose prices they are",
    )
    binding: Literal["true", "false"] | None = Field(default=None, description="true: 约束性")
    printed: Line | None = Field(default=None, description="the words, where the numeral was normalised")
    scope: Line | None = Field(default=None, description="scope that makes it another quantity")
    item: Ordinal | None = Field(
        default=None, description="its place in the document's table of targets: 1, 2, 3"
    )
    named: Line | None = Field(
        default=None, description="what the document's table calls the indicator, where that is another name"
    )
    confirm: Line | None = Field(
        default=None,
        description="why a person must look; such a row never accuses; deleting the key confirms it",
    )
    note: Line | None = Field(default=None, description="what is unclear about it")

    @property
    def price_year(self) -> str | None:
        """The year at whose prices its levels are, where that is told."""
        return self.prices if self.prices is not None and self.prices.isdigit() else None

    def kind_aimed_at(self, time: str) -> str | None:
        """The kind of its figure that a second mark at a time is higher than; `None` where there is none."""
        ends = (
            (kind, each.rpartition("->")[2].strip()) for kind, each, _ in self.values if kind not in _MARKS
        )
        exactly = (kind for kind, each, _ in self.values if kind not in _MARKS and each == time)
        return next(chain(exactly, (kind for kind, end in ends if end == time)), None)

    @cached_property
    def values(self) -> list[tuple[str, str, Printed]]:
        """Kind of figure, time and value of each figure, in the order of the kinds."""
        return [
            (kind, time, [value] if isinstance(value, Comparison) else value)
            for kind in FIGURE_KINDS
            for time, value in (getattr(self, kind) or {}).items()
        ]

    @property
    def levels(self) -> list[Value]:
        """The values of its levels, those of every year included."""
        return [*(self.level or {}).values(), *(self.each_year or {}).values()]


_MARKS = ("each_year", "rank", "strive")


class Unmeasured(Named):
    """An aim with no quantity at all, kept so that nothing is silently dropped."""

    section: Line = Field(alias="in", description="key of the section where it stands")


class WaiverEntry(Model):
    """A finding that was judged and stays as it is: what it is about, as it reads, and why."""

    model_config = ConfigDict(json_schema_extra={"required": ["code", "reason", "date"]})

    code: Line = Field(description="code or name of the finding, as PT301 or growth-conflict")
    figures: dict[Line, Line] = Field(
        default_factory=no_dict,
        description="figure: its text, for each figure the finding is about; the plan's own without its prefix",
    )
    keys: dict[Line, Line] = Field(
        default_factory=no_dict, description="key: its text, for findings about no figure, as sections/annex"
    )
    reason: Sentence = Field(default="", description="why it stays, in a sentence")
    date: Sentence = Field(default="", description="day of the judgement, YYYY-MM-DD")


class PlanModel(Model):
    """One planning document."""

    plan: PlanIdentifier = Field(description="id of the plan, the file's name")
    title: Named = Field(description="title of the document")
    place: Place = Field(description="whose plan it is")
    issuer: Line | None = Field(default=None, description="who issued it")
    document: Line | None = Field(default=None, description="number of the document")
    issued: IssueDate | None = Field(default=None, description="date of issue, YYYY-MM-DD or YYYY-MM")
    base: Year = Field(description="base year")
    target: Year = Field(description="target year")
    brackets: Literal["total"] | None = Field(
        default=None, description="`total` where round brackets mean the whole period"
    )
    sections: dict[Line, Line] = Field(description="key: heading, where figures stand")
    moments: dict[Identifier, Moment] = Field(default_factory=no_dict, description="vague times")
    places: dict[Identifier, OtherPlace] = Field(
        default_factory=no_dict, description="places that the plan names and the package does not know"
    )
    units: dict[UnitName, OwnUnit] = Field(
        default_factory=no_dict, description="words of units that the package does not know"
    )
    own: dict[Identifier, Indicator] = Field(
        default_factory=no_dict, description="indicators of this plan alone"
    )
    figures: dict[Line, list[Row]] = Field(description="indicator, by id or name: its rows")
    laws: list[Line] = Field(
        default_factory=no_list,
        description="laws of this document alone: `a = b + c`, `a >= b`, `a = sum(a@members)` over parts",
    )
    bands: dict[Line, Band] = Field(
        default_factory=no_dict, description="plausible yearly growth here, where it is not the catalogue's"
    )
    unmeasured: list[Unmeasured] = Field(default_factory=no_list, description="aims with no quantity")
    waivers: list[WaiverEntry] = Field(default_factory=no_list, description="findings judged to stay")

"""Units composed by rule: a scale before a word (万人), and a second unit behind `/` (件/万人).

unit     = [scale] word ["/" [scale] word]
scale    = 十 百 千 万 十万 百万 千万 亿 … 万亿
word     = a word of `units.yaml`, or one that the plan declares under `units:`
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import prod
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, StringConstraints

from plantrack.numbers.words import (
    OFFERED_SCALES,
    PERCENT,
    PERIODS,
    PERMILLE,
    PERSON,
    PIECE,
    POINTS,
    POWERS,
    RANK,
    SCALE_NAMES,
    SHARES,
    SMALL_POINTS,
    TIMES,
    YUAN,
)
from plantrack.plan.model import Line, Model, OwnUnit

if TYPE_CHECKING:
    from collections.abc import Iterator

RATIO = "1"
"""The base of ratios: %, ‰, 倍, and of what has no unit at all."""
NO_UNIT = ""
FEW = 12
"""So many units of one base are offered."""
DIFFERENCES = (*POINTS, *SMALL_POINTS)
"""Units of a difference between ratios."""


class UnitWord(Model):
    """A word of units: so many of its base. Per cent are 0.01 of 1; measure words are all 个."""

    en: Line
    base: Line = Field(description="the base unit it converts to")
    scale: Annotated[str, StringConstraints(pattern=r"^[0-9]+([./][0-9]+)?$")] = "1"
    whole: bool = Field(default=False, description="whether it counts in whole numbers")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: `factor` of its `base`; of a compound both parts.

    `plain` is the name without the scale of what is measured: 户 of 万户, 件/万人 of 百件/万人. `counts` tells
    that it is a measure word, with a scale or without, and `whole` that it counts in whole numbers.
    """

    name: str
    en: str
    base: str
    factor: Fraction
    plain: str
    whole: bool = False
    counts: bool = False
    of: Unit | None = None
    per: Unit | None = None

    @property
    def kept(self) -> Fraction:
        """How many base units one stands for where numbers are kept in this unit: shares are kept as fractions."""
        return Fraction(1) if self.name in SHARES else self.factor

    @property
    def measured(self) -> Unit:
        """The unit of what is measured: 件 of 件/万人."""
        return self.of or self


@dataclass(frozen=True)
class Units(Mapping[str, Unit]):
    """Every unit that can be composed of the known words."""

    words: Mapping[str, UnitWord]
    _known: dict[str, Unit | None] = field(default_factory=dict, compare=False, repr=False)

    def __getitem__(self, name: str) -> Unit:
        if name not in self._known:
            if len(self._known) > MAX_KNOWN:
                self._known.clear()
            self._known[name] = self._composed(name)
        unit = self._known[name]
        if unit is None:
            raise KeyError(name)
        return unit

    def __iter__(self) -> Iterator[str]:
        """The words alone; with scales and second units there are many more."""
        return iter(self.words)

    def __len__(self) -> int:
        return len(self.words)

    def with_words(self, own: Mapping[str, OwnUnit]) -> Units:
        """With the words that a plan declares; a scale that one begins with is no part of the word: 千伏安 is 伏安."""
        if not own:
            return self
        fresh: dict[str, UnitWord] = {}
        for name, each in own.items():
            scale = _scale_of(name)
            word = name[len(scale) :] or name
            fresh[word] = UnitWord(en=each.en or word, base=word, whole=each.whole == "true")
        return Units({**self.words, **{name: each for name, each in fresh.items() if name not in self.words}})

    def alike(self, unit: Unit) -> list[str]:
        """Some units that convert to this one, those that look most like it first."""
        words = [name for name, each in self.words.items() if each.base == unit.measured.base]
        own = next((name for name in words if unit.measured.name.endswith(name)), None)
        words = words if own is None else [own, *(name for name in words if name != own)]
        behind = f"/{unit.per.name}" if unit.per is not None else ""
        found = (f"{scale}{name}{behind}" for name in words for scale in OFFERED_SCALES)
        return [name for name in found if name in self][:FEW]

    @property
    def offered(self) -> list[str]:
        """Units for an editor to offer: every word, and those of money, persons and the like with usual scales."""
        scaled = (f"{scale}{name}" for scale in OFFERED_SCALES[1:] for name in _OFTEN_SCALED)
        return [*self.words, *scaled]

    def _composed(self, name: str) -> Unit | None:
        if name == NO_UNIT:
            return Unit(name, name, RATIO, Fraction(1), name)
        first, slash, second = name.partition("/")
        one = self._simple(first)
        if one is None or not slash:
            return one
        second = f"{PIECE}{second}" if second in PERIODS and second not in self.words else second
        per = self._simple(second)
        if per is None or RATIO in {one.base, per.base}:
            return None
        en = f"{one.en} per {per.en if second not in self.words else per.en.removesuffix('s')}"
        base, plain = f"{one.base}/{per.base}", f"{one.plain}/{per.name}"
        return Unit(name, en, base, one.factor / per.factor, plain, of=one, per=per)

    def _simple(self, name: str) -> Unit | None:
        """A word, or a scale and a word."""
        if name in self.words:
            return self._unit(name, "", name)
        for scale in sorted(SCALE_NAMES, key=len, reverse=True):
            word = name.removeprefix(scale)
            if word != name and word in self.words and self.words[word].base not in _UNSCALED:
                return self._unit(name, scale, word)
        return None

    def _unit(self, name: str, scale: str, word: str) -> Unit:
        known = self.words[word]
        factor = Fraction(known.scale) * prod(POWERS[sign] for sign in scale)
        en = f"{SCALE_NAMES[scale]} {known.en}" if scale else known.en
        counts = known.whole and known.base not in {PERSON, RANK}
        return Unit(name, en, known.base, factor, word, whole=known.whole and not scale, counts=counts)


MAX_KNOWN = 10_000
_UNSCALED = (RATIO, RANK)
_OFTEN_SCALED = (YUAN, PERSON, PIECE)


def _scale_of(name: str) -> str:
    """The scale that a unit begins with; nothing where it is a word of its own."""
    return next((each for each in sorted(SCALE_NAMES, key=len, reverse=True) if name.startswith(each)), "")


def converts(unit: Unit, own: Unit, *, difference: bool = False) -> bool:
    """Whether a number in `unit` says how much there is of what is kept in `own`, or by how much it changed.

    What is measured may stand alone, without what it is per: 7张 of 张/千人. 个 stands for any measure word.
    Ratios change by points.
    """
    if own.base != RATIO or unit.base != RATIO:
        measured = own.measured
        is_count = unit.counts and measured.counts and PIECE in {unit.plain, measured.plain}
        return is_count or unit.base in {own.base, measured.base}
    if not difference:
        return unit.name not in {*POINTS, SMALL_POINTS[0]}
    if own.name in {NO_UNIT, TIMES}:
        return unit.name not in {PERCENT, PERMILLE}
    return unit.name in DIFFERENCES or (unit.name == own.name and own.name != PERCENT)


_SAME = Fraction(1)


def factor_between(unit: Unit, own: Unit) -> Fraction:
    """What turns a number in `unit` into one kept in `own`."""
    if unit is own and unit.name not in SHARES:
        return _SAME
    return unit.factor / (own.kept if unit.base == own.base else own.measured.factor)

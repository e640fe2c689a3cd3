"""Printed numbers: from the text of a numeral to the interval of values it may stand for.

The text is the datum. `8.50%` says more than `8.5%`; `50以上`, `2—3` and `下降2.06个百分点` say
other things again. The words stand in `words`, conventions of rounding in `rounding`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from plantrack.numbers import words
from plantrack.numbers.footnote_marks import narrowed
from plantrack.numbers.interval import Interval
from plantrack.numbers.number_words import counted, in_digits
from plantrack.numbers.rounding import HALF, ONE, inexact_reach, last_nonzero, preimage
from plantrack.numbers.words import INEXACT, any_of, bounds

if TYPE_CHECKING:
    from collections.abc import Callable

    from plantrack.numbers.words import Bound, Phrase

MAX_DIGITS = 60
"""More digits than this in one numeral are no printed number."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """A printed number, taken apart.

    `values` holds one value, or the two ends of a range, in `scale` times the base `unit`
    (`1.2万亿元`: value 1.2, scale 10¹², unit 元); `step` is one unit of the last printed digit in the
    same measure. `verb` is -1 after 下降. `fraction_of` is the denominator of `1/15`. `meant` is the
    interval of words that mean one: 翻一番 is 1.95 or more, in the same measure. `is_size` tells that
    it says a size only: 两千亿. `over_period` tells that it stands in brackets, as what is told of the
    whole period does; `is_reached` that it is where a change leads: 降至0.9%;
    `is_to_one` that it is so many to one: 12:1.
    """

    text: str
    verb: int
    bound: Bound | None
    values: tuple[Fraction, ...]
    step: Fraction
    scale: int
    unit: str
    exact: bool = False
    fraction_of: Fraction | None = None
    meant: Interval | None = None
    is_size: bool = False
    over_period: bool = False
    is_reached: bool = False
    is_to_one: bool = False

    @property
    def is_inexact(self) -> bool:
        """Whether the author says that the number is not exact: it may support a doubt, never an accusation."""
        return (
            self.bound in INEXACT or self.is_size or (self.meant is not None and self.meant.high is not None)
        )

    @property
    def digits(self) -> str:
        """The number alone as it is printed: 1100 of 增加1100亿元."""
        found = re.search(r"[0-9][0-9,.]*", self.text)
        return found[0] if found else self.text

    @property
    def value(self) -> Fraction:
        """The printed value with its verb's sign, in base units; a range's middle."""
        if len(self.values) == 1:
            return self.values[0] * (self.verb * self.scale)
        return self.verb * self.scale * sum(self.values, start=Fraction(0)) / len(self.values)

    def interval(self, *, whole: bool = False, convention: str = "half_away") -> Interval:
        """The values that would be printed as this numeral, in base units.

        verb · scale · I, where I is `meant`; the half-line, range or neighbourhood of its bound
        (`INTERVALS`); for `1/n` all of 1/m with m in the pre-image of n; the point of what is exact;
        otherwise the pre-image of the value under rounding to `step`.

        Args:
            whole: whether the indicator counts in whole units; an unscaled count is exact.
            convention: how the printer rounded, a key of `CONVENTIONS`.
        """
        is_count = whole and self.scale == 1 and self.step == 1
        magnitude = self._magnitude(convention, exact=self.exact or is_count, is_count=is_count)
        return magnitude.scaled(Fraction(self.verb * self.scale))

    def _magnitude(self, convention: str, *, exact: bool, is_count: bool) -> Interval:
        first, last = self.values[0], self.values[-1]
        if self.meant is not None:
            return self.meant
        if self.bound in _HALF_LINES:
            return _HALF_LINES[self.bound](first)
        if self.fraction_of is not None:
            return preimage(self.fraction_of, ONE).reciprocal().scaled(first * self.fraction_of)
        if self.bound in INEXACT:
            return _inexact(self.bound, self.values, self.step, is_count=is_count)
        if self.bound == "range":
            return Interval(first, last, low_closed=True, high_closed=True)
        return Interval.point(first) if exact else preimage(first, self.step, convention)


_HALF_LINES: dict[str | None, Callable[[Fraction], Interval]] = {
    "ge": Interval.at_least,
    "gt": Interval.above,
    "le": Interval.at_most,
    "lt": Interval.below,
}


def _inexact(bound: str | None, values: tuple[Fraction, ...], step: Fraction, *, is_count: bool) -> Interval:
    """What is said not to be exact: 约 about it, both ends of a range widened; 近 below it; 余 and 多 above it."""
    first, last = values[0], values[-1]
    if bound == "over":
        return Interval(first, first + last_nonzero(first, step), low_closed=False, high_closed=False)
    low = first - inexact_reach(first, step)
    if bound == "near":
        return Interval(low, first, low_closed=True, high_closed=not is_count)
    return Interval(low, last + inexact_reach(last, step), low_closed=True, high_closed=True)


# -- reading -------------------------------------------------------------------------------------

_BEFORE, _INSIDE, _BEHIND = bounds("before"), bounds("inside"), bounds("behind")
_BOUND = re.compile(any_of((*_BEFORE, *_BEHIND)))
_REMARK = re.compile(r"(?<![0-9.])\([^()]*\)|\([^()]*\)(?![0-9.])")
_BETWEEN = re.compile(rf"[{words.DASHES}]+|(?<=.)-|(?<=.)(?<!不)(?:{any_of(words.RANGE_WORDS)})(?=[0-9])")
_THOUSANDS = re.compile(r"(?<![0-9])[1-9][0-9]{0,2}(?:,[0-9]{3})+(?![0-9])")
_PERIOD = re.compile(r"(?<![0-9.])[\[〔【]([^\[\]〔〕【】]+)[\]〕】](?![0-9.])")
_TO_ONE = re.compile(r"([0-9])[:∶]1(?![0-9.:∶])")
_PARTS = re.compile(rf"(?<![0-9.])([0-9]+){words.PARTS}([0-9]+)")
_EMPTY = re.compile(rf"(?:{any_of(words.EMPTY)})+")
_REACHED = re.compile(
    f"(?:{any_of((*words.SIGN_OF, *words.SHORT_VERBS))})(?!{any_of(_BEFORE)})(?:{any_of(words.RANGE_WORDS)})"
)
_DIGITS = r"[0-9]{1,64}(?:\.[0-9]{1,64})?"
_UNIT = r"[^0-9—.,]{1,12}?"
_SCALE = rf"(?!{any_of(words.POINTS)})(?:{any_of(words.SCALES)})"
_NUMERAL = re.compile(
    rf"(?P<verb>{any_of(words.SIGN_OF)})?(?:{words.SHARED})?"
    rf"(?P<ordinal>{words.ORDINAL}|{words.FOREMOST})?(?P<before>{any_of(_BEFORE)})?"
    rf"(?:(?P<per>{any_of(words.PER)}){words.PARTS})?"
    rf"(?P<first>-?{_DIGITS}|{any_of(words.NUMBER_WORDS)})(?:/(?P<of>[0-9]{{1,64}}))?"
    rf"(?P<inside>{any_of(_INSIDE)})?"
    rf"(?:(?P<own_scale>{_SCALE})?(?P<between>{_UNIT})?—(?P<last>{_DIGITS}))?"
    rf"(?:(?P<scale>{_SCALE})|(?P<tenth>{words.TENTH})(?P<half>{words.HALF})?)?(?P<over>{any_of(_INSIDE)})?"
    rf"(?P<unit>{_UNIT})??"
    rf"(?P<behind>{any_of(_BEHIND)}|(?<=[{''.join({name[-1] for name in words.SCALES})}]){words.CLASS})?"
)


@lru_cache(maxsize=20_000)
def read_numeral(text: str) -> Numeral:
    """Take a printed number apart. Years, rates and counts recur, so that each is read once.

    Full-width forms, thousands separators, blanks, a parenthesis inside, and numbers in characters are
    understood.

    Raises:
        ValueError: where the text is no numeral that plantrack understands.
    """
    plain = _plain(text)
    phrase = _PHRASES.get(plain) or _doubled(plain)
    if phrase is not None:
        return replace(phrase, text=text)
    reached = _REACHED.match(plain)
    written = in_digits(words.SAME_AS.get(plain, plain[reached.end() if reached else 0 :]))
    inner = _PERIOD.sub(r"\1", written.text, count=1)
    number = _TO_ONE.sub(r"\1" + words.TIMES, inner)
    match = _NUMERAL.fullmatch(_PARTS.sub(r"\2/\1", _BETWEEN.sub("—", number)))
    if match is None or (reached and match["verb"]):
        raise ValueError(text)
    numeral = _assembled(text, match)
    if number == inner == written.text and not (written.is_size or reached):
        return numeral
    return replace(
        numeral,
        is_size=written.is_size,
        over_period=inner != written.text,
        is_reached=reached is not None,
        is_to_one=number != inner,
    )


def _plain(text: str) -> str:
    """The numeral in the form that is read: narrow, without remarks in brackets and words that say nothing."""
    text = _REMARK.sub("", narrowed(text).replace("−", "-"))
    text = _THOUSANDS.sub(lambda match: match[0].replace(",", ""), text)
    empty = _EMPTY.match(text)
    return text[empty.end() :] if empty else text


def _assembled(text: str, match: re.Match[str]) -> Numeral:
    ordinal, first, last, of = match.group("ordinal", "first", "last", "of")
    bound = _bound(text, match)
    _require_few_digits(text, first, last, of)
    word, implied_unit = words.NUMBER_WORDS.get(first, (None, words.RANK if ordinal else ""))
    if last and (of or word):
        raise ValueError(text)
    unit, scale, own = _measure(text, match)
    number, step = Fraction(word or first), _step(first)
    if own != scale:  # as only the first end of a range may have it
        number, step = number * own / scale, step * own / scale
    values, denominator = _values(text, number, last, of)
    step = min(step, _step(last)) if last else step
    if match["half"]:
        values, step = (values[0] + HALF,), HALF
    numeral = Numeral(
        text=text,
        verb=words.SIGN_OF.get(match["verb"], 1),
        bound=bound,
        values=values,
        step=step,
        scale=scale,
        unit=unit or (words.TIMES if of else implied_unit),
        exact=word is not None or ordinal is not None,
        fraction_of=denominator,
    )
    return _foremost(numeral) if ordinal == words.FOREMOST else numeral


def _require_few_digits(text: str, *numbers: str | None) -> None:
    if sum(len(each or "") for each in numbers) > MAX_DIGITS:
        raise ValueError(text)


def _foremost(numeral: Numeral) -> Numeral:
    """前10名: a rank of 10 or better."""
    if numeral.bound is not None or numeral.unit not in {words.RANK, words.HEAD}:
        raise ValueError(numeral.text)
    return replace(numeral, values=(ONE / numeral.scale, *numeral.values), bound="range", unit=words.RANK)


def _bound(text: str, match: re.Match[str]) -> Bound | None:
    """The one word that bounds the number, or a range; of a range only that it is inexact is said besides."""
    before, inside, over, behind = match.group("before", "inside", "over", "behind")
    said = [_BEFORE.get(before), _INSIDE.get(inside), _INSIDE.get(over)]
    said.append("ge" if behind == words.CLASS else _BEHIND.get(behind))
    found: list[Bound] = [each for each in said if each is not None]
    if len(found) > 1 or (match["last"] and found not in ([], ["about"])):
        raise ValueError(text)
    return found[0] if found else "range" if match["last"] else None


def _measure(text: str, match: re.Match[str]) -> tuple[str, int, int]:
    """The unit, the scale before it, and the scale of a range's first end, which is the same if it has none.

    A range repeats the unit with its scale or not at all. 百分之 and 成 are per cent.
    """
    own, between, scale, unit = match.group("own_scale", "between", "scale", "unit")
    is_broken = unit is not None and _BOUND.search(unit) is not None
    is_broken |= between is not None and (between != unit or (own is None) != (scale is None))
    if own is not None and scale is None:
        is_broken = True
    parts = words.PERCENT if match["tenth"] else words.PER.get(match["per"])
    if is_broken or (parts and unit):
        raise ValueError(text)
    times = 10 if match["tenth"] else words.SCALES.get(scale, 1)
    return parts or unit or "", times, words.SCALES.get(own, times)


def _values(
    text: str, first: Fraction, last: str | None, of: str | None
) -> tuple[tuple[Fraction, ...], Fraction | None]:
    """The one value or the two ends, and the denominator of a fraction."""
    if of is not None:
        if int(of) == 0 or first == 0:
            raise ValueError(text)
        return (first / int(of),), Fraction(of)
    if last is None:
        return (first,), None
    if first > Fraction(last):
        raise ValueError(text)
    return (first, Fraction(last)), None


def _step(digits: str) -> Fraction:
    """One unit of the last digit."""
    return Fraction(1, 10 ** len(digits.partition(".")[2]))


# -- phrases -------------------------------------------------------------------------------------


def _of_words(value: int, unit: str, meant: Interval | None = None, *, scale: int = 1) -> Numeral:
    bound: Bound | None = None if meant is None else "ge" if meant.high is None else "range"
    return Numeral("", 1, bound, (Fraction(value),), ONE, scale, unit, exact=True, meant=meant)


def _of_phrase(phrase: Phrase) -> Numeral:
    meant = None
    if phrase.least is not None:
        meant = Interval(phrase.least, phrase.below, low_closed=True, high_closed=False)
    numeral = _of_words(phrase.value, phrase.unit, meant)
    return numeral if phrase.step is None else replace(numeral, step=phrase.step, exact=False)


def _doubled(plain: str) -> Numeral | None:
    """翻n番, as its author counts it, nominally 2^n; 翻n番以上 is no less than that."""
    match = _DOUBLING.fullmatch(plain)
    if match is None:
        return None
    times = counted(match["times"] or "一")
    if match["or_more"]:
        return replace(_of_words(2**times, words.TIMES), bound="ge")
    return _of_words(2**times, words.TIMES, Interval.at_least(words.DOUBLED**times))


_DOUBLING = re.compile(
    rf"{words.DOUBLING.format(times=rf'(?P<times>[{words.DOUBLING_TIMES}]?)')}"
    rf"(?P<or_more>{any_of(word for word, bound in _BEHIND.items() if bound == 'ge')})?"
)
_PHRASES = {each.words: _of_phrase(each) for each in words.PHRASES} | {
    f"{name}{words.CLASS}": replace(_of_words(1, "", scale=scale), bound="ge")
    for name, scale in words.SCALES.items()
}

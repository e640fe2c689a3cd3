"""Printed numbers: from the text of a numeral to the interval of values it may stand for, and back.

The text is the datum. `8.50%` says more than `8.5%`; `50以上`, `2—3` and `下降2.06个百分点` say
other things again. Conventions of rounding stand in one table, `CONVENTIONS`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from plantrack.numbers.interval import Interval

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Bound = Literal["ge", "gt", "le", "lt", "range", "about", "near", "over"]
INEXACT = ("about", "near", "over")
"""约 and 左右, 近, 余 and 多: words by which the author says that the number is not exact."""

MAX_DIGITS = 60
"""More digits than this in one numeral are no printed number."""
MAX_LENGTH = 200
"""A longer text is no numeral."""

HALF = Fraction(1, 2)


# -- rounding ------------------------------------------------------------------------------------


def preimage(value: Fraction, unit: Fraction, convention: str = "half_away") -> Interval:
    """The numbers that `convention` turns into `value` when it rounds to whole multiples of `unit`.

    Args:
        value: the printed value, a multiple of `unit`.
        unit: one unit of the last printed digit, above zero.
        convention: a key of `CONVENTIONS`; `half_away` is 四舍五入, ties away from zero.
    """
    below, above, below_closed, above_closed = CONVENTIONS[convention](value / unit)
    return Interval(
        value - below * unit,
        value + above * unit,
        low_closed=below_closed,
        high_closed=above_closed,
    )


Reach = tuple[Fraction, Fraction, bool, bool]
"""How far the numbers printed as a value lie below and above it, in units; whether ends belong."""

ZERO, ONE = Fraction(0), Fraction(1)


def _half_away(count: Fraction) -> Reach:
    return HALF, HALF, count > 0, count < 0


def _half_even(count: Fraction) -> Reach:
    even = count % 2 == 0
    return HALF, HALF, even, even


def _truncation(count: Fraction) -> Reach:
    if count == 0:
        return ONE, ONE, False, False
    return (ZERO, ONE, True, False) if count > 0 else (ONE, ZERO, False, True)


def _raising(count: Fraction) -> Reach:
    if count == 0:
        return ZERO, ZERO, True, True
    return (ONE, ZERO, False, True) if count > 0 else (ZERO, ONE, True, False)


CONVENTIONS: dict[str, Callable[[Fraction], Reach]] = {
    "half_away": _half_away,
    "half_up": lambda _: (HALF, HALF, True, False),
    "half_even": _half_even,
    "either_tie": lambda _: (HALF, HALF, True, True),
    "truncation": _truncation,
    "raising": _raising,
    "floor": lambda _: (ZERO, ONE, True, False),
    "ceiling": lambda _: (ONE, ZERO, False, True),
    "either_way": lambda _: (ONE, ONE, False, False),
}
"""Name of the convention -> the reach of the value `count` units, `count` a whole number."""


def decimal_text(value: Fraction, decimals: int) -> str:
    """`value` rounded 四舍五入 to that many decimals, as it would be printed."""
    scaled = abs(value) * 10**decimals
    digits = str((2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator))
    digits = digits.rjust(decimals + 1, "0")
    sign = "-" if value < 0 and digits.strip("0") else ""
    whole, fraction = digits[: len(digits) - decimals], digits[len(digits) - decimals :]
    return f"{sign}{whole}.{fraction}" if decimals else f"{sign}{whole}"


def rounded_text(interval: Interval) -> str:
    """The digits whose `preimage` under 四舍五入 this interval is.

    Raises:
        ValueError: where it is no such pre-image.
    """
    if interval.low is None or interval.high is None or interval.is_point:
        message = "only a rounded numeral has two finite ends apart"
        raise ValueError(message)
    unit = interval.high - interval.low
    decimals = next((n for n in range(MAX_DIGITS) if unit * 10**n == 1), None)
    if decimals is None:
        message = f"{unit} is no unit of a decimal place"
        raise ValueError(message)
    return decimal_text((interval.low + interval.high) / 2, decimals)


# -- numerals ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Numeral:
    """A printed number, taken apart.

    `values` holds one value, or the two ends of a range, in `scale` times the base `unit`
    (`1.2万亿元`: value 1.2, scale 10¹², unit 元); `step` is one unit of the last printed digit in the
    same measure. `verb` is -1 after 下降. `fraction_of` is the denominator of `1/15`. `meant` is the
    interval of words that mean one: 翻一番 is 1.95 or more, in the same measure.
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

    @property
    def is_inexact(self) -> bool:
        """Whether the author says that the number is not exact: it may support a doubt, never an accusation."""
        return self.bound in INEXACT or self.words_are_inexact

    @property
    def words_are_inexact(self) -> bool:
        """Whether both ends of what words mean are a guess: 翻近一番."""
        return self.meant is not None and self.meant.high is not None

    @property
    def value(self) -> Fraction:
        """The printed value with its verb's sign, in base units; a range's middle."""
        if len(self.values) == 1:
            return self.values[0] * (self.verb * self.scale)
        return self.verb * self.scale * sum(self.values, start=Fraction(0)) / len(self.values)

    def interval(self, *, whole: bool = False, convention: str = "half_away") -> Interval:
        """The values that would be printed as this numeral, in base units.

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
        return Interval(first, first + _last_nonzero(first, step), low_closed=False, high_closed=False)
    low = first - inexact_reach(first, step)
    if bound == "near":
        return Interval(low, first, low_closed=True, high_closed=not is_count)
    return Interval(low, last + inexact_reach(last, step), low_closed=True, high_closed=True)


def inexact_reach(value: Fraction, step: Fraction) -> Fraction:
    """How far 约 reaches: half of what `value` is rounded to, at most a tenth of it, at least its own rounding."""
    return max(step / 2, min(round_unit(value, (1, 5)) / 2, abs(value) / 10))


def round_unit(value: Fraction, digits: tuple[int, ...], most: Fraction | None = None) -> Fraction:
    """The largest of `digits` × 10^k that divides `value` and is not above `most`; 0 for the value 0."""
    if not value:
        return ZERO
    top = abs(value) if most is None else most
    power = Fraction(10) ** (len(str(int(top))) if top >= 1 else 1)
    while True:
        for digit in sorted(digits, reverse=True):
            unit = digit * power
            if unit <= top and (value / unit).denominator == 1:
                return unit
        power /= 10


def _last_nonzero(value: Fraction, step: Fraction) -> Fraction:
    """The unit of the last digit of `value` that is not zero."""
    while value and (value / (step * 10)).denominator == 1:
        step *= 10
    return step


@lru_cache(maxsize=20_000)
def read_numeral(text: str) -> Numeral:
    """Take a printed number apart. Years, rates and counts recur, so that each is read once.

    Full-width forms, thousands separators, blanks and a parenthesis inside are understood.

    Raises:
        ValueError: where the text is no numeral that plantrack understands.
    """
    if len(text) > MAX_LENGTH:
        raise ValueError(text[:40])
    plain = _plain(text)
    words = _WORDS.get(plain) or _doubled(plain)
    if words is not None:
        return replace(words, text=text)
    match = _NUMERAL.fullmatch(plain)
    if match is None:
        raise ValueError(text)
    return _assembled(text, match)


def _plain(text: str) -> str:
    text = narrowed(text).replace("−", "-")
    text = re.sub(r"(?<![0-9.])\([^()]*\)|\([^()]*\)(?![0-9.])", "", text)
    text = re.sub(r"[—–―~]+|(?<=.)-|(?<=.)至(?=[0-9])", "—", text)
    return _THOUSANDS.sub(lambda match: match[0].replace(",", ""), text)


def narrowed(text: str) -> str:
    """Narrow characters, no blanks, and without the footnote marks at the end: `38` for `３８ ②`.

    Raises:
        ValueError: where another character than a digit would become one, or a sign; where it is too long.
    """
    if len(text) > MAX_LENGTH:
        raise ValueError(text[:40])
    number, _ = split_marks(text)
    if any(map(_is_misleading, number)):
        raise ValueError(text)
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", number))


def split_marks(text: str) -> tuple[str, str]:
    """What is printed, and the footnote marks behind it; a longer text than a numeral has none."""
    if len(text) > MAX_LENGTH:
        return text, ""
    number = text.rstrip()
    while number and (end := _mark_at_end(number)):
        number = number[:-end].rstrip()
    return number, text[len(number) :]


def _mark_at_end(text: str) -> int:
    """How many characters the last footnote mark takes; 0 where the text ends with none."""
    written = _WRITTEN_MARK.search(text)
    if written is not None:
        return len(written[0])
    behind_a_letter = text[-2:-1].isascii() and text[-2:-1].isalpha()
    return int(is_mark(text[-1]) and not behind_a_letter)


@lru_cache(maxsize=5_000)
def is_mark(character: str) -> bool:
    """Whether it marks a footnote: a superscript, an enclosed number or letter, an asterisk."""
    if character in _MARKS:
        return True
    kind, _, _ = unicodedata.decomposition(character).partition(" ")
    return kind in {"<super>", "<circle>"} or (kind == "<compat>" and _is_number(character))


def _is_number(character: str) -> bool:
    return unicodedata.category(character) == "No"


@lru_cache(maxsize=5_000)
def _is_misleading(character: str) -> bool:
    """Whether it would be read as a digit or a sign and is none: ½, ㎡, ㋀, a mark, a subscript."""
    if "0" <= character <= "9":
        return False
    narrow = unicodedata.normalize("NFKC", character)
    category = unicodedata.category(character)
    if category == "Nd":
        return not narrow.isascii()
    is_raised_or_lowered = unicodedata.decomposition(character).startswith(("<super>", "<sub>"))
    return (
        is_raised_or_lowered
        or category in {"No", "Me"}
        or is_mark(character)
        or any(map(str.isdigit, narrow))
    )


def _assembled(text: str, match: re.Match[str]) -> Numeral:
    verb, ordinal = match.group("verb", "ordinal")
    first, last, of = match.group("first", "last", "of")
    bound = _bound(text, match)
    if len(first) + len(last or "") + len(of or "") > MAX_DIGITS:
        raise ValueError(text)
    unit = _unit(text, *match.group("unit", "between"))
    word, implied_unit = _NUMBER_WORDS.get(first, (None, "位" if ordinal else ""))
    if last and (of or word):
        raise ValueError(text)
    values, denominator = _values(text, word or _exact(first), last, of)
    return Numeral(
        text=text,
        verb=-1 if verb in _FALLING else 1,
        bound=bound,
        values=values,
        step=min(_step(first), _step(last)) if last else _step(first),
        scale=_SCALES[match["scale"] or ""],
        unit=unit or implied_unit,
        exact=word is not None or ordinal is not None,
        fraction_of=denominator,
    )


def _bound(text: str, match: re.Match[str]) -> Bound | None:
    """The one word that bounds the number, or a range; of a range only that it is inexact is said besides."""
    prefix, suffix, more = match.group("prefix", "suffix", "more")
    said = [_PREFIXES.get(prefix or ""), _SUFFIXES.get(suffix or ""), "over" if more else None]
    bounds = [each for each in said if each is not None]
    if match["last"] and bounds not in ([], ["about"]):
        raise ValueError(text)
    if len(bounds) > 1:
        raise ValueError(text)
    return bounds[0] if bounds else "range" if match["last"] else None  # type: ignore[return-value]


def _unit(text: str, unit: str | None, between: str | None) -> str | None:
    """The unit behind the number, which a range may repeat; never a bound word."""
    if between is not None and between != unit:
        raise ValueError(text)
    if unit is not None and any(word in unit for word in _BOUND_WORDS):
        raise ValueError(text)
    return unit


def _values(
    text: str, first: Fraction, last: str | None, of: str | None
) -> tuple[tuple[Fraction, ...], Fraction | None]:
    """The one value or the two ends, and the denominator of a fraction."""
    if of is not None:
        denominator = Fraction(int(of))
        if denominator == 0 or first == 0:
            raise ValueError(text)
        first /= denominator
    else:
        denominator = None
    if last is None:
        return (first,), denominator
    end = _exact(last)
    if first > end:
        raise ValueError(text)
    return (first, end), denominator


def _exact(digits: str) -> Fraction:
    """The number that decimal digits write."""
    whole, _, fraction = digits.partition(".")
    return Fraction(int(whole + fraction), 10 ** len(fraction))


@lru_cache(maxsize=1000)
def _unit_of_decimals(decimals: int) -> Fraction:
    return Fraction(1, 10**decimals)


def _step(digits: str) -> Fraction:
    """One unit of the last digit."""
    return _unit_of_decimals(len(digits.partition(".")[2]))


_PREFIXES: dict[str, Bound] = {
    "不低于": "ge",
    "不少于": "ge",
    "至少": "ge",
    "不超过": "le",
    "超": "gt",
    "超过": "gt",
    "突破": "gt",
    "逾": "gt",
    "高于": "gt",
    "低于": "lt",
    "不足": "lt",
    "不满": "lt",
    "约": "about",
    "大约": "about",
    "近": "near",
    "接近": "near",
}
_SUFFIXES: dict[str, Bound] = {
    "以上": "ge",
    "以下": "le",
    "以内": "le",
    "左右": "about",
    "上下": "about",
    "级": "ge",
}
_BOUND_WORDS = (*_PREFIXES, *(word for word in _SUFFIXES if word != "级"))
_RISING = ("新增", "提高", "上升", "增加", "增长")
_FALLING = ("下降", "减少", "降低")
VERBS = (*_RISING, *_FALLING)
"""Words that tell a change, and its direction."""
BEFORE, BEHIND = (*_PREFIXES, *_FALLING), tuple(word for word in _SUFFIXES if word != "级")
"""Words before and behind a number that make another numeral of it."""
_SCALES = {
    "": 1,
    "千": 10**3,
    "万": 10**4,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "百亿": 10**10,
    "千亿": 10**11,
    "万亿": 10**12,
}
_NUMBER_WORDS = {"一半": (Fraction(50), "%"), "一倍": (Fraction(1), "倍")}

FORMS = (
    "76.91",
    "8.50%",
    "1.2万亿元",
    "50以上",
    "超过9000元",
    "约2亿",
    "2—3家",
    "下降2.06个百分点",
    "1/15左右",
    "翻一番",
)
"""One numeral of each form that is understood, for messages."""


def _any_of(words: Iterable[str | None]) -> str:
    return "|".join(sorted(map(re.escape, filter(None, words)), key=len, reverse=True))


_MARKS = frozenset("*＊∗⁎✱※†‡§¶#＃★☆△▲◆◇" + "❶❷❸❹❺❻❼❽❾❿➀➁➂➃➄➅➆➇➈➉➊➋➌➍➎➏➐➑➒➓⓿⓫⓬⓭⓮⓯⓰⓱⓲⓳⓴⓵⓶⓷⓸⓹⓺⓻⓼⓽⓾🄋🄌")
"""Footnote marks that Unicode does not describe as superscript or enclosed."""
_WRITTEN_MARK = re.compile(
    r"(?:[\[［【〔](?:注释?)?[0-9０-９①-⑳]{0,2}[\]］】〕]|[(（](?:注释?[0-9０-９]{0,2}|[0-9０-９]{1,2})[)）])$"
)
"""A footnote mark in brackets: `[1]`, `[注1]`, `(1)`."""
_THOUSANDS = re.compile(r"(?<![0-9])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])")
_DIGITS = r"[0-9]{1,64}(?:\.[0-9]{1,64})?"
_UNIT = r"[^0-9—.,]{1,8}?"
_NUMERAL = re.compile(
    rf"(?P<verb>{_any_of(_RISING + _FALLING)})?(?:并列)?(?P<ordinal>第)?"
    rf"(?P<prefix>{_any_of(_PREFIXES)})?"
    rf"(?P<first>-?{_DIGITS}|{_any_of(_NUMBER_WORDS)})(?:/(?P<of>[0-9]{{1,64}}))?(?P<more>[余多])?"
    rf"(?:(?P<between>{_UNIT})?—(?P<last>{_DIGITS}))?"
    rf"(?P<scale>{_any_of(_SCALES)})?(?P<unit>{_UNIT})??"
    rf"(?P<suffix>{_any_of(word for word in _SUFFIXES if word != '级')}|(?<=[千万亿])级)?"
)


def _word(value: int, unit: str, *, meant: Interval | None = None, scale: int = 1) -> Numeral:
    bound: Bound | None = None if meant is None else "ge" if meant.high is None else "range"
    return Numeral("", 1, bound, (Fraction(value),), ONE, scale, unit, exact=True, meant=meant)


DOUBLED = Fraction(195, 100)
"""What its author rounds to a doubling: 翻一番 is so much or more."""


def _doubled(plain: str) -> Numeral | None:
    """翻n番, as its author counts it, nominally 2^n; 翻n番以上 is no less than that."""
    match = _DOUBLING.fullmatch(plain)
    if match is None:
        return None
    times = _TIMES[match["times"] or ""]
    if match["above"]:
        return replace(_word(2**times, "倍"), bound="ge")
    return _word(2**times, "倍", meant=Interval.at_least(DOUBLED**times))


_TIMES = {"": 1, "一": 1, "1": 1, "两": 2, "二": 2, "2": 2, "三": 3, "3": 3, "四": 4, "4": 4}
_DOUBLING = re.compile(rf"(?:实现)?翻(?P<times>[{''.join(_TIMES)}]?)番(?P<above>以上)?")
_ALMOST_DOUBLED = _word(
    2, "倍", meant=Interval(Fraction(3, 2), Fraction(2), low_closed=True, high_closed=False)
)
_GROWN_BY_ITSELF = _word(1, "倍", meant=Interval.at_least(DOUBLED - 1))
_WORDS = {
    "翻近一番": _ALMOST_DOUBLED,
    "近翻一番": _ALMOST_DOUBLED,
    "两倍": Numeral("", 1, None, (Fraction(2),), Fraction(1, 10), 1, "倍"),
    "全覆盖": _word(100, "%"),
    "全面覆盖": _word(100, "%"),
    **{f"{verb}一倍": _GROWN_BY_ITSELF for verb in _RISING},
    **{f"{scale}级": replace(_word(1, "", scale=of), bound="ge") for scale, of in _SCALES.items() if scale},
}

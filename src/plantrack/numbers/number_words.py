"""Numbers written in characters, as the digits that say the same: 一百二十三家 is 123家, 两千亿元 is 2千亿元."""

from __future__ import annotations

import re
from math import prod
from typing import NamedTuple

from plantrack.numbers import words

_DIGIT, _POWER = "".join(words.DIGITS), "".join(words.POWERS)
_NUMBER = re.compile(
    rf"(?<![0-9.{_DIGIT}{_POWER}])(?!{'|'.join(words.NUMBER_WORDS)})(?P<whole>[{_DIGIT}{words.TEN}][{_DIGIT}{_POWER}]*)"
    rf"(?:{words.POINT}(?P<decimals>[{_DIGIT}]+))?"
)
_VARIANTS = str.maketrans("两〇", "二零")
_MIXED = re.compile(rf"[0-9][{_DIGIT}]|[{_DIGIT}{_POWER}][0-9]")
_IN_UNIT = re.compile(
    rf"[0-9{_DIGIT}{_POWER}][^{words.MINUS}{words.DASHES}0-9{_DIGIT}{_POWER}{words.PARTS}{''.join(words.RANGE_WORDS)}]+$"
)
"""What stands before a character that is part of a unit: 12吨二氧化碳."""
_SCALE = re.compile(f"[{_POWER.replace(words.TEN, '')}]*$")
SIZE_DIGITS = 2
"""So many digits before a scale tell a size: 两千亿, 一千二百亿."""


class InDigits(NamedTuple):
    """A text with its numbers in digits; `is_size` where one tells a size only."""

    text: str
    is_size: bool


def in_digits(text: str) -> InDigits:
    """The text of a numeral with its numbers in digits.

    百, 千, 万 and 亿 right before the unit are its scale, 十 is none. Source: docs/why.md, Numbers in characters.

    Raises:
        ValueError: where characters are no number as it is written in full: 一千五, 十四五, 一38.
    """
    if _MIXED.search(text):
        raise ValueError(text)
    scales: list[bool] = []

    def written(match: re.Match[str]) -> str:
        if _IN_UNIT.search(text[: match.start()]):
            return match[0]
        whole, decimals = match["whole"], match["decimals"]
        number = counted(whole)
        if decimals:
            return f"{number}." + "".join(str(words.DIGITS[sign]) for sign in decimals)
        scale = _SCALE.search(whole)
        assert scale is not None
        digits = sum(sign in _DIGIT or sign == words.TEN == whole[0] for sign in whole)
        scales.append(bool(scale[0]) and digits <= SIZE_DIGITS)
        return f"{number // prod(words.POWERS[sign] for sign in scale[0])}{scale[0]}"

    return InDigits(_NUMBER.sub(written, text), is_size=any(scales))


def counted(characters: str) -> int:
    """The whole number that characters write in full: 12 for 十二, 1 200 for 一千二百.

    Raises:
        ValueError: where they write none: 一千五 may be 1 005 or 1 500.
    """
    plain = _normal(characters)
    number = _loosely(plain)
    if plain not in {"零", _in_full(number)}:
        raise ValueError(characters)
    return number


def heading_number(characters: str) -> int:
    """The number of a heading, in characters or digits, however it is written: 10 for 一十, 20 for 二〇."""
    if characters.isascii():
        return int(characters)
    plain = _normal(characters)
    if set(plain) & set(_POWER):
        return _loosely(plain)
    return int("".join(str(words.DIGITS[sign]) for sign in plain))


def _normal(characters: str) -> str:
    return re.sub(f"^{words.TEN}", f"{words.ONES[0]}{words.TEN}", characters.translate(_VARIANTS))


def _loosely(plain: str) -> int:
    for sign, power in reversed(words.POWERS.items()):
        head, found, rest = plain.rpartition(sign)
        if found:
            return _loosely(head) * power + _loosely(rest)
    digits = plain.replace("零", "")
    return words.DIGITS[digits] if len(digits) == 1 else 0


def _in_full(number: int) -> str:
    for sign, power in reversed(words.POWERS.items()):
        head, rest = divmod(number, power)
        if head:
            return _in_full(head) + sign + "零" * (0 < rest < power // 10) + _in_full(rest)
    return words.ONES[number - 1] if number else ""

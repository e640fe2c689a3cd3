"""Footnote marks behind a numeral, such as ①, ², * and [注1]: no part of it, and never one of its digits."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from plantrack.numbers.words import (
    BEHIND_NUMBERS,
    BRACKETED_MARK,
    DIGITS,
    EMPTY,
    EXPONENTS,
    POWERS,
    SIGN_OF,
    any_of,
    bounds,
)

_GROUPS = re.compile(r"(?<![0-9.,])[1-9][0-9]{0,2}(?: [0-9]{3})+(?![0-9])")
_PARTED = re.compile(r"[0-9]\s+\.?\s*[0-9]|[0-9]\.\s+[0-9]")
"""Blanks in a number part its thousands; elsewhere they part two numbers: 38 45 is not 3845."""
_POWER = re.compile(rf"(?<![0-9.])10(?!{EXPONENTS[1]}$)[{EXPONENTS}]+$")
"""10⁴ is a power of ten, and no 10 with a mark."""
MAX_LENGTH = 200
"""A longer text is no numeral."""


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
    narrow = _GROUPS.sub(lambda match: match[0].replace(" ", ""), unicodedata.normalize("NFKC", number))
    if _PARTED.search(narrow):
        raise ValueError(text)
    return re.sub(r"\s", "", narrow)


def split_marks(text: str) -> tuple[str, str]:
    """What is printed, and the footnote marks behind it; a longer text than a numeral has none."""
    if len(text) > MAX_LENGTH:
        return text, ""
    number = text.rstrip()
    for _ in text:
        end = _mark_at_end(number) if number else 0
        if not end or _is_lead(number[:-end]):
            break
        number = number[:-end].rstrip()
    return number, text[len(number) :]


_LEAD = re.compile(rf"(?:{any_of((*SIGN_OF, *EMPTY, *bounds('before')))}|\s)*")
"""Words and signs before a number: brackets behind them hold the number itself, [50] or 降低[15]."""


def _is_lead(text: str) -> bool:
    """Whether no more than words and signs stand here, wide ones as well: ＞."""
    return _LEAD.fullmatch(unicodedata.normalize("NFKC", text)) is not None


def _mark_at_end(text: str) -> int:
    """How many characters the last footnote mark takes; 0 where the text ends with none."""
    bracketed = _BRACKETED.search(text)
    if bracketed is not None or _POWER.search(text):
        return len(bracketed[0]) if bracketed is not None else 0
    behind_a_letter = text[-2:-1].isascii() and text[-2:-1].isalpha()
    return int(is_mark(text[-1]) and not behind_a_letter)


_BRACKETED = re.compile(BRACKETED_MARK + "$")


@lru_cache(maxsize=5_000)
def is_mark(character: str) -> bool:
    """Whether it marks a footnote: a superscript, an enclosed number or letter, an asterisk."""
    if character in BEHIND_NUMBERS:
        return True
    kind, _, _ = unicodedata.decomposition(character).partition(" ")
    return kind in {"<super>", "<circle>"} or (kind == "<compat>" and unicodedata.category(character) == "No")


@lru_cache(maxsize=5_000)
def _is_misleading(character: str) -> bool:
    """Whether it would be read as a digit or a sign and is none: ½, ㎡, ㋀, ㈠, a mark, a subscript."""
    if "0" <= character <= "9":
        return False
    narrow = unicodedata.normalize("NFKC", character)
    category = unicodedata.category(character)
    if category == "Nd":
        return not narrow.isascii()
    if narrow != character and any(sign in DIGITS or sign in POWERS for sign in narrow):
        return True
    is_lowered = unicodedata.decomposition(character).startswith("<sub>")
    return is_lowered or category in {"No", "Me"} or is_mark(character) or any(map(str.isdigit, narrow))

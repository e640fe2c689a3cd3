"""Marks behind or above a number, such as ①, ², * and ※: they are no part of it.

Raised text of Word files, web pages and PDF becomes superscript characters, so that all formats
are treated alike. In the form in which texts are compared a mark is a `BLANK` of its own.
"""

from __future__ import annotations

import re

from plantrack.numbers import words

BLANK = "\x1f"
"""What a mark is compared as: white space, but none that joins the parts of one number."""

EXPONENT = rf"(?:\^[—+]?[0-9]{{1,2}}|[{words.EXPONENTS}]+)"
"""What may stand behind the base of a power, as texts are compared."""
_RAISED = str.maketrans("".join(words.RAISED), "".join(words.RAISED.values()))
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")

_CJK = r"\u3400-\u9fff"
_FEW = rf"[0-9]{{1,3}}|[a-z]{{1,2}}|[{words.ASTERISKS}{words.DAGGERS}]{{1,4}}|[{words.CIRCLED}]{{1,4}}"
_MARK_LIKE = re.compile(
    rf"{words.OPENING}?{words.NOTE}?[+\-−–]?(?:{_FEW})(?:[,，、\-–](?:{_FEW})){{0,9}}{words.CLOSING}?",
    re.IGNORECASE,
)
_MARKS = re.compile(
    rf"(?P<power>[A-Za-z][{words.SUPERSCRIPTS}]+|(?<![0-9.])10(?!¹(?![{words.SUPERSCRIPTS}]))[{words.EXPONENTS}]+)"
    rf"|{words.NOTE}?[{words.SUPERSCRIPTS}]+|{words.NOTE}?[{words.CIRCLED}{words.DAGGERS}]+"
    rf"|(?<=[0-9%‰){_CJK}])\*{{1,3}}(?!\s?[0-9])|(?<=[，、。；:({_CJK}])\*{{1,3}}(?=[0-9])"
)


def is_mark(content: str) -> bool:
    """Whether raised text is what marks are made of, rather than words or a quantity."""
    return _MARK_LIKE.fullmatch(content.strip()) is not None


def raised(content: str) -> str:
    """Raised text as superscripts; what is no mark stays, parted from a number before it."""
    if is_mark(content):
        return content.strip().lower().translate(_RAISED)
    return f"^{content}" if content[:1].isdecimal() else content


def lowered(content: str, before: str) -> str:
    """Lowered text: behind a letter as it is (CO2, PM2.5), elsewhere no part of a number."""
    return content if before[-1:].isascii() and before[-1:].isalpha() else content.translate(_LOWERED)


def without_marks(content: str) -> str:
    """The text with `BLANK` for every mark, as long as before; m² and powers of ten stay."""
    return _MARKS.sub(lambda match: match[0] if match["power"] else BLANK * len(match[0]), content)

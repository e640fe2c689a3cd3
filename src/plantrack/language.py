"""Sentences for people, in Chinese and English.

A `Text` holds an English template and what fills it, so that one finding can be shown in both
languages. Templates are looked up in `plantrack.locale.zh`; a test holds the two together.
"""

from __future__ import annotations

import locale
import math
import os
import re
import sys
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TextIO

Language = Literal["zh", "en"]


class Sayable(Protocol):
    def say(self, language: Language) -> str: ...


Said = Sayable | str


class Words(NamedTuple):
    zh: str
    en: str

    def say(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


class Text(NamedTuple):
    """A template and its values; values that are `Text` or `Words` are said in the same language."""

    template: str
    values: tuple[tuple[str, object], ...] = ()

    def say(self, language: Language) -> str:
        template = self.template
        if language == "zh":
            from plantrack.locale.zh import MESSAGES  # noqa: PLC0415 - read only by those who read Chinese

            template = MESSAGES.get(template, template)
        return template.format_map({key: say(value, language) for key, value in self.values})


COMMA = Words("、", ", ")
SEMICOLON = Words("；", "; ")


class Listing(NamedTuple):
    """Several things said one after the other, `between` them the language's comma unless told."""

    items: tuple[object, ...]
    between: str | Words = COMMA

    def say(self, language: Language) -> str:
        return say(self.between, language).join(say(item, language) for item in self.items)


def text(template: str, **values: object) -> Text:
    return Text(template, tuple(values.items()))


def labelled(label: object, value: object) -> Text:
    return text("{label}: {value}", label=label, value=value)


def listing(*items: object) -> Listing:
    return Listing(items)


MAX_SHOWN = 40


def shortened(found: str, most: int = MAX_SHOWN) -> str:
    """What was found, for a message: its beginning, where it is long."""
    return found if len(found) <= most else f"{found[:most]}…"


def visible(found: str, *, keep: str = "") -> str:
    """The same with `·` for every character that is not seen or that would steer a terminal, but those to `keep`."""
    if found.isprintable():
        return found
    return "".join(sign if sign.isprintable() or sign in keep else "·" for sign in found)


def without_commands(output: str) -> str:
    """The same with `·` before what the runner of a workflow would take for a command to itself."""
    return _COMMAND.sub("·", output) if "::" in output or "##[" in output else output


_COMMAND = re.compile(r"(?m:^(?=[^\S\n]*::))|(?<=##)(?=\[)")
"""https://github.com/actions/runner takes `::` where a line begins, and the older `##[` anywhere."""
BLANKS = "\u3000\u00a0"
"""Blanks that documents are printed with."""


def say(value: object, language: Language) -> str:
    """The value within a sentence: what is no sentence itself comes from outside, and stays one line."""
    speak = getattr(value, "say", None)
    said = str(value) if speak is None else str(speak(language))
    return visible(said, keep=BLANKS) if speak is None or isinstance(value, Words) else said


def choose_language(
    asked: str, environ: Mapping[str, str] | None = None, *, project: str = "auto"
) -> Language:
    """`zh` or `en` as asked; `auto` follows PLANTRACK_LANG, the project, the locale, then English.

    The locale asks for no Chinese where stdout has no Chinese characters.
    """
    environ = os.environ if environ is None else environ
    wishes = [asked, environ.get("PLANTRACK_LANG", ""), project]
    if _has_chinese(sys.stdout):
        wishes.append(next(filter(None, map(environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), ""))
        wishes.append(locale.getlocale()[0] or "")
    known = (wish.lower() for wish in wishes if wish.lower().startswith(("zh", "chinese", "en")))
    return "en" if next(known, "en").startswith("en") else "zh"


def _has_chinese(stream: TextIO | None) -> bool:
    try:
        "中".encode(getattr(stream, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


POINTS = Words("个百分点", " points")
POINTS_OF = {"%": POINTS, "‰": Words("个千分点", " points per mille")}
"""Unit of shares -> how a change of theirs is told."""


DASH_BETWEEN = Words("—", "–")
"""Between the ends of a range; Chinese prints a one-em dash."""


def span_of(first: object, last: object) -> Listing:
    """`2020—2025`, in English with a shorter dash."""
    return Listing((first, last), DASH_BETWEEN)


class Range(NamedTuple):
    """Two ends with so many decimals, `None` for an open one, and a suffix.

    `8.28–8.47%`, `≥14.87%`, or one number where both ends read the same; Chinese writes `8.28%—8.47%` and `不低于`.
    """

    low: float | None
    high: float | None
    decimals: int
    suffix: Said = ""

    def say(self, language: Language) -> str:
        suffix = say(self.suffix, language)
        if self.low is None and self.high is None:
            return "—"
        if self.low is None or self.high is None:
            sign, end = (AT_LEAST, self.low) if self.high is None else (AT_MOST, self.high)
            return f"{sign.say(language)}{fixed(end, self.decimals)}{suffix}"
        first, last = fixed(self.low, self.decimals), fixed(self.high, self.decimals)
        if first == last:
            return f"{first}{suffix}"
        to = between(first, last)
        if language == "en":
            return f"{first}{to.en if to is THROUGH else '–'}{last}{suffix}"
        return f"{first}{suffix if suffix in POINTS_OF else ''}{to.zh}{last}{suffix}"


TO, THROUGH = Words("—", " to "), Words("至", " to ")


def between(*ends: str) -> Words:
    """What stands between two ends: no dash beside a minus sign."""
    return THROUGH if any("-" in each for each in ends) else TO


AT_LEAST, AT_MOST = Words("不低于", "≥"), Words("不高于", "≤")


def in_three_digits(value: float) -> str:
    """The value to three digits, all of it written: 13300."""
    return f"{Decimal(f'{value:.3g}'):f}"


EXACT_DIGITS = 15
"""How many digits a float keeps whatever they are."""
HALVES_AWAY = Context(prec=400, rounding=ROUND_HALF_UP)


def fixed(value: float | None, decimals: int) -> str:
    """The value with that many decimals, halves away from zero (四舍五入); a zero has no sign.

    A half is one of the number as it is written, as in spreadsheets: of 3.025 and not of the float next to it. Of what
    is shown with more digits than that the float's own are.
    """
    if value is None or not math.isfinite(value):
        return "—"
    digits = Decimal(f"{value:.{EXACT_DIGITS}g}" if abs(value) < 10 ** (EXACT_DIGITS - decimals) else value)
    shown = f"{digits.quantize(Decimal(1).scaleb(-decimals), context=HALVES_AWAY):f}"
    return shown.removeprefix("-") if not shown.strip("-0.") else shown

"""What was meant where a number or a time is mistyped: the slips of a keyboard, and what to write instead."""

from __future__ import annotations

import re
import unicodedata
from difflib import get_close_matches
from typing import TYPE_CHECKING

from plantrack.language import listing, shortened, text
from plantrack.numbers.footnote_marks import is_mark, split_marks
from plantrack.numbers.numeral import MAX_DIGITS, read_numeral
from plantrack.numbers.times import FIRST_YEAR, LAST_YEAR, read_time
from plantrack.numbers.words import DASHES, FORMS, PERCENT, RANGE_WORDS, any_of, as_fall
from plantrack.plan.model import DIRECTIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from plantrack.language import Text

FULL_WIDTH_COLON = text("the colon here is full-width: write `:` and a blank")

# -- numbers -------------------------------------------------------------------------------------


def why_no_numeral(value: str) -> Text:
    if not value.strip():
        return text("no value stands here: write the number as it is printed")
    if sum(map(str.isdecimal, value)) > MAX_DIGITS:
        return text('"{value}" has more than {most} digits', value=shortened(value), most=MAX_DIGITS)
    if (said := misplaced_mark(value) or mistyped_numeral(value)) is not None:
        return said
    if (inside := re.fullmatch(IN_ROUND_BRACKETS, value.strip())) is not None:
        return text(
            '"{value}": round brackets may mean the whole period or a fall; for the whole period write '
            '"[{inside}]", or `brackets: total` at the top of the file if all do; for a fall {fall}',
            value=shortened(value),
            inside=inside[1],
            fall=as_fall(inside[1], PERCENT if inside[1].endswith(PERCENT) else ""),
        )
    nearest = get_close_matches(_shape(value), map(_shape, FORMS), n=3, cutoff=0.4)
    return text(
        '"{value}" is no printed number that is understood; forms that are: {forms}; or a direction: {directions}',
        value=shortened(value),
        forms=listing(*(each for each in FORMS if not nearest or _shape(each) in nearest)),
        directions=listing(*DIRECTIONS),
    )


IN_ROUND_BRACKETS = r"[(（]([0-9.,]+%?)[)）]"


def _shape(value: str) -> str:
    """A numeral with each of its numbers as 0: what forms are compared by."""
    return re.sub(r"[0-9.]+", "0", value)


def misplaced_mark(value: str) -> Text | None:
    """What is wrong with a number that has a footnote mark elsewhere than at its end."""
    number, _ = split_marks(value)
    if not any(map(is_mark, number)):
        return None
    return text(
        '"{value}": a footnote mark (①, *) is no part of a number and may only stand behind it',
        value=shortened(value),
    )


def mistyped_numeral(value: str) -> Text | None:
    """What is mistyped in a number that can be read without it."""
    if (letters := with_letters(value)) is not None:
        return letters
    for slip, instead, said in _SLIPS:
        meant = re.sub(slip, instead, value)
        if meant != value and _is_numeral(meant):
            return text(said.template, value=shortened(value), meant=meant)
    return None


def with_letters(value: str) -> Text | None:
    """That letters stand among the digits of a number that can be read with digits for them: 1O0, l50."""
    meant = re.sub(_AMONG_DIGITS, lambda run: run[0].translate(_DIGITS_FOR), value)
    if meant == value or not _is_numeral(meant):
        return None
    return text(
        '"{value}": a letter stands among the digits: write {meant}', value=shortened(value), meant=meant
    )


def _is_numeral(value: str) -> bool:
    try:
        read_numeral(value)
    except ValueError:
        return False
    return True


_AMONG_DIGITS = r"[OoQlI]+[0-9.][0-9.OoQlI]*|[0-9][0-9.]*[OoQlI][0-9.OoQlI]*"
_DIGITS_FOR = str.maketrans("OoQlI", "00011")
_SLIPS = (
    (
        r"(?<=[0-9])[,，](?=[0-9])",
        ".",
        text('"{value}": a comma is no decimal point: write {meant}'),
    ),
    (
        r"(?<=[0-9])(?:。|·|\.{2,}|,\.|\.,)(?=[0-9])",
        ".",
        text('"{value}": the decimal point is mistyped: write {meant}'),
    ),
    (
        r"^[“”‘’「『\"']+|[“”‘’」』\"']+$",
        "",
        text('"{value}": these quotation marks belong to the text: write {meant}'),
    ),
)
"""What is mistyped, what stands instead, and the words for it."""

# -- times ---------------------------------------------------------------------------------------


def mistyped_time(time: str, read: Callable[[str], object]) -> Text | None:
    """What is mistyped in a time or step that `read` understands without it, or what is wrong with its years."""
    if (step := re.fullmatch(_STEP, time)) is not None and read is read_time:
        return text(
            '"{time}" leads from one year to another; write {end} for what is reached then, {first}/{end} for the '
            "total of those years",
            time=time,
            first=int(step[1]) + 1,
            end=step[2],
        )
    for meant in _times_meant(time):
        try:
            read(meant)
        except ValueError:
            continue
        return text('"{time}": write {meant}', time=shortened(time), meant=meant)
    parts = re.split(r"->|/", time)
    return next((said for part in parts if (said := mistyped_year(part.strip())) is not None), None)


def _times_meant(time: str) -> Iterator[str]:
    plain = re.sub(r"[\s年]", "", unicodedata.normalize("NFKC", time))
    plain = re.sub(_AMONG_DIGITS, lambda run: run[0].translate(_DIGITS_FOR), plain)
    for between in ("->", "/"):
        meant = re.sub(_LEADS, between, plain)
        if meant != time:
            yield meant


def mistyped_year(year: str) -> Text | None:
    """Why what stands for a year is none of a plan."""
    if (meant := re.sub(r"[\s年]", "", year).translate(_DIGITS_FOR)) != year and re.fullmatch(_YEAR, meant):
        return text('"{time}": write {meant}', time=shortened(year), meant=meant)
    if not re.fullmatch(r"[0-9]+", year):
        return None
    if len(year) != len(str(FIRST_YEAR)):
        return text(
            '"{year}" has {digits} digits: a year has four, as 2025', year=shortened(year), digits=len(year)
        )
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        return text(
            'the year "{year}" lies outside {first}-{last}: look for a mistyped digit',
            year=year,
            first=FIRST_YEAR,
            last=LAST_YEAR,
        )
    return None


_STEP = r"([0-9]{4}) *-> *([0-9]{4})"
_LEADS = rf"(?<=[0-9])(?:->|=>|[>→/-]|[{DASHES}]+|{any_of(RANGE_WORDS)})(?=[0-9]{{4}})"
"""What people write between two years."""
_YEAR = r"(?:19|20|21)[0-9]{2}"

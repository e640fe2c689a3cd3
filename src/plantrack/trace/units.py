"""The unit of a number: what stands right behind it. One rule for documents and for numerals.

Known are the catalogue's units, behind any scale. Any other word behind a number is an unknown
unit, but for the few words with which a sentence goes on. So no list of foreign units is needed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from plantrack.documents.document import plain
from plantrack.documents.marks import BLANK, EXPONENT
from plantrack.numbers.words import (
    CHANGE_BEHIND,
    DIGITS,
    GOES_ON,
    LETTER,
    PERIODS,
    PIECE,
    POWERS,
    REPEATED,
    any_of,
    bounds,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

_SCALE = "".join(POWERS)
_INSIDE = any_of(bounds("inside"))
_BLANKS = rf"[ {BLANK}]{{0,8}}"
_BLANKS_OR_BREAK = r"[^\S\t]{0,8}"
_IN_BRACKETS = re.compile(r"\([^()\n]{1,20}\)")
_LAST_DIGIT = re.compile(rf"[0-9]{EXPONENT}?(?![0-9.])")


class Behind(NamedTuple):
    """Scale and unit behind a number, and what the unit converts to; `over` is 余 or 多 between them.

    `word` is empty where there is no unit, and begins an unknown one where `base` is `None`.
    """

    scale: str = ""
    word: str = ""
    base: str | None = None
    over: str = ""

    @property
    def is_unknown(self) -> bool:
        return bool(self.word) and self.base is None


@dataclass(frozen=True)
class Units:
    """The known units, by name, with the base that each converts to."""

    bases: Mapping[str, str]

    @cached_property
    def _names(self) -> dict[str, str]:
        """Without their scale: 亿元 is known as 元."""
        return {name.lstrip(_SCALE) or name: base for name, base in self.bases.items()}

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        """A unit right behind a number; in a sentence (the second) a line may end before it and in it."""
        names = sorted(self._names, key=len, reverse=True)
        one, other = (
            re.compile(
                rf"{gap}(?P<scale>(?:[{_SCALE}](?:{gap}[{_SCALE}])*)?){gap}(?P<over>(?:{_INSIDE})?){gap}"
                rf"(?P<unit>(?!{any_of(CHANGE_BEHIND)})"
                rf"(?:{'|'.join(gap.join(map(re.escape, name)) for name in names) or '(?!)'}))?"
                rf"(?P<more>{REPEATED}|/{gap}[{LETTER}])?"
            )
            for gap in (_BLANKS, _BLANKS_OR_BREAK)
        )
        return one, other

    def behind(self, content: str, end: int, *, in_sentence: bool, apart: bool = True) -> Behind:
        """What stands behind a number that ends at an offset of `content`, text as it is compared.

        With `in_sentence` blanks and line breaks go on with the sentence, not with the next cell of a row; with
        `apart` an unknown word may be a unit there behind a blank, too.
        """
        end += content[end : end + 1] in _CLOSING
        match = self._patterns[in_sentence].match(content, end)
        assert match is not None
        scale, over, unit, more = ("".join((each or "").split()) for each in match.groups())
        if unit and not (unit == PIECE and _OF_TIME.match(content, match.end())):
            return Behind(scale, unit + more, self._names.get(unit + more), over)
        end = match.end("over") if over else match.end("scale") if scale else end
        word = (_UNKNOWN_APART if in_sentence and apart else _UNKNOWN).match(content, end)
        return Behind(scale, word["word"] if word is not None else "", None, over)

    def of_numeral(self, numeral: str) -> Behind:
        """The unit that a numeral carries, behind the last of its digits."""
        squeezed = "".join(plain(numeral).split())
        end = end_of_digits(squeezed, 0, len(squeezed))
        return self.behind(squeezed, end, in_sentence=True) if end else Behind()

    def is_unit(self, written: str) -> bool:
        """Whether it is a unit and nothing else, or a scale alone."""
        found = self.behind(written, 0, in_sentence=False)
        return found.scale + found.word == written and not (found.is_unknown or found.over)

    def base_of(self, unit: str) -> str | None:
        return self._names.get(unit.lstrip(_SCALE) or unit)


_CLOSING = ("]", "〕", "】")
"""Behind a number that is told of a whole period: [1]亿人."""
_OF_TIME = re.compile(rf"\s{{0,2}}(?:{any_of(PERIODS)})")
_WORD = rf"(?P<word>(?![{GOES_ON}{''.join(DIGITS)}]|{any_of(CHANGE_BEHIND)})[{LETTER}]{{1,4}})"
_UNKNOWN = re.compile(rf"{BLANK}*{_WORD}")
_UNKNOWN_APART = re.compile(rf"{_BLANKS_OR_BREAK}{_WORD}")


def end_of_digits(content: str, start: int, end: int) -> int:
    """Where the last digits between two offsets end that stand in no brackets; 0 where there are none."""
    part = _IN_BRACKETS.sub(lambda match: " " * len(match[0]), content[start:end])
    return max((start + match.end() for match in _LAST_DIGIT.finditer(part)), default=0)

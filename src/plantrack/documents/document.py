"""A document as lines, and the form of its text in which words and numbers are compared.

Offsets count characters of `text`; `plain` has the same length, so that they hold in both.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from plantrack.documents.marks import without_marks
from plantrack.numbers.words import DASHES, MINUS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plantrack.language import Text

WORDS_AROUND = 12
"""Characters shown on each side of a number."""


@dataclass(frozen=True)
class Document:
    """Lines, joined by line feeds, counted from 1; `not_read` may hold numbers, `remarks` tell how it was read.

    `recognised` are the lines whose letters were recognised from a picture.
    """

    file: str
    text: str
    not_read: tuple[Text, ...] = ()
    remarks: tuple[Text, ...] = ()
    recognised: frozenset[int] = frozenset()

    @classmethod
    def of_lines(
        cls,
        file: str,
        lines: list[str],
        not_read: tuple[Text, ...] = (),
        remarks: tuple[Text, ...] = (),
        recognised: frozenset[int] = frozenset(),
    ) -> Document:
        """Without control characters, which move a terminal's cursor, letters without width and endless blanks."""
        cleaned = (_ENDLESS.sub(" " * MOST_BLANKS, line.translate(_CONTROLS)) for line in lines)
        return cls(file, "\n".join(cleaned), not_read, remarks, recognised)

    @cached_property
    def plain(self) -> str:
        return plain(self.text)

    @cached_property
    def lines(self) -> list[str]:
        return self.plain.split("\n")

    @cached_property
    def printed_lines(self) -> list[str]:
        return self.text.split("\n")

    @cached_property
    def starts(self) -> list[int]:
        """The offset of each line's first character."""
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    @cached_property
    def first_tabs(self) -> list[int]:
        """Where in each line its first tab stands; -1 where there is none."""
        return [line.find("\t") for line in self.lines]

    @cached_property
    def sentences(self) -> list[bool]:
        """Of each line, whether it is of a sentence, rather than a row of a table."""
        return [
            tab < 0 and any(sign in line for sign in "，。；")
            for line, tab in zip(self.lines, self.first_tabs, strict=True)
        ]

    @cached_property
    def squeezed(self) -> tuple[str, list[int]]:
        """`plain` without any blanks, and the offset of each character left."""
        offsets = [at for at, sign in enumerate(self.plain) if not sign.isspace()]
        return "".join(self.plain[at] for at in offsets), offsets

    def line_at(self, offset: int) -> int:
        return bisect_right(self.starts, offset)

    def column_at(self, offset: int) -> int:
        return offset - self.starts[self.line_at(offset) - 1] + 1

    def words_around(self, start: int, end: int) -> str:
        """What stands from `start` to `end`, with a few characters on each side."""
        around = self.text[max(0, start - WORDS_AROUND) : end + WORDS_AROUND]
        return " ".join(around.split())

    def find_words(self, words: str) -> Iterator[tuple[int, int]]:
        """From where to where `words` stand, whatever blanks part them.

        `…` in them stands for a few characters left out. Digits at their ends are whole numbers.
        """
        squeezed, offsets = self.squeezed
        parts = [re.escape(part) for part in re.split("…+", "".join(plain(words).split())) if part]
        body = f".{{0,{LEFT_OUT}}}?".join(parts) or "(?!)"
        ahead = r"(?<![0-9])(?<![0-9]\.)" if body[:1].isdigit() else ""
        behind = r"(?!\.?[0-9])" if body[-1:].isdigit() else ""
        for match in re.finditer(f"{ahead}{body}{behind}", squeezed):
            yield offsets[match.start()], offsets[match.end() - 1] + 1


MOST_BLANKS = 100
_ENDLESS = re.compile(rf"\s{{{MOST_BLANKS},}}")
LEFT_OUT = 80
"""Most characters that a `…` in a row's words stands for."""


def is_seen(sign: str) -> bool:
    """Whether a character is one that a reader sees: no blank and none that is left out."""
    return bool(sign.translate(_CONTROLS).strip())


def plain(text: str) -> str:
    """The text in half-width forms, with one dash, one blank, one quotation mark and no marks, as long as before."""
    return without_marks(text.translate(_PLAIN))


_RADICALS = [chr(code) for code in (*range(0x2E80, 0x2EF4), *range(0x2F00, 0x2FD6))]
_BLANK_FORMS = "\u00a0\u2002\u2003\u2007\u2009\u200a\u200b\u202f\u2060\u3000\ufeff"
_FORMS = {chr(0xFF01 + at): chr(0x21 + at) for at in range(94)} | {
    **{sign: form for sign in _RADICALS if len(form := unicodedata.normalize("NFKC", sign)) == 1},
    **dict.fromkeys(MINUS + DASHES, "—"),
    **dict.fromkeys(_BLANK_FORMS, " "),
    **{chr(0x1D7CE + at): str(at % 10) for at in range(50)},
    **dict.fromkeys("“”„‟＂「」『』", '"'),
    "∶": ":",
    "﹪": "%",
    "，": "，",
}
"""What is written in several ways, and the one it is compared in.

The full-width comma stays: it parts numbers, where a half-width one parts thousands.
"""
_PLAIN = str.maketrans(_FORMS)
_CONTROLS: dict[int, str | None] = {
    **dict.fromkeys((*range(9), *range(10, 32), *range(127, 160), 0x2028, 0x2029), " "),
    **dict.fromkeys((0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070))),
    **dict.fromkeys((*range(0xFE00, 0xFE10), 0xFEFF)),
}

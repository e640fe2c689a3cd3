"""What a document says in numbers: one statement for each, with the place where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from plantrack.language import Text


COMPARISON = "comparison"
"""The kind of a number that tells how a value lies to another one: 高于全国0.3个百分点."""


class Statement(NamedTuple):
    """One printed number and what it says of which indicator.

    `line` counts from 1, `start` and `end` are offsets of the document's text, `row` is that of the sentence's or
    the table row's beginning. `meant` is the numeral as a plan file writes it where the words are others: 下降了5%, or
    the second of 下降5%、6%. `name` is the indicator as printed. `time` is a time or a step as plan files write
    them, `None` where the document leaves it open. `printed` is the numeral, `unit` its unit, which in a table may
    stand apart. `item` is the row's number among those of its table. `doubt` tells why a person must look.
    """

    line: int
    start: int
    end: int
    row: int
    name: str
    kind: str
    time: str | None
    printed: str
    unit: str
    in_table: bool = False
    binding: bool | None = None
    item: int | None = None
    doubt: Text | None = None
    meant: str = ""

    @property
    def is_in_step(self) -> bool:
        """Whether it compares without a number: 与经济增长同步."""
        return self.kind == COMPARISON and not any(sign.isdigit() for sign in self.printed)

"""Names of indicators as documents print them: cleaned, looked up, and what they tell of unit and kind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from plantrack.draft import words
from plantrack.numbers.footnote_marks import split_marks
from plantrack.numbers.words import PERCENT, PERMILLE

if TYPE_CHECKING:
    from plantrack.plan.catalogue import Catalogue


class Name(NamedTuple):
    """An indicator's name without numbering, and the unit printed behind it."""

    zh: str
    unit: str


def read_name(cell: str) -> Name:
    """The name and its unit of a cell: `3.城镇化率（%）` has 城镇化率 and %."""
    name = words.AMONG.sub("", words.NUMBERING.sub("", cell.strip())).strip()
    unit = words.UNIT_BEHIND.search(name)
    if unit:
        name = name[: unit.start()].strip()
    return Name(split_marks(name.strip())[0], unit[1].strip() if unit else "")


def normal(name: str) -> str:
    """A name as it is looked up: without blanks, brackets and what every place may put before it."""
    return words.ANY_PLACE.sub("", re.sub(r"[\s“”\"《》]|[(（][^()（）]*[)）]|的(?=比[重例率])", "", name))


class Known:
    """The indicators of a catalogue by their names and aliases; a place's name before them is no part of it."""

    def __init__(self, catalogue: Catalogue, place: str) -> None:
        self.catalogue = catalogue
        self._ids: dict[str, str] = {}
        for name, indicator in catalogue.indicators.items():
            for each in (indicator.zh, *indicator.aliases):
                self._ids.setdefault(normal(each), name)
        self._places = (place, place.rstrip("省市县区"))

    def find(self, name: str) -> str | None:
        """The id of the indicator of that name; `None` where the catalogue has none."""
        wanted = normal(name)
        for place in self._places:
            wanted = wanted.removeprefix(place)
        part, _, whole = wanted.partition("/")
        forms = (
            wanted,
            f"{part}{words.SHARE_OF}{whole}{words.SHARE}",
            f"{wanted}{words.BALANCE}",
            f"{wanted}{words.GROWTH_OF_PRICES}",
            *(wanted.removesuffix(each) for each in words.EMPTY_ENDS),
        )
        return next((self._ids[form] for form in forms if form in self._ids), None)


def kind_of(name: str, unit: str) -> str:
    """The kind that a name tells: a ratio, an index, a flow, else a stock."""
    if words.INDEX.search(name):
        return "index"
    if words.RATIO.search(name) or unit in {PERCENT, PERMILLE} or "/" in unit:
        return "ratio"
    return "flow" if words.FLOW.search(name) else "stock"


def better_of(name: str) -> str | None:
    """The desired direction where a name tells it: few say that more is better, and a guess would accuse."""
    return "down" if words.WORSE_HIGHER.search(name) else None

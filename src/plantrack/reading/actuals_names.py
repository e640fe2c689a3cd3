"""The names of indicators in tables of actuals, as offices write them: numbered, indented, with units behind."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from plantrack.language import listing, shortened, text
from plantrack.numbers.footnote_marks import split_marks
from plantrack.numbers.words import COUNT, GROWN, any_of
from plantrack.plan.catalogue import nearest
from plantrack.plan.naming import by_name, key_of
from plantrack.reading.delimited import CACHED

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from plantrack.language import Text
    from plantrack.plan.actuals import Kind
    from plantrack.plan.model import Indicator

MAX_GUESSES = 3
LONGEST_PLACE = 16
"""Characters before an indicator that may name a place."""
_GROWTH = ("增速", "增幅", f"{GROWN}率", f"{GROWN}速度", GROWN)
_GROWN = re.compile(rf"(.+?)(?:同比|比上年)?(?:{any_of(_GROWTH)}|growth)")
"""The name of an indicator whose growth is given."""
_BEFORE_NAME = re.compile(
    rf"(?:[#＃*＊—–·•●○■□◆◇★☆▲△-]+|[①-⑳⑴-⒇⒈-⒛㈠-㈩]|其中[:：]?|[(（](?:[0-9]{{1,3}}|{COUNT})[)）]"
    rf"|(?:[0-9]{{1,3}}(?:[.．][0-9]{{1,3}})*|{COUNT})(?:[.．、)）:：]+|\s+))\s*"
)
"""Numbering, marks and 其中 before a name."""
_INSIDE = re.compile(r"\(([^()]*)\)$")
NO_NAME = text(
    "no indicator is named here; a name that stands for several rows (merged cells) must be repeated in each"
)


class NamedIndicator(NamedTuple):
    """An indicator, the unit in brackets behind its name, the place behind an @."""

    indicator: str
    unit: str
    place: str
    kind: Kind = "level"


class Names:
    """The names that indicators go by: which one is meant, and which may be where none is; the plan's own win."""

    def __init__(
        self, indicators: Mapping[str, Indicator], own: Container[str], places: Container[str] = ()
    ) -> None:
        self.indicators, self.own, self.known = indicators, own, by_name(indicators)
        self.places = places
        self.read = cache(self._read)

    def _read(self, written: str) -> NamedIndicator | None:
        """The indicator that is named, with what stands behind its name, without numbering and marks around it."""
        for each in dict.fromkeys((written, bare_name(written))):
            name, _, place = key_of(each).partition("@")
            found = self._read_alone(name)
            if found is None and not place:
                place, found = self._read_behind_place(name)
            if found is not None:
                return found._replace(place=place)
        return None

    def _read_alone(self, name: str) -> NamedIndicator | None:
        if name in self.known:
            return NamedIndicator(self.known[name], "", "")
        inside = _INSIDE.search(name)
        bare = name if inside is None else name[: inside.start()]
        unit = "" if inside is None else inside[1].removeprefix("单位:")
        if bare in self.known:
            return NamedIndicator(self.known[bare], unit, "")
        if (grown := _GROWN.fullmatch(bare)) is not None and grown[1] in self.known:
            return NamedIndicator(self.known[grown[1]], unit, "", "growth")
        return None

    def _read_behind_place(self, name: str) -> tuple[str, NamedIndicator | None]:
        """A known place and what is named behind it: 湖南省不良贷款率."""
        for end in range(min(len(name) - 1, LONGEST_PLACE), 1, -1):
            if name[:end] in self.places and (found := self._read_alone(name[end:])) is not None:
                return name[:end], found
        return "", None

    def read_growth(self, written: str) -> NamedIndicator | None:
        """The growth of what is named: an indicator of its own, or the growth of that; growth has none."""
        name = name_alone(written)
        found = next((self.known[name + each] for each in _GROWTH if name + each in self.known), None)
        named = self.read(written)
        if found is not None:
            return NamedIndicator(found, "", named.place if named else "")
        is_growth = named is None or named.kind == "growth" or _GROWN.fullmatch(name) is not None
        return None if named is None or is_growth else named._replace(unit="", kind="growth")

    def unknown(self, written: str) -> Text:
        """Why there is none of that name, with those that look like it or contain it, the plan's own first."""
        if not bare_name(written):
            return NO_NAME
        name, bare = shortened(written), key_of(bare_name(written)).partition("@")[0]
        alike = [self.known[each] for each in nearest(bare, self.known)]
        longer = [found for known, found in self.known.items() if bare in known]
        found = sorted(dict.fromkeys([*alike, *longer]), key=lambda each: each not in self.own)
        guesses = listing(*(f"{self.indicators[each].zh} ({each})" for each in found[:MAX_GUESSES]))
        if found:
            return text('no indicator "{name}"; did you mean {guesses}?', name=name, guesses=guesses)
        return text(
            'no indicator "{name}" in the plan or the catalogue; `plantrack show` lists ids and names',
            name=name,
        )


@lru_cache(maxsize=CACHED)
def bare_name(written: str) -> str:
    """A name without numbering, marks and 其中 before it, and footnote marks behind it."""
    name = split_marks(written.strip())[0]
    while match := _BEFORE_NAME.match(name):
        name = name[match.end() :]
    return name.rstrip(":： ")


@lru_cache(maxsize=CACHED)
def name_alone(written: str) -> str:
    """A bare name without what stands in brackets behind it."""
    return _INSIDE.sub("", key_of(bare_name(written)))

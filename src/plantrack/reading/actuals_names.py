"""The names of indicators in tables of actuals, as offices write them: numbered, indented, with units behind."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from plantrack.language import listing, shortened, text
from plantrack.numbers.footnote_marks import split_marks
from plantrack.numbers.words import COUNT, GROWN
from plantrack.plan.catalogue import nearest
from plantrack.plan.naming import by_name, key_of

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from plantrack.language import Text
    from plantrack.plan.model import Indicator

MAX_GUESSES = 3
_GROWTH = ("增速", "增幅", f"{GROWN}率", f"{GROWN}速度", GROWN)
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


class Names:
    """The names that indicators go by: which one is meant, and which may be where none is; the plan's own win."""

    def __init__(self, indicators: Mapping[str, Indicator], own: Container[str]) -> None:
        self.indicators, self.own, self.known = indicators, own, by_name(indicators)
        self.read = cache(self._read)

    def _read(self, written: str) -> NamedIndicator | None:
        """The indicator that is named, with what stands behind its name, without numbering and marks around it."""
        for each in dict.fromkeys((written, bare_name(written))):
            name, _, place = key_of(each).partition("@")
            if name in self.known:
                return NamedIndicator(self.known[name], "", place)
            inside = _INSIDE.search(name)
            if inside is not None and (bare := name[: inside.start()]) in self.known:
                return NamedIndicator(self.known[bare], inside[1].removeprefix("单位:"), place)
        return None

    def read_growth(self, written: str) -> NamedIndicator | None:
        """The indicator that is the growth of the one that is named."""
        name = _INSIDE.sub("", key_of(bare_name(written)))
        return next(filter(None, (self.read(name + each) for each in _GROWTH)), None)

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


def bare_name(written: str) -> str:
    """A name without numbering, marks and 其中 before it, and footnote marks behind it."""
    name = split_marks(written.strip())[0]
    while match := _BEFORE_NAME.match(name):
        name = name[match.end() :]
    return name.rstrip(":： ")

"""Names for ids: what an indicator or a place may be called wherever its id may stand."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from plantrack.plan.catalogue import nearest
from plantrack.plan.places import short_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from plantrack.plan.model import Indicator
    from plantrack.plan.places import KnownPlace


@lru_cache(maxsize=5_000)
def key_of(written: str) -> str:
    """A name as names are compared: narrow letters, no blanks, lower case."""
    return "".join(unicodedata.normalize("NFKC", written).split()).lower()


_ID = re.compile(r"[a-z][a-z0-9_]*")


def is_id(written: str) -> bool:
    """Whether it has the form of an id, which is taken as it stands."""
    return _ID.fullmatch(written) is not None


def id_of_name(written: str) -> str:
    """The id of what goes by a Chinese name alone: the same for the same name, whatever stands around it."""
    return f"own_{hashlib.sha256(key_of(written).encode()).hexdigest()[:10]}"


def names_of_indicator(name: str, indicator: Indicator) -> Iterator[str]:
    """Its id, both names and its aliases."""
    yield from (name, indicator.zh, indicator.en, *indicator.aliases)


def by_name(indicators: Mapping[str, Indicator]) -> dict[str, str]:
    """Name, as names are compared -> id; a name goes before an alias, and later ones go before earlier ones."""
    found: dict[str, str] = {}
    for name, each in indicators.items():
        found |= dict.fromkeys(map(key_of, each.aliases), name)
    for name, each in indicators.items():
        found |= dict.fromkeys(map(key_of, (name, each.zh, each.en)), name)
    return found


def places_by_name(places: Mapping[str, KnownPlace], *, first: str = "") -> dict[str, str]:
    """The same of places; a short name is that of `first`, else of the first that has it: 吉林 is the province."""
    full: dict[str, str] = {}
    own = places.get(first)
    short = {} if own is None else {key_of(own.short or short_name(own.zh)): first}
    for name, each in places.items():
        full |= dict.fromkeys(map(key_of, (name, each.zh, each.en)), name)
        short.setdefault(key_of(each.short or short_name(each.zh)), name)
    return short | full


class Naming(NamedTuple):
    """The ids that names stand for."""

    indicators: dict[str, str]
    places: dict[str, str]

    def indicator(self, written: str) -> str:
        """The id of a Chinese name or alias; anything else as it is written."""
        return written if is_id(written) else self.indicators.get(key_of(written), written)

    def place(self, written: str) -> str:
        return written if is_id(written) else self.places.get(key_of(written), written)

    def quantity(self, written: str) -> str:
        """The same of `indicator@place`."""
        name, at, place = written.partition("@")
        return f"{self.indicator(name)}{at}{self.place(place)}"


def nearest_names(written: str, names: Iterable[tuple[str, str]]) -> list[str]:
    """The names most like a Chinese one that is not known, each with its id: 贷款余额 (loans)."""
    known = {key_of(name): (name, key) for name, key in names if not name.isascii()}
    key = key_of(written)
    alike = [*nearest(key, known), *(each for each in known if key in each or each in key)]
    found: dict[str, str] = {}
    for name, place in (known[each] for each in alike):
        found.setdefault(place, f"{name} ({place})")
    return list(found.values())[:MOST]


MOST = 5
"""So many names are guessed."""

"""Places: the provinces and prefecture-level units of `divisions.tsv`, groups of them, and those of plans."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from pydantic import Field

from plantrack.plan.defaults import no_list
from plantrack.plan.model import Line, Named

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class KnownPlace(Named):
    """A place, the place it is part of and its parts."""

    code: str | None = None
    short: str | None = None
    parent: Line | None = None
    members: list[Line] = Field(default_factory=no_list)


def read_divisions(table: str) -> dict[str, dict[str, str | None]]:
    """What is known of the divisions of the table, by id.

    Each line is code, id, Chinese and English name, perhaps a short name.
    """
    lines = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    by_code = {code: name for code, name, *_ in lines}
    return {
        name: {
            "zh": zh,
            "en": en,
            "code": code,
            "short": short[0] if short else None,
            "parent": _division_above(code, by_code),
        }
        for code, name, zh, en, *short in lines
    }


def parent_by_code(code: str | None, places: Mapping[str, KnownPlace]) -> str | None:
    """The known division that a code is part of: of 440305 the city 440300, else the province 440000."""
    if code is None:
        return None
    return _division_above(code, {each.code: name for name, each in places.items() if each.code})


def _division_above(code: str, by_code: Mapping[str, str]) -> str | None:
    above = (f"{code[:digits]:0<6}" for digits in (4, 2))
    return next((by_code[each] for each in above if each != code and each in by_code), None)


def with_parts(places: Mapping[str, KnownPlace]) -> dict[str, KnownPlace]:
    """The places, each with those that name it as their parent among its members."""
    parts: dict[str, list[str]] = {}
    for name, each in places.items():
        if each.parent is not None:
            parts.setdefault(each.parent, []).append(name)
    return {
        name: _with_members(each, parts[name]) if name in parts else each for name, each in places.items()
    }


def _with_members(place: KnownPlace, parts: Iterable[str]) -> KnownPlace:
    members = list(dict.fromkeys([*place.members, *parts]))
    return place if members == place.members else place.model_copy(update={"members": members})


_ENDING = re.compile(r"(?:特别行政区|自治区|地区|新区|[省市盟区县旗州])$")


@lru_cache(maxsize=5_000)
def short_name(zh: str) -> str:
    """A Chinese name without its ending: 肇庆 of 肇庆市; the name itself where nothing would be left of it."""
    short = _ENDING.sub("", zh)
    return short if len(short) > 1 else zh

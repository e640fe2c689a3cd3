"""What rules of plan files look at, and how they are registered."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from plantrack.findings import CODES, Finding
from plantrack.language import listing, shortened, text
from plantrack.plan.catalogue import nearest
from plantrack.plan.model import PlanModel, Row
from plantrack.plan.naming import nearest_names

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from plantrack.language import Text
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.model import Indicator, Named
    from plantrack.plan.plan import PlanFile, Word
    from plantrack.plan.tree import Path


@dataclass(frozen=True)
class Subject:
    """What a rule looks at: a plan whose file could be read."""

    file: PlanFile
    plan: PlanModel
    catalogue: Catalogue

    @property
    def indicators(self) -> set[str]:
        """Ids that figures and laws may name; any of the plan's where its own cannot be read."""
        return {*self._own, *self.catalogue.indicators}

    def knows(self, indicator: str) -> bool:
        """The same as `in indicators`, for many."""
        return indicator in self._own or indicator in self.catalogue.indicators

    @cached_property
    def _own(self) -> Collection[str]:
        own = self.names("own")
        return self.plan.figures if own is None else own

    @cached_property
    def named(self) -> dict[str, Indicator]:
        """Indicators by id; those whose declaration is not sound are missing."""
        return {**self.catalogue.indicators, **self.plan.own}

    def names(self, key: str) -> tuple[str, ...] | None:
        """The names declared under a key of the file, also those whose declaration is reported already.

        `None` where no mapping stands there and the names cannot be known.
        """
        node = self.file.node((key,))
        if node is None:
            return () if not PlanModel.model_fields[key].is_required() else None
        return tuple(node.value) if isinstance(node.value, dict) else None

    def finding(
        self, name: str, path: Path, message: Text, *, key: bool = False, word: Word | None = None
    ) -> Finding:
        """A finding at a value of the plan, at its key, or at a word within it."""
        code, about = CODES[name], "/".join(map(str, (self.plan.plan, *path)))
        return Finding(code, code.level, message, self.file.position(path, key=key, word=word), about)

    def unknown(
        self, code: str, path: Path, name: str, known: Collection[str], word: Word | None = None
    ) -> Iterator[Finding]:
        """A finding where a name is none of those that are known."""
        if name not in known:
            named: Mapping[str, Mapping[str, Named]] = {
                "unknown-indicator": self.named,
                "unknown-place": self.catalogue.places,
            }
            message = text(
                '"{name}" is not known here; known are {guesses}',
                name=shortened(name),
                guesses=guesses_for(name, known, named.get(code, {})),
            )
            yield self.finding(code, path, message, word=word)

    def unknown_indicator(self, path: Path, name: str, word: Word | None = None) -> Iterator[Finding]:
        if not self.knows(name):
            yield from self.unknown("unknown-indicator", path, name, self.indicators, word)


RULES: list[Callable[[Subject], Iterator[Finding]]] = []
"""Every rule, in the order they are asked."""


def rule(function: Callable[[Subject], Iterator[Finding]]) -> Callable[[Subject], Iterator[Finding]]:
    RULES.append(function)
    return function


def rows_of(plan: PlanModel) -> Iterator[tuple[Path, Row]]:
    for name, rows in plan.figures.items():
        for number, row in enumerate(rows):
            yield ("figures", name, number), row


def guesses_for(name: str, known: Iterable[str], named: Mapping[str, Named] = MappingProxyType({})) -> object:
    """The known ids most like a name, some where none is; of a Chinese name the names most like it with their ids."""
    known = sorted(known)
    found = ((key, named[key]) for key in known if key in named)
    names = ((word, key) for key, each in found for word in (each.zh, *getattr(each, "aliases", ())))
    if not name.isascii() and (alike := nearest_names(name, names)):
        return listing(*alike)
    some = known if len(known) <= MANY else [*known[:MANY], "…"]
    return listing(*(nearest(name, known) or some))


FEW, MANY = 8, 25
"""So many names are listed in any case, and so many where none is like the one that was written."""

"""What rules of plan files look at, and how they are registered."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from plantrack.findings import CODES, Finding
from plantrack.language import listing, text
from plantrack.plan.catalogue import nearest
from plantrack.plan.model import PlanModel, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from plantrack.language import Text
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.plan import PlanFile, Word
    from plantrack.plan.tree import Path


class Subject(NamedTuple):
    """What a rule looks at: a plan whose file could be read."""

    file: PlanFile
    plan: PlanModel
    catalogue: Catalogue

    @property
    def indicators(self) -> set[str]:
        """Ids that figures and laws may name; any of the plan's where its own cannot be read."""
        own = self.names("own")
        return {*(self.plan.figures if own is None else own), *self.catalogue.indicators}

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
            guesses = guesses_for(name, known)
            message = text('"{name}" is not known here; known are {guesses}', name=name, guesses=guesses)
            yield self.finding(code, path, message, word=word)


RULES: list[Callable[[Subject], Iterator[Finding]]] = []
"""Every rule, in the order they are asked."""


def rule(function: Callable[[Subject], Iterator[Finding]]) -> Callable[[Subject], Iterator[Finding]]:
    RULES.append(function)
    return function


def rows_of(plan: PlanModel) -> Iterator[tuple[Path, Row]]:
    for name, rows in plan.figures.items():
        for number, row in enumerate(rows):
            yield ("figures", name, number), row


def guesses_for(name: str, known: Iterable[str]) -> object:
    known = sorted(known)
    some = known if len(known) <= MANY else [*known[:MANY], "…"]
    return listing(*(nearest(name, known) or some))


FEW, MANY = 8, 25
"""So many names are listed in any case, and so many where none is like the one that was written."""

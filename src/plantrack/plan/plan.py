"""A plan file as read, and the sound plan in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from plantrack.errors import PlantrackError
from plantrack.findings import Finding, Level, Position
from plantrack.language import text
from plantrack.results import Result

if TYPE_CHECKING:
    from plantrack.plan.figures import Figure
    from plantrack.plan.model import PlanModel
    from plantrack.plan.tree import Node, Path


class Word(NamedTuple):
    """A part of a value, which begins no earlier than `after` characters into it."""

    text: str
    after: int = 0


@dataclass(frozen=True, eq=False)
class PlanFile(Result):
    """A plan file as read: its model, its figures, everything that is wrong with it.

    `model` is `None` where the file is no plan at all. `tree` keeps the places of everything in `written`.
    """

    file: str
    model: PlanModel | None = None
    figures: tuple[Figure, ...] = ()
    findings: tuple[Finding, ...] = ()
    tree: Node | None = None
    written: str = ""

    @cached_property
    def errors(self) -> tuple[Finding, ...]:
        """What keeps it from being a sound plan, by place."""
        return tuple(sorted((each for each in self.findings if each.level is Level.ERROR), key=_position))

    @property
    def plan(self) -> Plan | None:
        """The sound plan; `None` where the file has errors: of what is left of it nothing could be vouched for.

        It is not kept: it holds its file, and memory would have to be searched for the two.
        """
        return None if self.model is None or self.errors else Plan(self, self.model)

    def require(self) -> Plan:
        """The sound plan.

        Raises:
            PlantrackError: with the first error, and how many there are.
        """
        if self.plan is not None:
            return self.plan
        first = self.errors[0]
        raise PlantrackError(
            text(
                "{place}: {said}; a plan file with errors ({number} here) is neither audited nor projected: "
                "mend it first, plantrack validate lists them",
                place=str(first.position),
                said=first.message,
                number=len(self.errors),
            )
        )

    def __repr__(self) -> str:
        return f"<PlanFile {self.file}: {len(self.figures)} figures, {len(self.findings)} findings>"

    def position(self, path: Path, *, key: bool = False, word: Word | None = None) -> Position:
        """Where in the file the value (or the key) at `path` stands, or a word within it."""
        line, column = self.tree.spot_of(path, key=key) if self.tree else (1, 1)
        if word is not None and word.text:
            written = self.written.split("\n")[line - 1]
            before = r"(?<!\w)" if word.text[0].isalnum() else ""
            behind = r"(?!\w)" if word.text[-1].isalnum() else ""
            sign = re.compile(f"{before}{re.escape(word.text)}{behind}")
            found = sign.search(written, column - 1 + word.after)
            column = found.start() + 1 if found else column
        return Position(self.file, line, column)

    def node(self, path: Path) -> Node | None:
        """What stands at `path`; `None` where nothing does."""
        node = self.tree
        for step in path:
            node = node.child(step) if node is not None else None
        return node

    def lines(self, path: Path) -> range:
        """The lines from where the value at `path` begins to its last value."""
        node = self.node(path)
        first, last = self.position(path).line, node.last_line() if node is not None else 0
        return range(first, max(first, last) + 1)


def _position(finding: Finding) -> Position:
    return finding.position


@dataclass(frozen=True, eq=False)
class Plan(Result):
    """A sound plan: what its file writes, and its figures, each with the indicator it measures."""

    source: PlanFile
    model: PlanModel

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Plan) and self.source is other.source

    def __hash__(self) -> int:
        return hash(self.source)

    @property
    def id(self) -> str:
        return self.model.plan

    @property
    def file(self) -> str:
        """The path of its file."""
        return self.source.file

    @property
    def figures(self) -> tuple[Figure, ...]:
        return self.source.figures

    def __repr__(self) -> str:
        return f"<Plan {self.id}: {self.model.title.en}, {len(self.figures)} figures>"

"""Lists of omitted numbers: from a plan's file to the list that stands beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from plantrack.findings import CODES, Finding, Position
from plantrack.language import listing, text
from plantrack.plan.omissions import Omitted
from plantrack.reading.plan_file import findings_of, read_text
from plantrack.reading.structure import read_model
from plantrack.reading.yaml_tree import read_tree

if TYPE_CHECKING:
    from plantrack.plan.plan import Plan
    from plantrack.plan.tree import Node


class LoadedOmitted(NamedTuple):
    """A list of omitted numbers as read, and what is wrong with it."""

    file: str
    omitted: Omitted
    findings: tuple[Finding, ...] = ()
    tree: Node | None = None

    def position(self, path: tuple[str | int, ...], *, key: bool = False) -> Position:
        """Where in the file the value (or the key) at `path` stands."""
        line, column = self.tree.spot_of(path, key=key) if self.tree else (1, 1)
        return Position(self.file, line, column)


def load_omitted(plan: Plan) -> LoadedOmitted:
    """The list beside a plan: `omitted/<plan>.yaml` in the folder above its own, or in its own.

    Nothing is omitted where there is no such file. Never raises for what a file contains.
    """
    folder = Path(plan.file).parent
    names = [each / "omitted" / Path(plan.file).name for each in (folder.parent, folder)]
    path = next((name for name in names if name.is_file()), None)
    if path is None:
        return LoadedOmitted(names[0].as_posix(), Omitted())
    file = path.as_posix()
    content, problems = read_text(path)
    tree, more = read_tree(content) if content is not None else (None, [])
    problems += more
    omitted, more = read_model(Omitted, tree, stem=path.stem) if tree is not None else (None, [])
    problems += more
    read = LoadedOmitted(file, omitted or Omitted(), findings_of(file, problems), tree)
    told = {finding.position for finding in read.findings}
    undeclared = (each for each in _undeclared(read, plan) if each.position not in told)
    return read._replace(findings=(*read.findings, *undeclared))


def _undeclared(read: LoadedOmitted, plan: Plan) -> list[Finding]:
    """Entries of sections that neither the plan nor the list declares."""
    declared = plan.model.sections | read.omitted.sections_unused
    code = CODES["undeclared-section"]
    found = []
    for category, number, omission in read.omitted.entries():
        if omission.section not in declared:
            message = text(
                'section "{section}" is not declared; declared are: {declared}',
                section=omission.section,
                declared=listing(*declared),
            )
            found.append(Finding(code, code.level, message, read.position((category, number, "in"))))
    return found

"""Plan files: from a path to the plan, its figures and every problem of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from plantrack.figures import Figure, place_figures
from plantrack.findings import Finding, Position
from plantrack.language import Text, text
from plantrack.loading.structure import read_model
from plantrack.loading.tree import MAX_CHARACTERS, Node, Problem, problem, read_tree
from plantrack.plan import Plan

if TYPE_CHECKING:
    from pathlib import Path

    from plantrack.catalogue import Catalogue


class LoadedPlan(NamedTuple):
    """A plan file as read: its model, its figures, what is wrong with it.

    `plan` is `None` where the file is no plan at all. `tree` keeps the places of everything.
    """

    file: str
    plan: Plan | None
    figures: tuple[Figure, ...]
    findings: tuple[Finding, ...]
    tree: Node | None

    def position(self, path: tuple[str | int, ...], *, key: bool = False) -> Position:
        """Where in the file the value (or the key) at `path` stands."""
        line, column = self.tree.spot_of(path, key=key) if self.tree else (1, 1)
        return Position(self.file, line, column)


def load_plan(path: Path, catalogue: Catalogue) -> LoadedPlan:
    """Read one plan file. Never raises for what a file contains: `findings` tells it all."""
    file = path.as_posix()
    content, problems = read_text(path)
    if content is None:
        return LoadedPlan(file, None, (), findings_of(file, problems), None)
    tree, more = read_tree(content)
    problems += more
    if tree is None:
        return LoadedPlan(file, None, (), findings_of(file, problems), None)
    plan, more = read_model(Plan, tree, stem=path.stem)
    problems += more
    figures: list[Figure] = []
    if plan is not None:
        figures, misfits = place_figures(plan, catalogue, lambda at: Position(file, *tree.spot_of(at)))
        problems += [
            Problem(misfit.code, tree.spot_of(misfit.path, key=misfit.at_key), misfit.message)
            for misfit in misfits
        ]
    return LoadedPlan(file, plan, tuple(figures), findings_of(file, problems), tree)


def findings_of(file: str, problems: list[Problem]) -> tuple[Finding, ...]:
    ordered = sorted(problems, key=lambda each: each.spot)
    return tuple(
        Finding(each.code, each.code.level, each.message, Position(file, *each.spot)) for each in ordered
    )


def read_text(path: Path) -> tuple[str | None, list[Problem]]:
    """The file's text; `None` with the problem where there is none to be had."""
    start = (1, 1)
    try:
        if path.exists() and not path.is_file():
            return None, [problem("unreadable-file", start, text("this is no regular file"))]
        if path.stat().st_size > MAX_CHARACTERS:
            return None, [
                problem(
                    "too-large",
                    start,
                    text(
                        "the file has more than {most} bytes: a plan file is far smaller", most=MAX_CHARACTERS
                    ),
                )
            ]
        content = path.read_bytes()
    except OSError as error:
        return None, [
            problem(
                "unreadable-file", start, text("the file cannot be read: {reason}", reason=error.strerror)
            )
        ]
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n"), []
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = (
            len(content[content.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8", "replace"))
            + 1
        )
        return None, [problem("not-utf8", (line, column), _encoding_advice(content))]


def _encoding_advice(content: bytes) -> Text:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return text("the file is UTF-16: save it as UTF-8")
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return text("the file is not UTF-8: save it as UTF-8")
    return text("the file is not UTF-8; it looks like GBK: save it as UTF-8")

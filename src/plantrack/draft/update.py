"""A draft beside a plan file that a person has gone through: confirmed rows stay, what is new is added."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from plantrack.audit.questions import confirmed
from plantrack.draft.drafting import Draft, Wish, draft_plan
from plantrack.draft.plan_text import LEFT_OVER
from plantrack.errors import PlantrackError
from plantrack.language import text
from plantrack.plan.omissions import CATEGORIES
from plantrack.reading import read_plan
from plantrack.reading.omissions_file import load_omitted
from plantrack.trace import trace_plan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plantrack.documents import Document
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.plan import Plan
    from plantrack.plan.tree import Path


@dataclass(frozen=True)
class Update:
    """A plan file brought up to date: how many rows stay and how many were dropped; no draft where nothing is new."""

    content: str
    kept: int
    dropped: int
    draft: Draft | None


def update_plan(plan: Plan, document: Document, catalogue: Catalogue) -> Update:
    """The plan file with its confirmed rows as they are, and with rows for what else the document says.

    Raises:
        PlantrackError: where the file is written in a form in which no lines can be put between others.
    """
    sure = confirmed(plan)
    trace = trace_plan(sure, document, load_omitted(plan), catalogue, unused=True)
    spans = [(each.place.start, each.place.end) for each in trace.traced if each.place is not None]
    spans += ((each.number.start, each.number.end) for each in trace.numbers if each.use in CATEGORIES)
    model = plan.model
    own = replace(catalogue, indicators={**model.own, **catalogue.indicators, **model.own})
    wish = Wish(
        int(model.base),
        int(model.target),
        model.place.zh,
        name=plan.id,
        sections={heading: key for key, heading in model.sections.items()},
        spans=spans,
    )
    rows = {each.row_id for each in plan.figures}
    kept = {each.row_id for each in sure.figures}
    try:
        draft = draft_plan(document, own, wish)
    except PlantrackError:
        draft = None
    content = _merged(plan, draft)
    problems = read_plan(content.encode(), plan.file, catalogue).errors
    if problems:
        raise PlantrackError(text("the drafted file has errors: {message}", message=problems[0].message))
    return Update(content, len(kept), len(rows) - len(kept), draft)


def _merged(plan: Plan, draft: Draft | None) -> str:
    """The lines of a plan file without rows to be confirmed, and with those of a draft in their places."""
    lines = plan.source.written.split("\n")
    end = len(lines)
    if draft is not None and LEFT_OVER in lines:
        end = lines.index(LEFT_OVER)
    added = _Added.of(draft.content if draft is not None else "")
    gone = set(_lines_to_drop(plan, added))
    behind: dict[int, list[str]] = {}
    _add_sections(plan, added, behind)
    _add_own(plan, added, behind)
    _add_rows(plan, added, behind)
    merged = []
    for number, line in enumerate(lines[:end], 1):
        merged += [] if number in gone else [line]
        merged += behind.get(number, [])
    while merged and not merged[-1].strip():
        merged.pop()
    return "\n".join([*merged, "", *added.left, ""] if added.left else [*merged, ""])


def _lines_to_drop(plan: Plan, added: _Added) -> Iterator[int]:
    """The lines of rows to be confirmed, and of indicators that have no others."""
    for name, rows in plan.model.figures.items():
        doubtful = [number for number, row in enumerate(rows) if row.confirm is not None]
        for number in doubtful:
            yield from plan.source.lines(("figures", name, number))
        if len(doubtful) == len(rows) and name not in added.rows:
            yield plan.source.position(("figures", name), key=True).line


class _Added:
    """A drafted plan file in parts: lines of sections and own indicators by key, rows by indicator, what was left."""

    def __init__(self) -> None:
        self.sections: dict[str, str] = {}
        self.own: dict[str, str] = {}
        self.rows: dict[str, list[str]] = {}
        self.left: list[str] = []

    @classmethod
    def of(cls, content: str) -> _Added:
        added, block, name = cls(), "", ""
        for line in content.split("\n"):
            if line.startswith("#"):
                added.left.append(line)
            elif line and not line.startswith(" "):
                block = line.split(":")[0]
            elif line.startswith("  - "):
                added.rows[name].append(line)
            elif line:
                name = re.match(r'\s*"?([^":]+)"?:', line)[1]  # type: ignore[index]
                if block == "figures":
                    added.rows[name] = []
                elif block in {"sections", "own"}:
                    getattr(added, block)[name] = line
        return added


def _add_sections(plan: Plan, added: _Added, behind: dict[int, list[str]]) -> None:
    new = [line for key, line in added.sections.items() if key not in plan.model.sections]
    if new:
        behind.setdefault(_last_line(plan, ("sections",)), []).extend(new)


def _add_own(plan: Plan, added: _Added, behind: dict[int, list[str]]) -> None:
    new = [line for name, line in added.own.items() if name not in plan.model.own]
    if new and plan.model.own:
        behind.setdefault(_last_line(plan, ("own",)), []).extend(new)
    elif new:
        first = plan.source.position(("figures",), key=True).line
        behind.setdefault(first - 1, []).extend(["own:", *new, ""])


def _add_rows(plan: Plan, added: _Added, behind: dict[int, list[str]]) -> None:
    """Rows behind those of their indicator; other indicators at the end, and none without rows."""
    last = _last_line(plan, ("figures",))
    for name, rows in plan.model.figures.items():
        new = added.rows.pop(name, [])
        if new or any(row.confirm is not None for row in rows):
            behind.setdefault(_last_line(plan, ("figures", name)), []).extend(new)
    for name, new in added.rows.items():
        behind.setdefault(last, []).extend([f"  {name}:", *new])


def _last_line(plan: Plan, path: Path) -> int:
    """The last line of what stands at a path, which begins on a line of its own."""
    lines = plan.source.lines(path)
    key = plan.source.position(path, key=True).line
    if lines.start <= key:
        raise PlantrackError(
            text(
                "{file}: write what stands under {key} on lines of its own, so that more can be added",
                file=plan.file,
                key=".".join(map(str, path)),
            )
        )
    return lines.stop - 1

"""A plan file as text, made of statements: in the document's order, one line a row, doubts beside their rows."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from plantrack.documents import read_outline
from plantrack.draft.names import better_of, kind_of
from plantrack.numbers.words import PERCENT, POINTS, SHARES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plantrack.documents import Document
    from plantrack.documents.outline import Heading
    from plantrack.draft.names import Known
    from plantrack.draft.period import Period
    from plantrack.draft.statements import Statement
    from plantrack.language import Text

_PLAIN = re.compile(r"[\w.%—/+\-][\w.%—/+\- ()（）“”，、。；…《》〔〕]*")
_TITLE = re.compile(r"规划|报告|方案|意见|纲要|计划|通知|专栏")


class Measured(NamedTuple):
    """An indicator of the plan: its id, and its line under `own:` where the catalogue has none."""

    id: str
    own: str


@dataclass(frozen=True)
class PlanText:
    """The text of a plan file, and the statements that each of its lines holds, counted from 1."""

    content: str
    by_line: dict[int, list[Statement]]

    def with_left(self, left: Sequence[tuple[Statement, Text]]) -> str:
        """The text with what could not be placed at the end, as comments."""
        if not left:
            return self.content
        lines = [
            f"# {each.line}: {each.name} {each.printed}: {why.say('zh')}".replace("\n", " ")
            for each, why in left
        ]
        return "\n".join(
            [self.content, "# 未能写入的数字 · not placed: line: indicator, number: reason", *lines, ""]
        )


def write_plan(
    document: Document,
    statements: Sequence[Statement],
    period: Period,
    place: str,
    known: Known,
    name: str | None,
) -> PlanText:
    """The plan file of some statements of a document."""
    sections = _sections(document, statements)
    keys = {heading: str(number) for number, heading in enumerate(dict.fromkeys(sections.values()), 1)}
    indicators = _indicators(statements, known)
    lines = [
        f"plan: {name or 'draft'}",
        f"title: {{zh: {quoted(_title(document))}}}",
        f"place: {{id: {identifier(place, set())}, zh: {quoted(place)}}}",
        f"base: {period.base}",
        f"target: {period.target}",
        "",
        "sections:",
        *(f"  {quoted(key)}: {quoted(heading)}" for heading, key in keys.items()),
        "",
    ]
    own = [each.own for each in indicators.values() if each.own]
    if own:
        lines += ["own:", *own, ""]
    lines.append("figures:")
    by_line: dict[int, list[Statement]] = {}
    rows: defaultdict[str, list[list[Statement]]] = defaultdict(list)
    for _, group in groupby(
        statements, key=lambda each: (each.line, indicators[each.name].id, each.in_table)
    ):
        some = list(group)
        rows[indicators[some[0].name].id] += list(_apart(some))
    for indicator, groups in rows.items():
        lines.append(f"  {indicator}:")
        for some in groups:
            lines.append(f"  - {_row(some, keys[sections[some[0].line]])}")
            by_line[len(lines)] = some
    return PlanText("\n".join([*lines, ""]), by_line)


def _apart(statements: Sequence[Statement]) -> Iterator[list[Statement]]:
    """Rows in which no kind has one time twice."""
    row: list[Statement] = []
    for each in statements:
        if any((other.kind, other.time) == (each.kind, each.time) for other in row):
            yield row
            row = []
        row.append(each)
    yield row


def _row(statements: Sequence[Statement], section: str) -> str:
    """One row: `{in: 1, level: {2020: 76.9亿元}}`."""
    kinds: defaultdict[str, list[str]] = defaultdict(list)
    for each in statements:
        kinds[each.kind].append(f"{each.time}: {quoted(numeral(each))}")
    parts = [f"in: {quoted(section)}", *(f"{kind}: {{{', '.join(said)}}}" for kind, said in kinds.items())]
    if any(each.binding for each in statements):
        parts.append("binding: true")
    doubts = dict.fromkeys(each.doubt.say("zh") for each in statements if each.doubt is not None)
    if doubts:
        parts.append(f"confirm: {quoted('；'.join(doubts))}")
    return f"{{{', '.join(parts)}}}"


def numeral(statement: Statement) -> str:
    """The numeral as a plan file writes it: without blanks, in a table with the unit of its column."""
    printed = re.sub(r"\s", "", statement.printed)
    bare = re.fullmatch(r"[^0-9]*[0-9.,]+[\])〕】]?[^0-9\w%‰]*", printed)
    if not statement.in_table or bare is None or statement.kind in {"rank", "growth", "total_growth"}:
        return printed
    return printed


def _title(document: Document) -> str:
    lines = [line.strip() for line in document.lines[:30] if line.strip()]
    found = next(
        (line for line in lines if _TITLE.search(line) and len(line) < 60), lines[0] if lines else ""
    )
    return re.sub(r"^来源[:：]\s*", "", found)[:100] or "规划"


def _sections(document: Document, statements: Sequence[Statement]) -> dict[int, str]:
    """For each line of a statement the heading above it, with the headings that this one stands under."""
    headings = read_outline(document).headings
    found: dict[int, str] = {}
    path: list[Heading] = []
    at = 0
    for line in sorted({each.line for each in statements}):
        while at < len(headings) and headings[at].line < line:
            rank = headings[at].rank
            path = [each for each in path if each.rank < rank] + [headings[at]]
            at += 1
        said = " ".join(_heading(document, each.line) for each in path[-2:])
        found[line] = said or _title(document)
    return found


def _heading(document: Document, line: int) -> str:
    """A heading as it is printed, no further than its title."""
    return re.split(r"[。：:；;]", document.lines[line].strip())[0][:40]


def _indicators(statements: Sequence[Statement], known: Known) -> dict[str, Measured]:
    """Each name that statements use -> its indicator; an own one where the catalogue has none that fits."""
    found: dict[str, Measured] = {}
    taken: set[str] = set()
    for each in statements:
        if each.name in found:
            continue
        listed = known.find(each.name)
        if listed is not None:
            found[each.name] = Measured(listed[0], "")
            continue
        levels = [
            other for other in statements if other.name == each.name and other.kind in {"level", "change"}
        ]
        unit = next((other.unit for other in levels if other.unit and other.unit not in POINTS), None)
        if unit is None:
            unit = PERCENT if any(other.unit in SHARES for other in levels) else ""
        name = identifier(each.name, taken)
        kind = kind_of(each.name, unit)
        entry = f"zh: {quoted(each.name)}, unit: {quoted(unit)}, kind: {kind}, better: {better_of(each.name)}"
        found[each.name] = Measured(name, f"  {name}: {{{entry}}}")
    return found


def identifier(name: str, taken: set[str]) -> str:
    """An id made of a name's sounds, unlike those taken.

    Raises:
        PlantrackError: where the library for that is missing.
    """
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - an extra

    sounds = "_".join(lazy_pinyin(re.sub(r"[^\w]", "", name)))
    stem = re.sub(r"[^a-z0-9_]+", "", sounds.lower()).strip("_")[:50] or "it"
    stem = stem if stem[0].isalpha() else f"n_{stem}"
    made, number = stem, 2
    while made in taken:
        made, number = f"{stem}_{number}", number + 1
    taken.add(made)
    return made


def quoted(said: str) -> str:
    """A text as YAML reads it back."""
    is_plain = _PLAIN.fullmatch(said) is not None and not re.fullmatch(
        r"[-—~].*|null|true|false|yes|no", said, re.IGNORECASE
    )
    return said if is_plain and said == said.strip() else json.dumps(said, ensure_ascii=False)

"""The data dictionary of the plan file as Markdown, from the same models as its schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plantrack.formats.schema import plan_schema
from plantrack.language import text
from plantrack.numbers.words import FORMS
from plantrack.plan.model import DIRECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plantrack.language import Text
    from plantrack.plan.catalogue import Catalogue

Document = dict[str, Any]
EXAMPLE = """\
# yaml-language-server: $schema=../plan.schema.json
plan: example
title: {zh: 示例市金融发展规划, en: Example Financial Plan}
place: {id: zhaoqing, zh: 肇庆市, en: Zhaoqing}
base: 2020
target: 2025

sections:
  goals: 第三章 具体目标
  table: 第三章 主要预期性指标表

figures:
  premium:
  - {in: goals, level: {2025: 115亿元以上}}
  - {in: table, level: {2020: 76.91, 2025: 115}, growth: {2020->2025: 8.50%}}
  npl_ratio:
  - {in: table, level: {2020: 0.94, 2025: {below: npl_ratio@guangdong}}}

waivers:
- code: PT301
  figures: {premium/level/2020/table: 76.91, premium/level/2025/table: 115, premium/growth/2020->2025/table: 8.50%}
  reason: 目标取整，已与编制单位核对
  date: 2026-11-24
"""
PARTS = (
    "Named",
    "Place",
    "OtherPlace",
    "OwnUnit",
    "Moment",
    "Indicator",
    "Band",
    "Row",
    "Comparison",
    "Unmeasured",
    "WaiverEntry",
)
"""The mappings inside a plan file, in the order they are told."""
WRITTEN_BY = text("This page is written by `plantrack schema -f markdown`; change the models, not the page.")
TIMES = text(
    "A time is a year (`2020`), a month (`2017-09`), a quarter (`2017-Q3`), months (`2017-01/2017-06`), a span "
    "of whole years (`2016/2020`) or a declared moment; `a->b` leads from the time compared with to the time meant."
)
NUMERALS = text(
    "A numeral is copied as printed, for example {forms}.", forms=", ".join(f"`{form}`" for form in FORMS)
)
VALUES = text(
    "A value is a numeral, a direction ({directions}) or a comparison, or a list of comparisons.",
    directions=", ".join(f"`{each}`" for each in DIRECTIONS),
)
WAIVED = text(
    "A waiver names every figure its finding is about, with the text that was judged, and holds until one of "
    "them reads otherwise. Ids are those of `check -f json` without the plan's own prefix; a figure of "
    "another plan keeps its plan's. Without figures, `keys` names the key of this file. `--draft-waivers` "
    "prints waivers to paste; the reason is yours to write."
)


def dictionary_page(catalogue: Catalogue) -> str:
    """The whole page."""
    return "\n".join(_lines(plan_schema(catalogue), catalogue)) + "\n"


def _lines(schema: Document, catalogue: Catalogue) -> Iterator[str]:
    yield "# 规划文件 · The plan file"
    yield from _paragraphs(WRITTEN_BY)
    yield from ("", "```yaml", *EXAMPLE.splitlines(), "```")
    yield from _paragraphs(TIMES, VALUES, NUMERALS)
    yield from _table("plan", schema)
    for name in PARTS:
        yield from _table(name, schema["$defs"][name])
    yield from _paragraphs(WAIVED)
    yield from _indicators(catalogue)


def _paragraphs(*sentences: Text) -> Iterator[str]:
    """Each in Chinese, then in English."""
    for language in ("zh", "en"):
        for sentence in sentences:
            yield from ("", sentence.say(language))


def _table(name: str, part: Document) -> Iterator[str]:
    """The keys of one mapping: whether they must be there, their form, what they mean."""
    yield from ("", f"## `{name}`", "", part["description"], "")
    yield "| key · 键 | | form · 形式 | meaning · 含义 |"
    yield "|---|---|---|---|"
    for key, each in part["properties"].items():
        must = "✓" if key in part.get("required", ()) else ""
        yield f"| `{key}` | {must} | {_form(each)} | {_cell(each.get('description', ''))} |"


def _form(part: Document) -> str:
    """The form of a value, in few words."""
    if "$ref" in part:
        return f"`{part['$ref'].rpartition('/')[2]}`"
    if "enum" in part:
        few = [each for each in part["enum"] if isinstance(each, str)]
        return ", ".join(f"`{each}`" for each in few) if len(few) < MANY else "text"
    if "anyOf" in part:
        return " / ".join(dict.fromkeys(_form(each) for each in part["anyOf"]))
    if part.get("type") == "array":
        return f"[{_form(part['items'])}]"
    if part.get("type") == "object":
        inner = part.get("additionalProperties") or next(iter(part["patternProperties"].values()))
        return f"{{…: {_form(inner)}}}"
    return "text"


MANY = 6
"""So many allowed words are not listed in a cell."""


def _indicators(catalogue: Catalogue) -> Iterator[str]:
    """The indicators that plans share."""
    yield from (
        "",
        "## 指标目录 · Catalogue",
        "",
        "| id | 名称 | name | unit · 单位 | kind | 也写作 · also written |",
        "|---|---|---|---|---|---|",
    )
    for name, each in catalogue.indicators.items():
        yield f"| `{name}` | {each.zh} | {each.en} | {each.unit} | {each.kind} | {'、'.join(each.aliases)} |"


def _cell(said: str) -> str:
    return said.replace("|", "\\|")

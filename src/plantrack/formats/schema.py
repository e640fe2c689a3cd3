"""The plan file described: as JSON Schema, for editors and other validators, and as a dictionary in Markdown.

It is made from the models that read plan files, and from the catalogue: indicators, units and
places are offered by name. Editors type YAML before they look at a schema, while plantrack reads
every scalar as text; therefore numbers are allowed wherever text is meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic.json_schema import GenerateJsonSchema

from plantrack.findings import CODES
from plantrack.language import text
from plantrack.numbers.times import SPAN_FORM, STEP_FORM, TIME_FORM, YEARS_FORM
from plantrack.numbers.words import FORMS, PERCENT, UNITS_SHOWN, as_fall
from plantrack.plan.model import DIRECTIONS, FIGURE_KINDS, PlanModel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic_core import core_schema

    from plantrack.language import Language, Text
    from plantrack.plan.catalogue import Catalogue

Document = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
TIME_FORMS = {
    "level": TIME_FORM,
    "each_year": SPAN_FORM,
    "rank": f"{TIME_FORM}|{STEP_FORM}",
    "strive": f"{TIME_FORM}|{STEP_FORM}",
    "growth": YEARS_FORM,
    "annual_change": YEARS_FORM,
}
"""Kind of figure -> the form of its times; a step for all others."""
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
    "Named", "Place", "OtherPlace", "OwnUnit", "Moment", "Indicator", "Band", "Row", "Comparison", "Assigned",
    "Unmeasured", "WaiverEntry",
)  # fmt: skip
"""The mappings inside a plan file, in the order they are told."""
MANY = 6
"""So many allowed words are not listed in a cell."""
WRITTEN_BY = text("This page is written by `plantrack schema -f markdown`; change the models, not the page.")
TIMES = text(
    "A time is a year (`2020`), a month (`2017-09`), a quarter (`2017-Q3`), months (`2017-01/2017-06`), a span "
    "of whole years (`2016/2020`) or a declared moment; `a->b` leads from the time compared with to the time meant."
)
NUMERALS = text(
    "A numeral is copied as printed, for example {forms}.", forms=", ".join(f"`{form}`" for form in FORMS)
)
VALUES = text(
    "A value is a numeral, a direction ({directions}), a comparison or a list of comparisons, or who assigns it "
    "(`assigned`).",
    directions=", ".join(f"`{each}`" for each in DIRECTIONS),
)
WAIVED = text(
    "A waiver names every figure its finding is about, with the text that was judged, and holds until one of "
    "them reads otherwise. Ids are those of `check -f json` without the plan's own prefix; a figure of "
    "another plan keeps its plan's. Without figures, `keys` names the key of this file. `--draft-waivers` "
    "prints waivers to paste; the reason is yours to write."
)
VALUE = text("a numeral as printed, a direction, a comparison, or who assigns it")


_IN = "{in: ${1:table}, "
ROW_SNIPPETS = (
    (text("base and target"), _IN + "level: {${2:2020}: ${3:100}, ${4:2025}: ${5:150}}}"),
    (
        text("base, target and average growth"),
        _IN + "level: {${2:2020}: ${3:100}, ${4:2025}: ${5:150}}, growth: {${2}->${4}: ${6:8%}}}",
    ),
    (text("total over the period"), _IN + "level: {${2:2021}/${3:2025}: ${4:300}}}"),
    (
        text("fall over the period"),
        _IN + "total_growth: {${2:2020}->${3:2025}: ${4:" + as_fall("13.5%", PERCENT) + "}}}",
    ),
    (text("change over the period"), _IN + "change: {${2:2020}->${3:2025}: ${4:2.12}}}"),
)
INDICATOR = text("an indicator with a row")
OWN = text("an indicator of this plan alone")
INDICATOR_SNIPPET = "${1:保费收入}:\n- {in: ${2:table}, level: {${3:2020}: ${4:100}, ${5:2025}: ${6:150}}}"
OWN_SNIPPET = "{zh: ${2:名称}, unit: ${3:" + UNITS_SHOWN[0] + "}, kind: ${4:stock}, better: ${5:up}}"
"""What editors offer for a row, an indicator with a row, and an own indicator: what it is for, and its text."""


class _TypedYaml(GenerateJsonSchema):
    """The models' schema for YAML that was typed: no nulls, numbers where text is meant."""

    def str_schema(self, schema: core_schema.StringSchema) -> Document:
        return super().str_schema(schema) | {"type": ["string", "number", "boolean"]}

    def literal_schema(self, schema: core_schema.LiteralSchema) -> Document:
        allowed = schema["expected"]
        return {"enum": [*allowed, *(each == "true" for each in allowed if each in {"true", "false"})]}

    def nullable_schema(self, schema: core_schema.NullableSchema | core_schema.WithDefaultSchema) -> Document:
        return self.generate_inner(schema["schema"])

    default_schema = nullable_schema

    def dict_schema(self, schema: core_schema.DictSchema) -> Document:
        made = super().dict_schema(schema)
        return made | {"additionalProperties": False} if "patternProperties" in made else made

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002 - pydantic's signature
        return False


def plan_schema(catalogue: Catalogue) -> Document:
    made = PlanModel.model_json_schema(by_alias=True, schema_generator=_TypedYaml)
    definitions = made["$defs"]
    _add_forms(definitions)
    _add_names(made, catalogue)
    for part in (made, *definitions.values()):
        part.pop("title")
        for each in (part, *part["properties"].values()):
            if "description" in each:
                said = text(each["description"])
                each["description"] = f"{said.say('en')} · {said.say('zh')}"
    return {"$schema": DIALECT, "title": "plantrack: plan file · 规划文件", **made}


def _add_forms(definitions: Document) -> None:
    """What the models check by function: values, times, one operator, at least one figure."""
    operators = [key for key in definitions["Comparison"]["properties"] if key != "by"]
    definitions["Comparison"]["oneOf"] = [{"required": [key]} for key in operators]
    comparison = {"$ref": "#/$defs/Comparison"}
    definitions["Value"] = {
        "description": VALUE.template,
        "anyOf": [
            {"type": ["string", "number"]},
            comparison,
            {"$ref": "#/$defs/Assigned"},
            {"type": "array", "items": comparison, "minItems": 1},
        ],
        "properties": {},
        "title": "Value",
    }
    row = definitions["Row"]
    for kind in FIGURE_KINDS:
        row["properties"][kind] = {
            "description": row["properties"][kind]["description"],
            "type": "object",
            "patternProperties": {TIME_FORMS.get(kind, STEP_FORM): {"$ref": "#/$defs/Value"}},
            "additionalProperties": False,
        }
    row["anyOf"] = [{"required": [kind]} for kind in FIGURE_KINDS]
    row["defaultSnippets"] = [_snippet(*each) for each in ROW_SNIPPETS]
    definitions["Indicator"]["defaultSnippets"] = [_snippet(OWN, OWN_SNIPPET)]
    waiver = definitions["WaiverEntry"]
    waiver["anyOf"] = [{"required": [key]} for key in ("figures", "keys")]
    waiver["properties"]["date"] |= {"pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
    waiver["properties"]["reason"] |= {"minLength": 1}


def _snippet(label: Text, body: str) -> Document:
    """What an editor offers to write, with places to fill in."""
    return {"label": f"{label.say('zh')} · {label.say('en')}", "body": body}


def _add_names(made: Document, catalogue: Catalogue) -> None:
    """Units, places, codes and indicators by name: an editor offers them."""
    definitions = made["$defs"]
    unit = definitions["Indicator"]["properties"]["unit"]
    unit["anyOf"] = [{"enum": catalogue.units.offered}, {"type": unit.pop("type")}]
    place = definitions["Place"]["properties"]["id"]
    place["anyOf"] = [{"enum": list(catalogue.places)}, {"pattern": place.pop("pattern")}]
    for form in definitions["Row"]["properties"]["place"]["anyOf"]:
        name = form.get("items", form)
        name["anyOf"] = [{"enum": list(catalogue.places)}, {"type": name.pop("type")}]
    codes = [each for code in CODES.values() for each in (code.code, code.name)]
    definitions["WaiverEntry"]["properties"]["code"] |= {"enum": codes}
    figures = made["properties"]["figures"]
    rows = figures["additionalProperties"] | {"minItems": 1}
    figures["minProperties"] = 1
    figures["defaultSnippets"] = [_snippet(INDICATOR, INDICATOR_SNIPPET)]
    made["properties"]["own"]["defaultSnippets"] = [_snippet(OWN, f"${{1:name_in_letters}}: {OWN_SNIPPET}")]
    _by_name(made["properties"]["own"], definitions["Indicator"])
    figures["properties"] = {
        name: {"description": f"{each.en} · {each.zh}（{each.unit}）", **rows}
        for name, each in catalogue.indicators.items()
    }
    figures["additionalProperties"] = rows


def _by_name(own: Document, indicator: Document) -> None:
    """An indicator under a Chinese name needs no other."""
    indicator["required"] = [key for key in indicator["required"] if key != "zh"]
    (form, described), *_ = own["patternProperties"].items()
    own["patternProperties"] = {form: {"allOf": [described, {"required": ["zh"]}]}, NOT_ASCII: described}


NOT_ASCII = r"[^\x00-\x7F]"


def dictionary_page(catalogue: Catalogue, language: Language) -> str:
    return "\n".join(_lines(plan_schema(catalogue), catalogue, language)) + "\n"


def _lines(schema: Document, catalogue: Catalogue, language: Language) -> Iterator[str]:
    yield f"# {text('The plan file').say(language)}"
    yield from ("", WRITTEN_BY.say(language))
    yield from ("", "```yaml", *EXAMPLE.splitlines(), "```")
    for sentence in (TIMES, VALUES, NUMERALS):
        yield from ("", sentence.say(language))
    for name in ("plan", *PARTS):
        yield from _table(name, schema["$defs"].get(name, schema), language)
    yield from ("", WAIVED.say(language))
    yield from ("", f"## {text('Catalogue of indicators').say(language)}", "")
    headings = (text("id"), text("name"), text("unit"), text("kind"), text("also written"))
    yield from (_row(*(each.say(language) for each in headings)), "|---|---|---|---|---|")
    for name, each in catalogue.indicators.items():
        shown = f"{each.en} ({each.zh})" if language == "en" else each.zh
        yield _row(f"`{name}`", shown, each.unit, each.kind, "、".join(each.aliases))


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _in(language: Language, description: str) -> str:
    """The half of a description that is in this language."""
    english, _, chinese = description.partition(" · ")
    return (chinese or english) if language == "zh" else english


def _table(name: str, part: Document, language: Language) -> Iterator[str]:
    yield from ("", f"## `{name}`", "", _in(language, part["description"]), "")
    headings = (text("key"), text("required"), text("form"), text("meaning"))
    yield from (_row(*(each.say(language) for each in headings)), "|---|---|---|---|")
    for key, each in part["properties"].items():
        must = "✓" if key in part.get("required", ()) else ""
        meaning = _in(language, each.get("description", "")).replace("|", "\\|")
        yield _row(f"`{key}`", must, _form(each), meaning)


def _form(part: Document) -> str:
    if "allOf" in part:
        return _form(part["allOf"][0])
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

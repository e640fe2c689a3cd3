"""The JSON Schema of the plan file, for editors and for validators that know no plantrack.

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
from plantrack.plan.model import FIGURE_KINDS, PlanModel

if TYPE_CHECKING:
    from pydantic_core import core_schema

    from plantrack.plan.catalogue import Catalogue

Document = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
TIMES = {
    "level": TIME_FORM,
    "each_year": SPAN_FORM,
    "rank": f"{TIME_FORM}|{STEP_FORM}",
    "growth": YEARS_FORM,
    "annual_change": YEARS_FORM,
}
"""Kind of figure -> the form of its times; a step for all others."""

VALUE = text("a numeral as printed, a direction, or a comparison")


class _TypedYaml(GenerateJsonSchema):
    """The models' schema for YAML that was typed: no nulls, numbers where text is meant."""

    def str_schema(self, schema: core_schema.StringSchema) -> Document:
        return super().str_schema(schema) | {"type": ["string", "number", "boolean"]}

    def literal_schema(self, schema: core_schema.LiteralSchema) -> Document:
        allowed = schema["expected"]
        return {"enum": [*allowed, *(each == "true" for each in allowed if each in {"true", "false"})]}

    def nullable_schema(self, schema: core_schema.NullableSchema) -> Document:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> Document:
        return self.generate_inner(schema["schema"])

    def dict_schema(self, schema: core_schema.DictSchema) -> Document:
        made = super().dict_schema(schema)
        return made | {"additionalProperties": False} if "patternProperties" in made else made

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002 - pydantic's signature
        return False


def plan_schema(catalogue: Catalogue) -> Document:
    """The schema as JSON data, its descriptions in both languages."""
    made = PlanModel.model_json_schema(by_alias=True, schema_generator=_TypedYaml)
    definitions = made["$defs"]
    _add_forms(definitions)
    _add_names(made, catalogue)
    for part in (made, *definitions.values()):
        part.pop("title")
        for each in (part, *part["properties"].values()):
            if "description" in each:
                each["description"] = bilingual(each["description"])
    _describe_indicators(made, catalogue)
    return {"$schema": DIALECT, "title": "plantrack: plan file · 规划文件", **made}


def bilingual(description: str) -> str:
    """What a key means, in English and Chinese."""
    said = text(description)
    return f"{said.say('en')} · {said.say('zh')}"


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
            "propertyNames": {"pattern": TIMES.get(kind, STEP_FORM)},
            "additionalProperties": {"$ref": "#/$defs/Value"},
        }
    row["anyOf"] = [{"required": [kind]} for kind in FIGURE_KINDS]
    waiver = definitions["WaiverEntry"]
    waiver["anyOf"] = [{"required": [key]} for key in ("figures", "keys")]
    waiver["properties"]["date"] |= {"pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
    waiver["properties"]["reason"] |= {"minLength": 1}


def _add_names(made: Document, catalogue: Catalogue) -> None:
    """Units, places and codes by name: an editor offers them."""
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


def _describe_indicators(made: Document, catalogue: Catalogue) -> None:
    """The catalogue's indicators under `figures:`, each with its names and unit; any other has rows, too."""
    figures = made["properties"]["figures"]
    rows = figures["additionalProperties"] | {"minItems": 1}
    figures["minProperties"] = 1
    figures["properties"] = {
        name: {"description": f"{each.en} · {each.zh}（{each.unit}）", **rows}
        for name, each in catalogue.indicators.items()
    }
    figures["additionalProperties"] = rows

"""From a tree to a pydantic model, with every structural problem at its place.

What does not fit is reported and set aside, so that the rest of the file is still read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from plantrack.language import Text, Words, listing, shortened, text
from plantrack.plan.catalogue import nearest
from plantrack.plan.mistyped import mistyped_year
from plantrack.plan.model import FORMS_OF_A_VALUE, OPERATORS, PLAN_NAME
from plantrack.reading.problems import Problem, problem
from plantrack.reading.setting_aside import fields_at, set_aside, stand_in
from plantrack.reading.syntax import wide_colon

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from plantrack.plan.tree import Node, Path

_M = TypeVar("_M", bound=BaseModel)

MAX_ROUNDS = 20
"""How often what does not fit is set aside before giving up."""


def read_model(model: type[_M], tree: Node, *, stem: str) -> tuple[_M | None, list[Problem]]:
    """The model that the tree writes; `None` where it is not even a mapping."""
    if not isinstance(tree.value, dict):
        return None, [wide_colon(tree.value, tree.spot) or problem("wrong-type", tree.spot, _NO_MAPPING)]
    data: Any = tree.plain()
    problems: list[Problem] = []
    for _ in range(MAX_ROUNDS):
        try:
            return model.model_validate(data), problems
        except ValidationError as error:
            details = _told_once(error.errors(include_url=False), data)
        # All of it is told the first time; later on, only what setting aside has left incomplete.
        problems = problems or [_problem(model, tree, each) for each in details]
        unfit = {path: stand_in(model, path) for path in map(_data_path, details)}
        if ("plan",) in unfit and PLAN_NAME.fullmatch(stem):
            unfit["plan",] = stem
        set_aside(data, tree, unfit)
    return None, problems


def _told_once(details: list[ErrorDetails], data: Any) -> list[ErrorDetails]:  # noqa: ANN401 - plain data
    """Each problem once, at its path.

    Where a value may take several forms, pydantic tells what is wrong with each: the one that was
    followed deepest is meant, and one that fits in kind before others.
    """
    fitting_last = sorted(details, key=lambda error: not error["type"].endswith("_type"))
    told: dict[Path, ErrorDetails] = {}
    for error in fitting_last:
        path = _path_in(data, error["loc"])
        if path in told and {error["type"], told[path]["type"]} == {"string_type", "list_type"}:
            error["type"] = "text_or_list"
        told[path] = error
    outdone = {path[:end] for path in told for end in range(len(path)) if "[key]" not in path}
    return [{**error, "loc": path} for path, error in told.items() if path not in outdone]


def _path_in(data: Any, steps: tuple[int | str, ...]) -> Path:  # noqa: ANN401 - plain data
    """The steps that lead through the data, without the names of forms in between."""
    path: list[int | str] = []
    for step in steps:
        inside = data if isinstance(data, dict) else range(len(data) if isinstance(data, list) else 0)
        if step in inside or not re.fullmatch(_FORM, str(step)):
            path.append(step)
            data = data[step] if step in inside else None
    return tuple(path)


_FORM = rf"str|constrained-str|list\[.*\]|{'|'.join(FORMS_OF_A_VALUE)}"


def _data_path(error: ErrorDetails) -> Path:
    return tuple(step for step in error["loc"] if step != "[key]")


_NO_MAPPING = text("a plan file is a mapping that begins with `plan: <id>`")


# -- messages ------------------------------------------------------------------------------------


def _problem(model: type[BaseModel], tree: Node, error: ErrorDetails) -> Problem:
    path, kind, found = _data_path(error), error["type"], error["input"]
    about = "/".join(map(str, path))
    is_key = kind == "extra_forbidden" or "[key]" in error["loc"]
    spot = tree.spot_of(path, key=is_key)
    written = str(path[-1]) if is_key else found if kind in _MAPPINGS else None
    if (wide := wide_colon(written, spot, about)) is not None:
        return wide
    if kind == "missing":
        return problem("missing-key", spot, text("the key `{key}` is missing", key=path[-1]), about)
    if kind == "extra_forbidden":
        key, known = str(path[-1]), fields_at(model, path[:-1])
        message = text('unknown key "{key}"; known here: {known}', key=key, known=listing(*known))
        if len(path) == 1 and isinstance(error["input"], list) and "figures" in known:
            message = text(
                'unknown key "{key}"; rows of an indicator stand under `figures:`, 2 blanks in', key=key
            )
        elif guesses := nearest(key, known):
            message = text('unknown key "{key}"; did you mean {guesses}?', key=key, guesses=listing(*guesses))
        return problem("unknown-key", spot, message, about)
    name = "wrong-type" if kind in _EXPECTED else "invalid-value"
    return problem(name, spot, _message(error, _named(path)), about)


def _named(path: Path) -> Words:
    """What stands at `path`: `` `level` ``, or for what has no key the second entry of `place`."""
    if path and isinstance(path[-1], int):
        key = next((step for step in reversed(path) if isinstance(step, str)), "")
        number = path[-1] + 1
        return Words(f"`{key}` 的第 {number} 项", f"entry {number} of `{key}`")
    name = f"`{shortened(str(path[-1]))}`" if path else ""
    return Words(name, name)


def _message(error: ErrorDetails, what: Words) -> Text:
    kind, found, context = error["type"], _shown(error["input"]), error.get("ctx", {})
    if kind in {"string_too_short", "too_short"} or (error["input"] == "" and "pattern" in context):
        return text("{what} must not be empty", what=what)
    if (numeral := _in_a_list(error["input"])) is not None and kind == "value_type":
        return text(
            '{what}: [{numeral}] is a list; brackets that are printed stand in quotes: "[{numeral}]"',
            what=what,
            numeral=numeral,
        )
    if kind in _EXPECTED or kind == "value_type":
        expected = _EXPECTED.get(kind, _VALUE)
        return text("{what} must be {expected}, found {found}", what=what, expected=expected, found=found)
    if kind == "literal_error":
        allowed = listing(*re.findall(r"'([^']*)'", context["expected"]))
        return text(
            "{what} must be exactly one of {allowed}, found {found}", what=what, allowed=allowed, found=found
        )
    if kind == "comparison":
        known = listing(*OPERATORS)
        if error["msg"] == "0":
            return text("{what} is compared with nothing: give it one of {known}", what=what, known=known)
        return text("{what} is compared in several ways: keep one, or write a list of comparisons", what=what)
    if kind == "string_pattern_mismatch":
        return _misshapen(what, error["input"], context["pattern"])
    if kind == "string_too_long":
        return text("{what} is longer than {most} characters", what=what, most=context["max_length"])
    return text("{what}: {problem}", what=what, problem=error["msg"])


def _misshapen(what: Words, found: object, pattern: str) -> Text:
    """What is wrong with a text that has not the form it should have."""
    if pattern in _YEARS and (year := mistyped_year(str(found))) is not None:
        return text("{what}: {problem}", what=what, problem=year)
    if pattern == _ID and not str(found).isascii():
        return text(
            "{what}: write an id of small letters, digits and underscores; the Chinese name stands under `zh:`",
            what=what,
        )
    form = _FORMS.get(pattern, pattern)
    return text("{what}: {found} is not of the form {form}", what=what, found=_shown(found), form=form)


def _in_a_list(found: object) -> str | None:
    """The one numeral that stands in a list where a value is meant: [13.5]."""
    if not (isinstance(found, list) and len(found) == 1 and isinstance(found[0], str)):
        return None
    return shortened(found[0]) if any(map(str.isdigit, found[0])) else None


_MAPPINGS = ("dict_type", "model_type", "model_attributes_type")
_MAPPING = Words("映射（键: 值）", "a mapping (key: value)")
_VALUE = Words("数字、方向或比较", "a numeral, a direction or a comparison")
_EXPECTED = {
    **dict.fromkeys(_MAPPINGS, _MAPPING),
    "list_type": Words("列表（每项以“- ”开头）", "a list (each entry begins with `- `)"),
    "string_type": Words("文字", "text"),
    "text_or_list": Words("文字或列表", "text or a list"),
}

_ID = r"^[a-z][a-z0-9_]{0,60}$"
_YEARS = {r"^(19|20|21)[0-9]{2}$"}
_FORMS = {
    _ID: Words("小写字母、数字和下划线", "small letters, digits and underscores"),
    r"^[a-z0-9][a-z0-9-]{0,60}$": Words("小写字母、数字和连字符", "small letters, digits and hyphens"),
    r"^(current|constant|(19|20|21)[0-9]{2})$": Words(
        " current、constant 或四位年份", "current, constant or a year of four digits"
    ),
    r"^(19|20|21)[0-9]{2}$": Words("四位年份，如 2020", "a year of four digits, as 2020"),
    r"^[^\s0-9/.,—]{1,8}$": Words(
        "一个词（最多八个字，不含数字、空格和“/”）",
        "one word (eight letters at most, no digits, no blanks, no `/`)",
    ),
    r"^[0-9]{6}$": Words("六位行政区划代码", "a division code of six digits"),
    r"^[0-9]{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?$": Words(
        " YYYY-MM-DD 或 YYYY-MM", "YYYY-MM-DD or YYYY-MM"
    ),
}


def _shown(value: object) -> object:
    if isinstance(value, dict):
        return Words("映射", "a mapping")
    if isinstance(value, list):
        return Words("列表", "a list")
    if value == "":
        return Words("空", "nothing")
    found = shortened(str(value))
    return Words(f"“{found}”", f'"{found}"')

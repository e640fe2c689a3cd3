"""From a tree to a pydantic model, with every structural problem at its place.

What does not fit is reported and set aside, so that the rest of the file is still read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from plantrack.catalogue import nearest
from plantrack.language import Text, Words, listing, shortened, text
from plantrack.loading.problems import Problem, problem
from plantrack.loading.syntax import FULL_WIDTH_COLON

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from plantrack.loading.tree import Node, Path

_M = TypeVar("_M", bound=BaseModel)

MAX_ROUNDS = 200
"""How often what does not fit is set aside before giving up; each round removes some of it."""


def read_model(model: type[_M], tree: Node, *, stem: str) -> tuple[_M | None, list[Problem]]:
    """The model that the tree writes; `None` where it is not even a mapping."""
    if not isinstance(tree.value, dict):
        return None, [_no_mapping(tree)]
    data: Any = tree.plain()
    problems: list[Problem] = []
    for _ in range(MAX_ROUNDS):
        try:
            return model.model_validate(data), problems
        except ValidationError as error:
            details = _told_once(error.errors(include_url=False), data)
        problems += [_problem(model, tree, each) for each in details]
        _set_aside(data, tree, details, {"plan": stem, **_STAND_INS})
    return None, problems


def _told_once(details: list[ErrorDetails], data: Any) -> list[ErrorDetails]:  # noqa: ANN401 - plain data
    """Each problem once, at its path.

    Where a value may take several forms, pydantic tells what is wrong with each: the one that was
    followed deepest is meant, and one that fits in kind before others.
    """
    fitting_last = sorted(details, key=lambda error: not error["type"].endswith("_type"))
    told = {_path_in(data, error["loc"]): error for error in fitting_last}
    outdone = {path[:end] for path in told for end in range(len(path)) if "[key]" not in path}
    return [{**error, "loc": path} for path, error in told.items() if path not in outdone]


def _path_in(data: Any, steps: tuple[int | str, ...]) -> Path:  # noqa: ANN401 - plain data
    """The steps that lead through the data, without the names of forms in between."""
    path: list[int | str] = []
    for step in steps:
        is_inside = (
            step in data if isinstance(data, dict) else isinstance(data, list) and step in range(len(data))
        )
        if not is_inside and _FORM.fullmatch(str(step)):
            continue
        path.append(step)
        data = data[step] if is_inside else None
    return tuple(path)


_FORM = re.compile(r"str|constrained-str|list\[.*\]")


def _no_mapping(tree: Node) -> Problem:
    if isinstance(tree.value, str) and "：" in tree.value:
        return problem("full-width-colon", tree.spot, FULL_WIDTH_COLON)
    return problem("wrong-type", tree.spot, text("a plan file is a mapping that begins with `plan: <id>`"))


# -- messages ------------------------------------------------------------------------------------


def _problem(model: type[BaseModel], tree: Node, error: ErrorDetails) -> Problem:
    path = tuple(step for step in error["loc"] if step != "[key]")
    name, message = _message(model, error, path)
    at_key = name in {"unknown-key", "full-width-colon"} or "[key]" in error["loc"]
    return problem(name, tree.spot_of(path, key=at_key), message, "/".join(map(str, path)))


def _message(model: type[BaseModel], error: ErrorDetails, path: Path) -> tuple[str, Text]:
    kind, found = error["type"], _shown(error["input"])
    last = str(path[-1]) if path else ""
    if kind == "missing":
        return "missing-key", text("the key `{key}` is missing", key=last)
    if kind == "extra_forbidden":
        return _unknown_key(model, path)
    if kind in _EXPECTED:
        if isinstance(error["input"], str) and "：" in error["input"]:
            return "full-width-colon", FULL_WIDTH_COLON
        return "wrong-type", text(
            "`{key}` must be {expected}, found {found}", key=last, expected=_EXPECTED[kind], found=found
        )
    if kind in {"literal_error", "comparison", "value_type"}:
        expected = error.get("ctx", {}).get("expected", "") if kind == "literal_error" else error["msg"]
        allowed = listing(*re.findall(r"'([^']*)'", expected)) if "'" in expected else expected
        return "invalid-value", text(
            "`{key}` must be exactly one of {allowed}, found {found}", key=last, allowed=allowed, found=found
        )
    if kind == "string_pattern_mismatch":
        return "invalid-value", text(
            "`{key}`: {found} is not of the form {pattern}",
            key=last,
            found=found,
            pattern=_form(error["ctx"]["pattern"]),
        )
    if kind in {"string_too_short", "too_short"}:
        return "invalid-value", text("`{key}` must not be empty", key=last)
    if kind == "string_too_long":
        return "invalid-value", text(
            "`{key}` is longer than {most} characters", key=last, most=error["ctx"]["max_length"]
        )
    return "invalid-value", text("`{key}`: {problem}", key=last, problem=error["msg"])


_EXPECTED = {
    "dict_type": Words("映射（键: 值）", "a mapping (key: value)"),
    "model_type": Words("映射（键: 值）", "a mapping (key: value)"),
    "model_attributes_type": Words("映射（键: 值）", "a mapping (key: value)"),
    "list_type": Words("列表（每项以“- ”开头）", "a list (each entry begins with `- `)"),
    "string_type": Words("文字", "text"),
}

_FORMS = {
    r"^[a-z][a-z0-9_]{0,60}$": Words("小写字母、数字和下划线", "small letters, digits and underscores"),
    r"^[a-z0-9][a-z0-9-]{0,60}$": Words("小写字母、数字和连字符", "small letters, digits and hyphens"),
    r"^(19|20|21)[0-9]{2}$": Words("四位年份，如 2020", "a year of four digits, as 2020"),
    r"^[0-9]{6}$": Words("六位行政区划代码", "a division code of six digits"),
    r"^[0-9]{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?$": Words(
        "YYYY-MM-DD 或 YYYY-MM", "YYYY-MM-DD or YYYY-MM"
    ),
}


def _form(pattern: str) -> object:
    return _FORMS.get(pattern, pattern)


def _shown(value: object) -> object:
    if isinstance(value, dict):
        return Words("映射", "a mapping")
    if isinstance(value, list):
        return Words("列表", "a list")
    if value == "":
        return Words("空", "nothing")
    found = shortened(str(value))
    return Words(f"“{found}”", f'"{found}"')


def _unknown_key(model: type[BaseModel], path: Path) -> tuple[str, Text]:
    key = str(path[-1])
    if "：" in key:
        return "full-width-colon", FULL_WIDTH_COLON
    known = _keys(model, path[:-1])
    if guesses := nearest(key, known):
        return "unknown-key", text(
            'unknown key "{key}"; did you mean {guesses}?', key=key, guesses=listing(*guesses)
        )
    return "unknown-key", text('unknown key "{key}"; known here: {known}', key=key, known=listing(*known))


def _keys(model: type[BaseModel], path: Path) -> list[str]:
    """The keys known in the mapping at `path`, found by walking the models' types."""
    kind: Any = model
    for step in path:
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            fields = {field.alias or name: field for name, field in kind.model_fields.items()}
            kind = fields[str(step)].annotation if str(step) in fields else None
        else:
            kind = _inner(kind)
        kind = _model_in(kind)
    if not (isinstance(kind, type) and issubclass(kind, BaseModel)):
        return []
    return [field.alias or name for name, field in kind.model_fields.items()]


def _inner(kind: Any) -> Any:  # noqa: ANN401 - a type form
    arguments = get_args(kind)
    return arguments[-1] if arguments else None


def _model_in(kind: Any) -> Any:  # noqa: ANN401 - a type form
    """The model in `Model | None`; other forms as they are."""
    for argument in get_args(kind):
        if isinstance(argument, type) and issubclass(argument, BaseModel) and type(None) in get_args(kind):
            return argument
    return kind


# -- setting aside -------------------------------------------------------------------------------

_STAND_INS: dict[str, object] = {
    "title": {"zh": "?", "en": "?"},
    "place": {"id": "guangdong", "zh": "?", "en": "?"},
    "base": "1900",
    "target": "2199",
    "sections": {},
    "figures": {},
}
"""For keys that must be there. A plan with findings is not audited, so nobody sees them."""


def _set_aside(data: Any, tree: Node, errors: list[ErrorDetails], stand_ins: dict[str, object]) -> None:  # noqa: ANN401 - plain data
    """Remove what does not fit, from the tree's lists too, or put a stand-in where a key must be."""
    unfit: set[Path] = {_unfit_path(error) for error in errors}
    for path in sorted(unfit, key=lambda path: [(str(type(step)), step) for step in path], reverse=True):
        parent, node = _parents(data, tree, path)
        last = path[-1] if path else ""
        if len(path) <= 1 and last in stand_ins:
            data[last] = stand_ins[str(last)]
        elif isinstance(parent, dict):
            parent.pop(last, None)
        elif isinstance(parent, list) and isinstance(last, int):
            del parent[last]
            if node is not None and isinstance(node.value, list):
                del node.value[last]


def _unfit_path(error: ErrorDetails) -> Path:
    path = tuple(step for step in error["loc"] if step != "[key]")
    return path[:-1] if error["type"] == "missing" and len(path) > 1 else path


def _parents(data: Any, tree: Node, path: Path) -> tuple[Any, Node | None]:  # noqa: ANN401 - plain data
    """The containers, in the data and in the tree, of the last step of `path`."""
    node: Node | None = tree
    for step in path[:-1]:
        data = (
            data[int(step)] if isinstance(data, list) else data.get(step) if isinstance(data, dict) else None
        )
        node = node.child(step) if node is not None else None
    return data, node

"""What does not fit is set aside, so that the rest of the file is still read.

What may be left out is removed; where something has to be, a stand-in takes its place. A plan with
findings is not audited, so nobody sees those.
"""

from __future__ import annotations

import types
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from plantrack.plan.model import STAND_IN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic.fields import FieldInfo

    from plantrack.plan.tree import Node, Path

_STAND_INS: dict[str, object] = {
    "plan": "unnamed",
    "title": {"zh": STAND_IN, "en": STAND_IN},
    "place": {"id": "guangdong", "zh": STAND_IN, "en": STAND_IN},
    "id": "guangdong",
    "base": "1900",
    "target": "2199",
    "sections": {},
    "figures": {},
    "kind": "flow",
    "either": ["1900"],
    "code": "PT301",
}
"""Key -> what stands for its value, where that is not just any text."""


def stand_in(model: type[BaseModel], path: Path) -> object | None:
    """What may stand at `path`; `None` where nothing has to."""
    last = str(path[-1]) if path else ""
    field = fields_at(model, path[:-1]).get(last)
    return _STAND_INS.get(last, STAND_IN) if field is not None and field.is_required() else None


def set_aside(data: Any, tree: Node, unfit: Mapping[Path, object | None]) -> None:  # noqa: ANN401 - plain data
    """Remove what does not fit, from the tree's lists too, or put there what stands in for it."""
    for path in sorted(unfit, key=lambda path: [(str(type(step)), step) for step in path], reverse=True):
        parent, node = _parents(data, tree, path)
        last = path[-1] if path else ""
        if isinstance(parent, dict):
            if unfit[path] is None:
                parent.pop(last, None)
            else:
                parent[last] = unfit[path]
        elif isinstance(parent, list) and isinstance(last, int):
            del parent[last]
            if node is not None and isinstance(node.value, list):
                del node.value[last]


def _parents(data: Any, tree: Node, path: Path) -> tuple[Any, Node | None]:  # noqa: ANN401 - plain data
    """The containers, in the data and in the tree, of the last step of `path`."""
    node: Node | None = tree
    for step in path[:-1]:
        data = (
            data[int(step)] if isinstance(data, list) else data.get(step) if isinstance(data, dict) else None
        )
        node = node.child(step) if node is not None else None
    return data, node


# -- what models allow at a path ------------------------------------------------------------------


def fields_at(model: type[BaseModel], path: Path) -> dict[str, FieldInfo]:
    """The fields of the mapping at `path`, by the keys that write them; none where it is no model's."""
    kinds: list[Any] = [model]
    for step in path:
        kinds = [inner for kind in kinds for form in _forms(kind) for inner in _under(form, step)]
    return next((fields for kind in kinds for form in _forms(kind) if (fields := _fields(form))), {})


def _forms(kind: Any) -> Iterator[Any]:  # noqa: ANN401 - a type form, like those below
    """The forms that a value of this type may take, without annotations."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated:
        yield from _forms(arguments[0])
    elif origin in {Union, types.UnionType}:
        for each in arguments:
            yield from _forms(each)
    else:
        yield kind


def _under(form: Any, step: str | int) -> list[Any]:  # noqa: ANN401
    """The type of what lies one step inside."""
    if fields := _fields(form):
        return [fields[str(step)].annotation] if str(step) in fields else []
    wanted = list if isinstance(step, int) else dict
    return [get_args(form)[-1]] if get_origin(form) is wanted else []


def _fields(form: Any) -> dict[str, FieldInfo]:  # noqa: ANN401
    if not (isinstance(form, type) and issubclass(form, BaseModel)):
        return {}
    return {field.alias or name: field for name, field in form.model_fields.items()}

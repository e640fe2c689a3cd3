"""What the lists and mappings of the models are where a file omits them.

Functions, for pydantic asks a default factory for its parameters: `list` and `dict` tell theirs in text only, and to
read that takes 10 ms.
"""

from __future__ import annotations

from typing import Any


def no_list() -> list[Any]:
    return []


def no_dict() -> dict[str, Any]:
    return {}

"""From files to plans: YAML with places, pydantic models, figures; where plan files are found."""

from plantrack.reading.library import (
    distinct,
    find_indicator,
    find_plan,
    find_plans,
    load_catalogue,
    plan_files,
    require_one_file_each,
    require_sound,
)
from plantrack.reading.plan_file import LoadedPlan, load_plan, read_plan

__all__ = [
    "LoadedPlan",
    "distinct",
    "find_indicator",
    "find_plan",
    "find_plans",
    "load_catalogue",
    "load_plan",
    "plan_files",
    "read_plan",
    "require_one_file_each",
    "require_sound",
]

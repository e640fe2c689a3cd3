"""From files to plans: YAML with places, pydantic models, figures; where plan files are found."""

from plantrack.reading.library import (
    distinct,
    find_indicator,
    find_plan,
    find_plans,
    load_catalogue,
    plan_files,
    require_one_file_each,
)
from plantrack.reading.plan_file import read_plan, read_plan_file

__all__ = [
    "distinct",
    "find_indicator",
    "find_plan",
    "find_plans",
    "load_catalogue",
    "plan_files",
    "read_plan",
    "read_plan_file",
    "require_one_file_each",
]

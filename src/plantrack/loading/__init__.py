"""From files to plans: YAML with places, pydantic models, figures; where plan files are found."""

from plantrack.loading.library import find_plan, load_catalogue, plan_files
from plantrack.loading.plans import LoadedPlan, load_plan

__all__ = ["LoadedPlan", "find_plan", "load_catalogue", "load_plan", "plan_files"]

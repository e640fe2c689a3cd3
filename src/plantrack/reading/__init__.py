"""From files to plans, actuals and lists of omissions.

In: a path, or the bytes of a file. Out: a `PlanFile` (`plan_file`), actuals (`actuals_file`), omissions
(`omissions_file`), each with all problems of the file at once, at their line and column. `library` finds plans by
their ids and loads the catalogue.

`yaml_tree` alone imports yaml: it builds a tree of strings from events and guesses no type. `structure` checks the
tree against pydantic models and sets aside what does not fit, so that the rest is still read. A new kind of file is
a module here; a rule about the contents of a plan file belongs in `validity`.
"""

from plantrack.plan.folders import distinct, plan_files
from plantrack.reading.library import (
    find_indicator,
    find_plan,
    find_plans,
    load_catalogue,
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

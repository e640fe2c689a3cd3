"""Paths: from a base to a target, year by year.

In: a sound plan with the targets that the audit finds in it, actuals, and what is asked for (`Wish`). Out: a `Path`
for each target, with values and bounds by year or the reason why there is none, and an `ImpliedPath` for each
quantity that a law derives from paths alone.

`choose` takes the target to follow, `series` tells what its values are (levels, an index, a change, a total),
`path_spec` collects what its path is drawn from, `project` draws it, `notes`
adds what a reader must know. A new method is one function in `methods`. All values are floats, for display: no
contradiction is decided here.
"""

from plantrack.paths.choose import aim_of, followed_targets, span_of_total, span_of_years
from plantrack.paths.implied import ImpliedPath, implied_paths
from plantrack.paths.methods import METHODS, Course, method, require_method
from plantrack.paths.path import Line, Path, Paths, Wish
from plantrack.paths.project import Task, project_paths, project_target, yearly_tasks
from plantrack.paths.series import comparable, running_totals

__all__ = [
    "METHODS",
    "Course",
    "ImpliedPath",
    "Line",
    "Path",
    "Paths",
    "Task",
    "Wish",
    "aim_of",
    "comparable",
    "followed_targets",
    "implied_paths",
    "method",
    "project_paths",
    "project_target",
    "require_method",
    "running_totals",
    "span_of_total",
    "span_of_years",
    "yearly_tasks",
]

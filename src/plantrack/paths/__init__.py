"""Paths: from a base to a target, year by year.

In: a sound plan with the targets that the audit finds in it, actuals, and what is asked for (`Wish`). Out: a `Path`
for each target, with values and bounds by year or the reason why there is none, and an `ImpliedPath` for each
quantity that a law has from paths alone. `choose` takes the target to follow, `path_spec` collects what its path is
drawn from, `project` draws it, `notes` says what a reader must know.

To add a method, write one function in `methods`. Floats, for showing: nothing here decides what a plan contradicts.
"""

from plantrack.paths.choose import followed_targets, printed_levels
from plantrack.paths.implied import ImpliedPath, implied_paths
from plantrack.paths.methods import METHODS, Course, method
from plantrack.paths.path import Line, Path, Wish
from plantrack.paths.project import project_paths, project_target

__all__ = [
    "METHODS",
    "Course",
    "ImpliedPath",
    "Line",
    "Path",
    "Wish",
    "followed_targets",
    "implied_paths",
    "method",
    "printed_levels",
    "project_paths",
    "project_target",
]

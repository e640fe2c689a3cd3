"""Paths: from a base to a target, year by year."""

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

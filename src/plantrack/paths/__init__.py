"""Paths: from a base to a target, year by year."""

from plantrack.paths.choose import followed_targets, printed_levels
from plantrack.paths.latents import ImpliedPath, implied_paths
from plantrack.paths.methods import (
    METHODS,
    constant_growth,
    constant_step,
    require_method,
    through,
    whole_steps,
)
from plantrack.paths.path import Line, Path, Paths, Wish
from plantrack.paths.project import project_paths, project_target

__all__ = [
    "METHODS",
    "ImpliedPath",
    "Line",
    "Path",
    "Paths",
    "Wish",
    "constant_growth",
    "constant_step",
    "followed_targets",
    "implied_paths",
    "printed_levels",
    "project_paths",
    "project_target",
    "require_method",
    "through",
    "whole_steps",
]

"""Where a plan is against its paths, and what is needed from here.

In: a sound plan, actuals and the year they are assessed as of. Out: a `Tracking` with a `Progress` for each target.

`assessment` holds the formulas, one function for each kind of target; `status` the rules for targets with a number of
one year, `periods` those for growth a year and totals, `relations` those for comparisons and directions. Statuses rest
on nominal values. `pace` computes gaps and paces as floats, for display, `notes` what a row is told with. A new status
gets its title in `STATUSES` of `progress`.
"""

from plantrack.track.progress import (
    STATUSES,
    Progress,
    Status,
    Tracking,
    counts_by_title,
    counts_of,
    mean_completion,
    status_title,
)
from plantrack.track.tracking import Assessment, track_plan

__all__ = [
    "STATUSES",
    "Assessment",
    "Progress",
    "Status",
    "Tracking",
    "counts_by_title",
    "counts_of",
    "mean_completion",
    "status_title",
    "track_plan",
]

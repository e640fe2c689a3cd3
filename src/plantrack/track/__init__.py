"""Where a plan is against its paths, and what is needed from here.

In: a sound plan, actuals and the year they are assessed as of. Out: a `Tracking` with a `Progress` for each target.
`status` holds the rules for targets with a number, `relations` for comparisons and directions, both exact; `pace`
gives gaps and paces as floats, for showing. A new status goes into `STATUSES`, its rule into `status`.
"""

from plantrack.track.progress import STATUSES, Progress, Status, Tracking
from plantrack.track.tracking import Assessment, track_plan

__all__ = ["STATUSES", "Assessment", "Progress", "Status", "Tracking", "track_plan"]

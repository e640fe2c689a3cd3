"""Where a plan is against its paths, and what is needed from here.

In: a sound plan, actuals and the year they are assessed as of. Out: a `Tracking` with a `Progress` for each target.

`status` holds the rules for targets with a number, `relations` those for comparisons and directions; both are exact.
`pace` computes gaps and paces as floats, for display. The rules of `status` are asked in the order in which they
stand; a new one goes there, and its title into `STATUSES` of `progress`. A status is given only where rounding cannot
change it; otherwise it is undetermined.
"""

from plantrack.track.progress import STATUSES, Progress, Status, Tracking
from plantrack.track.tracking import Assessment, track_plan

__all__ = ["STATUSES", "Assessment", "Progress", "Status", "Tracking", "track_plan"]

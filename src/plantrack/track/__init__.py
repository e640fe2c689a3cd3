"""Where a plan is against its paths, and what is needed from here."""

from plantrack.track.progress import STATUSES, Progress, Status, Tracking
from plantrack.track.tracking import Assessment, track_plan

__all__ = ["STATUSES", "Assessment", "Progress", "Status", "Tracking", "track_plan"]

"""What cannot be done as asked: caught once, in `plantrack.cli`, and shown as one sentence."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from plantrack.language import text

if TYPE_CHECKING:
    from plantrack.language import Text


class PlantrackError(Exception):
    """A request or a file that cannot be used. `text` says what was found and what to do instead."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.say("en"))
        self.text = text


def reason_of(error: OSError) -> Text | str:
    on_windows = _REASONS_ON_WINDOWS.get(getattr(error, "winerror", None) or 0)
    return on_windows or _REASONS.get(error.errno or 0) or error.strerror or str(error)


_REASONS = {
    errno.ENOENT: text("no such file or folder"),
    errno.EACCES: text("permission denied"),
    errno.EPERM: text("permission denied"),
    errno.EISDIR: text("it is a folder"),
    errno.ENOTDIR: text("a part of its path is no folder"),
    errno.EEXIST: text("a file of that name exists"),
    errno.ELOOP: text("its links lead round in a circle"),
    errno.ENAMETOOLONG: text("the name is too long"),
    errno.ENOSPC: text("no space is left"),
    errno.EDQUOT: text("no space is left"),
    errno.EFBIG: text("the file would become too large"),
    errno.EROFS: text("it may only be read from"),
    errno.EBADF: text("it is not open for that"),
    errno.EIO: text("the device fails or is gone"),
}
_REASONS_ON_WINDOWS = {
    5: text("permission denied, or another program has it open"),  # ERROR_ACCESS_DENIED
    32: text("another program has it open"),  # ERROR_SHARING_VIOLATION
    33: text("another program has it open"),  # ERROR_LOCK_VIOLATION
}
"""By the system's own number: there a workbook that is open in Excel cannot be replaced."""

"""What cannot be done as asked: caught once, in `plantrack.cli`, and shown as one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plantrack.language import Text


class PlantrackError(Exception):
    """A request or a file that cannot be used. `text` says what was found and what to do instead."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.say("en"))
        self.text = text

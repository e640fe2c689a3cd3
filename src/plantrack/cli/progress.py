"""How far long work is: on stderr where that is a terminal, and only after a second."""

from __future__ import annotations

import sys
import time
from datetime import timedelta
from threading import Lock, Timer
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from typing import TextIO

PATIENCE = 1.0
"""Seconds in which nothing is shown."""
PACE = 0.1
"""Seconds between two shows."""


class Progress:
    """One line that says what is done, how much of how much; gone when the work is over.

    Without a `total` only what is done is said. Then a timer says it, for nobody calls `advance`.
    """

    def __init__(self, what: str, total: int | None = None, stream: TextIO | None = None) -> None:
        self.what, self.total, self.done = what, total, 0
        self.stream = stream or sys.stderr
        self.is_seen = self.stream.isatty()
        self.started = time.monotonic()
        self.next_time = self.started + PATIENCE
        self.shown = ""
        self.lock = Lock()
        self.timer = Timer(PATIENCE, self._show) if total is None and self.is_seen else None

    def __enter__(self) -> Self:
        if self.timer is not None:
            self.timer.daemon = True
            self.timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self.timer is not None:
            self.timer.cancel()
        with self.lock:
            self.is_seen = False
            if self.shown:
                self._write("")

    def advance(self, number: int) -> None:
        """So many more are done."""
        self.done += number
        if time.monotonic() >= self.next_time:
            self.next_time = time.monotonic() + PACE
            self._show()

    def clear(self) -> None:
        """Make room for what is printed on the same terminal."""
        with self.lock:
            if self.shown:
                self._write("")

    def _show(self) -> None:
        with self.lock:
            if self.is_seen:
                self._write(self.what if self.total is None else f"{self.what} {self._state(self.total)}")

    def _state(self, total: int) -> str:
        """What is done, so many a second, and the time left at this rate; nothing to be translated."""
        rate = self.done / (time.monotonic() - self.started)
        left = timedelta(seconds=round((total - self.done) / rate)) if rate else "?"
        return f"{self.done}/{total}  {rate:.3g}/s  -{left}"

    def _write(self, said: str) -> None:
        """Over what was shown before; Chinese takes two cells a character."""
        blank = " " * (2 * len(self.shown))
        self.stream.write(f"\r{blank}\r{said}")
        self.stream.flush()
        self.shown = said

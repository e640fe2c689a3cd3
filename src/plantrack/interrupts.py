"""What Ctrl-C does not cut in two, and processes that end with the one that started them."""

from __future__ import annotations

import os
import signal
from contextlib import contextmanager
from threading import Thread, current_thread, main_thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def held_back(*names: str) -> Iterator[None]:
    """Signals of these names wait until afterwards; on Windows they cannot be held back.

    A process started meanwhile never gets them, unless it asks for them.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {getattr(signal, name) for name in names})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def asked_to_stop() -> Iterator[Callable[[], bool]]:
    """Whether Ctrl-C was pressed, for work that ends between two steps; the second time ends it at once.

    Interrupts that are ignored, as under `nohup`, stay so.
    """
    asked: list[int] = []
    before = signal.getsignal(signal.SIGINT)
    if before is signal.SIG_IGN or current_thread() is not main_thread():
        yield lambda: False
        return

    def stop(number: int, _: object) -> None:
        signal.signal(signal.SIGINT, before)
        asked.append(number)

    signal.signal(signal.SIGINT, stop)
    try:
        yield lambda: bool(asked)
    finally:
        signal.signal(signal.SIGINT, before)


def serve_parent() -> None:
    """Let this process of a pool end with its parent, however that ends, and not before.

    It waits for work at a pipe of which it holds both ends itself: alone, it would wait for ever.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_leave_after_parent, daemon=True).start()


def _leave_after_parent() -> None:
    import multiprocessing  # noqa: PLC0415 - only where there are processes

    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)

"""Who does the work: this process, several, or those of a cluster."""

from __future__ import annotations

import os
from collections import deque
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from plantrack.interrupts import held_back, serve_parent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Executor
    from typing import Self


AHEAD = 3
"""What is under way for each that works."""


TOGETHER = 10
"""So many are sent at a time at most."""


class Pending(Protocol):
    def result(self, timeout: float | None = None) -> Any: ...  # noqa: ANN401 - whatever the work makes


class _Later(NamedTuple):
    """Work that is done here when its result is asked for."""

    work: Callable[..., Any]
    given: tuple[Any, ...]

    def result(self, timeout: float | None = None) -> Any:  # noqa: ANN401, ARG002 - as a future
        return self.work(*self.given)


class Workers:
    """An executor that is started anew when it breaks; without one all is done here, when it is asked for.

    `number` is how many do something at a time; those elsewhere must have the plantrack of this `fingerprint`.
    """

    def __init__(
        self, number: int, start: Callable[[], Executor] | None = None, fingerprint: str | None = None
    ) -> None:
        self.number, self._start, self.fingerprint = number, start, fingerprint
        self._executor: Executor | None = None

    def submit(self, work: Callable[..., Any], *given: Any) -> Pending:  # noqa: ANN401 - any work
        """Begin the work, here where no process can be had: no semaphores, no memory."""
        while self._start is not None:
            try:
                self._executor = self._executor or self._start()
                with held_back("SIGINT"):  # processes start here: Ctrl-C is for their parent
                    return self._executor.submit(work, *given)
            except (OSError, ImportError, NotImplementedError, RuntimeError) as error:
                if has_ended(error):
                    self.end()
                else:
                    self._start = None
        return _Later(work, given)

    def map(self, work: Callable[..., Any], *given: Iterable[Any]) -> Iterator[Any]:
        """As `map` does: results in their order, no more of them under way than are soon wanted.

        What is to be sent with the work is sent once for several. What a process that ended was at is done again.
        """
        every = list(zip(*given, strict=False))
        size = max(1, min(TOGETHER, len(every) // (AHEAD * self.number)))
        under_way: deque[tuple[Sequence[tuple[Any, ...]], Pending]] = deque()
        for start in range(0, len(every), size):
            some = every[start : start + size]
            under_way.append((some, self.submit(_each, work, some)))
            if len(under_way) > AHEAD * self.number:
                yield from self._result(work, *under_way.popleft())
        while under_way:
            yield from self._result(work, *under_way.popleft())

    def _result(self, work: Callable[..., Any], some: Sequence[tuple[Any, ...]], made: Pending) -> list[Any]:
        try:
            found: list[Any] = made.result()
        except Exception as error:
            if not has_ended(error):
                raise
            found = self.submit(_each, work, some).result()
        return found

    def alone(self) -> Workers:
        """One that does one thing at a time: where it ends, it is known at what."""
        return Workers(1, lambda: _processes(1), self.fingerprint)

    def end(self, *, wait: bool = False) -> None:
        """End what runs, and wait for it or not; the next work starts another executor."""
        if self._executor is not None:
            self._executor.shutdown(wait=wait, cancel_futures=True)
        self._executor = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Wait where all work is done, so that nothing is left for the end of the process to warn of."""
        self.end(wait=kind is None)


def _each(work: Callable[..., Any], given: Iterable[tuple[Any, ...]]) -> list[Any]:
    return [work(*each) for each in given]


def has_ended(error: BaseException) -> bool:
    """Whether an error tells that the process ended that did the work: of this machine, or of a cluster."""
    return any(each.__name__ in {"BrokenExecutor", "KilledWorker"} for each in type(error).__mro__)


def workers_for(jobs: int | None, size: int, worth: int) -> Workers:
    """So many processes; unless told as many as there are processors and as `size` bytes of plan files are worth."""
    number = jobs or max(1, min(processors(), size // worth))
    return Workers(number, lambda: _processes(number)) if number > 1 else Workers(1)


def processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _processes(number: int) -> Executor:
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - only where it pays off

    return ProcessPoolExecutor(number, initializer=serve_parent)

"""Work handed out in batches and taken back in order, so that no more of it is held than is under way."""

from __future__ import annotations

import os
from collections import deque
from typing import TYPE_CHECKING, Any, NamedTuple

from plantrack.batch.cache import Cache, fingerprint
from plantrack.batch.packing import packed, unpacked
from plantrack.batch.sources import Failure
from plantrack.batch.workers import AHEAD, Workers, has_ended
from plantrack.errors import PlantrackError
from plantrack.language import text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from plantrack.batch.sources import Family, Source
    from plantrack.batch.workers import Pending

    AnySource = Source | Family

MOMENT = 0.2
"""Seconds after which it is asked whether to stop."""


class Work(NamedTuple):
    """A function of a source, and what it is asked: plain values; `help` is what it is given that changes nothing."""

    function: Callable[..., Any]
    asked: dict[str, Any]
    help: dict[str, Any] = {}  # noqa: RUF012 - never changed

    def of(self, source: AnySource) -> bytes:
        """What it makes of the source, packed; what it raises stops nothing else."""
        try:
            return packed(self.function(source, **self.asked, **self.help))
        except PlantrackError as error:
            return packed(Failure(source.file, "", error.text))
        except Exception as error:
            if os.environ.get("PLANTRACK_DEBUG"):
                raise
            return packed(Failure(source.file, type(error).__name__, " ".join(str(error).split())))

    @property
    def question(self) -> tuple[object, ...]:
        return self.function.__qualname__, self.asked


class _Batch(NamedTuple):
    sources: Sequence[AnySource]
    kept: dict[int, Any]
    """What the cache has, by number."""
    pending: Pending | None
    """The rest, packed."""

    @property
    def rest(self) -> list[AnySource]:
        return [each for at, each in enumerate(self.sources) if at not in self.kept]


class Stream(NamedTuple):
    """Who works at what; `stopped` tells whether somebody wants it to end."""

    work: Work
    workers: Workers = Workers(1)
    cache: Cache | None = None
    stopped: Callable[[], bool] = lambda: False

    def results(self, batches: Iterable[Sequence[AnySource]]) -> Iterator[list[tuple[str, Any]]]:
        """Each file and what is made of it, batch by batch; a `Failure` where that fails.

        Raises:
            KeyboardInterrupt: where it is stopped; what was done until then was given.
        """
        under_way: deque[_Batch] = deque()
        for sources in batches:
            under_way.append(self._begun(sources))
            if len(under_way) > AHEAD * self.workers.number:
                yield self._ended(under_way.popleft())
        while under_way:
            yield self._ended(under_way.popleft())

    def _begun(self, sources: Sequence[AnySource]) -> _Batch:
        kept = {at: found for at, each in enumerate(sources) if (found := self._kept(each)) is not None}
        batch = _Batch(sources, kept, None)
        return batch._replace(pending=self._submitted(batch.rest)) if batch.rest else batch

    def _submitted(self, sources: Sequence[AnySource]) -> Pending:
        return self.workers.submit(_worked, self.work, sources, self.workers.fingerprint)

    def _kept(self, source: AnySource) -> Any:  # noqa: ANN401 - whatever the work makes
        cache = self.cache if source.is_read else None
        found = cache.get(cache.key(self.work.question, source)) if cache is not None else None
        try:
            return None if found is None else unpacked(found)
        except Exception:  # noqa: BLE001 - whatever is wrong with an entry, it is made again
            return None

    def _ended(self, batch: _Batch) -> list[tuple[str, Any]]:
        fresh = iter(self._fresh(batch) if batch.pending is not None else ())
        return [
            (each.file, batch.kept[at] if at in batch.kept else next(fresh))
            for at, each in enumerate(batch.sources)
        ]

    def _fresh(self, batch: _Batch) -> Iterator[Any]:
        """The results of the rest, kept for the next run."""
        assert batch.pending is not None
        try:
            made = self._awaited(batch.pending)
        except Exception as error:
            if not has_ended(error):
                raise
            made = self._made_again(batch.rest)
        for source, content in zip(batch.rest, made, strict=True):
            result = unpacked(content)
            if self.cache is not None and source.is_read and not isinstance(result, Failure):
                self.cache.put(self.cache.key(self.work.question, source), content)
            yield result

    def _made_again(self, sources: Iterable[AnySource]) -> Iterator[bytes]:
        """Of sources at some of which a process ended, one by one, to tell which these are."""
        with self.workers.alone() as alone:
            for each in sources:
                try:
                    (content,) = self._awaited(alone.submit(_worked, self.work, [each], alone.fingerprint))
                except Exception as error:
                    if not has_ended(error):
                        raise
                    content = packed(Failure(each.file, "process", "it ended its process"))
                yield content

    def _awaited(self, pending: Pending) -> Iterable[bytes]:
        while not self.stopped():
            try:
                made: list[bytes] = pending.result(MOMENT)
            except TimeoutError:
                continue
            return made
        raise KeyboardInterrupt


def _worked(work: Work, sources: Sequence[AnySource], asking: str | None) -> list[bytes]:
    """What the work makes of each source, by the same plantrack as that of who asks."""
    if asking is not None and asking != fingerprint():
        raise PlantrackError(
            text(
                "the cluster's workers have another plantrack, or other libraries, than this one: install the same"
            )
        )
    return list(map(work.of, sources))


def in_batches(sources: Iterable[AnySource], size: int) -> Iterator[list[AnySource]]:
    """So many at a time, read when they are wanted."""
    batch: list[AnySource] = []
    for each in sources:
        batch.append(each)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch

"""Work on many plan files: processes or a cluster, the cache, progress, Ctrl-C."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from plantrack.cli.progress import Progress
from plantrack.cli.streams import flush_streams, tell
from plantrack.errors import PlantrackError
from plantrack.interrupts import asked_to_stop
from plantrack.language import labelled, listing, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from plantrack.batch import Cache, Failure, Family, Source, Work, Workers
    from plantrack.cli.session import Session
    from plantrack.language import Text

BATCH = 20
"""Files that a process is given at a time."""
TO_READ, TO_AUDIT = 400_000, 50_000
"""Bytes of plan files that take about as long (0.2 s) as starting a process and importing plantrack."""


class Means(NamedTuple):
    """How much help there is, as the options tell."""

    jobs: int | None = None
    cluster: str | None = None
    no_cache: bool = False

    def workers(self, files: Sequence[Path], worth: int) -> Workers:
        if self.cluster is not None:
            from plantrack.batch.cluster import cluster_workers

            return cluster_workers(self.cluster)
        from plantrack.batch import workers_for

        return workers_for(self.jobs, sum(map(_size, files)), worth)

    def cache(self) -> Cache | None:
        from plantrack.batch import Cache

        try:
            return None if self.no_cache else Cache()
        except OSError:
            return None


def _audited(families: Sequence[Sequence[Path]]) -> Text:
    """What is done with families of files, for people who wait."""
    if len(families) == 1:
        return text("auditing {number} plan(s) …", number=len(families[0]))
    return text("families of plans audited together:")


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


class Run:
    """Passes over many files; `failures` are those that could not be worked on.

    `worth` is how many bytes of plan files are worth a process.
    """

    def __init__(self, session: Session, means: Means, files: Sequence[Path], worth: int) -> None:
        self.session, self.files = session, files
        self.workers, self.cache = means.workers(files, worth), means.cache()
        self.failures: list[Failure] = []
        self.held = ExitStack()

    def __enter__(self) -> Self:
        self.stopped = self.held.enter_context(asked_to_stop())
        self.held.enter_context(self.workers)
        return self

    def __exit__(self, *_: object) -> None:
        self.held.close()
        if self.cache is not None:
            self.cache.end()

    def over_files(self, what: Text, work: Work) -> Iterator[tuple[str, Any]]:
        """Each file and what the work makes of it, in their order; `what` is done, for people who wait."""
        from plantrack.batch import read_source

        return self.over(what, work, map(read_source, self.files), len(self.files))

    def over_families(self, work: Work, families: Iterable[Sequence[Path]]) -> Iterator[tuple[str, Any]]:
        """The same of families of files: one after the other where they are many, then each of many plans by all."""
        from plantrack.batch import Family, read_source
        from plantrack.batch.families import MANY

        def sources(those: Iterable[Sequence[Path]]) -> Iterator[Family]:
            return (Family(tuple(map(read_source, each))) for each in those)

        families = list(families)
        few = [each for each in families if len(each) <= MANY]
        many = [each for each in families if len(each) > MANY]
        yield from self.over(_audited(few), work, sources(few), len(few), 1)
        for each in many:
            helped = work._replace(help={"run": self._map})
            yield from self.over(_audited([each]), helped, sources([each]), 1, 1, here=True)

    def _map(self, work: Callable[..., Any], *given: Iterable[Any]) -> Iterator[Any]:
        first, *others = map(list, given)
        with Progress(self.session.say(text("plans audited together:")), len(first)) as progress:
            for each in self.workers.map(work, first, *others):
                if self.stopped():
                    raise KeyboardInterrupt
                progress.advance(1)
                yield each

    def over(
        self,
        what: Text,
        work: Work,
        sources: Iterable[Source | Family],
        total: int,
        batch: int = BATCH,
        *,
        here: bool = False,
    ) -> Iterator[tuple[str, Any]]:
        """The same of other sources, so many; `here` if the work finds help itself.

        Raises:
            KeyboardInterrupt: after Ctrl-C; what was done until then was given.
        """
        from plantrack.batch import Stream, Workers, in_batches

        stream = Stream(work, Workers(1) if here else self.workers, self.cache, self.stopped)
        with Progress(self.session.say(what), total if total > 1 else None) as progress:
            try:
                for results in stream.results(in_batches(sources, batch)):
                    progress.clear()
                    yield from self._made(results)
                    sys.stdout.flush()
                    progress.advance(len(results))
            except KeyboardInterrupt:
                flush_streams()
                if progress.is_seen:
                    told = text("interrupted: {what}", what=what)
                    if total > 1:
                        told = text(
                            "interrupted: {what} {done} of {total}",
                            what=what,
                            done=progress.done,
                            total=total,
                        )
                    tell(self.session.say(told), err=True)
                raise

    def _made(self, results: Sequence[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
        from plantrack.batch import Failure

        for file, made in results:
            if isinstance(made, Failure):
                self.failures.append(made)
            else:
                yield file, made

    def raise_failures(self) -> None:
        """Say which files could not be worked on, when all others are done."""
        if not self.failures:
            return
        first, files = self.failures[0], listing(*(each.file for each in self.failures))
        if not first.kind:
            raise PlantrackError(labelled(files, first.said))
        raise PlantrackError(
            text(
                "internal error ({kind}: {error}) at {files}, left out here; please report it with the file",
                kind=first.kind,
                error=first.said,
                files=files,
            )
        )

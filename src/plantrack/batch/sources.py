"""Plan files as they are handed to those who work on them: by content, for a cluster need not have the files."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from plantrack.reading.plan_file import read_content

if TYPE_CHECKING:
    from pathlib import Path

    from plantrack.findings import Finding
    from plantrack.language import Text


class Source(NamedTuple):
    """A file and its content; `None` where it cannot be read, and why."""

    file: str
    content: bytes | None
    problems: tuple[Finding, ...] = ()

    @property
    def is_read(self) -> bool:
        return self.content is not None


class Failure(NamedTuple):
    """That work on a file was not done: what was raised, or that it ended its process.

    Without a `kind` it is no mistake of plantrack, and `said` tells what is wrong.
    """

    file: str
    kind: str
    said: Text | str


class Family(NamedTuple):
    """The files of plans that are audited together, as one source."""

    sources: tuple[Source, ...]

    @property
    def file(self) -> str:
        return ", ".join(each.file for each in self.sources)

    @property
    def is_read(self) -> bool:
        return all(each.is_read for each in self.sources)

    @property
    def content(self) -> bytes:
        return b"\0".join(each.content or b"" for each in self.sources)


def read_source(path: Path) -> Source:
    return Source(path.as_posix(), *read_content(path))

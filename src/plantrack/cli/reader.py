"""From what a command names to what it works on: files, sound plans, published values.

Ids, paths, folders, patterns and stdin come in. Where a file has errors these are shown, and the call ends.
No file that is read is written over.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from plantrack.cli.emit import FINDINGS, complain
from plantrack.cli.output_files import require_spared
from plantrack.cli.streams import tell
from plantrack.errors import PlantrackError, reason_of
from plantrack.findings import in_order
from plantrack.language import text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plantrack.cli.session import Session
    from plantrack.findings import Finding
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.plan import Plan, PlanFile
    from plantrack.reading.actuals_file import LoadedActuals
    from plantrack.trace import Trace

STDIN = "<stdin>"
MAX_READ = 5_000_000
"""Bytes of stdin; a plan file is far smaller, and one that is not is told so."""

# -- documents -----------------------------------------------------------------------------------


def document_named(documents: Path | None, plan: Plan | SoundFile) -> Path | None:
    """A plan's document in a folder, where one is given and has it."""
    from plantrack.documents import document_in

    return document_in(documents, plan.id) if documents is not None else None


def trace_in(documents: Path | None, plan: Plan, catalogue: Catalogue) -> Trace | None:
    """A plan's figures in its document."""
    from plantrack.documents import read_document
    from plantrack.reading.omissions_file import load_omitted
    from plantrack.trace import trace_plan

    file = document_named(documents, plan)
    if file is None:
        return None
    return trace_plan(plan, read_document(file), load_omitted(plan), catalogue, unused=False)


# -- files ---------------------------------------------------------------------------------------


def plan_files_named(
    session: Session, names: Sequence[str] | None, *, every: bool = False, with_folders: bool = False
) -> list[Path]:
    """The files of plans named by id or path, `with_folders` or by folder or pattern; of none named, of `every` one."""
    from plantrack.reading import distinct, find_plan, find_plans, plan_files

    if every and names:
        raise PlantrackError(text("--all names every plan: leave the other names out"))
    if not names:
        return plan_files(session.plans)
    if with_folders:
        return distinct(file for name in names for file in find_plans(name, session.plans))
    return distinct(find_plan(name, session.plans) for name in names)


def sources_named(
    session: Session, paths: list[str] | None, stdin_filename: str | None
) -> tuple[list[Path], dict[str, bytes]]:
    """The files to validate, each once, and what stdin gives, by the name it goes by."""
    from plantrack.plan.folders import files_under
    from plantrack.reading import distinct, plan_files

    paths = paths or []
    if "" in paths:
        raise PlantrackError(text("a path is empty: write a file, a folder, a pattern or `-`"))
    if stdin_filename is not None and "-" not in paths:
        raise PlantrackError(text("--stdin-filename names what is read from stdin: write `-`, too"))
    if not paths:
        return plan_files(session.plans), {}
    given = {stdin_filename or STDIN: _read_stdin()} if "-" in paths else {}
    named = (Path(path) for path in paths if path != "-")
    return distinct(file for each in named for file in files_under(each)), given


def _read_stdin() -> bytes:
    if sys.stdin is None:
        raise PlantrackError(text("stdin is closed: nothing can be read from it"))
    try:
        return sys.stdin.buffer.read(MAX_READ)
    except OSError as error:
        raise PlantrackError(text("stdin cannot be read: {reason}", reason=reason_of(error))) from None


def read_sources(files: Sequence[Path], given: dict[str, bytes] | None = None) -> Iterator[PlanFile]:
    """The plan files, sound or not, and those of stdin."""
    from plantrack.reading import load_catalogue, read_plan, read_plan_file

    catalogue = load_catalogue()
    yield from (read_plan_file(file, catalogue) for file in files)
    yield from (read_plan(content, file, catalogue) for file, content in (given or {}).items())


# -- sound plans ---------------------------------------------------------------------------------


def plans_and_errors(files: Sequence[Path]) -> tuple[list[Plan], tuple[Finding, ...]]:
    """The sound plans of the files, and the errors of the other files; two files of one plan are refused."""
    from plantrack.reading import require_one_file_each

    read = list(read_sources(files))
    plans = [each.plan for each in read if each.plan is not None]
    require_one_file_each(plans)
    return plans, tuple(finding for each in read for finding in in_order(each.errors))


class SoundFile(NamedTuple):
    """A file that holds a sound plan, which is read again when it is wanted."""

    id: str
    file: str
    places: frozenset[str] = frozenset()
    """That it speaks of."""

    def plan(self, catalogue: Catalogue) -> Plan:
        from plantrack.reading import read_plan_file

        return read_plan_file(Path(self.file), catalogue).require()


def sound_files_and_errors(files: Sequence[Path]) -> tuple[list[SoundFile], tuple[Finding, ...]]:
    """The same as `plans_and_errors` of more plans than are to be held at a time."""
    from plantrack.audit.blocks import spoken_of
    from plantrack.reading import load_catalogue, require_one_file_each

    sound: list[SoundFile] = []
    errors: list[Finding] = []
    for each in read_sources(files):
        errors += in_order(each.errors)
        if (plan := each.plan) is not None:
            sound.append(SoundFile(plan.id, plan.file, spoken_of(plan, load_catalogue()).places))
    require_one_file_each(sound)
    return sound, tuple(errors)


def sound_plans(
    session: Session, names: Sequence[str] | None, output: Path | None = None, actuals: Path | None = None
) -> list[Plan]:
    """The plans of those names, each once; of no names, every plan. `output` may be none of the files read."""
    from plantrack.reading import require_one_file_each

    plans = []
    for read in read_sources(plan_files_named(session, names)):
        if read.plan is None:
            complain(session, in_order(read.errors))
            raise typer.Exit(FINDINGS)
        plans.append(read.plan)
    require_one_file_each(plans)
    require_spared([*(plan.file for plan in plans), actuals], [output])
    return plans


def sound_plan(session: Session, name: str, output: Path | None, actuals: Path | None = None) -> Plan:
    """The plan of that name, where `output` is neither its file nor that of the published values."""
    (plan,) = sound_plans(session, [name], output, actuals)
    return plan


def sound_actuals(
    session: Session, file: Path | None, plan: Plan, *, until: int | None = None
) -> LoadedActuals:
    """The published values of a file, none without one. What is wrong with it is shown; the rest is used.

    A command that goes on without what is wrong ends with `end` and its findings. One whose values are all
    wrong ends here.
    """
    from plantrack.reading.actuals_file import LoadedActuals, load_actuals

    if file is None:
        return LoadedActuals("", (), ())
    read = load_actuals(file, plan, session.catalogue, until=until)
    complain(session, read.findings)
    if read.errors and not (read.actuals or read.parts):
        raise typer.Exit(FINDINGS)
    if read.errors:
        said = text("{file}: what is wrong is left out, and the rest is used", file=file)
        tell(session.say(said), err=True)
    return read

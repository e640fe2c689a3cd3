"""Tidy tables of more plans than are held at a time: made family by family, written part by part."""

from __future__ import annotations

import pickle
from contextlib import ExitStack
from functools import partial
from typing import IO, TYPE_CHECKING

import typer

from plantrack.cli import day
from plantrack.cli.emit import FINDINGS, complain, put_out
from plantrack.cli.output_files import require_spared, write_chunks, write_files
from plantrack.cli.reader import SoundFile
from plantrack.cli.streams import tell
from plantrack.formats.findings import IN_MEMORY
from plantrack.language import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from plantrack.batch import Family
    from plantrack.cli.many import Run
    from plantrack.views.tidy import Records

TABLES = ("plans", "figures", "targets", "implied", "findings", "paths")


class ManyTables:
    """The tables of a run, in CSV or Parquet; rows of plans that speak of places in common stand together."""

    def __init__(self, run: Run, form: str, tables: Sequence[str], method: str | None) -> None:
        self.run, self.session, self.form, self.tables = run, run.session, form, tables
        self.asked = {"tables": tuple(tables), "method": method, "today": day.latest_day()}

    def write(self, output: Path | None) -> None:
        """Into the file, the folder, or onto the screen."""
        from tempfile import TemporaryFile

        is_folder = output is not None and (output.is_dir() or not output.suffix)
        names = [output / f"{each}.{self.form}" for each in self.tables] if output and is_folder else []
        require_spared(self.run.files, names or [output])
        with ExitStack() as open_:
            spools = {each: open_.enter_context(TemporaryFile()) for each in self.tables}
            for rows in self._families():
                for table, spool in spools.items():
                    pickle.dump(rows[table], spool, pickle.HIGHEST_PROTOCOL)
            self.run.raise_failures()
            contents = [self._content(table, spool) for table, spool in spools.items()]
            if output is not None and is_folder:
                write_files(output, names, zip(names, contents, strict=True), force=self.session.force)
            elif output is not None:
                write_chunks(output, contents[0], force=self.session.force)
            else:
                self._print(contents[0])
        for file in names:
            tell(file.as_posix())

    def _print(self, content: Iterator[bytes]) -> None:
        for each in content:
            put_out(self.session, each.decode("utf-8-sig"), None)

    def _families(self) -> Iterator[dict[str, list[dict[str, object]]]]:
        from plantrack.audit.blocks import families_of
        from plantrack.batch import Work
        from plantrack.batch.exporting import export_family

        sound, places = self._sound()
        families = families_of(places)
        sources = (self._family([sound[number] for number in each]) for each in families)
        work = Work(export_family, self.asked)
        for _, rows in self.run.over(
            text("families of plans audited together:"), work, sources, len(families), 1
        ):
            yield rows

    def _sound(self) -> tuple[list[SoundFile], list[frozenset[str]]]:
        """The plans, and the places that each speaks of; errors of their files end the call."""
        from plantrack.batch import Work
        from plantrack.batch.exporting import place_source
        from plantrack.reading import require_one_file_each

        sound, places = [], []
        for file, each in self.run.over_files(text("plan files read:"), Work(place_source, {})):
            if each.errors:
                complain(self.session, each.errors)
                raise typer.Exit(FINDINGS)
            sound.append(SoundFile(each.plan, file))
            places.append(each.places)
        require_one_file_each(sound)
        return sound, places

    def _family(self, files: Iterable[SoundFile]) -> Family:
        from pathlib import Path

        from plantrack.batch import Family, read_source

        return Family(tuple(read_source(Path(each.file)) for each in files))

    def _content(self, table: str, spool: IO[bytes]) -> Iterator[bytes]:
        """The bytes of a table's file."""
        parts = _parts(table, spool)
        if self.form == "csv":
            yield from _csv(parts)
            return
        from tempfile import TemporaryFile

        from plantrack.formats import parquet
        from plantrack.views.tidy import COLUMNS

        with TemporaryFile() as written:
            parquet.write(table, COLUMNS[table], parts, written)
            written.seek(0)
            yield from iter(partial(written.read, IN_MEMORY), b"")


def _parts(table: str, spool: IO[bytes]) -> Iterator[Records]:
    """What was spooled; first a part without a row, for the heading."""
    from plantrack.views.tidy import COLUMNS, Records

    end = spool.tell()
    spool.seek(0)
    yield Records(table, COLUMNS[table], [])
    while spool.tell() < end:
        yield Records(table, COLUMNS[table], pickle.load(spool))  # noqa: S301 - written by this process


def _csv(parts: Iterator[Records]) -> Iterator[bytes]:
    from plantrack.formats.csv import to_csv

    head = to_csv(next(parts))
    yield head.encode("utf-8-sig")
    for each in parts:
        yield to_csv(each).removeprefix(head).encode()

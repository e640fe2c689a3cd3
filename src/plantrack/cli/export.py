"""`export`: tidy tables for programs, workbooks for people."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import typer

from plantrack.cli import day, options
from plantrack.cli.emit import carries_utf8, contradicted, end, put_out
from plantrack.cli.many import BATCH, TO_AUDIT, Means, Run
from plantrack.cli.many_tables import TABLES, ManyTables
from plantrack.cli.output_files import format_of, require_spared, write_bytes, write_folder
from plantrack.cli.reader import plan_files_named, sound_actuals, sound_plans
from plantrack.cli.session import Command, Session, app, examples
from plantrack.cli.streams import tell
from plantrack.errors import PlantrackError
from plantrack.formats.exports import FORMATS, encoded, files, suffixes, whole
from plantrack.language import listing, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from plantrack.audit import Audit
    from plantrack.paths import Path as YearlyPath
    from plantrack.plan.actuals import Actual
    from plantrack.plan.plan import Plan
    from plantrack.reading.actuals_file import LoadedActuals
    from plantrack.track import Tracking
    from plantrack.views.tidy import Records


@app.command(
    cls=Command,
    epilog=examples(
        "export zhuhai -o zhuhai.xlsx",
        "export --all -f csv -o tables",
        "export --all -f datapackage -o plans",
    ),
)
def export(
    ctx: typer.Context,
    names: options.PlanNames = None,
    every: options.Every = False,
    output: options.ExportFile = None,
    form: options.ExportFormat = None,
    table: options.TidyTable = None,
    actuals: options.ActualsExported = None,
    year: options.AsOf = None,
    method: options.MethodName = None,
    jobs: options.Jobs = None,
    cluster: options.Cluster = None,
    no_cache: options.NoCache = False,
) -> None:
    """Tidy tables of figures, findings and paths in formats for programs, and workbooks of plans (XLSX)."""
    session: Session = ctx.obj
    if every == bool(names):
        raise PlantrackError(text("name the plans to be exported, or write --all"))
    chosen = _form_of(output, form)
    files = plan_files_named(session, names)
    if len(files) > BATCH and chosen in {"csv", "parquet"} and actuals is None and table in {None, *TABLES}:
        with Run(session, Means(jobs, cluster, no_cache), files, TO_AUDIT) as run:
            ManyTables(run, chosen, _tables_of_many(output, table), method).write(output)
        return
    plans = sound_plans(session, names)
    _require_possible(chosen, output, table, actuals, is_of_one=len(plans) <= 1)
    given = sound_actuals(session, actuals, plans[0])
    material = _Material(session, plans, given, year, method, source=actuals)
    if chosen == "xlsx":
        _write_workbooks(material, output)
    else:
        _write_tables(material, output, chosen, table)
    end(session, given.findings, strict=False, exit_zero=False)


def _tables_of_many(output: Path | None, table: str | None) -> tuple[str, ...]:
    """The one named; else all of them for a folder, and the figures for a file or the screen."""
    if table is not None:
        return (table,)
    return TABLES if output is not None and _is_folder(output) else ("figures",)


def _require_possible(
    form: str, output: Path | None, table: str | None, actuals: Path | None, *, is_of_one: bool
) -> None:
    """Refuse what the format cannot hold, what is of one plan alone, and progress without published values."""
    if form == "xlsx" and not is_of_one and output is not None and not _is_folder(output):
        raise PlantrackError(text("a workbook is of one plan: for several write -o DIR"))
    if form == "xlsx" and table is not None:
        raise PlantrackError(text("a workbook holds all tables: leave --table out, or write -f csv"))
    if actuals is not None and not is_of_one:
        raise PlantrackError(text("--actuals are of one plan: name that plan alone"))
    if table in {"progress", "within_year"} and actuals is None:
        raise PlantrackError(text("progress is held against published values: add --actuals FILE"))


def _form_of(output: Path | None, form: str | None) -> str:
    """What is asked for: a file's suffix tells, a folder gets workbooks unless told otherwise."""
    if output is None and form in {None, "xlsx"}:
        raise PlantrackError(
            text("write -o FILE.xlsx, -o FILE.csv, -o FILE.json or -o DIR, or -f csv for the screen")
        )
    if output is not None and _is_folder(output):
        return form or "xlsx"
    if form is None:
        assert output is not None
        return format_of(output, {".xlsx": "xlsx", **suffixes()})
    own = ".xlsx" if form == "xlsx" else FORMATS[form].suffix
    if not own or (output is None and not FORMATS[form].is_text):
        raise PlantrackError(text("{form} goes into files: write -o DIR", form=form))
    if output is not None and output.suffix.lower() != own:
        raise contradicted(output, output.suffix, form)
    return form


def _is_folder(output: Path) -> bool:
    return output.is_dir() or not output.suffix


class _Material(NamedTuple):
    """What is exported, computed where it is needed; `source` is the file of the actuals."""

    session: Session
    plans: list[Plan]
    given: LoadedActuals
    year: int | None
    method: str | None
    source: Path | None

    @property
    def actuals(self) -> tuple[Actual, ...]:
        return self.given.actuals

    def require_spared(self, outputs: Iterable[Path | None]) -> None:
        """Refuse to write over the plans or the actuals."""
        require_spared([*(plan.file for plan in self.plans), self.source], outputs)

    def audit(self) -> Audit:
        from plantrack.audit import audit_plans
        from plantrack.waivers import waive

        return waive(audit_plans(self.plans, self.session.catalogue), today=day.latest_day())

    def paths(self, plan: Plan) -> list[YearlyPath]:
        from plantrack.paths import Wish, project_paths

        return project_paths(plan, self.session.catalogue, Wish(method=self.method, actuals=self.actuals))

    def tracking(self) -> Tracking:
        from plantrack.track import Assessment, track_plan

        asked = Assessment(self.actuals, self.year, self.method, parts=self.given.parts)
        return track_plan(self.plans[0], self.session.catalogue, asked)


def _write_workbooks(material: _Material, output: Path | None) -> None:
    """A workbook for each plan, made before the first is written."""
    from plantrack.formats.xlsx import workbook_bytes
    from plantrack.views.worksheets import Account, worksheets

    assert output is not None
    audit, session = material.audit(), material.session
    tracking = material.tracking() if material.source is not None else None
    books = {}
    for plan in material.plans:
        account = Account(
            plan, audit, material.paths(plan), (*material.actuals, *material.given.parts), tracking
        )
        tables = worksheets(account, session.catalogue)
        books[f"{plan.id}.xlsx"] = workbook_bytes(tables, plan.model.title.name, session.language)
    _write(books, output, material)


def _write(contents: dict[str, bytes], output: Path, material: _Material) -> None:
    """Write the one file, or files into a folder, which is made where there is none, and tell their names."""
    force, is_folder = material.session.force, _is_folder(output)
    files = {output / name if is_folder else output: content for name, content in contents.items()}
    material.require_spared(files)
    if not is_folder:
        write_bytes(output, *contents.values(), force=force)
        return
    write_folder(output, files, force=force)
    for file in files:
        tell(file.as_posix())


def _write_tables(material: _Material, output: Path | None, form: str, wanted: str | None) -> None:
    """Into a file, a folder, or onto the screen."""
    makers, in_folder = _makers(material), output is not None and _is_folder(output)
    of = FORMATS[form].of or ((wanted,) if wanted is not None else tuple(makers))
    if FORMATS[form].of and wanted not in {None, *of}:
        raise PlantrackError(
            text("{form} is made of {tables}: leave --table out", form=form, tables=listing(*of))
        )
    if wanted is None and form in {"csv", "parquet"} and not in_folder:
        of = ("figures",)
    tables = [makers[name]() for name in of]
    if output is not None and in_folder:
        found = {name: encoded(form, each) for name, each in files(form, tables).items()}
        _write(found, output, material)
        return
    material.require_spared([output])
    content = whole(form, tables, ascii_only=not carries_utf8(output))
    if isinstance(content, str):
        put_out(material.session, content, output, with_mark=FORMATS[form].with_mark)
    elif output is not None:
        write_bytes(output, content, force=material.session.force)


def _makers(material: _Material) -> dict[str, Callable[[], Records]]:
    """How each table is made; only those that are wanted are."""
    from plantrack.views import tidy
    from plantrack.views.known import known

    plans, audit = material.plans, cache(material.audit)
    makers: dict[str, Callable[[], Records]] = {
        "plans": lambda: tidy.plans(map(known, plans)),
        "figures": lambda: tidy.figures(plans),
        "targets": lambda: tidy.targets(audit()),
        "implied": lambda: tidy.implied(audit()),
        "findings": lambda: tidy.findings(audit().findings, audit()),
        "paths": lambda: tidy.paths(path for each in plans for path in material.paths(each)),
    }
    if material.source is not None:
        makers["progress"] = lambda: tidy.progress(material.tracking())
        makers["within_year"] = lambda: tidy.within_year(material.tracking())
    return makers

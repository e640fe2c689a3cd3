"""`export`: tidy tables for programs, workbooks for people."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple, cast

import typer

from plantrack.cli import day, options
from plantrack.cli.emit import carries_utf8, end, put_out
from plantrack.cli.output_files import format_of, require_spared, write_bytes, write_folder
from plantrack.cli.reader import sound_actuals, sound_plans
from plantrack.cli.session import Command, Session, app
from plantrack.cli.streams import tell
from plantrack.errors import PlantrackError
from plantrack.language import text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from plantrack.audit import Audit
    from plantrack.paths import Path as YearlyPath
    from plantrack.plan.actuals import Actual
    from plantrack.plan.plan import Plan
    from plantrack.reading.actuals_file import LoadedActuals
    from plantrack.track import Tracking
    from plantrack.views.tidy import Records


@app.command(cls=Command, epilog="Example: plantrack export zhuhai -o zhuhai.xlsx")
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
) -> None:
    """Tidy tables of figures, findings and paths (CSV, JSON), and workbooks of plans (XLSX)."""
    session: Session = ctx.obj
    if every == bool(names):
        raise PlantrackError(text("name the plans to be exported, or write --all"))
    chosen = _form_of(output, form)
    plans = sound_plans(session, names)
    if chosen == "xlsx" and len(plans) > 1 and output is not None and not _is_folder(output):
        raise PlantrackError(text("a workbook is of one plan: for several write -o DIR"))
    if chosen == "xlsx" and table is not None:
        raise PlantrackError(text("a workbook holds all tables: leave --table out, or write -f csv"))
    if actuals is not None and len(plans) > 1:
        raise PlantrackError(text("--actuals are of one plan: name that plan alone"))
    if table in {"progress", "within_year"} and actuals is None:
        raise PlantrackError(text("progress is held against published values: add --actuals FILE"))
    given = sound_actuals(session, actuals, plans[0])
    material = _Material(session, plans, given, year, method, source=actuals)
    if chosen == "xlsx":
        _write_workbooks(material, output)
    else:
        _write_tables(material, output, chosen, table)
    end(session, given.findings, strict=False, exit_zero=False)


def _form_of(output: Path | None, form: options.ExportForm | None) -> options.ExportForm:
    """What is asked for: a file's suffix tells, a folder gets workbooks unless told otherwise."""
    if output is not None and not _is_folder(output):
        known = format_of(output, {".xlsx": "xlsx", ".csv": "csv", ".json": "json"})
        return cast("options.ExportForm", known)
    if output is None and form in {None, "xlsx"}:
        raise PlantrackError(
            text("write -o FILE.xlsx, -o FILE.csv, -o FILE.json or -o DIR, or -f csv for the screen")
        )
    return form or "xlsx"


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


def _write_tables(
    material: _Material, output: Path | None, form: options.ExportForm, wanted: options.TidyName | None
) -> None:
    """Into a file, a folder, or onto the screen."""
    from plantrack.formats import csv, json

    makers = _makers(material)
    is_csv, in_folder = form == "csv", output is not None and _is_folder(output)
    usual: list[options.TidyName] = ["figures"] if is_csv and not in_folder else list(makers)
    tables = [makers[name]() for name in ([wanted] if wanted is not None else usual)]

    def dumped(of: Sequence[Records]) -> str:
        if is_csv:
            return csv.records(of[0])
        return json.records(of, ascii_only=not carries_utf8(output))

    if output is not None and in_folder:
        encoding = "utf-8-sig" if is_csv else "utf-8"
        _write({f"{each.name}.{form}": dumped([each]).encode(encoding) for each in tables}, output, material)
        return
    material.require_spared([output])
    put_out(material.session, dumped(tables), output, with_mark=is_csv)


def _makers(material: _Material) -> dict[options.TidyName, Callable[[], Records]]:
    """How each table is made; only those that are wanted are."""
    from plantrack.views import tidy

    plans, audit = material.plans, cache(material.audit)
    makers: dict[options.TidyName, Callable[[], Records]] = {
        "figures": lambda: tidy.figures(plans),
        "targets": lambda: tidy.targets(audit()),
        "implied": lambda: tidy.implied(audit()),
        "findings": lambda: tidy.findings(audit()),
        "paths": lambda: tidy.paths(path for each in plans for path in material.paths(each)),
    }
    if material.source is not None:
        makers["progress"] = lambda: tidy.progress(material.tracking())
        makers["within_year"] = lambda: tidy.within_year(material.tracking())
    return makers

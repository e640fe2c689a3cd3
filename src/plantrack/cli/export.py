"""`export`: tidy tables for programs, workbooks for people."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple, cast

import typer

from plantrack.cli import options
from plantrack.cli.emit import carries_utf8, put_out
from plantrack.cli.reader import sound_actuals, sound_plans
from plantrack.cli.session import Command, Session, app
from plantrack.cli.streams import tell
from plantrack.errors import PlantrackError, reason_of
from plantrack.language import text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from plantrack.audit import Audit
    from plantrack.paths import Path as YearlyPath
    from plantrack.plan.actuals import Actual
    from plantrack.plan.plan import Plan
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
    _require_sensible(plans, output, chosen, actuals=actuals, table=table)
    given = sound_actuals(session, actuals, plans[0])
    material = _Material(session, plans, given, year, method, source=actuals)
    if chosen == "xlsx":
        _write_workbooks(material, output)
    else:
        _write_tables(material, output, chosen, table)


def _form_of(output: Path | None, form: options.ExportForm | None) -> options.ExportForm:
    """What is asked for: a file's suffix tells, a folder gets workbooks unless told otherwise.

    Raises:
        PlantrackError: for another suffix, or where nothing tells.
    """
    from plantrack.cli.output_files import format_of

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


def _require_sensible(
    plans: Sequence[Plan],
    output: Path | None,
    form: options.ExportForm,
    *,
    actuals: Path | None,
    table: options.TidyName | None,
) -> None:
    """Refuse what contradicts itself.

    Raises:
        PlantrackError: telling what to write instead.
    """
    if form == "xlsx" and len(plans) > 1 and output is not None and not _is_folder(output):
        raise PlantrackError(text("a workbook is of one plan: for several write -o DIR"))
    if form == "xlsx" and table is not None:
        raise PlantrackError(text("a workbook holds all tables: leave --table out, or write -f csv"))
    if actuals is not None and len(plans) > 1:
        raise PlantrackError(text("--actuals are of one plan: name that plan alone"))
    if table == "progress" and actuals is None:
        raise PlantrackError(text("progress is held against published values: add --actuals FILE"))


class _Material(NamedTuple):
    """What is exported, computed where it is needed."""

    session: Session
    plans: list[Plan]
    actuals: tuple[Actual, ...]
    year: int | None
    method: str | None
    source: Path | None
    """The file of the actuals."""

    def require_spared(self, outputs: Iterable[Path | None]) -> None:
        """Refuse to write over the plans or the actuals."""
        from plantrack.cli.output_files import require_spared

        require_spared([*(plan.file for plan in self.plans), self.source], outputs)

    def audit(self) -> Audit:
        from plantrack.audit import audit_plans
        from plantrack.cli.day import latest_day
        from plantrack.waivers import waive

        return waive(audit_plans(self.plans, self.session.catalogue), today=latest_day())

    def paths(self, plan: Plan) -> list[YearlyPath]:
        from plantrack.paths import Wish, project_paths

        return project_paths(plan, self.session.catalogue, Wish(method=self.method, actuals=self.actuals))

    def tracking(self) -> Tracking:
        from plantrack.track import Assessment, track_plan

        asked = Assessment(self.actuals, self.year, self.method)
        return track_plan(self.plans[0], self.session.catalogue, asked)


def _write_workbooks(material: _Material, output: Path | None) -> None:
    """A workbook for each plan, made before the first is written."""
    from plantrack.cli.output_files import write_bytes
    from plantrack.formats.xlsx import workbook_bytes
    from plantrack.views.worksheets import Account, worksheets

    assert output is not None
    audit, session = material.audit(), material.session
    books = {}
    for plan in material.plans:
        tracking = material.tracking() if material.source is not None else None
        account = Account(plan, audit, material.paths(plan), material.actuals, tracking)
        tables = worksheets(account, session.catalogue)
        books[plan.id] = workbook_bytes(tables, plan.model.title.name, session.language)
    if _is_folder(output):
        _write_into(output, {f"{name}.xlsx": content for name, content in books.items()}, material)
        return
    material.require_spared([output])
    write_bytes(output, *books.values(), force=session.force)


def _write_into(folder: Path, contents: dict[str, bytes], material: _Material) -> None:
    """Write files into a folder, which is made where there is none, and tell their names."""
    from plantrack.cli.output_files import require_replaceable, write_bytes

    material.require_spared(folder / name for name in contents)
    for name in contents:
        require_replaceable(folder / name, force=material.session.force)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PlantrackError(
            text("{file} cannot be written: {reason}", file=folder, reason=reason_of(error))
        ) from None
    for name, content in contents.items():
        write_bytes(folder / name, content, force=material.session.force)
        tell((folder / name).as_posix())


def _write_tables(
    material: _Material, output: Path | None, form: options.ExportForm, wanted: options.TidyName | None
) -> None:
    """Into a file, a folder, or onto the screen."""
    from plantrack.formats import csv, json

    makers = _makers(material)
    is_csv, folder = form == "csv", output if output is not None and _is_folder(output) else None
    usual: list[options.TidyName] = ["figures"] if is_csv and folder is None else list(makers)
    tables = [makers[name]() for name in ([wanted] if wanted is not None else usual)]

    def dumped(of: Sequence[Records]) -> str:
        if is_csv:
            return csv.records(of[0])
        return json.records(of, ascii_only=not carries_utf8(output))

    if folder is not None:
        encoding = "utf-8-sig" if is_csv else "utf-8"
        contents = {f"{each.name}.{form}": dumped([each]).encode(encoding) for each in tables}
        _write_into(folder, contents, material)
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
    return makers

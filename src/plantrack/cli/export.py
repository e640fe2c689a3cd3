"""`export`: tidy tables for programs, workbooks for people."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from plantrack.cli.methods import MethodName
from plantrack.cli.paths import sound_actuals
from plantrack.cli.session import (
    Command,
    Session,
    app,
    carries_utf8,
    output_named,
    put_out,
    sound_plans,
)
from plantrack.cli.streams import tell
from plantrack.errors import PlantrackError, reason_of
from plantrack.language import text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from plantrack.audit import Audit
    from plantrack.paths import Path as YearlyPath
    from plantrack.plan.actuals import Actual
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.plan import Plan
    from plantrack.render.tidy import Table
    from plantrack.track import Tracking


class Form(StrEnum):
    """Formats of `export`."""

    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"


class TableName(StrEnum):
    """Tidy tables."""

    FIGURES = "figures"
    FINDINGS = "findings"
    PATHS = "paths"
    PROGRESS = "progress"


@app.command(cls=Command, epilog="Example: plantrack export zhuhai -o zhuhai.xlsx")
def export(
    ctx: typer.Context,
    plans: Annotated[list[str] | None, typer.Argument(metavar="PLAN", help="Ids or paths of plans.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Every plan.")] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE|DIR",
            callback=output_named,
            readable=False,
            help="A file (.xlsx, .csv, .json) or a folder; without it, to the screen.",
        ),
    ] = None,
    form: Annotated[
        Form | None,
        typer.Option("-f", "--format", help="Format of a folder (xlsx unless told) and of the screen."),
    ] = None,
    table: Annotated[
        TableName | None,
        typer.Option("--table", help="Only this table; one CSV file holds one, figures unless told."),
    ] = None,
    actuals: Annotated[
        Path | None,
        typer.Option("--actuals", metavar="FILE", help="Published values of one plan, YAML or CSV."),
    ] = None,
    year: Annotated[
        int | None,
        typer.Option("--year", metavar="YEAR", help="Assess as of this year; later values are left aside."),
    ] = None,
    method: MethodName = None,
) -> None:
    """Tidy tables of figures, findings and paths (CSV, JSON), and workbooks of plans (XLSX)."""
    from plantrack.reading import plan_files

    session: Session = ctx.obj
    if every == bool(plans):
        raise PlantrackError(text("name the plans to be exported, or write --all"))
    chosen = _form_of(output, form)
    names = plans or [file.as_posix() for file in plan_files(session.plans)]
    sound = sound_plans(session, names)
    loaded, catalogue = [each for each, _ in sound], sound[0][1]
    _require_sensible(loaded, output, chosen, actuals=actuals, table=table)
    given = sound_actuals(session, actuals, loaded[0], catalogue) if actuals is not None else ()
    material = _Material(session, loaded, catalogue, given, year, method, source=actuals)
    if chosen is Form.XLSX:
        _write_workbooks(material, output)
    else:
        _write_tables(material, output, chosen, table)


def _form_of(output: Path | None, form: Form | None) -> Form:
    """What is asked for: a file's suffix tells, a folder gets workbooks unless told otherwise.

    Raises:
        PlantrackError: for another suffix, or where nothing tells.
    """
    from plantrack.render.files import format_of

    if output is not None and not _is_folder(output):
        return Form(format_of(output, {f".{each}": each for each in Form}))
    if output is None and form in {None, Form.XLSX}:
        raise PlantrackError(
            text("write -o FILE.xlsx, -o FILE.csv, -o FILE.json or -o DIR, or -f csv for the screen")
        )
    return form or Form.XLSX


def _is_folder(output: Path) -> bool:
    return output.is_dir() or not output.suffix


def _require_sensible(
    loaded: Sequence[Plan],
    output: Path | None,
    form: Form,
    *,
    actuals: Path | None,
    table: TableName | None,
) -> None:
    """Refuse what contradicts itself.

    Raises:
        PlantrackError: telling what to write instead.
    """
    if form is Form.XLSX and len(loaded) > 1 and output is not None and not _is_folder(output):
        raise PlantrackError(text("a workbook is of one plan: for several write -o DIR"))
    if form is Form.XLSX and table is not None:
        raise PlantrackError(text("a workbook holds all tables: leave --table out, or write -f csv"))
    if actuals is not None and len(loaded) > 1:
        raise PlantrackError(text("--actuals are of one plan: name that plan alone"))
    if table is TableName.PROGRESS and actuals is None:
        raise PlantrackError(text("progress is held against published values: add --actuals FILE"))


class _Material(NamedTuple):
    """What is exported, computed where it is needed."""

    session: Session
    plans: list[Plan]
    catalogue: Catalogue
    actuals: tuple[Actual, ...]
    year: int | None
    method: str | None
    source: Path | None
    """The file of the actuals."""

    def require_spared(self, outputs: Iterable[Path | None]) -> None:
        """Refuse to write over the plans or the actuals."""
        from plantrack.render.files import require_spared

        require_spared([*(loaded.file for loaded in self.plans), self.source], outputs)

    def audit(self) -> Audit:
        from plantrack.audit import audit_plans
        from plantrack.cli.day import latest_day
        from plantrack.waivers import AUDIT, apply_waivers

        audit = audit_plans(self.plans, self.catalogue)
        return audit._replace(
            findings=apply_waivers(
                audit.findings, [plan.source for plan in audit.plans], AUDIT, today=latest_day()
            )
        )

    def paths(self, loaded: Plan) -> list[YearlyPath]:
        from plantrack.paths import Wish, project_paths

        return project_paths(loaded, self.catalogue, Wish(method=self.method, actuals=self.actuals))

    def tracking(self) -> Tracking:
        from plantrack.track import Assessment, track_plan

        return track_plan(self.plans[0], self.catalogue, Assessment(self.actuals, self.year, self.method))


def _write_workbooks(material: _Material, output: Path | None) -> None:
    """A workbook for each plan, made before the first is written."""
    from plantrack.render.files import write_bytes
    from plantrack.render.grids.book import Account, plan_grids
    from plantrack.render.workbook import workbook_bytes

    assert output is not None
    audit = material.audit()
    language = material.session.language
    books = {}
    for loaded in material.plans:
        tracking = material.tracking() if material.source is not None else None
        account = Account(loaded, audit, material.paths(loaded), material.actuals, tracking)
        grids = plan_grids(account, material.catalogue, language)
        books[loaded.id] = workbook_bytes(grids, loaded.model.title.name.say(language))
    if not _is_folder(output):
        material.require_spared([output])
        write_bytes(output, *books.values(), force=material.session.force)
        return
    _into(output, {f"{name}.xlsx": content for name, content in books.items()}, material)


def _into(folder: Path, contents: dict[str, bytes], material: _Material) -> None:
    """Write files into a folder, which is made where there is none, and tell their names."""
    from plantrack.render.files import require_replaceable, write_bytes

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


def _write_tables(material: _Material, output: Path | None, form: Form, wanted: TableName | None) -> None:
    """Into a file, a folder, or onto the screen."""
    from plantrack.render import json, tidy

    makers = _makers(material)
    to_folder = output is not None and _is_folder(output)
    usual = [TableName.FIGURES] if form is Form.CSV and not to_folder else list(makers)
    tables = [makers[name]() for name in ([wanted] if wanted is not None else usual)]

    def dumped(of: Sequence[Table]) -> str:
        if form is Form.CSV:
            return tidy.to_csv(of[0])
        return json.dump(tidy.tables_document(of), ascii_only=not carries_utf8(output))

    if output is None or not to_folder:
        material.require_spared([output])
        put_out(material.session, dumped(tables), output, with_mark=form is Form.CSV)
        return
    encoding = "utf-8-sig" if form is Form.CSV else "utf-8"
    _into(output, {f"{table.name}.{form}": dumped([table]).encode(encoding) for table in tables}, material)


def _makers(material: _Material) -> dict[TableName, Callable[[], Table]]:
    """How each table is made; only those that are wanted are."""
    from plantrack.render import tidy

    plans = material.plans
    makers: dict[TableName, Callable[[], Table]] = {
        TableName.FIGURES: lambda: tidy.figures_table(plans, material.catalogue),
        TableName.FINDINGS: lambda: tidy.findings_table(material.audit()),
        TableName.PATHS: lambda: tidy.paths_table(path for each in plans for path in material.paths(each)),
    }
    if material.source is not None:
        makers[TableName.PROGRESS] = lambda: tidy.progress_table(material.tracking())
    return makers

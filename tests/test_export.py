"""Tidy tables, and what `export` refuses."""

import csv
import io
import json
import re
import sys
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

import plantrack
from plantrack.audit import audit_plans
from plantrack.cli import run
from plantrack.formats.parquet import GROUP, write
from plantrack.paths import Wish, project_paths
from plantrack.reading import load_catalogue, plan_files, read_plan_file
from plantrack.reading.actuals_file import load_actuals
from plantrack.track import Assessment, track_plan
from plantrack.views import tidy
from plantrack.views.known import known
from plantrack.views.tidy import COLUMNS, FURTHER, type_of
from test_cli import ROOT, output

Captured = pytest.CaptureFixture[str]
ACTUALS = str(ROOT / "docs" / "examples" / "actuals.csv")
MONTHS = ROOT / "docs" / "examples" / "months.csv"


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANTRACK_LANG", "en")
    monkeypatch.delenv("PLANTRACK_PLANS", raising=False)
    monkeypatch.chdir(ROOT)


def records(capsys: Captured, *arguments: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(output(capsys, "export", *arguments, "-f", "csv"))))


def test_a_row_for_each_figure(capsys: Captured) -> None:
    found = records(capsys, "--all")
    catalogue = load_catalogue()
    loaded = [read_plan_file(file, catalogue).require() for file in plan_files(ROOT / "data" / "plans")]
    assert sorted(each["figure"] for each in found) == sorted(f.id for plan in loaded for f in plan.figures)
    (rate,) = [each for each in found if each["figure"] == "zhaoqing/premium/growth/2020->2025/table"]
    assert (rate["text"], rate["value"], rate["low"], rate["high"]) == (
        "8.50%",
        "8.5",
        "8.495",
        "8.505",
    )
    assert (rate["unit"], rate["from"], rate["to"], rate["time"]) == ("%/年", "2020", "2025", "")
    assert (rate["indicator_zh"], rate["low_closed"], rate["high_closed"]) == ("保费收入", "true", "false")


def test_a_row_for_each_figure_of_a_finding(capsys: Captured) -> None:
    found = records(capsys, "zhaoqing", "--table", "findings")
    rows = [each for each in found if each["code"] == "PT301" and each["indicator"] == "premium"]
    assert {each["text"] for each in rows} >= {"76.91", "115", "8.50%"}
    (target,) = [each for each in rows if each["text"] == "115"]
    assert (target["should_read_low"], target["should_read_high"], target["in_every"]) == (
        "116",
        "116",
        "true",
    )


def test_a_row_for_each_year_of_a_path(capsys: Captured) -> None:
    found = [each for each in records(capsys, "zhuhai", "--table", "paths") if each["indicator"] == "loans"]
    assert [each["year"] for each in found] == [str(year) for year in range(2020, 2026)]
    assert (found[0]["value"], found[-1]["value"], found[-1]["printed"]) == (
        "7626.0",
        "10000.0",
        found[-1]["printed"],
    )
    assert all(float(each["low"]) <= float(each["value"]) <= float(each["high"]) for each in found)


def test_what_has_no_path_says_why(capsys: Captured) -> None:
    without = [each for each in records(capsys, "zhaoqing", "--table", "paths") if not each["year"]]
    assert without
    assert all(each["why"] and not each["value"] for each in without)


def test_a_row_for_each_target_tracked(capsys: Captured) -> None:
    found = records(capsys, "zhaoqing", "--table", "progress", "--actuals", ACTUALS, "--year", "2023")
    (premium,) = [each for each in found if each["indicator"] == "premium"]
    assert (premium["status"], premium["value"], premium["as_of"]) == ("on the path", "98.7", "2023")
    assert any(not each["actual"] for each in found)


def test_json_has_every_table_with_the_same_columns(capsys: Captured) -> None:
    found = json.loads(output(capsys, "export", "zhaoqing", "--actuals", ACTUALS, "-f", "json"))
    assert set(found) == {"plantrack", *COLUMNS}
    for name, columns in COLUMNS.items():
        assert all(set(row) == set(columns) for row in found[name]), name


def test_files_open_in_excel_and_a_folder_has_a_file_for_each_table(capsys: Captured, tmp_path: Path) -> None:
    output(capsys, "export", "zhaoqing", "-f", "csv", "-o", str(tmp_path / "out"))
    assert {each.name for each in (tmp_path / "out").iterdir()} == {
        "plans.csv",
        "figures.csv",
        "targets.csv",
        "implied.csv",
        "findings.csv",
        "paths.csv",
    }
    for each in (tmp_path / "out").iterdir():
        content = each.read_bytes()
        assert content.startswith("\ufeff".encode())
        assert tuple(next(csv.reader(io.StringIO(content.decode("utf-8-sig"))))) == COLUMNS[each.stem]


@pytest.mark.parametrize("page", ["export.md", "export.zh.md"])
def test_the_columns_are_documented_in_order(page: str) -> None:
    documented = (ROOT / "docs" / page).read_text(encoding="utf-8")
    for name, columns in (COLUMNS | FURTHER).items():
        section = re.search(
            rf"^### {name}(?:（[^）]*）)?\n(.*?)(?=^##|\Z)", documented, re.DOTALL | re.MULTILINE
        )
        assert section is not None
        rows = [
            re.findall(r"`(\w+)`", row.split("|")[1])
            for row in re.findall(r"^\| `.*$", section[1], re.MULTILINE)
        ]
        assert tuple(column for row in rows for column in row) == columns, name


def test_text_that_looks_like_a_formula_gets_an_apostrophe(capsys: Captured, tmp_path: Path) -> None:
    plan = (ROOT / "data" / "plans" / "zhuhai.yaml").read_text(encoding="utf-8")
    key = re.search(r"^sections:\n  (\S+): ", plan, re.MULTILINE)
    assert key is not None
    changed = re.sub(
        rf"^  {re.escape(key[1])}: .*$", f'  {key[1]}: "=cmd()"', plan, count=1, flags=re.MULTILINE
    )
    (tmp_path / "zhuhai.yaml").write_text(changed, encoding="utf-8")
    found = records(capsys, str(tmp_path / "zhuhai.yaml"))
    assert {each["heading"] for each in found if each["section"] == key[1].strip('"')} == {"'=cmd()"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "x.xlsx"], "or write --all"),
        (["zhuhai", "--all", "-o", "x.xlsx"], "or write --all"),
        (["zhuhai"], "-o FILE.xlsx"),
        (["zhuhai", "-o", "x.doc"], "write one of .xlsx, .csv, .parquet, .json"),
        (["zhuhai", "-o", "x.csv", "-f", "json"], "x.csv is named as .csv, and -f asks for json"),
        (["zhuhai", "-o", "x.csv", "-f", "xlsx"], "x.csv is named as .csv, and -f asks for xlsx"),
        (["zhuhai", "-o", "x.json", "-f", "datapackage"], "datapackage goes into files: write -o DIR"),
        (["zhuhai", "-f", "opensdg"], "opensdg goes into files: write -o DIR"),
        (["zhuhai", "-f", "parquet"], "parquet goes into files: write -o DIR"),
        (["zhuhai", "-f", "iamc", "--table", "figures"], "iamc is made of paths: leave --table out"),
        (["zhuhai", "zhaoqing", "-o", "x.xlsx"], "write -o DIR"),
        (["zhuhai", "-o", "x.xlsx", "--table", "figures"], "leave --table out"),
        (["zhuhai", "-f", "csv", "--table", "progress"], "add --actuals FILE"),
        (["zhuhai", "zhaoqing", "-f", "csv", "--actuals", ACTUALS], "name that plan alone"),
    ],
)
def test_what_contradicts_itself_is_refused(capsys: Captured, arguments: list[str], said: str) -> None:
    assert run(["export", *arguments]) == 2
    assert said in capsys.readouterr().err
    assert not Path("x.xlsx").exists()


def test_a_column_is_filled_with_numbers_or_text_never_both() -> None:
    for name in COLUMNS:
        table = _table(name)
        for column in table.columns:
            kinds = {type(row[column]) for row in table.rows} - {type(None)}
            assert kinds <= {type_of(name, column)}, (name, column)
            assert kinds or {column, f"{name}.{column}"} & SELDOM, f"no row fills {column} of {name}"


SELDOM = {"scope", "time", "about", "waived_on", "waived_because", "document", "issued"} | {
    f"within_year.{column}" for column in ("compare_op", "compare_to", "compare_by", "other")
}
"""Columns that need not be filled for these five plans."""


@cache
def audit_of_all() -> plantrack.Audit:
    return audit_plans(
        [plantrack.load(file) for file in plan_files(ROOT / "data" / "plans")], load_catalogue()
    )


def _table(name: str) -> tidy.Records:
    audit = audit_of_all()
    plans = audit.plans
    if name in {"plans", "figures"}:
        return tidy.figures(plans) if name == "figures" else tidy.plans(map(known, plans))
    if name == "paths":
        return tidy.paths(path for plan in plans for path in project_paths(plan, load_catalogue(), Wish()))
    if name in {"progress", "within_year"}:
        given = load_actuals(
            Path(ACTUALS) if name == "progress" else MONTHS, plantrack.load("zhaoqing"), load_catalogue()
        )
        asked = Assessment(given.actuals, parts=given.parts)
        return getattr(tidy, name)(track_plan(plantrack.load("zhaoqing"), load_catalogue(), asked))
    if name == "findings":
        return tidy.findings(audit.findings, audit)
    return {"targets": tidy.targets, "implied": tidy.implied}[name](audit)


def test_the_unit_describes_the_value(capsys: Captured) -> None:
    """A printed share, change or rate in per cent stands in its row as it is printed."""
    seen = set()
    for row in records(capsys, "--all"):
        number = re.fullmatch(r"([0-9.]+)(?:%|个百分点|百分点)", row["text"])
        if number and not row["bound"]:
            assert float(row["value"]) == float(number[1]), row
            assert float(row["low"]) <= float(row["value"]) <= float(row["high"])
            seen.add((row["kind"], row["unit"]))
    assert seen == {
        ("level", "%"),
        ("growth", "%/年"),
        ("total_growth", "%"),
        ("change", "个百分点"),
    }


def test_verdicts_of_targets_in_numbers(capsys: Captured) -> None:
    found = records(capsys, "zhaoqing", "--table", "targets")
    (premium,) = [row for row in found if row["indicator"] == "premium" and row["stated"] == "8.5"]
    assert (premium["base"], premium["target"], premium["implied"][:4]) == ("76.91", "115.0", "8.37")
    assert (premium["pace_unit"], premium["measure"], premium["status"]) == ("%/年", "growth", "in_finding")
    assert float(premium["implied_low"]) < float(premium["implied"]) < float(premium["implied_high"]) < 8.495


def test_what_is_implied_in_numbers(capsys: Captured) -> None:
    found = records(capsys, "zhaoqing", "--table", "implied")
    assert any(row["indicator"] == "gdp" and row["unit"] == "亿元" for row in found)
    assert all(float(row["low"]) <= float(row["high"]) for row in found if row["low"] and row["high"])


def test_numbers_beyond_floats_are_empty_cells() -> None:
    audit = audit_of_all()
    latent = next(each for each in audit.latents if each.interval.high is not None)
    huge = latent._replace(interval=replace(latent.interval, high=Fraction(10**400)))
    (row,) = tidy.implied(replace(audit, latents=(huge,))).rows
    assert (row["low"] is None, row["high"]) == (latent.interval.low is None, None)


# -- formats for other programs ------------------------------------------------------------------


def test_a_data_package_has_a_type_for_every_field_and_knows_which_rows_others_name(tmp_path: Path) -> None:
    assert (
        run(["export", "zhaoqing", "--actuals", ACTUALS, "-f", "datapackage", "-o", str(tmp_path / "p")]) == 0
    )
    package = json.loads((tmp_path / "p" / "datapackage.json").read_text(encoding="utf-8"))
    resources = {each["name"]: each["schema"] for each in package["resources"]}
    assert resources.keys() == COLUMNS.keys()
    for name, schema in resources.items():
        heading = next(csv.reader((tmp_path / "p" / f"{name}.csv").read_text(encoding="utf-8").splitlines()))
        assert [each["name"] for each in schema["fields"]] == heading == list(COLUMNS[name])
        kinds = {each["name"]: each for each in schema["fields"]}
        assert all(kinds[each]["type"] == "integer" for each in ("at", "from", "to", "year") if each in kinds)
        for each in schema["fields"]:  # every number has a unit, its own or one that stands beside it
            unit = each.get("unit", "")
            assert (each["type"] == "number") == bool(unit), each
            assert not unit.startswith("column:") or unit.removeprefix("column:") in kinds
    keys = {each["fields"][0] for each in resources["targets"]["foreignKeys"]}
    assert keys == {"plan", "figure", "base_figure", "target_figure", "stated_figure"}


def test_a_path_is_a_row_of_the_iamc_format(capsys: Captured) -> None:
    rows = list(csv.DictReader(io.StringIO(output(capsys, "export", "--all", "-f", "iamc"))))
    index = [tuple(row[key] for key in ("model", "scenario", "region", "variable", "unit")) for row in rows]
    assert len(set(index)) == len(index)
    loans = rows[index.index(("plantrack", "zhuhai", "zhuhai", "loans", "亿元"))]
    assert (loans["2020"], loans["2025"]) == ("7626.0", "10000.0")
    growth = rows[index.index(("plantrack", "zhaoqing", "world", "gdp|index", "2020=100"))]
    assert (growth["2020"], growth["2022"]) == ("100.0", "")


def test_an_indicator_is_a_file_of_open_sdg(capsys: Captured, tmp_path: Path) -> None:
    """Columns that tell nothing apart are left out, so that a chart has its headline."""
    output(capsys, "export", "zhuhai", "zhaoqing", "-f", "opensdg", "-o", str(tmp_path / "data"))
    several = (tmp_path / "data" / "indicator_premium.csv").read_text(encoding="utf-8").splitlines()
    assert several[:2] == ["Year,Plan,Place,Units,Value", "2020,zhuhai,zhuhai,亿元,153.2"]
    alone = (tmp_path / "data" / "indicator_manufacturing-loans.csv").read_text(encoding="utf-8").splitlines()
    assert alone[0] == "Year,Units,Value"


def test_parquet_has_the_types_of_the_tables(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    assert run(["export", "zhaoqing", "-f", "parquet", "-o", str(tmp_path / "out")]) == 0
    for name in COLUMNS.keys() - {"progress", "within_year"}:
        found = parquet.read_table(tmp_path / "out" / f"{name}.parquet")
        kinds = {str: "string", int: "int64", float: "double", bool: "bool"}
        assert [str(each) for each in found.schema.types] == [kinds[type_of(name, c)] for c in COLUMNS[name]]
    figures = parquet.read_table(tmp_path / "out" / "figures.parquet").to_pylist()
    assert figures == tidy.figures([plantrack.load("zhaoqing")]).rows


def test_parquet_is_written_by_groups_of_rows() -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    columns, stream = ("plan", "year", "value"), io.BytesIO()
    rows = [{"plan": "a", "year": 2020, "value": 1.5}] * (GROUP - 1)
    write("paths", columns, (tidy.Records("paths", columns, rows) for _ in range(3)), stream)
    found = parquet.ParquetFile(stream)
    assert (found.metadata.num_rows, found.metadata.num_row_groups) == (3 * (GROUP - 1), 2)


def test_half_a_character_of_a_file_name_is_none_in_parquet() -> None:
    parquet, stream = pytest.importorskip("pyarrow.parquet"), io.BytesIO()
    write("paths", ("plan",), [tidy.Records("paths", ("plan",), [{"plan": "a\udcff\x1b"}])], stream)
    assert parquet.read_table(stream).to_pylist() == [{"plan": "a?\x1b"}]


def test_without_pyarrow_parquet_says_what_to_install(
    capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert run(["export", "zhuhai", "-o", str(tmp_path / "x.parquet")]) == 2
    assert "plantrack[parquet]" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())

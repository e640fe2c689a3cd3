"""`path`, `track` and `compare` as their users meet them."""

import csv
import io
import json
import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from plantrack import __version__
from plantrack.cli import run
from plantrack.language import text
from plantrack.paths import METHODS, Course, method
from test_cli import ROOT, call

Captured = pytest.CaptureFixture[str]
GBK = {"PYTHONIOENCODING": "gbk", "PYTHONPATH": os.environ.get("PYTHONPATH", "")}
TYPED = (
    "指标,年份,数值,单位\n保费收入,2022,90.5,亿元\n保费收入,2023,98.7,亿元\n"
    '本外币贷款余额,2023,"3,491.9",亿元\n不良贷款率,2023,0.8,%\n'
)


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANTRACK_LANG", "en")
    monkeypatch.delenv("PLANTRACK_PLANS", raising=False)
    monkeypatch.chdir(ROOT)


@pytest.fixture
def actuals(tmp_path: Path) -> str:
    file = tmp_path / "actuals.csv"
    file.write_bytes(TYPED.encode("gbk"))
    return str(file)


def output(capsys: Captured, *arguments: str, code: int = 0) -> str:
    assert run(arguments) == code
    captured = capsys.readouterr()
    if code == 0:
        assert captured.err == ""
    return captured.out


def test_track_tells_where_the_plan_is(capsys: Captured, actuals: str) -> None:
    shown = output(capsys, "track", "zhaoqing", "--actuals", actuals, "-v")
    (row,) = [line for line in shown.splitlines() if line.startswith("insurance premiums ")]
    assert row.split()[-12:] == [
        "98.7",
        "97.91",
        "+0.79",
        "+0.1",
        "8.67%",
        "8.38%",
        "7.94%",
        "116.56",
        "115",
        *("on", "the", "path"),
    ]
    assert "3 of " in shown
    assert "no actual is given: the world GDP, value added of finance" in shown


def test_a_half_way_assessment_leaves_later_values_aside(capsys: Captured, actuals: str) -> None:
    found = json.loads(
        output(capsys, "track", "zhaoqing", "--actuals", actuals, "--year", "2022", "-f", "json")
    )
    (premium,) = [each for each in found["indicators"] if each["indicator"] == "premium"]
    assert found["year"] == 2022
    assert premium["actual"]["text"] == "90.5亿元"
    assert premium["status"] == "on the path"


def test_track_json_keeps_its_contract(capsys: Captured, actuals: str) -> None:
    found = json.loads(output(capsys, "track", "zhaoqing", "--actuals", actuals, "-f", "json"))
    assert found["plantrack"] == __version__
    assert set(found) == {
        *(
            "plantrack",
            "plan",
            "year",
            "actuals",
            "tolerance",
            "summary",
            "binding",
            "expected",
            "completion",
            "indicators",
        ),
        "unplanned",
    }
    assert sum(found["summary"].values()) == len(found["indicators"])
    (premium,) = [each for each in found["indicators"] if each["indicator"] == "premium"]
    assert {
        "indicator", "place", "scope", "unit", "from", "to", "base", "target", "bound", "better", "actual", "actuals",
        "measure", "gap", "years_ahead", "observed", "required", "remaining", "projected", "other", "status", "why",
        "notes", "path",
    } <= set(premium)  # fmt: skip
    assert premium["actual"]["line"] == 3
    assert set(premium["remaining"]) == {"nominal", "low", "high"}


def test_one_indicator_is_shown_year_by_year(capsys: Captured, actuals: str) -> None:
    shown = output(capsys, "track", "zhaoqing", "--actuals", actuals, "-i", "premium")
    assert "2023   97.91    98.7  +0.79" in shown
    assert "required for the years left: 7.94% (7.68–8.20%)" in shown


def test_broken_actuals_are_told_with_their_cells(capsys: Captured, tmp_path: Path) -> None:
    file = tmp_path / "broken.csv"
    file.write_text("指标,年份,数值\n保费收人,2023,98.7\n保费收入,2023,约莫\n", encoding="utf-8")
    assert run(["track", "zhaoqing", "--actuals", str(file)]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    first, second = captured.err.splitlines()
    assert first.startswith(f"{file.as_posix()}:2:1: PT201 error")
    assert second.startswith(f"{file.as_posix()}:3:3: PT107 error")


def test_the_path_from_the_latest_actual_is_the_pace_needed(capsys: Captured, actuals: str) -> None:
    shown = output(
        capsys, "path", "zhaoqing", "-i", "premium", "--method", "from-actual", "--actuals", actuals
    )
    years = [line.split()[0] for line in shown.splitlines() if line[:2] == "20"]
    assert years == ["2023", "2024", "2025"]
    assert "from the latest actual: 7.94%" in shown


def test_path_json_keeps_its_contract(capsys: Captured) -> None:
    found = json.loads(output(capsys, "path", "zhuhai", "--to", "2027", "-f", "json"))
    assert {"plantrack", "plan", "paths"} <= set(found)
    (loans,) = [each for each in found["paths"] if each["indicator"] == "loans"]
    assert {
        "indicator",
        "place",
        "unit",
        "method",
        "bound",
        "years",
        "values",
        "low",
        "high",
        "rate",
        "step",
        "why",
    } <= set(loans)
    assert (loans["due"], loans["years"][-1]) == (2025, 2027)
    (population,) = [each for each in found["implied"] if each["indicator"] == "population"]
    assert population["plausible"] is False


def test_the_overview_says_where_what_is_implied_leaves_its_band(capsys: Captured) -> None:
    shown = output(capsys, "path", "zhuhai", "-v")
    assert "What the paths imply" in shown
    assert "resident population by insurance density = insurance premiums / resident population" in shown


@pytest.mark.parametrize(
    "arguments",
    [
        ("path", "zhuhai", "--to", "2027"),
        ("path", "zhaoqing", "--method", "stated"),
        ("path", "zhuhai", "--method", "milestones"),
        ("track", "zhaoqing", "--actuals", "{actuals}"),
        ("track", "zhaoqing", "--actuals", "{actuals}", "-i", "premium"),
        ("compare", "premium"),
        ("compare", "premium,loans", "--per", "gdp"),
        ("compare", "premium,loans"),
    ],
)
def test_machine_formats_own_stdout(capsys: Captured, arguments: tuple[str, ...], actuals: str) -> None:
    asked = [each.replace("{actuals}", actuals) for each in arguments]
    json.loads(output(capsys, *asked, "-f", "json"))
    rows = list(csv.reader(io.StringIO(output(capsys, *asked, "-f", "csv"))))
    assert len({len(row) for row in rows}) == 1
    assert output(capsys, *asked, "-f", "markdown").startswith("# ")


@pytest.mark.parametrize("command", ["path", "track", "compare"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_help_has_an_example_and_speaks_the_language(capsys: Captured, command: str, language: str) -> None:
    shown = output(capsys, command, "--help", "--lang", language)
    assert ("示例：\n  plantrack" in shown) == (language == "zh")
    assert ("Examples:\n  plantrack" in shown) == (language == "en")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["track", "zhaoqing"], 2),
        (["track", "zhaoqing", "--actuals", "nowhere.csv"], 2),
        (["track", "zhaoqing", "--actuals", "README.md"], 2),
        (["track", "zhaoqing", "--actuals", "{actuals}", "--year", "2019"], 2),
        (["track", "zhaoqing", "--actuals", "{actuals}", "-i", "nonsense"], 2),
        (["track", "zhaoqing", "--actuals", "{actuals}", "--method", "from-actual"], 2),
        (["path", "zhaoqing", "--method", "from-actual"], 2),
        (["path", "zhaoqing", "--to", "2024"], 2),
        (["path", "zhaoqing", "--to", "2999"], 2),
        (["path", "zhuhai", "-i", "loans", "--method", "stated"], 2),
        (["compare", "nonsense"], 2),
        (["compare", ","], 2),
        (["compare", "premium", "nowhere"], 2),
        (["compare", "premium", "--per", "nonsense"], 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else str(value),
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_wrong_usage_is_told_in_a_sentence(
    capsys: Captured, arguments: list[str], code: int, language: str, actuals: str
) -> None:
    assert run([each.replace("{actuals}", actuals) for each in arguments] + ["--lang", language]) == code
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("plantrack: ")
    assert "Traceback" not in captured.err
    assert "internal error" not in captured.err
    assert "内部错误" not in captured.err


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_gbk_console_loses_nothing(language: str, actuals: str) -> None:
    done = call("track", "zhaoqing", "--actuals", actuals, "--lang", language, **GBK)
    assert done.returncode == 0
    assert "?" not in done.stdout.decode("gbk")


@pytest.mark.parametrize(("base", "status"), [("actual", "behind"), ("printed", "on the path")])
def test_which_base_counts_may_be_said(capsys: Captured, base: str, status: str) -> None:
    folder = ROOT / "tests" / "cases" / "public" / "h10-base-revised-by-census"
    shown = output(
        capsys,
        *("track", str(folder / "h10.yaml"), "--actuals", str(folder / "actuals.csv"), "--base", base),
        *("-f", "json"),
    )
    (row,) = json.loads(shown)["indicators"]
    assert row["status"] == status
    assert (row["path"]["base_revised"] is not None) == (base == "actual")


def test_only_years_beyond_all_that_is_printed_are_starred(capsys: Captured, tmp_path: Path) -> None:
    file = tmp_path / "made.yaml"
    file.write_text(
        "plan: made\ntitle: {zh: 例, en: Example}\nplace: {id: zhaoqing, zh: 肇庆市, en: Zhaoqing}\n"
        "base: 2020\ntarget: 2025\nsections: {t: 表}\nfigures:\n"
        "  loans:\n  - {in: t, level: {2020: 100, 2025: 161, 2035: 300}}\n",
        encoding="utf-8",
    )
    shown = output(capsys, "path", str(file), "--to", "2036")
    assert "2035 " in shown
    assert "2035*" not in shown
    assert "2036*" in shown
    assert "the years after 2035 are extrapolated" in shown


# -- a method of one's own -----------------------------------------------------------------------


@pytest.fixture
def front_loaded() -> Iterator[None]:
    """One decorated function, and nothing else anywhere."""

    @method("front-loaded", title=text("most of it in the first years"))
    def front_loaded(course: Course) -> NDArray[np.float64]:
        """`base + (target - base) * sqrt(year / years)`."""
        way = np.sqrt(np.arange(course.last + 1) / course.years)
        return course.base[..., np.newaxis] + (course.target - course.base)[..., np.newaxis] * way

    yield
    del METHODS["front-loaded"]


@pytest.mark.usefixtures("front_loaded")
def test_a_method_is_one_function(capsys: Captured, actuals: str, tmp_path: Path) -> None:
    """The command line offers it, draws, names and exports its paths, and holds actuals against them."""
    asked = ("-i", "premium", "--method", "front-loaded")
    (path,) = json.loads(output(capsys, "path", "zhaoqing", *asked, "-f", "json"))["paths"]
    first, last = path["values"][0], path["values"][-1]
    assert path["method"] == "front-loaded"
    assert path["values"][2] == pytest.approx(first + (last - first) * 0.4**0.5)
    shown = output(capsys, "path", "zhaoqing", *asked)
    assert "most of it in the first years: —" in shown
    assert "front-loaded" in output(capsys, "export", "zhaoqing", "--table", "paths", "-f", "csv", *asked[2:])
    output(capsys, "export", "zhaoqing", "-o", str(tmp_path / "book.xlsx"), *asked[2:])
    (row,) = json.loads(output(capsys, "track", "zhaoqing", "--actuals", actuals, *asked, "-f", "json"))[
        "indicators"
    ]
    assert (row["path"]["method"], row["status"]) == ("front-loaded", "behind")


@pytest.mark.usefixtures("front_loaded")
@pytest.mark.parametrize(
    ("command", "starts_from_actuals"), [("path", True), ("track", False), ("export", False)]
)
def test_help_and_completion_name_every_method(
    command: str, starts_from_actuals: bool, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    helped = " ".join(output(capsys, command, "--help").split())
    names = [name for name in METHODS if starts_from_actuals or name != "from-actual"]
    assert f"<{'|'.join(names)}>" in helped
    assert all(METHODS[name].title.say("en") in helped for name in names)
    monkeypatch.setenv("_PLANTRACK_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", f"plantrack {command} --method f")
    monkeypatch.setenv("COMP_CWORD", "3")
    offered = output(capsys).split()
    assert offered == [name for name in names if name.startswith("f")]


@pytest.mark.usefixtures("front_loaded")
def test_a_name_that_is_no_method_is_told_with_those_that_are(capsys: Captured) -> None:
    assert run(["path", "zhuhai", "--method", "fast"]) == 2
    assert "'fast' is not one of 'growth', 'linear'" in (told := capsys.readouterr().err)
    assert "'front-loaded'" in told


def test_what_a_method_needs_is_told_where_it_is_missing(capsys: Captured) -> None:
    """Where no pace is printed, the path is another one, and says so; of one indicator that is an error."""
    found = json.loads(output(capsys, "path", "zhuhai", "--method", "stated", "-f", "json"))["paths"]
    loans = next(each for each in found if each["indicator"] == "loans")
    assert loans["method"] == "growth"
    assert loans["note"] == (
        "not at the printed pace (no growth or change is printed as a number), but constant growth"
    )
    assert run(["path", "zhuhai", "-i", "loans", "--method", "stated", "--lang", "en"]) == 2
    assert "without --method it is: constant growth" in capsys.readouterr().err

"""The command line as its users meet it: formats, languages, exit codes, odd terminals."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from plantrack import __version__
from plantrack.cli import run
from plantrack.findings import CODES

Captured = pytest.CaptureFixture[str]
ROOT = Path(__file__).parent.parent
INVALID = ROOT / "tests" / "cases" / "plans" / "invalid"


def call(*arguments: str, **environ: str) -> subprocess.CompletedProcess[bytes]:
    """Run plantrack as a process of its own, outside the checkout's folder."""
    return subprocess.run(
        [sys.executable, "-m", "plantrack", *arguments],
        capture_output=True,
        check=False,
        env={"PATH": os.environ["PATH"], "PYTHONUTF8": "0", "LANG": "C.UTF-8", **environ},
        cwd="/",
    )


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANTRACK_LANG", "en")
    monkeypatch.delenv("PLANTRACK_PLANS", raising=False)
    monkeypatch.chdir(ROOT)


def output(capsys: Captured, *arguments: str, code: int = 0) -> str:
    assert run(arguments) == code
    captured = capsys.readouterr()
    if code == 0:
        assert captured.err == ""
    return captured.out


# -- commands ------------------------------------------------------------------------------------


def test_check_shows_the_target_that_does_not_hold(capsys: Captured) -> None:
    shown = output(capsys, "check", "zhaoqing", "-v", code=1)
    (row,) = [
        line for line in shown.splitlines() if line.startswith("insurance premiums") and "8.50%" in line
    ]
    assert row.split()[-6:] == ["76.91", "115", "8.50%", "8.38%", "(8.28–8.47%)", "fails"]
    assert "116 would do" in shown


def test_check_shows_what_a_year_brings_to_counts(capsys: Captured) -> None:
    (row,) = [
        line
        for line in output(capsys, "check", "zhaoqing", "--targets", code=1).splitlines()
        if line.startswith("financial inst") and "新增" in line
    ]
    assert row.split()[-5:] == ["87", "100", "新增2—3家", "2.6", "holds"]


def test_check_without_names_checks_every_plan(capsys: Captured) -> None:
    every = json.loads(output(capsys, "check", "-f", "json", code=1))
    assert every["plans"] == ["jieyang", "zhanjiang", "zhanjiang-credit-2022", "zhaoqing", "zhuhai"]
    told = [each["id"] for each in every["findings"]]
    lines = output(capsys, "check", "--all", "-f", "concise", code=1).splitlines()
    assert len(lines) == len(told) > 5


def test_check_json_keeps_its_contract(capsys: Captured) -> None:
    found = json.loads(output(capsys, "check", "zhaoqing", "-f", "json", code=1))
    assert found["plantrack"] == __version__
    assert set(found) == {
        "plantrack",
        "plans",
        "targets",
        "findings",
        "implied",
        "meanings",
        "coverage",
    }
    (premium,) = [
        each for each in found["targets"] if each["indicator"] == "premium" and each["in"] == "table"
    ]
    assert {
        key: premium[key] for key in ("base", "target", "stated", "from", "to", "measure", "verdict", "unit")
    } == {
        "base": "76.91",
        "target": "115",
        "stated": "8.50%",
        "from": "2020",
        "to": "2025",
        "measure": "growth",
        "verdict": "fails",
        "unit": "亿元",
    }
    (finding,) = [each for each in found["findings"] if each["code"] == "PT301"]
    assert premium["findings"] == [finding["id"]]
    assert finding["messages"].keys() == {"zh", "en"}
    assert finding["range"] == ["1.00097", "1.01031"]
    assert [each["should_read"] for each in finding["figures"]] == [["8.38%", "8.47%"], ["116", "116"], []]
    shown = json.loads(output(capsys, "show", "zhaoqing", "-f", "json"))
    assert found["coverage"]["figures"] == len(shown["figures"])


def test_show_json_keeps_its_contract(capsys: Captured) -> None:
    found = json.loads(output(capsys, "show", "zhaoqing", "-i", "premium", "-f", "json"))
    figures = {figure["id"]: figure for figure in found["figures"]}
    growth = figures["zhaoqing/premium/growth/2020->2025/table"]
    assert growth["interval"] == {
        "low": "0.08495",
        "high": "0.08505",
        "low_closed": True,
        "high_closed": False,
    }
    assert (growth["text"], growth["unit"], growth["at"], growth["from"], growth["to"]) == (
        "8.50%",
        "%",
        None,
        "2020",
        "2025",
    )
    bound = figures["zhaoqing/premium/level/2025/goals"]
    assert (bound["bound"], bound["interval"]["high"]) == ("ge", None)


def test_show_tells_relations(capsys: Captured) -> None:
    found = json.loads(output(capsys, "show", "zhaoqing", "-i", "npl_ratio", "-f", "json"))
    compared = [figure for figure in found["figures"] if figure["text"] is None]
    assert compared[0]["compare"] == {"op": "below", "to": "npl_ratio@guangdong", "by": None}
    assert compared[0]["interval"] is None


def test_path_json_has_full_precision(capsys: Captured) -> None:
    (path,) = json.loads(output(capsys, "path", "zhuhai", "--indicator", "loans", "-f", "json"))["paths"]
    assert path["years"] == [2020, 2021, 2022, 2023, 2024, 2025]
    assert path["values"][0] == 7626.0
    assert path["values"][-1] == 10000.0
    assert path["values"][1] == 7626.0 * (10000 / 7626) ** (1 / 5)
    assert path["rate"] == pytest.approx(0.05570028746527278, abs=1e-15)


def test_path_shows_six_years(capsys: Captured) -> None:
    shown = output(capsys, "path", "zhuhai", "--indicator", "loans")
    rows = [line.split() for line in shown.splitlines() if line[:2] == "20"]
    assert [row[0] for row in rows] == ["2020", "2021", "2022", "2023", "2024", "2025"]
    assert (rows[0][1], rows[-1][1], rows[1][2]) == ("7626", "10000", "5.57%")


def test_an_indicator_may_be_named_in_either_language(capsys: Captured) -> None:
    by_id = output(capsys, "path", "zhuhai", "-i", "loans", "-f", "csv")
    assert output(capsys, "path", "zhuhai", "-i", "本外币贷款余额", "-f", "csv") == by_id


def test_list_names_every_plan(capsys: Captured) -> None:
    assert {line.split()[0] for line in output(capsys, "list").splitlines()[3:]} == {
        "jieyang", "zhanjiang", "zhanjiang-credit-2022", "zhaoqing", "zhuhai",
    }  # fmt: skip


def test_explain_has_a_page_for_every_code(capsys: Captured) -> None:
    for name, code in CODES.items():
        assert output(capsys, "explain", code.code) == output(capsys, "explain", name)
    assert len(output(capsys, "explain").splitlines()) >= len(CODES)


def test_explain_tells_programs_every_code_in_both_languages(capsys: Captured) -> None:
    found = json.loads(output(capsys, "explain", "-f", "json"))["codes"]
    assert [each["code"] for each in found] == [code.code for code in CODES.values()]
    assert all(
        each["title"][language] and each["page"][language] for each in found for language in ("zh", "en")
    )
    assert json.loads(output(capsys, "explain", "growth-conflict", "-f", "json"))["codes"] == [
        each for each in found if each["code"] == "PT301"
    ]


def test_version(capsys: Captured) -> None:
    assert output(capsys, "--version") == f"plantrack {__version__}\n"


@pytest.mark.parametrize("command", ["list", "show", "check", "path", "validate", "explain", "trace"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_help_has_an_example_and_speaks_the_language(capsys: Captured, command: str, language: str) -> None:
    shown = output(capsys, command, "--help", "--lang", language)
    assert f"plantrack {command}" in shown
    assert ("示例" in shown) == (language == "zh")
    assert ("Example" in shown) == (language == "en")
    assert ("Show this message" in shown) == (language == "en")


# -- formats -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ("list",),
        ("show", "zhuhai"),
        ("check", "zhuhai"),
        ("path", "zhuhai"),
        ("path", "zhuhai", "-i", "loans"),
        ("validate",),
    ],
)
def test_machine_formats_own_stdout(capsys: Captured, arguments: tuple[str, ...]) -> None:
    json.loads(output(capsys, *arguments, "-f", "json"))
    rows = list(csv.reader(io.StringIO(output(capsys, *arguments, "-f", "csv"))))
    assert len({len(row) for row in rows}) == 1
    assert output(capsys, *arguments, "-f", "markdown").startswith("# ")


def test_a_file_is_written_whole_and_its_suffix_tells_the_format(capsys: Captured, tmp_path: Path) -> None:
    file = tmp_path / "path.csv"
    output(capsys, "path", "zhuhai", "--lang", "zh", "-o", str(file))
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    assert "本外币贷款余额" in file.read_text(encoding="utf-8-sig")
    output(capsys, "path", "zhuhai", "-o", str(tmp_path / "path.json"))
    assert json.loads((tmp_path / "path.json").read_text(encoding="utf-8"))["plan"] == "zhuhai"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["path.csv", "path.json"]


@pytest.mark.parametrize("name", ["path.bmp", "missing/path.csv", "missing/path.xlsx", "missing/path.svg"])
def test_a_file_that_cannot_be_written_is_wrong_usage(capsys: Captured, tmp_path: Path, name: str) -> None:
    assert run(["path", "zhuhai", "-o", str(tmp_path / name)]) == 2
    assert list(tmp_path.iterdir()) == []
    assert "Traceback" not in capsys.readouterr().err


def test_text_of_a_plan_is_never_markup_or_formula(capsys: Captured, tmp_path: Path) -> None:
    file = tmp_path / "odd.yaml"
    file.write_text(
        "plan: odd\ntitle: {zh: '[red]题[/red] :smile:', en: '=cmd|x'}\n"
        "place: {id: zhaoqing, zh: 肇庆, en: Z}\nbase: 2020\ntarget: 2025\n"
        "sections: {t: '[link=http://x]|表|'}\nown:\n"
        "  mine: {zh: '=SUM(A1)', en: '=SUM(A1) [bold]x[/bold]', unit: 家, kind: stock}\n"
        "figures:\n  mine:\n  - {in: t, level: {2020: 10, 2025: 20}}\n",
        encoding="utf-8",
    )
    shown = output(capsys, "check", str(file), "-v")
    assert "=SUM(A1) [bold]x[/bold]" in shown
    assert "[link=http://x]|表|" in shown
    assert "[red]题[/red] :smile:" in output(capsys, "check", str(file), "--lang", "zh")
    rows = list(csv.reader(io.StringIO(output(capsys, "check", str(file), "--targets", "-f", "csv"))))
    assert rows[1][4].startswith("'=")
    assert "\\[bold\\]" in output(capsys, "check", str(file), "-f", "markdown")


# -- exit codes ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["check", "zhanjiang"], 1),
        (["check", "zhaoqing"], 1),
        (["check", "zhaoqing", "--exit-zero"], 0),
        (["check", "zhuhai", "--implied"], 0),
        (["check", "zhuhai", "--strict"], 1),
        (["check", "zhuhai", "--strict", "--exit-zero"], 0),
        (["validate"], 0),
        (["validate", str(INVALID / "pt003-duplicate-key.yaml")], 1),
        (["validate", str(INVALID / "pt003-duplicate-key.yaml"), "--exit-zero"], 0),
        (["validate", str(INVALID / "pt204-unused-section.yaml")], 0),
        (["validate", str(INVALID / "pt204-unused-section.yaml"), "--strict"], 1),
        (["check", str(INVALID / "pt003-duplicate-key.yaml")], 1),
        (["show", str(INVALID / "pt003-duplicate-key.yaml")], 1),
        (["check", "nowhere"], 2),
        (["check", "./nowhere.yaml"], 2),
        (["check", "zhaoqing", "--all"], 2),
        (["check", "zhaoqing", "-f", "sheet"], 2),
        (["chekc"], 2),
        (["check", "--nonsense"], 2),
        (["path"], 2),
        (["path", "zhuhai", "-i", "nonsense"], 2),
        (["path", "zhuhai", "-i", "domestic_listed_companies"], 2),
        (["path", "zhuhai", "-i", "securities_futures_legal_persons", "--method", "growth"], 2),
        (["path", "zhuhai", "-i", "securities_futures_legal_persons"], 0),
        (["path", "zhuhai", "--method", "magic"], 2),
        (["explain", "PT999"], 2),
        (["validate", "nowhere"], 2),
        (["list", "--plans", "nowhere"], 2),
        (["list", "--lang", "fr"], 2),
    ],
    ids=lambda value: " ".join(value)[-60:] if isinstance(value, list) else str(value),
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_exit_codes(capsys: Captured, arguments: list[str], code: int, language: str) -> None:
    arguments = arguments if "--lang" in arguments else [*arguments, "--lang", language]
    assert run(arguments) == code
    captured = capsys.readouterr()
    assert "Traceback" not in captured.err
    if code == 2:
        assert captured.out == ""
        assert captured.err.startswith("plantrack: ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "zhuhai", "-f", "xml"], "'xml' 不在可用的值之中，请用 'table', 'concise',"),
        (["check", "--ignor", "PT1"], "没有这个选项：--ignor（是不是 --ignore？）"),
        (["chekc"], "没有这个命令：chekc（是不是 'check'？）"),
        (["path", "zhuhai", "--to", "x"], "'--to'：不能取这个值：请写整数"),
        (["check", "--targets=3"], "--targets 后面不能带值"),
        (["check", "--select"], "--select 后面要有一个值"),
        (["list", "a", "b"], "多余的内容：a b"),
        (["path"], "缺少参数：PLAN"),
        (["track", "zhuhai"], "缺少选项：--actuals"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_is_told_in_chinese_throughout(capsys: Captured, arguments: list[str], said: str) -> None:
    assert run([*arguments, "--lang=zh"]) == 2
    captured = capsys.readouterr()
    assert said in captured.err
    assert not re.search(r"[A-Z][a-z]+ [a-z]+", captured.err)


def test_a_file_that_may_not_be_read_is_told_in_chinese(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert run(["trace", "zhuhai", "--document", "README.md", "--lang", "zh"]) == 2
    assert "'README.md' 不允许读取" in capsys.readouterr().err


def test_a_wrong_id_names_the_nearest(capsys: Captured) -> None:
    assert run(["check", "zhuhia", "--lang", "zh"]) == 2
    assert "zhuhai" in capsys.readouterr().err


def test_global_options_may_stand_anywhere(capsys: Captured) -> None:
    assert output(capsys, "--lang", "zh", "list") == output(capsys, "list", "--lang=zh")


def test_an_unexpected_error_is_no_traceback(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> None:
        raise RuntimeError("oh")

    monkeypatch.setattr("plantrack.reading.plan_files", broken)
    monkeypatch.delenv("PLANTRACK_DEBUG", raising=False)
    assert run(["list"]) == 2
    assert "RuntimeError" in capsys.readouterr().err


# -- terminals -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "zhanjiang"),
        ("path", "zhaoqing"),
        ("show", "zhanjiang"),
        ("explain", "PT301"),
        ("check", "--help"),
        ("list",),
    ],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_gbk_console_loses_nothing(arguments: tuple[str, ...], language: str) -> None:
    done = call(*arguments, "--lang", language, PYTHONIOENCODING="gbk")
    assert done.returncode == (1 if arguments == ("check", "zhanjiang") else 0)
    assert done.stderr == b""
    assert "?" not in done.stdout.decode("gbk").replace(
        "numbers agree, and what do they mean year by year?", ""
    ).replace("all be true?", "")


def test_json_into_a_gbk_pipe_is_still_json() -> None:
    done = call("show", "zhuhai", "-f", "json", PYTHONIOENCODING="gbk")
    assert json.loads(done.stdout)["plan"]["title"]["zh"] == "珠海市金融改革发展“十四五”规划"


def test_an_ascii_pipe_does_not_crash() -> None:
    done = call("check", "zhaoqing", "--exit-zero", "--lang", "zh", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert b"8.28" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("list",), 0),
        (("check", "zhanjiang"), 1),
        (("check", "zhanjiang", "-f", "json"), 1),
        (("check", "zhanjiang", "--exit-zero"), 0),
        (("validate", str(INVALID / "pt003-duplicate-key.yaml")), 1),
    ],
    ids=lambda value: " ".join(value)[:20] if isinstance(value, tuple) else "",
)
def test_a_closed_pipe_changes_nothing_about_what_was_found(arguments: tuple[str, ...], code: int) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "plantrack", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(timeout=60) == code


def test_a_pipe_has_no_width(capsys: Captured) -> None:
    shown = output(capsys, "show", "zhuhai", "--lang", "zh")
    assert any(len(line) > 70 for line in shown.splitlines())
    assert "…" not in shown

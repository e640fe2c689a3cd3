"""Findings in every format: nothing lost, nothing cut in the wrong place, nothing taken for markup."""

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from fixed import TODAY
from plantrack.batch import validate_content
from plantrack.cli import run
from plantrack.cli.progress import Progress
from plantrack.findings import CODES, Finding, Level, Position, Waiver
from plantrack.formats.findings import FORMATS, Report, render_findings
from plantrack.formats.findings.places import Lines, uri_path
from plantrack.formats.findings.table import print_report
from plantrack.formats.terminal import Screen, clipped
from plantrack.language import text
from plantrack.reading import load_catalogue
from plantrack.views.tidy import COLUMNS
from test_readme import matches

Captured = pytest.CaptureFixture[str]
ROOT = Path(__file__).parent.parent
INVALID = ROOT / "tests" / "cases" / "plans" / "invalid"
SCHEMA = json.loads((ROOT / "tests/cases/schemas/sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
CATALOGUE = load_catalogue()
BROKEN = """\
plan: broken
title: {zh: 例, en: Example}
place: {id: zhaoqing, zh: 肇庆市, en: Zhaoqing}
base: 2020
target: 2025
sections:
  t: 表
figures:
  premium:
  - {in: t, level: {2020: 76.91, 2025: 几百亿}, growht: {2020->2025: "100%, a: b"}}
  loans:
  - {in: u, level: {2020: 1, 2025: 2}}
  - {in: t, level: {2020: 1, 2025: 2}}
  - {in: t, level: {2025: 2}}
"""


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANTRACK_LANG", "en")
    monkeypatch.delenv("PLANTRACK_PLANS", raising=False)
    monkeypatch.chdir(ROOT)


def report_of(content: str, *, language: str = "en", show_waived: bool = False, waive: str = "") -> Report:
    """The report of a file of that content; findings of the code `waive` are waived."""
    findings = validate_content(content.encode(), "data/broken.yaml", TODAY)
    judged = tuple(
        Finding(
            *(getattr(each, slot) for slot in ("code", "level", "message", "position", "about")), None, WAIVER
        )
        if each.code.code == waive
        else each
        for each in findings
    )
    return Report(
        language,  # type: ignore[arg-type]
        judged,
        CATALOGUE,
        files=1,
        given={"data/broken.yaml": content.encode()},
        show_waived=show_waived,
    )


WAIVER = Waiver("原文如此，已核对", "2026-11-20")
EXPECTED = ["PT107", "PT101", "PT203", "PT209"]


def table_of(report: Report) -> str:
    stream = io.StringIO()
    print_report(Screen("never", stream), report)
    return stream.getvalue()


# -- every format --------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", FORMATS)
def test_every_format_tells_every_finding(name: str, language: str) -> None:
    report = report_of(BROKEN, language=language)
    content = render_findings(name, report)
    assert [each.code.code for each in report.findings] == EXPECTED
    assert [content.count(code) > 0 for code in EXPECTED] == [True] * 4
    assert report.findings[0].message.say(language)[:12] in content.replace('""', '"').replace('\\"', '"')  # type: ignore[arg-type]


@pytest.mark.parametrize("command", [("validate",), ("check", "zhanjiang", "--exit-zero")])
@pytest.mark.parametrize("name", FORMATS)
def test_both_commands_write_every_format(capsys: Captured, command: tuple[str, ...], name: str) -> None:
    assert run([*command, "-f", name]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    if name in {"json", "sarif"}:
        json.loads(captured.out)
    if command[0] == "check" and name != "page":  # which is for people
        assert "PT306" in captured.out


@pytest.mark.parametrize("name", FORMATS)
def test_waived_findings_are_shown_only_where_asked_for(name: str) -> None:
    hidden = render_findings(name, report_of(BROKEN, waive="PT209"))
    shown = render_findings(name, report_of(BROKEN, waive="PT209", show_waived=True))
    assert "原文如此" in shown
    if name in {"json", "jsonl", "sarif", "junit"}:  # they carry the mark, so that the reader can tell
        assert hidden == shown
    else:
        assert "PT209" not in hidden


def test_waived_findings_do_not_count_in_the_sum() -> None:
    assert "4 finding(s): 3 error(s), 1 warning(s)" in table_of(report_of(BROKEN))
    assert "3 finding(s): 3 error(s)\n" in table_of(report_of(BROKEN, waive="PT209"))


@pytest.mark.parametrize(("suffix", "name"), [(s, n) for n, each in FORMATS.items() for s in each.suffixes])
def test_the_suffix_tells_the_format_unless_one_is_named(tmp_path: Path, suffix: str, name: str) -> None:
    file, named = tmp_path / f"found{suffix}", tmp_path / f"named{suffix}"
    case = str(INVALID / "pt204-unused-section.yaml")
    assert run(["validate", case, "-o", str(file)]) == 0
    assert run(["validate", case, "-f", name, "-o", str(named)]) == 0
    assert file.read_bytes() == named.read_bytes() != b""
    other = named.with_suffix(".out")
    assert run(["validate", case, "-f", "concise", "-o", str(other)]) == 0
    assert other.read_text(encoding="utf-8").endswith("[unused-section]\n")


def test_one_run_writes_several_formats(capsys: Captured, tmp_path: Path) -> None:
    """By suffix, or one -f for each -o in their order; the same content as alone."""
    case = str(INVALID / "pt107-several-problems.yaml")
    by_suffix = [f"{tmp_path}/a.sarif", f"{tmp_path}/a.xml"]
    assert run(["validate", case, "-o", by_suffix[0], "-o", by_suffix[1]]) == 1
    named = ["-f", "github", "-o", "-", "-f", "gitlab", "-o", f"{tmp_path}/b.json"]
    assert run(["validate", case, *named]) == 1
    shown = {"github": capsys.readouterr().out}
    for name, file in (("sarif", "a.sarif"), ("junit", "a.xml"), ("gitlab", "b.json")):
        shown[name] = (tmp_path / file).read_text(encoding="utf-8")
    for name, content in shown.items():
        assert run(["validate", case, "-f", name]) == 1
        assert capsys.readouterr().out == content, name


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-f", "json", "-f", "sarif"], "2 formats for 1 output(s)"),
        (["-f", "json", "-o", "a.json", "-o", "b.sarif"], "1 formats for 2 output(s)"),
        (["-o", "a.json", "-o", "a.json"], "a.json is written twice"),
        (["-o", "-", "-o", "/dev/stdout"], "stdout is written twice"),
        (["-f", "junit", "-o", "a.json"], "a.json is named as json, and -f asks for junit"),
        (["--draft-waivers", "-o", "a", "-o", "b"], "write one -o"),
    ],
)
def test_outputs_that_contradict_one_another_are_refused(
    capsys: Captured, arguments: list[str], said: str
) -> None:
    assert run(["validate", str(INVALID / "pt003-duplicate-key.yaml"), *arguments]) == 2
    assert said in capsys.readouterr().err
    assert not any(Path(each).exists() for each in ("a", "a.json", "b.sarif"))


def test_csv_opens_in_excel_with_chinese_intact(tmp_path: Path) -> None:
    """One tidy table, a byte order mark, no cell that Excel would calculate."""
    plan, file = tmp_path / "broken.yaml", tmp_path / "found.csv"
    plan.write_text(BROKEN.replace("growht", "'=1+1'"), encoding="utf-8")
    assert run(["validate", str(plan), "--lang", "zh", "-o", str(file)]) == 1
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
    assert rows[0] == list(COLUMNS["findings"])
    assert {len(row) for row in rows} == {len(rows[0])}
    assert rows[1][rows[0].index("message_zh")].startswith("无法识别")
    assert len(rows) == 1 + len(EXPECTED)


NEW_FORMAT = """
import sys, types
from plantrack.formats import findings
module = types.ModuleType("plantrack.formats.findings.bare")
module.render = lambda report: "".join(f"{each.code.code}\\n" for each in report.shown)
sys.modules[module.__name__] = module
findings.FORMATS["bare"] = findings.Format((".bare",))
from plantrack.cli import run
print([run(["validate", sys.argv[1], "--lang", "en", *arguments.split()]) for arguments in sys.argv[2:]])
"""


def test_a_new_format_is_one_module_and_one_line(tmp_path: Path) -> None:
    """`-f`, the suffix of `-o`, the project's setting and the help know it."""
    plan, found = tmp_path / "broken.yaml", tmp_path / "found.bare"
    plan.write_text(BROKEN, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text('[tool.plantrack]\nformat = "bare"\n', encoding="utf-8")
    arguments = [plan.name, "-f bare", f"-o {found.name}", "", "--help"]
    done = subprocess.run(
        [sys.executable, "-c", NEW_FORMAT, *arguments],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    )
    codes = "".join(f"{each}\n" for each in EXPECTED)
    assert found.read_text(encoding="utf-8") == codes
    assert done.stdout.startswith(2 * codes)
    assert "|page|bare>" in done.stdout
    assert done.stdout.endswith("[1, 1, 1, 0]\n")


def test_targets_are_one_tidy_table(capsys: Captured) -> None:
    assert run(["check", "zhaoqing", "zhuhai", "--targets", "-f", "csv", "--exit-zero"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert {row["plan"] for row in rows} == {"zhaoqing", "zhuhai"}
    (premium,) = [row for row in rows if row["indicator"] == "premium" and row["stated"] == "8.5"]
    assert (premium["base"], premium["target"], premium["verdict"]) == ("76.91", "115.0", "fails")
    assert run(["check", "zhaoqing", "--targets", "-f", "sarif"]) == 2


# -- the terminal --------------------------------------------------------------------------------

LINES = st.text(st.sampled_from("ab1:,{} 表保费（“ー"), min_size=1, max_size=120)


@given(LINES, st.data(), st.integers(12, 90))
def test_the_caret_stands_under_its_character(line: str, data: st.DataObject, room: int) -> None:
    """Chinese widths right; long lines are cut around the place so that it is visible."""
    column = data.draw(st.integers(1, len(line)))
    shown, before, under = clipped(line, column, room)
    assert cell_len(shown) <= max(room, cell_len(line) if cell_len(line) <= room else 0)
    cells = [sign for sign in shown for _ in range(cell_len(sign))]
    assert cells[before : before + under] == [line[column - 1]] * cell_len(line[column - 1])
    assert shown == line or "…" in shown


def test_a_place_behind_the_line_has_its_caret_there() -> None:
    assert clipped("保费", 3, 80) == ("保费", 4, 1)


def test_the_table_shows_the_line_and_a_caret() -> None:
    shown = table_of(report_of(BROKEN)).splitlines()
    assert shown[1] == "   10 | " + BROKEN.splitlines()[9]
    place = BROKEN.splitlines()[9].index("几百亿")
    assert shown[2] == "      | " + " " * place + "^^"


def test_a_page_says_what_it_is_and_how_it_was_made(capsys: Captured) -> None:
    page = render_findings("page", report_of(BROKEN))
    assert page.startswith("# What is wrong with plan files\n")
    assert "Made by `plantrack validate -f page --lang en`" in page
    run(["check", "zhaoqing", "-f", "page", "--exit-zero", "--lang", "zh"])
    assert "由 `plantrack check -f page --lang zh` 生成" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["table", *FORMATS])
def test_no_format_lets_a_file_steer_the_terminal(name: str) -> None:
    content = BROKEN.replace("几百亿", '"\\e[31m\\n::error::x"').replace("premium:", "premium: # \x1b[31m", 1)
    report = report_of(content)
    shown = table_of(report) if name == "table" else render_findings(name, report)
    assert "\x1b" not in shown
    if name in {"concise", "github"}:
        assert len(shown.splitlines()) == len(report.findings)


def test_a_line_that_is_not_utf8_is_shown_as_what_it_is() -> None:
    path = (INVALID / "pt002-gbk.yaml").as_posix()
    assert "例" in (Lines({}).at(Position(path, 2, 1)) or "")
    assert Lines({}).at(Position(path, 2000, 1)) is None
    assert Lines({}).at(Position("nowhere.yaml", 1, 1)) is None


# -- GitHub --------------------------------------------------------------------------------------


def test_workflow_commands_are_escaped() -> None:
    """`%`, line ends, and in properties `:` and `,` have escapes of their own."""
    line = render_findings("github", report_of(BROKEN.replace("data/", ""))).splitlines()[0]
    match = re.fullmatch(r"::(\w+) file=([^,:]*),line=(\d+),col=(\d+),title=([^:]*)::(.*)", line)
    assert match is not None
    assert match.groups()[:5] == ("error", "data/broken.yaml", "10", "40", "PT107 invalid-numeral")
    assert "8.50%25" in match[6]
    report = Report(
        "en",
        (Finding(CODES["tag"], Level.ERROR, text("100%\r\nx"), Position("a,b:c.yaml", 1, 1)),),
        CATALOGUE,
    )
    assert render_findings("github", report) == (
        "::error file=a%2Cb%3Ac.yaml,line=1,col=1,title=PT007 tag::100%25··x\n"
    )


def test_both_levels_are_annotations_of_their_kind() -> None:
    commands = [line.split()[0] for line in render_findings("github", report_of(BROKEN)).splitlines()]
    assert commands == ["::error", "::error", "::error", "::warning"]


# -- SARIF ---------------------------------------------------------------------------------------


def run_of(content: str, **asked: str) -> dict[str, object]:
    document = json.loads(render_findings("sarif", report_of(content, **asked)))  # type: ignore[arg-type]
    jsonschema.validate(document, SCHEMA)
    (found,) = document["runs"]
    return found  # type: ignore[no-any-return]


def results_of(content: str, **asked: str) -> list[dict[str, object]]:
    return run_of(content, **asked)["results"]  # type: ignore[return-value]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_sarif_keeps_to_the_official_schema(capsys: Captured, language: str) -> None:
    for arguments in (["validate", str(INVALID)], ["check", "zhanjiang"]):
        run([*arguments, "--lang", language, "-f", "sarif"])
        jsonschema.validate(json.loads(capsys.readouterr().out), SCHEMA)


@pytest.mark.parametrize(
    ("named", "address"),
    [
        ("", None),
        ("Project-URL: Issues, https://example.org/issues\n", None),
        (
            "Project-URL: Issues, https://example.org/issues\nProject-URL: Homepage, https://example.org/\n",
            "https://example.org/",
        ),
    ],
)
def test_sarif_has_the_address_that_the_installed_package_names(
    named: str, address: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "plantrack-1.dist-info").mkdir()
    metadata = tmp_path / "plantrack-1.dist-info" / "METADATA"
    metadata.write_text(f"Metadata-Version: 2.4\nName: plantrack\nVersion: 1\n{named}", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    assert run_of(BROKEN)["tool"]["driver"].get("informationUri") == address  # type: ignore[index]


def test_sarif_rules_carry_their_pages_in_both_languages() -> None:
    found = run_of(BROKEN, language="zh")
    rules = found["tool"]["driver"]["rules"]  # type: ignore[index]
    assert [rule["id"] for rule in rules] == sorted(EXPECTED)
    for rule in rules:
        assert "## 含义" in rule["help"]["text"]
        assert "## What it means" in rule["help"]["markdown"]
        assert "## 含义" in rule["help"]["markdown"]
    for result in found["results"]:  # type: ignore[attr-defined]
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


def test_sarif_places_are_relative_to_the_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "数据 1").mkdir()
    monkeypatch.chdir(tmp_path / "数据 1")
    assert uri_path("a.yaml") == "数据 1/a.yaml"
    assert uri_path("../../elsewhere.yaml") == (tmp_path.parent / "elsewhere.yaml").as_posix()
    location = results_of(BROKEN)[0]["locations"][0]["physicalLocation"]  # type: ignore[index]
    assert location["artifactLocation"] == {
        "uri": "%E6%95%B0%E6%8D%AE%201/data/broken.yaml",
        "uriBaseId": "%SRCROOT%",
    }
    assert location["region"] == {"startLine": 10, "startColumn": 40}


def test_without_a_repository_here_that_of_the_file_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert uri_path("../repository/data/a.yaml") == "data/a.yaml"
    assert uri_path("a.yaml") == "a.yaml"


def fingerprints(content: str) -> list[str]:
    return [result["partialFingerprints"]["plantrack/v1"] for result in results_of(content)]  # type: ignore[index]


@pytest.mark.parametrize(
    "moved",
    [
        BROKEN.replace("base:", "# a remark\n\nbase:"),
        BROKEN.replace("  loans:\n", "  loans:\n  - {in: t, level: {2021: 1.5}}\n"),
        BROKEN.replace("  loans:", "  gdp:\n  - {in: t, level: {2020: 5}}\n  loans:"),
        BROKEN.replace("\n", "\r\n"),
    ],
    ids=["lines above", "a row above", "an indicator above", "line ends"],
)
def test_fingerprints_survive_moved_lines(moved: str) -> None:
    assert fingerprints(moved) == fingerprints(BROKEN)


def test_fingerprints_tell_findings_apart() -> None:
    assert len(set(fingerprints(BROKEN))) == 4
    twice = BROKEN + "  - {in: t, level: {2025: 2}}\n"
    assert len(set(fingerprints(twice))) == 5
    assert set(fingerprints(BROKEN)) < set(fingerprints(twice))


def fingerprints_of(capsys: Captured, *files: Path) -> dict[str, list[str]]:
    """The fingerprints of each file's findings, by the file's name."""
    run(["validate", *map(str, files), "-f", "sarif"])
    found: dict[str, list[str]] = {}
    for result in json.loads(capsys.readouterr().out)["runs"][0]["results"]:
        file = Path(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]).stem
        found.setdefault(file, []).append(result["partialFingerprints"]["plantrack/v1"])
    return found


def test_fingerprints_of_a_file_do_not_hang_on_other_files(capsys: Captured, tmp_path: Path) -> None:
    files = [tmp_path / f"{name}.yaml" for name in ("aa", "bb", "cc")]
    for file in files:
        file.write_text(BROKEN.replace("plan: broken", f"plan: {file.stem}"), encoding="utf-8")
    before = fingerprints_of(capsys, *files)
    assert len({each for found in before.values() for each in found}) == 3 * len(EXPECTED)
    files[0].write_text(BROKEN.replace("plan: broken", "plan: aa").replace("几百亿", "115"), encoding="utf-8")
    after = fingerprints_of(capsys, *files)
    assert (after["bb"], after["cc"]) == (before["bb"], before["cc"])
    assert len(after["aa"]) == len(EXPECTED) - 1
    assert fingerprints_of(capsys, *files[1:]) == {"bb": before["bb"], "cc": before["cc"]}


def test_fingerprints_hold_what_was_found() -> None:
    """Of two findings about one thing each keeps its own when the other is mended."""
    twice = BROKEN + "  - {in: t, level: {2021: 几十}}\n  - {in: t, level: {2021: 数十}}\n"
    first, second = fingerprints(twice)[-2:]
    assert first != second
    assert fingerprints(twice.replace("几十", "70"))[-1] == second
    assert fingerprints(twice.replace("数十", "80"))[-1] == first


def test_a_waived_finding_is_suppressed_in_sarif() -> None:
    results = results_of(BROKEN, waive="PT209")
    suppressed = [result.get("suppressions") for result in results]
    assert suppressed[:3] == [None] * 3
    assert suppressed[3] == [
        {"kind": "inSource", "status": "accepted", "justification": "2026-11-20: 原文如此，已核对"}
    ]


def test_a_contradiction_names_its_other_figures(capsys: Captured) -> None:
    run(["check", "zhaoqing", "--select", "PT301", "-f", "sarif", "--exit-zero"])
    result = json.loads(capsys.readouterr().out)["runs"][0]["results"][0]
    assert len(result["relatedLocations"]) == 3
    assert "would do" in result["message"]["text"]


# -- progress ------------------------------------------------------------------------------------


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_long_work_is_told_on_a_terminal_and_nothing_of_it_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plantrack.cli.progress.PATIENCE", 0.0)
    terminal, pipe = Terminal(), io.StringIO()
    for stream in (terminal, pipe):
        with Progress("已读", 3, stream) as progress:
            progress.advance(2)
    assert "已读 2/3" in terminal.getvalue()
    assert terminal.getvalue().endswith(" \r")
    assert pipe.getvalue() == ""


def test_short_work_is_silent() -> None:
    terminal = Terminal()
    with Progress("已读", 3, terminal) as progress:
        progress.advance(3)
    assert terminal.getvalue() == ""


# -- the documentation ---------------------------------------------------------------------------

LOOKS = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8").partition("## What the output looks like")[2]
SHOWN = re.findall(r"^\$ plantrack (.*)\n((?:(?!\$ |```).*\n)*)", LOOKS, re.MULTILINE)


@pytest.mark.parametrize(("command", "shown"), SHOWN, ids=[command for command, _ in SHOWN])
def test_what_the_documentation_shows_is_what_happens(capsys: Captured, command: str, shown: str) -> None:
    run(command.split())
    lines = capsys.readouterr().out.splitlines()
    assert matches(["", *shown.splitlines()], lines), "\n".join(lines)


def test_the_documentation_shows_the_table_as_it_is_at_80_columns() -> None:
    path = "tests/cases/plans/invalid/pt107-several-problems.yaml"
    findings = validate_content((ROOT / path).read_bytes(), path, TODAY)
    stream = io.StringIO()
    screen = Screen("never", stream)
    screen.width = 80
    print_report(screen, Report("zh", findings, CATALOGUE, files=1))
    (shown,) = re.findall(r"```text\n(.*?)```", LOOKS, re.DOTALL)
    assert shown == stream.getvalue()
    assert max(map(cell_len, shown.splitlines())) <= 80


# -- formats of servers --------------------------------------------------------------------------


def test_junit_fails_what_is_an_error_and_passes_what_is_not(capsys: Captured) -> None:
    run(["check", "zhaoqing", "-f", "junit", "--exit-zero"])
    (suite,) = ET.fromstring(capsys.readouterr().out)  # noqa: S314 - our own
    assert (suite.get("tests"), suite.get("failures")) == ("7", "1")
    (failed,) = [case for case in suite if case.find("failure") is not None]
    assert "859.26 = 2206.25" in failed.get("name", "")
    assert [case.find("system-out") is not None for case in suite].count(True) == 6


def test_junit_of_nothing_found_is_one_case_that_passes(capsys: Captured) -> None:
    run(["check", "jieyang", "-f", "junit"])
    (suite,) = ET.fromstring(capsys.readouterr().out)  # noqa: S314 - our own
    assert [len(case) for case in suite] == [0]


def test_gitlab_has_what_code_quality_asks_for_and_each_fingerprint_once(capsys: Captured) -> None:
    run(["check", "--all", "-f", "gitlab", "--exit-zero"])
    found = json.loads(capsys.readouterr().out)
    assert {each["severity"] for each in found} == {"major", "minor", "info"}
    assert all(
        {"description", "check_name", "fingerprint", "severity", "location"} <= each.keys() for each in found
    )
    assert all(each["location"]["lines"]["begin"] > 0 and each["location"]["path"] for each in found)
    assert len({each["fingerprint"] for each in found}) == len(found) > 10


@pytest.mark.parametrize(
    ("form", "name"),
    [("json", "found.csv"), ("csv", "found.json"), ("junit", "found.sarif"), ("sarif", "found.xml")],
)
def test_a_suffix_that_tells_another_format_is_refused(
    capsys: Captured, tmp_path: Path, form: str, name: str
) -> None:
    assert run(["validate", str(ROOT / "data/plans"), "-f", form, "-o", str(tmp_path / name)]) == 2
    assert name in capsys.readouterr().err
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize(
    ("form", "name"), [("gitlab", "gl.json"), ("sarif", "x.sarif.json"), ("page", "found.md")]
)
def test_a_suffix_that_several_formats_have_is_taken(tmp_path: Path, form: str, name: str) -> None:
    assert run(["validate", str(ROOT / "data/plans"), "-f", form, "-o", str(tmp_path / name)]) == 0
    assert (tmp_path / name).is_file()

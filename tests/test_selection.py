"""Which files, which findings, which settings: named on the command line or by the project."""

import errno
import io
import json
import os
import re
import sys
from pathlib import Path

import pytest

from plantrack.cli import run
from plantrack.cli.settings import Settings, find_settings
from plantrack.errors import PlantrackError
from plantrack.findings import CODES
from plantrack.selection import read_selection

Captured = pytest.CaptureFixture[str]
INVALID = Path(__file__).parent / "cases" / "plans" / "invalid"
GOOD = (INVALID.parent / "valid" / "literal-text.yaml").read_text(encoding="utf-8")
UNUSED = (INVALID / "pt204-unused-section.yaml").read_text(encoding="utf-8")
BROKEN = (INVALID / "pt101-unknown-key.yaml").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with three plans: one sound, one with a warning, one with an error."""
    plans = tmp_path / "data" / "plans"
    plans.mkdir(parents=True)
    (plans / "literal-text.yaml").write_text(GOOD, encoding="utf-8")
    (plans / "pt204-unused-section.yaml").write_text(UNUSED, encoding="utf-8")
    (plans / "pt101-unknown-key.yaml").write_text(BROKEN, encoding="utf-8")
    monkeypatch.setenv("PLANTRACK_LANG", "en")
    monkeypatch.delenv("PLANTRACK_PLANS", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def configure(project: Path, table: str) -> None:
    (project / "pyproject.toml").write_text(f"[tool.plantrack]\n{table}\n", encoding="utf-8")


def codes(capsys: Captured, *arguments: str) -> list[str]:
    run([*arguments, "-f", "concise"])
    return [line.split()[1] for line in capsys.readouterr().out.splitlines()]


# -- findings ------------------------------------------------------------------------------------


@pytest.mark.parametrize("asked", ["PT101", "pt101", "PT1", "unknown-key", "PT0,PT101", "PT0，PT1"])
def test_findings_are_named_by_code_beginning_or_name(capsys: Captured, asked: str) -> None:
    assert codes(capsys, "validate") == ["PT101", "PT204"]
    assert codes(capsys, "validate", "--select", asked) == ["PT101"]
    assert codes(capsys, "validate", "--ignore", asked) == ["PT204"]


def test_what_is_ignored_is_not_selected() -> None:
    every = {code.code for code in CODES.values()}
    assert read_selection([], []).codes == every
    assert read_selection(["PT2", "PT301"], ["PT204"]).codes == {
        code for code in every if code.startswith("PT2")
    } - {"PT204"} | {"PT301"}
    assert read_selection(["PT"], ["PT"]).codes == frozenset()


@pytest.mark.parametrize("asked", ["PT999", "P", "unknown-kye", "3"])
def test_what_names_no_code_is_wrong_usage(capsys: Captured, asked: str) -> None:
    assert run(["validate", "--select", asked]) == 2
    assert asked in capsys.readouterr().err
    with pytest.raises(PlantrackError, match="unknown-key"):
        read_selection(["unknown-kye"], [])


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["validate"], 1),
        (["validate", "--ignore", "PT101"], 0),
        (["validate", "--ignore", "PT101", "--strict"], 1),
        (["validate", "--select", "PT3"], 0),
        (["validate", "--exit-zero", "--strict"], 0),
        (["validate", "data/plans/pt204-unused-section.yaml"], 0),
        (["validate", "data/plans/pt204-unused-section.yaml", "--strict"], 1),
        (["check", "literal-text", "--select", "PT3"], 0),
        # A plan that cannot be audited is told of, whatever is selected: silence would be a lie.
        (["check", "--ignore", "PT1"], 1),
    ],
    ids=lambda value: " ".join(value)[-60:] if isinstance(value, list) else str(value),
)
def test_selected_findings_decide_the_exit_code(arguments: list[str], code: int) -> None:
    assert run(arguments) == code


def test_check_leaves_out_what_is_ignored(capsys: Captured, project: Path) -> None:
    source = Path(__file__).parent.parent / "data" / "plans" / "zhaoqing.yaml"
    (project / "zhaoqing.yaml").write_bytes(source.read_bytes())
    assert "PT301" in codes(capsys, "check", "./zhaoqing.yaml")
    assert "PT301" not in codes(capsys, "check", "./zhaoqing.yaml", "--ignore", "growth-conflict")


# -- files ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "paths",
    [
        ["data/plans"],
        ["data"],
        ["."],
        ["data/plans/*.yaml"],
        ["**/pt*.yaml"],
        ["data/*"],
        ["data/plans/pt???-un*"],
        ["data/plans", "data/plans/pt101-unknown-key.yaml", "./data"],
    ],
    ids=" ".join,
)
def test_folders_and_patterns_name_their_plan_files_once(capsys: Captured, paths: list[str]) -> None:
    """Patterns are expanded here, for shells that do not."""
    assert codes(capsys, "validate", *paths) == ["PT101", "PT204"]


def test_hidden_files_are_left_out_unless_named(capsys: Captured, project: Path) -> None:
    (project / ".venv").mkdir()
    (project / ".venv" / "x.yaml").write_text(BROKEN, encoding="utf-8")
    (project / ".hidden.yaml").write_text(BROKEN, encoding="utf-8")
    assert len(codes(capsys, "validate", ".")) == 2
    assert len(codes(capsys, "validate", ".venv")) == 2
    assert len(codes(capsys, "validate", ".hidden.yaml")) == 2


@pytest.mark.parametrize("path", ["nowhere", "nowhere/*.yaml", "data/*.toml", "empty", "x?.yaml"])
@pytest.mark.parametrize("command", ["validate", "check"])
def test_nothing_matched_is_wrong_usage(project: Path, command: str, path: str) -> None:
    (project / "empty").mkdir()
    assert run([command, f"./{path}"]) == 2


def test_what_a_folder_leaves_out_is_left_out_of_every_plan(capsys: Captured, project: Path) -> None:
    plans = project / "data" / "plans"
    (plans / ".hidden.yaml").write_text(BROKEN, encoding="utf-8")
    (plans / "dir.yaml").mkdir()
    (plans / "dangling.yaml").symlink_to("nowhere.yaml")
    assert codes(capsys, "validate") == codes(capsys, "validate", "data/plans") == ["PT101", "PT204"]
    assert "PT001" not in codes(capsys, "check", "--all")
    assert run(["show", "dangling"]) == 2
    assert run(["show", "no-such-plan-at-all"]) == 2
    assert not re.search(r"hidden|dangling,|dir,", capsys.readouterr().err)


@pytest.mark.parametrize(
    "arguments", [["closed"], ["closed/inner"], ["closed/**"], ["closed", "closed/inner"]]
)
def test_a_folder_that_cannot_be_read_is_told(
    capsys: Captured, project: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    inner = project / "closed" / "inner"
    inner.mkdir(parents=True)
    (project / "closed" / "literal-text.yaml").write_text(GOOD, encoding="utf-8")
    (inner / "pt101-unknown-key.yaml").write_text(BROKEN, encoding="utf-8")
    scan = os.scandir

    def refused(path: str | Path) -> object:
        if Path(os.fspath(path)).name == "inner":
            raise PermissionError(errno.EACCES, "Permission denied", os.fspath(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refused)
    for command in ("validate", "check"):
        assert run([command, *arguments, "-f", "concise"]) == 1
        first, *others = capsys.readouterr().out.splitlines()
        assert first == (
            "closed/inner:1:1: PT001 error the folder cannot be read: permission denied [unreadable-file]"
        )
        assert all("PT404" in each for each in others)


def test_a_file_that_cannot_be_read_stops_nothing(
    capsys: Captured, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever may not read a file is told so, and what is wrong with the others."""
    secret = project / "secret.yaml"
    secret.write_text(GOOD, encoding="utf-8")
    access, read = os.access, Path.read_bytes

    def refused(path: Path) -> bytes:
        if path.name == "secret.yaml":
            raise PermissionError(errno.EACCES, "Permission denied")
        return read(path)

    monkeypatch.setattr(os, "access", lambda path, mode: "secret" not in str(path) and access(path, mode))
    monkeypatch.setattr(Path, "read_bytes", refused)
    for command in ("validate", "check"):
        assert codes(capsys, command, "./secret.yaml", "data/plans/pt101-unknown-key.yaml") == [
            "PT001",
            "PT101",
        ]


def test_check_takes_the_bare_name_of_a_folder_unless_a_plan_has_it(capsys: Captured, project: Path) -> None:
    for name in ("mine", "literal-text"):
        (project / name).mkdir()
        (project / name / "pt204-unused-section.yaml").write_text(UNUSED, encoding="utf-8")
        run(["check", name, "-f", "json"])
        found = json.loads(capsys.readouterr().out)["plans"]
        assert found == ["pt204-unused-section" if name == "mine" else "literal-text"]


@pytest.mark.parametrize("command", [("check",), ("compare", "premium"), ("export", "-f", "csv")])
def test_two_files_of_one_plan_are_wrong_usage_and_one_file_counts_once(
    capsys: Captured, project: Path, command: tuple[str, ...]
) -> None:
    for name in ("one", "other"):
        (project / name).mkdir()
        (project / name / "literal-text.yaml").write_text(GOOD, encoding="utf-8")
    one, other = "one/literal-text.yaml", "other/literal-text.yaml"
    assert run([*command, f"./{one}", str(project / one), f"one/../{one}"]) == 0
    capsys.readouterr()
    assert run([*command, f"./{one}", f"./{other}"]) == 2
    said = capsys.readouterr().err
    assert one in said
    assert other in said
    assert run(["validate", one, str(project / one), "one"]) == 0
    assert capsys.readouterr().out.startswith("1 file(s)")


def test_an_empty_path_is_not_the_current_folder(capsys: Captured) -> None:
    assert run(["validate", ""]) == 2
    assert "a path is empty" in capsys.readouterr().err


def test_a_name_for_stdin_needs_stdin(capsys: Captured) -> None:
    assert run(["validate", "data/plans/literal-text.yaml", "--stdin-filename", "x.yaml"]) == 2
    assert "--stdin-filename" in capsys.readouterr().err


def test_check_takes_folders_and_patterns(capsys: Captured) -> None:
    for paths in (["./data/plans"], ["data/plans/*"]):
        run(["check", *paths, "-f", "json"])
        assert json.loads(capsys.readouterr().out)["plans"] == ["literal-text", "pt204-unused-section"]


class Piped:
    """A stdin that holds bytes."""

    def __init__(self, content: str) -> None:
        self.buffer = io.BytesIO(content.encode())


def test_a_plan_may_come_from_stdin(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Piped(BROKEN))
    assert run(["validate", "-"]) == 1
    shown = capsys.readouterr().out
    assert shown.startswith("<stdin>:10:46: PT101 error")
    assert "growht" in shown.splitlines()[1]
    monkeypatch.setattr(sys, "stdin", Piped(BROKEN))
    arguments = ["-", "data/plans/literal-text.yaml", "--stdin-filename", "plans/other.yaml"]
    assert codes(capsys, "validate", *arguments) == ["PT208", "PT101"]


# -- settings ------------------------------------------------------------------------------------


def test_the_project_sets_what_the_command_line_does_not(capsys: Captured, project: Path) -> None:
    configure(project, 'ignore = ["PT1"]\nstrict = true')
    assert codes(capsys, "validate") == ["PT204"]
    assert run(["validate"]) == 1
    assert run(["validate", "--no-strict"]) == 0
    capsys.readouterr()
    assert codes(capsys, "validate", "--ignore", "PT2") == ["PT101"]
    configure(project, 'select = ["unknown-key"]\nformat = "concise"')
    run(["validate"])
    assert capsys.readouterr().out.count("PT") == 1
    run(["validate", "--select", "PT", "-f", "json"])
    assert len(json.loads(capsys.readouterr().out)["findings"]) == 2


def test_the_project_sets_language_and_folder(
    capsys: Captured, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command line goes before the environment, the environment before the project."""
    (project / "elsewhere").mkdir()
    (project / "elsewhere" / "literal-text.yaml").write_text(GOOD, encoding="utf-8")
    (project / "deeper" / "still").mkdir(parents=True)
    configure(project, 'lang = "zh"\nplans = "elsewhere"')
    monkeypatch.chdir(project / "deeper" / "still")
    monkeypatch.delenv("PLANTRACK_LANG")
    assert run(["validate"]) == 0
    assert capsys.readouterr().out.startswith("1个文件")
    monkeypatch.setenv("PLANTRACK_LANG", "en")
    monkeypatch.setenv("PLANTRACK_PLANS", str(project / "data" / "plans"))
    run(["validate"])
    assert "3 file(s)" in capsys.readouterr().out
    run(["validate", "--lang", "zh", "--plans", str(project / "elsewhere")])
    assert capsys.readouterr().out.startswith("1个文件")


WRONG_SETTINGS = [
    ('selct = ["PT1"]', ":2: ", "select"),
    ("strict = 1", ":2: ", "`strict` must be true or false, found 1"),
    ('strict = "true"', ":2: ", 'found "true"'),
    ("strict = [true]", ":2: ", "found [true]"),
    ("strict = 2020-01-01", ":2: ", "true or false"),
    ("strict = nan", ":2: ", "true or false"),
    (f"strict = 0x{'f' * 900}", ":2: ", "true or false"),
    ('select = "PT1"', ":2: ", "list"),
    ("ignore = [1]", ":2: ", "list"),
    ('\n# ignore\nignore = [\n  "PT1",\n  [],\n]', ":4: ", "list"),
    ('lang = "de"', ":2: ", "one of zh, en, auto"),
    ("lang = []", ":2: ", "one of zh, en, auto"),
    ("lang = {zh = 1}", ":2: ", "one of zh, en, auto"),
    ('strict = true\nformat = "xml"', ":3: ", "sarif"),
    ("format = [[]]", ":2: ", "sarif"),
    ('plans = ""', ":2: ", "a folder"),
    ("plans = 7", ":2: ", "a folder"),
    ('plans = "a\\u0000b"', ":2: ", "a folder"),
    ('ignore = ["PT999"]', ":2: ", "PT999"),
    ('select = ["PT1"]\nignore = ["PT1", "PT999"]', ":3: ", "PT999"),
    ("[tool.plantrack.lang]\nzh = 1", ":2: ", "one of zh, en, auto"),
    ('[a]\nb = """\n[tool.plantrack]\nstrict = 1"""\n[ tool . "plantrack" . more ]', ":6: ", "more"),
    ('"\\u001b[2J\\n::error::x" = 1', ":1: ", "no key"),
    ('select = ["\\u001b[2J\\n::error::x"]', ":2: ", "names no code"),
    ('plans = "nowhere"', "", "nowhere"),
]
"""The lines below `[tool.plantrack]`, the line that is named, and what is said."""
DAMAGED = [
    ("strict = ", ":2:", "not valid TOML"),
    ("strict: true", ":2:", "not valid TOML"),
    ('lang = "zh', ":2:", "not valid TOML"),
    ('select = [\n  "PT1",\n', ":3", "not valid TOML"),
    ("strict = true\nstrict = true", ":3", "not valid TOML"),
    ("strict = tr\0ue", ":2:", "not valid TOML"),
    ("a" + ".a" * 200_000 + " = 1", ":2: ", "too many parts"),
    ("'a'" + " . 'a'" * 100 + " = 1", ":2: ", "too many parts"),
    ("strict = " + "9" * 5000, ":2: ", "too many digits"),
    ("strict = " + "[" * 100_000, ": ", "too deep"),
    ("strict = " + "{a=" * 100_000, ": ", "too deep"),
    ("#" * 600_000, " ", "more than 500000 bytes"),
]


@pytest.mark.parametrize(("table", "place", "said"), [*WRONG_SETTINGS, *DAMAGED])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_wrong_settings_are_told_with_what_to_write(
    capsys: Captured, project: Path, table: str, place: str, said: str, language: str
) -> None:
    configure(project, table)
    assert run(["validate", "--lang", language]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert language == "zh" or said in captured.err
    assert f"pyproject.toml{place}" in captured.err.replace("：", ": ") or not place
    assert captured.err.removesuffix("\n").isprintable()
    assert len(captured.err) < 400 + len(str(project))
    assert "“PT3”" not in captured.err


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("[tool]\nplantrack = {lang = 'zh', strict = 3}", 2),
        ("\n\ntool.plantrack.strict = 3", 3),
        ("[tool]\nplantrack.lang = 'zh'\nplantrack.strict = 3", 3),
        ("tool = {plantrack = {strict = 3}}", 1),
        ('[tool.ruff]\nstrict = 1\n[tool.plantrack]\n"strict" = 3', 4),
        ("[[tool.plantrack]]\nstrict = true", 1),
        ("[tool]\nplantrack = 3", 2),
        ("# plantrack\ntool = 3", 2),
        ("[[tool]]\nplantrack = 3", 1),
    ],
)
def test_a_setting_has_the_line_it_is_written_on(project: Path, content: str, line: int) -> None:
    (project / "pyproject.toml").write_text(content, encoding="utf-8")
    with pytest.raises(PlantrackError, match=rf"pyproject\.toml:{line}: .* must be"):
        find_settings(project)


@pytest.mark.parametrize(
    ("content", "line"),
    [("lang = '中'".encode("gbk"), 2), (b"\n\nlang = '\xff'", 4), ("plantrack".encode("utf-16"), 1)],
)
def test_settings_that_are_not_utf8_are_told_with_the_line(project: Path, content: bytes, line: int) -> None:
    head = b"" if content.startswith(b"\xff\xfe") else b"[tool.plantrack]\n"
    (project / "pyproject.toml").write_bytes(head + content)
    with pytest.raises(PlantrackError, match=rf"pyproject\.toml:{line}: .*save it as UTF-8"):
        find_settings(project)


def test_settings_may_begin_with_a_byte_order_mark_and_have_lines_of_windows(project: Path) -> None:
    (project / "pyproject.toml").write_bytes(b"\xef\xbb\xbf[tool.plantrack]\r\nstrict = true\r\n")
    assert find_settings(project).strict


@pytest.mark.parametrize("kind", ["pipe", "folder", "device", "nowhere"])
def test_what_is_no_regular_file_is_no_settings_file(project: Path, kind: str) -> None:
    inner = project / "inner"
    inner.mkdir()
    configure(project, "strict = true")
    if kind == "pipe":
        if not hasattr(os, "mkfifo"):
            pytest.skip("there are no named pipes here")
        os.mkfifo(inner / "pyproject.toml")
    elif kind == "folder":
        (inner / "pyproject.toml").mkdir()
    else:
        (inner / "pyproject.toml").symlink_to("/dev/zero" if kind == "device" else "nowhere.toml")
    assert find_settings(inner).strict


def test_settings_are_read_through_a_link(project: Path) -> None:
    (project / "settings.toml").write_text("[tool.plantrack]\nstrict = true\n", encoding="utf-8")
    (project / "pyproject.toml").symlink_to("settings.toml")
    assert find_settings(project).strict


@pytest.mark.parametrize(
    ("usual", "arguments"),
    [("concise", []), ("sarif", []), ("csv", []), ("concise", ["-f", "markdown"]), ("table", [])],
)
def test_a_format_of_the_project_that_a_command_does_not_write_is_not_asked_of_it(
    capsys: Captured, project: Path, usual: str, arguments: list[str]
) -> None:
    configure(project, "")
    run(["check", "literal-text", "--targets", *arguments, *(["-f", "csv"] if usual == "csv" else [])])
    expected = capsys.readouterr()
    configure(project, f'format = "{usual}"')
    assert run(["check", "literal-text", "--targets", *arguments]) == 0
    assert capsys.readouterr() == expected
    assert run(["check", "literal-text", "--targets", "-f", "concise"]) == 2


def test_the_nearest_table_counts_and_files_without_one_do_not(project: Path) -> None:
    configure(project, "strict = true")
    inner = project / "inner"
    inner.mkdir()
    (inner / "pyproject.toml").write_text('[project]\nname = "plantrack-data"\n', encoding="utf-8")
    assert find_settings(inner).strict
    (inner / "pyproject.toml").write_text("[tool.plantrack]\n", encoding="utf-8")
    assert find_settings(inner) == Settings()
    (inner / "pyproject.toml").write_text("[tool]\nplantrack = 3\n", encoding="utf-8")
    with pytest.raises(PlantrackError, match="a table"):
        find_settings(inner)

"""Text from outside is data: no name, key, value or message steers a terminal, a log or a runner.

A row for each kind of input, tried in every command and format that it reaches.
"""

import ast
import json
import os
import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from plantrack import cli
from plantrack.cli import emit, run
from plantrack.formats.exports import FORMATS as EXPORTS
from plantrack.formats.findings import FORMATS
from plantrack.language import BLANKS, Words, text, without_commands
from test_cli import INVALID, ROOT

Captured = pytest.CaptureFixture[str]
ODD = "n\x1b[31m\n::error::x\r\u202e\u200b\x9b31m\u2028"
"""Colours, a line of its own that a runner obeys, text set backwards, what is not seen."""
NOT_UTF8 = ODD + os.fsdecode(b"\xff") if os.name == "posix" else ODD
EXAMPLES = ROOT / "docs" / "examples" / "trace"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PLANTRACK_PLANS", str(tmp_path / "plans"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "example.yaml").write_bytes((EXAMPLES / "example.yaml").read_bytes())
    return tmp_path


def is_data(shown: str) -> bool:
    """Whether it can be written and holds nothing but what is seen, and no command."""
    shown.encode()
    return all(sign.isprintable() or sign in "\n" + BLANKS for sign in shown) and not is_command(shown)


def is_command(shown: str) -> bool:
    return re.search(r"(?m)^\s*::|##\[", shown) is not None


# -- one sentence on stderr ----------------------------------------------------------------------

ARGUMENTS = [
    ["{}"],
    ["--{}"],
    ["--lang", "{}", "list"],
    ["--plans", "{}", "list"],
    ["--color", "{}", "list"],
    ["show", "{}"],
    ["show", "example", "-f", "{}"],
    ["show", "example", "-o", "{}"],
    ["show", "example", "-o", "{}/x.json"],
    ["check", "{}"],
    ["check", "no/{}.yaml"],
    ["check", "*{}*"],
    ["check", "example", "--select", "{}"],
    ["check", "example", "--ignore", "{}"],
    ["path", "example", "-i", "{}"],
    ["path", "example", "--method", "{}"],
    ["path", "example", "--to", "{}"],
    ["track", "example", "--actuals", "{}"],
    ["compare", "{}"],
    ["compare", "deposits", "--per", "{}"],
    ["trace", "example", "--document", "{}.txt"],
    ["trace", "example", "--documents", "{}"],
    ["validate", "{}"],
    ["validate", "example", "--stdin-filename", "{}"],
    ["explain", "{}"],
    ["schema", "--check", "{}"],
    ["schema", "-o", "{}"],
    ["export", "example", "-o", "{}/x.csv"],
    ["export", "example", "{}", "-o", "x.csv"],
]
ENVIRONMENT = [("PLANTRACK_PLANS", "{}"), ("_PLANTRACK_COMPLETE", "{}"), ("_PLANTRACK_COMPLETE", "source_{}")]
SETTINGS = [
    '"{}" = 1',
    'select = ["{}"]',
    'lang = "{}"',
    'format = "{}"',
    'plans = "{}"',
    'strict = {{"{}" = 1}}',
    'strict = ["{}"]',
]


def told_in_one_sentence(capsys: Captured, arguments: list[str]) -> str:
    assert run(arguments) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert len(shown.err.splitlines()) == 1
    assert is_data(shown.err)
    return shown.err


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("arguments", ARGUMENTS, ids=" ".join)
def test_arguments_are_data(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch, arguments: list[str], language: str
) -> None:
    monkeypatch.setenv("PLANTRACK_LANG", language)
    told_in_one_sentence(capsys, [each.format(NOT_UTF8) for each in arguments])


@pytest.mark.parametrize(("name", "value"), ENVIRONMENT)
def test_the_environment_is_data(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value.format(NOT_UTF8))
    told_in_one_sentence(capsys, ["list"])


@pytest.mark.parametrize("line", SETTINGS)
def test_settings_are_data(
    capsys: Captured, folder: Path, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    """TOML has escapes for every character."""
    monkeypatch.delenv("PLANTRACK_PLANS")
    escaped = "".join(f"\\u{ord(sign):04x}" for sign in ODD)
    (folder / "pyproject.toml").write_text("[tool.plantrack]\n" + line.format(escaped), encoding="utf-8")
    told_in_one_sentence(capsys, ["list"])


def test_the_folder_of_the_settings_is_data(
    capsys: Captured, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = folder_called(NOT_UTF8, folder)
    (made / "pyproject.toml").write_text("[tool.plantrack]\nno = 1", encoding="utf-8")
    monkeypatch.chdir(made)
    assert "::error::x" in told_in_one_sentence(capsys, ["list"])


def test_messages_of_libraries_are_data(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object) -> None:
        raise RuntimeError(ODD)

    monkeypatch.setattr(cli, "find_settings", failing)
    assert "internal error (RuntimeError: " in told_in_one_sentence(capsys, ["list", "--lang", "en"])


# -- every format --------------------------------------------------------------------------------


def folder_called(name: str, within: Path) -> Path:
    """A folder of that name, without what the system does not allow in names."""
    made = within / name
    try:
        made.mkdir()
    except (OSError, ValueError, UnicodeError):
        made = within / re.sub(r"[\x00-\x1f:]|[\ud800-\udfff]", "", name)
        made.mkdir()
    return made


@pytest.fixture
def odd(folder: Path) -> Path:
    """A folder with an odd name: a plan that is sound, one that is not, actuals and a document."""
    made = folder_called(NOT_UTF8, folder)
    (made / "example.yaml").write_bytes((EXAMPLES / "example.yaml").read_bytes())
    (made / "example.txt").write_bytes((EXAMPLES / "example.txt").read_bytes())
    broken = INVALID / "pt107-several-problems.yaml"
    (made / broken.name).write_bytes(broken.read_bytes())
    (made / "stale.json").write_text(f'{{"a": "{ODD}"}}\n', encoding="utf-8")
    (made / "actuals.csv").write_text("指标,年份,数值\ndeposits,2022,1500\n", encoding="utf-8")
    (made / "broken.csv").write_text("指标,年份,数值\n::error::,2022,x\n", encoding="utf-8")
    return made


PLAIN = ("table", "json", "csv", "markdown")
WITH_FILES = [
    *(f"validate {{}} -f {name}" for name in ("table", *FORMATS)),
    *(f"check {{}}/example.yaml {{}}/pt107-several-problems.yaml -f {name}" for name in ("table", *FORMATS)),
    *(f"show {{}}/example.yaml -f {name}" for name in PLAIN),
    *(f"show {{}}/pt107-several-problems.yaml -f {name}" for name in PLAIN),
    *(f"list --plans {{}} -f {name}" for name in PLAIN),
    *(f"path {{}}/example.yaml -f {name}" for name in PLAIN),
    *(f"compare deposits {{}}/example.yaml -f {name}" for name in PLAIN),
    *(f"track {{}}/example.yaml --actuals {{}}/actuals.csv -f {name}" for name in PLAIN),
    *(f"track {{}}/example.yaml --actuals {{}}/broken.csv -f {name}" for name in PLAIN),
    *(f"trace {{}}/example.yaml --document {{}}/example.txt --unused -f {name}" for name in PLAIN),
    *(f"export {{}}/example.yaml --actuals {{}}/actuals.csv -f {name}" for name in ("csv", "json")),
    *(
        f"export {{}}/example.yaml -f {name} -o {{}}/out"
        for name in EXPORTS
        if name != "parquet" or find_spec("pyarrow")
    ),
    "validate {} --draft-waivers",
    "check {}/example.yaml {}/pt107-several-problems.yaml --draft-waivers",
    "schema --check {}/stale.json",
]


@pytest.mark.parametrize("command", WITH_FILES)
def test_names_of_files_are_data_in_every_format(capsys: Captured, odd: Path, command: str) -> None:
    assert run([part.format(odd) for part in command.split()]) in {0, 1}
    shown = capsys.readouterr()
    assert is_data(shown.err)
    assert shown.out + shown.err
    if "github" in command:
        assert all(re.match(r"::(error|warning|notice) file=", line) for line in shown.out.splitlines())
        assert is_data(re.sub("(?m)^::", "", shown.out))
    else:
        assert is_data(shown.out.replace("\r\n", "\n"))
    if command.endswith("-f jsonl"):
        assert all(json.loads(line) for line in shown.out.splitlines())
    elif ("-f json" in command and " -o " not in command) or "-f sarif" in command:
        json.loads(shown.out or "{}")


@pytest.mark.parametrize("suffix", ["json", "csv", "md", "xlsx"])
@pytest.mark.parametrize(
    "command", ["show", "trace --document {}/example.txt", "track --actuals {}/actuals.csv"]
)
def test_files_with_odd_names_in_them_can_be_written(
    capsys: Captured, odd: Path, command: str, suffix: str
) -> None:
    name, *more = command.split()
    output = odd / f"{odd.name}.{suffix}"
    arguments = [name, f"{odd}/example.yaml", *(each.format(odd) for each in more), "-o", str(output)]
    assert run(arguments) == 0, capsys.readouterr().err
    if suffix != "xlsx":
        assert is_data(output.read_bytes().decode("utf-8-sig").replace("\r\n", "\n"))


@pytest.mark.skipif(os.name != "posix", reason="names are of bytes on POSIX alone")
def test_machines_get_names_as_they_are(capsys: Captured, odd: Path) -> None:
    """Escaped in JSON; in SARIF byte by byte; what is no character at all is replaced in JSON."""
    run(["validate", str(odd), "-f", "json"])
    file = json.loads(capsys.readouterr().out)["findings"][0]["file"]
    assert file == re.sub("[\ud800-\udfff]", "\ufffd", str(odd / "pt107-several-problems.yaml"))
    run(["validate", str(odd), "-f", "sarif"])
    result = json.loads(capsys.readouterr().out)["runs"][0]["results"][0]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri.endswith(
        "%1B%5B31m%0A%3A%3Aerror%3A%3Ax%0D%E2%80%AE%E2%80%8B%C2%9B31m%E2%80%A8%FF/pt107-several-problems.yaml"
    )


# -- commands to runners -------------------------------------------------------------------------

COMMANDING = """\
plan: odd
title: {zh: "::error::题", en: "::error::title"}
place: {id: zhaoqing, zh: "::error::肇庆市", en: "##[error]Zhaoqing"}
base: 2020
target: 2025
sections: {t: "::error::表"}
own:
  mine: {zh: "::error::我", en: "::error::mine", unit: 家, kind: stock}
figures:
  mine:
  - {in: t, level: {2020: 10, 2025: 20}, growth: {2020->2025: 50%}, printed: "::error::"}
"""


@pytest.mark.parametrize(
    "command",
    [
        *(f"check ./odd.yaml -f {name}" for name in ("table", *FORMATS) if name != "github"),
        *(f"show ./odd.yaml -f {name}" for name in PLAIN),
        *(f"check ./odd.yaml --targets -f {name}" for name in ("table", "csv", "markdown")),
        "show ./odd.yaml -i mine",
        "path ./odd.yaml",
        "path ./odd.yaml -i mine --chart",
        "compare mine ./odd.yaml",
        "list --plans .",
        "export ./odd.yaml -f csv",
        "check ./odd.yaml --draft-waivers",
    ],
)
def test_a_plan_gives_no_commands_to_the_runner_of_a_workflow(
    capsys: Captured, folder: Path, command: str
) -> None:
    (folder / "odd.yaml").write_text(COMMANDING, encoding="utf-8")
    assert run(command.split()) in {0, 1}
    assert not is_command(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("output", "made"),
    [
        ("::error::x", "·::error::x"),
        ("a\n  ::stop-commands::x\n", "a\n·  ::stop-commands::x\n"),
        ("a ##[error]b", "a ##·[error]b"),
        ("a::b\n| ::c |\n## [d]", "a::b\n| ::c |\n## [d]"),
    ],
)
def test_commands_are_taken_for_text(output: str, made: str) -> None:
    assert without_commands(output) == made


# -- where it leaves -----------------------------------------------------------------------------


def test_values_within_a_sentence_stay_one_line() -> None:
    sentence = text("{a}, {b}", a="x\n\x1b", b=Words("一\n", "one\u2029"))
    assert (sentence.say("en"), sentence.say("zh")) == ("x··, one·", "x··, 一·")
    assert text("{a}", a="全\u3000角").say("en") == "全\u3000角"


def test_output_leaves_in_few_places() -> None:
    """Lines through `tell`, results through `put_out` and the screen: there they are made safe."""
    allowed = {"streams.py": 1, "emit.py": 1, "__init__.py": 1}
    for file in sorted(Path(emit.__file__).parent.glob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        calls = [ast.unparse(each.func) for each in ast.walk(tree) if isinstance(each, ast.Call)]
        leaving = [
            each for each in calls if each in {"typer.echo", "print", "sys.stdout.write", "sys.stderr.write"}
        ]
        assert len(leaving) == allowed.get(file.name, 0), (file.name, leaving)


def test_every_option_stands_in_one_place() -> None:
    """A command names its arguments and options; what they are called and how they are explained is in `options`."""
    for file in sorted(Path(emit.__file__).parent.glob("*.py")):
        source = file.read_text(encoding="utf-8")
        assert file.name == "options.py" or not re.search(r"\b(Option|Argument)\(", source), file.name

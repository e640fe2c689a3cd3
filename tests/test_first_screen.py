"""What `check` says first: findings with their arithmetic, short enough for one screen."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len

from plantrack.cli import COMMANDS, run
from plantrack.formats.terminal import HANGING, wrapped
from plantrack.language import say
from plantrack.plan.citing import in_words, section_name

ROOT = Path(__file__).parent.parent
Captured = pytest.CaptureFixture[str]


def shown(capsys: Captured, *arguments: str) -> list[str]:
    run([*arguments, "--exit-zero"])
    return capsys.readouterr().out.splitlines()


def on_screen(lines: list[str]) -> int:
    """How many lines of a terminal of 80 columns they take."""
    return sum(len(wrapped(line, 80, hanging=HANGING)) for line in lines)


def test_all_contradictions_and_the_sums_fit_a_small_terminal(capsys: Captured) -> None:
    lines = shown(capsys, "check", "zhaoqing", "--lang", "zh")
    assert on_screen(lines) <= 23  # and the prompt
    assert [line[:4] for line in lines].count("必有一误") == 1
    assert [line[:3] for line in lines].count("请核实") == 4
    assert re.search("目标43项，有数值的17项", lines[-3])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_first_screen_holds_no_key_and_no_identity(capsys: Captured, language: str) -> None:
    for line in shown(capsys, "check", "--all", "--lang", language):
        assert not re.search(r"->|PT\d{3}|history|early13|\.yaml|舍入区间", line), line


def test_the_arithmetic_stands_with_what_is_printed(capsys: Captured) -> None:
    (line,) = [each for each in shown(capsys, "check", "zhaoqing", "--lang", "zh") if "保费收入" in each[:20]]
    assert "“8.50%”" in line
    assert "(115 ÷ 76.91)^(1/5) - 1 = 8.38%（8.28%—8.48%），与原文相差0.12个百分点" in line


def test_quiet_tells_only_findings_each_with_its_place(capsys: Captured) -> None:
    lines = shown(capsys, "check", "zhaoqing", "-q")
    assert lines[0].startswith("one is wrong ")
    assert sum("data/plans/zhaoqing.yaml:" in line for line in lines) == 5
    assert shown(capsys, "check", "jieyang", "-q") == []
    assert shown(capsys, "validate", "-q") == []


def test_verbose_tells_everything(capsys: Captured) -> None:
    lines = "\n".join(shown(capsys, "check", "zhaoqing", "-v"))
    assert "PT301" in lines
    assert "27.8 times what rounding allows" in lines
    assert "not checked: 100" in lines
    assert "insurance premiums (100 million yuan)" in lines
    assert run(["check", "zhaoqing", "-v", "-q"]) == 2


def test_counts_of_targets_agree(capsys: Captured) -> None:
    run(["list"])
    (listed,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith("zhaoqing ")]
    number = listed.split()[-1]
    assert f"{number} targets" in "\n".join(shown(capsys, "check", "zhaoqing"))
    run(["track", "zhaoqing", "--actuals", str(ROOT / "docs/examples/actuals.csv")])
    assert re.search(rf"of {number} target\(s\)", capsys.readouterr().out)
    run(["path", "zhaoqing"])
    assert f"{number} targets: 15 year by year, {int(number) - 15} not" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("time", "zh", "en"),
    [
        ("2020", "2020年", "2020"),
        ("2021/2025", "2021—2025年", "2021–2025"),
        ("2018-08", "2018年8月", "Aug 2018"),
        ("2023-Q3", "2023年7—9月", "Jul–Sep 2023"),
        ("2023-11/2024-02", "2023年11月—2024年2月", "Nov 2023 to Feb 2024"),
        ("mid13@zhaoqing", "mid13", "mid13"),
    ],
)
def test_a_time_is_said_as_people_say_it(time: str, zh: str, en: str) -> None:
    assert (say(in_words(time), "zh"), say(in_words(time), "en")) == (zh, en)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "command",
    [
        *("check --all", "check --all --targets", "check --all --implied", "path zhaoqing -v"),
        *("show zhaoqing", "show zhaoqing -v", "trace example -v", "compare premium"),
    ],
)
def test_no_screen_tells_a_time_as_plan_files_write_it(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch, command: str, language: str
) -> None:
    monkeypatch.chdir(ROOT)
    example = "docs/examples/trace/example.yaml --documents docs/examples/trace"
    run([*command.replace("example", example).split(), "--lang", language])
    told = re.sub(r"原文.*|\S*/docs/\S*", "", capsys.readouterr().out)
    assert re.findall(r"\d{4}-\d\d\b|\d{4}/\d{4}|->|20\d\d→", told) == []


def test_notes_name_the_place_that_is_not_the_plans_own(capsys: Captured) -> None:
    said = {language: shown_of_path(capsys, language) for language in ("zh", "en")}
    assert [line.partition("：")[0] for line in said["zh"] if "2020年基期值，" in line] == [
        "全球地区生产总值"
    ]
    assert [line.partition(":")[0] for line in said["en"] if "no base is printed for 2020: the" in line] == [
        "the world GDP"
    ]


def shown_of_path(capsys: Captured, language: str) -> list[str]:
    run(["path", "zhaoqing", "--lang", language])
    return capsys.readouterr().out.splitlines()


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("第一章 二、（一）金融业发展稳中有进，金融产业体系进一步完善", "第一章二（一）"),
        ("第三章 三、（二）2. 具体目标", "第三章三（二）2"),
        ("第三章 肇庆市“十四五”金融发展主要预期性指标表", "第三章…金融发展主要预期性指标表"),
        ("一、工作目标", "一、工作目标"),
        ("总体要求", "总体要求"),
    ],
)
def test_a_section_is_cited_by_its_numbering(title: str, short: str) -> None:
    assert section_name(title) == short


@pytest.mark.parametrize("command", [[], ["check"], ["path"], ["track"], ["trace"], ["export"], ["draft"]])
def test_chinese_help_is_no_wider_than_the_terminal(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    run([*command, "--help", "--lang", "zh"])
    lines = capsys.readouterr().out.splitlines()
    wide = [line for line in lines if cell_len(line) > 80 and "|" not in line]
    assert wide == []
    assert any("选项" in line for line in lines)


@pytest.mark.parametrize("columns", ["60", "80"])
@pytest.mark.parametrize("command", [[], *([each] for each in COMMANDS)])
def test_chinese_help_divides_no_word_and_leaves_nothing_out(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch, command: list[str], columns: str
) -> None:
    def shown(width: str) -> str:
        monkeypatch.setenv("COLUMNS", width)
        run([*command, "--help", "--lang", "zh"])
        return capsys.readouterr().out

    monkeypatch.setattr("plantrack.cli.usage.MOST_COLUMNS", 10_000)
    words = re.findall(r"[!-~]{2,}", shown("9999"))
    assert "[default" not in words
    assert re.findall(r"[!-~]{2,}", shown(columns)) == words


@pytest.mark.parametrize("command", COMMANDS)
def test_help_shows_examples_with_options_that_there_are(capsys: Captured, command: str) -> None:
    run([command, "--help", "--lang", "en"])
    shown = capsys.readouterr().out
    calls = re.findall(rf"^  (plantrack {command}(?: .*)?)$", shown.partition("Examples:")[2], re.MULTILINE)
    assert len(calls) > 1
    assert all(
        each in shown.partition("Examples:")[0]
        for call in calls
        for each in re.findall(r" (--?[a-z]+)", call)
    )


def test_an_explicit_color_stands_above_no_color(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert any("\x1b[" in line for line in shown(capsys, "check", "zhaoqing", "--color", "always"))
    assert not any("\x1b[" in line for line in shown(capsys, "check", "zhaoqing"))


HEAD = """
plan: t
title: {zh: 例, en: t}
place: {id: a_city, zh: 甲市, en: A}
base: 2020
target: 2025
sections: {a: 表, b: 文}
own: {persons: {zh: 人数, en: persons, unit: 万人, kind: stock}}
figures:
"""
Told = Callable[..., str]


@pytest.fixture
def told_of(tmp_path: Path, capsys: Captured) -> Told:
    """What `check` tells in Chinese of figures."""

    def told(figures: str, *more: str) -> str:
        (tmp_path / "t.yaml").write_text(HEAD + figures, encoding="utf-8")
        return "\n".join(shown(capsys, "check", str(tmp_path / "t.yaml"), "--lang", "zh", *more))

    return told


@pytest.mark.parametrize(
    ("target", "rate", "short", "told", "would", "would_not"),
    [
        ("800—1270", "9.0%", "9.0%→0.7%", "-4.4%至4.9%", "下降4.4% 4.9%", "下降4.5% 5.0%"),
        ("1000—1270", "9.0%", "9.0%→2.6%", "0.0%—4.9%", "0.0% 4.9%", "下降0.1% 5.0%"),
        ("600—700", "9.0%", "9.0%→下降8.3%", "下降6.9%—9.7%", "下降6.9% 下降9.7%", "下降6.8% 下降9.8%"),
        ("800—1270", "下降9.0%", "下降9.0%→上升0.7%", "下降4.4%—上升4.9%", "下降4.4% 4.9%", "下降4.5% 5.0%"),
        (
            "600—700",
            "下降2.0%",
            "下降2.0%→下降8.3%",
            "下降6.9%—9.7%",
            "下降6.9% 下降9.7%",
            "下降6.8% 下降9.8%",
        ),
        ("800以上", "下降9.0%", "下降9.0%→下降4.4%", "-4.4%及以上", "下降4.4% 9.0%", "下降4.5%"),
        ("800以上", "-9.0%", "-9.0%→-4.4%", "-4.4%及以上", "下降4.4% 9.0%", "下降4.5%"),
        ("600—700", "-2.0%", "-2.0%→-8.3%", "-9.7%至-6.9%", "下降6.9% 下降9.7%", "下降6.8% 下降9.8%"),
    ],
)
def test_what_a_rate_would_have_to_read_cannot_be_misread(
    target: str, rate: str, short: str, told: str, would: str, would_not: str, told_of: Told
) -> None:
    """Of two falls the verb is told once, the smaller first; beside a rise or an open end a fall has a minus."""

    def of(rate: str, *more: str) -> str:
        growth = f"growth: {{2020->2025: {rate}}}"
        return told_of(f"  loans: [{{in: a, level: {{2020: 1000, 2025: {target}}}, {growth}}}]\n", *more)

    assert f"：{short}；" in of(rate)
    assert f"（{told}），则相符" in of(rate, "-v")
    assert not [each for each in would.split() if "处不一致" in of(each)]
    assert all("处不一致" in of(each) for each in would_not.split())


def test_ranks_are_places_apart(told_of: Told) -> None:
    told = told_of("  gdp: [{in: a, rank: {2020: 第3}}, {in: a, rank: {2020: 第5}}]\n")
    assert "另一处为“第5”（表），与原文相差2位\n" in told


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("level: {2020: 1.00, 2025: 400.00}, change: {2020->2025: 0.10}", "（为允许误差的26600倍）"),
        ("level: {2020: 100, 2025: 90}, change: {2020->2025: 下降3以内}", "下降10以内，或更高的界限"),
        ("level: {2020: 100, 2025: 70}, growth: {2020->2025: 下降0.69%以下}", "下降6.66%以下，或更高的界限"),
        ("level: {2020: 100, 2025: 90}, change: {2020->2025: 下降30以上}", "下降10以上，或更低的界限"),
        ("level: {2020: 100, 2025: 140}, change: {2020->2025: 增加30以内}", "增加40以内，或更高的界限"),
        ("level: {2020: 3.0, 2025: 2.1}, growth: {2020->2025: 下降68.9%}", "“2.1”（表）：如改为0.0，"),
        (
            "level: {2020: 100, 2025: 150}, change: {2020->2025: 增加20}}\n  - {in: b, level: {2025: 150}",
            "2025年人数“150”（文）、2025年人数“150”（表）（一并更正）：如改为120（119—121），",
        ),
    ],
)
def test_what_would_do_of_bounds_falls_and_repeated_figures(row: str, told: str, told_of: Told) -> None:
    """A fall of less is a greater change: 100 to 90 is a fall of more than 9 and less than 11."""
    assert told in told_of(f"  persons:\n  - {{in: a, {row}}}\n", "-v")


def test_a_correction_that_other_prints_need_as_well_says_so(told_of: Told) -> None:
    """100 + 20 is 120, and both sections print 150."""
    row = "level: {2020: 100, 2025: 150}, change: {2020->2025: 增加20}}\n  - {in: b, level: {2025: 150}"
    assert "2处150→120；" in told_of(f"  persons:\n  - {{in: a, {row}}}\n")


def test_nothing_has_no_decimal_point_to_be_misplaced(told_of: Told) -> None:
    row = "level: {2020: 0.50, 2025: 1.2}, annual_change: {2020->2025: 新增0.0}"
    told = told_of(f"  persons:\n  - {{in: a, {row}}}\n", "-v")
    assert "0.50 + 5 × 0.0 = 0.50" in told
    assert "小数点" not in told

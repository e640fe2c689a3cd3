"""Waivers: a judged finding does not come back until it changes, and nothing else goes with it."""

import json
import random
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import plantrack
from fixed import TODAY
from plantrack.audit import audit_plans
from plantrack.cli import day, run
from plantrack.findings import CODES, Finding, Level
from plantrack.plan.plan import PlanFile
from plantrack.reading import load_catalogue, read_plan_file
from plantrack.waivers import (
    AUDIT,
    VALIDATION,
    Subjects,
    apply_waivers,
    draft_waiver,
    is_waivable,
    open_findings,
)
from systems import corrupted, plan_of_rows, printed_rows
from test_reading import CASES

CATALOGUE = load_catalogue()


@pytest.fixture(autouse=True)
def _on_that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line takes it for today, whenever the tests run."""
    for name in ("local_day", "latest_day"):
        monkeypatch.setattr(day, name, lambda: TODAY)


HEAD = """\
plan: {plan}
title: {{zh: 例, en: Example}}
place: {{id: {plan}, zh: 例, en: Example}}
base: 2020
target: 2025
sections: {{table: 表{more}}}
figures:
  premium:
"""
ROW = "  - {in: table, level: {2020: 76.91, 2025: 115}, growth: {2020->2025: 8.50%}}\n"
SOUND = """\
- code: PT301
  figures: {premium/level/2020/table: 76.91, premium/level/2025/table: 115, premium/growth/2020->2025/table: 8.50%}
  reason: 目标取整
  date: 2026-11-24
"""


def plan(
    folder: Path, waivers: str = "", *, rows: str = ROW, name: str = "zhaoqing", more: str = ""
) -> PlanFile:
    file = folder / f"{name}.yaml"
    below = f"waivers:\n{waivers}" if waivers else ""
    file.write_text(HEAD.format(plan=name, more=more) + rows + below, encoding="utf-8")
    loaded = read_plan_file(file, CATALOGUE)
    assert loaded.errors == (), [each.message.say("en") for each in loaded.errors]
    return loaded


def audited(*plans: PlanFile) -> tuple[Finding, ...]:
    return apply_waivers(
        audit_plans([each.require() for each in plans], CATALOGUE).findings, plans, AUDIT, today=TODAY
    )


def validated(loaded: PlanFile) -> tuple[Finding, ...]:
    return apply_waivers(loaded.findings, [loaded], VALIDATION, today=TODAY)


def codes(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.code.code for finding in open_findings(findings)]


def test_a_waived_finding_carries_its_waiver_and_counts_no_more(tmp_path: Path) -> None:
    (finding,) = audited(plan(tmp_path, SOUND))
    assert finding.code.code == "PT301"
    assert finding.waived is not None
    assert finding.waived._asdict() == {"reason": "目标取整", "date": "2026-11-24"}


@pytest.mark.parametrize(
    "entry",
    [
        SOUND.replace("PT301", "growth-conflict"),
        SOUND.replace("premium/", "zhaoqing/premium/"),
        SOUND.replace("76.91", '"76.91"'),
    ],
    ids=["by name", "with the plan's prefix", "in quotes"],
)
def test_what_a_finding_is_about_may_be_written_in_these_ways(tmp_path: Path, entry: str) -> None:
    assert codes(audited(plan(tmp_path, entry))) == []


def test_lines_and_rows_around_may_move(tmp_path: Path) -> None:
    """They are matched by what the finding is about, not by line."""
    before = "  - {in: table, level: {2022: 90}}\n# a remark\n\n"
    assert codes(audited(plan(tmp_path, SOUND, rows=before + ROW))) == []


@pytest.mark.parametrize(
    "more", ["  - {in: text, level: {2025: 115}}\n", "  - {in: text, level: {2020: 76.91}}\n"]
)
@pytest.mark.parametrize("first", [True, False])
def test_a_figure_that_reads_the_same_elsewhere_changes_nothing(
    tmp_path: Path, more: str, *, first: bool
) -> None:
    """A waiver holds until one of its figures reads otherwise."""
    rows = more + ROW if first else ROW + more
    assert codes(audited(plan(tmp_path, SOUND, rows=rows, more=", text: 文"))) == []


def test_a_figure_that_reads_otherwise_elsewhere_is_another_matter(tmp_path: Path) -> None:
    more = "  - {in: text, level: {2025: 114}}\n"
    left = codes(audited(plan(tmp_path, SOUND, rows=ROW + more, more=", text: 文")))
    assert "PT301" in left


def test_a_finding_comes_back_when_its_figures_change(tmp_path: Path) -> None:
    """A waiver holds until the finding changes."""
    findings = audited(plan(tmp_path, SOUND, rows=ROW.replace("8.50%", "8.52%")))
    assert codes(findings) == ["PT301", "PT901"]
    assert "reads 8.52% and was waived as 8.50%" in findings[-1].message.say("en")


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (
            SOUND.replace("premium/level/2025/table", "premium/level/2026/table"),
            "there is no premium/level/2026",
        ),
        (SOUND.replace("premium/level/2025/table: 115, ", ""), "PT301 is found about premium/"),
        (SOUND.replace("PT301", "PT303"), "PT303 is not found about these"),
        ("- {code: PT301, reason: 目标取整, date: 2026-11-24}\n", "nothing under"),
    ],
)
def test_an_unused_waiver_says_why_it_is(tmp_path: Path, entry: str, why: str) -> None:
    findings = audited(plan(tmp_path, entry))
    assert codes(findings) == ["PT301", "PT901"]
    assert why in findings[-1].message.say("en")


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (SOUND.replace("目标取整", '""'), "PT902"),
        (SOUND.replace("目标取整", "…"), "PT902"),
        (SOUND.replace("  reason: 目标取整\n", ""), "PT902"),
        (SOUND.replace("PT301", "PT399"), "PT903"),
        (SOUND.replace("2026-11-24", "2026-11-29"), "PT904"),
        (SOUND.replace("2026-11-24", "2026-02-30"), "PT904"),
        (SOUND.replace("2026-11-24", "20261124"), "PT904"),
        (SOUND.replace("  date: 2026-11-24\n", ""), "PT904"),
        (SOUND.replace("PT301", "PT107"), "PT905"),
        (SOUND.replace("PT301", "PT901"), "PT905"),
    ],
)
def test_a_waiver_that_is_wrong_holds_for_nothing(tmp_path: Path, entry: str, code: str) -> None:
    loaded = plan(tmp_path, entry)
    assert codes(audited(loaded)) == ["PT301", code]
    assert codes(validated(loaded)) == [code]


def test_findings_of_validate_are_waived_by_key_or_figure(tmp_path: Path) -> None:
    entries = (
        "- {code: PT204, keys: {sections/annex: 附表}, reason: 附表待补录, date: 2026-11-24}\n"
        "- {code: PT209, figures: {premium/level/2025/table/2: 115}, reason: 表中确有两处, date: 2026-11-24}\n"
    )
    twice = ROW + "  - {in: table, level: {2025: 115}}\n"
    loaded = plan(tmp_path, entries, rows=twice, more=", annex: 附表")
    assert codes(validated(loaded)) == []
    assert codes(validated(plan(tmp_path, entries, rows=twice, more=", annex: 附件"))) == ["PT204", "PT901"]


def test_each_command_judges_the_waivers_of_its_own_codes(tmp_path: Path) -> None:
    loaded = plan(tmp_path, SOUND, rows=ROW.replace("8.50%", "8.3%"))
    assert codes(validated(loaded)) == []
    assert codes(audited(loaded)) == ["PT901"]


def test_a_finding_about_two_plans_may_be_waived_in_either(tmp_path: Path) -> None:
    province = "  - {in: table, place: guangdong, level: {2020: %s亿元}}\n"
    entry = (
        "- {code: PT302, figures: {premium@guangdong/level/2020/table: 90亿元, "
        "zhuhai/premium@guangdong/level/2020/table: 80亿元}, reason: 口径不同, date: 2026-11-24}\n"
    )
    bare = [
        plan(tmp_path, rows=province % size, name=name) for name, size in (("zhaoqing", 90), ("zhuhai", 80))
    ]
    assert codes(audited(*bare)) == ["PT302"]
    waiving = plan(tmp_path, entry, rows=province % 90)
    assert codes(audited(waiving, bare[1])) == []
    assert codes(audited(waiving)) == []  # unused only where the other plan is there
    other = entry.replace("{premium", "{zhaoqing/premium").replace("zhuhai/premium", "premium")
    assert codes(audited(bare[0], plan(tmp_path, other, rows=province % 80, name="zhuhai"))) == []


@given(seed=st.integers(0, 2**32))
@settings(max_examples=25, phases=[Phase.explicit, Phase.reuse, Phase.generate])
def test_a_drafted_waiver_waives_its_finding_and_no_other(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    """What is pasted as drafted, with a reason, covers exactly the findings it was drafted for."""
    dice = random.Random(seed)
    folder = tmp_path_factory.mktemp("drafts")
    rows, _ = corrupted(dice, printed_rows(dice, dice.choice(("product", "sum", "mixed"))))
    plan = plan_of_rows(rows, folder)
    findings = [each for each in audit_plans([plan], CATALOGUE).findings if is_waivable(each.code)]
    lines = []
    for finding in findings:
        lines += draft_waiver(finding, Subjects.of([plan.source]), TODAY)
    if not lines:
        return
    file = Path(plan.file)
    entries = "\n".join(lines).replace('reason: ""', "reason: 已核对")
    file.write_text(f"{file.read_text(encoding='utf-8')}waivers:\n{entries}\n", encoding="utf-8")
    waiving = read_plan_file(file, CATALOGUE)
    assert waiving.errors == ()
    assert codes(audited(waiving)) == []
    assert waiving.model is not None
    first, *_ = waiving.model.waivers
    others = [each for each in waiving.model.waivers if each != first]
    without = waiving.model.model_copy(update={"waivers": others})
    left = open_findings(audited(replace(waiving, model=without)))
    assert {(each.code, each.about) for each in left} == {(findings[0].code, findings[0].about)}


def test_drafts_survive_any_text(tmp_path: Path) -> None:
    rows = '  - {in: "a: #b", level: {2020: 76.91}}\n  - {in: "a: #b", level: {2020: 76.91}}\n'
    file = tmp_path / "zhaoqing.yaml"
    head = HEAD.format(plan="zhaoqing", more="").replace(
        "{table: 表}", '{"a: #b": "x\\ny", "不 用/x": "- [注] \\"q\\""}'
    )
    file.write_text(head + rows, encoding="utf-8")
    loaded = read_plan_file(file, CATALOGUE)
    lines = []
    for finding in loaded.findings:
        lines += draft_waiver(finding, Subjects.of([loaded]), TODAY)
    entries = "\n".join(lines).replace('reason: ""', "reason: 已核对")
    file.write_text(f"{head}{rows}waivers:\n{entries}\n", encoding="utf-8")
    assert codes(validated(read_plan_file(file, CATALOGUE))) == []


def test_only_what_keeps_a_file_from_being_read_cannot_be_waived() -> None:
    waivable = {code.code for code in CODES.values() if is_waivable(code)}
    judged = {code.code for code in CODES.values() if code.code[2] in "34"}
    warnings = {code.code for code in CODES.values() if code.level is not Level.ERROR and code.code < "PT3"}
    assert waivable == judged | warnings


# -- at the command line --------------------------------------------------------------------------


def said(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    code = run(["--lang", "en", *arguments])
    return code, capsys.readouterr().out


def test_waived_findings_do_not_count_and_show_only_when_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    loaded = plan(tmp_path, SOUND.replace("8.50%", "9.50%"), rows=ROW.replace("8.50%", "9.50%"))
    code, out = said(["check", loaded.file], capsys)
    assert code == 0
    assert "9.50%" not in out
    assert "1 finding(s) waived" in out
    code, out = said(["check", loaded.file, "--show-waived", "-v"], capsys)
    assert code == 0
    assert "PT301" in out
    assert "(waived 2026-11-24: 目标取整)" in out
    plan(tmp_path, rows=ROW.replace("8.50%", "9.50%"))
    assert said(["check", loaded.file], capsys)[0] == 1


def test_waived_findings_of_validate_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    entry = "- {code: PT204, keys: {sections/annex: 附表}, reason: 附表待补录, date: 2026-11-24}\n"
    file = plan(tmp_path, entry, more=", annex: 附表").file
    assert said(["validate", file, "--strict"], capsys) == (0, "1 file(s), 0 finding(s)\n")
    assert "附表待补录" in said(["validate", file, "--show-waived"], capsys)[1]


@pytest.mark.parametrize("command", ["check", "validate"])
def test_waivers_are_always_in_json(tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str) -> None:
    entries = SOUND + "- {code: PT204, keys: {sections/annex: 附表}, reason: 目标取整, date: 2026-11-24}\n"
    file = plan(tmp_path, entries, more=", annex: 附表").file
    document = json.loads(said([command, file, "-f", "json"], capsys)[1])
    (finding,) = document["findings"]
    assert finding["waived"] == {"reason": "目标取整", "date": "2026-11-24"}


def test_drafts_are_printed_to_be_pasted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    loaded = plan(tmp_path)
    code, out = said(["check", loaded.file, "--draft-waivers"], capsys)
    assert code == 0
    assert codes(audited(plan(tmp_path, out.replace('reason: ""', "reason: 目标取整")))) == []


def test_the_contradictions_of_the_documents_are_not_waived() -> None:
    """They are what the tool is for."""
    for file in sorted((CASES.parents[2] / "data" / "plans").glob("*.yaml")):
        loaded = read_plan_file(file, CATALOGUE)
        assert loaded.model is not None
        assert loaded.model.waivers == []


def test_findings_about_waivers_stand_where_their_lines_stand(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`validate` tells what it found from the first line of a file to the last."""
    file = tmp_path / "zhaoqing.yaml"
    waivers = "waivers:\n- {code: PT204, keys: {sections/other: x}, reason: '', date: soon}\n"
    file.write_text(
        waivers + HEAD.format(plan="zhaoqing", more=", other: 其他") + ROW.replace("115", "一百多少亿"),
        encoding="utf-8",
    )
    assert run(["validate", str(file), "-f", "concise"]) == 1
    places = [tuple(map(int, line.split(":")[1:3])) for line in capsys.readouterr().out.splitlines()]
    assert places == sorted(places)
    assert places[0][0] == places[1][0] == 2
    assert len(places) == 4


def test_only_the_command_line_asks_what_day_it_is() -> None:
    """Below it the day is handed down, so that a result depends on what was given alone."""
    package = Path(plantrack.__file__).parent
    asking = re.compile(
        r"\b(datetime\.(now|utcnow|today)|date\.today|time\.time|time\.localtime|time\.gmtime)\b"
    )
    found = [
        file.relative_to(package).as_posix()
        for file in sorted(package.rglob("*.py"))
        if asking.search(file.read_text(encoding="utf-8"))
    ]
    assert found == ["cli/day.py"]


def test_the_library_asks_for_no_day(tmp_path: Path) -> None:
    """A waiver's date is held against a day only where one is given."""
    late = plan(tmp_path, SOUND.replace("2026-11-24", "2026-11-29"))
    for today, codes_found in ((None, {"PT301"}), (TODAY, {"PT301", "PT904"})):
        assert {each.code.code for each in plantrack.audit(late, today=today).findings} == codes_found

"""The registry of codes is complete, and what the pages show is what happens."""

import json
import re
from pathlib import Path

import pytest

from examples import PAGES, Example, completed, examples_of, write_example
from fixed import TODAY
from plantrack.audit import audit_plans
from plantrack.cli import run
from plantrack.findings import CODES, Code, Finding, Level
from plantrack.plan.plan import PlanFile
from plantrack.reading import load_catalogue, read_plan_file
from plantrack.waivers import AUDIT, VALIDATION, apply_waivers, open_findings

CATALOGUE = load_catalogue()
CASES = sorted((Path(__file__).parent / "cases" / "plans" / "invalid").glob("*.yaml"))
EVERY = pytest.mark.parametrize("code", CODES.values(), ids=lambda code: code.code)


def validated(loaded: PlanFile) -> tuple[Finding, ...]:
    return apply_waivers(loaded.findings, [loaded], VALIDATION, today=TODAY)


def audited(loaded: PlanFile) -> tuple[Finding, ...]:
    assert all(finding.level is not Level.ERROR for finding in loaded.findings)
    return apply_waivers(audit_plans([loaded.require()], CATALOGUE).findings, [loaded], AUDIT, today=TODAY)


def all_found(loaded: PlanFile) -> tuple[Finding, ...]:
    found = validated(loaded)
    broken = any(finding.level is Level.ERROR and finding.code.code < "PT3" for finding in found)
    return found if broken else (*found, *audited(loaded))


COMMANDS = {"0": validated, "1": validated, "2": validated, "3": audited, "4": audited, "9": all_found}
"""Family of codes (the first digit) -> what finds them in a plan. The other, 5, needs a document."""


Found = set[tuple[str, str]]
"""Codes, and the levels at which they were found; what is waived is not among them."""


def found_in(example: Example, page: dict[str, Example], family: str, folder: Path) -> Found:
    """What an example of a page yields."""
    folder.mkdir()
    if family == "5":
        return traced(example, page, folder)
    loaded = read_plan_file(write_example(example, folder), CATALOGUE)
    return {(each.code.code, each.level.value) for each in open_findings(COMMANDS[family](loaded))}


def traced(example: Example, page: dict[str, Example], folder: Path) -> Found:
    """What `trace` finds in the example, beside another plan that has its document in any case."""
    for name in ("plans", "omitted", "documents"):
        (folder / name).mkdir()
    plan = completed(page["plan" if example.how == "omitted" else example.kind].block)
    (folder / "plans" / "zhaoqing.yaml").write_text(plan, encoding="utf-8")
    (folder / "plans" / "other.yaml").write_text(
        plan.replace("plan: zhaoqing", "plan: other"), encoding="utf-8"
    )
    if example.how == "omitted":
        (folder / "omitted" / "zhaoqing.yaml").write_text(example.block, encoding="utf-8")
    for name in ["other"] if example.how == "alone" else ["other", "zhaoqing"]:
        (folder / "documents" / f"{name}.txt").write_text(page["document"].block, encoding="utf-8")
    written = folder / "found.json"
    arguments = ["--all", "--unused", "--documents", str(folder / "documents"), "-o", str(written)]
    assert run(["--plans", str(folder / "plans"), "trace", *arguments]) in {0, 1}
    told = json.loads(written.read_text(encoding="utf-8"))["findings"]
    return {
        (each["code"], each["level"]) for each in told if not each["id"].startswith(f"{each['code']}/other")
    }


@EVERY
def test_the_bad_example_yields_the_code_and_the_good_one_does_not(code: Code, tmp_path: Path) -> None:
    """Each page's bad example yields its code, each good one does not, nor any other error."""
    page = {each.kind: each for each in examples_of(code.code, "en")}
    bad, good = (found_in(page[kind], page, code.code[2], tmp_path / kind) for kind in ("bad", "good"))
    assert code.code in {found for found, _ in bad}
    assert [found for found, level in good if found == code.code or level == Level.ERROR] == []


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_case_yields_the_code_in_its_name(path: Path) -> None:
    code = path.stem[:5].upper()
    assert code in {each.code.code for each in COMMANDS[code[2]](read_plan_file(path, CATALOGUE))}


def test_every_code_has_a_case() -> None:
    """Two have none as a file: a folder, and four million bytes; test_reading.py makes those.

    What needs a document has its cases in test_trace.py.
    """
    shown = {path.stem[:5].upper() for path in CASES}
    assert {code.code for code in CODES.values() if code.code[2] != "5"} - shown == {"PT001", "PT010"}


@EVERY
def test_both_languages_show_the_same_examples(code: Code) -> None:
    assert examples_of(code.code, "zh") == examples_of(code.code, "en")
    assert [each.kind for each in examples_of(code.code, "en") if each.kind in {"bad", "good"}] == [
        "bad",
        "good",
    ]


@EVERY
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_code_is_explained_in_four_parts(
    code: Code, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--lang", language, "explain", code.name]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith(f"{code.code} {code.name} ")
    assert len(re.findall(r"^## ", shown, re.MULTILINE)) == 4
    assert "```" not in shown
    for example in examples_of(code.code, language):
        assert all(line in shown for line in example.block.splitlines())


def test_there_is_no_page_without_a_code() -> None:
    for language in ("zh", "en"):
        pages = {page.stem for page in (PAGES / language).iterdir()}
        assert pages == {code.code for code in CODES.values()}


@EVERY
def test_codes_are_numbered_and_named_once(code: Code) -> None:
    """`PT` and three digits, a kebab-case name."""
    assert re.fullmatch(r"PT[0-9]{3}", code.code)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code.name)
    assert [each.name for each in CODES.values() if each.code == code.code] == [code.name]
    assert CODES[code.name] is code

"""The registry of codes is complete, and what the pages show is what happens."""

import re
from pathlib import Path

import pytest

from examples import PAGES, examples_of, write_example
from plantrack.audit import audit_plans
from plantrack.cli import run
from plantrack.findings import CODES, Code, Finding, Level
from plantrack.loading import LoadedPlan, load_catalogue, load_plan
from plantrack.validity import check_validity
from plantrack.waivers import AUDIT, VALIDATION, apply_waivers

CATALOGUE = load_catalogue()
CASES = sorted((Path(__file__).parent / "cases" / "plans" / "invalid").glob("*.yaml"))
EVERY = pytest.mark.parametrize("code", CODES.values(), ids=lambda code: code.code)


def validated(loaded: LoadedPlan) -> tuple[Finding, ...]:
    return apply_waivers(check_validity(loaded, CATALOGUE), [loaded], VALIDATION)


def audited(loaded: LoadedPlan) -> tuple[Finding, ...]:
    assert all(finding.level is not Level.ERROR for finding in check_validity(loaded, CATALOGUE))
    return apply_waivers(audit_plans([loaded], CATALOGUE).findings, [loaded], AUDIT)


def all_found(loaded: LoadedPlan) -> tuple[Finding, ...]:
    found = validated(loaded)
    broken = any(finding.level is Level.ERROR and finding.code.code < "PT3" for finding in found)
    return found if broken else (*found, *audited(loaded))


COMMANDS = {"0": validated, "1": validated, "2": validated, "3": audited, "4": audited, "9": all_found}
"""Family of codes (the first digit) -> what finds them."""


@EVERY
def test_the_bad_example_yields_the_code_and_the_good_one_does_not(code: Code, tmp_path: Path) -> None:
    """Each page's bad example yields its code, each good one does not."""
    examples = {each.kind: each for each in examples_of(code.code, "en")}
    for kind in ("bad", "good"):
        (tmp_path / kind).mkdir()
        loaded = load_plan(write_example(examples[kind], tmp_path / kind), CATALOGUE)
        found = COMMANDS[code.code[2]](loaded)
        assert (code in {finding.code for finding in found}) is (kind == "bad"), kind
        if kind == "good":
            assert [each.message.say("en") for each in found if each.level is Level.ERROR] == []


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_case_yields_the_code_in_its_name(path: Path) -> None:
    code = path.stem[:5].upper()
    assert code in {each.code.code for each in COMMANDS[code[2]](load_plan(path, CATALOGUE))}


def test_every_code_has_a_case() -> None:
    """Two have none as a file: a folder, and four million bytes; test_loading.py makes those."""
    shown = {path.stem[:5].upper() for path in CASES}
    assert {code.code for code in CODES.values()} - shown == {"PT001", "PT010"}


@EVERY
def test_both_languages_show_the_same_examples(code: Code) -> None:
    assert examples_of(code.code, "zh") == examples_of(code.code, "en")
    assert [each.kind for each in examples_of(code.code, "en") if each.kind != "document"] == ["bad", "good"]


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

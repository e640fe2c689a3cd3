"""Everything a user sees exists in Chinese and English."""

import ast
import re
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

import plantrack
from plantrack.cli import command_tree
from plantrack.language import Listing, Words, choose_language, fixed, listing, text
from plantrack.locale import zh as locale
from plantrack.locale.zh import MESSAGES
from plantrack.plan.model import PlanModel

SOURCE = Path(plantrack.__file__).parent


def written_templates() -> set[str]:
    """The first argument of every `text(...)` in the source, and the titles of columns."""
    found = set()
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
            given = {"text": 1, "words": None, "numbers": None}
            if name in given:
                arguments = node.args[: given[name]]  # type: ignore[attr-defined]
                found |= {each.value for each in arguments if isinstance(each, ast.Constant)}
    return found


def help_texts() -> set[str]:
    """Help of every command and parameter, as typer builds it."""
    found = set()
    waiting = [command_tree()]
    while waiting:
        command = waiting.pop()
        waiting += getattr(command, "commands", {}).values()
        found |= {each.help for each in (command, *command.params) if getattr(each, "help", None)}
    return found


def descriptions() -> set[str]:
    """What the models of the plan file tell of themselves and of their keys: the data dictionary."""
    schema = PlanModel.model_json_schema(by_alias=True)
    parts = [schema, *schema["$defs"].values()]
    keys = [each for part in parts for each in part["properties"].values()]
    return {each["description"] for each in (*parts, *keys)}


def placeholders(template: str) -> list[str]:
    return sorted(re.findall(r"\{(\w+)\}", template))


def test_every_template_has_a_translation_and_every_translation_a_template() -> None:
    wanted = written_templates() | help_texts() | descriptions()
    assert sorted(wanted - MESSAGES.keys()) == []
    assert sorted(MESSAGES.keys() - wanted) == []


def test_no_template_is_translated_in_two_rooms() -> None:
    rooms = [
        import_module(f"{locale.__name__}.{room.name}").MESSAGES for room in iter_modules(locale.__path__)
    ]
    assert sum(map(len, rooms)) == len(MESSAGES)


@pytest.mark.parametrize("template", sorted(MESSAGES))
def test_a_translation_fills_the_same_places_and_is_chinese(template: str) -> None:
    assert set(placeholders(MESSAGES[template])) == set(placeholders(template))  # a unit may stand twice
    if re.sub(r"\{\w+\}|[^A-Za-z]", "", template):
        assert re.search(r"[\u4e00-\u9fff]", MESSAGES[template])
    if re.search(r"[a-z]{3}\.$", template):
        assert MESSAGES[template].endswith("。")


def test_what_plantrack_says_fits_a_gbk_console() -> None:
    texts = [*MESSAGES, *MESSAGES.values()]
    texts += [page.read_text(encoding="utf-8") for page in (SOURCE / "pages").rglob("*.md")]
    for each in texts:
        each.encode("gbk")


@pytest.mark.parametrize(
    ("asked", "environ", "chosen"),
    [
        ("zh", {"PLANTRACK_LANG": "en"}, "zh"),
        ("en", {"LANG": "zh_CN.UTF-8"}, "en"),
        ("auto", {"PLANTRACK_LANG": "zh", "LANG": "en_US.UTF-8"}, "zh"),
        ("auto", {"LANG": "zh_CN.UTF-8"}, "zh"),
        ("auto", {"LC_ALL": "en_GB.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
    ],
)
def test_the_language_asked_for_goes_before_the_environment(
    asked: str, environ: dict[str, str], chosen: str
) -> None:
    assert choose_language(asked, environ) == chosen


def test_values_are_said_in_the_language_of_the_sentence() -> None:
    said = text("{name}: no path, for {why}", name=Words("贷款", "loans"), why=listing("a", Words("乙", "b")))
    assert said.say("en") == "loans: no path, for a, b"
    assert "贷款" in said.say("zh")
    assert "a、乙" in said.say("zh")


def test_braces_in_values_are_left_alone() -> None:
    assert (
        text('duplicate key "{key}" (first at {first}): keep one', key="{0}{x}", first="1:1")
        .say("en")
        .count("{0}{x}")
        == 1
    )
    assert isinstance(listing("{"), Listing)


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (12.1 / 4, 2, "3.03"),  # 3.025, whose float is a little less
        (0.05125 * 100, 2, "5.13"),
        (7.225, 2, "7.23"),
        (-2.125, 2, "-2.13"),
        (0.125, 2, "0.13"),
        (2.5, 0, "3"),
        (-0.004, 2, "0.00"),
        (3.0249, 2, "3.02"),
        (1e16 + 2, 1, "10000000000000002.0"),
        (12345678901234.57, 2, "12345678901234.57"),
        (1e300, 2, f"{1e300:.2f}"),
        (1e-7, 3, "0.000"),
    ],
)
def test_halves_are_rounded_away_from_zero(value: float, decimals: int, shown: str) -> None:
    """四舍五入, as a calculator and a spreadsheet show the same number."""
    assert fixed(value, decimals) == shown

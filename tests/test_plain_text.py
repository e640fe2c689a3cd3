"""Text of a plan is text in every format: it steers no terminal and is no markup."""

import re
from pathlib import Path

import pytest

from plantrack.cli import run
from plantrack.formats.findings import FORMATS
from plantrack.formats.markdown import escaped

Captured = pytest.CaptureFixture[str]
STEERING = """\
plan: odd
title: {zh: "\\e[31mred\\u202e题", en: "\\e[31mred\\u202e"}
place: {id: zhaoqing, zh: 肇庆市, en: Zhaoqing}
base: 2020
target: 2025
sections: {t: "表\\e[31mred\\u202e"}
own:
  mine: {zh: "我\\e[31mx\\u200b", en: "\\e[31mx\\u202e\\a", unit: 家, kind: stock}
figures:
  mine:
  - {in: t, level: {2020: 10, 2025: 20}, growth: {2020->2025: 50%}}
"""
COMMANDS = [
    *(f"check ./odd.yaml -f {name}" for name in ("table", *FORMATS) if name not in {"json", "sarif"}),
    *(f"check ./odd.yaml --targets -f {name}" for name in ("table", "csv", "markdown")),
    *(f"show ./odd.yaml -f {name}" for name in ("table", "csv", "markdown")),
    "path ./odd.yaml",
    "path ./odd.yaml -i mine",
    "path ./odd.yaml -i mine --chart",
    "compare mine ./odd.yaml",
    "list --plans .",
    "export ./odd.yaml -f csv",
]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("command", COMMANDS)
def test_what_steers_a_terminal_has_a_visible_sign(
    capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, language: str
) -> None:
    """Reading refuses such text; whatever came through all the same would steer nothing."""
    monkeypatch.setattr("plantrack.reading.yaml_tree._Builder.unescaped", lambda _, event: event.value)
    (tmp_path / "odd.yaml").write_text(STEERING, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run([*command.split(), "--lang", language]) in {0, 1}
    shown = capsys.readouterr().out
    assert "31m" in shown
    assert not re.search("[\x1b\u202e\u200b\x07]", shown)


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("~~a~~", "\\~\\~a\\~\\~"),
        ("&amp; &#35;", "\\&amp; \\&\\#35;"),
        ("$x$", "\\$x\\$"),
        ("# 1", "\\# 1"),
        ("<b>|[a](b)`c`*d*_e_\\", "\\<b\\>\\|\\[a\\](b)\\`c\\`\\*d\\*\\_e\\_\\\\"),
        ("- a", "\\- a"),
        ("12. a", "12\\. a"),
        ("===", "\\==="),
        ("-3.5", "-3.5"),
        ("2020", "2020"),
        ("a\nb\u3000c", "a b\u3000c"),
    ],
)
def test_markdown_shows_text_as_it_is(said: str, written: str) -> None:
    assert escaped(said) == written

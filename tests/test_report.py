"""Pages to hand on: text of plans is data, every link leads somewhere, nothing is loaded."""

import base64
import hashlib
import re
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from plantrack.cli import run
from plantrack.formats.report.labels import LABELS
from plantrack.formats.report.pictures import bars_of
from plantrack.views.gauge import Band, Gauge
from test_cli import INVALID, ROOT
from test_plain_text import STEERING

Captured = pytest.CaptureFixture[str]
PLANS = ROOT / "data" / "plans"
TEMPLATES = ROOT / "src" / "plantrack" / "formats" / "report" / "templates"
HOSTILE = "</title><script>alert(1)</script><img src=x onerror='alert(2)'>{{ 7 * 7 }}"
PLAN = """\
plan: index
title: {zh: "HOSTILE", en: "HOSTILE"}
place: {id: zhaoqing, zh: "HOSTILE", en: "HOSTILE"}
document: "HOSTILE"
base: 2020
target: 2025
sections: {t: "一、HOSTILE", u: "二、HOSTILE"}
own:
  mine: {zh: "我HOSTILE", en: "mineHOSTILE", unit: 家, kind: stock}
figures:
  mine:
  - {in: t, level: {2020: 10家, 2025: 20家}, growth: {2020->2025: 50%}}
  - {in: u, level: {2020: 12家}}
""".replace("HOSTILE", HOSTILE.replace('"', "'"))
DOCUMENT = f"""\
一、{HOSTILE}
前一句。2020年<b>有</b>企业10家，到2025年20家，年均增长50%；后一句。
二、{HOSTILE}
2020年有12家。
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The pages of every plan of the library, in Chinese."""
    return _pages(["--all", "--lang", "zh"], tmp_path_factory.mktemp("all"))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The pages of a plan and a document that try to be markup, with sentences."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "texts").mkdir()
    (folder / "index.yaml").write_text(PLAN, encoding="utf-8")
    (folder / "texts" / "index.txt").write_text(DOCUMENT, encoding="utf-8")
    given = [str(folder / "index.yaml"), "--documents", str(folder / "texts"), "--lang", "en"]
    return _pages(given, folder / "pages")


def _pages(arguments: list[str], folder: Path) -> dict[str, Any]:
    assert run(["report", *arguments, "-o", str(folder)]) == 0
    return {file.name: html.document_fromstring(file.read_bytes()) for file in folder.iterdir()}


def every_page(pages: dict[str, Any], hostile: dict[str, Any]) -> list[tuple[dict[str, Any], str, Any]]:
    return [(each, name, page) for each in (pages, hostile) for name, page in each.items()]


# -- the folder ------------------------------------------------------------------------------------


def test_the_index_lists_every_plan_and_every_contradiction(pages: dict[str, Any]) -> None:
    plans = {file.stem for file in PLANS.glob("*.yaml")}
    assert set(pages) == {"index.html", *(f"{plan}.html" for plan in plans)}
    rows = pages["index.html"].xpath("//section[1]//tbody/tr/th/a/@href")
    assert set(rows) == {f"{plan}.html" for plan in plans}
    told = {
        f"{name}#{each}" for name, page in pages.items() for each in page.xpath("//section[1]//article/@id")
    }
    assert set(pages["index.html"].xpath("//section[2]//tbody/tr/th/a/@href")) == told != set()


def test_the_index_counts_targets_as_the_other_commands_do(capsys: Captured, pages: dict[str, Any]) -> None:
    rows = pages["index.html"].xpath("//section[1]//tbody/tr")
    counted = {row.xpath("th/a/@href")[0].removesuffix(".html"): row.xpath("td/text()") for row in rows}
    run(["list", "--lang", "zh"])
    told = re.findall(r"^([a-z][a-z0-9-]+) .* ([0-9]+) +([0-9]+)$", capsys.readouterr().out, re.MULTILINE)
    assert {plan: (cells[6], cells[4]) for plan, cells in counted.items()} == {
        plan: (figures, targets) for plan, figures, targets in told
    }
    run(["check", "zhanjiang", "--exit-zero", "--lang", "zh"])
    assert f"{counted['zhanjiang'][5]}项相符" in capsys.readouterr().out


def test_every_link_leads_to_a_place_in_the_folder(pages: dict[str, Any], hostile: dict[str, Any]) -> None:
    for folder, name, page in every_page(pages, hostile):
        for link in page.xpath("//@href"):
            file, _, anchor = link.partition("#")
            target = folder[file or name]
            assert not anchor or len(target.xpath("//*[@id=$id]", id=anchor)) == 1, (name, link)


def test_nothing_is_loaded(pages: dict[str, Any], hostile: dict[str, Any]) -> None:
    for _, _, page in every_page(pages, hostile):
        assert page.xpath("//@src | //link | //iframe | //object | //embed | //img | //form") == []
        assert not re.search(r"url\(|@import|https?:", "".join(page.xpath("//style/text()")))
        assert page.xpath("//*[starts-with(name(@*), 'on')]") == []
        (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-")


def test_only_the_index_has_a_script_and_its_policy_allows_it(pages: dict[str, Any]) -> None:
    assert not any(page.xpath("//script") for name, page in pages.items() if name != "index.html")
    (script,) = pages["index.html"].xpath("//script/text()")
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
    (policy,) = pages["index.html"].xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert f"'sha256-{digest}'" in policy
    assert pages["index.html"].xpath("//*[@id='tools'][@hidden]"), (
        "without the script there is nothing to search with"
    )


# -- text is data ----------------------------------------------------------------------------------


def test_text_of_plans_and_documents_is_no_markup(hostile: dict[str, Any]) -> None:
    assert set(hostile) == {"index.html", "index_.html"}
    page = hostile["index_.html"]
    assert page.xpath("//script | //img | //b") == []
    assert page.xpath("string(//title)") == HOSTILE
    assert page.xpath("string(//h1)") == HOSTILE
    assert "{{ 7 * 7 }}" in page.xpath("string(//main)")
    assert len(hostile["index.html"].xpath("//script")) == 1
    assert HOSTILE in hostile["index.html"].xpath("string(//section[1]//tbody)")


def test_what_steers_a_terminal_or_turns_text_around_has_a_visible_sign(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading refuses such text; whatever came through all the same would be seen."""
    monkeypatch.setattr("plantrack.reading.yaml_tree._Builder.unescaped", lambda _, event: event.value)
    (tmp_path / "odd.yaml").write_text(STEERING, encoding="utf-8")
    assert run(["report", str(tmp_path / "odd.yaml"), "-o", str(tmp_path / "out"), "--lang", "zh"]) == 0
    written = (tmp_path / "out" / "odd.html").read_text(encoding="utf-8")
    assert "31m" in written
    assert not re.search("[\x1b\u202e\u200b\x07]", written)


def test_no_template_lets_markup_through() -> None:
    for file in TEMPLATES.iterdir():
        assert not re.search(r"\|\s*safe|autoescape|Markup", file.read_text(encoding="utf-8")), file


# -- contradictions --------------------------------------------------------------------------------


def test_every_figure_of_a_contradiction_is_linked_and_every_contradiction_drawn(
    pages: dict[str, Any],
) -> None:
    seen = 0
    for name, page in pages.items():
        for article in page.xpath("//article"):
            rows = article.xpath(".//tbody/tr")
            assert all(row.xpath("th/a/@href") for row in rows), name
            for row in rows:
                printed, (link,) = row.xpath("string(td[1])"), row.xpath("th/a/@href")
                if link in pages:  # of another plan
                    assert link != name
                    continue
                place = page.get_element_by_id(link.removeprefix("#"))
                assert printed in place.xpath("string()")
            if article.xpath(".//ol"):
                assert len(article.xpath(".//figure/svg")) == 1
                seen += 1
    assert seen > 8


def test_a_picture_shows_two_bars_apart() -> None:
    printed, fitting = bars_of(Gauge(Band(2206.35, 2206.45, 2206.4), Band(2206.24, 2206.26, 2206.25)))
    assert 0 < fitting.x < fitting.x + fitting.width < printed.x < printed.x + printed.width < 320
    assert fitting.dot is not None
    assert fitting.x <= fitting.dot <= fitting.x + fitting.width
    above = bars_of(Gauge(Band(1.95, None, None), Band(1.71, 1.81, 1.76))).printed
    assert (above.opens_left, above.opens_right, above.dot, above.x + above.width) == (False, True, None, 320)


# -- sentences -------------------------------------------------------------------------------------


def test_no_column_is_empty_and_no_range_has_equal_ends(pages: dict[str, Any]) -> None:
    for page in pages.values():
        for table in page.xpath("//article//table"):
            columns = zip(*(row.xpath("*") for row in table.xpath("tbody/tr")), strict=True)
            assert all(any(cell.text_content() for cell in column) for column in columns)
        assert re.findall(r"(?<![0-9.])([0-9.]*[0-9]\D{0,5})—\1(?![0-9])", page.text_content()) == []


def test_sentences_stand_there_only_where_the_document_was_given(
    pages: dict[str, Any], hostile: dict[str, Any]
) -> None:
    assert not any(page.xpath("//mark") for page in pages.values())
    page = hostile["index_.html"]
    marked = page.xpath("//*[@id='sentences']/..//mark/text()")
    assert marked == ["10家", "20家", "50%", "12家"]
    (sentence, other) = page.xpath("//p[@class='sentence']")
    assert sentence.xpath("string(span)") == "line 2"
    assert sentence.xpath("string()").endswith("2020年<b>有</b>企业10家，到2025年20家，年均增长50%；")
    assert "前一句" not in page.xpath("string()")
    assert other.xpath("string(span)") == "line 4"
    linked = page.xpath("//article//tbody/tr/th/a/@href")
    assert linked
    assert all(link.startswith("#m") for link in linked)


# -- for everybody ---------------------------------------------------------------------------------


def test_pages_can_be_read_by_everybody(pages: dict[str, Any], hostile: dict[str, Any]) -> None:
    for folder, name, page in every_page(pages, hostile):
        assert page.get("lang") == ("zh-CN" if folder is pages else "en")
        levels = [int(each.tag[1]) for each in page.iter("h1", "h2", "h3", "h4")]
        assert levels[0] == 1 == levels.count(1)
        assert all(after <= before + 1 for before, after in pairwise(levels)), name
        assert page.xpath("//th[not(@scope)]") == []
        assert page.xpath("//svg[not(@aria-label) and not(@aria-hidden)]") == []
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids))
        assert len(page.xpath("//main")) == len(page.xpath("//header")) == len(page.xpath("//footer")) == 1


def test_a_page_speaks_one_language(pages: dict[str, Any]) -> None:
    for page in pages.values():
        said = page.xpath("string(//body)")
        for label in LABELS.values():
            if " " in label.template and "{" not in label.template:
                assert label.template not in said


def test_pages_are_small(pages: dict[str, Any]) -> None:
    assert all(len(html.tostring(page)) < 300_000 for page in pages.values())


# -- the command -----------------------------------------------------------------------------------


def test_what_is_wrong_with_a_file_is_told_and_the_others_are_written(
    capsys: Captured, tmp_path: Path
) -> None:
    (tmp_path / "plans").mkdir()
    for file in (PLANS / "zhuhai.yaml", INVALID / "pt107-several-problems.yaml"):
        (tmp_path / "plans" / file.name).write_bytes(file.read_bytes())
    assert run(["report", str(tmp_path / "plans"), "-o", str(tmp_path / "out"), "--lang", "en"]) == 1
    shown = capsys.readouterr()
    assert "PT107" in shown.err
    assert (tmp_path / "out" / "zhuhai.html").is_file()
    index = html.document_fromstring((tmp_path / "out" / "index.html").read_bytes())
    assert "pt107-several-problems.yaml" in index.xpath("string(//section[last()])")


def test_no_document_is_written_over(capsys: Captured, tmp_path: Path) -> None:
    (tmp_path / "zhuhai.html").write_text("<p>珠海</p>", encoding="utf-8")
    given = ["report", "zhuhai", "--documents", str(tmp_path), "-o", str(tmp_path), "--lang", "en"]
    assert run(given) == 2
    assert "would be written over" in capsys.readouterr().err
    assert [each.name for each in tmp_path.iterdir()] == ["zhuhai.html"]


def test_without_jinja2_it_is_told_what_to_install(
    capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    assert run(["report", "zhuhai", "-o", str(tmp_path / "out"), "--lang", "en"]) == 2
    assert 'pip install "plantrack[report]"' in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_pages_are_the_same_in_every_run_and_beside_plans_that_agree(
    tmp_path: Path, pages: dict[str, Any]
) -> None:
    assert run(["report", "jieyang", "-o", str(tmp_path), "--lang", "zh"]) == 0
    alone = html.document_fromstring((tmp_path / "jieyang.html").read_bytes())
    assert html.tostring(alone) == html.tostring(pages["jieyang.html"])


def test_what_two_plans_contradict_each_other_by_stands_on_both_pages(
    tmp_path: Path, pages: dict[str, Any]
) -> None:
    assert run(["report", "zhuhai", "-o", str(tmp_path), "--lang", "zh"]) == 0
    alone = html.document_fromstring((tmp_path / "zhuhai.html").read_bytes())
    between = pages["zhuhai.html"].xpath("//a[@href='zhaoqing.html']")
    assert [each.text_content() for each in between] == ["2020年珠海市金融业增加值"]
    assert alone.xpath("//a[@href='zhaoqing.html']") == []
    assert pages["zhaoqing.html"].xpath("//a[@href='zhuhai.html']")


def test_published_values_and_months_stand_on_the_page(tmp_path: Path) -> None:
    months = str(ROOT / "docs" / "examples" / "months.csv")
    assert run(["--lang", "zh", "report", "zhaoqing", "-o", str(tmp_path / "out"), "--actuals", months]) == 0
    page = (tmp_path / "out" / "zhaoqing.html").read_text(encoding="utf-8")
    assert "实施进度" in page
    assert "2023年1—9月" in page
    assert run(["report", "zhaoqing", "zhuhai", "-o", str(tmp_path / "two"), "--actuals", months]) == 2

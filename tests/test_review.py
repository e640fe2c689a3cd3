"""Reviews: the document itself, with comments at the very numbers that do not agree."""

import re
import sys
import zipfile
from itertools import groupby
from pathlib import Path

import pytest

import plantrack
from documents import cell, paragraph, row, run, table, write_page, write_word
from plantrack.cli import run as call
from plantrack.documents import read_document
from plantrack.documents.document import is_seen
from plantrack.documents.origins import origins_of
from plantrack.documents.word import read_tagged
from plantrack.findings import Level

docx = pytest.importorskip("docx")
pytest.importorskip("pypinyin")

TITLE = paragraph("桃源市生态“十四五”规划")
GROWTH = paragraph(
    run("到2025年，绿地面积从2020年的310公顷提高到4"), run("0", "<w:b/>"), run("0公顷，年均增长9"), run("%。")
)
BASE = paragraph("2020年，绿地面积", "310", "公顷。")
HEADING = paragraph("一、目标")


def comments_of(file: Path) -> list[tuple[str, str]]:
    """The words that each comment is anchored to, and what it says."""
    word = docx.Document(str(file))
    said = {comment.comment_id: comment for comment in word.comments}
    open_, found = {}, []
    for each in word.element.iter():
        name, number = each.tag.rpartition("}")[2], each.get(f"{{{each.nsmap.get('w')}}}id")
        if name == "commentRangeStart":
            open_[number] = ""
        elif name == "commentRangeEnd":
            assert said[int(number)].author == "plantrack"
            found.append((open_.pop(number), said[int(number)].text))
        elif name == "t":
            open_ = {key: words + (each.text or "") for key, words in open_.items()}
    return found


def reviewed(file: Path, *options: str) -> tuple[int, list[tuple[str, str]]]:
    """The exit code and the comments of a Word file's copy, whose text is that of the file."""
    before, copy = file.read_bytes(), file.with_name(f"{file.stem}.审核.docx")
    code = call(["--lang", "zh", "review", str(file), *options])
    assert file.read_bytes() == before
    assert read_document(copy).text == read_document(file).text
    texts = ["\n".join(each.text for each in docx.Document(str(one)).paragraphs) for one in (file, copy)]
    assert texts[0] == texts[1]
    return code, comments_of(copy)


def test_a_comment_stands_at_each_figure_of_a_contradiction(tmp_path: Path) -> None:
    file = write_word(tmp_path / "a.docx", TITLE, HEADING, GROWTH)
    code, comments = reviewed(file)
    assert code == 1
    assert [words for words, _ in comments] == ["310公顷", "提高到400公顷", "增长9%"]


def test_cells_are_commented_where_their_number_stands(tmp_path: Path) -> None:
    rows = [
        row("指标", "2020年", "2025年", "年均增长（%）"),
        row("绿地面积（公顷）", "310", cell(paragraph(run("3"), run("50"))), "9"),
        row("林地面积（公顷）", "310", "350", "2.5"),
    ]
    _, comments = reviewed(write_word(tmp_path / "a.docx", TITLE, table(*rows)))
    assert [words for words, _ in comments] == ["310", "350", "9"]
    assert "(350 ÷ 310)^(1/5) - 1 = 2%" in comments[0][1]
    assert "是否更正请以原始数据为准" in comments[0][1]
    assert comments[1][1].startswith("必有一误：与“310”不一致，见该处批注。")


ROWS = """
plan: a
title: {zh: 某规划}
place: {id: taoyuan, zh: 桃源市}
base: 2020
target: 2025
sections: {"1": 一、目标}
own: {green: {zh: 绿地, unit: 公顷, kind: stock, better: up}}
figures:
  green:
  - {in: "1", level: {2020: 310公顷, 2025: 350公顷}}
  - {in: "1", growth: {2020->2025: 9.5%}}
"""
BOX = (
    "<w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>增长9.5%</w:t></w:r></w:p>"
    "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)
REVISED = ("<w:ins>" + run("由310公顷") + "</w:ins>", "<w:del><w:r><w:delText>9</w:delText></w:r></w:del>")
MERGED = cell("310公顷", properties='<w:vMerge w:val="restart"/>')
FIGURES = ["310公顷", "350公顷", "9.5%"]
PLACES = {
    "words": (paragraph("绿地由310公顷增至350公顷，年均9.5%。"), FIGURES),
    "text box": (paragraph("绿地由310公顷增至350公顷，", BOX, "。"), ["310公顷", "350公顷", "增长9.5%"]),
    "revisions": (paragraph("绿地", *REVISED, "增至3", "50公顷，年均9.5%"), FIGURES),
    "blanks and tabs": (
        paragraph("绿地由　310 公顷增至\u200b350公\u200b顷，年均", run("x</w:t><w:tab/><w:t>9.5%。")),
        ["310 公顷", "350公\u200b顷", "9.5%"],
    ),
    "nested tables": (table(row("绿地", MERGED, cell(table(row("350公顷", "9.5%"))))), FIGURES),
}


@pytest.mark.parametrize(("block", "anchors"), PLACES.values(), ids=PLACES)
def test_comments_stand_at_the_characters_wherever_these_are(
    block: str, anchors: list[str], tmp_path: Path
) -> None:
    plan = tmp_path / "a.yaml"
    plan.write_text(ROWS, encoding="utf-8")
    _, comments = reviewed(write_word(tmp_path / "a.docx", HEADING, block), "--plan", str(plan))
    assert [words for words, _ in comments] == anchors


def test_a_number_in_a_note_is_commented_where_the_note_is_referred_to(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(ROWS, encoding="utf-8")
    note = f'<w:footnote w:id="2">{paragraph("年均9.5%。")}</w:footnote>'
    file = write_word(
        tmp_path / "a.docx",
        HEADING,
        paragraph("绿地由310公顷增至350公顷", '<w:r><w:footnoteReference w:id="2"/></w:r>', "。"),
        parts={"footnotes": note},
    )
    _, comments = reviewed(file, "--plan", str(tmp_path / "a.yaml"))
    assert len(comments) == 3
    assert comments[-1][0] in "310公顷350公顷。"


DOCUMENTS = Path(__file__).parents[2] / "shared" / "documents"
HEADING_LINE = re.compile(
    r"(?:第.{1,3}[章节]|[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]).{0,30}"
)


def write_plain(text: str, file: Path) -> Path:
    """A text as a Word file with headings and real tables."""
    word = docx.Document()
    for is_table, lines in groupby(filter(str.strip, text.split("\n")), lambda line: "\t" in line):
        rows = [line.split("\t") for line in lines]
        if is_table:
            grid = word.add_table(len(rows), max(map(len, rows)))
            for written, cells in zip(grid.rows, rows, strict=True):
                for place, each in zip(written.cells, cells, strict=False):
                    place.text = each
        for (line,) in rows if not is_table else ():
            (word.add_heading if HEADING_LINE.fullmatch(line.strip()) else word.add_paragraph)(line)
    word.save(str(file))
    return file


@pytest.mark.skipif(not DOCUMENTS.is_dir(), reason="../shared/documents is not here")
def test_the_contradictions_of_a_plan_are_commented_in_its_word_file(tmp_path: Path) -> None:
    written = (DOCUMENTS / "zhaoqing.txt").read_text(encoding="utf-8")
    _, comments = reviewed(write_plain(written, tmp_path / "a.docx"), "--plan", "zhaoqing")
    audit = plantrack.audit(plantrack.load("zhaoqing"))
    graver = [each for each in audit.findings if each.figures and each.level is not Level.NOTE]
    wanted = {str(audit.figures[name].text) for each in graver for name in each.figures}
    assert len(graver) > 3
    assert {"".join(words.split()) for words, _ in comments} == wanted


def test_other_formats_become_a_page(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(ROWS, encoding="utf-8")
    words = (
        "<p>一、目标</p><p>绿地由310公顷增至350公顷，年均9.5%&lt;script&gt;</p><table><tr><td>a<td>b</table>"
    )
    file = write_page(tmp_path / "a.html", words)
    assert call(["--lang", "zh", "review", str(file), "--plan", str(tmp_path / "a.yaml")]) == 1
    page = (tmp_path / "a.审核.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert re.findall("<mark[^>]*>(.*?)</mark>", page) == ["310公顷", "350公顷", "9.5%"]
    assert page.count("<aside") == 3
    assert "<td>a</td><td>b</td>" in page
    assert "http" not in page.replace("http-equiv", "")


def test_the_original_is_never_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write_word(tmp_path / "a.docx", TITLE, HEADING, BASE)
    assert call(["--lang", "en", "review", str(file), "-o", str(file)]) == 2
    (tmp_path / "a.审核.docx").write_text("mine", encoding="utf-8")
    assert call(["--lang", "en", "review", str(file)]) == 2
    assert "is there already" in capsys.readouterr().err
    (tmp_path / "b.txt").write_text("x", encoding="utf-8")
    assert call(["--lang", "en", "review", str(tmp_path / "b.txt"), "-o", str(tmp_path / "c.docx")]) == 2
    assert "write -o NAME.html" in capsys.readouterr().err


def test_files_that_would_fill_the_memory_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write_word(tmp_path / "a.docx", TITLE, HEADING, BASE)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/big.png", b"\0" * 201_000_000)
    assert call(["--lang", "en", "review", str(file)]) == 2
    assert "no plan document is so large" in capsys.readouterr().err
    file = write_word(tmp_path / "b.docx", TITLE, HEADING, BASE)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("word/x.png", '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>')
    assert call(["--lang", "en", "review", str(file)]) == 2
    assert "declares entities" in capsys.readouterr().err
    assert not list(tmp_path.glob("*审核*"))


def test_every_seen_letter_has_its_origin(tmp_path: Path) -> None:
    file = write_word(
        tmp_path / "a.docx",
        TITLE,
        paragraph(" a b ", run("¹", '<w:vertAlign w:val="superscript"/>'), "\U000f0001c"),
    )
    lines = read_tagged(file)
    origins = list(origins_of(lines))
    document = read_document(file)
    assert [len(each) for each in origins] == [sum(map(is_seen, line)) for line in document.text.split("\n")]
    assert [each and each.element for each in origins[1]] == [1, 1, None, 3, 3]


def test_what_joins_several_sentences_of_a_draft_is_a_question(tmp_path: Path) -> None:
    sentences = [
        paragraph("2020年，绿地面积310公顷。"),
        paragraph("到2025年，绿地面积350公顷，年均增长9.5%。"),
    ]
    file = write_word(tmp_path / "a.docx", TITLE, paragraph("一、发展目标"), *sentences)
    code, comments = reviewed(file, "--notes")
    assert code == 0
    assert [words for words, _ in comments] == ["310公顷", "350公顷", "增长9.5%"]
    assert comments[0][1].startswith("请确认：")
    assert comments[1][1] == "请确认：见“310公顷”处批注。"
    (tmp_path / "a.审核.docx").unlink()
    assert reviewed(file) == (0, [])


def test_what_is_missing_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write_word(tmp_path / "a.docx", TITLE, HEADING, GROWTH)
    monkeypatch.setitem(sys.modules, "docx", None)
    assert call(["--lang", "en", "review", str(file)]) == 2
    assert 'pip install "plantrack[draft]"' in capsys.readouterr().err
    monkeypatch.setitem(sys.modules, "pypinyin", None)
    assert call(["--lang", "en", "review", str(file), "-o", str(tmp_path / "a.html"), "--exit-zero"]) == 0


def test_a_question_ends_with_one_mark(tmp_path: Path) -> None:
    growth = paragraph("2020年，林场数量638家。")
    file = write_word(tmp_path / "a.docx", TITLE, growth, HEADING, paragraph("到2025年，林场数量达到100家。"))
    _, comments = reviewed(file)
    assert comments[0][1].endswith("？")
    assert "？。" not in comments[0][1]

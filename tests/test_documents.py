"""Documents: formats, headings, numbers."""

import builtins
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.annotations import FreeText

from documents import cell, page_of, paragraph, pdf_of, row, run, shown, table, write_page, write_word
from plantrack.documents import Document, document_in, package, read_document, read_numbers, read_outline
from plantrack.documents.document import plain
from plantrack.documents.marks import raised
from plantrack.documents.outline import steps_of
from plantrack.errors import PlantrackError

LINES = [
    "第一章 发展基础",
    "2020年全市实现金融业增加值149.02亿元。",
    "指标\t2016年\t2020年",
    "存款（亿元）\t2847.29\t3938.27",
]


def numbers(content: str, kind: str = "number") -> list[str]:
    document = Document.of_lines("x.txt", content.split("\n"))
    return [each.text for each in read_numbers(read_outline(document)).all if each.kind == kind]


# -- formats -------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_text_is_read_in_the_usual_encodings(tmp_path: Path, encoding: str, suffix: str) -> None:
    file = tmp_path / f"plan{suffix}"
    file.write_bytes("\r\n".join(LINES).encode(encoding))
    assert read_document(file).text.split("\n") == LINES


def test_a_word_document_is_read_with_its_tables(tmp_path: Path) -> None:
    written = docx.Document()
    written.add_paragraph(LINES[0])
    written.add_paragraph().add_run("2020年全市实现金融业增加值149").bold = True
    written.paragraphs[-1].add_run(".02亿元。")
    rows = written.add_table(rows=2, cols=3).rows
    for each, line in zip(rows, LINES[2:], strict=True):
        for at, words in enumerate(line.split("\t")):
            each.cells[at].text = words
    written.save(str(tmp_path / "plan.docx"))
    assert read_document(tmp_path / "plan.docx").text.split("\n") == LINES


def test_merged_cells_of_a_word_document_come_once(tmp_path: Path) -> None:
    written = docx.Document()
    table = written.add_table(rows=1, cols=3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "合计"
    table.cell(0, 2).text = "15"
    written.save(str(tmp_path / "plan.docx"))
    assert read_document(tmp_path / "plan.docx").text == "合计\t\t15"


PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>忽略 1</title><script>var x = 2;</script></head>
<body><h1>第一章 发展基础</h1><!-- 3 --><p>2020年全市实现金融业增加值<b>149</b>.02亿元。</p>
<table><tr><th>指标</th><th>2016年</th><th>2020年</th></tr>
<tr><td>存款（亿元）</td><td><p>2847.29</p></td><td> 3938.27
</td></tr></table></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "GBK", "nonsense"])
def test_a_web_page_is_read_with_its_tables(tmp_path: Path, charset: str) -> None:
    file = tmp_path / "plan.html"
    encoding = "gb18030" if charset.lower().startswith("gb") else "utf-8"
    file.write_bytes(PAGE.format(charset=charset).encode(encoding))
    assert [line.rstrip() for line in read_document(file).text.split("\n")] == LINES


def test_a_web_page_may_begin_as_xml(tmp_path: Path) -> None:
    file = tmp_path / "plan.htm"
    file.write_text(
        '<?xml version="1.0" encoding="utf-8"?>\n<html><body><p>15%</p></body></html>', encoding="utf-8"
    )
    assert read_document(file).text == "15%"


def test_a_pdf_is_read_line_by_line(tmp_path: Path) -> None:
    (tmp_path / "plan.pdf").write_bytes(pdf_of(page_of(*LINES[:2])))
    assert [line for line in read_document(tmp_path / "plan.pdf").text.split("\n") if line] == LINES[:2]


@pytest.mark.parametrize("suffix", [".docx", ".html", ".pdf"])
def test_a_missing_library_is_named_with_its_extra(
    tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = builtins.__import__

    def without(name: str, *rest: object, **named: object) -> object:
        if name.split(".", maxsplit=1)[0] in {"docx", "lxml", "pypdf"}:
            raise ModuleNotFoundError(name=name)
        return found(name, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    file = tmp_path / f"plan{suffix}"
    file.write_bytes(b"x")
    with pytest.raises(PlantrackError, match=r"plantrack\[documents\]"):
        read_document(file)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.docx", b"no archive"),
        ("plan.docx", None),
        ("plan.pdf", b"no pdf"),
        ("plan.pdf", b""),
        ("plan.html", b""),
        ("plan.html", b"<html><body></body></html>"),
        ("plan.txt", b" \n"),
        ("plan.txt", b"\x81\x00\xff\xff\xff"),
        ("plan.doc", b"x"),
        ("plan", b"x"),
    ],
)
def test_what_is_no_document_is_refused_in_one_sentence(
    tmp_path: Path, name: str, content: bytes | None
) -> None:
    file = tmp_path / name
    if content is None:
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("other.xml", "<x/>")
    else:
        file.write_bytes(content)
    with pytest.raises(PlantrackError) as raised:
        read_document(file)
    assert "\n" not in str(raised.value)


def test_a_document_is_found_by_its_plan_and_two_are_refused(tmp_path: Path) -> None:
    assert document_in(tmp_path, "zhuhai") is None
    (tmp_path / "zhuhai.txt").write_text("x", encoding="utf-8")
    assert document_in(tmp_path, "zhuhai") == tmp_path / "zhuhai.txt"
    assert document_in(tmp_path, "zhu") is None
    (tmp_path / "zhuhai.pdf").write_bytes(b"x")
    with pytest.raises(PlantrackError, match="several"):
        document_in(tmp_path, "zhuhai")


def test_a_document_cannot_move_the_cursor() -> None:
    document = Document.of_lines("x.txt", ["增长\x1b[31m15%\x07"])
    assert document.words_around(0, 4) == "增长 [31m15%"


# -- what a Word file shows -----------------------------------------------------------------------

MARK, SECRET = '<w:rStyle w:val="Mark"/>', '<w:rStyle w:val="Secret"/>'
SHOWN = '<w:vanish w:val="0"/>'
RAISED = '<w:vertAlign w:val="superscript"/>'
LOWERED = '<w:vertAlign w:val="subscript"/>'
REVISED = 'w:id="1" w:author="a" w:date="2021-01-01T00:00:00Z"'


def in_word(tmp_path: Path, *blocks: str, **more: Any) -> str:
    return read_document(write_word(tmp_path / "plan.docx", *blocks, **more)).text


def in_box(content: str) -> str:
    """A text box as Word writes it: once for itself, once for older programs."""
    words = f"<w:txbxContent>{paragraph(content)}</w:txbxContent>"
    new = f"<w:drawing><wp:inline><a:graphic><a:graphicData><wps:wsp><wps:txbx>{words}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
    old = f"<w:pict><v:shape><v:textbox>{words}</v:textbox></v:shape></w:pict>"
    return f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>'


@pytest.mark.parametrize(
    ("inside", "read"),
    [
        (f"<w:ins {REVISED}>{run('115')}</w:ins>", "达到115亿元"),
        (f"<w:del {REVISED}><w:r><w:delText>110</w:delText></w:r></w:del>{run('115')}", "达到115亿元"),
        (f"<w:moveTo {REVISED}>{run('115')}</w:moveTo>", "达到115亿元"),
        (f"<w:moveFrom {REVISED}>{run('110')}</w:moveFrom>{run('115')}", "达到115亿元"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('115')}</w:sdtContent></w:sdt>", "达到115亿元"),
        (f'<w:hyperlink w:anchor="x">{run("115")}</w:hyperlink>', "达到115亿元"),
        (f'<w:smartTag w:element="x"><w:smartTagPr/>{run("115")}</w:smartTag>', "达到115亿元"),
        (f'<w:fldSimple w:instr="REF x 9">{run("115")}</w:fldSimple>', "达到115亿元"),
        (
            f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF 9</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("115")}<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            "达到115亿元",
        ),
        (f"{run('115')}{run('1', RAISED)}", "达到115¹亿元"),
        (f"{run('115')}{run('[', RAISED)}{run('12', RAISED)}{run(']', RAISED)}", "达到115⁽¹²⁾亿元"),
        (f"{run('115')}{run('1', MARK)}", "达到115¹亿元"),
        (f"{run('115')}{run('②', RAISED)}", "达到115②亿元"),
        (f"{run('CO')}{run('2', LOWERED)}", "达到CO2亿元"),
        (f"{run('115')}{run('2', LOWERED)}", "达到115₂亿元"),
        (f"{run('115')}{run('7', '<w:vanish/>')}", "达到115亿元"),
        (f"{run('115')}{run('7', SECRET)}", "达到115亿元"),
        (run("115", SHOWN), "达到115亿元"),
        (f"{run('110', '<w:strike/>')}{run('115')}", "达到115亿元"),
        (f"{run('1')}<w:r><w:softHyphen/></w:r>{run('15')}", "达到115亿元"),
        (f"{run('100')}<w:r><w:noBreakHyphen/></w:r>{run('115')}", "达到100-115亿元"),
        (f'<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>{run("115")}', "达到≥115亿元"),
        (f'{run("115")}<w:r><w:sym w:font="Wingdings" w:char="F081"/></w:r>', "达到115①亿元"),
        (
            f"<w:r><w:ruby><w:rubyPr/><w:rt>{run('9')}</w:rt><w:rubyBase>{run('115')}</w:rubyBase></w:ruby></w:r>",
            "达到115亿元",
        ),
        ("<m:oMath><m:r><m:t>115</m:t></m:r></m:oMath>", "达到115亿元"),
        (
            "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>3</m:t></m:r></m:den></m:f></m:oMath>",
            "达到1/3亿元",
        ),
        (
            "<m:oMath><m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>4</m:t></m:r></m:sup></m:sSup></m:oMath>",
            "达到10⁴亿元",
        ),
        (f"{run('115')}{in_box('框内300家')}", "达到115亿元\n框内300家"),
        (
            '<w:r><w:pict><v:shape><v:textpath string="艺术字300"/></v:shape></w:pict></w:r>',
            "达到亿元\n艺术字300",
        ),
    ],
)
def test_a_word_document_is_read_as_it_is_printed(tmp_path: Path, inside: str, read: str) -> None:
    styles = (
        f'<w:style w:type="character" w:styleId="Raised"><w:name w:val="raised"/><w:rPr>{RAISED}</w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Mark"><w:name w:val="mark"/><w:basedOn w:val="Raised"/></w:style>'
        '<w:style w:type="character" w:styleId="Secret"><w:name w:val="secret"/><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    assert in_word(tmp_path, paragraph("达到", inside, "亿元"), styles=styles).rstrip() == read


def test_paragraphs_of_which_the_end_is_deleted_are_one(tmp_path: Path) -> None:
    deleted = f"<w:rPr><w:del {REVISED}/></w:rPr>"
    blocks = paragraph("达到115", properties=deleted), paragraph("亿元。")
    document = read_document(write_word(tmp_path / "plan.docx", *blocks))
    assert (document.text, len(document.remarks)) == ("达到115亿元。", 1)


def test_a_deleted_cell_is_left_out(tmp_path: Path) -> None:
    deleted = cell("6", properties=f"<w:cellDel {REVISED}/>")
    assert in_word(tmp_path, table(row("存款", deleted, "5"))) == "存款\t5"


def test_blocks_and_rows_in_content_controls_and_revisions_are_read(tmp_path: Path) -> None:
    rows = (
        row("存款", f"<w:sdt><w:sdtContent>{cell('5')}</w:sdtContent></w:sdt>"),
        f"<w:sdt><w:sdtContent>{row('贷款', '6')}</w:sdtContent></w:sdt>",
        row("保费", "7", properties=f"<w:ins {REVISED}/>"),
        row("税收", "8", properties=f"<w:del {REVISED}/>"),
    )
    blocks = f"<w:sdt><w:sdtContent>{paragraph('第一章 基础')}</w:sdtContent></w:sdt>", table(*rows)
    assert in_word(tmp_path, *blocks) == "第一章 基础\n存款\t5\n贷款\t6\n保费\t7"


def test_a_table_in_a_cell_is_read_behind_its_row(tmp_path: Path) -> None:
    inner = table(row("其中：住户", "3"), row("企业", "2"))
    assert in_word(tmp_path, table(row("存款", cell("5", inner)))) == "存款\t5\n其中：住户\t3\n企业\t2"


def test_a_text_box_in_a_table_does_not_end_it(tmp_path: Path) -> None:
    rows = row("存款", cell("5", paragraph(in_box("说明9")))), row("贷款", "6")
    assert in_word(tmp_path, table(*rows)) == "存款\t5\n贷款\t6\n说明9"


def test_a_box_of_one_cell_keeps_its_lines(tmp_path: Path) -> None:
    """Joined they would make one number of the end of one line and the beginning of the next."""
    blocks = table(row(cell("专栏1 目标，达到1", "331家。"))), paragraph("")
    text = in_word(tmp_path, *blocks)
    assert text.rstrip() == "专栏1 目标，达到1\n331家。"
    assert "1331" not in numbers(text)


def test_a_number_merged_downwards_is_read_once_and_a_name_in_each_row(tmp_path: Path) -> None:
    first, more = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = (
        row(cell("存款", properties=first), cell("2020", properties=first), "5"),
        row(cell("", properties=more), cell("", properties=more), "6"),
        row(cell("合计", properties='<w:gridSpan w:val="2"/>'), "11"),
    )
    assert in_word(tmp_path, table(*rows)) == "存款\t2020\t5\n存款\t\t6\n合计\t\t11"


def test_notes_stand_behind_the_paragraph_or_table_that_refers_to_them(tmp_path: Path) -> None:
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    note = '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote><w:footnote w:id="2">{}</w:footnote>'
    end = '<w:r><w:endnoteReference w:id="2"/></w:r>'
    parts = {
        "footnotes": note.format(paragraph("<w:r><w:footnoteRef/></w:r>", "含外币9亿元。")),
        "endnotes": f'<w:endnote w:id="2">{paragraph("快报数。")}</w:endnote>',
    }
    blocks = (
        paragraph("存款115", mark, "亿元。"),
        table(row("贷款", cell(paragraph("6", end))), row("保费", "7")),
        paragraph("末"),
    )
    read = in_word(tmp_path, *blocks, parts=parts)
    assert read == "存款115亿元。\n含外币9亿元。\n贷款\t6\n保费\t7\n快报数。\n末"


EMPTY = "a:graphicData"


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        (f"<w:r><w:drawing><wp:inline><{EMPTY}><pic:pic/></{EMPTY}></wp:inline></w:drawing></w:r>", "pictures (1)"),
        (f"<w:r><w:drawing><wp:inline><{EMPTY}><c:chart/></{EMPTY}></wp:inline></w:drawing></w:r>", "charts or diagrams (1)"),
        ("<w:r><w:object><v:shape><v:imagedata/></v:shape><o:OLEObject/></w:object></w:r>", "embedded objects (1)"),
        ("<w:r><w:pict><v:shape><v:imagedata/></v:shape></w:pict></w:r>", "pictures (1)"),
        (r"<w:r><w:instrText> EQ \f(1,3)</w:instrText></w:r>", "equation fields (1)"),
        (r"<w:r><w:instrText> eq \o\ac(○,1)</w:instrText></w:r>", None),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "signs of symbol fonts (1)"),
        (run("x"), None),
    ],
)  # fmt: skip
def test_what_of_a_word_document_is_not_read_is_told(tmp_path: Path, inside: str, said: str | None) -> None:
    document = read_document(write_word(tmp_path / "plan.docx", paragraph("达到115", inside, "亿元")))
    assert document.text.replace("□", "").replace("x", "") == "达到115亿元"
    assert [each.say("en") for each in document.not_read] == ([said] if said else [])


@pytest.mark.parametrize(("header", "told"), [("附件2 规划", True), ("— 12 —", False), ("某市规划", False)])
def test_headers_are_not_read_and_told_where_they_have_numbers(
    tmp_path: Path, header: str, *, told: bool
) -> None:
    document = read_document(write_word(tmp_path / "plan.docx", paragraph("正文"), header=header))
    assert (document.text, bool(document.not_read)) == ("正文", told)


def test_how_a_word_document_was_read_is_told(tmp_path: Path) -> None:
    blocks = (
        paragraph("达到", f"<w:ins {REVISED}>{run('115')}</w:ins>", run("7", "<w:vanish/>"), run("8", "<w:strike/>")),
    )  # fmt: skip
    comments = {"comments": f'<w:comment w:id="1">{paragraph("应为 120")}</w:comment>'}
    document = read_document(write_word(tmp_path / "plan.docx", *blocks, parts=comments))
    assert document.text == "达到115"
    assert [each.say("zh") for each in document.remarks] == [
        "文档含修订，按全部接受读取（插入1处；删除0处，不计入）",
        "已删除或加删除线的文字1处，不计入",
        "隐藏文字1处，不计入",
        "批注1条，不属于正文",
    ]


def test_wide_cells_take_no_time(tmp_path: Path) -> None:
    wide = cell("5", properties='<w:gridSpan w:val="99999"/>')
    rows = [row("存款", wide, "6") for _ in range(200)]
    assert in_word(tmp_path, table(*rows)).split("\n") == ["存款\t5\t6"] * 200


def wrapped(made: tuple[str, list[tuple[str, str]]]) -> tuple[str, str]:
    """Words and their runs inside an element that shows them."""
    tag, parts = made
    inside = "".join(part for _, part in parts)
    inside = f"<w:sdtContent>{inside}</w:sdtContent>" if tag == "w:sdt" else inside
    return "".join(words for words, _ in parts), f"<{tag}>{inside}</{tag}>"


WRAPPED = st.recursive(
    st.text("115.亿元%", min_size=1, max_size=4).map(lambda words: (words, run(words))),
    lambda inside: st.tuples(
        st.sampled_from(["w:ins", "w:moveTo", "w:hyperlink", "w:smartTag", "w:fldSimple", "w:bdo", "w:sdt"]),
        st.lists(inside, min_size=1, max_size=3),
    ).map(wrapped),
    max_leaves=8,
)


@settings(max_examples=25, deadline=None)
@given(st.lists(WRAPPED, min_size=1, max_size=3))
def test_the_words_of_a_word_document_are_the_same_whatever_is_around_them(
    tmp_path_factory: pytest.TempPathFactory, parts: list[tuple[str, str]]
) -> None:
    """Elements that show what is in them change nothing."""
    read = in_word(tmp_path_factory.mktemp("word"), paragraph("达到", *(part for _, part in parts)))
    assert read == "达到" + "".join(words for words, _ in parts)


# -- what a web page shows ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "read"),
    [
        ("<p>达到115<sup>1</sup>亿元</p>", "达到115¹亿元"),
        ("<p>达到115<sup><a href='#n'>[注1]</a></sup>亿元</p>", "达到115⁽注¹⁾亿元"),
        ("<p>115<span style='vertical-align: super'>1</span>亿元</p>", "115¹亿元"),
        ("<p>115<span class='MsoFootnoteReference'><span>[1]</span></span>亿元</p>", "115⁽¹⁾亿元"),
        ("<p>115<a role='doc-noteref' href='#n'>1</a>亿元</p>", "115¹亿元"),
        ("<p>115<sup>①②</sup>亿元</p>", "115①②亿元"),
        ("<p>115<sup>亿元</sup></p>", "115亿元"),
        ("<p>m<sup>2</sup>、CO<sub>2</sub>、3×10<sup>4</sup></p>", "m²、CO2、3×10⁴"),
        ("<math><msup><mn>10</mn><mn>4</mn></msup></math>", "10⁴"),
        ("<p>110<del>7</del><s>8</s><strike>9</strike><ins>5</ins></p>", "1105"),
        ("<p style='text-decoration: line-through'>7</p><p>8</p>", "8"),
        ("<p hidden>7</p><p style='Display : none'>8</p><p style='visibility:hidden'>9</p><p>6</p>", "6"),
        ("<script>7</script><style>8</style><template><p>9</p></template><p aria-hidden='true'>6</p>", "6"),
        ("<p>1&shy;15亿元，1&#8203;16亿元</p>", "115亿元，116亿元"),
        ("<ruby>银<rp>(</rp><rt>yin2</rt><rp>)</rp></ruby>", "银"),
        ("<table><tr><td>14<b>9</b>.02</td><td>存款</td></tr></table>", "149.02\t存款"),
        (
            "<table><tr><td><p>第三章 目标</p><table><tr><td>存款</td><td>5</td></tr></table></td></tr></table>",
            "第三章 目标\n存款\t5",
        ),
        ("<table><tr><td><p>达到1</p><p>331家。</p></td></tr></table>", "达到1\n331家。"),
        ("<pre>第三章 目标\n达到115亿元。</pre>", "第三章 目标\n达到115亿元。"),
    ],
)
def test_a_web_page_is_read_as_it_is_shown(tmp_path: Path, body: str, read: str) -> None:
    document = read_document(write_page(tmp_path / "plan.html", body))
    assert "\n".join(line.rstrip() for line in document.text.split("\n")) == read


@pytest.mark.parametrize(
    ("style", "read"),
    [
        (".x { display: none }", "正文"),
        ("p.x, #y { color: red; visibility: hidden }", "正文"),
        ("#y { display: none }", "正文7"),
        ("@media print { .x { display: none } }", "正文7"),
        (".x { display: none } .x.open { display: block }", "正文7"),
        ("div .x { display: none }", "正文7"),
        ("/* .x { display: none } */ @import 'a'; .x { color: red }", "正文7"),
    ],
)
def test_what_the_style_of_a_page_hides_is_left_out(tmp_path: Path, style: str, read: str) -> None:
    """What another rule may show again is read: nothing is lost on a guess."""
    body = f"<style>{style}</style><p>正文<span id='y'></span></p><p class='a x'>7</p>"
    assert "".join(read_document(write_page(tmp_path / "plan.html", body)).text.split()) == read


def test_what_a_web_page_leaves_out_is_told(tmp_path: Path) -> None:
    body = "<p>达到115亿元<del>7</del></p><p hidden>8</p><img src='x.png'><iframe src='y'></iframe>"
    document = read_document(write_page(tmp_path / "plan.html", body))
    assert [each.say("en") for each in document.not_read] == ["pictures (1)", "embedded pages or objects (1)"]
    assert [each.say("en") for each in document.remarks] == [
        "deleted or struck passages left out: 1",
        "hidden passages left out: 1",
    ]


# -- what a PDF shows -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mark", "read"),
    [
        (f"/F1 7 Tf 5 Ts {shown('1')} 0 Ts", "达到115¹亿元"),
        (f"/F1 7 Tf 1 0 0 1 130 755 Tm {shown('①')} 1 0 0 1 140 750 Tm", "达到115①亿元"),
        (f"/F1 7 Tf 1 0 0 1 130 755 Tm {shown('1')} 1 0 0 1 140 750 Tm", "达到115¹亿元"),
        (f"/F1 7 Tf 1 0 0 1 130 750 Tm {shown('15')} 1 0 0 1 150 750 Tm", "达到11515亿元"),
        (f"/F1 12 Tf 1 0 0 1 130 755 Tm {shown('1')} 1 0 0 1 140 750 Tm", "达到1151亿元"),
    ],
)
def test_small_raised_signs_of_a_pdf_are_marks(tmp_path: Path, mark: str, read: str) -> None:
    """A number that is only smaller, or only higher, is none: it would be lost."""
    drawn = f"BT /F1 12 Tf 1 0 0 1 50 750 Tm {shown('达到115')} {mark} /F1 12 Tf {shown('亿元')} ET"
    (tmp_path / "plan.pdf").write_bytes(pdf_of(drawn))
    assert "".join(read_document(tmp_path / "plan.pdf").text.split()) == read


def test_pages_of_a_pdf_without_text_are_named(tmp_path: Path) -> None:
    empty = "q Q"
    pages = page_of("第一页"), empty, page_of("第三页"), empty, empty, page_of("末页") + " /Im1 Do"
    (tmp_path / "plan.pdf").write_bytes(pdf_of(*pages))
    document = read_document(tmp_path / "plan.pdf")
    assert [each.say("zh") for each in document.not_read] == [
        '没有文字的页：第2、4–5页（扫描页须先作文字识别：pip install "plantrack[ocr]"）',
        "第6页中的图片",
    ]


def test_words_typed_onto_a_page_are_told(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(pdf_of(page_of("第一页")))
    writer = PdfWriter(clone_from=str(tmp_path / "x.pdf"))
    writer.add_annotation(page_number=0, annotation=FreeText(text="115", rect=(50, 550, 200, 650)))
    writer.write(str(tmp_path / "plan.pdf"))
    document = read_document(tmp_path / "plan.pdf")
    assert [each.say("en") for each in document.not_read] == ["words typed onto pages or into forms: pages 1"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("达到115[^1]亿元", "达到115¹亿元"),
        ("[^注]: 含外币9亿元", "注: 含外币9亿元"),
        ("达到115<sup>2</sup>亿元", "达到115²亿元"),
        ("达到~~110~~115亿元<!-- 见 7 -->", "达到115亿元"),
        ("增长5~~10%，8~~9%", "增长5~~10%，8~~9%"),
    ],
)
def test_marks_and_struck_words_of_markdown(tmp_path: Path, written: str, read: str) -> None:
    (tmp_path / "plan.md").write_text(written, encoding="utf-8")
    assert read_document(tmp_path / "plan.md").text == read


def test_a_word_document_that_unpacks_without_end_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write_word(tmp_path / "plan.docx", paragraph("达到115亿元"))
    monkeypatch.setattr(package, "UNPACKED", package.UNPACKED._replace(most=1000))
    with pytest.raises(PlantrackError, match="more than 1000 bytes"):
        read_document(file)


# -- numbers -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("增加值149.02亿元，占GDP的4.80%。", ["149.02", "4.80"]),
        ("增加值１４９．０２亿元。", ["149.02"]),
        ("存款1,331.93亿元，户数1,234,567户。", ["1331.93", "1234567"]),
        ("保险密度达 1 331.93 元。", ["1331.93"]),
        ("分别为5，100家。", ["5", "100"]),
        ("指标\t300\t15", ["300", "15"]),
        ("402.7\n600", ["402.7", "600"]),
        ("17.1:46.3:36.6", ["17.1", "46.3", "36.6"]),
        ("新增2—3家，2-3家", ["2", "3", "2", "3"]),
        ("3月内办结的有3个月", ["3"]),
        ("0.5个工作日", ["0.5"]),
        ("达到115¹亿元，38②家，①5家，20*家，※7家", ["115", "38", "5", "20", "7"]),
        ("**115**亿元，超过**50**家，4*5", ["115", "50", "4", "5"]),
        ("15m²，CO₂，100km²", ["15", "100"]),
        ("3×10⁴吨，10⁻³，10^4，10¹家", ["3", "10⁴", "10⁻³", "10^4", "10"]),
        ("𝟏𝟏𝟓亿元，𝟏.𝟓%", ["115", "1.5"]),
        ("1\u00ad15亿元，1\u200b16亿元", ["115", "116"]),
    ],
)
def test_numbers_are_read_whole(content: str, found: list[str]) -> None:
    assert numbers(content) == found


@pytest.mark.parametrize(
    ("content", "kind", "found"),
    [
        ("2021年8月16日印发", "date", ["2021", "8", "16"]),
        ("2022 年 4 月 1 日至 6 月 30 日", "date", ["2022", "4", "1", "6", "30"]),
        ("2017-2020年四年，2019和2020年", "date", ["2017", "2020", "2019", "2020"]),
        ("于每月 25 日前", "date", ["25"]),
        ("印发于2022.4.15", "date", ["2022.4", "15"]),
        ("湛金〔2021〕103号、湛委办〔2022〕7 号、[2020]51号", "document-number", ["2021", "103", "2022", "7", "2020", "51"]),
        ("3 . 推广动产质押", "numbering", ["3"]),
        ("（2）资本市场发展", "numbering", ["2"]),
        ("第5节 招商引资", "numbering", ["5"]),
        ("信息表（附件2）", "numbering", ["2"]),
        ("- 附件：1. 《台账》\n2. 信息表", "numbering", ["1", "2"]),
        ("表 1：发展情况表", "numbering", ["1"]),
        ("— 12 —", "numbering", ["12"]),
        ("目 录\n第一章 基础\t1\n第二章 目标·····12\n第一章 基础\n第二章 目标", "numbering", ["1", "12"]),
        ("P2P网贷、5A级、5G、COVID19", "name", ["2", "5", "5", "19"]),
        ("实现翻一番，约四分之一，超过一半，增长两倍，位居首位", "word", ["翻一番", "四分之一", "一半", "两倍", "首位"]),
        ("总量仅为十五分\n之一左右", "word", ["十五分之一"]),
        ("城区首位度", "word", []),
    ],
)  # fmt: skip
def test_what_is_no_quantity_is_told_by_its_form(content: str, kind: str, found: list[str]) -> None:
    assert numbers(content, kind) == found
    assert numbers(content) == []


def test_a_number_after_the_word_for_representing_is_no_number_of_a_table() -> None:
    assert numbers("其中代表 3 家企业") == ["3"]


@given(
    st.lists(st.integers(0, 10**6), min_size=1, max_size=20), st.sampled_from(["亿元，", "%、", "\t", "个\n"])
)
def test_every_number_between_words_is_found_once(values: list[int], between: str) -> None:
    """The numbers of a document, each whole."""
    content = "x：" + between.join(f"约{value}" for value in values)
    assert numbers(content) == [str(value) for value in values]


MARKS = st.one_of(
    st.sampled_from(["①", "⑳", "㉑", "❶", "※", "†", "*", "**", "注¹", "¹⸴²", "ᵃ"]),
    st.sampled_from(["1", "12", "[3]", "（4）", "注5", "1,2", "a", "*"]).map(raised),
)


@given(st.decimals(0, 10**6, places=2), MARKS, st.sampled_from(["亿元", "家以上", "%", "\t", "，"]))
def test_a_mark_is_no_part_of_a_number_and_none_itself(value: Decimal, mark: str, behind: str) -> None:
    """A number has the same digits with a mark and without."""
    assert numbers(f"达到{value}{mark}{behind}") == [str(value)]
    assert plain(f"{mark}增长").strip() == "增长" or mark[0] == "*"


# -- headings ------------------------------------------------------------------------------------

REPORT = """某市规划
目 录
第一章 发展基础	1
一、经济基础	1
第二章 发展目标	9
第一章 发展基础
一、经济基础
（一）综合实力。
增长5.2%。
（二）产业。
1.农业。增长3%。
2 . 工业。增长4%。
二、金融基础
（一）金融业发展稳中有进，体系进一步完善。
增长6%。
支柱产业作用提升。2020年增长7%。
组织体系更加完善。共有8家。
第2章 发展目标
翻开新的一页
一、目标
——总体目标。达到600亿元。
——行业目标。达到12亿元。
“十四五”主要指标表
指标	2025年
一、总体		-
(1) 增加值	600
二、分项		-
(2) 存款	12000
为此须努力实现以下各项任务。
二、保障
## (一) 加强领导
每年9次。"""

SECTIONS = {
    "第一章 发展基础": (6, 17),
    "第一章 一、（一）综合实力": (8, 9),
    "第一章 一、（二）1. 农业": (11, 11),
    "第一章 一、（二）2. 工业": (12, 12),
    "第一章 二、（一）金融业发展稳中有进": (14, 17),
    "第一章 二、（一）": (14, 17),
    "第一章 二、金融基础 支柱产业作用提升": (16, 16),
    "第一章 二、金融基础 组织体系更加完善": (17, 17),
    "第二章 发展目标翻开新的一页": (18, 32),
    "第二章 一、目标 ——总体目标": (21, 21),
    "第二章 一、目标 ——行业目标": (22, 29),
    "第二章 “十四五”主要指标表": (23, 28),
    "第二章 一、目标": (20, 29),
    "第二章 二、（一）加强领导": (31, 32),
}


@pytest.mark.parametrize("heading", SECTIONS)
def test_a_section_reaches_from_its_heading_to_the_next_of_its_rank(heading: str) -> None:
    document = Document.of_lines("x.txt", REPORT.split("\n"))
    section = read_outline(document).sections({each: each for each in SECTIONS})[heading]
    last = section.end - 1 if section.end < len(document.text) else section.end
    assert (document.line_at(section.start), document.line_at(last)) == SECTIONS[heading]


@pytest.mark.parametrize(
    "heading", ["第三章 发展目标", "第一章 三、", "第二章 一、（三）其他", "第二章 附表", "——其他"]
)
def test_a_heading_that_is_not_there_is_not_found(heading: str) -> None:
    document = Document.of_lines("x.txt", REPORT.split("\n"))
    assert read_outline(document).sections({"key": heading}) == {}


def test_titles_must_do_where_the_document_sets_its_numbers_by_itself() -> None:
    document = Document.of_lines(
        "x.txt", ["发展基础", "综合实力", "增长5%。", "产业", "增长6%。", "发展目标", "600亿元。"]
    )
    headings = {"a": "第一章 一、综合实力", "b": "第一章 二、产业", "c": "第二章 发展目标"}
    sections = read_outline(document).sections(headings)
    assert [document.line_at(sections[key].start) for key in "abc"] == [2, 4, 6]
    assert [document.line_at(sections[key].end - 1) for key in "ab"] == [3, 5]


def test_the_nearest_lines_are_named() -> None:
    outline = read_outline(Document.of_lines("x.txt", REPORT.split("\n")))
    assert 12 in outline.nearest("第一章 一、（五）工业")
    assert outline.nearest("甲乙丙丁") == []


def test_steps_of_a_heading() -> None:
    assert [(each.rank, each.number, each.title) for each in steps_of("第十二章 三、（二）2. 具体目标")] == [
        (1, 12, ""), (3, 3, ""), (4, 2, ""), (5, 2, "具体目标"),
    ]  # fmt: skip
    assert [(each.rank, each.title) for each in steps_of("第四节 发展目标 ——总体目标")] == [
        (2, "发展目标"),
        (7, "总体目标"),
    ]

"""Documents: formats, headings, numbers."""

import builtins
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.documents import Document, document_in, read_document, read_numbers, read_outline
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
    table = written.add_table(rows=2, cols=3)
    for row, line in zip(table.rows, LINES[2:], strict=True):
        for cell, words in zip(row.cells, line.split("\t"), strict=True):
            cell.text = words
    written.save(str(tmp_path / "plan.docx"))
    assert read_document(tmp_path / "plan.docx").text.split("\n") == LINES


def test_merged_cells_of_a_word_document_come_once(tmp_path: Path) -> None:
    written = docx.Document()
    table = written.add_table(rows=1, cols=3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "合计"
    table.cell(0, 2).text = "15"
    written.save(str(tmp_path / "plan.docx"))
    assert read_document(tmp_path / "plan.docx").text == "合计\t15"


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


def pdf_of(lines: list[str]) -> bytes:
    """A page in a font that every reader of PDF has to know by name."""
    drawn = "".join(f"<{line.encode('utf-16-be').hex()}> Tj 0 -20 Td\n" for line in lines)
    stream = f"BT /F1 12 Tf 50 750 Td\n{drawn}ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 7 0 R /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 0 >> >>",
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>",
    ]
    content, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(content))
    return content + b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (len(objects) + 1, table, trailer)


def test_a_pdf_is_read_line_by_line(tmp_path: Path) -> None:
    (tmp_path / "plan.pdf").write_bytes(pdf_of(LINES[:2]))
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

"""Documents that are larger or deeper than any plan's: one sentence, or read whole, in little time."""

import io
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents import cell, page_of, paragraph, pdf_of, row, table, write_page, write_word
from plantrack.documents import Document, limits, read_document, read_numbers, read_outline
from plantrack.errors import PlantrackError
from plantrack.formats.terminal import UNLIMITED, Screen, clipped, levelled, wrapped
from tracing import traced

LONG = 1_000_000


@contextmanager
def soon() -> Iterator[None]:
    """What takes time with the square of its length would take minutes."""
    start = time.process_time()
    yield
    assert time.process_time() - start < 10


def refused(file: Path) -> str:
    with soon(), pytest.raises(PlantrackError) as told:
        read_document(file)
    said = str(told.value)
    assert said.endswith(": no plan document is so large")
    assert "\n" not in said
    return said.partition("has more than ")[2].partition(":")[0]


# -- Word ----------------------------------------------------------------------------------------


def written(folder: Path, parts: dict[str, Iterable[bytes]], *, pictures: int = 0) -> Path:
    """A Word file with other contents of some parts, and with pictures of a megabyte."""
    made = write_word(folder / "made.docx", paragraph("存款115亿元"))
    file = folder / "plan.docx"
    with (
        zipfile.ZipFile(made) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for name in old.namelist():
            with new.open(name, "w") as part:
                for piece in parts.get(name, [old.read(name)]):
                    part.write(piece)
        for at in range(pictures):
            new.writestr(f"word/media/{at}.bmp", bytes(LONG))
    return file


def body(*pieces: tuple[str, int]) -> dict[str, Iterable[bytes]]:
    """The part of a document of pieces, each so many times."""
    begin = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    inside = ((words * 1000).encode() for words, number in pieces for _ in range(number // 1000))
    return {"word/document.xml": [begin.encode(), *inside, b"</w:body></w:document>"]}


@pytest.mark.parametrize(
    ("pieces", "limit"),
    [
        ([("<w:p/>", 8_000_000)], "200000 paragraphs"),
        ([("<w:tbl><w:tr><w:tc></w:tc></w:tr></w:tbl>", 300_000)], "200000 cells"),
        ([("<w:sectPr a='' b='' c=''/>", 400_000)], "1000000 elements and attributes"),
        ([(" " * 100, 1_100_000)], "100000000 bytes once it is unpacked"),
        ([(" " * 100, 200_000)], "2000000 characters"),
        ([("<w:p><w:r><w:t>" + "存" * 100 + "</w:t></w:r></w:p>", 30_000)], "2000000 characters"),
    ],
)
def test_a_word_document_is_refused_while_it_is_unpacked(
    tmp_path: Path, pieces: list[tuple[str, int]], limit: str
) -> None:
    assert refused(written(tmp_path, body(*pieces))) == limit


@pytest.mark.parametrize("element", ["gridSpan", "gridBefore", "gridAfter"])
@pytest.mark.parametrize(
    ("number", "is_read"), [("20000000", False), ("100001", False), ("100000", True), ("x", True)]
)
def test_cells_over_endless_columns_are_refused(
    tmp_path: Path, element: str, number: str, *, is_read: bool
) -> None:
    span = f'<w:{element} w:val="{number}"/>'
    wide = (
        row(cell("存款", properties=span), "115")
        if element == "gridSpan"
        else row("存款", "115", properties=span)
    )
    file = write_word(tmp_path / "plan.docx", table(wide))
    if is_read:
        assert read_document(file).text == "存款\t115"
    else:
        assert refused(file) == "100000 columns or rows in one cell"


def test_names_that_are_repeated_without_end_are_refused(tmp_path: Path) -> None:
    first = row(cell("名" * 100_000, properties='<w:vMerge w:val="restart"/>'), "1")
    more = row(cell("", properties="<w:vMerge/>"), "2")
    assert refused(write_word(tmp_path / "plan.docx", table(first, *[more] * 100))) == "2000000 characters"


def test_elements_too_deep_in_one_another_are_refused(tmp_path: Path) -> None:
    parts = body(("<w:p/>", 0))
    begin, *_, end = parts["word/document.xml"]
    parts["word/document.xml"] = [begin, b"<w:sdt>" * 300, b"</w:sdt>" * 300, end]
    assert refused(written(tmp_path, parts)) == "256 elements inside one another"


def test_pictures_are_not_unpacked(tmp_path: Path) -> None:
    assert read_document(written(tmp_path, {}, pictures=120)).text.strip() == "存款115亿元"


def test_a_part_that_is_missing_does_no_harm(tmp_path: Path) -> None:
    file = write_word(tmp_path / "made.docx", paragraph("存款115亿元"))
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(tmp_path / "plan.docx", "w") as new:
        for name in old.namelist():
            if name != "word/styles.xml":
                new.writestr(name, old.read(name))
    assert read_document(tmp_path / "plan.docx").text.strip() == "存款115亿元"


def test_comments_and_elements_in_letters_hide_no_digits(tmp_path: Path) -> None:
    inside = "<w:p><w:r><w:t>1<!-- 2 -->1<?odd 3?>5<w:b/>亿元</w:t></w:r></w:p>"
    assert read_document(write_word(tmp_path / "plan.docx", inside)).text.strip() == "115亿元"


def test_paragraphs_of_which_every_end_is_deleted_take_little_time(tmp_path: Path) -> None:
    one = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>存款余额</w:t></w:r></w:p>"
    with soon():
        assert read_document(written(tmp_path, body((one, 20_000)))).text == "存款余额" * 20_000


def test_the_command_says_one_sentence_in_little_memory(tmp_path: Path) -> None:
    """A gigabyte would not do for eight million paragraphs."""
    pytest.importorskip("resource")
    file = written(tmp_path, body(("<w:p/>", 8_000_000)))
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30));"
        "from plantrack.__main__ import main; sys.exit(main())"
    )
    plan = Path(__file__).parent.parent / "docs" / "examples" / "trace" / "example.yaml"
    asked = [sys.executable, "-c", code, "--lang", "en", "trace", str(plan), "--document", str(file)]
    ended = subprocess.run(asked, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert (
        ended.stderr == f"plantrack: {file} has more than 200000 paragraphs: no plan document is so large\n"
    )


# -- web pages -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inside", "limit"),
    [
        ("<i>" * 1_100_000, "1000000 elements and attributes"),
        ("<table><tr>" + "<td>" * 300_000, "200000 cells"),
        ("<p>" + "存款 " * 700_000, "2000000 characters"),
        ("<p>1" * 210_000, "200000 paragraphs"),
        ("<table><tr><td colspan=20000000>5</table>", "100000 columns or rows in one cell"),
        ("<table><tr><td rowspan=20000000>5</table>", "100000 columns or rows in one cell"),
    ],
)
def test_a_page_is_refused_in_one_sentence(tmp_path: Path, inside: str, limit: str) -> None:
    assert refused(write_page(tmp_path / "plan.html", inside)) == limit


@pytest.mark.parametrize(
    ("tag", "depth"),
    [("div", 300), ("div", 50_000), *((tag, 3000) for tag in ("div", "span", "b", "sub", "ul", "unknown"))],
)
def test_a_page_is_read_whole_however_deep(tmp_path: Path, tag: str, depth: int) -> None:
    inside = f"<p>前1亿</p>{f'<{tag}>' * depth}深2亿{f'</{tag}>' * depth}<p>后3亿</p>"
    with soon():
        read = read_document(write_page(tmp_path / "plan.html", inside)).text
    deep = "深₂亿" if tag == "sub" else "深2亿"
    assert read.split("\n") == ["前1亿", deep, "后3亿"]


@pytest.mark.parametrize(
    ("inside", "read"),
    [
        ("<table><tr><td>存款<td>1<tr><td>贷款<td>2</table><p>3", ["存款\t1\t", "贷款\t2\t", "3"]),
        ("<p hidden>暗<p>存款1</p></br><li>2<li>3<img>4", ["存款1", "2", "34"]),
        ("<del><p>暗</p></del><pre>a\n b</pre></b>5&nbsp;&lt;6", ["a", "b", "5 <6"]),
    ],
)
def test_a_deep_page_is_read_as_any_other(tmp_path: Path, inside: str, read: list[str]) -> None:
    deep = "<div>" * 3000 + "</div>" * 3000
    for around in ("", deep):
        lines = read_document(write_page(tmp_path / "plan.html", around + inside)).text.split("\n")
        assert [line.rstrip() for line in lines] == [line.rstrip() for line in read]


def test_what_stands_behind_the_end_of_a_page_is_read(tmp_path: Path) -> None:
    file = write_page(tmp_path / "plan.html", "<p>1亿</p></body></html><p>2亿</p>3亿")
    assert read_document(file).text.split("\n") == ["1亿", "2亿", "3亿"]


@pytest.mark.parametrize(
    "inside",
    [
        "<table><tr>" + "<td>" * 20_000 + "1",
        "<table><tr><td>" * 3000 + "1",
        "<sup>" * 30_000 + "1",
        "1" + "<img>a" * 20_000,
        "1" + "CO<sub>2</sub>" * 10_000,
        f"<style>{'@a{x{}' * 30_000}</style>1",
        f"<p style='{'text-decoration:' * 30_000}'>1",
        "1" + "<span> </span>" * 30_000,
    ],
    ids=lambda inside: inside[:20],
)
def test_odd_pages_take_little_time(tmp_path: Path, inside: str) -> None:
    with soon():
        assert "1" in read_document(write_page(tmp_path / "plan.html", inside)).text.replace("¹", "1")


# -- text and PDF --------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".txt", ".md"])
@pytest.mark.parametrize(
    ("content", "limit"),
    [
        ("存款" + " " * 40_000_000, "2000000 characters"),
        ("存" * 2_000_001, "2000000 characters"),
        ("存款" + "\n" * 200_001, "200000 lines"),
    ],
)
def test_a_text_is_refused_in_one_sentence(tmp_path: Path, suffix: str, content: str, limit: str) -> None:
    file = tmp_path / f"plan{suffix}"
    file.write_text(content, encoding="utf-8")
    assert refused(file) == limit


def test_comments_that_do_not_end_take_little_time(tmp_path: Path) -> None:
    file = tmp_path / "plan.md"
    file.write_text("1<!-- 2 -->3" + "<!--" * 300_000, encoding="utf-8")
    with soon():
        assert read_document(file).text.startswith("13<!--")


def pdf(folder: Path, *drawn: bytes, copies: int = 1) -> Path:
    """A PDF of packed pages, each several times."""
    pages = [f"{len(drawn)} {at}" for at in range(len(drawn))]
    content = pdf_of(*pages)
    for words, page in zip(pages, drawn, strict=True):
        packed = zlib.compress(page)
        stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)
        content = content.replace(
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(words), words.encode()), stream
        )
    if copies > 1:
        content = content.replace(b"/Kids [6 0 R]", b"/Kids [" + b"6 0 R " * copies + b"]")
    file = folder / "plan.pdf"
    file.write_bytes(content)
    return file


WORDS = page_of("存款115亿元").encode()


def test_a_pdf_of_endless_pages_is_refused(tmp_path: Path) -> None:
    assert refused(pdf(tmp_path, WORDS, copies=5001)) == "5000 pages"


def test_a_pdf_that_draws_without_end_is_refused(tmp_path: Path) -> None:
    assert refused(pdf(tmp_path, WORDS + b" " * 4_000_000)) == "4000000 bytes drawn on a page"
    assert refused(pdf(tmp_path, WORDS + b" " * 80_000_000)) == "4000000 bytes drawn on a page"
    assert refused(pdf(tmp_path, *[WORDS + b" " * 3_900_000] * 13)) == "50000000 bytes drawn on its pages"


def test_a_page_that_draws_too_much_is_told_beside_the_others(tmp_path: Path) -> None:
    read = read_document(pdf(tmp_path, WORDS, WORDS + b" " * 4_000_000))
    assert read.text == "存款115亿元"
    assert [each.say("zh") for each in read.not_read] == ["绘制内容过多的页：第2页"]


# -- long lines ----------------------------------------------------------------------------------

PLAN = "sections: {base: 一、发展基础}\nfigures:\n  deposits:\n  - {in: base, level: {2020: 5亿元}}\n"


@pytest.mark.parametrize(
    ("piece", "number"),
    [
        ("存款1331.93亿元，", 10_000),
        ("1 ", 50_000),
        ("1\t", 20_000),
        ("1.", 20_000),
        ("1,111,", 10_000),
        ("2020、", 30_000),
        ("\t①", 100_000),
        ("第①", 100_000),
        ("*", 200_000),
        ("\u2003", 200_000),
        (". .①", 50_000),
    ],
)
def test_a_long_line_is_traced_in_time_proportional_to_its_length(
    tmp_path: Path, piece: str, number: int
) -> None:
    content = f"目录\n{piece * number}\n一、发展基础\n{piece * number}5家。"
    with soon():
        trace = traced(tmp_path, PLAN, content)
        assert trace.findings


def test_digits_that_blanks_part_are_one_number_only_up_to_a_length() -> None:
    outline = read_outline(Document.of_lines("x.txt", ["达到" + "1 " * 500 + "亿元，增长。"]))
    lengths = {len(each.text) for each in read_numbers(outline).all}
    assert max(lengths) < 70


class Printed(io.StringIO):
    """A stream that is a terminal, or not."""

    def __init__(self, *, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


@pytest.mark.parametrize("terminal", [True, False])
@pytest.mark.parametrize("sign", ["存款余额，", "a", "≥", "（", "1 ", "≥a ", "1,", "x，"])
def test_a_long_line_is_shown_in_time_proportional_to_its_length(sign: str, *, terminal: bool) -> None:
    stream = Printed(terminal=terminal)
    line = (sign * LONG)[: LONG // 10]
    with soon():
        Screen("auto", stream).line(line)
        Screen("auto", stream).excerpt(line, 1, LONG // 20, "red")
    shown = stream.getvalue().split("\n")
    if not terminal:
        assert shown[0] == line
        assert len(shown[1]) <= 1010


def test_many_excerpts_of_one_long_line_take_little_time() -> None:
    line = "存" * LONG
    with soon():
        for column in range(1, 5_000):
            shown, _, _ = clipped(line, column, 80)
            assert len(shown) <= 80


def test_a_sentence_has_no_width_in_a_pipe() -> None:
    assert Screen("auto", Printed(terminal=False)).width == UNLIMITED
    assert len(wrapped("存款 " * 5000, 80)) > 100


@given(st.lists(st.integers(0, 40), min_size=1, max_size=6), st.integers(0, 100))
def test_the_largest_give_way_first(wishes: list[int], room: int) -> None:
    """As if a cell at a time was taken from the first of the largest."""
    expected = list(wishes)
    while sum(expected) > room:
        expected[max(range(len(expected)), key=expected.__getitem__)] -= 1
    assert levelled(wishes, room) == expected


def test_each_limit_is_counted_by_itself() -> None:
    tally = limits.Tally()
    tally.add(limits.CELLS, limits.CELLS.most)
    tally.add(limits.LINES)
    with pytest.raises(limits.TooLarge) as refused:
        tally.add(limits.CELLS)
    assert refused.value.args == (limits.CELLS,)


@pytest.mark.parametrize(
    ("span", "is_read"), [("100000", True), (" 00100000", True), ("9" * 5000, False), ("-9", True)]
)
def test_a_span_is_read_without_its_endless_digits(span: str, *, is_read: bool) -> None:
    with nullcontext() if is_read else pytest.raises(limits.TooLarge):
        limits.require_span(span)

"""The same tables as Word files, web pages and workbooks: merged cells, cells over several rows and columns."""

import zipfile
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest

from documents import paragraph, pdf_of, shown, write_page, write_word
from first_principles import CATALOGUE
from plantrack.cli import run
from plantrack.draft.drafting import read_statements
from plantrack.draft.period import Period
from plantrack.draft.reading import read_drafted
from test_draft import ROWS

pytest.importorskip("pypinyin")

Grid = list[list[str]]
PLAIN = [
    ["指标", "2020年", "2025年", "年均增长（%）", "属性"],
    ["1.林木覆盖率（%）", "45.1", "47", "[1.9]", "约束性"],
    ["2.绿地面积（公顷）", "310", "≥350", "2.5%", "预期性"],
]
NUMBERED = [
    ["序号", "指标", "单位", "2020年", "2025年", "年均增长/累计"],
    ["1", "林木覆盖率", "%", "45.1", "47", "[1.9]"],
    ["2", "绿地面积", "公顷", "310", "≥350", "2.5%"],
]
LEFT, UP = "<", "^"
"""What goes on from the cell to the left, or from the one above."""
TWO_ROWS = [
    ["类别", "指标", "规模", LEFT, "“十四五”"],
    [UP, UP, "“十三五”末", "2025年", "年均增速"],
    ["生态", "林木覆盖率（%）", "45.1", "47", "[1.9]"],
    [UP, "绿地面积（公顷）", "310", "≥350", "2.5%"],
]
PRESENT = [
    ["指标名称", "现状值", "目标值", "年均增长/累计"],
    ["生态环境", LEFT, LEFT, LEFT],
    ["（1）林木覆盖率（%）", "45.1", "47", "[1.9]"],
    ["（2）绿地面积（公顷）", "310", "≥350", "2.5%"],
]
GRIDS = {"plain": PLAIN, "numbered": NUMBERED, "two heading rows": TWO_ROWS, "present and aim": PRESENT}


def spans(grid: Grid, row: int, column: int) -> tuple[int, int]:
    """How many columns and rows a cell goes over."""
    wide = next((at for at in range(column + 1, len(grid[row])) if grid[row][at] != LEFT), len(grid[row]))
    high = next((at for at in range(row + 1, len(grid)) if grid[at][column] != UP), len(grid))
    return wide - column, high - row


def cells(grid: Grid) -> list[tuple[int, int, str, int, int]]:
    return [
        (row, column, words, *spans(grid, row, column))
        for row, line in enumerate(grid)
        for column, words in enumerate(line)
        if words not in {LEFT, UP}
    ]


def said(file: Path) -> list[tuple[str, str, str | None, str]]:
    found = read_statements(read_drafted(file), Period(2020, 2025), CATALOGUE)
    return [(each.name, each.kind, each.time, each.printed) for each in found]


def as_word(grid: Grid, folder: Path) -> Path:
    word = docx.Document()
    table = word.add_table(len(grid), len(grid[0]))
    for row, column, words, wide, high in cells(grid):
        cell = table.cell(row, column).merge(table.cell(row + high - 1, column + wide - 1))
        cell.text = words
    word.save(str(folder / "a.docx"))
    return folder / "a.docx"


def as_page(grid: Grid, folder: Path) -> Path:
    rows: dict[int, list[str]] = {row: [] for row in range(len(grid))}
    for row, _, words, wide, high in cells(grid):
        rows[row].append(f'<td colspan="{wide}" rowspan="{high}">{words}</td>')
    body = "".join(f"<tr>{''.join(each)}</tr>" for each in rows.values())
    return write_page(folder / "a.html", f"<table>{body}</table>")


def as_workbook(grid: Grid, folder: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    for row, column, words, wide, high in cells(grid):
        number = words.replace(".", "").isdecimal()
        sheet.cell(row + 1, column + 1, float(words) if number else words)
        if wide > 1 or high > 1:
            sheet.merge_cells(None, row + 1, column + 1, row + high, column + wide)
    book.save(folder / "a.xlsx")
    return folder / "a.xlsx"


def as_pdf(grid: Grid, folder: Path) -> Path:
    drawn = "".join(
        f"BT /F1 12 Tf 1 0 0 1 {50 + column * 90} {750 - 20 * row} Tm {shown(words)} ET\n"
        for row, column, words, _, _ in cells(grid)
    )
    (folder / "a.pdf").write_bytes(pdf_of(drawn))
    return folder / "a.pdf"


@pytest.mark.parametrize("grid", [PLAIN, NUMBERED, PRESENT], ids=["plain", "numbered", "present and aim"])
def test_a_table_of_a_pdf_says_the_same(grid: Grid, tmp_path: Path) -> None:
    assert said(as_pdf(grid, tmp_path)) == ROWS


def test_a_row_of_a_pdf_with_a_missing_cell_is_left_out(tmp_path: Path) -> None:
    grid = [*PLAIN, ["3.林地（公顷）", LEFT, "350", "2.5", "预期性"]]
    assert said(as_pdf(grid, tmp_path)) == ROWS


@pytest.mark.parametrize("written", [as_word, as_page, as_workbook])
@pytest.mark.parametrize("grid", GRIDS.values(), ids=GRIDS)
def test_a_table_says_the_same_in_every_format(grid: Grid, written, tmp_path: Path) -> None:  # noqa: ANN001
    assert said(written(grid, tmp_path)) == ROWS


def test_a_workbook_is_drafted_and_reviewed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = as_workbook([["某市“十四五”规划", *[LEFT] * 4], *PLAIN], tmp_path)
    assert run(["--lang", "en", "draft", str(file)]) == 0
    assert 'level: {2020: 310, 2025: "≥350"}' in capsys.readouterr().out
    assert run(["review", str(file)]) == 0
    assert (tmp_path / "a.审核.html").is_file()
    (tmp_path / "b.xlsx").write_bytes(b"PK\x03\x04nothing")
    assert run(["--lang", "en", "draft", str(tmp_path / "b.xlsx")]) == 2
    assert "is no workbook that can be read" in capsys.readouterr().err


def test_a_cell_without_its_format_is_told_of_the_workbook(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """openpyxl looks for the format of a cell when the cell is read."""
    file = as_workbook(PLAIN, tmp_path)
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert b'numFmtId="0"' in parts["xl/styles.xml"]
    parts["xl/styles.xml"] = parts["xl/styles.xml"].replace(b'numFmtId="0"', b'numFmtId="999"')
    with zipfile.ZipFile(file, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    assert run(["--lang", "en", "draft", str(file)]) == 2
    assert "is no workbook that can be read" in capsys.readouterr().err


def test_a_workbook_is_read_as_it_is_shown(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    shown = [
        (0.1504, "0.0%"),
        (0.085, "0.00%"),
        (1234.56, "#,##0"),
        (12.3, "0.0#"),
        (98.7, '0.00"亿元"'),
        (2.5, "General"),
    ]
    book.active.append([value for value, _ in shown])
    for cell, (_, form) in zip(book.active[1], shown, strict=True):
        cell.number_format = form
    book.save(tmp_path / "a.xlsx")
    assert read_drafted(tmp_path / "a.xlsx").lines[1].split("\t") == [
        "15.0%",
        "8.50%",
        "1235",
        "12.3",
        "98.70亿元",
        "2.5",
    ]


def test_a_formula_without_a_value_is_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["绿地（公顷）", "=1+2"])
    book.save(tmp_path / "a.xlsx")
    document = read_drafted(tmp_path / "a.xlsx")
    assert document.lines == ["Sheet", "绿地(公顷)"]
    assert len(document.not_read) == 1


# -- files that are none, and what is told of those that are ---------------------------------------

OLDER = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)


def protected(content: bytes) -> bytes:
    """An archive whose entries are marked as encrypted."""
    marked = bytearray(content)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        found = marked.find(mark)
        while found >= 0:
            marked[found + at] |= 1
            found = marked.find(mark, found + 1)
    return bytes(marked)


def whole() -> bytes:
    made = BytesIO()
    docx.Document().save(made)
    return made.getvalue()


@pytest.mark.parametrize("command", ["draft", "review"])
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (OLDER, "文件设有密码，或为旧版 Word 格式：请另存为不设密码的 .docx"),
        (protected(whole()), "文件设有密码：请另存为不设密码的文件"),
        (whole()[:9000], "文件已损坏或不是 .docx：请用 Word 或 WPS 打开后重新另存"),
        (b"", "文件已损坏或不是 .docx：请用 Word 或 WPS 打开后重新另存"),
        (whole(), "中没有文字"),
    ],
    ids=["older", "protected", "broken", "empty", "without text"],
)
def test_a_file_that_cannot_be_read_is_told_with_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str, content: bytes, said: str
) -> None:
    file = tmp_path / "规划.docx"
    file.write_bytes(content)
    assert run(["--lang", "zh", command, str(file)]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert "ocr" not in error
    assert [each.name for each in tmp_path.iterdir()] == [file.name]


def test_a_document_of_another_kind_is_told_all_kinds_that_are_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.csv").write_text("指标,2020年\n", encoding="utf-8")
    assert run(["draft", str(tmp_path / "a.csv")]) == 2
    assert ".docx, .xlsx" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["draft", "review"])
def test_what_was_not_read_and_how_the_rest_was_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    picture = "<w:r><w:drawing><pic:pic xmlns:pic='http://schemas.openxmlformats.org/drawingml/2006/picture'/></w:drawing></w:r>"
    inserted = "<w:ins w:id='1'><w:r><w:t>120公顷</w:t></w:r></w:ins>"
    body = paragraph("到2025年，绿地面积达到", inserted, "。", picture)
    file = write_word(tmp_path / "a.docx", paragraph("桃源市“十四五”规划"), body)
    assert (
        run(
            [
                "--lang",
                "zh",
                command,
                str(file),
                "-o",
                str(tmp_path / {"draft": "a.yaml"}.get(command, "b.docx")),
            ]
        )
        == 0
    )
    error = capsys.readouterr().err
    assert "未读取：图片（1处）" in error
    assert "修订" in error

"""Pages as Word files: title, table with borders, notes. With python-docx, the extra `docx`.

Fonts are those that offices have. Text is text: characters that no printer shows are made visible.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

from plantrack.errors import PlantrackError
from plantrack.formats.layout import MARGIN, PER_POINT, heading_lines, laid_out
from plantrack.formats.sheet import said_in, width_of
from plantrack.language import BLANKS, say, text, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from plantrack.formats.layout import Layout
    from plantrack.formats.sheet import Sheet
    from plantrack.language import Language
    from plantrack.views.page import Page

SONG, HEI, FANG, LATIN = "宋体", "黑体", "仿宋", "Times New Roman"
TITLE, LEAST_TITLE, SMALL = 16.0, 13.0, 9.0
"""Points of the title, of one that is long, and of what stands below the table."""


def word_page(page: Page, language: Language, made_on: date) -> bytes:
    """The Word file's content.

    Raises:
        PlantrackError: where python-docx is not installed.
    """
    try:
        import docx  # noqa: PLC0415 - an extra
    except ImportError:
        raise PlantrackError(
            text('to write .docx files, install what it takes: pip install "plantrack[docx]"')
        ) from None
    sheet = said_in(language, page.table, printable)
    layout, word = laid_out(sheet), docx.Document()
    _set_up(word, layout, sheet.title, made_on)
    size = max(LEAST_TITLE, min(TITLE, layout.page / PER_POINT / (width_of(sheet.title) + 1)))
    _paragraph(word.add_paragraph(), sheet.title, size // 0.5 * 0.5, HEI, "center")
    if lead := printable(say(page.lead, language)):
        _paragraph(word.add_paragraph(), lead, layout.points, FANG)
    corners = [printable(say(each, language)) for each in (page.left, page.right)]
    if any(corners):
        _paragraph(_with_right_end(word.add_paragraph(), layout), "\t".join(corners), layout.points, SONG)
    _table(word, sheet, layout)
    for line in noted(sheet.notes, language):
        _paragraph(word.add_paragraph(), line, SMALL, FANG)
    made = io.BytesIO()
    word.save(made)
    return made.getvalue()


def noted(notes: Sequence[str], language: Language) -> Iterable[str]:
    """`注：1. …`, and the others below, numbered where there are several."""
    numbered = [f"{at}. {note}" for at, note in enumerate(notes, 1)] if len(notes) > 1 else notes
    return (
        text("Note: {note}", note=note).say(language) if at == 0 else note for at, note in enumerate(numbered)
    )


def printable(said: str) -> str:
    return visible(said, keep=BLANKS + "\n")


def _set_up(word: Any, layout: Layout, title: str, made_on: date) -> None:  # noqa: ANN401 - of an extra
    """A4 with its margins and the number of the page below; who made it and when."""
    from docx.enum.section import WD_ORIENT  # noqa: PLC0415 - an extra
    from docx.shared import Mm  # noqa: PLC0415

    section = word.sections[0]
    sides = (297, 210) if layout.is_across else (210, 297)
    section.page_width, section.page_height = map(Mm, sides)
    section.orientation = WD_ORIENT.LANDSCAPE if layout.is_across else WD_ORIENT.PORTRAIT
    for side in ("left", "right", "top", "bottom"):
        setattr(section, f"{side}_margin", Mm(MARGIN))
    _set_font(word.styles["Normal"].element.get_or_add_rPr(), SONG, language="zh-CN")
    facts, now = word.core_properties, datetime.combine(made_on, time(), UTC)
    facts.title, facts.author, facts.comments, facts.created, facts.modified = (
        title,
        "plantrack",
        "",
        now,
        now,
    )
    footer = section.footer.paragraphs[0]
    _paragraph(footer, "", SMALL, SONG, "center")
    footer._p.append(_element("fldSimple", instr="PAGE"))  # noqa: SLF001 - python-docx has no fields


def _element(name: str, **attributes: str) -> Any:  # noqa: ANN401 - of an extra
    from docx.oxml import OxmlElement  # noqa: PLC0415 - an extra
    from docx.oxml.ns import qn  # noqa: PLC0415

    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def _set_font(properties: Any, font: str, *, language: str | None = None) -> None:  # noqa: ANN401 - of an extra
    """Word takes the font of Chinese characters from an attribute of its own."""
    from docx.oxml.ns import qn  # noqa: PLC0415 - an extra

    fonts = properties.get_or_add_rFonts()
    for key, name in {"ascii": LATIN, "hAnsi": LATIN, "eastAsia": font, "hint": "eastAsia"}.items():
        fonts.set(qn(f"w:{key}"), name)
    if language is not None:
        properties.append(_element("lang", val="en-US", eastAsia=language))


def _paragraph(paragraph: Any, said: str, points: float, font: str, align: str = "left") -> None:  # noqa: ANN401
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415 - an extra
    from docx.shared import Pt  # noqa: PLC0415

    shape = paragraph.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing = 1.15
    paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, align.upper())
    run = paragraph.add_run(said)
    run.font.size = Pt(points)
    _set_font(run._r.get_or_add_rPr(), font)  # noqa: SLF001 - python-docx sets no font of Chinese characters


def _with_right_end(paragraph: Any, layout: Layout) -> Any:  # noqa: ANN401 - of an extra
    """With a stop at the right edge for what stands behind a tab."""
    from docx.enum.text import WD_TAB_ALIGNMENT  # noqa: PLC0415 - an extra
    from docx.shared import Mm  # noqa: PLC0415

    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(layout.page), WD_TAB_ALIGNMENT.RIGHT)
    return paragraph


def _table(word: Any, sheet: Sheet, layout: Layout) -> None:  # noqa: ANN401 - of an extra
    """The heading row stands on every page; no row is parted between two."""
    from docx.shared import Mm  # noqa: PLC0415 - an extra

    table = word.add_table(0, len(sheet.headings), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, layout.widths, strict=True):
        column.width = Mm(layout.millimetres(width))
    titles = ["\n".join(heading_lines(each)) for each in sheet.headings]
    heading = _row(table, titles, layout.centred(), HEI)
    heading._tr.get_or_add_trPr().append(_element("tblHeader"))  # noqa: SLF001 - python-docx has none
    for at, row in enumerate(sheet.rows):
        if at in sheet.groups:
            _group(table.add_row(), sheet.groups[at], layout)
        _row(table, row, layout, SONG)


def _group(row: Any, said: str, layout: Layout) -> None:  # noqa: ANN401 - of an extra
    _paragraph(row.cells[0].merge(row.cells[-1]).paragraphs[0], said, layout.points, HEI)


def _row(table: Any, cells: Sequence[str], layout: Layout, font: str) -> Any:  # noqa: ANN401 - of an extra
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT  # noqa: PLC0415 - an extra
    from docx.shared import Mm  # noqa: PLC0415

    row = table.add_row()
    row._tr.get_or_add_trPr().append(_element("cantSplit"))  # noqa: SLF001 - python-docx has none
    for cell, said, width, align in zip(row.cells, cells, layout.widths, layout.aligned, strict=True):
        cell.width = Mm(layout.millimetres(width))
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        lines = said.split("\n")
        for at, line in enumerate(lines):
            paragraph = cell.add_paragraph() if at else cell.paragraphs[0]
            _paragraph(paragraph, line, layout.points, font, align)
    return row

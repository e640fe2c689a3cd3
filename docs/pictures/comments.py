"""A page of a reviewed Word file with its comments beside it. Run by make.sh: `comments.py FILE`.

LibreOffice lays the page out and tells where each comment stands; without a screen it draws none in the margin, so
that they are drawn here.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

import docx
from docx.oxml.ns import qn
from PIL import Image, ImageDraw, ImageFont
from pypdf import PdfReader

MADE_UP = Path("tests/documents/linchuan.txt")
DOTS, PANEL, GAP, SIZE, MARGIN = 110, 400, 12, 17, 20
POINTS = 72
END = "（三）"
"""The page is cut off above the paragraph that begins so."""


def run(*command: object) -> str:
    return subprocess.run([str(each) for each in command], check=True, capture_output=True, text=True).stdout


def write_word(file: Path) -> None:
    """The made-up plan with headings, as far as it is shown."""
    document = docx.Document()
    lines = MADE_UP.read_text(encoding="utf-8").split("\n")
    for line in lines[: next(at for at, each in enumerate(lines) if each.startswith(END)) + 2]:
        level = 0 if line == lines[0] else 1 if line.startswith("第") else 2 if "、“" in line[:3] else None
        said = line.removeprefix("来源：")
        document.add_paragraph(said) if level is None else document.add_heading(said, level)
    for style in document.styles:
        if style.element.rPr is not None:
            style.element.rPr.get_or_add_rFonts().set(qn("w:eastAsia"), "WenQuanYi Zen Hei")
    document.save(file)


def pdf_of(file: Path, *, notes: bool) -> Path:
    options = f'pdf:writer_pdf_Export:{{"ExportNotes":{{"type":"boolean","value":"{str(notes).lower()}"}}}}'
    folder = file.parent / str(notes)
    run("soffice", "--headless", "--convert-to", options, "--outdir", folder, file)
    return folder / f"{file.stem}.pdf"


def wrapped(said: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """Its lines, in which numbers are never parted, nor signs from what they stand behind."""
    lines = [""]
    for part in re.findall(r"(?:[0-9.]+|.)[，。；：）”]*|\n", said):
        if part == "\n" or font.getlength(lines[-1] + part) > width:
            lines.append("")
        lines[-1] += part.strip("\n")
    return lines


def comments_of(pdf: Path) -> list[tuple[float, float, str]]:
    """Where each comment stands, from the left and the top in points, and what it says; in their order."""
    page = PdfReader(pdf).pages[0]
    notes = [each.get_object() for each in page.get("/Annots") or ()]
    found = [
        (*map(float, each["/Rect"][:2]), str(each["/Contents"])) for each in notes if "/Contents" in each
    ]
    return sorted(
        [(left, float(page.mediabox.height) - bottom, said) for left, bottom, said in found],
        key=lambda each: (round(each[1]), each[0]),
    )


def drawn(
    page: Image.Image, comments: list[tuple[float, float, str]], font: ImageFont.FreeTypeFont
) -> Image.Image:
    picture = Image.new("RGB", (page.width + PANEL, page.height), "white")
    picture.paste(page, (0, 0))
    pen, top = ImageDraw.Draw(picture), 0.0
    for left, height, said in comments:
        x, y = left * DOTS / POINTS, height * DOTS / POINTS
        lines = ["plantrack", *wrapped(said, font, PANEL - 3 * GAP)]
        top = max(top, y - 8 * SIZE)
        bottom = top + GAP + len(lines) * SIZE * 1.3
        pen.line([(x, y), (page.width, y), (page.width + GAP, top + GAP)], fill="#c08040", width=1)
        box = page.width + GAP, top, picture.width - GAP, bottom
        pen.rounded_rectangle(box, 4, fill="#fdf3e3", outline="#c08040")
        for at, line in enumerate(lines):
            place = box[0] + GAP / 2, top + GAP / 2 + at * SIZE * 1.3
            pen.text(place, line, fill="#803010" if at == 0 else "#202020", font=font)
        top = bottom + GAP
    return picture


def main(file: Path) -> None:
    font = ImageFont.truetype(run("fc-match", "-f", "%{file}", ":lang=zh-cn"), SIZE)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_word(folder / "plan.docx")
        run("plantrack", "review", folder / "plan.docx", "-o", folder / "copy.docx", "--exit-zero")
        comments = comments_of(pdf_of(folder / "copy.docx", notes=True))
        bare = pdf_of(folder / "copy.docx", notes=False)
        run("pdftoppm", "-png", "-r", DOTS, "-singlefile", bare, folder / "page")
        page = Image.open(folder / "page.png").convert("RGB")
        edges = page.convert("L").point(lambda ink: 255 * (ink < 250)).getbbox()  # noqa: PLR2004 - nearly white
        picture = drawn(page.crop((0, 0, edges[2] + MARGIN, page.height)), comments, font)
        edges = picture.convert("L").point(lambda ink: 255 * (ink < 250)).getbbox()  # noqa: PLR2004
        left, top, right, bottom = edges
        margins = (
            max(0, left - MARGIN),
            max(0, top - MARGIN),
            min(right + MARGIN, picture.width),
            bottom + MARGIN,
        )
        picture.crop(margins).quantize(64).save(file, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

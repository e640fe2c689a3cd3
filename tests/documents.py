"""Word files, web pages and PDF made for tests, element by element."""

from collections.abc import Mapping
from pathlib import Path

import docx
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    }.items()
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def run(content: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{content}</w:t></w:r>'


def paragraph(*inside: str, properties: str = "") -> str:
    """A paragraph of runs; plain words become one."""
    runs = "".join(each if each.startswith("<") else run(each) for each in inside)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def cell(*blocks: str, properties: str = "") -> str:
    """A cell of blocks; plain words become a paragraph."""
    inside = "".join(each if each.startswith("<") else paragraph(each) for each in blocks)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    inside = "".join(each if each.startswith("<") else cell(each) for each in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inside}</w:tr>"


def write_word(
    file: Path, *blocks: str, parts: Mapping[str, str] | None = None, styles: str = "", header: str = ""
) -> Path:
    """A Word file with these blocks; `parts` are others, such as footnotes, by the name of their kind."""
    written = docx.Document()
    body = written.element.body
    new = parse_xml(f"<w:body {NAMESPACES}>{''.join(blocks)}</w:body>")
    for at, block in enumerate(list(new)):
        body.insert(at, block)
    for kind, content in (parts or {}).items():
        blob = f"<w:{kind} {NAMESPACES}>{content}</w:{kind}>".encode()
        form = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
        part = Part(PackURI(f"/word/{kind}.xml"), form, blob, written.part.package)
        written.part.relate_to(part, f"{RELATIONS}/{kind}")
    for style in parse_xml(f"<w:styles {NAMESPACES}>{styles}</w:styles>"):
        written.styles.element.append(style)
    if header:
        written.sections[0].header.paragraphs[0].text = header
    written.save(str(file))
    return file


def write_page(file: Path, body: str) -> Path:
    """A web page with this body."""
    head = '<head><meta charset="utf-8"><title>忽略 1</title></head>'
    file.write_text(f"<!DOCTYPE html><html>{head}<body>{body}</body></html>", encoding="utf-8")
    return file


def pdf_of(*pages: str) -> bytes:
    """A PDF of pages, each drawn by these operators, in a font that every reader knows by name."""
    first = 6
    kids = " ".join(f"{first + 2 * at} 0 R" for at in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids.encode(), len(pages)),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 5 0 R /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 0 >> >>",
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>",
    ]
    picture = first + 2 * len(pages)
    for at, drawn in enumerate(pages):
        uses = b" /XObject << /Im1 %d 0 R >>" % picture if "/Im1 Do" in drawn else b""
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F1 3 0 R >>%s >> >>"
            % (first + 2 * at + 1, uses),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn.encode()),
        ]
    objects.append(
        b"<< /Type /XObject /Subtype /Image /Width 400 /Height 300 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 0 >>\nstream\n\nendstream"
    )
    content, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    entries = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(content))
    return content + b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (len(objects) + 1, entries, trailer)


def shown(words: str) -> str:
    """The operand of a PDF that shows these words."""
    return f"<{words.encode('utf-16-be').hex()}> Tj"


def page_of(*lines: str) -> str:
    """The operators that draw lines one below the other."""
    return "BT /F1 12 Tf 50 750 Td\n" + "".join(f"{shown(line)} 0 -20 Td\n" for line in lines) + "ET"

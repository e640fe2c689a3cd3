"""A reviewed document as one web page: its lines, marks in them, the remarks below. No script, no network."""

from __future__ import annotations

from html import escape
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple

from plantrack.findings import Level
from plantrack.language import BLANKS, Text, text, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plantrack.documents import Document
    from plantrack.formats.review.remarks import Remark, Remarks
    from plantrack.language import Language

STYLE = """
:root { color-scheme: light dark; --line: #bbb; --error: #c00; --warning: #a60; --note: #06a; }
@media (prefers-color-scheme: dark) { :root { --line: #555; --error: #f88; --warning: #fb6; --note: #8cf; } }
body { font-family: "Noto Serif CJK SC", "Songti SC", SimSun, serif; line-height: 1.7; max-width: 48em;
  margin: 1em auto; padding: 0 1em; overflow-wrap: anywhere; }
table { border-collapse: collapse; margin: 0.5em 0; } td { border: 1px solid var(--line); padding: 0.1em 0.5em; }
p { margin: 0.3em 0; min-height: 1em; } header p { color: GrayText; }
mark { background: none; color: inherit; border-bottom: 0.15em solid var(--note); }
mark.error { border-color: var(--error); } mark.warning { border-color: var(--warning); }
aside { border-left: 0.25em solid var(--note); margin: 0.5em 0 0.5em 1em; padding: 0.1em 0.8em;
  font-family: "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; font-size: 0.9em; }
aside.error { border-color: var(--error); } aside.warning { border-color: var(--warning); }
@media print { body { max-width: none; } aside { break-inside: avoid; } }
"""


class _Numbered(NamedTuple):
    """A remark and its number on the page."""

    number: int
    remark: Remark


def page_of(document: Document, remarks: Remarks, notes: Sequence[Text], language: Language) -> str:
    """The page; `notes` stand above the document."""
    return "\n".join(_lines(document, remarks, notes, language)) + "\n"


def _lines(document: Document, remarks: Remarks, notes: Sequence[Text], language: Language) -> Iterator[str]:
    title = _escaped(text("Review of {file}", file=document.file.rpartition("/")[2]).say(language))
    yield f'<!DOCTYPE html>\n<html lang="{"zh-CN" if language == "zh" else "en"}">\n<head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    yield f"<title>{title}</title><style>{STYLE}</style></head>\n<body><header><h1>{title}</h1>"
    yield from (f"<p>{_escaped(note.say(language))}</p>" for note in notes)
    numbered = [_Numbered(number, each) for number, each in enumerate((*remarks.astray, *remarks.placed), 1)]
    astray = len(remarks.astray)
    yield from (_aside(each) for each in numbered[:astray])
    yield "</header><main>"
    by_line = {
        line: list(some)
        for line, some in groupby(numbered[astray:], lambda each: document.line_at(each.remark.start))
    }
    rows = ((at, "\t" in line) for at, line in enumerate(document.lines, 1))
    for is_table, group in groupby(rows, lambda each: each[1]):
        lines = [at for at, _ in group]
        yield from (_table if is_table else _paragraphs)(document, lines, by_line)
    yield "</main></body></html>"


def _table(document: Document, lines: Sequence[int], by_line: dict[int, list[_Numbered]]) -> Iterator[str]:
    yield "<table>"
    for line in lines:
        cells = "".join(
            f"<td>{cell}</td>" for cell in _marked(document, line, by_line.get(line, ())).split("\t")
        )
        yield f'<tr id="line{line}">{cells}</tr>'
    yield "</table>"
    yield from (_aside(each) for line in lines for each in by_line.get(line, ()))


def _paragraphs(
    document: Document, lines: Sequence[int], by_line: dict[int, list[_Numbered]]
) -> Iterator[str]:
    for line in lines:
        remarks = by_line.get(line, ())
        yield f'<p id="line{line}">{_marked(document, line, remarks)}</p>'
        yield from (_aside(each) for each in remarks)


def _marked(document: Document, line: int, remarks: Sequence[_Numbered]) -> str:
    """The text of a line; each stretch that remarks are about is marked, with their numbers behind it."""
    start = document.starts[line - 1]
    end = start + len(document.lines[line - 1])
    edges = {start, end}
    for _, each in remarks:
        edges |= {max(start, each.start), min(end, each.end)}
    tabs = [at for at in range(start, end) if document.text[at] == "\t"]
    ordered = sorted({*edges, *tabs, *(at + 1 for at in tabs)})
    parts = []
    for first, last in pairwise(ordered):
        words = _escaped(document.text[first:last])
        over = [each for each in remarks if each.remark.start < last and first < each.remark.end]
        over = [] if words == "\t" else over
        ending = [each for each in over if min(end, each.remark.end) == last]
        grave = min((each.remark.level for each in over), key=list(Level).index, default=None)
        links = "".join(
            f'<sup><a href="#r{number}" id="m{number}">{number}</a></sup>' for number, _ in ending
        )
        parts.append(f'<mark class="{grave.value}">{words}</mark>{links}' if grave is not None else words)
    return "".join(parts)


def _aside(numbered: _Numbered) -> str:
    number, remark = numbered
    said = " ".join(map(_escaped, remark.sentences))
    back = f'<a href="#m{number}">{number}</a>' if remark.end else str(number)
    return f'<aside id="r{number}" class="{remark.level.value}">{back} {said}</aside>'


def _escaped(said: str) -> str:
    return escape(visible(said, keep=f"{BLANKS}\t"))

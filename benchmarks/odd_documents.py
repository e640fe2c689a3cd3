"""Odd documents, each read, drafted and reviewed within a limit of time: what is told, and what is lost.

python benchmarks/odd_documents.py           a hundred documents
python benchmarks/odd_documents.py 2000 7    two thousand, from another seed

A document has paragraphs and tables with numbers that stand nowhere else, and sentences put together from words of
plans. It is written as .docx, .html, .xlsx, .txt or .pdf, its structure is damaged between them (elements that are
nested, left out, repeated or unknown) and then, in every other one, its bytes. The reader must end in time, raise
nothing but its own error, and find every number that stands in an intact paragraph or cell, unless it tells that
something was not read. What is drafted from it must be a plan file, what is reviewed must end in a copy, or either
in one sentence.
"""

from __future__ import annotations

import contextlib
import io
import logging
import random
import resource
import signal
import sys
import tempfile
import time
import warnings
import zipfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

import openpyxl

import documents as made
from plantrack.cli import run
from plantrack.documents import read_numbers, read_outline
from plantrack.draft.reading import read_drafted
from plantrack.errors import PlantrackError
from plantrack.reading import load_catalogue, read_plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

SECONDS = 20
"""Of processor time for one document; more is a hang."""
UNFORESEEN = "internal error"
SEED = 20261128
ROUNDS = 8


class Odd(NamedTuple):
    """A document: its suffix, its bytes, and the numbers that a reader must find or tell about."""

    suffix: str
    content: bytes
    numbers: frozenset[str]
    damaged: bool


class Seen(NamedTuple):
    """What came of one document."""

    what: str
    suffix: str
    seconds: float
    said: str


# -- documents -----------------------------------------------------------------------------------


def document(seed: int) -> Odd:
    """The odd document of a seed."""
    chance = random.Random(seed)
    suffix = chance.choice(tuple(WRITERS))
    numbers = iter(_numbers(chance))
    content, kept = WRITERS[suffix](chance, numbers)
    damaged = chance.random() < 0.5
    if damaged:
        odd = _damaged(content, chance)
        return Odd(suffix, odd, frozenset(_intact(suffix, content, odd, kept)), damaged=True)
    return Odd(suffix, content, frozenset(kept), damaged=False)


def _numbers(chance: random.Random) -> Iterator[str]:
    """Numbers that no other place of the document has."""
    told: set[str] = set()
    while True:
        number = f"{chance.randint(1000, 999_999)}.{chance.randint(10, 99)}"
        if number not in told:
            told.add(number)
            yield number


def _sentence(number: str) -> str:
    return f"2020年末，存款余额达到{number}亿元，保持增长。"


FRAGMENTS = (
    *(
        "到2025年，",
        "2020年末，",
        "“十三五”时期，",
        "较“十二五”末",
        "从2015年的",
        "目前",
        "其中，",
        "（",
        "）",
        "“",
        "”",
        "、",
    ),
    *(
        "存款余额",
        "存贷款余额",
        "城镇、农村居民收入",
        "三次产业结构",
        "绿地",
        "占GDP的比重",
        "增速",
        "规模",
        "平均受教育年限",
    ),
    *(
        "分别",
        "均",
        "年均",
        "增长",
        "提高",
        "新增",
        "下降到",
        "达到",
        "突破",
        "超过",
        "连续跨越",
        "打造",
        "为",
        "居全国第",
        "前",
    ),
    *(
        "3",
        "5.5",
        "12",
        "0",
        "2020",
        "1,234.5",
        "两",
        "翻一番",
        "首位",
        "三分之一",
        "—",
        ":",
        "％",
        "%",
        "个百分点",
        "亿元",
        "家",
    ),
    *(
        "万余户",
        "天",
        "倍",
        "多万人",
        "位",
        "个台阶",
        "英寸晶圆",
        "Eflops",
        "微克/立方米",
        "以上",
        "左右",
        "，",
        "；",
        "。",
        "\u3000",
    ),
    *(
        "高于全国",
        "低于上年",
        "创历史新高",
        "等",
        "和",
        "的",
        "级",
        "内",
        "台阶",
        "。经营主体壮大。总量",
        "\u00a0",
        "-",
        "１",
    ),
)
"""Parts of sentences, in any order."""


def _prose(chance: random.Random) -> str:
    return "".join(chance.choices(FRAGMENTS, k=chance.choice((10, 60, 400))))


def _in_word(chance: random.Random, numbers: Iterator[str]) -> tuple[bytes, list[str]]:
    kept: list[str] = []
    blocks = [_word_block(chance, numbers, kept) for _ in range(chance.randint(1, ROUNDS))]
    with tempfile.TemporaryDirectory() as folder:
        return made.write_word(Path(folder) / "x.docx", *blocks).read_bytes(), kept


def _word_block(chance: random.Random, numbers: Iterator[str], kept: list[str]) -> str:
    return _nested(made.paragraph, WORD, chance, numbers, kept)


def _nested(
    paragraph: Callable[[str], str],
    wraps: Sequence[Callable[..., str]],
    chance: random.Random,
    numbers: Iterator[str],
    kept: list[str],
) -> str:
    """A paragraph with a number that is kept, within up to four others."""
    number = next(numbers)
    kept.append(number)
    block = paragraph(_sentence(number)) + paragraph(_prose(chance))
    for _ in range(chance.randint(0, 4)):
        block = chance.choice(wraps)(block, chance, numbers, kept)
    return block


def _word_table(block: str, chance: random.Random, numbers: Iterator[str], kept: list[str]) -> str:
    more = [next(numbers) for _ in range(chance.randint(1, 3))]
    kept.extend(more)
    span = chance.choice(("", "<w:vMerge/>", '<w:gridSpan w:val="99999"/>', '<w:gridSpan w:val="x"/>'))
    cells = [made.cell(block), *(made.cell(each, properties=span) for each in more)]
    return made.table(made.row(*cells), made.row("名称", chance.choice(("", "—"))))


def _around(begin: str, end: str) -> Callable[..., str]:
    return lambda block, *_: f"{begin}{block}{end}"


WORD: tuple[Callable[..., str], ...] = (
    _word_table,
    _around("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
    _around("<w:ins>", "</w:ins>"),
    _around("<w:customXml>", "</w:customXml>"),
    _around("<w:unknown>", "</w:unknown>"),
    _around("<mc:AlternateContent><mc:Choice>", "</mc:Choice></mc:AlternateContent>"),
    _around("<w:p/>" * 50, ""),
    _around("<w:bookmarkStart/>", "<w:tbl><w:tr/></w:tbl>"),
    _around("<!-- 1 -->", "<?odd 2?>"),
    lambda block, *_: block.replace("存款", "存<!-- -->款").replace(
        "余额", '</w:t><w:tab/><w:t xml:space="preserve">余额'
    ),
    lambda block, *_: block.replace("</w:t>", "<!-- -->" + " " * 300 + "</w:t>"),
)


def _in_page(chance: random.Random, numbers: Iterator[str]) -> tuple[bytes, list[str]]:
    kept: list[str] = []
    blocks = [_page_block(chance, numbers, kept) for _ in range(chance.randint(1, ROUNDS))]
    end = chance.choice(("</body></html>", "", "</html>", "</div></table>"))
    late = next(numbers)
    kept.append(late)
    page = f'<html><head><meta charset="utf-8"></head><body>{"".join(blocks)}{end}<p>{_sentence(late)}</p>'
    return page.encode(), kept


def _page_block(chance: random.Random, numbers: Iterator[str], kept: list[str]) -> str:
    return _nested("<p>{}</p>".format, PAGE, chance, numbers, kept)


def _page_table(block: str, chance: random.Random, numbers: Iterator[str], kept: list[str]) -> str:
    more = [next(numbers) for _ in range(chance.randint(1, 3))]
    kept.extend(more)
    span = chance.choice(("", " colspan=99999", " rowspan=65534", " colspan=x"))
    return f"<table><tr><td>{block}</td>{''.join(f'<td{span}>{each}' for each in more)}</tr><tr></table>"


PAGE: tuple[Callable[..., str], ...] = (
    _page_table,
    _around("<div>" * 3000, "</div>" * 3000),
    _around("<span>" * 300, ""),
    _around("<b><i>", "</b></i>"),
    _around("<pre>\t", "</pre>"),
    _around("<unknown>", "</unknown>"),
    _around("<li><li>", "</ul>"),
    _around("<td>", "</tr>"),
    _around("<!-- 1 -->", "<![CDATA[2]]>"),
    _around("<br>" * 200, "<sup>1</sup>"),
    _around("<style>.x{display:none}</style><p class=x>暗</p>", "<script>if (1 < 2) {}</script>"),
)


def _in_text(chance: random.Random, numbers: Iterator[str]) -> tuple[bytes, list[str]]:
    lines, kept = [], []
    for _ in range(chance.randint(1, 3 * ROUNDS)):
        number = next(numbers)
        kept.append(number)
        lines.append(_prose(chance))
        line = chance.choice((_sentence(number), f"存款\t{number}\t—", f"“{number}”", f"①{number}②"))
        lines.append(chance.choice(TEXT)(line))
    encoding = chance.choice(("utf-8", "utf-8-sig", "gb18030", "utf-16"))
    return chance.choice(("\n", "\r\n", "\r", "\n\n\n")).join(lines).encode(encoding), kept


TEXT: tuple[Callable[[str], str], ...] = (
    lambda line: line,
    lambda line: line + "，存款" * 20_000,
    lambda line: " " * 20_000 + line,
    lambda line: "\t①" * 5_000 + line,
    lambda line: "2020、" * 5_000 + line,
    lambda line: "—" * 20_000 + line,
    lambda line: "\x00\x1b[31m\u202e" + line,
    lambda line: line + "1 " * 5_000,
)


def _in_pdf(chance: random.Random, numbers: Iterator[str]) -> tuple[bytes, list[str]]:
    pages, kept = [], []
    for _ in range(chance.randint(1, ROUNDS)):
        found = [next(numbers) for _ in range(chance.randint(0, 4))]
        kept += found
        pages.append(chance.choice(PDF)(made.page_of(_prose(chance)[:60], *map(_sentence, found))))
    return made.pdf_of(*pages), kept


PDF: tuple[Callable[[str], str], ...] = (
    lambda page: page,
    lambda page: "q 1 0 0 1 0 0 cm\n" * 2000 + page,
    lambda page: page + "\n/Im1 Do",
    lambda page: page + "\n/Unknown Do BT ET Q Q Q",
    lambda page: "% 1\n" * 500 + page,
    lambda page: page.replace("12 Tf", "0.001 Tf"),
)

VALUES = (0.15, 1234.5, -3, 1e300, True, "=1/0", "=A1", None, date(2020, 1, 2), "１２", "#N/A")
FORMATS_OF_CELLS = (
    "0.0%",
    "#,##0",
    "0.00",
    '0"家"',
    "@",
    ";;;",
    "[Red]-0",
    "yyyy-mm-dd",
    "# ?/?",
    "0.0E+00",
    "\\x",
)


def _in_workbook(chance: random.Random, numbers: Iterator[str]) -> tuple[bytes, list[str]]:
    heading = ["指标", "单位", "2020年", "2025年", "年均增长（%）"]
    rows = [
        chance.choice(([], heading, [_prose(chance)[:40], "亿元", next(numbers), "150", "8.0", None]))
        for _ in range(20)
    ]
    book, made_file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    for cell in chance.choices([each for row in book.active.iter_rows() for each in row], k=9):
        cell.value, cell.number_format = chance.choice(VALUES), chance.choice(FORMATS_OF_CELLS)
    book.save(made_file)
    return made_file.getvalue(), []


WRITERS: dict[str, Callable[[random.Random, Iterator[str]], tuple[bytes, list[str]]]] = {
    ".docx": _in_word,
    ".html": _in_page,
    ".txt": _in_text,
    ".pdf": _in_pdf,
    ".xlsx": _in_workbook,
}


# -- damage to bytes -----------------------------------------------------------------------------


def _damaged(content: bytes, chance: random.Random) -> bytes:
    """The same file with bytes changed, left out, repeated or cut off; in an archive, those of a part."""
    if not zipfile.is_zipfile(io.BytesIO(content)) or chance.random() < 0.3:
        return _bytes_damaged(content, chance)
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        names = old.namelist()
        hit = chance.choice((*names, "word/document.xml", "word/document.xml", "word/styles.xml"))
        for name in names:
            part = old.read(name)
            if name != hit:
                new.writestr(name, part)
            elif chance.random() < 0.8:
                new.writestr(name, _bytes_damaged(part, chance))
    return written.getvalue()


def _intact(suffix: str, before: bytes, after: bytes, numbers: list[str]) -> Iterator[str]:
    """Of a text, the numbers that still stand there between the same signs."""
    if suffix != ".txt" or before.startswith((b"\xff\xfe", b"\xfe\xff")):
        return
    for number in numbers:
        at = before.index(number.encode())
        if before[max(0, at - 4) : at + len(number) + 4] in after:
            yield number


def _bytes_damaged(content: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(content)
    for _ in range(chance.choice((1, 1, 3, 20))):
        at = chance.randrange(len(damaged) + 1)
        length = chance.choice((1, 2, 8, 200))
        way = chance.randrange(4)
        if way == 0:
            damaged[at : at + length] = chance.randbytes(length)
        elif way == 1:
            del damaged[at : at + length]
        elif way == 2:
            damaged[at:at] = damaged[at : at + length] * chance.choice((1, 10))
        else:
            damaged[at:at] = chance.choice(
                (b"<", b">", b"&#0;", b"\x00", b"</w:p>", b"endobj", b"<w:p>", b"]]>")
            )
    return bytes(damaged[: chance.randrange(len(damaged) + 1)] if chance.random() < 0.2 else damaged)


# -- reading -------------------------------------------------------------------------------------


def seen(seed: int) -> Seen:
    """What comes of the document of a seed."""
    odd = document(seed)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"odd{odd.suffix}"
        file.write_bytes(odd.content)
        start = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        what, said = _read(file, odd)
        if what not in BAD:
            what, said = _used(file) or (what, said)
        signal.setitimer(signal.ITIMER_PROF, 0)
    return Seen(what, odd.suffix, time.process_time() - start, f"{seed}: {said}")


def _read(file: Path, odd: Odd) -> tuple[str, str]:
    try:
        read = read_drafted(file)
        found = {each.text for each in read_numbers(read_outline(read)).all}
    except PlantrackError as error:
        return ("refused whole" if odd.numbers and not odd.damaged else "refused"), str(error)[-90:]
    except Hang:
        return "hang", f"more than {SECONDS} s"
    except Exception as error:
        return "crash", repr(error)
    missing = sorted(number for number in odd.numbers if number not in found)
    if missing and not read.not_read:
        return "lost", " ".join(missing)
    return ("told" if missing else "read"), ""


def _used(file: Path) -> tuple[str, str] | None:
    """What is amiss with the draft and the review of a document: a hang, an error that nobody foresaw, no plan."""
    plan, copy = (
        file.with_name("plan.yaml"),
        file.with_name(f"copy{'.docx' if file.suffix == '.docx' else '.html'}"),
    )
    years = ("--base", "2020", "--target", "2025")
    for arguments in (
        ("draft", str(file), *years, "-o", str(plan)),
        ("review", str(file), *years, "--notes", "--exit-zero", "-o", str(copy)),
    ):
        told = io.StringIO()
        try:
            with contextlib.redirect_stderr(told), contextlib.redirect_stdout(told):
                run(["--lang", "en", *arguments])
        except Hang:
            return "hang", f"{arguments[0]}: more than {SECONDS} s"
        if UNFORESEEN in told.getvalue():
            return "crash", f"{arguments[0]}: {told.getvalue()[-200:]!r}"
    if plan.exists() and (errors := read_plan(plan.read_bytes(), plan.name, load_catalogue()).errors):
        return "crash", f"the plan has errors: {errors[0].message}"
    return None


class Hang(BaseException):
    """A document takes too long."""


def _hang(_signal: int, _frame: object) -> None:
    raise Hang


def _limited() -> None:
    """Prepare a process: little memory, an end to what takes too long, no words of libraries."""
    warnings.simplefilter("ignore")
    logging.disable()
    signal.signal(signal.SIGPROF, _hang)
    resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))


def main(number: int, seed: int) -> int:
    """Read them all and print counts, the slowest and the peak of memory; 1 where one is amiss."""
    with ProcessPoolExecutor(2, initializer=_limited) as pool:
        results = list(pool.map(seen, range(seed, seed + number), chunksize=5))
    for suffix in WRITERS:
        counts = Counter(each.what for each in results if each.suffix == suffix)
        print(suffix, dict(sorted(counts.items())))
    slowest = max(results, key=lambda each: each.seconds)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"slowest {slowest.seconds:.2f} s ({slowest.suffix} {slowest.said}), peak memory {peak} MB")
    amiss = [each for each in results if each.what in BAD]
    for each in amiss[:20]:
        print(each.what, each.suffix, each.said)
    return 1 if amiss else 0


BAD = ("crash", "hang", "lost", "refused whole")

if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    sys.exit(main(*(given + [100, SEED][len(given) :])))

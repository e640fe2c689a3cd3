"""Has LibreOffice open the pages that offices pass on: each becomes a PDF of two pages at most that has all rows.

Run it as `python tests/clients/office.py [DIR]`; it takes soffice and poppler's pdftotext (Debian: libreoffice-writer,
libreoffice-calc, poppler-utils), and is skipped with a word where one is missing. With DIR the PDFs stay there.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from plantrack.cli import run

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent.parent
ACTUALS = ["--actuals", str(ROOT / "docs" / "examples" / "actuals.csv"), "--year", "2023"]
COMMANDS = {
    "tasks": ["path", "zhaoqing"],
    "zhuhai": ["path", "zhuhai"],
    "progress": ["track", "zhaoqing", *ACTUALS],
    "proof-list": ["check", "zhaoqing", "--exit-zero"],
}
LAST_ROW = {
    "tasks": "涉农贷款余额",
    "zhuhai": "培育法人金融机构",
    "progress": "涉农贷款余额",
    "proof-list": "8.50%",
}
MOST = 2
"""Pages of a page to hand on; in a workbook the data stand on pages of their own."""


def written(folder: Path) -> list[Path]:
    files = [folder / f"{name}.{suffix}" for name in COMMANDS for suffix in ("docx", "xlsx")]
    for file in files:
        run(["--lang", "zh", "--plans", str(ROOT / "data" / "plans"), *COMMANDS[file.stem], "-o", str(file)])
    return files


def text_of(pdf: Path) -> list[str]:
    """The text of its pages, without blanks."""
    done = subprocess.run(["pdftotext", "-raw", str(pdf), "-"], capture_output=True, text=True, check=True)  # noqa: S607
    return ["".join(page.split()) for page in done.stdout.split("\f")[:-1]]


def amiss(file: Path, folder: Path) -> Iterator[str]:
    name = f"{file.stem}.{file.suffix[1:]}"
    copy = folder / name.replace(".", "-")
    shutil.copy(file, copy.with_suffix(file.suffix))
    convert = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run(
        [*convert, str(copy.with_suffix(file.suffix))], capture_output=True, check=False, timeout=180
    )
    if not copy.with_suffix(".pdf").exists():
        yield f"{name}: LibreOffice cannot open it"
        return
    pages = text_of(copy.with_suffix(".pdf"))
    ours = pages[:MOST] if file.suffix == ".xlsx" else pages
    if len(ours) > MOST:
        yield f"{name}: {len(ours)} pages"
    if not any(LAST_ROW[file.stem] in page for page in ours):
        yield f"{name}: the last row is not on the page"


def main() -> int:
    missing = [each for each in ("soffice", "pdftotext") if shutil.which(each) is None]
    if missing:
        print(f"skipped: {', '.join(missing)} not found")
        return 0
    with tempfile.TemporaryDirectory() as made:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(made)
        folder.mkdir(exist_ok=True)
        found = [each for file in written(Path(made)) for each in amiss(file, folder)]
    for each in found:
        print(each)
    print(f"{2 * len(COMMANDS)} files opened, {len(found)} wrong")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())

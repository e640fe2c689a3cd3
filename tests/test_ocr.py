"""Pages that are pictures: recognised where the extra for that is installed, and never believed."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from matplotlib.figure import Figure

import documents as made
from first_principles import CATALOGUE
from plantrack.documents import ocr, read_document
from plantrack.documents.ocr import Piece, lines_of
from plantrack.draft.drafting import Wish, draft_plan
from plantrack.errors import PlantrackError

SCAN = ["2020年，绿地面积310公顷。", "到2025年，绿地面积达到350公顷。"]


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """A PDF of a page with text and one without."""
    file = tmp_path / "scan.pdf"
    file.write_bytes(made.pdf_of(made.page_of("1 2 3"), ""))
    return file


@pytest.fixture
def recogniser(monkeypatch: pytest.MonkeyPatch) -> Callable[[Exception | None], None]:
    """The extra, as far as it goes here: it reads `SCAN` on every page, or fails."""

    def install(failure: Exception | None = None) -> None:
        def recognised(_: Path, pages: list[int]) -> Iterator[list[str]]:
            if failure is not None:
                raise failure
            yield from ([*SCAN] for _ in pages)

        monkeypatch.setattr(ocr, "can_recognise", lambda: True)
        monkeypatch.setattr(ocr, "recognised", recognised)

    return install


def told(file: Path) -> str:
    return " ".join(each.say("en") for each in read_document(file).not_read)


def test_every_number_of_a_picture_awaits_a_person(
    scan: Path, recogniser: Callable[[Exception | None], None]
) -> None:
    recogniser(None)
    document = read_document(scan)
    assert "whose text was recognised from pictures: 2 (digits may be wrong" in told(scan)
    assert document.recognised == {2, 3}
    draft = draft_plan(document, CATALOGUE, Wish(2020, 2025))
    assert [each.printed for each in draft.placed] == ["310公顷", "达到350公顷"]
    assert draft.doubtful == 2
    assert draft.content.count('confirm: "由图片识别') == 2


def test_what_fails_is_told_and_the_page_is_not_read(
    scan: Path, recogniser: Callable[[Exception | None], None]
) -> None:
    recogniser(RuntimeError("no model"))
    assert "pages without text: 2" in told(scan)
    assert "the recognition of pictures failed: RuntimeError('no model')" in told(scan)


def test_without_the_extra_it_is_named(scan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "MODULES", ("no_such_module",))
    assert 'pages without text: 2 (scans need to be recognised first: pip install "plantrack[ocr]")' in told(
        scan
    )
    scan.write_bytes(made.pdf_of(""))
    with pytest.raises(PlantrackError, match=r"plantrack\[ocr\]"):
        read_document(scan)


def test_pieces_side_by_side_are_a_line_and_a_wide_gap_parts_cells() -> None:
    pieces = [
        Piece("350", 300, 21, 330, 31),
        Piece("绿地", 0, 20, 20, 30),
        Piece("面积", 22, 19, 42, 29),
        Piece("指标", 0, 0, 20, 10),
        Piece("2025年", 290, 2, 340, 12),
    ]
    assert lines_of(pieces) == ["指标\t2025年", "绿地面积\t350"]
    assert lines_of([]) == []


@pytest.mark.skipif(not ocr.can_recognise(), reason="the extra ocr is not installed")
def test_digits_on_a_drawn_page_are_recognised(tmp_path: Path) -> None:
    file, page = tmp_path / "page.pdf", Figure(figsize=(8, 11))
    for height, said in ((0.9, "1234.5"), (0.8, "678.9")):
        page.text(0.1, height, said, size=14)
    page.savefig(file)
    (lines,) = ocr.recognised(file, [1])
    assert lines == ["1234.5", "678.9"]

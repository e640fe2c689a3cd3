"""Charts in the terminal and pictures in files."""

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import font_manager

from plantrack.cli import run
from plantrack.formats.chart import FULL, PLAIN, chart_lines, signs_for
from plantrack.formats.picture import drawn
from plantrack.formats.sheet import width_of
from plantrack.paths import Wish, yearly_tasks
from plantrack.reading import find_plan, load_catalogue, read_plan_file
from plantrack.reading.actuals_file import load_actuals
from plantrack.views.drawing import Drawing, Goal, Point, Strip, draw_tasks
from plantrack.views.names import Names
from test_cli import ROOT, output

Captured = pytest.CaptureFixture[str]
CATALOGUE = load_catalogue()
ACTUALS = str(ROOT / "docs" / "examples" / "actuals.csv")


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANTRACK_LANG", "en")
    monkeypatch.delenv("PLANTRACK_PLANS", raising=False)
    monkeypatch.chdir(ROOT)


values = st.floats(-1e6, 1e6).map(lambda value: round(value, 2))


@st.composite
def drawings(draw: st.DrawFn) -> Drawing:
    found = draw(st.lists(values, min_size=2, max_size=12))
    line = tuple(Point(2020 + at, value, f"{value:.2f}") for at, value in enumerate(found))
    history = tuple(
        Point(2019 - at, value, f"{value:.2f}") for at, value in enumerate(draw(st.lists(values, max_size=4)))
    )
    published = tuple(
        Point(2020 + at, value, f"{value:.2f}") for at, value in enumerate(draw(st.lists(values, max_size=4)))
    )
    band = tuple(Strip(point.year, point.value - 50, point.value + 50) for point in line)
    goal = Goal(line[-1], draw(st.sampled_from(["up", "down", None])))
    return Drawing(
        "肇庆市", "保费收入（亿元）", line, band, (*history, line[0]), published, goal, line[-1].year, ()
    )


@given(drawings(), st.integers(60, 200), st.sampled_from(["zh", "en"]))
def test_a_chart_keeps_within_the_terminal_and_its_columns_stand_under_one_another(
    drawing: Drawing, width: int, language: str
) -> None:
    """No line is wider than the terminal; every year has a line, and every value has a mark."""
    lines = list(chart_lines(drawing, PLAIN, language, width=width))
    assert all(width_of(line) <= width for line in lines)
    body = lines[2 : 2 + len(drawing.years)]
    assert [line.split()[0] for line in body] == [str(year) for year in drawing.years]
    published = {point.year for point in drawing.actuals}
    assert [year for line, year in zip(body, drawing.years, strict=True) if "x" in line] == sorted(published)


def test_the_greatest_value_stands_furthest_right() -> None:
    line = tuple(Point(2020 + at, float(at), str(at)) for at in range(4))
    drawing = Drawing("", "x", line, (), (), (), None, 2023, ())
    shown = list(chart_lines(drawing, FULL, "zh", width=80))[2:6]
    places = [width_of(row[: row.index("○")]) for row in shown]
    assert places == sorted(set(places))
    assert places[-1] == 79


@pytest.mark.parametrize(
    ("encoding", "signs"), [("utf-8", FULL), ("UTF8", FULL), ("gbk", PLAIN), ("cp936", PLAIN), (None, PLAIN)]
)
def test_a_terminal_gets_signs_that_it_can_show(encoding: str | None, signs: object) -> None:
    assert signs_for(encoding) is signs
    if signs is PLAIN:
        "".join(PLAIN).encode("ascii")


def test_a_chart_shows_path_target_and_actuals(capsys: Captured) -> None:
    shown = output(
        capsys, "path", "zhaoqing", "-i", "上市挂牌企业", "--chart", "--actuals", ACTUALS
    ).splitlines()
    (met,) = [line for line in shown if line.startswith("2022")]
    (due,) = [line for line in shown if line.startswith("2025")]
    assert met.split()[:3] == ["2022", "33", "51"]
    assert "◆" in met
    assert "≥50" in due
    assert due.endswith("▸")
    assert all(width_of(line) <= 80 for line in shown)


def test_a_chart_is_for_the_terminal(capsys: Captured, tmp_path: Path) -> None:
    for more in (["-o", str(tmp_path / "x.svg")], ["-f", "json"]):
        assert run(["path", "zhuhai", "-i", "loans", "--chart", *more]) == 2
        assert "-o path.svg" in capsys.readouterr().err


def test_pictures_say_what_to_install(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    assert run(["path", "zhuhai", "-o", str(tmp_path / "x.svg")]) == 2
    assert 'pip install "plantrack[charts]"' in capsys.readouterr().err
    assert not (tmp_path / "x.svg").exists()


@pytest.mark.parametrize(("suffix", "start"), [("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_a_picture_is_the_same_every_time(tmp_path: Path, suffix: str, start: bytes) -> None:
    files = [tmp_path / f"{number}.{suffix}" for number in range(2)]
    for file in files:
        assert run(["path", "zhaoqing", "-i", "premium", "--actuals", ACTUALS, "-o", str(file)]) == 0
    assert files[0].read_bytes().startswith(start)
    assert files[0].read_bytes() == files[1].read_bytes()


def test_a_suffix_that_is_no_format_names_those_that_are(capsys: Captured) -> None:
    assert run(["path", "zhuhai", "-o", "x.bmp"]) == 2
    said = capsys.readouterr().err
    assert all(each in said for each in (".csv", ".xlsx", ".svg", ".png", ".pdf"))


# -- fonts ---------------------------------------------------------------------------------------


def test_without_a_font_the_reader_is_told_what_to_install(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Never boxes instead of characters: matplotlib's own font of last resort does not count."""
    bundled = Path(font_manager.__file__).parent
    own = [each for each in font_manager.fontManager.ttflist if bundled in Path(each.fname).parents]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", own)
    monkeypatch.setattr(font_manager, "findSystemFonts", list)
    file = tmp_path / "x.png"
    assert run(["path", "zhuhai", "-i", "loans", "-o", str(file), "--lang", "zh"]) == 2
    assert "fonts-noto-cjk" in capsys.readouterr().err
    assert not file.exists()
    assert run(["path", "zhuhai", "-i", "loans", "-o", str(file), "--lang", "en"]) == 0


@pytest.mark.usefixtures("chinese_font")
def test_a_chinese_picture_where_there_is_a_font(tmp_path: Path) -> None:
    assert run(["path", "zhuhai", "-i", "loans", "-o", str(tmp_path / "x.svg"), "--lang", "zh"]) == 0


# -- small multiples -----------------------------------------------------------------------------


def written_in(panels: list[Drawing]) -> list[list[str]]:
    """What is written beside the points of each panel."""
    figure = drawn(panels, "plan", "en")
    return [[each.get_text() for each in panel.texts] for panel in figure.axes[: len(panels)]]


def drawings_of(plan: str, actuals: str | None = None) -> list[Drawing]:
    loaded = read_plan_file(find_plan(plan, None), CATALOGUE).require()
    given = load_actuals(Path(actuals), loaded, CATALOGUE).actuals if actuals else ()
    tasks = yearly_tasks(loaded, CATALOGUE, Wish(actuals=given))
    return list(draw_tasks(tasks, given, Names(loaded.model, CATALOGUE)))


def test_a_whole_table_is_drawn_in_its_order_with_the_value_of_every_year() -> None:
    panels = drawings_of("zhaoqing")
    assert [each.name.say("zh") for each in panels][:2] == [
        "金融业增加值（亿元）",
        "金融业增加值占地区生产总值的比重（%）",
    ]
    assert len(panels) == 14
    first, *_ = written_in(panels)
    assert sorted(first, key=float) == ["110.05", "121.43", "133.99", "147.84", "163.13", "180"]


def test_a_value_that_is_published_as_well_is_written_once() -> None:
    shares = next(each for each in drawings_of("zhaoqing", ACTUALS) if "%" in each.name.say("zh"))
    (written,) = written_in([shares])
    assert sorted(written) == ["4.8", "4.9", "5.0", "5.1", "5.20", "5.3"]


def test_the_band_is_drawn_only_where_it_can_be_seen() -> None:
    seen = {each.name.say("zh"): each.is_band_seen for each in drawings_of("zhaoqing")}
    assert [name for name, is_seen in seen.items() if is_seen] == [
        "金融业增加值占地区生产总值的比重（%）",
        "直接融资比重（%）",
    ]


def test_several_indicators_stand_in_one_picture(tmp_path: Path) -> None:
    file = tmp_path / "two.svg"
    assert run(["path", "zhaoqing", "-i", "premium", "-i", "loans", "-o", str(file)]) == 0
    assert file.read_text(encoding="utf-8").count('id="axes_') == 2

"""Paths as pictures: SVG, PNG, PDF. The only matplotlib import, part of the extra `charts`.

Every character is looked up in the font before it is drawn: where no font here has them all, the
reader is told what to install, and never sees boxes.
"""

from __future__ import annotations

import io
import logging
import math
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from plantrack import __version__
from plantrack.errors import PlantrackError
from plantrack.language import Language, say, text
from plantrack.views.drawing import MARKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from plantrack.views.drawing import Drawing, Point

FONTS = (
    "Noto Sans CJK SC", "Source Han Sans SC", "Source Han Sans CN", "Noto Sans SC", "Microsoft YaHei",
    "PingFang SC", "Hiragino Sans GB", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei", "SimHei", "DengXian",
    "Heiti SC", "STHeiti", "Noto Sans CJK JP", "Noto Sans CJK TC", "Noto Sans CJK HK", "Noto Sans CJK KR",
    "Droid Sans Fallback", "Arial Unicode MS", "Noto Serif CJK SC", "Source Han Serif SC", "SimSun",
    "Songti SC",
)  # fmt: skip
"""Fonts with Chinese, the most legible first; any other that has all characters will do after them."""
LATIN = "DejaVu Sans"
"""Comes with matplotlib."""
LINE, BAND, PRINTED, ACTUAL, GREY = "#1F5FA8", "#1F5FA8", "#222222", "#D9601A", "#777777"
DPI = 160
SAME = 1e-4
"""How near two values are that would be written one over the other."""
MAX_TICKS = 12
OWN_SHAPES = 0.9


def picture_bytes(drawings: Sequence[Drawing], form: str, source: str, language: Language) -> bytes:
    """One picture (`svg`, `png` or `pdf`) of one or several paths, a panel each; `source` is written below it.

    Raises:
        PlantrackError: where matplotlib is not installed, or no font has the characters.
    """
    try:
        import matplotlib as mpl  # noqa: PLC0415 - part of an extra, and slow
    except ImportError:
        raise PlantrackError(
            text('to draw pictures, install what it takes: pip install "plantrack[charts]"')
        ) from None
    logging.getLogger("matplotlib.font_manager").setLevel(
        logging.ERROR
    )  # no word of weights that a font lacks
    with mpl.rc_context():
        mpl.rcdefaults()  # a reader's own settings must not turn text into markup
        mpl.rcParams.update(_SETTINGS | {"font.family": font_for([*_words(drawings, language), source])})
        figure = drawn(drawings, source, language)
        stream = io.BytesIO()
        figure.savefig(stream, format=form, dpi=DPI, metadata=_METADATA[form])
    return stream.getvalue()


def drawn(drawings: Sequence[Drawing], source: str, language: Language) -> Any:  # noqa: ANN401 - matplotlib's figure
    """The panels, the plan above several, what marks mean, the source below."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - part of an extra, and slow

    columns = math.ceil(math.sqrt(len(drawings)))
    rows, is_alone = math.ceil(len(drawings) / columns), len(drawings) == 1
    figure = Figure(figsize=(7.2, 4.4) if is_alone else (4.6 * columns, 3.1 * rows), layout="constrained")
    panels = figure.subplots(rows, columns, squeeze=False).flat
    for panel, drawing in zip(panels, drawings, strict=False):
        _draw(panel, drawing, language, is_alone=is_alone)
    for panel in list(figure.axes)[len(drawings) :]:
        panel.set_axis_off()
    _legend(figure, language)
    if not is_alone:
        figure.suptitle(source, fontsize=12, x=0.01, ha="left")
    figure.supxlabel(f"{source}  ·  plantrack {__version__}", fontsize=7, color=GREY, x=0.99, ha="right")
    return figure


_METADATA: dict[str, dict[str, None]] = {"svg": {"Date": None}, "pdf": {"CreationDate": None}, "png": {}}
"""The same plan gives the same picture."""
_SETTINGS: dict[Any, Any] = {
    "font.size": 9,
    "text.parse_math": False,
    "axes.unicode_minus": False,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": GREY,
    "svg.hashsalt": "plantrack",
    "svg.fonttype": "path",
}


def _words(drawings: Sequence[Drawing], language: Language) -> Iterator[str]:
    yield from (said.say(language) for said in MARKS.values())
    yield f"0123456789.,-%·×plantrack {__version__}"
    for drawing in drawings:
        yield drawing.title(language)
        yield from (say(note, language) for note in drawing.notes)
        yield from (point.label for point in (*drawing.line, *drawing.printed, *drawing.actuals))
        if drawing.goal is not None:
            yield drawing.goal.point.label


def font_for(words: Iterable[str]) -> str:
    """The name of a font that has every character.

    Raises:
        PlantrackError: where there is none, with what to install.
    """
    from matplotlib import font_manager  # noqa: PLC0415 - part of an extra, and slow

    wanted = {ord(sign) for each in words for sign in each if not sign.isspace()}
    for look_again in (False, True):
        if look_again:
            _find_new_fonts()
        known = {entry.name: entry.fname for entry in font_manager.fontManager.ttflist}
        for name in (LATIN, *FONTS, *sorted(known)):
            if name in known and _has_all(known[name], wanted):
                return name
    raise PlantrackError(
        text(
            'no font here has all characters that are needed, such as "{sign}": install one with Chinese '
            "(Debian, Ubuntu: apt install fonts-noto-cjk; Fedora: dnf install google-noto-sans-cjk-fonts; "
            "elsewhere Noto Sans CJK or SimHei), or write --lang en",
            sign=chr(max(wanted)),
        )
    )


def _has_all(file: str, wanted: set[int]) -> bool:
    """Whether a font has shapes for all characters: fonts of last resort have one box for all that are Chinese."""
    from matplotlib import font_manager  # noqa: PLC0415 - part of an extra, and slow

    try:
        shapes = font_manager.get_font(file).get_charmap()
    except (OSError, RuntimeError):
        return False
    return wanted <= shapes.keys() and len({shapes[each] for each in wanted}) > OWN_SHAPES * len(wanted)


def _find_new_fonts() -> None:
    from matplotlib import font_manager  # noqa: PLC0415 - part of an extra, and slow

    known = {entry.fname for entry in font_manager.fontManager.ttflist}
    for file in font_manager.findSystemFonts():
        if file not in known:
            with suppress(OSError, RuntimeError):
                font_manager.fontManager.addfont(file)


def _draw(panel: Any, drawing: Drawing, language: Language, *, is_alone: bool) -> None:  # noqa: ANN401 - matplotlib's axes
    title, size = (drawing.title(language), 11) if is_alone else (say(drawing.name, language), 9.5)
    panel.set_title(title, fontsize=size, loc="left")
    if drawing.is_band_seen:
        band, label = zip(*drawing.band, strict=True), MARKS["band"].say(language)
        panel.fill_between(*band, color=BAND, alpha=0.18, linewidth=0, label=label)
    due = [point for point in drawing.line if point.year <= drawing.due]
    beyond = [point for point in drawing.line if point.year >= drawing.due]
    line = {"color": LINE, "marker": "o", "markersize": 3.5, "linewidth": 1.6}
    panel.plot(*_places(due), "-", label=MARKS["path"].say(language), **line)
    if len(beyond) > 1:
        panel.plot(*_places(beyond), ":", **line)
    for points, name, marker, color in (
        (drawing.printed, "printed", "o", PRINTED),
        (drawing.actuals, "actual", "D", ACTUAL),
    ):
        if points:
            style = {"marker": marker, "markersize": 6, "color": color, "zorder": 4}
            panel.plot(*_places(points), linestyle="", label=MARKS[name].say(language), **style)
        _write_values(panel, points, drawing, color, size=8 if is_alone else 7)
    _write_values(panel, _values_on_the_way(drawing), drawing, LINE, size=7 if is_alone else 6)
    _axes(panel, drawing)
    _half_line(panel, drawing, language)


def _places(points: Sequence[Point]) -> tuple[list[int], list[float]]:
    return [point.year for point in points], [point.value for point in points]


def _write_values(panel: Any, points: Iterable[Point], drawing: Drawing, color: str, *, size: float) -> None:  # noqa: ANN401
    for point in points:
        panel.annotate(
            point.label, (point.year, point.value), textcoords="offset points", color=color, zorder=5,
            fontsize=size, **_beside(point, drawing),
        )  # fmt: skip


def _values_on_the_way(drawing: Drawing) -> Iterator[Point]:
    """The path's values in the years that the axis names, but where what is printed or published is the same."""
    told = {point.year for point in (*drawing.printed, *([drawing.goal.point] if drawing.goal else []))}
    for each in drawing.line:
        actuals = (actual for actual in drawing.actuals if actual.year == each.year)
        told |= {each.year for actual in actuals if math.isclose(actual.value, each.value, rel_tol=SAME)}
    return (each for each in drawing.line if each.year in set(_ticks(drawing.years)) - told)


def _ticks(years: Sequence[int]) -> list[int]:
    return [year for year in years if (year - years[0]) % math.ceil(len(years) / MAX_TICKS) == 0]


def _beside(point: Point, drawing: Drawing) -> dict[str, object]:
    """Where a number stands beside its mark: where line and arrow leave room."""
    if drawing.goal and drawing.goal.side and point == drawing.goal.point:
        return {"xytext": (8, 0), "ha": "left", "va": "center"}
    around = {each.year: each.value for each in (*drawing.printed, *drawing.line)}
    beside = [each.value for each in (*drawing.line, *drawing.actuals) if each.year == point.year]
    if others := [value for value in beside if value != point.value]:
        is_above = point.value > others[0]
    else:  # on the line: above the years beside it
        beside = [around[year] for year in (point.year - 1, point.year + 1) if year in around]
        is_above = sum(beside) <= point.value * len(beside)
    return {"xytext": (0, 7 if is_above else -7), "ha": "center", "va": "bottom" if is_above else "top"}


def _axes(panel: Any, drawing: Drawing) -> None:  # noqa: ANN401
    years = drawing.years
    panel.set_xticks(_ticks(years))
    room = 0.4 + 0.03 * (years[-1] - years[0])
    panel.set_xlim(years[0] - room, years[-1] + room)
    panel.margins(y=0.16)
    panel.yaxis.grid(visible=True, color="#E5E5E5", linewidth=0.7)
    panel.set_axisbelow(True)
    panel.yaxis.set_major_formatter("{x:,.10g}")
    panel.locator_params(axis="y", nbins=6, integer=all("." not in point.label for point in drawing.line))


def _half_line(panel: Any, drawing: Drawing, language: Language) -> None:  # noqa: ANN401
    """From a bound to the edge of the panel, with an arrow head: the target is all of it."""
    goal = drawing.goal
    if goal is None or goal.side is None:
        return
    low, high = panel.get_ylim()
    end, marker, name = (high, "^", "at least") if goal.side == "up" else (low, "v", "at most")
    panel.plot(
        [goal.point.year] * 2, [goal.point.value, end], "-", color=PRINTED, linewidth=1.4,
        marker=marker, markevery=[1], markersize=7, clip_on=False, label=MARKS[name].say(language),
    )  # fmt: skip
    panel.set_ylim(low, high)


def _legend(figure: Any, language: Language) -> None:  # noqa: ANN401
    found = {
        label: handle
        for panel in figure.axes
        for handle, label in zip(*panel.get_legend_handles_labels(), strict=True)
    }
    labels = [said.say(language) for said in MARKS.values() if said.say(language) in found]
    handles = [found[label] for label in labels]
    figure.legend(handles, labels, loc="outside upper right", ncols=len(labels), frameon=False, fontsize=8)

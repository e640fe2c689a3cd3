"""Paths as pictures: SVG, PNG, PDF. The only matplotlib import, part of the extra `charts`.

Every character is looked up in the font before it is drawn: where no font here has them all, the
reader is told what to install, and never sees boxes.
"""

from __future__ import annotations

import io
import math
from typing import TYPE_CHECKING, Any, NamedTuple

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
MAX_TICKS = 12


def picture_bytes(drawings: Sequence[Drawing], form: str, source: str, language: Language) -> bytes:
    """One picture of one or several paths.

    Args:
        drawings: what to show, a panel each.
        form: `svg`, `png` or `pdf`.
        source: what the picture is of, written below it.
        language: of the legend.

    Raises:
        PlantrackError: where matplotlib is not installed, or no font has the characters.
    """
    try:
        import matplotlib as mpl  # noqa: PLC0415 - part of an extra, and slow
        from matplotlib.figure import Figure  # noqa: PLC0415
    except ImportError:
        raise PlantrackError(
            text('to draw pictures, install what it takes: pip install "plantrack[charts]"')
        ) from None
    with mpl.rc_context():
        mpl.rcdefaults()  # a reader's own settings must not turn text into markup
        mpl.rcParams.update(_settings([*_words(drawings, language), source]))
        columns = math.ceil(math.sqrt(len(drawings))) if len(drawings) > 1 else 1
        rows = math.ceil(len(drawings) / columns)
        size = (7.2, 4.4) if columns == 1 else (4.6 * columns, 3.1 * rows)
        figure = Figure(figsize=size, layout="constrained")
        panels = figure.subplots(rows, columns, squeeze=False).flat
        for panel, drawing in zip(panels, drawings, strict=False):
            _draw(panel, drawing, language, is_alone=len(drawings) == 1)
        for panel in list(figure.axes)[len(drawings) :]:
            panel.set_axis_off()
        _legend(figure, language)
        figure.supxlabel(f"{source}  ·  plantrack {__version__}", fontsize=7, color=GREY, x=0.99, ha="right")
        stream = io.BytesIO()
        figure.savefig(stream, format=form, dpi=DPI, metadata=_METADATA[form])
    return stream.getvalue()


_METADATA: dict[str, dict[str, None]] = {"svg": {"Date": None}, "pdf": {"CreationDate": None}, "png": {}}
"""The same plan gives the same picture."""


def _settings(words: Iterable[str]) -> dict[Any, Any]:
    return {
        "font.family": font_for(words),
        "font.size": 9,
        "text.parse_math": False,
        "axes.unicode_minus": False,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.edgecolor": GREY,
        "svg.hashsalt": "plantrack",
        "svg.fonttype": "path",
    }


# -- fonts ---------------------------------------------------------------------------------------


def _words(drawings: Sequence[Drawing], language: Language) -> Iterator[str]:
    """Everything that will be written."""
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
    missing = next(chr(each) for each in sorted(wanted, reverse=True) if each > LAST_LATIN)
    raise PlantrackError(
        text(
            'no font here has all characters that are needed, such as "{sign}": install one with Chinese '
            "(Debian, Ubuntu: apt install fonts-noto-cjk; Fedora: dnf install google-noto-sans-cjk-fonts; "
            "elsewhere Noto Sans CJK or SimHei), or write --lang en",
            sign=missing,
        )
    )


LAST_LATIN = 0x7E


def _has_all(file: str, wanted: set[int]) -> bool:
    """Whether a font has a shape of its own for nearly every character.

    Fonts of last resort have one box for all Chinese characters; matplotlib brings one along.
    """
    from matplotlib import font_manager  # noqa: PLC0415 - part of an extra, and slow

    try:
        shapes = font_manager.get_font(file).get_charmap()
    except (OSError, RuntimeError):
        return False
    return wanted <= shapes.keys() and len({shapes[each] for each in wanted}) > OWN_SHAPES * len(wanted)


OWN_SHAPES = 0.9


def _find_new_fonts() -> None:
    """Fonts installed since matplotlib made its list."""
    from matplotlib import font_manager  # noqa: PLC0415 - part of an extra, and slow

    known = {entry.fname for entry in font_manager.fontManager.ttflist}
    for file in font_manager.findSystemFonts():
        if file not in known:
            try:
                font_manager.fontManager.addfont(file)
            except (OSError, RuntimeError):
                continue


# -- panels --------------------------------------------------------------------------------------


def _draw(panel: Any, drawing: Drawing, language: Language, *, is_alone: bool) -> None:  # noqa: ANN401 - matplotlib's axes
    """Band, line, what is printed, what was published, the target's half-line."""
    panel.set_title(
        drawing.title(language) if is_alone else say(drawing.name, language),
        fontsize=11 if is_alone else 9.5,
        loc="left",
    )
    due = [point for point in drawing.line if point.year <= drawing.due]
    beyond = [point for point in drawing.line if point.year >= drawing.due]
    panel.fill_between(
        [strip.year for strip in drawing.band],
        [strip.low for strip in drawing.band],
        [strip.high for strip in drawing.band],
        color=BAND, alpha=0.18, linewidth=0, label=MARKS["band"].say(language),
    )  # fmt: skip
    _line(panel, due, "-", MARKS["path"].say(language))
    if len(beyond) > 1:
        _line(panel, beyond, ":", None)
    around = {point.year: point.value for point in (*drawing.printed, *drawing.line)}
    goal = drawing.goal
    arrow = goal.point if goal is not None and goal.side is not None else None
    numbers = _Numbers(around, arrow, 8 if is_alone else 7)
    _points(panel, drawing.printed, ("o", PRINTED, MARKS["printed"].say(language)), numbers)
    _points(panel, drawing.actuals, ("D", ACTUAL, MARKS["actual"].say(language)), numbers)
    _axes(panel, drawing)
    _half_line(panel, drawing, language)


def _axes(panel: Any, drawing: Drawing) -> None:  # noqa: ANN401
    years = drawing.years
    panel.set_xticks([year for year in years if (year - years[0]) % math.ceil(len(years) / MAX_TICKS) == 0])
    room = 0.4 + 0.03 * (years[-1] - years[0])
    panel.set_xlim(years[0] - room, years[-1] + room)
    panel.margins(y=0.16)
    panel.yaxis.grid(visible=True, color="#E5E5E5", linewidth=0.7)
    panel.set_axisbelow(True)
    panel.yaxis.set_major_formatter("{x:,.10g}")
    panel.locator_params(axis="y", nbins=6, integer=all("." not in point.label for point in drawing.line))


def _line(panel: Any, points: Sequence[Point], style: str, label: str | None) -> None:  # noqa: ANN401
    years, values = [point.year for point in points], [point.value for point in points]
    panel.plot(years, values, style, color=LINE, marker="o", markersize=3.5, linewidth=1.6, label=label)


def _points(panel: Any, points: Sequence[Point], style: tuple[str, str, str], numbers: _Numbers) -> None:  # noqa: ANN401
    """Marks with their numbers."""
    if not points:
        return
    marker, color, label = style
    panel.plot(
        [point.year for point in points], [point.value for point in points],
        linestyle="", marker=marker, markersize=6, color=color, label=label, zorder=4,
    )  # fmt: skip
    for point in points:
        panel.annotate(
            point.label, (point.year, point.value), textcoords="offset points", color=color, zorder=5,
            **numbers.beside(point),
        )  # fmt: skip


class _Numbers(NamedTuple):
    """Where numbers stand beside their marks: where line and arrow leave room.

    `around` is what the line has for each year, `arrow` the point that a half-line starts from.
    """

    around: dict[int, float]
    arrow: Point | None
    size: float

    def beside(self, point: Point) -> dict[str, object]:
        if point == self.arrow:
            return {"xytext": (8, 0), "ha": "left", "va": "center", "fontsize": self.size}
        up = self._is_above(point)
        side = "bottom" if up else "top"
        return {"xytext": (0, 7 if up else -7), "ha": "center", "va": side, "fontsize": self.size}

    def _is_above(self, point: Point) -> bool:
        """Whether a point lies above the line in its year; one on the line, above the years beside it."""
        here = self.around.get(point.year)
        if here is not None and here != point.value:
            return point.value > here
        beside = [self.around[year] for year in (point.year - 1, point.year + 1) if year in self.around]
        return sum(beside) <= point.value * len(beside)


def _half_line(panel: Any, drawing: Drawing, language: Language) -> None:  # noqa: ANN401
    """From a bound to the edge of the panel, with an arrow head: the target is all of it."""
    goal = drawing.goal
    if goal is None or goal.side is None:
        return
    low, high = panel.get_ylim()
    end = high if goal.side == "up" else low
    panel.plot(
        [goal.point.year] * 2, [goal.point.value, end], "-", color=PRINTED, linewidth=1.4,
        marker="^" if goal.side == "up" else "v", markevery=[1], markersize=7, clip_on=False,
        label=MARKS["at least" if goal.side == "up" else "at most"].say(language),
    )  # fmt: skip
    panel.set_ylim(low, high)


def _legend(figure: Any, language: Language) -> None:  # noqa: ANN401
    """One legend for all panels, each mark once."""
    found = {
        label: handle
        for panel in figure.axes
        for handle, label in zip(*panel.get_legend_handles_labels(), strict=True)
    }
    order = [said.say(language) for said in MARKS.values()]
    labels = sorted(found, key=order.index)
    handles = [found[label] for label in labels]
    figure.legend(handles, labels, loc="outside upper right", ncols=len(labels), frameon=False, fontsize=8)

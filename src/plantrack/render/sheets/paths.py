"""Sheets of `path`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.language import POINTS, Language, fixed, labelled, text
from plantrack.render.sheets.sheet import Heading, Sheet, named_with_unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plantrack.catalogue import Catalogue
    from plantrack.figures import Figure
    from plantrack.loading import LoadedPlan
    from plantrack.paths import Path


METHOD_NAMES = {"growth": text("constant growth"), "linear": text("constant step")}


def paths_sheet(loaded: LoadedPlan, paths: Sequence[Path], catalogue: Catalogue, language: Language) -> Sheet:
    """Every path of a plan, years across; what has none, with the reason."""
    plan = loaded.plan
    assert plan is not None
    years = sorted({year for path in paths for year in path.years})
    headings = [
        Heading(text("indicator").say(language)),
        Heading(text("a year").say(language), is_number=True),
    ]
    headings += [Heading(str(year), is_number=True) for year in years]
    sheet = Sheet(plan.title.name.say(language), tuple(headings))
    for path in paths:
        name = named_with_unit(path.indicator, catalogue, language)
        if path.why is not None:
            sheet.rows.append((labelled(name, path.why).say(language), "—", *("—" for _ in years)))
            continue
        values = dict(zip(path.years, value_texts(path), strict=True))
        sheet.rows.append((name, pace_text(path, language), *(values.get(year, "—") for year in years)))
        if path.note is not None:
            sheet.notes.append(labelled(name, path.note).say(language))
    return sheet


def path_sheet(loaded: LoadedPlan, path: Path, catalogue: Catalogue, language: Language) -> Sheet:
    """One path in detail, years down."""
    plan = loaded.plan
    assert plan is not None
    titles = [
        text("year"),
        text("value"),
        text("growth"),
        text("increment"),
        text("share of the way"),
        text("band of rounding"),
    ]
    headings = tuple(Heading(each.say(language), is_number=True) for each in titles)
    name = named_with_unit(path.indicator, catalogue, language)
    sheet = Sheet(f"{plan.place.name.say(language)} {name}", headings)
    values, decimals, factor = value_texts(path), _decimals(path), display_factor(path)
    way = path.values[-1] - path.values[0]
    for number, year in enumerate(path.years):
        step = path.values[number] - path.values[number - 1] if number else None
        growth = step / path.values[number - 1] if step is not None and path.values[number - 1] > 0 else None
        low, high = (fixed(float(each[number]) * factor, decimals) for each in (path.low, path.high))
        sheet.rows.append(
            (
                str(year),
                values[number],
                "—" if growth is None else f"{fixed(growth * 100, 2)}%",
                "—" if step is None else fixed(step * factor, decimals),
                f"{fixed((path.values[number] - path.values[0]) / way * 100, 1)}%" if way else "—",
                values[number] if low == high == values[number] else f"{low}–{high}",
            )
        )
    sheet.notes.append(labelled(METHOD_NAMES[path.method], pace_text(path, language)).say(language))
    if path.note is not None:
        sheet.notes.append(path.note.say(language))
    return sheet


def display_factor(path: Path) -> int:
    """Per cent are shown as such and kept as fractions."""
    return 100 if path.indicator.unit == "%" else 1


def value_texts(path: Path) -> list[str]:
    """The values of a path: its ends as printed, the years between with as many decimals."""
    decimals, factor = _decimals(path), display_factor(path)
    texts = [fixed(float(value) * factor, decimals) for value in path.values]
    for number, figure in ((0, path.base), (-1, path.target)):
        if figure is not None and (own := _own_digits(figure, float(path.values[number]) * factor)):
            texts[number] = own
    return texts


def _own_digits(figure: Figure, value: float) -> str | None:
    """The digits as printed, where they stand in the column's own unit."""
    measure = figure.measure
    if measure is None or measure.numeral.scale != 1:
        return None
    shown = fixed(value, _printed_decimals(figure))
    return shown if float(measure.numeral.value) == float(shown) else None


def _printed_decimals(figure: Figure | None) -> int:
    if figure is None or figure.measure is None:
        return 0
    return len(str(figure.measure.numeral.step.denominator)) - 1


def _decimals(path: Path) -> int:
    """As many as printed; at least one, two below ten; none for counts."""
    both = [figure.measure for figure in (path.base, path.target) if figure is not None]
    if all(measure is not None and measure.whole for measure in both):
        return 0
    small = max(abs(value) for value in path.values) * display_factor(path) < SMALL
    return max(_printed_decimals(path.base), _printed_decimals(path.target), 2 if small else 1)


SMALL = 10


def pace_text(path: Path, language: Language) -> str:
    """The yearly rate or step."""
    if path.rate is not None:
        return f"{fixed(path.rate * 100, 2)}%"
    if path.step is None:
        return "—"
    factor = display_factor(path)
    shown = fixed(path.step * factor, max(2, _decimals(path)))
    return shown + (POINTS.say(language) if factor != 1 else "")

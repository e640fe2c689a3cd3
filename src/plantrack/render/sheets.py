"""Results as sheets: headed columns and rows of text, which every format prints in its own way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from plantrack.figures import KIND_NAMES
from plantrack.findings import CODES, Level
from plantrack.language import POINTS, Language, fixed, labelled, listing, text
from plantrack.plan import FIGURE_KINDS
from plantrack.render.numbers import implied_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plantrack.audit import Audit, Target
    from plantrack.catalogue import Catalogue
    from plantrack.figures import Figure
    from plantrack.findings import Finding
    from plantrack.loading import LoadedPlan
    from plantrack.paths import Path
    from plantrack.plan import Indicator, Plan


class Heading(NamedTuple):
    """One column's heading; numbers are set flush right and never wrapped."""

    title: str
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table before it has a format. Rows under one `group` stand together."""

    title: str
    headings: tuple[Heading, ...]
    rows: list[tuple[str, ...]] = field(default_factory=list)
    groups: dict[int, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


VERDICTS = {
    "holds": text("holds"),
    "fails": text("fails"),
    "tie": text("tie"),
    "undetermined": text("undetermined"),
}
OPERATORS = {
    "below": text("below {to}"),
    "above": text("above {to}"),
    "at_least": text("at least {to}"),
    "at_most": text("at most {to}"),
    "up": text("up"),
    "down": text("down"),
    "not up": text("not up"),
    "not down": text("not down"),
}
LEVELS = {Level.ERROR: text("error"), Level.WARNING: text("warning"), Level.NOTE: text("note")}
METHOD_NAMES = {"growth": text("constant growth"), "linear": text("constant step")}


def unit_of(indicator: Indicator, catalogue: Catalogue, language: Language) -> str:
    """The name of an indicator's unit."""
    return indicator.unit if language == "zh" else catalogue.units[indicator.unit].en


def named_with_unit(indicator: Indicator, catalogue: Catalogue, language: Language) -> str:
    """`保费收入（亿元）`."""
    unit = unit_of(indicator, catalogue, language)
    name = indicator.name.say(language)
    return f"{name}（{unit}）" if language == "zh" else f"{name} ({unit})"


def said_text(figure: Figure | None, language: Language) -> str:
    """What a figure says: its numeral as printed, or its relation in words."""
    if figure is None:
        return "—"
    if figure.text is not None:
        return figure.text
    relation = figure.relation
    assert relation is not None
    return text(OPERATORS[relation.operator].template, to=relation.other).say(language)


# -- list, show ----------------------------------------------------------------------------------


def plans_sheet(plans: Sequence[LoadedPlan], language: Language) -> Sheet:
    """The plans known here."""
    headings = [text("id"), text("title"), text("issued"), text("years"), text("figures"), text("targets")]
    sheet = Sheet(
        text("Plans").say(language),
        tuple(Heading(each.say(language), each.template in {"figures", "targets"}) for each in headings),
    )
    for loaded in plans:
        plan = loaded.plan
        if plan is None:
            sheet.rows.append((loaded.file, text("cannot be read").say(language), "", "", "", ""))
            continue
        due = len({figure.row_id for figure in loaded.figures if figure.due.text == plan.target})
        span = f"{plan.base}–{plan.target}"
        title = plan.title.name.say(language)
        sheet.rows.append((plan.plan, title, plan.issued or "—", span, str(len(loaded.figures)), str(due)))
    return sheet


def figures_sheet(
    loaded: LoadedPlan, catalogue: Catalogue, figures: Sequence[Figure], language: Language
) -> Sheet:
    """Figures as printed, with where they stand."""
    plan = loaded.plan
    assert plan is not None
    titles = [
        text("indicator"),
        text("kind"),
        text("time"),
        text("as printed"),
        text("section"),
        text("line"),
    ]
    numbers = {"time", "as printed", "line"}
    sheet = Sheet(
        plan.title.name.say(language),
        tuple(Heading(each.say(language), each.template in numbers) for each in titles),
    )
    for figure in figures:
        indicator = plan.own.get(figure.indicator) or catalogue.indicators[figure.indicator]
        name = named_with_unit(indicator, catalogue, language)
        if figure.place != plan.place.id and (place := catalogue.places.get(figure.place)):
            name = f"{place.name.say(language)} {name}"
        sheet.rows.append(
            (
                name,
                KIND_NAMES[figure.kind].say(language),
                figure.time_text,
                said_text(figure, language),
                figure.section,
                str(figure.position.line),
            )
        )
    sheet.notes.extend(labelled(key, heading).say(language) for key, heading in plan.sections.items())
    noted = {
        f"{figure.indicator} ({figure.section})": figure.row.note for figure in figures if figure.row.note
    }
    sheet.notes.extend(labelled(key, note).say(language) for key, note in noted.items())
    aims = [aim.name for aim in plan.unmeasured] if len(figures) == len(loaded.figures) else []
    if aims:
        sheet.notes.append(labelled(text("aims without a quantity"), listing(*aims)).say(language))
    return sheet


def in_reading_order(figures: Sequence[Figure]) -> list[Figure]:
    """By indicator as in the file, then kind, then time."""
    kinds = {kind: number for number, kind in enumerate(FIGURE_KINDS)}
    order = {
        name: number for number, name in enumerate(dict.fromkeys(figure.indicator for figure in figures))
    }
    return sorted(figures, key=lambda each: (order[each.indicator], kinds[each.kind], each.time_text))


# -- validate, explain ----------------------------------------------------------------------------


def findings_sheet(files: int, findings: Sequence[Finding], language: Language) -> Sheet:
    """The findings of a validation, by place."""
    titles = [text("place in the file"), text("code"), text("gravity"), text("what is wrong")]
    title = text("{files} file(s), {findings} finding(s)", files=files, findings=len(findings)).say(language)
    headings = tuple(
        Heading(each.say(language), each.template in {"place in the file", "code"}) for each in titles
    )
    sheet = Sheet(title, headings if findings else ())
    for finding in findings:
        level, message = LEVELS[finding.level].say(language), finding.message.say(language)
        sheet.rows.append((str(finding.position), finding.code.code, level, message))
    return sheet


def codes_sheet(language: Language) -> Sheet:
    """Every code."""
    titles = [text("code"), text("name"), text("gravity"), text("meaning")]
    headings = tuple(Heading(each.say(language), each.template in {"code", "name"}) for each in titles)
    sheet = Sheet(text("Codes").say(language), headings)
    for code in CODES.values():
        sheet.rows.append((code.code, code.name, LEVELS[code.level].say(language), code.title.say(language)))
    return sheet


# -- check ---------------------------------------------------------------------------------------


def targets_sheet(audit: Audit, loaded: LoadedPlan, catalogue: Catalogue, language: Language) -> Sheet:
    """One row per target of one plan."""
    plan = loaded.plan
    assert plan is not None
    titles = (
        (text("indicator"), False),
        (text("base {year}", year=plan.base), True),
        (text("target {year}", year=plan.target), True),
        (text("printed"), True),
        (text("implied"), True),
        (text("verdict"), False),
    )
    headings = tuple(Heading(title.say(language), is_number) for title, is_number in titles)
    sheet = Sheet(plan.title.name.say(language), headings)
    order = {section: number for number, section in enumerate(plan.sections)}
    targets = [target for target in audit.targets if target.figure.plan == plan.plan]
    seen: set[str] = set()
    for target in sorted(targets, key=lambda each: order.get(each.figure.section, len(order))):
        section = target.figure.section
        if section not in seen:
            seen.add(section)
            sheet.groups[len(sheet.rows)] = plan.sections.get(section, section)
        sheet.rows.append(_target_row(target, plan, catalogue, language))
    return sheet


def latents_sheet(audit: Audit, catalogue: Catalogue, language: Language) -> Sheet:
    """Quantities that are not printed, and what the figures leave for them."""
    titles = (text("indicator"), text("time"), text("lowest"), text("highest"), text("by"))
    numbers = {"time", "lowest", "highest"}
    headings = tuple(Heading(each.say(language), each.template in numbers) for each in titles)
    sheet = Sheet(text("What is implied").say(language), headings)
    for latent in audit.latents:
        column, interval = latent.column, latent.interval
        indicator = audit.measured[column.indicator]
        place = catalogue.places.get(column.place)
        name = named_with_unit(indicator, catalogue, language)
        factor = 100 if indicator.unit == "%" else 1
        ends = [None if end is None else float(end) * factor for end in (interval.low, interval.high)]
        decimals = 2 if ends[0] is None or abs(ends[0]) < 1000 else 1  # noqa: PLR2004
        by = dict.fromkeys(
            f"{audit.indicators[each.id].name.say(language)} {each.figure.time_text}" for each in latent.by
        )
        whose = f"{place.name.say(language)} " if place is not None else ""
        sheet.rows.append(
            (
                f"{whose}{name}",
                column.times[0],
                *(fixed(end, decimals) for end in ends),
                listing(*by).say(language),
            )
        )
    return sheet


def _target_row(target: Target, plan: Plan, catalogue: Catalogue, language: Language) -> tuple[str, ...]:
    name = named_with_unit(target.indicator, catalogue, language)
    place = catalogue.places.get(target.figure.place)
    apart = [
        place.name.say(language) if place is not None and target.figure.place != plan.place.id else "",
        target.figure.row.scope or "",
        f"{target.start}->{target.due}" if (target.start, target.due) != (plan.base, plan.target) else "",
    ]
    verdict = VERDICTS[target.verdict].say(language) if target.verdict != "none" else "—"
    return (
        " ".join([name, *filter(None, apart)]),
        said_text(target.base, language),
        said_text(target.target, language),
        _stated_text(target, language),
        implied_text(target, language),
        verdict,
    )


def _stated_text(target: Target, language: Language) -> str:
    """The printed growth or change; a bare number with the unit of its column."""
    stated = target.stated
    shown = said_text(stated, language)
    measure = stated.measure if stated is not None else None
    if measure is not None and not measure.numeral.unit and measure.unit == "%":
        return f"{shown}%"
    return shown


# -- path ----------------------------------------------------------------------------------------


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

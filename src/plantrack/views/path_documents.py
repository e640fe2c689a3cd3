"""The JSON contracts of `path`, `track` and `compare`. They change only by addition."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from plantrack import __version__
from plantrack.track import counts_of
from plantrack.views.documents import english, implied_object, printed_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from plantrack.compare import Matrix, Relative, Standing
    from plantrack.paths import ImpliedPath, Path
    from plantrack.plan.actuals import Actual
    from plantrack.plan.plan import Plan
    from plantrack.track import Progress, Tracking
    from plantrack.views.documents import Document


def paths_document(loaded: Plan, paths: Sequence[Path], implied: Sequence[ImpliedPath] = ()) -> Document:
    """`path -f json`."""
    return {
        "plantrack": __version__,
        "plan": loaded.id,
        "paths": [path_object(path) for path in paths],
        "implied": [_implied(each) for each in implied],
    }


def path_object(path: Path) -> Document:
    """One path with full double precision; `null` where there is no end."""
    return {
        "indicator": path.indicator_id,
        "place": path.place,
        "scope": path.scope or None,
        "unit": path.indicator.unit,
        "kind": path.kind,
        "method": path.method,
        "bound": path.bound,
        "years": list(path.years),
        "values": floats(path.values),
        "low": floats(path.low),
        "high": floats(path.high),
        "rate": path.rate,
        "step": path.step,
        "decimals": path.decimals,
        "due": path.due,
        "miss": implied_object(path.miss),
        "until": path.until,
        "prices": f"constant, of {path.years[0]}" if path.is_real and path.years else None,
        "base_revised": _revision(path),
        "printed": {each.due.text: each.text for each in path.printed},
        "why": english(path.why),
        "note": "; ".join(note.say("en") for note in path.notes) or None,
    }


def _revision(path: Path) -> Document | None:
    """The base as printed and as published later, and the target on the revised series."""
    revision = path.revision
    if revision is None:
        return None
    return {
        "year": revision.given.year,
        "printed": revision.printed.numeral.text,
        "given": revision.given.text,
        "target": float(path.moved.value) if path.moved is not None else None,
    }


def _implied(implied: ImpliedPath) -> Document:
    return {
        "indicator": implied.indicator_id,
        "place": implied.place,
        "unit": implied.indicator.unit,
        "law": implied.law,
        "by": list(implied.by),
        "years": list(implied.years),
        "values": floats(implied.values),
        "low": floats(implied.low),
        "high": floats(implied.high),
        "growth": implied_object(implied.growth),
        "band": None if implied.band is None else list(implied.band),
        "outside": list(implied.outside),
        "plausible": not (implied.leaves_band or implied.outside),
    }


def floats(values: Iterable[float]) -> list[float | None]:
    return [value if math.isfinite(value) else None for value in values]


def tracking_document(tracking: Tracking, file: str) -> Document:
    """`track -f json`."""
    return {
        "plantrack": __version__,
        "plan": tracking.plan,
        "year": tracking.year,
        "actuals": file,
        "tolerance": float(tracking.tolerance),
        "summary": dict(tracking.counts),
        "binding": dict(counts_of(row for row in tracking.rows if row.is_binding)),
        "expected": dict(counts_of(row for row in tracking.rows if not row.is_binding)),
        "indicators": [_progress(row, tracking.year) for row in tracking.rows],
        "unplanned": list(tracking.unplanned),
    }


def _progress(row: Progress, year: int) -> Document:
    target, pace = row.target.target, row.pace
    return {
        "indicator": row.path.indicator_id,
        "place": row.path.place,
        "scope": row.path.scope or None,
        "unit": row.target.indicator.unit,
        "from": row.target.start,
        "to": row.target.due,
        "base": row.path.first.numeral.text if row.path.first and not row.path.origin else None,
        "target": target.text if target else None,
        "bound": row.path.bound,
        "better": row.better,
        "binding": row.is_binding,
        "assessment": _achievement(row),
        "actual": _actual(row.actual),
        "actuals": [_actual(each) for each in row.actuals],
        "rates": [_actual(each) for each in row.rates],
        "age": year - row.actual.year if row.actual else None,
        "measure": pace.measure,
        **{key: implied_object(getattr(pace, key)) for key in pace._fields if key != "measure"},
        "other": _actual(row.other),
        "status": row.status,
        "why": english(row.why),
        "notes": [note.say("en") for note in row.notes],
        "path": path_object(row.path),
    }


def _achievement(row: Progress) -> Document | None:
    """Every number that the status rests on, and the share of time."""
    if row.achieved is None:
        return None
    numbers = {
        key: each if each is None else float(each)
        for key, each in row.achieved._asdict().items()
        if key != "kind"
    }
    return {"kind": row.achieved.kind, "share": row.share and float(row.share), **numbers}


def _actual(actual: Actual | None) -> Document | None:
    if actual is None:
        return None
    found = {"year": actual.year, "text": actual.text, "value": actual.value, **actual.position._asdict()}
    return found if actual.kind == "level" else {**found, "kind": actual.kind}


def matrix_document(matrix: Matrix) -> Document:
    """`compare -f json`."""
    return {
        "plantrack": __version__,
        "plans": [loaded.id for loaded in matrix.plans],
        "indicators": [name for name, _ in matrix.indicators],
        "per": matrix.per[0] if matrix.per else None,
        "standings": [_standing(each) for each in matrix.standings],
    }


def _standing(standing: Standing) -> Document:
    target = standing.target
    return {
        "plan": standing.plan,
        "indicator": standing.indicator_id,
        "place": standing.place,
        "scope": standing.scope or None,
        "note": standing.note or None,
        "unit": standing.indicator.unit,
        "from": target.start,
        "to": target.due,
        **printed_texts(target),
        "measure": standing.measure,
        "implied": implied_object(standing.implied),
        "rank": list(standing.rank) if standing.rank else None,
        "verdict": target.verdict,
        "relative": _relative(standing.relative),
    }


def _relative(relative: Relative | None) -> Document | None:
    if relative is None:
        return None
    return {
        "per": relative.per,
        "unit": relative.unit,
        "base": implied_object(relative.base),
        "target": implied_object(relative.target),
        "growth": implied_object(relative.growth),
        "rank": list(relative.rank) if relative.rank else None,
        "why": english(relative.why),
    }

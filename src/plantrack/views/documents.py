"""The JSON contracts, made of records. Others read them: they change only by addition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plantrack import __version__
from plantrack.findings import CODES, Contradiction
from plantrack.views.known import known
from plantrack.views.records import BOUND, POSITION, Amount, attribute, attributes, unit_of, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from plantrack.audit import Audit, Latent, Meaning, Target
    from plantrack.compare import Matrix, Relative, Standing
    from plantrack.documents import Document as TracedDocument
    from plantrack.documents.numbers import Number
    from plantrack.findings import Derivation, Finding, Involved, Said
    from plantrack.language import Sayable
    from plantrack.paths import ImpliedPath, Path
    from plantrack.plan.actuals import Actual
    from plantrack.plan.figures import Figure
    from plantrack.plan.plan import Plan
    from plantrack.trace import Place, Trace, Traced
    from plantrack.track import Progress, Tracking
    from plantrack.track.within_year import WithinYear
    from plantrack.views.known import Known
    from plantrack.views.records import Record

Document = dict[str, Any]


def _document(**parts: object) -> Document:
    document: Document = written({"plantrack": __version__, **parts})
    return document


def _both(said: Sayable) -> Record:
    return {"zh": said.say("zh"), "en": said.say("en")}


def plans_document(plans: Iterable[Known]) -> Document:
    return _document(plans=[_plan(each, "file figures") for each in plans if each.plan is not None])


def show_document(loaded: Plan, figures: Sequence[Figure]) -> Document:
    return _document(plan=_plan(known(loaded)), figures=[*map(figure_record, figures)])


def _plan(plan: Known, *more: str) -> Record:
    found = attributes(plan, "id=plan title place base target document issued", *more)
    return found | {"title": plan.title and _both(plan.title)}


def figure_record(figure: Figure) -> Record:
    found = attributes(
        figure,
        "id indicator place kind at from=start to=end text printed=row.printed unit=measure.unit",
        "bound=measure.numeral.bound interval=measure.interval compare=relation in=section",
        POSITION,
    )
    compared = figure.relation and attributes(figure.relation, "op=operator to by")
    if compared and figure.relation is not None and figure.relation.operator == "assigned":
        compared["by"] = attribute(figure.relation, "other.zh")
    return found | {"compare": compared}


def check_document(audit: Audit, broken: Sequence[Finding]) -> Document:
    """`check -f json`; `broken` are the findings of files that could not be audited."""
    coverage = attributes(audit.coverage, "figures in_some_law complete unchecked undetermined")
    for key in ("unchecked", "undetermined"):
        coverage[key] = [{"figure": each.figure.id, "why": each.why} for each in coverage[key]]
    return _document(
        plans=[loaded.id for loaded in audit.plans],
        targets=[target_record(target, audit) for target in audit.targets],
        findings=[finding_record(each, audit) for each in (*broken, *audit.findings)],
        implied=[latent_record(each, audit) for each in audit.latents],
        meanings=[*map(_meaning, audit.meanings)],
        coverage=coverage,
    )


def together_document(finding: Finding, audit: Audit) -> Document:
    """A line of `check -f jsonl`: what several plans say only together."""
    plans = finding.proof.plans if finding.proof is not None else ()
    return _document(plans=plans, findings=[finding_record(finding, audit)])


def target_record(target: Target, audit: Audit) -> Record:
    whose = "plan=figure.plan indicator=figure.indicator place=figure.place unit=indicator.unit"
    return {
        **attributes(target, whose, "in=figure.section"),
        **_ends(target),
        "bound": attribute(target, BOUND),
        "measure": target.measure,
        "implied": Amount(target.implied, unit_of(target.measure, target.indicator)),
        **attributes(target, "verdict why"),
        "status": audit.status_of(target),
        "figures": [each.id for each in target.figures],
        "findings": [each.id for each in audit.findings_about(target)],
    }


def _ends(target: Target) -> Record:
    unit, pace_unit = target.indicator.unit, unit_of(target.measure, target.indicator)
    amounts = {"base": Amount(target.base, unit), "target": Amount(target.target, unit)}
    return attributes(target, "from=start to=due") | amounts | {"stated": Amount(target.stated, pace_unit)}


def latent_record(latent: Latent, audit: Audit) -> Record:
    unit = audit.measured[latent.variable.indicator].unit
    return {
        "indicator": latent.variable.indicator.rpartition("/")[2],
        "place": latent.variable.place,
        "at": latent.variable.times[0],
        "unit": unit,
        "low": Amount(latent.interval.low, unit),
        "high": Amount(latent.interval.high, unit),
        "by": [each.id for each in latent.by],
    }


def _meaning(meaning: Meaning) -> Record:
    return {
        **attributes(meaning, "reading plan moment time"),
        "contradictions": [
            {"code": CODES[name].code, "name": name, "figures": figures, "messages": _both(message)}
            for name, figures, message in meaning.added
        ],
    }


def validate_document(files: int, findings: Sequence[Finding]) -> Document:
    return _document(files=files, findings=[finding_record(each, None) for each in findings])


_NO_PROOF = Contradiction()
"""What stands in a finding that is no contradiction."""


def finding_record(finding: Finding, audit: Audit | None) -> Record:
    """A finding of an audit or of a validation: the same record."""
    proof = finding.proof or _NO_PROOF
    return {
        **attributes(finding, "id code=code.code name=code.name level=level.value question=is_question"),
        **attributes(proof, "plans severity"),
        "figures": [_involved(each, audit) for each in proof.involved],
        **attributes(proof, "identities must_contain"),
        "range": proof.ratio if finding.proof is not None else None,
        **attributes(proof, "in_every alternatives settles"),
        "cases": [{"reading": name, "message": said, "messages": _both(said)} for name, said in proof.cases],
        **attributes(proof, "minimal=is_minimal assumptions readings set_aside"),
        "derivation": proof.derivation and _derivation(proof.derivation),
        "causes": [
            {"reading": each.reading, "figures": [*map(_said, each.figures)]} for each in proof.causes
        ],
        "messages": _both(finding.message),
        **attributes(finding, POSITION, "waived"),
    }


def _derivation(derivation: Derivation) -> Record:
    """The worked arithmetic: each step with what it takes and comes to, per cent and points as fractions."""
    steps = [
        {
            "op": step.op,
            **attributes(step.result, "measure name unit place times"),
            "from": [attributes(term, "figure step value times") for term in step.terms],
            **attributes(step, "nominal low high"),
        }
        for step in derivation.steps
    ]
    return {**attributes(derivation, "pivot against"), "steps": steps}


def _said(said: Said) -> Record:
    interval = attributes(said, "low high low_closed high_closed")
    return attributes(said, "id=figure means times") | {"interval": interval}


def _involved(involved: Involved, audit: Audit | None) -> Record:
    """A figure of a contradiction, by its id alone where no audit knows more of it."""
    kept = ("id", "indicator", "place", "kind", "at", "from", "to", "text", "in", "file", "line", "column")
    shown = figure_record(audit.figures[involved.figure]) if audit is not None else {}
    return {key: shown.get(key) for key in kept} | {
        "id": involved.figure,
        "plan": involved.figure.partition("/")[0],
        **attributes(involved, "should_read should_read_count nominal instead also"),
    }


def paths_document(loaded: Plan, paths: Sequence[Path], implied: Sequence[ImpliedPath] = ()) -> Document:
    return _document(plan=loaded.id, paths=[*map(path_record, paths)], implied=[*map(_implied, implied)])


def path_record(path: Path) -> Record:
    """One path with full double precision."""
    revised = attributes(path.revision, "year=given.year printed=printed.numeral.text given=given.text")
    moved = {"target": None if path.moved is None else float(path.moved.value)}
    return {
        **attributes(path, "indicator=indicator_id place scope unit=indicator.unit kind"),
        "scope": path.scope or None,
        **attributes(path, "method bound years values low high"),
        "rate": Amount(path.rate, "%"),
        "step": Amount(path.step, path.indicator.unit),
        **attributes(path, "decimals due miss until"),
        "prices": f"constant, of {path.price_year or path.years[0]}" if path.is_real and path.years else None,
        "base_derived": attribute(path.derived, "numeral.text"),
        "base_revised": None if path.revision is None else revised | moved,
        "printed": {each.due.text: each.text for each in path.printed},
        "why": path.why,
        "note": "; ".join(note.say("en") for note in path.notes) or None,
    }


def _implied(implied: ImpliedPath) -> Record:
    whose, numbers = "indicator=indicator_id place unit=indicator.unit law by", "years values low high growth"
    plausible = {"plausible": not (implied.leaves_band or implied.outside)}
    return attributes(implied, whose, numbers, "band outside") | plausible


def tracking_document(tracking: Tracking, file: str) -> Document:
    from plantrack.track import counts_of, mean_completion  # noqa: PLC0415 - with the audit: most commands tell of neither

    return _document(
        plan=tracking.plan,
        year=tracking.year,
        actuals=file,
        tolerance=float(tracking.tolerance),
        summary=tracking.counts,
        binding=counts_of(row for row in tracking.rows if row.is_binding),
        expected=counts_of(row for row in tracking.rows if not row.is_binding),
        completion={
            kind: mean_completion(row for row in tracking.rows if row.is_binding is binding)
            for kind, binding in (("binding", True), ("expected", False))
        },
        indicators=[progress_record(row, tracking.year) for row in tracking.rows],
        unplanned=tracking.unplanned,
    )


def progress_record(row: Progress, year: int) -> Record:
    path, pace, actual = row.path, row.pace, row.actual
    found, pace_unit = path_record(path), unit_of(pace.measure, row.target.indicator)
    units, unit = dict.fromkeys(pace._fields[1:], pace_unit), row.target.indicator.unit
    units |= {"gap": unit, "years_ahead": "年", "projected": unit}
    return {
        **{key: found[key] for key in ("indicator", "place", "scope")},
        "unit": unit,
        **attributes(row, "from=target.start to=target.due"),
        "base": attribute(path.first, "numeral.text")
        if path.origin is None and path.derived is None
        else None,
        **attributes(row, "target=target.target.text bound=path.bound better binding=is_binding"),
        "assessment": _achievement(row),
        "actual": _actual(actual),
        "actuals": [*map(_actual, row.actuals)],
        "rates": [*map(_actual, row.rates)],
        "age": year - actual.year if actual is not None else None,
        "measure": pace.measure,
        **{key: Amount(getattr(pace, key), unit) for key, unit in units.items()},
        "other": _actual(row.other),
        "within_year": _within(row.within),
        **attributes(row, "status why notes"),
        "path": found,
    }


def _achievement(row: Progress) -> Record | None:
    """Every number that the status rests on, and the share of time."""
    if row.achieved is None:
        return None
    numbers = {"share": row.share} | row.achieved._asdict()
    floats = {key: None if each is None else float(each) for key, each in numbers.items() if key != "kind"}
    return {"kind": row.achieved.kind, **floats}


def _within(found: WithinYear | None) -> Record | None:
    """Where the months of the running year are; shares and numbers in the indicator's own unit, rates as fractions."""
    if found is None:
        return None
    numbers = {key: getattr(found, key) for key in ("asked", "completion", "share", "before")}
    return {
        "kind": found.sort,
        "actual": _actual(found.actual),
        **{key: None if each is None else float(each) for key, each in numbers.items()},
        "compare": found.relation and attributes(found.relation, "op=operator to by"),
        "other": _actual(found.other),
        **attributes(found, "indicative=is_indicative status why"),
    }


def _actual(actual: Actual | None) -> Record | None:
    if actual is None:
        return None
    where = "sheet=position.sheet" if actual.position.sheet else ""
    extras = "note" if actual.note else "", where, "kind" if actual.kind != "level" else ""
    months = "months" if actual.months is not None else ""
    return attributes(actual, "year text value", POSITION, *extras, months)


def matrix_document(matrix: Matrix) -> Document:
    return _document(
        plans=[loaded.id for loaded in matrix.plans],
        indicators=[name for name, _ in matrix.indicators],
        per=matrix.per and matrix.per[0],
        standings=[*map(standing_record, matrix.standings)],
    )


def standing_record(standing: Standing) -> Record:
    target = standing.target
    return {
        **attributes(standing, "plan indicator=indicator_id place scope note unit=indicator.unit"),
        "scope": standing.scope or None,
        "note": standing.note or None,
        **_ends(target),
        "measure": standing.measure,
        "implied": Amount(standing.implied, unit_of(standing.measure, standing.indicator)),
        "rank": standing.rank,
        "verdict": target.verdict,
        "relative": standing.relative and _relative(standing.relative),
    }


def _relative(relative: Relative) -> Record:
    ends, unit = {"base": relative.base, "target": relative.target}, relative.unit
    amounts = {key: Amount(value, unit) for key, value in ends.items()}
    growth = {"growth": Amount(relative.growth, "%")}
    return attributes(relative, "per unit") | amounts | growth | attributes(relative, "rank why")


def trace_document(traces: Sequence[Trace], broken: Sequence[Finding]) -> Document:
    """`trace -f json`; `broken` are findings of plans that could not be traced."""
    findings = [*broken, *(each for trace in traces for each in trace.findings)]
    records = [finding_record(each, None) for each in findings]
    return _document(plans=[*map(_trace, traces)], findings=records)


def _trace(trace: Trace) -> Record:
    from plantrack.trace import USES  # noqa: PLC0415 - with all readers of documents

    return {
        **attributes(trace, "plan=plan.plan document=document.file"),
        "counts": {"figures": trace.statuses, "numbers": {use: trace.uses[use] for use in USES}},
        "figures": [traced_record(each, trace) for each in trace.traced],
        "unused": unused_records(trace),
        **{key: list(map(_both, getattr(trace.document, key))) for key in ("not_read", "remarks")},
    }


def traced_record(traced: Traced, trace: Trace) -> Record:
    return {
        **attributes(traced.figure, "figure=id text printed=row.printed in=section"),
        "status": traced.status,
        **_spot(trace.document, traced.place),
        "lines": traced.lines,
    }


def unused_records(trace: Trace) -> list[Record]:
    """Numbers of the document that no figure uses."""
    return [
        {"text": each.text, "in": trace.source.section_at(each.start), **_spot(trace.document, each)}
        for each, _ in trace.unused
    ]


def _spot(document: TracedDocument, place: Place | Number | None) -> Record:
    if place is None:
        return {"line": None, "column": None, "words": None}
    line, column = document.line_at(place.start), document.column_at(place.start)
    return {"line": line, "column": column, "words": document.words_around(place.start, place.end)}

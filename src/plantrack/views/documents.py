"""The JSON contracts. Others read them: they change only by addition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plantrack import __version__
from plantrack.findings import CODES, Contradiction
from plantrack.numbers.interval import to_float

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from plantrack.audit import Audit, Implied, Latent, Meaning, Target
    from plantrack.findings import Finding, Involved, Said
    from plantrack.language import Text
    from plantrack.numbers.interval import Interval
    from plantrack.plan.figures import Figure
    from plantrack.plan.model import PlanModel
    from plantrack.plan.plan import Plan, PlanFile

Document = dict[str, Any]


def plans_document(plans: Sequence[PlanFile]) -> Document:
    """`list -f json`."""
    return {
        "plantrack": __version__,
        "plans": [
            _plan(read.model) | {"file": read.file, "figures": len(read.figures)}
            for read in plans
            if read.model is not None
        ],
    }


def show_document(loaded: Plan, figures: Sequence[Figure]) -> Document:
    """`show -f json`."""
    return {
        "plantrack": __version__,
        "plan": _plan(loaded.model),
        "figures": [figure_object(each) for each in figures],
    }


def check_document(audit: Audit, broken: Sequence[Finding]) -> Document:
    """`check -f json`; `broken` are the findings of files that could not be audited."""
    coverage = audit.coverage
    return {
        "plantrack": __version__,
        "plans": [loaded.id for loaded in audit.plans],
        "targets": [target_object(target, audit) for target in audit.targets],
        "findings": [finding_object(each, audit) for each in (*broken, *audit.findings)],
        "implied": [_latent(each, audit) for each in audit.latents],
        "meanings": [_meaning(each) for each in audit.meanings],
        "coverage": {
            "figures": coverage.figures,
            "in_some_law": coverage.in_some_law,
            "complete": coverage.complete,
            **{
                key: [{"figure": each.figure.id, "why": english(each.why)} for each in left]
                for key, left in (("unchecked", coverage.unchecked), ("undetermined", coverage.undetermined))
            },
        },
    }


def _meaning(meaning: Meaning) -> Document:
    """What one meaning of the vague moments would add."""
    return {
        "reading": meaning.reading,
        "plan": meaning.plan,
        "moment": meaning.moment,
        "time": meaning.time,
        "contradictions": [
            {
                "code": CODES[each.code].code,
                "name": each.code,
                "figures": list(each.figures),
                "messages": both(each.message),
            }
            for each in meaning.added
        ],
    }


def _latent(latent: Latent, audit: Audit) -> Document:
    ends = (("low", latent.interval.low), ("high", latent.interval.high))
    return {
        "indicator": latent.variable.indicator.rpartition("/")[2],
        "place": latent.variable.place,
        "at": latent.variable.times[0],
        "unit": audit.measured[latent.variable.indicator].unit,
        **{key: None if end is None else to_float(end) for key, end in ends},
        "by": [each.id for each in latent.by],
    }


def validate_document(files: int, findings: Sequence[Finding]) -> Document:
    """`validate -f json`."""
    return {
        "plantrack": __version__,
        "files": files,
        "findings": [finding_object(each, None) for each in findings],
    }


def _plan(plan: PlanModel) -> Document:
    return {
        "id": plan.plan,
        "title": {"zh": plan.title.zh, "en": plan.title.en},
        "place": plan.place.id,
        "base": plan.base,
        "target": plan.target,
        "document": plan.document,
        "issued": plan.issued,
    }


def figure_object(figure: Figure) -> Document:
    """One printed number."""
    measure, relation = figure.measure, figure.relation
    return {
        "id": figure.id,
        "indicator": figure.indicator,
        "place": figure.place,
        "kind": figure.kind,
        "at": _text(figure.at),
        "from": _text(figure.start),
        "to": _text(figure.end),
        "text": figure.text,
        "printed": figure.row.printed,
        "unit": measure.unit if measure else None,
        "bound": measure.numeral.bound if measure else None,
        "interval": _interval(measure.interval) if measure else None,
        "compare": {"op": relation.operator, "to": relation.to, "by": relation.by} if relation else None,
        "in": figure.section,
        **figure.position._asdict(),
    }


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _interval(interval: Interval | Said) -> Document:
    return {
        "low": exact_text(interval.low),
        "high": exact_text(interval.high),
        "low_closed": interval.low_closed,
        "high_closed": interval.high_closed,
    }


def exact_text(value: Fraction | None) -> str | None:
    """An exact decimal, or `p/q` where there is none; `None` for an infinite end."""
    if value is None:
        return None
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    decimals = max(twos, fives)
    digits = str(abs(value.numerator) * 10**decimals // value.denominator).rjust(decimals + 1, "0")
    sign = "-" if value < 0 else ""
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}" if decimals else f"{sign}{digits}"


def target_object(target: Target, audit: Audit) -> Document:
    figure = target.figure
    bounded = target.target.measure if target.target else None
    return {
        "plan": figure.plan,
        "indicator": figure.indicator,
        "place": figure.place,
        "unit": target.indicator.unit,
        "in": figure.section,
        "from": target.start,
        "to": target.due,
        **printed_texts(target),
        "bound": bounded.numeral.bound if bounded else None,
        "measure": target.measure,
        "implied": implied_object(target.implied),
        "verdict": target.verdict,
        "why": english(target.why),
        "status": audit.status_of(target),
        "figures": [each.id for each in target.figures],
        "findings": [each.id for each in audit.findings_about(target)],
    }


def finding_object(finding: Finding, audit: Audit | None) -> Document:
    """A finding of an audit or of a validation: the same object."""
    return {
        "id": finding.id,
        "code": finding.code.code,
        "name": finding.code.name,
        "level": finding.level.value,
        **_proof(finding.proof, audit),
        "messages": both(finding.message),
        **finding.position._asdict(),
        "waived": finding.waived._asdict() if finding.waived else None,
    }


def both(said: Text) -> Document:
    return {"zh": said.say("zh"), "en": said.say("en")}


def english(said: Text | None) -> str | None:
    return said.say("en") if said is not None else None


def implied_object(implied: Implied | None) -> Document | None:
    return implied._asdict() if implied is not None else None


def printed_texts(target: Target) -> Document:
    """What is printed of a row's base, its target and the way there."""
    figures = {"base": target.base, "target": target.target, "stated": target.stated}
    return {key: figure.text if figure else None for key, figure in figures.items()}


_NO_PROOF = Contradiction()
"""What stands in a finding that is no contradiction."""


def _proof(given: Contradiction | None, audit: Audit | None) -> Document:
    proof = _NO_PROOF if given is None else given
    return {
        "plans": list(proof.plans),
        "severity": proof.severity,
        "figures": [_involved(each, audit) for each in proof.involved],
        "identities": list(proof.identities),
        "must_contain": proof.must_contain,
        "range": None if given is None else list(proof.ratio),
        "in_every": list(proof.in_every),
        "alternatives": [list(each) for each in proof.alternatives],
        "settles": list(proof.settles),
        "cases": [
            {"reading": reading, "message": said.say("en"), "messages": both(said)}
            for reading, said in proof.cases
        ],
        "minimal": proof.is_minimal,
        "assumptions": [each.say("en") for each in proof.assumptions],
        "readings": list(proof.readings),
        "set_aside": list(proof.set_aside),
        "causes": [
            {"reading": each.reading, "figures": [_said(said) for said in each.figures]}
            for each in proof.causes
        ],
    }


def _said(said: Said) -> Document:
    """What a figure would say: of a level, of the ratio of two or of their difference."""
    return {
        "id": said.figure,
        "means": said.means,
        "times": list(said.times),
        "interval": _interval(said),
    }


def _involved(involved: Involved, audit: Audit | None) -> Document:
    """A figure of a contradiction, by its id alone where no audit knows more of it."""
    figure = audit.figures[involved.figure] if audit is not None else None
    kept = ("id", "indicator", "place", "kind", "at", "from", "to", "text", "in", "file", "line", "column")
    shown = figure_object(figure) if figure is not None else dict.fromkeys(kept)
    return {key: shown[key] for key in kept} | {
        "id": involved.figure,
        "plan": involved.figure.partition("/")[0],
        "should_read": list(involved.should_read),
        "should_read_count": involved.should_read_count,
        "nominal": involved.nominal,
        "instead": list(involved.instead),
        "also": list(involved.also),
    }

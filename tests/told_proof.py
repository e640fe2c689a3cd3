"""Every told value, reading, "enough alone" and "no number would do" of an audit, put to the proof."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from plantrack.audit import audit_plans
from plantrack.render.json import check_document
from told import CATALOGUE, Data, Ends, World, loaded_of, reread, with_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

MOST_REMOVED = 3


class Proof(NamedTuple):
    """Something told, and whether it is true; `None` where the solver does not know."""

    what: str
    is_true: bool | None
    said: str


class Oracle:
    """The figures of plans under each meaning of their vague moments, and what they mean."""

    def __init__(self, plans: Iterable[Data], *, identities: bool = True) -> None:
        self.plans = {data["plan"]: data for data in plans}
        moments = {
            f"{name}@{plan}": each["either"]
            for plan, data in self.plans.items()
            for name, each in (data.get("moments") or {}).items()
        }
        choices = itertools.product(*moments.values()) if moments else []
        meanings = [dict(zip(moments, choice, strict=True)) for choice in choices]
        self.free = World(self.plans.values(), moments={}, identities=identities)
        self.meanings = [World(self.plans.values(), moments=each, identities=identities) for each in meanings]
        self.known: dict[Any, bool | None] = {}

    def holds(
        self, figures: Iterable[str], instead: Mapping[str, Ends] | None = None, *, meant: bool = False
    ) -> bool | None:
        """Whether these figures can all be true; `meant` under some meaning of the moments."""
        asked = frozenset(figures), frozenset((instead or {}).items()), meant
        if asked not in self.known:
            worlds = self.meanings if meant and self.meanings else [self.free]
            answers = [world.holds(asked[0], instead) for world in worlds]
            self.known[asked] = True if True in answers else None if None in answers else False
        return self.known[asked]

    def least(self, figures: Iterable[str], groups: Mapping[str, Any]) -> int | None:
        """How many groups of figures must go at least so that the others hold; `None` for more, or not known."""
        inside = list(figures)
        names = list(dict.fromkeys(groups[each] for each in inside))
        cores: list[list[Any]] = []
        while True:
            away = _hitting(cores)
            if away is None:
                return None
            answer = self.holds([each for each in inside if groups[each] not in away])
            if answer is None:
                return None
            if answer:
                return len(away)
            core = [name for name in names if name not in away]
            for name in list(core):
                left = [each for each in core if each != name]
                if self.holds([each for each in inside if groups[each] in left]) is False:
                    core = left
            cores.append(core)


def _hitting(cores: list[list[Any]]) -> set[Any] | None:
    """A smallest set that meets every core."""
    names = list(dict.fromkeys(name for core in cores for name in core))
    for size in range(MOST_REMOVED + 1):
        for chosen in itertools.combinations(names, size):
            if all(set(chosen) & set(core) for core in cores):
                return set(chosen)
    return None


def audited(plans: Iterable[Data]) -> Data:
    """`plantrack check -f json` of plans."""
    return check_document(audit_plans([loaded_of(data) for data in plans], CATALOGUE), [])


# -- numerals ------------------------------------------------------------------------------------

_NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
_FALLS = ("下降", "减少", "降低", "回落", "-", "−")


def _counted(text: str) -> tuple[int, int]:
    """How many last digits a numeral counts, below zero after a verb of falling; and its decimals."""
    match = _NUMBER.search(text)
    assert match is not None
    number = match[0].replace(",", "")
    sign = -1 if text.startswith(_FALLS) else 1
    return sign * int(number.replace(".", "")), len(number.partition(".")[2])


def _written(count: int, like: Iterable[str]) -> str | None:
    """A numeral of so many last digits in the form of one of the same sign; `None` where there is none."""
    for text in like:
        old, decimals = _counted(text)
        if (old < 0) == (count < 0) or count == 0 or (old == 0 and count > 0):
            digits = str(abs(count)).rjust(decimals + 1, "0")
            number = f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits
            return _NUMBER.sub(number, text, count=1)
    return None


# -- what is told --------------------------------------------------------------------------------


def proofs(plans: Iterable[Data], document: Data, oracle: Oracle) -> Iterator[Proof]:
    """What a check tells, thing by thing."""
    plans = {data["plan"]: data for data in plans}
    findings = [each for each in document["findings"] if each["figures"] and each["code"].startswith("PT3")]
    findings = [each for each in findings if not _is_plausibility(each)]
    for finding in findings:
        yield from Told(plans, finding, findings, oracle).proofs()
    yield from _numbers(findings, oracle, complete=document["coverage"]["complete"])


def _is_plausibility(finding: Data) -> bool:
    """Only contradictions have identities."""
    return not finding["identities"]


def _everything(finding: Data) -> set[str]:
    return {name for each in finding["figures"] for name in (each["id"], *each["also"])}


class Told:
    """What one finding tells."""

    def __init__(
        self, plans: Mapping[str, Data], finding: Data, findings: Iterable[Data], oracle: Oracle
    ) -> None:
        self.plans, self.finding, self.oracle = plans, finding, oracle
        self.figures = [each["id"] for each in finding["figures"]]
        self.meant = bool(finding["cases"])
        world = oracle.free if not self.meant or not oracle.meanings else oracle.meanings[0]
        self.near = world.component(self.figures)
        for other in oracle.meanings if self.meant else []:
            self.near |= other.component(self.figures)
        if "set_aside" in finding:
            self.aside = set(finding["set_aside"])
            self.is_told = True
        else:
            self.aside = {name for each in findings if each is not finding for name in _everything(each)}
            self.aside -= _everything(finding)
            self.is_told = False

    def holds(self, figures: Iterable[str], instead: Mapping[str, Ends] | None = None) -> bool | None:
        return self.oracle.holds(figures, instead, meant=self.meant)

    def proof(self, what: str, answer: bool | None, wanted: bool, said: str) -> Proof:  # noqa: FBT001
        return Proof(what, None if answer is None else answer == wanted, f"{self.finding['code']} {said}")

    def proofs(self) -> Iterator[Proof]:
        yield self.proof("finding: contradictory", self.holds(self.figures), False, "+".join(self.figures))
        for each in self.figures:
            rest = [other for other in self.figures if other != each]
            yield self.proof("finding: minimal", self.holds(rest), True, f"without {each} of {self.figures}")
        if self.is_told and self.aside:
            rest = self.near - self.aside - _everything(self.finding)
            yield self.proof("set aside", self.holds(rest), True, f"{self.aside}")
        for figure in self.finding["figures"]:
            yield from self._of(figure)
        yield from self._readings()

    def _of(self, figure: Data) -> Iterator[Proof]:
        mine = {figure["id"], *figure["also"]}
        without = self.holds(self.near - self.aside - mine)
        enough = figure["id"] in self.finding["in_every"]
        yield self.proof(
            "enough alone" if enough else "not enough alone",
            without,
            enough,
            f"{figure['id']} {figure['text']}",
        )
        told = figure["should_read"]
        if not told:
            if figure["should_read_count"] == 0:
                yield self.proof("no number would do", without, False, f"{figure['id']} {figure['text']}")
            return
        yield from self._values(figure, [each for each in told if each is not None])

    def _values(self, figure: Data, told: list[str]) -> Iterator[Proof]:
        for value in dict.fromkeys(told):
            yield self._value("value", figure, value, True)
        counts = sorted({_counted(each)[0] for each in told})
        count, endless = figure["should_read_count"], None in figure["should_read"]
        if len({_counted(each)[1] for each in told}) > 1:
            yield Proof("value: decimals", False, f"{figure['id']} {told}")
            return
        first, last = counts[0], counts[-1]
        if not endless and count != last - first + 1:
            yield Proof("value: count", False, f"{figure['id']} {told} {count}")
        if last - first > 1:
            yield from self._maybe("value in between", figure, (first + last) // 2, told, True)
        outside = [first - 1] if endless else [first - 1, last + 1]
        for each in outside:
            yield from self._maybe("value outside", figure, each, told, False)
        if endless:
            yield from self._maybe("value beyond", figure, 10 * abs(last) + 1_000, told, True)

    def _maybe(self, what: str, figure: Data, count: int, like: list[str], wanted: bool) -> Iterator[Proof]:  # noqa: FBT001
        value = _written(count, like)
        if value is None:
            return
        ends = reread(self._plan(figure["id"]), figure["id"], value)
        if ends is None or not self._is_allowed(figure, ends):
            return
        yield self._value(what, figure, value, wanted)

    def _plan(self, figure: str) -> Data:
        return self.plans[figure.partition("/")[0]]

    def _is_allowed(self, figure: Data, ends: Ends) -> bool:
        """Whether domain and limit leave something of it."""
        if figure["kind"] != "level":
            return True
        claim = self.oracle.free.claims[figure["id"]]
        indicator = self.oracle.free.indicators[claim.levels[0].indicator]
        limit = indicator.get("limit")
        most = (
            Ends(None, Fraction(limit.rstrip("%")) / (100 if limit.endswith("%") else 1))
            if limit
            else Ends(None, None)
        )
        return not ends.both(most).both(self.oracle.free.domain(claim.levels[0])).is_empty

    def _value(self, what: str, figure: Data, value: str, wanted: bool) -> Proof:  # noqa: FBT001
        said = f"{figure['id']} {figure['text']}: {value}"
        ends = reread(self._plan(figure["id"]), figure["id"], value)
        if ends is None:
            return Proof(f"{what}: understood", False, said)
        if wanted and not self._is_allowed(figure, ends):
            return Proof(f"{what}: within limits", False, said)
        claims = self.oracle.free.claims
        about = claims[figure["id"]].about
        alike = {each for each in figure["also"] if each in claims and claims[each].about == about}
        away = self.aside | (set(figure["also"]) - alike)
        instead = dict.fromkeys({figure["id"], *alike}, ends)
        return self.proof(what, self.holds(self.near - away, instead), wanted, said)

    def _readings(self) -> Iterator[Proof]:
        causes = self.finding.get("causes")
        if causes is None:
            for name in self.finding["readings"]:
                yield Proof("reading without cause", None, name)
            return
        told = {each["reading"] for each in causes}
        for name in self.finding["readings"]:
            if name not in told:
                yield Proof("reading: told how", False, name)
        for cause in causes:
            instead = {each["id"]: Ends.of(each["interval"]) for each in cause["figures"]}
            said = f"{cause['reading']} {instead} of {self.figures}"
            yield self.proof(
                "reading", self.holds(self.near - (self.aside - set(instead)), instead), True, said
            )


def _numbers(findings: list[Data], oracle: Oracle, *, complete: bool) -> Iterator[Proof]:
    """None missed, and as many as figures must go."""
    world, left = oracle.free, set(oracle.free.claims)
    while left:
        near = world.component([min(left)])
        left -= near | {min(left)}
        here = [each for each in findings if near & set(_everything(each))]
        answer = oracle.holds(near)
        if answer is None:
            yield Proof("component", None, "")
            continue
        if answer:
            if here:
                yield Proof(
                    "component: nothing claimed of what holds",
                    all(each["cases"] for each in here),
                    str(sorted(near)),
                )
            continue
        name = "component: none missed" if complete else "component: none missed, undetermined"
        yield Proof(name, bool(here), str(sorted(near)))
        if not here:
            continue
        alike = {each: (claim.about, claim.ends) for each, claim in world.claims.items()}
        most = oracle.least(sorted(near), alike)
        least = oracle.least(sorted(near), {each: claim.about for each, claim in world.claims.items()})
        if most is None or least is None:
            yield Proof("number of findings", None, "")
        else:
            yield Proof(
                "number of findings", least <= len(here) <= most, f"{len(here)} told, {least}–{most} needed"
            )


# -- by the audit itself -------------------------------------------------------------------------

_LEVELS = ("note", "warning", "error")


def rewritten(data: Data, document: Data) -> Iterator[Proof]:
    """Each told value in place of the printed one, and the audit again: gone, nothing new, nothing graver."""
    findings = [each for each in document["findings"] if each["figures"] and each["identities"]]
    before = {frozenset(figure["id"] for figure in each["figures"]): each for each in findings}
    for about, finding in before.items():
        aside = set(finding.get("set_aside", ()))
        if "set_aside" not in finding:
            aside = {name for each in findings if each is not finding for name in _everything(each)}
        for figure in finding["figures"]:
            for value in dict.fromkeys(each for each in figure["should_read"] if each is not None):
                alike = [
                    each
                    for each in figure["also"]
                    if each.split("/")[-3:-1] == figure["id"].split("/")[-3:-1]
                ]
                changed = with_values(data, dict.fromkeys([figure["id"], *alike], value))
                after = audited([changed])
                wrong = _compared(before, about, after, aside)
                yield Proof(
                    "audited again", wrong is None, f"{figure['id']} {figure['text']}: {value}: {wrong}"
                )


def _compared(
    before: Mapping[frozenset[str], Data], about: frozenset[str], after: Data, aside: set[str]
) -> str | None:
    """What is wrong with the findings after a correction; `None` for nothing."""
    for finding in after["findings"]:
        ids = frozenset(figure["id"] for figure in finding["figures"])
        if not finding["identities"]:
            continue
        if ids == about:
            return "still there"
        if ids & aside:
            continue
        if ids not in before:
            return f"new {sorted(ids)}"
        old = before[ids]
        if _LEVELS.index(finding["level"]) > _LEVELS.index(old["level"]):
            return f"graver {sorted(ids)}"
        far, was = finding["severity"] or float("inf"), old["severity"] or float("inf")
        if far > was * 1.001:
            return f"farther {was:.3g} → {far:.3g} {sorted(ids)}"
    return None


# -- counts --------------------------------------------------------------------------------------


class Tally(NamedTuple):
    """How many of each kind were true, false, unknown; the false ones, shortest plans first."""

    counts: Counter[tuple[str, str]]
    false: list[tuple[str, str, Data]]

    def add(self, proof: Proof, data: Data) -> None:
        verdict = {True: "true", False: "false", None: "unknown"}[proof.is_true]
        self.counts[proof.what, verdict] += 1
        if proof.is_true is False:
            self.false.append((proof.what, proof.said, data))


def false_of(data: Data, *, again: bool = True) -> list[Proof]:
    return [each for each in all_proofs(data, again=again) if each.is_true is False]


def all_proofs(data: Data, *, again: bool = True) -> Iterator[Proof]:
    document = audited([data])
    yield from proofs([data], document, Oracle([data]))
    if again:
        yield from rewritten(data, document)


def shrunk(data: Data, what: str, *, again: bool = False) -> Data:
    """The plan with as few figures as still have such a false thing told."""
    import copy

    smaller = True
    while smaller:
        smaller = False
        for name, number, kind, time in _entries(data):
            less = copy.deepcopy(data)
            row = less["figures"][name][number]
            del row[kind][time]
            if not row[kind]:
                del row[kind]
            if set(row) == {"in"}:
                less["figures"][name].pop(number)
            if not less["figures"][name]:
                del less["figures"][name]
            try:
                still = any(each.what == what for each in false_of(less, again=again))
            except Exception:  # noqa: BLE001
                continue
            if still:
                data, smaller = less, True
                break
    return data


def _entries(data: Data) -> list[tuple[str, int, str, str]]:
    return [
        (name, number, kind, time)
        for name, rows in data["figures"].items()
        for number, row in enumerate(rows)
        for kind, values in row.items()
        if isinstance(values, dict)
        for time in values
    ]

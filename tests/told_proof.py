"""Every told value, reading, "enough alone" and "no number would do" of an audit, put to the proof."""

from __future__ import annotations

import copy
import itertools
import re
from collections import Counter
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from plantrack.audit import audit_plans
from plantrack.views.documents import check_document
from told import CATALOGUE, Claim, Data, Ends, World, loaded_of, reread, with_values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from plantrack.findings import Said

MOST_REMOVED = 3


class Proof(NamedTuple):
    """Something told, and whether it is true; `None` where the solver does not know."""

    what: str
    is_true: bool | None
    said: str


class Oracle:
    """The figures of plans under each meaning of their vague moments, and what they mean.

    `free` takes moments for times of their own.
    """

    def __init__(self, plans: Iterable[Data]) -> None:
        self.plans = {data["plan"]: data for data in plans}
        self.free = self._world({}, whole=False)
        self.known: dict[Any, bool | None] = {}

    def _world(self, meaning: Mapping[str, str], *, whole: bool) -> World:
        return World(self.plans.values(), moments=meaning, whole=whole)

    def _meanings(self, *, whole: bool) -> list[World]:
        moments = {
            f"{name}@{plan}": each["either"]
            for plan, data in self.plans.items()
            for name, each in (data.get("moments") or {}).items()
        }
        choices = itertools.product(*moments.values()) if moments else []
        return [self._world(dict(zip(moments, each, strict=True)), whole=whole) for each in choices]

    @cached_property
    def meanings(self) -> list[World]:
        return self._meanings(whole=False) or [self.free]

    @cached_property
    def whole(self) -> World:
        return self._world({}, whole=True)

    @cached_property
    def whole_meanings(self) -> list[World]:
        return self._meanings(whole=True) or [self.whole]

    def holds(
        self,
        figures: Iterable[str],
        instead: Mapping[str, Ends | Claim] | None = None,
        *,
        meant: bool = False,
        whole: bool = False,
    ) -> bool | None:
        """Whether these figures can all be true; `meant` under some meaning of the moments; `whole` by whole counts."""
        asked = frozenset(figures), frozenset((instead or {}).items()), meant, whole
        if asked not in self.known:
            if whole:
                worlds = self.whole_meanings if meant else [self.whole]
            else:
                worlds = self.meanings if meant else [self.free]
            answers = [world.holds(asked[0], instead) for world in worlds]
            self.known[asked] = True if True in answers else None if None in answers else False
        return self.known[asked]

    def least(self, figures: Iterable[str], key: Callable[[Claim], Any]) -> int | None:
        """How many groups of figures must go at least so that the others hold; `None` for more, or not known."""
        inside = list(figures)
        groups = {each: key(self.free.claims[each]) for each in inside}
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
    """`plantrack check -f json` of plans; what is set aside and the causes are taken from the findings."""
    audit = audit_plans([loaded_of(data).require() for data in plans], CATALOGUE)
    document = check_document(audit, [])
    for told, finding in zip(document["findings"], audit.findings, strict=True):
        if finding.proof is not None:
            told["set_aside"] = list(finding.proof.set_aside)
            told["causes"] = finding.proof.causes
    return document


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
        if count == 0 or text.startswith(_FALLS) == (count < 0):
            decimals = _counted(text)[1]
            digits = str(abs(count)).rjust(decimals + 1, "0")
            number = f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits
            return _NUMBER.sub(number, text, count=1)
    return None


# -- what is told --------------------------------------------------------------------------------


def proofs(plans: Iterable[Data], document: Data, oracle: Oracle) -> Iterator[Proof]:
    """What a check tells, thing by thing."""
    plans = {data["plan"]: data for data in plans}
    findings = contradictions(document)
    for finding in findings:
        touching = {name for each in findings if each["level"] == "note" for name in _everything(each)}
        yield from Told(plans, finding, oracle, touching - _everything(finding)).proofs()
    yield from _numbers(findings, oracle, complete=document["coverage"]["complete"])


def contradictions(document: Data) -> list[Data]:
    """Findings with a proof: what is merely implausible breaks no identity."""
    return [each for each in document["findings"] if each["figures"] and each["identities"]]


def _everything(finding: Data) -> set[str]:
    return {name for each in finding["figures"] for name in (each["id"], *each["also"])}


class Told:
    """What one finding tells.

    Figures of other findings that are notes touch one another: they are taken with their ends.
    """

    def __init__(
        self, plans: Mapping[str, Data], finding: Data, oracle: Oracle, touching: Iterable[str]
    ) -> None:
        self.plans, self.finding, self.oracle = plans, finding, oracle
        self.figures = [each["id"] for each in finding["figures"]]
        self.meant = bool(finding["cases"])
        worlds = oracle.meanings if self.meant else [oracle.free]
        self.aside = set(finding["set_aside"])
        claims = oracle.free.claims
        self.closed = {each: claims[each].ends.closed for each in touching if each in claims}
        freed = self.aside | _everything(finding)
        self.near = frozenset[str]().union(*(world.component(self.figures, freed) for world in worlds))

    def can(
        self, what: str, said: str, figures: Iterable[str], instead: Mapping[str, Ends | Claim] | None = None
    ) -> Proof:
        """That these figures can be true together."""
        read = {**self.closed, **(instead or {})}
        return Proof(what, self.oracle.holds(figures, read, meant=self.meant), self._said(said))

    def cannot(
        self, what: str, said: str, figures: Iterable[str], instead: Mapping[str, Ends | Claim] | None = None
    ) -> Proof:
        """That they cannot, be it for whole numbers."""
        inside, read = list(figures), {**self.closed, **(instead or {})}
        answer = self.oracle.holds(inside, read, meant=self.meant)
        if answer is not False and self.oracle.holds(inside, read, meant=self.meant, whole=True) is False:
            answer = False
        return Proof(what, None if answer is None else not answer, self._said(said))

    def _said(self, said: str) -> str:
        return f"{self.finding['code']} {said}"

    def proofs(self) -> Iterator[Proof]:
        yield self.cannot("finding: contradictory", "+".join(self.figures), self.figures)
        for each in self.figures if self.finding["minimal"] else ():
            rest = [other for other in self.figures if other != each]
            yield self.can("finding: minimal", f"without {each} of {self.figures}", rest)
        yield from self._set_aside()
        for figure in self.finding["figures"]:
            yield from self._of(figure)
        yield from self._readings()

    def _set_aside(self) -> Iterator[Proof]:
        """With this finding's figures it is enough; none is this finding's; one thing less than must go."""
        said = str(sorted(self.aside))
        yield self.can("set aside: enough", said, self.near - self.aside - _everything(self.finding))
        own = self.aside & set(self.figures)
        yield Proof("set aside: none of its own", not own, said)
        if self.meant:
            return
        claims = self.oracle.free.claims
        few = [
            None if needed is None else len({key(claims[each]) for each in self.aside - own}) < max(needed, 1)
            for key in (_thing, _print)
            for needed in [self.oracle.least(sorted(self.near), key)]
        ]
        yield Proof("set aside: no more than needed", True in few if None not in few else None, said)

    def _of(self, figure: Data) -> Iterator[Proof]:
        without = self.near - self.aside - {figure["id"], *self._alike(figure)}
        said = f"{figure['id']} {figure['text']}"
        if figure["id"] in self.finding["in_every"]:
            yield self.can("enough alone", said, without)
        elif figure["should_read"] or figure["should_read_count"] == 0:
            yield self.cannot("not enough alone", said, without)
        told = figure["should_read"]
        if told:
            yield from self._values(figure, [each for each in told if each is not None])
        elif figure["should_read_count"] == 0:
            yield self.cannot("no number would do", said, without)

    def _values(self, figure: Data, told: list[str]) -> Iterator[Proof]:
        for value in dict.fromkeys(told):
            yield self._value("value", figure, value, does=True)
        counts = sorted({_counted(each)[0] for each in told})
        low, high = figure["should_read"]
        if len({_counted(each)[1] for each in told}) > 1:
            yield Proof("value: decimals", is_true=False, said=f"{figure['id']} {told}")
            return
        first, last = counts[0], counts[-1]
        far = 10 * max(map(abs, counts)) + 1_000
        count = figure["should_read_count"]
        if None not in {low, high} and count != last - first + 1:
            yield Proof("value: count", is_true=False, said=f"{figure['id']} {told} {count}")
        if last - first > 1:
            yield from self._other("value in between", figure, (first + last) // 2, told, does=True)
        for end, beyond, next_to in ((low, first - far, first - 1), (high, last + far, last + 1)):
            if end is None:
                yield from self._other("value beyond", figure, beyond, told, does=True)
            else:
                yield from self._other("value outside", figure, next_to, told, does=False)

    def _other(self, what: str, figure: Data, count: int, like: list[str], *, does: bool) -> Iterator[Proof]:
        """A number that is not told, if it can be printed and is one that the figure can have."""
        value = _written(count, like)
        ends = None if value is None else reread(self._plan(figure["id"]), figure["id"], value)
        if value is not None and ends is not None and self._is_allowed(figure, ends):
            yield self._value(what, figure, value, does=does)

    def _plan(self, figure: str) -> Data:
        return self.plans[figure.partition("/")[0]]

    def _is_allowed(self, figure: Data, ends: Ends) -> bool:
        """Whether domain and limit leave something of it."""
        if figure["kind"] != "level":
            return True
        level = self.oracle.free.claims[figure["id"]].levels[0]
        limit = self.oracle.free.indicators[level.indicator].get("limit")
        most = Ends(None, None)
        if limit:
            most = Ends(None, Fraction(limit.rstrip("%")) / (100 if limit.endswith("%") else 1))
        return not ends.both(most).both(self.oracle.free.domain(level)).is_empty

    def _value(self, what: str, figure: Data, value: str, *, does: bool) -> Proof:
        """With the numeral wherever this figure stands in the same form."""
        said = f"{figure['id']} {figure['text']}: {value}"
        ends = reread(self._plan(figure["id"]), figure["id"], value)
        if ends is None:
            return Proof(f"{what}: understood", is_true=False, said=said)
        if does and not self._is_allowed(figure, ends):
            return Proof(f"{what}: within limits", is_true=False, said=said)
        alike = self._alike(figure)
        left = self.near - self.aside | {figure["id"], *alike}
        instead = dict.fromkeys({figure["id"], *alike}, ends)
        return (self.can if does else self.cannot)(what, said, left, instead)

    def _alike(self, figure: Data) -> set[str]:
        """Other prints of it in the same form, which are read as it is."""
        claims = self.oracle.free.claims
        same = claims[figure["id"]].kind, claims[figure["id"]].levels
        return {each for each in figure["also"] if (claims[each].kind, claims[each].levels) == same}

    def _readings(self) -> Iterator[Proof]:
        """Under each all that is connected can be true; each tells what it makes of figures."""
        causes = self.finding["causes"]
        for name in self.finding["readings"]:
            if name not in {each.reading for each in causes}:
                yield Proof("reading: told how", is_true=False, said=name)
        for reading, _, figures in causes:
            instead = {
                each.figure: self.oracle.free.otherwise(each.figure, each.means, each.times, _ends(each))
                for each in figures
            }
            said = f"{reading} {[tuple(each) for each in figures]} of {self.figures}"
            left = self.near - (self.aside - set(instead)) | set(instead)
            yield self.can("reading", said, left, instead)


def _ends(said: Said) -> Ends:
    return Ends(said.low, said.high, said.low_closed, said.high_closed)


def _numbers(findings: list[Data], oracle: Oracle, *, complete: bool) -> Iterator[Proof]:
    """None missed, and as many as figures must go."""
    left = set(oracle.free.claims)
    while left:
        first = min(left)
        near = oracle.free.component([first])
        left -= near | {first}
        here = [each for each in findings if near & _everything(each)]
        answer = oracle.holds(near)
        said = str(sorted(near))
        if answer is None:
            yield Proof("component", None, said)
        elif not answer:
            doubt = "" if complete else ", undetermined"
            yield Proof(f"component: none missed{doubt}", bool(here), said)
            if here:
                graver = sum(each["level"] != "note" for each in here)
                yield _number((graver, len(here)), sorted(near), oracle)
        elif here:
            excused = all(each["cases"] for each in here) or oracle.holds(near, whole=True) is False
            yield Proof("component: nothing claimed of what holds", excused, said)


def _number(told: tuple[int, int], near: list[str], oracle: Oracle) -> Proof:
    """At least as many as things must go, notes included; at most as many as prints, without notes."""
    most, least = oracle.least(near, _print), oracle.least(near, _thing)
    if most is None or least is None:
        return Proof("number of findings", None, "")
    return Proof(
        "number of findings", told[0] <= most and least <= told[1], f"{told} told, {least}–{most} needed"
    )


def _thing(claim: Claim) -> Any:
    """What a figure is about, however often it is printed."""
    return claim.about


def _print(claim: Claim) -> Any:
    """What a figure says; an equal print elsewhere counts once."""
    return claim.kind, claim.levels, claim.ends


# -- by the audit itself -------------------------------------------------------------------------

_LEVELS = ("note", "warning", "error")


def rewritten(data: Data, document: Data) -> Iterator[Proof]:
    """Each told value in place of the printed one, and the audit again: gone, nothing new, nothing graver."""
    findings = contradictions(document)
    before = {frozenset(figure["id"] for figure in each["figures"]): each for each in findings}
    for about, finding in before.items():
        aside = set(finding["set_aside"])
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
    for finding in contradictions(after):
        ids = frozenset(figure["id"] for figure in finding["figures"])
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


# -- one plan ------------------------------------------------------------------------------------


def false_of(data: Data, *, again: bool = True) -> list[Proof]:
    return [each for each in all_proofs(data, again=again) if each.is_true is False]


def all_proofs(data: Data, *, again: bool = True) -> Iterator[Proof]:
    document = audited([data])
    for told, times in Counter(each["id"] for each in document["findings"]).items():
        yield Proof("a finding, told once", times == 1, told)
    yield from proofs([data], document, Oracle([data]))
    if again:
        yield from rewritten(data, document)


def shrunk(data: Data, what: str, *, again: bool = False) -> Data:
    """The plan with as few figures as still have such a false thing told."""
    for name, number, kind, time in _entries(data):
        less = _without(data, name, number, kind, time)
        if less["figures"] and any(each.what == what for each in false_of(less, again=again)):
            return shrunk(less, what, again=again)
    return data


def _without(data: Data, name: str, number: int, kind: str, time: str) -> Data:
    less = copy.deepcopy(data)
    rows = less["figures"][name]
    del rows[number][kind][time]
    if not rows[number][kind]:
        del rows[number][kind]
    if not any(isinstance(each, dict) for each in rows[number].values()):
        rows.pop(number)
    if not rows:
        del less["figures"][name]
    return less


def _entries(data: Data) -> list[tuple[str, int, str, str]]:
    return [
        (name, number, kind, time)
        for name, rows in data["figures"].items()
        for number, row in enumerate(rows)
        for kind, values in row.items()
        if isinstance(values, dict)
        for time in values
    ]

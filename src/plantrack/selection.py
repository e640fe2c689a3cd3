"""Which findings are shown and counted: by code, beginning of a code, or name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from plantrack.errors import PlantrackError
from plantrack.findings import CODES
from plantrack.language import listing, shortened, text, visible
from plantrack.plan.catalogue import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from plantrack.findings import Finding


class Selection(NamedTuple):
    codes: frozenset[str]

    def of(self, findings: Iterable[Finding]) -> list[Finding]:
        return [finding for finding in findings if finding.code.code in self.codes]


def read_selection(select: Iterable[str], ignore: Iterable[str]) -> Selection:
    """The codes that `select` names (every one where it names none), without those that `ignore` names."""
    wanted = {code for asked in _split(select) for code in _named(asked)}
    unwanted = {code for asked in _split(ignore) for code in _named(asked)}
    return Selection(frozenset((wanted or {code.code for code in CODES.values()}) - unwanted))


def _split(asked: Iterable[str]) -> list[str]:
    return [part.strip() for each in asked for part in each.replace("，", ",").split(",") if part.strip()]


def _named(asked: str) -> list[str]:
    if (code := CODES.get(asked.lower())) is not None:
        return [code.code]
    known = [code.code for code in CODES.values()]
    found = [code for code in known if code.startswith(asked.upper()) and asked.upper().startswith("PT")]
    if not found:
        guesses = nearest(asked.upper(), known) + nearest(asked.lower(), CODES)
        raise PlantrackError(
            text(
                '"{asked}" names no code; write a code, the beginning of codes or a name, as {guesses}',
                asked=shortened(visible(asked)),
                guesses=listing(*(guesses or ("PT301", "PT3", "growth-conflict"))),
            )
        )
    return found

"""Formats of findings. A new one is a module here with `render(report)`, and a line in `FORMATS`."""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plantrack.audit import Audit
    from plantrack.findings import Finding
    from plantrack.language import Language
    from plantrack.plan.catalogue import Catalogue

FORMATS: dict[str, tuple[str, ...]] = {
    "concise": (".txt",),
    "json": (".json",),
    "github": (),
    "sarif": (".sarif",),
    "markdown": (".md", ".markdown"),
    "csv": (".csv",),
    "page": (),
}
"""Name of the format, and of its module -> the suffixes of files that are written in it."""
SUFFIXES: Mapping[str, str] = {suffix: name for name, suffixes in FORMATS.items() for suffix in suffixes}


class Report(NamedTuple):
    """What `validate` or `check` found, for a format.

    `findings` are all of them, waived ones included; `files` counts the files that were validated;
    `audit` is set for `check`, and `broken` are the findings of files that could not be audited;
    `given` is what was read from no file, by the name it goes by.
    """

    language: Language
    findings: tuple[Finding, ...]
    catalogue: Catalogue
    files: int = 0
    audit: Audit | None = None
    broken: tuple[Finding, ...] = ()
    given: Mapping[str, bytes] = MappingProxyType({})
    show_waived: bool = False
    ascii_only: bool = False

    @property
    def command(self) -> str:
        return "validate" if self.audit is None else "check"

    @property
    def shown(self) -> tuple[Finding, ...]:
        """The findings that are open, and the waived ones where they were asked for."""
        return tuple(each for each in self.findings if self.show_waived or each.waived is None)


def render_findings(name: str, report: Report) -> str:
    """The report in the format of that name."""
    content: str = import_module(f"{__name__}.{name}").render(report)
    return content

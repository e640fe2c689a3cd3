"""What a transcription leaves out on purpose, as a pydantic model: `data/omitted/<plan>.yaml`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, Field

from plantrack.plan.defaults import no_dict, no_list
from plantrack.plan.model import Line, Model

if TYPE_CHECKING:
    from collections.abc import Iterator

CATEGORIES = ("company", "project", "subsidy", "measure", "other")


class Omission(Model):
    """One number of the document that is no figure of the plan."""

    section: Line = Field(alias="in", description="key of the section where it stands")
    numeral: Line = Field(description="the number as printed, with its unit")
    about: Line | None = Field(default=None, description="what it is about, in a few words")


def _or_none(value: Any) -> Any:  # noqa: ANN401 - whatever stands in the file
    """A category without entries may stand there empty."""
    return [] if value == "" else value


Omissions = Annotated[list[Omission], BeforeValidator(_or_none)]


class Omitted(Model):
    """The numbers left out of one plan, by category, in the order of the document."""

    company: Omissions = Field(
        default_factory=no_list, description="of a single company, institution or fund"
    )
    project: Omissions = Field(default_factory=no_list, description="of a one-off project, park or building")
    subsidy: Omissions = Field(default_factory=no_list, description="subsidies, rewards, fees, tax rates")
    measure: Omissions = Field(default_factory=no_list, description="counts of measures, slogans")
    other: Omissions = Field(default_factory=no_list, description="what fits nowhere else; `about` says why")
    sections_unused: dict[Line, Line] = Field(
        default_factory=no_dict, description="key: heading of sections where only omitted numbers stand"
    )

    def entries(self) -> Iterator[tuple[str, int, Omission]]:
        """Category, place in its list and entry, category by category."""
        for category in CATEGORIES:
            for number, omission in enumerate(getattr(self, category)):
                yield category, number, omission

"""Templates and what passes through them. The only jinja2 import, part of the extra `report`."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from plantrack.errors import PlantrackError
from plantrack.formats.report.labels import LABELS
from plantrack.language import BLANKS, DASH_BETWEEN, Language, Text, text, visible

if TYPE_CHECKING:
    from collections.abc import Mapping

TEMPLATES = "templates"
SCRIPT = "index.js"
LANGUAGE_TAGS = {"zh": "zh-CN", "en": "en"}


class Pages:
    """Renders pages in one language; everything that a template writes is said in it and escaped."""

    def __init__(self, language: Language) -> None:
        try:
            import jinja2  # noqa: PLC0415 - part of an extra
            from markupsafe import Markup  # noqa: PLC0415 - comes with jinja2
        except ImportError:
            raise PlantrackError(
                text('to write pages, install what it takes: pip install "plantrack[report]"')
            ) from None

        def finished(value: Any) -> Any:  # noqa: ANN401 - whatever a template writes
            return value if isinstance(value, Markup) else _said(value, language)

        self._environment = jinja2.Environment(
            loader=jinja2.FunctionLoader(_source),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            finalize=finished,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals.update(
            words=LABELS,
            on_line=_on_line,
            at_line=_at_line,
            tag=LANGUAGE_TAGS[language],
            dash=DASH_BETWEEN,
            script=_hash_of_script(),
        )

    def rendered(self, template: str, contents: Mapping[str, object]) -> bytes:
        page = self._environment.get_template(template).render(contents)
        return page.encode("utf-8")


def _said(value: object, language: Language) -> str:
    """In the language of the page, every character seen."""
    speak = getattr(value, "say", None)
    return visible(str(value) if speak is None else speak(language), keep=BLANKS)


def _at_line(line: int) -> Text:
    return text(", line {line}", line=line)


def _on_line(line: int) -> Text:
    return text("line {line}", line=line)


def _source(name: str) -> str:
    return files(__package__).joinpath(TEMPLATES, name).read_text(encoding="utf-8")


def _hash_of_script() -> str:
    """By which the index allows its own script and no other; jinja2 drops a template's last line feed."""
    digest = hashlib.sha256(_source(SCRIPT).removesuffix("\n").encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"

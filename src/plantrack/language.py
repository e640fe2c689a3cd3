"""Sentences for people, in Chinese and English.

A `Text` holds an English template and what fills it, so that one finding can be shown in both
languages. Templates are looked up in `plantrack.locale.zh`; a test holds the two together.
"""

from __future__ import annotations

import locale
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Words:
    """One name in both languages, as data gives it."""

    zh: str
    en: str

    def say(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Text:
    """A template and its values; values that are `Text` or `Words` are said in the same language."""

    template: str
    values: tuple[tuple[str, object], ...] = ()

    def say(self, language: Language) -> str:
        values = {key: say(value, language) for key, value in self.values}
        return _translated(self.template, language).format_map(values)


@dataclass(frozen=True, slots=True)
class Listing:
    """Several things said one after the other."""

    items: tuple[object, ...]

    def say(self, language: Language) -> str:
        return ("、" if language == "zh" else ", ").join(say(item, language) for item in self.items)


def text(template: str, **values: object) -> Text:
    """The sentence `template` with `{name}` replaced by the value of that name."""
    return Text(template, tuple(values.items()))


def listing(*items: object) -> Listing:
    return Listing(items)


def say(value: object, language: Language) -> str:
    return value.say(language) if isinstance(value, Text | Words | Listing) else str(value)


def choose_language(asked: str, environ: Mapping[str, str] | None = None) -> Language:
    """`zh` or `en` as asked; `auto` follows PLANTRACK_LANG, then the locale, then English."""
    environ = os.environ if environ is None else environ
    wishes = [asked, environ.get("PLANTRACK_LANG", "")]
    wishes.append(next((environ[key] for key in _LOCALE_KEYS if environ.get(key)), ""))
    wishes.append(locale.getlocale()[0] or "")
    for wish in wishes:
        for language, beginnings in _BEGINNINGS.items():
            if wish.lower().startswith(beginnings):
                return language
    return "en"


_LOCALE_KEYS = ("LC_ALL", "LC_MESSAGES", "LANG")
_BEGINNINGS: dict[Language, tuple[str, ...]] = {"zh": ("zh", "chinese"), "en": ("en",)}


def _translated(template: str, language: Language) -> str:
    if language == "en":
        return template
    from plantrack.locale.zh import MESSAGES  # noqa: PLC0415 - read only by those who read Chinese

    return MESSAGES.get(template, template)

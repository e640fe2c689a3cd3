"""What a shell offers for completion: plans, indicators, codes and places, with what they are called.

Nothing heavy is loaded: names are found by a pattern in the lines of the catalogue and of plan files, and tests hold
them to what is read there. What is wrong with a file is no matter here.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from plantrack.cli.settings import Settings
from plantrack.errors import PlantrackError
from plantrack.findings import CODES
from plantrack.language import Language
from plantrack.plan.folders import PACKAGE, files_by_id, plans_folders

if TYPE_CHECKING:
    from collections.abc import Iterable

Offers = list[tuple[str, str]]
"""Words and what is told beside them."""
_NAMED = r"""(?m)^  ([a-z]\w*):\s+\{zh: ?["']?([^,"'}]+)"""
_TITLE = r"""(?m)^title: ?\{zh: ?["']?([^,"'}]+)"""
_HEAD = 2_000
"""Characters in which a plan file has its title."""


def plans(ctx: typer.Context, incomplete: str) -> Offers:
    """Ids, with the titles."""
    files = _files(ctx).items()
    return [
        (name, _found(_TITLE, _text(file)[:_HEAD])) for name, file in files if name.startswith(incomplete)
    ]


def indicators(ctx: typer.Context, incomplete: str) -> Offers:
    """Ids with the Chinese names, or names with the ids; of a plan that is named before, only its own."""
    known = dict(re.findall(_NAMED, _under("indicators", _catalogue("indicators.yaml"))))
    if "name" in ctx.params and (written := _plan(ctx)):
        known |= dict(re.findall(_NAMED, _under("own", written)))
        used = set(re.findall(r"^  ([a-z]\w*):", _under("figures", written), re.MULTILINE))
        known = {name: said for name, said in known.items() if name in used}
    return _listed(known.items(), incomplete)


def codes(ctx: typer.Context, incomplete: str) -> Offers:
    """Codes with what they mean; names, where small letters are typed."""
    language: Language = getattr(ctx.find_root().command, "language", "en")
    typed = incomplete.rpartition(",")[2]
    return _listed(
        (
            (each.name if typed[:1].islower() else each.code, each.title.say(language))
            for each in CODES.values()
        ),
        incomplete,
    )


def places(incomplete: str) -> Offers:
    """Chinese names, with the ids."""
    divisions = re.findall(r"^\d+\t(\w+)\t(\w+)", _catalogue("divisions.tsv"), re.MULTILINE)
    named = dict([*divisions, *re.findall(_NAMED, _catalogue("places.yaml"))])
    return [(said, name) for name, said in named.items() if said.startswith(incomplete)]


def _plan(ctx: typer.Context) -> str:
    """The plan file of a command that has one plan; before an option without its value it is no parameter yet."""
    named = [ctx.params["name"], *ctx.args]
    return next((_text(_files(ctx).get(name, Path(name))) for name in named if name is not None), "")


def _listed(known: Iterable[tuple[str, str]], incomplete: str) -> Offers:
    """What follows the last comma; Chinese is completed by the names."""
    before, comma, typed = incomplete.rpartition(",")
    pairs = known if typed.isascii() else ((said, name) for name, said in known)
    return [(f"{before}{comma}{word}", told) for word, told in pairs if word.startswith(typed)]


def _files(ctx: typer.Context) -> dict[str, Path]:
    """The plan files by their ids, where `--plans`, the environment or the project says."""
    root = ctx.find_root()
    asked = root.params.get("plans")
    if asked is None and not os.environ.get("PLANTRACK_PLANS") and isinstance(root.obj, Settings):
        asked = root.obj.plans
    with suppress(PlantrackError, OSError):
        return files_by_id(plans_folders(asked))
    return {}


def _text(file: Path) -> str:
    with suppress(OSError, ValueError):
        return file.read_text(encoding="utf-8")
    return ""


def _catalogue(name: str) -> str:
    return _text(PACKAGE / "plan" / name)


def _under(key: str, written: str) -> str:
    """The indented lines below a key."""
    return _found(rf"(?m)^{key}:\n((?:[ #].*\n|\n)*)", written)


def _found(pattern: str, written: str) -> str:
    match = re.search(pattern, written)
    return match[1] if match else ""

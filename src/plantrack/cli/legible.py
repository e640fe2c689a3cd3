"""What an encoding has no sign for, written so that it is not misread: `≥5` as `>=5`, never as `?5`.

Terminals are UTF-8, but what is sent into a file or to another program on Windows is in the code page
of the system: cp936 (GBK) on a Chinese one, cp1252 on a western one, which has no Chinese characters.
"""

from __future__ import annotations

import codecs
import sys

from plantrack.language import Language, text

LEGIBLY = "plantrack.legibly"
"""The name of the error handler for streams."""
PLAIN_SIGNS = str.maketrans({
    "≥": ">=", "≤": "<=", "≈": "~", "→": "->", "×": "x", "÷": "/", "±": "+/-", "‰": " per mille",
    "–": "-", "—": "-", "―": "-", "−": "-", "‐": "-", "‑": "-", "‒": "-", "─": "-", "┄": "-", "⁻": "^-",
    "“": '"', "”": '"', "‘": "'", "’": "'", "…": "...", "·": ".", "•": "*", "✓": "*", "\u3000": "  ", "\u00a0": " ",
    **{sign: f"^{digit}" for digit, sign in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")},
    **{sign: f"_{digit}" for digit, sign in enumerate("₀₁₂₃₄₅₆₇₈₉")},
    **{chr(0xFF00 + code - 0x20): chr(code) for code in range(0x21, 0x7F)},
    "。": ".", "、": ",", "「": '"', "」": '"', "《": "<", "》": ">", "【": "[", "】": "]",
})  # fmt: skip
_lost: set[str] = set()


def _written_legibly(error: UnicodeError) -> tuple[str, int]:
    """The nearest that ASCII has; `?` for a character that has nothing near, and note it."""
    assert isinstance(error, UnicodeEncodeError)
    written = error.object[error.start : error.end].translate(PLAIN_SIGNS)
    _lost.update(sign for sign in written if not sign.isascii())
    return "".join(sign if sign.isascii() else "?" for sign in written), error.end


codecs.register_error(LEGIBLY, _written_legibly)


def nothing_lost_yet() -> None:
    _lost.clear()


def what_was_lost(language: Language) -> str | None:
    """One sentence where characters went out as `?`, in a language that can be read there."""
    if not _lost:
        return None
    advice = text(
        "{number} different characters cannot be written in {encoding}, the encoding of the output, and "
        "stand as ?: set PYTHONUTF8=1, or write to a file with -o",
        number=len(_lost),
        encoding=sys.stdout.encoding,
    )
    said = advice.say(language)
    try:
        said.encode(sys.stderr.encoding or "utf-8")
    except UnicodeEncodeError:
        return advice.say("en")
    return said

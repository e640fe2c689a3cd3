"""Commands as their terminal shows them, as an SVG. Run by make.sh: `terminal.py COLUMNS FILE COMMAND [++ COMMAND]`.

Every run of characters stands at the place of its column, so that the picture is aligned whatever
font the reader's browser takes. (rich's own export places whole lines and fetches its font.)
"""

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator
from html import escape
from itertools import pairwise
from pathlib import Path

from rich.cells import cell_len
from rich.style import Style
from rich.terminal_theme import SVG_EXPORT_THEME
from rich.text import Text

WIDTH, HEIGHT, SIZE, MARGIN = 10, 25, 20, 20
INK, PAPER = "#d8d8d8", "#24272b"
FONTS = "'Sarasa Mono SC', 'Noto Sans Mono CJK SC', 'Source Han Mono SC', NSimSun, Menlo, Consolas, monospace"


def shown_in_terminal(command: list[str], columns: int) -> str:
    """What a command writes into a terminal of that width, escape sequences and all."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 100, columns, 0, 0))
    environ = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    running = subprocess.Popen(command, stdout=theirs, stderr=theirs, env=environ)
    os.close(theirs)
    parts = []
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # the other side is closed
            break
        if not part:
            break
        parts.append(part)
    running.wait()
    return b"".join(parts).decode().replace("\r\n", "\n").rstrip("\n")


def runs(line: Text) -> Iterator[tuple[int, str, Style]]:
    """Column, characters and style of what stands between blanks."""
    bounds = sorted({0, len(line), *(at for span in line.spans for at in (span.start, span.end))})
    for start, end in pairwise(bounds):
        styles = [Style.parse(str(span.style)) for span in line.spans if span.start <= start < span.end]
        for found in re.finditer(r"\S+(?: \S+)*", line.plain[start:end]):
            before = line.plain[: start + found.start()]
            yield cell_len(before), found[0], Style.combine([Style.null(), *styles])


def svg_of(shown: list[tuple[str, str]], columns: int) -> str:
    """The picture: each command on a line, then what it shows."""
    lines = []
    for command, output in shown:
        lines += [Text(f"$ {command}"), *Text.from_ansi(output).split("\n", allow_blank=True)]
    wide, high = columns * WIDTH + 3 * MARGIN, len(lines) * HEIGHT + 2 * MARGIN
    texts = []
    for number, line in enumerate(lines):
        for column, words, style in runs(line):
            color = style.color.get_truecolor(SVG_EXPORT_THEME).hex if style.color is not None else INK
            looks = (
                f' fill="{color}"'
                + (' font-weight="bold"' if style.bold else "")
                + (' opacity="0.6"' if style.dim else "")
            )
            x, y = MARGIN + column * WIDTH, MARGIN + number * HEIGHT + SIZE
            place = f'x="{x}" y="{y}" textLength="{cell_len(words) * WIDTH}"'
            texts.append(f'<text {place} lengthAdjust="spacingAndGlyphs"{looks}>{escape(words)}</text>')
    font = f'font-family="{FONTS}" font-size="{SIZE}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" {font}>'
    paper = f'<rect width="{wide}" height="{high}" rx="8" fill="{PAPER}"/>'
    return "\n".join([head, paper, *texts, "</svg>"]) + "\n"


def main() -> None:
    columns, file, *words = sys.argv[1:]
    commands = [part.split() for part in " ".join(words).split(" ++ ")]
    shown = [(" ".join(each), shown_in_terminal(each, int(columns))) for each in commands]
    Path(file).write_text(svg_of(shown, int(columns)), encoding="utf-8")


if __name__ == "__main__":
    main()

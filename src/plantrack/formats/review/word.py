"""A copy of a Word file with comments at the very characters that remarks are about.

Runs are split where a remark begins or ends; nothing else of the text changes. What Word takes no comments in
(text boxes, notes) is commented where it is anchored or referred to.
"""

from __future__ import annotations

import copy
from io import BytesIO
from typing import TYPE_CHECKING, Any

from plantrack.documents import limits
from plantrack.documents.document import is_seen
from plantrack.documents.origins import Origin, origins_of
from plantrack.documents.package import name_of, require_bounded
from plantrack.documents.reading import Unreadable
from plantrack.documents.word import read_tagged
from plantrack.errors import PlantrackError
from plantrack.language import shortened, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from plantrack.documents import Document
    from plantrack.documents.package import Element
    from plantrack.formats.review.remarks import Remark, Remarks

AUTHOR, INITIALS = "plantrack", "PT"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def word_bytes(path: Path, document: Document, remarks: Remarks) -> bytes:
    """The Word file of a document with its remarks as comments.

    Raises:
        PlantrackError: where it cannot be opened to be commented, or passes a limit.
    """
    try:
        import docx  # noqa: PLC0415 - an extra

        require_bounded(path)
        word = docx.Document(str(path))
        _comment(word, path, document, remarks)
        made = BytesIO()
        word.save(made)
    except ImportError:
        told = text(
            'to write comments into Word files, install what it takes: pip install "plantrack[draft]"'
        )
    except limits.TooLarge as error:
        limit = text(error.args[0].what.template, most=error.args[0].most)
        told = text("{file} has more than {limit}: no plan document is so large", file=path, limit=limit)
    except Exception as error:  # noqa: BLE001 - the library raises whatever it likes
        in_words = shortened(" ".join(str(error).split()) or type(error).__name__)
        reason = error.args[0] if isinstance(error, Unreadable) else in_words
        told = text(
            "no comments can be written into {file}: {reason}; -o {page} makes a web page",
            file=path,
            reason=reason,
            page=path.with_suffix(".html").name,
        )
    else:
        return made.getvalue()
    raise PlantrackError(told)


def _comment(word: Any, path: Path, document: Document, remarks: Remarks) -> None:  # noqa: ANN401 - of an extra
    from docx.text.run import Run  # noqa: PLC0415 - an extra

    origins = _Origins(read_tagged(path), document)
    runs = _Runs(word.element)
    spans = [(each, origins.of(each)) for each in remarks.placed]
    for _, (first, last) in spans:
        runs.cut(first, last)
    for each, (first, last) in [*((each, (None, None)) for each in remarks.astray), *spans]:
        ends = [Run(run, word) for run in (runs.around(first), runs.around(last))]
        said = "\n".join(each.sentences)
        word.add_comment(ends, said, AUTHOR, INITIALS)


class _Origins:
    """Where in the file the characters of a document stand."""

    def __init__(self, lines: Sequence[str], document: Document) -> None:
        self.document = document
        self.by_line = list(origins_of(lines))

    def of(self, remark: Remark) -> tuple[Origin | None, Origin | None]:
        """The first and the last character of a remark; the last before it where it stands in no run of the text."""
        starts, letters = self.document.starts, self.document.text
        line = self.document.line_at(remark.start) - 1
        before = sum(map(is_seen, letters[starts[line] : remark.start]))
        seen = sum(map(is_seen, letters[remark.start : remark.end]))
        found = [each for each in self.by_line[line][before : before + seen] if each is not None]
        if found:
            return min(found), max(found)
        near = self._last_before(line, before)
        return near, near

    def _last_before(self, line: int, at: int) -> Origin | None:
        earlier = (self.by_line[line][:at], *(self.by_line[each] for each in range(line - 1, -1, -1)))
        return next((each for some in earlier for each in reversed(some) if each is not None), None)


class _Runs:
    """The runs of a document by the characters in them; they are split without a change of the text."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.texts: list[list[Element]] = [[each] for each in root.iter("{*}t")]

    def cut(self, first: Origin | None, last: Origin | None) -> None:
        """Split the runs before one character and behind another."""
        for origin, behind in ((first, 0), (last, 1)):
            if origin is not None and _run_of(self.texts[origin.element][0]) is _outermost(
                self.texts[origin.element][0]
            ):
                self._cut(origin, behind)

    def around(self, origin: Origin | None) -> Element:
        """The run that a comment about a character is anchored to; of none, the first of the document."""
        if origin is None:
            first = next((run for run in map(_outermost, self._elements()) if run is not None), None)
            if first is None:
                raise Unreadable(text("it has no text to comment on"))
            return first
        return _outermost(self._find(origin, 0)[0])

    def _elements(self) -> Iterator[Element]:
        return (each for parts in self.texts for each in parts)

    def _find(self, origin: Origin, behind: int) -> tuple[Element, int]:
        """The element with a character, and where in it that stands, or what is behind it."""
        left = origin.at
        for element in self.texts[origin.element]:
            seen = [at for at, sign in enumerate(element.text or "") if is_seen(sign)]
            if left < len(seen):
                return element, seen[left] + behind
            left -= len(seen)
        raise Unreadable(text("its characters cannot be told apart"))

    def _cut(self, origin: Origin, behind: int) -> None:
        element, at = self._find(origin, behind)
        letters = element.text or ""
        if 0 < at < len(letters):
            rest = copy.copy(element)
            element.text, rest.text = letters[:at], letters[at:]
            for each in (element, rest):
                each.set(SPACE, "preserve")
            element.addnext(rest)
            parts = self.texts[origin.element]
            parts.insert(parts.index(element) + 1, rest)
            _split_run(rest)
        elif at == 0:
            _split_run(element)
        elif element.getnext() is not None:
            _split_run(element.getnext())


def _split_run(child: Element) -> None:
    """Begin a new run of the same look with a child of a run, unless it is the first there."""
    run = child.getparent()
    before = [each for each in child.itersiblings(preceding=True) if name_of(each) != "rPr"]
    if not before:
        return
    new = run.makeelement(run.tag, run.attrib, run.nsmap)
    look = next((each for each in run if name_of(each) == "rPr"), None)
    if look is not None:
        new.append(copy.deepcopy(look))
    for each in (child, *child.itersiblings()):
        new.append(each)
    run.addnext(new)


def _run_of(element: Element) -> Element | None:
    return next((each for each in element.iterancestors() if name_of(each) == "r"), None)


def _outermost(element: Element) -> Element | None:
    """The outermost run around an element: that of a text box stands in the text itself."""
    runs = [each for each in element.iterancestors() if name_of(each) == "r"]
    return runs[-1] if runs else None

"""The XML parts of a Word file, unpacked and parsed within limits that are checked while reading.

Only parts that hold text are unpacked: pictures are never, whatever they would unpack to. A part
that the file names and does not hold is passed over, as Word does.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from plantrack.documents.openxml import Element, name_of, value_of
from plantrack.documents.reading import (
    MAX_BYTES,
    MAX_CELLS,
    MAX_CHARACTERS,
    MAX_ELEMENTS,
    MAX_LINES,
    TooLarge,
    Unreadable,
    elements_in,
    require_span,
)
from plantrack.language import text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from zipfile import ZipFile, ZipInfo

MAX_DEPTH = 256
"""Elements inside one another, which libxml2 counts."""
MAX_UNPACKED = 2 * MAX_BYTES
"""All parts that are read hold less; Word keeps pictures as text in some of them."""
_DEPTH = text("{most} elements inside one another", most=MAX_DEPTH)
_CHUNK = 65_536
_SPANS = ("gridSpan", "gridBefore", "gridAfter")


@contextmanager
def opened(path: Path) -> Iterator[Package]:
    """The package in a file."""
    from zipfile import ZipFile  # noqa: PLC0415 - slow to import, and most commands read no document

    import lxml.etree  # noqa: F401, PLC0415 - part of an extra, asked for before the file is

    with ZipFile(path) as archive:
        yield Package(archive)


class _Related(NamedTuple):
    """A part that another one refers to: the last word of the kind of relation, and its name."""

    kind: str
    name: str


class Package:
    """The parts of an open archive, by the names that refer to them."""

    def __init__(self, archive: ZipFile) -> None:
        self.archive = archive
        self.entries: dict[str, ZipInfo] = {_key(entry.filename): entry for entry in archive.infolist()}
        self.unpacked: Counter[str] = Counter()
        self.main = next((each.name for each in self._related("") if each.kind == "officeDocument"), "")
        if _key(self.main) not in self.entries:
            raise Unreadable(text("there is no Word document in it"))

    def body(self) -> Element:
        """The body of the document.

        Raises:
            Unreadable: where it has none.
        """
        body = next((each for each in self._root(self.main) if name_of(each) == "body"), None)
        if body is None:
            raise Unreadable(text("there is no Word document in it"))
        return body

    def roots(self, kind: str) -> list[Element]:
        """The roots of the parts of a kind that the document refers to."""
        names = dict.fromkeys(each.name for each in self._related(self.main) if each.kind == kind)
        return [self._root(name) for name in names if _key(name) in self.entries]

    def _related(self, name: str) -> Iterator[_Related]:
        folder, own = posixpath.split(name)
        relations = posixpath.join(folder, "_rels", f"{own}.rels")
        for each in self._root(relations) if _key(relations) in self.entries else ():
            if value_of(each, "TargetMode") != "External":
                target = posixpath.join("/", folder, value_of(each, "Target").replace("\\", "/"))
                kind = value_of(each, "Type").rpartition("/")[2]
                yield _Related(kind, posixpath.normpath(target).lstrip("/"))

    def _root(self, name: str) -> Element:
        """The root of a part, counted while it is unpacked and parsed.

        Raises:
            TooLarge: as soon as the parts are larger than any document's.
        """
        from lxml import etree  # noqa: PLC0415 - part of an extra

        parser = etree.XMLPullParser(
            events=("start",),
            tag=tuple(f"{{*}}{name}" for name in ("p", "tc", *_SPANS)),
            remove_comments=True,
            remove_pis=True,
            resolve_entities="internal",
            no_network=True,
        )
        entry = self.entries[_key(name)]
        self._require_unpacked(entry.file_size)
        with self.archive.open(entry) as part:
            try:
                while chunk := part.read(_CHUNK):
                    self._count(chunk)
                    parser.feed(chunk)
                    for _, element in parser.read_events():
                        self._count_block(element)
                return parser.close()
            except etree.XMLSyntaxError as error:
                if error.code != etree.ErrorTypes.ERR_RESOURCE_LIMIT:
                    raise
                is_depth = "depth" in str(error)
                raise TooLarge(
                    _DEPTH if is_depth else text("{most} characters", most=MAX_CHARACTERS)
                ) from None

    def _require_unpacked(self, more: int) -> None:
        if self.unpacked["bytes"] + more > MAX_UNPACKED:
            raise TooLarge(text("{most} bytes once it is unpacked", most=MAX_UNPACKED))

    def _count(self, chunk: bytes) -> None:
        self.unpacked["bytes"] += len(chunk)
        self.unpacked["elements"] += elements_in(chunk)
        self._require_unpacked(0)
        if self.unpacked["elements"] > MAX_ELEMENTS:
            raise TooLarge(text("{most} elements and attributes", most=MAX_ELEMENTS))

    def _count_block(self, element: Element) -> None:
        name = name_of(element)
        self.unpacked[name] += 1
        if name in _SPANS:
            require_span(value_of(element, "val"))
        if self.unpacked["p"] > MAX_LINES:
            raise TooLarge(text("{most} paragraphs", most=MAX_LINES))
        if self.unpacked["tc"] > MAX_CELLS:
            raise TooLarge(text("{most} cells", most=MAX_CELLS))


def _key(name: str) -> str:
    """Names of parts are compared without regard to case, and some archives write them as Windows does."""
    return name.replace("\\", "/").lstrip("/").lower()

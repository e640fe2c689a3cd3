"""The XML parts of a Word file, unpacked and parsed within limits that are checked while reading.

Only parts that hold text are unpacked: pictures are never, whatever they would unpack to. A part
that the file names and does not hold is passed over, as Word does.
"""

from __future__ import annotations

import posixpath
from contextlib import contextmanager
from typing import TYPE_CHECKING

from plantrack.documents.openxml import Element, name_of, value_of
from plantrack.documents.reading import (
    CELLS,
    CHARACTERS,
    ELEMENTS,
    MAX_BYTES,
    PARAGRAPHS,
    Limit,
    Tally,
    Unreadable,
    elements_in,
    require_span,
)
from plantrack.language import text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from zipfile import ZipFile, ZipInfo

DEPTH = Limit(256, text("{most} elements inside one another"))
"""Counted by libxml2."""
UNPACKED = Limit(2 * MAX_BYTES, text("{most} bytes once it is unpacked"))
"""Of all parts that are read; Word keeps pictures as text in some of them."""
_CHUNK = 65_536
_COUNTED = {"p": PARAGRAPHS, "tc": CELLS}
_SPANS = ("gridSpan", "gridBefore", "gridAfter")


@contextmanager
def opened(path: Path) -> Iterator[Package]:
    """The package in a file."""
    from zipfile import ZipFile  # noqa: PLC0415 - slow to import, and most commands read no document

    import lxml.etree  # noqa: F401, PLC0415 - part of an extra, asked for before the file is

    with ZipFile(path) as archive:
        yield Package(archive)


class Package:
    """The parts of an open archive, by the names that refer to them."""

    def __init__(self, archive: ZipFile) -> None:
        self.archive = archive
        self.entries: dict[str, ZipInfo] = {_key(entry.filename): entry for entry in archive.infolist()}
        self.tally = Tally()
        self.main = next(self._related("", "officeDocument"), "")

    def body(self) -> Element:
        """The body of the document.

        Raises:
            Unreadable: where it has none.
        """
        for each in self._root(self.main) if _key(self.main) in self.entries else ():
            if name_of(each) == "body":
                return each
        raise Unreadable(text("there is no Word document in it"))

    def roots(self, kind: str) -> list[Element]:
        """The roots of the parts of a kind that the document refers to."""
        names = dict.fromkeys(self._related(self.main, kind))
        return [self._root(name) for name in names if _key(name) in self.entries]

    def _related(self, name: str, kind: str) -> Iterator[str]:
        """The names of the parts to which a part has a relation of that kind, the last word of its type."""
        folder, own = posixpath.split(name)
        relations = posixpath.join(folder, "_rels", f"{own}.rels")
        for each in self._root(relations) if _key(relations) in self.entries else ():
            is_kind = value_of(each, "Type").rpartition("/")[2] == kind
            if is_kind and value_of(each, "TargetMode") != "External":
                target = posixpath.join("/", folder, value_of(each, "Target").replace("\\", "/"))
                yield posixpath.normpath(target).lstrip("/")

    def _root(self, name: str) -> Element:
        """The root of a part, counted while it is unpacked and parsed.

        Raises:
            TooLarge: as soon as the parts are larger than any document's.
        """
        from lxml import etree  # noqa: PLC0415 - part of an extra

        parser = etree.XMLPullParser(
            events=("start",),
            tag=tuple(f"{{*}}{name}" for name in (*_COUNTED, *_SPANS)),
            remove_comments=True,
            remove_pis=True,
            resolve_entities="internal",
            no_network=True,
        )
        entry = self.entries[_key(name)]
        UNPACKED.require(self.tally[UNPACKED] + entry.file_size)
        with self.archive.open(entry) as part:
            try:
                while chunk := part.read(_CHUNK):
                    self.tally.add(UNPACKED, len(chunk))
                    self.tally.add(ELEMENTS, elements_in(chunk))
                    parser.feed(chunk)
                    for _, element in parser.read_events():
                        self._count(element)
                return parser.close()
            except etree.XMLSyntaxError as error:
                if error.code != etree.ErrorTypes.ERR_RESOURCE_LIMIT:
                    raise
                raise (DEPTH if "depth" in str(error) else CHARACTERS).exceeded() from None

    def _count(self, element: Element) -> None:
        name = name_of(element)
        if name in _COUNTED:
            self.tally.add(_COUNTED[name])
        else:
            require_span(value_of(element, "val"))


def _key(name: str) -> str:
    """Names of parts are compared without regard to case, and some archives write them as Windows does."""
    return name.replace("\\", "/").lstrip("/").lower()

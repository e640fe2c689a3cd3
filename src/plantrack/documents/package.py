"""The XML parts of a Word file and their elements: the body, styles, notes, headers, comments.

Parts are unpacked and parsed within limits that are checked while reading.
Only parts that hold text are unpacked: pictures are never, whatever they would unpack to. A part
that the file names and does not hold is passed over, as Word does.
"""

from __future__ import annotations

import posixpath
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from plantrack.documents import limits
from plantrack.documents.reading import Unreadable
from plantrack.language import text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import IO
    from zipfile import ZipFile, ZipInfo

Element = Any
"""An element of lxml, which has no types."""
Look = dict[str, str]
"""Properties of letters that decide how they are read, by name."""


DEPTH = limits.Limit(256, text("{most} elements inside one another"))
"""Counted by libxml2."""
UNPACKED = limits.Limit(2 * limits.MAX_BYTES, text("{most} bytes once it is unpacked"))
"""Of all parts that are read; Word keeps pictures as text in some of them."""
_CHUNK = 65_536
_COUNTED = {"p": limits.PARAGRAPHS, "tc": limits.CELLS}
_SPANS = ("gridSpan", "gridBefore", "gridAfter")


class Package:
    """The parts of an open archive, by the names that refer to them."""

    def __init__(self, archive: ZipFile) -> None:
        self.archive = archive
        self.entries: dict[str, ZipInfo] = {_key(entry.filename): entry for entry in archive.infolist()}
        self.tally = limits.Tally()
        self.main = next(self._related("", "officeDocument"), "")

    def body(self) -> Element:
        for each in self._root(self.main) if _key(self.main) in self.entries else ():
            if name_of(each) == "body":
                return each
        raise Unreadable(text("there is no Word document in it"))

    def roots(self, kind: str) -> list[Element]:
        """The roots of the parts of a kind that the document refers to."""
        names = dict.fromkeys(self._related(self.main, kind))
        return [self._root(name) for name in names if _key(name) in self.entries]

    def _related(self, name: str, kind: str) -> Iterator[str]:
        """The parts to which a part has a relation of that kind, the last word of its type."""
        folder, own = posixpath.split(name)
        relations = posixpath.join(folder, "_rels", f"{own}.rels")
        for each in self._root(relations) if _key(relations) in self.entries else ():
            is_kind = value_of(each, "Type").rpartition("/")[2] == kind
            if is_kind and value_of(each, "TargetMode") != "External":
                target = posixpath.join("/", folder, value_of(each, "Target").replace("\\", "/"))
                yield posixpath.normpath(target).lstrip("/")

    def _root(self, name: str) -> Element:
        """The root of a part, counted while it is unpacked and parsed."""
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
                    self.tally.add(limits.ELEMENTS, limits.elements_in(chunk))
                    parser.feed(chunk)
                    for _, element in parser.read_events():
                        self._count(element)
                return parser.close()
            except etree.XMLSyntaxError as error:
                if error.code != etree.ErrorTypes.ERR_RESOURCE_LIMIT:
                    raise
                raise limits.TooLarge(DEPTH if "depth" in str(error) else limits.CHARACTERS) from None

    def _count(self, element: Element) -> None:
        name = name_of(element)
        if name in _COUNTED:
            self.tally.add(_COUNTED[name])
        else:
            limits.require_span(value_of(element, "val"))


def _key(name: str) -> str:
    """Names are compared without regard to case, and some archives write them as Windows does."""
    return name.replace("\\", "/").lstrip("/").lower()


def name_of(element: Element) -> str:
    """Without its namespace; of comments, none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def child_of(element: Element | None, *names: str) -> Element | None:
    """The element that a path of names leads to."""
    for name in names:
        if element is None:
            return None
        element = next((each for each in element if name_of(each) == name), None)
    return element


def value_of(element: Element | None, name: str) -> str:
    """An attribute by its name without namespace."""
    if element is None:
        return ""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def text_of(element: Element) -> str:
    return str(element.xpath("string()")) if len(element) else element.text or ""


def branch_of(alternatives: Element) -> Element:
    """The one of several forms of the same content that is read: the first that has text."""
    for each in alternatives:
        if any(name_of(inner) in {"t", "delText"} for inner in each.iter()):
            return each
    return alternatives[0] if len(alternatives) else ()


def notes_of(package: Package) -> dict[tuple[str, str], Element]:
    """The notes by kind and number."""
    return {
        (kind, value_of(note, "id")): note
        for kind in ("footnote", "endnote")
        for root in package.roots(f"{kind}s")
        for note in root
        if name_of(note) == kind
    }


def looks_of(package: Package) -> dict[str, Look]:
    """The looks by style, with what each takes over from those it is based on."""
    own: dict[str, tuple[str, Look]] = {}
    for style in next(iter(package.roots("styles")), ()):
        if name_of(style) == "style":
            based_on = value_of(child_of(style, "basedOn"), "val")
            own[value_of(style, "styleId")] = based_on, look_of(child_of(style, "rPr"))
    looks = {}
    for name in own:
        look: Look = {}
        style = name
        for _ in range(MOST_STYLES):
            style, added = own.get(style, ("", {}))
            look = added | look
        looks[name] = look
    return looks


MOST_STYLES = 20
"""Styles based on one another are fewer; more go round in a circle."""
_LOOKS = frozenset(("vanish", "strike", "dstrike", "vertAlign", "hidden"))
_OFF = frozenset(("0", "false", "off", "none", "baseline"))


def look_of(properties: Element | None) -> Look:
    children = () if properties is None else properties
    return {name_of(each): value_of(each, "val") for each in children if name_of(each) in _LOOKS}


def is_on(look: Look, name: str) -> bool:
    return look.get(name, "off") not in _OFF


# -- files ---------------------------------------------------------------------------------------

OLDER = bytes.fromhex("d0cf11e0a1b11ae1")
"""The beginning of files of older programs, in which documents with a password are wrapped."""


@contextmanager
def opened(path: Path) -> Iterator[ZipFile]:
    """The file of a document as the archive that it is.

    Raises:
        Unreadable: where it is none, or protected by a password.
    """
    from zipfile import BadZipFile, ZipFile  # noqa: PLC0415 - slow to import

    with path.open("rb") as file:
        is_older = file.read(len(OLDER)) == OLDER
    if is_older:
        raise Unreadable(
            text("it has a password or is of an older Word: save it as .docx without a password")
        )
    try:
        archive = ZipFile(path)
    except BadZipFile:
        raise Unreadable(text("it is damaged or no .docx: open it in Word or WPS and save it anew")) from None
    with archive:
        if any(entry.flag_bits & 1 for entry in archive.infolist()):
            raise Unreadable(text("it has a password: save it without one"))
        yield archive


# -- whole files, for libraries that read all of them --------------------------------------------

ENTRIES = limits.Limit(20_000, text("{most} files in it"))
WHOLE = limits.Limit(4 * limits.MAX_BYTES, text("{most} bytes once it is unpacked"))


def require_bounded(path: Path) -> None:
    """Refuse a file that would fill the memory of a library that unpacks and parses every part.

    Raises:
        TooLarge: where a limit is passed.
        Unreadable: where a part declares entities, which no Word file does.
    """
    tally = limits.Tally()
    with opened(path) as archive:
        tally.add(ENTRIES, len(archive.infolist()))
        for entry in archive.infolist():
            tally.add(WHOLE, entry.file_size)
        for entry in archive.infolist():
            with archive.open(entry) as part:
                _require_bounded(part, tally)


def _require_bounded(part: IO[bytes], tally: limits.Tally) -> None:
    """Count the elements of a part that is XML, whatever its name is."""
    chunk = part.read(_CHUNK)
    if not chunk.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<"):
        return
    if b"<!DOCTYPE" in chunk.replace(b"\0", b""):
        raise Unreadable(text("a part of it declares entities"))
    while chunk:
        tally.add(UNPACKED, len(chunk))
        tally.add(limits.ELEMENTS, limits.elements_in(chunk))
        chunk = part.read(_CHUNK)

"""The documents that plans are transcribed from.

In: the path of a Word file, PDF, web page, Markdown or text. Out: a `Document` of lines, as a reader of the printed
page sees them, with what was not read and remarks; its sections (`outline`); its numbers, each whole (`numbers`).
Nothing here knows a plan.

A new format is a module with a function under `@reads(".suffix")`, named in `FORMATS` of `reading`. The limits of size
stand in `limits` and are checked while a file is unpacked. Offsets count the characters of the document's text, so the
form in which text is compared must keep its length.
"""

from plantrack.documents.document import Document
from plantrack.documents.numbers import Kind, Number, Reading, read_numbers
from plantrack.documents.outline import Outline, Section, read_outline
from plantrack.documents.reading import document_in, read_document

__all__ = [
    "Document",
    "Kind",
    "Number",
    "Outline",
    "Reading",
    "Section",
    "document_in",
    "read_document",
    "read_numbers",
    "read_outline",
]

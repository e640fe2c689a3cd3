"""The documents that plans are transcribed from: their lines, sections and numbers."""

from plantrack.documents import pdf, web, word
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
    "pdf",
    "read_document",
    "read_numbers",
    "read_outline",
    "web",
    "word",
]

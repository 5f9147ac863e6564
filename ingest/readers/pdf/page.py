"""One page of a PDF, read from PDFium and turned upright.

PDFium is not thread-safe: read documents in processes, not in threads.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

import pypdfium2.raw as pdfium

from ingest.readers import UnreadableFileError
from ingest.readers.pdf import functions as pdf
from ingest.readers.pdf.characters import Characters, refuse_count
from ingest.readers.pdf.content import Matrix, PageContent
from ingest.readers.pdf.drawing import Drawing
from ingest.readers.pdf.objects import layers_of

_ANGLES = 16  # characters asked how they stand, spread over the page
_WRITTEN = {pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP}
_MAX_ANNOTATIONS = 2_000


def read_page(document: Any, index: int) -> PageContent:
    """The content of one page. ``document`` is a PDFium handle, ``index`` counts from 0.

    Raises UnreadableFileError where the page is damaged or beyond the bounds.
    """
    page = pdfium.FPDF_LoadPage(document, index)
    try:
        if page and _is_written_on(page):
            # Figures typed into form fields are no content of the page until they are made one.
            pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
            pdfium.FPDF_ClosePage(page)
            page = pdfium.FPDF_LoadPage(document, index)
        layers = layers_of(page, index + 1) if page else []
        text = pdfium.FPDFText_LoadPage(page) if page else None
        if not text:
            raise UnreadableFileError("damaged", f"page {index + 1} of the PDF is damaged: open it and save it again")
        try:
            refuse_count(text, index + 1)
            upright, width, height = _orientation(page, text)
            content = PageContent(width, height)
            Drawing(content).read(layers, upright)
            Characters(content, text, upright).read()
        finally:
            pdfium.FPDFText_ClosePage(text)
    finally:
        if page:
            pdfium.FPDF_ClosePage(page)
    return content


def _is_written_on(page: Any) -> bool:
    """Whether annotations show text on the page: form fields, typed notes, stamps (links show none)."""
    for i in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MAX_ANNOTATIONS)):
        annotation = pdfium.FPDFPage_GetAnnot(page, i)
        subtype = pdfium.FPDFAnnot_GetSubtype(annotation)
        pdfium.FPDFPage_CloseAnnot(annotation)
        if subtype in _WRITTEN:
            return True
    return False


def _orientation(page: Any, text: Any) -> tuple[Matrix, float, float]:
    """How to turn a page so that most of its text stands upright, and its width and height then."""
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    width, height = box.right - box.left, box.top - box.bottom
    count, characters = pdfium.FPDFText_CountChars(text), pdf.address_of(text)
    leaning = Counter(  # quarters clockwise
        round(pdf.character_angle(characters, i) / (math.pi / 2)) % 4
        for i in range(0, count, max(1, count // _ANGLES))
        if pdf.character_code(characters, i) > 0x20
    )
    turns = -leaning.most_common(1)[0][0] % 4 if leaning else pdfium.FPDFPage_GetRotation(page)
    match turns:
        case 0:
            return Matrix(1, 0, 0, -1, -box.left, box.top), width, height
        case 1:
            return Matrix(0, 1, 1, 0, -box.bottom, -box.left), height, width
        case 2:
            return Matrix(-1, 0, 0, 1, box.right, -box.bottom), width, height
        case _:
            return Matrix(0, -1, -1, 0, box.top, box.right), height, width

"""The objects of a page, those in its forms included, as they have to be before the text of the page is read.

PDFium leaves out a text of one character whose glyph it has not got: a figure ０ set in a font that neither the file
nor this system holds would be a blank, and only on some systems. Such texts are given an extent, so that they count.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any

import pypdfium2.raw as pdfium

from ingest import limits
from ingest.readers import UnreadableFileError
from ingest.readers.pdf import functions as pdf
from ingest.readers.pdf.content import Matrix

_MAX_FORM_DEPTH = 12
_IDENTITY = Matrix(1, 0, 0, 1, 0, 0)
_NO_WIDTH = 0.02  # points: PDFium reads no text that is narrower than half of this


@dataclass(slots=True)
class Layer:
    """The objects of the page itself or of one form, with the matrix from there to the page."""

    matrix: Matrix
    paths: list[int] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)


def layers_of(page: Any, page_no: int) -> list[Layer]:
    """What is drawn on a page, by forms. Handles hold as long as the page is open.

    Raises UnreadableFileError where the objects are more than a page of a report has.
    """
    collector = _Collector(page_no)
    collector.collect(pdf.page_object, pdf.address_of(page), pdfium.FPDFPage_CountObjects(page), _IDENTITY)
    return collector.layers


class _Collector:
    def __init__(self, page_no: int) -> None:
        self.layers: list[Layer] = []
        self._page_no = page_no
        self._count = 0
        self._is_embedded: dict[int, bool] = {}

    def collect(self, get: Callable[..., int], holder: int, count: int, matrix: Matrix, depth: int = 0) -> None:
        """All objects of a page or a form."""
        self._count += count
        if self._count > limits.MAX_PDF_OBJECTS:
            raise UnreadableFileError(
                "too_large",
                f"page {self._page_no} has more than {limits.MAX_PDF_OBJECTS:,} objects, "
                "far more than a page of a report (年度报告)",
            )
        layer = Layer(matrix)
        self.layers.append(layer)
        items = list(map(get, repeat(holder), range(count)))
        texts = []
        for item, kind in zip(items, map(pdf.object_kind, items), strict=True):
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                texts.append(item)
            elif kind == pdfium.FPDF_PAGEOBJ_PATH:
                layer.paths.append(item)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                layer.pictures.append(item)
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MAX_FORM_DEPTH:
                inner = matrix.after(matrix_of(item))
                self.collect(pdf.form_object, item, pdf.form_object_count(item), inner, depth + 1)
        self._keep(texts)

    def _keep(self, texts: list[int]) -> None:
        """Give texts without glyphs an extent. Where the font is embedded they print nothing, and nothing is kept."""
        fonts = list(map(pdf.text_font, texts))
        for font in set(fonts) - self._is_embedded.keys():
            self._is_embedded[font] = pdf.font_is_embedded(font) == 1
        if all(self._is_embedded[font] for font in set(fonts)):
            return
        sides = (ctypes.c_float * 4)()
        at = [ctypes.addressof(sides) + 4 * i for i in range(4)]
        same = pdfium.FS_MATRIX(*_IDENTITY)
        for text, font in zip(texts, fonts, strict=True):
            if self._is_embedded[font] or pdf.text_mode(text) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE:
                continue
            pdf.object_bounds(text, *at)
            if sides[2] - sides[0] < _NO_WIDTH or sides[3] - sides[1] < _NO_WIDTH:
                # The extent of outlined text is that of its line, and is reckoned anew when the text is moved.
                pdf.set_text_mode(text, pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE)
                pdf.set_stroke_width(text, 1.0)
                pdf.transform(text, ctypes.addressof(same))


def matrix_of(item: int) -> Matrix:
    """The matrix of an object."""
    numbers = (ctypes.c_float * 6)()
    pdf.object_matrix(item, ctypes.addressof(numbers))
    return Matrix(*numbers)

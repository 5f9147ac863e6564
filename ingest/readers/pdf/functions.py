"""The functions of PDFium that are called for every character and object of a page, with plain addresses as handles.

pypdfium2's bindings make a pointer object of every handle, which costs as much as the calls themselves. Results are
written to places given by address: that of an array. Where a failure leaves the zeros that stand there, nothing is
returned.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium

_ADDRESS, _INT = ctypes.c_void_p, ctypes.c_int


def address_of(handle: Any) -> int:
    """The plain address behind a handle of the bindings."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def _plain(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    return ctypes.cast(function, ctypes.PYFUNCTYPE(result, *arguments))


page_object = _plain(pdfium.FPDFPage_GetObject, _ADDRESS, _ADDRESS, _INT)
form_object = _plain(pdfium.FPDFFormObj_GetObject, _ADDRESS, _ADDRESS, ctypes.c_ulong)
form_object_count = _plain(pdfium.FPDFFormObj_CountObjects, _INT, _ADDRESS)
text_font = _plain(pdfium.FPDFTextObj_GetFont, _ADDRESS, _ADDRESS)
text_mode = _plain(pdfium.FPDFTextObj_GetTextRenderMode, _INT, _ADDRESS)
set_text_mode = _plain(pdfium.FPDFTextObj_SetTextRenderMode, _INT, _ADDRESS, _INT)
set_stroke_width = _plain(pdfium.FPDFPageObj_SetStrokeWidth, _INT, _ADDRESS, ctypes.c_float)
transform = _plain(pdfium.FPDFPageObj_TransformF, _INT, _ADDRESS, _ADDRESS)
font_is_embedded = _plain(pdfium.FPDFFont_GetIsEmbedded, _INT, _ADDRESS)
object_kind = _plain(pdfium.FPDFPageObj_GetType, _INT, _ADDRESS)
object_bounds = _plain(pdfium.FPDFPageObj_GetBounds, None, *[_ADDRESS] * 5)
object_matrix = _plain(pdfium.FPDFPageObj_GetMatrix, _INT, *[_ADDRESS] * 2)
draw_mode = _plain(pdfium.FPDFPath_GetDrawMode, _INT, *[_ADDRESS] * 3)
segment_count = _plain(pdfium.FPDFPath_CountSegments, _INT, _ADDRESS)
segment = _plain(pdfium.FPDFPath_GetPathSegment, _ADDRESS, _ADDRESS, _INT)
segment_kind = _plain(pdfium.FPDFPathSegment_GetType, _INT, _ADDRESS)
segment_closes = _plain(pdfium.FPDFPathSegment_GetClose, _INT, _ADDRESS)
segment_point = _plain(pdfium.FPDFPathSegment_GetPoint, _INT, *[_ADDRESS] * 3)
clip_path = _plain(pdfium.FPDFPageObj_GetClipPath, _ADDRESS, _ADDRESS)
clip_count = _plain(pdfium.FPDFClipPath_CountPaths, _INT, _ADDRESS)
clip_segment_count = _plain(pdfium.FPDFClipPath_CountPathSegments, _INT, _ADDRESS, _INT)
clip_segment = _plain(pdfium.FPDFClipPath_GetPathSegment, _ADDRESS, _ADDRESS, _INT, _INT)
character_angle = _plain(pdfium.FPDFText_GetCharAngle, ctypes.c_float, _ADDRESS, _INT)
character_code = _plain(pdfium.FPDFText_GetUnicode, ctypes.c_uint, _ADDRESS, _INT)
character_box = _plain(pdfium.FPDFText_GetLooseCharBox, None, _ADDRESS, _INT, _ADDRESS)
is_unmapped = _plain(pdfium.FPDFText_HasUnicodeMapError, _INT, _ADDRESS, _INT)

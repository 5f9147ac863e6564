"""The ruling lines, filled areas and pictures of a page, from PDFium's page objects.

What is thin is a line, however it was drawn: a stroke, a filled rectangle, a dash, the border between two rectangles.
What clipping cuts away does not show and is not taken.
"""

from __future__ import annotations

import ctypes
from array import array
from collections import deque
from collections.abc import Iterable
from itertools import pairwise

import pypdfium2.raw as pdfium

from ingest import limits
from ingest.readers.pdf import functions as pdf
from ingest.readers.pdf.content import Area, Matrix, PageContent, Stroke
from ingest.readers.pdf.objects import Layer, matrix_of

_THIN = 3.0  # points: a filled area at most this thick is a ruling line
_LEVEL = 1.0  # points: a line that rises by less is level
_RECTANGLE = 5  # segments: to the first corner, four sides


class Drawing:
    """Reads what is drawn on one page into its content."""

    def __init__(self, content: PageContent) -> None:
        self._content = content
        self._segment_count = 0
        self._plain: list[tuple[int, Matrix, Area]] = []  # paths that are only filled, and their bounds
        self._numbers = (ctypes.c_float * 2)()  # where PDFium writes what it is asked
        self._at = [ctypes.addressof(self._numbers) + 4 * i for i in range(2)]
        self._modes = (ctypes.c_int * 2)()

    def read(self, layers: list[Layer], upright: Matrix) -> None:
        """All paths and pictures; ``upright`` turns the page as it is read."""
        content = self._content
        for layer in layers:
            matrix = upright.after(layer.matrix)
            for path, clip, left, top, right, bottom in _placed(layer.paths, matrix):
                if right - left > _THIN < bottom - top:
                    self._path(path, clip, matrix, Area(left, top, right, bottom))
                elif clip:
                    self._thin(*self._clipped(clip, matrix, Area(left, top, right, bottom)))
                else:
                    self._thin(left, top, right, bottom)
            # What of a picture shows: its bounds, within those of its clipping paths.
            content.pictures += [
                self._clipped(clip, matrix, Area(*sides)) for _, clip, *sides in _placed(layer.pictures, matrix)
            ]
        if content.horizontals and content.verticals:
            content.areas.extend(bounds for _, _, bounds in self._plain)
        else:  # only a program that draws no lines at all cuts its lines out of areas by clipping
            self._filled([self._clipped(*plain) for plain in self._plain])

    def _path(self, path: int, clip: int, matrix: Matrix, bounds: Area) -> None:
        modes = ctypes.addressof(self._modes)
        pdf.draw_mode(path, modes, modes + ctypes.sizeof(ctypes.c_int))
        is_filled, is_stroked = self._modes
        count = pdf.segment_count(path)
        if count <= _RECTANGLE and not is_stroked:
            self._plain.append((clip, matrix, bounds))
            return
        shown = self._clipped(clip, matrix, bounds)
        if shown.right - shown.left <= _THIN or shown.bottom - shown.top <= _THIN:
            self._thin(*shown)
            return
        self._segment_count += count
        if self._segment_count > limits.MAX_PDF_SEGMENTS:
            return  # a drawing; no table is ruled like that
        inner = matrix.after(matrix_of(path))
        if count == _RECTANGLE and (box := self._rectangle(path, inner)):
            self._frame(box)
            if is_filled:
                self._content.areas.append(_meet(box, shown))
            return
        parts = self._subpaths(path, count, inner)
        if is_stroked:
            for points in parts:
                for (x0, y0), (x1, y1) in pairwise(points):
                    if abs(x1 - x0) <= _LEVEL or abs(y1 - y0) <= _LEVEL:
                        self._thin(*_meet(Area(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)), shown))
        if is_filled:
            self._filled([_meet(box, shown) for points in parts if (box := _box_of(points))])

    def _filled(self, boxes: list[Area]) -> None:
        thick = []
        for box in boxes:
            if box.right - box.left <= _THIN or box.bottom - box.top <= _THIN:
                self._thin(*box)
            else:
                thick.append(box)
        if len(thick) == 2 and all(abs(a - b) <= _THIN for a, b in zip(*thick, strict=True)):
            self._frame(thick[0])  # a border filled between two rectangles
        else:
            self._content.areas.extend(thick)

    def _frame(self, box: Area) -> None:
        left, top, right, bottom = box
        self._content.horizontals += [Stroke(top, left, right), Stroke(bottom, left, right)]
        self._content.verticals += [Stroke(left, top, bottom), Stroke(right, top, bottom)]

    def _thin(self, left: float, top: float, right: float, bottom: float) -> None:
        across, down = right - left, bottom - top
        content = self._content
        if across < 0 or down < 0 or right < 0 or bottom < 0 or left > content.width or top > content.height:
            return  # clipped away, or beside the page
        if across >= down or across <= _THIN >= down:  # a small square joins a level line and an upright one
            content.horizontals.append(Stroke((top + bottom) / 2, left, right))
        if down >= across or across <= _THIN >= down:
            content.verticals.append(Stroke((left + right) / 2, top, bottom))

    # -- asking PDFium ---------------------------------------------------------------------------------------------

    def _clipped(self, clip: int, matrix: Matrix, box: Area) -> Area:
        """What of a box shows within clipping paths."""
        for i in range(pdf.clip_count(clip) if clip else 0):
            count = pdf.clip_segment_count(clip, i)
            self._segment_count += count
            if count < 1 or self._segment_count > limits.MAX_PDF_SEGMENTS:
                continue
            corners = (0, 2) if count == _RECTANGLE else range(count)
            xs, ys = zip(*[self._point(pdf.clip_segment(clip, i, k)) for k in corners], strict=True)
            box = _meet(box, matrix.area(min(xs), min(ys), max(xs), max(ys)))
        return box

    def _point(self, segment: int) -> tuple[float, float]:
        pdf.segment_point(segment, self._at[0], self._at[1])
        return self._numbers[0], self._numbers[1]

    def _rectangle(self, path: int, matrix: Matrix) -> Area | None:
        """The rectangle that a path of five segments is, told from four of its corners."""
        points = [matrix.point(*self._point(pdf.segment(path, i))) for i in range(4)]
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = points
        first = abs(x1 - x0) <= _LEVEL and abs(y2 - y1) <= _LEVEL and abs(x3 - x2) <= _LEVEL and abs(y3 - y0) <= _LEVEL
        other = abs(y1 - y0) <= _LEVEL and abs(x2 - x1) <= _LEVEL and abs(y3 - y2) <= _LEVEL and abs(x3 - x0) <= _LEVEL
        return Area(min(x0, x2), min(y0, y2), max(x0, x2), max(y0, y2)) if first or other else None

    def _subpaths(self, path: int, count: int, matrix: Matrix) -> list[list[tuple[float, float]]]:
        """The corners of each part of a path; a closed one ends where it began. A curve counts as its end points."""
        parts: list[list[tuple[float, float]]] = []
        for i in range(count):
            segment = pdf.segment(path, i)
            if pdf.segment_kind(segment) == pdfium.FPDF_SEGMENT_MOVETO or not parts:
                parts.append([])
            parts[-1].append(matrix.point(*self._point(segment)))
            if pdf.segment_closes(segment) and parts[-1][0] != parts[-1][-1]:
                parts[-1].append(parts[-1][0])
        return parts


def _placed(items: list[int], matrix: Matrix) -> Iterable[tuple[int, int, float, float, float, float]]:
    """Each object with its clipping path (0 where it has none) and its left, top, right and bottom, upright.

    Asked for all objects at once, without a step of Python between two calls of PDFium: pages have thousands.
    """
    numbers = array("f", bytes(16 * len(items)))
    start, _ = numbers.buffer_info()
    end = start + 16 * len(items)
    deque(map(pdf.object_bounds, items, *(range(start + 4 * side, end, 16) for side in range(4))), maxlen=0)
    lefts, bottoms, rights, tops = (numbers[side::4].tolist() for side in range(4))
    if matrix.a == 1.0:  # the usual page, upright as it is
        e, f = matrix.e, matrix.f
        lefts, rights = [x + e for x in lefts], [x + e for x in rights]
        tops, bottoms = [f - y for y in tops], [f - y for y in bottoms]
    elif items:
        areas = map(matrix.area, lefts, bottoms, rights, tops)
        lefts, tops, rights, bottoms = zip(*areas, strict=True)
    clips = list(map(pdf.clip_path, items))
    if max(map(pdf.clip_count, clips), default=0) <= 0:  # as on most pages
        clips = [0] * len(items)
    return zip(items, clips, lefts, tops, rights, bottoms, strict=True)


def _box_of(points: list[tuple[float, float]]) -> Area | None:
    """The rectangle that a part of a path is, or the thin shape; None for anything else."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    box = Area(min(xs), min(ys), max(xs), max(ys))
    if box.right - box.left <= _THIN or box.bottom - box.top <= _THIN:
        return box
    is_straight = all(abs(x1 - x0) <= _LEVEL or abs(y1 - y0) <= _LEVEL for (x0, y0), (x1, y1) in pairwise(points))
    return box if is_straight and len(points) <= _RECTANGLE + 1 else None


def _meet(one: Area, other: Area) -> Area:
    return Area(
        max(one.left, other.left), max(one.top, other.top), min(one.right, other.right), min(one.bottom, other.bottom)
    )

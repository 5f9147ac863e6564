"""The printed characters of a page, joined to runs, from PDFium's text page.

Only PDFium's characters and their boxes are used; its guesses at blanks and line breaks are not. A glyph whose
character the font does not tell stays in its place as U+FFFD: were it dropped, 1?2 would read as 12.
"""

from __future__ import annotations

import ctypes
from array import array
from collections import deque
from itertools import count, repeat
from operator import sub
from statistics import median
from typing import Any, TypeAlias

import pypdfium2.raw as pdfium

from ingest import limits
from ingest.readers import UnreadableFileError
from ingest.readers.pdf.content import UNMAPPED, Matrix, PageContent, Run
from ingest.readers.pdf.functions import address_of, character_box, is_unmapped

_SAME_LINE = 0.5  # of the height: how far apart, up and down, twice the middles of characters in one run may be
_TOUCHING = 0.15  # of the height: characters closer than this make one run
_OVERLAPPING = -0.3  # of the height: characters set more tightly than this are printed over each other
_OVERPRINTED = 0.15  # of the height: the same character again this close is bold made by printing twice
_BLANKS = frozenset((0x09, 0x20, 0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000))
_NOTHING = frozenset((*range(0x20), 0x7F, 0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF)) - {0x02, 0x09}
_MADE_UP = frozenset((0x0A, 0x0D, 0x20))  # what PDFium adds between lines and words, without any extent
_HYPHENS = frozenset((0x02, 0xFFFE))  # so PDFium marks a hyphen before a line break; in a cell it is a printed dash
_UNUSUAL = frozenset((0x3000, 0xFEFF, 0xFFFE))
_SURROGATES = frozenset(range(0xD800, 0xE000))
_SAMPLED = 8  # one in so many characters tells the usual height
_FIRST_IDEOGRAPH = 0x2E80  # fonts that tell no characters number their glyphs from 1 on

_Box: TypeAlias = tuple[float, float, float, float]  # left, top, right, bottom
_Square: TypeAlias = tuple[int, int, int]


class Characters:
    """Reads the characters of one page into its content."""

    def __init__(self, content: PageContent, text: Any, upright: Matrix) -> None:
        self._content = content
        self._text = text
        self._address = address_of(text)
        self._upright = upright
        self._count = pdfium.FPDFText_CountChars(text)
        self._printed: dict[str, Run | set[_Square]] = {}  # by text: the run that has it, or where it stands

    def read(self) -> None:
        """Join the characters, in the order they are drawn, to runs."""
        codes = self._codes()
        lefts, tops, rights, bottoms = self._sides(codes)
        letters = list(map(chr, codes))
        self._content.lefts, self._content.rights = lefts, rights
        first, before = 0, -1  # where the run begins that is being read, and its character before this one
        left = top = right = bottom = closest = furthest = 0.0
        spaced = run_spaced = is_mapped = False
        for i, code, x0, y0, x1, y1 in zip(count(), codes, lefts, tops, rights, bottoms):
            if code >= _FIRST_IDEOGRAPH and code not in _UNUSUAL:
                if y0 == top and not spaced and closest <= x0 - right <= furthest and is_mapped:
                    right, before = x1, i  # what most characters are: the next one of their line
                    continue
                if is_unmapped(self._address, i) == 1:
                    letters[i] = UNMAPPED
            elif x0 == x1 and code in _MADE_UP:
                letters[i] = ""
                continue
            elif is_unmapped(self._address, i) == 1:
                letters[i] = UNMAPPED
            elif code in _NOTHING:
                letters[i] = ""
                continue
            elif code in _BLANKS:
                letters[i] = ""
                spaced = spaced or not pdfium.FPDFText_IsGenerated(self._text, i)
                continue
            elif code in _HYPHENS:
                letters[i] = "-"
            size = y1 - y0
            if before >= 0 and not spaced and abs(y0 + y1 - top - bottom) <= _SAME_LINE * size:
                if letters[i] == letters[before] and abs(x0 - lefts[before]) <= _OVERPRINTED * size:
                    letters[i] = ""
                    continue
                if _OVERLAPPING * size <= x0 - right <= _TOUCHING * size:
                    right, before = max(right, x1), i
                    continue
            if not self._is_printed(i, x0 + x1, y0 + y1):
                letters[i] = ""
                continue
            if before >= 0:
                text = "".join(letters[first : before + 1])
                self._close(Run(left, top, right, bottom, text, run_spaced, first, before + 1))
            first, before, run_spaced, spaced, is_mapped = i, i, spaced, False, letters[i] != UNMAPPED
            left, top, right, bottom = x0, y0, x1, y1
            closest, furthest = _OVERLAPPING * size, _TOUCHING * size
        if before >= 0:
            text = "".join(letters[first : before + 1])
            self._close(Run(left, top, right, bottom, text, run_spaced, first, before + 1))

    def _close(self, run: Run) -> None:
        """End a run; one that is printed twice at a place counts once."""
        text = run.text
        before = self._printed.setdefault(text, run)
        if before is not run:  # most texts stand on a page once
            if isinstance(before, Run):
                before = self._printed[text] = _squares(before)
            own = _squares(run)
            if not before.isdisjoint(own):
                return
            before |= own
        self._content.runs.append(run)
        if UNMAPPED in text:
            self._content.unmapped_count += text.count(UNMAPPED)

    def _is_printed(self, index: int, across: float, down: float) -> bool:
        """Whether a character, its middle given twice, is on the page and has ink (the text of a scan has none)."""
        if not (0 <= across <= 2 * self._content.width and 0 <= down <= 2 * self._content.height):
            return False
        if not self._content.pictures:
            return True
        item = pdfium.FPDFText_GetTextObject(self._text, index)
        return not item or pdfium.FPDFTextObj_GetTextRenderMode(item) != pdfium.FPDF_TEXTRENDERMODE_INVISIBLE

    def _codes(self) -> list[int]:
        """The code point of each character."""
        units = (ctypes.c_ushort * (self._count + 1))()
        if pdfium.FPDFText_GetText(self._text, 0, self._count, units) == self._count + 1:
            codes = array("H", bytes(units)).tolist()[: self._count]
            if _SURROGATES.isdisjoint(codes):
                return codes
        return [pdfium.FPDFText_GetUnicode(self._text, i) for i in range(self._count)]

    def _sides(self, codes: list[int]) -> tuple[list[float], list[float], list[float], list[float]]:
        """Left, top, right and bottom of each character, upright: as wide as it advances, as high as its font."""
        numbers = array("f", bytes(16 * self._count))
        start, _ = numbers.buffer_info()
        places = range(start, start + 16 * self._count, 16)
        deque(map(character_box, repeat(self._address), range(self._count), places), maxlen=0)
        lefts, tops, rights, bottoms = (numbers[side::4].tolist() for side in range(4))
        turn = self._upright
        if turn.a == 1.0:
            e, f = turn.e, turn.f
            tops, bottoms = [f - y for y in tops], [f - y for y in bottoms]
            if e:
                lefts, rights = [x + e for x in lefts], [x + e for x in rights]
        else:
            boxes = list(map(turn.area, lefts, bottoms, rights, tops))
            lefts, tops, rights, bottoms = ([box[side] for box in boxes] for side in range(4))
        heights = list(map(sub, bottoms, tops))
        usual = median([height for height in heights[::_SAMPLED] if height > 0] or [0.0])
        least, most = 0.3 * usual, 3.0 * usual
        for i in [i for i, height in enumerate(heights) if not least <= height <= most]:
            if codes[i] > 0x20:
                box = self._checked(i, (lefts[i], tops[i], rights[i], bottoms[i]))
                lefts[i], tops[i], rights[i], bottoms[i] = box
        return lefts, tops, rights, bottoms

    def _checked(self, index: int, box: _Box) -> _Box:
        """A box of unusual height, or the one that follows from the size of the font where PDFium's does not.

        PDFium forgets to scale the boxes of fonts that are written from the top down.
        """
        matrix, x, y = pdfium.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetMatrix(self._text, index, matrix)
        size = pdfium.FPDFText_GetFontSize(self._text, index) * max(abs(matrix.a), abs(matrix.b))
        if 0.7 * size <= box[3] - box[1] <= 1.4 * size:
            return box
        pdfium.FPDFText_GetCharOrigin(self._text, index, x, y)
        left, base = self._upright.point(x.value, y.value)
        return left, base - 0.88 * size, left + size, base + 0.12 * size


def _squares(run: Run) -> set[_Square]:
    """Where a run begins, in four grids, shifted by half a step so that no grid line parts places that are close."""
    x, y = run.left / 2, run.top / 2
    return {(0, int(x), int(y)), (1, int(x + 0.5), int(y)), (2, int(x), int(y + 0.5)), (3, int(x + 0.5), int(y + 0.5))}


def refuse_count(text: Any, page_no: int) -> None:
    """Raises UnreadableFileError where a page has more characters than a page of a report."""
    count = pdfium.FPDFText_CountChars(text)
    if count > limits.MAX_PDF_PAGE_CHARS:
        raise UnreadableFileError(
            "too_large",
            f"page {page_no} has {count:,} characters; a page of a report (年度报告) has at most "
            f"{limits.MAX_PDF_PAGE_CHARS:,}",
        )

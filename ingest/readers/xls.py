"""Workbooks of Excel 97-2003 (xls, and et of WPS): the visible sheets in order, as lines and table rows.

What is read is what ``xlsx`` reads of a newer workbook, from records: kind and length, then the content. Every loop
over them is bounded, as positions and counts in the file may be anything.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest import limits
from ingest.model import Document
from ingest.readers import UnreadableFileError
from ingest.readers.number_formats import PLAIN, number_format, printed
from ingest.readers.ole import OleFile
from ingest.readers.sheet import Cell, Sheet, Style, clean, document_of

_BOF, _EOF, _CONTINUE, _FILEPASS, _DATEMODE = 0x809, 0x0A, 0x3C, 0x2F, 0x22
_BOUNDSHEET, _SST, _FORMAT, _XF, _FONT = 0x85, 0xFC, 0x41E, 0xE0, 0x31
_ROW, _COLINFO, _MERGEDCELLS = 0x208, 0x7D, 0xE5
_LABELSST, _LABEL, _RSTRING, _NUMBER, _RK, _MULRK = 0xFD, 0x204, 0xD6, 0x203, 0x27E, 0xBD
_BLANK, _MULBLANK, _BOOLERR, _FORMULA, _STRING = 0x201, 0xBE, 0x205, 0x06, 0x207
_CELLS = {_LABELSST, _LABEL, _RSTRING, _NUMBER, _RK, _MULRK, _BLANK, _MULBLANK, _BOOLERR, _FORMULA}
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_UNKNOWN = "\ufffd"
_BIFF8 = 0x0600
_WORKSHEET = 0


def read_xls(data: bytes) -> Document:
    """Lines and table rows of a workbook. Raises UnreadableFileError."""
    container = OleFile(data)
    if "EncryptedPackage" in container:
        raise UnreadableFileError("encrypted", "it is protected by a password: open it and save it without one")
    if "Workbook" not in container:
        raise UnreadableFileError(
            "old_format",
            "no workbook of Excel 97 or later by its content: open it in Excel or WPS and save it as .xlsx",
        )
    try:
        return document_of(_Workbook(container.stream("Workbook")).sheets(), "xls")
    except struct.error as error:
        raise UnreadableFileError("damaged", f"a record is cut off ({error}): open it and save it anew") from error


@dataclass(frozen=True, slots=True)
class _Record:
    """A record and where it stands in the workbook."""

    kind: int
    content: bytes


@dataclass(slots=True)
class _Shared:
    """What the records at the head of a workbook tell of all its sheets."""

    positions: list[int] = field(default_factory=list)  # of the sheets that are visible
    texts: list[str] = field(default_factory=list)
    codes: dict[int, str] = field(default_factory=dict)  # of number formats
    marked_fonts: list[tuple[bool, bool]] = field(default_factory=list)  # struck out; raised or lowered
    cell_formats: list[tuple[int, int, bool]] = field(default_factory=list)  # font, number format, border
    from_1904: bool = False

    def looks(self, font: int) -> tuple[bool, bool]:
        """Whether a font is struck out, and whether it is raised or lowered. There is no font 4."""
        index = font - (font > 4)
        return self.marked_fonts[index] if index < len(self.marked_fonts) else (False, False)


class _Workbook:
    """The sheets of a workbook, read from its one stream of records."""

    def __init__(self, stream: bytes) -> None:
        self._stream = stream
        self._read = self._chars = self._cells = 0
        self._styles: dict[int, Style] = {}
        self._shared = self._read_shared()

    def sheets(self) -> Iterator[Sheet]:
        """The sheets that are not hidden, in the order of their tabs."""
        for position in self._shared.positions:
            yield self._sheet(position)

    def _records(self, at: int) -> Iterator[_Record]:
        """The records of the part that begins at a position; parts inside it (charts) are left out."""
        depth = 0
        while at + 4 <= len(self._stream):
            kind, length = struct.unpack_from("<HH", self._stream, at)
            content = self._stream[at + 4 : at + 4 + length]
            at += 4 + length
            self._read += 1
            if self._read > limits.MAX_OFFICE_TAGS:
                raise UnreadableFileError("too_large", f"it has more than {limits.MAX_OFFICE_TAGS:,} records")
            if kind == _BOF:
                depth += 1
            elif kind == _EOF:
                depth -= 1
                if depth <= 0:
                    return
            elif depth == 1:
                yield _Record(kind, content)

    # -- what all sheets share ---------------------------------------------------------------------------------------

    def _read_shared(self) -> _Shared:
        kind, _, version = struct.unpack_from("<HHH", self._stream)
        if kind != _BOF or version != _BIFF8:
            raise UnreadableFileError("old_format", "a workbook before Excel 97: open it and save it as .xlsx")
        shared = _Shared()
        segments: list[bytes] = []
        goes_on = False  # the texts may take several records
        for record in self._records(0):
            kind, content = record.kind, record.content
            goes_on = kind == _SST or (kind == _CONTINUE and goes_on)
            if goes_on:
                segments.append(content)
            elif kind == _FILEPASS:
                raise UnreadableFileError("encrypted", "it is protected by a password: save it without one")
            elif kind == _BOUNDSHEET:
                position, state, sheet_kind = struct.unpack_from("<IBB", content)
                if sheet_kind == _WORKSHEET and state & 3 == 0:
                    shared.positions.append(position)
            elif kind == _FORMAT:
                shared.codes[struct.unpack_from("<H", content)[0]] = _Texts([content[2:]]).take()[0]
            elif kind == _FONT:
                looks, _, _, script = struct.unpack_from("<HHHH", content, 2)
                shared.marked_fonts.append((bool(looks & 8), script in (1, 2)))
            elif kind == _XF:
                font, number, _, _, _, borders = struct.unpack_from("<HHHHHH", content)
                shared.cell_formats.append((font, number, borders != 0))
            elif kind == _DATEMODE:
                shared.from_1904 = content[:1] == b"\1"
        if segments:
            shared.texts = self._shared_texts(segments, shared)
        return shared

    def _shared_texts(self, segments: list[bytes], shared: _Shared) -> list[str]:
        count = struct.unpack_from("<I", segments[0], 4)[0]
        source = _Texts([segments[0][8:], *segments[1:]])
        texts = []
        for _ in range(min(count, limits.MAX_OFFICE_TAGS)):
            text, fonts = source.take()
            text = clean(text)
            # Which digits are struck out or raised is not followed: the text as a whole is no figure then.
            texts.append(f"~~{text}~~" if text and any(any(shared.looks(font)) for font in fonts) else text)
        return texts

    def _style(self, index: int) -> Style:
        style = self._styles.get(index)
        if style is None:
            formats = self._shared.cell_formats
            font, number, is_ruled = formats[index] if index < len(formats) else (0, 0, False)
            known = number_format(number, self._shared.codes.get(number))
            is_struck = self._shared.looks(font)[0]
            style = self._styles[index] = Style(PLAIN if known == PLAIN else known, is_ruled, is_struck)
        return style

    # -- one sheet ---------------------------------------------------------------------------------------------------

    def _sheet(self, position: int) -> Sheet:
        sheet = Sheet()
        waiting: tuple[int, int, Style] | None = None  # a formula whose text is in the next record
        for record in self._records(position):
            kind, content = record.kind, record.content
            if kind in _CELLS:
                row, column, index = struct.unpack_from("<HHH", content)
                waiting = None
                for text, style in self._cells_of(kind, content, index):
                    if text is None:
                        waiting = (row, column, style)
                    self._put(sheet, row, column, text or "", style)
                    column += 1
            elif kind == _STRING and waiting:
                row, column, style = waiting
                self._put(sheet, row, column, clean(_Texts([content]).take()[0]), style)
                waiting = None
            elif kind == _ROW:
                row, looks = struct.unpack_from("<H10xH", content)
                if looks & 0x20:
                    sheet.hidden_rows.add(row)
            elif kind == _COLINFO:
                first, last, _, _, looks = struct.unpack_from("<HHHHH", content)
                if looks & 1:
                    sheet.hidden_columns.update(range(first, min(last, 255) + 1))
            elif kind == _MERGEDCELLS:
                self._merge(sheet, content)
        return sheet

    def _merge(self, sheet: Sheet, content: bytes) -> None:
        for at in range(2, len(content) - 7, 8):
            top, bottom, left, right = struct.unpack_from("<HHHH", content, at)
            if top <= bottom and left <= right:
                sheet.merged.append((top, left, bottom, right))
        if len(sheet.merged) > limits.MAX_MERGED:
            raise UnreadableFileError("too_large", f"a sheet has more than {limits.MAX_MERGED:,} merged ranges")

    def _put(self, sheet: Sheet, row: int, column: int, text: str, style: Style) -> None:
        if not text and not style.is_ruled:
            return
        self._cells += 1
        self._chars += len(text)
        if self._cells > limits.MAX_CELLS or self._chars > limits.MAX_SHEET_CHARS:
            raise UnreadableFileError(
                "too_large",
                f"it has more than {limits.MAX_CELLS:,} cells or {limits.MAX_SHEET_CHARS:,} characters in them",
            )
        sheet.rows.setdefault(row, {})[column] = Cell(style.marked(text), style.is_ruled)

    def _cells_of(self, kind: int, content: bytes, index: int) -> Iterator[tuple[str | None, Style]]:
        """The texts of the cells that a record holds, side by side; None where the next record tells the text."""
        style = self._style(index)
        if kind == _MULRK:
            for at in range(4, len(content) - 7, 6):
                index, packed = struct.unpack_from("<HI", content, at)
                yield self._number(_unpacked(packed), self._style(index)), self._style(index)
        elif kind == _MULBLANK:
            for at in range(4, len(content) - 3, 2):
                yield "", self._style(struct.unpack_from("<H", content, at)[0])
        elif kind == _LABELSST:
            text_no = struct.unpack_from("<I", content, 6)[0]
            texts = self._shared.texts
            yield texts[text_no] if text_no < len(texts) else _UNKNOWN, style
        elif kind in (_LABEL, _RSTRING):
            yield clean(_Texts([content[6:]]).take()[0]), style
        elif kind == _NUMBER:
            yield self._number(struct.unpack_from("<d", content, 6)[0], style), style
        elif kind == _RK:
            yield self._number(_unpacked(struct.unpack_from("<I", content, 6)[0]), style), style
        elif kind == _BOOLERR:
            value, is_error = struct.unpack_from("<BB", content, 6)
            yield _ERRORS.get(value, "#ERROR!") if is_error else _truth(value), style
        elif kind == _FORMULA:
            is_stale = bool(struct.unpack_from("<H", content, 14)[0] & 2)  # to be calculated when it is opened
            yield "=" if is_stale else self._result(content[6:14], style), style
        else:
            yield "", style

    def _result(self, result: bytes, style: Style) -> str | None:
        """The text of a formula as it was last calculated; None where it is in the next record."""
        if result[6:] != b"\xff\xff":
            return self._number(struct.unpack("<d", result)[0], style)
        what, value = result[0], result[2]
        if what == 0:
            return None
        return {1: _truth(value), 2: _ERRORS.get(value, "#ERROR!"), 3: ""}.get(what, _UNKNOWN)

    def _number(self, number: float, style: Style) -> str:
        return printed(repr(number), style.numbers, from_1904=self._shared.from_1904)


class _Texts:
    """Texts from a record and those that go on with it."""

    def __init__(self, segments: list[bytes]) -> None:
        self._segments = segments
        self._segment = self._at = 0

    def take(self) -> tuple[str, list[int]]:
        """The next text, and the fonts that parts of it have."""
        length, flags = struct.unpack("<HB", self._bytes(3))
        runs = struct.unpack("<H", self._bytes(2))[0] if flags & 8 else 0
        extra = struct.unpack("<I", self._bytes(4))[0] if flags & 4 else 0
        text = self._characters(length, is_wide=bool(flags & 1))
        fonts = [struct.unpack("<HH", self._bytes(4))[1] for _ in range(runs)]
        self._skip(extra)
        return text, fonts

    def _bytes(self, count: int) -> bytes:
        taken = b""
        while len(taken) < count and self._segment < len(self._segments):
            segment = self._segments[self._segment]
            part = segment[self._at : self._at + count - len(taken)]
            self._at += len(part)
            taken += part
            if self._at >= len(segment) and len(taken) < count:
                self._segment, self._at = self._segment + 1, 0
        return taken

    def _skip(self, count: int) -> None:
        while count > 0 and self._segment < len(self._segments):
            step = min(count, len(self._segments[self._segment]) - self._at)
            self._at, count = self._at + step, count - step
            if count:
                self._segment, self._at = self._segment + 1, 0

    def _characters(self, count: int, *, is_wide: bool) -> str:
        parts = []
        while count and self._segment < len(self._segments):
            segment, size = self._segments[self._segment], 2 if is_wide else 1
            part = segment[self._at : self._at + count * size]
            parts.append(part.decode("utf-16-le" if is_wide else "latin-1", errors="replace"))
            self._at += len(part)
            count -= -(-len(part) // size)
            if count:  # the text goes on in the next record, which begins with how its characters are written
                self._segment += 1
                is_wide = self._segment < len(self._segments) and self._segments[self._segment][:1] == b"\1"
                self._at = 1
        return "".join(parts)


def _unpacked(packed: int) -> float:
    """A number packed in 30 bits: whole or the head of a float, perhaps in hundredths."""
    if packed & 2:
        number: float = (packed - 2**32 if packed & 2**31 else packed) >> 2
    else:
        number = struct.unpack("<d", struct.pack("<Q", (packed & 0xFFFFFFFC) << 32))[0]
    return number / 100 if packed & 1 else number


def _truth(value: int) -> str:
    return "TRUE" if value else "FALSE"

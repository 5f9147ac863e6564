"""Excel files (xlsx, xlsm): the visible sheets in order, as lines and table rows.

A cell's text is what the sheet prints: numbers without the noise of binary fractions, dates as 2021-01-31, the unit a
number format adds. An error, a formula that was never calculated, and struck-out or raised text are no figures. Pages
are the visible sheets, counted from 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from ingest import limits
from ingest.model import Document
from ingest.readers import UnreadableFileError
from ingest.readers.number_formats import PLAIN, NumberFormat, number_format, printed
from ingest.readers.ooxml import RELATIONSHIP_ID, Package, is_on
from ingest.readers.plain_rows import PlainCell, plain_rows
from ingest.readers.sheet import Area, Cell, Sheet, Style, clean, document_of

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_C, _V, _F, _IS, _T, _R, _ROW = (_S + name for name in ("c", "v", "f", "is", "t", "r", "row"))
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_UNKNOWN = "\ufffd"


def read_xlsx(data: bytes) -> Document:
    """Lines and table rows of an Excel file. Raises UnreadableFileError."""
    package = Package(data)
    name = package.main("xl/workbook.xml")
    root = package.xml(name)
    if root.find(f"{_S}sheets") is None:
        raise package.of_another_kind(root)
    return document_of(_Workbook(package, name, root).sheets(), "xlsx")


_NO_STYLE = Style()
_EMPTY = Cell("")


class _Workbook:
    """A workbook's sheets, with the texts and styles they share."""

    def __init__(self, package: Package, name: str, root: etree._Element) -> None:
        self._package = package
        self._root = root
        self._related = package.related(name)
        properties = self._root.find(f"{_S}workbookPr")
        self._from_1904 = properties is not None and "date1904" in properties.attrib and is_on(properties, "date1904")
        self._texts = self._shared_texts()
        self._styles = self._read_styles()
        self._columns: dict[str, int] = {}  # A → 1, AB → 28, as they are met
        self._cells: dict[tuple[str | None, ...], Cell] = {}  # by style, kind and value: most cells of a form are alike
        self._chars = 0

    def sheets(self) -> Iterator[Sheet]:
        """The sheets that are not hidden, in the order of their tabs."""
        for told in self._root.iter(f"{_S}sheet"):
            kind, name = self._related.get(told.get(RELATIONSHIP_ID, ""), ("", ""))
            if kind == "worksheet" and told.get("state", "visible") == "visible":
                yield self._sheet(name)

    def _shared_part(self, kind: str) -> etree._Element | None:
        name = next((target for told, target in self._related.values() if told == kind), "")
        return self._package.xml(name) if name in self._package else None

    def _shared_texts(self) -> list[str]:
        root = self._shared_part("sharedStrings")
        return [] if root is None else [_rich_text(item) for item in root.iterchildren(f"{_S}si")]

    def _read_styles(self) -> dict[str, Style]:
        root = self._shared_part("styles")
        if root is None:
            return {}
        codes = {told.get("numFmtId"): told.get("formatCode", "") for told in root.iter(f"{_S}numFmt")}
        borders = [_is_drawn(border) for border in root.iterfind(f"{_S}borders/{_S}border")]
        struck = [_is_struck(font) for font in root.iterfind(f"{_S}fonts/{_S}font")]
        formats: dict[str, NumberFormat] = {}
        styles = {}
        for index, told in enumerate(root.iterfind(f"{_S}cellXfs/{_S}xf")):
            number = told.get("numFmtId", "0")
            if number not in formats:
                code = codes.get(number)
                known = number_format(_count(number), code)
                formats[number] = PLAIN if known == NumberFormat() else known
            is_struck = _at(struck, told.get("fontId"))
            is_ruled = _at(borders, told.get("borderId"))
            styles[str(index)] = Style(formats[number], is_ruled, is_struck)
        return styles

    def _sheet(self, name: str) -> Sheet:
        content = self._package.part(name)
        plain, rest = plain_rows(content) or (None, content)
        root = self._package.parsed(rest, name, of=content)
        if plain is not None and root.find(f"{_S}sheetData") is None:  # it stands deeper, where no rows are looked for
            plain = []
        sheet = Sheet()
        count = 0
        for row_no, cells in self._rows(root, sheet) if plain is None else map(self._plain_row, plain):
            if sheet.rows.setdefault(row_no - 1, cells) is not cells:
                sheet.rows[row_no - 1].update(cells)
            # Counted however often one shared text is used.
            self._chars += sum([len(cell.text) for cell in cells.values()])
            if self._chars > limits.MAX_SHEET_CHARS:
                raise UnreadableFileError(
                    "too_large", f"its cells have more than {limits.MAX_SHEET_CHARS:,} characters"
                )
            count += len(cells)
        if count > limits.MAX_CELLS:
            raise UnreadableFileError("too_large", f"a sheet has more than {limits.MAX_CELLS:,} cells")
        sheet.hidden_columns = _hidden_columns(root)
        for told in root.iterfind(f"{_S}mergeCells/{_S}mergeCell"):
            if area := _area(told.get("ref", "")):
                sheet.merged.append(area)
            if len(sheet.merged) > limits.MAX_MERGED:
                raise UnreadableFileError("too_large", f"a sheet has more than {limits.MAX_MERGED:,} merged ranges")
        return sheet

    def _plain_row(self, row: tuple[int, Iterator[PlainCell]]) -> tuple[int, dict[int, Cell]]:
        """The number of a row and its cells that hold a text or have a border."""
        row_no, plain = row
        digits = str(row_no)
        columns, known = self._columns, self._cells
        cells: dict[int, Cell] = {}
        for letters, told, style_no, kind, value in plain:
            if told != digits or letters not in columns:
                self._column(letters + told, row_no)
            key = (style_no, kind, value)
            if (cell := known.get(key)) is None:
                cell = known[key] = self._cell(style_no, kind, value)
            if cell is not _EMPTY:
                cells[columns[letters] - 1] = cell
        return row_no, cells

    def _rows(self, root: etree._Element, sheet: Sheet) -> Iterator[tuple[int, dict[int, Cell]]]:
        """The same of every row, from the tree of the sheet; notes in ``sheet`` which of them are hidden."""
        row_no = 0
        for row in root.iterfind(f"{_S}sheetData/{_ROW}"):
            row_no = _count(row.get("r")) or row_no + 1
            if row.get("hidden") is not None and is_on(row, "hidden"):
                sheet.hidden_rows.add(row_no - 1)
            cells: dict[int, Cell] = {}
            column = 0
            for told in row.iterchildren(_C):
                column += 1  # a cell without a reference stands next to the one before it
                if reference := told.get("r"):
                    column = self._column(reference, row_no)
                cell = self._cell(told.get("s"), *_content(told))
                if cell is not _EMPTY:
                    cells[column - 1] = cell
            yield row_no, cells

    def _cell(self, style_no: str | None, kind: str | None, value: str | None, formula: str | None = None) -> Cell:
        style = self._styles.get(style_no or "0", _NO_STYLE)
        text = self._text(style, kind or "n", value, formula)
        return Cell(text, style.is_ruled) if text or style.is_ruled else _EMPTY

    def _column(self, reference: str, row_no: int) -> int:
        """The column of a cell, from 1."""
        row, column = _place(reference)
        if row != row_no:
            raise UnreadableFileError(
                "damaged", f"cell {reference} stands in row {row_no}: open it in Excel or WPS and save it anew"
            )
        self._columns[reference.removesuffix(str(row))] = column
        return column

    def _text(self, style: Style, kind: str, value: str | None, formula: str | None) -> str:
        if value is None:
            return "" if formula is None else f"={formula}"
        if kind == "n":
            text = printed(value, style.numbers, from_1904=self._from_1904)
        elif kind == "s":
            text = self._texts[int(value)] if _is_index(value, self._texts) else _UNKNOWN
        elif kind == "b":
            text = "TRUE" if value.strip() == "1" else "FALSE"
        elif kind == "str":
            text = _unescaped(value)
        else:
            text = value
        return style.marked(text)


def _content(cell: etree._Element) -> tuple[str | None, str | None, str | None]:
    """What kind of value stands in a cell, the value, and the formula it comes from."""
    kind, value, formula = cell.get("t"), None, None
    for child in cell:
        if child.tag == _V:
            value = child.text or ""  # a formula may come out empty
        elif child.tag == _F:
            formula = child.text or ""
        elif child.tag == _IS:
            kind, value = "inlineStr", _rich_text(child)
    return kind, value, formula


def _hidden_columns(root: etree._Element) -> set[int]:
    is_hidden = bytearray(_LAST_COLUMN)
    for told in islice(root.iterfind(f"{_S}cols/{_S}col"), _LAST_COLUMN):  # a column or more each
        if told.get("hidden") is not None and is_on(told, "hidden"):
            first, last = max(_count(told.get("min")), 1), min(_count(told.get("max")), _LAST_COLUMN)
            if first <= last:
                is_hidden[first - 1 : last] = b"\1" * (last - first + 1)
    return {column for column, hidden in enumerate(is_hidden) if hidden} if 1 in is_hidden else set()


def _rich_text(item: etree._Element) -> str:
    """The text of an item, without the readings printed above it; struck-out and raised pieces are marked."""
    if len(item) == 1 and (only := item[0]).tag == _T:
        return _unescaped(only.text or "")
    pieces = []
    for child in item:
        if child.tag == _T:
            pieces.append(child.text or "")
        elif child.tag == _R:
            text = "".join(told.text or "" for told in child.iterchildren(_T))
            looks = child.find(f"{_S}rPr")
            if looks is not None and text.strip():
                raised = looks.find(f"{_S}vertAlign")
                if raised is not None and raised.get("val") in ("superscript", "subscript"):
                    text = f"{'^' if raised.get('val') == 'superscript' else '_'}{text}"
                if _is_struck(looks):
                    text = f"~~{text}~~"
            pieces.append(text)
    return _unescaped("".join(pieces))


def _unescaped(text: str) -> str:
    """A text with the characters that XML cannot hold, which stand in it by their numbers."""
    return clean(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text)


def _is_drawn(border: etree._Element) -> bool:
    return any(side.get("style", "none") != "none" for side in border)


def _is_struck(font: etree._Element) -> bool:
    strike = font.find(f"{_S}strike")
    return strike is not None and is_on(strike, "val")


def _is_index(text: str, of: list) -> bool:
    return text.isdecimal() and len(text) < 8 and int(text) < len(of)


def _at(flags: list[bool], index: str | None) -> bool:
    return index is not None and _is_index(index, flags) and flags[int(index)]


def _count(text: str | None) -> int:
    """A count from 0 to the last row there may be; 0 where the text is none."""
    return int(text) if text and text.isdecimal() and len(text) < 8 and int(text) <= _LAST_ROW else 0


def _place(reference: str) -> tuple[int, int]:
    """Row and column of a cell, counted from 1. Raises UnreadableFileError where no sheet has such a cell."""
    row = column = 0
    if found := _REFERENCE.fullmatch(reference):
        row = int(found[2])
        for letter in found[1]:
            column = column * 26 + ord(letter) - 64
    if not (0 < row <= _LAST_ROW and 0 < column <= _LAST_COLUMN):
        raise UnreadableFileError(
            "damaged", f"there is no cell {reference[:40]!r}: open it in Excel or WPS and save it anew"
        )
    return row, column


def _area(reference: str) -> Area | None:
    """A merged range; None for one that is none."""
    first, _, last = reference.partition(":")
    if not (_REFERENCE.fullmatch(first) and _REFERENCE.fullmatch(last)):
        return None
    (top, left), (bottom, right) = _place(first), _place(last)
    return (top - 1, left - 1, bottom - 1, right - 1) if top <= bottom and left <= right else None

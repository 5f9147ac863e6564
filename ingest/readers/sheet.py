"""From the cells of a sheet to lines and table rows: which rows are a table, and where each of them ends.

A row holds its own cells only: what a merged range covers is no cell, and hidden rows and columns are not printed. Rows
that hang together are a table. Where borders are drawn, they tell which empty cells are printed; else a row is as wide
as those around it. A text alone in its row is a line, unless it stands right below a table without borders: there it
may be a label whose figures are left blank.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from typing import NamedTuple

from ingest import limits
from ingest.model import Document, Line, Row
from ingest.readers import UnreadableFileError
from ingest.readers.number_formats import PLAIN, NumberFormat


class Cell(NamedTuple):
    """A cell that holds a text, has a border, or both. ``width`` counts the columns that a merge gives it."""

    text: str
    is_ruled: bool = False
    width: int = 1


@dataclass(frozen=True, slots=True)
class Style:
    """What the style of a cell adds to its content."""

    numbers: NumberFormat = PLAIN
    is_ruled: bool = False
    is_struck: bool = False

    def marked(self, text: str) -> str:
        """The text, marked where it is struck out."""
        return f"~~{text}~~" if self.is_struck and text else text


# What may be blank in the part of a table that stands on one page, and with it a whole column.
_STUB_COLUMNS = 2  # of the three that the labels of 表三 take
_LAST_COLUMNS = 2  # 其他 and 总计
Area = tuple[int, int, int, int]  # first row, first column, last row, last column, from 0


@dataclass(slots=True)
class Sheet:
    """The cells of a sheet by row and column (from 0), its merged ranges, and the rows and columns that are hidden."""

    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A row of a sheet: the one text of a ``line``, or the cells of a ``grid`` row of table ``table_no`` from 1."""

    kind: str
    cells: tuple[str, ...]
    table_no: int = 0


@dataclass(slots=True)
class _Row:
    """The own cells of a row by column, and the columns that merges cover in it.

    ``texts`` are the texts of its cells; the row ``is_alone`` where one text is all that is printed in it.
    """

    number: int
    cells: dict[int, Cell]
    covered: set[int] = field(default_factory=set)
    texts: list[str] = field(default_factory=list)
    is_alone: bool = False
    end: int = -1  # the last column of the row's last cell
    ends_ruled: bool = False  # whether that cell has a border

    def uncover(self) -> None:
        """Leave out the cells that merges cover."""
        cells = self.cells
        for column in self.covered & cells.keys() if self.covered else ():
            del cells[column]
        if not cells:
            return
        self.texts = [cell.text for cell in cells.values() if cell.text]
        # A cell without a text is there for its border.
        self.is_alone = len(self.texts) == len(cells) == 1
        column = next(reversed(cells))
        last = cells[column]
        self.end, self.ends_ruled = column + last.width - 1, last.is_ruled


def printed_rows(sheet: Sheet, budget: int = limits.MAX_CELLS) -> Iterator[PrintedRow]:
    """The rows of a sheet that print something, from top to bottom.

    Raises UnreadableFileError where the table rows have more than ``budget`` cells.
    """
    rows = _own_rows(_without_hidden(sheet))
    is_ruled = any(cell.is_ruled for row in rows for cell in row.cells.values())
    blocks = list(_blocks(rows, is_ruled))
    tables = [block for block in blocks if isinstance(block, list)]
    # Without borders nothing shows the blank columns at the sides of a table: other tables of the sheet may.
    left = None if is_ruled or not tables else min(map(_first, tables))
    ends = frozenset() if is_ruled else {end for table in tables for end in _ends(table)}
    table_no = 0
    for block in blocks:
        if isinstance(block, _Row):
            yield PrintedRow("line", tuple(block.texts))
            continue
        table_no += 1
        for cells in _table_cells(block, left, ends, budget):
            budget -= len(cells)
            yield PrintedRow("grid", cells, table_no)


def _blocks(rows: Sequence[_Row], is_ruled: bool) -> Iterator[_Row | list[_Row]]:
    """Rows that are lines of text, and the rows of each table together."""
    table: list[_Row] = []
    last_row = -1
    for row in [*rows, None]:
        ends_table = row is None or row.number > last_row + 1
        if row is not None:
            last_row = row.number
            if not row.texts:
                continue  # a row of nothing but borders holds a table together
            may_be_label = bool(table) and not ends_table and not is_ruled and row.end == next(iter(row.cells))
            is_line = row.is_alone and not may_be_label
            ends_table |= is_line
        if ends_table and table:
            yield table
            table = []
        if row is not None and is_line:
            yield row
        elif row is not None:
            table.append(row)


def _first(table: Sequence[_Row]) -> int:
    return min(next(iter(row.cells)) for row in table)


def _table_cells(table: Sequence[_Row], left: int | None, others: Set[int], budget: int) -> Iterator[tuple[str, ...]]:
    """The cells of each row. Tables without borders begin at ``left`` and end where ``others`` of the sheet do, where
    only few columns are between."""
    first = _first(table)
    if left is not None and first - left <= _STUB_COLUMNS:
        first = left
    ends = [_whole(end, others) for end in _ends(table)]
    if sum(end - first + 1 for end in ends) > budget:
        raise UnreadableFileError(
            "too_large", f"a sheet has more than {limits.MAX_CELLS:,} cells: delete what stands far off its tables"
        )
    for row, end in zip(table, ends, strict=True):
        cell_at, covered = row.cells.get, row.covered
        yield tuple([cell.text if (cell := cell_at(i)) else "" for i in range(first, end + 1) if i not in covered])


def _whole(end: int, others: Set[int]) -> int:
    return next((end + more for more in range(_LAST_COLUMNS, 0, -1) if end + more in others), end)


def _ends(table: Sequence[_Row]) -> list[int]:
    """The last column of each row: its last border, else as far as the rows reach that it stands among.

    Where texts stand alone in their rows, a table of another width may begin: a stretch of rows between two such
    texts is as wide as its widest row, but never narrower than what stands above it.
    """
    ends: list[int] = []
    stretch: list[int] = []  # positions of rows whose end is still to be told
    widest = 0
    for row in [*table, None]:
        if row is None or row.is_alone:
            for i in stretch:
                ends[i] = widest
            stretch = []
        if row is not None:
            ends.append(max(widest, row.end))
            if row.ends_ruled:
                ends[-1] = row.end
            elif not row.is_alone:
                stretch.append(len(ends) - 1)
                widest = max(widest, row.end)
    return ends


def _own_rows(sheet: Sheet) -> list[_Row]:
    """The rows with anything in them, top to bottom, without what merged ranges cover."""
    numbers = sorted(number for number, cells in sheet.rows.items() if cells)
    rows = {number: _Row(number, _in_order(sheet.rows[number])) for number in numbers}
    last_column = max((next(reversed(row.cells)) for row in rows.values()), default=0)
    budget = limits.MAX_CELLS
    for top, left, bottom, right in sheet.merged:
        width = min(right, last_column) - left + 1
        below = numbers[bisect_left(numbers, top) : bisect_right(numbers, bottom)]
        budget -= max(0, width) * len(below)
        if budget < 0:
            raise UnreadableFileError("too_large", f"merged ranges cover more than {limits.MAX_CELLS:,} cells")
        for number in below:
            rows[number].covered.update(range(left + (number == top), left + width))
        if (anchor := sheet.rows.get(top, {}).get(left)) is not None:
            rows[top].cells[left] = anchor._replace(width=max(1, width))
    for row in rows.values():
        row.uncover()
    return [rows[number] for number in numbers if rows[number].cells]


def _in_order(cells: dict[int, Cell]) -> dict[int, Cell]:
    columns = list(cells)
    in_order = sorted(columns)
    return cells if columns == in_order else {column: cells[column] for column in in_order}


def _without_hidden(sheet: Sheet) -> Sheet:
    """The sheet with its hidden rows and columns cut out; a merged range keeps its text if any of it shows."""
    if not sheet.hidden_rows and not sheet.hidden_columns:
        return sheet
    rows, columns = sorted(sheet.hidden_rows), sorted(sheet.hidden_columns)
    shown = {
        row - bisect_left(rows, row): {
            column - bisect_left(columns, column): cell
            for column, cell in cells.items()
            if column not in sheet.hidden_columns
        }
        for row, cells in sheet.rows.items()
        if row not in sheet.hidden_rows
    }
    merged = []
    for top, left, bottom, right in sheet.merged:
        area = (
            top - bisect_left(rows, top),
            left - bisect_left(columns, left),
            bottom - bisect_right(rows, bottom),
            right - bisect_right(columns, right),
        )
        if area[0] <= area[2] and area[1] <= area[3]:
            merged.append(area)
            shown.get(area[0], {}).pop(area[1], None)
            if (anchor := sheet.rows.get(top, {}).get(left)) is not None:
                shown.setdefault(area[0], {})[area[1]] = anchor
    return Sheet(shown, merged)


# -- documents -------------------------------------------------------------------------------------------------------


def document_of(sheets: Iterable[Sheet], encoding: str) -> Document:
    """The printed rows of all sheets as one document. Raises UnreadableFileError where they have too many cells."""
    printed_sheets: list[list[PrintedRow]] = []
    budget = limits.MAX_CELLS
    for sheet in sheets:
        if len(printed_sheets) == limits.MAX_SHEETS:
            raise UnreadableFileError("too_large", f"it has more than {limits.MAX_SHEETS} sheets")
        printed_sheets.append(list(printed_rows(sheet, budget)))
        budget -= sum(len(row.cells) for row in printed_sheets[-1])
    return _document(printed_sheets, encoding)


def _document(sheets: list[list[PrintedRow]], encoding: str) -> Document:
    lines: list[Line] = []
    rows: list[Row] = []
    tables = 0
    is_paged = len(sheets) > 1
    for sheet_no, sheet in enumerate(sheets, 1):
        page_no = sheet_no if is_paged else None
        table_no = row_index = 0
        for row in sheet:
            if row.kind == "line":
                for text in row.cells[0].split("\n"):
                    lines.append(Line(len(lines) + 1, page_no, text))
                    rows.append(Row("line", len(lines), page_no, (text,)))
                continue
            row_index = row_index + 1 if row.table_no == table_no else 1
            tables += row.table_no != table_no
            table_no = row.table_no
            lines.append(Line(len(lines) + 1, page_no, "\t".join(row.cells).replace("\n", " ")))
            rows.append(Row("grid", len(lines), page_no, row.cells, tables, row_index))
    return Document(tuple(lines), tuple(rows), encoding, page_count=len(sheets) if is_paged else None)


def clean(text: str) -> str:
    """A text without blank lines and special blanks."""
    text = text.replace("\r", "\n").replace("\xa0", " ").replace("\t", " ")
    if "\n" in text:
        text = "\n".join(line for line in text.split("\n") if line.strip())
    return text if text.strip() else ""

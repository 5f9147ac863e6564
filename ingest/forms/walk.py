"""From rows of cells to records: which label stands before which value cells, in reading order.

A row of several cells is a record of its own. Cells that stand alone on their lines form runs: a label, then every
value or blank cell up to the next text. Nothing is placed in a column here; that needs the whole document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.forms.cell import Cell
from ingest.forms.glued import pieces
from ingest.forms.labels import Label, forms
from ingest.model import Document, Row

_SERIAL_NUMBER = re.compile(r"^\s*\d{1,2}\s*$")
_WORD_JOIN_LIMIT = 3  # a label broken over more lines than this is not put together again


@dataclass(frozen=True, slots=True)
class Header:
    """The column heads last met: their codes by cell position (None in a run of single cells)."""

    table_no: int
    heads: tuple[tuple[int | None, Label], ...]
    cell_count: int


@dataclass(slots=True)
class Record:
    """A label (or none) and the cells that follow it.

    ``label_index`` is the label's position in its row, None in a run of single cells; ``context`` the table whose
    headings or lines were last met; ``routes`` the kinds of dispute named since 表四 began.
    """

    labels: tuple[Label, ...]
    ordinal: str
    label_text: str
    label_index: int | None
    line_no: int
    page_no: int | None
    rest: list[Cell]
    context: int | None
    header: Header | None
    heads_of_4: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()
    heads_since_route: int = 0
    label_evidence: str = "label"

    @property
    def has_figures(self) -> bool:
        return any(not cell.is_blank for cell in self.rest)


@dataclass(slots=True)
class Walk:
    """Walks a document once and collects its records and the column heads met per table."""

    records: list[Record] = field(default_factory=list)
    heads_met: dict[int, list[Label]] = field(default_factory=dict)
    _context: int | None = None
    _header: Header | None = None
    _run: Record | None = None
    _broken: list[Cell] = field(default_factory=list)
    _heads_of_4: list[str] = field(default_factory=list)
    _routes: list[str] = field(default_factory=list)
    _heads_since_route: int = 0

    def over(self, document: Document) -> Walk:
        for row in document.rows:
            stripped = pieces(row.cells[0]) if row.kind == "line" else None
            cells = [self._cell(text, row) for text in stripped or row.cells]
            if stripped or len(cells) == 1 or row.kind == "cell":
                for cell in cells:  # a line of bare pipes is several empty cells of the same run
                    self._single(cell)
            else:
                self._close_run()
                self._row(cells)
        self._close_run()
        return self

    @staticmethod
    def _cell(text: str, row: Row) -> Cell:
        ordinal, labels = forms().match(text) if text.strip() else ("", [])
        return Cell(text, row.line_no, row.page_no, ordinal, tuple(labels))

    # -- rows of several cells -------------------------------------------------------------------------------------

    def _row(self, cells: list[Cell]) -> None:
        if len(cells) > 1 and _SERIAL_NUMBER.match(cells[0].text) and cells[1].roles("line"):
            cells = cells[1:]  # a column 序号 before the label holds no figures
        values = [i for i, cell in enumerate(cells) if cell.is_value]
        before = cells[: values[0]] if values else cells
        lines = [i for i, cell in enumerate(before) if cell.roles("line")]
        columns = [i for i, cell in enumerate(cells) if cell.roles("column") and not cell.is_value]
        named = [i for i in lines if not before[i].roles("column")]
        if not values and columns and not (named and len(columns) < 2):
            self._header_row(cells, columns)
            return
        emitted = bool(lines) and (bool(values) or all(c.is_blank for c in cells[lines[-1] + 1 :]))
        for cell in before[: lines[-1] + 1] if emitted else before:
            self._note_context(cell)
        if emitted:
            self._emit(cells[lines[-1]], lines[-1], cells[lines[-1] + 1 :])
        elif values:
            text = next((c.text for c in reversed(before) if not c.is_blank), "")
            self._orphan(text, cells if not text else cells[values[0] :])

    def _header_row(self, cells: list[Cell], columns: list[int]) -> None:
        for cell in cells:
            self._note_context(cell)
        heads = [(i, label) for i in columns for label in cells[i].roles("column")]
        table_no = self._table_of([label for _, label in heads])
        chosen = tuple((i, label) for i, label in heads if label.table_no == table_no)
        self._note_heads(table_no, [label for _, label in chosen])
        self._header = Header(table_no, chosen, len(cells))

    # -- cells alone on their lines --------------------------------------------------------------------------------

    def _single(self, cell: Cell) -> None:
        if cell.is_blank:
            if self._run is not None:
                self._run.rest.append(cell)
        elif cell.is_value:
            if self._run is None:
                self._run = self._record(None, None, [], cell, "")
            self._run.rest.append(cell)
        else:
            self._text(cell)

    def _text(self, cell: Cell) -> None:
        follows_values = self._run is not None and self._run.has_figures
        if not cell.labels:
            cell = self._joined(cell)
        if not cell.labels:
            self._broken = [*self._broken, cell][-_WORD_JOIN_LIMIT:]
            self._close_run()
            return
        self._broken = []
        is_line = bool(cell.roles("line"))
        if is_line and cell.roles("column") and not cell.ordinal and not follows_values:
            is_line = False  # 其他 and 总计 head columns too: after another head they are heads
        self._close_run()
        self._note_context(cell)
        if is_line:
            self._run = self._record(cell, None, [], cell, cell.text)
        elif heads := cell.roles("column"):
            table_no = self._table_of(heads)
            chosen = [label for label in heads if label.table_no == table_no]
            self._note_heads(table_no, chosen)
            same = self._header is not None and self._header.table_no == table_no and not follows_values
            earlier = self._header.heads if same and self._header and self._header.cell_count == 1 else ()
            self._header = Header(table_no, (*earlier, *((None, label) for label in chosen)), 1)
        else:
            self._header = None  # a heading such as 第二十条第（五）项 begins a new part with heads of its own

    def _joined(self, cell: Cell) -> Cell:
        """A label broken over lines: the text together with up to two lines before it, where that is a label."""
        text = cell.text
        for earlier in reversed(self._broken):
            text = earlier.text + text
            ordinal, labels = forms().match(text)
            if labels:
                return Cell(text, earlier.line_no, earlier.page_no, ordinal, tuple(labels))
        return cell

    # -- shared ----------------------------------------------------------------------------------------------------

    def _table_of(self, labels: list[Label]) -> int:
        tables = [label.table_no for label in labels]
        if self._context in tables and tables.count(self._context) * 2 >= len(tables):
            return self._context  # 总计 heads a column of 表三 and of 表四
        return max(set(tables), key=lambda t: (tables.count(t), -t))

    def _note_context(self, cell: Cell) -> None:
        """Heads, headings and the lines of 表三 and 表四 tell which table this is; 行政许可 and the like do not."""
        tables = {label.table_no for label in cell.labels if (label.role, label.table_no) != ("line", 2)}
        if len(tables) != 1 or (cell.roles("column") and cell.roles("line")):
            return
        table_no = tables.pop()
        if table_no == 4 and self._context != 4:
            self._heads_of_4, self._routes = [], []
        self._context = table_no
        if table_no == 4 and (routes := cell.roles("line")):
            self._routes.append(routes[0].code)
            self._heads_since_route = 0

    def _note_heads(self, table_no: int, labels: list[Label]) -> None:
        self.heads_met.setdefault(table_no, []).extend(labels)
        if table_no == 4:
            self._heads_of_4.extend(label.code for label in labels)
            self._heads_since_route += len(labels)
        elif self._context != 4:
            self._context = table_no

    def _record(self, label: Cell | None, index: int | None, rest: list[Cell], at: Cell, text: str) -> Record:
        return Record(
            labels=tuple(label.roles("line")) if label else (),
            ordinal=label.ordinal if label else "",
            label_text=text,
            label_index=index,
            line_no=at.line_no,
            page_no=at.page_no,
            rest=rest,
            context=self._context,
            header=self._header,
            heads_of_4=tuple(self._heads_of_4),
            routes=tuple(self._routes),
            heads_since_route=self._heads_since_route,
        )

    def _emit(self, label: Cell, index: int, rest: list[Cell]) -> None:
        if rest:
            self.records.append(self._record(label, index, rest, label, label.text))

    def _orphan(self, text: str, cells: list[Cell]) -> None:
        self.records.append(self._record(None, None, cells, cells[0], text))

    def _close_run(self) -> None:
        if self._run is not None and self._run.rest:
            self.records.append(self._run)
        self._run = None

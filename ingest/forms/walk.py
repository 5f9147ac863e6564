"""From rows of cells to records: which label stands before which value cells, in reading order.

A row of several cells is a record of its own. Cells that stand alone on their lines form runs: a label, then every
value or blank cell up to the next text. Nothing is placed in a column here; that needs the whole document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from ingest.forms.cell import Cell, cell_of
from ingest.forms.glued import pieces
from ingest.forms.labels import Label, forms
from ingest.forms.lines import cells_of_line, last_piece
from ingest.model import Document, Row

_SERIAL_NUMBER = re.compile(r"^\s*\d{1,2}\s*$")
_SENTENCE = re.compile(r"[，,。；;]")
_SENTENCE_CHARS = 30
# A caption that names the year of the table below it: 2019年收到和处理政府信息公开申请情况.
_CAPTION_YEAR = re.compile(
    r"^\W*(?:[一二三四五六七附表\d]+\W*)?[^，。；,;]{0,20}?(20\d\d)\s*年(?!\s*\d|起|以来|至今)[^，。；,;]{0,40}$"
)
_FOREIGN_SIGNS = re.compile(r"(?=.*[\dA-Za-z?？])[^\u3400-\u9fff]{1,8}")
LONG_FIGURE = 8  # characters; beyond, a figure has a note beside it: 22（其中修订16件）, or a heading run into it
_WORD_JOIN_LIMIT = 3  # a label broken over more lines than this is not put together again
_EVERYWHERE = {"other", "total", "other_remaining", "closed"}  # 其他 and 总计 head columns of any table


@dataclass(frozen=True, slots=True)
class Header:
    """The column heads last met: their codes by cell position (None in a run of single cells).

    ``cell_count`` is the width of their row; in a run ``run_count`` tells how many cells, heads and blanks, it had (0:
    not known).
    """

    table_no: int
    heads: tuple[tuple[int | None, Label], ...]
    cell_count: int
    run_count: int = 0


@dataclass(slots=True)
class Record:
    """A label (or none) and the cells that follow it.

    ``label_index`` is the label's position in its row, None in a run of single cells; ``context`` the table whose
    headings or lines were last met; ``routes`` the kinds of dispute named since 表四 began. ``is_told``: heads or
    articles of 表二 stand above; ``is_foreign``: the heads above are those of another table; ``is_stripped``: all cells
    were run together in one line. ``caption_year`` is the year the last caption names.
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
    table_index: int = 0
    is_told: bool = False
    is_foreign: bool = False
    is_stripped: bool = False
    kind: str = ""  # of its row in the document
    is_run: bool = False  # cells alone on their lines: nothing tells where the row ends
    caption_year: int | None = None
    position: int = 0  # of the label among all cells that stand alone on their lines
    lead: int = 0  # texts before the label, of the same row
    breaks: int = 0  # places before it where lines of the document are no rows, such as the end of a page

    @property
    def has_figures(self) -> bool:
        return any(not cell.is_blank for cell in self.rest)

    @property
    def figures(self) -> int:
        return sum(not cell.is_blank for cell in self.rest)


@dataclass(slots=True)
class Walk:
    """Walks a document once and collects its records and the column heads met per table."""

    records: list[Record] = field(default_factory=list)
    heads_met: dict[int, list[tuple[Label, int | None]]] = field(default_factory=dict)  # with the caption's year
    told: set[int] = field(default_factory=set)  # tables of which a head or heading was met
    _context: int | None = None
    _header: Header | None = None
    _run: Record | None = None
    _broken: list[Cell] = field(default_factory=list)
    _heads_of_4: list[str] = field(default_factory=list)
    _routes: list[str] = field(default_factory=list)
    _heads_since_route: int = 0
    _row_of: Row | None = None
    _run_label: Cell | None = None
    _caption: Cell | None = None  # a line's label alone, above a small table of its own
    _caption_year: int | None = None
    _is_told: bool = False
    _unknown_head: bool = False  # a text that is no label stands among the heads of a run
    _foreign: int | None = None  # the table of the document whose heads are those of no form
    _is_stripped: bool = False
    _position: int = 0
    _lead: int = 0
    _breaks: int = 0
    _fragments: dict[int, list[Cell]] = field(default_factory=dict)  # texts that are no label, by the next record

    def over(self, document: Document) -> Walk:
        for row in document.rows:
            if self._row_of is not None and row.line_no > self._row_of.line_no + 1:
                self._breaks += 1
            self._row_of = row
            texts = row.cells
            self._is_stripped = False
            if row.kind == "line" and not row.cells[0].isdecimal():
                self._note_year(row.cells[0])
                if stripped := pieces(row.cells[0]):
                    texts, self._is_stripped = stripped, True
                elif told := cells_of_line(row.cells[0]):
                    self._line(told)
                    continue
            cells = self._cells(texts)
            if self._is_stripped or len(cells) == 1 or row.kind == "cell" or not row.cells[1:]:
                for cell in cells:  # a line of bare pipes is several empty cells of the same run
                    self._single(cell)
            else:
                self._whole_row(cells)
        self._close_run()
        self._put_labels_together()
        return self

    def _line(self, texts: Iterable[str]) -> None:
        """A bare line that is a row: figures alone go on with the run that a label began."""
        cells = self._cells(texts)
        if self._run is not None and all(cell.is_value for cell in cells):
            for cell in cells:
                self._single(cell)
        else:
            self._whole_row(cells)

    def _cells(self, texts: Iterable[str]) -> list[Cell]:
        line_no, page_no = self._row_of.line_no, self._row_of.page_no
        cells = []
        for text in texts:
            cell = cell_of(text, line_no, page_no)
            may_be_two = text[:1].isdigit() and (not cell.is_value or len(text) > LONG_FIGURE)
            if may_be_two and (not cell.labels or len(cell.ordinal) > 1):
                cells += [cell_of(part, line_no, page_no) for part in forms().unglued(text) or [text]]
            else:
                cells.append(cell)
        return cells

    def _note_year(self, text: str) -> None:
        if "20" in text and len(text) < 80 and (found := _CAPTION_YEAR.match(text)):
            self._caption_year = int(found[1])
        if len(text) >= _SENTENCE_CHARS and _SENTENCE.search(text):
            self._is_told = False  # a table after prose is another one until its heads are met

    # -- rows of several cells -------------------------------------------------------------------------------------

    def _whole_row(self, cells: list[Cell]) -> None:
        """A row, or the rows that were run together in it: figures end one where another label follows them."""
        self._close_run()
        begin, follows_values = 0, False
        for i, cell in enumerate(cells):
            if follows_values and any(label.code not in _EVERYWHERE for label in cell.lines):
                self._row(cells[begin:i])
                begin, follows_values = i, False
            follows_values = follows_values or cell.is_value
        self._row(cells[begin:])

    def _row(self, cells: list[Cell]) -> None:
        if len(cells) > 1 and _SERIAL_NUMBER.match(cells[0].text) and cells[1].lines:
            cells = cells[1:]  # a column 序号 before the label holds no figures
        values = [i for i, cell in enumerate(cells) if cell.is_value]
        before = cells[: values[0]] if values else cells
        lines = [i for i, cell in enumerate(before) if cell.lines]
        columns = [i for i, cell in enumerate(cells) if cell.columns and not cell.is_value]
        named = [i for i in lines if not before[i].columns]
        if not values and columns and not (named and len(columns) < 2):
            self._header_row(cells, columns)
            return
        emitted = bool(lines) and (bool(values) or all(c.is_blank for c in cells[lines[-1] + 1 :]))
        for cell in before[: lines[-1] + 1] if emitted else before:
            self._note_context(cell)
        if emitted:
            self._emit(cells[lines[-1]], lines[-1], cells[lines[-1] + 1 :])
        elif values:
            self._unlabelled(cells, before, values[0])
        else:
            self._text_row(cells)

    def _unlabelled(self, cells: list[Cell], before: list[Cell], first_value: int) -> None:
        label = next((c for c in reversed(before) if not c.is_blank), None)
        if label is None and self._caption is not None:
            # The caption above a small table of its own names its only row.
            heads = [at for at, _ in self._header.heads if at is not None] if self._header else []
            if heads and self._header.cell_count == len(cells):
                begin = min(heads)
            else:  # in 表三 the blanks before the figures may be figures left blank
                begin = 0 if any(label.table_no == 3 for label in self._caption.lines) else first_value
            self.records.append(self._record(self._caption, None, cells[begin:], cells[0], self._caption.text))
            self._caption = None
            return
        self._caption = None
        self._orphan(label.text if label else "", cells if label is None else cells[first_value:])

    def _text_row(self, cells: list[Cell]) -> None:
        """A row of words: heads of a table that is none of the form's, or a part of a label."""
        told = [cell for cell in cells if not cell.is_blank]
        if len(told) > 2 and self._context != 3 and not any(cell.labels for cell in told):
            self._foreign = self._row_of.table_index
        self._caption = None
        if told and not told[-1].labels:
            self._fragments.setdefault(len(self.records), []).append(told[-1])

    def _header_row(self, cells: list[Cell], columns: list[int]) -> None:
        unknown = sum(not cell.is_blank and not cell.labels for cell in cells)
        if (
            unknown > 1
            and self._context != 3
            and all(label.code in _EVERYWHERE for i in columns for label in cells[i].labels)
        ):
            self._foreign = self._row_of.table_index  # 当面 | 网络 | 信函 | 其他 | 总计
            return
        for cell in cells:
            self._note_context(cell)
        heads = [(i, label) for i in columns for label in cells[i].columns]
        table_no = self._table_of([label for _, label in heads])
        chosen = tuple((i, label) for i, label in heads if label.table_no == table_no)
        self._note_heads(table_no, [label for _, label in chosen])
        self._header = Header(table_no, chosen, len(cells))

    # -- cells alone on their lines --------------------------------------------------------------------------------

    def _single(self, cell: Cell) -> None:
        self._position += 1
        if cell.is_blank or cell.is_value:
            self._lead = 0
        if cell.is_blank:
            if self._run is not None:
                self._run.rest.append(cell)
            elif self._header is not None and self._header.run_count:
                self._header = replace(self._header, run_count=self._header.run_count + 1)
        elif cell.is_value:
            self._broken = []
            if self._run is None:
                self._run, self._run_label = self._record(None, None, [], cell, ""), None
                self._run.is_run = True
            self._run.rest.append(cell)
        else:
            self._text(cell)

    def _text(self, cell: Cell) -> None:
        follows_values = self._run is not None and self._run.has_figures
        if follows_values and not cell.labels and _FOREIGN_SIGNS.fullmatch(cell.text):
            self._run.rest.append(cell)  # a figure that cannot be read is a cell all the same
            return
        if not cell.labels:
            cell = self._joined(cell)
        if not cell.labels:
            self._broken = [*self._broken, cell][-_WORD_JOIN_LIMIT:]
            self._unknown_head = True
            self._lead += 1
            self._close_run()
            self._caption = None
            self._fragments.setdefault(len(self.records), []).append(cell)
            return
        self._broken = []
        is_line = bool(cell.lines)
        if is_line and cell.columns and not cell.ordinal and not follows_values:
            is_line = False  # 其他 and 总计 head columns too: after another head they are heads
        self._close_run()
        self._caption = None
        self._note_context(cell)
        if is_line:
            self._run, self._run_label = self._record(cell, None, [], cell, cell.text), cell
            self._run.is_run = True
            self._lead += 1
            return
        self._lead += 1
        if heads := cell.columns:
            table_no = self._table_of(heads)
            chosen = [label for label in heads if label.table_no == table_no]
            self._note_heads(table_no, chosen)
            same = self._header is not None and self._header.table_no == table_no and not follows_values
            earlier = self._header if same and self._header and self._header.cell_count == 1 else None
            heads = (*(earlier.heads if earlier else ()), *((None, label) for label in chosen))
            counted = not self._unknown_head and (not earlier or earlier.run_count)
            self._header = Header(table_no, heads, 1, (earlier.run_count if earlier else 0) + 1 if counted else 0)
        else:
            self._unknown_head = False
            self._header = None  # a heading such as 第二十条第（五）项 begins a new part with heads of its own

    def _joined(self, cell: Cell) -> Cell:
        """A label broken over lines: the text together with up to two lines before it, where that is a label."""
        text = cell.text
        for earlier in reversed(self._broken):
            text = earlier.text + text
            joined = cell_of(text, earlier.line_no, earlier.page_no)
            if joined.labels:
                return joined
        return cell

    # -- shared ----------------------------------------------------------------------------------------------------

    def _put_labels_together(self) -> None:
        """Labels broken over rows, the figures beside any part of them: the parts around a record that make a label."""
        for at, record in enumerate(self.records):
            if any(label.code not in _EVERYWHERE for label in record.labels) or record.is_foreign:
                continue
            above = [last_piece(cell.text) for cell in self._fragments.get(at, [])[-2:]]
            below = [last_piece(cell.text) for cell in self._fragments.get(at + 1, [])[:2]]
            for first in range(len(above), -1, -1):
                for last in range(len(below) + 1):
                    if len(above) - first + last == 0:
                        continue
                    text = "".join([*above[first:], record.label_text, *below[:last]])
                    ordinal, labels = forms().match(text)
                    lines = tuple(label for label in labels if label.role == "line")
                    if lines:
                        record.labels, record.ordinal, record.label_text = lines, ordinal, text
                        record.label_evidence = "parts of a label around it"

    def _table_of(self, labels: list[Label]) -> int:
        tables = [label.table_no for label in labels]
        if self._context in tables and tables.count(self._context) * 2 >= len(tables):
            return self._context  # 总计 heads a column of 表三 and of 表四
        return max(set(tables), key=lambda t: (tables.count(t), -t))

    def _note_context(self, cell: Cell) -> None:
        """Heads, headings and the lines of 表三 and 表四 tell which table this is; 行政许可 and the like do not."""
        if not cell.labels:
            return
        tables = {label.table_no for label in cell.labels if (label.role, label.table_no) != ("line", 2)}
        if len(tables) != 1 or (cell.columns and cell.lines):
            return
        table_no = tables.pop()
        if not cell.lines:
            self.told.add(table_no)
            self._foreign = None
        if table_no == 4 and self._context != 4:
            self._heads_of_4, self._routes = [], []
        self._is_told = table_no == 2 and (self._is_told or any(label.code == "article" for label in cell.labels))
        self._context = table_no
        if table_no == 4 and (routes := cell.lines):
            self._routes.append(routes[0].code)
            self._heads_since_route = 0

    def _note_heads(self, table_no: int, labels: list[Label]) -> None:
        self.heads_met.setdefault(table_no, []).extend((label, self._caption_year) for label in labels)
        if any(label.code not in _EVERYWHERE for label in labels):
            self.told.add(table_no)
        if table_no == 4:
            self._heads_of_4.extend(label.code for label in labels)
            self._heads_since_route += len(labels)
        elif self._context != 4 or table_no == 2:
            self._context = table_no
        if table_no == 2:
            self._is_told = True

    def _record(self, label: Cell | None, index: int | None, rest: list[Cell], at: Cell, text: str) -> Record:
        return Record(
            labels=label.lines if label else (),
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
            table_index=self._row_of.table_index,
            is_told=self._is_told,
            is_foreign=self._foreign is not None and self._foreign == self._row_of.table_index,
            is_stripped=self._is_stripped,
            kind=self._row_of.kind,
            caption_year=self._caption_year,
            position=self._position,
            lead=self._lead,
            breaks=self._breaks,
        )

    def _emit(self, label: Cell, index: int, rest: list[Cell]) -> None:
        self._caption = None
        if rest:
            self.records.append(self._record(label, index, rest, label, label.text))

    def _orphan(self, text: str, cells: list[Cell]) -> None:
        self.records.append(self._record(None, None, cells, cells[0], text))

    def _close_run(self) -> None:
        if self._run is not None and self._run.rest:
            self.records.append(self._run)
        elif self._run is not None:
            self._caption = self._run_label
        self._run = None

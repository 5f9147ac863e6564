"""The three statutory tables as grids with spans: what is drawn on paper, before any format or layout.

A grid holds every cell once, with its spans, as HTML does. Renderers expand it or drop what is covered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum

from benchmarks.generate.figures import Form
from benchmarks.generate.forms import CellKey, FormLine, form_lines
from benchmarks.generate.printing import Printed
from benchmarks.generate.wording import Wording

STUB = 3  # columns that the labels of 表三 take
PROACTIVE_WIDTH = 4
BALANCE_NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
OUTCOMES = "三、本年度办理结果"


class Kind(Enum):
    """What a row is there for."""

    HEAD = "head"
    VALUES = "values"
    GROUP = "group"  # a label alone


@dataclass(frozen=True, slots=True)
class GridCell:
    """A drawn cell; ``key`` is set where it holds a value of the form, ``is_filler`` where it is drawn empty."""

    text: str
    colspan: int = 1
    rowspan: int = 1
    key: CellKey | None = None
    is_filler: bool = False


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row with the cells that begin in it. ``part`` names the heads that its values stand under."""

    cells: tuple[GridCell, ...]
    kind: Kind
    part: str


@dataclass(frozen=True, slots=True)
class Grid:
    """One table, or the part of it that stands on one page."""

    table_no: int
    width: int
    rows: tuple[GridRow, ...]

    def cell_keys(self) -> set[CellKey]:
        """The cells of the form that stand in this grid."""
        return {cell.key for row in self.rows for cell in row.cells if cell.key}

    def split(self, at: int, label: str = "once") -> tuple[Grid, Grid]:
        """Cut before row ``at``. A label that spans the cut is printed ``once``, ``again`` on the next page, or
        ``parted`` between both pages."""
        upper, heads = list(self.rows[:at]), []
        for i, row in enumerate(upper):
            cells = list(row.cells)
            for j, cell in enumerate(cells):
                if i + cell.rowspan > at:
                    first, rest = _part(cell.text, label)
                    heads.append(replace(cell, text=rest, rowspan=i + cell.rowspan - at))
                    cells[j] = replace(cell, text=first, rowspan=at - i)
            upper[i] = replace(row, cells=tuple(cells))
        lower = list(self.rows[at:])
        if heads:
            # An outer label begins in an earlier row than an inner one, so they are in column order.
            lower[0] = replace(lower[0], cells=(*heads, *lower[0].cells))
        return replace(self, rows=tuple(upper)), replace(self, rows=tuple(lower))


def _part(text: str, label: str) -> tuple[str, str]:
    if label == "parted" and len(text) > 3:
        middle = len(text) // 2
        return text[:middle], text[middle:]
    return text, text if label == "again" else ""


def proactive_grid(form: Form, printed: Mapping[CellKey, Printed], wording: Wording) -> Grid:
    """表二: for each article its number, its heads and its lines."""
    rows: list[GridRow] = []
    article = None
    for line in form_lines(form.version_2, 2):
        if line.parents[0] != article:
            article = line.parents[0]
            rows.append(GridRow((GridCell(wording.label(article), PROACTIVE_WIDTH),), Kind.HEAD, article))
            heads = [GridCell("信息内容"), *(GridCell(wording.label(label)) for _, label in line.columns)]
            rows.append(GridRow(_filled(heads), Kind.HEAD, article))
        cells = [GridCell(wording.label(line.label)), *_values(line, printed)]
        rows.append(GridRow(_filled(cells), Kind.VALUES, article))
    return Grid(2, PROACTIVE_WIDTH, tuple(rows))


def applications_grid(
    form: Form, printed: Mapping[CellKey, Printed], wording: Wording, *, total_beside: bool, group_rows: bool
) -> Grid:
    """表三. ``total_beside``: 总计 heads the table beside 申请人情况, else under it. ``group_rows``: （五）不予处理
    has a row of its own above its lines."""
    lines = form_lines(form.version_3, 3)
    rows = list(_applicant_heads(lines[0], wording, total_beside=total_beside))
    outcomes = [line for line in lines if line.parents]
    groups = list(dict.fromkeys(line.parents[-1] for line in outcomes if len(line.parents) > 1))
    span = len(outcomes) + (len(groups) if group_rows else 0)
    opened: set[str] = set()
    for line in lines:
        stub: list[GridCell] = []
        if line.parents and OUTCOMES not in opened:
            opened.add(OUTCOMES)
            stub.append(GridCell(wording.label(OUTCOMES), rowspan=span))
        if len(line.parents) > 1 and (group := line.parents[-1]) not in opened:
            opened.add(group)
            size = sum(other.parents == line.parents for other in outcomes)
            label = GridCell(wording.label(group), rowspan=1 if group_rows else size)
            if group_rows:
                filler = [GridCell("", is_filler=True)] * (7 + STUB - 2)
                rows.append(GridRow((*stub, label, *filler), Kind.GROUP, group))
                stub = []
            else:
                stub.append(label)
        depth = 2 if group_rows and len(line.parents) > 1 else len(line.parents) + 1
        stub.append(GridCell(wording.label(line.label), colspan=STUB - depth + 1))
        rows.append(GridRow((*stub, *_values(line, printed)), Kind.VALUES, "applications"))
    return Grid(3, STUB + 7, tuple(rows))


def disputes_grid(form: Form, printed: Mapping[CellKey, Printed], wording: Wording) -> Grid:
    """表四: three routes side by side, one row of 15 values."""
    routes = form_lines(form.version_3, 4)
    results = [GridCell(wording.label(label)) for _, label in routes[0].columns]
    upright = [replace(cell, rowspan=2) for cell in results]
    litigation = [GridCell(wording.label(route.label), len(results)) for route in routes[1:]]
    heads = (
        (GridCell(wording.label(routes[0].label), 5), GridCell(wording.label("行政诉讼"), 10)),
        (*upright, *litigation),
        (*results, *results),
    )
    values = tuple(cell for route in routes for cell in _values(route, printed))
    rows = [GridRow(tuple(cells), Kind.HEAD, "disputes") for cells in heads]
    return Grid(4, 15, (*rows, GridRow(values, Kind.VALUES, "disputes")))


def _applicant_heads(line: FormLine, wording: Wording, *, total_beside: bool) -> list[GridRow]:
    heads = [wording.label(label) for _, label in line.columns]
    total = GridCell(heads[-1], rowspan=3 if total_beside else 2)
    note = GridCell(wording.label(BALANCE_NOTE), STUB, 3)
    first = [note, GridCell(wording.label("申请人情况"), 6 if total_beside else 7)]
    second = [GridCell(heads[0], rowspan=2), GridCell(wording.label("法人或其他组织"), 5)]
    (first if total_beside else second).append(total)
    third = [GridCell(text) for text in heads[1:-1]]
    return [GridRow(tuple(cells), Kind.HEAD, "applications") for cells in (first, second, third)]


def _values(line: FormLine, printed: Mapping[CellKey, Printed]) -> list[GridCell]:
    return [GridCell(printed[key].text, key=key) for key in line.cell_keys()]


def _filled(cells: list[GridCell]) -> tuple[GridCell, ...]:
    return (*cells, *[GridCell("", is_filler=True)] * (PROACTIVE_WIDTH - len(cells)))

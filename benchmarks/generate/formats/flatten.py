"""Grids as rows of cells: their own cells only, or as converters write them, covered cells kept or dropped.

A converter drops covered cells of the stub and pads the row at its end; it never adds a cell before the values.
So a row whose last cells are blank may be read in more than one way. ``readable`` says whether the row alone
leaves one reading; what no reader can know, no reader may be asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from random import Random

from benchmarks.generate.forms import CellKey
from benchmarks.generate.grid import STUB, Grid, GridCell, Kind

COVERED = ("own", "kept", "dropped", "ragged", "narrow", "mixed")  # own: what a format with spans has


class Origin(Enum):
    """Why a cell of a flat row is there."""

    DRAWN = "drawn"
    COLSPAN = "covered by the cell left of it"
    ROWSPAN = "covered by a cell above"
    PAD = "fills the row"


@dataclass(frozen=True, slots=True)
class FlatCell:
    """A cell of a flat row, and the columns and rows of the grid that it takes."""

    text: str
    key: CellKey | None = None
    origin: Origin = Origin.DRAWN
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class FlatRow:
    """A row as a converter writes it."""

    cells: tuple[FlatCell, ...]
    kind: Kind
    part: str
    readable: bool = True

    @property
    def values(self) -> tuple[FlatCell, ...]:
        return tuple(cell for cell in self.cells if cell.key)


@dataclass(slots=True)
class Doubts:
    """Collects the cells whose place a document does not tell; rows are noted in the order of the document."""

    cells: set[CellKey] = field(default_factory=set)
    _part_met: str = ""

    def note(self, row: FlatRow, grid: Grid, *, is_vague: bool = False) -> None:
        """Take in one row as it is written. ``is_vague``: the format itself hides where its values stand."""
        if row.kind is Kind.HEAD and any(len(cell.text) > 1 for cell in row.cells):  # 量 alone is no head
            self._part_met = row.part
        headless = grid.table_no != 3 and row.part != self._part_met  # its heads were on a lost page
        if headless or is_vague or not row.readable:
            self.cells |= {cell.key for cell in row.values}


def flatten(
    grid: Grid, covered: str, rng: Random, *, trailing_column: bool = False, as_run: bool = False
) -> list[FlatRow]:
    """Rows of the grid; ``covered`` is one of ``COVERED`` (narrow: one covered cell is dropped; mixed: any).

    With ``trailing_column`` every row ends with an empty cell that belongs to nothing. With ``as_run`` the cells will
    stand one a line: nothing then tells where a row ends, and the end of the table is stripped.
    """
    end = [FlatCell("", origin=Origin.PAD)] * trailing_column
    width = None if covered in ("ragged", "own") else grid.width
    rows: list[list[FlatCell]] = []
    whole: list[list[FlatCell]] = []
    head_drop: tuple[int, bool] | None = None
    for row, entries in zip(grid.rows, _entries(grid), strict=True):
        drop = _drop(covered, sum(entry.origin is Origin.COLSPAN for entry in entries), rng)
        if row.kind is Kind.HEAD and covered == "mixed":
            head_drop = drop = head_drop or drop  # the rows of one head are cut alike
        rows.append(_written(entries, drop, width, trims=covered == "ragged") + end)
        whole.append(_written(entries, (0, False), grid.width) + end)
    if as_run:
        rows[-1], whole[-1] = _stripped(rows[-1]), _stripped(whole[-1])
    flat: list[FlatRow] = []
    following: tuple[int, ...] = (0, 1, 2) if as_run else (0,)  # empty cells the next row may begin with
    for row, written, kept in zip(reversed(grid.rows), reversed(rows), reversed(whole), strict=True):
        cells, unique = written, True
        if row.kind is Kind.VALUES and grid.table_no == 3:
            unique, misleading = _judge(cells, following, as_run=as_run)
            if misleading:  # no honest converter output says this: keep the row whole
                cells = kept
                unique, _ = _judge(cells, following, as_run=as_run)
        if as_run:
            following = (next(i for i, cell in enumerate([*cells, FlatCell(".")]) if cell.text),)
        flat.append(FlatRow(tuple(cells), row.kind, row.part, unique))
    return flat[::-1]


def parted(text: str, by: str) -> str:
    """A long label with a break in its middle, as narrow cells have; figures stay whole."""
    if len(text) > 6 and not any(c.isdigit() for c in text):
        return text[: len(text) // 2] + by + text[len(text) // 2 :]
    return text


def _stripped(cells: list[FlatCell]) -> list[FlatCell]:
    end = len(cells)
    while end and cells[end - 1].origin in (Origin.PAD, Origin.COLSPAN):
        end -= 1
    return cells[:end]


def _drop(covered: str, most: int, rng: Random) -> tuple[int, bool]:
    """How many cells covered by a colspan go, and whether those covered by a rowspan do."""
    match covered:
        case "kept":
            return 0, False
        case "narrow":
            return min(1, most), False
        case "mixed":
            return rng.randint(0, most), rng.random() < 0.3
        case _:
            return most, True


def _entries(grid: Grid) -> list[list[FlatCell]]:
    """Every position of the grid, row by row."""
    open_spans: dict[int, int] = {}  # column -> rows still covered
    result = []
    for row in grid.rows:
        entries: list[FlatCell] = []
        drawn = iter(row.cells)
        pending: GridCell | None = next(drawn, None)
        while len(entries) < grid.width and (pending or open_spans.get(len(entries))):
            column = len(entries)
            if open_spans.get(column):
                open_spans[column] -= 1
                entries.append(FlatCell("", origin=Origin.ROWSPAN))
                continue
            cell = pending
            pending = next(drawn, None)
            for offset in range(cell.colspan):
                open_spans[column + offset] = cell.rowspan - 1
            origin = Origin.PAD if cell.is_filler else Origin.DRAWN
            entries.append(FlatCell(cell.text, cell.key, origin, cell.colspan, cell.rowspan))
            entries += [FlatCell("", origin=Origin.COLSPAN)] * (cell.colspan - 1)
        result.append(entries)
    return result


def _written(
    entries: Sequence[FlatCell], drop: tuple[int, bool], width: int | None, *, trims: bool = False
) -> list[FlatCell]:
    left, drops_rowspan = drop
    cells = []
    for entry in entries:
        if entry.origin is Origin.COLSPAN and left:
            left -= 1
        elif not (entry.origin is Origin.ROWSPAN and drops_rowspan):
            cells.append(entry)
    while trims and cells and cells[-1].origin is Origin.PAD:
        cells.pop()
    return cells + [FlatCell("", origin=Origin.PAD)] * ((width or 0) - len(cells))


def _judge(cells: Sequence[FlatCell], following: Sequence[int], *, as_run: bool) -> tuple[bool, bool]:
    """Whether a line of 表三 has one reading, and whether its plainest reading is not what was meant.

    The values are seven cells in a row after the label and what is left of the stub; nothing but blanks follows,
    those that the next row begins with included. A row that has every cell of the form, no more and no less, begins
    where the form begins: the plainest reading. Where cells stand one a line, neither the label's column nor the
    end of the row is told, so there is no plainest one.
    """
    truth = tuple(cell.text for cell in cells if cell.key)
    first = next(i for i, cell in enumerate(cells) if cell.key)
    label = max(i for i in range(first) if cells[i].origin is Origin.DRAWN)
    most_kept = STUB - 1 - (0 if as_run else label)
    verdicts = []
    for blanks in following:
        after = [cell.text for cell in cells[label + 1 :]] + [""] * blanks
        readings = {}
        for kept in range(most_kept + 1):
            values, rest = after[kept : kept + len(truth)], after[kept + len(truth) :]
            if len(values) == len(truth) and not any(after[:kept]) and not any(rest):
                readings[kept] = tuple(values)
        plainest = readings.get(most_kept)
        if plainest is not None and not as_run and len(after) == most_kept + len(truth):
            verdicts.append((plainest == truth, plainest != truth))
        else:
            verdicts.append((set(readings.values()) == {truth}, False))
    return all(unique for unique, _ in verdicts), any(misleading for _, misleading in verdicts)


def add_value(row: FlatRow, rng: Random, *, equal: bool) -> FlatRow:
    """One value cell too many: in a row of seven ``equal`` values it changes nothing, in another no one can tell which.

    Rows of the other sort are returned as they are, and so are rows that begin or end with a blank: there the surplus
    would fill the gap and nothing at all would show.
    """
    texts = [cell.text for cell in row.values]
    if (len(set(texts)) == 1) != equal or not texts[0] or not texts[-1]:
        return row
    cells = list(row.cells)
    first = next(i for i, cell in enumerate(cells) if cell.key)
    cells.insert(first + rng.randint(1, len(texts) - 1), FlatCell(rng.choice([text for text in texts if text])))
    if cells[-1].origin in (Origin.PAD, Origin.COLSPAN):
        cells.pop()
    return replace(row, cells=tuple(cells), readable=row.readable and equal)

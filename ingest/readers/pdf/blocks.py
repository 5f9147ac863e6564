"""The blocks of a page in reading order: tables with the text of their cells, and lines of text between them.

A table is taken from its ruling lines, else from the areas its cells are filled with. What is ruled in one direction
only, or not at all, has its columns told by the gaps between the pieces of its lines.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

from ingest.readers.pdf import lattice as ruling
from ingest.readers.pdf import levels
from ingest.readers.pdf.columns import assemble, split_cell, split_stacked
from ingest.readers.pdf.content import UNMAPPED, Area, PageContent, Run
from ingest.readers.pdf.lattice import Lattice
from ingest.readers.pdf.text import Piece, is_figure, lines_of, pieces_of, text_of

_UNEVEN = 0.04  # of the height: digits whose distances differ by more are not of one number
_BORDER = 3.0  # points: lines closer than this are one border
_NARROW = 0.6  # of the height of text: an empty cell narrower than this is the gap of a double border
_CUT = 0.12  # of the width of a character: a line that cuts off more runs through it
_SEAMLESS = 0.02  # of the height: characters that close were set as one
_ROOM = 2.0  # of the height: a character and the padding of a cell
_MAX_OVERFLOW = 0.5  # of the length of a run: with more outside its cell it is not certain whose it is


@dataclass(slots=True)
class TableCell:
    """A cell of a table with its borders (or, where there are none, the bounds of its text).

    ``is_full``: its last line of text reaches the border, so the text may go on after a page break.
    """

    left: float
    right: float
    text: str
    is_full: bool = False


@dataclass(slots=True)
class Block:
    """A line of text (``rows`` holds one cell) or a table."""

    top: float
    bottom: float
    left: float
    right: float
    rows: list[list[TableCell]]
    is_table: bool

    @property
    def text(self) -> str:
        return self.rows[0][0].text


def blocks_of(page: PageContent) -> list[Block]:
    """Everything a page holds, from the top down."""
    height = median(run.height for run in page.runs) if page.runs else 10.0
    border = min(_BORDER, 0.4 * height)
    rulings = ruling.build(page.horizontals, page.verticals, border)
    tables, boxes = _tables_and_boxes(rulings.tables, page.runs)
    filled = [area for area in page.areas if not any(_holds(table.box, area) for table in tables)]
    tables += _tables_of_boxes(boxes + filled, page.runs, max(border, _NARROW * height))
    tables += levels.tables_of_levels(rulings.levels, page.runs, [table.box for table in tables], border)
    rows_of_runs, rest = _assign(page, tables)
    blocks = []
    for table, cell_runs in zip(tables, rows_of_runs, strict=True):
        block = _table_block(table, cell_runs, height)
        if block is None:
            rest.extend(run for runs in cell_runs for run in runs)
        else:
            blocks.append(block)
    blocks += _unruled(rest)
    return sorted(blocks, key=lambda block: block.top)


def _holds(outer: Area, inner: Area) -> bool:
    x, y = (inner.left + inner.right) / 2, (inner.top + inner.bottom) / 2
    return outer.left <= x <= outer.right and outer.top <= y <= outer.bottom


def _lies_in(inner: Area, outer: Area) -> bool:
    return (
        outer.left <= inner.left and inner.right <= outer.right
        and outer.top <= inner.top and inner.bottom <= outer.bottom
    )  # fmt: skip


def _count_in(runs: list[Run], area: Area) -> int:
    return sum(
        area.left <= (run.left + run.right) / 2 <= area.right and area.top <= run.middle <= area.bottom for run in runs
    )


def _tables_and_boxes(lattices: list[Lattice], runs: list[Run]) -> tuple[list[Lattice], list[Area]]:
    """Tables, and the boxes that stand alone. A table that only holds tables is layout and dissolves."""
    tables: list[Lattice] = []
    boxes: list[Area] = []
    for lattice in sorted(lattices, key=lambda t: (t.box.right - t.box.left) * (t.box.bottom - t.box.top)):
        inner = [table for table in tables if _lies_in(table.box, lattice.box)]
        if len(lattice.cells) < 2:
            if not inner:
                boxes.append(lattice.box)
            continue
        if inner:
            inside = sum(_count_in(runs, table.box) for table in inner)
            if 2 * inside >= _count_in(runs, lattice.box):
                continue
            tables = [table for table in tables if table not in inner]  # small drawings within cells
        tables.append(lattice)
    return tables, [box for box in boxes if not any(_holds(table.box, box) for table in tables)]


def _tables_of_boxes(boxes: list[Area], runs: list[Run], border: float) -> list[Lattice]:
    """Tables whose cells are boxes of their own with gaps between, drawn or filled."""
    if len(boxes) < 4:
        return []
    found = [table for table in ruling.build(*ruling.strokes_of(boxes), border).tables if len(table.xs) > 2]
    texts = [sum(_count_in(runs, _area(cell)) > 0 for cell in table.cells) for table in found]
    certain = [table.box for table, count in zip(found, texts, strict=True) if count > 3]
    # A row alone, most of it blank, is a table where it is as wide as one: an article of 表二, the end of a page.
    return [
        table
        for table, count in zip(found, texts, strict=True)
        if count > 3
        or (count > 1 and any(abs(table.box.left - b.left) + abs(table.box.right - b.right) <= border for b in certain))
    ]


def _area(cell: ruling.Cell) -> Area:
    return Area(cell.left, cell.top, cell.right, cell.bottom)


# -- text into cells ---------------------------------------------------------------------------------------------------


def _assign(page: PageContent, tables: list[Lattice]) -> tuple[list[list[list[Run]]], list[Run]]:
    """The runs of every cell of every table, and those beside all tables."""
    runs_of = [[[] for _ in table.cells] for table in tables]
    places = [(*table.box, table, runs) for table, runs in zip(tables, runs_of, strict=True)]
    rest: list[Run] = []
    for run in page.runs:
        left, top, right, bottom, text, *_ = run
        x, y = (left + right) / 2, (top + bottom) / 2
        for first, above, last, below, table, runs in places:
            if first <= x <= last and above <= y <= below:
                if (cell := table.cell_at(x, y)) is None:
                    continue
                edges = table.cells[cell]
                if len(text) == 1 or (edges.left <= left and right <= edges.right):
                    runs[cell].append(run)
                else:
                    _overflow(run, page, table, runs)
                break
        else:
            rest.append(run)
    return runs_of, rest


def _overflow(run: Run, page: PageContent, table: Lattice, runs_of: list[list[Run]]) -> None:
    """A run over a border: cut where the border passes between its characters, else whole in the cell of its middle.

    Text too long for its cell runs over the border; text of two cells may touch. A border through a character, or
    between two that were set without any seam, tells the former.
    """
    parts = []
    first = 0
    for i in range(1, len(run.text) if run.is_whole else 0):
        right, left = page.rights[run.first + i - 1], page.lefts[run.first + i]
        if left - right > _SEAMLESS * run.height:
            edge = bisect_right(table.xs, (left + right) / 2 + _CUT * run.height) - 1
            if edge >= 0 and table.xs[edge] >= right - _CUT * run.height:
                one, other = (table.cell_at(x, run.middle) for x in (right - 0.1, left + 0.1))
                if one != other:
                    parts.append(_part(run, page, first, i))
                    first = i
    parts.append(_part(run, page, first, len(run.text)) if parts else run)
    for part in parts:
        cell = table.cell_at((part.left + part.right) / 2, part.middle)
        if cell is None:
            continue
        edges = table.cells[cell]
        outside = max(0.0, edges.left - part.left) + max(0.0, part.right - edges.right)
        is_doubtful = outside > _MAX_OVERFLOW * (part.right - part.left) or (outside > 0 and not _is_even(part, page))
        if is_doubtful and is_figure(part.text):
            borders = [x + 0.1 for x in table.xs if part.left < x < part.right]
            touched = {table.cell_at(x, part.middle) for x in (part.left + 0.1, *borders)}
            for number in touched - {None}:
                runs_of[number].append(part._replace(text=UNMAPPED + part.text))
        else:
            runs_of[cell].append(part)


def _part(run: Run, page: PageContent, first: int, last: int) -> Run:
    """The characters ``first`` to ``last`` (exclusive) of a run as a run of their own."""
    start, end = run.first + first, run.first + last
    left, right = page.lefts[start], max(page.rights[start:end])
    return run._replace(left=left, right=right, text=run.text[first:last], first=start, last=end)


def _is_even(run: Run, page: PageContent) -> bool:
    """Whether digits stand at even distances, as those of one number do."""
    if not run.is_whole:
        return False
    lefts = page.lefts[run.first : run.last]
    steps = [b - a for (a, b), (x, y) in zip(pairwise(lefts), pairwise(run.text), strict=True) if (x + y).isdigit()]
    return not steps or max(steps) - min(steps) <= _UNEVEN * run.height


# -- tables ------------------------------------------------------------------------------------------------------------


def _table_block(table: Lattice, cell_runs: list[list[Run]], height: float) -> Block | None:
    """A table with its text; None where it is a mere frame around text."""
    narrow = _NARROW * height
    cells = [
        (cell, runs)
        for cell, runs in zip(table.cells, cell_runs, strict=True)
        if runs or min(cell.right - cell.left, cell.bottom - cell.top) > narrow
    ]
    if len(cells) < 2:
        return None
    rows: list[list[TableCell]] = []
    for _, group in groupby(cells, key=lambda pair: pair[0].row):
        members = [(cell, runs, split_cell(runs)) for cell, runs in group]
        if stacked := split_stacked([part for _, _, parts in members for part in parts]):
            rows.extend(_cells_of_pieces(row) for row in stacked)
            continue
        row: list[TableCell] = []
        for cell, runs, parts in members:
            if len(parts) == 1:
                row.append(TableCell(cell.left, cell.right, text_of(runs) if runs else ""))
            else:
                row.extend(_cell_of_runs(part) for part in parts)
        rows.append(row)
    for shown, (cell, runs, _) in zip(rows[-1], members, strict=False):  # only the last row of a page may be broken
        shown.is_full = bool(runs) and _is_full(runs, cell.right)
    box = table.box
    return Block(box.top, box.bottom, box.left, box.right, rows, is_table=True)


def _cell_of_runs(runs: list[Run]) -> TableCell:
    left, right = min(run.left for run in runs), max(run.right for run in runs)
    return TableCell(left, right, text_of(runs))


def _cells_of_pieces(pieces: list[Piece]) -> list[TableCell]:
    return [TableCell(piece.left, piece.right, piece.text) for piece in pieces]


def _is_full(runs: list[Run], right: float) -> bool:
    """Whether the last line of a cell leaves no room for another character before the border."""
    last = max(runs, key=lambda run: run.middle)
    end = max(run.right for run in runs if last.middle - run.middle <= 0.5 * last.height)
    return right - end <= _ROOM * last.height


# -- text without borders ----------------------------------------------------------------------------------------------


def _unruled(runs: list[Run]) -> list[Block]:
    """Lines of text; those of several pieces that stand apart are rows of tables."""
    blocks: list[Block] = []
    rows = assemble([pieces_of(line) for line in lines_of(runs)])
    for is_table, group in groupby(rows, key=lambda row: len(row) > 1):
        members = list(group)
        for part in [members] if is_table else [[row] for row in members]:
            pieces = [piece for row in part for piece in row]
            blocks.append(
                Block(
                    min(p.top for p in pieces), max(p.bottom for p in pieces),
                    min(p.left for p in pieces), max(p.right for p in pieces),
                    [_cells_of_pieces(row) for row in part], is_table,
                )
            )  # fmt: skip
    return blocks

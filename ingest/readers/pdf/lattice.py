"""Tables from ruling lines: lines that cross make a grid, grid squares without a line between them one cell.

Pure geometry, in points from the top left corner. Nothing is known here of text or of what a table says.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple

from ingest import limits
from ingest.readers import UnreadableFileError
from ingest.readers.pdf.content import Area, Stroke

_START = itemgetter(1)
SHORTEST = 4.0  # points: what is shorter is a dot or a joint, no ruling line


class Cell(NamedTuple):
    """One cell of a table. ``row`` and ``column`` count the grid lines above and left of it."""

    left: float
    top: float
    right: float
    bottom: float
    row: int
    column: int

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(slots=True)
class Lattice:
    """One table: its grid lines, its cells in reading order, and which cell each square of the grid belongs to."""

    xs: list[float]
    ys: list[float]
    cells: list[Cell]
    owners: list[int | None]  # by row * columns + column

    @property
    def box(self) -> Area:
        return Area(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def cell_at(self, x: float, y: float) -> int | None:
        """Index of the cell at a point; None beside the table."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if not (0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1):
            return None
        return self.owners[row * (len(self.xs) - 1) + column]


@dataclass(slots=True)
class Rulings:
    """What the lines of a page make: tables, and level lines that no upright one meets."""

    tables: list[Lattice] = field(default_factory=list)
    levels: list[Stroke] = field(default_factory=list)


def build(horizontals: Iterable[Stroke], verticals: Iterable[Stroke], tolerance: float) -> Rulings:
    """All tables of a page. Lines closer than ``tolerance`` (points) are one: double borders, boxes side by side.

    Raises UnreadableFileError where the lines are beyond the bounds.
    """
    across, down = snap(horizontals, tolerance), snap(verticals, tolerance)
    if len(across) + len(down) > limits.MAX_PDF_RULES:
        raise UnreadableFileError(
            "too_large",
            f"a page has {len(across) + len(down):,} ruling lines; a page of a report (年度报告) has at most "
            f"{limits.MAX_PDF_RULES:,}",
        )
    rulings = Rulings()
    for rows, columns in _components(across, down, tolerance):
        if columns and rows:
            rulings.tables.append(_lattice(rows, columns, tolerance))
        elif rows:
            rulings.levels.extend(rows)
    rulings.levels.sort()
    return rulings


def snap(strokes: Iterable[Stroke], tolerance: float) -> list[Stroke]:
    """Lines that lie on or beside each other, and pieces of a line (dashes, cell by cell), put together."""
    snapped: list[Stroke] = []
    group: list[Stroke] = []
    for stroke in sorted(strokes):
        if group and stroke.at - group[0].at > tolerance:
            snapped.extend(_join(group, tolerance))
            group = []
        group.append(stroke)
    snapped.extend(_join(group, tolerance))
    return sorted(stroke for stroke in snapped if stroke.end - stroke.start >= SHORTEST)


def _join(group: list[Stroke], tolerance: float) -> list[Stroke]:
    """Lines at almost the same place, those put together that meet lengthwise; the longest tells the place."""
    joined: list[Stroke] = []
    if not group:
        return joined
    (place, first, last), *others = sorted(group, key=_START)
    longest = last - first
    for at, start, end in others:
        length = end - start
        if start > last + tolerance:
            joined.append(Stroke(place, first, last))
            place, first, last, longest = at, start, end, length
            continue
        if length > longest:
            place, longest = at, length
        last = max(last, end)
    joined.append(Stroke(place, first, last))
    return joined


def _components(across: list[Stroke], down: list[Stroke], tolerance: float) -> list[tuple[list[Stroke], list[Stroke]]]:
    """Lines that meet, directly or through others."""
    parents = list(range(len(across) + len(down)))

    def root(i: int) -> int:
        while parents[i] != i:
            parents[i] = parents[parents[i]]
            i = parents[i]
        return i

    places = [line.at for line in down]
    for i, level in enumerate(across):
        first, last = bisect_left(places, level.start - tolerance), bisect_right(places, level.end + tolerance)
        for k, line in enumerate(down[first:last], len(across) + first):
            if line.start - tolerance <= level.at <= line.end + tolerance:
                parents[root(k)] = i
    parts: dict[int, tuple[list[Stroke], list[Stroke]]] = {}
    for i, line in enumerate([*across, *down]):
        parts.setdefault(root(i), ([], []))[0 if i < len(across) else 1].append(line)
    return list(parts.values())


def _places(own: list[Stroke], crossing: list[Stroke], tolerance: float) -> tuple[list[float], dict[float, int]]:
    """Grid lines in one direction, and the number of the one that each line lies on.

    Where the lines across reach further, the table is open there, and ends there.
    """
    places: list[float] = []
    numbers: dict[float, int] = {}
    for at in sorted({line.at for line in own}):
        if not places or at - places[-1] > tolerance:
            places.append(at)
        numbers[at] = len(places) - 1
    first, last = min(line.start for line in crossing), max(line.end for line in crossing)
    if first < places[0] - tolerance:
        places.insert(0, first)
        numbers = {at: number + 1 for at, number in numbers.items()}
    if last > places[-1] + tolerance:
        places.append(last)
    return places, numbers


def _walls(
    lines: list[Stroke], numbers: dict[float, int], count: int, stops: list[float], tolerance: float
) -> bytearray:
    """For each of ``count`` grid lines and each step between ``stops``: 1 where a line is drawn all along the step."""
    steps = len(stops) - 1
    walls = bytearray(count * steps)
    for line in lines:
        base = numbers[line.at] * steps
        for k in range(max(0, bisect_right(stops, line.start) - 1), min(steps, bisect_left(stops, line.end) + 1)):
            slack = min(tolerance, 0.3 * (stops[k + 1] - stops[k]))
            if line.start <= stops[k] + slack and line.end >= stops[k + 1] - slack:
                walls[base + k] = 1
    return walls


def _lattice(rows: list[Stroke], columns: list[Stroke], tolerance: float) -> Lattice:
    xs, column_numbers = _places(columns, rows, tolerance)
    ys, row_numbers = _places(rows, columns, tolerance)
    width, height = len(xs) - 1, len(ys) - 1
    if width < 1 or height < 1 or width * height > limits.MAX_PDF_SQUARES:
        return Lattice([xs[0], xs[-1]], [ys[0], ys[-1]], [], [None])
    level = _walls(rows, row_numbers, len(ys), xs, tolerance)
    upright = _walls(columns, column_numbers, len(xs), ys, tolerance)
    regions = _regions(level, upright, width, height)
    cells: list[Cell] = []
    owners: list[int | None] = [None] * (width * height)
    blocks = [block for squares in regions for block in (_blocks(squares, width) if len(squares) > 1 else [squares])]
    for block in sorted(blocks):
        (top, left), (bottom, right) = divmod(block[0], width), divmod(block[-1], width)
        sides = (top == 0) + (left == 0) + (bottom == height - 1) + (right == width - 1)
        if sides > 1 and _is_outside((top, left, bottom, right), level, upright, width, height):
            continue
        for square in block:
            owners[square] = len(cells)
        cells.append(Cell(xs[left], ys[top], xs[right + 1], ys[bottom + 1], top, left))
    return Lattice(xs, ys, cells, owners)


def _regions(level: bytearray, upright: bytearray, width: int, height: int) -> list[list[int]]:
    """Squares of the grid without a line between them, each list in reading order."""
    owners: list[int] = []  # the region of each square
    regions: list[list[int]] = []
    for row in range(height):
        for column in range(width):
            square = len(owners)
            left = owners[-1] if column and not upright[column * height + row] else None
            above = owners[-width] if row and not level[square] else None
            own = above if left is None else left
            if own is None:
                own = len(regions)
                regions.append([])
            regions[own].append(square)
            owners.append(own)
            if left is not None and above is not None and left != above:
                kept, given_up = sorted((left, above), key=lambda region: -len(regions[region]))
                for moved in regions[given_up]:
                    owners[moved] = kept
                regions[kept] += regions[given_up]
                regions[given_up] = []
    return [sorted(region) if len(region) > 1 else region for region in regions if region]


def _blocks(squares: list[int], width: int) -> list[list[int]]:
    """A region as rectangles: itself, or where lines leave another shape, the rectangles it is made of row by row."""
    (top, left), (bottom, right) = divmod(squares[0], width), divmod(squares[-1], width)
    if len(squares) == (bottom - top + 1) * (right - left + 1):
        return [squares]
    rows: dict[int, list[int]] = {}
    for square in squares:
        rows.setdefault(square // width, []).append(square % width)
    done: list[tuple[list[int], list[int]]] = []  # columns, squares
    open_blocks: list[tuple[list[int], list[int]]] = []
    for row, columns in rows.items():
        pieces: list[list[int]] = []
        for column in columns:
            if pieces and pieces[-1][-1] == column - 1:
                pieces[-1].append(column)
            else:
                pieces.append([column])
        kept = []
        for piece in pieces:
            block = next((b for b in open_blocks if b[0] == piece), None) or (piece, [])
            block[1].extend(row * width + column for column in piece)
            kept.append(block)
        done.extend(block for block in open_blocks if not any(block is other for other in kept))
        open_blocks = kept
    return [block[1] for block in (*done, *open_blocks)]


def _is_outside(
    block: tuple[int, int, int, int], level: bytearray, upright: bytearray, width: int, height: int
) -> bool:
    """Whether a block on two sides of the grid is no cell but the place beside a table that is no full rectangle.

    It lies at a corner without a line on both outer sides, while those sides are ruled elsewhere (a side without any
    line is open: cut at a page break, or a style without side borders).
    """
    top, left, bottom, right = block
    bare = 0
    for is_at, walls, own in (
        (top == 0, level[:width], slice(left, right + 1)),
        (bottom == height - 1, level[height * width :], slice(left, right + 1)),
        (left == 0, upright[:height], slice(top, bottom + 1)),
        (right == width - 1, upright[width * height :], slice(top, bottom + 1)),
    ):
        bare += is_at and any(walls) and not any(walls[own])
    return bare >= 2


def strokes_of(boxes: Sequence[Area]) -> tuple[list[Stroke], list[Stroke]]:
    """The four sides of every box."""
    across = [Stroke(at, box.left, box.right) for box in boxes for at in (box.top, box.bottom)]
    down = [Stroke(at, box.top, box.bottom) for box in boxes for at in (box.left, box.right)]
    return across, down

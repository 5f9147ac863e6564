"""Columns that no line rules: told by wide gaps, and by figures that stand one below the other.

A label longer than its column is broken over lines, with its figures beside any of them. What belongs together is told
by the outline numbers of the form (一、 （一） 1.) and by distance; what they do not tell stays a line of its own.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from ingest.readers.pdf.content import Run
from ingest.readers.pdf.text import Piece, has_ordinal, is_figure, lines_of, pieces_of

_NEXT_LINE = 2.2  # of the height: lines of one label are no further apart
_LONG_LINE = 5  # figures: only lines of 表三 have labels that are broken
_STACKED = 3  # figures below each other in every column are rows; two may be one figure that was broken


def split_cell(runs: list[Run]) -> list[list[Run]]:
    """The runs of a cell by columns, where gaps through all its lines part figures or at least three words."""
    if len(runs) < 2:
        return [runs]
    lines = lines_of(runs)
    if all(len(line) == 1 or len(pieces_of(line)) == 1 for line in lines):
        return [runs]
    columns: list[tuple[float, float]] = []
    for piece in sorted((p for line in lines for p in pieces_of(line)), key=lambda p: p.left):
        if columns and piece.left <= columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], piece.right))
        else:
            columns.append((piece.left, piece.right))
    parts = [[run for run in runs if left <= (run.left + run.right) / 2 <= right] for left, right in columns]
    are_figures = all(is_figure(piece.text) for line in lines for piece in pieces_of(line))
    return parts if len(parts) > 1 and (are_figures or len(parts) > 2) else [runs]


def split_stacked(cells: list[list[Run]]) -> list[list[Piece]] | None:
    """The rows of a row of cells that holds several, each figure column one figure a row; None where it holds one."""
    if len(cells) < 2 or max(map(len, cells)) < _STACKED:
        return None
    by_cell = [[piece for line in lines_of(runs) for piece in pieces_of(line)] for runs in cells]
    columns = [pieces for pieces in by_cell if pieces and all(is_figure(piece.text) for piece in pieces)]
    words = [pieces for pieces in by_cell if pieces and pieces not in columns]
    levels = _level(sorted((piece for pieces in columns for piece in pieces), key=lambda p: p.middle))
    fullest = max(map(len, columns), default=0)
    if fullest < _STACKED or fullest != len(levels) or any(len(_level(p)) < fullest for p in words):
        return None
    lines = []
    for line in _level(sorted((piece for pieces in by_cell for piece in pieces), key=lambda p: p.middle)):
        in_line = {id(piece) for piece in line}
        cells_of_line = [next((p for p in pieces if id(p) in in_line), None) for pieces in columns]
        figures = [cell or _blank(column, line[0]) for cell, column in zip(cells_of_line, columns, strict=True)]
        labels = [piece for piece in line if not any(piece is cell for cell in cells_of_line)]
        if len(labels) + sum(cell is not None for cell in cells_of_line) < len(line):
            return None  # two figures of one column beside each other
        lines.append(sorted(labels + (figures if any(cells_of_line) else []), key=lambda p: p.left))
    return _rows(lines)


def _blank(column: list[Piece], beside: Piece) -> Piece:
    """A blank cell of a column on the line of another piece."""
    return Piece(min(p.left for p in column), beside.top, max(p.right for p in column), beside.bottom, "")


def _level(pieces: list[Piece]) -> list[list[Piece]]:
    """Pieces on one line each, from the top down."""
    lines: list[list[Piece]] = []
    for piece in pieces:
        if lines and piece.middle - lines[-1][0].middle <= 0.4 * piece.height:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return lines


def _rows(lines: list[list[Piece]]) -> list[list[Piece]]:
    """Lines of pieces as rows of cells: labels broken over lines put together again."""
    rows: list[list[Piece]] = []
    for line in lines:
        before = rows[-1] if rows else None
        if before is not None and (joined := _joined(before, line)) is not None:
            rows[-1] = joined
        else:
            rows.append(line)
    return rows


def assemble(lines: list[list[Piece]]) -> list[list[Piece]]:
    """Lines of a page as rows: a row of one piece is a line of text, one of several the row of a table."""
    return _filled(_rows(lines))


def _joined(before: list[Piece], line: list[Piece]) -> list[Piece] | None:
    """A row and the line below it as one row; None where they are two."""
    label, first = before[0], line[0]
    if is_figure(label.text) or first.middle - label.bottom > _NEXT_LINE * label.height - label.height / 2:
        return None
    figures = sum(_is_value(piece) for piece in line)
    if figures == len(line):
        # The figures stand between two lines of their label.
        beside = figures > 1 and len(before) == 1 and has_ordinal(label.text) and label.left < first.left
        return [label, *line] if beside else None
    if has_ordinal(first.text) or not has_ordinal(label.text) or abs(first.left - label.left) > 2 * label.height:
        return None
    if len(before) == 1:
        return [_below(label, first), *line[1:]] if figures >= _LONG_LINE and figures == len(line) - 1 else None
    fits = len(line) == 1 and first.right <= before[1].left and len(before) > _LONG_LINE
    return [_below(label, first), *before[1:]] if fits and all(map(_is_value, before[1:])) else None


def _is_value(piece: Piece) -> bool:
    return not piece.text or is_figure(piece.text)


def _below(label: Piece, more: Piece) -> Piece:
    return Piece(
        min(label.left, more.left), label.top, max(label.right, more.right), more.bottom, f"{label.text}\n{more.text}"
    )


def _filled(rows: list[list[Piece]]) -> list[list[Piece]]:
    """Rows of figures with a blank cell put where the other rows of the table have a column and this one nothing."""
    filled = list(rows)
    start = 0
    for at, (row, below) in enumerate(pairwise([*rows, [Piece(0, 0, 0, 0, "")]])):
        if len(row) > 1 and len(below) > 1:
            continue
        block = [i for i in range(start, at + 1) if _has_figures(rows[i])]
        start = at + 1
        counts = Counter(len(rows[i]) for i in block).most_common(1)
        if not counts or counts[0][1] < 2:
            continue
        whole = [rows[i] for i in block if len(rows[i]) == counts[0][0]]
        columns = [
            (min(p.left for p in column), max(p.right for p in column)) for column in zip(*whole, strict=True)
        ]  # fmt: skip
        if any(right >= left for (_, right), (left, _) in pairwise(columns)):
            continue
        for i in block:
            filled[i] = _with_blanks(rows[i], columns)
    return filled


def _has_figures(row: list[Piece]) -> bool:
    return len(row) > 1 and not _is_value(row[0]) and all(map(_is_value, row[1:]))


def _with_blanks(row: list[Piece], columns: list[tuple[float, float]]) -> list[Piece]:
    if len(row) >= len(columns):
        return row
    places = [
        [k for k, (left, right) in enumerate(columns) if piece.left <= right and piece.right >= left] for piece in row
    ]
    if any(len(place) != 1 for place in places) or len({place[0] for place in places}) != len(row):
        return row
    by_column = {place[0]: piece for place, piece in zip(places, row, strict=True)}
    return [
        by_column.get(k) or Piece(left, row[0].top, right, row[0].bottom, "") for k, (left, right) in enumerate(columns)
    ]

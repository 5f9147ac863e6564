"""Cells with spans, as HTML writes them, and where they stand: what both office writers draw tables from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

Value = str | int | float | bool | date | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that begins in its row, over ``colspan`` columns and ``rowspan`` rows. None is a printed blank."""

    value: Value
    colspan: int = 1
    rowspan: int = 1


Rows = Sequence[Sequence[Cell | Value]]


def laid_out(rows: Rows) -> Iterator[tuple[int, int, Cell]]:
    """Every cell with its row and column from 0. A row gives its own cells only: what is covered is left out."""
    taken: set[tuple[int, int]] = set()
    for row_no, row in enumerate(rows):
        column = 0
        for item in row:
            cell = item if isinstance(item, Cell) else Cell(item)
            while (row_no, column) in taken:
                column += 1
            yield row_no, column, cell
            taken.update(
                (row_no + down, column + across) for down in range(cell.rowspan) for across in range(cell.colspan)
            )
            column += cell.colspan

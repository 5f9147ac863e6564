"""Which value cell stands in which column: placed on evidence, or refused with the reason.

A converter may drop covered cells of a row and may pad its end, but it does not make figures. So a row is placed
only where every admissible way to lay its cells over the columns agrees.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

from ingest.forms.cell import Cell, whole_number

if TYPE_CHECKING:
    from ingest.forms.walk import Record

MAX_SURPLUS = 2  # with more surplus figures than this the row is not what its label says
SIGNED = "items_change"  # the only column that may hold a figure below zero
_LEADING_ZERO = re.compile(r"\s*(?:[0０][\d,，]|[-−–—－]\s*[0０]\s*$)")  # 00, 05, -0
_MINUS = re.compile(r"^\s*[-−–—－]\s*$")


@dataclass(frozen=True, slots=True)
class Placement:
    """Cells in column order and how they were placed, or the refusal with the candidates that were left."""

    cells: tuple[Cell, ...] | None
    how: str
    candidates: tuple[tuple[Cell, ...], ...] = ()


def _refuse(reason: str, candidates: list[tuple[Cell, ...]] | None = None) -> Placement:
    return Placement(None, f"refused: {reason}", tuple(candidates or ()))


def begins_with_zero(text: str) -> bool:
    """Whether a figure has a leading zero, as no office prints it."""
    return len(text) > 1 and _LEADING_ZERO.match(text) is not None


def joined_minus(record: Record, columns: tuple[str, ...]) -> Record:
    """The record with a lone minus joined to the figure right of it, where the line then has its cells."""
    rest = [cell for cell in record.rest if not cell.is_blank]
    if SIGNED not in columns or len(rest) != len(columns) + 1:
        return record
    at = columns.index(SIGNED)
    if not _MINUS.match(rest[at].text) or whole_number(rest[at + 1].text) is None:
        return record
    joined = replace(rest[at], text="-" + rest[at + 1].text.strip())
    return replace(record, rest=[*rest[:at], joined, *rest[at + 2 :]])


def by_header(record: Record, columns: tuple[str, ...]) -> Placement | None:
    """Place a row by the heads above it; None where the heads do not name every column of the line."""
    header = record.header
    if header is None:
        return None
    heads = [(at, label.code) for at, label in header.heads if label.code in columns]
    codes = [code for _, code in heads]
    if sorted(codes) != sorted(columns):
        return None
    figures = [cell for cell in record.rest if not cell.is_blank]
    if record.label_index is None or header.cell_count == 1:
        # A run has no positions: the order of the heads tells, where there is a cell for each.
        run = record.rest[: len(columns)]
        if len(run) < len(columns) or any(not c.is_blank for c in record.rest[len(columns) :]):
            return None
        return Placement(tuple(run[codes.index(column)] for column in columns), "header")
    if header.cell_count != record.label_index + 1 + len(record.rest):
        return None  # a row of another width: cells were dropped, so positions do not tell
    offsets = {code: at - record.label_index - 1 for at, code in heads}
    if min(offsets.values()) < 0:
        return None
    placed = tuple(record.rest[offsets[column]] for column in columns)
    return Placement(placed, "header") if sum(not c.is_blank for c in placed) == len(figures) else None


def by_count(rest: list[Cell], width: int, covered: int, *, is_row: bool) -> Placement:
    """Place a row by counting its cells.

    ``width`` is the number of columns, ``covered`` how many cells of the stub may stand, empty, after the label, and
    ``is_row`` tells that the document shows where the row ends (a run of single cells does not).
    """
    filled = [i for i, cell in enumerate(rest) if not cell.is_blank]
    if len(rest) < width:
        return _refuse(f"{len(rest)} cells for {width} columns")
    if not filled:
        return Placement(tuple(rest[:width]), "count")
    first, last = filled[0], filled[-1]
    if last - first + 1 > width:
        return _surplus(rest[first : last + 1], len(filled), width)
    starts = [s for s in range(len(rest) - width + 1) if s <= min(first, covered) and s + width > last]
    if not starts:
        return _refuse(f"{first} empty cells before the first of {len(filled)} figures for {width} columns")
    if is_row and covered in starts and len(rest) == width + covered:
        # The row has every cell of the form: nothing was dropped, so its stub is as wide as printed.
        starts = [covered]
    if len(starts) > 1:
        candidates = [tuple(rest[s : s + width]) for s in starts]
        return _refuse(f"{len(filled)} figures fit {len(candidates)} ways into {width} columns", candidates)
    return Placement(tuple(rest[starts[0] : starts[0] + width]), "count")


def _surplus(span: list[Cell], figures: int, width: int) -> Placement:
    """A row with cells too many: any of them may be the one that does not belong."""
    reason = f"{figures} figures in {len(span)} cells for {width} columns"
    if len(span) - width > MAX_SURPLUS:
        return _refuse(reason)
    candidates: dict[tuple[str, ...], tuple[Cell, ...]] = {}
    for kept in combinations(span, width):
        candidates.setdefault(tuple(cell.text.strip() for cell in kept), kept)
    # All cells alike: whichever is left out, the rest says the same. Unless a figure was parted: 4 and 4 may be 44, but
    # 0 and 0 are no 00.
    twice = span[0].text.strip() * 2
    if len(candidates) == 1 and (whole_number(twice) is None or begins_with_zero(twice)):
        return Placement(next(iter(candidates.values())), "same")
    return _refuse(reason, list(candidates.values()))

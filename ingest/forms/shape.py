"""How wide the rows of a document's tables are, and so whether a row lost or gained a cell.

A lost cell and a blank one look alike where rows have any width; where all have the same, they do not.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.forms.cell import Cell, whole_number
from ingest.forms.labels import forms
from ingest.forms.place import Placement, begins_with_zero
from ingest.forms.walk import Record

STUB = 3  # cells that the labels of 表三 take beside each other
APPLICANTS = 7  # columns of 表三
LEAST_SHARE = 0.8  # of the runs that must be of one width before another width means anything
ANOTHER_ROW = 6  # cells too many: not a cell but a row, such as a head, stands between two lines

Line = tuple[str, Record]


@dataclass(frozen=True, slots=True)
class Shape:
    """The usual width of the rows of 表三 and the usual place of their labels, and how each record differs."""

    deviations: dict[int, int | None]  # by id of the record: cells gained (lost below 0), None where not known
    usual: dict[int, int]  # by depth of the line: position of its label in the row
    has_covered_cells: bool  # between the innermost labels and their figures, where cells stand alone

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Shape:
        """The shape of 表三 with these lines, in the order of the document."""
        rows = [(line, r) for line, r in lines if r.label_index is not None and len(r.rest) >= APPLICANTS]
        runs = [(line, r) for line, r in lines if r.label_index is None]
        places: dict[int, Counter[int]] = {}
        for line, record in rows:
            places.setdefault(_depth(line), Counter())[record.label_index or 0] += 1
        usual = {depth: counter.most_common(1)[0][0] for depth, counter in places.items()}
        inner = [record.rest[0].is_blank for line, record in runs if _depth(line) == STUB - 1]
        return cls(_of_rows(rows) | _of_runs(runs), usual, sum(inner) * 2 > len(inner))

    def is_in_place(self, line: str, record: Record) -> bool:
        """Whether a row's label stands as far in as labels of its depth do: then nothing was dropped before it."""
        depth = _depth(line)
        return record.label_index is not None and record.label_index >= min(depth, self.usual.get(depth, depth))

    def _is_told(self, line: str, record: Record, cells: tuple[Cell, ...]) -> bool:
        """Whether a row with a cell too many shows all the same that its figures are its own."""
        if record.label_index is not None:
            return _adds_up(cells)
        begins_blank = record.rest[0].is_blank and _depth(line) == STUB - 1 and not self.has_covered_cells
        return not begins_blank and not any(cell.is_blank for cell in cells)

    def checked(self, line: str, placement: Placement, record: Record) -> Placement:
        """The placement of a line of 表三, refused where the row shows that a cell of it was lost or came to it."""
        cells = placement.cells
        if cells is None:
            return placement
        gained = self.deviations.get(id(record))
        if gained == 0 or placement.how == "same":
            return without_joined_cells(placement)
        ends_blank = cells[0].is_blank or cells[-1].is_blank
        if ends_blank and (gained is not None or record.label_index is not None):
            return Placement(None, "refused: an empty cell at the end of a row that is not as wide as the others")
        if gained and gained > 0 and not self._is_told(line, record, cells):
            return Placement(None, "refused: a row wider than the others that does not add up")
        if not _may_add_up(cells):
            return Placement(None, "refused: blank cells, and what is printed does not add up without them")
        return without_joined_cells(placement)


def checked_in_table_2(placement: Placement, record: Record, *, is_last: bool) -> Placement:
    """The placement of a line of 表二, refused where it has a blank cell and is not as wide as its heads.

    Of the form's last line converters strip the cells that fill up its row.
    """
    cells, header = placement.cells, record.header
    if cells and header and header.table_no == 2 and any(c.is_blank for c in (cells if record.is_run else record.rest)):
        width = header.cell_count if record.label_index is not None else header.run_count
        found = len(record.rest) + (record.label_index + 1 if record.label_index is not None else 0)
        is_stripped = is_last and record.is_run and len(record.rest) == len(cells)
        is_told = width > 0 and not is_stripped and (header.cell_count == 1) == (record.label_index is None)
        if is_told and (found > width or (found < width and cells[-1].is_blank)):
            return Placement(None, "refused: an empty cell in a row that is not as wide as its heads")
    return without_joined_cells(placement)


def without_joined_cells(placement: Placement) -> Placement:
    """The placement, refused where a figure begins with a zero: two cells were run together."""
    if placement.cells and any(begins_with_zero(cell.text) for cell in placement.cells):
        return Placement(None, "refused: a figure begins with a zero, so two cells were run together")
    return placement


def _depth(line: str) -> int:
    return forms().depths[3, line]


def _of_rows(rows: Sequence[Line]) -> dict[int, int | None]:
    """Rows of several cells: all cells count, or where covered ones are dropped, those after the label."""
    totals = {id(record): (record.label_index or 0) + 1 + len(record.rest) for _, record in rows}
    rests = {id(record): len(record.rest) for _, record in rows}
    (total, as_total), (rest, as_rest) = (
        Counter(widths.values()).most_common(1)[0] if widths else (0, 0) for widths in (totals, rests)
    )
    usual, widths = (total, totals) if as_total >= as_rest else (rest, rests)
    return {key: width - usual for key, width in widths.items()}


def _of_runs(runs: Sequence[Line]) -> dict[int, int | None]:
    """Cells alone on their lines: what lies between a label and the next one, under what converters do with covered
    cells (kept; kept, with the lines of a group one cell in like its head; dropped and the row filled up; dropped)."""
    between = []
    for (line, record), (next_line, following) in itertools.pairwise(runs):
        cells = following.position - record.position
        kept = cells - _depth(next_line) + _depth(line)
        as_heads = cells - min(_depth(next_line), 1) + min(_depth(line), 1)
        dropped = cells - following.lead
        between.append((record, following, (kept, as_heads, dropped + record.lead, dropped)))
    found: dict[int, int | None] = {id(record): None for _, record in runs}
    best, share = (0, 0), 0.0
    for model in range(4):
        counted = Counter(widths[model] for *_, widths in between).most_common(1)
        if counted and counted[0][1] > share * len(between):
            best, share = (model, counted[0][0]), counted[0][1] / len(between)
    if share >= LEAST_SHARE:
        is_known = True  # after the end of a page rows may begin with labels that other rows have not
        for record, following, widths in between:
            gained = widths[best[0]] - best[1]
            is_whole = gained < ANOTHER_ROW and following.breaks == record.breaks
            found[id(record)] = gained if is_whole and is_known else None
            is_known = is_whole
    return found


def checked_in_table_4(placement: Placement, record: Record) -> Placement:
    """The placement of figures of 表四, refused where some are blank and the row is narrower than its heads, wider than
    the form where nothing fills up rows, or not as filled up as its heads: the blank may then stand for a lost figure,
    or for none."""
    cells, header = placement.cells, record.header
    if cells and any(cell.is_blank for cell in cells):
        found, heads = len(record.rest), 0
        surplus, filling = found - len(cells), 0
        if header and header.table_no == 4 and not record.is_run:
            heads = header.cell_count
            filling = heads - 1 - max((at for at, _ in header.heads if at is not None), default=heads - 1)
        # What fills up the row of the heads fills up this one, be it to the same width or by as many cells.
        may_be_filled_up = record.kind != "grid"  # there the width of a row is the table's
        is_filled_up = may_be_filled_up and (heads == found or filling == surplus)
        if may_be_filled_up and cells[-1].is_blank and filling > surplus:
            return Placement(None, "refused: the empty cell at the end may be what the heads' row is filled up with")
        if heads > found or (surplus > 0 and not is_filled_up):
            return Placement(None, f"refused: {found} cells, some of them empty, for {len(cells)} columns")
    return without_joined_cells(placement)


def _adds_up(cells: tuple[Cell, ...]) -> bool:
    """Whether a line of 表三 is all figures, not all of them zero, and adds up."""
    numbers = [whole_number(cell.text) for cell in cells]
    return None not in numbers and any(numbers) and sum(n or 0 for n in numbers[:-1]) == numbers[-1]


def _may_add_up(cells: tuple[Cell, ...]) -> bool:
    """Whether a line of 表三 adds up with its blanks as zeros. Without a 总计, whether its last figure cannot be the
    total, with a cell before it lost: it is less than the others together, or all cells are alike and a lost one makes
    no difference. A line that is all figures is the rules' to judge."""
    numbers = [whole_number(cell.text) for cell in cells]
    if None not in numbers:
        return True
    *parts, total = (number or 0 for number in numbers)
    if not cells[-1].is_blank:
        return sum(parts) == total
    *before, last = parts
    return 0 < last < sum(before) or len({cell.text.strip() for cell in cells if not cell.is_blank}) == 1

"""Rows of 表三 that lost their labels, placed by order: as many of them between two known lines as the form has there.

Order alone proves nothing. The rows are placed only where each adds up, every equation of 表三 that runs through their
lines can be evaluated in all columns, and all of them hold.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.forms.cell import Cell, whole_number
from ingest.forms.found import Found
from ingest.forms.labels import forms
from ingest.forms.place import Placement, by_count
from ingest.forms.proof import adds_up, columns_add_up
from ingest.forms.walk import Record

HOW = "order"
Slot = tuple[str | None, Record, tuple[Cell, ...]]  # the line, where a label tells it, and its seven cells


def by_order(found: Sequence[Found], records: Sequence[Record], version: str) -> list[Found]:
    """The lines found, and those that order and equations tell."""
    lines = list(forms().tables[version, 3].columns)
    by_record = {id(item.record): item for item in found}
    if len({item.line_code for item in found}) < len(found):
        return list(found)  # a line printed twice: which rows stand between which is not told
    slots = [slot for record in records for slot in _slots(record, by_record.get(id(record)))]
    told: dict[str, tuple[Record, tuple[Cell, ...]]] = {}
    known = [at for at, (line, _, _) in enumerate(slots) if line]
    for first, last in itertools.pairwise(known):
        begin, end = lines.index(slots[first][0]), lines.index(slots[last][0])
        if last - first == end - begin > 1:
            told |= {lines[begin + i]: slots[first + i][1:] for i in range(1, end - begin)}
            if slots[first][1] is slots[first + 1][1]:
                told[lines[begin]] = slots[first][1:]  # a run of several rows: its first row is told by its end
    if not told or not all(adds_up(cells, line, version) for line, (_, cells) in told.items()):
        return list(found)
    numbers = {item.line_code: [whole_number(text) for text in item.texts] for item in found if item.texts}
    numbers |= {line: [whole_number(cell.text) for cell in cells] for line, (_, cells) in told.items()}
    if not columns_add_up(told.keys(), numbers, version):
        return list(found)
    placed = [
        Found(line, replace(record, label_evidence=HOW, line_no=cells[0].line_no), Placement(cells, HOW))
        for line, (record, cells) in told.items()
    ]
    return [item for item in found if item.line_code not in told] + placed


def _slots(record: Record, item: Found | None) -> Iterator[Slot]:
    """The rows of 表三 that a record may be: one, or as many as its figures make where cells stand one a line."""
    width = len(forms().columns("2021", 3, "new"))
    if item and item.placement.cells:
        yield item.line_code, record, item.placement.cells
        return
    if record.context != 3 or record.is_foreign or (record.labels and not item):
        return
    cells = record.rest
    while cells and cells[-1].is_blank:
        cells = cells[:-1]
    if any(whole_number(cell.text) is None for cell in cells) or not cells:
        placement = by_count(record.rest, width, 2, is_row=record.label_index is not None)
        cells = list(placement.cells or ())
        if not cells or any(whole_number(cell.text) is None for cell in cells):
            return
    if len(cells) % width == 0 and (len(cells) == width or record.label_index is None):
        for at in range(0, len(cells), width):
            yield (item.line_code if item and not at else None), record, tuple(cells[at : at + width])

"""Reports as workbooks of Excel, new and old: figures as numbers or as texts, one sheet or one for each table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from benchmarks.generate.compose import Heading, PageBreak, Part
from benchmarks.generate.formats.flatten import Doubts, FlatCell, FlatRow, flatten, parted
from benchmarks.generate.formats.rendered import Rendered
from benchmarks.generate.forms import CellKey
from benchmarks.generate.grid import Grid
from benchmarks.generate.writers.spans import Cell, Value
from benchmarks.generate.writers.xls import write_xls
from benchmarks.generate.writers.xlsx import Sheet, write_xlsx

_NUMBER = re.compile(r"(?:0|[1-9]\d{0,14})(?:\.\d{1,4})?")
WRITERS = {".xlsx": write_xlsx, ".xls": write_xls}


@dataclass(frozen=True, slots=True)
class WorkbookLayout:
    """How a report becomes a workbook. ``covered`` is ``own`` (merged cells) or another of flatten.COVERED."""

    ending: str = ".xlsx"
    covered: str = "own"
    is_ruled: bool = True  # borders around the cells
    sheet_per_section: bool = False
    numbers_as_text: bool = False
    breaks_labels: bool = False  # a line break inside long labels
    hides_draft: bool = False  # a hidden sheet holds the tables with other figures
    first: tuple[int, int] = (1, 1)  # row and column of the first cell


def random_xlsx(rng: Random) -> WorkbookLayout:
    """Any layout a workbook may have."""
    return _random(".xlsx", rng)


def random_xls(rng: Random) -> WorkbookLayout:
    """The same in a workbook of Excel 97-2003."""
    return _random(".xls", rng)


def _random(ending: str, rng: Random) -> WorkbookLayout:
    return WorkbookLayout(
        ending,
        covered=rng.choice(("own", "own", "own", "kept")),
        is_ruled=rng.random() < 0.7,
        sheet_per_section=rng.random() < 0.3,
        numbers_as_text=rng.random() < 0.3,
        breaks_labels=rng.random() < 0.2,
        hides_draft=rng.random() < 0.1,
        first=rng.choice(((1, 1), (1, 1), (3, 2))),
    )


def render_workbook(parts: Sequence[Part], layout: WorkbookLayout, rng: Random) -> Rendered:
    """The report as a workbook, a blank row between its parts."""
    doubts = Doubts()
    sheets: list[Sheet] = []
    drafts: list[list[Cell | Value]] = []
    rows: list[list[Cell | Value]] = []

    def finish() -> None:
        row, column = layout.first
        name = f"Sheet{len(sheets) + 1}"
        sheets.append(Sheet(list(rows), name, first_row=row, first_column=column, is_ruled=layout.is_ruled))
        rows.clear()

    for part in parts:
        if isinstance(part, PageBreak):
            continue
        if isinstance(part, Grid):
            flat = flatten(part, layout.covered, rng)
            for row in flat:
                doubts.note(row, part)
            if not layout.is_ruled:
                doubts.cells |= _unruled_blanks(flat)
            rows += [[_cell(cell, layout) for cell in row.cells] for row in flat]
            drafts += [[str(rng.randint(1, 99)) if cell.key else cell.text for cell in row.cells] for row in flat]
        else:
            if layout.sheet_per_section and isinstance(part, Heading) and part.level > 1:
                finish()
            rows.append([part.text])
        if rows:
            rows.append([])
    finish()
    if layout.hides_draft:
        sheets.append(Sheet(drafts, "draft", "hidden"))
    return Rendered(WRITERS[layout.ending](sheets), layout.ending, doubts.cells)


def _unruled_blanks(rows: Sequence[FlatRow]) -> set[CellKey]:
    """Nothing in such a sheet tells an empty cell from the paper around the table, and where no row is filled to its
    end nothing tells how wide the table is."""
    is_open = not any(len(row.cells) > 1 and row.cells[-1].text for row in rows)  # a title alone may be narrower
    return {cell.key for row in rows for cell in row.values if not cell.text or (is_open and not row.values[-1].text)}


def _cell(cell: FlatCell, layout: WorkbookLayout) -> Cell:
    spans = (cell.colspan, cell.rowspan) if layout.covered == "own" else (1, 1)
    if not cell.key:
        return Cell(parted(cell.text, "\n") if layout.breaks_labels else cell.text, *spans)
    return Cell(cell.text if layout.numbers_as_text else _typed(cell.text), *spans)


def _typed(text: str) -> Value:
    """What a spreadsheet makes of a typed text."""
    if not _NUMBER.fullmatch(text):
        return text
    return float(text) if "." in text else int(text)

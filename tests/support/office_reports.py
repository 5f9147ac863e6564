"""Generated reports as Word and Excel files: the parts that ``compose`` makes, drawn by the writers of this folder."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from benchmarks.generate.compose import PageBreak, Part, compose, paginate
from benchmarks.generate.corpus import Style, generate_identity, random_style
from benchmarks.generate.figures import generate_form
from benchmarks.generate.grid import Grid, GridCell
from benchmarks.generate.printing import print_form
from benchmarks.generate.truth import Truth, truth_of
from tests.support.docx_writer import PAGE, Block, Table, write_docx
from tests.support.spans import Cell, Value
from tests.support.xls_writer import write_xls
from tests.support.xlsx_writer import Sheet, write_xlsx

_NUMBER = re.compile(r"(?:0|[1-9]\d{0,14})(?:\.\d{1,4})?")


@dataclass(frozen=True, slots=True)
class OfficeReport:
    """The parts of a report before any format, and what a reader must find in it."""

    parts: tuple[Part, ...]
    truth: Truth


def office_report(seed: int | str, index: int) -> OfficeReport:
    """One random report, as ``benchmarks.generate`` makes them."""
    rng = Random(f"{seed}/{index}")
    style: Style = random_style(rng)
    identity = generate_identity(rng)
    form = generate_form(rng, *style.versions, size=identity.level)
    printed = print_form(form, style.numbers, rng)
    parts = compose(form, identity, printed, style.wording, outline=style.outline, rng=rng)
    parts = paginate(parts, style.pagination, rng)
    present = {key for part in parts if isinstance(part, Grid) for key in part.cell_keys()}
    return OfficeReport(tuple(parts), truth_of(form, identity, dict(printed), present, set()))


def docx_of(parts: Sequence[Part]) -> bytes:
    """A Word file with these parts."""
    blocks: list[Block] = []
    for part in parts:
        if isinstance(part, PageBreak):
            blocks.append(PAGE)
        elif isinstance(part, Grid):
            blocks.append(Table([[_cell(cell, cell.text) for cell in row.cells] for row in part.rows]))
        else:
            blocks.append(part.text)
    return write_docx(blocks)


def xlsx_of(parts: Sequence[Part], *, is_ruled: bool = True, sheet_per_table: bool = False) -> bytes:
    """A workbook with these parts, a blank row between them; borders around the tables, or none."""
    return write_xlsx(_sheets(parts, is_ruled=is_ruled, sheet_per_table=sheet_per_table))


def xls_of(parts: Sequence[Part], *, is_ruled: bool = True) -> bytes:
    """The same as a workbook of Excel 97-2003."""
    return write_xls(_sheets(parts, is_ruled=is_ruled, sheet_per_table=False))


def _sheets(parts: Sequence[Part], *, is_ruled: bool, sheet_per_table: bool) -> list[Sheet]:
    sheets: list[Sheet] = []
    rows: list[list[Cell | Value]] = []
    for part in parts:
        if isinstance(part, PageBreak):
            continue
        if isinstance(part, Grid):
            rows += [[_cell(cell, _typed(cell.text)) for cell in row.cells] for row in part.rows]
            if sheet_per_table:
                sheets.append(Sheet(rows, f"Sheet{len(sheets) + 1}", is_ruled=is_ruled))
                rows = []
        else:
            rows.append([part.text])
        if rows:
            rows.append([])
    return [*sheets, Sheet(rows, f"Sheet{len(sheets) + 1}", is_ruled=is_ruled)]


def _cell(cell: GridCell, value: Value) -> Cell:
    return Cell(value, cell.colspan, cell.rowspan)


def _typed(text: str) -> Value:
    """What a spreadsheet makes of a typed text."""
    if not _NUMBER.fullmatch(text):
        return text
    return float(text) if "." in text else int(text)

"""The statutory forms as data: lines and columns of each table, read from ``seeds/forms/form_cells.csv``.

The generator shares this one file with the recogniser and nothing else, so that each can convict the other.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

FORM_CELLS = Path(__file__).resolve().parents[2] / "seeds" / "forms" / "form_cells.csv"
TOTAL = "total"


class CellKey(NamedTuple):
    """One cell of a form: table number (2, 3, 4), line code and column code."""

    table_no: int
    line_code: str
    column_code: str


@dataclass(frozen=True, slots=True)
class FormLine:
    """One line of a form: its printed label, the labels it stands under, and its columns (code, label) in order."""

    table_no: int
    line_code: str
    label: str
    parents: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]

    def cell_keys(self) -> tuple[CellKey, ...]:
        """The cells of the line in column order."""
        return tuple(CellKey(self.table_no, self.line_code, code) for code, _ in self.columns)


@cache
def form_lines(version: str, table_no: int) -> tuple[FormLine, ...]:
    """Lines of one table of a form version, in printed order. Raises ValueError for a form that does not exist."""
    lines: dict[str, FormLine] = {}
    with FORM_CELLS.open(encoding="utf-8", newline="") as file:
        for cell in csv.DictReader(file):
            if (cell["form_version"], cell["table_no"]) != (version, str(table_no)):
                continue
            code = cell["line_code"]
            known = lines[code].columns if code in lines else ()
            parents = tuple(cell["parent_label"].split(" > ")) if cell["parent_label"] else ()
            column = (cell["column_code"], cell["column_label"])
            lines[code] = FormLine(table_no, code, cell["line_label"], parents, (*known, column))
    if not lines:
        raise ValueError(f"no table {table_no} in form {version}")
    return tuple(lines.values())


@cache
def applicants() -> tuple[str, ...]:
    """The six kinds of applicant of 表三 in column order, without 总计."""
    return tuple(code for code, _ in form_lines("2021", 3)[0].columns if code != TOTAL)


@cache
def outcome_codes(version: str) -> tuple[str, ...]:
    """The leaves of 三、本年度办理结果 in 表三: what adds up to （七）总计."""
    return tuple(line.line_code for line in form_lines(version, 3) if line.parents and line.line_code != "closed")

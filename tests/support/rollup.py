"""What a region's consolidated report comes to when it is put together by hand from a generated prefecture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from benchmarks.generate.forms import TOTAL, CellKey, applicants, form_lines
from benchmarks.generate.organs import Organ
from benchmarks.generate.prefecture import Filing, Prefecture
from benchmarks.generate.truth import TrueCell

# 表三 （六） of form 2019 and the lines of 2021 that make it together. What both forms have has one key in both.
PARTS = ("other_no_correction", "other_unpaid_fee", "other_remaining")
OTHER = {CellKey(3, "other", column): [CellKey(3, line, column) for line in PARTS] for column in (*applicants(), TOTAL)}


@dataclass(frozen=True, slots=True)
class Sum:
    """One cell of a computed report: the sum (None where no member has a figure), and how many have what."""

    value: Decimal | None
    reported: int
    blank: int
    not_reported: int
    other_form: int


def added(prefecture: Prefecture, region: Organ, year: int) -> Iterator[Filing]:
    """The filings that a region's report is made of; a government without a consolidated one gives its members'."""
    for member in prefecture.members(region):
        filing = prefecture.current.get((member.agency_id, year))
        if filing and filing.report.truth.identity.scope != "unknown":
            yield filing
        elif member.is_government:
            yield from added(prefecture, member, year)


def computed(filings: list[Filing], version: str, table_no: int) -> dict[CellKey, Sum]:
    """The cells of one table of ``version``, summed over what the filings print.

    A cell is left out where a file no longer tells which text belongs into it.
    """
    keys = [key for line in form_lines(version, table_no) for key in line.cell_keys()]
    printed = {key: [_cells(filing, key) for filing in filings] for key in keys}
    return {
        key: _sum(members)
        for key, members in printed.items()
        if all(cell.is_readable for cells in members for cell in cells)
    }


def _cells(filing: Filing, key: CellKey) -> list[TrueCell]:
    """The cells of a filing that are comparable to one of a form: itself, the three that make it, or none."""
    cells = filing.report.truth.cells
    if key in cells:
        return [cells[key]]
    return [cells[part] for part in OTHER.get(key, ()) if part in cells]


def _sum(members: list[list[TrueCell]]) -> Sum:
    figures = [[cell.value for cell in cells] for cells in members if cells]
    told = [[cell.status for cell in cells] for cells in members if cells]
    values = [sum(parts) for parts in figures if None not in parts]
    blank = sum("blank" in one and set(one) <= {"blank", "reported"} for one in told)
    return Sum(
        sum(values) if values else None, len(values), blank, len(told) - len(values) - blank, len(members) - len(told)
    )

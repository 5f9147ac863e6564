"""Broken sums of whole reports, put into groups that are mended together, and the smallest repairs of each.

What the dbt model ``int_reconciliation__repair_search`` does, without a database. Reports come in families: one agency,
scope and table over the years, because a rule over two years lets the sums of one year speak for a cell of the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from math import prod
from typing import NamedTuple

from ingest.checks.repairs import COUNTED, MAX_CELLS, Bounds, Found, Repair, Residues, Search, System

LISTED = 50  # of more repairs than these none is listed: such a list helps nobody


class Term(NamedTuple):
    """A cell in a sum, its weight on the left, and the figures it may hold (None: no such bound)."""

    year_offset: int
    line_code: str
    column_no: int
    weight: int
    least: int | None
    most: int | None


class PrintedTable(NamedTuple):
    """A table of a report and, by number, its sums all of whose terms are printed; some look back at the report before.

    A sum is inexact where a figure in it is rounded, a fraction or huge. Of broken sums that are exact there are, side
    by side, what left minus right is and the finding.
    """

    family: str
    fiscal_year: int
    report_id: int
    previous_report_id: int | None
    table_no: int
    sums: Sequence[int]
    inexact_sums: Sequence[int]
    broken_sums: Sequence[int]
    differences: Sequence[int]
    finding_ids: Sequence[str]


class Cell(NamedTuple):
    """A cell of one report of a family: the report's number in it, line and column."""

    report_no: int
    line_code: str
    column_no: int


class ChangedCell(NamedTuple):
    """A cell of a report and what a repair changes its figure to."""

    report_id: int
    table_no: int
    line_code: str
    column_no: int
    value: int


@dataclass(frozen=True, slots=True)
class Group:
    """Broken sums that are mended together. ``repairs`` is empty where they are too many to list, or none was found."""

    finding_ids: tuple[str, ...]
    cell_count: int | None
    repair_count: int
    repairs: tuple[tuple[ChangedCell, ...], ...]

    @property
    def group_id(self) -> str:
        return f"G-{min(self.finding_ids).removeprefix('F-')}"

    @property
    def status(self) -> str:
        """``unique``, ``ambiguous``, or ``unresolved`` where no change of up to MAX_CELLS cells mends them."""
        return "unresolved" if self.cell_count is None else "unique" if self.repair_count == 1 else "ambiguous"


# Of every table its report and the one before, if at hand, by their number in the family, and its sums.
Places = tuple[tuple[int | None, int | None, tuple[int, ...]], ...]
Systems = dict[Places, tuple[System, dict[Cell, Bounds]]]  # with the figures each cell may hold
Terms = dict[int, list[Term]]  # of every sum


@dataclass(frozen=True, slots=True)
class Figures:
    """What is printed: the row of each line of a report's table, and the figures of the rows in seven columns."""

    rows: dict[tuple[int, int], dict[str, int]]
    columns: Sequence[Sequence[int | None]]


def broken_groups(tables: Iterable[PrintedTable], terms: Terms, figures: Figures) -> Iterator[Group]:
    """The groups of each family. Where a figure near them is rounded, a fraction or huge, nothing is said of them."""
    families: dict[str, list[PrintedTable]] = defaultdict(list)
    for table in tables:
        families[table.family].append(table)
    systems: Systems = {}
    for _, family in sorted(families.items()):
        if any(table.broken_sums for table in family):
            yield from _family(family, terms, figures, systems)


def _family(tables: list[PrintedTable], terms: Terms, figures: Figures, systems: Systems) -> Iterator[Group]:
    tables.sort(key=lambda table: (table.fiscal_year, table.report_id))
    table_no = tables[0].table_no
    reports = dict.fromkeys(chain.from_iterable((table.previous_report_id, table.report_id) for table in tables))
    report_ids = [report_id for report_id in reports if (report_id, table_no) in figures.rows]
    report_no = {report_id: number for number, report_id in enumerate(report_ids)}
    # Most families have the same sums; what is looked up in them is worked out once.
    places = tuple(
        (report_no.get(table.report_id), report_no.get(table.previous_report_id), tuple(sorted(table.sums)))
        for table in tables
    )
    if places not in systems:
        systems[places] = _system(places, terms)
    system, limits = systems[places]

    def figure(cell: Cell) -> int:
        row = figures.rows[report_ids[cell.report_no], table_no][cell.line_code]
        return figures.columns[cell.column_no - 1][row]

    def bounds_of(number: int) -> Bounds:
        cell = system.cells[number]
        least, most = limits[cell]
        value = figure(cell)
        return (None if least is None else least - value, None if most is None else most - value)

    def changed(repair: Repair) -> tuple[ChangedCell, ...]:
        cells = ((system.cells[number], change) for number, change in repair)
        return tuple(
            ChangedCell(report_ids[c.report_no], table_no, c.line_code, c.column_no, figure(c) + d) for c, d in cells
        )

    # The sums of the family are numbered through, table by table.
    inexact: set[int] = set()
    broken: dict[int, tuple[int, str]] = {}
    first = 0
    for table, (_, _, sums) in zip(tables, places, strict=True):
        inexact.update(system.block[first + sums.index(sum_no)] for sum_no in table.inexact_sums)
        for sum_no, difference, finding_id in zip(table.broken_sums, table.differences, table.finding_ids, strict=True):
            broken[first + sums.index(sum_no)] = (difference, finding_id)
        first += len(sums)
    blocks: dict[int, Residues] = defaultdict(dict)
    for number in sorted(broken):
        if system.block[number] not in inexact:
            blocks[system.block[number]][number] = broken[number][0]
    for residues in blocks.values():
        for members, found in mended_together(Search(system, bounds_of), residues):
            listed = found.repairs if len(found.repairs) <= LISTED else ()
            yield Group(
                tuple(sorted(broken[number][1] for number in members)),
                found.cell_count,
                len(found.repairs),
                tuple(changed(repair) for repair in listed),
            )


def _system(places: Places, terms: Terms) -> tuple[System, dict[Cell, Bounds]]:
    """The sums as weights of the cells that may be changed, those of the reports at hand, and what these may hold."""
    sums: list[dict[Cell, int]] = []
    limits: dict[Cell, Bounds] = {}
    for report_no, previous_no, numbers in places:
        for sum_no in numbers:
            weights: dict[Cell, int] = defaultdict(int)
            for term in terms[sum_no]:
                number = report_no if term.year_offset == 0 else previous_no
                if number is not None:
                    cell = Cell(number, term.line_code, term.column_no)
                    weights[cell] += term.weight
                    limits[cell] = (term.least, term.most)
            sums.append({cell: weight for cell, weight in weights.items() if weight})
    return System(sums), limits


def mended_together(search: Search, residues: Residues) -> list[tuple[list[int], Found]]:
    """Which broken sums of a block need a common repair, and the smallest repairs of each such group.

    Sums that share a cell are one group. Groups with no cell in common may still be broken by one fault: a figure in
    the wrong column breaks two columns and no line. So all are mended together first. If that takes no fewer cells than
    each alone and no other repair is found, they are told apart; likewise if no repair mends them all.
    """
    groups = _sharing_cells(search.system, residues)
    if len(groups) == 1:
        return [(groups[0], search.smallest(residues))]
    joint = search.smallest(residues, least=len(groups))
    most = MAX_CELLS if joint.cell_count is None else joint.cell_count - len(groups) + 1
    alone = [search.smallest({number: residues[number] for number in group}, most=most) for group in groups]
    if joint.cell_count is not None:
        is_sum = sum(found.cell_count or COUNTED for found in alone) == joint.cell_count
        if not is_sum or min(prod(len(found.repairs) for found in alone), COUNTED) != len(joint.repairs):
            return [(list(residues), joint)]
    return list(zip(groups, alone, strict=True))


def _sharing_cells(system: System, numbers: Iterable[int]) -> list[list[int]]:
    groups: list[list[int]] = []
    for number in numbers:
        touching = [group for group in groups if any(system.share_a_cell(number, other) for other in group)]
        groups = [group for group in groups if group not in touching] + [[*chain(*touching), number]]
    return groups

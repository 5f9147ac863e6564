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


class SumKey(NamedTuple):
    """An equation of a rule as the seeds write it, for a form and, where it looks back, the form of the year before."""

    rule_id: str
    form_version: str
    earlier_form_version: str | None
    table_no: int
    line_code: str
    column_code: str


class Term(NamedTuple):
    """A cell in an equation, its weight on the left, and the figures it may hold (None: no such bound)."""

    year_offset: int
    line_code: str
    column_no: int
    weight: int
    least: int | None
    most: int | None


class PrintedSum(NamedTuple):
    """An equation of a report all of whose terms are printed: left minus right, and the finding where it is broken.

    It is exact if every figure in it is whole and none is rounded.
    """

    family: str
    fiscal_year: int
    report_id: int
    previous_report_id: int | None
    key: SumKey
    difference: int
    is_exact: bool
    finding_id: str | None


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


Places = tuple[tuple[int | None, int | None, SumKey], ...]  # of every sum its report and the one before, if at hand
Systems = dict[Places, tuple[System, dict[Cell, Bounds]]]  # with the figures each cell may hold
Figures = dict[tuple[int, int], dict[str, Sequence[int | None]]]  # report and table: the seven figures of each line


def broken_groups(sums: Iterable[PrintedSum], terms: dict[SumKey, list[Term]], figures: Figures) -> Iterator[Group]:
    """The groups of each family. Where a figure near them is rounded, a fraction or huge, nothing is said of them."""
    families: dict[str, list[PrintedSum]] = defaultdict(list)
    for printed in sums:
        # What no finding calls broken although it does not add up was not asked of this report.
        if not printed.is_exact or (printed.finding_id is None) == (printed.difference == 0):
            families[printed.family].append(printed)
    systems: Systems = {}
    for _, printed_sums in sorted(families.items()):
        yield from _family(printed_sums, terms, figures, systems)


def _family(
    sums: list[PrintedSum], terms: dict[SumKey, list[Term]], figures: Figures, systems: Systems
) -> Iterator[Group]:
    sums.sort(key=lambda s: (s.fiscal_year, s.key, s.report_id))
    table_no = sums[0].key.table_no
    reports = chain.from_iterable((s.previous_report_id, s.report_id) for s in sums)
    report_ids = [report_id for report_id in dict.fromkeys(reports) if (report_id, table_no) in figures]
    report_no = {report_id: number for number, report_id in enumerate(report_ids)}
    # Most families have the same sums; what is looked up in them is worked out once.
    places = tuple((report_no.get(s.report_id), report_no.get(s.previous_report_id), s.key) for s in sums)
    if places not in systems:
        systems[places] = _system(places, terms)
    system, limits = systems[places]

    def figure(cell: Cell) -> int:
        return figures[report_ids[cell.report_no], table_no][cell.line_code][cell.column_no - 1]

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

    inexact = {system.block[number] for number, s in enumerate(sums) if not s.is_exact}
    blocks: dict[int, Residues] = defaultdict(dict)
    for number, s in enumerate(sums):
        if s.finding_id is not None and system.block[number] not in inexact:
            blocks[system.block[number]][number] = s.difference
    for residues in blocks.values():
        for members, found in mended_together(Search(system, bounds_of), residues):
            listed = found.repairs if len(found.repairs) <= LISTED else ()
            yield Group(
                tuple(sorted(sums[number].finding_id for number in members)),
                found.cell_count,
                len(found.repairs),
                tuple(changed(repair) for repair in listed),
            )


def _system(places: Places, terms: dict[SumKey, list[Term]]) -> tuple[System, dict[Cell, Bounds]]:
    """The sums as weights of the cells that may be changed, those of the reports at hand, and what these may hold."""
    sums: list[dict[Cell, int]] = []
    limits: dict[Cell, Bounds] = {}
    for report_no, previous_no, key in places:
        weights: dict[Cell, int] = defaultdict(int)
        for term in terms[key]:
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

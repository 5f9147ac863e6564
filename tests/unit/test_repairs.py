"""The search for the smallest repair, against all changes of up to three cells tried out one by one."""

from __future__ import annotations

from itertools import combinations, product
from random import Random

import pytest

from ingest.checks.broken_groups import mended_together
from ingest.checks.repairs import COUNTED, Search, System

MOST = 3  # the greatest figure a cell may hold where all changes are tried out


def table(rows: int, columns: int, rng: Random, share: float) -> list[dict[tuple[int, int], int]]:
    """Sums along and down a table, its last row and column the totals; some of them lacking, some weights not one."""
    lines = [[(r, c) for c in range(columns)] for r in range(rows)]
    lines += [[(r, c) for r in range(rows)] for c in range(columns)]
    sums = [{cell: -1 if cell == line[-1] else rng.choice((1, 1, 1, 2)) for cell in line} for line in lines]
    return [weights for weights in sums if rng.random() < share] or sums[:1]


def tried_out(sums: list[dict], figures: dict) -> set[frozenset]:
    """All smallest repairs: every figure from 0 to MOST in every choice of up to three cells."""
    cells = sorted({cell for weights in sums for cell in weights})
    for size in (1, 2, 3):
        found = set()
        for chosen in combinations(cells, size):
            for new in product(*([n for n in range(MOST + 1) if n != figures[cell]] for cell in chosen)):
                changed = figures | dict(zip(chosen, new, strict=True))
                if not any(sum(w * changed[cell] for cell, w in weights.items()) for weights in sums):
                    found.add(frozenset(zip(chosen, new, strict=True)))
        if found:
            return found
    return set()


def search_in(system: System, figures: dict, most: int | None = None) -> Search:
    values = [figures[cell] for cell in system.cells]
    return Search(system, lambda cell: (-values[cell], None if most is None else most - values[cell]))


def residues_of(sums: list[dict], figures: dict) -> dict[int, int]:
    residues = (sum(w * figures[cell] for cell, w in weights.items()) for weights in sums)
    return {number: residue for number, residue in enumerate(residues) if residue}


@pytest.mark.parametrize("share", [1.0, 0.7, 0.4])
def test_the_search_finds_what_trying_everything_finds(share: float):
    """Where sums lack, cells share all their sums and no sum tells their figures apart: all of them count."""
    rng, sizes = Random(f"tables {share}"), set()
    for _ in range(60):
        sums = table(3, 3, rng, share)
        figures = {(r, c): rng.randint(0, MOST) if rng.random() < share / 3 else 0 for r in range(3) for c in range(3)}
        system = System(sums)
        if not (residues := residues_of(sums, figures)):
            continue
        found = search_in(system, figures, MOST).smallest(residues)
        repairs = {
            frozenset((system.cells[c], figures[system.cells[c]] + d) for c, d in repair) for repair in found.repairs
        }
        expected = tried_out(sums, figures)
        assert repairs == expected, (sums, figures)
        assert found.cell_count == min(map(len, expected), default=None)
        sizes.add(found.cell_count)
    assert {1, 2, 3} <= sizes


def test_endless_repairs_are_counted_no_further():
    """Two cells that must both rise together, as far as one likes, and neither alone."""
    sums = [{"a": 1, "b": -1, "fixed": 1}]
    system = System(sums)
    bounds = {"a": (5, None), "b": (5, None), "fixed": (0, 0)}
    found = Search(system, lambda cell: bounds[system.cells[cell]]).smallest({0: 1})
    assert (found.cell_count, len(found.repairs)) == (2, COUNTED)


ROWS, COLUMNS = "rst", "123"
SUMS = [{r + c: 1 for c in COLUMNS} | {r + "T": -1} for r in ROWS] + [
    {r + c: 1 for r in ROWS} | {"T" + c: -1} for c in COLUMNS
]
RIGHT = {r + c: 5 for r in ROWS for c in COLUMNS} | {r + "T": 15 for r in ROWS} | {"T" + c: 15 for c in COLUMNS}


def explained(figures: dict[str, int], sums: list[dict] = SUMS) -> list[tuple[int, int | None, int]]:
    """Of each group of broken sums how many they are, the cells a repair changes, and how many repairs there are."""
    system, residues = System(sums), residues_of(sums, figures)
    groups = mended_together(search_in(system, figures), residues)
    return sorted((len(members), found.cell_count, len(found.repairs)) for members, found in groups)


def test_two_errors_with_nothing_in_common_are_told_apart():
    assert explained(RIGHT | {"rT": 20, "T1": 11}) == [(2, 2, 3)], "a line and a column meet in a cell: one group"
    assert explained(RIGHT | {"rT": 20, "sT": 11}) == [(1, 1, 1), (1, 1, 1)]


def test_columns_broken_by_one_fault_are_mended_together():
    """A figure in the wrong column of any line: two columns that share no cell, and three rivals, one for each line."""
    assert explained(RIGHT | {"r1": 0, "r2": 10}) == [(2, 2, 4)]


def test_what_takes_more_than_three_cells_is_unresolved_and_does_not_hide_what_can_be_mended():
    wrong = RIGHT | {"r1": 12, "r2": 16, "s2": 24, "s3": 38, "T3": 29}
    assert [group[1] for group in explained(wrong)] == [None]
    apart = [*SUMS, {"x": 1, "y": -1, "fixed": 1}, {"y": 1, "z": -1}]
    assert explained(wrong | {"x": 1, "y": 3, "z": 2, "fixed": 2}, apart)[0][1:] == (1, 1)

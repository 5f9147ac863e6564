"""``python -m benchmarks.repairs``: the search for the smallest repair, against an oracle that tries all repairs out.

Forms in which every equation of 表三 holds get two wrong cells (by ±1, ±9, ±500, or neighbours swapped), some three.
The oracle knows nothing of signatures: of every cell, pair and triple it takes the changes that come nearest to the
broken sums (least squares, in whole numbers) and keeps those that mend them. ``--milp`` asks HiGHS about some as well.
Exit code 1 where an error goes undetected, or the search and an oracle differ.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from random import Random

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from benchmarks.generate.forms import CellKey, form_lines
from benchmarks.sums import Equation, equations, full_form
from ingest.checks.repairs import Search, System

Figures = Mapping[CellKey, int]
Repairs = set[frozenset[tuple[CellKey, int]]]  # each the cells it changes and their new figures

VERSIONS = ("2019", "2021")
MAX_BY_MILP = 200
ROUNDS = 3  # the least time counts: the machine may be busy with something else


class Oracle:
    """Tries out every change of up to three cells. ``sums`` must tell any three cells apart, as in a full 表三."""

    def __init__(self, sums: Sequence[Equation]) -> None:
        self.sums = sums
        self.cells = sorted({cell for equation in sums for cell in equation.weights})
        self.matrix = np.array([[equation.weights.get(cell, 0) for cell in self.cells] for equation in sums])
        self.gram = self.matrix.T @ self.matrix
        self.pairs = np.array(list(combinations(range(len(self.cells)), 2)))

    def smallest(self, figures: Figures, most: int = 2) -> Repairs:
        """All repairs of the least size, up to ``most`` cells; none where there is none."""
        residues = np.array([equation.residue(figures) for equation in self.sums])
        for size in range(1, most + 1):
            found = set().union(*(self._of(chosen, residues, figures) for chosen in self._chosen(size)))
            if found:
                return found
        return set()

    def _chosen(self, size: int) -> Iterator[np.ndarray]:
        """Every choice of so many cells, in arrays of one choice a row."""
        if size == 1:
            yield np.arange(len(self.cells))[:, None]
        elif size == 2:
            yield self.pairs
        else:
            for first in range(len(self.cells)):
                rest = self.pairs[self.pairs[:, 0] > first]
                yield np.column_stack([np.full(len(rest), first), rest])

    def _of(self, chosen: np.ndarray, residues: np.ndarray, figures: Figures) -> Repairs:
        gram = self.gram[chosen[:, :, None], chosen[:, None, :]].astype(float)
        target = -(self.matrix.T @ residues)[chosen]
        is_told = np.abs(np.linalg.det(gram)) > 0.5
        chosen, gram, target = chosen[is_told], gram[is_told], target[is_told]
        changes = np.rint(np.linalg.solve(gram, target[:, :, None].astype(float))[:, :, 0]).astype(int)
        # Of what comes nearest, what is left over is r·r + target·change (both weighted); zero mends every sum.
        mends = (residues @ residues - (target * changes).sum(axis=1) == 0) & (changes != 0).all(axis=1)
        found: Repairs = set()
        for cells, deltas in zip(chosen[mends], changes[mends], strict=True):
            repair = frozenset(
                (self.cells[c], figures[self.cells[c]] + int(d)) for c, d in zip(cells, deltas, strict=True)
            )
            if all(value >= 0 for _, value in repair) and not (self.matrix[:, cells] @ deltas + residues).any():
                found.add(repair)
        return found


def by_milp(sums: Sequence[Equation], figures: Figures, most: int = MAX_BY_MILP) -> set[frozenset[CellKey]]:
    """The cells of every smallest repair as HiGHS finds them, one after the other, each forbidden once it is found."""
    cells = sorted({cell for equation in sums for cell in equation.weights})
    residues = [equation.residue(figures) for equation in sums]
    count, reach = len(cells), 2 * sum(map(abs, residues))
    # Variables: the change of each cell, then whether it changes.
    weights = [[equation.weights.get(cell, 0) for cell in cells] + [0] * count for equation in sums]
    constraints = [LinearConstraint(weights, [-r for r in residues], [-r for r in residues])]
    unit = np.eye(count)
    constraints.append(LinearConstraint(np.hstack([unit, -reach * unit]), -np.inf, 0))
    constraints.append(LinearConstraint(np.hstack([unit, reach * unit]), 0, np.inf))
    low = [max(-figures[cell], -reach) for cell in cells] + [0] * count
    bounds = Bounds(low, [reach] * count + [1] * count)
    costs, found, size = [0] * count + [1] * count, set(), None
    while len(found) < most:
        answer = milp(costs, constraints=constraints, bounds=bounds, integrality=np.ones(2 * count))
        used = np.flatnonzero(np.rint(answer.x[count:])) if answer.success else ()
        if not len(used) or (size is not None and len(used) > size):
            break
        size = len(used)
        found.add(frozenset(cells[c] for c in used))
        forbidden = np.zeros(2 * count)
        forbidden[count + used] = 1
        constraints.append(LinearConstraint(forbidden, -np.inf, size - 1))
    return found


def wrong_forms(version: str, step: int, count: int, seed: str, cells: int = 2) -> Iterator[Figures]:
    """The full form with so many cells of 表三 changed by ``step`` up or down, ``count`` times."""
    base, rng = full_form(version), Random(f"{seed} {version} {step} {cells}")
    keys = [key for key in base if key.table_no == 3]
    for _ in range(count):
        figures = dict(base)
        for key in rng.sample(keys, cells):
            figures[key] += step if figures[key] < step else rng.choice((step, -step))
        yield figures


def swapped_neighbours(version: str) -> Iterator[Figures]:
    """The full form with two neighbours in a line or a column of 表三 in each other's place, every pair once."""
    base = full_form(version)
    lines = [line.cell_keys() for line in form_lines(version, 3)]
    for row in (*lines, *zip(*lines, strict=True)):
        for one, other in pairwise(row):
            yield {**base, one: base[other], other: base[one]}


def table_3(version: str) -> list[Equation]:
    """The sums of 表三."""
    return [e for e in equations(version) if all(cell.table_no == 3 for cell in e.weights)]


class Judge:
    """The search and the oracles on the forms of one version."""

    def __init__(self, version: str) -> None:
        self.sums = table_3(version)
        self.system, self.oracle = System([e.weights for e in self.sums]), Oracle(self.sums)

    def residues(self, figures: Figures) -> dict[int, int]:
        """The broken sums, by their number."""
        return {number: r for number, e in enumerate(self.sums) if (r := e.residue(figures))}

    def search(self, figures: Figures) -> tuple[Repairs, float]:
        """What the search of the product finds, and the seconds of processor time it takes."""
        values, residues = [figures[cell] for cell in self.system.cells], self.residues(figures)
        seconds = []
        for _ in range(ROUNDS):
            start = time.process_time()
            found = Search(self.system, lambda cell: (-values[cell], None)).smallest(residues)
            seconds.append(time.process_time() - start)
        repairs = {frozenset((self.system.cells[c], values[c] + d) for c, d in repair) for repair in found.repairs}
        return repairs, min(seconds)

    def judge(self, name: str, forms: Sequence[Figures], most: int, milps: int) -> bool:
        """Print what was found; whether every error was detected and explained as the oracles do."""
        undetected = sum(not self.residues(figures) for figures in forms)
        searched = [self.search(figures) for figures in forms]
        found = [repairs for repairs, _ in searched]
        wrong = sum(f != self.oracle.smallest(figures, most) for f, figures in zip(found, forms, strict=True))
        asked = list(zip(found, forms, strict=True))[:: max(1, len(forms) // milps)][:milps] if milps else []
        apart = sum(
            len(f) < MAX_BY_MILP and {frozenset(c for c, _ in repair) for repair in f} != by_milp(self.sums, figures)
            for f, figures in asked
        )
        cells = Counter(min(map(len, f), default=0) for f in found)
        print(
            f"{name}: {len(forms)} forms, {undetected} undetected, {wrong} unlike the oracle,"
            f" {apart} of {len(asked)} unlike HiGHS; cells changed {dict(sorted(cells.items()))},"
            f" one repair {sum(len(f) == 1 for f in found) / len(forms):.1%},"
            f" {sum(seconds for _, seconds in searched) / len(forms) * 1e6:.0f} µs each"
        )
        return not (undetected or wrong or apart)


def main(argv: Sequence[str] | None = None) -> int:
    """Judge all kinds of errors in both forms."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.repairs", description=__doc__)
    parser.add_argument("--count", type=int, default=1000, help="errors of each kind (%(default)s)")
    parser.add_argument("--triples", type=int, default=20, help="errors in three cells (%(default)s)")
    parser.add_argument("--milp", type=int, default=10, help="errors of each kind HiGHS is asked about (%(default)s)")
    parser.add_argument("--seed", default="repairs", help="same seed, same errors")
    arguments = parser.parse_args(argv)
    right = True
    for version in VERSIONS:
        judge = Judge(version)
        for step in (1, 9, 500):
            forms = list(wrong_forms(version, step, arguments.count, arguments.seed))
            right &= judge.judge(f"{version}, two cells ±{step}", forms, 2, arguments.milp)
        swaps = [f for f in swapped_neighbours(version) if judge.residues(f)]
        right &= judge.judge(f"{version}, neighbours swapped", swaps, 2, arguments.milp)
        triples = list(wrong_forms(version, 7, arguments.triples, arguments.seed, cells=3))
        if triples:
            right &= judge.judge(f"{version}, three cells ±7", triples, 3, 0)
    return int(not right)


if __name__ == "__main__":
    sys.exit(main())

"""Forms of right figures with one or two wrong cells."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from benchmarks.generate.forms import CellKey
from benchmarks.repairs import swapped_neighbours
from benchmarks.sums import empty_form, equations, full_form

VERSIONS = ("2019", "2021")
CHANGES = {
    "+1": lambda n, _: n + 1,
    "-1": lambda n, _: n - 1,
    "×10": lambda n, _: n * 10,
    "+9": lambda n, _: n + 9,
    "random": lambda n, rng: rng.choice([m for m in range(300) if m != n]),
}
PAIRS = 150  # reports of each version with two wrong cells
SWAPS_SKIPPED = 5  # one in so many of all pairs of neighbours; benchmarks.repairs takes every one

Wrong = dict[str, tuple[str, Mapping[CellKey, int], CellKey, int]]  # path: version, values, wrong cell, right value


def wrong_cells(table_no: int) -> Wrong:
    """Every cell of a table changed alone, in a full form and in one of zeros."""
    cases: Wrong = {}
    rng = Random("wrong cells")
    for version in VERSIONS:
        for name, base in (("full", full_form(version)), ("empty", empty_form(version))):
            for key in (key for key in base if key.table_no == table_no):
                for change, changed in CHANGES.items():
                    figure = changed(base[key], rng)
                    if figure >= 0 and figure != base[key]:
                        path = f"{version}/{name}/{'-'.join(map(str, key))}/{change}"
                        cases[path] = (version, {**base, key: figure}, key, base[key])
    return cases


def two_wrong_cells() -> dict[str, tuple[str, Mapping[CellKey, int]]]:
    """Two cells of 表三 and 表四 changed, often in one line or column, where the errors meet."""
    rng = Random("two wrong cells")
    cases = {}
    for version in VERSIONS:
        base = full_form(version)
        keys = [key for key in base if key.table_no > 2]
        for number in range(PAIRS):
            first = rng.choice(keys)
            near = [
                k for k in keys if k != first and (k.line_code == first.line_code or k.column_code == first.column_code)
            ]
            second = rng.choice(near if number % 2 else keys)
            step = rng.choice((1, 9, 500))
            values = dict(base)
            values[first] += step
            values[second] += rng.choice((step, -min(step, values[second]), 3 * step))
            cases[f"{version}/pair/{number}"] = (version, values)
        for number, values in enumerate(swapped_neighbours(version)):
            if number % SWAPS_SKIPPED == 0 and any(e.residue(values) for e in equations(version)):
                cases[f"{version}/swap/{number}"] = (version, values)
    return cases

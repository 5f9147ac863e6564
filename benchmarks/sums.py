"""Forms filled with figures that add up, and the sums of the rules worked out without the engine."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from benchmarks.generate.forms import TOTAL, CellKey, applicants, form_lines, outcome_codes
from ingest.paths import REPO

_TERMS = REPO / "seeds" / "rules" / "reconciliation_rule_terms.csv"


def full_form(version: str) -> dict[CellKey, int]:
    """A form of either version in which every equation holds and no cell of 表三 and 表四 is zero; 表二 holds zeros."""
    values = {key: 0 for line in form_lines(version, 2) for key in line.cell_keys()}
    for j, kind in enumerate(applicants()):
        leaves = {line: 1 + (7 * i + 3 * j) % 23 for i, line in enumerate(outcome_codes(version))}
        closed, carried_in, carried_out = sum(leaves.values()), 2 + j, 3 + j
        column = leaves | {"closed": closed, "carried_in": carried_in, "carried_out": carried_out}
        column["new"] = closed + carried_out - carried_in
        values |= {CellKey(3, line, kind): value for line, value in column.items()}
    for line in form_lines(version, 3):
        values[CellKey(3, line.line_code, TOTAL)] = sum(values[CellKey(3, line.line_code, k)] for k in applicants())
    for i, line in enumerate(form_lines(version, 4)):
        *parts, total = line.cell_keys()
        values |= {key: 1 + i + j for j, key in enumerate(parts)}
        values[total] = sum(values[key] for key in parts)
    return values


def following(version: str) -> dict[CellKey, int]:
    """The full form of the year after: it takes in what the full form carries over, and holds in itself."""
    values = full_form(version)
    for key in list(values):
        if key.line_code == "carried_in":
            shift = full_form(version)[key._replace(line_code="carried_out")] - values[key]
            values[key] += shift
            values[key._replace(line_code="new")] -= shift
    return values


def empty_form(version: str) -> dict[CellKey, int]:
    """A form of zeros."""
    return dict.fromkeys(full_form(version), 0)


@dataclass(frozen=True)
class Equation:
    """A sum of 表三 or 表四 as signed weights of its cells: it holds where the weighted values add up to zero."""

    name: str
    weights: Mapping[CellKey, int]

    def residue(self, values: Mapping[CellKey, int]) -> int:
        return sum(weight * values[key] for key, weight in self.weights.items())


@cache
def equations(version: str) -> tuple[Equation, ...]:
    """Every sum of 表三 and 表四 within a report, written out from the rule terms without the engine."""
    with _TERMS.open(encoding="utf-8", newline="") as file:
        terms = [t for t in csv.DictReader(file) if t["form_version"] == version and t["table_no"] in "34"]
    others = {"COUNT", "LV-PARENT"} | {t["rule_id"] for t in terms if t["year_offset"] != "0"}
    found = []
    for rule, group in groupby((t for t in terms if t["rule_id"] not in others), key=lambda t: t["rule_id"]):
        weights: dict[tuple[str, str], dict[CellKey, int]] = {}
        for term in group:
            sign = int(term["weight"]) * (1 if term["side"] == "left" else -1)
            for line in form_lines(version, int(term["table_no"])):
                for key in line.cell_keys():
                    if term["line_code"] in ("*", key.line_code) and term["column_code"] in ("*", key.column_code):
                        place = (
                            term["line_code"] == "*" and key.line_code,
                            term["column_code"] == "*" and key.column_code,
                        )
                        weights.setdefault(place, {})[key] = sign
        found += [Equation(f"{rule} {place}", cells) for place, cells in weights.items()]
    return tuple(found)

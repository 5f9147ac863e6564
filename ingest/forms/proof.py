"""Decide between the ways a row of 表三 can be laid out, by the equations that run through it.

A layout is accepted only when the row's own equation and at least one column equation can be evaluated, all hold, and
no other layout does as much: the row equation alone admits wrong readings (2.6 % in a trial), two crossing ones do not.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from math import prod
from typing import TYPE_CHECKING

from ingest.forms.cell import Cell, whole_number
from ingest.forms.labels import forms
from ingest.forms.place import Placement
from ingest.paths import REPO

if TYPE_CHECKING:
    from ingest.forms.found import Found

_TERMS = REPO / "seeds" / "rules" / "reconciliation_rule_terms.csv"
_ROW_RULE = "T3-APPLICANTS"
_COLUMN_RULES = ("T3-BALANCE", "T3-OUTCOMES")
MAX_COMBINATIONS = 50_000  # of undecided rows; beyond, they stay undecided


Numbers = list[int | None]


@dataclass(frozen=True, slots=True)
class _Equations:
    """Signed weights: by column for the row equation, by line for each column equation; a sum of zero holds."""

    row: dict[str, float]
    columns: tuple[dict[str, float], ...]


@cache
def _equations(version: str) -> _Equations:
    row: dict[str, float] = {}
    columns: dict[str, dict[str, float]] = {rule: {} for rule in _COLUMN_RULES}
    with _TERMS.open(encoding="utf-8", newline="") as file:
        for term in csv.DictReader(file):
            if term["form_version"] not in ("", version):
                continue
            weight = float(term["weight"]) * (1 if term["side"] == "left" else -1)
            if term["rule_id"] == _ROW_RULE:
                row[term["column_code"]] = weight
            elif term["rule_id"] in columns:
                columns[term["rule_id"]][term["line_code"]] = weight
    return _Equations(row, tuple(columns.values()))


def adds_up(candidate: tuple[Cell, ...], line: str, version: str) -> bool | None:
    """Whether the row equation holds; None where a term is no plain number."""
    weights = _equations(version).row
    codes = forms().columns(version, 3, line)
    terms = [(whole_number(cell.text), weights.get(code, 0)) for cell, code in zip(candidate, codes, strict=True)]
    if any(number is None for number, weight in terms if weight):
        return None
    return sum((number or 0) * weight for number, weight in terms) == 0


def columns_add_up(lines: Iterable[str], numbers: dict[str, Numbers], version: str) -> bool:
    """Whether every column equation through these lines can be evaluated in all columns, and holds."""
    lines = set(lines)
    equations = [e for e in _equations(version).columns if e.keys() & lines]
    return all(
        equation.keys() <= numbers.keys()
        and not any(None in numbers[line] for line in equation)
        and _balances(equation, numbers)
        for equation in equations
    )


def prove(found: list[Found], version: str) -> list[Found]:
    """The rows of 表三, with each undecided layout replaced by the one the equations leave, where they leave one."""
    if not any(item.placement.candidates for item in found):
        return found
    placed = {i.line_code: [whole_number(c.text) for c in i.placement.cells] for i in found if i.placement.cells}
    undecided: dict[str, list[tuple[Cell, ...]]] = {}
    for item in found:
        judged = [(adds_up(c, item.line_code, version), c) for c in item.placement.candidates]
        # A layout that cannot be evaluated is no rival that was refuted: then nothing is proven for this row.
        if judged and all(verdict is not None for verdict, _ in judged):
            undecided[item.line_code] = [c for verdict, c in judged if verdict]
    undecided = {line: kept for line, kept in undecided.items() if kept and line not in placed}
    proven = _solve(undecided, placed, version)
    return [
        replace(item, placement=Placement(proven[item.line_code], "proof")) if item.line_code in proven else item
        for item in found
    ]


def _solve(
    undecided: dict[str, list[tuple[Cell, ...]]], placed: dict[str, Numbers], version: str
) -> dict[str, tuple[Cell, ...]]:
    """The layout of each undecided row on which all solutions of the column equations agree."""
    known = placed.keys() | undecided.keys()
    equations = [e for e in _equations(version).columns if e.keys() <= known and e.keys() & undecided.keys()]
    lines = [line for line in undecided if any(line in equation for equation in equations)]
    if not lines or prod(len(undecided[line]) for line in lines) > MAX_COMBINATIONS:
        return {}
    solutions: list[tuple[tuple[Cell, ...], ...]] = []
    for combination in product(*(undecided[line] for line in lines)):
        numbers = placed | {
            line: [whole_number(c.text) for c in cells] for line, cells in zip(lines, combination, strict=True)
        }
        if all(_balances(equation, numbers) for equation in equations):
            solutions.append(combination)
    if len(solutions) != 1:
        return {}
    numbers = placed | {
        line: [whole_number(c.text) for c in cells] for line, cells in zip(lines, solutions[0], strict=True)
    }
    evaluated = [e for e in equations if _columns_told(e, numbers)]
    return {
        line: cells
        for line, cells in zip(lines, solutions[0], strict=True)
        if any(line in equation for equation in evaluated)
    }


def _columns_told(equation: dict[str, float], numbers: dict[str, Numbers]) -> list[list[int]]:
    """The columns in which every term of an equation is a number, in the order of its lines."""
    columns = zip(*(numbers[line] for line in equation), strict=True)
    return [[n for n in column if n is not None] for column in columns if None not in column]


def _balances(equation: dict[str, float], numbers: dict[str, Numbers]) -> bool:
    """Whether an equation holds in every column in which all its terms are numbers."""
    return all(
        sum(n * weight for n, weight in zip(column, equation.values(), strict=True)) == 0
        for column in _columns_told(equation, numbers)
    )

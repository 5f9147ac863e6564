"""Decide between the ways a row of 表三 can be laid out, by the equations that run through it.

A layout is accepted only when the row's own equation and at least one column equation can be evaluated, all hold, and
no other layout does as much: the row equation alone admits wrong readings (2.6 % in a trial), two crossing ones do not.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from ingest.forms.labels import forms
from ingest.forms.place import Placement
from ingest.forms.walk import Cell
from ingest.paths import REPO

if TYPE_CHECKING:
    from ingest.forms.recognise import _Found

_TERMS = REPO / "seeds" / "rules" / "reconciliation_rule_terms.csv"
_ROW_RULE = "T3-APPLICANTS"
_COLUMN_RULES = ("T3-BALANCE", "T3-OUTCOMES")


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


def _number(text: str) -> int | None:
    """A plain whole number; anything else proves nothing here."""
    stripped = text.strip()
    return int(stripped) if stripped.isascii() and stripped.isdigit() else None


def _holds(candidate: tuple[Cell, ...], line: str, placed: dict[str, list[int | None]], version: str) -> bool:
    numbers = [_number(cell.text) for cell in candidate]
    equations = _equations(version)
    codes = forms().columns(version, 3, line)
    weighted = [(n, equations.row[code]) for n, code in zip(numbers, codes, strict=True) if code in equations.row]
    if any(n is None for n, _ in weighted) or sum(n * w for n, w in weighted if n is not None):
        return False
    evaluated = 0
    for equation in equations.columns:
        if line not in equation:
            continue
        for i, own in enumerate(numbers):
            others = [(placed.get(other, [None] * len(codes))[i], w) for other, w in equation.items() if other != line]
            if own is None or any(n is None for n, _ in others):
                continue
            evaluated += 1
            if own * equation[line] + sum(n * w for n, w in others if n is not None):
                return False
    return evaluated > 0


def prove(found: list[_Found], version: str) -> list[_Found]:
    """The rows of 表三, with each undecided layout replaced by the only one the equations leave, if there is one."""
    placed = {
        item.line_code: [_number(cell.text) for cell in item.placement.cells] for item in found if item.placement.cells
    }
    proven = []
    for item in found:
        fitting = [c for c in item.placement.candidates if _holds(c, item.line_code, placed, version)]
        decided = item.placement.cells is None and len(fitting) == 1
        proven.append(replace(item, placement=Placement(fitting[0], "proof")) if decided else item)
    return proven

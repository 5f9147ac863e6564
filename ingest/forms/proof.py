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


def _judge(candidate: tuple[Cell, ...], line: str, placed: dict[str, list[int | None]], version: str) -> bool | None:
    """True where the row equation and a column equation hold, False where one fails, None where too little is told."""
    numbers = [_number(cell.text) for cell in candidate]
    equations = _equations(version)
    codes = forms().columns(version, 3, line)
    sums = [[(n, equations.row[code]) for n, code in zip(numbers, codes, strict=True) if code in equations.row]]
    for equation in equations.columns:
        if line in equation:
            for i, own in enumerate(numbers):
                others = [(placed[o][i] if o in placed else None, w) for o, w in equation.items() if o != line]
                sums.append([(own, equation[line]), *others])
    told = [all(n is not None for n, _ in terms) for terms in sums]
    if any(ok and sum(n * w for n, w in terms if n is not None) for ok, terms in zip(told, sums, strict=True)):
        return False
    return True if told[0] and any(told[1:]) else None


def prove(found: list[_Found], version: str) -> list[_Found]:
    """The rows of 表三, with each undecided layout replaced by the one that is proven while all others are refuted."""
    placed = {
        item.line_code: [_number(cell.text) for cell in item.placement.cells] for item in found if item.placement.cells
    }
    proven = []
    for item in found:
        verdicts = [_judge(c, item.line_code, placed, version) for c in item.placement.candidates]
        if verdicts.count(True) == 1 and verdicts.count(None) == 0:
            proof = Placement(item.placement.candidates[verdicts.index(True)], "proof")
            proven.append(replace(item, placement=proof))
        else:
            proven.append(item)
    return proven

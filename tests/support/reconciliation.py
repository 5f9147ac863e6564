"""Filled forms straight into raw.duckdb, the engine run on them, and the same rules worked out by hand in Python."""

from __future__ import annotations

import csv
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

import duckdb
import pyarrow as pa

from benchmarks.generate.forms import TOTAL, CellKey, applicants, form_lines, outcome_codes
from ingest import raw
from ingest.paths import REPO

Values = Mapping[CellKey, int | str]  # what is printed in each cell; '' is a blank, no entry no such cell

_TERMS = REPO / "seeds" / "rules" / "reconciliation_rule_terms.csv"
_ENGINE = ("+findings", "+suggested_corrections", "+rule_results")


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


def empty_form(version: str) -> dict[CellKey, int]:
    """A form of zeros."""
    return dict.fromkeys(full_form(version), 0)


def write_raw(path: Path, reports: Mapping[str, tuple[str, Values]]) -> None:
    """raw.duckdb as ``ingest load`` leaves it, with one report for every source path.

    Each is of an agency of its own, but ``name@2020`` and ``name@2021`` are reports of one for these years.
    """
    documents, tables, rows, offered = [], [], [], []
    agencies: dict[str, int] = {}
    for number, (source_path, (version, values)) in enumerate(reports.items(), start=1):
        name, _, year = source_path.partition("@")
        agency_no = agencies.setdefault(name, number)
        sha256 = hashlib.sha256(source_path.encode()).hexdigest()
        documents.append(
            {"document_id": number, "source_path": source_path, "sha256": sha256,
             "size_bytes": 1, "media_type": "text", "reader_version": "test", "revision_no": 1, "state": "read",
             "agency_name": f"第{agency_no}号机关", "fiscal_year": int(year or 2022), "scope": "own",
             "line_count": 1, "table_count": 3}
        )  # fmt: skip
        offered.append({"source_path": source_path, "sha256": sha256, "document_id": number})
        for table_no in (2, 3, 4):
            place = {"document_id": number, "form_version": version, "table_no": table_no}
            tables.append(place | {"version_evidence": "test", "first_line_no": 1, "last_line_no": 1})
            for line_no, line in enumerate(form_lines(version, table_no), start=1):
                texts = {
                    f"text_{k}": str(values[key]) for k, key in enumerate(line.cell_keys(), start=1) if key in values
                }
                label = {"line_code": line.line_code, "label_text": line.label, "label_evidence": "test"}
                rows.append(place | label | {"line_no": 100 * table_no + line_no} | texts)
    with raw.connect(path) as con:
        for name, records in (
            ("documents", documents), ("form_tables", tables), ("form_rows", rows), ("offered_files", offered)
        ):  # fmt: skip
            con.register("records", pa.Table.from_pylist(records, schema=_schema(con, name)))
            con.execute(f"insert into {name} from records")


def _schema(con: duckdb.DuckDBPyConnection, name: str) -> pa.Schema:
    return con.execute(f"from {name} limit 0").to_arrow_table().schema


def run_engine(data: Path) -> duckdb.DuckDBPyConnection:
    """dbt's seeds and models up to findings and suggestions, over ``data``/raw.duckdb; the build opened read-only."""
    command = [str(Path(sys.executable).with_name("dbt")), "build", "--select", *_ENGINE]
    command += ["--resource-type", "seed", "--resource-type", "model"]
    command += ["--target-path", str(data / "target"), "--log-path", str(data / "logs")]
    run = subprocess.run(
        command, cwd=REPO, env=os.environ | {"GONGKAI_DATA": str(data)}, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout[-4000:] + run.stderr[-4000:]
    return duckdb.connect(str(data / "build.duckdb"), read_only=True)


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
    others = {"COUNT"} | {t["rule_id"] for t in terms if t["year_offset"] != "0"}
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


def single_cell_repairs(version: str, values: Mapping[CellKey, int]) -> set[tuple[CellKey, int]]:
    """Every cell that alone mends all broken sums it hangs together with, and its new value; tried out one by one."""
    all_sums = equations(version)
    repairs = set()
    for group in _groups([e for e in all_sums if e.residue(values)]):
        for key in set.intersection(*(set(e.weights) for e in group)):
            change = -group[0].residue(values) // group[0].weights[key]
            changed = {**values, key: values[key] + change}
            around = [e for e in all_sums if key in e.weights]
            if changed[key] >= 0 and not any(e.residue(changed) for e in around):
                repairs.add((key, changed[key]))
    return repairs


def _groups(broken: Iterable[Equation]) -> list[list[Equation]]:
    """Broken sums joined by shared cells."""
    groups: list[list[Equation]] = []
    for equation in broken:
        touching = [g for g in groups if any(set(equation.weights) & set(e.weights) for e in g)]
        groups = [g for g in groups if g not in touching] + [[equation, *(e for g in touching for e in g)]]
    return groups

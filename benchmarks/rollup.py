"""``python -m benchmarks.rollup``: how long questions about regions take on a published build, such as the demo's.

Each is asked on a connection of its own, as a reader's first question would be, and then again. The clock is of
computing, all threads together: on a machine that does nothing else nobody waits longer. Exit code 1 where the median
takes longer than promised.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from statistics import median

import duckdb

from ingest.paths import data_dir

LIMIT_MS = 100.0
ROUNDS = 5
QUESTIONS = {
    "a region's computed report, all cells of a year": "from marts.region_rollup where region_agency_id = $1"
    " and fiscal_year = (select max(fiscal_year) from marts.region_rollup where region_agency_id = $1)",
    "declared against the members, all regions and years": "select region_agency_id, fiscal_year, declared_value,"
    " member_sum, reported_count, expected_member_count, comparison from marts.region_rollup"
    " where table_no = 3 and line_code = 'new' and column_code = 'total' and $1 is not null",
    "cells in which a region is not the sum of its members": "select region_agency_id, fiscal_year, count(*)"
    " from marts.region_rollup where comparison in ('above', 'below') and $1 is not null group by all",
    "who is missing in a region, year by year": "from marts.region_members where region_agency_id = $1"
    " and role_code <> 'counted'",
    "a fact added up by prefecture and year": "select prefecture_agency_id, fiscal_year, sum(new_count)"
    " from marts.fct_applications join marts.summable_reports using (report_id, fiscal_year)"
    " where prefecture_agency_id is not null and $1 is not null group by all",
}


def measure(path: Path) -> dict[str, tuple[float, float]]:
    """Milliseconds of computing by question: the first time, and the median of all."""
    with duckdb.connect(str(path), read_only=True) as con:
        # The first parameter has DuckDB import pandas, which is no part of any question.
        row = con.execute(
            "select region_agency_id from marts.region_rollup join marts.dim_agency on region_agency_id = agency_id"
            " where level_code = ? order by member_count desc, 1 limit 1",
            ["prefecture"],
        ).fetchone()
    if row is None:
        raise SystemExit(f"{path} holds no prefecture that anything is added up for: `make demo` builds one")
    return {question: _times(path, query, row[0]) for question, query in QUESTIONS.items()}


def _times(path: Path, query: str, region: str) -> tuple[float, float]:
    found = []
    with duckdb.connect(str(path), read_only=True) as con:
        for _ in range(ROUNDS):
            started = time.process_time()
            con.execute(query, [region]).fetchall()
            found.append(1000 * (time.process_time() - started))
    return found[0], median(found)


def main() -> int:
    """Ask the questions and print the times. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.rollup", description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=data_dir() / "demo", help="folder of a build (default data/demo)")
    pointer = parser.parse_args().data / "gongkai.duckdb"
    if not pointer.exists():
        parser.error(f"{pointer} is not there: `make demo-build` makes it, --data names another")
    found = measure(pointer.resolve())
    for question, (first, middle) in found.items():
        print(f"{middle:6.1f} ms  (first {first:6.1f} ms)  {question}")
    return int(max(middle for _, middle in found.values()) > LIMIT_MS)


if __name__ == "__main__":
    sys.exit(main())

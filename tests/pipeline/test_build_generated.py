"""Reports made by lot come out of the warehouse with the values they were made with, and without a false alarm.

The build runs every dbt test on reports of both forms, mixed ones too; the reports in the repository have only one.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import duckdb
import pytest

from benchmarks.generate import CellKey, Report, generate_reports
from ingest.load import load
from tests.support.warehouse import WITHOUT_UNIT_TESTS, Dbt

COUNT, SEED = 60, "warehouse"
ILLEGIBLE = {"unreadable", "missing"}  # what may become of a cell whose place the document does not tell


@pytest.fixture(scope="module")
def made() -> dict[str, Report]:
    first: dict[tuple[str, int], tuple[str, Report]] = {}  # a second report of the same organ and year is a duplicate
    for source_path, report in generate_reports(COUNT, SEED):
        first.setdefault((report.truth.identity.agency_name, report.truth.identity.fiscal_year), (source_path, report))
    return dict(first.values())


@pytest.fixture(scope="module")
def warehouse(
    dbt: Dbt, made: dict[str, Report], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[duckdb.DuckDBPyConnection]:
    folder = tmp_path_factory.mktemp("generated")
    for source_path, report in made.items():
        path = folder / "reports" / source_path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(report.data)
    load(folder / "reports", folder / "raw.duckdb")
    with duckdb.connect(dbt(folder, *WITHOUT_UNIT_TESTS), read_only=True) as con:
        yield con


def test_every_value_and_status_is_the_one_that_was_printed(warehouse, made: dict[str, Report]):
    found: dict[str, dict[CellKey, tuple[Decimal | None, str]]] = {}
    for path, table, line, column, value, status in warehouse.execute(
        "select source_path, table_no, line_code, column_code, value, value_status from marts.form_cells"
    ).fetchall():
        found.setdefault(path, {})[CellKey(table, line, column)] = (value, status)
    wrong = {}
    for path, report in made.items():
        for key, true in report.truth.cells.items():
            value, status = found[path].get(key, (None, "missing"))  # a lost table may follow the other form
            if (value, status) == (true.value, true.status) or (not true.is_readable and status in ILLEGIBLE):
                continue
            wrong[path, key] = (value, status, true)
    assert not wrong


def test_reports_that_add_up_have_no_finding(warehouse):
    """Everything made is consistent; rounded figures loosen their equations, lost and blank cells silence them."""
    assert warehouse.execute("select rule_id, source_path, equation_text from quality.findings").fetchall() == []


def test_who_reports_for_which_year_is_told(warehouse, made: dict[str, Report]):
    found = {
        path: (name, year)
        for path, name, year in warehouse.execute(
            "select source_path, agency_name, fiscal_year from quality.documents where status <> 'superseded'"
        ).fetchall()
    }
    whose = {
        path: (report.truth.identity.agency_name, report.truth.identity.fiscal_year) for path, report in made.items()
    }
    assert found == whose

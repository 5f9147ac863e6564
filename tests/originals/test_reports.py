"""Further original reports - web page, PDF, stripped text - cell by cell against the values a person read off them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from ingest.forms.labels import forms
from tests.originals.test_originals import originals
from tests.support.warehouse import build_warehouse, open_warehouse

# Glued digits that no equation parts: 19 cells of 表二 are refused; all else on these pages can be told by eye.
REFUSED = {"pingtan_2019": 19}
FILES = {
    "hongze_2023": "hongze_2023.pdf",
    "huaian_city_2024": "huaian_city_2024.pdf",
    "pingtan_2019": "pingtan_2019.txt",
    "shanghai_general_office_2019": "shanghai_general_office_2019.html",
    "shuyang_county_2025": "shuyang_county_2025.txt",
}
Key = tuple[int, str, str]


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    folder = originals().with_name("reports")
    if not folder.is_dir():
        pytest.fail(f"{folder} is not there; set GONGKAI_SHARED to the folder that holds reports/", pytrace=False)
    with open_warehouse(build_warehouse(folder, tmp_path_factory.mktemp("further"))) as con:
        yield con


@dataclass(frozen=True)
class Want:
    """The checked value of every cell of a report; None where none is printed."""

    cells: dict[Key, Decimal | None]
    agency: str
    fiscal_year: int


def wanted(slug: str) -> Want:
    path = originals().with_name("reports") / "expected" / f"{slug}.json"
    checked: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal, parse_int=Decimal)
    values = {
        2: [cell["value"] for cell in checked["table2"]],
        3: [value for row in checked["table3"]["rows"] for value in row["values"]],
        4: checked["table4"]["values"],
    }
    cells: dict[Key, Decimal | None] = {}
    for table_no, found in values.items():
        by_size = {
            sum(map(len, table.columns.values())): table
            for (_, number), table in forms().tables.items()
            if number == table_no
        }
        keys = [(table_no, line, column) for line, columns in by_size[len(found)].columns.items() for column in columns]
        cells |= dict(zip(keys, found, strict=True))
    return Want(cells, checked["agency"], int(checked["fiscal_year"]))


@pytest.mark.parametrize("slug", FILES)
def test_no_cell_is_wrong_none_is_made_up_and_all_that_can_be_told_are_read(con: duckdb.DuckDBPyConnection, slug: str):
    want = wanted(slug)
    rows = con.execute(
        "select table_no, line_code, column_code, value, value_status from marts.form_cells where source_path = ?",
        [FILES[slug]],
    ).fetchall()
    found = {(table_no, line, column): (value, status) for table_no, line, column, value, status in rows}
    assert len(rows) == len(found)
    assert set(found) == set(want.cells)

    def verdict(key: Key) -> str:
        value, status = found[key]
        if status == "unreadable":
            return "refused"
        return "right" if value == want.cells[key] else "wrong"

    told = Counter(verdict(key) for key in found)
    assert told == Counter(right=len(found) - REFUSED.get(slug, 0), refused=REFUSED.get(slug, 0))


@pytest.mark.parametrize("slug", FILES)
def test_a_report_is_taken_in_for_its_year(con: duckdb.DuckDBPyConnection, slug: str):
    status, year = con.execute(
        "select status, fiscal_year from quality.documents where source_path = ?", [FILES[slug]]
    ).fetchone()
    assert (status, year) == ("accepted", wanted(slug).fiscal_year)


def test_a_list_of_indicators_of_earlier_years_is_set_aside(con: duckdb.DuckDBPyConnection):
    found = con.execute(
        "select status, reason_code from quality.documents where source_path = 'pingtan_2018_oldformat.txt'"
    ).fetchone()
    assert found == ("set_aside", "old_indicator_list")


def test_the_sums_that_do_not_add_up_are_found_and_no_others(con: duckdb.DuckDBPyConnection):
    """Looked up on the page images: 洪泽 prints 0 as the total of two routes of 表四."""
    assert con.execute(
        "select source_path, rule_id, line_code, equation_text from quality.findings order by all"
    ).fetchall() == [
        ("hongze_2023.pdf", "T4-TOTAL", "litigation_after_reconsideration", "5+0+0+0 ≠ 0 (差 5)"),
        ("hongze_2023.pdf", "T4-TOTAL", "reconsideration", "10+1+0+0 ≠ 0 (差 11)"),
    ]

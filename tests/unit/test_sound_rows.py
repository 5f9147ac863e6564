"""The dbt test that says of a model's rows what must hold: every kind of fault comes out, and nothing else."""

import re

import duckdb
import jinja2
import pytest

from ingest.paths import REPO

HOLDS = {
    "unique": [["id"], ["year", "scope"]],
    "not_null": ["year"],
    "one_of": {"scope": ["own", "unknown"]},
    "found_in": {"year": {"to": "years", "field": "year"}},
}
NOTHING = {"unique": [], "numbered": [], "not_null": [], "one_of": {}, "found_in": {}}
SOUND = "(1, 2020, 'own'), (2, 2020, 'unknown'), (null, 2021, 'own'), (null, 2021, null)"


def faults(rows: str, **holds: object) -> list[tuple[str, str]]:
    """What the test finds in rows of (id, year, scope)."""
    text = (REPO / "tests/dbt/generic/sound_rows.sql").read_text(encoding="utf-8")
    body = re.search(r"{% test .*?%}(.*){% endtest %}", text, re.DOTALL)[1]
    with duckdb.connect() as con:
        con.execute("create table years as select * from (values (2020), (2021)) as listed (year)")
        con.execute(f"create table rows as select * from (values {rows}) as listed (id, year, scope)")
        sql = jinja2.Template(body).render(model="rows", **(NOTHING | (holds or HOLDS)))
        return sorted(con.execute(sql).fetchall())


def test_rows_that_hold_have_no_fault():
    assert faults(SOUND) == []


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("(1, 2021, 'unknown')", ("id: not unique", "1")),
        ("(3, 2020, 'own')", ("year, scope: not unique", "2020 | own")),
        ("(3, null, 'own')", ("year: null", "3 | own")),
        ("(3, 2021, 'all')", ("scope: no such code", "all")),
        ("(3, 2019, 'own')", ("year: not in years.year", "2019")),
    ],
)
def test_each_fault_comes_out(row: str, found: tuple[str, str]):
    assert faults(f"{SOUND}, {row}") == [found]


@pytest.mark.parametrize("row", ["(32, 2020, 'own')", "(null, 2020, 'own')"])
def test_a_number_that_comes_twice_or_is_none_comes_out(row: str):
    rows = ", ".join(f"({number}, 2020, '{scope}')" for scope in ("own", "unknown") for number in range(100))
    numbered = [["year", "scope", "id"]]
    assert faults(rows, numbered=numbered) == []
    (fault,) = faults(f"{rows}, {row}", numbered=numbered)
    assert fault[0] == "year, scope, id: not unique"
    assert fault[1].startswith("2020 | own | ")

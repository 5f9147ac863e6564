"""Each rule of the prose holds, is broken and proves nothing where it should. One dbt run for all sentences."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from benchmarks.generate.forms import CellKey
from benchmarks.sums import full_form
from tests.support.prose import PROSE, TOLD_OF_REPAIRS, WRONG, prose
from tests.support.reconciliation import PROSE_ENGINE, run_engine, write_raw
from tests.support.warehouse import Dbt


@pytest.fixture(scope="module")
def con(dbt: Dbt, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    data = tmp_path_factory.mktemp("prose")
    full = full_form("2021")
    lost = full | {key: "" for key in full if key.line_code == "new"}
    told = {path: ("2021", lost if path.startswith("lost/") else full) for path in prose()}
    told |= {f"repairs/{name}": ("2021", values) for name, (values, *_) in TOLD_OF_REPAIRS.items()}
    said = {f"repairs/{name}": text for name, (_, text, *_) in TOLD_OF_REPAIRS.items()}
    write_raw(data / "raw.duckdb", told, prose() | said)
    with run_engine(dbt, data, PROSE_ENGINE) as connection:
        yield connection


def claims_of(con: duckdb.DuckDBPyConnection, path: str, rule: str) -> list[str]:
    """What came of the claims of a rule in one report."""
    query = (
        "select c.verdict from quality.narrative_claims as c join intermediate.int_documents__reports using (report_id)"
        " where source_path = ? and c.rule_id = ?"
    )
    return [verdict for (verdict,) in con.execute(query, [path, rule]).fetchall()]


def findings(con: duckdb.DuckDBPyConnection, path: str) -> list[tuple[str, str]]:
    """Rule and equation of every finding of a report."""
    query = "select rule_id, equation_text from quality.findings where source_path = ? order by all"
    return con.execute(query, [path]).fetchall()


@pytest.mark.parametrize("rule", PROSE)
def test_the_prose_is_held_against_every_admissible_reading(con: duckdb.DuckDBPyConnection, rule: str):
    holding, (_, equation), unsure = PROSE[rule]
    for n in range(len(holding)):
        assert set(claims_of(con, f"holds/{rule}/{n}", rule)) == {"pass"}, holding[n]
        assert findings(con, f"holds/{rule}/{n}") == []
    assert findings(con, f"broken/{rule}") == [(rule, equation)]
    for n in range(len(unsure)):
        assert claims_of(con, f"unsure/{rule}/{n}", rule) in (["not_evaluable"], ["pass", "not_evaluable"]), unsure[n]
        assert findings(con, f"unsure/{rule}/{n}") == []


def test_a_claim_about_cells_without_a_figure_proves_nothing(con: duckdb.DuckDBPyConnection):
    assert claims_of(con, "lost/NT-RECEIVED", "NT-RECEIVED") == ["not_evaluable"]
    assert not [rule for rule, _ in findings(con, "lost/NT-RECEIVED") if rule.startswith("NT-")]


@pytest.mark.parametrize("name", TOLD_OF_REPAIRS)
def test_the_prose_may_confirm_a_repair_but_makes_none_and_none_unique(con: duckdb.DuckDBPyConnection, name: str):
    _, _, verdicts, confirmed = TOLD_OF_REPAIRS[name]
    found = con.execute(
        "select distinct c.table_no, c.line_code, c.column_code, c.prose_verdict, c.is_unique, c.proof,"
        " c.candidate_no = g.confirmed_candidate_no from quality.suggested_corrections as c"
        " join quality.finding_groups as g using (group_id) where c.source_path = ?",
        [f"repairs/{name}"],
    ).fetchall()
    assert {CellKey(*row[:3]): row[3] for row in found if row[3] != "silent"} == verdicts
    assert [CellKey(*row[:3]) for row in found if row[6]] == ([confirmed] if confirmed else [])
    assert len(found) == (5 if WRONG is TOLD_OF_REPAIRS[name][0] else 1)
    assert {row[4] for row in found} == {len(found) == 1}
    assert all(("正文第 1 行所称" in row[5]) == (row[3] != "silent") for row in found)

"""``audit``: every verdict worked out again from the published cells, and what it is not fooled by.

That the verdicts are the engine's on reports full of faults is shown in test_reconciliation, where those are built.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import duckdb
import pytest

from ingest.__main__ import main
from ingest.checks.reconciliation import Outcome, audit
from ingest.checks.summary import page
from tests.support.audit import copy_of
from tests.support.warehouse import open_warehouse


@pytest.fixture
def con(built_reports: Path) -> duckdb.DuckDBPyConnection:
    """A published build that may be tampered with."""
    return copy_of(built_reports)


@pytest.fixture(scope="module")
def honest(built_reports: Path) -> Outcome:
    return audit(copy_of(built_reports), size=2)


def test_verdicts_are_the_engines_on_the_five_reports(honest: Outcome, con: duckdb.DuckDBPyConnection):
    assert (honest.reports, honest.differing, honest.differences) == (5, 0, [])
    asked = con.execute("select count(*) from quality.rule_results").fetchone()[0]
    uncovered = con.execute(
        "select count(*) from quality.rule_results where list_contains(?, rule_id)", [honest.not_covered]
    ).fetchone()[0]
    assert sum(sum(counts.values()) for counts in honest.counts.values()) == asked - uncovered > 1000
    assert {rule for rule, counts in honest.counts.items() if counts["fail"]} == {
        "T3-APPLICANTS", "T3-BALANCE", "T4-TOTAL", "PL-RULES", "PL-UNIT"
    }  # fmt: skip


def test_every_rule_that_is_a_sum_over_cells_is_covered(honest: Outcome, con: duckdb.DuckDBPyConnection):
    of_cells = {rule for (rule,) in con.execute("select distinct rule_id from reference.rule_terms").fetchall()}
    assert of_cells - set(honest.counts) == of_cells & set(honest.not_covered)
    assert {"T3-BALANCE", "T3-OUTCOMES", "T3-APPLICANTS", "T4-TOTAL", "T2-SIGN", "COUNT", "PL-RULES", "PL-UNIT",
            "XY-CARRY", "XY-ITEMS", "XY-PUBLISHED", "XY-INFORCE"} <= set(honest.counts)  # fmt: skip


def test_a_verdict_that_the_cells_do_not_bear_out_is_caught(
    built_reports: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    """A failure turned into a pass, one deleted, a figure changed, a verdict nobody asked for, a cell changed later."""
    con = copy_of(built_reports, file=tmp_path / "gongkai.duckdb")
    con.execute("update quality.rule_results set verdict = 'pass' where rule_id = 'T4-TOTAL' and verdict = 'fail'")
    con.execute("delete from quality.rule_results where rule_id = 'T3-BALANCE' and verdict = 'fail'")
    con.execute(
        "update quality.rule_results set right_value = 222 where rule_id = 'T3-APPLICANTS' and verdict = 'fail'"
    )
    con.execute(
        "insert into quality.rule_results select * replace ('fees' as line_code) from quality.rule_results"
        " where rule_id = 'PL-RULES' and verdict = 'fail'"
    )
    con.execute(
        "update marts.form_cells set value = value + 1 where table_no = 4 and line_code = 'direct_litigation'"
        " and column_code = 'total' and source_path like '%003_shishi%'"
    )
    con.close()
    assert main(["audit", "--data", str(tmp_path)]) == 2
    assert "6 verdicts are not the engine's" in capsys.readouterr().err
    (text,) = [path.read_text(encoding="utf-8") for path in (tmp_path / "audit").iterdir()]
    differing = text.partition("与引擎不一致之处")[2]
    assert sorted(re.findall(r"<td>([A-Z][A-Z0-9]*(?:-[A-Z]+)?)</td>", differing)) == [
        "COUNT", "PL-RULES", "T3-APPLICANTS", "T3-BALANCE", "T4-TOTAL", "T4-TOTAL"
    ]  # fmt: skip


def test_figures_beyond_64_bits_stay_exact(con: duckdb.DuckDBPyConnection):
    """A difference of one between figures of eighteen digits, and a bound of some 10^26."""
    con.execute(
        "update marts.form_cells set value = case column_code when 'total' then 900000000000000001"
        " when 'upheld' then 900000000000000000 else 0 end where table_no = 4 and line_code = 'direct_litigation'"
        " and source_path like '%002_anxi%'"
    )
    con.execute("update marts.form_cells set value = 900000000000000000 where column_code = 'procurement_projects'")
    outcome = audit(con, size=5)
    (failure,) = outcome.failures["T4-TOTAL"]
    assert failure["left_side"] - failure["right_side"] == -2_000_000
    assert outcome.counts["PL-UNIT"]["fail"] + outcome.counts["PL-UNIT"]["not_evaluable"] == 5


class _Outside(HTMLParser):
    """Collects whatever a browser would fetch or run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "link", "img", "iframe") or any(name in ("src", "href") for name, _ in attrs):
            self.found.append(tag)


def test_the_summary_reads_offline_and_names_file_and_line(
    honest: Outcome, built_reports: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert main(["audit", "--data", str(built_reports.parent), "--output", str(tmp_path)]) == 0
    (text,) = [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()]
    with open_warehouse(built_reports) as published:
        assert page(published, honest) == text, "another size of batches, the same page"
    outside = _Outside()
    outside.feed(text)
    assert outside.found == []
    assert not re.search(r"url\(|@import|https?:", text)
    assert '<html lang="zh-CN">' in text
    assert "2020/002_anxi.txt 第328行" in text
    assert "0+0+0+0 ≠ 5 (差 −5)" in text
    assert re.search(r"S-[0-9a-f]{12}", text)
    assert "T4-TOTAL       14 pass, 1 fail" in capsys.readouterr().out


def test_without_a_build_it_says_what_to_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["audit", "--data", str(tmp_path)]) == 2
    assert "run `make build`" in capsys.readouterr().err

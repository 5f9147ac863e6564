"""The page of data and methods: every rule, metric, table and column has its entry, and links lead to it."""

from __future__ import annotations

import duckdb
from playwright.sync_api import expect

from tests.dashboard.conftest import Visit


def test_every_rule_metric_table_and_column_has_an_entry(visit: Visit, sql: duckdb.DuckDBPyConnection) -> None:
    page = visit.open("/method?table=marts.region_rollup")
    ids = set(page.evaluate("() => [...document.querySelectorAll('details.entry')].map((entry) => entry.id)"))
    rules = {f"rule-{rule}" for (rule,) in sql.execute("select rule_id from reference.rules").fetchall()}
    metrics = {f"metric-{metric}" for (metric,) in sql.execute("select metric_id from reference.metrics").fetchall()}
    assert ids == rules | metrics
    named = set(page.locator("#tables tbody th").all_inner_texts())
    assert named == {
        f"{schema}.{table}"
        for schema, table in sql.execute(
            "select schema_name, table_name from meta.tables where schema_name <> 'intermediate'"
        ).fetchall()
    }
    build, tests = sql.execute("select build_id, test_count from meta.build").fetchone()
    expect(page.locator("#build")).to_contain_text(build)
    expect(page.locator("#build")).to_contain_text(f"共 {tests:,} 项检验")
    columns = sql.execute(
        """
        select column_name, comment from duckdb_columns()
        where schema_name = 'marts' and table_name = 'region_rollup' order by column_index
        """
    ).fetchall()
    rows = page.locator(".stElementContainer:has(.gk table.dictionary)").last.locator("tbody tr")
    expect(rows).to_have_count(len(columns))
    shown = [row.split("\t") for row in rows.all_inner_texts()]
    assert [name for name, *_ in shown] == [name for name, _ in columns]
    assert all(comment.startswith(f"{meaning} · ") for (_, comment), (*_, meaning) in zip(columns, shown, strict=True))
    visit.assert_clean()

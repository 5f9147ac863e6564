"""The page of data and methods: every rule, metric, table and column has its entry, and links lead to it."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

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


def test_a_search_finds_rules_metrics_and_columns(visit: Visit) -> None:
    page = visit.open("/method")
    page.get_by_label("在指标、规则、表和列中查找").fill("结转")
    page.keyboard.press("Enter")
    expect(page.locator("#rule-XY-CARRY")).to_have_count(1)
    expect(page.locator("#metric-carry_over_rate")).to_have_count(1)
    expect(page.locator("#rule-PL-RULES")).to_have_count(0)
    expect(page.locator("#columns tbody th", has_text="marts.agency_year.carried_in_count").first).to_be_visible()
    assert parse_qs(urlsplit(page.url).query)["q"] == ["结转"]


def test_the_id_of_a_rule_leads_to_its_entry(visit: Visit) -> None:
    page = visit.open("/reconciliation?agency=350582")
    page.locator("article.finding a.rule-id", has_text="T3-BALANCE").first.click()
    page.wait_for_url("**/method?**")
    visit.drawn()
    entry = page.locator("#rule-T3-BALANCE")
    expect(entry).to_have_attribute("open", "")
    expect(entry).to_be_in_viewport()
    expect(entry).to_contain_text("国办公开办函")
    visit.assert_clean()

"""The pages through the years: what they show is what SQL says, with its coverage, its doubts and its gaps."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import duckdb
import pytest
from playwright.sync_api import Locator, expect

from dashboard import i18n, warehouse
from dashboard.components import history
from dashboard.components.charts import plain
from dashboard.components.page import Page
from tests.dashboard.conftest import Visit, asked


def figure(cell: Locator) -> Decimal:
    """The number a cell begins with."""
    found = re.match(r"[−\d,.]+", cell.inner_text().strip())
    assert found, cell.inner_text()
    return Decimal(found[0].replace(",", "").replace("−", "-"))


def test_applications_of_an_agency_are_those_of_its_form(visit: Visit, sql: duckdb.DuckDBPyConnection) -> None:
    page = visit.open("/applications?of=agency&agency=350582&year=2020")
    lines = sql.execute(
        """
        select line_code, total_count
        from marts.fct_printed_totals
        inner join marts.dim_outcome on line_code = outcome_code and outcome_code not in ('granted', 'partial', 'other')
        where agency_id = '350582'
        """
    ).fetchall()
    assert len(lines) > 15
    for line, count in lines:
        assert figure(page.locator(f"table.grounds tr[data-line={line}] td").first) == count, line
    denied, new = sql.execute(
        "select denied_count, new_count from marts.agency_year where agency_id = '350582'"
    ).fetchone()
    assert figure(page.locator("table.grounds tr[data-line=denied] td").first) == denied
    cell = page.locator("tr[data-year='2020'] td[data-series=new_count]")
    assert figure(cell) == new
    expect(cell.locator(".mark")).to_have_attribute("title", "215+0+0+1+3+3 ≠ 231 (差 −9)")
    visit.assert_clean()


def test_applications_of_a_region_say_of_how_many_members(visit: Visit, sql: duckdb.DuckDBPyConnection) -> None:
    count, known, expected = sql.execute(
        """
        select numerator, reported_count, expected_count
        from marts.region_year
        where region_agency_id = '350500' and member_level_code = 'all' and metric_id = 'new_count'
        """
    ).fetchone()
    page = visit.open("/applications?of=region&region=350500")
    cell = page.locator("tr[data-year='2020'] td[data-series=new_count]")
    assert figure(cell) == count
    expect(cell.locator(".fraction")).to_have_text(f"{known}/{expected}")
    cell.get_by_role("link").click()
    page.wait_for_url("**/regions?**")
    visit.drawn()
    assert parse_qs(urlsplit(page.url).query)["region"] == ["350500"]
    visit.assert_clean()


def test_what_a_report_lacks_is_a_word_and_no_bar(visit: Visit) -> None:
    page = visit.open("/applications?of=agency&agency=350881108")
    expect(page.locator("tr[data-year='2020'] td[data-series=new_count] .is-missing")).to_have_text("缺失")
    expect(page.locator("[class*=st-key-chart-outcomes] svg", has_text="缺失")).to_have_count(1)
    visit.assert_clean()


def test_each_form_of_the_proactive_table_has_its_own_panel(visit: Visit, sql: duckdb.DuckDBPyConnection) -> None:
    page = visit.open("/proactive?of=agency&agency=350881")
    cells = sql.execute(
        "select item_code, measure_code, value from marts.fct_proactive_items where agency_id = '350881'"
    ).fetchall()
    shown = page.locator("tr[data-year='2020'] td[data-series]")
    assert {shown.nth(number).get_attribute("data-series") for number in range(shown.count())} == {
        f"{item}.{measure}" for item, measure, _ in cells
    }
    for item, measure, value in cells:
        assert figure(page.locator(f"td[data-series='{item}.{measure}']").first) == value, (item, measure)
    amount = page.locator("td[data-series='procurement.procurement_amount'] .mark")
    expect(amount).to_have_text("询")
    assert page.get_by_text("所选范围内没有用此式样的年份").count() == 4
    visit.assert_clean()


def test_what_the_prose_counts_stands_with_its_sentence(visit: Visit, sql: duckdb.DuckDBPyConnection) -> None:
    said = sql.execute(
        """
        select measure_code, category_code, value, sentence, line_no
        from marts.fct_narrative_figures
        where agency_id = '350881' and measure_code = 'disclosures_by_category'
        """
    ).fetchall()
    assert len(said) == 11
    page = visit.open("/proactive?of=agency&agency=350881")
    page.locator("details.sentences summary").click()
    for measure, category, value, sentence, line in said:
        row = page.locator(f"tr[data-measure={measure}][data-category={category}] td").first
        assert figure(row) == value
        quoted = page.locator("details.sentences figure", has_text=sentence)
        expect(quoted).to_contain_text(f"第 {line} 行")
    visit.assert_clean()


def test_disputes_are_those_of_the_form_and_a_wrong_sum_is_marked(visit: Visit, sql: duckdb.DuckDBPyConnection) -> None:
    page = visit.open("/disputes?of=agency&agency=350524")
    found = sql.execute("select route_code, result_code, case_count from marts.fct_disputes where agency_id = '350524'")
    for route, result, count in found.fetchall():
        cell = page.locator(f"[class*=st-key-chart-results-{route}] tr[data-bar='2020'] td[data-series={result}]")
        page.evaluate("for (const fold of document.querySelectorAll('details.figures')) fold.open = true")
        assert figure(cell) == count, (route, result)
    # The form prints 0+0+0+0 and 5 as their total: no rate of no cases, and the equation is told.
    cell = page.locator("tr[data-year='2020'] td[data-series=direct_litigation]")
    expect(cell.locator(".mark")).to_have_attribute("title", "0+0+0+0 ≠ 5 (差 −5)")
    expect(page.locator("[class*=st-key-chart-corrected-direct] .is-no_cases")).to_have_text("无件")
    visit.assert_clean()


def test_the_interval_of_a_correction_rate_is_wilsons(sql: duckdb.DuckDBPyConnection) -> None:
    query = (warehouse.QUERIES / "disputes/cases_agencies.sql").read_text(encoding="utf-8")
    reports = [report for (report,) in sql.execute("select report_id from marts.dim_report").fetchall()]
    agencies = [agency for (agency,) in sql.execute("select agency_id from marts.dim_report").fetchall()]
    years = {"first_year": 2019, "last_year": 2024}
    asked = {**years, "few_cases": 1, "agency_ids": agencies, "report_ids": reports}
    found = sql.execute(
        f"select corrected, decided, correction_rate, low, high from ({query.replace(';', '')}) where decided > 0",
        asked,
    ).fetchall()
    assert found
    for corrected, decided, rate, low, high in found:
        n, p, z = float(decided), float(corrected / decided), 1.96
        middle, half = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        bounds = [(middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n)]
        assert [rate, low, high] == pytest.approx([p, *bounds])


def test_sums_of_regions_leave_out_amounts_without_a_unit_and_say_what_is_doubtful(
    sql: duckdb.DuckDBPyConnection,
) -> None:
    def items(region: str) -> dict[str, warehouse.Row]:
        rows = asked(sql, "proactive/items_regions", region_ids=[region], first_year=2020, last_year=2020)
        return {f"{row['item_code']}.{row['measure_code']}": row for row in rows}

    declared = items("350582")
    amount = declared["procurement.procurement_amount"]
    assert (amount["figure"], amount["figure_status"]) == (None, "unstated")
    assert amount["printed_value"] == Decimal("249887966.42")
    rules = declared["government_rules.made"]
    assert (rules["severity"], rules["doubt_text"]) == ("soft", "49+49+87 > 0 (差 185)")
    summed = items("350000")["government_rules.made"]
    assert (summed["is_doubtful"], summed["doubtful_count"], summed["doubt_text"]) == (True, 1, None)
    assert items("350581")["government_rules.made"]["is_doubtful"] is False


def test_the_profile_shows_the_years_and_what_came_of_the_prose(visit: Visit, sql: duckdb.DuckDBPyConnection) -> None:
    page = visit.open("/profile?agency=350582")
    years = sql.execute("select fiscal_year, new_count, closed_count from marts.agency_year where agency_id = '350582'")
    for year, new, closed in years.fetchall():
        row = page.locator(f"table.history tr[data-year='{year}']")
        assert figure(row.locator("[data-measure-of=new_count]")) == new
        assert figure(row.locator("[data-measure-of=closed_count]")) == closed
    claims = sql.execute(
        """
        select claim_id, claimed_value, verdict
        from quality.narrative_claims
        inner join marts.dim_report using (report_id)
        where agency_id = '350582'
        """
    ).fetchall()
    words = {"pass": "相符", "fail": "不符", "not_evaluable": "不能断定"}
    assert "fail" in {verdict for _, _, verdict in claims}
    for claim, value, verdict in claims:
        row = page.locator(f"tr[data-claim='{claim}']")
        assert figure(row.locator("td.number").first) == value
        expect(row.locator(f".claim-{verdict}")).to_contain_text(words[verdict])
    visit.assert_clean()


_REVISED = {
    "profile/revisions": [
        {"revision_no": 1, "published_on": None, "source_path": "a.txt", "sha256": "", "cells_changed": 1}
    ],
    "profile/revision_cells": [
        {
            "from_revision_no": 1,
            "to_revision_no": 2,
            "table_no": 3,
            "line_code": "new",
            "column_code": "total",
            "line_label_zh": "新收",
            "column_label_zh": "总计",
            "old_value": None,
            "old_status": "blank",
            "new_value": Decimal(0),
            "new_status": "reported",
        }
    ],
}


class Revised:
    """A build in which a report has one earlier revision; its later one fills a blank."""

    def rows(self, query: str, **parameters: object) -> list[dict[str, object]]:
        return _REVISED[query]


def test_a_revision_that_fills_a_blank_with_zero_says_blank_and_zero() -> None:
    report = {"report_id": 1, "agency_id": "a", "fiscal_year": 2020, "scope": "own"}
    shown = plain(history.revisions(Page(Revised(), i18n.texts("zh")), report))
    assert "空白→0" in shown
    assert "第 1 版 → 第 2 版" in shown

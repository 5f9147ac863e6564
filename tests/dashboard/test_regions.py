"""The page of regions: who reported of how many, what was declared beside the sum of the members, and why not."""

from __future__ import annotations

from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import duckdb
from playwright.sync_api import expect

from dashboard import i18n
from tests.dashboard.conftest import Visit, asked


def figure(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace("−", "-"))


def test_a_region_tells_how_many_of_its_organs_reported(visit: Visit, sql: duckdb.DuckDBPyConnection) -> None:
    for region in ("350881", "350500"):
        reported, expected = sql.execute(
            """
            select sum(report_count), sum(expected_count)
            from marts.region_coverage
            where division_code = ? and fiscal_year = 2020
            """,
            [region],
        ).fetchone()
        page = visit.open(f"/regions?region={region}&year=2020")
        expect(page.locator("tr.totals td[data-year='2020'] b")).to_have_text(f"{reported}/{expected}")
        assert page.locator("h1 + .lead b").all_inner_texts() == [str(expected), str(reported)]
    visit.assert_clean()


def test_every_cell_is_declared_and_added_up_as_sql_says(visit: Visit, sql: duckdb.DuckDBPyConnection) -> None:
    page = visit.open("/regions?region=350881&year=2020&view=rollup&cells=all")
    shown = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll("td[data-cell]")].map((cell) => [
            cell.dataset.cell,
            [cell.querySelector("a")?.textContent ?? null, cell.querySelector(".known")?.textContent ?? null,
             [...cell.classList].find((name) => name.startsWith("roll-"))]]))"""
    )
    cells = sql.execute(
        """
        select table_no, line_code, column_code, declared_value, comparison,
            case when member_sum_status <> 'complete' then reported_count || '/' || expected_member_count end
        from marts.region_rollup
        where region_agency_id = '350881' and fiscal_year = 2020
        """
    ).fetchall()
    assert len(shown) == len(cells)
    assert page.locator("td.is-short").count() == 0, "−156 items less than before, with 16 members absent, is no doubt"
    for table_no, line, column, declared, comparison, known in cells:
        text, shown_known, look = shown[f"{table_no}.{line}.{column}"]
        assert (None if text is None else figure(text)) == declared
        assert (shown_known, look) == (known, f"roll-{comparison}")


def test_a_headline_is_told_with_its_members_and_the_reason(visit: Visit) -> None:
    page = visit.open("/regions?region=350881&year=2020&view=rollup")
    closed = page.locator("tr[data-cell='3.closed.total']")
    assert closed.locator("td").all_inner_texts()[:4] == ["25", "0", "1/17", "25"]
    expect(closed).to_contain_text("成员不全，大于属正常（未计：未到 16）")
    received = page.locator("tr[data-cell='3.new.total']")
    expect(received).to_contain_text("无数")  # the page of 西园镇 that has it is lost: no zero is made up
    expect(received).to_contain_text("成员报告该格均无数")
    expect(page.locator("tr[data-role=missing]")).to_have_count(16)
    expect(page.locator("tr[data-role=counted]")).to_contain_text("西园镇")


def test_coverage_counted_by_the_tree_is_that_of_region_coverage(sample_prefecture: duckdb.DuckDBPyConnection) -> None:
    counted = asked(sample_prefecture, "regions/regions", is_sample=True)
    told = {
        (code, year): counts
        for code, year, *counts in sample_prefecture.execute(
            """
            select division_code, fiscal_year, sum(expected_count), sum(report_count), sum(late_count),
                sum(missing_count), sum(set_aside_count)
            from marts.region_coverage where is_sample group by all
            """
        ).fetchall()
    }
    compared = {
        (region["agency_id"], row["fiscal_year"]): [
            row[name] for name in ("expected_count", "report_count", "late", "missing", "set_aside")
        ]
        for region in counted
        for row in asked(sample_prefecture, "regions/coverage", region=region["agency_id"])
    }
    assert told
    assert {key: compared[key] for key in told} == told


def test_whoever_is_late_or_set_aside_is_listed_with_the_reason(sample_prefecture: duckdb.DuckDBPyConnection) -> None:
    t = i18n.texts("zh")
    start = next(
        row["agency_id"] for row in asked(sample_prefecture, "regions/regions", is_sample=True) if row["is_start"]
    )
    listed = {}
    for row in asked(sample_prefecture, "regions/years", is_sample=True):
        for organ in asked(
            sample_prefecture,
            "regions/outstanding",
            region=start,
            fiscal_year=row["fiscal_year"],
            status=None,
            row_limit=1000,
            row_offset=0,
        ):
            listed[organ["agency_id"], row["fiscal_year"]] = (organ["status"], organ["days_late"], organ["reason_code"])
    expected = {
        (agency, year): (status, days, reason)
        for agency, year, status, days, reason in sample_prefecture.execute(
            """
            select agency_id, fiscal_year, status, days_late, reason_code
            from marts.reporting_status where is_sample and status <> 'reported'
            """
        ).fetchall()
    }
    assert listed == expected
    reasons = {reason for status, _, reason in listed.values() if status == "set_aside"}
    assert reasons
    assert all(t.known("reason", reason) != reason for reason in reasons)


def test_metrics_of_a_region_are_those_of_region_year(visit: Visit, sql: duckdb.DuckDBPyConnection) -> None:
    page = visit.open("/regions?region=350000&year=2020&view=figures")
    for metric, numerator, denominator, reported, expected in sql.execute(
        """
        select metric_id, numerator, denominator, reported_count, expected_count
        from marts.region_year
        where region_agency_id = '350000' and fiscal_year = 2020 and member_level_code = 'all'
            and status = 'partial'
        """
    ).fetchall():
        row = page.locator(f"tr[data-metric={metric}]")
        expect(row).to_contain_text(f"成员相加 {reported}/{expected}")
        shown = f"{numerator:,.0f}" if denominator is None else f"{numerator:,.0f}/{denominator:,.0f}"
        expect(row.locator("td").first).to_contain_text(shown)
    visit.assert_clean()


def test_another_filter_begins_at_the_first_page_of_its_list(visit: Visit, sql: duckdb.DuckDBPyConnection) -> None:
    (missing, everybody) = sql.execute(
        """
        select count(*) filter (role_code = 'missing'), count(*)
        from marts.region_members where region_agency_id = '350000' and fiscal_year = 2020
        """
    ).fetchone()
    page = visit.open("/regions?region=350000&year=2020&view=rollup&members_page=2")
    expect(page.locator("tr[data-role]")).to_have_count(everybody - 25)
    page.get_by_role("radio", name="未见报告").click()
    expect(page.locator("tr[data-role]")).to_have_count(missing)
    expect(page.locator("tr[data-role=missing]")).to_have_count(missing)
    assert "members_page" not in parse_qs(urlsplit(page.url).query)

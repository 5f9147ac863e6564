"""The overview: how a year went against the one before, how complete it is, and what waits."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from math import isclose

import duckdb
from playwright.sync_api import expect

from dashboard import warehouse
from tests.dashboard.conftest import Visit, asked


def test_years_are_compared_over_the_same_agencies_only(sample_prefecture: duckdb.DuckDBPyConnection) -> None:
    known: dict[int, dict[str, tuple[Decimal | None, ...]]] = {}
    for agency, year, *figures in sample_prefecture.execute(
        """
        select agency_id, fiscal_year, new_count, disclosure_rate_numerator, nullif(disclosure_rate_denominator, 0)
        from marts.agency_year
        inner join marts.summable_reports using (report_id, agency_id, fiscal_year, scope_code)
        where is_sample and scope_code = 'own'
        """
    ).fetchall():
        known.setdefault(year, {})[agency] = tuple(figures)

    def headlines(year: int) -> dict[str, warehouse.Row]:
        rows = asked(sample_prefecture, "overview/headlines", fiscal_year=year, scope="own", is_sample=True)
        return {row["measure_code"]: row for row in rows}

    def sums(last: int, this: int, *parts: int) -> tuple[int, list[list[float]]]:
        """How many agencies have all these figures in both years, and the figures' sums in the one and the other."""
        same = [
            agency
            for agency in known[this]
            if all(known[year].get(agency, (None,) * 3)[part] is not None for year in (last, this) for part in parts)
        ]
        return len(same), [[float(sum(known[y][one][part] for one in same)) for part in parts] for y in (last, this)]

    years = sorted(known)
    assert len(years) > 1
    for last, this in pairwise(years):
        shown = headlines(this)
        count, ((before,), (now,)) = sums(last, this, 0)
        assert shown["new_count"]["reports_compared"] == count > 0
        assert isclose(shown["new_count"]["change_rate"], (now - before) / before)
        count, ((granted, closed), (granted_now, closed_now)) = sums(last, this, 1, 2)
        assert shown["disclosure_rate"]["reports_compared"] == count
        assert isclose(shown["disclosure_rate"]["change_points"], 100 * (granted_now / closed_now - granted / closed))
    first = headlines(years[0])["new_count"]
    assert (first["reports_compared"], first["change_rate"]) == (0, None)


def test_what_waits_is_counted(visit: Visit, sql: duckdb.DuckDBPyConnection) -> None:
    missing, expected, reported = sql.execute(
        "select count(*) filter (status = 'missing'), count(*), count(report_id) from marts.reporting_status"
    ).fetchone()
    page = visit.open("/")
    expect(page.locator("tr[data-year='2020']")).to_contain_text(f"{reported}/{expected}")
    expect(page.locator("h1 + .lead")).to_contain_text(f"应报 {expected} 个单位，已见报告 {reported} 份")
    expect(page.locator("[data-measure=new_count] .change")).to_have_text("上年无可比数据")
    waiting = page.locator(".attention [data-status=missing]")
    expect(waiting.locator("b")).to_have_text(str(missing))
    visit.assert_clean()


def test_reports_are_sorted_by_a_column_and_those_without_a_figure_come_last(
    visit: Visit, sample_prefecture: duckdb.DuckDBPyConnection
) -> None:
    def listed(sort_by: str | None, *, is_descending: bool) -> list[warehouse.Row]:
        order = {"sort_by": sort_by, "is_descending": is_descending or None}
        page = {"row_limit": 1000, "row_offset": 0}
        return asked(sample_prefecture, "overview/reports", fiscal_year=2021, is_sample=True, **order, **page)

    columns = {"new": "new_count", "closed": "closed_count", "disclosure_rate": "disclosure_rate"}
    for sort_by, column in columns.items():
        for is_descending in (True, False):
            figures = [row[column] for row in listed(sort_by, is_descending=is_descending)]
            known = [figure for figure in figures if figure is not None]
            assert figures == [*sorted(known, reverse=is_descending), *[None] * (len(figures) - len(known))]
    assert listed("nothing of the kind", is_descending=True) == listed(None, is_descending=False)

    page = visit.open("/")
    head = page.locator("table.reports th", has_text="新收申请")
    for state, sort in (("descending", "sort=-new"), ("ascending", "sort=new"), (None, None)):
        head.get_by_role("link").focus()
        page.keyboard.press("Enter")
        expect(head).to_have_attribute("aria-sort", state) if state else expect(head).not_to_have_attribute(
            "aria-sort", re.compile(".*")
        )
        assert (sort in page.url) if sort else ("sort" not in page.url)
        expect(head.get_by_role("link")).to_be_focused()
    visit.assert_clean()

"""The pages in a real browser: they open in both languages, show what SQL says, and stay on this host."""

from __future__ import annotations

from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import duckdb
import pytest
from playwright.sync_api import expect

from tests.dashboard.conftest import Server, Visit

_PAGES = ("/", "/profile", "/applications", "/proactive", "/disputes", "/regions", "/reconciliation", "/method")
_LOOKED_AT_CLOSELY = ("/", "/profile", "/applications")  # all, in all languages and colours: benchmarks.dashboard


@pytest.mark.parametrize(
    ("path", "language"), [*((path, "zh") for path in _PAGES), *((path, "en") for path in _LOOKED_AT_CLOSELY)]
)
def test_a_page_opens_without_fault_and_without_another_host(visit: Visit, path: str, language: str) -> None:
    page = visit.open(f"{path}?lang={language}")
    assert page.locator("h1").count() == 1
    assert page.locator(".sample-data, .tag-sample").count() == 0, "the five reports are real"
    assert page.locator("html").get_attribute("lang") == {"zh": "zh-CN", "en": "en"}[language]
    if path in _LOOKED_AT_CLOSELY and language == "zh":
        assert visit.barriers() == []
    visit.assert_clean()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_forms_follow_the_colour_scheme(visit: Visit, scheme: str) -> None:
    visit.page.emulate_media(color_scheme=scheme)
    page = visit.open("/profile")
    lightness = page.evaluate(
        """() => {
            const colour = getComputedStyle(document.querySelector(".gk h1")).color.match(/\\d+/g).map(Number);
            return (colour[0] + colour[1] + colour[2]) / 3;
        }"""
    )
    assert (lightness > 128) == (scheme == "dark")
    visit.assert_clean()


def test_every_cell_of_every_form_is_what_sql_says(visit: Visit, sql: duckdb.DuckDBPyConnection) -> None:
    reports = sql.execute("select agency_id, fiscal_year, scope_code, report_id from marts.dim_report").fetchall()
    assert reports
    for agency, year, scope, report_id in reports:
        visit.open(f"/profile?agency={agency}&year={year}&scope={scope}")
        shown = visit.page.evaluate(
            """() => Object.fromEntries([...document.querySelectorAll("table[data-form] td")].map((cell) => [
                cell.querySelector("button").dataset.cell,
                [[...cell.classList].find((name) => name.startsWith("is-") && !/doubtful|suspect/.test(name)),
                 cell.querySelector(".figure")?.textContent ?? null]]))"""
        )
        cells = sql.execute(
            "select table_no, line_code, column_code, value_status, value from marts.form_cells where report_id = ?",
            [report_id],
        ).fetchall()
        assert len(shown) == len(cells)
        for table_no, line, column, status, value in cells:
            look, text = shown[f"{table_no}.{line}.{column}"]
            assert look == f"is-{status}", (agency, table_no, line, column)
            figure = None if text is None else Decimal(text.replace(",", "").replace("−", "-"))
            assert figure == value, (agency, table_no, line, column)
    visit.assert_clean()


def test_headlines_of_the_profile_are_those_of_agency_year(visit: Visit, sql: duckdb.DuckDBPyConnection) -> None:
    for agency, new, closed, numerator, denominator in sql.execute(
        """
        select agency_id, new_count, closed_count, disclosure_rate_numerator, disclosure_rate_denominator
        from marts.agency_year
        """
    ).fetchall():
        page = visit.open(f"/profile?agency={agency}")
        for name, value in (("new_count", new), ("closed_count", closed)):
            text = page.locator(f"[data-measure={name}] dd").inner_text()
            if value is None:
                assert not any(letter.isdigit() for letter in text)
            else:
                assert text.replace(",", "").startswith(f"{value:f}".split(".", maxsplit=1)[0])
        if numerator is not None and denominator:
            assert (
                f"{numerator:.0f}/{denominator:.0f}" in page.locator("[data-measure=disclosure_rate] dd").inner_text()
            )


def test_the_line_of_a_cell_is_shown_on_demand(visit: Visit, sql: duckdb.DuckDBPyConnection) -> None:
    printed, path, line_no, line_text = sql.execute(
        """
        select value_as_printed, source_path, line_no, line_text
        from marts.form_cells
        inner join marts.dim_report using (report_id, source_path)
        inner join quality.source_lines using (report_id, line_no)
        where agency_id = '350582' and line_code = 'new' and column_code = 'total'
        """
    ).fetchone()
    page = visit.open("/profile?agency=350582")
    side = page.get_by_role("complementary")
    expect(side).not_to_contain_text(path)
    page.locator("button[data-cell='3.new.total']").click()
    expect(side).to_contain_text(path)
    expect(side).to_contain_text(f"第 {line_no} 行")
    expect(side.locator(".printed-text")).to_have_text(printed)
    expect(side.locator(".here .source-text")).to_have_text(line_text)
    expect(page.locator("button[data-cell='3.new.total']")).to_have_attribute("aria-pressed", "true")
    assert parse_qs(urlsplit(page.url).query)["cell"] == ["3.new.total"]
    page.reload()
    visit.drawn()
    expect(side).to_contain_text(f"第 {line_no} 行")
    visit.assert_clean()


def test_a_form_is_walked_with_the_keyboard(visit: Visit) -> None:
    page = visit.open("/profile?agency=350582")
    page.locator("button[data-cell='3.new.natural_person']").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("button[data-cell='3.carried_in.business']")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("button[data-cell='3.carried_in.business']")).to_be_focused()
    expect(page.get_by_role("complementary")).to_contain_text("商业企业")


def test_a_wrong_cell_is_marked_with_its_reason_and_the_proven_value(visit: Visit) -> None:
    page = visit.open("/profile?agency=350582&cell=3.new.business")
    expect(page.locator("td.is-suspect")).to_have_count(1)
    side = page.get_by_role("complementary")
    expect(side).to_contain_text("215+0+0+1+3+3 ≠ 231")
    expect(side).to_contain_text("建议值 9（唯一解）")


def test_what_is_not_there_is_told_apart_by_words(visit: Visit, sql: duckdb.DuckDBPyConnection) -> None:
    page = visit.open("/profile?agency=350881108")
    (missing,) = sql.execute("select cells_missing from marts.dim_report where agency_id = '350881108'").fetchone()
    expect(page.locator("td.is-missing", has_text="缺失")).to_have_count(missing)
    expect(page.locator(".legend li", has_text="缺失").locator("b")).to_have_text(str(missing))
    page.locator("td.is-missing button").first.click()
    expect(page.get_by_role("complementary")).to_contain_text("不作推测")


def test_a_finding_leads_to_its_place_on_the_form(visit: Visit, sql: duckdb.DuckDBPyConnection) -> None:
    findings = sql.execute("select finding_id, equation_text from quality.findings").fetchall()
    page = visit.open("/reconciliation")
    assert page.locator("article.finding").count() == len(findings)
    for finding_id, equation in findings:
        card = page.locator(f"article[id='{finding_id}']")
        expect(card).to_contain_text(equation.split(" (差 ")[0])
    page.locator("section.suggestion.is-unique a").click()
    page.wait_for_url("**/profile?**")
    visit.drawn()
    assert parse_qs(urlsplit(page.url).query)["cell"] == ["3.new.business"]
    expect(page.locator("button[data-cell='3.new.business']")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("button[data-cell='3.new.business']")).to_be_in_viewport()
    visit.assert_clean()


def test_a_suggestion_that_is_not_unique_lists_every_candidate(visit: Visit) -> None:
    page = visit.open("/reconciliation?agency=350524")
    expect(page.locator("section.suggestion:not(.is-unique) tbody tr")).to_have_count(5)


def test_equations_that_could_not_be_evaluated_are_named(visit: Visit, sql: duckdb.DuckDBPyConnection) -> None:
    (places,) = sql.execute(
        """
        select count(distinct (report_id, rule_id, verdict))
        from (
            select report_id, rule_id, verdict from quality.rule_results
            union all
            select report_id, rule_id, verdict from quality.narrative_claims
        )
        where verdict in ('not_evaluable', 'pass_if_blank_is_zero')
        """
    ).fetchone()
    page = visit.open("/reconciliation")
    expect(page.locator("table.places tbody tr")).to_have_count(places)


def test_the_overview_says_how_much_each_figure_covers(visit: Visit, sql: duckdb.DuckDBPyConnection) -> None:
    total, known, reports = sql.execute(
        """
        select sum(new_count), count(new_count), count(*)
        from marts.agency_year
        where scope_code = 'consolidated' and fiscal_year = 2020
        """
    ).fetchone()
    page = visit.open("/overview?year=2020&scope=consolidated")
    assert urlsplit(page.url).path == "/"
    tile = page.locator("[data-measure=new_count]")
    expect(tile.locator(".value")).to_have_text(f"{total:,.0f}")
    expect(tile.locator(".coverage")).to_contain_text(f"{known}/{reports}")
    assert (
        page.locator("table.reports tbody tr").count()
        == sql.execute("select count(*) from marts.dim_report where fiscal_year = 2020").fetchone()[0]
    )
    for severity in ("hard", "soft"):
        (findings,) = sql.execute("select count(*) from quality.findings where severity = ?", [severity]).fetchone()
        expect(page.locator(f"[data-severity={severity}] b")).to_have_text(str(findings))


def test_nonsense_in_the_address_does_no_harm(visit: Visit) -> None:
    for query in ("agency=<script>&year=abc&cell=9.x.y", "lang=xx&scope=y&year=999999999999&cell=3"):
        visit.open(f"/profile?{query}")
        visit.open(f"/?{query}")
        visit.open(f"/reconciliation?{query}&page=-1&severity=z&rule=%27%3B")
    visit.assert_clean()


def test_the_page_is_fit_for_a_narrow_screen(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 320, "height": 844})
    for path in _PAGES:
        page = visit.open(path)
        overhang = page.evaluate(
            """() => {
                const main = document.querySelector("[data-testid=stMain]");
                return main.scrollWidth - main.clientWidth;
            }"""
        )
        assert overhang <= 0, path


def test_answers_carry_the_headers_that_keep_the_browser_here(server: Server) -> None:
    status, body, headers = server.get("/profile?lang=en")
    assert status == 200
    assert '<html lang="en">' in body
    assert "default-src 'self'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert '<html lang="zh-CN">' in server.get("/")[1]

"""Ways through the dashboard that its readers take, on whatever build is served.

Whom to look for and what must come out is asked of the build in SQL, so that the tests walk them on the five reports
and ``benchmarks.dashboard`` on the demo. Each raises AssertionError where it does not arrive.
"""

from __future__ import annotations

import csv
import io
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import duckdb
import pyarrow.parquet as pq
import pypdfium2 as pdfium
from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import Browser, Locator, Page, expect

from benchmarks.browser import Server, Visit, visiting

_MOST_STOPS = 250  # of the tab key, before a place counts as out of reach


@dataclass(frozen=True)
class Agency:
    """An agency with its latest year reported."""

    id: str
    name: str
    year: int


@dataclass(frozen=True)
class Finding:
    """A finding about a cell or line of the latest report of its agency, with the place it is printed at."""

    id: str
    agency: Agency
    rule_id: str
    source_path: str
    line_no: int


@dataclass(frozen=True)
class Walk:
    """A reader in front of the dashboard, and the build as an SQL user opens it."""

    browser: Browser
    visit: Visit
    con: duckdb.DuckDBPyConnection

    @property
    def page(self) -> Page:
        return self.visit.page

    @property
    def query(self) -> dict[str, str]:
        """The filters in the address."""
        return {name: values[-1] for name, values in parse_qs(urlsplit(self.page.url).query).items()}

    def arrives(self, page: str) -> None:
        """Wait until another page is open and drawn."""
        self.page.wait_for_url(f"**/{page}?**")
        self.visit.drawn()

    def one(self, query: str, *parameters: object) -> tuple[Any, ...]:
        found = self.con.execute(query, list(parameters)).fetchone()
        assert found is not None, query
        return found

    @cached_property
    def is_sample(self) -> bool:
        """What the pages show without being asked: what the build has more of."""
        return self.one("select count(*) filter (is_sample) > count(*) / 2 from marts.dim_report")[0]

    @cached_property
    def agencies(self) -> list[Agency]:
        """Two agencies that nobody can take for another, those with most reports first."""
        found = self.con.execute(
            """
            select agency_id, agency_name, max(fiscal_year)
            from marts.dim_report inner join marts.dim_agency using (agency_id)
            where dim_report.is_sample = ? and match_status = 'resolved' and level_code = 'county'
            group by all order by count(*) desc, agency_id limit 2
            """,
            [self.is_sample],
        ).fetchall()
        assert len(found) == 2
        return [Agency(*row) for row in found]

    @cached_property
    def finding(self) -> Finding:
        """A finding in the only report of an agency's latest year: what opens without further choice."""
        *told, agency, name, year = self.one(
            """
            with latest as (
                select agency_id, max(fiscal_year) as fiscal_year
                from marts.dim_report where is_sample = ? group by agency_id
            )
            select finding_id, rule_id, findings.source_path, line_no, agency_id, agency_name, fiscal_year
            from quality.findings
            inner join latest using (agency_id, fiscal_year)
            inner join marts.dim_agency using (agency_id)
            where severity = 'hard' and table_no is not null and line_code <> '*' and findings.line_no is not null
                and status = 'open' and match_status = 'resolved'
            order by rule_id, finding_id limit 1
            """,
            self.is_sample,
        )
        finding_id, rule_id, source_path, line_no = told
        return Finding(finding_id, Agency(agency, name, year), rule_id, source_path, line_no)

    def tab_to(self, selector: str) -> Locator:
        """Press the tab key until the focus is on what the selector names, and can be seen there."""
        self.page.wait_for_selector(selector, state="attached")
        for _ in range(_MOST_STOPS):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                focused = self.page.locator(":focus")
                expect(focused).to_be_in_viewport()
                return focused
        raise AssertionError(f"{selector} is not reached")

    def downloaded(self, link: Locator) -> Path:
        with self.page.expect_download() as started:
            link.click()
        return Path(shutil.copy(started.value.path(), f"{started.value.path()}-{started.value.suggested_filename}"))


def an_address_that_is_shared_shows_another_reader_the_same(walk: Walk) -> None:
    page = walk.visit.open("/reconciliation")
    (hard,) = walk.one(
        "select count(*) from quality.findings inner join marts.dim_report using (report_id)"
        " where is_sample = ? and severity = 'hard' and status = 'open'",
        walk.is_sample,
    )
    page.get_by_role("radio", name="硬性").click()
    expect(page.locator("p.summary b")).to_have_text(f"{hard:,}")
    expect(page.locator("article.finding-soft")).to_have_count(0)
    walk.visit.drawn()
    assert walk.query["severity"] == "hard"
    shown = "cards => cards.map((card) => card.id)"
    findings = page.locator("article.finding").evaluate_all(shown)
    address = urlsplit(page.url)
    with visiting(walk.browser, walk.visit.server) as other:
        other.open(f"{address.path}?{address.query}")
        assert other.page.locator("article.finding").evaluate_all(shown) == findings != []
        assert other.faults() == []


def agencies_are_compared_side_by_side_and_taken_out_again(walk: Walk) -> None:
    first, second = walk.agencies
    page = walk.visit.open(f"/applications?of=agency&agency={first.id}")
    field = page.get_by_role("combobox", name="比较单位")
    field.fill(second.id)
    expect(page.get_by_role("option").first).to_contain_text(second.name)
    field.press("Enter")
    page.wait_for_url(lambda url: second.id in unquote(url))
    walk.visit.drawn()
    assert walk.query["agency"] == f"{first.id},{second.id}"
    expect(page.locator(".picker-chips button")).to_have_count(2)
    for agency in (first, second):
        assert page.locator("table", has_text=agency.name).count() > 0
    page.get_by_role("button", name=f"移除 {first.name}").click()
    expect(page.locator(".picker-chips button")).to_have_count(1)
    walk.visit.drawn()
    assert walk.query["agency"] == second.id


def the_back_button_leads_to_the_view_before(walk: Walk) -> None:
    page = walk.visit.open("/reconciliation?severity=soft")
    page.locator(".report-group h2 a").first.click()
    walk.arrives("profile")
    page.go_back()
    expect(page.locator("h1")).to_have_text("勾稽核对")
    walk.visit.drawn()
    assert walk.query["severity"] == "soft"
    expect(page.locator("article.finding-hard")).to_have_count(0)


def a_finding_is_followed_to_its_line_and_its_cells_are_taken_home_without_a_mouse(walk: Walk) -> None:
    """The whole task by the keyboard alone: find an agency by typing, open its finding, reach the line of the document
    it is printed on, walk on over the form, download it."""
    finding = walk.finding
    page = walk.visit.open("/")
    walk.tab_to("[data-testid=stTopNavLink][href*='profile']")
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox", name="单位", exact=True)).to_be_visible()
    walk.visit.drawn()
    walk.tab_to("[role=combobox]")
    page.keyboard.type(finding.agency.id)
    expect(page.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(finding.agency.name)
    walk.visit.drawn()
    walk.tab_to("h1 a.tags")
    page.keyboard.press("Enter")
    walk.arrives("reconciliation")
    walk.tab_to(f"article[id='{finding.id}'] a[data-page=profile]")
    page.keyboard.press("Enter")
    walk.arrives("profile")
    side = page.get_by_role("complementary")
    expect(side).to_contain_text(finding.source_path)
    expect(side.locator(".here .number").first).to_have_text(str(finding.line_no))
    chosen = walk.tab_to("button[data-cell][aria-pressed=true]").get_attribute("data-cell")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("button[data-cell][aria-pressed=true]")).not_to_have_attribute("data-cell", chosen or "")
    expect(page.locator("button[data-cell][aria-pressed=true]")).to_be_focused()
    walk.tab_to(".downloads a[href^='data/profile/form.csv']")
    with page.expect_download() as started:
        page.keyboard.press("Enter")
    with Path(started.value.path()).open(encoding="utf-8-sig", newline="") as file:
        assert {row["source_path"] for row in csv.DictReader(file)} == {finding.source_path}


def a_wrong_cell_leads_from_the_list_to_the_form_and_to_the_line_of_the_document(walk: Walk) -> None:
    finding = walk.finding
    agency = finding.agency
    page = walk.visit.open(f"/reconciliation?rule={finding.rule_id}&year={agency.year}&agency={agency.id}")
    card = page.locator(f"article[id='{finding.id}']")
    expect(card).to_contain_text(finding.source_path)
    card.locator("a[data-page=profile]").click()
    walk.arrives("profile")
    chosen = page.locator("button[data-cell][aria-pressed=true]")
    expect(chosen).to_be_in_viewport()
    side = page.get_by_role("complementary")
    expect(side).to_contain_text(f"第 {finding.line_no} 行")
    (line,) = walk.one(
        "select line_text from quality.source_lines inner join quality.findings using (report_id, line_no)"
        " where finding_id = ?",
        finding.id,
    )
    assert " ".join(side.locator(".here .source-text").first.inner_text().replace("⇥", " ").split()) == " ".join(
        line.split()
    )


def what_is_downloaded_reads_back_as_sql_says(walk: Walk) -> None:
    """The form of a report in all three formats."""
    agency = walk.agencies[0]
    page = walk.visit.open(f"/profile?agency={agency.id}&year={agency.year}")
    files = {
        ending: walk.downloaded(page.locator(f".downloads a[href^='data/profile/form.{ending}']"))
        for ending in ("csv", "xlsx", "parquet")
    }
    (scope,) = walk.one(
        "select min(scope_code) from marts.dim_report where agency_id = ? and fiscal_year = ?", agency.id, agency.year
    )
    cells = walk.con.execute(
        """
        select table_no || '.' || line_code || '.' || column_code, value_status, value
        from marts.form_cells inner join marts.dim_report using (report_id)
        where agency_id = ? and fiscal_year = ? and scope_code = ?
        """,
        [agency.id, agency.year, scope],
    ).fetchall()
    assert cells
    expected = {(cell, status, value) for cell, status, value in cells}
    rows = {
        "csv": list(csv.DictReader(io.StringIO(files["csv"].read_text(encoding="utf-8-sig")))),
        "parquet": pq.read_table(files["parquet"]).to_pylist(),
    }
    heads, *lines = load_workbook(files["xlsx"]).worksheets[0].iter_rows(values_only=True)
    rows["xlsx"] = [dict(zip(heads, line, strict=True)) for line in lines]
    for ending, found in rows.items():
        assert {
            (
                f"{row['table_no']}.{row['line_code']}.{row['column_code']}",
                row["value_status"],
                None if row["value"] in (None, "") else Decimal(str(row["value"])),
            )
            for row in found
        } == expected, ending


def a_page_is_printed_on_a4_with_its_filters_and_build(walk: Walk) -> None:
    agency = walk.agencies[0]
    page = walk.visit.open(f"/profile?agency={agency.id}&year={agency.year}")
    paper = pdfium.PdfDocument(page.pdf(prefer_css_page_size=True))
    width, height = paper[0].get_size()
    assert (round(width), round(height)) == (595, 842)
    texts = ["".join(sheet.get_textpage().get_text_range().split()) for sheet in paper]
    (build,) = walk.one("select build_id from meta.build")
    assert build in texts[0]
    assert agency.name in texts[0]
    assert f"{agency.year}年度" in texts[0]
    everything = "".join(texts)
    for title in ("表二", "表三", "表四"):
        assert title in everything
    assert "下载" not in everything


def what_waits_leads_to_its_list(walk: Walk) -> None:
    page = walk.visit.open("/")
    waiting = page.locator(".attention [data-status=missing]")
    count = int(waiting.locator("b").inner_text().replace(",", ""))
    waiting.get_by_role("link").click()
    walk.arrives("regions")
    listed = page.locator("table.outstanding tbody tr")
    expect(listed).to_have_count(min(count, 25))
    expect(page.locator("table.outstanding tr[data-status=missing]")).to_have_count(min(count, 25))


def an_agency_of_the_overview_opens_its_profile_without_a_reload(walk: Walk) -> None:
    page = walk.visit.open("/")
    page.evaluate("() => { window.notReloaded = true; }")
    link = page.locator("table.reports tbody th a").first
    name = link.inner_text()
    link.click()
    walk.arrives("profile")
    expect(page.locator("h1")).to_contain_text(name)
    assert page.evaluate("() => window.notReloaded") is True


def the_language_stays_when_the_page_changes(walk: Walk) -> None:
    page = walk.visit.open("/")
    page.get_by_role("radio", name="English").click()
    expect(page.locator("h1")).to_have_text("Overview")
    page.get_by_role("link", name="Reconciliation", exact=True).click()
    expect(page.locator("h1")).to_have_text("Reconciliation")
    walk.visit.drawn()
    assert walk.query["lang"] == "en"
    expect(page.locator("html")).to_have_attribute("lang", "en")


def a_rule_is_looked_up_and_a_word_is_searched_for(walk: Walk) -> None:
    finding = walk.finding
    page = walk.visit.open(f"/reconciliation?agency={finding.agency.id}")
    page.locator("article.finding a.rule-id", has_text=finding.rule_id).first.click()
    walk.arrives("method")
    entry = page.locator(f"#rule-{finding.rule_id}")
    expect(entry).to_have_attribute("open", "")
    expect(entry).to_be_in_viewport()
    field = page.get_by_label("在指标、规则、表和列中查找")
    field.fill("结转")
    field.press("Enter")
    expect(page.locator("#metric-carry_over_rate")).to_have_count(1)
    expect(page.locator("#rule-PL-RULES")).to_have_count(0)
    expect(page.locator("#columns tbody th", has_text="marts.agency_year.carried_in_count").first).to_be_visible()
    assert walk.query["q"] == "结转"


def the_tree_of_regions_is_walked_down_and_up(walk: Walk) -> None:
    page = walk.visit.open("/regions")
    names = [page.locator("h1").inner_text().split("\n")[-1]]
    while (links := page.locator("table.regions tbody th a")).count():
        names.append(links.first.inner_text())
        links.first.click()
        expect(page.locator(".crumbs [aria-current=page]")).to_have_text(names[-1])
        walk.visit.drawn()
        if len(names) == 3:
            break
    assert len(names) > 1
    page.locator(".crumbs a").last.click()
    expect(page.locator(".crumbs [aria-current=page]")).to_have_text(names[-2])


def a_figure_of_a_chart_leads_to_the_cell_it_is_printed_in(walk: Walk) -> None:
    agency = walk.agencies[0]
    page = walk.visit.open(f"/applications?of=agency&agency={agency.id}")
    page.locator("details.figures summary").first.click()
    page.locator("td[data-series=new_count] a").last.click()
    walk.arrives("profile")
    expect(page.locator("button[data-cell='3.new.total']")).to_have_attribute("aria-pressed", "true")


def an_agency_gets_its_problem_list_and_its_letter(walk: Walk) -> None:
    finding = walk.finding
    page = walk.visit.open(f"/reconciliation?agency={finding.agency.id}&year={finding.agency.year}")
    papers = page.locator(".report-group > .downloads").first
    book = load_workbook(walk.downloaded(papers.locator("a[href*='problems.xlsx']")))
    cells = {cell.value for row in book.worksheets[0].iter_rows() for cell in row}
    listed = {
        one
        for (one,) in walk.con.execute(
            "select finding_id from quality.findings where agency_id = ? and fiscal_year = ? and status = 'open'",
            [finding.agency.id, finding.agency.year],
        ).fetchall()
    }
    assert listed and listed <= cells
    letter = Document(str(walk.downloaded(papers.locator("a[href*='letter.docx']"))))
    assert any(finding.agency.name in line.text for line in letter.paragraphs)


JOURNEYS: tuple[Callable[[Walk], None], ...] = (
    an_address_that_is_shared_shows_another_reader_the_same,
    agencies_are_compared_side_by_side_and_taken_out_again,
    the_back_button_leads_to_the_view_before,
    a_finding_is_followed_to_its_line_and_its_cells_are_taken_home_without_a_mouse,
    a_wrong_cell_leads_from_the_list_to_the_form_and_to_the_line_of_the_document,
    what_is_downloaded_reads_back_as_sql_says,
    a_page_is_printed_on_a4_with_its_filters_and_build,
    what_waits_leads_to_its_list,
    an_agency_of_the_overview_opens_its_profile_without_a_reload,
    the_language_stays_when_the_page_changes,
    a_rule_is_looked_up_and_a_word_is_searched_for,
    the_tree_of_regions_is_walked_down_and_up,
    a_figure_of_a_chart_leads_to_the_cell_it_is_printed_in,
    an_agency_gets_its_problem_list_and_its_letter,
)


def measure(browser: Browser, server: Server, file: Path) -> list[str]:
    """Walk all of them, print how many arrived; returns those that did not."""
    missed: list[str] = []
    start = time.perf_counter()
    with duckdb.connect(str(file), read_only=True) as con:
        for journey in JOURNEYS:
            name = journey.__name__.replace("_", " ")
            with visiting(browser, server) as visit:
                try:
                    journey(Walk(browser, visit, con))
                except Exception as fault:
                    missed.append(f"{name}: {' '.join(repr(fault).split())[:300]}")
                missed += [f"{name}: {fault}" for fault in visit.faults()]
    print(f"{len(JOURNEYS)} journeys in {time.perf_counter() - start:.0f} s; {len(missed)} missed")
    return missed

"""For random filters: the number on the screen, the number in SQL of our own, and the number in the export."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import duckdb
from playwright.sync_api import Browser

from benchmarks.browser import Server, Visit, profile_of, tab
from benchmarks.dashboard import facts
from benchmarks.dashboard.regions import regions
from benchmarks.dashboard.shown import Compared, decimal, exported, figures_in, first_of, followed, opened
from benchmarks.dashboard.years import applications, disputes, proactive
from dashboard import i18n


def measure(browser: Browser, server: Server, file: Path, settings: int, seed: str) -> list[str]:
    """Draw settings by lot, print how many figures were compared; returns those that differ."""
    lot = random.Random(seed)
    wrong: list[str] = []
    compared: Counter[str] = Counter()
    absent = 0
    with (
        duckdb.connect(str(file), read_only=True) as con,
        profile_of(browser) as profile,
        tab(profile, server) as visit,
    ):
        facts.prepare(con)
        start = time.perf_counter()
        for number in range(settings):
            check = _CHECKS[number % len(_CHECKS)]
            found = check(lot, visit, con)
            compared[check.__name__] += sum(value is not None for value in found.sql.values())
            absent += sum(value is None for value in found.sql.values())
            wrong += found.differing()
        faults = visit.faults()
    told = ", ".join(f"{name} {count:,}" for name, count in compared.items())
    seconds = time.perf_counter() - start
    print(f"{settings} filter settings in {seconds:.0f} s; figures compared: {told}; told to be absent {absent:,}")
    print(f"{len(wrong)} differ")
    return [*wrong[:10], *faults]


def overview(lot: random.Random, visit: Visit, con: duckdb.DuckDBPyConnection) -> Compared:
    """总览: the headline figures of a year and scope, and how many reports are listed."""
    year, scope, is_sample = lot.choice(
        con.execute(
            "select distinct fiscal_year, scope_code, is_sample from marts.dim_report"
            " where scope_code <> 'unknown' order by all"
        ).fetchall()
    )
    data = "sample" if is_sample else "real"
    found = Compared(opened(visit, lot.choice(i18n.LANGUAGES), "", year=year, scope=scope, data=data))
    names = ("new_count", "closed_count", "carried_out_count")
    sums = con.execute(
        """
        select sum(new_count), sum(closed_count), sum(carried_out_count)
        from marts.agency_year join marts.summable_reports using (report_id)
        where agency_year.fiscal_year = $1 and agency_year.scope_code = $2 and agency_year.is_sample = $3
        and (agency_year.scope_code = 'own' or province_agency_id is not null)
        """,
        [year, scope, is_sample],
    ).fetchone()
    (reports,) = con.execute(
        "select count(*) from marts.dim_report where fiscal_year = ? and is_sample = ?", [year, is_sample]
    ).fetchone()
    found.sql = {**dict(zip(names, sums, strict=True)), "reports": Decimal(reports)}
    tiles = visit.page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll("[data-measure]")].map((tile) => [
            tile.dataset.measure, tile.querySelector(".value").innerText]))"""
    )
    listed = visit.page.locator("table.reports tbody tr").count()
    pages = visit.page.locator("[class*=st-key-pager] [data-testid=stCaptionContainer]")
    found.screen = {name: first_of(tiles.get(name, "")) for name in names}
    found.screen["reports"] = figures_in(pages.inner_text())[-1] if pages.count() else Decimal(listed)
    for row in exported(visit, "overview/headlines", fiscal_year=year, scope=scope, is_sample=is_sample):
        found.export[row["measure_code"]] = decimal(row["figure"])
    found.export["reports"] = Decimal(len(followed(visit, "overview/reports")))
    return found


def profile(lot: random.Random, visit: Visit, con: duckdb.DuckDBPyConnection) -> Compared:
    """单位画像: every figure of the forms of a report."""
    agency, year, scope, report_id = lot.choice(
        con.execute(
            "select agency_id, fiscal_year, scope_code, report_id from marts.dim_report order by all"
        ).fetchall()
    )
    found = Compared(opened(visit, lot.choice(i18n.LANGUAGES), "profile", agency=agency, year=year, scope=scope))
    shown = visit.page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll("table[data-form] td")].map((cell) => [
            cell.querySelector("button").dataset.cell, cell.querySelector(".figure")?.textContent ?? ""]))"""
    )
    found.screen = {name: first_of(text) for name, text in shown.items()}
    for table_no, line, column, value in con.execute(
        "select table_no, line_code, column_code, value from marts.form_cells where report_id = ?", [report_id]
    ).fetchall():
        found.sql[f"{table_no}.{line}.{column}"] = value
    for row in followed(visit, "profile/form"):
        found.export[f"{row['table_no']}.{row['line_code']}.{row['column_code']}"] = decimal(row["value"])
    return found


def reconciliation(lot: random.Random, visit: Visit, con: duckdb.DuckDBPyConnection) -> Compared:
    """勾稽核对: the number of findings under any filters."""
    year, severity, rule, agency, is_sample = lot.choice(
        con.execute(
            "select f.fiscal_year, f.severity, f.rule_id, f.agency_id, r.is_sample from quality.findings as f"
            " join marts.dim_report as r using (report_id) order by f.finding_id"
        ).fetchall()
    )
    drawn = {"fiscal_year": year, "severity": severity, "rule_id": rule, "agency_id": agency}
    drawn = {name: value if lot.random() < 0.5 else None for name, value in drawn.items()}
    filters = {name.removesuffix("_id").removeprefix("fiscal_"): one for name, one in drawn.items() if one is not None}
    data = "sample" if is_sample else "real"
    found = Compared(opened(visit, lot.choice(i18n.LANGUAGES), "reconciliation", data=data, **filters))
    (counted,) = con.execute(
        """
        select count(*) from quality.findings join marts.dim_report as report using (report_id)
        where is_sample = $is_sample and findings.fiscal_year = coalesce($fiscal_year, findings.fiscal_year)
        and severity = coalesce($severity, severity) and rule_id = coalesce($rule_id, rule_id)
        and findings.agency_id = coalesce($agency_id, findings.agency_id)
        """,
        {**drawn, "is_sample": is_sample},
    ).fetchone()
    found.sql = {"findings": Decimal(counted)}
    found.screen = {"findings": figures_in(visit.page.locator(".gk p.summary").inner_text())[0]}
    found.export = {"findings": Decimal(len(followed(visit, "reconciliation/findings_list")))}
    return found


_CHECKS: tuple[Callable[[random.Random, Visit, duckdb.DuckDBPyConnection], Compared], ...] = (
    overview,
    profile,
    applications,
    proactive,
    disputes,
    regions,
    reconciliation,
)

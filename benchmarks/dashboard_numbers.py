"""For random filters: the number on the screen, the number in SQL of our own, and the number in the export."""

from __future__ import annotations

import csv
import io
import random
import re
import time
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlencode

import duckdb
from playwright.sync_api import Browser

from benchmarks.browser import Server, Visit, profile_of, tab
from dashboard.components.downloads import Selection

Figures = dict[str, Decimal | None]


def measure(browser: Browser, server: Server, file: Path, settings: int, seed: str) -> list[str]:
    """Draw settings by lot, print how many figures were compared; returns those that differ."""
    lot = random.Random(seed)
    wrong: list[str] = []
    compared: Counter[str] = Counter()
    with (
        duckdb.connect(str(file), read_only=True) as con,
        profile_of(browser) as profile,
        tab(profile, server) as visit,
    ):
        start = time.perf_counter()
        for number in range(settings):
            check = _CHECKS[number % len(_CHECKS)]
            where, on_screen, in_sql, in_export = check(lot, visit, con)
            compared[check.__name__.strip("_")] += len(in_sql)
            wrong += [
                f"{where}: {name}: screen {on_screen.get(name)}, SQL {value}, export {in_export.get(name)}"
                for name, value in in_sql.items()
                if not on_screen.get(name) == value == in_export.get(name)
            ]
        faults = visit.faults()
    told = ", ".join(f"{name} {count:,}" for name, count in compared.items())
    seconds = time.perf_counter() - start
    print(f"{settings} filter settings in {seconds:.0f} s; figures compared: {told}; {len(wrong)} differ")
    return [*wrong[:10], *faults]


def _overview(
    lot: random.Random, visit: Visit, con: duckdb.DuckDBPyConnection
) -> tuple[str, Figures, Figures, Figures]:
    """The headline figures of a year and scope; the files are of the query behind the tiles and the list below."""
    year, scope, is_sample = lot.choice(
        con.execute(
            "select distinct fiscal_year, scope_code, is_sample from marts.dim_report"
            " where scope_code <> 'unknown' order by all"
        ).fetchall()
    )
    where = _open(visit, lot, "", year=year, scope=scope, data="sample" if is_sample else "real")
    tiles = visit.page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll("[data-measure]")].map((tile) => [
            tile.dataset.measure, tile.querySelector(".value").innerText]))"""
    )
    on_screen = {name: _first(tiles.get(name, "")) for name in ("new_count", "closed_count", "carried_out_count")}
    sums = con.execute(
        """
        select sum(new_count), sum(closed_count), sum(carried_out_count)
        from marts.agency_year join marts.summable_reports using (report_id)
        where agency_year.fiscal_year = $1 and agency_year.scope_code = $2 and agency_year.is_sample = $3
        and (agency_year.scope_code = 'own' or province_agency_id is not null)
        """,
        [year, scope, is_sample],
    ).fetchone()
    shown = {"fiscal_year": year, "scope": scope, "is_sample": is_sample}
    exported = {row["measure_code"]: _decimal(row["figure"]) for row in _export(visit, "overview/headlines", shown)}
    in_sql = dict(zip(on_screen, sums, strict=True))
    in_sql["reports"] = Decimal(
        con.execute(
            "select count(*) from marts.dim_report where fiscal_year = ? and is_sample = ?", [year, is_sample]
        ).fetchone()[0]
    )
    listed = visit.page.locator("table.reports tbody tr").count()
    pages = visit.page.locator("[class*=st-key-pager] [data-testid=stCaptionContainer]")
    on_screen["reports"] = Decimal(_numbers(pages.inner_text())[-1]) if pages.count() else Decimal(listed)
    exported["reports"] = Decimal(len(_followed(visit, "overview/reports")))
    return where, on_screen, in_sql, exported


def _profile(lot: random.Random, visit: Visit, con: duckdb.DuckDBPyConnection) -> tuple[str, Figures, Figures, Figures]:
    """Every figure of the forms of a report."""
    agency, year, scope, report_id = lot.choice(
        con.execute(
            "select agency_id, fiscal_year, scope_code, report_id from marts.dim_report order by all"
        ).fetchall()
    )
    where = _open(visit, lot, "profile", agency=agency, year=year, scope=scope)
    shown = visit.page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll("table[data-form] td")].map((cell) => [
            cell.querySelector("button").dataset.cell, cell.querySelector(".figure")?.textContent ?? ""]))"""
    )
    cells = con.execute(
        "select table_no, line_code, column_code, value from marts.form_cells where report_id = ?", [report_id]
    ).fetchall()
    exported = {
        f"{row['table_no']}.{row['line_code']}.{row['column_code']}": _decimal(row["value"])
        for row in _followed(visit, "profile/form")
    }
    in_sql = {f"{table_no}.{line}.{column}": value for table_no, line, column, value in cells}
    return where, {name: _first(text) for name, text in shown.items()}, in_sql, exported


def _applications(
    lot: random.Random, visit: Visit, con: duckdb.DuckDBPyConnection
) -> tuple[str, Figures, Figures, Figures]:
    """Applications of an agency or a region through the years, as the table behind the chart has them."""
    is_region = lot.random() < 0.5
    if is_region:
        code, is_sample = lot.choice(
            con.execute("select distinct region_agency_id, is_sample from marts.region_year order by all").fetchall()
        )
        of = {"of": "region", "region": code}
        figures = con.execute(
            "select fiscal_year, max(numerator) filter (metric_id = 'new_count'),"
            " max(numerator) filter (metric_id = 'closed_count')"
            " from marts.region_year where region_agency_id = ? and member_level_code = 'all' group by fiscal_year",
            [code],
        ).fetchall()
    else:
        code, is_sample = lot.choice(
            con.execute(
                "select agency_id, any_value(is_sample) from marts.agency_year group by agency_id"
                " having count(distinct scope_code) = 1 order by all"
            ).fetchall()
        )
        of = {"of": "agency", "agency": code}
        figures = con.execute(
            "select fiscal_year, new_count, closed_count from marts.agency_year where agency_id = ?", [code]
        ).fetchall()
    where = _open(visit, lot, "applications", data="sample" if is_sample else "real", **of)
    shown = visit.page.evaluate(
        """() => Object.fromEntries(
            [...document.querySelectorAll("tr[data-year] td[data-series$=_count]")].reverse().map(
            (cell) => [cell.dataset.series + " " + cell.parentElement.dataset.year,
                       (cell.querySelector("a, b") ?? cell).firstChild?.textContent ?? ""]))"""
    )
    exported = {
        f"{row['measure_code']} {row['fiscal_year']}": _decimal(row["figure"])
        for row in _followed(visit, "applications/volume")
    }
    in_sql: Figures = {}
    for year, new, closed in figures:
        in_sql |= {f"new_count {year}": new, f"closed_count {year}": closed}
    return where, {name: _first(text) for name, text in shown.items()}, in_sql, exported


def _reconciliation(
    lot: random.Random, visit: Visit, con: duckdb.DuckDBPyConnection
) -> tuple[str, Figures, Figures, Figures]:
    """The number of findings under any filters."""
    year, severity, rule, agency, is_sample = lot.choice(
        con.execute(
            "select f.fiscal_year, f.severity, f.rule_id, f.agency_id, r.is_sample from quality.findings as f"
            " join marts.dim_report as r using (report_id) order by f.finding_id"
        ).fetchall()
    )
    drawn = {"fiscal_year": year, "severity": severity, "rule_id": rule, "agency_id": agency}
    drawn = {name: value if lot.random() < 0.5 else None for name, value in drawn.items()}
    address = {
        name.removesuffix("_id").removeprefix("fiscal_"): value for name, value in drawn.items() if value is not None
    }
    where = _open(visit, lot, "reconciliation", data="sample" if is_sample else "real", **address)
    counted = con.execute(
        """
        select count(*) from quality.findings join marts.dim_report as report using (report_id)
        where is_sample = $is_sample and findings.fiscal_year = coalesce($fiscal_year, findings.fiscal_year)
        and severity = coalesce($severity, severity) and rule_id = coalesce($rule_id, rule_id)
        and findings.agency_id = coalesce($agency_id, findings.agency_id)
        """,
        {**drawn, "is_sample": is_sample},
    ).fetchone()[0]
    summary = visit.page.locator(".gk p.summary")
    on_screen = {"findings": _decimal(_numbers(summary.inner_text())[0].replace(",", ""))}
    exported = Decimal(len(_followed(visit, "reconciliation/findings_list")))
    return where, on_screen, {"findings": Decimal(counted)}, {"findings": exported}


_CHECKS: tuple[Callable[..., tuple[str, Figures, Figures, Figures]], ...] = (
    _overview,
    _profile,
    _applications,
    _reconciliation,
)


def _open(visit: Visit, lot: random.Random, page: str, **filters: object) -> str:
    """Open a page in either language; returns its address."""
    address = f"/{page}?{urlencode({**filters, 'lang': lot.choice(('zh', 'en'))})}"
    visit.open(address)
    return address


def _followed(visit: Visit, query: str) -> list[dict[str, str]]:
    """The rows of the CSV file that the page itself offers of a query (whatever of its kinds it asked)."""
    link = visit.page.locator(f".downloads a[href*='data/{query}'][href*='.csv?']").first.get_attribute("href")
    return _rows(visit, link or "")


def _export(visit: Visit, query: str, parameters: dict[str, object]) -> list[dict[str, str]]:
    """The rows of the CSV file of a query with the parameters of the page."""
    build = f"gongkai-{_BUILD.search(visit.page.locator('.gk .build').inner_text())[0]}"
    return _rows(visit, Selection(query, parameters).address(build, "csv"))


_BUILD = re.compile(r"\d{8}T\d{9}Z-\w+")


def _rows(visit: Visit, address: str) -> list[dict[str, str]]:
    answer = visit.page.request.get(f"{visit.server.address}/{address}")
    if not answer.ok:
        raise RuntimeError(f"{address}: {answer.status} {answer.text()[:200]}")
    return list(csv.DictReader(io.StringIO(answer.body().decode("utf-8-sig"))))


def _numbers(text: str) -> list[str]:
    return re.findall(r"−?\d[\d,]*(?:\.\d+)?", text)


def _first(text: str) -> Decimal | None:
    """The first figure of a text as the screen writes it; None where it begins with words."""
    found = re.match(r"\s*(−?\d[\d,]*(?:\.\d+)?)", text)
    return Decimal(found[1].replace(",", "").replace("−", "-")) if found else None


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None

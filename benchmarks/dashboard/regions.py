"""The page of regions: what it says of reports, declared figures and sums of members against the facts."""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import Decimal

import duckdb

from benchmarks.browser import Visit
from benchmarks.dashboard.facts import Whose
from benchmarks.dashboard.shown import (
    Compared,
    Figures,
    charted,
    decimal,
    exported,
    figures_in,
    first_of,
    followed,
    opened,
)


def regions(lot: random.Random, visit: Visit, con: duckdb.DuckDBPyConnection) -> Compared:
    """层级汇总与报送, one of its three views."""
    whose = Whose(lot, con, "region")
    (year,) = lot.choice(
        con.execute(
            "select distinct fiscal_year from marts.region_members where region_agency_id = ?", [whose.code]
        ).fetchall()
    )
    filters = {"region": whose.code, "year": year, "data": whose.filters["data"]}
    view = lot.choice((_coverage, _region_figures, _rollup))
    return view(whose, visit, year, filters)


def _coverage(whose: Whose, visit: Visit, year: int, filters: dict[str, object]) -> Compared:
    """How many reported of how many, and the new applications of the regions right below."""
    found = Compared(opened(visit, whose.language, "regions", **filters))
    for of_year, reports, expected in whose.con.execute(
        "select fiscal_year, sum(report_count), sum(expected_count) from marts.region_coverage"
        " where division_code = (select division_code from marts.dim_agency where agency_id = ?) group by all",
        [whose.code],
    ).fetchall():
        found.sql |= {f"reports {of_year}": reports, f"expected {of_year}": expected}
    for child, value in whose.con.execute(
        "select whose, sum(value) from standing inner join counts using (report_id)"
        " inner join marts.dim_agency on whose = dim_agency.agency_id"
        " where kind = 'region' and parent_agency_id = ? and fiscal_year = ? and line_code = 'new' group by all",
        [whose.code, year],
    ).fetchall():
        found.sql[f"new {child}"] = value
    totals = visit.page.locator("tr.totals td[data-year] b")
    for of_year, text in totals.evaluate_all("all => all.map((b) => [b.parentElement.dataset.year, b.textContent])"):
        found.screen |= dict(zip((f"reports {of_year}", f"expected {of_year}"), figures_in(text), strict=True))
    below = visit.page.locator("table.regions tr[data-region]")
    for child, text in below.evaluate_all("all => all.map((row) => [row.dataset.region, row.children[3].innerText])"):
        found.screen[f"new {child}"] = first_of(text)
    for row in exported(visit, "regions/coverage", region=whose.code):
        found.export[f"reports {row['fiscal_year']}"] = decimal(row["report_count"])
        found.export[f"expected {row['fiscal_year']}"] = decimal(row["expected_count"])
    for row in exported(visit, "regions/children", region=whose.code, fiscal_year=year):
        found.export[f"new {row['agency_id']}"] = decimal(row["new_count"])
    return found


def _region_figures(whose: Whose, visit: Visit, year: int, filters: dict[str, object]) -> Compared:
    """The metrics of a year and the headlines through the years: counts, the parts of rates, and n of N where members
    are added up."""
    found = Compared(opened(visit, whose.language, "regions", view="figures", **filters))
    metrics = dict(whose.con.execute("select metric_id, kind = 'rate' from reference.metrics").fetchall())
    shown = visit.page.locator("tr[data-metric]").evaluate_all(
        "rows => rows.map((row) => [row.dataset.metric, row.children[1].innerText, row.children[2].innerText])"
    )
    for metric, value, source in shown:
        parts = figures_in(value)[-2:] if metrics[metric] else figures_in(value)[:1]
        found.screen |= _metric(metric, metrics[metric], *parts, members=figures_in(source)[-2:])
        *parts, known, is_declared = _summed(whose, metric, year, is_rate=metrics[metric])
        members = () if is_declared else (known, _expected(whose, year))
        found.sql |= _metric(metric, metrics[metric], *parts, members=members)
    for row in followed(visit, "regions/figures"):
        members = (decimal(row["reported_count"]), decimal(row["expected_count"]))
        parts = (decimal(row["numerator"]), decimal(row["denominator"]))
        found.export |= _metric(row["metric_id"], metrics[row["metric_id"]], *parts, members=members)
    trends = charted(visit)
    for (_, of_year, metric), (text, _) in trends.items():
        parts = figures_in(text)[-2:] if metrics[metric] else figures_in(text)[:1]
        found.screen |= _metric(f"{metric} {of_year}", metrics[metric], *parts)
        numerator, denominator, *_ = _summed(whose, metric, int(of_year), is_rate=metrics[metric])
        found.sql |= _metric(f"{metric} {of_year}", metrics[metric], numerator, denominator)
    for row in followed(visit, "regions/trends") if trends else ():
        name = f"{row['metric_id']} {row['fiscal_year']}"
        parts = (decimal(row["numerator"]), decimal(row["denominator"]))
        found.export |= _metric(name, metrics[row["metric_id"]], *parts)
    return found


def _summed(
    whose: Whose, metric: str, year: int, *, is_rate: bool
) -> tuple[Decimal | None, Decimal | None, Decimal, bool]:
    """Numerator (of a count the count itself), denominator, how many reports have them, whether one report says so."""
    columns = f"{metric}_numerator, {metric}_denominator" if is_rate else f"{metric}, cast(0 as decimal(24, 6))"
    numerator, denominator, known, is_declared, forms = whose.con.execute(
        f"""
        with of_metric as (
            select {columns}, is_declared, normative_documents_form_version as form
            from standing inner join marts.agency_year using (report_id)
            where kind = 'region' and whose = ? and standing.fiscal_year = ?
        ),
        named (numerator, denominator, is_declared, form) as (from of_metric)
        select sum(numerator) filter (denominator is not null), sum(denominator) filter (numerator is not null),
            count(numerator + denominator), bool_or(is_declared), count(distinct form)
        from named
        """,
        [whose.code, year],
    ).fetchone()
    if metric == "normative_documents_count" and forms > 1:
        numerator = None  # the forms count them otherwise
    return numerator, denominator, Decimal(known), bool(is_declared)


def _metric(
    metric: str,
    is_rate: bool,
    numerator: Decimal | None = None,
    denominator: Decimal | None = None,
    *,
    members: Sequence[Decimal | None] = (),
) -> Figures:
    """A metric's parts and n of N by name. Without cases there is no rate and the screen says so in a word."""
    known, expected = members or (None, None)
    figures = {f"{metric} known": known, f"{metric} expected": expected, f"{metric} numerator": numerator}
    if is_rate:
        figures |= {
            f"{metric} numerator": numerator if denominator else None,
            f"{metric} denominator": denominator or None,
        }
    return figures


def _expected(whose: Whose, year: int) -> Decimal:
    """N: how many members there should be."""
    members = (
        "select count(*) filter (is_expected) from marts.region_members where region_agency_id = ? and fiscal_year = ?"
    )
    return Decimal(whose.con.execute(members, [whose.code, year]).fetchone()[0])


def _rollup(whose: Whose, visit: Visit, year: int, filters: dict[str, object]) -> Compared:
    """Declared and added up, cell by cell with n of N: all cells, or the list of headlines."""
    cells = "all" if int(year) % 2 else "headlines"
    found = Compared(opened(visit, whose.language, "regions", view="rollup", cells=cells, **filters))
    expected = _expected(whose, year)
    in_sql = {
        cell: (told, value, Decimal(known))
        for cell, told, value, known in whose.con.execute(
            """
            select table_no || '.' || line_code || '.' || column_code, max(told) filter (is_declared),
                sum(value) filter (not is_declared), count(value) filter (not is_declared)
            from parts inner join cells using (report_id)
            where kind = 'region' and whose = $1 and fiscal_year = $2 group by all
            """,
            [whose.code, year],
        ).fetchall()
    }
    for row in followed(visit, "regions/rollup"):
        cell = f"{row['table_no']}.{row['line_code']}.{row['column_code']}"
        found.export |= _declared_and_summed(
            cell,
            *(
                decimal(row[name])
                for name in ("declared_value", "member_sum", "reported_count", "expected_member_count")
            ),
        )
    if cells == "headlines":
        listed = visit.page.locator("table.rollup tr[data-cell]").evaluate_all(
            "rows => rows.map((row) => [row.dataset.cell, ...[1, 2, 3].map((no) => row.children[no].innerText)])"
        )
        for cell, declared, added, members in listed:
            found.screen |= _declared_and_summed(cell, first_of(declared), first_of(added), *figures_in(members))
    else:
        listed = visit.page.locator("table.rollup-form td[data-cell]").evaluate_all(
            """all => all.map((cell) => [cell.dataset.cell, cell.querySelector("a")?.textContent ?? "",
                [...cell.querySelector(".compared").childNodes].find((one) => one.nodeType === 3)?.textContent ?? "",
                cell.querySelector(".known")?.textContent ?? "", cell.classList.contains("roll-equal")])"""
        )
        for cell, declared, added, members, is_equal in listed:
            # What is equal is not written twice, and n of N only where somebody is missing.
            known = figures_in(members) or [expected, expected]
            told = first_of(declared if is_equal and not added else added)
            found.screen |= _declared_and_summed(cell, first_of(declared), told, *known)
    for cell in {"3.new.total", "3.closed.total", *(one[0] for one in listed)}:
        declared, added, known = in_sql.get(cell, (None, None, Decimal(0)))
        found.sql |= _declared_and_summed(cell, declared, added, known, expected)
    return found


def _declared_and_summed(
    cell: str, declared: Decimal | None, added: Decimal | None, known: Decimal | None, expected: Decimal | None
) -> Figures:
    return {f"{cell} declared": declared, f"{cell} sum": added, f"{cell} n": known, f"{cell} N": expected}

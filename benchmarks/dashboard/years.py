"""The pages through the years: what their charts and tables show against sums over the facts."""

from __future__ import annotations

import random
from decimal import Decimal
from math import sqrt

import duckdb

from benchmarks.browser import Visit
from benchmarks.dashboard.facts import Whose
from benchmarks.dashboard.shown import (
    Compared,
    Figures,
    charted,
    decimal,
    figures_in,
    first_of,
    followed,
    opened,
    percent,
)
from dashboard.components.numbers import SMALL_DENOMINATOR


def applications(lot: random.Random, visit: Visit, con: duckdb.DuckDBPyConnection) -> Compared:
    """依申请公开: in and out, what became of it, who asked, what was carried over, and the grounds of one year."""
    whose = Whose(lot, con)
    counts = {(year, line): value for year, line, value in whose.sums("sum(value)", "counts", "line_code")}
    years = sorted(year for (year, line), value in counts.items() if line == "new" and value is not None)
    year = lot.choice(years) if years else None
    found = Compared(
        opened(visit, whose.language, "applications", **whose.filters, **({"year": year} if years else {}))
    )
    found.sql = {f"{line} {year}": value for (year, line), value in counts.items()}
    for fiscal_year, column, value in whose.sums("sum(value)", "cells", "column_code", "line_code = 'new'"):
        if column != "total":
            found.sql[f"{column} {fiscal_year}"] = value
    for fiscal_year, _, numerator, denominator in whose.sums(
        "sum(o.value), sum(n.value + i.value)",
        "(from counts where line_code = 'carried_out') as o using (report_id)"
        " inner join (from counts where line_code = 'new') as n using (report_id)"
        " inner join (from counts where line_code = 'carried_in') as i",
        "0",
        "o.value + n.value + i.value is not null",
    ):
        found.sql |= {f"rate of {fiscal_year}": numerator, f"rate in {fiscal_year}": denominator}
    for (chart, of_year, series), (text, word) in charted(visit).items():
        if chart == "carried-over":
            parts = figures_in(text)[-2:] or ([Decimal(0)] * 2 if "is-no_cases" in word else [None] * 2)
            found.screen |= dict(zip((f"rate of {of_year}", f"rate in {of_year}"), parts, strict=True))
        else:
            found.screen[f"{series.removesuffix('_count')} {of_year}"] = first_of(text)
    for query, code in (("volume", "measure_code"), ("outcomes", "group_code"), ("applicants", "applicant_type_code")):
        for row in followed(visit, f"applications/{query}"):
            found.export[f"{row[code].removesuffix('_count')} {row['fiscal_year']}"] = decimal(row["figure"])
    for row in followed(visit, "applications/carried_over"):
        found.export[f"rate of {row['fiscal_year']}"] = decimal(row["numerator"])
        found.export[f"rate in {row['fiscal_year']}"] = decimal(row["denominator"])
    if years:
        _grounds(whose, visit, found, year)
    return found


def _grounds(whose: Whose, visit: Visit, found: Compared, year: int) -> None:
    """Single grounds, each by the 总计 of its line; of a report, where that is not there, its applicants added up."""
    shown = visit.page.locator("table.grounds tr.ground").evaluate_all(
        "rows => rows.map((row) => [row.dataset.line, row.querySelector('td').firstChild?.textContent ?? ''])"
    )
    found.screen |= {f"ground {line}": first_of(text) for line, text in shown}
    for row in followed(visit, "applications/grounds"):
        found.export[f"ground {row['line_code']}"] = decimal(row["figure"])
    total = "sum(value) filter (column_code = 'total')"
    six = "sum(value) filter (column_code <> 'total')"
    known = "count(value) filter (column_code <> 'total')"
    if whose.kind == "agency":
        total = f"coalesce({total}, case when {known} = 6 then {six} end)"
    lines = {
        line: value
        for of_year, line, value in whose.sums(total, "cells", "line_code", "table_no = 3")
        if of_year == year
    }
    found.sql |= {f"ground {line}": lines.get(line) for line, _ in shown}


def proactive(lot: random.Random, visit: Visit, con: duckdb.DuckDBPyConnection) -> Compared:
    """主动公开: the items of both forms. What one report says of an amount without a unit is told, though no figure."""
    whose = Whose(lot, con)
    found = Compared(opened(visit, whose.language, "proactive", **whose.filters))
    if whose.kind == "agency":
        sums = whose.sums("sum(told)", "cells", "line_code || '.' || column_code", "table_no = 2")
    else:
        # Members may be on the other form: of theirs only what the region's form asks for too is added up.
        sums = con.execute(
            """
            select fiscal_year, line_code || '.' || column_code, sum(value)
            from standing inner join cells using (report_id)
            where kind = 'region' and whose = $1 and (fiscal_year, table_no, line_code, column_code) in (
                select (fiscal_year, table_no, line_code, column_code)
                from marts.region_rollup where region_agency_id = $1 and table_no = 2
            )
            group by all
            """,
            [whose.code],
        ).fetchall()
    found.sql = {f"{item} {year}": value for year, item, value in sums}
    found.screen = {f"{item} {year}": first_of(text) for (_, year, item), (text, _) in charted(visit).items()}
    for row in followed(visit, "proactive/items"):
        name = f"{row['item_code']}.{row['measure_code']} {row['fiscal_year']}"
        found.export[name] = decimal(row["printed_value"])
    return found


def disputes(lot: random.Random, visit: Visit, con: duckdb.DuckDBPyConnection) -> Compared:
    """复议诉讼: cases and results of each route, and how often those decided were corrected, with the interval."""
    whose = Whose(lot, con)
    found = Compared(opened(visit, whose.language, "disputes", **whose.filters))
    # Results that rest on different numbers of reports are no parts of one whole.
    for year, route, cases, corrected, decided in con.execute(
        """
        with results as (
            select fiscal_year, line_code, column_code, sum(value) as value, count(value) as known
            from standing inner join cells using (report_id)
            where kind = ? and whose = ? and table_no = 4 and column_code <> 'total' group by all
        )
        select fiscal_year, line_code,
            case when count(value) = 4 and count(distinct known) = 1 then sum(value) end,
            sum(value) filter (column_code = 'corrected'),
            case when count(value) filter (column_code <> 'pending') = 3
                and count(distinct known) filter (column_code <> 'pending') = 1
                then sum(value) filter (column_code <> 'pending') end
        from results group by all
        """,
        [whose.kind, whose.code],
    ).fetchall():
        found.sql[f"{route} cases {year}"] = cases
        found.sql |= _rated(f"{route} {year}", corrected, decided)
    for year, result, value in whose.sums("sum(value)", "cells", "line_code || ' ' || column_code", "table_no = 4"):
        if not result.endswith("total"):
            found.sql[f"{result} {year}"] = value
    for (chart, year, series), (text, word) in charted(visit).items():
        kind, _, route = chart.partition("-")
        if kind == "cases":
            found.screen[f"{series} cases {year}"] = first_of(text)
        elif kind == "results":
            found.screen[f"{route} {series} {year}"] = first_of(text)
        else:
            found.screen |= _read_rate(f"{route} {year}", figures_in(text), is_none="is-no_cases" in word)
    for row in followed(visit, "disputes/cases"):
        name = f"{row['route_code']} {row['fiscal_year']}"
        found.export[f"{row['route_code']} {row['result_code']} {row['fiscal_year']}"] = decimal(row["figure"])
        found.export[f"{row['route_code']} cases {row['fiscal_year']}"] = decimal(row["denominator"])
        rates = {end: float(row[end]) if row[end] else None for end in ("correction_rate", "low", "high")}
        decided = decimal(row["decided"])
        found.export |= {
            f"{name} corrected": decimal(row["corrected"]) if decided is not None else None,
            f"{name} decided": decided,
            f"{name} rate": percent(rates["correction_rate"]),
            f"{name} low": percent(rates["low"]),
            f"{name} high": percent(rates["high"]),
        }
    return found


def _rated(name: str, corrected: Decimal | None, decided: Decimal | None) -> Figures:
    """How many of those decided were corrected; with enough of them the rate and its 95 % interval."""
    rate = low = high = None
    if decided is not None and corrected is not None and decided >= SMALL_DENOMINATOR:
        rate, cases, z = float(corrected / decided), float(decided), 1.96
        middle, half = rate + z * z / (2 * cases), z * sqrt(rate * (1 - rate) / cases + z * z / (4 * cases * cases))
        low, high = ((middle + way * half) / (1 + z * z / cases) for way in (-1, 1))
    return {
        f"{name} corrected": corrected if decided is not None else None,
        f"{name} decided": decided,
        f"{name} rate": percent(rate),
        f"{name} low": percent(low),
        f"{name} high": percent(high),
    }


def _read_rate(name: str, told: list[Decimal], *, is_none: bool) -> Figures:
    """What the screen says: ``35.7% (25/70; 25.5%-47.4%)``, of few cases ``2/5``, or that there are none."""
    if is_none:
        told = [Decimal(0), Decimal(0)]
    rate, (corrected, decided), interval = None, told[:2] or (None, None), (None, None)
    if len(told) >= 5:
        rate, corrected, decided, *interval = told[:5]
    return {
        f"{name} corrected": corrected,
        f"{name} decided": decided,
        f"{name} rate": rate,
        f"{name} low": interval[0],
        f"{name} high": interval[1],
    }

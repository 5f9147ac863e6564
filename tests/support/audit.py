"""A published build copied as tables that a test may tamper with."""

from __future__ import annotations

from pathlib import Path

import duckdb

READ = ("reference.rules", "reference.rule_terms", "reference.form_lines", "marts.dim_agency")
PAGE_READS = ("meta.build", "quality.findings")
OF_REPORTS = ("marts.dim_report", "marts.form_cells", "quality.rule_results")


def copy_of(build: Path, where: str = "true", file: Path | None = None) -> duckdb.DuckDBPyConnection:
    """What the audit reads of a build, of the reports that meet a condition on ``marts.dim_report``: in memory, or in a
    file that has what the summary page reads too."""
    con = duckdb.connect(file or ":memory:")
    (copy,) = con.execute("select current_database()").fetchone()
    con.execute(f"attach '{build.resolve()}' as original (read_only)")
    beside = build.with_name("raw.duckdb")
    if beside.exists():  # an unpublished build has its lines of counts there
        con.execute(f"attach '{beside}' as raw (read_only)")
    of_them = f"where report_id in (select report_id from marts.dim_report where {where})"
    for name in (*READ, *OF_REPORTS, *(PAGE_READS if file else ())):
        con.execute(f"use {copy}")
        con.execute(f"create schema if not exists {name.partition('.')[0]}")
        con.execute("use original")  # its views name no database
        con.execute(f"create table {copy}.{name} as select * from {name} {of_them if name in OF_REPORTS else ''}")
    con.execute(f"use {copy}")
    con.execute("detach original")
    return con

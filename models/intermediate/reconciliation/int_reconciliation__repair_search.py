"""Broken sums that no single cell mends: the smallest repairs of two or three cells, or that there is none.

The search itself is ``ingest/checks/repairs.py``; the folder of the project is on the path (profiles.yml).
grain: a row for each finding of a group (group_id, finding_id), and one for each cell a repair of it changes
(group_id, repair_no, report_id, table_no, line_code, column_no)
"""

from ingest.checks.broken_groups import PrintedSum, SumKey, Term, broken_groups

COLUMNS = {
    "group_id": "varchar", "status": "varchar", "cell_count": "integer", "repair_count": "integer",
    "finding_id": "varchar", "repair_no": "integer", "report_id": "bigint", "table_no": "integer",
    "line_code": "varchar", "column_no": "integer", "suggested_value": "bigint",
}  # fmt: skip


def model(dbt, session):
    dbt.config(materialized="table")
    sums = [
        PrintedSum(family, year, report, previous, SumKey(*key), difference, is_exact, finding)
        for family, year, report, previous, *key, difference, is_exact, finding in dbt.ref(
            "int_reconciliation__search_sums"
        ).fetchall()
    ]
    terms, figures = {}, {}
    if sums:
        for *key, _, _, offset, line, column_no, weight, least, most in dbt.ref(
            "int_reconciliation__search_terms"
        ).fetchall():
            terms.setdefault(SumKey(*key), []).append(Term(offset, line, column_no, weight, least, most))
        values = ", ".join(f"try_cast(value_{k} as bigint)" for k in range(1, 8))
        searched = dbt.ref("int_reconciliation__search_reports")
        lines = dbt.ref("int_reconciliation__faulty_lines").join(searched, "report_id, table_no", how="semi")
        for report, table_no, line, *row in lines.select(f"report_id, table_no, line_code, {values}").fetchall():
            figures.setdefault((report, table_no), {})[line] = row
    rows = [row for group in broken_groups(sums, terms, figures) for row in rows_of(group)]
    # Most builds have nothing to search: they need not wait for the libraries that parameters make DuckDB load.
    lists = {name: [row.get(name) for row in rows] for name in COLUMNS} if rows else None
    columns = ", ".join(f"unnest({f'${name}' if rows else '[]'}::{kind}[]) as {name}" for name, kind in COLUMNS.items())
    return session.sql(f"select {columns}", params=lists)


def rows_of(group):
    """The rows of a group; one that a single cell mends has none: int_reconciliation__repair_candidates lists it."""
    if group.cell_count == 1:
        return
    shared = {
        "group_id": group.group_id,
        "status": group.status,
        "cell_count": group.cell_count,
        "repair_count": group.repair_count,
    }
    for finding_id in group.finding_ids:
        yield shared | {"finding_id": finding_id}
    for repair_no, cells in enumerate(group.repairs, start=1):
        for cell in cells:
            yield (
                shared
                | {"repair_no": repair_no, "suggested_value": cell.value}
                | {name: getattr(cell, name) for name in ("report_id", "table_no", "line_code", "column_no")}
            )

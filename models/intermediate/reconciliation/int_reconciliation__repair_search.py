"""Broken sums that no single cell mends: the smallest repairs of two or three cells, or that there is none.

The search itself is ``ingest/checks/repairs.py``; the folder of the project is on the path (profiles.yml).
grain: a row for each finding of a group (group_id, finding_id), and one for each cell a repair of it changes
(group_id, repair_no, report_id, table_no, line_code, column_no)
"""

import pyarrow as pa

from ingest.checks.broken_groups import Figures, PrintedTable, Term, broken_groups

COLUMNS = {
    "group_id": pa.string(), "status": pa.string(), "cell_count": pa.int32(), "repair_count": pa.int32(),
    "finding_id": pa.string(), "repair_no": pa.int32(), "report_id": pa.int64(), "table_no": pa.int32(),
    "line_code": pa.string(), "column_no": pa.int32(), "suggested_value": pa.int64(),
}  # fmt: skip
TABLE = "family_id, fiscal_year, report_id, previous_report_id, table_no, sums"
LISTS = ("inexact_sums", "broken_sums", "differences", "finding_ids")
TERM = "sum_no, year_offset, term_line_code, term_column_no, weight, lowest, highest"


def model(dbt, session):
    dbt.config(materialized="table")
    lists = ", ".join(f"coalesce({name}, [])" for name in LISTS)
    sums = dbt.ref("int_reconciliation__search_sums").select(f"{TABLE}, {lists}")
    tables = [PrintedTable(*row) for row in sums.fetchall()]
    terms = {}
    for sum_no, *term in (
        dbt.ref("int_reconciliation__search_terms").order("sum_no, side, term_no").select(TERM).fetchall()
    ):
        terms.setdefault(sum_no, []).append(Term(*term))
    searched = dbt.ref("int_reconciliation__search_reports")
    lines = dbt.ref("int_reconciliation__faulty_lines").join(searched, "report_id, table_no", how="semi")
    rows = [row for group in broken_groups(tables, terms, figures_of(lines)) for row in rows_of(group)]
    columns = zip(*rows, strict=True) if rows else [()] * len(COLUMNS)
    arrays = [pa.array(values, kind) for values, kind in zip(columns, COLUMNS.values(), strict=True)]
    return pa.table(arrays, list(COLUMNS))


def figures_of(lines):
    values = ", ".join(f"try_cast(value_{k} as bigint) as value_{k}" for k in range(1, 8))
    printed = lines.select(f"report_id, table_no, line_code, {values}").fetchnumpy()
    report_ids, table_nos, line_codes, *columns = (column.tolist() for column in printed.values())
    rows = {}
    for number, (report_id, table_no, line_code) in enumerate(zip(report_ids, table_nos, line_codes, strict=True)):
        rows.setdefault((report_id, table_no), {})[line_code] = number
    return Figures(rows, columns)


def rows_of(group):
    """The rows of a group; one that a single cell mends has none: int_reconciliation__repair_candidates lists it."""
    if group.cell_count == 1:
        return
    shared = (group.group_id, group.status, group.cell_count, group.repair_count)
    for finding_id in group.finding_ids:
        yield (*shared, finding_id, *[None] * 6)
    for repair_no, cells in enumerate(group.repairs, start=1):
        for cell in cells:
            yield (*shared, None, repair_no, cell.report_id, cell.table_no, cell.line_code, cell.column_no, cell.value)

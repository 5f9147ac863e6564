"""The rules of the published build written out as equations over cells, apart from the engine that evaluated them.

Whoever shows or audits findings reads the rules here: ``reference.rules``, ``reference.rule_terms`` and
``reference.form_lines`` are what the seeds say, and nothing here looks at the engine's own tables.
"""

from __future__ import annotations

import duckdb
import pandas as pd

EQUATION = [
    "rule_id",
    "form_version",
    "table_no",
    "line_code",
    "column_code",
]  # its address: * on the axis it runs along
AXES = ("column", "row", "single")  # rules said as sums over cells; others compare something else

_TERMS = """
    select
        terms.rule_id, rules.axis, terms.form_version, terms.table_no, terms.term_no, terms.side,
        terms.line_code as term_line_code, terms.column_code as term_column_code, terms.weight::bigint as weight,
        terms.year_offset, terms.requires_unit
    from reference.rule_terms as terms
    inner join reference.rules as rules on terms.rule_id = rules.rule_id
    where rules.status = 'active'
    order by all
"""
_CELLS = "select form_version, table_no, line_code, column_code from reference.form_lines"


def equations(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """The terms of every equation of every active rule that is a sum over cells, one row a term.

    Columns: ``EQUATION``, axis, side, term_no, year_offset, term_line_code and term_column_code (null for a constant,
    whose value is its weight), weight, requires_unit. A line or column that lacks a cell of the sum has no equation.
    """
    terms = con.execute(_TERMS).df()
    terms = terms[terms["axis"].isin(AXES)]
    is_constant = terms["term_line_code"].isna()
    cells = terms[~is_constant].merge(con.execute(_CELLS).df(), on=["form_version", "table_no"])
    for part in ("line", "column"):
        asked = cells[f"term_{part}_code"]
        cells = cells[(asked == "*") | (asked == cells[f"{part}_code"])]
    cells = cells.assign(term_line_code=cells["line_code"], term_column_code=cells["column_code"])
    cells.loc[cells["axis"] == "column", "line_code"] = "*"
    cells.loc[cells["axis"] == "row", "column_code"] = "*"

    rule = ["rule_id", "form_version", "table_no"]
    wanted = terms[~is_constant].groupby(rule)["term_no"].size().rename("wanted")
    found = cells.groupby(EQUATION)["term_no"].size().rename("found").reset_index().merge(wanted, on=rule)
    axis = found.merge(terms[["rule_id", "axis"]].drop_duplicates(), on="rule_id")["axis"]
    whole = found[(axis == "single") | (found["found"] == found["wanted"])][EQUATION]
    constants = whole.merge(terms[is_constant], on=rule)
    return pd.concat([cells.merge(whole, on=EQUATION), constants], ignore_index=True)

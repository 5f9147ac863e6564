"""The rules, against what a user would take: which equations of 表三 and 表四 break, over many reports.

Everyone starts from the typed cells and must name the same broken equations. Ours answers for every rule of the book,
the peers for the sums within a table, and of a tenth of the reports: what they take grows with the reports or faster.
"""

from __future__ import annotations

import sqlite3
import tempfile
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

import duckdb
import pandas as pd

from benchmarks.bench import Measured, in_turns
from benchmarks.dbt import build_models
from benchmarks.scale import write_raw

REPORTS, SAMPLED = 40_000, 4_000
SUMS = ("T3-BALANCE", "T3-OUTCOMES", "T3-APPLICANTS", "T4-TOTAL")
_CHECKS = "int_reconciliation__column_checks"
_FAILED = "int_reconciliation__failed_equations"
_KEY = ["report_id", "rule_id", "line_code", "column_code"]

Broken = set[tuple[int, str, str, str]]


class _Warehouse:
    """The models up to the broken equations, built from many reports, and the cells as a user would have them."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="gongkai-bench-")
        data = Path(self._folder.name)
        write_raw(data, REPORTS)
        build = build_models(data, f"+{_FAILED}")
        self._sql = {path.stem: path.read_text(encoding="utf-8") for path in data.glob("target/compiled/**/*.sql")}
        self.con = duckdb.connect(build, config={"threads": 2})
        self.con.execute(f"attach '{data / 'raw.duckdb'}' as raw (read_only)")
        self.terms = self.con.execute(
            f"""
            select rule_id, form_version, table_no, line_code, column_code, term_line_code, term_column_code,
                cast(case side when 'left' then weight else -weight end as integer) as weight
            from intermediate.int_reconciliation__terms where rule_id in {SUMS} and term_line_code is not null
            """
        ).df()
        self.con.execute(
            "create temp table sampled as "
            f"select report_id from intermediate.int_documents__reports order by report_id limit {SAMPLED}"
        )
        columns = "report_id, form_version, table_no, line_code as term_line_code"
        self.cells = self.con.execute(
            " union all ".join(
                f"select {columns}, column_code as term_column_code, cast(value_{k} as double) as value "
                "from intermediate.int_cells__form_lines inner join sampled using (report_id) "
                f"inner join seeds.form_cells using (form_version, table_no, line_code) where column_no = {k}"
                for k in range(1, 8)
            )
        ).df()

    def check(self) -> int:
        """The models of the rule engine, from the typed lines to the broken equations; how many reports it checked."""
        for model in (_CHECKS, _FAILED):
            self.con.execute(f"create or replace temp table {model} as {self._sql[model]}")
        return REPORTS

    def broken(self) -> Broken:
        """What the models found in the sample."""
        self.check()
        return set(
            self.con.execute(
                f"select {', '.join(_KEY)} from temp.{_FAILED} inner join sampled using (report_id) "
                f"where rule_id in {SUMS}"
            ).fetchall()
        )


@cache
def _warehouse() -> _Warehouse:
    return _Warehouse()


def _sides_by_pandas() -> pd.DataFrame:
    """Left minus right of every equation with all its terms, by a merge of the cells with the terms."""
    house = _warehouse()
    on = ["form_version", "table_no", "term_line_code", "term_column_code"]
    merged = house.cells.merge(house.terms, on=on)
    merged["amount"] = merged["value"] * merged["weight"]
    sides = merged.groupby(_KEY, sort=False)["amount"].agg(["sum", "count", "size"]).reset_index()
    return sides[sides["count"] == sides["size"]]


def _by_pandas() -> Broken:
    sides = _sides_by_pandas()
    return set(sides.loc[sides["sum"] != 0, _KEY].itertuples(index=False, name=None))


def _by_gx() -> Broken:
    """Great Expectations on the same merge: one expectation an equation, over all reports."""
    import great_expectations as gx  # noqa: PLC0415  # takes two seconds, which only this row should pay

    sides = _sides_by_pandas()
    wide = sides.pivot_table(index="report_id", columns=_KEY[1:], values="sum")
    names = {"|".join(column): column for column in wide.columns}
    frame = wide.set_axis(list(names), axis=1).reset_index()
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    batch = (
        context.data_sources.add_pandas("cells")
        .add_dataframe_asset("sides")
        .add_batch_definition_whole_dataframe("all")
    )
    suite = gx.ExpectationSuite(name="sums")
    for name in names:
        suite.add_expectation(gx.expectations.ExpectColumnValuesToBeBetween(column=name, min_value=0, max_value=0))
    result = batch.get_batch(batch_parameters={"dataframe": frame}).validate(
        suite, result_format={"result_format": "COMPLETE", "unexpected_index_column_names": ["report_id"]}
    )
    return {
        (row["report_id"], *names[one.expectation_config.kwargs["column"]])
        for one in result.results
        for row in one.result["unexpected_index_list"] or []
    }


@cache
def _in_sqlite() -> sqlite3.Connection:
    house = _warehouse()
    con = sqlite3.connect(":memory:")
    house.cells.to_sql("cells", con, index=False)
    house.terms.to_sql("terms", con, index=False)
    con.execute("create index terms_by_cell on terms (form_version, table_no, term_line_code, term_column_code)")
    return con


def _by_sqlite() -> Broken:
    key = "cells.report_id, terms.rule_id, terms.line_code, terms.column_code"
    return set(
        _in_sqlite()
        .execute(
            f"""
            select {key} from cells
            inner join terms using (form_version, table_no, term_line_code, term_column_code)
            group by {key} having count(*) = count(value) and sum(value * weight) <> 0
            """
        )
        .fetchall()
    )


def _against(name: str, peer: Callable[[], Broken], must: float, stretch: float) -> Measured:
    house = _warehouse()
    theirs, own = peer(), house.broken()
    if theirs != own:
        raise AssertionError(f"{name} finds {len(theirs)} broken equations, we find {len(own)}: {theirs ^ own}"[:500])

    def by_peer() -> int:
        peer()
        return SAMPLED

    rate, peer_rate, ratio = in_turns([(house.check, by_peer)], rounds=3, clock=time.perf_counter)
    return Measured(f"rules against {name}", "reports", rate, peer_rate, name, ratio, must, stretch, "same findings")


def rules_pandas() -> Measured:
    """A merge of the cells with the terms of the rules."""
    return _against("pandas merge", _by_pandas, must=8, stretch=12)


def rules_gx() -> Measured:
    """Expectations on the outcome of that merge."""
    return _against("GX on pandas", _by_gx, must=15, stretch=28)


def rules_sqlite() -> Measured:
    """The same sums in SQL, row by row."""
    return _against("SQLite", _by_sqlite, must=40, stretch=80)


ROWS = (rules_pandas, rules_gx, rules_sqlite)

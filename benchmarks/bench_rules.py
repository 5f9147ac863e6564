"""The rules, against what a user would take: which equations within the tables break, over many reports.

Everyone starts from the typed cells and must name the same broken equations. Ours answers for every rule of the book,
the peers for those within a table that ask neither a unit nor the level of an agency, and of a tenth of the reports:
what they take grows with the reports or faster.
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
RULES = ("T3-BALANCE", "T3-OUTCOMES", "T3-APPLICANTS", "T4-TOTAL", "T2-SIGN", "COUNT")
_TABLES = "int_reconciliation__suspect_tables"
_FAILED = "int_reconciliation__failed_equations"
_KEY = ["report_id", "rule_id", "line_code", "column_code"]
_BOUNDS = ["has_floor", "is_capped_by_right", "must_be_whole"]  # what a relation asks of left minus right

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
            select terms.rule_id, form_version, table_no, terms.line_code, column_code,
                term_line_code, term_column_code,
                cast(case side when 'left' then weight else -weight end as integer) as weight, {", ".join(_BOUNDS)}
            from intermediate.int_reconciliation__terms as terms
            inner join intermediate.int_reconciliation__line_terms as line_terms
                using (rule_id, form_version, table_no)
            where rule_id in {RULES} and term_line_code = line_terms.line_code
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
        for model in (_TABLES, _FAILED):
            self.con.execute(f"create or replace temp table {model} as {self._sql[model]}")
        return REPORTS

    def broken(self) -> Broken:
        """What the models found in the sample."""
        self.check()
        return set(
            self.con.execute(
                f"select {', '.join(_KEY)} from temp.{_FAILED} inner join sampled using (report_id) "
                f"where rule_id in {RULES}"
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
    sides = merged.groupby([*_KEY, *_BOUNDS], sort=False)["amount"].agg(["sum", "count", "size"]).reset_index()
    return sides[sides["count"] == sides["size"]]


def _by_pandas() -> Broken:
    sides = _sides_by_pandas()
    margin = sides["sum"]
    is_broken = (
        (sides["has_floor"] & (margin < 0))
        | (sides["is_capped_by_right"] & (margin > 0))
        | (sides["must_be_whole"] & (margin % 1 != 0))
    )
    return set(sides.loc[is_broken, _KEY].itertuples(index=False, name=None))


def _by_gx() -> Broken:
    """Great Expectations on the same merge: one expectation an equation, over all reports."""
    import great_expectations as gx  # noqa: PLC0415  # takes two seconds, which only this row should pay

    sides = _sides_by_pandas()
    wide = sides.pivot_table(index="report_id", columns=_KEY[1:] + _BOUNDS, values="sum")
    names = {"|".join(map(str, column)): column for column in wide.columns}
    frame = wide.set_axis(list(names), axis=1)
    fractions = {f"{name}|fraction": name for name, (*_, must_be_whole) in names.items() if must_be_whole}
    frame = frame.join((frame[list(fractions.values())] % 1).set_axis(list(fractions), axis=1)).reset_index()
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    batch = (
        context.data_sources.add_pandas("cells")
        .add_dataframe_asset("sides")
        .add_batch_definition_whole_dataframe("all")
    )
    suite = gx.ExpectationSuite(name="rules")
    for name, (*_, has_floor, is_capped, _) in names.items():
        bounds = {"min_value": 0 if has_floor else None, "max_value": 0 if is_capped else None}
        if has_floor or is_capped:
            suite.add_expectation(gx.expectations.ExpectColumnValuesToBeBetween(column=name, **bounds))
    for name in fractions:
        suite.add_expectation(gx.expectations.ExpectColumnValuesToBeBetween(column=name, min_value=0, max_value=0))
    result = batch.get_batch(batch_parameters={"dataframe": frame}).validate(
        suite, result_format={"result_format": "COMPLETE", "unexpected_index_column_names": ["report_id"]}
    )
    return {
        (row["report_id"], *names[column.removesuffix("|fraction")][: len(_KEY) - 1])
        for one in result.results
        for column in [one.expectation_config.kwargs["column"]]
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
    sides = f"select {key}, {', '.join(_BOUNDS)}, sum(value * weight) as margin"
    return set(
        _in_sqlite()
        .execute(
            f"""
            select {", ".join(_KEY)} from (
                {sides} from cells
                inner join terms using (form_version, table_no, term_line_code, term_column_code)
                group by {key}, {", ".join(_BOUNDS)} having count(*) = count(value)
            )
            where has_floor and margin < 0 or is_capped_by_right and margin > 0
                or must_be_whole and margin <> cast(margin as integer)
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

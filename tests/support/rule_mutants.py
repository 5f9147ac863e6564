"""Every small change of the rule seeds, each as a rule of its own, and the engine's SQL run on all of them at once."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from ingest.paths import REPO
from tests.support.rule_book import Address, Outcome

SEEDS = REPO / "seeds" / "rules"
SHAPE_TEST = REPO / "tests" / "dbt" / "singular" / "assert_rules_ask_only_what_their_axis_can_answer.sql"
PROSE = "prose"  # rules on the prose have no terms; what they say is in seeds/narrative

# What the engine reads of the reports, and its models from the seeds to the verdicts in the order they are built in.
INPUTS = ("int_documents__reports", "int_cells__form_lines", "int_cells__other_lines",
          "int_documents__previous_reports", "int_documents__report_forms",
          "int_documents__member_reports")  # fmt: skip
ENGINE = ("terms", "line_terms", "level_rules", "linked_terms", "column_checks", "column_gaps", "row_sums",
          "row_checks", "cell_checks", "linked_lines", "linked_checks", "member_checks", "outward_checks",
          "line_checks", "suspect_tables", "suspect_table_lines", "suspect_lines", "failed_equations",
          "gapped_lines", "open_equations")  # fmt: skip
REF = r"\{\{ ref\('(\w+)'\) \}\}"

Row = dict[str, str]


@dataclass(frozen=True)
class Mutant:
    """A rule of the seeds with one thing changed, under its own id."""

    of: str
    change: str
    rule: Row
    terms: list[Row]


def seed(name: str) -> list[Row]:
    with (SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def mutants() -> list[Mutant]:
    """Each change of each rule over cells, numbered."""
    terms = defaultdict(list)
    for term in seed("reconciliation_rule_terms"):
        terms[term["rule_id"]].append(term)
    found = []
    for rule in seed("reconciliation_rules"):
        if rule["axis"] == PROSE:
            continue
        for number, (change, changed, of_terms) in enumerate(_changes(rule, terms[rule["rule_id"]])):
            name = f"{rule['rule_id']}#{number}"
            found.append(
                Mutant(rule["rule_id"], change, changed | {"rule_id": name}, [t | {"rule_id": name} for t in of_terms])
            )
    return found


def _changes(rule: Row, terms: list[Row]) -> Iterator[tuple[str, Row, list[Row]]]:
    yield "none", rule, terms
    others = {
        "relation": [row["relation"] for row in seed("reconciliation_relations")],
        "axis": ["column", "row", "single", "hierarchy", PROSE],
        "tolerance": [str(int(rule["tolerance"]) + 1)],
        "severity": ["hard", "soft"],
        "status": ["draft"],
        "form_versions": ["2019", "2021", "2019|2021"],
        "agency_levels": ["", "county", "prefecture"],
    }
    for column, values in others.items():
        for value in values:
            if value != rule[column]:
                yield f"{column} {rule[column]} → {value}", rule | {column: value}, terms
    for index, term in enumerate(terms):
        where = f"{term['side']} {term['line_code']}×{term['column_code']} of {term['form_version']}"
        flipped = str(-int(term["weight"]) or 1)
        changes = {"weight": flipped, "year_offset": str(-1 - int(term["year_offset"])), "requires_unit": ""}
        for column, value in changes.items():
            if value != term[column]:
                changed = term | {column: value}
                yield f"{where}: {column} → {value}", rule, [*terms[:index], changed, *terms[index + 1 :]]
        yield f"{where} dropped", rule, [*terms[:index], *terms[index + 1 :]]


def evaluated(
    build: Path, compiled: Path, rules: Iterable[Mutant], reports: Iterable[str]
) -> duckdb.DuckDBPyConnection:
    """The engine's SQL as dbt compiled it, on these reports of a build, with ``rules`` for seeds; nothing is written.

    Afterwards ``quality.rule_results`` is of these rules, and ``faults`` what the test of the seeds finds wrong there.
    """
    con = duckdb.connect()
    con.execute(f"attach '{build}' as build (read_only)")
    con.execute(f"attach '{build.with_name('raw.duckdb')}' as raw (read_only)")
    for schema in ("seeds", "staging", "intermediate", "quality"):
        con.execute(f"create schema {schema}")
    con.execute("create table chosen as select report_id from build.intermediate.int_documents__reports"
                " where list_contains(?, source_path)", [list(reports)])  # fmt: skip
    for name in INPUTS:
        con.execute(
            f"create table intermediate.{name} as from build.intermediate.{name} semi join chosen using (report_id)"
        )
    con.execute(
        "create table staging.stg_count_rows as from build.staging.stg_count_rows"
        " semi join intermediate.int_documents__reports using (document_id)"
    )
    con.execute("create table staging.stg_form_lines as from build.staging.stg_form_lines")
    for name in ("form_cells", "reconciliation_relations"):
        con.execute(f"create table seeds.{name} as from build.seeds.{name}")
    rules = list(rules)
    for name, rows in (
        ("reconciliation_rules", [one.rule for one in rules]),
        ("reconciliation_rule_terms", [term for one in rules for term in one.terms]),
    ):
        con.register("rows", pa.Table.from_pylist(rows))
        types = con.execute(f"describe build.seeds.{name}").fetchall()
        columns = ", ".join(f"cast(nullif({column}, '') as {kind}) as {column}" for column, kind, *_ in types)
        con.execute(f"create table seeds.{name} as select {columns} from rows")
    folder = compiled / "models" / "intermediate" / "reconciliation"
    for name in ENGINE:
        sql = (folder / f"int_reconciliation__{name}.sql").read_text(encoding="utf-8")
        con.execute(f"create table intermediate.int_reconciliation__{name} as {sql}")
    sql = (compiled / "models" / "marts" / "quality" / "rule_results.sql").read_text(encoding="utf-8")
    con.execute(f"create table quality.rule_results as {sql}")
    shape = SHAPE_TEST.read_text(encoding="utf-8")
    for name in set(re.findall(REF, shape)):
        schema = "intermediate" if name.startswith("int_") else "seeds"
        con.execute(f"create table if not exists {schema}.{name} as from build.{schema}.{name}")
        shape = shape.replace(f"{{{{ ref('{name}') }}}}", f"{schema}.{name}")
    con.execute(f"create table faults as {shape}")
    return con


Expected = dict[tuple[str, Address], Outcome]  # what is to be said of an equation of a report


def apart(con: duckdb.DuckDBPyConnection, expected: Expected) -> dict[str, int]:
    """Of every rule whose results are not exactly what was expected of the rule it was made of, how many differ."""
    columns = ("path", "rule", "table_no", "line", "col", "verdict", "left_value", "right_value")
    rows = [dict(zip(columns, (path, *address, *told), strict=True)) for (path, address), told in expected.items()]
    text, figure = pa.string(), pa.decimal128(38, 6)
    types = (text, text, pa.int32(), text, text, text, figure, figure)
    con.register("told", pa.Table.from_pylist(rows, schema=pa.schema(list(zip(columns, types, strict=True)))))
    con.execute(
        "create or replace temp table said as select rule_id, source_path as path,"
        " split_part(rule_id, '#', 1) as rule, table_no, line_code as line, column_code as col, verdict, left_value,"
        " right_value from quality.rule_results join intermediate.int_documents__reports using (report_id)"
        " where verdict is not null"
    )
    same = " and ".join(f"said.{column} is not distinct from told.{column}" for column in columns[5:])
    keys = " and ".join(f"said.{column} = told.{column}" for column in columns[:5])
    differences = "expected + coalesce(found, 0) - 2 * coalesce(same_count, 0)"
    query = (
        "with counted as (select rule, count(*) as expected from told group by rule),"
        f" compared as (select said.rule_id, count(*) as found, count(*) filter ({same}) as same_count"
        f" from said left join told on {keys} group by said.rule_id)"
        f" select rule_id, {differences} from seeds.reconciliation_rules"
        " join counted on rule = split_part(rule_id, '#', 1) left join compared using (rule_id)"
        f" where {differences} <> 0"
    )
    return dict(con.execute(query).fetchall())

"""The rule engine finds every wrong cell, and the right value of all it can prove. One dbt run for all cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import duckdb
import pytest

from benchmarks.generate.forms import CellKey
from benchmarks.repairs import Oracle, Repairs
from benchmarks.sums import empty_form, equations, following, full_form
from ingest.checks.reconciliation import VERDICTS, audit
from ingest.revisions import differences
from tests.support.audit import copy_of
from tests.support.reconciliation import Values, run_engine, write_raw
from tests.support.rule_book import HARD, SOFT, case_reports
from tests.support.rule_book import verdicts as told_by_hand
from tests.support.rule_mutants import apart, evaluated, mutants
from tests.support.warehouse import Dbt
from tests.support.wrong_cells import VERSIONS, Wrong, two_wrong_cells, wrong_cells

Suggested = dict[str, list[tuple[CellKey, int, bool]]]
NEW_TOTAL, NEW_OTHER = CellKey(3, "new", "total"), CellKey(3, "new", "other")
PERMITS = CellKey(2, "permits", "decisions")


def special_cases() -> dict[str, tuple[str, Values]]:
    """Reports that print something else than counts, and the two that are right."""
    full, empty = full_form("2021"), empty_form("2021")
    new = [key for key in empty if key.line_code == "new"]
    return {
        "right/2019": ("2019", full_form("2019")),
        "right/2021": ("2021", full),
        "negative": ("2021", full | {PERMITS: -5}),
        "fraction": ("2021", full | {PERMITS: "3.5"}),
        "rounded": (
            "2021",
            empty | dict.fromkeys(new, 0) | {NEW_TOTAL: "31.2万", CellKey(3, "closed", "total"): 312000},
        ),
        "blank total": ("2021", full | {NEW_TOTAL: "", NEW_OTHER: full[NEW_OTHER] + 1}),
    }


NEW_CELLS = [key for key in full_form("2021") if key.line_code == "new"]
COUNTY, TOWN = "漳平市人民政府", "漳平市西园镇人民政府"
CARRIED_OUT, CARRIED_IN = CellKey(3, "carried_out", "natural_person"), CellKey(3, "carried_in", "natural_person")
OTHER_CARRIED_OUT = CARRIED_OUT._replace(column_code="business")
ITEMS, CHANGE = CellKey(2, "permits", "previous_items"), CellKey(2, "permits", "items_change")
PUBLISHED, TOTAL_PUBLISHED = (CellKey(2, "normative_documents", c) for c in ("published", "published_total"))
ISSUED, REPEALED, IN_FORCE = (CellKey(2, "normative_documents", c) for c in ("issued", "repealed", "in_force"))


def years() -> dict[str, tuple[str, Values]]:
    """Reports of one agency for two years each."""
    first, second = full_form("2019"), following("2019")
    later, latest = full_form("2021"), following("2021")
    swapped = {CARRIED_OUT: later[OTHER_CARRIED_OUT], OTHER_CARRIED_OUT: later[CARRIED_OUT]}
    shifted_alone = {CARRIED_IN: latest[CARRIED_IN] + 1, NEW_CELLS[0]: latest[NEW_CELLS[0]] - 1}
    totals = [key._replace(column_code="total") for key in shifted_alone]
    shifted = dict(second)
    for column in ("natural_person", "total"):
        shifted[CellKey(3, "carried_in", column)] += 1
        shifted[CellKey(3, "new", column)] -= 1
    return {
        "kept@2019": ("2019", first),
        "kept@2020": ("2019", second),
        "new form@2020": ("2019", first),
        "new form@2021": ("2021", latest),
        "a year between@2019": ("2019", first),
        "a year between@2021": ("2019", shifted),
        "taken in otherwise@2019": ("2019", first),
        "taken in otherwise@2020": ("2019", shifted),
        "wrong carried out@2021": ("2021", later | {CARRIED_OUT: later[CARRIED_OUT] + 9}),
        "wrong carried out@2022": ("2021", latest),
        "wrong carried in@2020": ("2019", first),
        "wrong carried in@2021": ("2021", latest | {CARRIED_IN: latest[CARRIED_IN] + 4}),
        "unproven@2021": ("2021", later),
        "unproven@2022": ("2021", latest | shifted_alone | dict.fromkeys(totals, "")),
        "swapped@2021": ("2021", later | swapped),
        "swapped@2022": ("2021", latest),
        "swapped alone@2021": ("2021", later | swapped),
        "items@2019": ("2019", first | {ITEMS: 5, CHANGE: -2, TOTAL_PUBLISHED: 7}),
        "items@2020": ("2019", second | {ITEMS: 4, PUBLISHED: 1, TOTAL_PUBLISHED: 8}),
        "published@2019": ("2019", first | {TOTAL_PUBLISHED: 7}),
        "published@2020": ("2019", second | {PUBLISHED: 2, TOTAL_PUBLISHED: 8}),
        "in force@2022": ("2021", later | {IN_FORCE: 10}),
        "in force@2023": ("2021", latest | {ISSUED: 2, REPEALED: 1, IN_FORCE: 12}),
        f"{COUNTY}@2021": ("2021", later),
        f"{TOWN}@2021": ("2019", first),
        f"{COUNTY}@2022": ("2021", latest | dict.fromkeys(NEW_CELLS, 0) | {NEW_TOTAL: 5}),
        f"{TOWN}@2022": ("2021", empty_form("2021") | {NEW_OTHER: 7, NEW_TOTAL: 7, CellKey(3, "closed", "total"): ""}),
        f"{COUNTY}@2023": ("2021", later),
        "blank@2021": ("2021", empty_form("2021") | {CARRIED_OUT: ""}),
        "blank@2022": ("2021", empty_form("2021")),
    }


@pytest.fixture(scope="module")
def cases() -> tuple[Wrong, Wrong]:
    return wrong_cells(3), wrong_cells(4)


@pytest.fixture(scope="module")
def con(
    dbt: Dbt, cases: tuple[Wrong, Wrong], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[duckdb.DuckDBPyConnection]:
    data = tmp_path_factory.mktemp("reconciliation")
    single = {path: case[:2] for wrong in cases for path, case in wrong.items()}
    ruled = {path: (report.version, report.values) for path, report in case_reports().items()}
    write_raw(data / "raw.duckdb", single | two_wrong_cells() | special_cases() | years() | ruled)
    with run_engine(dbt, data) as connection:
        yield connection


@pytest.fixture(scope="module")
def suggested(con: duckdb.DuckDBPyConnection) -> Suggested:
    found = defaultdict(list)
    for path, table_no, line, column, value, is_unique in con.execute(
        "select source_path, table_no, line_code, column_code, suggested_value, is_unique"
        " from quality.suggested_corrections where cell_count = 1"
    ).fetchall():
        found[path].append((CellKey(table_no, line, column), int(value), is_unique))
    return found


@pytest.fixture(scope="module")
def repairs(con: duckdb.DuckDBPyConnection) -> dict[str, dict[tuple[int, str], dict[str, Repairs]]]:
    """The repairs of each group, by path and block: table 3, or a line of table 4."""
    changes = defaultdict(set)
    for path, group, number, table_no, line, column, value in con.execute(
        "select source_path, group_id, candidate_no, table_no, line_code, column_code, suggested_value"
        " from quality.suggested_corrections"
    ).fetchall():
        block = (table_no, line if table_no == 4 else "")
        changes[path, block, group, number].add((CellKey(table_no, line, column), int(value)))
    found = defaultdict(lambda: defaultdict(lambda: defaultdict(set)))
    for (path, block, group, _), cells in changes.items():
        found[path][block][group].add(frozenset(cells))
    return found


def groups(con: duckdb.DuckDBPyConnection, path: str) -> list[tuple[str, int | None, int]]:
    """Status, cells and number of smallest repairs of each group of broken sums in a report."""
    query = (
        "select distinct finding_groups.status, cell_count, candidate_count, group_id from quality.finding_groups"
        " join quality.findings using (finding_id) where source_path = ? order by all"
    )
    return [row[:3] for row in con.execute(query, [path]).fetchall()]


def findings(con: duckdb.DuckDBPyConnection, path: str) -> list[tuple[str, str]]:
    """Rule and equation of every finding of a report."""
    query = "select rule_id, equation_text from quality.findings where source_path = ? order by all"
    return con.execute(query, [path]).fetchall()


def test_every_wrong_cell_of_table_3_is_found_with_its_right_value(cases: tuple[Wrong, Wrong], suggested: Suggested):
    missed = {path: suggested.get(path) for path, (_, _, key, right) in cases[0].items()
              if suggested.get(path) != [(key, right, True)]}  # fmt: skip
    assert len(cases[0]) == (161 + 175) * (5 + 3), "five changes of each cell, three where it is zero"
    assert not missed


def blocks(version: str) -> dict[tuple[int, str], Oracle]:
    """An oracle for the sums of table 3, which hang together, and for each line of table 4."""
    sums = defaultdict(list)
    for equation in equations(version):
        cell = next(iter(equation.weights))
        sums[cell.table_no, cell.line_code if cell.table_no == 4 else ""].append(equation)
    return {block: Oracle(of_block) for block, of_block in sums.items()}


def test_every_wrong_cell_of_table_4_is_found_but_not_told_from_its_rivals(
    cases: tuple[Wrong, Wrong], suggested: Suggested
):
    oracles = {version: blocks(version) for version in VERSIONS}
    for path, (version, values, key, right) in cases[1].items():
        found = suggested[path]
        rivals = oracles[version][4, key.line_code].smallest(values)
        assert (key, right) in {candidate[:2] for candidate in found}, path
        assert {frozenset([candidate[:2]]) for candidate in found} == rivals, path
        assert all(is_unique == (len(found) == 1) for *_, is_unique in found), path


def test_a_report_has_a_finding_for_every_broken_sum_and_no_other(con: duckdb.DuckDBPyConnection):
    pairs = two_wrong_cells()
    counted = dict(con.execute("select source_path, count(*) from quality.findings group by source_path").fetchall())
    broken = {
        path: sum(e.residue(values) != 0 for e in equations(version)) for path, (version, values) in pairs.items()
    }
    assert {path: counted.get(path, 0) for path in pairs} == broken


@pytest.mark.parametrize("version", VERSIONS)
def test_what_mends_two_wrong_cells_is_what_trying_them_all_out_finds(
    con: duckdb.DuckDBPyConnection, repairs: dict[str, dict[tuple[int, str], dict[str, Repairs]]], version: str
):
    """Of each block all smallest repairs; groups that are told apart, each with its own, are multiplied out."""
    different, sizes = {}, set()
    oracles = blocks(version)
    for path, (of_version, values) in two_wrong_cells().items():
        if of_version != version:
            continue
        for block, oracle in oracles.items():
            by_group = repairs[path][block].values()
            found = {frozenset().union(*chosen) for chosen in product(*by_group)} if by_group else set()
            expected = oracle.smallest(values)
            sizes |= {len(repair) for repair in expected}
            if found != expected:
                different[path] = (found, expected)
    assert not different
    assert sizes == {1, 2}


def test_a_group_says_if_the_sums_tell_how_to_mend_it(con: duckdb.DuckDBPyConnection):
    """Two figures in each other's place: only the year after tells in which line."""
    assert groups(con, "swapped@2021") == [("unique", 2, 1)]
    assert [status for status, *_ in groups(con, "swapped alone@2021")] == ["ambiguous"]
    assert groups(con, "taken in otherwise@2020") == [("unresolved", None, 0)] * 2
    assert {status for status, *_ in groups(con, "rounded")} == {"unresolved"}
    broken, grouped = con.execute(
        "select (select count(*) from quality.findings where rule_id similar to '(T3|T4).*|XY-CARRY|XY-ITEMS'),"
        " (select count(*) from quality.finding_groups)"
    ).fetchone()
    assert broken == grouped > 0


def test_the_only_repair_is_thin_where_no_equation_is_left_to_refute_it(con: duckdb.DuckDBPyConnection):
    """With the totals of two lines blank two cells may change at will: the equations give their figures, no proof."""
    assert groups(con, "unproven@2022") == [("unique", 2, 1)]
    thin = con.execute(
        "select distinct source_path from quality.finding_groups join quality.suggested_corrections as c"
        " using (group_id, is_thin) where is_thin and c.is_unique and contains(proof, '依据单薄')"
        " and table_no = 3 and not contains(source_path, '人民政府') order by all"
    ).fetchall()
    assert thin == [("blank total",), ("unproven@2022",)]


def test_a_proof_of_several_cells_names_them_and_every_sum_around_them(con: duckdb.DuckDBPyConnection):
    right = full_form("2021")
    wrong, other = right[OTHER_CARRIED_OUT], right[CARRIED_OUT]
    found = con.execute(
        "select line_code, column_code, printed_value, suggested_value, cell_count, is_unique, proof, group_id"
        " from quality.suggested_corrections where source_path = 'swapped@2021' order by suggested_value"
    ).fetchall()
    assert [row[:6] for row in found] == [
        ("carried_out", "natural_person", wrong, other, 2, True),
        ("carried_out", "business", other, wrong, 2, True),
    ]
    assert all(f"由 {wrong} 改为 {other}" in row[6] and f"由 {other} 改为 {wrong}" in row[6] for row in found)
    equations_around = con.execute(
        "select rule_id, printed_left_value = printed_right_value, corrected_left_value = corrected_right_value,"
        " finding_id is null from quality.correction_equations where group_id = ? order by all",
        [found[0][7]],
    ).fetchall()
    assert equations_around == [
        ("T3-APPLICANTS", True, True, True),
        ("T3-BALANCE", False, True, False),
        ("T3-BALANCE", False, True, False),
        ("XY-CARRY", False, True, False),
        ("XY-CARRY", False, True, False),
    ]


def test_reports_that_are_right_have_no_finding(con: duckdb.DuckDBPyConnection):
    assert findings(con, "right/2019") == findings(con, "right/2021") == []


def test_one_bad_figure_of_table_2_gives_one_finding(con: duckdb.DuckDBPyConnection):
    assert findings(con, "negative") == [("T2-SIGN", "−5 < 0 (差 −5)")]
    assert findings(con, "fraction") == [("COUNT", "3.5 不是整数")]


def test_no_value_is_proven_where_a_figure_is_rounded(con: duckdb.DuckDBPyConnection, suggested: Suggested):
    """0 applicants against a total of 31.2万 break a sum, but any total within half a step would do."""
    assert [rule for rule, _ in findings(con, "rounded")] == ["T3-APPLICANTS", "T3-APPLICANTS", "T3-OUTCOMES"]
    assert "rounded" not in suggested


def test_a_blank_total_is_no_evidence_against_a_cell(con: duckdb.DuckDBPyConnection, suggested: Suggested):
    """With the total of its line blank a wrong cell breaks one sum: every cell of that sum nothing else refutes."""
    assert [rule for rule, _ in findings(con, "blank total")] == ["T3-BALANCE"]
    assert suggested["blank total"] == [(NEW_OTHER, full_form("2021")[NEW_OTHER], True)]


def test_a_verdict_lists_the_terms_it_lacks(con: duckdb.DuckDBPyConnection):
    lacking = con.execute(
        "select rule_id, line_code, column_code, left_value, right_value, verdict, missing_terms"
        " from quality.rule_results as results join intermediate.int_documents__reports as reports using (report_id)"
        " where reports.source_path = 'blank total' and missing_terms is not null and rule_id like 'T3%'"
        " order by rule_id"
    ).fetchall()
    right = full_form("2021")
    total = right[CellKey(3, "closed", "total")] + right[CellKey(3, "carried_out", "total")]
    assert lacking == [
        ("T3-APPLICANTS", "new", "*", right[NEW_TOTAL] + 1, None, "not_evaluable", "new×total:blank"),
        ("T3-BALANCE", "*", "total", None, total, "not_evaluable", "new×total:blank"),
    ]


def test_an_audit_from_the_cells_alone_comes_to_the_same_verdicts(
    con: duckdb.DuckDBPyConnection, cases: tuple[Wrong, Wrong]
):
    """On all reports with two wrong cells, of two years and of other kinds, and on some of those with one."""
    some = [path for wrong in cases for path in [*wrong][::20]]
    paths = [*some, *two_wrong_cells(), *special_cases(), *years()]
    (build,) = con.execute("select path from duckdb_databases() where database_name = current_database()").fetchone()
    outcome = audit(copy_of(Path(build), f"list_contains({paths}, source_path)"), size=400)
    assert (outcome.reports, outcome.differing) == (len(paths), 0)
    assert {verdict for counts in outcome.counts.values() for verdict in counts} == set(VERDICTS)
    failing = {rule for rule, counts in outcome.counts.items() if counts["fail"]}
    assert failing >= {"T3-BALANCE", "T3-OUTCOMES", "T3-APPLICANTS", "T4-TOTAL", "T2-SIGN", "COUNT", "XY-CARRY",
                       "XY-ITEMS", "XY-PUBLISHED", "XY-INFORCE"}  # fmt: skip


# -- over two years ----------------------------------------------------------------------------------------------------


def verdicts(con: duckdb.DuckDBPyConnection, path: str) -> dict[tuple[str, str], int]:
    """How many equations over two years a report was asked, by rule and verdict."""
    rows = con.execute(
        "select rule_id, verdict, count(*) from quality.rule_results as results"
        " join intermediate.int_documents__reports as reports using (report_id)"
        " where reports.source_path = ? and rule_id like 'XY-%' group by all",
        [path],
    ).fetchall()
    return {(rule, verdict): count for rule, verdict, count in rows}


def test_a_year_that_goes_on_from_the_one_before_is_asked_and_found_right(con: duckdb.DuckDBPyConnection):
    passed = {("XY-CARRY", "pass"): 7, ("XY-ITEMS", "pass"): 5, ("XY-PUBLISHED", "pass"): 2}
    assert verdicts(con, "kept@2020") == passed
    assert verdicts(con, "kept@2019") == {}
    assert findings(con, "kept@2019") == findings(con, "kept@2020") == []


def test_of_another_form_only_the_lines_both_have_are_asked(con: duckdb.DuckDBPyConnection):
    assert verdicts(con, "new form@2021") == {("XY-CARRY", "pass"): 7}


def test_only_the_year_right_before_is_asked(con: duckdb.DuckDBPyConnection):
    assert verdicts(con, "a year between@2021") == {}


def test_what_is_taken_in_otherwise_than_carried_over_is_a_finding(
    con: duckdb.DuckDBPyConnection, suggested: Suggested
):
    """The year holds in itself, so no single cell can be blamed."""
    assert findings(con, "taken in otherwise@2020") == [("XY-CARRY", "3 ≠ 4 (差 −1)"), ("XY-CARRY", "33 ≠ 34 (差 −1)")]
    assert not {"taken in otherwise@2019", "taken in otherwise@2020"} & set(suggested)


@pytest.mark.parametrize(
    ("name", "key", "right"),
    [
        ("wrong carried out@2021", CARRIED_OUT, full_form("2021")[CARRIED_OUT]),
        ("wrong carried in@2021", CARRIED_IN, following("2021")[CARRIED_IN]),
    ],
)
def test_the_other_year_is_evidence_for_the_wrong_cell(
    con: duckdb.DuckDBPyConnection, suggested: Suggested, name: str, key: CellKey, right: int
):
    assert suggested[name] == [(key, right, True)]
    assert [path for path in suggested if path.partition("@")[0] == name.partition("@")[0]] == [name]
    (proof,) = con.execute("select proof from quality.suggested_corrections where source_path = ?", [name]).fetchone()
    assert "XY-CARRY" in proof


def test_items_and_documents_go_on_from_the_year_before(con: duckdb.DuckDBPyConnection, suggested: Suggested):
    assert [rule for rule, _ in findings(con, "items@2020")] == ["XY-ITEMS"]
    assert set(suggested["items@2019"]) == {(ITEMS, 6, False), (CHANGE, -1, False)}
    assert suggested["items@2020"] == [(ITEMS, 3, False)]
    assert findings(con, "published@2020") == [("XY-PUBLISHED", "7+2 ≠ 8 (差 1)")]
    assert findings(con, "in force@2023") == [("XY-INFORCE", "10+2−1 ≠ 12 (差 −1)")]
    hard = con.execute("select distinct rule_id from quality.findings where severity = 'hard'").fetchall()
    assert {("XY-CARRY",), ("XY-ITEMS",)} <= set(hard)
    assert not {("XY-PUBLISHED",), ("XY-INFORCE",)} & set(hard)


def test_a_blank_of_the_year_before_is_no_zero(con: duckdb.DuckDBPyConnection):
    assert verdicts(con, "blank@2022") == {
        ("XY-CARRY", "pass"): 6, ("XY-CARRY", "pass_if_blank_is_zero"): 1, ("XY-INFORCE", "pass"): 2
    }  # fmt: skip


def test_a_revision_moves_the_findings_of_the_next_year_that_look_back(con: duckdb.DuckDBPyConnection):
    """An earlier revision carried over one application more: broken were its own sums, and those with the next year."""
    (build,) = con.execute("select path from duckdb_databases() where database_name = current_database()").fetchone()
    copy = copy_of(Path(build), "source_path like 'kept@%'")
    printed = full_form("2019")[CARRIED_OUT]
    copy.execute(
        "create table quality.documents as"
        " select document_id, source_path from marts.dim_report where fiscal_year = 2019;"
        " create table quality.revision_cells as select r.report_id, 0 as from_document_id,"
        " document_id as to_document_id, 1 as from_revision_no, 2 as to_revision_no, table_no, line_code, column_code,"
        f" '{printed + 1}' as old_as_printed, '{printed}' as new_as_printed, value + 1 as old_value,"
        " value as new_value, value_status as old_status, value_status as new_status, unit_code as old_unit_code,"
        " unit_code as new_unit_code, precision_step as old_precision_step, precision_step as new_precision_step,"
        " c.form_version as old_form_version, c.form_version as new_form_version, 'changed' as change"
        " from marts.form_cells as c join marts.dim_report as r using (report_id)"
        " where fiscal_year = 2019 and (line_code, column_code) = ('carried_out', 'natural_person')"
    )
    (found,) = differences(copy, "kept@2019")
    assert [(one.move, one.fiscal_year, one.rule_id, one.column) for one in found.findings] == [
        ("went", 2019, "T3-APPLICANTS", ""),
        ("went", 2019, "T3-BALANCE", "自然人"),
        ("went", 2020, "XY-CARRY", "自然人"),
    ]
    assert {"LV-PARENT", "NT-RECEIVED"} <= set(found.not_compared)


# -- a consolidated report and its members ----------------------------------------------------------------------------


def member_verdicts(con: duckdb.DuckDBPyConnection, path: str) -> list[tuple]:
    query = (
        "select line_code, verdict, member_count, missing_terms from quality.rule_results"
        " join intermediate.int_documents__reports as reports using (report_id)"
        " where reports.source_path = ? and rule_id = 'LV-PARENT' order by line_code"
    )
    return con.execute(query, [path]).fetchall()


def test_a_whole_is_held_against_its_known_parts(con: duckdb.DuckDBPyConnection):
    lines = ["carried_in", "carried_out", "closed", "new"]
    assert member_verdicts(con, f"{COUNTY}@2021") == [(line, "pass", 1, None) for line in lines]
    assert member_verdicts(con, f"{COUNTY}@2023") == member_verdicts(con, f"{TOWN}@2021") == []
    verdicts = {line: verdict for line, verdict, *_ in member_verdicts(con, f"{COUNTY}@2022")}
    assert verdicts == {
        "carried_in": "pass", "carried_out": "pass", "closed": "pass_if_blank_is_zero", "new": "fail"
    }  # fmt: skip


def test_a_finding_on_a_whole_names_its_parts_and_stands_in_the_whole(con: duckdb.DuckDBPyConnection):
    found = con.execute(
        "select source_path, severity, equation_text, line_code, column_code, line_no, message_zh"
        " from quality.findings where rule_id = 'LV-PARENT' and source_path like '漳平市%'"
    ).fetchall()
    assert [row[:6] for row in found] == [(f"{COUNTY}@2022", "soft", "5 < 7 (差 −2)", "new", "total", 301)]
    assert f"{TOWN} 7" in found[0][6]


# -- the rule book -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def book(con: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """The reports of the rule book under every mutant of the rules; of each rule the first is the rule as it is."""
    ((file,),) = con.execute("select path from duckdb_databases() where database_name = 'build'").fetchall()
    compiled = Path(file).parent / "target" / "compiled" / "gongkai"
    with evaluated(Path(file), compiled, mutants(), case_reports()) as connection:
        yield connection


def test_every_change_of_a_rule_is_noticed(book: duckdb.DuckDBPyConnection):
    """By a verdict or a figure that the rule book does not say, by its severity, or as a shape no engine can answer.

    The rules as they are say of every equation of every case exactly what the rule book says.
    """
    expected = {
        (path, address): told
        for path, report in case_reports().items()
        for address, told in told_by_hand(report).items()
    }
    for rule_id in HARD | SOFT:
        said = {verdict for (_, address), (verdict, *_) in expected.items() if address[0] == rule_id}
        assert said >= {"pass", "fail", "not_evaluable"}, rule_id
    different = apart(book, expected)
    misshapen = {rule_id for (rule_id,) in book.execute("select distinct rule_id from faults").fetchall()}
    severity = dict.fromkeys(HARD, "hard") | dict.fromkeys(SOFT, "soft")
    alive = [
        f"{one.of}: {one.change}"
        for one in mutants()
        if one.rule["severity"] == severity[one.of]
        and one.rule["rule_id"] not in different
        and one.rule["rule_id"] not in misshapen
    ]
    assert alive == [f"{rule_id}: none" for rule_id in dict.fromkeys(one.of for one in mutants())]
    assert {one.of for one in mutants()} == set(severity)


@pytest.mark.parametrize("built", ["failed_equations", "open_equations"])
def test_no_equation_that_does_not_hold_escapes_the_sieve(book: duckdb.DuckDBPyConnection, built: str):
    """What is built looks closely at the lines that a sieve leaves over; every verdict is worked out on all."""
    verdicts = {"failed_equations": "'fail'", "open_equations": "'not_evaluable', 'pass_if_blank_is_zero'"}[built]
    address = "report_id, rule_id, table_no, line_code, column_code"
    apart = book.execute(
        f"""
        with verdicts as (select {address} from quality.rule_results where verdict in ({verdicts})),
        built as (select {address} from intermediate.int_reconciliation__{built})
        from ((from verdicts except from built) union all (from built except from verdicts))
        where rule_id not in (select rule_id from faults)
        """
    )
    assert apart.fetchall() == []

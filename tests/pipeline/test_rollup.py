"""Regions are put together from their members: cell by cell what is true, who is missing by name, and nothing twice."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import duckdb
import pytest

from benchmarks.generate.forms import CellKey
from benchmarks.generate.happenings import Event
from benchmarks.generate.organs import Organ
from benchmarks.generate.prefecture import Prefecture
from tests.support.rollup import Sum, added, computed
from tests.support.samples import Samples

OTHERWISE = {Event.MISPRINT, Event.RESTATED, Event.WRONG_UNIT, Event.LEFT_OUT}  # they print what they did not do
ROLES = {Event.MISSING: "missing", Event.NO_TABLES: "set_aside", Event.UNKNOWN_SCOPE: "unknown_scope"}
GUARD = "target/compiled/gongkai/tests/dbt/singular/assert_no_sum_counts_anything_twice.sql"


@pytest.fixture(scope="module")
def con(samples: Samples) -> Iterator[duckdb.DuckDBPyConnection]:
    with samples.opened() as connection:
        yield connection


@pytest.fixture(scope="module")
def regions(samples: Samples) -> list[tuple[Organ, int]]:
    prefecture = samples.prefecture
    return [(organ, year) for organ in prefecture.organs if organ.is_government for year in prefecture.years]


def test_a_computed_report_is_what_its_members_print_cell_by_cell(con, samples: Samples, regions):
    found: dict[tuple, dict[CellKey, Sum]] = {}
    for region, year, version, table, line, column, *told in con.execute(
        "select region_agency_id, fiscal_year, form_version, table_no, line_code, column_code, member_sum,"
        " reported_count, blank_count, not_reported_count, other_form_count"
        " from marts.region_rollup where region_agency_id like '99%' and region_agency_id not like '%0000'"
    ).fetchall():
        found.setdefault((region, year, version, table), {})[CellKey(table, line, column)] = Sum(*told)
    assert {key[:2] for key in found} == {(organ.agency_id, year) for organ, year in regions}
    wrong = {}
    for organ, year in regions:
        filings = list(added(samples.prefecture, organ, year))
        for key, cells in found.items():
            if key[:2] == (organ.agency_id, year):
                true = computed(filings, *key[2:])
                assert true
                wrong |= {(key, cell): (cells[cell], true[cell]) for cell in true if cells[cell] != true[cell]}
    assert not wrong


def test_it_is_what_its_members_did_and_the_region_said_so(con, samples: Samples, regions):
    """The figures of the truth, not those printed, wherever no member prints others; without the members missing."""
    prefecture, whole = samples.prefecture, 0
    for organ, year in regions:
        filings = list(added(prefecture, organ, year))
        if any(filing.event in OTHERWISE for filing in filings):
            continue
        members = [prefecture.figures[filing.slot] for filing in filings]
        is_whole = len(members) == len(prefecture.members(organ)) and (organ.agency_id, year) not in prefecture.events
        for table, line, column, declared, member_sum, compared in con.execute(
            "select table_no, line_code, column_code, declared_value, member_sum, comparison from marts.region_rollup"
            " where region_agency_id = ? and fiscal_year = ? and reported_count = member_count",
            [organ.agency_id, year],
        ).fetchall():
            key = CellKey(table, line, column)
            assert member_sum == sum(figures[key] for figures in members)
            if is_whole:
                whole += compared == "equal"
                assert (declared, compared) in ((member_sum, "equal"), (None, "not_comparable"))  # or left blank
    assert whole


def test_whoever_is_not_in_the_sum_is_named_with_the_reason(con, samples: Samples, regions):
    prefecture = samples.prefecture
    named: dict[tuple[str, int, str], set[str]] = {}
    for region, year, agency_id, role in con.execute(
        "select region_agency_id, fiscal_year, agency_id, role_code from marts.region_members"
    ).fetchall():
        named.setdefault((region, year, agency_id), set()).add(role)
    for organ, year in regions:
        for member in prefecture.members(organ):
            role = ROLES.get(prefecture.events.get((member.agency_id, year)), "counted")
            roles = {role}
            if member.is_government and role != "counted" and any(added(prefecture, member, year)):
                roles = {"in_parts"} | ({role} & {"unknown_scope"})  # its members are in the sum in its stead
            elif role == "missing" and not _is_between_reports(prefecture, member, year):
                continue
            assert named[organ.agency_id, year, member.agency_id] == roles, (organ.agency_id, year, member.agency_id)


def _is_between_reports(prefecture: Prefecture, organ: Organ, year: int) -> bool:
    """Nobody knows of a department before its first report or after its last."""
    years = [slot[1] for slot in prefecture.current if slot[0] == organ.agency_id]
    return organ.kind != "department" or (bool(years) and min(years) < year < max(years))


def test_n_of_n_is_of_the_members_listed(con):
    rows = con.execute(
        "with listed as (select region_agency_id, fiscal_year, sum((role_code = 'counted')::int) as counted,"
        " sum(is_expected::int) as expected from marts.region_members group by all),"
        " rolled as (select distinct region_agency_id, fiscal_year, member_count, expected_member_count"
        " from marts.region_rollup)"
        " select count(*), count(*) filter (counted = member_count and expected = expected_member_count"
        " and counted <= expected) from rolled join listed using (region_agency_id, fiscal_year)"
    ).fetchone()
    assert rows[0] == rows[1] > 0


def test_a_whole_is_held_against_its_members_with_the_coverage(con):
    found = con.execute(
        "select count(*), count(*) filter (rolled.reported_count = results.member_count"
        " and rolled.expected_member_count = results.expected_member_count)"
        " from quality.rule_results as results join marts.region_rollup as rolled"
        " on rolled.declared_report_id = results.report_id and rolled.table_no = results.table_no"
        " and rolled.line_code = results.line_code and rolled.column_code = results.column_code"
        " where rule_id = 'LV-PARENT' and rolled.other_form_count = 0"
    ).fetchone()
    assert found[0] == found[1] > 0


def test_a_finding_on_a_whole_says_of_how_many_members(con):
    found = con.execute(
        "select message_zh, message_en, results.member_count || '/' || results.expected_member_count"
        " from quality.findings join quality.rule_results as results"
        " using (report_id, rule_id, table_no, line_code, column_code) where rule_id = 'LV-PARENT'"
    ).fetchall()
    assert found
    assert [row for row in found if f"（{row[2]}）" not in row[0] or f"({row[2]})" not in row[1]] == []


# -- nothing twice -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", ["county", "prefecture", "province"])
def test_facts_added_up_over_summable_reports_are_the_sums_of_the_regions(con, level: str):
    facts = (
        f"select {level}_agency_id, fiscal_year, applicant_type_code, sum(new_count) from marts.fct_applications"
        f" join marts.summable_reports using (report_id, fiscal_year) where {level}_agency_id is not null group by all"
    )
    rolled = (
        "select region_agency_id, fiscal_year, column_code, member_sum from marts.region_rollup"
        " join marts.dim_agency on region_agency_id = dim_agency.agency_id"
        f" where level_code = '{level}' and member_count > 0"
        " and table_no = 3 and line_code = 'new' and column_code <> 'total'"
    )
    sums = con.execute(facts).fetchall()
    assert sums
    assert sorted(sums) == sorted(con.execute(rolled).fetchall())


def test_adding_a_report_to_one_that_contains_it_is_noticed_whatever_is_tried(con, samples: Samples):
    """Every report of the prefecture that is in no sum of a region, put into it one at a time."""
    guard = (samples.build.parent / GUARD).read_text(encoding="utf-8")
    tries = con.execute(
        "select region_agency_id, fiscal_year, report_id, agency_id, scope_code from marts.region_members"
        " where role_code in ('covered', 'same_account') and region_agency_id like '99%'"
        " union all select region_agency_id, fiscal_year, declared_report_id, region_agency_id, 'consolidated'"
        " from marts.region_rollup where region_agency_id like '99%' and declared_report_id is not null group by all"
    ).fetchall()
    assert {row[0] for row in tries} > {organ.agency_id for organ in samples.prefecture.organs if organ.is_government}
    with duckdb.connect() as doctored:
        doctored.execute(f"attach '{samples.build}' as build (read_only)")
        for table in ("marts.dim_agency", "marts.summable_reports", "seeds.shared_areas"):
            doctored.execute(f"create schema if not exists {table.split('.')[0]}")
            doctored.execute(f"create table {table} as from build.{table}")
        assert doctored.execute(guard).fetchall() == []
        for region, year, report_id, agency_id, scope in tries:
            doctored.execute("begin")
            doctored.execute(
                "insert into marts.summable_reports (county_agency_id, fiscal_year, report_id, agency_id, scope_code)"
                " values (?, ?, ?, ?, ?)",
                [region, year, report_id, agency_id, scope],
            )
            caught = doctored.execute(guard).fetchall()
            doctored.execute("rollback")
            assert caught, (region, year, agency_id, scope)


def test_all_reports_together_hold_everything_more_than_once(con, samples: Samples):
    """So what keeps sums right is not that nobody published twice."""
    prefecture = samples.prefecture.organs[0].agency_id
    everything, once = con.execute(
        "select (select sum(new_count) from marts.fct_applications where agency_id[:4] = $1[:4]),"
        " (select sum(new_count) from marts.fct_applications join marts.summable_reports using (report_id)"
        "  where prefecture_agency_id = $1)",
        [prefecture],
    ).fetchone()
    assert everything > Decimal("1.5") * once

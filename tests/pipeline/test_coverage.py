"""Of the sample prefecture is told who reported, in time, late or not at all, and what its regions come to."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from benchmarks.generate.forms import TOTAL, CellKey
from benchmarks.generate.happenings import NOT_READ, Event
from tests.support.samples import Samples

Status = dict[tuple[str, int], tuple[str, int | None]]


@pytest.fixture(scope="module")
def con(samples: Samples) -> Iterator[duckdb.DuckDBPyConnection]:
    with samples.opened() as connection:
        yield connection


@pytest.fixture(scope="module")
def found(con: duckdb.DuckDBPyConnection) -> Status:
    """Status and days late of every agency expected, by its id and the year."""
    rows = con.execute("select agency_id, fiscal_year, status, days_late from marts.reporting_status").fetchall()
    return {(agency_id, year): (status, days) for agency_id, year, status, days in rows}


def test_every_report_is_in_time_late_or_of_unknown_date_as_it_was_published(found: Status, samples: Samples):
    made = samples.prefecture
    late = {slot for slot in made.current if found[slot][0] == "late"}
    assert late == made.late & set(made.current)
    assert all(found[slot][1] > 0 for slot in late)
    assert {found[slot][0] for slot in set(made.current) - late} <= {"reported", "unknown_date"}


def test_what_could_not_be_taken_is_set_aside_and_what_never_came_is_missing(found: Status, samples: Samples):
    made = samples.prefecture
    for slot, event in made.events.items():
        if event is Event.NO_TABLES:
            assert found[slot][0] == "set_aside"
        # Of a department nobody listed only a gap between two reports is known.
        elif event in NOT_READ and slot in found:
            assert found[slot][0] == "missing"
    silent = {organ.agency_id for organ in made.organs if organ.kind != "department"}
    asked = {(agency_id, year) for agency_id in silent for year in made.years}
    assert asked <= set(found)


def test_coverage_counts_the_reports_that_are_there_and_no_region_twice(con, samples: Samples):
    made = samples.prefecture
    (code,) = {organ.division_code for organ in made.organs if organ.level == "prefecture"}
    counted = con.execute(
        "select sum(report_count), sum(late_count), sum(set_aside_count), sum(expected_count)"
        " from marts.region_coverage where division_code = ?",
        [code],
    ).fetchone()
    (listed,) = con.execute(
        "select count(*) from marts.reporting_status where left(division_code, 4) = left(?, 4)", [code]
    ).fetchone()
    set_aside = [event for event in made.events.values() if event is Event.NO_TABLES]
    assert counted == (len(made.current), len(made.late & set(made.current)), len(set_aside), listed)


def test_a_region_is_as_it_declares_or_as_its_members_add_up_and_never_both(con, samples: Samples):
    made = samples.prefecture
    new = CellKey(3, "new", TOTAL)
    printed = {slot: filing.report.truth.cells[new].value for slot, filing in made.current.items()}
    wanted = {}
    for organ in (organ for organ in made.organs if organ.is_government):
        for year in made.years:
            slot = (organ.agency_id, year)
            members = [(member.agency_id, year) for member in made.members(organ)]
            if slot in printed and made.events.get(slot) is not Event.UNKNOWN_SCOPE:
                wanted[slot] = ("declared", printed[slot], None)
            elif all(member in printed or made.events.get(member) in NOT_READ for member in members):
                there = [printed[member] for member in members if member in printed]
                wanted[slot] = ("computed", sum(there), len(there))
    rows = con.execute(
        "select region_agency_id, fiscal_year, source_code, numerator, reported_count from marts.region_year"
        " where metric_id = 'new_count' and member_level_code = 'all'"
    ).fetchall()
    found = {(region, year): tuple(rest) for region, year, *rest in rows}
    assert {slot: found[slot] for slot in wanted} == wanted
    assert {source for source, *_ in wanted.values()} == {"declared", "computed"}

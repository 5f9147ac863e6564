"""The generated prefecture: figures that go on over the years and add up over the levels, and a record of all else."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from benchmarks.generate.forms import TOTAL, CellKey, applicants, form_lines, outcome_codes
from benchmarks.generate.habits import MARK
from benchmarks.generate.happenings import NOT_READ, Event
from benchmarks.generate.organs import prefecture_organs, sample_divisions
from benchmarks.generate.prefecture import FULL, SMALL, Prefecture, generate_prefecture
from benchmarks.generate.years import figures_by_year, form_of

DEPARTMENT = ("department", "prefecture")
ITEMS = ("permits", "other_services", "penalties", "coercive_measures", "fees")


@pytest.fixture(scope="module")
def prefecture() -> Prefecture:
    return generate_prefecture(SMALL)


def test_the_full_prefecture_has_three_levels_and_is_made_of_sample_divisions():
    organs = prefecture_organs(FULL.prefecture_code, FULL.departments, FULL.county_departments)
    assert Counter(organ.kind for organ in organs) == {
        "government": 11,
        "office": 11,
        "department": 90,
        "township": 120,
    }
    assert len({organ.agency_id for organ in organs}) == len({organ.name for organ in organs}) == len(organs)
    divisions = {row["division_code"] for row in sample_divisions()}
    assert {organ.division_code for organ in organs} == {code for code in divisions if code.startswith("9901")}
    assert all("示例" in row["division_name_zh"] for row in sample_divisions())


def test_what_one_year_leaves_over_the_next_begins_with():
    years = figures_by_year(Random("years"), *DEPARTMENT, range(2019, 2025))
    for year in range(2020, 2025):
        before, values = years[year - 1], years[year]
        for column in (*applicants(), TOTAL):
            assert before[CellKey(3, "carried_out", column)] == values[CellKey(3, "carried_in", column)]
        for line in ITEMS:
            previous, change = (before[CellKey(2, line, column)] for column in ("previous_items", "items_change"))
            assert values[CellKey(2, line, "previous_items")] == previous + change >= 0
        issued, repealed, in_force, published, total = (
            values[CellKey(2, "normative_documents", column)]
            for column in ("issued", "repealed", "in_force", "published", "published_total")
        )
        assert in_force == before[CellKey(2, "normative_documents", "in_force")] + issued - repealed
        assert total == before[CellKey(2, "normative_documents", "published_total")] + published


@pytest.mark.parametrize("version", ["2019", "2021"])
def test_a_year_adds_up_in_either_form(version: str):
    for figures in figures_by_year(Random("forms"), *DEPARTMENT, (2020, 2021)).values():
        value = form_of(figures, version, version).values
        for column in (*applicants(), TOTAL):
            new, carried_in, closed, carried_out = (
                value[3, line, column] for line in ("new", "carried_in", "closed", "carried_out")
            )
            assert new + carried_in == closed + carried_out
            assert sum(value[3, line, column] for line in outcome_codes(version)) == closed
        for line in (*form_lines(version, 3), *form_lines(version, 4)):
            *parts, total = (value[key] for key in line.cell_keys())
            assert sum(parts) == total


def test_a_whole_is_the_sum_of_its_members_in_every_cell(prefecture: Prefecture):
    governments = [organ for organ in prefecture.organs if organ.is_government]
    assert [len(prefecture.members(organ)) for organ in governments] == [5, 6, 6]
    for organ in governments:
        for year in prefecture.years:
            members = [prefecture.figures[member.agency_id, year] for member in prefecture.members(organ)]
            for key, value in prefecture.figures[organ.agency_id, year].items():
                assert value == sum(figures[key] for figures in members)


def test_a_report_says_what_its_organ_did_unless_something_is_on_record(prefecture: Prefecture):
    for filing in prefecture.filings:
        cells = filing.report.truth.cells
        figures = prefecture.figures[filing.slot]
        wrong = {key for key, cell in cells.items() if cell.status == "missing" or cell.meant is not None}
        wrong |= {key for key, cell in cells.items() if cell.value not in (None, figures[key])}
        assert all(cell.is_readable for key, cell in cells.items() if key not in wrong)
        if filing.event in (None, Event.CONTRADICTION, Event.UNKNOWN_SCOPE) or (
            filing.is_last and filing.revision_no > 1
        ):
            assert not wrong
        else:
            assert wrong, filing.path


def test_everything_happens_and_no_organ_is_silent_in_every_year(prefecture: Prefecture):
    assert set(prefecture.events.values()) == set(Event)
    assert {slot[0] for slot in prefecture.current} == {organ.agency_id for organ in prefecture.organs}
    unread = {slot for slot, event in prefecture.events.items() if event in NOT_READ}
    assert prefecture.current.keys() == prefecture.figures.keys() - unread
    assert {filing.is_late for filing in prefecture.filings} == {True, False}
    assert len({filing.report.truth.form_versions[2] for filing in prefecture.filings}) == 2


def test_the_same_seed_gives_the_same_files_and_all_of_them_are_marked(prefecture: Prefecture):
    again = generate_prefecture(SMALL)
    assert again.filings == prefecture.filings
    assert again.set_aside == prefecture.set_aside
    assert all(path.startswith(f"{MARK}/") for path in (*prefecture.set_aside, *(f.path for f in prefecture.filings)))

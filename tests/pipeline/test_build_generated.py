"""Generated reports come out of the warehouse with the values they were made with, and without a false alarm.

The build runs every dbt test on reports of both forms, mixed ones too; the reports in the repository have only one.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import duckdb
import pytest

from benchmarks.generate import CellKey
from benchmarks.generate.happenings import NOT_READ, Event
from tests.support.loading import rows
from tests.support.samples import Samples

ILLEGIBLE = {"unreadable", "missing"}  # what may become of a cell whose place the document does not tell


@pytest.fixture(scope="module")
def warehouse(samples: Samples) -> Iterator[duckdb.DuckDBPyConnection]:
    with samples.opened() as con:
        yield con


def test_every_value_and_status_is_the_one_that_was_printed(warehouse, samples: Samples):
    found: dict[str, dict[CellKey, tuple[Decimal | None, str]]] = {}
    for path, table, line, column, value, status in warehouse.execute(
        "select source_path, table_no, line_code, column_code, value, value_status from marts.form_cells"
    ).fetchall():
        found.setdefault(path, {})[CellKey(table, line, column)] = (value, status)
    wrong = {}
    for path, report in samples.current.items():
        for key, true in report.truth.cells.items():
            value, status = found[path].get(key, (None, "missing"))  # a lost table may follow the other form
            if (value, status) == (true.value, true.status) or (not true.is_readable and status in ILLEGIBLE):
                continue
            wrong[path, key] = (value, status, true)
    assert not wrong


def test_who_reports_for_which_year_is_told(warehouse, samples: Samples):
    found = {
        path: (name, year)
        for path, name, year in warehouse.execute(
            "select source_path, agency_name, fiscal_year from quality.documents where status = 'accepted'"
        ).fetchall()
    }
    whose = {
        path: (report.truth.identity.agency_name, report.truth.identity.fiscal_year)
        for path, report in samples.current.items()
    }
    assert found == whose


def test_organs_of_the_prefecture_are_known_with_their_place_and_their_government(warehouse, samples: Samples):
    found = warehouse.execute(
        "select agency_id, agency_name, level_code, organ_type_code, division_code, division_name, parent_agency_id "
        "from marts.dim_agency where division_code like '99%' and level_code <> 'province'"
    ).fetchall()
    assert sorted(found) == sorted(
        (one.agency_id, one.name, one.level, one.kind, one.division_code, one.division_name, one.parent_agency_id)
        for one in samples.prefecture.organs
    )


def test_the_prefectures_reports_are_there_as_they_were_published(warehouse, samples: Samples):
    """Missing ones and those without tables are not; of a corrected one the second version stands."""
    found = {
        (agency_id, year): told
        for agency_id, year, *told in warehouse.execute(
            "select agency_id, fiscal_year, scope_code, published_on, published_evidence like 'manifest.csv%', "
            "revision_no, table2_form, table3_form "
            "from marts.dim_report where agency_id like '99%'"
        ).fetchall()
    }
    made = {}
    for slot, filing in samples.prefecture.current.items():
        who, forms = filing.report.truth.identity, filing.report.truth.form_versions
        made[slot] = [who.scope, who.published_on, filing.is_dated, filing.revision_no, forms[2], forms[3]]
    assert found == made
    assert {slot for slot, event in samples.prefecture.events.items() if event in NOT_READ} == {
        (organ.agency_id, year) for organ in samples.prefecture.organs for year in samples.prefecture.years
    } - found.keys()
    aside = warehouse.execute(
        "select source_path, reason_code from quality.documents where status = 'set_aside' and source_path like '示例%'"
    ).fetchall()
    assert dict(aside) == {path: other.reason_code for path, other in samples.prefecture.set_aside.items()}


def test_every_file_of_the_prefecture_says_in_its_text_that_it_is_a_sample(samples: Samples):
    marked = rows(
        samples.build.with_name("raw.duckdb"),
        "select bool_or(text like '%示例数据%') from documents inner join text_lines using (document_id) "
        "where source_path like '示例%' group by document_id",
    )
    assert len(marked) > len(samples.prefecture.current)
    assert set(marked) == {(True,)}


def test_samples_are_told_from_all_others(warehouse, samples: Samples):
    prefecture = samples.prefecture
    paths = {filing.path for filing in prefecture.filings} | prefecture.set_aside.keys()
    for query, expected in (
        ("select source_path, is_sample from quality.documents", paths),
        ("select source_path, is_sample from marts.dim_report", {one.path for one in prefecture.current.values()}),
    ):
        found = warehouse.execute(query).fetchall()
        assert {path for path, is_sample in found if is_sample} == expected
        assert len(found) > len(expected)


def test_reports_that_add_up_have_no_finding(warehouse, samples: Samples):
    """Everything made is consistent but for what is on record; rounded figures loosen their equations, lost and blank
    cells silence them."""
    events = samples.prefecture.events
    parents = {organ.agency_id: organ.parent_agency_id for organ in samples.prefecture.organs}
    concerned = set(events)
    concerned |= {(agency_id, year + 1) for agency_id, year in events}  # what was carried over comes from there
    concerned |= {(parents[agency_id], year) for agency_id, year in events}  # a part may be more than the whole
    allowed = {samples.prefecture.current[slot].path for slot in concerned if slot in samples.prefecture.current}
    found = warehouse.execute("select source_path, rule_id, equation_text from quality.findings").fetchall()
    assert [row for row in found if row[0] not in allowed] == []


def test_what_is_wrong_in_the_prefecture_is_found(warehouse, samples: Samples):
    rules: dict[str, set[str]] = {}
    for path, rule_id in warehouse.execute("select source_path, rule_id from quality.findings").fetchall():
        rules.setdefault(path, set()).add(rule_id)
    expected = {
        Event.MISPRINT: ("T3-", "T4-"), Event.WRONG_UNIT: ("PL-UNIT",), Event.RESTATED: ("XY-CARRY",),
        Event.LEFT_OUT: ("LV-PARENT",), Event.CORRECTED: (), Event.UNKNOWN_SCOPE: (), Event.LOST_PAGE: (),
    }  # fmt: skip
    for slot, event in samples.prefecture.events.items():
        if event in NOT_READ:
            continue
        filing = samples.prefecture.current[slot]
        told = rules.get(filing.path, set())
        if event is Event.CONTRADICTION:
            assert filing.report.truth.contradiction.rule_id in told
        elif expected[event]:
            assert any(rule.startswith(expected[event]) for rule in told), (slot, event)
        else:
            assert not told, (slot, event)

"""``check``: the findings of the published build for people, scripts and build servers, and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import duckdb
import pytest

from ingest.__main__ import main

ROWS = [
    ("F-1", "soft", "PL-UNIT", "a", 2, "procurement", "*", "5 < 7", 5, 7, -2, "2020/甲.txt", None, 40, "open"),
    ("F-2", "hard", "T3-BALANCE", "a", 3, "*", "business", "0+0 ≠ 9+0", 0, 9, -9, "2020/甲.txt", 3, 12, "open"),
    ("F-3", "hard", "COUNT", "b", 2, "permits", "decisions", "3.5 不是整数", "3.5", None, None,
     "乙&<.txt", None, 7, "open"),
    ("F-4", "hard", "T4-TOTAL", "b", 4, "new", "*", "1 ≠ 2", 1, 2, -1, "乙&<.txt", None, 9, "confirmed"),
]  # fmt: skip


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder whose published build has three open findings and one that was decided."""
    with duckdb.connect(tmp_path / "gongkai.duckdb") as con:
        con.execute("create schema quality; create schema marts")
        con.execute(
            "create table marts.dim_agency as"
            " select * from (values ('a', '甲县', false), ('b', '乙县', true))"
            " as agencies (agency_id, agency_name, is_sample)"
        )
        con.execute(
            "create table quality.findings (finding_id varchar, severity varchar, rule_id varchar, agency_id varchar,"
            " table_no integer, line_code varchar, column_code varchar, equation_text varchar,"
            " left_value decimal(38, 6), right_value decimal(38, 6), difference decimal(38, 6), source_path varchar,"
            " page_no integer, line_no integer, status varchar, fiscal_year integer default 2020,"
            " message_zh varchar default '相差', message_en varchar default 'differs')"
        )
        places = ", ".join("?" * len(ROWS[0]))
        con.execute(
            "create table quality.finding_groups as select * from (values"
            " ('F-2', 'G-2', 'unique', true, 1, null::integer), ('F-3', 'G-3', 'ambiguous', false, 5, 2))"
            " as groups (finding_id, group_id, status, is_thin, candidate_count, confirmed_candidate_no)"
        )
        con.execute(
            "create table quality.suggested_corrections as select * from (values"
            " ('G-2', 1, 3, '2020/甲.txt', 12, 'new', 'business', 0::decimal(24, 6), 9::decimal(24, 6),"
            " 'contradicts'),"
            " ('G-3', 1, 2, '乙&<.txt', 7, 'a', 'b', 1, 2, 'silent'),"
            " ('G-3', 2, 2, '乙&<.txt', 8, 'c', 'd', 10, 3.5, 'confirms'),"
            " ('G-3', 2, 2, '乙&<.txt', null, 'e', 'f', 0, 20, 'confirms')) as suggested (group_id,"
            " candidate_no, table_no, source_path, line_no, line_code, column_code, printed_value, suggested_value,"
            " prose_verdict)"
        )
        con.execute(
            "create table quality.steward_records as select * from (values"
            " ('correction', 'C-1', null, '2020/甲.txt', 'new', 'total', '5', '6', 'printed_differently'),"
            " ('exception', 'X-1', 'F-9', null, null, null, '-1', null, 'no_such_finding'),"
            " ('exception', 'X-2', 'F-1', '2020/甲.txt', '*', 'total', '-2', '-2', 'applies')) as records (record_type,"
            " record_id, finding_id, source_path, line_code, column_code, decided_on_value, value_now, state)"
        )
        con.executemany(f"insert into quality.findings by position values ({places}, default, default, default)", ROWS)
    return tmp_path


def test_people_get_equation_figures_file_and_line(data: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["check", "--data", str(data)]) == 0
    out = capsys.readouterr().out
    assert "2020/甲.txt · 甲县 · 2020\n" in out
    assert "乙&<.txt · 乙县 · 2020 · 示例数据\n" in out
    assert "2020/甲.txt:12  hard  T3-BALANCE  0+0 ≠ 9+0" in out
    assert "3 open findings in 2 reports: 2 hard, 1 soft" in out
    assert "T4-TOTAL" not in out  # decided, no longer open


def test_strict_exits_with_one_only_where_something_is_open(data: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["check", "--strict", "--data", str(data)]) == 1
    with duckdb.connect(data / "gongkai.duckdb") as con:
        con.execute("delete from quality.findings where status = 'open'")
    assert main(["check", "--strict", "--data", str(data)]) == 0
    assert "0 open findings" in capsys.readouterr().out


def test_people_get_the_repair_that_is_proven_or_confirmed(data: Path, capsys: pytest.CaptureFixture[str]):
    main(["check", "--data", str(data)])
    out = capsys.readouterr().out
    assert "the only repair (thin evidence, the prose: contradicts): 2020/甲.txt:12 new × business 0 → 9" in out
    assert "of 5 repairs the prose confirms: 乙&<.txt:8 c × d 10 → 3.5; 乙&<.txt e × f 0 → 20" in out


def test_a_decision_that_lapsed_is_told_in_a_line(data: Path, capsys: pytest.CaptureFixture[str]):
    main(["check", "--data", str(data)])
    told = [line for line in capsys.readouterr().out.splitlines() if line.startswith("lapsed: ")]
    assert told == [
        "lapsed: correction C-1 (2020/甲.txt, new × total): printed_differently; decided on “5”, now “6”",
        "lapsed: exception X-1 (F-9): no_such_finding; decided on “-1”, now nothing",
    ]


def test_json_keeps_every_figure_exact(data: Path, capsys: pytest.CaptureFixture[str]):
    main(["check", "--json", "--data", str(data)])
    found = {one["finding_id"]: one for one in json.loads(capsys.readouterr().out)}
    assert set(found) == {"F-1", "F-2", "F-3"}
    assert (found["F-2"]["left_value"], found["F-2"]["right_value"], found["F-2"]["page_no"]) == ("0", "9", 3)
    assert (found["F-3"]["left_value"], found["F-3"]["right_value"]) == ("3.5", None)


def test_junit_has_a_suite_a_report_and_a_failure_a_finding(data: Path, capsys: pytest.CaptureFixture[str]):
    main(["check", "--junit", "--data", str(data)])
    root = ElementTree.fromstring(capsys.readouterr().out)
    assert {suite.get("name"): suite.get("failures") for suite in root} == {
        "2020/甲.txt": "2",
        "乙&<.txt · 示例数据": "1",
    }
    assert [f.get("message") for f in root.iter("failure")] == ["0+0 ≠ 9+0", "5 < 7", "3.5 不是整数"]


def test_without_a_build_it_says_what_to_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["check", "--data", str(tmp_path)]) == 2
    assert "run `make build`" in capsys.readouterr().err

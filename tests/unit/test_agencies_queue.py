"""``agencies``: what waits for a steward's decision, one block for each name and folder."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from ingest.__main__ import main

TWO = "320106 南京市鼓楼区教育局; 320302 徐州市鼓楼区教育局"
ROWS = [
    ("收件/a.txt", 2020, "鼓楼区教育局", None, "ambiguous", "several_places", 7, TWO),
    ("收件/b.txt", 2021, "鼓楼区教育局", "教育局", "ambiguous", "several_places", 7, TWO),
    ("沐阳.txt", 2021, "沐阳县人民政府", "沐阳县人民政府", "unresolved", "unknown_name", 0, None),
]
INSERT = "insert into quality.agency_review by position values (?, ?, ?, ?, ?, ?, ?, ?, 1, null, null)"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    with duckdb.connect(tmp_path / "gongkai.duckdb") as con:
        con.execute("create schema quality")
        con.execute(
            "create table quality.agency_review (source_path varchar, fiscal_year integer, printed_name varchar,"
            " issuer_name varchar, match_status varchar, reason_code varchar, candidate_count integer,"
            " candidate_agencies varchar, document_id bigint default 1, evidence_places varchar,"
            " suggested_names varchar)"
        )
        con.executemany(INSERT, ROWS)
        con.execute("update quality.agency_review set suggested_names = '沭阳县人民政府' where candidate_count = 0")
    return tmp_path


def test_people_get_each_name_once_in_a_folder_with_what_it_may_mean(data: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["agencies", "--data", str(data)]) == 0
    out = capsys.readouterr().out
    assert out.count("鼓楼区教育局 · 收件 · ambiguous") == 1
    assert "several places bear the name" in out
    assert "收件/b.txt · 2021 · signed 教育局" in out
    assert "may be 320302 徐州市鼓楼区教育局" in out
    assert "… and 5 more" in out
    assert "perhaps 沭阳县人民政府" in out
    assert "3 reports under 2 names and folders wait" in out


def test_scripts_get_every_report(data: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["agencies", "--json", "--data", str(data)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [one["source_path"] for one in found] == ["沐阳.txt", "收件/a.txt", "收件/b.txt"]
    assert found[0]["suggestions"] == ["沭阳县人民政府"]
    assert found[0]["candidates"] == []


def test_an_empty_queue_says_so(data: Path, capsys: pytest.CaptureFixture[str]):
    with duckdb.connect(data / "gongkai.duckdb") as con:
        con.execute("delete from quality.agency_review")
    assert main(["agencies", "--data", str(data)]) == 0
    assert "Every report is of an agency that is known." in capsys.readouterr().out

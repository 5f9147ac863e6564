"""The steward's list: what was decided narrows it, and its papers say what the build says."""

from __future__ import annotations

import io
import shutil
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import duckdb
import pytest
from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.dashboard.conftest import Server, Visit, asked

_ALL = {"fiscal_year": None, "severity": None, "rule_id": None, "agency_id": None, "is_sample": False}


def downloaded(server: Server, path: str) -> bytes:
    with urllib.request.urlopen(server.address + path, timeout=30) as answer:
        return answer.read()


@pytest.fixture(scope="module")
def decided(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """A build in which one finding was explained, and the proven cell of 晋江 has a correction on record."""
    file = tmp_path_factory.mktemp("decided") / "decided.duckdb"
    shutil.copyfile((published / "gongkai.duckdb").resolve(), file)
    with duckdb.connect(str(file)) as connection:
        connection.execute("update quality.findings set status = 'explained' where rule_id = 'PL-UNIT'")
        connection.execute(
            """
            insert into quality.steward_records
                by name (
                    select
                        'C-1' as record_id, 'correction' as record_type, report_id, source_path, 3 as table_no,
                        'new' as line_code, 'business' as column_code, '0' as decided_on_value, '9' as decision,
                        'proven' as reason, 'someone' as decided_by, date '2021-03-01' as decided_on, 'applies' as state
                    from marts.dim_report where agency_id = '350582'
                )
            """
        )
        yield connection


def test_every_finding_has_one_state_of_decision(decided: duckdb.DuckDBPyConnection) -> None:
    decisions = {row["finding_id"]: row["decision"] for row in asked(decided, "reconciliation/decisions")}
    by_rule = dict(decided.execute("select finding_id, rule_id from quality.findings").fetchall())
    assert sorted((by_rule[finding], decision) for finding, decision in decisions.items()) == [
        ("PL-UNIT", "explained"),
        ("T3-APPLICANTS", "corrected"),
        ("T3-BALANCE", "corrected"),
    ]
    (everything,) = asked(decided, "reconciliation/counts", **_ALL, only=None, without=[])
    (still_open,) = asked(decided, "reconciliation/counts", **_ALL, only=None, without=list(decisions))
    (explained,) = asked(
        decided,
        "reconciliation/counts",
        **_ALL,
        without=[],
        only=[f for f, made in decisions.items() if made == "explained"],
    )
    assert (everything["findings"], still_open["findings"], explained["findings"]) == (
        len(by_rule),
        len(by_rule) - 3,
        1,
    )
    (of_prose,) = asked(decided, "reconciliation/counts", **_ALL | {"rule_id": "NT-"}, only=None, without=[])
    assert of_prose["findings"] == sum(rule.startswith("NT-") for rule in by_rule.values())
    (record,) = asked(decided, "reconciliation/records", report_ids=None, row_limit=10)
    assert (record["line_label_zh"], record["column_label_zh"]) == ("一、本年新收政府信息公开申请数量", "商业企业")


def test_an_agency_is_shown_its_sentences_and_its_papers_are_made_when_they_are_asked_for(
    visit: Visit, server: Server, sql: duckdb.DuckDBPyConnection
) -> None:
    page = visit.open("/reconciliation?agency=350582")
    for finding_id, sentence in sql.execute(
        """
        select finding_id, sentence from quality.findings inner join quality.narrative_claims using (finding_id)
        where agency_id = '350582'
        """
    ).fetchall():
        expect(page.locator(f"article[id='{finding_id}'] q")).to_have_text(sentence)
    papers = [link.get_attribute("href") for link in page.locator(".report-group > .downloads a").all()]
    (build_id,) = sql.execute("select build_id from meta.build").fetchone()
    findings = dict(
        sql.execute("select finding_id, equation_text from quality.findings where agency_id = '350582'").fetchall()
    )
    book = load_workbook(io.BytesIO(downloaded(server, f"/{papers[0]}")))
    rows = [[cell.value for cell in row] for row in book["问题清单"].iter_rows()]
    assert {row[rows[0].index("发现编号")] for row in rows[1:]} == set(findings)
    assert {row[rows[0].index("印出的数")] for row in rows[1:]} == set(findings.values())
    assert dict(book["说明"].iter_rows(min_row=2, values_only=True)) == {
        "机关": "晋江市人民政府（350582）",
        "年度": "2020年度",
        "疑点": f"{len(findings)} 处，均为待处理",
        "数据版本": build_id,
    }
    lines = [line.text for line in Document(io.BytesIO(downloaded(server, f"/{papers[1]}"))).paragraphs]
    assert lines[1] == "晋江市人民政府："
    assert lines[-1] == f"（数据版本：{build_id}）"
    assert all(any(equation in line for line in lines) for equation in findings.values())


def test_papers_that_do_not_exist_are_refused(server: Server, published: Path) -> None:
    build = (published / "gongkai.duckdb").resolve().stem
    for path, status in (
        (f"letter.docx?agency=350581&build={build}", 404),  # 石狮 has no finding
        (f"letter.docx?agency={quote('晋江市人民政府')}&build={build}", 404),  # agencies are told by their id
        (f"letter.docx?agency=350582&year=20x0&build={build}", 404),
        (f"other.docx?agency=350582&build={build}", 404),
        ("problems.xlsx?agency=350582&build=gone", 410),
    ):
        assert server.get(f"/papers/{path}")[0] == status, path

"""Every landing check fires on rows that break its promise, and none on what a report may hold, however odd."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest

from ingest import raw
from ingest.checks.frames import derive, form_lines
from ingest.checks.landing import MAX_KEY, Check, Landing, Result, checks
from ingest.checks.landing import landing as suite
from ingest.limits import MAX_FILE_BYTES, MAX_LINE_CHARS
from ingest.model import ReadDocument
from ingest.paths import REPO
from ingest.read import read_document
from ingest.rows import rows_of

REPORTS = sorted((REPO / "reports" / "2020").glob("*.txt"))
Rows = dict[str, list[dict]]


@pytest.fixture(scope="module")
def landing() -> Landing:
    return suite()


def tables(documents: list[ReadDocument]) -> dict[str, pa.Table]:
    return raw.content(list(map(rows_of, documents)), [1] * len(documents), ["version"] * len(documents))


@pytest.fixture(scope="module")
def sound() -> dict[str, pa.Table]:
    return tables([read_document(path, f"2020/{path.name}") for path in REPORTS])


def corrupted(sound: dict[str, pa.Table], corrupt: Callable[[Rows], object]) -> dict[str, pa.Table]:
    rows = {name: table.to_pylist() for name, table in sound.items()}
    corrupt(rows)
    return {name: pa.Table.from_pylist(rows[name], schema=table.schema) for name, table in sound.items()}


def put(table: str, **values: object) -> Callable[[Rows], object]:
    """Set columns of the first row of a table."""
    return lambda rows: rows[table][0].update(values)


def twice(table: str, **values: object) -> Callable[[Rows], object]:
    """Give a table its first row once more, with some columns changed."""
    return lambda rows: rows[table].append(rows[table][0] | values)


def stray(table: str) -> Callable[[Rows], object]:
    """Give a table a row of a document that is not in the batch."""
    return twice(table, document_id=1)


CORRUPTIONS: dict[str, Callable[[Rows], object]] = {
    "documents.key": twice("documents", source_path="2020/other.txt"),
    "documents.path_and_content": twice("documents", document_id=5),
    "documents.missing": put("documents", media_type=None),
    "documents.document_id": put("documents", document_id=MAX_KEY + 1),
    "documents.sha256": put("documents", sha256="E2BF"),
    "documents.source_path": put("documents", source_path="../elsewhere/a.txt"),
    "documents.size_bytes": put("documents", size_bytes=-1),
    "documents.revision_no": put("documents", revision_no=0),
    "documents.state": put("documents", state="accepted"),
    "documents.scope": put("documents", scope="city"),
    "documents.fiscal_year": put("documents", fiscal_year=20),
    "documents.forms": lambda rows: [rows[name].clear() for name in ("form_tables", "form_rows")],
    "documents.evidence": put("documents", agency_line_no=100_000),
    "text_lines.document": stray("text_lines"),
    "text_lines.all_kept": lambda rows: rows["text_lines"].pop(),
    "text_lines.key": twice("text_lines"),
    "text_lines.first": put("text_lines", line_no=0),
    "text_lines.last": lambda rows: rows["text_lines"][-1].update(line_no=rows["text_lines"][-1]["line_no"] + 1),
    "text_lines.text": put("text_lines", text=None),
    "text_lines.length": put("text_lines", text="零" * (MAX_LINE_CHARS + 1)),
    "text_lines.page_no": put("text_lines", page_no=0),
    "table_rows.document": stray("table_rows"),
    "table_rows.all_kept": lambda rows: rows["table_rows"].clear(),
    "table_rows.key": twice("table_rows"),
    "table_rows.cells": put("table_rows", cells=[]),
    "table_rows.line_no": put("table_rows", line_no=0),
    "table_rows.length": put("table_rows", cells=["0", "零" * (MAX_LINE_CHARS + 1)]),
    "table_rows.page_no": put("table_rows", page_no=-4),
    "form_tables.document": stray("form_tables"),
    "form_tables.key": twice("form_tables"),
    "form_tables.table_no": put("form_tables", table_no=5),
    "form_tables.form_version": put("form_tables", form_version="2018"),
    "form_tables.evidence": put("form_tables", version_evidence=None),
    "form_tables.lines": put("form_tables", last_line_no=100_000),
    "form_tables.order": put("form_tables", first_line_no=3, last_line_no=2),
    "form_tables.rows": lambda rows: rows["form_rows"].clear(),
    "form_tables.page_no": put("form_tables", page_no=0),
    "form_rows.document": stray("form_rows"),
    "form_rows.key": twice("form_rows"),
    "form_rows.line": put("form_rows", line_code="granted_twice"),
    "form_rows.version": put("form_rows", form_version="2021"),
    "form_rows.label": put("form_rows", label_text=None),
    "form_rows.evidence": put("form_rows", label_evidence=None),
    "form_rows.line_no": put("form_rows", line_no=100_000),
    "form_rows.page_no": put("form_rows", page_no=0),
    "form_rows.beyond": put("form_rows", text_4="1"),  # the first line is of 表二, which has three columns
    "form_rows.answered": put("form_rows", placed_by_2=None),
    "form_rows.placed": put("form_rows", text_1="0", line_no_1=None),
    "form_rows.cell_lines": put("form_rows", line_no_1=0),
    "form_rows.placed_by": put("form_rows", placed_by_1="guess"),
    "narrative_figures.document": stray("narrative_figures"),
    "narrative_figures.key": twice("narrative_figures"),
    "narrative_figures.measure": put("narrative_figures", measure_code="applications", category_code="all"),
    "narrative_figures.line_no": put("narrative_figures", line_no=100_000),
    "narrative_figures.part": put("narrative_figures", measure_code="share", category_code="all"),
    "form_rows.length": put("form_rows", text_1="0" * (MAX_FILE_BYTES + 1)),
}


def broken(result: Result) -> set[str]:
    return {found.name for found in result.broken}


def test_every_check_has_a_corruption_that_fires_it():
    assert set(CORRUPTIONS) == {check.name for check in checks()}


def test_sound_rows_pass_and_every_check_was_asked(landing: Landing, sound: dict[str, pa.Table]):
    result = landing.check(sound)
    assert result.success
    assert result.evaluated == len(checks())
    assert result.rows == {name: table.num_rows for name, table in sound.items()}


@pytest.mark.parametrize("check", checks(), ids=lambda check: check.name)
def test_a_check_fires_on_rows_that_break_its_promise(landing: Landing, sound: dict[str, pa.Table], check: Check):
    rows = corrupted(sound, CORRUPTIONS[check.name])
    found = {broken.name: broken for broken in landing.check_frame(check.frame, derive(rows)[check.frame])}
    assert check.name in found
    assert found[check.name].promise == check.promise
    # It fired for what the rows hold; an expectation that cannot be computed would fail on anything.
    assert found[check.name].rows > 0


@pytest.mark.parametrize(
    ("values", "missing"),
    [
        ({"agency_name": None}, "agency_name"),
        ({"fiscal_year": None}, "fiscal_year"),
        ({"layout": None}, "layout"),
        ({"agency_evidence": None}, "agency_evidence"),
        ({"issuer_name": "某局", "issuer_evidence": None}, "issuer_evidence"),
        ({"year_evidence": None, "reader_version": None}, "reader_version, year_evidence"),
        ({"state": "quarantined"}, "reason_code, reason"),
        ({"state": "set_aside", "reason_code": "x", "reason": None}, "reason"),
    ],
)
def test_a_document_has_what_its_state_demands(
    landing: Landing, sound: dict[str, pa.Table], values: dict, missing: str
):
    result = landing.check(corrupted(sound, put("documents", **values)))
    assert [(found.name, found.examples) for found in result.broken] == [("documents.missing", (missing,))]


def test_a_document_set_aside_needs_neither_agency_nor_year(landing: Landing, sound: dict[str, pa.Table]):
    unknown = {"agency_name": None, "fiscal_year": None, "state": "set_aside", "reason_code": "x", "reason": "because"}
    assert landing.check(corrupted(sound, put("documents", **unknown))).success


def test_a_document_that_lost_all_its_lines_is_told(landing: Landing, sound: dict[str, pa.Table]):
    assert "text_lines.all_kept" in broken(landing.check(corrupted(sound, lambda rows: rows["text_lines"].clear())))


def test_the_cells_of_the_seed_are_those_of_both_forms():
    columns = form_lines()
    assert sum(n for line, n in columns.items() if line.startswith("2019|")) == 198
    assert sum(n for line, n in columns.items() if line.startswith("2021|")) == 200


def test_a_refusal_may_say_anything_but_nothing(landing: Landing, sound: dict[str, pa.Table]):
    assert landing.check(corrupted(sound, put("form_rows", placed_by_1="refused: 8 figures\nfor 7 columns"))).success
    assert "form_rows.placed_by" in broken(landing.check(corrupted(sound, put("form_rows", placed_by_1="refused: "))))


ODD = {
    "empty.txt": b"",
    "tabs.txt": b"\t\t\t\n" * 50,
    "binary.txt": bytes(range(256)),
    "gb.txt": "某县人民政府2020年政府信息公开工作年度报告\n规章\t增加九项\t-1\t1.5\n".encode("gb18030"),
    "huge_figures.txt": "某县人民政府2020年政府信息公开工作年度报告\n规章\t{0}\t{0}\t{0}\n".format("9" * 400).encode(),
    "picture.pdf": b"%PDF-1.7",
    "old.txt": "某县2015年政府信息公开工作年度报告\n指标名称\t计量单位\t年度\n主动公开\t条\t3\n".encode(),
    "no_name.txt": "\n".join(f"规章\t{n}\t0\t0" for n in range(9)).encode(),
}


def test_what_a_report_holds_never_breaks_the_suite(landing: Landing, tmp_path: Path):
    """Odd files, and real reports with their lines shuffled, doubled and cut: all are read without a fault of ours."""
    chance = random.Random(20)
    files = dict(ODD)
    for path in REPORTS:
        lines = path.read_text(encoding="utf-8").splitlines()
        for turn in range(6):
            mixed = chance.choices(lines, k=len(lines)) if turn % 2 else chance.sample(lines, k=len(lines))
            files[f"{path.stem}_{turn}.txt"] = "\n".join(line[: chance.choice([5, 40, 400])] for line in mixed).encode()
    documents = []
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
        documents.append(read_document(tmp_path / name, name))
    result = landing.check(tables(documents))
    assert [str(found) for found in result.broken] == []

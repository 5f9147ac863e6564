"""Loading keeps its promises: once, whole, in order, whatever happens in between."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ingest import load as loading
from ingest import pool, raw, read, worker
from ingest.checks.landing import Result
from ingest.limits import MAX_FILE_BYTES, MAX_LINE_CHARS
from ingest.load import load
from ingest.model import ReadDocument
from ingest.offered import Offered
from ingest.paths import REPO
from ingest.pool import Pool
from tests.support.loading import (
    SEEDS,
    InProcess,
    break_one,
    content,
    copied,
    counts,
    rows,
    stopped,
    with_a_cell_of_the_wrong_type,
    without_its_last_line,
    wrap,
)


@pytest.fixture
def landing():
    """For the tests in which the landing suite has a say; it takes about a second a batch, so they load two reports."""


@pytest.fixture(autouse=True)
def _only_what_the_test_is_about(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(loading, "Pool", InProcess)
    if "landing" not in request.fixturenames:
        monkeypatch.setattr(loading._Loader, "_check", lambda *_: Result(1, {}, ()))


@pytest.fixture
def reports(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return copied(tmp_path / "reports", SEEDS[1:3] if "landing" in request.fixturenames else SEEDS)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "data" / "raw.duckdb"


# -- once ------------------------------------------------------------------------------------------------------------


def test_five_reports_are_read_with_all_their_rows(reports: Path, database: Path):
    assert counts(load(reports, database)) == {"offered": 5, "read": 5}
    found = {path.name: read.read_document(path, f"2020/{path.name}") for path in SEEDS}
    stored = rows(
        database, "select source_path, document_id, line_count, table_count, state from documents order by all"
    )
    assert [(f"2020/{name}", d.document_id, len(d.lines), "read") for name, d in found.items()] == [
        (path, key, lines, state) for path, key, lines, _, state in stored
    ]
    for table, field in (("table_rows", "table_rows"), ("form_rows", "form_rows"), ("text_lines", "lines")):
        expected = sorted((d.document_id, len(getattr(d, field))) for d in found.values())
        assert rows(database, f"select document_id, count(*) from {table} group by all order by all") == expected
    printed = {(d.document_id, line.line_no, line.text) for d in found.values() for line in d.lines}
    assert set(rows(database, "select document_id, line_no, text from text_lines")) == printed
    verbatim = {
        (d.document_id, row.table_index, row.row_index, row.cells) for d in found.values() for row in d.table_rows
    }
    kept = rows(database, "select document_id, table_index, row_index, cells from table_rows")
    assert {(*key, tuple(cells)) for *key, cells in kept} == verbatim


def test_unchanged_files_are_skipped_and_great_expectations_is_not_even_imported(reports: Path, database: Path):
    load(reports, database)
    before = content(database)
    code = (
        "import sys; from pathlib import Path; from ingest.load import load\n"
        f"print(load(Path({str(reports)!r}), Path({str(database)!r})).skipped, 'great_expectations' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=REPO, check=True)
    assert done.stdout.split() == ["5", "False"]
    assert content(database) == before


def test_a_changed_file_becomes_a_new_revision_and_the_old_one_stays(reports: Path, database: Path):
    load(reports, database)
    path = reports / "2020" / "004_jinjiang.txt"
    path.write_text(path.read_text(encoding="utf-8") + "\n\n勘误。\n", encoding="utf-8")
    assert counts(load(reports, database)) == {"offered": 5, "skipped": 4, "read": 1, "revised": 1}
    revisions = rows(
        database,
        "select revision_no, document_id in (select document_id from offered_files) "
        "from documents where source_path like '%jinjiang%' order by revision_no",
    )
    assert [(n, current) for n, current in revisions] == [(1, False), (2, True)]


def test_a_vanished_file_is_withdrawn_and_comes_back_as_it_was(reports: Path, database: Path, tmp_path: Path):
    load(reports, database)
    before = content(database)
    path = reports / "2020" / "001_xiyuan.txt"
    shutil.move(path, tmp_path / "kept.txt")
    summary = load(reports, database)
    assert counts(summary) == {"offered": 4, "skipped": 4, "withdrawn": 1}
    assert [(note.kind, note.source_path) for note in summary.notes] == [("withdrawn", "2020/001_xiyuan.txt")]
    assert rows(database, "select count(*) from documents") == [(5,)]
    assert rows(database, "select count(*) from offered_files where source_path like '%xiyuan%'") == [(0,)]
    assert counts(load(reports, database)) == {"offered": 4, "skipped": 4}  # said once, not at every load
    shutil.move(tmp_path / "kept.txt", path)
    assert counts(load(reports, database)) == {"offered": 5, "skipped": 5}
    assert content(database) == before


def test_a_file_changed_back_is_its_first_revision_again(reports: Path, database: Path):
    path = reports / "2020" / "004_jinjiang.txt"
    original = path.read_bytes()
    load(reports, database)
    path.write_bytes(original + b"\n")
    load(reports, database)
    path.write_bytes(original)
    assert counts(load(reports, database)) == {"offered": 5, "skipped": 5}
    current = "select revision_no from documents join offered_files using (document_id) where sha256 = ?"
    assert rows(database, current.replace("sha256 = ?", "documents.source_path like '%jinjiang%'")) == [(1,)]


def test_one_content_at_two_paths_is_two_documents(reports: Path, database: Path):
    shutil.copy(reports / "2020" / "000_zhangping.txt", reports / "copy.txt")
    assert counts(load(reports, database)) == {"offered": 6, "read": 6}
    assert rows(database, "select count(distinct document_id), count(distinct sha256) from documents") == [(6, 5)]


def test_another_reader_reads_every_document_again_in_its_place(
    reports: Path, database: Path, monkeypatch: pytest.MonkeyPatch
):
    path = reports / "2020" / "004_jinjiang.txt"
    load(reports, database)
    path.write_bytes(path.read_bytes() + b"\n")
    load(reports, database)
    before = content(database)
    monkeypatch.setattr(read, "reader_version", lambda: "another")
    wrap(monkeypatch, lambda document: replace(document, form_rows=document.form_rows[:-1]))
    assert counts(load(reports, database)) == {"offered": 5, "read": 5}
    after = content(database)
    assert len(after["documents"]) == len(before["documents"]) == 6
    assert len(after["form_rows"]) == len(before["form_rows"]) - 5
    assert after["text_lines"] == before["text_lines"]
    # The superseded revision is not offered any more, so it keeps its first reading.
    versions = (
        "select revision_no, reader_version = 'another' from documents where source_path like '%jinjiang%' order by 1"
    )
    assert rows(database, versions) == [(1, False), (2, True)]
    assert counts(load(reports, database)) == {"offered": 5, "skipped": 5}


# -- whole -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", [without_its_last_line, with_a_cell_of_the_wrong_type])
def test_a_faulty_reading_is_left_out_and_the_rest_of_its_batch_loads(
    landing: None,
    reports: Path,
    database: Path,
    monkeypatch: pytest.MonkeyPatch,
    fault: Callable[[ReadDocument], ReadDocument],
):
    with monkeypatch.context() as broken:
        wrap(broken, break_one("002_anxi.txt", fault))
        summary = load(reports, database)
    assert counts(summary) == {"offered": 2, "read": 1, "failed": 1}
    (note,) = summary.notes
    assert (note.kind, note.source_path) == ("failed", "2020/002_anxi.txt")
    assert "The fault is the reader's, not the report's: see `python -m ingest explain" in note.text
    for table in raw.CONTENT_TABLES:
        assert rows(database, f"select count(distinct document_id) from {table}") == [(1,)]
    # The file is offered all the same: its path is there, only not this reading of it.
    assert rows(database, "select count(*) from offered_files") == [(2,)]
    assert counts(load(reports, database)) == {"offered": 2, "skipped": 1, "read": 1}


def test_the_audit_of_a_failed_batch_names_the_check_and_the_document(
    landing: None, reports: Path, database: Path, monkeypatch: pytest.MonkeyPatch
):
    wrap(monkeypatch, break_one("002_anxi.txt", without_its_last_line))
    load(reports, database)
    ((success, evaluated, failed, documents_failed, documents_read, result),) = rows(
        database,
        "select checks_success, checks_evaluated, checks_failed, documents_failed, documents_read, checks_result "
        "from load_audit where batch_no = 1",
    )
    said = json.loads(result)
    assert (success, documents_failed, documents_read) == (False, 1, 1)
    assert failed == len(said["broken"]) > 0
    assert evaluated > 40
    assert "form_rows.line_no" in {broken["name"] for broken in said["broken"]}
    assert [one["source_path"] for one in said["failed_documents"]] == ["2020/002_anxi.txt"]


def test_a_reader_that_raises_costs_its_document_only(
    landing: None, reports: Path, database: Path, monkeypatch: pytest.MonkeyPatch
):
    wrap(monkeypatch, break_one("002_anxi.txt", stopped))
    summary = load(reports, database)
    assert counts(summary) == {"offered": 2, "read": 1, "failed": 1}
    assert "the reader stopped with RecursionError (too deep)" in summary.notes[0].text
    assert rows(database, "select checks_success, documents_failed from load_audit where batch_no = 1") == [(True, 1)]


def test_a_failed_reading_again_leaves_the_earlier_one_standing(
    landing: None, reports: Path, database: Path, monkeypatch: pytest.MonkeyPatch
):
    load(reports, database)
    before = content(database)
    monkeypatch.setattr(read, "reader_version", lambda: "another")
    wrap(monkeypatch, break_one("002_anxi.txt", without_its_last_line))
    assert counts(load(reports, database)) == {"offered": 2, "read": 1, "failed": 1}
    after = content(database)
    assert {name: len(found) for name, found in after.items()} == {name: len(found) for name, found in before.items()}
    versions = rows(database, "select source_path from documents where reader_version <> 'another'")
    assert versions == [("2020/002_anxi.txt",)]


def test_a_file_that_changes_while_it_is_read_is_not_loaded_under_the_wrong_hash(
    reports: Path, database: Path, monkeypatch: pytest.MonkeyPatch
):
    wrap(monkeypatch, break_one("002_anxi.txt", lambda document: replace(document, sha256="0" * 64)))
    summary = load(reports, database)
    assert summary.failed == 1
    assert summary.notes[0].text == "it changed while it was being read: run the load again"


def test_a_file_that_cannot_be_opened_keeps_what_was_known_of_it(
    reports: Path, database: Path, monkeypatch: pytest.MonkeyPatch
):
    load(reports, database)
    before = content(database)
    honest = worker.hashed

    def locked(file: Offered) -> Offered:
        return replace(file, fault="it cannot be opened") if "anxi" in file.source_path else honest(file)

    monkeypatch.setattr(worker, "hashed", locked)
    assert counts(load(reports, database)) == {"offered": 5, "skipped": 4, "failed": 1}
    assert content(database) == before


def test_set_aside_and_quarantined_files_are_loaded_with_their_reasons(reports: Path, database: Path):
    (reports / "picture.jpg").write_bytes(b"\xff\xd8\xff")
    (reports / "nobody.txt").write_text("规章\t本年新制作数量\n规章\t0\t0\t1\n", encoding="utf-8")
    summary = load(reports, database)
    assert (summary.read, summary.set_aside + summary.quarantined) == (5, 2)
    stored = rows(database, "select source_path, state, reason from documents where state <> 'read' order by all")
    assert stored == sorted((note.source_path, note.kind, note.text) for note in summary.notes)
    assert all(reason for *_, reason in stored)


def test_a_file_beyond_the_limits_is_set_aside_and_not_opened(reports: Path, database: Path):
    (reports / "wide.txt").write_text("0" * (MAX_LINE_CHARS + 1), encoding="utf-8")
    with (reports / "big.txt").open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    summary = load(reports, database)
    assert counts(summary) == {"offered": 7, "read": 5, "set_aside": 2}
    assert [(note.source_path, note.text.partition(" has ")[0]) for note in summary.notes] == [
        ("big.txt", "the file"),
        ("wide.txt", "line 1"),
    ]


# -- whatever happens in between -------------------------------------------------------------------------------------


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Nine reports in three folders; some contents are there twice."""
    folder = tmp_path / "archive"
    for turn in range(9):
        target = folder / f"batch{turn % 3}" / f"{turn:02}.txt"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(SEEDS[turn % len(SEEDS)], target)
    return folder


@pytest.mark.parametrize("batch_size", [1, 4])
def test_the_result_does_not_depend_on_the_size_of_batches(archive: Path, tmp_path: Path, batch_size: int):
    load(archive, tmp_path / "whole.duckdb")
    load(archive, tmp_path / "parts.duckdb", batch_size=batch_size)
    assert content(tmp_path / "parts.duckdb") == content(tmp_path / "whole.duckdb")
    batches = rows(
        tmp_path / "parts.duckdb", "select batch_no, documents_read from load_audit where batch_no > 0 order by 1"
    )
    assert [n for n, _ in batches] == list(range(1, -(-9 // batch_size) + 1))
    assert sum(n for _, n in batches) == 9


def test_large_files_end_a_batch_early(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(loading, "BATCH_BYTES", 15_000)
    load(archive, tmp_path / "raw.duckdb")
    sizes = rows(tmp_path / "raw.duckdb", "select documents_offered from load_audit where batch_no > 0")
    assert 3 <= len(sizes) < 9
    assert sum(size for (size,) in sizes) == 9


def kill(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def killing_after(calls: int, function: Callable) -> Callable:
    """A function that works so many times and then kills its process."""
    left = [calls]

    def counted(*arguments: object) -> object:
        left[0] -= 1
        return kill() if left[0] < 0 else function(*arguments)

    return counted


FATAL = {
    "while a document is read": (pool, "_opened", lambda honest: killing_after(7, honest)),
    "while a batch is written": (loading._Loader, "_append", lambda honest: killing_after(15, honest)),
    "before the snapshot": (loading._Loader, "_close", lambda _: kill),
}


@pytest.mark.parametrize("moment", FATAL)
def test_a_killed_load_goes_on_where_it_stopped(
    archive: Path, tmp_path: Path, moment: str, monkeypatch: pytest.MonkeyPatch
):
    load(archive, tmp_path / "undisturbed.duckdb")
    database = tmp_path / "killed.duckdb"
    child = os.fork()  # a process of its own that has imported everything already
    if child == 0:
        signal.alarm(60)
        loading.Pool = Pool  # with processes that read, which must not outlive it
        place, name, fatal = FATAL[moment]
        setattr(place, name, fatal(getattr(place, name)))
        load(archive, database, batch_size=3)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    committed = content(database)
    assert committed["offered_files"] == []
    assert 0 < len(committed["documents"]) <= 9
    assert len(committed["documents"]) % 3 == 0  # whole batches only
    for table in raw.CONTENT_TABLES:
        assert {row[0] for row in committed[table]} == {row[0] for row in committed["documents"]}
    summary = load(archive, database)
    assert summary.skipped == len(committed["documents"])
    assert summary.read == 9 - summary.skipped
    assert content(database) == content(tmp_path / "undisturbed.duckdb")


def test_the_audit_counts_every_file_offered_once(
    landing: None, reports: Path, database: Path, monkeypatch: pytest.MonkeyPatch
):
    (reports / "picture.jpg").write_bytes(b"\xff\xd8\xff")
    wrap(monkeypatch, break_one("002_anxi.txt", without_its_last_line))
    load(reports, database, batch_size=2)
    load(reports, database, batch_size=2)
    loads = rows(
        database,
        "select sum(documents_offered), sum(documents_skipped), sum(documents_read), sum(documents_set_aside), "
        "sum(documents_quarantined), sum(documents_failed), sum(form_rows), sum(text_lines) "
        "from load_audit group by load_id order by load_id",
    )
    for offered, *parts, _, _ in loads:
        assert offered == sum(parts) == 3
    stored = rows(database, "select (select count(*) from form_rows), (select count(*) from text_lines)")
    assert [(sum(f for *_, f, _ in loads), sum(t for *_, t in loads))] == stored


# -- several reports in one file, and what a manifest says -----------------------------------------------------------


def test_the_reports_in_one_file_are_loaded_revised_and_withdrawn_with_it(reports: Path, database: Path):
    both = reports / "both.txt"
    texts = [path.read_text(encoding="utf-8") for path in SEEDS]
    both.write_text(texts[0] + "\n\n" + texts[4], encoding="utf-8")
    summary = load(reports, database)
    assert counts(summary) == {"offered": 6, "read": 7, "set_aside": 1}
    assert summary.parts == 2
    assert rows(database, "select sum(documents_offered) from load_audit") == [(8,)]
    offered = "select documents.source_path, revision_no from documents join offered_files using (document_id) "
    of_both = offered + "where documents.source_path like 'both%' order by all"
    assert rows(database, of_both) == [("both.txt", 1), ("both.txt#1", 1), ("both.txt#2", 1)]
    assert counts(load(reports, database)) == {"offered": 6, "skipped": 6}

    both.write_text(texts[0] + "\n\n" + texts[4] + "\n\n" + texts[3], encoding="utf-8")
    assert counts(load(reports, database)) == {"offered": 6, "skipped": 5, "read": 3, "set_aside": 1, "revised": 3}
    assert rows(database, of_both) == [("both.txt", 2), ("both.txt#1", 2), ("both.txt#2", 2), ("both.txt#3", 1)]

    both.write_text(texts[4], encoding="utf-8")
    summary = load(reports, database)
    assert counts(summary) == {"offered": 6, "skipped": 5, "read": 1, "revised": 1, "withdrawn": 3}
    assert {note.text for note in summary.notes} == {"its file holds other reports now"}
    assert rows(database, of_both) == [("both.txt", 3)]

    both.unlink()
    assert counts(load(reports, database)) == {"offered": 5, "skipped": 5, "withdrawn": 1}


def test_a_file_with_several_reports_read_again_leaves_none_of_the_old_ones(
    reports: Path, database: Path, monkeypatch: pytest.MonkeyPatch
):
    texts = [path.read_text(encoding="utf-8") for path in SEEDS]
    (reports / "both.txt").write_text(texts[0] + "\n\n" + texts[4], encoding="utf-8")
    load(reports, database)
    honest = read.read_documents
    monkeypatch.setattr(read, "reader_version", lambda: "another")
    monkeypatch.setattr(read, "read_documents", lambda *arguments: honest(*arguments)[:1])
    load(reports, database)
    paths = "select source_path from documents where source_path like 'both%'"
    assert rows(database, paths) == [("both.txt",)]
    assert rows(database, "select count(*) from offered_files") == [(6,)]


def test_a_file_named_like_a_report_inside_another_keeps_apart_from_it(tmp_path: Path, database: Path):
    texts = [path.read_text(encoding="utf-8") for path in SEEDS]
    (tmp_path / "reports").mkdir()
    for name in ("both.txt", "both.txt#1"):
        (tmp_path / "reports" / name).write_text(texts[0] + "\n\n" + texts[4], encoding="utf-8")
    assert counts(load(tmp_path / "reports", database)) == {"offered": 2, "read": 2, "set_aside": 2}
    assert rows(database, "select source_path from offered_files order by all") == [
        ("both.txt",), ("both.txt#1",), ("both.txt#2",), ("both.txt\\x231",)
    ]  # fmt: skip


def test_a_manifest_outranks_the_document_and_a_change_of_it_is_read(reports: Path, database: Path):
    manifest = reports / "2020" / "manifest.csv"
    manifest.write_text("file,agency_name\n004_jinjiang.txt,甲县水利局\nnone.txt,乙县林业局\n", encoding="utf-8")
    summary = load(reports, database)
    assert counts(summary) == {"offered": 5, "read": 5}
    assert [(note.kind, note.source_path) for note in summary.notes] == [("ignored", "2020/none.txt")]
    who = "select agency_name, agency_evidence from documents where source_path like '%jinjiang%'"
    assert rows(database, who) == [("甲县水利局", "manifest.csv line 2")]
    assert counts(load(reports, database)) == {"offered": 5, "skipped": 5}
    manifest.write_text("file,agency_name\n004_jinjiang.txt,丙县水利局\nx,y,z,\n", encoding="utf-8")
    assert counts(load(reports, database)) == {"offered": 5, "skipped": 4, "read": 1}
    assert rows(database, who) == [("丙县水利局", "manifest.csv line 2")]
    manifest.unlink()
    assert counts(load(reports, database)) == {"offered": 5, "skipped": 4, "read": 1}
    assert rows(database, who) == [("晋江市人民政府", rows(database, who)[0][1])]

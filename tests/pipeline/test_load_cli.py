"""The command line says what was done, and what to do where something is wrong; a traceback only when asked."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from ingest import load as loading
from ingest.__main__ import main
from ingest.load import NothingToLoad, load
from ingest.model import ReadDocument
from ingest.paths import REPO
from tests.support.loading import InProcess, break_one, copied, rows, stopped, wrap


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    return copied(tmp_path / "reports")


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """The command line on tmp_path/reports and tmp_path/data: exit code, output, messages."""

    def call(*arguments: str) -> tuple[int, str, str]:
        folders = ["--reports", str(tmp_path / "reports"), "--data", str(tmp_path / "data")]
        code = main([arguments[0], *folders, *arguments[1:]])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


def test_a_load_says_what_it_did(reports: Path, run: Callable):
    (reports / "picture.jpg").write_bytes(b"\xff\xd8\xff")
    code, out, err = run("load")
    assert code == 0
    assert out.startswith(
        "6 files offered: read 5, skipped 0 unchanged, set aside 1, quarantined 0, withdrawn 0, failed 0"
    )
    assert "  set aside: picture.jpg: no reader for .jpg" in out
    assert "read: 6 of 6 files" in err


def test_only_the_first_twenty_files_are_named_and_those_that_need_someone_come_first(
    reports: Path, run: Callable, monkeypatch: pytest.MonkeyPatch
):
    for n in range(30):
        (reports / f"a{n:02}.jpg").write_bytes(b"\xff\xd8\xff" + bytes([n]))
    monkeypatch.setattr(loading, "Pool", InProcess)
    wrap(monkeypatch, break_one("002_anxi.txt", stopped))
    code, out, _ = run("load")
    assert code == 2
    notes = out.splitlines()[1:]
    assert notes[0].startswith("  failed: 2020/002_anxi.txt: the reader stopped with RecursionError")
    assert len(notes) == 21
    assert notes[-1] == "  … and 11 more (raw.documents holds every reason)"


def test_a_missing_or_empty_folder_is_a_usage_error_and_withdraws_nothing(reports: Path, run: Callable, tmp_path: Path):
    assert run("load")[0] == 0
    shutil.move(reports, tmp_path / "elsewhere")
    code, _, err = run("load")
    assert code == 3
    assert "does not exist: create it, or name another by --reports" in err
    reports.mkdir()
    (reports / ".gitkeep").touch()
    code, _, err = run("load")
    assert code == 3
    assert "no report lies in" in err
    assert rows(tmp_path / "data" / "raw.duckdb", "select count(*) from offered_files") == [(5,)]


def test_an_empty_folder_raises_before_a_database_is_made(tmp_path: Path):
    (tmp_path / "reports").mkdir()
    with pytest.raises(NothingToLoad):
        load(tmp_path / "reports", tmp_path / "raw.duckdb")
    assert not (tmp_path / "raw.duckdb").exists()


@pytest.mark.parametrize("command", ["load", "status"])
def test_a_corrupt_database_is_a_fault_with_a_cure_and_no_traceback(
    reports: Path, run: Callable, tmp_path: Path, command: str
):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "raw.duckdb").write_bytes(b"no database" * 1000)
    code, _, err = run(command)
    assert code == 2
    assert "Move it away (mv " in err
    assert "Traceback" not in err
    code, _, err = run(command, "--debug")
    assert code == 2
    assert "Traceback" in err


def test_a_fault_of_the_program_shows_no_traceback_unless_asked(
    reports: Path, run: Callable, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(loading, "scan", lambda folder: 1 / 0)
    code, _, err = run("load")
    assert code == 2
    assert "ZeroDivisionError" in err
    assert "Traceback" not in err
    assert "Traceback" in run("load", "--debug")[2]


def test_an_interrupted_load_says_how_to_go_on(reports: Path, run: Callable, monkeypatch: pytest.MonkeyPatch):
    def interrupt(document: ReadDocument) -> ReadDocument:
        raise KeyboardInterrupt

    monkeypatch.setattr(loading, "Pool", InProcess)
    wrap(monkeypatch, break_one("004_jinjiang.txt", interrupt))
    code, _, err = run("load", "--batch-size", "2")
    assert code == 130
    assert "the next load goes on from there" in err
    monkeypatch.undo()
    code, out, _ = run("load")
    assert code == 0
    assert "read 1, skipped 4 unchanged" in out


def test_status_holds_folder_database_and_build_beside_each_other(reports: Path, run: Callable, tmp_path: Path):
    code, out, _ = run("status")
    assert code == 0
    assert "nothing is loaded yet" in out
    run("load")
    (reports / "new.txt").write_text("new", encoding="utf-8")
    (reports / "2020" / "003_shishi_office.txt").unlink()
    path = reports / "2020" / "004_jinjiang.txt"
    path.write_bytes(path.read_bytes() + b"\n")
    with duckdb.connect(tmp_path / "data" / "gongkai.duckdb") as con:
        con.execute("create schema meta; create table meta.build as select '20210131T0000' as build_id, 5 as reports")
    code, out, _ = run("status")
    assert code == 0
    found = {" ".join(line.split()) for line in out.splitlines()}
    assert {"loaded │ 3", "new │ 1", "changed since the load │ 1", "gone since the load │ 1"} <= found
    assert "read │ │ 5" in found
    assert "build_id │ 20210131T0000" in found
    assert ": complete" in out


def test_status_tells_an_interrupted_load_and_an_earlier_reader(
    reports: Path, run: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    run("load")
    with duckdb.connect(tmp_path / "data" / "raw.duckdb") as con:
        con.execute("delete from load_audit where batch_no = 0")
        con.execute("update documents set reader_version = 'earlier'")
    out = run("status")[1]
    assert "interrupted: load again" in out
    assert "loaded by an earlier reader (will be read again) │ 5" in out


def test_the_command_line_works_from_another_folder_and_on_a_log(reports: Path, tmp_path: Path):
    environment = os.environ | {
        "GONGKAI_REPORTS": str(reports),
        "GONGKAI_DATA": str(tmp_path / "data"),
        "PYTHONPATH": str(REPO),
    }
    done = subprocess.run(
        [sys.executable, "-m", "ingest", "load"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert done.stdout.startswith("5 files offered: read 5")
    assert "\x1b" not in done.stdout + done.stderr

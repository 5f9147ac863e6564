"""Reading in child processes: the same rows whatever their number, and what crosses a bound costs only itself."""

from __future__ import annotations

import operator
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ingest import load as loading
from ingest.checks.landing import Result
from ingest.limits import Bounds
from ingest.load import load
from ingest.paths import REPO
from ingest.pool import Pool, PoolError, read_bounded
from tests.support.loading import SEEDS, content, counts, rows

TIGHT = Bounds(seconds=0.5, wall_seconds=60.0, memory_bytes=2**28)


@pytest.fixture(autouse=True)
def _unchecked(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(loading._Loader, "_check", lambda *_: Result(1, {}, ()))


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """Forty reports, so that there is work for two processes."""
    for number in range(40):
        target = tmp_path / "reports" / f"{number % 3}" / f"{number:02}.txt"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(SEEDS[number % len(SEEDS)], target)
    return tmp_path / "reports"


def test_the_rows_do_not_depend_on_the_number_of_processes(reports: Path, tmp_path: Path):
    for jobs in (1, 3):
        assert counts(load(reports, tmp_path / f"{jobs}.duckdb", jobs=jobs)) == {"offered": 40, "read": 40}
    assert content(tmp_path / "1.duckdb") == content(tmp_path / "3.duckdb")


def test_a_call_that_crosses_a_bound_costs_only_itself():
    """The calls that end their process stand among others, whose answers come in order from the next process."""
    calls = [
        (abs, -1),
        (sum, range(10**11)),
        (bytes, 2**29),
        (abs, -2),
        (os.abort,),
        (os._exit, 3),
        (os.kill, 0, signal.SIGKILL),
        (int, "no number"),
        (abs, -3),
    ]
    with Pool(2, TIGHT) as pool:
        answers = list(pool.map(operator.call, calls))
        assert pool.call(abs, -4).value == 4
    assert [answer.refusal and answer.refusal[0] for answer in answers] == [
        None, "too_slow", "too_large_in_memory", None, "reader_crashed", "reader_crashed", None, None, None
    ]  # fmt: skip
    assert [answer.value for answer in answers if answer.value] == [1, 2, 3]
    assert "0.5 seconds" in answers[1].refusal[1]
    assert "256 MiB" in answers[2].refusal[1]
    assert "(SIGABRT)" in answers[4].refusal[1]
    # What comes from outside is no property of the document: it is read again at the next load.
    assert isinstance(answers[6].error, InterruptedError)
    assert isinstance(answers[7].error, ValueError)


def test_a_call_that_waits_for_ever_ends_without_a_verdict_on_its_document():
    with Pool(1, Bounds(wall_seconds=2.0)) as pool:
        answers = list(pool.map(time.sleep, [(60,), (0,)]))
    assert isinstance(answers[0].error, TimeoutError)
    assert answers[1].error is None


def test_a_crash_counts_only_in_a_process_that_has_done_nothing_else():
    """What was read before may have left a process damaged or full; the document gets one of its own to show itself."""
    with Pool(1, TIGHT) as pool:
        assert pool.call(abs, -1).value == 1
        before = pool._workers[0].process.pid
        assert pool.call(os.abort).refusal[0] == "reader_crashed"
        assert pool.call(os.getpid).value != before
        full = pool.call(eval, "len(b'1' * 2**27)").peak_bytes
        assert 2**27 < full < 2**28
        assert pool.call(os.getpid).peak_bytes < 2**26  # the one that once held much was replaced


def test_leaving_a_pool_ends_its_processes_whatever_they_do():
    with Pool(2) as pool:
        answers = pool.map(operator.call, [(abs, -1), *[(time.sleep, 60)] * 20])
        assert next(answers).value == 1
        started = [one.process for one in pool._workers]
    assert [process.poll() for process in started] == [-signal.SIGKILL] * 2


def test_processes_that_cannot_start_say_what_to_do(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PYTHONHOME", os.devnull)
    with Pool(1) as pool, pytest.raises(PoolError, match=r"cannot be started \(exit code 1\): `python -c"):
        pool.call(abs, -1)


def test_a_document_that_crosses_a_bound_is_set_aside_and_remembered(reports: Path, tmp_path: Path):
    bounds = Bounds(seconds=0.2)
    (reports / "slow.html").write_text("<table>" + "<tr><td>0<td>1" * 20_000, encoding="utf-8")
    summary = load(reports, tmp_path / "raw.duckdb", bounds=bounds)
    assert counts(summary) == {"offered": 41, "read": 40, "set_aside": 1}
    ((path, code, reason),) = rows(
        tmp_path / "raw.duckdb", "select source_path, reason_code, reason from documents where state <> 'read'"
    )
    assert (path, code) == ("slow.html", "too_slow")
    assert "save the report (年度报告) in it as a file of its own" in reason
    assert counts(load(reports, tmp_path / "raw.duckdb", bounds=bounds)) == {"offered": 41, "skipped": 41}
    (document,) = read_bounded(reports / "slow.html", "slow.html", bounds)  # explain tells the same
    assert (document.state, document.reason_code) == ("set_aside", code)
    assert len(document.sha256) == 64


def test_an_interrupted_load_ends_its_processes(reports: Path, tmp_path: Path):
    for number in range(1000):
        shutil.copy(SEEDS[0], reports / f"{number}.txt")
    command = [sys.executable, "-m", "ingest", "load", "--reports", reports, "--data", tmp_path / "data", "--jobs", "2"]
    with subprocess.Popen(command, cwd=REPO, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        while not running.stderr.readline().startswith("looked at: 1,040 of 1,040 files"):
            assert running.poll() is None
        children = children_of(running.pid)
        assert children
        for child in children:  # so that the load is still at work when it is interrupted, however fast it is
            os.kill(child, signal.SIGSTOP)
        assert running.poll() is None
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=120)
    last = said.splitlines()[-1]
    assert (running.returncode, last) == (130, "Interrupted. What was written stays; the next load goes on from there.")
    assert not any(Path(f"/proc/{child}").exists() for child in children)


def children_of(pid: int) -> list[int]:
    """The processes started by one."""
    stats = [path.read_text(errors="replace") for path in Path("/proc").glob("[0-9]*/stat")]
    return [int(stat.split()[0]) for stat in stats if int(stat.rpartition(")")[2].split()[1]) == pid]

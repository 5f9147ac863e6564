"""One build of the reports in the repository, shared by all tests that look at what it publishes."""

from __future__ import annotations

import fcntl
from pathlib import Path

import pytest

from ingest.paths import REPO
from tests.support.warehouse import build_warehouse


@pytest.fixture(scope="session")
def built_reports(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The pointer to the published warehouse of ``reports/``, built once however many processes run the tests."""
    run = tmp_path_factory.getbasetemp()
    folder = (run if worker_id == "master" else run.parent) / "built_reports"
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "gongkai.duckdb").exists():
            build_warehouse(REPO / "reports", folder)
    return folder / "gongkai.duckdb"

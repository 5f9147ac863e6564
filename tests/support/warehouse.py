"""Builds a whole warehouse from a folder of reports, the way a user does, and opens what was published."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import duckdb

from ingest.paths import REPO


def build_warehouse(reports: Path, data: Path) -> Path:
    """``ingest load`` and ``dbt build`` from ``reports`` into ``data``; the pointer to the published file.

    Raises AssertionError with the command's output when one of them fails.
    """
    environment = os.environ | {"GONGKAI_REPORTS": str(reports), "GONGKAI_DATA": str(data)}
    dbt = [str(Path(sys.executable).with_name("dbt")), "build"]
    dbt += ["--target-path", str(data / "target"), "--log-path", str(data / "logs")]
    for command in ([sys.executable, "-m", "ingest", "load"], dbt):
        run = subprocess.run(command, cwd=REPO, env=environment, capture_output=True, text=True, check=False)
        assert run.returncode == 0, f"{' '.join(command)}\n{run.stdout[-4000:]}\n{run.stderr[-4000:]}"
    return data / "gongkai.duckdb"


def open_warehouse(pointer: Path) -> duckdb.DuckDBPyConnection:
    """A read-only connection to the published file behind the pointer."""
    return duckdb.connect(str(pointer.resolve()), read_only=True)

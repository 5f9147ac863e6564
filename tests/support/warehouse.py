"""Builds warehouses: a whole one the way a user does, or in this process what a test needs of one; and opens them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner
from dbt.contracts.graph.manifest import Manifest

from ingest.paths import REPO

PARSED = "partial_parse.msgpack"  # what dbt leaves of the project it parsed, in its target folder
MODELS_ONLY = ("--resource-type", "seed", "--resource-type", "model")
MODELS_AND_TESTS = (*MODELS_ONLY, "--resource-type", "test")  # all, but not published

Dbt = Callable[..., Path]  # dbt(data, *arguments): builds over data/raw.duckdb in this process; the build's file


@dataclass(frozen=True)
class Run:
    """What one dbt command came to: its log, and the status of every node by its unique id."""

    is_success: bool
    log: str
    statuses: dict[str, str]


def run_dbt(root: Path, data: Path, *arguments: str, manifest: Manifest | None = None) -> Run:
    """Run a dbt command of the project at ``root`` over ``data`` in this process, as a user in that folder would.

    A ``manifest`` spares dbt the parse.
    """
    lines: list[str] = []
    folders = ["--project-dir", str(root), "--profiles-dir", str(root)]
    command = [*arguments, *folders, "--log-level-file", "none", "--no-write-json"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GONGKAI_DATA", str(data))
        answer = dbtRunner(manifest, [lambda event: lines.append(event.info.msg)]).invoke(command)
    # dbt keeps build.duckdb open, and so locked, for as long as its process lives.
    DuckDBConnectionManager.close_all_connections()
    results = getattr(answer.result, "results", None) or []
    return Run(
        is_success=answer.success,
        log="\n".join([*lines, str(answer.exception or "")]),
        statuses={result.node.unique_id: str(result.status) for result in results},
    )


def parse_project(data: Path) -> Path:
    """Have dbt parse the project for its next build over ``data``; what ``build_parsed`` needs over any folder."""
    run = run_dbt(REPO, data, "parse", "--target-path", str(data / "target"))
    assert run.is_success, run.log
    return data / "target" / PARSED


def run_parsed(parsed: Path, data: Path, *arguments: str) -> Run:
    """A dbt command over ``data`` of the project as it was parsed. Raises AssertionError with its log if it fails."""
    manifest = Manifest.from_msgpack(parsed.read_bytes())
    manifest.build_flat_graph()
    run = run_dbt(REPO, data, *arguments, "--target-path", str(data / "target"), manifest=manifest)
    assert run.is_success, run.log
    return run


def build_parsed(parsed: Path, data: Path, *arguments: str) -> Path:
    """`dbt build` with ``arguments`` over ``data``/raw.duckdb of the project as it was parsed; the build's file."""
    run_parsed(parsed, data, "build", *arguments)
    return data / "build.duckdb"


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

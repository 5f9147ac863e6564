"""dbt as a command over a folder of its own: the models alone, for benchmarks and tests that need nothing published, or
the whole build with what it costs."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from ingest.paths import REPO


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took: seconds by the clock and of processors, and the most memory it held, in GB."""

    seconds: float
    processor_seconds: float
    peak_gb: float


def build_models(data: Path, *selected: str) -> Path:
    """Seeds and models of a selection, without their tests, over ``data``/raw.duckdb. Returns the build's file.

    Raises RuntimeError with what dbt said where it fails.
    """
    build_whole(data, "--select", *selected, "--resource-type", "seed", "--resource-type", "model")
    return data / "build.duckdb"


def parse_project(data: Path) -> Cost:
    """`dbt parse` into ``data``/target: the first build of a place does it, and leaves it there for the next ones."""
    return _run(data, "parse")


def build_whole(data: Path, *arguments: str) -> Cost:
    """`dbt build` over ``data``/raw.duckdb: models, tests, publishing; and the parse, where none was done before."""
    return _run(data, "build", *arguments)


def _run(data: Path, *arguments: str) -> Cost:
    """A dbt command over ``data``, in a process of its own. Raises RuntimeError with what dbt said where it fails."""
    command = [str(Path(sys.executable).with_name("dbt")), *arguments]
    command += ["--target-path", str(data / "target"), "--log-path", str(data / "logs")]
    said = data / "dbt.txt"
    started = time.perf_counter()
    with said.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=REPO, env=os.environ | {"GONGKAI_DATA": str(data)}, stdout=output, stderr=output
        )
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(said.read_text(encoding="utf-8", errors="replace")[-8000:])
    # Linux tells the peak in kilobytes.
    return Cost(time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1e6)

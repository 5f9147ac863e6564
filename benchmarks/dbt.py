"""dbt as a command over a folder of its own, for benchmarks and tests that need the models and nothing published."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from ingest.paths import REPO


def build_models(data: Path, *selected: str) -> Path:
    """Seeds and models of a selection, without their tests, over ``data``/raw.duckdb. Returns the build's file.

    Raises RuntimeError with what dbt said where it fails.
    """
    command = [str(Path(sys.executable).with_name("dbt")), "build", "--select", *selected]
    command += ["--resource-type", "seed", "--resource-type", "model"]
    command += ["--target-path", str(data / "target"), "--log-path", str(data / "logs")]
    environment = os.environ | {"GONGKAI_DATA": str(data)}
    run = subprocess.run(command, cwd=REPO, env=environment, capture_output=True, text=True, check=False)
    if run.returncode:
        raise RuntimeError(run.stdout[-4000:] + run.stderr[-4000:])
    return data / "build.duckdb"

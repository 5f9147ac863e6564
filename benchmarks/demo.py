"""``python -m benchmarks.demo``: a generated prefecture beside the reports of the repository, loaded, built, published.

Everything goes into a data folder of its own (default data/demo): the reports are copied or generated to its folder
``reports``, with the truth of the generated ones beside it. Corrected reports are loaded twice, as they would be.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

from benchmarks.generate.habits import MARK
from benchmarks.generate.prefecture import FULL, SMALL, generate_prefecture
from ingest.load import load
from ingest.paths import REPO, data_dir, shown
from ingest.show import Reporter, console

MADE = "gongkai-demo"  # a file that says that a folder may be emptied: it is ours


def build(data: Path, *, small: bool = False) -> int:
    """Generate, load and build into ``data``, which must be empty or an earlier demo. Returns dbt's exit code.

    Raises SystemExit where the folder holds anything else.
    """
    out = console(stderr=True)
    _emptied(data)
    reports = data / "reports"
    shutil.copytree(REPO / "reports", reports)
    out.print(f"1/3 generating a prefecture to {shown(reports / MARK)}", soft_wrap=True)
    prefecture = generate_prefecture(SMALL if small else FULL)
    with (data / "truth.jsonl").open("w", encoding="utf-8") as truth:
        truth.writelines(f"{line}\n" for line in prefecture.truth())
    for revision_no, told in ((1, "reading what was published first"), (2, "reading what was corrected since")):
        files = prefecture.write(reports, revision_no)
        out.print(f"2/3 {told}: {files:,} generated files")
        with Reporter(out) as progress:
            load(reports, data / "raw.duckdb", progress=progress)
    out.print("3/3 building and testing the warehouse")
    # In folders of its own, so that the target folder of the real build is not touched either.
    command = [str(Path(sys.executable).with_name("dbt")), "build"]
    command += ["--target-path", str(data / "target"), "--log-path", str(data / "logs")]
    return subprocess.run(command, cwd=REPO, env=os.environ | {"GONGKAI_DATA": str(data)}, check=False).returncode


def _emptied(data: Path) -> None:
    if data.exists() and any(data.iterdir()):
        if not (data / MADE).exists():
            raise SystemExit(f"{shown(data)} is not empty and no demo: name another folder with --data")
        shutil.rmtree(data)
    data.mkdir(parents=True, exist_ok=True)
    (data / MADE).touch()


def main() -> int:
    """Build the demo asked for. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.demo", description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=data_dir() / "demo", help="its folder (default: data/demo)")
    parser.add_argument("--small", action="store_true", help="two counties and three years, for a quick look")
    arguments = parser.parse_args()
    try:
        return build(arguments.data.resolve(), small=arguments.small)
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())

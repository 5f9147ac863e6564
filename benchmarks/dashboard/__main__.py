"""``python -m benchmarks.dashboard``: what is promised of the dashboard, held against a build such as the demo's.

- ``pages``: every page in Chinese and English, light and dark, opens soon, without a fault, a request to another
  host, a grave barrier (axe-core) or overhang from 320 px to 4K
- ``journeys``: the ways readers take arrive: from a finding to its line, home with a file, on paper, without a mouse
- ``numbers``: for random filters the number on the screen is the number in SQL and the number in the export
- ``builds``: sessions that ask while builds are published get their own answers, of one build each, and no error
- ``memory``: the server does not grow with the sessions it has served

Speed is measured here and in no test. Exit code 1 where a promise is missed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.browser import chromium, running
from benchmarks.dashboard import builds, journeys, numbers, pages
from ingest.paths import data_dir

PARTS = ("pages", "journeys", "numbers", "builds", "memory")
_OF_ONE_SERVER = {"pages", "journeys", "numbers"}


def main() -> int:
    """Measure, print, and say by the exit code whether all promises hold."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.dashboard",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--data", type=Path, default=data_dir(), help="a data folder with a published build")
    parser.add_argument("--only", choices=PARTS, action="append", help="one part, or several")
    parser.add_argument("--settings", type=int, default=300, help="random filter settings (numbers)")
    parser.add_argument("--publishes", type=int, default=50, help="builds published meanwhile (builds)")
    parser.add_argument("--sessions", type=int, default=200, help="sessions opened and closed (memory)")
    parser.add_argument("--seed", default="gongkai", help="another seed draws other filters (numbers)")
    asked = parser.parse_args()
    parts = asked.only or PARTS
    missed: list[str] = []
    file = (asked.data / "gongkai.duckdb").resolve()
    with tempfile.TemporaryDirectory(prefix="gongkai-") as scratch, chromium() as browser:
        log = Path(scratch) / "dashboard.log"
        if _OF_ONE_SERVER & set(parts):
            with running(asked.data, log) as server:
                if "pages" in parts:
                    missed += pages.measure(browser, server)
                if "journeys" in parts:
                    missed += journeys.measure(browser, server, file)
                if "numbers" in parts:
                    missed += numbers.measure(browser, server, file, asked.settings, asked.seed)
        if "builds" in parts:
            missed += builds.measure_builds(browser, file, Path(scratch) / "builds", asked.publishes)
        if "memory" in parts:
            missed += builds.measure_memory(browser, asked.data, log, asked.sessions)
    for one in missed:
        print(f"MISSED  {one}")
    print("all promises hold" if not missed else f"{len(missed)} missed")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())

"""``python -m benchmarks.generate --out DIR --count N --seed S``: a folder of random reports, and their truth."""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.generate.corpus import write_reports


def main() -> None:
    """Parse the arguments and write the folder."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generate", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder for the reports; their truth goes beside it")
    parser.add_argument("--count", type=int, default=100, help="how many reports (default 100)")
    parser.add_argument("--seed", default="0", help="same seed, same reports (default 0)")
    arguments = parser.parse_args()
    truth = write_reports(arguments.out.resolve(), arguments.count, arguments.seed)
    print(f"{arguments.count} reports in {arguments.out}, their truth in {truth.name} beside it")


if __name__ == "__main__":
    main()

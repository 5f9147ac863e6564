"""``python -m benchmarks.generate --out DIR --count N --seed S``: a folder of random reports, and their truth."""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.generate.folder import write_reports
from benchmarks.generate.formats import FORMATS


def main() -> None:
    """Parse the arguments and write the folder."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generate", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder for the reports; their truth goes beside it")
    parser.add_argument("--count", type=int, default=100, help="how many documents (default 100)")
    parser.add_argument("--seed", default="0", help="same seed and options, same documents (default 0)")
    parser.add_argument("--formats", nargs="+", choices=list(FORMATS), default=list(FORMATS), help="default: all")
    parser.add_argument(
        "--fault-rate", type=float, default=0.0, help="share of reports with one or two misprinted figures (default 0)"
    )
    parser.add_argument(
        "--others",
        type=float,
        default=0.0,
        help="share of other documents: old indicator lists, pages that are no report, scans, reports in two formats "
        "or in an archive (default 0)",
    )
    arguments = parser.parse_args()
    truth = write_reports(
        arguments.out.resolve(),
        arguments.count,
        arguments.seed,
        formats=arguments.formats,
        fault_rate=arguments.fault_rate,
        others=arguments.others,
    )
    print(f"{arguments.count} documents in {arguments.out}, their truth in {truth.name} beside it")


if __name__ == "__main__":
    main()

"""The whole `dbt build`, from what was loaded to the published file, as often as a collection is built anew."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.bench import Measured
from benchmarks.dbt import build_whole
from benchmarks.scale import write_raw

REPORTS = 100_000
PROMISED = 60  # seconds
MOST_GB = 8


def whole_build() -> Measured:
    """Seeds, models, tests and publishing of reports with their text and prose, dbt's own start and parse included.

    Once: what dbt takes for itself is the same each time, and the rest is long enough to even out.
    """
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        data = Path(folder)
        write_raw(data, REPORTS, with_text=True)
        cost = build_whole(data)
    note = f"100,000 in {PROMISED} s; took {cost.seconds:.0f} s, {cost.processor_seconds:.0f} s of processors"
    return Measured(
        "whole dbt build",
        "reports",
        REPORTS / cost.seconds,
        REPORTS / PROMISED,
        "promised",
        min(PROMISED / cost.seconds, MOST_GB / cost.peak_gb),
        1,
        2,
        f"{note}, {cost.peak_gb:.1f} GB of at most {MOST_GB}",
    )


ROWS = (whole_build,)

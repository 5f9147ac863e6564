"""Reports made by lot are read right or refused: no figure in a wrong place, none that was not printed.

``python -m tests.pipeline.test_read_generated COUNT SEED`` does the same with as many reports as one likes.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.generate import FAMILIES, generate_report, plain_style
from tests.support.reading import compare

CELLS = {("2019", "2019"): 198, ("2021", "2021"): 200, ("2021", "2019"): 186}
BATCHES, BATCH = 10, 50


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("versions", list(CELLS))
def test_a_plain_report_is_read_cell_for_cell(versions: tuple[str, str], family: str, tmp_path: Path):
    for index in range(5):
        verdict = compare(generate_report("plain", index, plain_style(versions, family)), tmp_path)
        assert (verdict.right, verdict.wrong, verdict.unread) == (CELLS[versions], {}, {})


@pytest.mark.parametrize("batch", range(BATCHES))
def test_random_reports_are_read_right_or_refused(batch: int, tmp_path: Path):
    for index in range(batch * BATCH, (batch + 1) * BATCH):
        report = generate_report("random", index)
        verdict = compare(report, tmp_path)
        assert not verdict.wrong, f"report {index} of seed 'random', {report.style}"
        assert not verdict.unread, f"report {index} of seed 'random', {report.style}"


def main(count: int, seed: str) -> int:
    """Read ``count`` random reports of ``seed`` and print every report that went wrong. Returns how many."""
    totals: Counter[str] = Counter()
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for index in range(count):
            report = generate_report(seed, index)
            verdict = compare(report, Path(folder))
            totals += Counter(
                right=verdict.right, refused=verdict.refused, wrong=len(verdict.wrong), unread=len(verdict.unread)
            )
            if verdict.wrong or verdict.unread:
                failed += 1
                print(f"report {index}: wrong {verdict.wrong}, unread {verdict.unread}\n  {report.style}")
    print(f"{count} reports of seed {seed!r}, cells: {dict(totals)}; {failed} reports with a fault")
    return failed


if __name__ == "__main__":
    sys.exit(1 if main(int(sys.argv[1]), sys.argv[2]) else 0)

"""Damaged documents are read right, refused, or break a rule: never a crash, never a silent wrong number.

``python -m benchmarks.mutate`` does the same with as many reports as one likes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from random import Random

import pytest

from benchmarks.damages import DAMAGES, MarkedRow, damaged, marked_report
from benchmarks.mutate import DAMAGED_EACH, check, judge

BATCHES, BATCH = 20, 25
OFFICE_SHARE = 5  # one report in so many is a page or an office file, the rest are text, where most can go wrong


@pytest.mark.parametrize("batch", range(BATCHES))
def test_no_damage_makes_a_silent_wrong_number(batch: int):
    read: Counter[str] = Counter()
    for index in range(batch * BATCH, (batch + 1) * BATCH):
        formats = ("text",) if index // DAMAGED_EACH % OFFICE_SHARE else ("html", "docx", "xlsx", "xls")
        outcome = check("damage", index, formats)
        if outcome:
            assert outcome.faults == (), f"report {index} of seed 'damage': {outcome.damages}"
            read += outcome.counts
    assert read["right"] > 0.8 * read.total()  # damage is local, and what it leaves alone is read


def test_every_damage_befalls_some_report():
    names: Counter[str] = Counter()
    for index in range(60):
        if marked := marked_report("every", index, ("text",)):
            names.update(damaged(marked, Random(index))[1])
    assert names.keys() >= {damage.__name__ for damage in DAMAGES} - {"shift_row"}  # which few rows allow


def test_the_judge_tells_right_loud_silent_and_refused_apart():
    marked = next(m for i in range(99) if (m := marked_report("judge", i, ("xlsx",))) and _row(m.rows, "permits"))
    rows = [row.copy() for row in marked.rows]
    assert judge(marked, rows).counts.keys() <= {"right", "refused", "missing"}
    row = _row(rows, "permits")
    at = row.values()[-1]
    row.texts[at], row.keys[at] = "4711", None  # as if it had slid there from elsewhere; no equation runs through 表二
    assert [cell.text for _, cell in judge(marked, rows).silent.values()] == ["4711"]
    row = _row(rows, "closed")
    row.texts[row.values()[0]], row.keys[row.values()[0]] = "4711", None
    assert judge(marked, rows).counts["loud"] == 1
    del row.texts[-1], row.keys[-1]
    assert judge(marked, rows).counts["refused"] == 7


def _row(rows: Sequence[MarkedRow], line: str) -> MarkedRow | None:
    """The row of a line whose cells are all printed."""
    return next(
        (row for row in rows if {key[1] for key in row.keys if key} == {line} and "" not in row.texts[-7:]), None
    )

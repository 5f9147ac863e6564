"""One record for each line, where a document prints a line or a whole table more than once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.forms.found import Found
from ingest.forms.place import Placement


def one_per_line(found: Sequence[Found]) -> dict[str, Found]:
    """The record of each line. Copies with the same figures are one; lines whose copies differ are refused, and where
    two tables differ, so are the lines that only one of them has: nothing tells which table is meant."""
    by_line: dict[str, list[Found]] = {}
    for item in found:
        by_line.setdefault(item.line_code, []).append(item)
    by_line = {line: _of_this_table(items) for line, items in by_line.items()}
    differing = {line for line, items in by_line.items() if not _agree(items)}
    twice = [line for line, items in by_line.items() if len(items) > 1]
    agreeing = [line for line in twice if line not in differing and set(by_line[line][0].texts or ()) - {"0", ""}]
    two_tables = len(differing) > 1 or (differing and len(twice) > 1 and not agreeing)
    chosen = {}
    for line, items in by_line.items():
        if line in differing:
            lines = ", ".join(str(item.record.line_no) for item in items)
            chosen[line] = _refused(items[0], f"printed more than once (lines {lines})")
        elif two_tables and len(items) == 1 and items[0].placement.cells is not None:
            chosen[line] = _refused(items[0], "its table is printed more than once, this line in one of them only")
        else:
            chosen[line] = items[0]
    return chosen


def _agree(items: list[Found]) -> bool:
    return len(items) < 2 or len({item.texts or id(item) for item in items}) == 1


def _of_this_table(items: list[Found]) -> list[Found]:
    """Without rows of other tables that list the same words, where the line itself was found."""
    if not any(item.placement.cells for item in items):
        return items
    return [item for item in items if not item.is_of_another_table]


def _refused(item: Found, reason: str) -> Found:
    return replace(item, placement=Placement(None, f"refused: {reason}"))

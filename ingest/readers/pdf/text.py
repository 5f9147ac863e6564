"""Runs of characters put together as they are read: lines, pieces of a line that stand apart, the text of a cell.

A blank is put where one is printed or where a gap shows; two figures with a gap between them never become one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from ingest.forms.cell import is_value
from ingest.readers.pdf.content import UNMAPPED, Run

_APART = 1.5  # of the height: pieces of a line further apart than this stand in columns of their own
_COLUMNS = 4  # pieces of a line that make it a row of columns
_GAP = 0.5  # of the height: figures in a row of columns further apart than this are two
_SAME_LINE = 0.4  # of the height: how far the middles of runs on one line may differ
_DIGIT = re.compile(r"[\d.,，．\ufffd]")
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
_NUMBER = r"[一二三四五六七八九十\d]{1,3}"
_ORDINAL = re.compile(rf"^\s*(?:[（(]{_NUMBER}[)）]|{_NUMBER}[、.．:：)）](?!\d))")


@dataclass(slots=True)
class Piece:
    """Text that stands together, with its place."""

    left: float
    top: float
    right: float
    bottom: float
    text: str

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        return self.bottom - self.top


def is_figure(text: str) -> bool:
    """Whether a text may be the content of a value cell, as far as its glyphs are known."""
    return is_value(text.replace(UNMAPPED, "0")) and _ORDINAL.match(text) is None


def has_ordinal(text: str) -> bool:
    """Whether a text begins with a number of the outline: 三、 （一） 2."""
    return _ORDINAL.match(text) is not None


def lines_of(runs: Iterable[Run]) -> list[list[Run]]:
    """Runs on one line each, from the top down and from left to right."""
    lines: list[list[Run]] = []
    tallest: Run | None = None
    for run in sorted(runs, key=lambda r: r.top + r.bottom):
        if tallest is not None and run.middle - tallest.middle <= _SAME_LINE * max(run.height, tallest.height):
            lines[-1].append(run)
            tallest = run if run.height > tallest.height else tallest
        else:
            lines.append([run])
            tallest = run
    for line in lines:
        line.sort(key=lambda r: r.left)
    return lines


def pieces_of(line: list[Run]) -> list[Piece]:
    """A line cut where wide gaps part it. Single characters set far apart are one word, spaced out."""
    if len(line) == 1:
        return [piece_of(line)]
    parts: list[list[Run]] = [[line[0]]]
    right = line[0].right
    for before, run in pairwise(line):
        if run.left - right > _APART * min(before.height, run.height):
            parts.append([])
        parts[-1].append(run)
        right = max(right, run.right)
    if len(parts) >= _COLUMNS:
        parts = [figure for part in parts for figure in _figures_apart(part)]
    if len(parts) > 1 and all(len(part) == 1 and len(part[0].text) == 1 for part in parts):
        letters = [part[0].text for part in parts]
        if all(_WIDE.match(letter) for letter in letters):
            parts = [line]
    return [piece_of(part) for part in parts]


def _figures_apart(part: list[Run]) -> list[list[Run]]:
    """In a row of columns a figure stands apart, from other figures and from a label before it, where a gap shows."""
    figures: list[list[Run]] = [[part[0]]]
    for before, run in pairwise(part):
        is_apart = is_figure(run.text) and run.left - before.right > _GAP * run.height
        if is_apart and (is_figure(before.text) or run is part[-1]):
            figures.append([])
        figures[-1].append(run)
    return figures


def piece_of(runs: list[Run]) -> Piece:
    """Runs of one line as one piece."""
    if len(runs) == 1:
        return Piece(*runs[0][:5])
    return Piece(
        runs[0].left,
        min(run.top for run in runs),
        max(run.right for run in runs),
        max(run.bottom for run in runs),
        text_of_line(runs),
    )


def text_of_line(line: list[Run]) -> str:
    """The text of the runs of a line, blanks where the gaps show them."""
    parts = [line[0].text]
    for before, run in pairwise(line):
        if run.is_spaced or _shows_gap(before, run):
            parts.append(" ")
        parts.append(run.text)
    return "".join(parts)


def _shows_gap(before: Run, run: Run) -> bool:
    gap = (run.left - before.right) / max(min(before.height, run.height), 0.1)
    last, first = before.text[-1], run.text[0]
    if _DIGIT.match(last) and _DIGIT.match(first):
        return gap > 0.2 or gap < -0.3  # printed over each other they are no number either
    return gap > (0.8 if _WIDE.match(last) and _WIDE.match(first) else 0.3)


def text_of(runs: list[Run]) -> str:
    """The text of a cell: its lines from the top down, joined by line breaks."""
    if len(runs) == 1:
        return runs[0].text
    return "\n".join(text_of_line(line) for line in lines_of(runs))

"""Tables that are ruled across only: their columns are told by the gaps that run through their figures.

Upright lines are drawn in those gaps, and where the rules of an inner label begin; the rest is as in a ruled table.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import inf

from ingest.readers.pdf import lattice
from ingest.readers.pdf.content import Area, Run, Stroke
from ingest.readers.pdf.lattice import Lattice
from ingest.readers.pdf.text import Piece, is_figure, lines_of, pieces_of

_FEWEST = 3  # rules of one table; two may frame a letterhead
_GAP = 0.4  # of the height: a gap between columns is at least as wide
_SAME_END = 4.0  # points
_WIDE = 10  # figures: a line of so many needs no label, it stands under the heads of 表四
_STUB = 12.0  # points: a column of labels is at least as wide

_HEADING = re.compile(r"\s*[一二三四五六七八九十]{1,2}、")  # of a section: a table does not go on below it

_Columns = list[tuple[float, float]]


@dataclass(slots=True)
class _Zone:
    """Bands between level lines, from the line ``first`` to the line ``last``, whose figures share their columns."""

    first: int
    last: int
    columns: _Columns
    widest: int  # the most figures on one line
    labels: int  # columns of labels: one, or none under the heads of 表四


def tables_of_levels(levels: list[Stroke], runs: list[Run], taken: Sequence[Area], border: float) -> list[Lattice]:
    """The tables that level lines make which no upright line meets. ``taken`` are those found otherwise."""
    tables: list[Lattice] = []
    for _, group in groupby(sorted(levels, key=_end), key=_end):
        lines = sorted(group)
        if len(lines) < _FEWEST or any(a.top < lines[-1].at and lines[0].at < a.bottom for a in taken):
            continue
        left, right = min(line.start for line in lines), max(line.end for line in lines)
        inside = sorted((run for run in runs if left - border < run.left < right), key=lambda run: run.middle)
        middles = [run.middle for run in inside]
        cuts = [bisect_left(middles, line.at) for line in lines]
        bands = [[pieces_of(line) for line in lines_of(inside[first:last])] for first, last in pairwise(cuts)]
        for zone in _zones(bands):
            if not _is_certain(zone, bands):
                continue
            top, bottom = lines[zone.first].at, lines[zone.last].at
            rules = [
                line for line in levels
                if top <= line.at <= bottom and left - border <= line.start and line.end <= right + border
            ]  # fmt: skip
            gaps = [_border(end, start, rules) for (_, end), (start, _) in pairwise(zone.columns)]
            stubs = {line.start for line in rules if zone.labels and left + _STUB < line.start < gaps[0] - _STUB}
            heights = sorted({rule.at for rule in rules})
            uprights = [Stroke(x, top, bottom) for x in (left, right)]
            uprights += [part for x in gaps for part in _between(x, heights, inside)]
            uprights += [part for x in sorted(stubs) for part in _beside(x, rules, top, bottom)]
            tables += lattice.build(rules, uprights, border).tables
    return tables


def _end(line: Stroke) -> int:
    return round(line.end / _SAME_END)


def _border(end: float, start: float, rules: list[Stroke]) -> float:
    """Where the border between two columns is drawn: where a rule begins in the gap, else in its middle."""
    return next((rule.start for rule in rules if end <= rule.start <= start), (end + start) / 2)


def _between(x: float, heights: list[float], runs: list[Run]) -> list[Stroke]:
    """Upright lines at ``x`` between level lines wherever no text crosses it, as a head over several columns does."""
    crossed = [run.middle for run in runs if run.left + 1 < x < run.right - 1]
    return [
        Stroke(x, top, bottom)
        for top, bottom in pairwise(heights)
        if not any(top < middle < bottom for middle in crossed)
    ]


def _beside(x: float, rules: list[Stroke], top: float, bottom: float) -> list[Stroke]:
    """Upright lines where rules begin at ``x``: each from the rule above them that reaches further left to the next."""
    parts: list[Stroke] = []
    above, is_begun = top, False
    for rule in [*sorted(rules), Stroke(bottom, -inf, inf)]:
        if abs(rule.start - x) <= _SAME_END:
            is_begun = True
        elif rule.start < x:
            if is_begun:
                parts.append(Stroke(x, above, rule.at))
            above, is_begun = rule.at, False
    return parts


def _zones(bands: list[list[list[Piece]]]) -> list[_Zone]:
    """Bands with common columns: one of labels, those of figures. What stands between two zones heads the second."""
    zones: list[_Zone] = []
    first = 0
    for number, band in enumerate(bands):
        lines = [line for line in band if _has_figures(line)]
        if any(len(line) == 1 and _HEADING.match(line[0].text) for line in band) and not lines:
            first = number + 1  # of the next table
        if not lines:
            continue
        widest = max(sum(is_figure(piece.text) for piece in line) for line in lines)
        own, labels = _columns(lines), int(not is_figure(lines[0][0].text))
        last = zones[-1] if zones else None
        if last and last.last >= first and last.labels == labels:
            columns, most = _merged([*last.columns, *own]), max(widest, last.widest)
            if len(columns) == labels + most:
                zones[-1] = _Zone(last.first, number + 1, columns, most, labels)
                continue
        zones.append(_Zone(max(first, last.last if last else 0), number + 1, own, widest, labels))
    return [zone for zone in zones if len(zone.columns) == zone.labels + zone.widest]


def _has_figures(line: list[Piece]) -> bool:
    figures = sum(is_figure(piece.text) for piece in line)
    if is_figure(line[0].text):
        return figures == len(line) >= _WIDE
    return figures > 0 and is_figure(line[-1].text)


def _columns(lines: list[list[Piece]]) -> _Columns:
    """The extents of the labels, all as one where there are any, and of the figures."""
    words = [piece for line in lines for piece in line if not is_figure(piece.text)]
    figures = [piece for line in lines for piece in line if is_figure(piece.text)]
    labels = [(min(piece.left for piece in words), max(piece.right for piece in words))] if words else []
    margin = _GAP / 2
    return _merged(labels + [(p.left - margin * p.height, p.right + margin * p.height) for p in figures])


def _is_certain(zone: _Zone, bands: list[list[list[Piece]]]) -> bool:
    """Whether no two figures of a line stand in one column: else the columns are not what they seem."""
    for line in (line for band in bands[zone.first : zone.last] for line in band):
        figures = [piece for piece in line if is_figure(piece.text)]
        columns = {
            k for p in figures for k, (left, right) in enumerate(zone.columns) if left < p.right and p.left < right
        }
        if len(columns) != len(figures):
            return False
    return True


def _merged(columns: _Columns) -> _Columns:
    """Columns that overlap put together."""
    merged: _Columns = []
    for left, right in sorted(columns):
        if merged and left <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], right))
        else:
            merged.append((left, right))
    return merged

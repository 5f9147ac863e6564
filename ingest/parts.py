"""Several reports in one file - units one after the other, years bound together - taken apart at their titles.

A title alone parts nothing: pages name other reports. Only where the same line of a statutory table stands below two
different titles are there two reports; anything else stays with the report before it.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from ingest.forms.recognise import recognise
from ingest.identity import titles
from ingest.model import Document


def parts(document: Document) -> list[Document]:
    """The reports of a document in reading order, each with the line numbers of the file; the document where it is
    one."""
    starts = []
    for title in titles(document):
        if not starts or (title.agency, title.year) != (starts[-1].agency, starts[-1].year):
            starts.append(title)
    if len(starts) < 2:
        return [document]
    bounds = [1, *(title.line_no for title in starts[1:]), len(document.lines) + 1]
    found: list[tuple[int, set[tuple[int, str]]]] = []  # the first line of each report, and the form lines met in it
    for first, end in pairwise(bounds):
        met = {(row.table_no, row.line_code) for row in recognise(_slice(document, first, end)).rows}
        if found and (not met or not found[-1][1] or not met & found[-1][1]):
            found[-1][1].update(met)
        else:
            found.append((first, met))
    ends = [first for first, _ in found[1:]] + [len(document.lines) + 1]
    return [_slice(document, first, end) for (first, _), end in zip(found, ends, strict=True)]


def _slice(document: Document, first: int, end: int) -> Document:
    """The lines from ``first`` to before ``end`` and the rows on them."""
    return replace(
        document,
        lines=tuple(line for line in document.lines if first <= line.line_no < end),
        rows=tuple(row for row in document.rows if first <= row.line_no < end),
    )

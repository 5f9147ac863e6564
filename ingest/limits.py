"""Bounds on documents from outside: beyond them a file is set aside with the reason, before it costs time or memory.

A report is a few pages; the bounds are one to two orders of magnitude above the longest ones seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bounds:
    """What reading one document may cost the process that does it.

    ``seconds`` are of computing, so that a busy machine refuses no document; ``wall_seconds`` end a wait for a disk
    or a network that does not answer. ``memory_bytes`` are of the whole process, whose own part is some 30 MiB.
    """

    seconds: float = 5.0
    wall_seconds: float = 60.0
    memory_bytes: int = 2**30


MAX_FILE_BYTES = 64 * 2**20
MAX_TEXT_CHARS = 4_000_000
MAX_LINES = 50_000
MAX_LINE_CHARS = 200_000
MAX_HTML_DEPTH = 300  # elements nested in each other; Word-made pages reach some forty
MAX_HTML_TAGS = 250_000  # long Word-made pages have some thirty thousand

# Archives and office files, which are archives too: told from their directory before anything in them is opened.
MAX_ENTRIES = 10_000
MAX_DIRECTORY_BYTES = 4 * 2**20
MAX_UNPACKED_BYTES = 2**30
MAX_RATIO = 200  # unpacked to packed, of one entry; XML full of tables reaches some sixty
RATIO_FREE_BYTES = 2**20  # what unpacks to less can do no harm, however well it is packed
MAX_PART_BYTES = 32 * 2**20  # a part of an office file
MAX_OFFICE_BYTES = 64 * 2**20  # all parts that are read of one
MAX_OFFICE_TAGS = 500_000  # long reports have some fifty thousand
MAX_OFFICE_DEPTH = 200  # elements nested in each other
MAX_OFFICE_PAGES = 5_000
MAX_SPAN = 64  # columns; Word itself stops at 63
MAX_CELLS = 100_000  # of all tables
MAX_SHEETS = 200
MAX_MERGED = 20_000  # ranges of a sheet
MAX_FORMAT_CHARS = 255  # of a number format, as many as Excel takes
MAX_SHEET_CHARS = 4_000_000  # a workbook may refer to one long text from every cell

# PDF: what a page may hold before it is a drawing and no page of a report.
MAX_PDF_PAGES = 300
MAX_PDF_OBJECTS = 100_000  # on a page, those of its forms included
MAX_PDF_SEGMENTS = 200_000  # of the paths on a page; further ones are not looked at
MAX_PDF_PAGE_CHARS = 20_000
MAX_PDF_RULES = 2_000  # ruling lines on a page once those at one place are put together
MAX_PDF_SQUARES = 100_000  # of the grid of a table


def refuse_size(size_bytes: int) -> str | None:
    """Why a file of this size is not opened; None where it may be."""
    if size_bytes > MAX_FILE_BYTES:
        return f"the file has {size_bytes:,} bytes; a report (年度报告) has at most {MAX_FILE_BYTES:,}"
    return None


def refuse_lines(texts: Sequence[str]) -> str | None:
    """Why a text of these lines is not recognised; None where it may be."""
    if len(texts) > MAX_LINES:
        return f"the text has {len(texts):,} lines; a report (年度报告) has at most {MAX_LINES:,}"
    if (chars := sum(map(len, texts))) > MAX_TEXT_CHARS:
        return f"the text has {chars:,} characters; a report (年度报告) has at most {MAX_TEXT_CHARS:,}"
    for line_no, text in enumerate(texts, 1):
        if len(text) > MAX_LINE_CHARS:
            return f"line {line_no} has {len(text):,} characters; a line of a report has at most {MAX_LINE_CHARS:,}"
    return None

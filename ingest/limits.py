"""Bounds on documents from outside: beyond them a file is set aside with the reason, before it costs time or memory.

A report is a few pages; the bounds are one to two orders of magnitude above the longest ones seen.
"""

from __future__ import annotations

from collections.abc import Sequence

MAX_FILE_BYTES = 64 * 2**20
MAX_TEXT_CHARS = 4_000_000
MAX_LINES = 50_000
MAX_LINE_CHARS = 200_000
MAX_HTML_DEPTH = 300  # elements nested in each other; Word-made pages reach some forty


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

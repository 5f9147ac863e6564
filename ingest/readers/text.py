"""Text files (txt, md): lines, and the rows of cells in them, in the layouts text converters produce.

A layout is told line by line, not file by file, because one file mixes them (a page of TSV, then prose):

``tsv``   cells parted by tabs; a trailing tab is a cell of its own, so no line is ever stripped
``pipe``  a markdown row ``| a | b |``; rules such as ``|---|---|`` are no rows
``cell``  one cell a line, closed by a pipe; a line of bare pipes stands for that many empty cells
``line``  anything else: prose, a heading, or a cell alone on its line
"""

from __future__ import annotations

import re

from ingest.limits import MAX_CELLS, MAX_LINES
from ingest.model import Document, Line, Row
from ingest.readers import UnreadableFileError

_RULE_CELL = re.compile(r"^\s*:?-+:?\s*$")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_UNESCAPED_PIPE = re.compile(r"(?<!\\)\|")
# A page number is told from a figure by its dashes or by 第…页; a bare number could be a value.
_PAGE_NUMBER = re.compile(r"^\s*(?:[-—–－]+\s*(\d{1,4})\s*[-—–－]+|第\s*(\d{1,4})\s*页(?:\s*共\s*\d+\s*页)?)\s*$")


def decode(data: bytes) -> tuple[str, str]:
    """The text and the encoding it was in; raises ``UnreadableFileError`` where the bytes are no text."""
    encodings = ["utf-16"] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text, encoding
    raise UnreadableFileError(
        "not_text", "the bytes are neither UTF-8, GB18030 nor UTF-16 text: export the text again as UTF-8"
    )


def is_page_number(text: str) -> bool:
    """Whether a line only numbers the page (``- 4 -``, 第 4 页)."""
    return _PAGE_NUMBER.match(text) is not None


def _is_rule(stripped: str) -> bool:
    """Whether a line rules off a markdown head. A single dash may be a value (不适用), so one longer rule must show."""
    cells = stripped.strip("|").split("|")
    ruled = (len(cells) > 1 or stripped.startswith("|")) and all(_RULE_CELL.match(cell) for cell in cells)
    return ruled and any("---" in cell or ":" in cell for cell in cells)


def _split_cells(text: str) -> tuple[str, tuple[str, ...]] | None:
    """The layout and the cells of a line; None for a rule between rows."""
    if "\t" in text:
        return "tsv", tuple(text.split("\t"))
    stripped = text.strip()
    if "|" not in stripped:
        return ("line", (text,)) if not re.fullmatch(r"-{3,}", stripped) else None
    if _is_rule(stripped):
        return None
    if not stripped.strip("|"):
        return "cell", ("",) * len(stripped)
    cells = tuple(_BREAK.sub("", cell).replace("\\|", "|").strip() for cell in _UNESCAPED_PIPE.split(stripped))
    if stripped.startswith("|"):
        return "pipe", cells[1:-1] if stripped.endswith("|") and len(cells) > 2 else cells[1:]
    if stripped.endswith("|") and len(cells) == 2:
        return "cell", cells[:1]
    return ("pipe", cells[:-1] if stripped.endswith("|") else cells) if len(cells) > 2 else ("line", (text,))


def _pages(texts: list[str]) -> list[int | None]:
    """The page of each line, from form feeds or from the page numbers printed at the foot of pages."""
    pages: list[int | None] = [None] * len(texts)
    if any("\f" in text for text in texts):
        page = 1
        for i, text in enumerate(texts):
            page += text.count("\f") if text.startswith("\f") else 0
            pages[i] = page
            page += text.count("\f") if not text.startswith("\f") else 0
        return pages
    start, last = 0, None
    for i, text in enumerate(texts):
        if found := _PAGE_NUMBER.match(text):
            last = int(found[1] or found[2])
            pages[start : i + 1] = [last] * (i + 1 - start)
            start = i + 1
    if last is not None:
        pages[start:] = [last + 1] * (len(texts) - start)
    return pages


def read_text(data: bytes) -> Document:
    """Lines and rows of a text file. Raises UnreadableFileError."""
    return read_decoded(*decode(data))


def read_decoded(text: str, encoding: str) -> Document:
    """Lines and rows of a decoded text; nothing of it is interpreted."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for sign, what, most in (("\n", "lines", MAX_LINES), ("\t", "cells", MAX_CELLS), ("|", "cells", MAX_CELLS)):
        if (count := text.count(sign)) > most:
            raise UnreadableFileError("too_large", f"the text has {count:,} {what}; a report has at most {most:,}")
    texts = text.split("\n")
    pages = _pages(texts)
    lines = tuple(Line(i, page, line) for i, (line, page) in enumerate(zip(texts, pages, strict=True), 1))
    rows: list[Row] = []
    table_index = row_index = 0
    in_table = False
    for line in lines:
        if is_page_number(line.text):
            continue
        split = _split_cells(line.text.replace("\f", ""))
        if split is None:
            continue
        kind, cells = split
        if kind == "line":
            # A blank line does not end a table (converters put them at page breaks); other text does.
            in_table = in_table and not cells[0].strip()
            if cells[0].strip():
                rows.append(Row(kind, line.line_no, line.page_no, cells))
            continue
        if not in_table:
            table_index, row_index, in_table = table_index + 1, 0, True
        row_index += 1
        rows.append(Row(kind, line.line_no, line.page_no, cells, table_index, row_index))
    return Document(lines, tuple(rows), encoding, page_count=max((p for p in pages if p), default=None))

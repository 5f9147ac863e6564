"""HTML pages, browser-made and Word-made: text lines and the rows of the tables in them.

A row holds its own cells only: a cell covered by a rowspan or colspan of another is no cell of the row, so counting
tells the column whatever spans the publisher wrote. Layout tables around the report dissolve into the blocks they hold.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from ingest.limits import MAX_HTML_DEPTH, MAX_HTML_TAGS
from ingest.model import Document, Line, Row
from ingest.readers import UnreadableFileError

# fmt: off
_IGNORED = {
    "script", "style", "template", "noscript", "head", "iframe", "object", "svg", "select", "option", "textarea",
    "button", "input", "audio", "video", "map", "-comment",
}
_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt", "fieldset",
    "figure", "figcaption", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main",
    "nav", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}
# fmt: on
_CELLS = {"td", "th"}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f\v\xa0\u3000]+")
# Government pages carry title and date of an article in these (a national standard names them).
_META = {"articletitle": "标题", "pubdate": "发布日期", "url": "原文链接"}
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)


def decode_html(data: bytes) -> tuple[str, str]:
    """The text and its encoding. Bytes outrank declarations: pages declared gb2312 hold GB18030 or UTF-8.

    Raises ``UnreadableFileError`` where the bytes are no text in any of them.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        candidates = ["utf-16"]
    else:
        declared = _DECLARED.search(data[:4096])
        candidates = ["utf-8-sig", "gb18030", *([declared[1].decode("ascii")] if declared else [])]
    for encoding in candidates:
        try:
            return data.decode(encoding), encoding
        except (UnicodeDecodeError, LookupError):
            continue
    raise UnreadableFileError("not_text", "the page is neither UTF-8 nor GB18030: save it again from the browser")


class _Builder:
    """Collects lines and rows in reading order. ``hidden`` and ``framing`` are the nodes nobody sees, and the cells
    that hold tables: looking for them once is much faster than asking every node."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        self.hidden = {
            node.mem_id
            for node in tree.css("[hidden], [style]")
            if "hidden" in node.attributes or _HIDDEN.search(node.attributes.get("style") or "")
        }
        self.framing: set[int] = set()
        for table in tree.css("table table"):
            node = table.parent
            while node is not None and node.mem_id not in self.framing:
                self.framing.add(node.mem_id)
                node = node.parent
        self.lines: list[Line] = []
        self.rows: list[Row] = []
        self._text: list[str] = []
        self._tables = 0

    def add_text(self, text: str) -> None:
        self._text.append(text)

    def end_block(self) -> None:
        text = _SPACES.sub(" ", "".join(self._text)).strip()
        self._text = []
        if text:
            line = Line(len(self.lines) + 1, None, text)
            self.lines.append(line)
            self.rows.append(Row("line", line.line_no, None, (text,)))

    def next_table(self) -> int:
        self._tables += 1
        return self._tables

    def add_row(self, cells: list[str], table_index: int, row_index: int) -> None:
        line = Line(len(self.lines) + 1, None, "\t".join(cells).replace("\n", " "))
        self.lines.append(line)
        self.rows.append(Row("grid", line.line_no, None, tuple(cells), table_index, row_index))


def read_html(data: bytes) -> Document:
    """Lines and table rows of a page; scripts, styles and hidden parts are not part of it."""
    text, encoding = decode_html(data)
    if (tags := text.count("<")) > MAX_HTML_TAGS:
        raise UnreadableFileError("too_large", f"the page has {tags:,} tags; a report has at most {MAX_HTML_TAGS:,}")
    try:
        tree = LexborHTMLParser(text)
    except SelectolaxError as error:  # it parses anything, unless it is given no memory
        raise MemoryError from error
    builder = _Builder(tree)
    for meta in tree.css("meta[name][content]"):
        name = _META.get((meta.attributes.get("name") or "").lower())
        if name and (content := (meta.attributes.get("content") or "").strip()):
            builder.add_text(f"{name}: {content}")
            builder.end_block()
    if tree.body is not None:
        _walk(tree.body, builder, 0)
        builder.end_block()
    return Document(tuple(builder.lines), tuple(builder.rows), encoding)


def _is_hidden(node: LexborNode, builder: _Builder) -> bool:
    return node.tag in _IGNORED or (bool(builder.hidden) and node.mem_id in builder.hidden)


def _bound(depth: int) -> None:
    if depth > MAX_HTML_DEPTH:
        raise UnreadableFileError("nested_too_deep", f"the page nests more than {MAX_HTML_DEPTH} elements")


def _walk(node: LexborNode, builder: _Builder, depth: int) -> None:
    _bound(depth)
    for child in node.iter(include_text=True, skip_empty=False):
        tag = child.tag
        if tag == "-text":
            builder.add_text(child.text_content or "")
        elif _is_hidden(child, builder):
            continue
        elif tag == "br":
            builder.end_block()
        elif tag == "table":
            builder.end_block()
            _table(child, builder, depth + 1)
        elif tag in _BLOCKS:
            builder.end_block()
            _walk(child, builder, depth + 1)
            builder.end_block()
        else:
            _walk(child, builder, depth + 1)


def _table(table: LexborNode, builder: _Builder, depth: int) -> None:
    """Rows of a table; a row that holds tables is layout, and its cells are read as blocks of their own."""
    table_index, row_index = builder.next_table(), 0
    for part in _rows_of(table, builder):
        if part.tag != "tr":
            _walk(part, builder, depth + 1)
            builder.end_block()
            continue
        cells = [cell for cell in part.iter() if cell.tag in _CELLS and not _is_hidden(cell, builder)]
        if builder.framing and any(cell.mem_id in builder.framing for cell in cells):
            for cell in cells:
                _walk(cell, builder, depth + 1)
                builder.end_block()
        elif cells:
            row_index += 1
            builder.add_row([_cell_text(cell, builder, depth + 1) for cell in cells], table_index, row_index)


def _rows_of(table: LexborNode, builder: _Builder) -> list[LexborNode]:
    """The table's own rows and captions in order, whatever groups them."""
    rows = []
    for child in table.iter():
        if child.tag in ("thead", "tbody", "tfoot"):
            rows.extend(row for row in child.iter() if row.tag == "tr" and not _is_hidden(row, builder))
        elif child.tag in ("tr", "caption") and not _is_hidden(child, builder):
            rows.append(child)
    return rows


def _cell_text(cell: LexborNode, builder: _Builder, depth: int) -> str:
    """A cell's text as rendered: inline pieces joined, breaks and paragraphs kept apart by a line break."""
    only = cell.first_child
    if only is None:
        return ""
    if only.tag == "-text" and only.next is None:
        text = only.text_content or ""
        return text if text.isalnum() else _SPACES.sub(" ", text).strip()
    blocks: list[list[str]] = [[]]

    def collect(node: LexborNode, depth: int) -> None:
        _bound(depth)
        for child in node.iter(include_text=True, skip_empty=False):
            tag = child.tag
            if tag == "-text":
                blocks[-1].append(child.text_content or "")
            elif _is_hidden(child, builder):
                continue
            elif tag == "br":
                blocks.append([])
            elif tag in _BLOCKS:
                blocks.append([])
                collect(child, depth + 1)
                blocks.append([])
            else:
                collect(child, depth + 1)

    collect(cell, depth)
    texts = (_SPACES.sub(" ", "".join(block)).strip() for block in blocks)
    return "\n".join(text for text in texts if text)

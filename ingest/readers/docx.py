"""Word files (docx, docm, dotx): the body in reading order, paragraphs as lines and tables as rows of their own cells.

What is read is what is printed: tracked deletions and hidden text are out, insertions in; a cell covered by a merge is
no cell. Headers, footers, notes and automatic numbers are not part of the text. Where a table holds tables, the row
around them dissolves into its paragraphs, and a text box follows the paragraph or row it is anchored in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from ingest import limits
from ingest.model import Document, Line, Row
from ingest.readers import UnreadableFileError
from ingest.readers.ooxml import Package, is_on

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_VAL = f"{_W}val"
_P, _R, _T, _TBL, _TR, _TC = (_W + name for name in ("p", "r", "t", "tbl", "tr", "tc"))
_RPR, _PPR, _BR, _TYPE, _SYM, _BOX = (_W + name for name in ("rPr", "pPr", "br", "type", "sym", "txbxContent"))
_BREAK_BEFORE, _STYLE, _SECTION = (_W + name for name in ("pageBreakBefore", "pStyle", "sectPr"))
_ALTERNATIVES, _MATH = f"{_MC}AlternateContent", f"{_M}oMath"
_SKIPPED = {
    _W + name
    for name in (
        "del", "moveFrom", "rPr", "pPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "tblPrEx", "trPr", "tcPr", "sectPr",
        "instrText", "delText", "rt", "fldChar", "footnoteReference", "endnoteReference", "commentReference",
        "bookmarkStart", "bookmarkEnd", "proofErr",
    )
}  # fmt: skip
_ELSEWHERE = {f"{_W}altChunk", f"{_W}subDoc"}
# Characters that XML does not allow stand for page breaks inside the text: made by the author, and seen by Word.
_MADE, _SEEN = "\f", "\v"
_BREAKS = re.compile(f"([{_MADE}{_SEEN}])")
_UNKNOWN = "\ufffd"  # a sign that no character says: a figure beside it is no plain figure
_SIGNS = {
    f"{_W}tab": " ", f"{_W}ptab": " ", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-",
    f"{_W}softHyphen": "", f"{_W}lastRenderedPageBreak": _SEEN,
}  # fmt: skip
# Markup that few files have: looked for once, so that the others do not pay for it run by run.
_STYLED, _TRACKED, _NAMED_STYLES = (b"vanish", b"trike", b"vertAlign"), (b":del", b"moveFrom"), (b"pStyle", b"rStyle")
_TCPR, _SPAN, _DOWN, _ACROSS, _DELETED = (_W + name for name in ("tcPr", "gridSpan", "vMerge", "hMerge", "cellDel"))
_PAGE_SECTIONS = {"nextPage", "oddPage", "evenPage"}


def read_docx(data: bytes) -> Document:
    """Lines and table rows of a Word file. Raises UnreadableFileError."""
    package = Package(data)
    name = package.main("word/document.xml")
    content = package.part(name)
    root = package.parsed(content, name)
    if (body := root.find(f"{_W}body")) is None:
        raise package.of_another_kind(root)
    reader = _Reader(content, _hidden_styles(package, name) if _holds(content, _NAMED_STYLES) else frozenset())
    reader.emit(reader.blocks(body, 0))
    return reader.document()


def _hidden_styles(package: Package, document: str) -> frozenset[str]:
    """The styles whose text is hidden, by themselves or by the style they build on."""
    name = next((target for kind, target in package.related(document).values() if kind == "styles"), "")
    if name not in package or b"vanish" not in (content := package.part(name)):
        return frozenset()
    own: dict[str, bool | None] = {}
    bases: dict[str, str] = {}
    for style in package.parsed(content, name).iter(f"{_W}style"):
        style_id = style.get(f"{_W}styleId", "")
        vanish = style.find(f"{_RPR}/{_W}vanish")
        own[style_id] = None if vanish is None else is_on(vanish, _VAL)
        if (base := style.find(f"{_W}basedOn")) is not None:
            bases[style_id] = base.get(_VAL, "")
    hidden = set()
    for style_id in own:
        at, seen = style_id, set()
        while own.get(at) is None and at in bases and at not in seen:
            seen.add(at)
            at = bases[at]
        if own.get(at):
            hidden.add(style_id)
    return frozenset(hidden)


class _Boxed(list):
    """The blocks of a text box: content of its own, beside what it is anchored in."""


# A paragraph's text, a table, or the blocks of a text box.
_Block = str | etree._Element | _Boxed


class _Reader:
    """One pass over a body, which collects lines and rows."""

    def __init__(self, content: bytes, hidden_styles: frozenset[str]) -> None:
        self._styled = bool(hidden_styles) or _holds(content, _STYLED)
        self._tracked = _holds(content, _TRACKED)
        self._hidden_styles = hidden_styles
        self._lines: list[tuple[int, str]] = []
        self._rows: list[tuple[str, int, int, tuple[str, ...], int, int]] = []
        self._tables = self._cells = self._nested = 0
        self._page = 1
        self._page_is_new = False  # a break was made and nothing printed since: Word sees the same break again

    def document(self) -> Document:
        """What was collected; pages count only where the file tells of any."""
        has_pages = self._page > 1
        return Document(
            tuple(Line(i, page if has_pages else None, text) for i, (page, text) in enumerate(self._lines, 1)),
            tuple(
                Row(kind, line_no, page if has_pages else None, cells, table_index, row_index)
                for kind, line_no, page, cells, table_index, row_index in self._rows
            ),
            "docx",
            page_count=self._page if has_pages else None,
        )

    # -- blocks ------------------------------------------------------------------------------------------------------

    def blocks(self, parent: etree._Element, depth: int) -> list[_Block]:
        """Paragraphs, tables and text boxes below an element, in reading order."""
        _bound(depth)
        found: list[_Block] = []
        carried = ""
        for child in parent:
            tag = child.tag
            if tag == _P:
                boxes = _Boxed()
                text = carried + self._paragraph(child, boxes, depth)
                carried = ""
                if self._tracked and _mark_is_deleted(child):
                    carried = text  # without its mark the paragraph runs on into the next
                else:
                    found.append(text)
                found.extend(boxes)
            elif tag == _TBL:
                found.append(child)
            elif tag == _ALTERNATIVES:
                found.extend(self.blocks(_chosen(child), depth + 1))
            elif tag in _ELSEWHERE:
                raise UnreadableFileError(
                    "embedded_part", "part of its text is another file inside it: open it in Word and save it anew"
                )
            elif tag not in _SKIPPED:  # content controls, custom XML, insertions: transparent
                found.extend(self.blocks(child, depth + 1))
        return [*found, carried] if carried else found

    def emit(self, blocks: list[_Block]) -> None:
        """Put blocks down as lines and rows."""
        for block in blocks:
            if isinstance(block, str):
                for part in filter(None, block.split("\n")):
                    text, page = self._turned(part)
                    if text.strip():
                        self._line(text, page)
                        self._rows.append(("line", len(self._lines), page, (text,), 0, 0))
            elif isinstance(block, _Boxed):
                self.emit(block)
            else:
                self._table(block)

    def _line(self, text: str, page: int) -> None:
        self._lines.append((page, text))
        if len(self._lines) > limits.MAX_LINES:
            raise UnreadableFileError("too_large", f"the text has more than {limits.MAX_LINES:,} lines")

    def _turned(self, text: str) -> tuple[str, int]:
        """A text without its page breaks, and the page on which it begins."""
        if _MADE not in text and _SEEN not in text:
            self._page_is_new = self._page_is_new and not text.strip()
            return text, self._page
        page = 0
        for piece in _BREAKS.split(text):
            if piece == _MADE:
                self._page, self._page_is_new = self._page + 1, True
            elif piece == _SEEN:
                self._page += not self._page_is_new
                self._page_is_new = False
            elif piece.strip():
                page, self._page_is_new = page or self._page, False
            if self._page > limits.MAX_OFFICE_PAGES:
                raise UnreadableFileError("too_large", f"it has more than {limits.MAX_OFFICE_PAGES:,} pages")
        return text.replace(_MADE, "").replace(_SEEN, ""), page or self._page

    # -- tables ------------------------------------------------------------------------------------------------------

    def _table(self, table: etree._Element) -> None:
        self._tables, self._nested = self._tables + 1, self._nested + 1
        _bound(self._nested * 10)  # a table takes ten times the stack of an element
        table_index, row_index = self._tables, 0
        merged: dict[int, int] = {}  # columns in which a cell of the row above goes on downwards
        for row in _inside(table, _TR):
            properties = next(row.iterchildren(f"{_W}trPr"), None)
            if properties is not None and _is_gone(properties):
                continue
            cells, merged = self._own_cells(row, properties, merged)
            if not cells:
                continue
            contents = [self.blocks(cell, 1) for cell in cells]
            beside = [block for content in contents for block in content if not isinstance(block, str)]
            if any(not isinstance(block, _Boxed) for block in beside):
                for content in contents:
                    self.emit(content)
                continue
            row_index += 1
            self._row(contents, table_index, row_index)
            self.emit(beside)
        self._nested -= 1

    def _row(self, contents: list[list[_Block]], table_index: int, row_index: int) -> None:
        texts = ["\n".join([block for block in content if isinstance(block, str)]) for content in contents]
        page = self._page
        if any(_MADE in text or _SEEN in text for text in texts):
            texts, page = self._turned_beside(texts)
        else:
            self._page_is_new = self._page_is_new and not any(texts)
        cells = tuple(_without_blank_lines(text) for text in texts)
        self._line("\t".join(cells).replace("\n", " "), page)
        self._rows.append(("grid", len(self._lines), page, cells, table_index, row_index))

    def _turned_beside(self, texts: list[str]) -> tuple[list[str], int]:
        """The texts of a row without their page breaks, and the row's page: each cell breaks for itself."""
        start = (self._page, self._page_is_new)
        turned, pages, ends = [], [], []
        for text in texts:
            self._page, self._page_is_new = start
            clean, page = self._turned(text)
            turned.append(clean)
            pages.append(page)
            ends.append((self._page, self._page_is_new))
        self._page, self._page_is_new = max(ends)
        return turned, max(pages)

    def _own_cells(
        self, row: etree._Element, properties: etree._Element | None, above: dict[int, int]
    ) -> tuple[list[etree._Element], dict[int, int]]:
        """The cells of a row that no other covers, and the columns in which a cell goes on into the next row."""
        cells: list[etree._Element] = []
        going_on: dict[int, int] = {}
        column = _columns(properties.find(f"{_W}gridBefore")) if properties is not None else 0
        is_covering = False  # a cell to the left that takes in what is marked as its continuation
        for cell in _inside(row, _TC):
            self._cells += 1
            if self._cells > limits.MAX_CELLS:
                raise UnreadableFileError("too_large", f"its tables have more than {limits.MAX_CELLS:,} cells")
            span, down, across, is_deleted = _merges(cell)
            if is_deleted:
                continue
            is_covered = (down == "continue" and column in above) or (across == "continue" and is_covering)
            is_covering = across is not None
            if down == "restart" or (down == "continue" and (is_covered or column in above)):
                going_on.update(dict.fromkeys(range(column, column + span), column))
            column += span
            if not is_covered:
                cells.append(cell)
        return cells, going_on

    # -- text --------------------------------------------------------------------------------------------------------

    def _paragraph(self, paragraph: etree._Element, boxes: _Boxed, depth: int) -> str:
        out: list[str] = []
        properties = next(paragraph.iterchildren(_PPR), None)
        hidden_style = ends_page = False
        if properties is not None:
            for told in properties:
                if told.tag == _BREAK_BEFORE and is_on(told, _VAL):
                    out.append(_MADE)
                elif told.tag == _STYLE:
                    hidden_style = told.get(_VAL) in self._hidden_styles
                elif told.tag == _SECTION:
                    kind = told.find(_TYPE)
                    ends_page = kind is None or kind.get(_VAL, "nextPage") in _PAGE_SECTIONS
        self._inline(paragraph, out, boxes, hidden_style, depth + 1)
        if ends_page:
            out.append(f"\n{_MADE}")
        return "".join(out).replace("\xa0", " ").replace("\t", " ")

    def _inline(
        self, parent: Iterable[etree._Element], out: list[str], boxes: _Boxed, hidden_style: bool, depth: int
    ) -> None:
        _bound(depth)
        for child in parent:
            tag = child.tag
            if tag == _R:
                if self._styled:
                    self._styled_run(child, out, boxes, hidden_style, depth)
                    continue
                for part in child:  # nearly every run is its looks and a text
                    if part.tag == _T:
                        out.append((part.text or "").replace("\n", " "))
                    elif part.tag != _RPR:
                        self._inline((part,), out, boxes, hidden_style, depth + 1)
            elif tag == _T:
                out.append((child.text or "").replace("\n", " "))
            elif tag in _SKIPPED:
                continue
            elif tag in _SIGNS:
                out.append(_SIGNS[tag])
            elif tag == _BR:
                out.append(f"\n{_MADE}" if child.get(_TYPE) == "page" else "\n")
            elif tag == _SYM:
                out.append(_sign(child.get(f"{_W}char", "")))
            elif tag == _ALTERNATIVES:
                self._inline(_chosen(child), out, boxes, hidden_style, depth + 1)
            elif tag == _BOX:
                boxes.append(_Boxed(self.blocks(child, depth + 1)))
            elif tag == _MATH:
                out.append(_formula(child))
            elif tag == _P:  # a paragraph that nothing but a damaged file has here
                out.append("\n")
                self._inline(child, out, boxes, hidden_style, depth + 1)
            else:
                self._inline(child, out, boxes, hidden_style, depth + 1)

    def _styled_run(self, run: etree._Element, out: list[str], boxes: _Boxed, hidden: bool, depth: int) -> None:
        """A run whose looks may matter: hidden text is out, struck-out and raised text is no part of a figure."""
        before = after = ""
        for told in run.iterfind(f"{_RPR}/*"):
            name = told.tag.removeprefix(_W)
            if name == "vanish":
                hidden = is_on(told, _VAL)
            elif name == "rStyle":
                hidden = hidden or told.get(_VAL) in self._hidden_styles
            elif name in ("strike", "dstrike") and is_on(told, _VAL):
                before, after = "~~", "~~"
            elif name == "vertAlign" and told.get(_VAL) in ("superscript", "subscript"):
                before = "^" if told.get(_VAL) == "superscript" else "_"
        inside: list[str] = []
        self._inline(run, inside, boxes, False, depth + 1)
        text = "".join(inside)
        if hidden:
            out.append("".join(sign for sign in text if sign in (_MADE, _SEEN)))
        elif (before or after) and text.strip():
            out.append(f"{before}{text}{after}")
        else:
            out.append(text)


def _without_blank_lines(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if line.strip()) if "\n" in text else text


def _bound(depth: int) -> None:
    if depth > limits.MAX_OFFICE_DEPTH:
        raise UnreadableFileError("nested_too_deep", f"it nests more than {limits.MAX_OFFICE_DEPTH} elements")


def _inside(parent: etree._Element, wanted: str, depth: int = 0) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, also those in content controls and the like."""
    _bound(depth)
    for child in parent:
        if child.tag == wanted:
            yield child
        elif child.tag == _ALTERNATIVES:
            yield from _inside(_chosen(child), wanted, depth + 1)
        elif child.tag not in _SKIPPED and child.tag not in (_P, _TBL, _TR, _TC):
            yield from _inside(child, wanted, depth + 1)


def _chosen(alternatives: etree._Element) -> etree._Element:
    """One of several renderings of the same content: the first choice, else the fallback."""
    choice = alternatives.find(f"{_MC}Choice")
    fallback = alternatives.find(f"{_MC}Fallback")
    return next((found for found in (choice, fallback) if found is not None), etree.Element("none"))


def _is_gone(properties: etree._Element) -> bool:
    return any(
        (told := properties.find(_W + name)) is not None and is_on(told, _VAL) for name in ("del", "moveFrom", "hidden")
    )


def _mark_is_deleted(paragraph: etree._Element) -> bool:
    mark = paragraph.find(f"{_PPR}/{_RPR}")
    return mark is not None and any(mark.find(_W + name) is not None for name in ("del", "moveFrom"))


def _merges(cell: etree._Element) -> tuple[int, str | None, str | None, bool]:
    """Over how many columns a cell goes, its part in a merge downwards and across, and whether it is deleted."""
    span, down, across, is_deleted = 1, None, None, False
    for properties in cell.iterchildren(_TCPR):
        for told in properties:
            tag = told.tag
            if tag == _SPAN:
                span = max(1, _columns(told))
            elif tag == _DOWN:
                down = told.get(_VAL, "continue")
            elif tag == _ACROSS:
                across = told.get(_VAL, "continue")
            elif tag == _DELETED:
                is_deleted = True
    return span, down, across, is_deleted


def _columns(told: etree._Element | None) -> int:
    """A count of columns, at most what a table may have; 0 where none is told."""
    text = told.get(_VAL, "") if told is not None else ""
    if not text.isdecimal():
        return 0
    return int(text) if len(text) < 4 and int(text) <= limits.MAX_SPAN else limits.MAX_SPAN


def _holds(content: bytes, marks: tuple[bytes, ...]) -> bool:
    return any(mark in content for mark in marks)


def _sign(code: str) -> str:
    """A sign given by its code in a font; in a font of pictures the code says nothing."""
    try:
        number = int(code, 16)
    except ValueError:
        return _UNKNOWN
    is_character = 0x20 <= number < 0xD800 or 0xF900 <= number < 0xFFF0
    return chr(number) if is_character else _UNKNOWN


def _formula(math: etree._Element) -> str:
    """A formula in a line is its text; one with fractions, powers and the like is no text."""
    runs = [child for child in math if child.tag == f"{_M}r"]
    if len(runs) < len(math):
        return _UNKNOWN
    return "".join(text.text or "" for run in runs for text in run.iter(f"{_M}t"))

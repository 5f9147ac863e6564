"""A minimal DOCX writer: blocks in, the bytes of a Word file out. Only what a reader may meet.

A block is a paragraph (a text, or the pieces of one), a ``Table`` of cells with spans, ``PAGE`` or any ``Xml``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from benchmarks.generate.writers.spans import Cell, Rows, laid_out
from benchmarks.generate.writers.xlsx import zipped

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"


@dataclass(frozen=True, slots=True)
class Xml:
    """Markup as it stands: a block, a run in a paragraph, or the content of a cell."""

    xml: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table. Rows give their own cells only; the covered ones are written as Word writes them."""

    rows: Rows


PAGE = Xml('<w:p><w:r><w:br w:type="page"/></w:r></w:p>')
Block = str | Xml | Table | Sequence["str | Xml"]


def write_docx(blocks: Sequence[Block], *, styles: str = "", parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """The bytes of a Word file with these blocks; ``parts`` replaces or adds parts of the package by name."""
    body = "".join(map(block_xml, blocks)) + "<w:sectPr/>"
    package: dict[str, str | bytes] = {
        "[Content_Types].xml": _DECLARATION
        + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPES}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_TYPES}.styles+xml"/></Types>',
        "_rels/.rels": _relations("officeDocument", "word/document.xml"),
        "word/document.xml": document_part(body),
        "word/_rels/document.xml.rels": _relations("styles", "styles.xml"),
        "word/styles.xml": f"{_DECLARATION}<w:styles {NAMESPACES}>{styles}</w:styles>",
    }
    return zipped({**package, **(parts or {})})


def document_part(body: str) -> str:
    """The XML of the document's main part around a body."""
    return f"{_DECLARATION}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"


def block_xml(block: Block) -> str:
    """One block as markup."""
    if isinstance(block, Xml):
        return block.xml
    if isinstance(block, Table):
        return _table(block.rows)
    return f"<w:p>{run_xml(block)}</w:p>"


def run_xml(pieces: str | Xml | Sequence[str | Xml]) -> str:
    """Text and markup as runs of a paragraph; a line break in a text is one in the paragraph."""
    if isinstance(pieces, Xml):
        return pieces.xml
    if isinstance(pieces, str):
        lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in pieces.split("\n"))
        return f"<w:r>{lines}</w:r>" if pieces else ""
    return "".join(map(run_xml, pieces))


def _table(rows: Rows) -> str:
    placed: dict[int, dict[int, tuple[Cell, bool]]] = {i: {} for i in range(len(rows))}
    for row_no, column, cell in laid_out(rows):
        for down in range(cell.rowspan):
            placed.setdefault(row_no + down, {})[column] = (cell, down > 0)
    width = max((column + cell.colspan for row in placed.values() for column, (cell, _) in row.items()), default=1)
    grid = "<w:gridCol/>" * width
    drawn = "".join(f"<w:tr>{''.join(_cell(*row[column]) for column in sorted(row))}</w:tr>" for row in placed.values())
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{drawn}</w:tbl>"


def _cell(cell: Cell, is_covered: bool) -> str:
    told = f'<w:gridSpan w:val="{cell.colspan}"/>' if cell.colspan > 1 else ""
    if cell.rowspan > 1:
        told += "<w:vMerge/>" if is_covered else '<w:vMerge w:val="restart"/>'
    value = "" if is_covered or cell.value is None else cell.value
    content = value.xml if isinstance(value, Xml) else f"<w:p>{run_xml(str(value))}</w:p>"
    return f"<w:tc><w:tcPr>{told}</w:tcPr>{content}</w:tc>"


def _relations(kind: str, target: str) -> str:
    return (
        f'{_DECLARATION}<Relationships xmlns="{_RELATIONS}">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/{kind}" Target="{target}"/></Relationships>'
    )

"""A minimal XLSX writer: sheets of cells with spans in, the bytes of a workbook out. Only what a reader may meet."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from benchmarks.generate.writers.spans import Rows, Value, laid_out

SHEET_NAMESPACES = (
    'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# Cell formats 0 and 1 without a border, 2 and 3 with one; the odd ones print dates. More follow by number format.
_STYLES = (
    "<numFmts>{formats}</numFmts><fonts><font/></fonts><fills><fill><patternFill/></fill></fills>"
    '<borders><border/><border><left style="thin"/><right style="thin"/></border></borders>'
    '<cellXfs><xf numFmtId="0" borderId="0"/><xf numFmtId="14" borderId="0"/>'
    '<xf numFmtId="0" borderId="1"/><xf numFmtId="14" borderId="1"/>{styles}</cellXfs>'
)
_DATE_STYLE, _RULED_STYLE, _FIRST_OWN_STYLE = 1, 2, 4


@dataclass(frozen=True, slots=True)
class Raw:
    """A cell as XML: ``{ref}`` stands for its reference, e.g. ``<c r="{ref}" t="e"><v>#REF!</v></c>``."""

    xml: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. ``state`` is visible, hidden or veryHidden; the first row and column may be moved in.

    ``is_ruled`` draws borders around the cells of all rows that have more than one.
    """

    rows: Rows
    name: str = "Sheet1"
    state: str = "visible"
    first_row: int = 1
    first_column: int = 1
    is_ruled: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """A number printed by a format, e.g. ``Number(0.5, "0%")``."""

    value: float
    code: str


def write_xlsx(sheets: Sequence[Sheet], *, parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """The bytes of a workbook with these sheets; ``parts`` replaces or adds parts of the package by name."""
    formats: dict[str, int] = {}
    strings: dict[str, int] = {}
    sheet_xml = [_sheet(sheet, strings, formats) for sheet in sheets]
    numbered = list(enumerate(sheets, 1))
    package: dict[str, str | bytes] = {
        "[Content_Types].xml": _DECLARATION
        + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
        + "".join(
            f'<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="{_TYPES}.worksheet+xml"/>'
            for i, _ in numbered
        )
        + f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_TYPES}.sharedStrings+xml"/></Types>',
        "_rels/.rels": _relations([("rId1", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _DECLARATION
        + f"<workbook {SHEET_NAMESPACES}><sheets>"
        + "".join(
            f'<sheet name="{escape(sheet.name)}" sheetId="{i}" state="{sheet.state}" r:id="rId{i}"/>'
            for i, sheet in numbered
        )
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _relations(
            [(f"rId{i}", "worksheet", f"worksheets/sheet{i}.xml") for i, _ in numbered]
            + [("rIdStyles", "styles", "styles.xml"), ("rIdStrings", "sharedStrings", "sharedStrings.xml")]
        ),
        "xl/styles.xml": _DECLARATION + _styles(formats),
        **{f"xl/worksheets/sheet{i}.xml": xml for i, xml in enumerate(sheet_xml, 1)},
        "xl/sharedStrings.xml": _DECLARATION
        + f"<sst {SHEET_NAMESPACES}>"
        + "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in strings)
        + "</sst>",
    }
    return zipped({**package, **(parts or {})})


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A package of these parts, without the time of day: the same parts make the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, part in parts.items():
            package.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def reference(row: int, column: int) -> str:
    """The name of a cell, from row and column counted from 1: (3, 28) is AB3."""
    letters = ""
    while column:
        column, digit = divmod(column - 1, 26)
        letters = chr(65 + digit) + letters
    return f"{letters}{row}"


def sheet_part(rows_xml: str, after: str = "") -> str:
    """The XML of a sheet with these rows, and what follows them (merged ranges …)."""
    return f"{_DECLARATION}<worksheet {SHEET_NAMESPACES}><sheetData>{rows_xml}</sheetData>{after}</worksheet>"


def _styles(formats: Mapping[str, int]) -> str:
    codes = "".join(f'<numFmt numFmtId="{164 + i}" formatCode={quoteattr(code)}/>' for code, i in formats.items())
    styles = "".join(f'<xf numFmtId="{164 + i}" borderId="0"/>' for i in formats.values())
    return f"<styleSheet {SHEET_NAMESPACES}>{_STYLES.format(formats=codes, styles=styles)}</styleSheet>"


def _sheet(sheet: Sheet, strings: dict[str, int], formats: dict[str, int]) -> str:
    rows: dict[int, list[str]] = {}
    merged = []
    for down, across, cell in laid_out(sheet.rows):
        row, column = sheet.first_row + down, sheet.first_column + across
        style = _RULED_STYLE if sheet.is_ruled and len(sheet.rows[down]) > 1 else 0
        rows.setdefault(row, []).append(_cell(reference(row, column), cell.value, style, strings, formats))
        if cell.colspan > 1 or cell.rowspan > 1:
            end = reference(row + cell.rowspan - 1, column + cell.colspan - 1)
            merged.append(f'<mergeCell ref="{reference(row, column)}:{end}"/>')
    after = f'<mergeCells count="{len(merged)}">{"".join(merged)}</mergeCells>' if merged else ""
    return sheet_part("".join(f'<row r="{row}">{"".join(cells)}</row>' for row, cells in rows.items()), after)


def _cell(ref: str, value: Value | Number | Raw, style: int, strings: dict[str, int], formats: dict[str, int]) -> str:
    if isinstance(value, Raw):
        return value.xml.replace("{ref}", ref)
    if value is None or value == "":
        return f'<c r="{ref}" s="{style}"/>'
    if isinstance(value, bool):
        return f'<c r="{ref}" s="{style}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, date):
        return f'<c r="{ref}" s="{style + _DATE_STYLE}"><v>{(value - date(1899, 12, 30)).days}</v></c>'
    if isinstance(value, str):
        return f'<c r="{ref}" s="{style}" t="s"><v>{strings.setdefault(value, len(strings))}</v></c>'
    if isinstance(value, Number):
        style = _FIRST_OWN_STYLE + formats.setdefault(value.code, len(formats))
        value = value.value
    return f'<c r="{ref}" s="{style}"><v>{value!r}</v></c>'


def _relations(targets: Sequence[tuple[str, str, str]]) -> str:
    return (
        f'{_DECLARATION}<Relationships xmlns="{_RELATIONS}">'
        + "".join(f'<Relationship Id="{i}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for i, kind, target in targets)
        + "</Relationships>"
    )

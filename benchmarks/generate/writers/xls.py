"""A minimal writer of Excel 97-2003 workbooks: the sheets that ``xlsx_writer`` takes, as records in an OLE file."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from benchmarks.generate.writers.spans import Value, laid_out
from benchmarks.generate.writers.xlsx import Number, Sheet

_SECTOR, _SMALL_SECTOR, _SMALL = 512, 64, 4096
_END, _FREE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_RECORD_BYTES = 8224
_STATES = {"visible": 0, "hidden": 1, "veryHidden": 2}
_DATE, _STRUCK, _RULED, _FIRST_OWN = 1, 2, 4, 8  # formats of cells: sums of the first three, own formats after them


@dataclass(frozen=True, slots=True)
class Record:
    """A record as it stands. As a cell: ``content`` follows its row, column and format."""

    kind: int
    content: bytes


@dataclass(slots=True)
class _Shared:
    """Texts and number formats with their numbers, as the sheets come to need them."""

    texts: dict[str, int] = field(default_factory=dict)
    codes: dict[str, int] = field(default_factory=dict)


def write_xls(
    sheets: Sequence[Sheet],
    *,
    more: Sequence[Record] = (),
    sheet_records: Sequence[Record] = (),
    segment: int = _RECORD_BYTES,
    **container: bool,
) -> bytes:
    """The bytes of a workbook. ``more`` records stand at its head and ``sheet_records`` at the end of each sheet;
    shared texts are parted after ``segment`` bytes. ``container`` goes to ``ole_file``."""
    shared = _Shared()
    parts = [_sheet(sheet, shared, sheet_records) for sheet in sheets]
    codes = shared.codes
    head = _bof(0x05) + b"".join(_record(r.kind, r.content) for r in more)
    head += b"".join(_record(0x31, struct.pack("<HHHH", 200, looks, 0, 400) + bytes(8)) for looks in (0, 8, 0, 0))
    for code, i in codes.items():
        head += _record(0x41E, struct.pack("<H", 164 + i) + _text(code))
    for i in range(_FIRST_OWN + len(codes)):
        own = i >= _FIRST_OWN
        number = 164 + i - _FIRST_OWN if own else 14 if i & _DATE else 0
        font, borders = (0, 0) if own else (bool(i & _STRUCK), 0x1111 if i & _RULED else 0)
        head += _record(0xE0, struct.pack("<HHHHHH", font, number, 0, 0, 0, borders) + bytes(8))
    tail = _shared_texts(list(shared.texts), segment) + _record(0x0A, b"")
    at = len(head) + sum(len(_boundsheet(0, sheet)) for sheet in sheets) + len(tail)
    directory = b""
    for sheet, part in zip(sheets, parts, strict=True):
        directory += _boundsheet(at, sheet)
        at += len(part)
    return ole_file({"Workbook": head + directory + tail + b"".join(parts)}, **container)


def ole_file(streams: dict[str, bytes], *, is_small: bool = False) -> bytes:
    """An OLE file of these streams; ``is_small`` keeps one that is short among the small sectors."""
    content: list[bytes] = []
    chains: list[list[int]] = []

    def put(data: bytes) -> int:
        first = len(content)
        content.extend(data[i : i + _SECTOR].ljust(_SECTOR, b"\0") for i in range(0, len(data), _SECTOR))
        chains.append(list(range(first, len(content))))
        return first if data else _END

    small = b""
    small_table: list[int] = []
    entries = []
    for name, data in streams.items():
        if is_small and len(data) < _SMALL:
            first, count = len(small_table), -(-len(data) // _SMALL_SECTOR)
            small_table += [*range(first + 1, first + count), _END]
            small += data.ljust(count * _SMALL_SECTOR, b"\0")
            entries.append(_entry(name, 2, first, len(data)))
        else:
            padded = data.ljust(_SMALL, b"\0")
            entries.append(_entry(name, 2, put(padded), len(padded)))
    first_small = put(struct.pack(f"<{len(small_table)}I", *small_table).ljust(_SECTOR, b"\xff")) if small else _END
    first_directory = put(_entry("Root Entry", 5, put(small), len(small)) + b"".join(entries))
    tables = 1
    while tables * _SECTOR // 4 < len(content) + tables:
        tables += 1
    following = {a: b for chain in chains for a, b in zip(chain, [*chain, _END][1:], strict=True)}
    first_table = len(content)
    table = [following[i] for i in range(first_table)] + [_TABLE] * tables
    content.append(struct.pack(f"<{len(table)}I", *table).ljust(tables * _SECTOR, b"\xff"))
    told = [*range(first_table, first_table + tables), *[_FREE] * 109][:109]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6) + bytes(10)
    header += struct.pack("<IIIIIII", tables, first_directory, 0, _SMALL, first_small, 1, _END)
    return header + struct.pack("<I", 0) + struct.pack("<109I", *told) + b"".join(content)


def _entry(name: str, kind: int, first: int, size: int) -> bytes:
    encoded = f"{name}\0".encode("utf-16-le")
    links = struct.pack("<BBIII", kind, 1, _FREE, _FREE, _FREE)
    return (
        encoded.ljust(64, b"\0")
        + struct.pack("<H", len(encoded))
        + links
        + bytes(36)
        + struct.pack("<IIxxxx", first, size)
    )


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _bof(part: int) -> bytes:
    return _record(0x809, struct.pack("<HH", 0x600, part) + bytes(12))


def _boundsheet(at: int, sheet: Sheet) -> bytes:
    name = sheet.name.encode("utf-16-le")
    return _record(0x85, struct.pack("<IBBBB", at, _STATES[sheet.state], 0, len(name) // 2, 1) + name)


def _text(text: str) -> bytes:
    if text.isascii():
        return struct.pack("<HB", len(text), 0) + text.encode("ascii")
    return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")


def _shared_texts(texts: Sequence[str], segment: int) -> bytes:
    """The texts in one record and those that go on with it; where a text is parted, its kind is told again."""
    parts = [struct.pack("<II", len(texts), len(texts))]
    for text in texts:
        encoded = _text(text)
        if len(parts[-1]) + 3 > segment:
            parts.append(b"")
        parts[-1] += encoded[:3]
        rest, size = encoded[3:], 2 if encoded[2] else 1
        while rest:
            room = (segment - len(parts[-1])) // size * size
            parts[-1] += rest[: max(room, 0)]
            rest = rest[max(room, 0) :]
            if rest:
                parts.append(encoded[2:3])
    return _record(0xFC, parts[0]) + b"".join(_record(0x3C, part) for part in parts[1:])


def _sheet(sheet: Sheet, shared: _Shared, more: Sequence[Record]) -> bytes:
    out = _bof(0x10)
    merged = []
    for down, across, cell in laid_out(sheet.rows):
        row, column = sheet.first_row + down - 1, sheet.first_column + across - 1
        style = _RULED if sheet.is_ruled and len(sheet.rows[down]) > 1 else 0
        out += _cell(row, column, cell.value, style, shared)
        if cell.colspan > 1 or cell.rowspan > 1:
            merged.append(struct.pack("<HHHH", row, row + cell.rowspan - 1, column, column + cell.colspan - 1))
    if merged:
        out += _record(0xE5, struct.pack("<H", len(merged)) + b"".join(merged))
    return out + b"".join(_record(r.kind, r.content) for r in more) + _record(0x0A, b"")


def _cell(row: int, column: int, value: Value | Number | Record, style: int, shared: _Shared) -> bytes:
    if isinstance(value, date):
        style, value = style + _DATE, float((value - date(1899, 12, 30)).days)
    elif isinstance(value, Number):
        style, value = _FIRST_OWN + shared.codes.setdefault(value.code, len(shared.codes)), float(value.value)
    at = struct.pack("<HHH", row, column, style)
    if isinstance(value, Record):
        return _record(value.kind, at + value.content)
    if value is None or value == "":
        return _record(0x201, at)
    if isinstance(value, bool):
        return _record(0x205, at + struct.pack("<BB", value, 0))
    if isinstance(value, str):
        return _record(0xFD, at + struct.pack("<I", shared.texts.setdefault(value, len(shared.texts))))
    if isinstance(value, int) and abs(value) < 2**29:
        return _record(0x27E, at + struct.pack("<I", value << 2 & 0xFFFFFFFF | 2))
    return _record(0x203, at + struct.pack("<d", value))

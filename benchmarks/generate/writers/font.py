"""A TrueType font of one glyph, a square: embedded in a PDF it stands for every character, as only its place counts."""

from __future__ import annotations

import struct

_EM = 1000
_LOW, _HIGH = -120, 780  # of the square
_LEFT, _RIGHT = 50, 450


def square_font() -> bytes:
    """The font file: glyph 0 is empty, glyph 1 the square."""
    corners = ((_LEFT, _LOW), (_LEFT, _HIGH), (_RIGHT, _HIGH), (_RIGHT, _LOW))
    steps = [(x - px, y - py) for (x, y), (px, py) in zip(corners, ((0, 0), *corners), strict=False)]
    glyph = struct.pack(">hhhhh", 1, _LEFT, _LOW, _RIGHT, _HIGH) + struct.pack(">HH", 3, 0) + b"\1" * 4
    glyph += struct.pack(">4h", *(x for x, _ in steps)) + struct.pack(">4h", *(y for _, y in steps))
    box = (_LEFT, _LOW, _RIGHT, _HIGH)
    tables = {
        b"glyf": glyph,
        b"head": struct.pack(">IIIIHHQQ4hHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 3, _EM, 0, 0, *box, 0, 8, 2, 0, 0),
        b"hhea": struct.pack(">IhhhH11hH", 0x10000, 880, -120, 0, _EM, *[0] * 11, 2),
        b"hmtx": struct.pack(">HhHh", _EM, 0, _EM, _LEFT),
        b"loca": struct.pack(">HHH", 0, 0, len(glyph) // 2),
        b"maxp": struct.pack(">IHHH11H", 0x10000, 2, 4, 1, *[0] * 11)[:32],
    }
    at = 12 + 16 * len(tables)
    head, body = struct.pack(">IHHHH", 0x10000, len(tables), 64, 2, 32), b""
    for name, data in tables.items():
        head += name + struct.pack(">III", 0, at + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    return head + body

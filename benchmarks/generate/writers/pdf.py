"""Writes small PDFs with Chinese text and ruling lines, for tests and for generated reports.

Coordinates are points from the top left corner of the page, as one reads. The font is the Adobe-GB1 one every viewer
knows by name, or one embedded as office programs do; ASCII characters are half as wide as they are high, all others
square.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from benchmarks.generate.writers.font import square_font

A4 = (595.0, 842.0)
_FONTS = {"usual": "/F1", "unmapped": "/F2", "absent": "/F3"}
_QUARTERS = {0: (1, 0, 0, 1), 90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text whose baseline begins at (x, y). ``angle`` turns it counterclockwise by quarters.

    ``font`` is ``usual``, ``unmapped`` (does not say which characters its glyphs are) or ``absent`` (neither the file
    nor the system holds its glyphs); ``visible=False`` prints nothing, as the text layer under a scan does.
    """

    x: float
    y: float
    text: str
    size: float = 10.5
    angle: int = 0
    visible: bool = True
    font: str = "usual"


@dataclass(frozen=True, slots=True)
class Rule:
    """A stroked line from (x0, y0) to (x1, y1); ``dash`` is the length of its dashes and gaps."""

    x0: float
    y0: float
    x1: float
    y1: float
    width: float = 0.5
    dash: float = 0.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: filled with a grey (0 black … 1 white) where ``fill`` is given, stroked where ``width`` is not 0."""

    x0: float
    y0: float
    x1: float
    y1: float
    fill: float | None = None
    width: float = 0.0


@dataclass(frozen=True, slots=True)
class Picture:
    """A grey image over the given area, as a scanner or a camera leaves it."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Form:
    """Items drawn through a form XObject that is shifted by (dx, dy)."""

    items: tuple[Item, ...]
    dx: float = 0.0
    dy: float = 0.0


@dataclass(frozen=True, slots=True)
class Clip:
    """Items of which only the part within the area shows."""

    items: tuple[Item, ...]
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Note:
    """A line of text typed onto the page as an annotation, as into a form field; its baseline begins at (x, y)."""

    x: float
    y: float
    text: str
    size: float = 10.5


@dataclass(frozen=True, slots=True)
class Page:
    """One page. ``rotate`` is the turn (clockwise, degrees) at which a viewer shows it."""

    items: Sequence[Item]
    width: float = A4[0]
    height: float = A4[1]
    rotate: int = 0
    origin: tuple[float, float] = (0.0, 0.0)


Item: TypeAlias = Text | Rule | Box | Picture | Form | Clip | Note


def write_pdf(pages: Iterable[Page | Sequence[Item]], encrypt: bool = False, embeds: bool = False) -> bytes:
    """The bytes of a PDF of these pages. ``encrypt`` names a security handler that asks for a password, ``embeds``
    embeds the usual font."""
    return _Writer(embeds).write([page if isinstance(page, Page) else Page(page) for page in pages], encrypt)


class _Writer:
    """Collects numbered objects: 1 the catalog, 2 the page tree, the rest as they come."""

    def __init__(self, embeds: bool) -> None:
        self.embeds = embeds
        self.objects: list[bytes] = [b"", b""]
        self.forms: list[str] = []

    def add(self, body: str | bytes) -> int:
        self.objects.append(body.encode("ascii") if isinstance(body, str) else body)
        return len(self.objects)

    def stream(self, data: bytes, entries: str = "") -> int:
        packed = zlib.compress(data)
        head = f"<< {entries} /Length {len(packed)} /Filter /FlateDecode >>\nstream\n"
        return self.add(head.encode("ascii") + packed + b"\nendstream")

    def write(self, pages: list[Page], encrypt: bool) -> bytes:
        characters = sorted({char for page in pages for char in _characters(page.items)})
        fonts = self._fonts(characters)
        image = self.stream(
            b"\x80", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
        )
        kids = []
        for page in pages:
            self.forms = [f"/Im {image} 0 R"]
            content = self.stream(self._content(page.items, page.height, fonts))
            notes = [self._note(item, page.height, fonts) for item in page.items if isinstance(item, Note)]
            left, bottom = page.origin
            kids.append(
                self.add(
                    f"<< /Type /Page /Parent 2 0 R /MediaBox [{left} {bottom} {left + page.width} "
                    f"{bottom + page.height}] /Rotate {page.rotate} /Contents {self._moved(content, page)} "
                    f"/Resources << /Font << {fonts} >> /XObject << {' '.join(self.forms)} >> >> "
                    f"/Annots [{' '.join(f'{note} 0 R' for note in notes)}] >>"
                )
            )
        self.objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
        children = " ".join(f"{kid} 0 R" for kid in kids)
        self.objects[1] = f"<< /Type /Pages /Kids [{children}] /Count {len(kids)} >>".encode()
        return self._file(encrypt)

    def _moved(self, content: int, page: Page) -> str:
        """The content, moved to where the page box begins."""
        if page.origin == (0.0, 0.0):
            return f"{content} 0 R"
        left, bottom = page.origin
        return f"[{self.stream(f'1 0 0 1 {left} {bottom} cm'.encode())} 0 R {content} 0 R]"

    def _fonts(self, characters: list[str]) -> str:
        """The fonts: F1 is one that viewers know by name, F2 and F3 are embedded nowhere and known to none."""
        to_unicode = f"/ToUnicode {self._to_unicode(characters)} 0 R"
        usual = ("STSong-Light", "STSong-Light-UniGB-UCS2-H", "UniGB-UCS2-H", "GB1", "/W [1 95 500]", to_unicode)
        if self.embeds:
            usual = ("AAAAAA+SimSun", "AAAAAA+SimSun", "Identity-H", "Identity", "/W [32 126 500]", to_unicode)
        names = (
            usual,
            ("ABCDEF+Subset", "ABCDEF+Subset", "Identity-H", "Identity", "", ""),
            ("Subset", "Subset", "Identity-H", "Identity", "/W [32 126 500]", to_unicode),
        )
        numbers = []
        for number, (face, name, encoding, ordering, widths, mapping) in enumerate(names):
            kind, font, glyphs = "CIDFontType0", "", ""
            if self.embeds and number == 0:
                kind, font = "CIDFontType2", f"/FontFile2 {self.stream(square_font())} 0 R"
                glyphs = f"/CIDToGIDMap {self.stream(bytes((0, 1)) * 65_536)} 0 R"
            descriptor = self.add(
                f"<< /Type /FontDescriptor /FontName /{face} /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 "
                f"/Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 {font} >>"
            )
            descendant = self.add(
                f"<< /Type /Font /Subtype /{kind} /BaseFont /{face} /CIDSystemInfo << /Registry (Adobe) "
                f"/Ordering ({ordering}) /Supplement 2 >> /FontDescriptor {descriptor} 0 R "
                f"/DW 1000 {widths} {glyphs} >>"
            )
            numbers.append(
                self.add(
                    f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /{encoding} "
                    f"/DescendantFonts [{descendant} 0 R] {mapping} >>"
                )
            )
        return " ".join(f"/F{i} {number} 0 R" for i, number in enumerate(numbers, 1))

    def _to_unicode(self, characters: list[str]) -> int:
        pairs = [f"<{ord(c):04x}> <{ord(c):04x}>" for c in characters]
        blocks = [pairs[i : i + 100] for i in range(0, len(pairs), 100)]
        return self.stream(
            "\n".join(
                [
                    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
                    "/CMapName /ToUnicode def /CMapType 2 def",
                    "1 begincodespacerange <0000> <ffff> endcodespacerange",
                    *(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks),
                    "endcmap CMapName currentdict /CMap defineresource pop end end",
                ]
            ).encode("ascii")
        )

    def _note(self, note: Note, height: float, fonts: str) -> int:
        code = note.text.encode("utf-16-be").hex()
        width = note.size * len(note.text)
        look = self.stream(
            f"BT /F1 {note.size} Tf 0 {0.2 * note.size} Td <{code}> Tj ET".encode("ascii"),
            f"/Type /XObject /Subtype /Form /BBox [0 0 {width} {1.2 * note.size}] /Resources << /Font << {fonts} >> >>",
        )
        low = height - note.y - 0.2 * note.size
        return self.add(
            f"<< /Type /Annot /Subtype /FreeText /Rect [{note.x} {low} {note.x + width} {low + 1.2 * note.size}] "
            f"/F 4 /DA (/F1 {note.size} Tf) /AP << /N {look} 0 R >> >>"
        )

    def _content(self, items: Sequence[Item], height: float, fonts: str) -> bytes:
        return "\n".join(part for item in items for part in self._item(item, height, fonts)).encode("ascii")

    def _item(self, item: Item, height: float, fonts: str) -> list[str]:
        match item:
            case Text():
                a, b, c, d = _QUARTERS[item.angle]
                font, mode = _FONTS[item.font], (0 if item.visible else 3)
                code = item.text.encode("utf-16-be").hex()
                move = f"{a} {b} {c} {d} {item.x:.2f} {height - item.y:.2f} Tm"
                return [f"BT {font} {item.size} Tf {mode} Tr {move} <{code}> Tj ET"]
            case Rule():
                dash = f"[{item.dash}] 0 d " if item.dash else ""
                ends = f"{item.x0} {height - item.y0} m {item.x1} {height - item.y1} l S"
                return [f"q {item.width} w {dash}{ends} Q"]
            case Box():
                area = _area(item, height)
                fill = [f"q {item.fill} g {area} f Q"] if item.fill is not None else []
                return [*fill, *([f"q {item.width} w {area} S Q"] if item.width else [])]
            case Picture():
                size = f"{item.x1 - item.x0} 0 0 {item.y1 - item.y0} {item.x0} {height - item.y1}"
                return [f"q {size} cm /Im Do Q"]
            case Clip():
                inner = [part for one in item.items for part in self._item(one, height, fonts)]
                return [f"q {_area(item, height)} W n", *inner, "Q"]
            case Form():
                content = self._content(item.items, height, fonts)
                entries = "/Type /XObject /Subtype /Form /BBox [-5000 -5000 5000 5000] "
                number = self.stream(content, f"{entries}/Resources << /Font << {fonts} >> >>")
                self.forms.append(f"/Fm{number} {number} 0 R")
                return [f"q 1 0 0 1 {item.dx} {-item.dy} cm /Fm{number} Do Q"]
            case Note():
                return []  # no part of the content, but of the page

    def _file(self, encrypt: bool) -> bytes:
        trailer = f"/Size {len(self.objects) + 1} /Root 1 0 R"
        if encrypt:  # standard handler, 40 bit, with keys that no password opens
            key = "00" * 32
            number = self.add(f"<< /Filter /Standard /V 1 /R 2 /O <{key}> /U <{key}> /P -4 >>")
            trailer = f"/Size {len(self.objects) + 1} /Root 1 0 R /Encrypt {number} 0 R /ID [<00> <00>]"
        out, offsets = bytearray(b"%PDF-1.6\n%\xe2\xe3\xcf\xd3\n"), []
        for number, body in enumerate(self.objects, 1):
            offsets.append(len(out))
            out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
        start = len(out)
        table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
        out += f"xref\n0 {len(offsets) + 1}\n0000000000 65535 f \n{table}trailer\n<< {trailer} >>\n".encode()
        return bytes(out + f"startxref\n{start}\n%%EOF\n".encode())


def _area(item: Box | Clip, height: float) -> str:
    return f"{item.x0} {height - item.y1} {item.x1 - item.x0} {item.y1 - item.y0} re"


def _characters(items: Sequence[Item]) -> Iterable[str]:
    for item in items:
        if isinstance(item, Text | Note):
            yield from item.text
        elif isinstance(item, Form | Clip):
            yield from _characters(item.items)

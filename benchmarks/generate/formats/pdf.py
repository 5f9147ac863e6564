"""Lays the parts of a generated report out on pages of a PDF, the way different programs draw tables.

Rows that do not fit go to the next page, spanning cells are drawn on both; nothing here knows how a reader works.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from benchmarks.generate.compose import Heading, PageBreak, Paragraph, Part
from benchmarks.generate.formats.flatten import Doubts, flatten
from benchmarks.generate.formats.rendered import Rendered
from benchmarks.generate.grid import Grid, GridCell, Kind
from benchmarks.generate.writers.pdf import A4, Box, Item, Page, Rule, Text, write_pdf

BORDERS = ("strokes", "rects", "boxes", "double", "dashed", "dotted", "gapped", "on_black", "shaded", "open_sides")
UNRULED = ("level", "columns", "none")  # a reader has to go by gaps
UNRULED_SHARE = 0.15
PAGE_NUMBERS = ("- {} -", "第 {} 页", "{}", "")
MARGIN = 72.0
PADDING = 3.0
LEADING = 1.35
_WIDTHS = {2: (34, 22, 22, 22), 3: (6, 15, 27, *[7.4] * 7), 4: (1,) * 15}  # relative


@dataclass(frozen=True, slots=True)
class PdfLayout:
    """How a program draws. ``borders`` is one of ``BORDERS`` or ``UNRULED``; with ``breaks_open`` tables have no border
    where a page breaks them."""

    borders: str = "strokes"
    size: float = 9.0
    figures: str = "center"  # left | center | right
    upright: str = "middle"  # top | middle | bottom
    breaks_open: bool = False
    by_character: bool = False  # every character an object of its own
    bold: bool = False  # printed twice, slightly apart
    shuffled: bool = False  # drawn in no order
    page_numbers: str = "- {} -"
    embeds: bool = False  # the font is in the file


@dataclass(slots=True)
class _Sheet:
    items: list[Item] = field(default_factory=list)
    y: float = MARGIN


def random_pdf(rng: Random) -> PdfLayout:
    """Any way a program may draw a report."""
    return PdfLayout(
        borders=rng.choice(UNRULED if rng.random() < UNRULED_SHARE else BORDERS),
        size=rng.choice((7.5, 8.0, 9.0)),
        figures=rng.choice(("left", "center", "center", "right")),
        upright=rng.choice(("top", "middle", "middle", "bottom")),
        breaks_open=rng.random() < 0.3,
        by_character=rng.random() < 0.3,
        bold=rng.random() < 0.1,
        shuffled=rng.random() < 0.2,
        page_numbers=rng.choice(PAGE_NUMBERS),
    )


def render_pdf(parts: Sequence[Part], layout: PdfLayout, rng: Random) -> Rendered:
    """The report as a PDF file. Where columns are not ruled only gaps tell them, and a reader may refuse to guess."""
    doubts = Doubts()
    for part in parts:
        if isinstance(part, Grid):
            for row in flatten(part, "own", rng):
                doubts.note(row, part, is_vague=layout.borders in UNRULED)
    return Rendered(write_pdf(lay_out(parts, layout, rng), embeds=layout.embeds), ".pdf", doubts.cells)


def lay_out(parts: Iterable[Part], layout: PdfLayout, rng: Random) -> list[Page]:
    """The pages of a report."""
    flow = _Flow(layout)
    for part in parts:
        if isinstance(part, PageBreak):
            flow.turn()
        elif isinstance(part, Grid):
            flow.table(part)
        elif isinstance(part, Heading):
            flow.paragraph(part.text, 16.0 if part.level == 1 else 14.0)
        elif isinstance(part, Paragraph):
            flow.paragraph("　　" + part.text, 12.0)
    return flow.pages(rng)


class _Flow:
    def __init__(self, layout: PdfLayout) -> None:
        self.layout = layout
        self.sheets = [_Sheet()]
        self.size = layout.size  # of the present table

    def turn(self) -> None:
        if self.sheets[-1].items:
            self.sheets.append(_Sheet())

    def paragraph(self, text: str, size: float) -> None:
        for line in wrapped(text, A4[0] - 2 * MARGIN, size):
            if self.sheets[-1].y + size * LEADING > A4[1] - MARGIN:
                self.turn()
            sheet = self.sheets[-1]
            self.write(sheet, line, MARGIN, sheet.y, size)
            sheet.y += size * LEADING
        self.sheets[-1].y += 4

    def write(self, sheet: _Sheet, line: str, x: float, top: float, size: float) -> None:
        """One line of text with its upper edge at ``top``."""
        baseline = top + 0.88 * size
        pieces = [(x, line)]
        if self.layout.by_character:
            pieces = []
            for char in line:
                pieces.append((x, char))
                x += text_width(char, size)
        for left, text in pieces:
            if text.strip():
                sheet.items.append(Text(left, baseline, text, size))

    def table(self, grid: Grid) -> None:
        rows, shares = [row.cells for row in grid.rows], _WIDTHS[grid.table_no]
        heads = {i for i, row in enumerate(grid.rows) if row.kind is Kind.HEAD}
        scale = (A4[0] - 2 * MARGIN) / sum(shares)
        edges = [MARGIN]
        for share in shares:
            edges.append(edges[-1] + share * scale)
        placed = list(_placed(rows, len(shares)))
        self.size = min([self.layout.size, *(_fitting(cell, edges) for cell in placed if cell.is_value)])
        heights = self._heights(placed, edges, len(rows))
        first = 0
        while first < len(rows):
            room, last = A4[1] - MARGIN - self.sheets[-1].y, first
            while last < len(rows) and sum(heights[first : last + 1]) <= room:
                last += 1
            while first < last < len(rows) and last - 1 in heads:
                last -= 1  # heads stay with their first line
            if last == first:
                if self.sheets[-1].items:
                    self.turn()
                    continue
                last = first + 1
            self._part(_Drawn(placed, edges, heights), first, last)
            first = last
            if first < len(rows):
                self.turn()
        self.sheets[-1].y += 10

    def _heights(self, placed: list[_Placed], edges: list[float], count: int) -> list[float]:
        size = self.size
        heights = [size * LEADING + 2 * PADDING] * count
        for cell in sorted(placed, key=lambda c: c.rows):
            lines = len(wrapped(cell.text, edges[cell.right] - edges[cell.left] - 2 * PADDING, size))
            lack = lines * size * LEADING + 2 * PADDING - sum(heights[cell.top : cell.bottom])
            if lack > 0:
                heights[cell.bottom - 1] += lack
        return heights

    def _part(self, table: _Drawn, first: int, last: int) -> None:
        """The rows ``first`` to ``last`` of a table on the present page; text stands where its cell begins."""
        sheet, size = self.sheets[-1], self.size
        levels = [sheet.y]
        for height in table.heights[first:last]:
            levels.append(levels[-1] + height)
        boxes = []
        for cell in table.cells:
            if cell.bottom <= first or cell.top >= last:
                continue
            top, bottom = levels[max(cell.top, first) - first], levels[min(cell.bottom, last) - first]
            box = Box(table.edges[cell.left], top, table.edges[cell.right], bottom)
            boxes.append(box)
            lines = wrapped(cell.text, box.x1 - box.x0 - 2 * PADDING, size)
            if cell.top < first or cell.bottom > last:  # text of a broken cell goes on on the next page
                above = sum(table.heights[cell.top : first]) if cell.top < first else 0.0
                done, room = (int(h / (size * LEADING)) for h in (above, box.y1 - box.y0))
                lines = lines[done : done + room]
            free = box.y1 - box.y0 - len(lines) * size * LEADING
            y = box.y0 + {"top": PADDING, "middle": free / 2, "bottom": free - PADDING}[self.layout.upright]
            for line in lines:
                spare = box.x1 - box.x0 - text_width(line, size)
                place = self.layout.figures if cell.is_value else "left"
                x = box.x0 + {"left": PADDING, "center": spare / 2, "right": spare - PADDING}[place]
                self.write(sheet, line, x, y + size * (LEADING - 1) / 2, size)
                y += size * LEADING
        open_levels = set()
        if self.layout.breaks_open:
            open_levels = {levels[0]} if first else set()
            open_levels |= {levels[-1]} if last < len(table.heights) else set()
        sheet.items[:0] = draw_borders(boxes, self.layout.borders, open_levels)
        sheet.y = levels[-1]

    def pages(self, rng: Random) -> list[Page]:
        pages = []
        for number, sheet in enumerate((s for s in self.sheets if s.items), 1):
            if self.layout.page_numbers:
                text = self.layout.page_numbers.format(number)
                sheet.items.append(Text(280, A4[1] - 40, text, 9.0))
            # What is painted over something has to follow it: borders come first.
            texts = [item for item in sheet.items if isinstance(item, Text)]
            sheet.items = [item for item in sheet.items if not isinstance(item, Text)]
            if self.layout.shuffled:
                rng.shuffle(texts)
            for item in texts:
                sheet.items += [item, replace(item, x=item.x + 0.3)] if self.layout.bold else [item]
            pages.append(Page(sheet.items))
        return pages


@dataclass(frozen=True, slots=True)
class _Placed:
    """A cell with the grid lines it lies between."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    is_value: bool

    @property
    def rows(self) -> int:
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A table with its measures: cells, the places of its upright grid lines, the height of each row."""

    cells: list[_Placed]
    edges: list[float]
    heights: list[float]


def _placed(rows: Sequence[Sequence[GridCell]], width: int) -> Iterable[_Placed]:
    taken: set[tuple[int, int]] = set()
    for top, row in enumerate(rows):
        left = 0
        for cell in row:
            while (top, left) in taken:
                left += 1
            right, bottom = min(left + cell.colspan, width), min(top + cell.rowspan, len(rows))
            taken |= {(y, x) for y in range(top, bottom) for x in range(left, right)}
            yield _Placed(cell.text, left, top, right, bottom, cell.key is not None)
            left = right


def text_width(text: str, size: float) -> float:
    """How wide the writer's font sets a text."""
    return sum(0.5 if char < "\x7f" else 1.0 for char in text) * size


def _fitting(cell: _Placed, edges: list[float]) -> float:
    """The size at which the longest word of a cell fits into it: a figure printed over the next one is none."""
    widest = max((text_width(word, 1.0) for word in _words(cell.text)), default=0.0)
    return (edges[cell.right] - edges[cell.left] - 2 * PADDING) / widest if widest else A4[0]


def wrapped(text: str, width: float, size: float) -> list[str]:
    """A text in lines no wider than ``width``; figures are not broken."""
    lines = [""]
    for word in _words(text):
        if lines[-1] and text_width(lines[-1] + word, size) > width:
            lines.append("")
        lines[-1] += word
    return lines if text else []


def _words(text: str) -> list[str]:
    words: list[str] = []
    for char in text:
        if words and _is_of_figure(char) and _is_of_figure(words[-1][-1]):
            words[-1] += char
        else:
            words.append(char)
    return words


def _is_of_figure(char: str) -> bool:
    return char in "0123456789.,+-０１２３４５６７８９，．＋－"


def draw_borders(boxes: Sequence[Box], borders: str, open_levels: Iterable[float] = ()) -> list[Item]:
    """The borders of cells, as one of the layouts in ``BORDERS`` or ``UNRULED`` draws them."""
    left, right = min(b.x0 for b in boxes), max(b.x1 for b in boxes)
    top, bottom = min(b.y0 for b in boxes), max(b.y1 for b in boxes)
    if borders == "none":
        return []
    if borders == "boxes":
        return [Box(b.x0, b.y0, b.x1, b.y1, width=0.5) for b in boxes]
    if borders == "gapped":
        return [Box(b.x0 + 2, b.y0 + 2, b.x1 - 2, b.y1 - 2, width=0.5) for b in boxes]
    if borders == "on_black":
        return [Box(left - 0.5, top - 0.5, right + 0.5, bottom + 0.5, fill=0.0)] + [
            Box(b.x0 + 0.4, b.y0 + 0.4, b.x1 - 0.4, b.y1 - 0.4, fill=1.0) for b in boxes
        ]
    if borders == "shaded":
        return [Box(b.x0, b.y0, b.x1, b.y1, fill=0.85 + 0.1 * (i % 2)) for i, b in enumerate(boxes)]
    levels = {(b.x0, y, b.x1, y) for b in boxes for y in (b.y0, b.y1) if y not in set(open_levels)}
    uprights = {(x, b.y0, x, b.y1) for b in boxes for x in (b.x0, b.x1)}
    if borders == "level":
        uprights = set()
    if borders == "columns":
        levels = {line for line in levels if line[1] in (top, bottom)}
    if borders == "open_sides":
        uprights = {line for line in uprights if line[0] not in (left, right)}
    return [item for line in sorted(levels | uprights) for item in _drawn(line, borders)]


def _drawn(line: tuple[float, float, float, float], borders: str) -> list[Item]:
    x0, y0, x1, y1 = line
    is_level = y0 == y1
    match borders:
        case "rects":
            return [Box(x0 - 0.25, y0 - 0.25, x1 + 0.25, y1 + 0.25, fill=0.0)]
        case "double":
            dx, dy = (0.0, 0.75) if is_level else (0.75, 0.0)
            return [Rule(x0 - dx, y0 - dy, x1 - dx, y1 - dy), Rule(x0 + dx, y0 + dy, x1 + dx, y1 + dy)]
        case "dashed":
            return [Rule(x0, y0, x1, y1, dash=2.0)]
        case "dotted":
            steps = int((x1 - x0 + y1 - y0) / 1.5)
            return [
                Box(x, y, x + 0.5, y + 0.5, fill=0.0)
                for x, y in ((x0 + 1.5 * i, y0) if is_level else (x0, y0 + 1.5 * i) for i in range(steps + 1))
            ]
        case _:
            return [Rule(x0, y0, x1, y1)]

"""Reports as text, in the layout families that converters of HTML, Word and PDF produce.

``tsv``            a row a line, cells parted by tabs
``pipe``           markdown rows; a table after a page break begins with an empty head
``cell_per_line``  a cell a line, closed by a pipe; a line of pipes stands for so many empty cells
``bare_lines``     a cell a line and nothing else: empty cells are gone
``row_tables``     markdown, every row a table of its own
``stripped``       a table in one line, its cells run together
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from random import Random
from unicodedata import east_asian_width

from benchmarks.generate.compose import Heading, PageBreak, Paragraph, Part
from benchmarks.generate.formats.flatten import Doubts, FlatCell, FlatRow, add_value, flatten, parted
from benchmarks.generate.formats.rendered import Rendered
from benchmarks.generate.grid import Grid, Kind

READABLE_FAMILIES = ("tsv", "pipe", "cell_per_line", "bare_lines", "row_tables")
FAMILIES = (*READABLE_FAMILIES, "stripped")
STRIPPED_SHARE = 0.06
LINE_FAMILIES = ("cell_per_line", "bare_lines")
UNMARKED_FAMILIES = ("bare_lines", "stripped")  # nothing shows an empty cell
SURPLUS_SHARE = 0.3  # of the rows of 表三 that get a value too many, where a layout has any
PAGE_MARKS = ("blank", "number", "bare_number", "words", "form_feed", "none")


@dataclass(frozen=True, slots=True)
class TextLayout:
    """How a report becomes text. ``covered`` is one of flatten.COVERED, ``page_mark`` one of ``PAGE_MARKS``.

    ``extra_value`` adds a value cell too many to some rows of 表三: ``equal`` to rows of seven equal values,
    ``unequal`` to others, which nobody can then read. ``trailing_column`` ends every row with an empty cell.
    """

    family: str = "tsv"
    covered: str = "kept"
    page_mark: str = "blank"
    extra_value: str = "none"
    trailing_column: bool = False
    is_markdown: bool = False
    is_padded: bool = False  # pipe: columns of equal width
    breaks_cells: bool = False  # pipe: <br> inside long labels
    gap: str = ""  # stripped: between cells
    encoding: str = "utf-8"
    line_end: str = "\n"


def random_text(rng: Random) -> TextLayout:
    """Any layout a converter may write."""
    return TextLayout(
        family="stripped" if rng.random() < STRIPPED_SHARE else rng.choice(READABLE_FAMILIES),
        covered=rng.choice(("kept", "kept", "dropped", "ragged", "narrow", "mixed")),
        page_mark=rng.choice(PAGE_MARKS),
        extra_value=rng.choice(("none", "none", "none", "equal", "unequal")),
        trailing_column=rng.random() < 0.15,
        is_markdown=rng.random() < 0.4,
        is_padded=rng.random() < 0.5,
        breaks_cells=rng.random() < 0.2,
        gap=rng.choice(("", "", " ")),
        encoding=rng.choice(("utf-8", "utf-8", "utf-8", "utf-8-sig", "gb18030", "utf-16")),
        line_end=rng.choice(("\n", "\n", "\r\n")),
    )


def render_text(parts: Sequence[Part], layout: TextLayout, rng: Random) -> Rendered:
    """The report as a text file."""
    lines: list[str] = []
    doubts = Doubts()
    for part in parts:
        match part:
            case Heading(text, level):
                lines += ["", ("#" * level + " " if layout.is_markdown else "") + text, ""]
            case Paragraph(text):
                lines.append(text)
            case PageBreak(number):
                lines += _page_end(number, layout)
            case Grid():
                rows = _rows(part, layout, rng)
                for row in rows:
                    doubts.note(row, part, is_vague=_is_vague(row, part, layout))
                lines += _table(rows, layout)
    text = layout.line_end.join([*lines, ""])
    return Rendered(text.encode(layout.encoding), ".md" if layout.is_markdown else ".txt", doubts.cells)


def _rows(grid: Grid, layout: TextLayout, rng: Random) -> list[FlatRow]:
    as_run = layout.family in LINE_FAMILIES
    rows = flatten(grid, layout.covered, rng, trailing_column=layout.trailing_column, as_run=as_run)
    if grid.table_no != 3 or layout.extra_value == "none" or layout.family == "stripped":
        return rows
    return [_surplus(row, layout, rng) if row.kind is Kind.VALUES else row for row in rows]


def _surplus(row: FlatRow, layout: TextLayout, rng: Random) -> FlatRow:
    hidden = layout.family == "bare_lines" and "" in [cell.text for cell in row.values]  # it would fill the gap
    if hidden or rng.random() > SURPLUS_SHARE:
        return row
    return add_value(row, rng, equal=layout.extra_value == "equal")


def _is_vague(row: FlatRow, grid: Grid, layout: TextLayout) -> bool:
    texts = [cell.text for cell in row.values]
    gaps = layout.family in UNMARKED_FAMILIES and "" in texts
    is_stripped = layout.family == "stripped" and bool(texts)  # the figures part only where equations tell
    # In 表四 no label parts the empty cells of the heads from those of the values.
    unbegun = layout.family == "cell_per_line" and grid.table_no == 4 and texts[:1] == [""]
    short = layout.family == "cell_per_line" and grid.table_no == 3 and _seems_short(texts)
    # Where rows have any width, a blank and a lost cell look alike.
    uneven = layout.family == "cell_per_line" and grid.table_no == 3 and layout.covered == "mixed" and "" in texts
    empty = not any(texts)  # nothing tells a row of empty values from an empty row
    return gaps or is_stripped or unbegun or short or uneven or empty


def _seems_short(texts: Sequence[str]) -> bool:
    """Whether a line of 表三 that is not all figures looks as if a cell of it were lost: it adds up only then."""
    numbers = [int(plain) if (plain := text.replace(",", "")).isdecimal() else None for text in texts]
    if None not in numbers:
        return False
    *parts, total = (number or 0 for number in numbers)
    if texts[-1]:
        return sum(parts) != total
    return not (0 < parts[-1] < sum(parts[:-1]) or len({text for text in texts if text}) == 1)


def _page_end(number: int, layout: TextLayout) -> list[str]:
    mark = layout.page_mark
    if mark == "bare_number" and layout.family in (*LINE_FAMILIES, *UNMARKED_FAMILIES):
        mark = "number"  # alone on its line, it could be a value
    return {
        "blank": [""],
        "number": [f"- {number} -"],
        "bare_number": ["", str(number), ""],
        "words": [f"第 {number} 页"],
        "form_feed": ["\f"],
        "none": [],
    }[mark]


def _table(rows: Sequence[FlatRow], layout: TextLayout) -> list[str]:
    if layout.family == "pipe":
        return _pipe(rows, layout)
    if layout.family == "row_tables":
        return [line for row in rows for line in _pipe([replace(row, kind=Kind.HEAD)], layout)]
    cells = [list(row.cells) for row in rows]
    if layout.family == "stripped":
        return [layout.gap.join(cell.text for row in cells for cell in row if cell.text)]
    if layout.family == "tsv":
        return ["\t".join(cell.text for cell in row) for row in cells]
    if layout.family == "bare_lines":
        return [cell.text for row in cells for cell in row if cell.text]
    return [line for row in cells for line in _closed_cells(row)]


def _closed_cells(row: Iterable[FlatCell]) -> list[str]:
    lines: list[str] = []
    for cell in row:
        if cell.text:
            lines.append(f"{cell.text} |")
        elif lines and not lines[-1].strip("|"):
            lines[-1] += "|"
        else:
            lines.append("|")
    return lines


def _pipe(rows: Sequence[FlatRow], layout: TextLayout) -> list[str]:
    texts = [[parted(cell.text, "<br>") if layout.breaks_cells else cell.text for cell in row.cells] for row in rows]
    width = max(map(len, texts))
    if rows[0].kind is not Kind.HEAD:  # markdown has no table without a head
        texts.insert(0, [""] * width)
    widths = [max((_display(row[i]) for row in texts if i < len(row)), default=0) for i in range(width)]
    rule = "|" + "|".join("-" * (w + 2 if layout.is_padded else 3) for w in widths) + "|"
    lines = []
    for row in texts:
        padded = [t + " " * ((widths[i] - _display(t)) if layout.is_padded else 0) for i, t in enumerate(row)]
        lines.append("| " + " | ".join(padded) + " |")
    return ["", lines[0], rule, *lines[1:], ""]


def _display(text: str) -> int:
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)

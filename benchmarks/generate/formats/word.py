"""Reports as Word files: tables with merged cells, and the traces that editing leaves in a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from xml.sax.saxutils import escape

from benchmarks.generate.compose import Heading, PageBreak, Part
from benchmarks.generate.formats.flatten import Doubts, FlatCell, flatten, parted
from benchmarks.generate.formats.rendered import Rendered
from benchmarks.generate.grid import Grid
from benchmarks.generate.writers.docx import PAGE, Block, Table, Xml, block_xml, run_xml, write_docx
from benchmarks.generate.writers.spans import Cell

EDITED_SHARE = 0.1  # of the figures, in a document with traces of editing


@dataclass(frozen=True, slots=True)
class WordLayout:
    """How a report becomes a Word file. ``covered`` is one of flatten.COVERED; ``own`` merges cells as Word does."""

    covered: str = "own"
    splits_runs: bool = False  # a figure in several runs
    breaks_labels: bool = False  # a line break inside long labels
    is_edited: bool = False  # tracked changes and hidden text inside figures
    boxes_title: bool = False  # the title in a text box
    is_framed: bool = False  # the whole report in a cell of a layout table


def random_word(rng: Random) -> WordLayout:
    """Any layout a Word file may have."""
    return WordLayout(
        covered=rng.choice(("own", "own", "own", "kept", "dropped", "narrow", "mixed")),
        splits_runs=rng.random() < 0.3,
        breaks_labels=rng.random() < 0.2,
        is_edited=rng.random() < 0.2,
        boxes_title=rng.random() < 0.1,
        is_framed=rng.random() < 0.1,
    )


def render_word(parts: Sequence[Part], layout: WordLayout, rng: Random) -> Rendered:
    """The report as a DOCX file."""
    doubts = Doubts()
    blocks: list[Block] = []
    for part in parts:
        if isinstance(part, Grid):
            rows = flatten(part, layout.covered, rng)
            for row in rows:
                doubts.note(row, part)
            blocks.append(Table([[_cell(cell, layout, rng) for cell in row.cells] for row in rows]))
        elif isinstance(part, PageBreak):
            blocks.append(PAGE)
        elif isinstance(part, Heading) and part.level == 1 and layout.boxes_title:
            blocks.append(_boxed(part.text))
        else:
            blocks.append(part.text)
    if layout.is_framed:
        blocks = [Table([[Xml("".join(map(block_xml, blocks)) + "<w:p/>")]])]
    return Rendered(write_docx(blocks), ".docx", doubts.cells)


def _cell(cell: FlatCell, layout: WordLayout, rng: Random) -> Cell:
    spans = (cell.colspan, cell.rowspan) if layout.covered == "own" else (1, 1)
    text = cell.text
    if not cell.key or not text:
        return Cell(parted(text, "\n") if layout.breaks_labels else text, *spans)
    runs = [text]
    if layout.splits_runs and len(text) > 1:
        at = rng.randint(1, len(text) - 1)
        runs = [text[:at], text[at:]]
    content = "".join(map(run_xml, runs))
    if layout.is_edited and rng.random() < EDITED_SHARE:
        other = str(rng.randint(1, 99))
        content = rng.choice(
            (
                f"<w:del><w:r><w:delText>{other}</w:delText></w:r></w:del><w:ins>{content}</w:ins>",
                f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>{other}</w:t></w:r>{content}",
            )
        )
    return Cell(Xml(f"<w:p>{content}</w:p>"), *spans)


def _boxed(text: str) -> Xml:
    inside = f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"
    return Xml(
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:wsp><wps:txbx><w:txbxContent>"
        f"{inside}</w:txbxContent></wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>"
        f"<w:txbxContent>{inside}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )

"""A report in every format: the parts of ``compose`` in, a file out, and the cells whose place it does not tell.

A format is a module with its layout (how a program or a publisher writes it), a ``random_…`` layout and a renderer; it
is named here. ``flatten`` is what they share: rows of cells with the covered ones gone or kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import TypeAlias

from benchmarks.generate.compose import Part
from benchmarks.generate.formats.html import HtmlLayout, random_html, render_html
from benchmarks.generate.formats.pdf import PdfLayout, random_pdf, render_pdf
from benchmarks.generate.formats.rendered import Rendered
from benchmarks.generate.formats.text import TextLayout, random_text, render_text
from benchmarks.generate.formats.word import WordLayout, random_word, render_word
from benchmarks.generate.formats.workbook import WorkbookLayout, random_xls, random_xlsx, render_workbook

Layout: TypeAlias = TextLayout | HtmlLayout | WordLayout | WorkbookLayout | PdfLayout


FORMATS: dict[str, Callable[[Random], Layout]] = {
    "text": random_text,
    "html": random_html,
    "docx": random_word,
    "xlsx": random_xlsx,
    "xls": random_xls,
    "pdf": random_pdf,
}
_RENDERERS = {
    TextLayout: render_text,
    HtmlLayout: render_html,
    WordLayout: render_word,
    WorkbookLayout: render_workbook,
    PdfLayout: render_pdf,
}


def render(parts: Sequence[Part], layout: Layout, rng: Random) -> Rendered:
    """The report as a file of the layout's format."""
    return _RENDERERS[type(layout)](parts, layout, rng)

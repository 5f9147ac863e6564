"""Valid reports of both forms, made by lot with their truth: one generator for tests, benchmarks and demo.

figures  a consistent form   ·  printing, wording  how figures and labels are printed  ·  grid  the tables with spans
compose  the whole report and its pages   ·  flatten, text  the text layouts   ·  truth  what a reader must find
corpus   reports and folders of them by seed

A format (HTML, Word …) is one more renderer of ``compose``'s parts; a fault is a change to a form, its printed cells
or the parts, together with the truth.
"""

from benchmarks.generate.corpus import Report, Style, generate_report, generate_reports, plain_style, write_reports
from benchmarks.generate.figures import Form, generate_form
from benchmarks.generate.forms import CellKey
from benchmarks.generate.text import FAMILIES, TextLayout

__all__ = [
    "FAMILIES",
    "CellKey",
    "Form",
    "Report",
    "Style",
    "TextLayout",
    "generate_form",
    "generate_report",
    "generate_reports",
    "plain_style",
    "write_reports",
]

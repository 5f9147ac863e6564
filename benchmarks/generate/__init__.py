"""Valid reports of both forms, made by lot with their truth: one generator for tests, benchmarks and demo.

figures   a consistent form       ·  printing, wording  how figures and labels are printed, misprints what is wrong
grid      the tables with spans   ·  compose  the whole report and its pages   ·  truth  what a reader must find
formats   the report as text, web page, Word file, workbook or PDF, by the small writers of ``writers``
corpus    reports by seed         ·  others   what is no report or one again   ·  folder  folders of all of it
organs, years, habits, happenings, prefecture  the reports of a whole prefecture over some years, which add up
"""

from benchmarks.generate.corpus import Report, Style, generate_report, generate_reports
from benchmarks.generate.figures import Form, generate_form
from benchmarks.generate.formats import FORMATS
from benchmarks.generate.formats.text import FAMILIES, TextLayout
from benchmarks.generate.forms import CellKey

__all__ = [
    "FAMILIES",
    "FORMATS",
    "CellKey",
    "Form",
    "Report",
    "Style",
    "TextLayout",
    "generate_form",
    "generate_report",
    "generate_reports",
]

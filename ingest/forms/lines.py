"""A bare line of text that is a row of a table: ``行政许可 97``, ``（一）予以公开  4  0 …``, heads, or figures alone.

Only a line that is nothing else is taken: a label with exactly as many figures as one of the forms gives it, figures
alone, or known heads. Prose that names labels and figures stays prose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from ingest.forms.cell import is_value
from ingest.forms.labels import MEANINGS, forms

MAX_CHARS = 200  # a row of a table is no longer than this
APPLICANTS = 7
PIECE_CHARS = 30  # of a stub or label on one line
_GAP = re.compile(r"\s{2,}")
_PROSE = re.compile(r"。.|[，,；;][^，,；;]*[，,；;][^，,；;]*[，,；;]")  # more commas than any label has
_END = "；;。 \t\u3000"
# A label and one figure that no space parts: 行政许可：97件, 行政处罚12.
_ONE_FIGURE = re.compile(r"^(.*?[^\d:：+\-−–—.,])[:：]?([+\-−–—]?\d\S*)$")


@cache
def _widths(label: str) -> frozenset[int]:
    """How many figures the lines may have that a text is the label of; empty where it is none."""
    lines = [found for found in forms().match(label)[1] if found.role == "line"]
    return frozenset(
        len(form.columns[line.code])
        for line in lines
        for (version, table_no), form in forms().tables.items()
        if table_no == line.table_no and line.form_version in ("", version) and line.code in form.columns
    )


@lru_cache(MEANINGS)
def cells_of_line(text: str) -> Sequence[str] | None:
    """The cells of a line of text that is a row of a table, None for any other line."""
    if len(text) > MAX_CHARS or _PROSE.search(text):
        return None
    tokens = text.strip(_END).split()
    figures: list[str] = []
    while tokens and is_value(tokens[-1]):
        figures.insert(0, tokens.pop())
    if not tokens:
        return figures if len(figures) > 1 else None
    if figures:
        return _labelled(tokens, figures) or _beside(text, tokens, figures)
    if len(tokens) < 2 and tokens[0].isalpha():
        return None
    if one := _ONE_FIGURE.match("".join(tokens)):
        return [*one.groups()] if 1 in _widths(one[1]) and is_value(one[2]) else None
    return _heads(text.strip(_END), tokens)


def _labelled(tokens: list[str], figures: list[str]) -> list[str] | None:
    """Label and figures; what stands before the label is the label of a group: 三、本年度办理结果 （一）予以公开 …"""
    for begin in range(len(tokens)):
        label = "".join(tokens[begin:])
        if len(figures) in _widths(label):
            before = "".join(tokens[:begin])
            known = not before or forms().match(before)[1] or all(forms().match(t)[1] for t in tokens[:begin])
            return [label, *figures] if known else None
    return None


def _beside(text: str, tokens: list[str], figures: list[str]) -> list[str] | None:
    """A whole row of 表三 beside a piece of its label or behind a piece of its stub, which blanks set apart."""
    if len(figures) != APPLICANTS:
        return None
    pieces = [piece.strip() for piece in _GAP.split(text.strip(_END).removesuffix(figures[-1]))]
    words = [piece for piece in pieces if piece and not is_value(piece)]
    if words and all(len(word) < PIECE_CHARS for word in words) and "".join(words).replace(" ", "") == "".join(tokens):
        return [words[-1], *figures]
    return None


def last_piece(text: str) -> str:
    """The last piece of a line of text whose pieces blanks set apart: what is left of a stub stands before it."""
    return _GAP.split(text.strip())[-1]


def _heads(text: str, tokens: list[str]) -> list[str] | None:
    for parts in (re.split(r"\s{2,}", text), tokens):
        found = [forms().match(part)[1] for part in parts]
        heads = any(label.role == "column" or label.table_no == 4 for labels in found for label in labels)
        if len(parts) > 1 and all(found) and heads:
            return parts
    return None

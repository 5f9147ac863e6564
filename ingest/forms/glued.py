"""Pages stripped of their markup: all cells of a table run together in one line (``…申请数量230 000023二、上年…``).

The labels still part the line into pieces. The digits between two labels are cut only where one cut exists at all, or
where the equations leave one (``proof``); leading zeros do not exist, and a space is always a cut.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from ingest.forms.cell import Cell, cell_of
from ingest.forms.labels import forms, split_label
from ingest.forms.place import Placement

MIN_LABELS = 10  # lines of 表三 named in one line of text: prose names a few, a stripped table all of them
MIN_CHARS = 100  # shorter lines cannot name that many
MAX_DIGITS = 12  # of a figure, on average; a longer run of digits is no row of figures
LEAST_CHARS = 6  # two labels and a figure
MAX_CUTS = 5_000  # ways to cut one run of digits; beyond, it is not worth proving
_DIGITS = re.compile(r"[\d\s]+")
# Digits before other text, unless they number, date or count what follows (1. 2021年 5件): those are prose.
_DIGITS_FIRST = re.compile(r"^(\s*\d[\d\s]*)(?=[^\d\s.、．,，年月日号%件条份次个项起宗篇家场人元万亿])")
_PUNCTUATION = re.compile(r"[\W_]+")
_DIGIT = re.compile(r"\d")
_SENTENCE = re.compile(r"[，。；,;]")
_FIGURES = re.compile(r"[\d\s/\-−–—]*")
_NUMERAL = "[一二三四五六七八九十]+"
_ORDINAL_BEFORE = re.compile(rf"(?:\d[.、．]|[（(]{_NUMERAL}[）)]|{_NUMERAL}、)\s*$")
_CLOSING = re.compile(r"[）)”’\"'」』]*")


@cache
def _label_pattern() -> re.Pattern[str]:
    cores = sorted((core for core in forms().labels if len(core) > 1), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, cores)))


def _core_with_places(text: str) -> tuple[str, list[int]]:
    """The text without spaces and punctuation, and where each of its characters stands in the original."""
    core, places = [], []
    for at, char in enumerate(text):
        for folded in unicodedata.normalize("NFKC", char):
            if folded.isalnum():
                core.append(folded)
                places.append(at)
    return "".join(core), places


def pieces(text: str) -> list[str] | None:
    """The labels of a stripped line and what stands between them, in order; None where the line is no such page.

    Such a line names many lines of 表三, or it is nothing but two labels or more and figures.
    """
    if len(text) < LEAST_CHARS:
        return None
    is_page = len(text) >= MIN_CHARS
    if not is_page and (_SENTENCE.search(text) or _DIGIT.search(text) is None):
        return None
    named = _label_pattern().findall(_PUNCTUATION.sub("", unicodedata.normalize("NFKC", text)))
    labels = [label for name in named for label in forms().labels[name]]
    is_stripped = is_page and len({la.code for la in labels if (la.role, la.table_no) == ("line", 3)}) >= MIN_LABELS
    if not is_stripped and (len(named) < 2 or not all(map(_names_a_line, named))):
        return None
    core, places = _core_with_places(text)
    parts = _parts_of(text, list(_label_pattern().finditer(core)), places)
    return _whole(parts) if is_stripped or all(_FIGURES.fullmatch(part) for part in parts[::2]) else None


def _names_a_line(name: str) -> bool:
    return any(label.role == "line" for label in forms().labels[name])


def _parts_of(text: str, found: list[re.Match[str]], places: list[int]) -> list[str]:
    """The text cut at its labels: what is before the first one, the label, what follows it …"""
    parts: list[str] = []
    end = 0
    for match in found:
        start = places[match.start()]
        # A label's ordinal belongs to it, though it may be glued to the digits before: 40000042.没有…
        ordinal = _ORDINAL_BEFORE.search(text[end:start])
        cut = end + ordinal.start() if ordinal else start
        label_end = _CLOSING.match(text, places[match.end() - 1] + 1).end()
        parts += [text[end:cut], text[cut:label_end]]
        end = label_end
    return [*parts, text[end:]]


def _whole(parts: list[str]) -> list[str]:
    told = [piece for part in parts for piece in _DIGITS_FIRST.sub(r"\1\n", part, count=1).split("\n")]
    return [piece for piece in told if split_label(piece).core]


def is_glued(text: str) -> bool:
    """Whether a piece between labels is nothing but digits and spaces."""
    return _DIGITS.fullmatch(text) is not None


def by_cutting(cell: Cell, width: int) -> Placement:
    """Cut a run of digits into ``width`` numbers: placed where nothing else can be, else all cuts as candidates.

    Blank cells leave no trace in such a run. So even a single cut is only a candidate where two of its numbers may
    have been one, beside a blank: ``120`` is 1, 2 and 0, or 12, 0 and a blank.
    """
    groups = cell.text.split()
    if len(groups) > width or sum(map(len, groups)) > width * MAX_DIGITS:
        return Placement(None, f"refused: digits that do not tell where {width} figures part")
    cuts: list[list[str]] = [[]]
    for i, group in enumerate(groups):
        after = sum(map(len, groups[i + 1 :]))
        cuts = [
            cut + part
            for cut in cuts
            for part in _cuts(group, width - len(cut) - (len(groups) - i - 1))
            if len(cut) + len(part) + after >= width
        ][: MAX_CUTS + 1]
    whole = [cut for cut in cuts if len(cut) == width]
    if not whole or len(cuts) > MAX_CUTS:
        return Placement(None, f"refused: digits that do not tell where {width} figures part")
    candidates = [tuple(cell_of(number, cell.line_no, cell.page_no) for number in cut) for cut in whole]
    if len(candidates) == 1 and not _may_be_fewer(groups, whole[0]):
        return Placement(candidates[0], "proof")
    ways = "in several ways" if len(candidates) > 1 else "or, with a blank among them, into fewer"
    return Placement(None, f"refused: digits that can be cut into {width} figures {ways}", tuple(candidates))


def _may_be_fewer(groups: list[str], cut: list[str]) -> bool:
    """Whether two numbers of a cut that no space parts may be one: a number other than 0 may have more digits."""
    numbers = iter(cut)
    for group in groups:
        left = len(group)
        while left:
            number = next(numbers)
            left -= len(number)
            if left and number != "0":
                return True
    return False


def _cuts(digits: str, most: int) -> list[list[str]]:
    """All ways to cut a run of digits into at most ``most`` numbers without leading zeros."""
    if not digits:
        return [[]]
    if most < 1:
        return []
    lengths = (1,) if digits[0] == "0" else range(1, len(digits) + 1)
    found: list[list[str]] = []
    for length in lengths:
        found += [[digits[:length], *rest] for rest in _cuts(digits[length:], most - 1)]
        if len(found) > MAX_CUTS:
            break
    return found

"""A cell of a document and what its text may be: a label of the form, a value, a blank."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from ingest.forms.labels import FORM_SEEDS, MEANINGS, Label, forms

_DASHES = str.maketrans("−–—－", "----")


@cache
def _value_pattern() -> re.Pattern[str]:
    """What may stand in a value cell: a number with sign word and unit, or a word such as 不适用 (from the seeds)."""
    with (FORM_SEEDS / "value_units.csv").open(encoding="utf-8", newline="") as file:
        units = {row["unit_word"] for row in csv.DictReader(file)}
    with (FORM_SEEDS / "value_words.csv").open(encoding="utf-8", newline="") as file:
        words = [(row["word"], row["meaning"]) for row in csv.DictReader(file)]  # "-" is a sign and a word of its own
    signs = _alternatives(word for word, meaning in words if meaning in ("plus", "minus"))
    absent = _alternatives(word for word, meaning in words if meaning == "not_applicable")
    remark = r"\((?![一二三四五六七八九十]+\))[^()]*\)"  # (其中…); a number alone begins the label of the next row
    return re.compile(rf"^(?:(?:{signs})?\d[\d,]*(?:\.\d+)?(?:{_alternatives(units)})?(?:{remark})?|{absent})$")


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@lru_cache(MEANINGS)
def is_value(text: str) -> bool:
    """Whether a text looks like the content of a value cell; its exact meaning is decided later, in SQL."""
    folded = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).translate(_DASHES)
    return _value_pattern().match(folded) is not None


@lru_cache(MEANINGS)
def whole_number(text: str) -> int | None:
    """A plain whole number, of any width and with thousands marked or not; anything else proves nothing."""
    plain = unicodedata.normalize("NFKC", text).strip().replace(",", "")
    return int(plain) if plain.isdecimal() else None


@dataclass(slots=True)
class Cell:
    """One cell with everything its text may mean: ``lines`` and ``columns`` are its labels of these roles."""

    text: str
    line_no: int
    page_no: int | None
    is_blank: bool
    is_value: bool
    ordinal: str
    labels: tuple[Label, ...]
    lines: tuple[Label, ...]
    columns: tuple[Label, ...]


def cell_of(text: str, line_no: int, page_no: int | None) -> Cell:
    """The cell that a text makes."""
    return Cell(text, line_no, page_no, *_meaning(text))


@lru_cache(MEANINGS)
def _meaning(text: str) -> tuple[bool, bool, str, tuple[Label, ...], tuple[Label, ...], tuple[Label, ...]]:
    """What a text means; reports have few different ones, so each is asked about once."""
    if not text.strip():
        return True, False, "", (), (), ()
    ordinal, labels = forms().match(text)
    lines = tuple(label for label in labels if label.role == "line")
    return False, is_value(text), ordinal, tuple(labels), lines, tuple(la for la in labels if la.role == "column")

"""A cell of a document and what its text may be: a label of the form, a value, a blank."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from ingest.forms.labels import FORM_SEEDS, Label

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
    return re.compile(rf"^(?:(?:{signs})?\d[\d,]*(?:\.\d+)?(?:{_alternatives(units)})?(?:\([^()]*\))?|{absent})$")


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def is_value(text: str) -> bool:
    """Whether a text looks like the content of a value cell; its exact meaning is decided later, in SQL."""
    folded = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).translate(_DASHES)
    return _value_pattern().match(folded) is not None


@cache
def whole_number(text: str) -> int | None:
    """A plain whole number, of any width and with thousands marked or not; anything else proves nothing."""
    plain = unicodedata.normalize("NFKC", text).strip().replace(",", "")
    return int(plain) if plain.isdecimal() else None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell with everything its text may mean."""

    text: str
    line_no: int
    page_no: int | None
    ordinal: str = ""
    labels: tuple[Label, ...] = ()

    @property
    def is_blank(self) -> bool:
        return not self.text.strip()

    @property
    def is_value(self) -> bool:
        return not self.is_blank and is_value(self.text)

    def roles(self, role: str) -> list[Label]:
        return [label for label in self.labels if label.role == role]

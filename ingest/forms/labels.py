"""The labels of both forms, from ``seeds/forms``: what a cell's text says, whatever its brackets and spaces.

The seeds are the one list of lines, columns and spellings; SQL reads the same files.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from ingest.paths import REPO

FORM_SEEDS = REPO / "seeds" / "forms"
MEANINGS = 65_536  # texts whose meaning is kept in mind; most cells of most reports say one of a few hundred things

_ORDINAL = re.compile(
    r"^(?:\((?P<a>[一二三四五六七八九十]{1,2})\)|(?P<b>[一二三四五六七八九十]{1,2})[、.:]|\(?(?P<c>\d{1,2})[.、)])"
)
_CIRCLED = {0x2460 + n: f"{n + 1}." for n in range(20)}  # ① is a number before a label like any other
_BARE_NUMBER = re.compile(r"^([1-9]\d?)(?=\D)")
_DIGITS_BEFORE_LABEL = re.compile(r"^\s*(\d+)(\D.*)$", re.DOTALL)
_POINTS = ".．、)）"
_YEAR_NOTE = re.compile(r"^(?:自)?20\d\d年(?:度)?(?:以来|起|至今)?|\(?(?:自)?20\d\d年(?:以来|起|至今)\)?$")
_NOTE = re.compile(r"(?:\([^()]*\)|[,:]?(?:计量)?单位:?\w{1,3})$")  # （件）, 单位：件
_PUNCTUATION = re.compile(r"[^\w]|_")


@dataclass(frozen=True, slots=True)
class Label:
    """One thing a cell's text may stand for. ``role`` is line, column or group (a heading, worth context only)."""

    role: str
    form_version: str  # '' where both forms have it
    table_no: int
    code: str


@dataclass(frozen=True, slots=True)
class LabelText:
    """A cell's text taken apart: its ordinal (一, 3 …) and what it says, without spaces and punctuation."""

    ordinal: str
    core: str
    short: str  # the core without a note such as （2019年起） or 单位：件 at its end


@lru_cache(MEANINGS)
def split_label(text: str) -> LabelText:
    """Normalise a printed label: NFKC (radicals, full width), no spaces, quotes or brackets, ordinal apart."""
    folded = (
        re.sub(r"\s+", "", unicodedata.normalize("NFKC", text.translate(_CIRCLED))).lstrip('#*>·•「『“"').rstrip("*")
    )
    found = _ORDINAL.match(folded)
    ordinal = next((g for g in found.groups() if g), "") if found else ""
    body = folded[found.end() :] if found else folded
    without_year = _YEAR_NOTE.sub("", body)
    short = _NOTE.sub("", without_year)
    return LabelText(ordinal, _PUNCTUATION.sub("", without_year), _PUNCTUATION.sub("", short))


def _is_line(labels: list[Label]) -> bool:
    return any(label.role == "line" for label in labels)


@dataclass(frozen=True, slots=True)
class Form:
    """One statutory table of one form version: its lines and the columns of each, in printed order."""

    form_version: str
    table_no: int
    columns: dict[str, tuple[str, ...]]  # line_code → column codes


class Forms:
    """Both forms and every known spelling of their labels, read once from the seeds."""

    def __init__(self) -> None:
        self.tables: dict[tuple[str, int], Form] = {}
        self.labels: dict[str, list[Label]] = {}
        self.ordinals: dict[tuple[int, str], set[str]] = {}  # the form's own numbers: 2 of 2.没有现成信息需要另行制作
        self.depths: dict[tuple[int, str], int] = {}  # labels that a line stands under: 2 for 1.属于国家秘密
        self._read_cells()
        self._read_variants()
        self.amount_lines = frozenset(self._lines_with_amounts())  # form_version, table_no, line_code

    def _add(self, text: str, label: Label) -> None:
        known = self.labels.setdefault(split_label(text).core, [])
        if label not in known:
            known.append(label)

    def _read_cells(self) -> None:
        columns: dict[tuple[str, int], dict[str, list[str]]] = {}
        found: dict[tuple[str, int, str, str, str], set[str]] = {}
        with (FORM_SEEDS / "form_cells.csv").open(encoding="utf-8", newline="") as file:
            for cell in csv.DictReader(file):
                table = (cell["form_version"], int(cell["table_no"]))
                ordinal = split_label(cell["line_label"]).ordinal
                self.ordinals.setdefault((table[1], cell["line_code"]), set()).add(ordinal)
                parents = cell["parent_label"].split(" > ") if cell["parent_label"] else []
                self.depths[table[1], cell["line_code"]] = len(parents)
                columns.setdefault(table, {}).setdefault(cell["line_code"], []).append(cell["column_code"])
                for role, code, text in (
                    ("line", cell["line_code"], cell["line_label"]),
                    ("column", cell["column_code"], cell["column_label"]),
                ):
                    found.setdefault((role, cell["table_no"], code, text, ""), set()).add(cell["form_version"])
        for (role, table_no, code, text, _), versions in found.items():
            self._add(text, Label(role, versions.pop() if len(versions) == 1 else "", int(table_no), code))
        for (version, table_no), lines in columns.items():
            self.tables[version, table_no] = Form(version, table_no, {k: tuple(v) for k, v in lines.items()})

    def _read_variants(self) -> None:
        with (FORM_SEEDS / "label_variants.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                self._add(row["variant"], Label(row["role"], row["form_version"], int(row["table_no"]), row["code"]))

    def _lines_with_amounts(self) -> Iterator[tuple[str, int, str]]:
        with (FORM_SEEDS / "form_column_names.csv").open(encoding="utf-8", newline="") as file:
            units = {(int(row["table_no"]), row["column_code"]): row["unit_code"] for row in csv.DictReader(file)}
        for (version, table_no), form in self.tables.items():
            for line_code, columns in form.columns.items():
                if any(units[table_no, column_code] != "count" for column_code in columns):
                    yield version, table_no, line_code

    def match(self, text: str) -> tuple[str, list[Label]]:
        """The ordinal of a cell's text and all labels it may be; exact on the normalised text, never by likeness."""
        split = split_label(text)
        found = self.labels.get(split.core) or self.labels.get(split.short)
        if not found and (number := _BARE_NUMBER.match(split.core)):  # 1 属于国家秘密
            return number[1], self.labels.get(split.core[number.end() :], [])
        return split.ordinal, found or []

    def unglued(self, text: str) -> tuple[str, str] | None:
        """Digits of the cell before, and the label they were glued to (``42.没有现成…`` is 4 and 2.没有现成…).

        The label's own number is known from the form; where the document numbers otherwise, nothing is parted.
        """
        found = _DIGITS_BEFORE_LABEL.match(text)
        if not found:
            return None
        digits, rest = found.groups()
        if rest[0] not in _POINTS:
            return (digits, rest) if self.match(rest)[1] else None
        ordinal, labels = self.match(digits[-1] + rest)
        own = {ordinal for label in labels for ordinal in self.ordinals.get((label.table_no, label.code), ())}
        return (digits[:-1], digits[-1] + rest) if len(digits) > 1 and _is_line(labels) and ordinal in own else None

    def columns(self, form_version: str, table_no: int, line_code: str) -> tuple[str, ...]:
        """Column codes of a line in printed order; empty where this form has no such line."""
        return self.tables[form_version, table_no].columns.get(line_code, ())


@cache
def forms() -> Forms:
    """The forms, read once per process."""
    return Forms()

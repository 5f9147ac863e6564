"""The words of the interface: both languages say the same things, and nothing is asked for that is not there."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from dashboard import i18n, warehouse

_SOURCES = sorted(Path(i18n.__file__).resolve().parents[1].rglob("*.py"))
_CALL = re.compile(r"""\bt\(\s*(f?)(?:"([^"]+)"|'([^']+)')""")
_COUNTED = re.compile(r"""\bcounted\(\s*t,\s*(f?)"([^"]+)\"""")
_CHOICE = re.compile(r"""\bt\(\s*"([^"]+)" if [^)]*? else (f?)"([^"]+)\"""")
_KNOWN = re.compile(r"""\bt\.known\(\s*"([^"]+)\"""")


def strings(language: str) -> dict[str, str]:
    return i18n._strings(language)


def used() -> set[str]:
    """Every key the pages ask for; where a part is filled in at run time it is written ``*``."""
    keys = set()
    for source in _SOURCES:
        text = source.read_text(encoding="utf-8")
        keys |= {_pattern(a or b, bool(is_format)) for is_format, a, b in _CALL.findall(text)}
        keys |= {_pattern(key, bool(is_format)) for _, is_format, key in _CHOICE.findall(text)}
        keys |= {_pattern(key, bool(is_format)) for is_format, key in _COUNTED.findall(text)}
        keys |= {f"{group}.*" for group in _KNOWN.findall(text)}
    return {key for key in keys if not key.startswith("x.")}


def _pattern(key: str, is_format: bool) -> str:
    return re.sub(r"\{.*\}", "*", key) if is_format else key


def test_both_languages_have_the_same_keys() -> None:
    assert strings("zh").keys() == strings("en").keys()


def test_both_languages_fill_in_the_same_values() -> None:
    def places(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    differing = {key for key, text in strings("zh").items() if places(text) != places(strings("en")[key])}
    assert differing == set()


def test_every_key_that_is_asked_for_exists() -> None:
    known = strings("zh").keys()
    missing = {
        key for key in used() if not any(re.fullmatch(re.escape(key).replace(r"\*", ".+"), have) for have in known)
    }
    assert missing == set()


def test_every_word_is_asked_for_somewhere() -> None:
    patterns = [re.escape(key).replace(r"\*", ".+") for key in used()]
    assert {key for key in strings("zh") if not any(re.fullmatch(pattern, key) for pattern in patterns)} == set()


def test_no_chinese_is_left_in_the_english_interface() -> None:
    allowed = {"unit.wan_yuan", "unit_short.wan_yuan"}
    assert {key for key, text in strings("en").items() if re.search(r"[\u4e00-\u9fff]", text)} <= allowed


@pytest.mark.parametrize("source", _SOURCES, ids=lambda path: path.name)
def test_python_holds_no_sql_and_no_chinese_for_readers(source: Path) -> None:
    """Words belong in i18n, queries in queries/. Comments and docstrings may say what they like."""
    code = re.sub(r'"""[\s\S]*?"""|#.*', "", source.read_text(encoding="utf-8"))
    # The difference in equation_text is data, written there by the warehouse.
    assert re.findall(r"[\u4e00-\u9fff]+", code.replace(" (差 ", "")) == []
    assert re.findall(r"(?i)\bselect\b.+\bfrom\b|\.execute\(\s*[\"']", code) == []


def test_queries_read_published_schemas_only() -> None:
    for file in warehouse.QUERIES.rglob("*.sql"):
        text = re.sub(r"--.*", "", file.read_text(encoding="utf-8"))
        local = set(re.findall(r"(?:with(?: recursive)?|,)\s*(\w+)(?: \([^)]*\))? as \(", text))
        tables = set(re.findall(r"\b(?:from|join)\s+([\w.]+)", text))
        schemas = {table.split(".")[0] for table in tables - local}
        # duckdb_columns() is the published file's own list of columns, with the comments the dictionary shows.
        assert schemas <= {"marts", "quality", "reference", "meta", "duckdb_columns"}, file.name

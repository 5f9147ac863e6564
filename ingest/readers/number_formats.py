"""What a spreadsheet prints for a number: the number itself, a date, a percentage, or with the unit of its format.

A format that prints another magnitude than the cell holds (``0.0,`` prints 12345 as 12.3) makes the number no plain
figure: it comes out beside its format, which nobody takes for one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from ingest import limits

_SIGNIFICANT_DIGITS = 15  # what a spreadsheet keeps; the rest is the noise of binary fractions
_BUILT_IN_DATES = {*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)}
_BUILT_IN_PERCENT = {9, 10}
_LITERAL = re.compile(r'"[^"]*"|[\\!].')
_FILLING = re.compile(r"[_*].|\[(?!h+\]|m+\]|s+\])[^\]]*\]", re.IGNORECASE)
_LAST_DATE = 2_958_465  # 31 December 9999
_SHORTEST_MONTHS = 60  # a spreadsheet believes in 29 February 1900 and counts the days before it one off


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """How a style prints numbers. ``kind`` is number, date, percent or scaled; ``code`` what the file says.

    ``unit`` is the text after a number, ``negative_unit`` that after a negative one.
    """

    kind: str = "number"
    unit: str = ""
    negative_unit: str = ""
    code: str = ""


PLAIN = NumberFormat()


def number_format(format_id: int, code: str | None) -> NumberFormat:
    """The format of a style, from its number and, where the file defines it, its code."""
    if code is None:
        kind = "date" if format_id in _BUILT_IN_DATES else "percent" if format_id in _BUILT_IN_PERCENT else "number"
        return NumberFormat(kind)
    if len(code) > limits.MAX_FORMAT_CHARS:
        return NumberFormat("scaled", code=f"{code[:20]}…")
    sections = _LITERAL.sub(_as_quoted, code).split(";")
    bare = re.sub(r'"[^"]*"', "", _FILLING.sub("", sections[0]))
    if re.search(r"[ymdhs]", bare.replace("General", ""), re.IGNORECASE):
        return NumberFormat("date", code=code)
    if "%" in bare:
        return NumberFormat("percent", code=code)
    if re.search(r"[0#?],+(?![0#?,])", bare) or re.search(r'[0#?]"[.]"', sections[0]):
        return NumberFormat("scaled", code=code)
    units = [_unit(section) for section in sections[:2]]
    return NumberFormat("number", units[0], units[-1], code)


def _as_quoted(found: re.Match[str]) -> str:
    text = found[0]
    return text.replace(";", " ") if text.startswith('"') else f'"{text[1:]}"' if text[1:] not in ';"' else ""


def _unit(section: str) -> str:
    """The text a format prints right after the number: ``0.00"万元"``."""
    found = re.search(r'[0#?l]((?:"[^"]*")+)\s*$', _FILLING.sub("", section))
    return found[1].replace('"', "").strip() if found else ""


def printed(text: str, style: NumberFormat, *, from_1904: bool = False) -> str:
    """A number as its cell shows it; ``text`` is what the file holds. What is no number comes out as it is."""
    if style is PLAIN and len(text) <= _SIGNIFICANT_DIGITS and text.isdecimal() and text.isascii():
        return text if text[0] != "0" else str(int(text))
    try:
        number = Decimal(text.strip())
        if not number.is_finite() or abs(number.adjusted()) > 300:
            return text
    except InvalidOperation:
        return text
    if style.kind == "date":
        return _date(number, from_1904)
    if style.kind == "percent":
        return f"{plain(number * 100)}%"
    if style.kind == "scaled":
        return f"{plain(number)} [{style.code}]"
    return plain(number) + (style.negative_unit if number < 0 else style.unit)


def plain(number: Decimal) -> str:
    """Digits without exponent, trailing zeros or the noise behind the fifteenth significant digit."""
    if number == number.to_integral_value() and number.adjusted() < _SIGNIFICANT_DIGITS:
        return str(int(number))
    digits = f"{Decimal(f'{number:.{_SIGNIFICANT_DIGITS}g}'):f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _date(number: Decimal, from_1904: bool) -> str:
    if not 0 <= number <= _LAST_DATE:
        return f"{plain(number)} [date]"
    days, part = divmod(number, 1)
    seconds = round(part * 86_400)
    if days == 0 and seconds:
        return str(timedelta(seconds=seconds))
    first = date(1904, 1, 1) if from_1904 else date(1899, 12, 30 if days >= _SHORTEST_MONTHS else 31)
    try:
        day = first + timedelta(days=int(days))
    except OverflowError:
        return f"{plain(number)} [date]"
    return (datetime(day.year, day.month, day.day) + timedelta(seconds=seconds)).isoformat(" ") if seconds else str(day)

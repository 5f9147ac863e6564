"""How figures are printed: units, sign words, thousands, full width, and cells left blank or struck out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from benchmarks.generate.figures import Form
from benchmarks.generate.forms import CellKey

FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
NOT_APPLICABLE = ("/", "-", "—", "不适用")
TEN_THOUSAND, HUNDRED_MILLION = Decimal(10_000), Decimal(100_000_000)
AMOUNT_UNITS = {"": Decimal(1), "元": Decimal(1), "万元": TEN_THOUSAND, "亿元": HUNDRED_MILLION}


@dataclass(frozen=True, slots=True)
class Printed:
    """One cell as printed and what it means. ``value`` is None unless ``status`` is reported."""

    text: str
    value: Decimal | None
    status: str = "reported"


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """How one office prints its figures. Rates are shares of cells, 0 to 1."""

    item_units: bool = False  # 231项, 增加1297项, 3175起
    sign_words: bool = False  # 增加 / 减少 and a plus before an increase
    rounded: bool = False  # 31.2万件
    thousands: bool = False
    full_width: bool = False
    amount_unit: str = ""
    blank_rate: float = 0.0  # of cells whose value is 0: local rules say 没有数据则留空
    blank_total_rate: float = 0.0  # of 总计 cells of 表三
    not_applicable_rate: float = 0.0  # of cells whose value is 0


def plain(value: Decimal) -> str:
    """A number without exponent and trailing zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def print_form(form: Form, style: NumberStyle, rng: Random) -> Mapping[CellKey, Printed]:
    """Every cell of the form as printed; a rounded figure is what the document then says."""
    return {key: _print_cell(key, value, style, rng) for key, value in form.values.items()}


def _print_cell(key: CellKey, value: Decimal, style: NumberStyle, rng: Random) -> Printed:
    blank_rate = style.blank_rate if value == 0 else 0.0
    if key.table_no == 3 and key.column_code == "total":
        blank_rate = max(blank_rate, style.blank_total_rate)
    if rng.random() < blank_rate:
        return Printed("", None, "blank")
    if value == 0 and rng.random() < style.not_applicable_rate:
        return Printed(rng.choice(NOT_APPLICABLE), None, "not_applicable")
    return print_figure(key, value, style, rng)


def print_figure(key: CellKey, value: Decimal, style: NumberStyle, rng: Random) -> Printed:
    """One figure as printed, whatever it is: never left blank."""
    printed = _proactive(key, value, style, rng) if key.table_no == 2 else Printed(_digits(value, style), value)
    return Printed(printed.text.translate(FULL_WIDTH), printed.value) if style.full_width else printed


def _digits(value: Decimal, style: NumberStyle) -> str:
    return f"{value:,}" if style.thousands and value == value.to_integral_value() else plain(value)


def _proactive(key: CellKey, value: Decimal, style: NumberStyle, rng: Random) -> Printed:
    if key.column_code == "procurement_amount":
        # A small amount in 亿元 would be rounded away.
        unit = "万元" if style.amount_unit == "亿元" and value < HUNDRED_MILLION else style.amount_unit
        amount = round(value / AMOUNT_UNITS[unit], 3)
        return Printed(plain(amount) + (unit if amount else ""), amount * AMOUNT_UNITS[unit])
    if key.column_code == "fee_amount":
        if style.amount_unit == "元":
            return Printed(plain(value * TEN_THOUSAND) + "元", value)
        return Printed(plain(value) + (style.amount_unit if style.amount_unit == "万元" else ""), value)
    if key.column_code == "items_change" and style.sign_words and value:
        word = rng.choice(("增加", "增", "+")) if value > 0 else rng.choice(("减少", "减", "-"))
        return Printed(word + _digits(abs(value), style) + ("项" if style.item_units else ""), value)
    if key.column_code == "decisions" and style.rounded and value > TEN_THOUSAND:
        amount = round(value / TEN_THOUSAND, 1)
        return Printed(plain(amount) + "万件", amount * TEN_THOUSAND)
    if key.column_code in ("made", "issued") and style.item_units and value > 1:
        return Printed(f"{_digits(value, style)}（其中修订{rng.randint(1, int(value) - 1)}件）", value)
    unit = ("件" if key.column_code == "decisions" else "项") if style.item_units and value else ""
    return Printed(_digits(value, style) + unit, value)

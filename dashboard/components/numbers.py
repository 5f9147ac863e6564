"""How figures are written: exact, grouped by thousands, with a true minus sign."""

from __future__ import annotations

from decimal import Decimal

from dashboard.i18n import Texts

# Below this many cases a percentage says more than the figures do: the fraction is shown instead.
SMALL_DENOMINATOR = 20

# Chinese counts in ten thousands, English in thousands; each has words for three steps.
_DIGITS_A_STEP = {"zh": 4, "en": 3}
_STEPS = (3, 2, 1)


def figure(value: Decimal | int | None) -> str:
    """``1234.500000`` → ``1,234.5``; None → empty. Nothing is rounded."""
    if value is None:
        return ""
    text = f"{Decimal(value):,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace("-", "−")


def short(value: Decimal | int | None, t: Texts) -> str:
    """A large figure as it is spoken of, to three digits: only where the exact one is at hand."""
    if value is None:
        return ""
    for step in _STEPS:
        size = 10 ** (_DIGITS_A_STEP[t.language] * step)
        if abs(value) >= size:
            return figure(Decimal(f"{Decimal(value) / size:.3g}")) + t(f"number.step_{step}")
    return figure(value)


def axis_expression(t: Texts) -> str:
    """The same for the axis of a chart, as a Vega expression over ``datum.value``."""
    expression = "format(datum.value, ',')"
    for step in reversed(_STEPS):
        size = 10 ** (_DIGITS_A_STEP[t.language] * step)
        word = t(f"number.step_{step}")
        expression = f"abs(datum.value) >= {size} ? format(datum.value / {size}, ',.3~r') + '{word}' : {expression}"
    return expression


def share(value: Decimal | float | None, *, digits: int = 1) -> str:
    """A rate between 0 and 1 as a percentage; 1 is the number of decimals in tables and text."""
    return "" if value is None else f"{value:.{digits}%}"


def signed_share(value: Decimal | float | None) -> str:
    """A change as a percentage with its sign: ``+3.1%``, ``−18.6%``, ``0.0%``."""
    if value is None:
        return ""
    text = f"{value:+.1%}"
    return text.replace("-", "−") if text[1:] != "0.0%" else text[1:]


def signed(value: Decimal | float | None) -> str:
    """A difference with its sign and one decimal: ``+0.3``, ``−5.2``, ``0.0``."""
    if value is None:
        return ""
    text = f"{value:+.1f}"
    return text.replace("-", "−") if text[1:] != "0.0" else text[1:]


def fraction(numerator: Decimal | None, denominator: Decimal | None) -> str:
    """``163/231``."""
    return f"{figure(numerator)}/{figure(denominator)}"


def grouped(text: str) -> str:
    """A printed figure without its thousands separators and spaces, to see whether it says more than the number."""
    return text.replace(",", "").replace("，", "").replace(" ", "").replace("\u3000", "").replace("-", "−")

"""How figures are written: exact, grouped by thousands, with a true minus sign."""

from __future__ import annotations

from decimal import Decimal

# Below this many cases a percentage says more than the figures do: the fraction is shown instead.
SMALL_DENOMINATOR = 20


def figure(value: Decimal | int | None) -> str:
    """``1234.500000`` → ``1,234.5``; None → empty. Nothing is rounded."""
    if value is None:
        return ""
    text = f"{Decimal(value):,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace("-", "−")


def share(value: Decimal | float | None) -> str:
    """A rate between 0 and 1 as a percentage with one decimal."""
    return "" if value is None else f"{value:.1%}"


def signed_share(value: Decimal | float | None) -> str:
    """A change as a percentage with its sign: ``+3.1%``, ``−18.6%``, ``0.0%``."""
    if value is None:
        return ""
    text = f"{value:+.1%}"
    return text.replace("-", "−") if text[1:] != "0.0%" else text[1:]


def fraction(numerator: Decimal | None, denominator: Decimal | None) -> str:
    """``163/231``."""
    return f"{figure(numerator)}/{figure(denominator)}"


def grouped(text: str) -> str:
    """A printed figure without its thousands separators and spaces, to see whether it says more than the number."""
    return text.replace(",", "").replace("，", "").replace(" ", "").replace("\u3000", "").replace("-", "−")

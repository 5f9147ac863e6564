"""What charts are made of: series, points, symbols, and the frame of a Vega-Lite specification.

The specifications are written out as they are: Altair's objects check and copy themselves for 0.2 s a chart, which a
page with ten of them cannot wait for. A test checks them by Altair's schema instead.

Colours are variables of the stylesheet, so a chart follows light, dark and print without being drawn again. Positions
are floats; what is read is exact text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from dashboard.i18n import Texts

Record = dict[str, str | int | float | bool | None]
Spec = dict[str, Any]

# Symbols on the square from -1 to 1: the same outlines are drawn by Vega and, in the keys, by HTML.
SERIES_SHAPES = (
    "M1,0A1,1,0,1,1,-1,0A1,1,0,1,1,1,0Z",
    "M-0.88,-0.88H0.88V0.88H-0.88Z",
    "M0,-1.1L1.05,0.85H-1.05Z",
    "M0,-1.25L1,0L0,1.25L-1,0Z",
    "M0,1.1L1.05,-0.85H-1.05Z",
    "M-0.95,-0.35H-0.35V-0.95H0.35V-0.35H0.95V0.35H0.35V0.95H-0.35V0.35H-0.95Z",
)
SERIES_DASHES = ((1, 0), (7, 3), (2, 2), (9, 3, 2, 3), (4, 2), (1, 4))
STATUS_SHAPES: Mapping[str, str] = {
    "no_report": "M-1,-1L1,1M-1,1L1,-1",
    "missing": "M-1,-1H1V1H-1ZM-1,1L1,-1M-1,0L0,-1M0,1L1,0",
    "blank": "M-1,-1H1V1H-1Z",
    "not_applicable": "M-1,0H1",
    "unreadable": "M-1,0.4Q-0.5,-0.9,0,0T1,-0.4",
    "no_cases": "M1,0A1,1,0,1,1,-1,0A1,1,0,1,1,1,0Z",
    "not_available": "M0,1.1L1.05,-0.85H-1.05Z",
    "mixed_forms": "M-1,-1V1L1,-1V1Z",
    "unstated": "M0,-1.25L1,0L0,1.25L-1,0Z",
    "partial": "M1,0A1,1,0,0,1,-1,0Z",
    "few_cases": "M-1,1V-0.4M0,1V-1M1,1V-0.4",
    "other_form": "M-1,-0.5H1M-1,0.5H1",
}
OTHER_SHAPE = STATUS_SHAPES["not_available"]

INK, MUTED, PAPER, STRONG_RULE = "var(--ink)", "var(--muted)", "var(--paper)", "var(--rule-strong)"
_FONT = "Source Sans, Noto Sans CJK SC, Noto Sans SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, sans-serif"
_AXIS = {"labelFont": _FONT, "titleFont": _FONT, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal"}
_CONFIG = {
    "font": _FONT,
    "background": "transparent",
    "view": {"stroke": None},
    "axis": {
        **_AXIS,
        "labelColor": MUTED,
        "titleColor": MUTED,
        "gridColor": "var(--rule)",
        "domainColor": STRONG_RULE,
        "tickColor": STRONG_RULE,
    },
}


@dataclass(frozen=True)
class Series:
    """What one line, or one part of a bar, stands for; ``short`` is what fits into a bar, ``metric`` the metric that
    says what is counted. ``look`` numbers colour, dash and symbol, where the same series has to look the same in
    another chart; else they follow the order."""

    code: str
    name: str
    short: str = ""
    metric: str = ""
    look: int | None = None


@dataclass(frozen=True)
class Point:
    """One series in one year: a value or the reason there is none.

    ``basis`` says what the value rests on: neighbours are joined only where it is the same and not empty, so a series
    that counts otherwise after a change of form, or a sum that lacks members, is never one line with the rest.
    ``standing`` says the basis in words, and is written where it changes; ``reason`` and ``severity`` say of a doubtful
    figure what is doubtful and how it is marked. ``exact`` is the value as it is read,
    ``coverage`` n of N, ``low`` and ``high`` an interval; ``page`` and ``parameters`` lead to where it is printed.
    """

    series: str
    year: int
    value: Decimal | float | None
    status: str = "reported"
    basis: str = ""
    exact: str = ""
    is_doubtful: bool = False
    reason: str = ""
    severity: str = "hard"
    coverage: tuple[int, int] | None = None
    standing: str = ""
    low: float | None = None
    high: float | None = None
    page: str = ""
    parameters: Mapping[str, str | int | None] = field(default_factory=dict)

    @property
    def is_partial(self) -> bool:
        return self.coverage is not None and self.coverage[0] < self.coverage[1]


@dataclass(frozen=True)
class Bar:
    """One row of a chart of shares: a year, an agency. Without parts, ``status`` says why."""

    code: str
    name: str
    total: str = ""
    status: str = "reported"
    form: str = ""
    is_doubtful: bool = False


@dataclass(frozen=True)
class Part:
    """One series' share (0-1) of a bar, with the exact figures behind it; ``label`` is written instead of the share."""

    bar: str
    series: str
    share: float
    exact: str
    note: str = ""
    label: str = ""


def looks_of(series: Sequence[Series]) -> list[int]:
    """The number of the colour, dash and symbol of each series."""
    asked = [number if entry.look is None else entry.look for number, entry in enumerate(series)]
    return [look % len(SERIES_SHAPES) for look in asked]


def status_word(status: str, t: Texts) -> str:
    """``缺失``, ``无报告``: a status in a word."""
    return t.known("chart.status", status, t.known("status_short", status))


def framed(layers: Sequence[Spec], *, height: int) -> Spec:
    """Layers as a chart as wide as its place. Heights are exact: what stands below the zero line is placed by them."""
    return {
        # A layer without marks would be an image without a name to a screen reader.
        "layer": [layer for layer in layers if layer["data"]["values"]],
        # Shapes tell series in one layer and reasons for no value in another.
        "resolve": {"scale": {"shape": "independent"}},
        "height": height,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "config": _CONFIG,
        # Vega's own menu would offer to send the figures to an editor on another host.
        "usermeta": {"embedOptions": {"actions": False, "renderer": "svg"}},
    }


def layer(records: Sequence[Record], mark: str, encoding: Spec, **look: Any) -> Spec:
    """One layer; only marks with a tooltip are told to screen readers one by one."""
    return {
        "data": {"values": list(records)},
        "mark": {"type": mark, **look, **({} if "tooltip" in encoding else {"aria": False})},
        "encoding": encoding,
    }


def text(name: str, *, when: str = "") -> Spec:
    """The field as text; with ``when``, a Vega expression, only where that holds."""
    shown = {"field": name, "type": "nominal"}
    return {"condition": {"test": when, **shown}, "value": ""} if when else shown


def nominal(name: str, codes: Sequence[str], looks: Sequence[Any]) -> Spec:
    """A field whose codes look as given; keys are drawn in HTML, so without a legend of Vega's."""
    return {
        "field": name,
        "type": "nominal",
        "scale": {"domain": list(codes), "range": list(looks)},
        "legend": None,
    }


def of_status(records: Sequence[Record]) -> Spec:
    """The shape of a reason for no value."""
    statuses = sorted({str(record["status"]) for record in records})
    return nominal("status", statuses, [STATUS_SHAPES.get(status, OTHER_SHAPE) for status in statuses])


def room(label: str) -> int:
    """About how many pixels a label takes."""
    return 10 + sum(12 if ord(character) > 0x2E80 else 7 for character in label)


def tooltip(t: Texts) -> list[Spec]:
    return [
        {"field": name, "type": "nominal", "title": t(f"chart.tooltip_{name}")}
        for name in ("when", "what", "told", "note")
    ]

"""Shares of a whole as bars of 100 %, a row each. Pages call ``charts.py``."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import pairwise

from dashboard.components import numbers
from dashboard.components.chart_specs import (
    INK,
    MUTED,
    SERIES_SHAPES,
    Bar,
    Part,
    Record,
    Series,
    Spec,
    framed,
    layer,
    nominal,
    of_status,
    room,
    status_word,
    text,
    tooltip,
)
from dashboard.i18n import Texts

_BAR_ROW = 30
_DOMAIN = 1.14  # room for the total behind a bar of 100 %
_WIDTH = f"(datum.end - datum.start) * width / {_DOMAIN}"


def bar_chart(bars: Sequence[Bar], series: Sequence[Series], parts: Sequence[Part], t: Texts) -> Spec:
    """Bars of 100 %, one row each. A row whose parts are not all known has none: its shares would be made up."""
    y = {
        "field": "bar",
        "type": "nominal",
        "scale": {"domain": [bar.code for bar in bars], "paddingInner": 0.28, "paddingOuter": 0.14},
        "axis": {
            "title": None,
            "ticks": False,
            "domain": False,
            "labelExpr": _lookup({bar.code: bar.name for bar in bars}),
            "labelLimit": 190,
            "labelColor": INK,
            "labelPadding": 8,
        },
    }
    x = {
        "field": "start",
        "type": "quantitative",
        "scale": {"domain": [0, _DOMAIN], "nice": False},
        "axis": {"title": None, "values": [0, 0.25, 0.5, 0.75, 1], "format": ".0%", "grid": True},
    }
    records = _records(bars, series, parts)
    full = {record["bar"] for record in records}
    totals: list[Record] = [
        {"bar": bar.code, "start": 1.0, "label": f"{t('mark.hard')} {bar.total}" if bar.is_doubtful else bar.total}
        for bar in bars
        if bar.code in full
    ]
    codes = [entry.code for entry in series]
    looks = [number % len(SERIES_SHAPES) + 1 for number in range(len(codes))]
    middle = {"x": {**x, "field": "middle"}, "y": y}
    words = {"fontSize": 11.5, "color": INK}
    return framed(
        [
            layer(
                records,
                "bar",
                {
                    "x": x,
                    "x2": {"field": "end"},
                    "y": y,
                    "color": nominal("series", codes, [f"var(--fill-{number})" for number in looks]),
                    "stroke": nominal("series", codes, [f"var(--series-{number})" for number in looks]),
                    "tooltip": tooltip(t),
                },
                strokeWidth=1,
                opacity=1,
            ),
            # As much as there is room for, which the browser knows: name and share, the share alone, nothing.
            layer(records, "text", {**middle, "text": text("named", when=f"{_WIDTH} > datum.named_room")}, **words),
            layer(
                records,
                "text",
                {
                    **middle,
                    "text": text("label", when=f"{_WIDTH} > datum.label_room && {_WIDTH} <= datum.named_room"),
                },
                **words,
            ),
            layer(
                totals,
                "text",
                {"x": x, "y": y, "text": text("label")},
                align="left",
                dx=7,
                fontSize=11.5,
                color=MUTED,
            ),
            *_without_parts([bar for bar in bars if bar.code not in full], x, y, t),
            *_changes_of_form(bars, t),
        ],
        height=len(bars) * _BAR_ROW,
    )


def _records(bars: Sequence[Bar], series: Sequence[Series], parts: Sequence[Part]) -> list[Record]:
    order = {entry.code: number for number, entry in enumerate(series)}
    records: list[Record] = []
    for bar in bars:
        start = 0.0
        for part in sorted((part for part in parts if part.bar == bar.code), key=lambda part: order[part.series]):
            entry = series[order[part.series]]
            share = part.label or numbers.share(part.share, digits=0)
            named = f"{entry.short} {share}" if entry.short else share
            records.append(
                {
                    "bar": bar.code,
                    "series": entry.code,
                    "start": start,
                    "end": start + part.share,
                    "middle": start + part.share / 2,
                    "named": named,
                    "named_room": room(named),
                    "label": share,
                    "label_room": room(share),
                    "when": bar.name,
                    "what": entry.name,
                    "told": part.exact,
                    "note": part.note or "-",
                }
            )
            start += part.share
    return records


def _without_parts(bars: Sequence[Bar], x: Spec, y: Spec, t: Texts) -> list[Spec]:
    """The reason, by shape and word, where a bar would stand."""
    records: list[Record] = [
        {
            "bar": bar.code,
            "start": 0.0,
            "status": bar.status,
            "when": bar.name,
            "what": "-",
            "told": status_word(bar.status, t),
            "note": "-",
        }
        for bar in bars
    ]
    if not records:
        return []
    place = {"x": x, "y": y}
    symbol = {"filled": False, "size": 60, "strokeWidth": 1.4, "stroke": MUTED, "opacity": 1, "xOffset": 10}
    return [
        layer(records, "point", {**place, "shape": of_status(records), "tooltip": tooltip(t)}, **symbol),
        layer(records, "text", {**place, "text": text("told")}, align="left", dx=22, fontSize=11.5, color=MUTED),
    ]


def _changes_of_form(bars: Sequence[Bar], t: Texts) -> list[Spec]:
    """A line between two rows where the form changed."""
    layers = []
    for number, (before, after) in enumerate(pairwise(bars), start=1):
        if before.form and after.form and before.form != after.form:
            place = {"value": number * _BAR_ROW}
            word: list[Record] = [{"word": t("chart.form_below", form=after.form)}]
            layers += [
                layer(word, "rule", {"y": place}, color=INK, strokeDash=[2, 3], strokeWidth=1.2),
                layer(
                    word,
                    "text",
                    {"x": {"value": "width"}, "y": place, "text": text("word", when="width > 560")},
                    align="right",
                    baseline="top",
                    dy=3,
                    fontSize=10.5,
                    color=MUTED,
                ),
            ]
    return layers


def _lookup(names: Mapping[str, str]) -> str:
    """A Vega expression that writes a code as its name."""
    return f"({json.dumps(dict(names), ensure_ascii=False)})[datum.value] || datum.value"

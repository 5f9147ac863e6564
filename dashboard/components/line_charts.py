"""Series through the years, with nothing made up where nothing is.

A line joins two neighbouring years only where both have a value and the same basis; a year without one gets a mark of
its own below the zero line, by shape and word; where the form changed a line is drawn down the chart. Pages call
``charts.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from dashboard.components import numbers
from dashboard.components.chart_specs import (
    INK,
    MUTED,
    PAPER,
    SERIES_DASHES,
    SERIES_SHAPES,
    STRONG_RULE,
    Point,
    Record,
    Series,
    Spec,
    framed,
    layer,
    looks_of,
    nominal,
    of_status,
    room,
    status_word,
    text,
    tooltip,
)
from dashboard.i18n import Texts

# Where words stand at a point, in pixels, and which share of the scale is too close to another point for them.
_ABOVE, _BELOW, _NEAR = -13, 18, 0.13
_PLOT_HEIGHT = 230
_BAND_ROW = 20


def segments(points: Iterable[Point]) -> list[list[Point]]:
    """The runs of points that are one line: neighbouring years with values on the same basis. Lone points are runs."""
    runs: list[list[Point]] = []
    for point in sorted(points, key=lambda point: (point.series, point.year)):
        if point.value is None:
            continue
        last = runs[-1][-1] if runs else None
        if (
            last is not None
            and last.series == point.series
            and last.year + 1 == point.year
            and last.basis == point.basis != ""
        ):
            runs[-1].append(point)
        else:
            runs.append([point])
    return runs


def form_breaks(forms: Mapping[int, str]) -> dict[float, tuple[str, str]]:
    """Where the form changes from one known year to the next: the place between them, and both forms."""
    known = sorted((year, form) for year, form in forms.items() if form)
    return {
        (earlier + later) / 2: (before, after)
        for (earlier, before), (later, after) in pairwise(known)
        if before != after
    }


def line_chart(
    series: Sequence[Series],
    points: Sequence[Point],
    years: Sequence[int],
    t: Texts,
    *,
    unit: str,
    forms: Mapping[int, str] | None = None,
    is_share: bool = False,
    highest: float = 0,
) -> Spec:
    """Series through the years. ``forms``: the form of each year, where a change of it is to be drawn; ``highest``: the
    value the axis reaches at least, so that charts side by side have one scale."""
    band = _band(series, points, years, t)
    rows = 1 + max((int(record["row"] or 0) for record in band), default=-1)
    breaks = form_breaks(forms or {})
    x = {
        "field": "year",
        "type": "quantitative",
        "scale": {"domain": [min(years) - 0.5, max(years) + 0.5], "nice": False},
        "axis": {"values": list(years), "format": "d", "title": None, "grid": False, "labelOverlap": "parity"},
    }
    y = _value_axis(points, t, unit=unit, top=26 if breaks else 12, is_share=is_share, highest=highest)
    colour, shape, dash = _of_series(series)
    drawn = _drawn(points, series, t)
    runs: list[Record] = [
        {"year": point.year, "value": float(point.value), "series": point.series, "run": number}
        for number, run in enumerate(segments(points))
        for point in run
        if len(run) > 1 and point.value is not None
    ]
    intervals = [record for record in drawn if record["low"] is not None]
    place = {"x": x, "y": y, "color": colour}
    told = {"shape": shape, "tooltip": tooltip(t)}
    return framed(
        [
            layer([{"value": 0.0}], "rule", {"y": y}, color=STRONG_RULE),
            *_breaks(breaks, x, t),
            layer(
                runs,
                "line",
                {**place, "detail": {"field": "run", "type": "nominal"}, "strokeDash": dash},
                strokeWidth=2,
            ),
            layer(
                intervals,
                "rule",
                {**place, "y": {**y, "field": "low"}, "y2": {"field": "high"}},
                strokeWidth=1.5,
            ),
            layer(
                [record for record in drawn if not record["hollow"]],
                "point",
                {**place, **told},
                filled=True,
                size=70,
                opacity=1,
            ),
            # A doubtful figure is hollow, so that it is told apart in print and by those who see no colours.
            layer(
                [record for record in drawn if record["hollow"]],
                "point",
                {**place, **told},
                filled=False,
                fill=PAPER,
                size=80,
                strokeWidth=2,
                opacity=1,
            ),
            *(
                layer(marks, "text", {"x": x, "y": y, "text": text("mark")}, dy=dy, fontSize=11, color=INK)
                for dy, marks in _marks(drawn).items()
            ),
            *_band_layers(band, x, {"color": colour, "shape": shape}, len(years), t),
        ],
        height=_PLOT_HEIGHT + rows * _BAND_ROW + (8 if rows else 0),
    )


def _value_axis(points: Sequence[Point], t: Texts, *, unit: str, top: int, is_share: bool, highest: float) -> Spec:
    """The axis of values, from zero; whatever has no value stands below its zero line and above the axis of years."""
    values = [float(edge) for point in points for edge in (point.value, point.high, point.low) if edge is not None]
    return {
        "field": "value",
        "type": "quantitative",
        "scale": {
            "domain": [min([0.0, *values]), max([highest, 0.0, *values]) or 1.0],
            "nice": True,
            "range": [_PLOT_HEIGHT, top],
            "zero": True,
        },
        "axis": {
            "title": unit or None,
            "titleAngle": 0,
            "titleAlign": "right",
            "titleX": -6,
            "titleY": top - 14,
            "titleBaseline": "bottom",
            "tickCount": 5,
            "labelExpr": "format(datum.value, '.1~%')" if is_share else numbers.axis_expression(t),
            # Half a case is no label of an axis of cases.
            **({} if is_share else {"tickMinStep": 1}),
        },
    }


def _drawn(points: Sequence[Point], series: Sequence[Series], t: Texts) -> list[Record]:
    """What is drawn of the points with a value; where one stands on another basis than the year before, it says so."""
    before = {(point.series, point.year + 1): point for point in points if point.value is not None}
    said: set[tuple[int, str]] = set()
    records = []
    for point in points:
        if point.value is None:
            continue
        record = _record(point, series, t)
        last = before.get((point.series, point.year))
        if last is not None and last.standing != point.standing and (point.year, point.standing) not in said:
            said.add((point.year, point.standing))
            record["mark"] = "|".join(filter(None, (str(record["mark"]), point.standing)))
        records.append(record)
    return records


def _record(point: Point, series: Sequence[Series], t: Texts) -> Record:
    """What is drawn and told of one point."""
    marks = [
        t(f"mark.{point.severity}") if point.is_doubtful else None,
        t("mark.derived") if point.status == "derived" else None,
        "/".join(str(count) for count in point.coverage) if point.is_partial and point.coverage else None,
        "0" if point.value == 0 else None,
    ]
    notes = [
        t("chart.coverage", known=point.coverage[0], all=point.coverage[1]) if point.coverage else None,
        point.standing,
        t.known("chart.standing", point.status, "") if point.value is not None else None,
        point.reason or (t(f"legend.{point.severity}") if point.is_doubtful else None),
    ]
    return {
        "year": point.year,
        "series": point.series,
        "value": None if point.value is None else float(point.value),
        "low": point.low,
        "high": point.high,
        "hollow": point.is_doubtful,
        "mark": "|".join(mark for mark in marks if mark),
        "when": t("year", year=point.year),
        "what": next((entry.name for entry in series if entry.code == point.series), point.series),
        "told": point.exact or status_word(point.status, t),
        "note": "; ".join(note for note in notes if note) or "-",
    }


def _marks(drawn: Sequence[Record]) -> dict[int, list[Record]]:
    """What is written at points, by its distance from them: above, but below where another point is close above.
    Where several lie on one another, each word is written once."""
    words: dict[tuple[int, float], dict[str, None]] = {}
    for record in drawn:
        place = (int(record["year"] or 0), float(record["value"] or 0))
        words.setdefault(place, {}).update(dict.fromkeys(filter(None, str(record["mark"]).split("|"))))
    near = _NEAR * max((abs(value) for _, value in words), default=0.0)
    placed: dict[int, list[Record]] = {_ABOVE: [], _BELOW: []}
    for (year, value), marks in words.items():
        if marks:
            others = [other - value for of_year, other in words if of_year == year]
            has_room_below = value > near and not any(-near < way < 0 for way in others)
            dy = _BELOW if any(0 < way < near for way in others) and has_room_below else _ABOVE
            placed[dy].append({"year": year, "value": value, "mark": " ".join(marks)})
    return placed


def _band(series: Sequence[Series], points: Sequence[Point], years: Sequence[int], t: Texts) -> list[Record]:
    """A mark for everything without a value; one for all series of a year where they lack it for the same reason."""
    by_place = {(point.series, point.year): point for point in points}
    records: list[Record] = []
    rows: dict[str, int] = {}
    for year in years:
        here = [by_place.get((entry.code, year), Point(entry.code, year, None, status="no_report")) for entry in series]
        empty = [point for point in here if point.value is None]
        alike = len(empty) == len(here) and len({(point.status, point.exact) for point in empty}) == 1
        named = not alike and len(series) > 1
        for point in empty[:1] if alike else empty:
            record = _record(point, series, t)
            records.append(
                {
                    **record,
                    "what": "-" if alike and len(series) > 1 else record["what"],
                    "row": rows.setdefault(point.series, len(rows)) if named else 0,
                    "of_series": named,
                    "status": point.status,
                    "word": record["told"],
                    "word_room": room(str(record["told"])) + 12,
                }
            )
    return records


def _band_layers(band: Sequence[Record], x: Spec, looks: Spec, years: int, t: Texts) -> list[Spec]:
    """Rows of marks below the zero line; where a row is of one series only, its symbol stands before it."""
    layers = []
    for row in sorted({int(record["row"] or 0) for record in band}):
        of_row = [record for record in band if record["row"] == row]
        y = {"value": _PLOT_HEIGHT + 14 + row * _BAND_ROW}
        told = {"x": x, "y": y, "shape": of_status(of_row), "tooltip": tooltip(t)}
        words = {"x": x, "y": y, "text": text("word", when=f"width / {years} > datum.word_room")}
        layers += [
            layer(of_row, "point", told, filled=False, size=60, strokeWidth=1.4, stroke=MUTED, opacity=1),
            layer(of_row, "text", words, align="left", dx=9, fontSize=11, color=MUTED),
        ]
        named = [record for record in of_row if record["of_series"]][:1]
        if named:
            layers.append(
                layer(named, "point", {"x": {"value": -12}, "y": y, **looks}, filled=True, size=45, opacity=1)
            )
    return layers


def _breaks(breaks: Mapping[float, tuple[str, str]], x: Spec, t: Texts) -> list[Spec]:
    """A line down the chart where the form changed, with the name of the form on either side."""
    records: list[Record] = [
        {"year": place, "before": t("chart.form_before", form=before), "after": t("chart.form_after", form=after)}
        for place, (before, after) in breaks.items()
    ]
    if not records:
        return []
    words = {"fontSize": 11, "color": MUTED, "baseline": "top"}
    top = {"x": x, "y": {"value": 0}}
    return [
        layer(records, "rule", {"x": x}, color=INK, strokeDash=[2, 3], strokeWidth=1.2),
        layer(records, "text", {**top, "text": text("before")}, align="right", dx=-6, **words),
        layer(records, "text", {**top, "text": text("after")}, align="left", dx=6, **words),
    ]


def _of_series(series: Sequence[Series]) -> tuple[Spec, Spec, Spec]:
    codes = [entry.code for entry in series]
    looks = looks_of(series)
    return (
        nominal("series", codes, [f"var(--series-{number + 1})" for number in looks]),
        nominal("series", codes, [SERIES_SHAPES[number] for number in looks]),
        nominal("series", codes, [list(SERIES_DASHES[number]) for number in looks]),
    )

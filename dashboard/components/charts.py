"""The one way a chart comes onto a page: heading, key, drawing, a sentence that says what it shows, and its figures.

``lines`` draws series through the years, ``bars`` shares of a whole; both also give the same figures as an HTML table
in a fold-out, each with its link, so that nothing can be read from the picture alone.
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.components import numbers
from dashboard.components.bar_charts import bar_chart
from dashboard.components.cards import table
from dashboard.components.chart_specs import (
    SERIES_DASHES,
    SERIES_SHAPES,
    STATUS_SHAPES,
    Bar,
    Part,
    Point,
    Series,
    Spec,
    looks_of,
    status_word,
)
from dashboard.components.entries import metric_link
from dashboard.components.line_charts import line_chart
from dashboard.components.markup import Child, Markup, el, join
from dashboard.components.page import Page
from dashboard.i18n import Texts

__all__ = ["Bar", "Part", "Point", "Series", "bars", "legend", "lines", "point_cell", "series_name"]

# What may stand where a figure is expected; every page's legend shows these.
_LEGEND_STATUSES = ("no_report", "missing", "blank", "not_applicable", "unreadable")


def lines(
    page: Page,
    key: str,
    *,
    title: Child,
    note: Child = None,
    sentence: Child,
    series: Sequence[Series],
    points: Sequence[Point],
    years: Sequence[int],
    unit: str,
    forms: Mapping[int, str] | None = None,
    is_share: bool = False,
    highest: float = 0,
    columns: Sequence[tuple[str, Mapping[int, Child]]] = (),
    files: Markup | None = None,
    heading: str = "h2",
) -> None:
    """Series through the years. ``columns``: further columns of the table, by year; ``files``: links to its files."""
    figures = join([_year_table(page, title, series, points, years=years, columns=columns), files])
    # A line needs two years; a lone point in an empty picture says less than its table.
    chart = (
        line_chart(series, points, years, page.t, unit=unit, forms=forms, is_share=is_share, highest=highest)
        if years[1:]
        else None
    )
    is_named = len(series) > 1 or (heading != "h2" and series[0].name != title)
    keys = series_key(series, page) if chart and is_named else None
    _frame(page, key, chart, figures, title=title, note=note, keys=keys, sentence=sentence, heading=heading)


def bars(
    page: Page,
    key: str,
    *,
    title: Child,
    note: Child = None,
    sentence: Child,
    rows: Sequence[Bar],
    series: Sequence[Series],
    parts: Sequence[Part],
    figures: Markup,
    heading: str = "h2",
) -> None:
    """Shares of a whole, one bar a row; ``figures`` is the table that holds the exact ones."""
    chart, keys = bar_chart(rows, series, parts, page.t), fill_key(series, page)
    _frame(page, key, chart, figures, title=title, note=note, keys=keys, sentence=sentence, heading=heading)


def _frame(
    page: Page,
    key: str,
    chart: Spec | None,
    figures: Markup,
    *,
    title: Child,
    note: Child,
    keys: Markup | None,
    sentence: Child,
    heading: str,
) -> None:
    t = page.t
    with st.container(key=f"chart-{key}", gap="xsmall"):
        page.show(
            el("section", el(heading, title, el("small", note) if note else None), keys, class_="chart-head"),
            key=f"{key}:head",
        )
        if chart is None:
            page.show(el("p", sentence, class_="sentence"), figures, key=f"{key}:figures")
            return
        # The sentence, without its markup, is also what a screen reader says of the picture.
        said = plain(join([title, t("list_dot"), sentence]))
        st.vega_lite_chart(chart, theme=None, key=f"{key}:chart", alt=said)
        page.show(
            el("p", sentence, class_="sentence"),
            el("details", el("summary", t("chart.table")), figures, class_="figures"),
            key=f"{key}:figures",
        )


def plain(markup: Markup) -> str:
    """Text without tags, for places that hold no markup."""
    text, inside = [], False
    for character in markup:
        if character == "<":
            inside = True
        elif character == ">":
            inside = False
        elif not inside:
            text.append(character)
    return html.unescape("".join(text))


def _year_table(
    page: Page,
    title: Child,
    series: Sequence[Series],
    points: Sequence[Point],
    *,
    years: Sequence[int],
    columns: Sequence[tuple[str, Mapping[int, Child]]],
) -> Markup:
    t = page.t
    by_place = {(point.year, point.series): point for point in points}
    heads = el(
        "tr",
        el("th", t("filter.year"), scope="col"),
        [el("th", series_name(entry, page), scope="col", class_="number") for entry in series],
        [el("th", name, scope="col") for name, _ in columns],
    )
    rows = [
        el(
            "tr",
            el("th", t("year", year=year), scope="row"),
            [
                el("td", point_cell(by_place.get((year, entry.code)), page), class_="number", data_series=entry.code)
                for entry in series
            ],
            [el("td", cells.get(year)) for _, cells in columns],
            data_year=year,
        )
        for year in years
    ]
    return table(heads, rows, class_="chart-figures", label=plain(join(title)))


def point_cell(point: Point | None, page: Page, *, status: str = "no_report", with_coverage: bool = True) -> Markup:
    """A figure of a chart in a table: exact, linked, with its marks and coverage; or why there is none."""
    t = page.t
    if point is None or point.value is None:
        status = point.status if point else status
        word = el("span", status_word(status, t), class_=f"swatch is-{status}")
        if point is None or not point.exact:
            return word
        return join([_linked(point, page), " ", word, _doubt(point, t) if point.is_doubtful else None])
    marks = []
    if point.status == "derived":
        marks.append(el("span", t("mark.derived"), class_="mark mark-derived", title=t("legend.derived")))
    if point.is_doubtful:
        marks.append(_doubt(point, t))
    return join(
        [
            _linked(point, page),
            [" ", el("span", numbers.fraction(*point.coverage), class_="fraction", title=t("chart.coverage_title"))]
            if point.coverage and with_coverage
            else None,
            el("span", marks, class_="marks") if marks else None,
        ]
    )


def _doubt(point: Point, t: Texts) -> Markup:
    mark = el("span", t(f"mark.{point.severity}"), class_="mark", title=point.reason or t(f"legend.{point.severity}"))
    return el("span", mark, class_=f"is-doubt-{point.severity}")


def _linked(point: Point, page: Page) -> Markup:
    return page.link(point.exact, point.page, **point.parameters) if point.page else join(point.exact)


def series_name(entry: Series, page: Page) -> Child:
    """The name of a series, leading to the definition of what it counts."""
    return metric_link(entry.metric, entry.name, page) if entry.metric else entry.name


def series_key(series: Sequence[Series], page: Page) -> Markup:
    """Which colour, dash and symbol is which series."""
    entries = []
    for entry, look in zip(series, looks_of(series), strict=True):
        symbol = el(
            "svg",
            el("line", x1=0, x2=34, y1=7, y2=7, stroke_dasharray=_dashes(SERIES_DASHES[look])),
            el("path", d=SERIES_SHAPES[look], transform="translate(17 7) scale(4.4)"),
            viewBox="0 0 34 14",
            width=34,
            height=14,
            class_=f"series-{look + 1}",
            aria_hidden="true",
        )
        entries.append(el("li", symbol, el("span", series_name(entry, page))))
    return el("ul", entries, class_="chart-key")


def fill_key(series: Sequence[Series], page: Page) -> Markup:
    """Which part of a bar is which, in the order of the bar."""
    return el(
        "ul",
        [
            el("li", el("i", class_=f"fill-{number % len(SERIES_SHAPES) + 1}"), el("span", series_name(entry, page)))
            for number, entry in enumerate(series)
        ],
        class_="chart-key",
    )


def _dashes(pattern: tuple[int, ...]) -> str | None:
    return None if pattern == (1, 0) else " ".join(str(length) for length in pattern)


def legend(t: Texts, *also: str) -> Markup:
    """Every mark of the charts and tables of a page, as it looks, in words; ``also``: statuses only it has."""
    statuses = [
        el(
            "li",
            _symbol(STATUS_SHAPES[status]),
            el("span", status_word(status, t), class_=f"swatch is-{status}"),
            el("span", t(f"chart.means.{status}"), class_="legend-word"),
        )
        for status in (*_LEGEND_STATUSES, *also)
    ]
    values = [
        el("li", _symbol(SERIES_SHAPES[0], "filled"), el("span", t("chart.means.reported"), class_="legend-word")),
        el("li", el("b", "0"), el("span", t("chart.means.zero"), class_="legend-word")),
        el(
            "li",
            _symbol(SERIES_SHAPES[0], "hollow"),
            el("span", t("mark.hard"), class_="mark"),
            el("span", t("chart.means.doubtful"), class_="legend-word"),
        ),
        el(
            "li",
            _symbol(SERIES_SHAPES[0], "hollow"),
            el("span", el("span", t("mark.soft"), class_="mark"), class_="is-doubt-soft"),
            el("span", t("legend.soft"), class_="legend-word"),
        ),
        el(
            "li",
            el("span", t("mark.derived"), class_="mark mark-derived"),
            el("span", t("legend.derived"), class_="legend-word"),
        ),
        el("li", el("b", "n/N"), el("span", t("chart.means.coverage"), class_="legend-word")),
        el("li", el("i", class_="form-break"), el("span", t("chart.means.form_change"), class_="legend-word")),
    ]
    return el(
        "section",
        el("h2", t("legend.title")),
        el("div", el("ul", values, class_="legend"), el("ul", statuses, class_="legend"), class_="legends"),
        class_="page-legend",
    )


def _symbol(path: str, look: str = "") -> Markup:
    outline = el("path", d=path)
    return el("svg", outline, viewBox="-1.5 -1.5 3 3", width=15, height=15, class_=f"symbol {look}", aria_hidden="true")

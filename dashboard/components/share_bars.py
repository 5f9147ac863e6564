"""Shares of a whole as bars of 100 %, with their exact figures as a table: a row a year, or a row an agency."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from dashboard.components import charts, numbers
from dashboard.components.cards import table
from dashboard.components.charts import Bar, Part, Series
from dashboard.components.markup import Markup, el, join
from dashboard.components.page import Page
from dashboard.components.subject import Subject
from dashboard.warehouse import Row


def share_bars(
    page: Page,
    subject: Subject,
    key: str,
    rows: Sequence[Row],
    year: int,
    *,
    series: Sequence[Series],
    code: str,
    title: str,
    note: str,
    total: str,
    sentence: Markup,
    files: Markup,
    cell: Callable[[Row], str] = lambda row: "",
    doubt: Callable[[Row], str] = lambda row: "",
    heading: str = "h2",
) -> None:
    """Rows of a query with figure, denominator and share: a bar a year for one subject, an agency (of ``year``) for
    several. ``code`` names the column that tells the parts apart, ``total`` the last column of the table; ``cell`` is
    where a row stands on the form, ``doubt`` why it is doubtful."""
    t = page.t
    if subject.is_compared:
        rows = [row for row in rows if row["fiscal_year"] == year]
    bars, parts = [], []
    for bar_code, group in groupby(rows, key=lambda row: _bar_code(row, subject)):
        of_bar = list(group)
        first = of_bar[0]
        bars.append(
            Bar(
                bar_code,
                subject.names[first["subject_id"]] if subject.is_compared else t("year", year=bar_code),
                total=""
                if first["denominator"] is None
                else t("chart.total", count=numbers.figure(first["denominator"])),
                status=_bar_status(of_bar),
                form="" if subject.is_compared else first["form_version"] or "",
                is_doubtful=any(row["is_doubtful"] for row in of_bar),
            )
        )
        # A bar of which a part is not known would show the others too large.
        if all(row["share"] is not None for row in of_bar):
            parts += [
                Part(
                    bar_code,
                    row[code],
                    row["share"],
                    share_of(row, page),
                    # Of few cases a percentage would say more than they do.
                    label=numbers.figure(row["figure"]) if row["denominator"] < numbers.SMALL_DENOMINATOR else "",
                )
                for row in of_bar
            ]
    charts.bars(
        page,
        key,
        title=title,
        note=note,
        sentence=sentence,
        rows=bars,
        series=series,
        parts=parts,
        figures=join(
            [
                _share_table(
                    page,
                    subject,
                    rows,
                    bars,
                    series=series,
                    code=code,
                    title=title,
                    total=total,
                    cell=cell,
                    doubt=doubt,
                ),
                files,
            ]
        ),
        heading=heading,
    )


def share_of(row: Row, page: Page) -> str:
    """``40.1%（175/426）``; of few cases ``3/7``."""
    cases = numbers.fraction(row["figure"], row["denominator"])
    if row["denominator"] < numbers.SMALL_DENOMINATOR:
        return cases
    return page.t("chart.share_of", share=numbers.share(row["share"]), cases=cases)


def _bar_code(row: Row, subject: Subject) -> str:
    return row["subject_id"] if subject.is_compared else str(row["fiscal_year"])


def _bar_status(rows: Sequence[Row]) -> str:
    """Why a bar has no parts: no cases, parts that rest on fewer members, or the status of what is not there."""
    for row in rows:
        if row["figure"] is None:
            return row["figure_status"]
    if rows[0]["denominator"] is None:
        return rows[0]["denominator_status"]
    return "no_cases" if rows[0]["denominator"] == 0 else "partial"


def _share_table(
    page: Page,
    subject: Subject,
    rows: Sequence[Row],
    bars: Sequence[Bar],
    *,
    series: Sequence[Series],
    code: str,
    title: str,
    total: str,
    cell: Callable[[Row], str],
    doubt: Callable[[Row], str],
) -> Markup:
    t = page.t
    by_place = {(_bar_code(row, subject), row[code]): row for row in rows}
    heads = el(
        "tr",
        el("th", t("filter.agency" if subject.is_compared else "filter.year"), scope="col"),
        [el("th", charts.series_name(entry, page), scope="col", class_="number") for entry in series],
        el("th", total, scope="col", class_="number"),
    )
    body = []
    for bar in bars:
        of_bar = [by_place[bar.code, entry.code] for entry in series]
        body.append(
            el(
                "tr",
                el("th", bar.name, scope="row"),
                [
                    el(
                        "td",
                        _share_cell(row, page, subject, cell(row), doubt(row)),
                        class_="number",
                        data_series=row[code],
                    )
                    for row in of_bar
                ],
                el("td", numbers.figure(of_bar[0]["denominator"]), class_="number"),
                data_bar=bar.code,
            )
        )
    return table(heads, body, class_="chart-figures", label=title)


def _share_cell(row: Row, page: Page, subject: Subject, place: str, doubt: str) -> Markup:
    cell = charts.point_cell(subject.point({"basis": "", **row}, "", page.t, cell=place, doubt=doubt), page)
    if row["share"] is None or row["denominator"] < numbers.SMALL_DENOMINATOR:
        return cell
    return join([cell, " ", el("span", numbers.share(row["share"]), class_="fraction")])

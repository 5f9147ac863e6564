"""The part of 层级汇总与报送 about a region's metrics: from which source, of how many, against the year before."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard.components import charts, numbers
from dashboard.components.cards import table
from dashboard.components.charts import Series
from dashboard.components.entries import metric_link
from dashboard.components.markup import Child, Markup, el, fill, join
from dashboard.components.page import Page
from dashboard.components.share_bars import share_of
from dashboard.components.subject import Subject, by_year, forms_of, of_region, standing, years_of
from dashboard.i18n import Texts
from dashboard.warehouse import Row

# What is drawn through the years, a chart each, two side by side.
_TRENDS = {
    "applications": ("new_count", "closed_count", "carried_out_count"),
    "rates": ("disclosure_rate", "denial_rate", "carry_over_rate"),
    "disputes": ("reconsideration_count", "litigation_count"),
    "documents": ("normative_documents_count",),
}


def figures_of_region(region: Row, year: int, page: Page) -> Markup:
    """One line a metric."""
    t = page.t
    asked = {"region": region["agency_id"], "fiscal_year": year}
    figures = page.build.rows("regions/figures", **asked)
    title = el("h2", t("regions.figures"), el("small", t("regions.figures_note")))
    if not figures:
        return el("section", title, el("p", t("regions.no_rollup")))
    heads = el(
        "tr",
        [
            el("th", t(f"regions.column_{name}"), scope="col", class_=class_)
            for name, class_ in (
                ("metric", None),
                ("value", "number"),
                ("source", None),
                ("previous", "number"),
                ("change", "number"),
            )
        ],
    )
    rows = [
        el(
            "tr",
            el("th", metric_link(row["metric_id"], t.of(row, "name"), page), scope="row"),
            el("td", _value(row, t), class_="number"),
            el("td", source_of(row, t), class_="small"),
            el("td", _previous(row), class_="number"),
            el("td", change_of(row, t), class_="number"),
            data_metric=row["metric_id"],
        )
        for row in figures
    ]
    downloads = page.downloads("regions/figures", title=t("regions.figures"), of_sample=region["is_sample"], **asked)
    return el("section", title, table(heads, rows, class_="figures", label=t("regions.figures")), downloads)


def trends_of_region(region: Row, page: Page) -> None:
    """The headlines through the years; nothing where there is but one year."""
    t = page.t
    subject = of_region(page, region["agency_id"], t.of(region, "region_name"), is_sample=region["is_sample"])
    asked = {
        "region": region["agency_id"],
        **subject.span,
        "metric_ids": [one for some in _TRENDS.values() for one in some],
    }
    rows = page.build.rows("regions/trends", **asked)
    if len(years_of(rows)) < 2:
        return
    title = t("regions.trends")
    files = page.downloads("regions/trends", title=title, of_sample=region["is_sample"], **asked)
    page.show(el("section", el("h2", title, el("small", t("regions.trends_note"))), files), key="heading-trends")
    for pair in (("applications", "rates"), ("disputes", "documents")):
        for column, trend in zip(st.columns(2, gap="large"), pair, strict=True):
            with column:
                _trend(page, subject, trend, [row for row in rows if row["metric_id"] in _TRENDS[trend]])


def _trend(page: Page, subject: Subject, trend: str, rows: list[Row]) -> None:
    t = page.t
    last = {row["metric_id"]: row for row in rows if row["figure"] is not None}
    names = {row["metric_id"]: t.of(row, "name") for row in rows}
    charts.lines(
        page,
        f"trend-{trend}",
        title=t(f"regions.trend_{trend}"),
        sentence=by_year(
            page,
            [
                (
                    row["fiscal_year"],
                    fill(t("regions.trend_figure"), name=names[code], figure=el("b", _exact(page, row))),
                )
                for code, row in last.items()
            ],
        ),
        series=[Series(code, name, metric=code) for code, name in names.items()],
        points=[replace(subject.point(row, row["metric_id"], t), exact=_exact(page, row)) for row in rows],
        years=years_of(rows),
        unit="" if trend == "rates" else t("unit.count"),
        forms=forms_of(rows),
        is_share=trend == "rates",
        columns=[(t("chart.basis"), standing(page, rows))],
        heading="h3",
    )


def _exact(page: Page, row: Row) -> str:
    """A count, or a rate with its cases; empty where it is not known."""
    if row["figure"] is None:
        return ""
    if row["denominator"] is None:
        return numbers.figure(row["numerator"])
    return share_of({"figure": row["numerator"], "denominator": row["denominator"], "share": row["figure"]}, page)


def source_of(row: Row, t: Texts) -> str:
    """The consolidated report, or n of N members added up."""
    if row["source_code"] is None:
        return ""
    if row["source_code"] == "declared":
        return t("regions.source_declared")
    return t("regions.source_computed", known=row["reported_count"], all=row["expected_count"])


def change_of(row: Row, t: Texts) -> Child:
    """The change on the year before, in percentage points for a rate; or why there is none."""
    if row["change_rate"] is not None:
        return numbers.signed_share(row["change_rate"])
    if row["change_points"] is not None:
        return t("regions.points", change=numbers.signed(row["change_points"]))
    return el("span", t.known("change_status", row["change_status"]), class_="muted") if row["change_status"] else ""


def _value(row: Row, t: Texts) -> Child:
    if row["metric_value"] is None:
        return el("span", t.known("region_status", row["status"]), class_="no-value")
    mark = doubt_mark(row, t)
    if not row["is_rate"]:
        return [numbers.figure(row["numerator"]), mark]
    cases = numbers.fraction(row["numerator"], row["denominator"])
    if row["denominator"] < numbers.SMALL_DENOMINATOR:
        return [cases, mark]
    return join([numbers.share(row["metric_value"]), " ", el("span", cases, class_="fraction"), mark])


def doubt_mark(row: Row, t: Texts) -> Markup | None:
    """Beside a figure that rests on an equation that does not hold."""
    if not row["is_doubtful"]:
        return None
    return el("span", el("span", t("mark.hard"), class_="mark", title=t("legend.hard")), class_="marks")


def _previous(row: Row) -> str:
    return numbers.share(row["previous_value"]) if row["is_rate"] else numbers.figure(row["previous_value"])

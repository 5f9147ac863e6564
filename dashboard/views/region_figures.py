"""The part of 层级汇总与报送 about a region's metrics: from which source, of how many, against the year before."""

from __future__ import annotations

from dashboard.components import numbers
from dashboard.components.cards import table
from dashboard.components.entries import metric_link
from dashboard.components.markup import Child, Markup, el, join
from dashboard.components.page import Page
from dashboard.i18n import Texts
from dashboard.warehouse import Row


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

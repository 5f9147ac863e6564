"""Headline figures and rates of a report, with what has to be said about them."""

from __future__ import annotations

from dashboard.components import numbers
from dashboard.components.markup import Markup, el, join
from dashboard.components.page import Page
from dashboard.warehouse import Row


def headline(row: Row, name: str, page: Page) -> Markup:
    """A headline figure, or in words why there is none; marked where derived or doubtful."""
    status = row[f"{name}_status"]
    if row[name] is None:
        return el("span", page.t.known("status_short", status), class_=f"swatch is-{status}")
    return join([numbers.figure(row[name]), _marks(row, name, page)])


def rate(row: Row, name: str, page: Page) -> Markup:
    """A rate beside its cases; with few cases the cases alone; no cases and not known in words."""
    status = row[f"{name}_status"]
    if row[name] is None:
        return el("span", page.t.known("rate_status", status), class_="no-value")
    cases = numbers.fraction(row[f"{name}_numerator"], row[f"{name}_denominator"])
    if row[f"{name}_denominator"] < numbers.SMALL_DENOMINATOR:
        return join([cases, _marks(row, name, page)])
    return join([numbers.share(row[name]), " ", el("span", cases, class_="fraction"), _marks(row, name, page)])


def _marks(row: Row, name: str, page: Page) -> Markup | None:
    t = page.t
    marks = []
    if row[f"{name}_status"] == "derived":
        marks.append(el("span", t("mark.derived"), class_="mark mark-derived", title=t("legend.derived")))
    if row[f"{name}_is_doubtful"]:
        marks.append(el("span", t("mark.hard"), class_="mark", title=t("legend.hard")))
    return el("span", marks, class_="marks") if marks else None


def finding_tags(row: Row, page: Page) -> Markup:
    """How many findings a report has, by severity, as a link to them; and how much could not be checked at all."""
    t = page.t
    tags = [
        el(
            "span",
            t(f"severity.{severity}"),
            " ",
            numbers.figure(row[f"open_{severity}_findings"]),
            class_=f"tag tag-{severity}",
        )
        for severity in ("hard", "soft")
        if row[f"open_{severity}_findings"]
    ]
    unsettled = None
    if row["equations_not_evaluable"]:
        text = t("reports.not_evaluable", count=numbers.figure(row["equations_not_evaluable"]))
        unsettled = el("span", text, class_="muted small")
    elif not tags:
        unsettled = el("span", t("reports.no_findings"), class_="muted")
    return page.link(
        [tags, unsettled], "reconciliation", agency=row["agency_id"], year=row["fiscal_year"], class_="tags"
    )

"""勾稽核对: what does not add up, where, and what would repair it; and what could not be checked at all."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from dashboard.components import numbers
from dashboard.components.cards import counted, finding_list, rule_table, table
from dashboard.components.entries import rule_link
from dashboard.components.markup import Markup, el, join
from dashboard.components.page import Page, choose, page_of
from dashboard.warehouse import Row

_REPORTS_A_PAGE = 20
_AGENCIES_LISTED = 1000
_PLACES_SHOWN = 40
_TERMS_SHOWN = 2

Filters = dict[str, str | int | bool | None]
Labels = dict[tuple[str, int, str], str]


def render(page: Page) -> None:
    """Draw the page."""
    t, build = page.t, page.build
    page.show(el("h1", t("reconciliation.title")), el("p", t("reconciliation.lead"), class_="lead"), key="head")
    filters = _filters(page)
    counts = build.row("reconciliation/counts", **filters) or {}
    reports = build.rows(
        "reconciliation/reports", **filters, row_limit=_REPORTS_A_PAGE, row_offset=page_of("page", _REPORTS_A_PAGE)
    )
    page.show(_summary(counts, page), _groups(reports, filters, page), key="findings")
    page.pager("page", _REPORTS_A_PAGE, counts["reports"])
    page.show(_verdicts(filters, page), _not_evaluable(filters, page), page.footer(), key="verdicts")


def _filters(page: Page) -> Filters:
    """The filters; an empty choice means all, but of real or sample data only."""
    t, build = page.t, page.build
    rules = {row["rule_id"]: t.of(row, "rule_name") for row in build.rows("reconciliation/rules")}
    with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
        is_sample = page.choose_data()
        years = ["", *(str(row["fiscal_year"]) for row in build.rows("reconciliation/years", is_sample=is_sample))]
        agencies = {
            row["agency_id"]: t.of(row, "agency_name")
            for row in build.rows("reconciliation/agencies", is_sample=is_sample, row_limit=_AGENCIES_LISTED)
        }
        year = choose(
            "year",
            years,
            label=t("filter.year"),
            width=160,
            kept=False,
            shown=lambda code: t("year", year=code) if code else t("filter.all_years"),
        )
        severity = choose(
            "severity",
            ["", "hard", "soft"],
            label=t("filter.severity"),
            widget=st.segmented_control,
            required=True,
            kept=False,
            shown=lambda code: t(f"severity.{code}") if code else t("filter.all"),
        )
        rule = choose(
            "rule",
            ["", *rules],
            label=t("filter.rule"),
            width=260,
            kept=False,
            shown=lambda code: f"{rules.get(code, '')}  {code}" if code else t("filter.all_rules"),
        )
        agency = choose(
            "agency",
            ["", *agencies],
            label=t("filter.agency"),
            width=300,
            kept=False,
            shown=lambda code: agencies.get(code, code) if code else t("filter.all_agencies"),
        )
    return {
        "fiscal_year": int(year) if year else None,
        "severity": severity or None,
        "rule_id": rule or None,
        "agency_id": agency or None,
        "is_sample": is_sample,
    }


def _summary(counts: Row, page: Page) -> Markup:
    t = page.t
    if not counts["findings"]:
        return el("p", t("reconciliation.none"), class_="lead")
    return el(
        "p",
        counted(
            t,
            "reconciliation.summary",
            counts["findings"],
            reports=numbers.figure(counts["reports"]),
            hard=numbers.figure(counts["hard"]),
            soft=numbers.figure(counts["soft"]),
        ),
        class_="summary",
    )


def _groups(reports: tuple[Row, ...], filters: Filters, page: Page) -> Markup:
    """Findings gathered by report, each followed by what would repair them."""
    ids = [row["report_id"] for row in reports]
    if not ids:
        return join(None)
    findings = page.build.rows(
        "reconciliation/findings", report_ids=ids, severity=filters["severity"], rule_id=filters["rule_id"]
    )
    suggestions = page.build.rows("reconciliation/suggestions", report_ids=ids)
    return join(
        [
            _group(
                report,
                [row for row in findings if row["report_id"] == report["report_id"]],
                [row for row in suggestions if row["report_id"] == report["report_id"]],
                page,
            )
            for report in reports
        ]
    )


def _group(report: Row, findings: list[Row], suggestions: list[Row], page: Page) -> Markup:
    t = page.t
    tags = [
        el("span", t(f"severity.{severity}"), " ", numbers.figure(report[severity]), class_=f"tag tag-{severity}")
        for severity in ("hard", "soft")
        if report[severity]
    ]
    name = page.link(
        t.of(report, "agency_name"),
        "profile",
        agency=report["agency_id"],
        year=report["fiscal_year"],
        scope=report["scope"],
    )
    about = t("list_dot").join((t("year", year=report["fiscal_year"]), t.known("scope", report["scope"])))
    return el(
        "section",
        el(
            "h2",
            name,
            page.sample_tag() if report["is_sample"] else None,
            el("small", about),
            el("span", tags, class_="tags"),
        ),
        finding_list(findings, suggestions, page),
        class_="report-group",
    )


def _verdicts(filters: Filters, page: Page) -> Markup:
    t = page.t
    return el(
        "section",
        el("h2", t("reconciliation.verdicts"), el("small", t("reconciliation.verdicts_note"))),
        rule_table(page.build.rows("reconciliation/verdicts", **filters), page, with_equation=True),
    )


def _not_evaluable(filters: Filters, page: Page) -> Markup:
    """Equations nobody could check, gathered by report and rule, with what was missing."""
    t = page.t
    places = page.build.rows("reconciliation/not_evaluable", **filters, row_limit=_PLACES_SHOWN)
    title = el("h2", t("reconciliation.not_evaluable"), el("small", t("reconciliation.not_evaluable_note")))
    if not places:
        return el("section", title, el("p", t("reconciliation.all_evaluable")))
    labels = {
        (row["part"], row["table_no"], row["code"]): t.of(row, "label")
        for row in page.build.rows("reconciliation/labels")
    }
    heads = el(
        "tr",
        [
            el("th", t(f"places.{name}"), scope="col", class_=class_)
            for name, class_ in (
                ("report", None),
                ("rule", None),
                ("verdict", None),
                ("equations", "number"),
                ("missing", None),
            )
        ],
    )
    rows = []
    for _, group in groupby(places, key=lambda row: row["report_id"]):
        of_report = list(group)
        rows += [_place(row, labels, page, lines=len(of_report) if row is of_report[0] else 0) for row in of_report]
    more = (
        el("p", t("places.more", count=places[0]["places"] - len(places)), class_="muted")
        if places[0]["places"] > len(places)
        else None
    )
    return el("section", title, table(heads, rows, class_="places", label=t("reconciliation.not_evaluable")), more)


def _place(row: Row, labels: Labels, page: Page, *, lines: int) -> Markup:
    """One line of the list; the first of a report names it for all its ``lines``."""
    t = page.t
    report = None
    if lines:
        name = page.link(
            t.of(row, "agency_name"),
            "profile",
            agency=row["agency_id"],
            year=row["fiscal_year"],
            scope=row["scope"],
        )
        about = t("list_dot").join((t("year", year=row["fiscal_year"]), t.known("scope", row["scope"])))
        report = el("th", name, el("small", about), scope="rowgroup", rowspan=lines)
    return el(
        "tr",
        report,
        el("td", t.of(row, "rule_name"), rule_link(row["rule_id"], page)),
        el("td", t(f"verdict_long.{row['verdict']}")),
        el("td", numbers.figure(row["equations"]), class_="number"),
        el("td", _missing_terms(row, labels, page), class_="terms"),
    )


def _missing_terms(row: Row, labels: Labels, page: Page) -> Markup:
    """``new×total:missing,…`` in the words of the form; of several equations the first stands as the example."""
    t, table_no = page.t, row["table_no"]
    if not row["missing_terms"]:
        return el("ul", el("li", t.of(row, "reason")))
    pieces = []
    listed = row["missing_terms"].split(",")
    for term in listed[:_TERMS_SHOWN]:
        cell, _, status = term.strip().rpartition(":")
        line, _, column = cell.partition("×")
        words = (
            labels.get(("line", table_no, line)) or t.known("term", line),
            labels.get(("column", table_no, column)) or t.known("term", column),
        )
        status_word = el("span", t.known("status_short", status), class_=f"swatch is-{status}")
        pieces.append(el("li", " × ".join(word for word in words if word), " ", status_word))
    if row["equations"] > 1 or len(listed) > _TERMS_SHOWN:
        pieces.append(el("li", t("places.and_more"), class_="muted and-more"))
    return el("ul", pieces)

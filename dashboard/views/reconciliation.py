"""勾稽核对: what does not add up, where, and what would repair it; and what could not be checked at all."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from urllib.parse import urlencode

import streamlit as st

from dashboard.components import numbers
from dashboard.components.cards import counted, finding_list, place, rule_table, table
from dashboard.components.entries import rule_link
from dashboard.components.markup import Markup, el, join
from dashboard.components.page import Page, choose, page_of
from dashboard.i18n import Texts
from dashboard.warehouse import Row

_REPORTS_A_PAGE = 20
_AGENCIES_LISTED = 1000
_PLACES_SHOWN = 40
_TERMS_SHOWN = 2
_RECORDS_SHOWN = 200
_DECISIONS = ("confirmed", "explained", "false_alarm", "corrected")
# Families of rules, by how their ids begin.
_FAMILIES = ("T", "XY-", "LV-", "PL-", "NT-")

Filters = dict[str, str | int | bool | list[str] | None]
Labels = dict[tuple[str, int, str], str]


def render(page: Page) -> None:
    """Draw the page."""
    t, build = page.t, page.build
    page.show_title(t("reconciliation.title"), t("reconciliation.lead"))
    filters = _filters(page)
    counts = build.row("reconciliation/counts", **filters) or {}
    reports = build.rows(
        "reconciliation/reports", **filters, row_limit=_REPORTS_A_PAGE, row_offset=page_of("page", _REPORTS_A_PAGE)
    )
    everything = page.downloads(
        "reconciliation/findings_list", title=t("reconciliation.title"), **filters, row_limit=_REPORTS_A_PAGE
    )
    page.show(_summary(counts, page), everything, _groups(reports, filters, page), key="findings")
    page.pager("page", _REPORTS_A_PAGE, counts["reports"])
    of_rules = {name: filters[name] for name in ("fiscal_year", "severity", "rule_id", "agency_id", "is_sample")}
    page.show(_records(page), _verdicts(of_rules, page), _not_evaluable(of_rules, page), page.footer(), key="verdicts")


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
            width=130,
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
            ["", *_FAMILIES, *rules],
            label=t("filter.rule"),
            width=210,
            kept=False,
            shown=lambda code: _rule_name(code, rules, t),
        )
        agency = choose(
            "agency",
            ["", *agencies],
            label=t("filter.agency"),
            width=210,
            kept=False,
            shown=lambda code: agencies.get(code, code) if code else t("filter.all_agencies"),
        )
        decided = {row["finding_id"]: row["decision"] for row in build.rows("reconciliation/decisions")}
        decision = choose(
            "decision",
            ["open", *_DECISIONS, "all"],
            label=t("filter.decision"),
            width=120,
            kept=False,
            left_out="open",
            shown=lambda code: t("filter.all") if code == "all" else t(f"decision.{code}"),
        )
    return {
        "fiscal_year": int(year) if year else None,
        "severity": severity or None,
        "rule_id": rule or None,
        "agency_id": agency or None,
        "is_sample": is_sample,
        # A finding is open unless somebody decided on it; which ones these are is a short list.
        "only": None if decision in ("open", "all") else [one for one, made in decided.items() if made == decision],
        "without": list(decided) if decision == "open" else [],
    }


def _rule_name(code: str, rules: dict[str, str], t: Texts) -> str:
    """A rule, a family of rules (whose code ends where theirs go on), or all."""
    if not code:
        return t("filter.all_rules")
    return t(f"rule_family.{code.removesuffix('-')}") if code in _FAMILIES else f"{rules.get(code, '')}  {code}"


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
        "reconciliation/findings",
        report_ids=ids,
        **{name: filters[name] for name in ("severity", "rule_id", "only", "without")},
    )
    suggestions = page.build.rows("reconciliation/suggestions", report_ids=ids)
    records = page.build.rows("reconciliation/records", report_ids=ids, row_limit=_RECORDS_SHOWN)
    return join(
        [
            _group(
                report,
                [row for row in findings if row["report_id"] == report["report_id"]],
                [row for row in suggestions if row["report_id"] == report["report_id"]],
                [row for row in records if row["report_id"] == report["report_id"]],
                page,
            )
            for report in reports
        ]
    )


def _group(report: Row, findings: list[Row], suggestions: list[Row], records: list[Row], page: Page) -> Markup:
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
        _papers(report, page) if report["open_findings"] else None,
        finding_list(findings, suggestions, page),
        _record_table(records, page) if records else None,
        class_="report-group",
    )


def _papers(report: Row, page: Page) -> Markup:
    """Links to the problem list and the return letter of the agency for the year, made when they are followed."""
    t = page.t
    asked = {"agency": report["agency_id"], "year": report["fiscal_year"], "build": page.build.name}
    links = [
        el(
            "a",
            t(f"papers.{name}"),
            href=f"papers/{paper}?{urlencode(asked)}",
            download=True,
            aria_label=t("papers.of", paper=t(f"papers.{name}"), agency=t.of(report, "agency_name")),
        )
        for name, paper in (("problems", "problems.xlsx"), ("letter", "letter.docx"))
    ]
    return el("p", el("span", t("papers.label"), class_="label"), links, class_="downloads")


def _records(page: Page) -> Markup:
    """Every decision and correction on record, with whether it still applies."""
    t = page.t
    records = page.build.rows("reconciliation/records", report_ids=None, row_limit=_RECORDS_SHOWN)
    title = el("h2", t("reconciliation.records"), el("small", t("reconciliation.records_note")))
    if not records:
        return el("section", title, el("p", t("reconciliation.no_records")))
    return el("section", title, _record_table(records, page))


def _record_table(records: Sequence[Row], page: Page) -> Markup:
    t = page.t
    heads = el(
        "tr", [el("th", t(f"record.{name}"), scope="col") for name in ("about", "decision", "why", "who", "state")]
    )
    rows = [
        el(
            "tr",
            el("th", place(row, t) if row["finding_id"] is None else el("code", row["finding_id"]), scope="row"),
            el("td", _decided(row, t)),
            el("td", row["reason"], el("span", row["evidence"], class_="muted") if row["evidence"] else None),
            el("td", row["decided_by"], " ", f"{row['decided_on']:%Y-%m-%d}" if row["decided_on"] else ""),
            el("td", _record_state(row, t)),
            data_record=row["record_id"],
        )
        for row in records
    ]
    return table(heads, rows, class_="records", label=t("reconciliation.records"))


def _decided(row: Row, t: Texts) -> str:
    if row["record_type"] == "correction":
        return t("record.corrected", old=row["decided_on_value"] or "", new=row["decision"])
    return t.known("decision", row["decision"])


def _record_state(row: Row, t: Texts) -> str:
    if row["state"] == "applies" and row["expires_on"]:
        return t("record.until", date=f"{row['expires_on']:%Y-%m-%d}")
    return t.known("record_state", row["state"])


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

"""总览: how a year went against the one before, how complete it is, and what needs attention first."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.components import numbers, reporting
from dashboard.components.cards import counted, rule_table, severity_tag, table
from dashboard.components.entries import metric_link
from dashboard.components.markup import Child, Markup, el, fill, join
from dashboard.components.page import Page, choose, page_of, sorting
from dashboard.i18n import Texts
from dashboard.views.overview_lists import received_files, report_table
from dashboard.warehouse import Row

_REPORTS_A_PAGE = 50
_LEFT_OUT_SHOWN = 4
_SCOPES = ("consolidated", "own")
_WAITING = ("missing", "set_aside", "in_review", "late", "unknown_date", "not_due")


def render(page: Page) -> None:
    """Draw the page."""
    t, build = page.t, page.build
    head, filters = st.columns(2, vertical_alignment="bottom")
    with (
        filters,
        st.container(key="filters", horizontal=True, horizontal_alignment="right", vertical_alignment="bottom"),
    ):
        is_sample = page.choose_data()
        years = [str(row["fiscal_year"]) for row in build.rows("overview/years", is_sample=is_sample)]
        if not years:
            empty = (
                el("h1", t("overview.title")),
                el("p", t("overview.empty"), class_="lead"),
                received_files(page, None),
            )
            page.show(*empty, key="empty")
            return
        year = int(choose("year", years, label=t("filter.year"), shown=lambda code: t("year", year=code), width=130))
        summary = build.row("overview/summary", fiscal_year=year, is_sample=is_sample) or {}
        offered = [scope for scope in _SCOPES if summary[f"reports_{scope}"]] or list(_SCOPES[:1])
        scope = offered[0]
        if len(offered) > 1:
            scope = choose(
                "scope",
                offered,
                label=t("filter.scope"),
                shown=lambda code: t(f"scope.{code}"),
                widget=st.segmented_control,
                required=True,
                kept=False,
            )
    coverage = {row["fiscal_year"]: row for row in build.rows("overview/coverage", is_sample=is_sample)}
    headlines = build.rows("overview/headlines", fiscal_year=year, scope=scope, is_sample=is_sample)
    with head:
        page.show(_head(page, year, summary, coverage.get(year), headlines), key="head")
    page.show(
        _headlines(page, {"fiscal_year": year, "is_sample": is_sample}, scope, headlines, _form_change(summary, t)),
        el(
            "div",
            _attention(page, year, is_sample, coverage.get(year)),
            _coverage(page, list(coverage.values()), year),
            class_="columns",
        ),
        key="figures",
    )
    sort_by, is_descending = sorting()
    asked_with = {
        "fiscal_year": year,
        "is_sample": is_sample,
        "sort_by": sort_by or None,
        "is_descending": is_descending or None,
        "row_limit": _REPORTS_A_PAGE,
    }
    reports = build.rows("overview/reports", **asked_with, row_offset=page_of("reports_page", _REPORTS_A_PAGE))
    everything = page.downloads("overview/reports", title=t("overview.reports"), **asked_with, row_offset=0)
    page.show(report_table(page, reports), everything, key="reports")
    page.pager("reports_page", _REPORTS_A_PAGE, reports[0]["reports"] if reports else 0)
    rules = rule_table(build.rows("overview/rules", fiscal_year=year, is_sample=is_sample), page)
    rules = el("section", el("h2", t("overview.rules"), el("small", t("overview.rules_note"))), rules)
    page.show(rules, received_files(page, is_sample), page.footer(), key="files")


def _head(page: Page, year: int, summary: Row, coverage: Row | None, headlines: Sequence[Row]) -> Markup:
    """The year in two sentences: how complete it is, and how it went."""
    t = page.t
    by_scope = [
        t(f"overview.of_{scope}", count=numbers.figure(summary[f"reports_{scope}"]))
        for scope in (*_SCOPES, "unknown")
        if summary[f"reports_{scope}"]
    ]
    expected = None
    if coverage is not None:
        expected = fill(
            t("overview.expected"),
            expected=el("b", numbers.figure(coverage["expected_count"])),
            reports=el("b", numbers.figure(coverage["report_count"])),
            share=numbers.share(coverage["report_share"]),
        )
    told = fill(
        t("overview.lead"),
        reports=el("b", numbers.figure(summary["reports"])),
        parts=t("list_separator").join(by_scope),
        reported=el("b", numbers.figure(summary["cells_reported"])),
        cells=numbers.figure(summary["cells"]),
    )
    lead = [t("year", year=year), t("overview.colon"), expected, told]
    return join(
        [el("h1", t("overview.title")), el("p", lead, class_="lead"), el("p", _went(headlines, t), class_="lead")]
    )


def _went(headlines: Sequence[Row], t: Texts) -> Child:
    """What was received and how much of it was disclosed, against the year before where that can be compared."""
    row = {row["measure_code"]: row for row in headlines}
    received, rate = row.get("new_count"), row.get("disclosure_rate")
    parts: list[str] = []
    if received and received["figure"] is not None:
        parts.append(t("overview.received", count=numbers.figure(received["figure"]), change=_change(received, t)))
    if rate and rate["rate"] is not None:
        parts.append(t("overview.disclosed", share=numbers.share(rate["rate"]), change=_change(rate, t)))
    return t("overview.sentence", parts=t("overview.semicolon").join(parts)) if parts else None


def _change(row: Row, t: Texts) -> str:
    """``较上年 +3.1%``, in percentage points for a rate; or that it cannot be compared."""
    if row["change_points"] is not None:
        return t("overview.points", change=numbers.signed(row["change_points"]))
    if row["change_rate"] is not None:
        return t("overview.change", change=numbers.signed_share(row["change_rate"]))
    return t("overview.base_zero") if row["reports_compared"] else t("overview.no_change")


def _headlines(page: Page, asked: Row, scope: str, headlines: Sequence[Row], form_change: str | None) -> Markup:
    """The tiles, and which reports none of them contains."""
    t = page.t
    left_out = page.build.rows("overview/left_out", **asked, row_limit=_LEFT_OUT_SHOWN)
    note = None
    if left_out:
        names = t("list_separator").join(
            t(f"overview.left_out_{row['reason_code']}", name=t.of(row, "agency_name")) for row in left_out
        )
        more = left_out[0]["reports"] - len(left_out)
        rest = t("overview.left_out_more", count=more) if more else ""
        note = el("p", t("overview.left_out", names=names + rest), class_="muted small")
    return el(
        "section",
        el("h2", t("overview.headlines"), el("small", t(f"overview.headlines_{scope}"))),
        el("dl", [_tile(row, page) for row in headlines], class_="tiles"),
        el("p", form_change, class_="muted small") if form_change else None,
        note,
        class_="first",
    )


def _form_change(summary: Row, t: Texts) -> str | None:
    """That the forms of this year and the last are not the same, where they are not: it bears on every comparison."""
    if not summary["forms_before"] or summary["forms"] == summary["forms_before"]:
        return None
    now, before = (
        t("list_separator").join(t.known("form_version", form) for form in summary[name])
        for name in ("forms", "forms_before")
    )
    return t("overview.form_change", now=now, before=before)


def _tile(row: Row, page: Page) -> Markup:
    t = page.t
    details: list[Child] = [
        el(
            "span",
            t("overview.coverage", known=numbers.figure(row["reports_with_value"]), all=numbers.figure(row["reports"])),
            class_="coverage",
        )
    ]
    if row["reports_derived"]:
        details.append(el("span", t("overview.derived", count=row["reports_derived"])))
    if row["reports_without_cases"]:
        details.append(el("span", t("overview.without_cases", count=row["reports_without_cases"])))
    if row["reports_doubtful"]:
        details.append(
            el(
                "span",
                el("span", t("mark.hard"), class_="mark"),
                t("overview.doubtful", count=row["reports_doubtful"]),
                class_="doubt",
            )
        )
    if not row["reports_with_value"]:
        value: Child = el("span", t("overview.no_value"), class_="no-value")
    elif row["is_rate"]:
        value = join(
            [
                numbers.share(row["rate"]),
                " ",
                el("span", numbers.fraction(row["figure"], row["denominator"]), class_="fraction"),
            ]
        )
    else:
        value = numbers.figure(row["figure"])
    return el(
        "div",
        el("dt", metric_link(row["measure_code"], t(f"measure.{row['measure_code']}"), page)),
        el("dd", value, class_="value"),
        el(
            "dd",
            _change(row, t),
            el("span", t("overview.compared", count=row["reports_compared"]), class_="muted")
            if row["reports_compared"]
            else None,
            class_="change" if row["reports_compared"] else "change muted",
        ),
        el("dd", details, class_="details"),
        class_="tile",
        data_measure=row["measure_code"],
    )


def _attention(page: Page, year: int, is_sample: bool, coverage: Row | None) -> Markup:
    """What waits for somebody, the most pressing first, each as a link to its list."""
    t, build = page.t, page.build
    data = "sample" if is_sample else "real"
    findings = build.row("overview/findings", fiscal_year=year, is_sample=is_sample) or {}
    others = build.row("overview/attention", is_sample=is_sample) or {}
    items = [_finding_item("hard", findings, year, data, page)]
    for status in _WAITING:
        if coverage is not None and coverage[status]:
            told = counted(t, f"overview.waits_{status}", coverage[status])
            link = page.link(told, "regions", year=year, status=status, data=data)
            items.append(el("li", reporting.mark(status), link, data_status=status))
    items.append(_finding_item("soft", findings, year, data, page))
    for name in ("quarantined", "lapsed"):
        if others[name]:
            items.append(el("li", el("i", "◈", aria_hidden="true"), counted(t, f"overview.waits_{name}", others[name])))
    return el(
        "section",
        el("h2", t("overview.attention"), el("small", t("overview.attention_note"))),
        el("ul", items, class_="attention"),
    )


def _finding_item(severity: str, findings: Row, year: int, data: str, page: Page) -> Markup:
    t = page.t
    told = counted(
        t, "overview.findings_in", findings[severity], reports=numbers.figure(findings[f"reports_{severity}"])
    )
    link = page.link(told, "reconciliation", year=year, severity=severity, data=data)
    return el("li", severity_tag(severity, t), link, data_severity=severity)


def _coverage(page: Page, coverage: Sequence[Row], year: int) -> Markup:
    """How complete each year is."""
    t = page.t
    if not coverage:
        return el("section", el("h2", t("overview.coverage_years")), el("p", t("overview.nobody_expected")))
    heads = el(
        "tr",
        el("th", t("filter.year"), scope="col"),
        el("th", t("regions.column_coverage"), scope="col", class_="number"),
        el("th", t("overview.share"), scope="col", class_="number"),
        el("th", t("regions.column_states"), scope="col"),
    )
    rows = [
        el(
            "tr",
            el("th", page.link(str(row["fiscal_year"]), "regions", year=row["fiscal_year"]), scope="row"),
            el("td", numbers.fraction(row["report_count"], row["expected_count"]), class_="number"),
            el("td", numbers.share(row["report_share"]), class_="number"),
            el("td", reporting.bar(row, t), class_="bar-cell"),
            class_="chosen" if row["fiscal_year"] == year else None,
            data_year=row["fiscal_year"],
        )
        for row in coverage
    ]
    return el(
        "section",
        el("h2", t("overview.coverage_years"), el("small", t("overview.coverage_note"))),
        table(heads, rows, class_="coverage-years", label=t("overview.coverage_years")),
        el("details", el("summary", t("legend.title")), reporting.legend(t)),
    )

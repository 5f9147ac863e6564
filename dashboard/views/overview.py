"""总览: what the warehouse holds for a year, how complete it is, what does not add up, and where to look."""

from __future__ import annotations

import streamlit as st

from dashboard.components import numbers
from dashboard.components.cards import counted, rule_table, table
from dashboard.components.figures import finding_tags, headline, rate
from dashboard.components.markup import Child, Markup, el, fill, join
from dashboard.components.page import Page, choose, page_of
from dashboard.warehouse import Row

_REPORTS_A_PAGE = 50
_FILES_SHOWN = 100
_SCOPES = ("consolidated", "own")


def render(page: Page) -> None:
    """Draw the page."""
    t, build = page.t, page.build
    head, filters = st.columns([5, 3], vertical_alignment="bottom")
    with (
        filters,
        st.container(key="filters", horizontal=True, horizontal_alignment="right", vertical_alignment="bottom"),
    ):
        is_sample = page.choose_data()
        years = [str(row["fiscal_year"]) for row in build.rows("overview/years", is_sample=is_sample)]
        if not years:
            empty = (el("h1", t("overview.title")), el("p", t("overview.empty"), class_="lead"), _files(page, None))
            page.show(*empty, key="empty")
            return
        year = int(choose("year", years, label=t("filter.year"), shown=lambda code: t("year", year=code), width=160))
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
    with head:
        page.show(_head(page, year, summary), key="head")
    page.show(_headlines(page, year, scope, is_sample), _findings(page, year, is_sample), key="figures")
    reports = build.rows(
        "overview/reports",
        fiscal_year=year,
        is_sample=is_sample,
        row_limit=_REPORTS_A_PAGE,
        row_offset=page_of("reports_page", _REPORTS_A_PAGE),
    )
    everything = page.downloads(
        "overview/reports",
        title=t("overview.reports"),
        fiscal_year=year,
        is_sample=is_sample,
        row_limit=_REPORTS_A_PAGE,
        row_offset=0,
    )
    page.show(_reports(page, reports), everything, key="reports")
    page.pager("reports_page", _REPORTS_A_PAGE, reports[0]["reports"] if reports else 0)
    page.show(_files(page, is_sample), page.footer(), key="files")


def _head(page: Page, year: int, summary: Row) -> Markup:
    t = page.t
    by_scope = [
        t("overview.of_scope", count=numbers.figure(summary[f"reports_{scope}"]), scope=t(f"scope.{scope}"))
        for scope in (*_SCOPES, "unknown")
        if summary[f"reports_{scope}"]
    ]
    return join(
        [
            el("h1", t("overview.title")),
            el(
                "p",
                fill(
                    t("overview.lead"),
                    year=str(year),
                    reports=el("b", numbers.figure(summary["reports"])),
                    agencies=el("b", numbers.figure(summary["agencies"])),
                    parts=t("list_separator").join(by_scope),
                    reported=el("b", numbers.figure(summary["cells_reported"])),
                    cells=numbers.figure(summary["cells"]),
                ),
                class_="lead",
            ),
        ]
    )


def _headlines(page: Page, year: int, scope: str, is_sample: bool) -> Markup:
    t = page.t
    build, asked = page.build, {"fiscal_year": year, "is_sample": is_sample}
    tiles = [_tile(row, page) for row in build.rows("overview/headlines", **asked, scope=scope)]
    left_out = build.rows("overview/left_out", **asked)
    note = None
    if left_out:
        names = t("list_separator").join(
            t(f"overview.left_out_{row['reason_code']}", name=t.of(row, "agency_name")) for row in left_out
        )
        note = el("p", t("overview.left_out", names=names), class_="muted small")
    return el(
        "section",
        el("h2", t("overview.headlines"), el("small", t(f"overview.headlines_{scope}"))),
        el("dl", tiles, class_="tiles"),
        note,
    )


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
                el("span", numbers.fraction(row["figure"], row["denominator"]), class_="fraction"),
            ]
        )
    else:
        value = numbers.figure(row["figure"])
    return el(
        "div",
        el("dt", t(f"measure.{row['measure_code']}")),
        el("dd", value, class_="value"),
        el("dd", details, class_="details"),
        class_="tile",
        data_measure=row["measure_code"],
    )


def _findings(page: Page, year: int, is_sample: bool) -> Markup:
    t = page.t
    counts = page.build.row("overview/findings", fiscal_year=year, is_sample=is_sample) or {}
    summary = [
        el(
            "li",
            page.link(
                join(
                    [
                        el("span", t(f"severity.{severity}"), class_=f"tag tag-{severity}"),
                        counted(
                            t,
                            "overview.findings_in",
                            counts[severity],
                            reports=numbers.figure(counts[f"reports_{severity}"]),
                        ),
                    ]
                ),
                "reconciliation",
                year=year,
                severity=severity,
                data="sample" if is_sample else "real",
            ),
            data_severity=severity,
        )
        for severity in ("hard", "soft")
    ]
    return el(
        "section",
        el("h2", t("overview.findings"), el("small", t("overview.findings_note"))),
        el("ul", summary, class_="severities"),
        rule_table(page.build.rows("overview/rules", fiscal_year=year, is_sample=is_sample), page),
    )


def _reports(page: Page, reports: tuple[Row, ...]) -> Markup:
    t = page.t
    heads = el(
        "tr",
        [
            el("th", t(f"reports.{name}"), scope="col", class_=class_)
            for name, class_ in (
                ("agency", None),
                ("scope", None),
                ("new", "number"),
                ("closed", "number"),
                ("disclosure_rate", "number"),
                ("cells", "number"),
                ("findings", None),
            )
        ],
    )
    rows = [
        el(
            "tr",
            el(
                "th",
                page.link(
                    t.of(row, "agency_name"),
                    "profile",
                    agency=row["agency_id"],
                    year=row["fiscal_year"],
                    scope=row["scope"],
                ),
                page.sample_tag() if row["is_sample"] else None,
                scope="row",
            ),
            el("td", t.known("scope", row["scope"])),
            el("td", headline(row, "new_count", page), class_="number"),
            el("td", headline(row, "closed_count", page), class_="number"),
            el("td", rate(row, "disclosure_rate", page), class_="number"),
            el("td", numbers.fraction(row["cells_reported"], row["cells_total"]), class_="number"),
            el("td", finding_tags(row, page)),
        )
        for row in reports
    ]
    return el(
        "section",
        el("h2", t("overview.reports"), el("small", t("overview.reports_note"))),
        table(heads, rows, class_="reports", label=t("overview.reports")),
    )


def _files(page: Page, is_sample: bool | None) -> Markup:
    t = page.t
    counts = [
        el(
            "li",
            t.known("document_status", row["status"]),
            el("b", numbers.figure(row["documents"])),
            data_status=row["status"],
        )
        for row in page.build.rows("overview/documents", is_sample=is_sample)
    ]
    apart = _file_table(page, ["quarantined", "set_aside"], is_sample) or el("p", t("overview.no_files_apart"))
    replaced = _file_table(page, ["duplicate", "superseded", "withdrawn"], is_sample, folded=True)
    return el(
        "section",
        el("h2", t("overview.files"), el("small", t("overview.files_note"))),
        el("ul", counts, class_="counts"),
        apart,
        replaced,
    )


def _file_table(page: Page, statuses: list[str], is_sample: bool | None, *, folded: bool = False) -> Markup | None:
    """Files of some statuses with the reason; None where there are none."""
    t = page.t
    files = page.build.rows("overview/documents_apart", statuses=statuses, is_sample=is_sample, row_limit=_FILES_SHOWN)
    if not files:
        return None
    heads = el("tr", [el("th", t(f"files.{name}"), scope="col") for name in ("path", "status", "reason")])
    rows = [
        el(
            "tr",
            el("th", el("span", row["source_path"], class_="path"), scope="row"),
            el("td", t.known("document_status", row["status"])),
            el("td", t.known("reason", row["reason_code"], row["reason"]), title=row["reason"]),
        )
        for row in files
    ]
    total = files[0]["files"]
    more = el("p", t("overview.files_more", count=total - len(files)), class_="muted") if total > len(files) else None
    listed = join([table(heads, rows, class_="files", label=t("overview.files")), more])
    if not folded:
        return listed
    return el("details", el("summary", t("overview.files_replaced", count=total)), listed)

"""单位画像: one agency through the years, and its report of one year as on the official form, every cell traceable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

import streamlit as st

from dashboard.components import numbers
from dashboard.components.cards import finding_list
from dashboard.components.entries import metric_link
from dashboard.components.figures import finding_tags, headline, rate
from dashboard.components.form_table import Doubts, Line, form_table, legend, lines_of
from dashboard.components.history import prose, revisions, through_years
from dashboard.components.markup import Child, Markup, block, el, join
from dashboard.components.page import Page, asked, choose, remember
from dashboard.components.picker import choose_agency
from dashboard.components.source_panel import source_panel
from dashboard.warehouse import Row

_HEADLINES = ("new_count", "carried_in_count", "closed_count", "carried_out_count")
_RATES = ("disclosure_rate", "denial_rate", "unable_rate", "carry_over_rate")


def render(page: Page) -> None:
    """Draw the page."""
    report_id = _choose_report(page)
    report = page.build.row("profile/report", report_id=report_id) if report_id is not None else None
    if report is None:
        page.show(el("h1", page.t("profile.title")), el("p", page.t("profile.none"), class_="lead"), key="none")
        return
    statuses = {row["value_status"]: row["cells"] for row in page.build.rows("profile/statuses", report_id=report_id)}
    page.show(_head(report, page), _figures(report, page), through_years(page, report), key="head")
    page.show(legend(statuses, page.t), key="legend")
    lines = lines_of(page.build.rows("profile/form", report_id=report_id), page.t)
    sources = {row["line_no"]: row["line_text"] for row in page.build.rows("profile/source_lines", report_id=report_id)}
    _forms(page, lines, _doubts(page, report_id), sources)
    cells = page.downloads(
        "profile/form", title=page.t("profile.cells"), of_sample=report["is_sample"], report_id=report_id
    )
    page.show(cells, key="cells")
    page.show(_findings(report, page), revisions(page, report), prose(page, report), page.footer(), key="findings")


def _choose_report(page: Page) -> int | None:
    """Agency, year and, where a year has both, scope; each kept in the address."""
    t, build = page.t, page.build
    with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
        chosen = choose_agency(page)
        if chosen is None:
            return None
        reports = build.rows("profile/reports", agency_id=chosen["agency_id"])
        years = list(dict.fromkeys(str(row["fiscal_year"]) for row in reports))
        if not years:
            return None
        year = choose("year", years, label=t("filter.year"), shown=lambda code: t("year", year=code), width=160)
        of_year = {row["scope"]: row["report_id"] for row in reports if str(row["fiscal_year"]) == year}
        scope = next(iter(of_year))
        if len(of_year) > 1:
            scope = choose(
                "scope",
                list(of_year),
                label=t("filter.scope"),
                shown=lambda code: t.known("scope", code),
                widget=st.segmented_control,
                required=True,
                kept=False,
            )
        return of_year[scope]


def _head(report: Row, page: Page) -> Markup:
    t = page.t
    about: list[Child] = [
        t("year", year=report["fiscal_year"]),
        t.known("scope", report["scope"]),
        t.known("level", report["level"]),
    ]
    if report["division_code"]:
        about.append(t("profile.division", code=report["division_code"]))
    if report["resolution"] != "resolved":
        about.append(t(f"profile.{report['resolution']}"))
    if report["parent_agency_id"] and report["parent_name_zh"]:
        parent: Child = t.of(report, "parent_name")
        if report["has_parent_report"]:
            parent = page.link(parent, "profile", agency=report["parent_agency_id"], year=report["fiscal_year"])
        about.append(join([t("profile.parent"), parent]))
    return join(
        [
            el(
                "h1",
                page.sample_tag() if report["is_sample"] else None,
                t.of(report, "agency_name"),
                finding_tags(report, page),
            ),
            el("p", [el("span", part) for part in about], class_="lead about"),
            _document(report, page),
        ]
    )


def _document(report: Row, page: Page) -> Markup:
    """What the document is; folded away, as it is asked for less often than the figures."""
    t = page.t
    published = f"{report['published_on']:%Y-%m-%d}" if report["published_on"] else t("profile.unknown")
    forms = t("list_separator").join(
        f"{t(f'table.{number}')} {t.known('form_version', report[f'table_{number}_form_version'])}"
        for number in (2, 3, 4)
    )
    facts = [
        (t("profile.document_title"), report["title"] or t("profile.no_title"), None),
        (t("profile.issuer"), report["issuer_name"] or t("profile.unknown"), _evidence(report, "issuer", page)),
        (
            t("profile.published_on"),
            [published, el("span", t(f"punctuality.{report['punctuality']}", due=report["due_on"]), class_="muted")],
            _evidence(report, "published", page),
        ),
        (t("profile.scope_evidence"), t.known("scope", report["scope"]), _evidence(report, "scope", page)),
        (t("profile.forms"), forms, None),
        (
            t("profile.file"),
            el("span", report["source_path"], class_="path"),
            el("span", "SHA-256 ", el("code", report["sha256"][:16]), class_="muted"),
        ),
    ]
    listed = [join([el("dt", name), el("dd", value, evidence)]) for name, value, evidence in facts]
    summary = el("summary", t("profile.document"), el("span", report["source_path"], class_="path muted"))
    return el("details", summary, el("dl", listed, class_="facts wide"), class_="document")


def _evidence(report: Row, name: str, page: Page) -> Markup | None:
    text, line_no = report[f"{name}_evidence"], report[f"{name}_line_no"]
    if not text:
        return None
    where = page.t("source.line", number=line_no) if line_no is not None else ""
    return el("span", page.t("profile.evidence", text=text, where=where), class_="muted small evidence")


def _figures(report: Row, page: Page) -> Markup:
    tiles = [(name, headline(report, name, page)) for name in _HEADLINES]
    tiles += [(name, rate(report, name, page)) for name in _RATES]
    return el(
        "dl",
        [
            el(
                "div",
                el("dt", metric_link(name, page.t(f"measure.{name}"), page)),
                el("dd", value, class_="value"),
                class_="tile",
                data_measure=name,
            )
            for name, value in tiles
        ],
        class_="tiles compact",
    )


def _doubts(page: Page, report_id: int) -> Doubts:
    found: dict[tuple[int, str, str], list[Row]] = {}
    for row in page.build.rows("profile/doubts", report_id=report_id):
        found.setdefault((row["table_no"], row["line_code"], row["column_code"]), []).append(row)
    return found


@st.fragment
def _forms(page: Page, lines: Sequence[Line], doubts: Doubts, sources: Mapping[int, str]) -> None:
    """The three tables with the panel beside them. A fragment: choosing a cell redraws the panel and nothing else."""
    t = page.t

    def chosen(cell: str) -> None:
        remember("cell", cell)

    selected = asked("cell", kept=False)
    tables = [
        form_table(number, list(group), doubts, t) for number, group in groupby(lines, key=lambda line: line.table_no)
    ]
    block(
        tables,
        key="forms",
        language=page.language,
        side=source_panel(selected, lines, doubts, sources, t),
        selected=selected,
        label=t("source.title"),
        on_cell=chosen,
    )


def _findings(report: Row, page: Page) -> Markup:
    t = page.t
    ids = [report["report_id"]]
    findings = page.build.rows(
        "reconciliation/findings", report_ids=ids, severity=None, rule_id=None, only=None, without=[]
    )
    suggestions = page.build.rows("reconciliation/suggestions", report_ids=ids)
    if not findings:
        unsettled = report["equations_not_evaluable"]
        text = t("profile.no_findings_but", count=numbers.figure(unsettled)) if unsettled else t("profile.no_findings")
        return el("section", el("h2", t("profile.findings")), el("p", text))
    return el(
        "section",
        el("h2", t("profile.findings"), el("small", numbers.figure(len(findings)))),
        finding_list(findings, suggestions, page),
    )

"""层级汇总与报送: the tree of regions, what each declared beside the sum of its members, and who reported when."""

from __future__ import annotations

import streamlit as st

from dashboard.components import charts, numbers, reporting, rollup
from dashboard.components.cards import table
from dashboard.components.figures import headline
from dashboard.components.markup import Child, Markup, el, fill, join
from dashboard.components.page import Page, asked, choose, page_of, remember
from dashboard.i18n import Texts
from dashboard.views.region_figures import change_of, doubt_mark, figures_of_region, source_of, trends_of_region
from dashboard.views.region_reporting import agency_head, files_apart, outstanding, through_the_years
from dashboard.warehouse import Row

_VIEWS = ("reporting", "figures", "rollup")
_MEMBERS_A_PAGE = 25


def render(page: Page) -> None:
    """Draw the page."""
    t, build = page.t, page.build
    head, filters = st.columns([5, 5], vertical_alignment="bottom")
    with (
        filters,
        st.container(key="filters", horizontal=True, horizontal_alignment="right", vertical_alignment="bottom"),
    ):
        is_sample = page.choose_data()
        regions = {row["agency_id"]: row for row in build.rows("regions/regions", is_sample=is_sample)}
        years = [str(row["fiscal_year"]) for row in build.rows("regions/years", is_sample=is_sample)]
        if not regions or not years:
            page.show(
                el("h1", t("regions.title")), el("p", t("regions.empty"), class_="lead"), page.footer(), key="none"
            )
            return
        if asked("region") not in regions:
            remember("region", next(code for code, row in regions.items() if row["is_start"]))
        chosen = choose(
            "region",
            list(regions),
            label=t("filter.region"),
            shown=lambda code: "\u3000" * (regions[code]["depth"] - 1) + t.of(regions[code], "region_name"),
            width=200,
        )
        year = int(choose("year", years, label=t("filter.year"), shown=lambda code: t("year", year=code), width=130))
    region = build.row("regions/region", region=chosen, fiscal_year=year) or {}
    coverage = build.rows("regions/coverage", region=chosen)
    with head:
        page.show(_head(region, coverage, year, page), key="head")
    page.show(_children(region, year, page), key="children")
    view = choose(
        "view",
        _VIEWS,
        label=t("regions.view"),
        shown=lambda code: t(f"regions.view_{code}"),
        widget=st.segmented_control,
        required=True,
        kept=False,
        left_out=_VIEWS[0],
        label_visibility="collapsed",
    )
    if view == "rollup":
        _declared_and_summed(region, year, page)
        _members(region, year, page)
        page.show(page.footer(), key="end")
    elif view == "figures":
        page.show(figures_of_region(region, year, page), key="region-figures")
        trends_of_region(region, page)
        page.show(charts.legend(t, "no_cases", "not_available", "mixed_forms"), page.footer(), key="end")
    else:
        page.show(through_the_years(region, coverage, page), key="years")
        outstanding(region, year, page)
        page.show(files_apart(region, year, is_sample, page), page.footer(), key="files")


def _head(region: Row, coverage: tuple[Row, ...], year: int, page: Page) -> Markup:
    t = page.t
    path = page.build.rows("regions/path", region=region["agency_id"])
    crumbs = [
        el(
            "li",
            page.link(t.of(row, "region_name"), "regions", region=row["agency_id"], year=year)
            if row["agency_id"] != region["agency_id"]
            else el("span", t.of(row, "region_name"), aria_current="page"),
        )
        for row in path
    ]
    return join(
        [
            el("nav", el("ol", crumbs), class_="crumbs", aria_label=t("regions.path")),
            el("h1", page.sample_tag() if region["is_sample"] else None, t.of(region, "region_name")),
            el("p", _told(next((row for row in coverage if row["fiscal_year"] == year), None), year, t), class_="lead"),
            el("p", _report_of(region, year, page), class_="lead"),
        ]
    )


def _told(row: Row | None, year: int, t: Texts) -> Child:
    """The year's reporting in a sentence."""
    if row is None:
        return t("regions.nobody_expected", year=year)
    parts = [
        t(f"regions.of_{status}", count=numbers.figure(row[status]), days=row["days_late"])
        for status in reporting.STATES
        if row[status]
    ]
    return fill(
        t("regions.lead"),
        year=str(year),
        expected=el("b", numbers.figure(row["expected_count"])),
        reports=el("b", numbers.figure(row["report_count"])),
        parts=t("list_separator").join(parts),
    )


def _report_of(region: Row, year: int, page: Page) -> Child:
    """Whether the region has a consolidated report, with a link to it."""
    t = page.t
    members = t("regions.members_counted", counted=region["members_counted"], expected=region["members_expected"])
    if region["report_id"] is None:
        return [t("regions.no_report"), members]
    report = page.link(
        t.of(region, "agency_name"), "profile", agency=region["agency_id"], year=year, scope="consolidated"
    )
    return [fill(t("regions.report"), report=report), members]


def _children(region: Row, year: int, page: Page) -> Markup:
    """The regions right below, each with who reported and what was received."""
    t = page.t
    children = page.build.rows("regions/children", region=region["agency_id"], fiscal_year=year)
    if not children:
        return join(None)
    heads = el(
        "tr",
        [
            el("th", t(f"regions.column_{name}"), scope="col", class_=class_)
            for name, class_ in (
                ("region", None),
                ("coverage", "number"),
                ("states", None),
                ("new_count", "number"),
                ("source", None),
                ("change", "number"),
            )
        ],
    )
    rows = []
    for row in children:
        expected = row["expected_count"]
        rows.append(
            el(
                "tr",
                el(
                    "th",
                    page.link(t.of(row, "region_name"), "regions", region=row["agency_id"], year=year),
                    " ",
                    el("small", t.known("level", row["level_code"])),
                    scope="row",
                ),
                el("td", numbers.fraction(row["report_count"], expected) if expected else "", class_="number"),
                el("td", reporting.bar(row, t) if expected else el("span", t("regions.not_expected"), class_="muted")),
                el("td", _new_count(row, page), class_="number"),
                el("td", source_of(row | {"expected_count": row["members_expected"]}, t), class_="small"),
                el("td", change_of(row, t), class_="number small"),
                data_region=row["agency_id"],
            )
        )
    return el(
        "section",
        el("h2", t("regions.children"), el("small", t("regions.children_note"))),
        table(heads, rows, class_="regions", label=t("regions.children")),
    )


def _new_count(row: Row, page: Page) -> Child:
    if row["new_count"] is None:
        return el("span", page.t("regions.no_figure"), class_="no-value")
    return [numbers.figure(row["new_count"]), doubt_mark(row, page.t)]


def _declared_and_summed(region: Row, year: int, page: Page) -> None:
    """Headline cells and those below the sum of the members, or the whole of the three tables."""
    t = page.t
    cells = page.build.rows("regions/rollup", region=region["agency_id"], fiscal_year=year)
    title = el("h2", t("regions.rollup"), el("small", t("regions.rollup_note")))
    if not cells:
        page.show(el("section", title, el("p", t("regions.no_rollup"))), key="rollup")
        return
    alike = {cell["comparison"]: cell["cells_alike"] for cell in cells}
    parts = [
        fill("{sign} {count}", sign=rollup.comparison(code, t), count=el("b", numbers.figure(alike[code])))
        for code in rollup.COMPARISONS
        if code in alike
    ]
    told = el(
        "p",
        t("regions.rollup_told", cells=numbers.figure(cells[0]["cells"])),
        [el("span", part, class_="count") for part in parts],
        class_="counted",
    )
    findings = None
    if region["level_findings"]:
        findings = el(
            "p",
            page.link(
                t("regions.see_findings"), "reconciliation", agency=region["agency_id"], year=year, rule="LV-PARENT"
            ),
        )
    page.show(el("section", title, told, findings), key="rollup")
    with st.container(key="rollup-choice", horizontal=True):
        shown = choose(
            "cells",
            ["headlines", "all"],
            label=t("rollup.shown"),
            shown=lambda code: t(f"rollup.shown_{code}"),
            widget=st.segmented_control,
            required=True,
            kept=False,
            left_out="headlines",
            label_visibility="collapsed",
        )
    if shown == "all":
        drawn = rollup.whole_tables(cells, region, year, page)
    else:
        chosen = [cell for cell in cells if cell["is_headline"] or cell["is_short"]]
        drawn = rollup.headline_table(chosen, region, year, page)
    everything = page.downloads(
        "regions/rollup",
        title=t("regions.rollup"),
        of_sample=region["is_sample"],
        region=region["agency_id"],
        fiscal_year=year,
    )
    page.show(drawn, el("p", t("rollup.legend"), class_="muted small"), everything, key="rollup-cells")


def _members(region: Row, year: int, page: Page) -> None:
    """Who is added up and who is not, with the reason."""
    t, build = page.t, page.build
    asked_for = {"region": region["agency_id"], "fiscal_year": year}
    roles = {row["role_code"]: row["members"] for row in build.rows("regions/roles", **asked_for)}
    if not roles:
        return
    page.show(el("section", el("h2", t("regions.members"), el("small", t("regions.members_note")))), key="members")
    role = choose(
        "role",
        ["", *roles],
        label=t("regions.role"),
        shown=lambda code: f"{t.known('role', code)} {roles[code]}" if code else t("filter.all"),
        widget=st.segmented_control,
        required=True,
        kept=False,
        label_visibility="collapsed",
    )
    asked_for |= {"role_code": role or None, "row_limit": _MEMBERS_A_PAGE}
    members = build.rows("regions/members", **asked_for, row_offset=page_of("members_page", _MEMBERS_A_PAGE))
    heads = el(
        "tr",
        [
            el("th", t(f"regions.column_{name}"), scope="col", class_="number" if name == "new_count" else None)
            for name in ("member", "scope", "new_count", "role", "why")
        ],
    )
    rows = [
        el(
            "tr",
            agency_head(row, year, row["scope"], page),
            el("td", t.known("scope", row["scope"]), class_="status"),
            el("td", headline(row, "new_count", page) if row["new_count_status"] else "", class_="number"),
            el("td", el("span", t.known("role", row["role_code"]), class_=f"role role-{row['role_code']}")),
            el("td", _why(row, t), class_="small"),
            data_role=row["role_code"],
        )
        for row in members
    ]
    everything = page.downloads(
        "regions/members", title=t("regions.members"), of_sample=region["is_sample"], **asked_for, row_offset=0
    )
    page.show(table(heads, rows, class_="members", label=t("regions.members")), everything, key="members-list")
    page.pager("members_page", _MEMBERS_A_PAGE, members[0]["members"] if members else 0)


def _why(row: Row, t: Texts) -> Child:
    if row["covering_agency_id"]:
        return t(f"role_why.{row['role_code']}", agency=t.of(row, "covering_name"))
    if row["reason_code"]:
        return t.known("reason", row["reason_code"])
    return t(f"role_why.{row['role_code']}", agency="")

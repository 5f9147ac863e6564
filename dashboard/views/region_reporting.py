"""The half of 层级汇总与报送 that is about reporting: organs by years, who is late or missing, files set aside."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from dashboard.components import numbers, reporting
from dashboard.components.cards import table
from dashboard.components.markup import Child, Markup, el, join
from dashboard.components.page import Page, choose, page_of
from dashboard.i18n import Texts
from dashboard.warehouse import Row

_ORGANS_A_PAGE = 25
_FILES_SHOWN = 100


def agency_head(row: Row, year: int, scope: str | None, page: Page) -> Markup:
    """The head of an agency's line: its name, as a link to its report where there is one, and its level."""
    name: Child = page.t.of(row, "agency_name")
    if row["report_id"] is not None:
        name = page.link(name, "profile", agency=row["agency_id"], year=year, scope=scope)
    return el("th", name, " ", el("small", page.t.known("level", row["level_code"])), scope="row")


def through_the_years(region: Row, coverage: tuple[Row, ...], page: Page) -> Markup:
    """Organs by years: what became of each report; above them how many of all in the region reported."""
    t = page.t
    organs = page.build.rows("regions/organs", region=region["agency_id"])
    years = sorted({row["fiscal_year"] for row in (*coverage, *organs)})
    if not years:
        return join(None)
    of_year = {row["fiscal_year"]: row for row in coverage}
    heads = el("tr", el("th", t("regions.column_organ"), scope="col"), [el("th", year, scope="col") for year in years])
    totals = el(
        "tr",
        el("th", t("regions.all_in_region"), scope="row"),
        [
            el(
                "td",
                [
                    el("b", numbers.fraction(of_year[year]["report_count"], of_year[year]["expected_count"])),
                    reporting.bar(of_year[year], t),
                ]
                if year in of_year
                else None,
                data_year=year,
            )
            for year in years
        ],
        class_="totals",
    )
    rows = []
    for _, group in groupby(organs, key=lambda row: row["agency_id"]):
        by_year = {row["fiscal_year"]: row for row in group}
        name = t.of(next(iter(by_year.values())), "agency_name")
        cells = [
            el("td", reporting.state_of_year(by_year[year], page))
            if year in by_year
            else el("td", el("span", t("regions.not_expected_short"), class_="muted small"))
            for year in years
        ]
        rows.append(el("tr", el("th", name, scope="row"), cells))
    return el(
        "section",
        el("h2", t("regions.years"), el("small", t("regions.years_note"))),
        table(heads, [totals, *rows], class_="through-years", label=t("regions.years")),
        el("div", reporting.legend(t), class_="legends"),
        page.downloads(
            "regions/organs", title=t("regions.years"), of_sample=region["is_sample"], region=region["agency_id"]
        ),
    )


def outstanding(region: Row, year: int, page: Page) -> None:
    """Who has not reported, who was late, whose file could not be taken: all in the region."""
    t, build = page.t, page.build
    page.show(
        el("section", el("h2", t("regions.outstanding"), el("small", t("regions.outstanding_note")))), key="outstanding"
    )
    status = choose(
        "status",
        ["", *(code for code in reporting.STATES if code != "reported")],
        label=t("regions.column_status"),
        shown=lambda code: t.known("reporting", code) if code else t("filter.all"),
        widget=st.segmented_control,
        required=True,
        kept=False,
        label_visibility="collapsed",
    )
    asked_for = {
        "region": region["agency_id"],
        "fiscal_year": year,
        "status": status or None,
        "row_limit": _ORGANS_A_PAGE,
    }
    organs = build.rows("regions/outstanding", **asked_for, row_offset=page_of("organs_page", _ORGANS_A_PAGE))
    if not organs:
        page.show(el("p", t("regions.nothing_outstanding")), key="outstanding-list")
        return
    heads = el(
        "tr",
        [
            el("th", t(f"regions.column_{name}"), scope="col", class_="number" if name == "days" else None)
            for name in ("organ", "status", "days", "due", "published", "file")
        ],
    )
    rows = [
        el(
            "tr",
            agency_head(row, year, None, page),
            el("td", reporting.state(row["status"], t)),
            el("td", numbers.figure(row["days_late"]), class_="number"),
            el("td", f"{row['due_on']:%Y-%m-%d}" if row["due_on"] else "", class_="date"),
            el("td", _published(row, t), class_="date"),
            el("td", _file(row, t), class_="small"),
            data_status=row["status"],
        )
        for row in organs
    ]
    everything = page.downloads(
        "regions/outstanding", title=t("regions.outstanding"), of_sample=region["is_sample"], **asked_for, row_offset=0
    )
    listed = table(heads, rows, class_="outstanding", label=t("regions.outstanding"))
    page.show(listed, everything, key="outstanding-list")
    page.pager("organs_page", _ORGANS_A_PAGE, organs[0]["outstanding"])


def _published(row: Row, t: Texts) -> str:
    if row["published_on"]:
        return f"{row['published_on']:%Y-%m-%d}"
    return t("regions.signed_on", date=f"{row['signed_on']:%Y-%m-%d}") if row["signed_on"] else ""


def _file(row: Row, t: Texts) -> Child:
    if row["reason_code"]:
        why = el("span", t.known("reason", row["reason_code"], row["reason"]))
        return [why, " ", el("span", row["source_path"], class_="path muted")]
    return t(f"expected_why.{row['basis_code']}") if row["status"] == "missing" else None


def files_apart(region: Row, year: int, is_sample: bool, page: Page) -> Markup:
    """Files that feed no figure, with the reason."""
    t = page.t
    files = page.build.rows(
        "regions/files", region=region["agency_id"], fiscal_year=year, is_sample=is_sample, row_limit=_FILES_SHOWN
    )
    title = el("h2", t("regions.files"), el("small", t("regions.files_note")))
    if not files:
        return el("section", title, el("p", t("regions.no_files")))
    heads = el("tr", [el("th", t(f"files.{name}"), scope="col") for name in ("path", "agency", "status", "reason")])
    rows = [
        el(
            "tr",
            el("th", el("span", row["source_path"], class_="path"), scope="row"),
            el("td", t.of(row, "agency_name") or el("span", t("files.no_agency"), class_="muted")),
            el("td", t.known("document_status", row["status"]), class_="date"),
            el("td", t.known("reason", row["reason_code"], row["reason"]), title=row["reason"]),
        )
        for row in files
    ]
    total = files[0]["files"]
    more = el("p", t("overview.files_more", count=total - len(files)), class_="muted") if total > len(files) else None
    return el("section", title, table(heads, rows, class_="files", label=t("regions.files")), more)

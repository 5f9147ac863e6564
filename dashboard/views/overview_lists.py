"""The lists at the end of 总览: the reports of the year, those that need attention first, and the files received."""

from __future__ import annotations

from dashboard.components import numbers
from dashboard.components.cards import table
from dashboard.components.figures import finding_tags, headline, rate
from dashboard.components.markup import Markup, el, join
from dashboard.components.page import Page
from dashboard.warehouse import Row

_FILES_SHOWN = 100
SORTED_BY = ("new", "closed", "disclosure_rate", "cells")


def report_table(page: Page, reports: tuple[Row, ...]) -> Markup:
    t = page.t
    heads = el(
        "tr",
        [
            el("th", t("reports.agency"), scope="col"),
            el("th", t("reports.scope"), scope="col"),
            [page.sort_head(t(f"reports.{name}"), name, "overview") for name in SORTED_BY],
            el("th", t("reports.findings"), scope="col"),
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
            el("td", t.known("scope", row["scope"]), class_="status"),
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


def received_files(page: Page, is_sample: bool | None) -> Markup:
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
            el("td", t.known("document_status", row["status"]), class_="status"),
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

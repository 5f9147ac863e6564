"""One agency beyond one form: its reports through the years, what revisions changed, and what the prose claims."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.components import numbers, reporting
from dashboard.components.cards import place, table
from dashboard.components.entries import rule_link
from dashboard.components.figures import finding_tags, headline, rate
from dashboard.components.form_table import cell_key
from dashboard.components.markup import Markup, el, join
from dashboard.components.page import Page
from dashboard.components.prose import sentences
from dashboard.warehouse import Row

_COUNTS = ("new_count", "closed_count", "carried_out_count")
_DISPUTES = ("reconsideration_count", "litigation_count")


def through_years(page: Page, report: Row) -> Markup:
    """A line a report, the latest first, each figure with its status and each year leading to its form."""
    t = page.t
    asked_with = {"agency_id": report["agency_id"], **page.span(is_sample=report["is_sample"])}
    rows = page.build.rows("profile/years", **asked_with)
    heads = el(
        "tr",
        el("th", t("filter.year"), scope="col"),
        el("th", t("history.form"), scope="col"),
        [el("th", t(f"measure.{name}"), scope="col", class_="number") for name in _COUNTS],
        el("th", t("measure.disclosure_rate"), scope="col", class_="number"),
        [el("th", t(f"measure.{name}"), scope="col", class_="number") for name in _DISPUTES],
        el("th", t("reports.cells"), scope="col", class_="number"),
        el("th", t("history.reported"), scope="col"),
        el("th", t("reports.findings"), scope="col"),
    )
    body, newer_form = [], None
    for row in rows:
        changed = newer_form is not None and row["table3_form"] is not None and row["table3_form"] != newer_form
        body.append(_year(row, report, page, is_change=changed))
        newer_form = row["table3_form"] or newer_form
    title = t("history.title")
    files = page.downloads(
        "profile/years",
        title=title,
        of_sample=report["is_sample"],
        **asked_with,
    )
    note = el("small", t("history.note"))
    return el("section", el("h2", title, note), table(heads, body, class_="history", label=title), files)


def _year(row: Row, report: Row, page: Page, *, is_change: bool) -> Markup:
    t = page.t
    year = t("year", year=row["fiscal_year"])
    state = reporting.state_of_year(row, page) if row["status"] else None
    look = "form-change" if is_change else None
    if row["report_id"] is None:
        word = el("span", t("chart.status.no_report"), class_="swatch is-no_report")
        empty = el("td", word, colspan=len(_COUNTS) + len(_DISPUTES) + 3)
        return el("tr", el("th", year, scope="row"), empty, el("td", state), el("td"), data_year=row["fiscal_year"])
    is_shown = row["report_id"] == report["report_id"]
    link = page.link(year, "profile", agency=row["agency_id"], year=row["fiscal_year"], scope=row["scope"])
    forms = dict.fromkeys(row[f"table{number}_form"] for number in (2, 3))
    return el(
        "tr",
        el(
            "th",
            el("b", year) if is_shown else link,
            el("small", t.known("scope", row["scope"])),
            scope="row",
        ),
        el("td", "/".join(form for form in forms if form)),
        [el("td", headline(row, name, page), class_="number", data_measure_of=name) for name in _COUNTS],
        el("td", rate(row, "disclosure_rate", page), class_="number"),
        [el("td", headline(row, name, page), class_="number", data_measure_of=name) for name in _DISPUTES],
        el("td", numbers.fraction(row["cells_reported"], row["cells_total"]), class_="number"),
        el("td", state),
        el("td", finding_tags(row, page)),
        class_=look,
        data_year=row["fiscal_year"],
        aria_current="true" if is_shown else None,
    )


def revisions(page: Page, report: Row) -> Markup | None:
    """Earlier revisions of the document and what each later one prints otherwise; nothing where there is but one."""
    t = page.t
    earlier = page.build.rows("profile/revisions", report_id=report["report_id"])
    if not earlier:
        return None
    cells = page.build.rows("profile/revision_cells", report_id=report["report_id"])
    listed = [
        el(
            "li",
            t("revision.of", number=row["revision_no"]),
            el("span", f"{row['published_on']:%Y-%m-%d}" if row["published_on"] else t("profile.unknown")),
            el("span", row["source_path"], class_="path muted"),
            el("b", t("revision.changed", count=numbers.figure(row["cells_changed"]))),
        )
        for row in earlier
    ]
    heads = el(
        "tr",
        el("th", t("revision.cell"), scope="col"),
        el("th", t("revision.before"), scope="col", class_="number"),
        el("th", el("span", t("suggestion.becomes"), class_="visually-hidden"), scope="col"),
        el("th", t("revision.after"), scope="col", class_="number"),
        el("th", t("revision.between"), scope="col"),
    )
    body = [_changed(row, report, page) for row in cells]
    changes = table(heads, body, class_="revision-cells", label=t("revision.cells")) if body else None
    return el(
        "section",
        el("h2", t("revision.title"), el("small", t("revision.note"))),
        el("ul", listed, class_="revisions"),
        changes,
    )


def _changed(row: Row, report: Row, page: Page) -> Markup:
    t = page.t
    where = page.link(
        place(row, t),
        "profile",
        agency=report["agency_id"],
        year=report["fiscal_year"],
        scope=report["scope"],
        cell=cell_key(row["table_no"], row["line_code"], row["column_code"]),
    )
    return el(
        "tr",
        el("th", where, scope="row"),
        el("td", _value(row, "old", page), class_="number"),
        el("td", "→", aria_hidden="true"),
        el("td", _value(row, "new", page), class_="number"),
        el("td", t("revision.from_to", before=row["from_revision_no"], after=row["to_revision_no"]), class_="muted"),
    )


def _value(row: Row, age: str, page: Page) -> Markup:
    """The figure; where there is none, the status in a word."""
    if row[f"{age}_value"] is not None:
        return join(numbers.figure(row[f"{age}_value"]))
    status = row[f"{age}_status"] or "missing"
    return el("span", page.t.known("status_short", status), class_=f"swatch is-{status}")


def prose(page: Page, report: Row) -> Markup:
    """Sentences of the prose that count something, and what came of those that can be held against the tables."""
    t = page.t
    ids = [report["report_id"]]
    claims = page.build.rows("profile/claims", report_id=report["report_id"])
    figures = page.build.rows("proactive/prose", report_ids=ids)
    heading = el("h2", t("excerpts.title"), el("small", t("excerpts.note")))
    if not claims and not figures:
        return el("section", heading, el("p", t("excerpts.none")))
    return el(
        "section",
        heading,
        el("h3", t("excerpts.claims")) if claims else None,
        _claims(claims, report, page) if claims else None,
        el("h3", t("excerpts.figures")) if figures else None,
        sentences(page, figures) if figures else None,
    )


def _claims(claims: Sequence[Row], report: Row, page: Page) -> Markup:
    t = page.t
    heads = el(
        "tr",
        el("th", t("excerpts.sentence"), scope="col"),
        el("th", t("excerpts.claimed"), scope="col", class_="number"),
        el("th", t("excerpts.compared"), scope="col", class_="number"),
        el("th", t("places.verdict"), scope="col"),
        el("th", t("places.rule"), scope="col"),
    )
    body = [
        el(
            "tr",
            el(
                "td",
                el("q", row["sentence"]),
                el("small", t("source.line", number=row["line_no"])) if row["line_no"] is not None else None,
                class_="excerpt",
            ),
            el("td", numbers.figure(row["claimed_value"]), class_="number"),
            el("td", _compared(row, report, page), class_="number"),
            el(
                "td",
                t(f"claim_verdict.{row['verdict']}"),
                el("small", t.of(row, "reason")) if row["verdict"] == "not_evaluable" else None,
                class_=f"claim-{row['verdict']}",
            ),
            el("td", t.of(row, "rule_name"), rule_link(row["rule_id"], page)),
            data_claim=row["claim_id"],
        )
        for row in claims
    ]
    return table(heads, body, class_="claims", label=t("excerpts.claims"))


def _compared(row: Row, report: Row, page: Page) -> Markup:
    """What the tables say, leading to the cell where it is one."""
    if row["compared_value"] is None:
        return el("span", page.t("chart.status.not_available"), class_="no-value")
    written = numbers.figure(row["compared_value"])
    if row["table_no"] is None or "*" in (row["line_code"], row["column_code"]):
        return el("span", written, title=page.t.of(row, "readings") or None)
    return page.link(
        written,
        "profile",
        agency=report["agency_id"],
        year=report["fiscal_year"],
        scope=report["scope"],
        cell=cell_key(row["table_no"], row["line_code"], row["column_code"]),
    )

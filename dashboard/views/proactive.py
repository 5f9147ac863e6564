"""主动公开: what 表二 counts, each form in a panel of its own, and what the prose counts besides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from dashboard.components import charts, numbers
from dashboard.components.charts import Point, Series
from dashboard.components.entries import metric_link
from dashboard.components.markup import Child, Markup, el, fill
from dashboard.components.page import Page, choose
from dashboard.components.prose import prose_figures, sentences
from dashboard.components.subject import REGION, Subject, by_year, choose_subject, standing, years_of
from dashboard.warehouse import Row

_TABLE_NO = 2
_FORMS = ("2019", "2021")
# What stands side by side: the same matter on both forms, which do not count it alike.
_TOPICS: dict[str, Callable[[Row], bool]] = {
    "government_rules": lambda row: row["item_code"] == "government_rules",
    "normative_documents": lambda row: row["item_code"] == "normative_documents",
    "decisions": lambda row: row["measure_code"] == "decisions",
    "fees": lambda row: row["item_code"] == "fees",
}
# What the form of 2019 alone asks for; units and signs apart.
_ONLY_2019: dict[str, dict[str, Callable[[Row], bool]]] = {
    "items": {
        code: lambda row, code=code: row["measure_code"] == code and row["item_code"] != "fees"
        for code in ("previous_items", "items_change")
    },
    "procurement": {
        code: lambda row, code=code: row["measure_code"] == code
        for code in ("procurement_projects", "procurement_amount")
    },
}
_COUNTED_AS_ITEMS = ("previous_items", "items_change", "procurement_projects")


def render(page: Page) -> None:
    """Draw the page."""
    t = page.t
    page.show_title(t("proactive.title"), t("proactive.lead"))
    chosen = choose_subject(page)
    if chosen is None:
        page.show(el("p", t("proactive.empty"), class_="lead"), page.footer(), key="empty")
        return
    subject, filters = chosen
    asked_with = dict(subject.span)
    rows = subject.rows(page, "proactive/items", **asked_with)
    files = subject.files(page, "proactive/items", t("proactive.title"), **asked_with)
    if subject.is_compared:
        items = {row["item_code"]: t.of(row, "item_name") for row in rows}
        with filters:
            item = choose(
                "item", list(items), label=t("filter.item"), shown=lambda code: items[code], width=220, kept=False
            )
        _compared(page, subject, [row for row in rows if row["item_code"] == item], items[item], files)
    else:
        _panels(page, subject, rows, files)
        _of_2019(page, subject, rows, files)
    _prose(page, subject, years_of(rows))
    page.show(charts.legend(t, "unstated"), page.footer(), key="foot")


def _panels(page: Page, subject: Subject, rows: Sequence[Row], files: Markup) -> None:
    """Each matter twice: as the form of 2019 counts it, and as that of 2021 does."""
    t = page.t
    for topic, belongs in _TOPICS.items():
        note = t(f"proactive.note.{topic}")
        name: Child = t(f"proactive.topic.{topic}")
        if topic == "normative_documents":
            name = metric_link("normative_documents_count", name, page)
        page.show(el("section", el("h2", name, el("small", note))), key=f"heading-{topic}")
        of_topic = [row for row in rows if belongs(row)]
        shared = _shared(of_topic)
        for column, form in zip(st.columns(2, gap="large"), _FORMS, strict=True):
            of_form = [row for row in of_topic if row["form_version"] == form]
            with column:
                if of_form:
                    title = t(f"form_version.{form}")
                    _panel(page, subject, f"{topic}-{form}", of_form, title=title, files=files, beside=shared)
                else:
                    page.show(
                        el("h3", t(f"form_version.{form}")),
                        el("p", t("proactive.no_form"), class_="muted"),
                        key=f"none-{topic}-{form}",
                    )


def _shared(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows of both panels where these count alike, so that one scale and the same looks serve both."""
    of_forms = [{_code(row) for row in rows if row["form_version"] == form} for form in _FORMS]
    return rows if of_forms[0] & of_forms[1] else ()


def _of_2019(page: Page, subject: Subject, rows: Sequence[Row], files: Markup) -> None:
    t = page.t
    for topic, measures in _ONLY_2019.items():
        found = {code: [row for row in rows if belongs(row)] for code, belongs in measures.items()}
        if not any(found.values()):
            continue
        note = t(f"proactive.note.{topic}")
        page.show(el("section", el("h2", t(f"proactive.topic.{topic}"), el("small", note))), key=f"heading-{topic}")
        for column, (code, of_measure) in zip(st.columns(len(found), gap="large"), found.items(), strict=True):
            with column:
                _panel(
                    page, subject, f"{topic}-{code}", of_measure, title=t.of(of_measure[0], "measure_name"), files=files
                )


def _panel(
    page: Page,
    subject: Subject,
    key: str,
    rows: Sequence[Row],
    *,
    title: str,
    files: Markup,
    beside: Sequence[Row] = (),
) -> None:
    """One matter on one form: a line for each measure of an item, or for each item of a measure. ``beside``: all rows
    of panels side by side that are read together."""
    t = page.t
    looks = {code: number for number, code in enumerate(dict.fromkeys(_code(row) for row in beside))}
    by_item = len({row["item_code"] for row in rows}) > 1
    names = {_code(row): t.of(row, "item_name" if by_item else "measure_name") for row in rows}
    last = {_code(row): row for row in rows if row["figure"] is not None}
    charts.lines(
        page,
        key,
        title=title,
        sentence=by_year(
            page,
            [
                (
                    row["fiscal_year"],
                    fill(
                        t("proactive.figure"),
                        name=names[code] if by_item else t.known("proactive.measure", row["measure_code"], names[code]),
                        figure=el("b", numbers.figure(row["figure"])),
                        unit=_unit(page, row),
                    ),
                )
                for code, row in last.items()
            ],
        ),
        series=[Series(code, name, look=looks.get(code)) for code, name in names.items()],
        points=[_point(page, subject, row, _code(row)) for row in rows],
        years=years_of(rows),
        unit=_unit(page, rows[0]),
        highest=max((float(row["figure"]) for row in beside if row["figure"] is not None), default=0),
        columns=[(t("chart.basis"), standing(page, rows))],
        files=files,
        heading="h3",
    )


def _compared(page: Page, subject: Subject, rows: Sequence[Row], item: str, files: Markup) -> None:
    """One matter of several agencies: a chart a measure, the forms beside each other."""
    t = page.t
    page.show(el("section", el("h2", item)), key="heading-item")
    for column, form in zip(st.columns(2, gap="large"), _FORMS, strict=True):
        of_form = [row for row in rows if row["form_version"] == form]
        with column:
            page.show(el("h3", t(f"form_version.{form}")), key=f"form-{form}")
            for code in dict.fromkeys(row["measure_code"] for row in of_form):
                of_measure = [row for row in of_form if row["measure_code"] == code]
                last = {row["subject_id"]: row for row in of_measure if row["figure"] is not None}
                charts.lines(
                    page,
                    f"compared-{code}-{form}",
                    title=t.of(of_measure[0], "measure_name"),
                    sentence=by_year(
                        page,
                        [
                            (
                                row["fiscal_year"],
                                fill(
                                    t("proactive.figure"),
                                    name=subject.names[subject_id],
                                    figure=el("b", numbers.figure(row["figure"])),
                                    unit=_unit(page, row),
                                ),
                            )
                            for subject_id, row in last.items()
                        ],
                    ),
                    series=[Series(subject_id, name) for subject_id, name in subject.names.items()],
                    points=[_point(page, subject, row, row["subject_id"]) for row in of_measure],
                    years=years_of(of_measure),
                    unit=_unit(page, of_measure[0]),
                    files=files,
                    heading="h3",
                )


def _code(row: Row) -> str:
    return f"{row['item_code']}.{row['measure_code']}"


def _unit(page: Page, row: Row) -> str:
    if row["measure_code"] in _COUNTED_AS_ITEMS:
        return page.t("unit.items")
    return page.t.known("unit", row["unit_code"])


def _point(page: Page, subject: Subject, row: Row, series: str) -> Point:
    """The form is part of what a figure rests on: no line leads from one to the other."""
    made = subject.point(row, series, page.t, cell=f"{_TABLE_NO}.{_code(row)}", doubt=row["doubt_text"] or "")
    basis = f"{made.basis} {row['form_version']}" if made.basis else ""
    return replace(made, basis=basis, severity=row["severity"] or "hard", exact=numbers.figure(row["printed_value"]))


def _prose(page: Page, subject: Subject, years: Sequence[int]) -> None:
    """What the prose counts: of a region the words of its government's own report; these are never added up."""
    t = page.t
    agencies = subject.agency_ids or subject.region_ids
    reports = page.build.rows("shared/reports", agency_ids=list(agencies))
    asked_with = {"report_ids": [row["report_id"] for row in reports]}
    rows = page.build.rows("proactive/prose", **asked_with)
    note = t("prose.note" if subject.agency_ids else "prose.note_region")
    heading = el("h2", t("prose.title"), el("small", note))
    if not rows:
        page.show(el("section", heading, el("p", t("prose.none"))), key="prose")
        return
    parts = []
    for agency in dict.fromkeys(row["subject_id"] for row in rows):
        of_agency = [row for row in rows if row["subject_id"] == agency]
        name = subject.names.get(agency) or (subject.names[REGION] if len(agencies) == 1 else agency)
        parts += [
            el("h3", name) if subject.is_compared else None,
            prose_figures(page, of_agency, years, title=t("prose.of", name=name)),
            sentences(page, of_agency),
        ]
    files = page.downloads("proactive/prose", title=t("prose.title"), of_sample=subject.is_sample, **asked_with)
    page.show(el("section", heading, parts, files), key="prose")

"""依申请公开: how much came in and out, what became of it on which ground, who asked, and what was carried over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from dashboard.components import charts, numbers
from dashboard.components.cards import table
from dashboard.components.charts import Point, Series
from dashboard.components.entries import metric_link
from dashboard.components.markup import Markup, el, fill, join
from dashboard.components.page import Page, choose
from dashboard.components.share_bars import share_bars, share_of
from dashboard.components.subject import (
    Doubts,
    Subject,
    by_year,
    change,
    choose_subject,
    find_doubts,
    forms_of,
    listed,
    standing,
    told,
    years_of,
)
from dashboard.i18n import Texts
from dashboard.warehouse import Row

_IN_AND_OUT = ("new_count", "closed_count")
_CARRIED = ("carried_in_count", "carried_out_count")
_GROUPS = ("granted", "partial", "denied", "unable", "declined", "other_processing")
_TABLE_NO = 3


def render(page: Page) -> None:
    """Draw the page."""
    t = page.t
    page.show_title(t("applications.title"), t("applications.lead"))
    chosen = choose_subject(page)
    if chosen is None:
        page.show(el("p", t("applications.empty"), class_="lead"), page.footer(), key="empty")
        return
    subject, filters = chosen
    volume = subject.rows(page, "applications/volume", **subject.span)
    known = sorted({row["fiscal_year"] for row in volume if row["figure"] is not None}, reverse=True)
    with filters:
        year = choose(
            "year",
            [str(year) for year in known or years_of(volume)],
            label=t("filter.table_year"),
            shown=lambda code: t("year", year=code),
            width=160,
        )
    doubts = find_doubts(page, subject, volume, _TABLE_NO)
    _volume(page, subject, volume, doubts)
    _outcomes(page, subject, int(year))
    page.show(_grounds(page, subject, int(year), volume, doubts), key="grounds")
    _applicants(page, subject, int(year), doubts)
    _carried_over(page, subject, volume, doubts)
    page.show(charts.legend(t, "no_cases", "partial"), page.footer(), key="foot")


def _volume(page: Page, subject: Subject, rows: Sequence[Row], doubts: Doubts) -> None:
    """New, carried in, closed, carried out: in one chart for one subject; for several a chart each."""
    t = page.t

    def of(row: Row, series: str) -> Point:
        doubt = doubts.get((subject.report_of(row), row["line_code"], "total"), "")
        return subject.point(row, series, t, cell=f"{_TABLE_NO}.{row['line_code']}.total", doubt=doubt)

    if not subject.is_compared:
        charts.lines(
            page,
            "volume",
            title=t("applications.volume"),
            note=join(subject.names.values()),
            sentence=_volume_sentence(page, rows),
            series=[Series(code, t(f"measure.{code}"), metric=code) for code in _IN_AND_OUT],
            points=[of(row, row["measure_code"]) for row in rows if row["measure_code"] in _IN_AND_OUT],
            years=years_of(rows),
            unit=t("unit.count"),
            forms=forms_of(rows),
            columns=[(t("chart.basis"), standing(page, rows))],
            files=_volume_files(page, subject),
        )
        return
    # A chart each for what came in and what went out: lines of several agencies and measures in one are a thicket.
    page.show(el("section", el("h2", t("applications.volume"))), key="heading-volume")
    for column, measure in zip(st.columns(2, gap="large"), _IN_AND_OUT, strict=True):
        with column:
            of_measure = [row for row in rows if row["measure_code"] == measure]
            _compared(page, subject, measure, of_measure, [of(row, row["subject_id"]) for row in of_measure])


def _volume_files(page: Page, subject: Subject) -> Markup:
    return subject.files(page, "applications/volume", page.t("applications.volume"), **subject.span)


def _compared(page: Page, subject: Subject, measure: str, rows: Sequence[Row], points: Sequence[Point]) -> None:
    """One measure of several agencies."""
    charts.lines(
        page,
        f"compared-{measure}",
        title=metric_link(measure, page.t(f"measure.{measure}"), page),
        sentence=_compared_sentence(page, subject, rows),
        series=[Series(code, name) for code, name in subject.names.items()],
        points=points,
        years=years_of(rows),
        unit=page.t("unit.count"),
        forms=forms_of(rows),
        files=_volume_files(page, subject),
        heading="h3",
    )


def _volume_sentence(page: Page, rows: Sequence[Row]) -> Markup:
    """The last year known, and the change on the year before."""
    known = [row for row in rows if row["measure_code"] == "new_count" and row["figure"] is not None]
    if not known:
        return el("span", page.t("chart.nothing_known"))
    last = known[-1]
    of_year = {row["measure_code"]: row for row in rows if row["fiscal_year"] == last["fiscal_year"]}
    return fill(
        page.t("applications.volume_sentence"),
        year=str(last["fiscal_year"]),
        new=told(page, last),
        change=change(page, last),
        carried_in=told(page, of_year["carried_in_count"]),
        closed=told(page, of_year["closed_count"]),
        carried_out=told(page, of_year["carried_out_count"]),
    )


def _compared_sentence(page: Page, subject: Subject, rows: Sequence[Row]) -> Markup:
    """Of each agency the last year known."""
    last = {row["subject_id"]: row for row in rows if row["figure"] is not None}
    parts = [
        (last[code]["fiscal_year"], fill(page.t("chart.of_agency"), name=name, figure=told(page, last[code])))
        for code, name in subject.names.items()
        if code in last
    ]
    return by_year(page, parts)


def _outcomes(page: Page, subject: Subject, year: int) -> None:
    """Shares of the six groups: through the years for one subject, of one year for several."""
    t = page.t
    rows = subject.rows(page, "applications/outcomes", **subject.span)
    series = [Series(code, t(f"outcome.{code}"), t(f"outcome_no.{code}"), f"{code}_count") for code in _GROUPS]
    share_bars(
        page,
        subject,
        "outcomes",
        rows,
        year,
        series=series,
        code="group_code",
        title=t("applications.outcomes"),
        note=t("applications.outcomes_note"),
        total=t("measure.closed_count"),
        sentence=_outcome_sentence(page, subject, rows, year),
        files=subject.files(page, "applications/outcomes", t("applications.outcomes"), **subject.span),
    )


def _outcome_sentence(page: Page, subject: Subject, rows: Sequence[Row], year: int) -> Markup:
    """The largest groups of the chosen year: three of one subject, of several the one of each."""
    t = page.t
    of_year = [row for row in rows if row["fiscal_year"] == year and row["share"] is not None]
    ranked = sorted((row for row in of_year if row["figure"]), key=lambda row: -row["share"])
    told: list[Row] = []
    for code in subject.names:
        told += [row for row in ranked if row["subject_id"] == code][: 1 if subject.is_compared else 3]
    if not told:
        return el("span", t("chart.nothing_known"))
    parts = [
        fill(
            t("applications.outcome_part"),
            who=subject.names[row["subject_id"]] if subject.is_compared else "",
            name=t(f"outcome.{row['group_code']}"),
            share=share_of(row, page),
        )
        for row in told
    ]
    return fill(t("applications.outcome_sentence"), year=str(year), parts=listed(page, parts))


def _grounds(page: Page, subject: Subject, year: int, volume: Sequence[Row], doubts: Doubts) -> Markup:
    """The lines of the form under each group, in the chosen year: figures and shares of all closed."""
    t = page.t
    of_year = [row for row in volume if row["fiscal_year"] == year]
    title = t("applications.grounds", year=year)
    if subject.agency_ids:
        reports = sorted({row["report_id"] for row in of_year if row["report_id"] is not None})
        query, asked_with = "applications/grounds_agencies", {"report_ids": reports}
    else:
        query, asked_with = subject.ask("applications/grounds", fiscal_year=year)
    rows = page.build.rows(query, **asked_with)
    groups = [row for row in subject.rows(page, "applications/outcomes", **subject.span) if row["fiscal_year"] == year]
    closed = {row["subject_id"]: row["denominator"] for row in groups}
    heads = el(
        "tr",
        el("th", t("applications.ground"), scope="col"),
        [
            el(
                "th",
                name if subject.is_compared else t("applications.figure"),
                el("small", t("applications.of_closed", count=numbers.figure(closed[code])))
                if closed.get(code)
                else None,
                scope="col",
                class_="number",
            )
            for code, name in subject.names.items()
        ],
        el("th", t("applications.share"), scope="col") if not subject.is_compared else None,
    )
    body = []
    for group_code in _GROUPS:
        of_group = {row["subject_id"]: row for row in groups if row["group_code"] == group_code}
        lines: dict[str, dict[str, Row]] = {}
        for row in rows:
            # A line of the form not used in the year is no gap: it is left out where nobody has it.
            if row["group_code"] == group_code and row["figure_status"] != "other_form":
                lines.setdefault(row["line_code"], {})[row["subject_id"]] = row
        name = t("applications.group", no=t(f"outcome_no.{group_code}"), name=t(f"outcome.{group_code}"))
        body.append(_ground_row(page, subject, year, name, of_group, doubts=doubts, class_="group"))
        if len(lines) > 1:
            body += [
                _ground_row(page, subject, year, _ground_name(of_line, t), of_line, doubts=doubts, class_="ground")
                for of_line in lines.values()
            ]
    return el(
        "section",
        el("h2", title, el("small", t("applications.grounds_note"))),
        table(heads, body, class_="grounds", label=title),
        page.downloads(query, title=title, of_sample=subject.is_sample, **asked_with),
    )


def _ground_row(
    page: Page, subject: Subject, year: int, name: str, by_subject: dict[str, Row], *, doubts: Doubts, class_: str
) -> Markup:
    cells: list[Markup] = []
    for code in subject.names:
        row = by_subject.get(code)
        if row is None:
            cells.append(el("td", charts.point_cell(None, page, status="other_form"), class_="number"))
            continue
        line = row.get("line_code")
        whole = {"fiscal_year": year, "basis": "", **row}
        doubt = doubts.get((subject.report_of(whole), line or "", "total"), "")
        whole["is_doubtful"] = row.get("is_doubtful", doubt != "")
        cells.append(
            el(
                "td",
                charts.point_cell(
                    subject.point(whole, "", page.t, cell=f"{_TABLE_NO}.{line}.total" if line else "", doubt=doubt),
                    page,
                    # Beside every total; beside a line only where it differs from its total's.
                    with_coverage=class_ == "group" or row["figure_status"] == "partial",
                ),
                _share(row) if subject.is_compared else None,
                class_="number",
                data_subject=code,
            )
        )
        if not subject.is_compared:
            cells.append(el("td", _bar(row), _share(row), class_="share-cell"))
    return el("tr", el("th", name, scope="row"), cells, class_=class_, data_line=_line_key(by_subject))


def _ground_name(by_subject: dict[str, Row], t: Texts) -> str:
    """The line as the form names it; the English names begin with their group, which stands above."""
    name = t.of(next(iter(by_subject.values())), "line_name")
    short = name.partition(": ")[2] or name
    return short[:1].upper() + short[1:]


def _line_key(by_subject: dict[str, Row]) -> str | None:
    row = next(iter(by_subject.values()), None)
    return None if row is None else row.get("line_code") or row["group_code"]


def _share(row: Row) -> Markup | None:
    if row["share"] is None or row["denominator"] < numbers.SMALL_DENOMINATOR:
        return None
    return el("span", numbers.share(row["share"]), class_="fraction")


def _bar(row: Row) -> Markup | None:
    if row["share"] is None:
        return None
    if not row["share"]:
        return el("span", class_="share-bar", aria_hidden="true")
    return el("span", el("span", style=f"width:{min(row['share'], 1.0):.2%}"), class_="share-bar", aria_hidden="true")


def _applicants(page: Page, subject: Subject, year: int, doubts: Doubts) -> None:
    """Who asked: kinds of applicant of the new applications."""
    t = page.t
    parameters = dict(subject.span)
    rows = subject.rows(page, "applications/applicants", **parameters)
    kinds = {row["applicant_type_code"]: t.of(row, "applicant_name") for row in rows}
    of_year = [row for row in rows if row["fiscal_year"] == year and row["share"] is not None]

    def doubt(row: Row) -> str:
        """The equations of the cell itself, else those of the total that it is a share of."""
        places = ((subject.report_of(row), "new", column) for column in (row["applicant_type_code"], "total"))
        return next((doubts[place] for place in places if place in doubts), "")

    share_bars(
        page,
        subject,
        "applicants",
        rows,
        year,
        series=[Series(code, name, name if t.language == "zh" else "") for code, name in kinds.items()],
        code="applicant_type_code",
        title=t("applications.applicants"),
        note=t("applications.applicants_note"),
        total=t("measure.new_count"),
        cell=lambda row: f"{_TABLE_NO}.new.{row['applicant_type_code']}",
        doubt=doubt,
        files=subject.files(page, "applications/applicants", t("applications.applicants"), **parameters),
        sentence=by_year(
            page,
            [
                (
                    year,
                    fill(
                        t("applications.applicant_part"),
                        who=subject.names[row["subject_id"]],
                        kind=t.of(row, "applicant_name"),
                        share=share_of(row, page),
                    ),
                )
                for row in of_year
                if row["applicant_type_code"] == next(iter(kinds))
            ],
        ),
    )


def _carried_over(page: Page, subject: Subject, volume: Sequence[Row], doubts: Doubts) -> None:
    """What was carried in and out, and its share of all that was at hand."""
    t = page.t
    page.show(el("section", el("h2", t("applications.carried"))), key="heading-carried")
    counts, rate = st.columns(2, gap="large")
    with counts:
        _carried_counts(page, subject, [row for row in volume if row["measure_code"] in _CARRIED], doubts)
    with rate:
        _carry_over_rate(page, subject)


def _carried_counts(page: Page, subject: Subject, rows: Sequence[Row], doubts: Doubts) -> None:
    t = page.t
    if subject.is_compared:
        rows = [row for row in rows if row["measure_code"] == "carried_out_count"]
    points = [
        subject.point(
            row,
            row["subject_id"] if subject.is_compared else row["measure_code"],
            t,
            cell=f"{_TABLE_NO}.{row['line_code']}.total",
            doubt=doubts.get((subject.report_of(row), row["line_code"], "total"), ""),
        )
        for row in rows
    ]
    if subject.is_compared:
        _compared(page, subject, "carried_out_count", rows, points)
        return
    last = {row["measure_code"]: row for row in rows if row["figure"] is not None}
    charts.lines(
        page,
        "carried",
        title=t("applications.carried_counts"),
        sentence=by_year(
            page,
            [
                (
                    last[code]["fiscal_year"],
                    fill(t("chart.of_agency"), name=t(f"measure.{code}"), figure=told(page, last[code])),
                )
                for code in _CARRIED
                if code in last
            ],
        ),
        series=[Series(code, t(f"measure.{code}"), metric=code) for code in _CARRIED],
        points=points,
        years=years_of(rows),
        unit=t("unit.count"),
        forms=forms_of(rows),
        columns=[(t("chart.basis"), standing(page, rows))],
        files=_volume_files(page, subject),
        heading="h3",
    )


def _carry_over_rate(page: Page, subject: Subject) -> None:
    t = page.t
    rows = subject.rows(page, "applications/carried_over", **subject.span)
    last = {row["subject_id"]: row for row in rows if row["figure"] is not None}
    charts.lines(
        page,
        "carried-over",
        title=metric_link("carry_over_rate", t("applications.carried_over"), page),
        note=t("applications.carried_over_note"),
        sentence=by_year(
            page,
            [
                (
                    row["fiscal_year"],
                    fill(
                        t("applications.carried_over_sentence"),
                        who=subject.names[code],
                        share=el("b", _rate(page, row)),
                    ),
                )
                for code, row in last.items()
            ],
        ),
        series=[Series(code, name) for code, name in subject.names.items()],
        points=[replace(subject.point(row, row["subject_id"], t), exact=_rate(page, row)) for row in rows],
        years=years_of(rows),
        unit="",
        forms=forms_of(rows),
        is_share=True,
        columns=[] if subject.is_compared else [(t("chart.basis"), standing(page, rows))],
        files=subject.files(page, "applications/carried_over", t("applications.carried_over"), **subject.span),
        heading="h3",
    )


def _rate(page: Page, row: Row) -> str:
    """A rate with its cases; of few cases these alone."""
    if row["figure"] is None:
        return ""
    return share_of({"figure": row["numerator"], "denominator": row["denominator"], "share": row["figure"]}, page)

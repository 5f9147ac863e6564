"""复议诉讼: how many decisions were challenged on which route, how that ended, how often the organ was corrected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from dashboard.components import charts, numbers
from dashboard.components.charts import Point, Series
from dashboard.components.entries import metric_link
from dashboard.components.markup import Markup, el, fill
from dashboard.components.page import Page, choose
from dashboard.components.share_bars import share_bars
from dashboard.components.subject import Subject, by_year, choose_subject, forms_of, standing, years_of
from dashboard.warehouse import Row

_ROUTES = ("reconsideration", "direct_litigation", "litigation_after_reconsideration")
_RESULTS = ("upheld", "corrected", "other", "pending")
_TABLE_NO = 4


def _metric(route: str, what: str) -> str:
    """The metric of a route; both routes of litigation are one there."""
    return f"{'reconsideration' if route == 'reconsideration' else 'litigation'}_{what}"


def render(page: Page) -> None:
    """Draw the page."""
    t = page.t
    page.show_title(t("disputes.title"), t("disputes.lead"))
    chosen = choose_subject(page)
    if chosen is None:
        page.show(el("p", t("disputes.empty"), class_="lead"), page.footer(), key="empty")
        return
    subject, filters = chosen
    asked_with = {
        **subject.span,
        "few_cases": numbers.SMALL_DENOMINATOR,
    }
    rows = subject.rows(page, "disputes/cases", **asked_with)
    files = subject.files(page, "disputes/cases", t("disputes.results"), **asked_with)
    year = years_of(rows)[-1]
    if subject.is_compared:
        known = sorted({row["fiscal_year"] for row in rows if row["figure"] is not None}, reverse=True)
        with filters:
            year = int(
                choose(
                    "year",
                    [str(year) for year in known or years_of(rows)],
                    label=t("filter.table_year"),
                    shown=lambda code: t("year", year=code),
                    width=160,
                )
            )
    _cases(page, subject, rows, files)
    _results(page, subject, rows, year, files)
    _corrected(page, subject, rows, files)
    page.show(charts.legend(t, "no_cases", "few_cases", "partial"), page.footer(), key="foot")


def _of_route(rows: Sequence[Row], route: str) -> list[Row]:
    return [row for row in rows if row["route_code"] == route]


def _cases(page: Page, subject: Subject, rows: Sequence[Row], files: Markup) -> None:
    """All cases of a route, through the years."""
    t = page.t
    # The sum of the four results stands on each of their rows: one of them is enough.
    sums = [
        {**row, "figure": row["denominator"], "figure_status": row["denominator_status"]}
        for row in rows
        if row["result_code"] == _RESULTS[0]
    ]
    if not subject.is_compared:
        last = {row["route_code"]: row for row in sums if row["figure"] is not None}
        charts.lines(
            page,
            "cases",
            title=t("disputes.cases"),
            note=next(iter(subject.names.values())),
            sentence=by_year(
                page,
                [
                    (
                        row["fiscal_year"],
                        fill(
                            t("chart.of_agency"),
                            name=t(f"route.{route}"),
                            figure=el("b", numbers.figure(row["figure"])),
                        ),
                    )
                    for route, row in last.items()
                ],
            ),
            series=[Series(route, t(f"route.{route}"), metric=_metric(route, "count")) for route in _ROUTES],
            points=[_sum_point(page, subject, row, row["route_code"]) for row in sums],
            years=years_of(rows),
            unit=t("unit.count"),
            forms=forms_of(rows),
            columns=[(t("chart.basis"), standing(page, rows))],
            files=files,
        )
        return
    page.show(el("section", el("h2", t("disputes.cases"))), key="heading-cases")
    for column, route in zip(st.columns(len(_ROUTES), gap="large"), _ROUTES, strict=True):
        of_route = _of_route(sums, route)
        with column:
            charts.lines(
                page,
                f"cases-{route}",
                title=t(f"route.{route}"),
                sentence=by_year(
                    page,
                    [
                        (
                            row["fiscal_year"],
                            fill(
                                t("chart.of_agency"),
                                name=subject.names[row["subject_id"]],
                                figure=el("b", numbers.figure(row["figure"])),
                            ),
                        )
                        for row in {row["subject_id"]: row for row in of_route if row["figure"] is not None}.values()
                    ],
                ),
                series=[Series(code, name) for code, name in subject.names.items()],
                points=[_sum_point(page, subject, row, row["subject_id"]) for row in of_route],
                years=years_of(rows),
                unit=t("unit.count"),
                forms=forms_of(rows),
                highest=max((float(row["figure"]) for row in sums if row["figure"] is not None), default=0),
                files=files,
                heading="h3",
            )


def _sum_point(page: Page, subject: Subject, row: Row, series: str) -> Point:
    return subject.point(
        row, series, page.t, cell=f"{_TABLE_NO}.{row['route_code']}.total", doubt=row["doubt_text"] or ""
    )


def _results(page: Page, subject: Subject, rows: Sequence[Row], year: int, files: Markup) -> None:
    """How cases ended: the four results of each route as shares of all its cases."""
    t = page.t
    page.show(
        el("section", el("h2", t("disputes.results"), el("small", t("disputes.results_note")))), key="heading-results"
    )
    for column, route in zip(st.columns(len(_ROUTES), gap="large"), _ROUTES, strict=True):
        of_route = _of_route(rows, route)
        known = [
            row
            for row in of_route
            if row["share"] is not None and (row["fiscal_year"] == year or not subject.is_compared)
        ]
        last = [row for row in known if row["fiscal_year"] == known[-1]["fiscal_year"]]
        with column:
            share_bars(
                page,
                subject,
                f"results-{route}",
                of_route,
                year,
                series=[Series(code, t(f"result.{code}"), t(f"result_short.{code}")) for code in _RESULTS],
                code="result_code",
                title=t(f"route.{route}"),
                note="",
                total=t("disputes.total"),
                cell=lambda row: f"{_TABLE_NO}.{row['route_code']}.{row['result_code']}",
                sentence=by_year(
                    page,
                    [
                        (
                            row["fiscal_year"],
                            fill(
                                t("disputes.result_part"),
                                who=_who(page, subject, row),
                                all=numbers.figure(row["denominator"]),
                                count=el("b", numbers.figure(row["figure"])),
                            ),
                        )
                        for row in last
                        if row["result_code"] == "corrected"
                    ],
                ),
                files=files,
                heading="h3",
            )


def _corrected(page: Page, subject: Subject, rows: Sequence[Row], files: Markup) -> None:
    """Correction rates with their interval; of few cases the counts alone."""
    t = page.t
    note = t("disputes.corrected_note", few=numbers.SMALL_DENOMINATOR)
    page.show(el("section", el("h2", t("disputes.corrected"), el("small", note))), key="heading-corrected")
    for column, route in zip(st.columns(len(_ROUTES), gap="large"), _ROUTES, strict=True):
        of_route = [row for row in _of_route(rows, route) if row["result_code"] == "corrected"]
        last = {row["subject_id"]: row for row in of_route if row["decided"]}
        with column:
            charts.lines(
                page,
                f"corrected-{route}",
                title=metric_link(_metric(route, "correction_rate"), t(f"route.{route}"), page),
                sentence=by_year(
                    page, [(row["fiscal_year"], _rate_sentence(page, subject, row)) for row in last.values()]
                ),
                series=[Series(code, name) for code, name in subject.names.items()],
                points=[_rate_point(page, subject, row) for row in of_route],
                years=years_of(rows),
                unit="",
                forms=forms_of(rows),
                is_share=True,
                highest=max((row["high"] for row in rows if row["high"] is not None), default=0),
                files=files,
                heading="h3",
            )


def _rate_status(row: Row) -> str:
    """Why there is no rate, or what it rests on."""
    if row["figure_status"] == "no_report" or row["missing_status"]:
        return row["missing_status"] or "no_report"
    if not row["decided"]:
        return "no_cases"
    return "few_cases" if row["correction_rate"] is None else "reported"


def _rate_point(page: Page, subject: Subject, row: Row) -> Point:
    rate = row["correction_rate"]
    drawn = subject.point(
        {**row, "figure": rate, "figure_status": _rate_status(row)},
        row["subject_id"],
        page.t,
        cell=f"{_TABLE_NO}.{row['route_code']}.corrected",
        doubt=row["doubt_text"] or "",
    )
    return replace(drawn, exact=_rate(page, row), low=row["low"], high=row["high"])


def _rate(page: Page, row: Row) -> str:
    """``35.7% (25/70; 25.5%–47.4%)``; of few cases ``2/5``."""
    if not row["decided"]:
        return ""
    cases = numbers.fraction(row["corrected"], row["decided"])
    if row["correction_rate"] is None:
        return cases
    interval = page.t("disputes.interval", low=numbers.share(row["low"]), high=numbers.share(row["high"]))
    return f"{numbers.share(row['correction_rate'])} ({cases}; {interval})"


def _who(page: Page, subject: Subject, row: Row) -> str:
    """Of several agencies the name, at the head of what is told of it."""
    return page.t("chart.who", name=subject.names[row["subject_id"]]) if subject.is_compared else ""


def _rate_sentence(page: Page, subject: Subject, row: Row) -> Markup:
    return fill(
        page.t("disputes.few_sentence" if row["correction_rate"] is None else "disputes.rate_sentence"),
        who=_who(page, subject, row),
        corrected=numbers.figure(row["corrected"]),
        decided=numbers.figure(row["decided"]),
        rate=el("b", numbers.share(row["correction_rate"])),
        low=numbers.share(row["low"]),
        high=numbers.share(row["high"]),
    )

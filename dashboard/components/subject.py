"""Whose figures a page through the years shows, and how rows of such queries become points of a chart.

Everything and a region are taken from ``region_year`` and ``region_rollup``, which count nothing twice; agencies stand
side by side, each as it reported. The address carries the choice (``of``, ``region``, ``agency``).

A query of such a page comes as ``<name>_regions`` and ``<name>_agencies`` with the same columns: subject_id,
fiscal_year, form_version, report_id, scope, figure, figure_status, basis, is_doubtful, reported_count and
expected_count (n and N; null where one report tells).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.components import numbers
from dashboard.components.charts import Point
from dashboard.components.markup import Child, Markup, el, fill, join
from dashboard.components.page import Page, asked, choose, remember
from dashboard.components.picker import choose_agencies
from dashboard.i18n import Texts
from dashboard.warehouse import Build, Row

REGION = "region"

Doubts = Mapping[tuple[int | None, str, str], str]


@dataclass(frozen=True)
class Subject:
    """Regions added up (``region_ids``) or agencies apart (``agency_ids``), each by the report that stands for it in a
    year (``report_ids``); ``names`` by subject_id of the queries, ``span`` the years of all pages, ``declared`` the
    consolidated reports of a single region by year."""

    is_sample: bool
    span: Mapping[str, int | None]
    region_ids: tuple[str, ...]
    agency_ids: tuple[str, ...]
    report_ids: tuple[int, ...]
    names: Mapping[str, str]
    declared: Mapping[int, int] = field(default_factory=dict)

    @property
    def is_compared(self) -> bool:
        return len(self.names) > 1

    def ask(self, query: str, **parameters: Any) -> tuple[str, dict[str, Any]]:
        """``<query>_regions`` or ``<query>_agencies`` with the parameters that say whom."""
        if self.agency_ids:
            whom = {"agency_ids": list(self.agency_ids), "report_ids": list(self.report_ids)}
            return f"{query}_agencies", {**whom, **parameters}
        return f"{query}_regions", {"region_ids": list(self.region_ids), **parameters}

    def rows(self, page: Page, query: str, **parameters: Any) -> tuple[Row, ...]:
        """The rows of a query for whom was chosen."""
        name, asked_with = self.ask(query, **parameters)
        return page.build.rows(name, **asked_with)

    def files(self, page: Page, query: str, title: str, **parameters: Any) -> Markup:
        """Links to the same rows as files."""
        name, asked_with = self.ask(query, **parameters)
        return page.downloads(name, title=title, of_sample=self.is_sample, **asked_with)

    def report_of(self, row: Row) -> int | None:
        """The report that tells a figure alone; None of a sum."""
        return self.declared.get(row["fiscal_year"]) if row["scope"] == "declared" else row["report_id"]

    def point(self, row: Row, series: str, t: Texts, *, cell: str = "", doubt: str = "") -> Point:
        """One figure of a query, what it rests on and where it can be looked up; ``cell`` is its place on a form."""
        page, place = self._source(row, cell)
        return Point(
            series=series,
            year=row["fiscal_year"],
            value=row["figure"],
            status=row["figure_status"],
            basis=row["basis"],
            exact=numbers.figure(row["figure"]),
            is_doubtful=row["is_doubtful"],
            reason=doubt or self._doubt(row, t),
            coverage=None if row["expected_count"] is None else (row["reported_count"], row["expected_count"]),
            standing=t.known("standing", row["scope"]) if row["scope"] else "",
            page=page,
            parameters=place,
        )

    def _doubt(self, row: Row, t: Texts) -> str:
        """Of a sum, how many of the reports in it are in doubt; empty where nothing more is known than that."""
        count = row.get("doubtful_count")
        return t("chart.doubtful_members", count=count) if count and row["scope"] != "declared" else ""

    def _source(self, row: Row, cell: str) -> tuple[str, dict[str, str | int | None]]:
        """The form a figure is printed on; of a sum the page of its region, where its members are listed."""
        year = row["fiscal_year"]
        if row["report_id"] is not None:
            return "profile", {"agency": row["subject_id"], "year": year, "scope": row["scope"], "cell": cell or None}
        if self.agency_ids or row["figure"] is None or len(self.region_ids) != 1:
            return "", {}
        (region,) = self.region_ids
        if row["scope"] == "declared":
            return "profile", {"agency": region, "year": year, "scope": "consolidated", "cell": cell or None}
        return "regions", {"region": region, "year": year}


def choose_subject(page: Page) -> tuple[Subject, DeltaGenerator] | None:
    """The filters of a page through the years, and where further ones go; None where there is nothing to choose."""
    t, build = page.t, page.build
    filters = st.container(key="filters", horizontal=True, vertical_alignment="top")
    with filters:
        is_sample = page.choose_data()
        span = page.span(is_sample=is_sample)
        regions = {row["region_agency_id"]: row for row in build.rows("shared/regions", is_sample=is_sample)}
        kinds = ["all", "region", "agency"] if regions else ["agency"]
        kind = choose(
            "of",
            kinds,
            label=t("filter.of"),
            shown=lambda code: t(f"subject.{code}"),
            widget=st.segmented_control,
            required=True,
            left_out=kinds[0],
        )
        if kind == "all":
            tops = tuple(code for code, row in regions.items() if row["is_top"])
            # One region alone can be traced as such.
            declared = _declared(build, tops) if len(tops) == 1 else {}
            return Subject(is_sample, span, tops, (), (), {REGION: t("subject.all_name")}, declared), filters
        if kind == "region":
            names = {code: t.of(row, "region_name") for code, row in regions.items()}
            region = choose("region", list(names), label=t("filter.region"), shown=lambda code: names[code], width=240)
            return of_region(page, region, names[region], is_sample=is_sample), filters
        if not asked("agency"):
            # A page needs somebody: the first of the build until the reader asks for others.
            remember("agency", build.value("shared/agencies", search="", is_sample=is_sample, row_limit=1) or "")
        agencies = choose_agencies(page, is_sample=is_sample)
        names = {row["agency_id"]: t.of(row, "agency_name") for row in agencies}
        reports = tuple(row["report_id"] for row in build.rows("shared/reports", agency_ids=list(names)))
        return (Subject(is_sample, span, (), tuple(names), reports, names), filters) if names else None


def of_region(page: Page, region: str, name: str, *, is_sample: bool) -> Subject:
    """One region."""
    span, declared = page.span(is_sample=is_sample), _declared(page.build, (region,))
    return Subject(is_sample, span, (region,), (), (), {REGION: name}, declared)


def _declared(build: Build, regions: Sequence[str]) -> dict[int, int]:
    """Consolidated reports by year, of one region."""
    reports = build.rows("shared/reports", agency_ids=list(regions))
    return {row["fiscal_year"]: row["report_id"] for row in reports if row["scope"] == "consolidated"}


def find_doubts(page: Page, subject: Subject, rows: Sequence[Row], table_no: int) -> Doubts:
    """Why figures are doubtful: the equations that do not hold, by report, line and column."""
    reports = sorted({report for row in rows if (report := subject.report_of(row)) is not None})
    found = page.build.rows("shared/doubts", report_ids=reports, table_no=table_no) if reports else ()
    return {(row["report_id"], row["line_code"], row["column_code"]): row["doubt_text"] for row in found}


def years_of(rows: Sequence[Row]) -> list[int]:
    return sorted({row["fiscal_year"] for row in rows})


def forms_of(rows: Sequence[Row]) -> dict[int, str]:
    """The form of each year, where one is known."""
    return {row["fiscal_year"]: row["form_version"] for row in rows if row["form_version"]}


def standing(page: Page, rows: Sequence[Row]) -> dict[int, Child]:
    """What the figures of a year rest on: the consolidated report, the members added up, the scope of the report."""
    return {row["fiscal_year"]: page.t.known("standing", row["scope"]) for row in rows if row["scope"]}


def told(page: Page, row: Row | None) -> Markup:
    """The figure of a row in a sentence, or that it is not known."""
    if row is None or row["figure"] is None:
        return el("span", page.t("chart.unknown"))
    return el("b", numbers.figure(row["figure"]))


def change(page: Page, row: Row) -> str:
    """``比上年多 3.1%``; or that it cannot be compared."""
    rate = row["change_rate"]
    if rate is None:
        return page.t("chart.change.none")
    way = "more" if rate > 0 else "fewer" if rate < 0 else "same"
    return page.t(f"chart.change.{way}", rate=numbers.share(abs(rate)))


def listed(page: Page, parts: Sequence[Markup]) -> Markup:
    """Parts of a sentence one after another."""
    separator = page.t("sentence_separator")
    return join([[separator if number else "", part] for number, part in enumerate(parts)])


def by_year(page: Page, parts: Sequence[tuple[int, Markup]]) -> Markup:
    """``2024 年：本年新收 5 件；本年办结 4 件。``: what is told of years, the latest first; that nothing is known
    where nothing is told."""
    of_years: dict[int, list[Markup]] = {}
    for year, part in sorted(parts, key=lambda told: -told[0]):
        of_years.setdefault(year, []).append(part)
    if not of_years:
        return el("span", page.t("chart.nothing_known"))
    return join(
        [fill(page.t("chart.in_year"), year=str(year), parts=listed(page, told)) for year, told in of_years.items()]
    )

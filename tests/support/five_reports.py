"""What must come out of the five reports of FY2020, from the transcripts and from the originals alike."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pytest

EXPECTED = Path(__file__).resolve().parents[1] / "fixtures" / "expected"
SLUGS = ("000_zhangping", "001_xiyuan", "002_anxi", "003_shishi_office", "004_jinjiang")
AGENCIES = {"350881": "000_zhangping", "350881108": "001_xiyuan", "350524": "002_anxi",
            "350581-office": "003_shishi_office", "350582": "004_jinjiang"}  # fmt: skip
EQUATION_RULES = ("T3-BALANCE", "T3-OUTCOMES", "T3-APPLICANTS", "T4-TOTAL", "T2-SIGN", "COUNT", "PL-RULES", "PL-UNIT")

# What the prose counts, by report: measure or measure.category and its value, as read off the originals.
COUNTED = {
    "000_zhangping": (
        "disclosures 899 disclosures_by_level.government 120 disclosures_by_level.townships 281"
        " disclosures_by_level.departments 498 disclosures_by_category.institutions 59"
        " disclosures_by_category.policy 84 disclosures_by_category.plans 35"
        " disclosures_by_category.permits 31 disclosures_by_category.projects 13"
        " disclosures_by_category.public_works 65 disclosures_by_category.welfare 41"
        " disclosures_by_category.land_environment 74 disclosures_by_category.education_health 53"
        " disclosures_by_category.safety 130 disclosures_by_category.other 314 visits 37191"
        " messages_received 7486 messages_answered 7486 messages_published 1023"
        " applications_received 25 applications_by_level.government 9 applications_by_level.departments 12"
        " applications_by_level.townships 4 applications_by_channel.online 8 applications_by_channel.letter 17"
        " applications_closed 25 application_outcomes.granted 14 application_outcomes.partial 5"
        " application_outcomes.unable_not_held 3 application_outcomes.other 3"
    ),
    "001_xiyuan": (
        "disclosures 25 disclosures_by_category.plans 7 disclosures_by_category.public_works 5"
        " disclosures_by_category.safety 5 disclosures_by_category.land_environment 3"
        " disclosures_by_category.education_health 3 disclosures_by_category.welfare 1"
    ),
    "002_anxi": (
        "disclosures 1554 applications_received 46 applications_closed 46 new_media_accounts 47 interpretations 25"
        " consultations 4 surveys 3 interviews 6 proposals_published 67"
    ),
    "003_shishi_office": (
        "visits 28974 interpretations 80 interviews 20 applications_received 7 applications_by_channel.letter 3"
        " applications_by_channel.online 3 applications_by_channel.in_person 1 application_outcomes.granted 2"
        " application_outcomes.unable 4 application_outcomes.declined 1 litigations 1 information_made 430"
        " new_media_accounts 35 new_media_by_platform.wechat 34 new_media_by_platform.weibo 1"
    ),
    "004_jinjiang": (
        "applications_received 264 applications_closed 259 applications_carried_out 5 new_media_accounts 53"
    ),
}


@cache
def expected(slug: str) -> dict[str, Any]:
    """The checked values of one report: ``cells`` by table|line|column, ``statuses`` of those without a value."""
    return json.loads((EXPECTED / f"{slug}.json").read_text(encoding="utf-8"), parse_float=Decimal)


@dataclass(frozen=True)
class Published:
    """A published warehouse and the key under which each of the five documents lies there."""

    con: duckdb.DuckDBPyConnection
    path_key: str  # 'report' or 'original': which path of the expectations this corpus uses

    def path(self, slug: str) -> str:
        return expected(slug)[self.path_key]

    def slug(self, source_path: str) -> str:
        return next(slug for slug in SLUGS if self.path(slug) == source_path)

    def rows(self, query: str, *parameters: object) -> list[tuple]:
        return self.con.execute(query, parameters).fetchall()

    def cells(self, slug: str) -> dict[str, tuple[Decimal | None, str, str | None]]:
        """Value, status and printed text of every cell of a report, by table|line|column."""
        found = self.rows(
            "select table_no || '|' || line_code || '|' || column_code, value, value_status, value_as_printed"
            " from marts.form_cells where source_path = ?",
            self.path(slug),
        )
        assert len({key for key, *_ in found}) == len(found), "a cell is there twice"
        return {key: (value, status, text) for key, value, status, text in found}


class FiveReports:
    """The promises. A subclass provides the fixture ``published``."""

    @pytest.mark.parametrize("slug", SLUGS)
    def test_every_checked_cell_is_published(self, published: Published, slug: str):
        want = expected(slug)
        found = published.cells(slug)
        assert set(found) == set(want["cells"])
        status = {key: want["statuses"].get(key, "reported") for key in want["cells"]}
        wrong = {
            key: (found[key], value, status[key])
            for key, value in want["cells"].items()
            if (found[key][0], found[key][1]) != (value, status[key])
        }
        assert not wrong

    def test_of_990_cells_940_have_a_value_48_are_missing_and_2_blank(self, published: Published):
        counted = Counter(status for slug in SLUGS for _, status, _ in published.cells(slug).values())
        assert counted == {"reported": 940, "missing": 48, "blank": 2}

    def test_each_report_belongs_to_its_agency_year_and_scope(self, published: Published):
        found = published.rows(
            "select r.source_path, r.agency_id, a.agency_name, r.fiscal_year, r.scope_code"
            " from marts.dim_report as r join marts.dim_agency as a using (agency_id)"
        )
        assert sorted(found) == sorted(
            (published.path(slug), want["agency_id"], want["agency_name"], want["fiscal_year"], want["scope"])
            for slug, want in ((slug, expected(slug)) for slug in SLUGS)
        )

    def test_the_findings_are_these_five_and_no_others(self, published: Published):
        found = published.rows(
            "select source_path, rule_id, line_code, column_code, left_value, right_value, severity"
            f" from quality.findings where rule_id in {EQUATION_RULES}"
        )
        places = {(published.slug(path), rule, line if rule != "T3-BALANCE" else column, severity)
                  for path, rule, line, column, _, _, severity in found}  # fmt: skip
        assert len(found) == len(places)
        assert places == {
            ("000_zhangping", "PL-UNIT", "procurement", "soft"),
            ("002_anxi", "T4-TOTAL", "direct_litigation", "hard"),
            ("004_jinjiang", "T3-APPLICANTS", "new", "hard"),
            ("004_jinjiang", "T3-BALANCE", "business", "hard"),
            ("004_jinjiang", "PL-RULES", "government_rules", "soft"),
        }
        sides = {rule: (left, right) for _, rule, _, _, left, right, _ in found}
        assert sides["T3-APPLICANTS"] == (222, 231)
        assert sides["T3-BALANCE"] == (0, 9)
        assert sides["T4-TOTAL"] == (0, 5)

    def test_the_prose_is_contradicted_five_times(self, published: Published):
        found = published.rows(
            "select source_path, rule_id, table_no, line_code, equation_text, severity from quality.findings"
            " where rule_id like 'NT-%'"
        )
        assert {(published.slug(path), *rest) for path, *rest in found} == {
            ("000_zhangping", "NT-SHARE", None, "*", "86.25% ≠ 61313/70982 = 86.38% (差 −0.13)", "soft"),
            ("001_xiyuan", "NT-SUM", None, "*", "7+5+5+3+3+1 ≠ 25 (差 −1)", "soft"),
            ("004_jinjiang", "NT-RECEIVED", 3, "new", "264 ≠ 231 (差 33)", "soft"),
            ("004_jinjiang", "NT-CLOSED", 3, "closed", "259 ≠ 231 (差 28)", "soft"),
            ("004_jinjiang", "NT-CARRIED", 3, "carried_out", "5 ≠ 0 (差 5)", "soft"),
        }
        assert len(found) == 5

    def test_what_the_prose_counts_is_published_figure_by_figure(self, published: Published):
        found: dict[str, dict[str, tuple[Decimal, str]]] = {slug: {} for slug in SLUGS}
        for path, measure, category, value, status in published.rows(
            "select r.source_path, f.measure_code, f.category_code, f.value, f.value_status"
            " from marts.fct_narrative_figures as f join marts.dim_report as r using (report_id)"
        ):
            name = measure if category == "all" else f"{measure}.{category}"
            found[published.slug(path)][name] = (value, status)
        words = {slug: text.split() for slug, text in COUNTED.items()}
        assert found == {
            slug: {name: (Decimal(value), "reported") for name, value in zip(pairs[::2], pairs[1::2], strict=True)}
            for slug, pairs in words.items()
        }

    def test_a_report_with_a_lost_page_passes_nothing_by_default(self, published: Published):
        verdicts = published.rows(
            "select distinct rr.verdict from quality.rule_results as rr join marts.dim_report as r using (report_id)"
            " where r.agency_id = '350881108' and rr.rule_id in ('T3-BALANCE', 'T3-OUTCOMES')"
        )
        assert verdicts == [("not_evaluable",)]

    def test_a_county_is_held_against_its_one_known_member_of_seventeen(self, published: Published):
        found = published.rows(
            "select source_path, line_code, verdict, member_count, expected_member_count"
            " from quality.rule_results join marts.dim_report using (report_id) where rule_id = 'LV-PARENT'"
        )
        assert {(published.slug(path), *told) for path, *told in found} == {
            ("000_zhangping", "new", "not_evaluable", 0, 17), ("000_zhangping", "carried_in", "not_evaluable", 0, 17),
            ("000_zhangping", "closed", "pass", 1, 17),
            ("000_zhangping", "carried_out", "pass_if_blank_is_zero", 1, 17),
        }  # fmt: skip
        assert published.rows(
            "select agency_id, role_code, covering_agency_id from marts.region_members"
            " where region_agency_id = '350800' and agency_id like '350881%' order by agency_id"
        ) == [("350881", "counted", None), ("350881108", "covered", "350881")]

    def test_one_cell_is_proven_and_five_are_candidates(self, published: Published):
        found = published.rows(
            "select source_path, table_no, line_code, column_code, printed_value, suggested_value, is_unique"
            " from quality.suggested_corrections"
        )
        anxi = {(3 + 1, "direct_litigation", column) for column in ("upheld", "corrected", "other", "pending", "total")}
        assert len(found) == 6
        assert [row[1:] for row in found if published.slug(row[0]) == "004_jinjiang"] == [
            (3, "new", "business", 0, 9, True)
        ]
        rivals = [row[1:] for row in found if published.slug(row[0]) == "002_anxi"]
        assert {row[:3] for row in rivals} == anxi
        assert not any(row[-1] for row in rivals)

    def test_the_headline_rates_are_those_of_the_reports(self, published: Published):
        found = published.rows(
            "select agency_id, disclosure_rate_numerator, disclosure_rate_denominator, disclosure_rate,"
            " new_count, new_count_is_doubtful from marts.agency_year"
        )
        rates = {AGENCIES[agency]: (part, whole) for agency, part, whole, *_ in found}
        assert rates == {
            "000_zhangping": (19, 25),
            "001_xiyuan": (None, 0),
            "002_anxi": (33, 46),
            "003_shishi_office": (2, 7),
            "004_jinjiang": (163, 231),
        }
        assert [rate for agency, _, _, rate, *_ in found if AGENCIES[agency] == "001_xiyuan"] == [None]
        doubtful = {AGENCIES[agency]: new for agency, *_, new, is_doubtful in found if is_doubtful}
        assert doubtful == {"004_jinjiang": 231}

"""The official list of divisions: the committed seed is what the script writes, and what it promises holds."""

from __future__ import annotations

import csv

import pytest

from ingest.divisions import COLUMNS, LEVELS, SEED, Division, divisions, short_name
from ingest.paths import REPO

LEVEL_NO = {level: number for number, level in LEVELS.items()}
CHANGES = REPO / "seeds" / "agencies" / "division_changes.csv"
COUNTY = (3, "350881", "350800", "漳平市")
ABOVE = [(1, "350000", "", "福建省"), (2, "350800", "350000", "龙岩市")]


@pytest.fixture(scope="module")
def seed() -> list[Division]:
    with SEED.open(encoding="utf-8", newline="") as file:
        return [Division(**row) for row in csv.DictReader(file, delimiter="\t")]


def test_the_seed_holds_41934_divisions_each_with_a_parent_of_a_higher_level(seed: list[Division]):
    records = [(LEVEL_NO[d.level_code], d.division_code, d.parent_division_code, d.division_name) for d in seed]
    assert divisions(records) == seed  # raises where a parent lacks, a code or a name stands twice
    assert SEED.read_text(encoding="utf-8").partition("\n")[0].split("\t") == list(COLUMNS)
    counts = [sum(one.level_code == level for one in seed) for level in LEVELS.values()]
    assert counts == [33, 333, 2845, 38723]


def test_counties_of_no_prefecture_and_towns_of_no_county_hang_where_they_do(seed: list[Division]):
    by_code = {one.division_code: one for one in seed}
    assert by_code["310115"].parent_division_code == "310000"  # 浦东新区: municipalities have no 市辖区 between
    assert by_code["429004"].parent_division_code == "420000"  # 仙桃市, 省直辖县级
    assert by_code["441900003"].parent_division_code == "441900"  # 东莞市东城街道: no county between


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("漳平市", "漳平"), ("延边朝鲜族自治州", "延边"), ("内蒙古自治区", "内蒙古"), ("浦东新区", "浦东"),
        ("双江拉祜族佤族布朗族傣族自治县", "双江"), ("隆林各族自治县", "隆林"), ("大兴安岭地区", "大兴安岭"),
        ("清新区", "清新"), ("沙县区", "沙县"), ("城区", ""),
    ],
)  # fmt: skip
def test_the_short_name_leaves_out_what_a_division_is(name: str, short: str):
    assert short_name(name) == short


@pytest.mark.parametrize(
    ("records", "fault"),
    [
        ([*ABOVE, COUNTY, (3, "350881", "350800", "另一市")], "a code stands there twice"),
        ([*ABOVE, COUNTY, (3, "350882", "350800", "漳平市")], "a name stands twice under one parent"),
        ([COUNTY], "its parent is unknown"),
        ([*ABOVE, COUNTY, (3, "350882", "350881", "某县")], "lies in one of its own level"),
        ([*ABOVE, (4, "350881", "350800", "西园镇")], "no code of its level"),
    ],
)
def test_a_list_that_breaks_the_promises_is_refused(records: list[tuple], fault: str):
    with pytest.raises(ValueError, match=fault):
        divisions(records)


def test_a_former_name_is_of_no_division_of_today_and_leads_to_one(seed: list[Division]):
    by_code = {one.division_code: one for one in seed}
    with CHANGES.open(encoding="utf-8", newline="") as file:
        changes = list(csv.DictReader(file))
    assert len(changes) > 380
    for change in changes:
        code, name, successor = change["former_code"], change["former_name"], change["successor_code"]
        assert code not in by_code or (by_code[code].division_name != name and successor == code), change
        assert not successor or by_code[successor].level_code == change["level_code"], change
        assert 2009 <= int(change["valid_to"]) <= 2025, change

"""The organs of the sample prefectures 示例市 and 示例小市: offices of three levels, all of them invented.

Names and codes are those of the sample divisions in ``seeds/agencies/special_divisions.csv``, so that the warehouse
knows them and nobody can take them for real ones.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SPECIAL_DIVISIONS = Path(__file__).resolve().parents[2] / "seeds" / "agencies" / "special_divisions.csv"
SAMPLE = "sample"  # the kind of division
# In the order of official lists. The first ones are there in every size.
DEPARTMENTS = ("教育局", "自然资源局", "住房和城乡建设局", "市场监督管理局", "卫生健康局", "农业农村局", "财政局",
               "审计局", "民政局", "司法局", "交通运输局", "应急管理局")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Organ:
    """One organ that reports. ``kind`` is government, office, department or township.

    A government's report is consolidated: it holds the figures of its members, all organs with its code as
    ``parent_agency_id``, and has none of its own beside them. ``region`` is the prefecture or county it belongs to.
    """

    agency_id: str
    name: str
    kind: str
    level: str
    division_code: str
    division_name: str
    parent_agency_id: str
    region: str

    @property
    def is_government(self) -> bool:
        """Whether its report is consolidated."""
        return self.kind == "government"


@cache
def sample_divisions() -> tuple[dict[str, str], ...]:
    """The rows of the sample divisions, in the order of their codes."""
    with SPECIAL_DIVISIONS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["kind_code"] == SAMPLE]
    return tuple(sorted(rows, key=lambda row: row["division_code"]))


def prefecture_organs(prefecture_code: str, departments: int, county_departments: int) -> tuple[Organ, ...]:
    """The prefecture's government, office and departments, then county by county the same and its townships."""
    (prefecture,) = (row for row in sample_divisions() if row["division_code"] == prefecture_code)
    organs = _regional(prefecture, prefecture["division_name_zh"], departments)
    for county in _below(prefecture):
        name = county["division_name_zh"]
        # A district's organs bear the name of its city too.
        place = prefecture["division_name_zh"] + name if name.endswith("区") else name
        organs += _regional(county, place, county_departments)
        for town in _below(county):
            code, town_name = town["division_code"], town["division_name_zh"]
            word = "办事处" if town_name.endswith("街道") else "人民政府"
            organs.append(
                Organ(code, place + town_name + word, "township", "township", code, town_name,
                      county["division_code"], name)
            )  # fmt: skip
    return tuple(organs)


def _below(parent: dict[str, str]) -> list[dict[str, str]]:
    return [row for row in sample_divisions() if row["parent_division_code"] == parent["division_code"]]


def _regional(division: dict[str, str], place: str, departments: int) -> list[Organ]:
    """Government, office and departments of a prefecture or county."""
    code, level, name = division["division_code"], division["level_code"], division["division_name_zh"]
    return [
        Organ(code, f"{place}人民政府", "government", level, code, name, division["parent_division_code"], name),
        Organ(f"{code}-office", f"{place}人民政府办公室", "office", level, code, name, code, name),
        *(
            Organ(f"{code}-{words}", place + words, "department", level, code, name, code, name)
            for words in DEPARTMENTS[:departments]
        ),
    ]

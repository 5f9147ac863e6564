"""Four hundred titles and sign-offs with the agency each is of, drawn from the official list of divisions.

They share nothing with what matches them but the list itself: every name is put together here, and the truth is known
because the division was chosen first. ``is_told`` says whether a careful person could tell the agency from the
document and its place alone.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from random import Random

from ingest.divisions import SEED, Division, short_name
from ingest.paths import REPO

COUNT = 400
AMBIGUOUS_TOWNS = 100
DEPARTMENTS = {
    "教育局": "教育局",
    "人社局": "人力资源和社会保障局",
    "发改局": "发展和改革局",
    "市监局": "市场监督管理局",
    "住建局": "住房和城乡建设局",
    "卫健委": "卫生健康委员会",
    "水利局": "水利局",
    "国资委": "国有资产监督管理委员会",
}
COMMISSIONS = {
    "科委": "科学技术委员会",
    "教委": "教育委员会",
    "发改委": "发展和改革委员会",
    "农业农村委": "农业农村委员会",
}


@dataclass(frozen=True, slots=True)
class Label:
    """A report as it comes, and the truth about it."""

    source_path: str
    text: str
    agency_id: str
    is_told: bool
    kind: str


@cache
def divisions() -> dict[str, Division]:
    """The official list by code."""
    with SEED.open(encoding="utf-8", newline="") as file:
        return {row["division_code"]: Division(**row) for row in csv.DictReader(file, delimiter="\t")}


@cache
def changes() -> list[dict[str, str]]:
    """Former names of divisions."""
    with (REPO / "seeds" / "agencies" / "division_changes.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def by_name(level: str) -> dict[str, list[Division]]:
    """Divisions of a level by their name."""
    found = defaultdict(list)
    for one in divisions().values():
        if one.level_code == level:
            found[one.division_name].append(one)
    return dict(found)


def chain(one: Division) -> str:
    """The names of the divisions a division lies in, from the province down."""
    parent = divisions().get(one.parent_division_code)
    return chain(parent) + parent.division_name if parent else ""


def _above(one: Division) -> str:
    return divisions()[one.parent_division_code].division_name


def _former_county_names() -> Counter[str]:
    return Counter(change["former_name"] for change in changes() if int(change["valid_to"]) >= 2019)


def _ambiguous_counties() -> list[list[Division]]:
    """All county names that stand for several places, today or with those that ended since reports have the forms."""
    former = _former_county_names()
    return [group for name, group in sorted(by_name("county").items()) if len(group) > 1 or former[name]]


def _unique_counties(rng: Random, count: int) -> list[Division]:
    taken = Counter(one.division_name for one in divisions().values() if one.level_code != "township")
    former = Counter(change["former_name"] for change in changes())
    groups = [g[0] for n, g in sorted(by_name("county").items()) if taken[n] == 1 and not former[n]]
    return rng.sample(groups, count)


class _Maker:
    def __init__(self, seed: str) -> None:
        self.rng = Random(seed)
        self.number = 0

    def label(
        self, kind: str, truth: str, *, title: str = "", signer: str = "", folder: str = "", told: bool = True,
        year: int = 2021, line: str = "",
    ) -> Label:  # fmt: skip
        self.number += 1
        head = f"{title}{year}年政府信息公开工作年度报告" if title else f"{year}年政府信息公开工作年度报告"
        period = f"本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"
        body = [
            head,
            "一、总体情况",
            period,
            line,
            signer,
            f"{year + 1}年1月{self.rng.randint(10, 28)}日" if signer else "",
        ]
        path = f"{folder}/{kind}{self.number}.txt" if folder else f"{kind}{self.number}/report.txt"
        return Label(path, "\n".join(part for part in body if part), truth, told, kind)

    def all_levels(self) -> Iterator[Label]:
        provinces = [one for one in divisions().values() if one.level_code == "province" and one.division_code < "7"]
        for one in provinces:
            yield self.label("province", one.division_code, title=f"{one.division_name}人民政府")
        for one in self.rng.sample(provinces, 10):
            yield self.label("office", f"{one.division_code}-office", title=f"{one.division_name}人民政府办公厅")
        for one in self.rng.sample([g[0] for g in by_name("prefecture").values()], 25):
            printed, organ = self.rng.choice(sorted(DEPARTMENTS.items()))
            place = self.rng.choice((one.division_name, _above(one) + one.division_name))
            yield self.label("prefecture", f"{one.division_code}-{organ}", title=place + printed)
        for one in _unique_counties(self.rng, 30):
            place = self.rng.choice((one.division_name, chain(one) + one.division_name))
            yield self.label("county", one.division_code, title=f"{place}人民政府")
        for one in self.rng.sample([one for one in divisions().values() if one.level_code == "township"], 25):
            organ = "办事处" if one.division_name.endswith("街道") else "人民政府"
            place = _above(one) if len(by_name("county").get(_above(one), [])) == 1 else chain(one)
            if _former_county_names()[_above(one)]:
                place = chain(one)
            yield self.label("township", one.division_code, title=place + one.division_name + organ)

    def ambiguous_counties(self) -> Iterator[Label]:
        for group in _ambiguous_counties():
            one = self.rng.choice(group)
            name, above = one.division_name, _above(one)
            yield self.label("district", one.division_code, title=f"{above}{name}人民政府")
            way = self.rng.choice(("signer", "folder", "nothing"))
            truth = f"{one.division_code}-教育局"
            if way == "signer":
                yield self.label("district_signed", truth, title=f"{name}教育局", signer=f"{above}{name}教育局")
            elif way == "folder":
                yield self.label("district_filed", truth, title=f"{name}教育局", folder=f"2021/{above}")
            else:
                yield self.label("district_alone", truth, title=f"{name}教育局", told=False)

    def ambiguous_towns(self) -> Iterator[Label]:
        groups = [group for _, group in sorted(by_name("township").items()) if len(group) > 1]
        for number, group in enumerate(self.rng.sample(groups, AMBIGUOUS_TOWNS)):
            one = self.rng.choice(group)
            organ = "办事处" if one.division_name.endswith("街道") else "人民政府"
            name, full = one.division_name + organ, chain(one) + one.division_name + organ
            above = chain(one)
            if number % 5 == 0:
                yield self.label("town", one.division_code, title=full)
            elif number % 5 == 1:
                yield self.label("town_signed", one.division_code, title=name, signer=full)
            elif number % 5 == 2:
                yield self.label("town_filed", one.division_code, title=name, folder=f"{above}/2021年")
            elif number % 5 == 3:
                line = f"联系地址：{above}{one.division_name}政府办公楼"
                yield self.label("town_addressed", one.division_code, title=name, line=line)
            else:
                yield self.label("town_alone", one.division_code, title=name, told=False)

    def former_names(self) -> Iterator[Label]:
        """撤县设区 and the like: the old name in its time, and in a year in which it was none any more."""
        renamed = [c for c in changes() if c["successor_code"] and int(c["valid_to"]) >= 2019]
        renamed = [c for c in renamed if divisions()[c["successor_code"]].division_name != c["former_name"]]
        # 桥东区 of Xingtai was called as one of Zhangjiakou's still is.
        renamed = [c for c in renamed if c["former_name"] not in by_name("county")]
        for change in self.rng.sample(renamed, 20):
            name, truth, year = change["former_name"], change["successor_code"], int(change["valid_to"])
            yield self.label("former", truth, title=f"{name}人民政府", year=year - (year > 2019))
            yield self.label("former_late", truth, title=f"{name}人民政府", year=year + 2, told=False)
            place = divisions()[truth].division_name
            if len(by_name("county")[place]) == 1:
                yield self.label("renamed", truth, title=f"{place}人民政府", year=year + 1)

    def short_forms(self) -> Iterator[Label]:
        for one in (divisions()[code] for code in ("110000", "120000", "310000", "500000")):
            for printed, organ in COMMISSIONS.items():
                yield self.label("short", f"{one.division_code}-{organ}", title=one.division_name + printed)
        for one in self.rng.sample(
            [g[0] for g in by_name("prefecture").values() if g[0].division_name.endswith("市")], 12
        ):
            names = [d for d in divisions().values() if short_name(d.division_name) == one.short_name]
            is_told = len([d for d in names if d.level_code != "township"]) == 1
            yield self.label(
                "short_place", f"{one.division_code}-教育局", title=f"{one.short_name}教育局", told=is_told
            )

    def without_title(self) -> Iterator[Label]:
        for one in _unique_counties(self.rng, 15):
            name = f"{one.division_name}人民政府办公室"
            yield self.label("signed", f"{one.division_code}-office", signer=name)
            line = "2021年，全县累计收到政府信息公开申请46件。"
            yield self.label("consolidated", one.division_code, signer=name, line=line)

    def without_place(self) -> Iterator[Label]:
        cities = [g[0] for g in by_name("prefecture").values() if g[0].division_name.endswith("市")]
        for one in self.rng.sample(cities, 20):
            truth = f"{one.division_code}-教育局"
            yield self.label("placeless_filed", truth, title="市教育局", folder=f"{_above(one)}/{one.division_name}")
            yield self.label("placeless", truth, title="市教育局", told=False)


def labels(seed: str = "agencies") -> list[Label]:
    """All labels, the same for the same seed; made up to ``COUNT`` with reports of departments of counties."""
    maker = _Maker(seed)
    made = [
        *maker.all_levels(), *maker.ambiguous_counties(), *maker.ambiguous_towns(), *maker.former_names(),
        *maker.short_forms(), *maker.without_title(), *maker.without_place(),
    ]  # fmt: skip
    for one in _unique_counties(maker.rng, max(0, COUNT - len(made))):
        printed, organ = maker.rng.choice(sorted(DEPARTMENTS.items()))
        made.append(maker.label("department", f"{one.division_code}-{organ}", title=one.division_name + printed))
    return made

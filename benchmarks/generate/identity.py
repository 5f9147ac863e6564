"""Who reports: organs of every level, their names as printed, the year and whom the figures cover."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

# Cities with districts, and counties or county-level cities with a few of their towns and subdistricts.
CITIES = ("淮安市", "泉州市", "龙岩市", "宿迁市", "绍兴市", "襄阳市", "宜宾市", "洛阳市")
COUNTIES = {
    "漳平市": ("新桥镇", "永福镇", "菁城街道"),
    "安溪县": ("湖头镇", "感德镇", "城厢镇"),
    "石狮市": ("蚶江镇", "宝盖镇", "灵秀镇"),
    "晋江市": ("磁灶镇", "陈埭镇", "新塘街道"),
    "沭阳县": ("贤官镇", "马厂镇", "梦溪街道"),
    "涟水县": ("高沟镇", "五港镇", "朱码街道"),
    "长汀县": ("古城镇", "河田镇", "大同镇"),
    "永春县": ("蓬壶镇", "五里街镇", "东平镇"),
    "嵊州市": ("甘霖镇", "崇仁镇", "剡湖街道"),
    "栾川县": ("潭头镇", "三川镇", "冷水镇"),
}
# Most places are made up of these, so that a large collection has few reports of the same organ and year.
FIRST, SECOND = "云清龙永安平长新东南兴宁和泰武海临丰金石玉天嘉昌福德", "溪阳山川河泉宁源林原水城丘江湖峰岭浦桥塘"
REAL_SHARE = 0.1
DEPARTMENTS = ("教育局", "财政局", "民政局", "林业局", "司法局", "自然资源局", "市场监督管理局", "卫生健康局",
               "住房和城乡建设局", "农业农村局", "发展和改革局", "审计局")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Identity:
    """An organ and its report. ``whole`` and ``ours`` are how its prose speaks of its area and of itself."""

    agency_name: str  # whom the report is about
    issuer_name: str  # who signs
    fiscal_year: int
    scope: str  # consolidated | own
    level: str  # a size of figures.SIZES
    published_on: date
    whole: str
    ours: str


def generate_identity(rng: Random, fiscal_year: int | None = None, level: str | None = None) -> Identity:
    """A random organ; ``level`` is township, department, county or city."""
    year = fiscal_year or rng.randint(2019, 2025)
    level = level or rng.choice(("township", "department", "county", "county", "city"))
    published_on = date(year + 1, rng.randint(1, 3), rng.randint(1, 28))
    is_real = rng.random() < REAL_SHARE
    places = CITIES if level == "city" else tuple(COUNTIES)
    place = rng.choice(places) if is_real else _made_up(("市",) if level == "city" else ("县", "市", "区"), rng)
    whole = f"全{place[-1]}"
    if level == "township":
        town = rng.choice(COUNTIES[place]) if is_real else _made_up(("镇", "乡", "街道"), rng)
        kind = "办事处" if town.endswith("街道") else "人民政府"
        agency = f"{place}{town}{kind}"
        area = "街道" if town.endswith("街道") else town[-1]
        return Identity(agency, agency, year, "own", level, published_on, f"全{area}", f"我{area}")
    if level == "department":
        agency = place + rng.choice(DEPARTMENTS)
        return Identity(agency, agency, year, "own", level, published_on, "本局", "我局")
    agency = f"{place}人民政府"
    issuer = f"{agency}办公室" if rng.random() < 0.4 else agency
    return Identity(agency, issuer, year, "consolidated", level, published_on, whole, f"我{place[-1]}")


def _made_up(kinds: tuple[str, ...], rng: Random) -> str:
    return rng.choice(FIRST) + rng.choice(SECOND) + rng.choice(kinds)

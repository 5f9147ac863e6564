"""Whose report it is, by name and by what stands around it: told right, or not at all. One dbt run for all labels."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from tests.support.agency_labels import labels
from tests.support.raw_documents import write_documents
from tests.support.warehouse import MODELS_ONLY, Dbt

TITLE = "{}2021年政府信息公开工作年度报告\n一、总体情况\n"
SIGNED = "{}\n2022年1月20日"

# Reports that ask for care, by path: what stands in them, and the agency or why it cannot be told.
HARD = {
    # Two bureaus without a place are never one agency, whatever year and folder they share.
    "inbox/市教育局.txt": (TITLE.format("市教育局"), "no_place"),
    "inbox/市教育局 (2).txt": (TITLE.format("市教育局"), "no_place"),
    "漳平市/市教育局.txt": (TITLE.format("市教育局"), "350881-教育局"),
    "龙岩市/漳平市/市教育局.txt": (TITLE.format("市教育局"), "350881-教育局"),
    "福建省/教育厅2021.txt": (TITLE.format("教育厅"), "350000-教育厅"),
    "福建省/教育局2021.txt": (TITLE.format("教育局"), "no_place"),  # of any county there
    "漳平市/教育局2021.txt": (TITLE.format("教育局"), "350881-教育局"),
    "长汀县/市教育局.txt": (TITLE.format("市教育局"), "evidence_disagrees"),  # a county has no 市
    "inbox/开发区管委会.txt": (TITLE.format("开发区管理委员会"), "unknown_name"),
    "inbox/开发区管委会 2.txt": (TITLE.format("开发区管理委员会"), "unknown_name"),
    # 江北区 is of 宁波 today, and was of 重庆 until 2025.
    "inbox/江北区.txt": (TITLE.format("江北区人民政府"), "several_places"),
    "重庆/江北区.txt": (TITLE.format("江北区人民政府"), "500105"),
    # A place that no reading of the name lies in, or two that differ: nothing is picked.
    "厦门市/鼓楼区.txt": (TITLE.format("鼓楼区人民政府"), "evidence_disagrees"),
    "南京市/鼓楼区.txt": (TITLE.format("鼓楼区人民政府") + SIGNED.format("徐州市鼓楼区人民政府"), "evidence_disagrees"),
    # One mention in the prose, of whatever place, is no evidence; its own address is.
    "inbox/鼓楼区 1.txt": (
        TITLE.format("鼓楼区人民政府")
        + "本年度组织各街道赴福州市鼓楼区学习政务公开标准化规范化工作的先进经验和有益做法，并形成学习报告印发各部门。",
        "several_places",
    ),
    "inbox/鼓楼区 2.txt": (TITLE.format("鼓楼区人民政府") + "联系地址：福州市鼓楼区津泰路98号", "350102"),
    # A town's name alone may be that of one merged years ago, however rare it is today.
    "inbox/西园镇.txt": (TITLE.format("西园镇人民政府"), "town_alone"),
    "inbox/城关镇.txt": (TITLE.format("城关镇人民政府"), "several_places"),
    "inbox/菁城.txt": (TITLE.format("菁城街道办事处"), "town_alone"),
    "漳平市.zip/菁城.txt": (TITLE.format("菁城街道办事处"), "350881001"),
    "inbox/青阳街道.txt": (TITLE.format("晋江市人民政府青阳街道办事处"), "350582001"),
    # Three neighbours of one county speak for a fourth report of the folder.
    "batch/1.txt": (TITLE.format("安溪县教育局"), "350524-教育局"),
    "batch/2.txt": (TITLE.format("安溪县财政局"), "350524-财政局"),
    "batch/3.txt": (TITLE.format("安溪县湖头镇人民政府"), "350524102"),
    "batch/4.txt": (TITLE.format("龙门镇人民政府"), "350524107"),
    # Names that differ in their wording only are one agency's.
    "inbox/科委.txt": (TITLE.format("上海市科委"), "310000-科学技术委员会"),
    "inbox/科学技术委员会.txt": (TITLE.format("上海市科学技术委员会"), "310000-科学技术委员会"),
    "inbox/税务.txt": (TITLE.format("国家税务总局漳平市税务局"), "350881-税务局"),
    "inbox/平潭.txt": (TITLE.format("平潭综合实验区"), "350128Z1"),
    "inbox/雄安.txt": (TITLE.format("河北雄安新区管理委员会"), "130600Z1"),
    "inbox/延边.txt": (TITLE.format("延边州教育局"), "222400-教育局"),
    # An office that titles a report of the whole county as its own reports for the government.
    "inbox/办公室.txt": (
        TITLE.format("安溪县人民政府办公室") + "2021年，全县累计收到政府信息公开申请46件，均已答复。", "350524",
    ),
    "inbox/办公室 2.txt": (TITLE.format("安溪县人民政府办公室") + "2021年，我办收到申请6件。", "350524-office"),
    # A slip of the reader, a place nobody knows: as printed, never as something like it.
    "inbox/沐阳.txt": (TITLE.format("沐阳县人民政府"), "unknown_name"),
    "inbox/宿迁沐阳.txt": (TITLE.format("宿迁市沐阳县教育局"), "unknown_name"),
    "inbox/甲县.txt": (TITLE.format("甲县水利局"), "unknown_name"),
    "inbox/甲县 2.txt": (TITLE.format("甲县水利局"), "unknown_name"),
}  # fmt: skip
UNSETTLED = {"no_place", "several_places", "evidence_disagrees", "town_alone", "unknown_name", "name_not_in_use"}


@pytest.fixture(scope="module")
def con(dbt: Dbt, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    data = tmp_path_factory.mktemp("agencies")
    texts = {label.source_path: label.text for label in labels()} | {path: text for path, (text, _) in HARD.items()}
    write_documents(data / "raw.duckdb", texts)
    build = dbt(data, "--select", "+dim_agency", "+agency_review", *MODELS_ONLY)
    with duckdb.connect(build, read_only=True) as connection:
        connection.execute(f"attach '{data / 'raw.duckdb'}' as raw (read_only)")
        yield connection


@pytest.fixture(scope="module")
def matches(con: duckdb.DuckDBPyConnection) -> dict[str, tuple[str, str, str]]:
    """Agency, status and reason of every report by its path."""
    rows = con.execute(
        "select source_path, agency_id, match_status, matches.reason_code"
        " from intermediate.int_agencies__matches as matches join raw.documents using (document_id)"
    ).fetchall()
    return {path: tuple(rest) for path, *rest in rows}


def test_what_is_accepted_is_right_and_95_of_100_that_can_be_told_are(matches: dict[str, tuple[str, str, str]]):
    made = labels()
    accepted = [label for label in made if matches[label.source_path][1] == "resolved"]
    wrong = [
        (label, matches[label.source_path]) for label in accepted if matches[label.source_path][0] != label.agency_id
    ]
    assert wrong == []
    told = [label for label in made if label.is_told]
    lost = [
        (label.kind, label.text.split("\n")[0], matches[label.source_path]) for label in told if label not in accepted
    ]
    assert len(made) >= 400
    assert len(lost) <= 0.05 * len(told), lost


def test_what_is_not_accepted_waits_in_the_queue(con, matches: dict[str, tuple[str, str, str]]):
    queued = {path for (path,) in con.execute("select source_path from quality.agency_review").fetchall()}
    assert queued == {path for path, (_, status, _) in matches.items() if status != "resolved"}


@pytest.mark.parametrize("path", HARD)
def test_care_is_taken(matches: dict[str, tuple[str, str, str]], path: str):
    agency_id, status, reason = matches[path]
    truth = HARD[path][1]
    assert (reason if truth in UNSETTLED else agency_id) == truth
    assert (status == "resolved") == (truth not in UNSETTLED)


def test_names_that_may_be_of_several_agencies_are_told_apart_by_their_document(
    matches: dict[str, tuple[str, str, str]],
):
    """Two reports of 市教育局 for one year would else be taken for a duplicate, and one of them dropped."""
    by_id: dict[str, set[str]] = {}
    for path, (agency_id, status, _) in matches.items():
        if status != "resolved":
            by_id.setdefault(agency_id, set()).add(path)
    shared = [paths for paths in by_id.values() if len(paths) > 1]
    # A name that says its place, be it one nobody knows, is that of one agency.
    assert shared == [{"inbox/甲县.txt", "inbox/甲县 2.txt"}]


def test_a_steward_sees_what_a_name_may_mean_and_what_resembles_it(con):
    rows = con.execute(
        "select source_path, candidate_count, candidate_agencies, evidence_places, suggested_names"
        " from quality.agency_review where source_path like '%/鼓楼区.txt' or source_path like '%沐阳.txt'"
    ).fetchall()
    found = {path: rest for path, *rest in rows}
    assert found["南京市/鼓楼区.txt"][0] == 4
    assert "350102 福州市鼓楼区人民政府" in found["南京市/鼓楼区.txt"][1]
    assert "issuer 徐州市" in found["南京市/鼓楼区.txt"][2]
    assert found["inbox/沐阳.txt"][3] == "沭阳县人民政府"
    assert found["inbox/宿迁沐阳.txt"][3] == "宿迁市沭阳县教育局"


def test_every_government_above_an_agency_is_known_by_its_full_name(con):
    rows = con.execute(
        "select agency_id, agency_name, level_code, organ_type_code, parent_agency_id, official_order"
        " from marts.dim_agency where division_code in ('310000', '350102', '350881001', '350881') order by agency_id"
    ).fetchall()
    known = {agency_id: tuple(rest) for agency_id, *rest in rows}
    assert known["350102"] == ("福州市鼓楼区人民政府", "county", "government", "350100", 0)
    assert known["350881001"] == ("漳平市菁城街道办事处", "township", "township", "350881", 0)
    assert known["350881-税务局"][:4] == ("漳平市税务局", "county", "department", "350881")
    assert known["310000-科学技术委员会"][:4] == ("上海市科学技术委员会", "province", "department", "310000")
    orphans = con.execute(
        "select agency_id from marts.dim_agency as a where parent_agency_id is not null"
        " and not exists (from marts.dim_agency as p where p.agency_id = a.parent_agency_id)"
    ).fetchall()
    assert orphans == []

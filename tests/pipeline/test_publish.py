"""Publishing the real project: readers see complete, tested builds only, and see them as they were built."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

import duckdb
import pytest

from ingest.__main__ import main
from tests.support.dbt_projects import Project, Run, copy_of_the_project, decide, revise
from tests.support.pointer_reader import read_once

# The line of new applications in two later revisions of a report: two figures wrong and one gone, then another total.
REVISED = ("8\t0\t0\t0\t/\t0\t8", "7\t0\t0\t0\t0\t0\t9")
CONTRACT = ("marts", "quality", "reference")
# Views of the build that readers get as tables.
STORED_VIEWS = ("fct_narrative_figures", "narrative_claims", "source_lines")


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Project, Run]]:
    """A copy of the project, and the good build that it has published."""
    project = copy_of_the_project(tmp_path_factory.mktemp("publish"))
    for printed in REVISED:
        revise(project, "2020/003_shishi_office.txt", "7\t0\t0\t0\t0\t0\t7", printed, after="一、本年新收")
    decided = "按台账,张三,2021-03-01"
    sha256 = hashlib.sha256((project.reports / "2020" / "004_jinjiang.txt").read_bytes()).hexdigest()
    decide(
        project,
        [f"{sha256},,3,new,business,0,9,{decided}", f"{sha256},,3,new,research,5,9,{decided}"],
        ["F-49c3fb17dd4f,-257165.665,explained,单位为万元,来函,李四,2021-03-01,9999-12-31",
         "F-90e9ee83c1ca,185,confirmed,来函属实,来函,李四,2021-03-01,2021-12-31"],
    )  # fmt: skip
    run = project.dbt("build")
    assert run.is_success, run.log
    yield project, run


@pytest.fixture
def project(first: tuple[Project, Run]) -> Project:
    return first[0]


def published(project: Project) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(project.pointer), read_only=True)


def test_the_pointer_is_a_relative_link_to_a_file_named_after_the_build(project: Project) -> None:
    assert project.pointer.readlink().as_posix() == f"published/gongkai-{project.shown}.duckdb"
    assert project.pointer.stat().st_mode & 0o222 == 0, "opening it for writing would lock every reader out"
    with published(project) as con:
        assert con.execute("select build_id from meta.build").fetchall() == [(project.shown,)]


def test_clients_of_duckdb_1_4_can_open_the_file(project: Project) -> None:
    with published(project) as con:
        (tags,) = con.execute("select tags from duckdb_databases() where not internal").fetchone()
    assert tags["storage_version"].startswith("v1.4.0")


def test_meta_build_says_what_was_built(first: tuple[Project, Run]) -> None:
    project, run = first
    tests = [status for node, status in run.statuses.items() if node.startswith("test.")]
    built = [node for node in run.statuses if node.startswith(("model.", "seed."))]
    with published(project) as con:
        build = con.execute("from meta.build").df().to_dict("records")[0]
        rows = {
            name: con.execute(f"select count(*) from {name}").fetchone()[0]
            for name in ("marts.dim_report", "marts.form_cells", "quality.findings", "quality.documents")
        }
        in_order = con.execute("select loaded_at < started_at and started_at < built_at from meta.build").fetchone()
    assert build["report_count"] == rows["marts.dim_report"] == len(list(project.reports.rglob("*.txt")))
    assert build["cell_count"] == rows["marts.form_cells"] > 0
    assert build["finding_count"] == rows["quality.findings"]
    assert build["document_count"] == rows["quality.documents"]
    assert build["node_count"] == len(built)
    assert (build["test_count"], build["test_passed_count"], build["test_warned_count"]) == (len(tests), 1, 1)
    assert build["duckdb_version"] == duckdb.__version__
    assert build["git_commit"] == "unknown"  # the copy lies outside git
    assert build["reader_version"]
    assert in_order == (True,)


def test_decisions_of_stewards_are_in_the_facts_and_findings_as_long_as_they_apply(project: Project) -> None:
    with published(project) as con:
        used = con.execute(
            "select applicant_type_code, new_count, new_count_printed, is_corrected from marts.fct_applications"
            " where agency_id = '350582' and applicant_type_code in ('business', 'research') order by all"
        ).fetchall()
        statuses = dict(
            con.execute("select rule_id, status from quality.findings where rule_id like 'PL-%'").fetchall()
        )
        records = con.execute("select decision, state from quality.steward_records order by all").fetchall()
    assert used == [("business", 9, 0, True), ("research", 0, 0, False)]
    assert statuses == {"PL-UNIT": "explained", "PL-RULES": "open"}
    assert records == [
        ("9", "applies"), ("9", "printed_differently"), ("confirmed", "expired"), ("explained", "applies")
    ]  # fmt: skip


def test_what_revisions_print_differently_is_shown_with_the_findings_that_came_went_and_stayed(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["--reports", str(project.reports), "--data", str(project.data)]
    path = "2020/003_shishi_office.txt"
    assert main(["diff", str(project.reports / path), "--json", *where]) == 0
    first, second = json.loads(capsys.readouterr().out)
    cells = [
        [(c["column"], c["old_as_printed"], c["new_as_printed"], c["change"]) for c in d["cells"]]
        for d in (first, second)
    ]
    assert cells == [
        [("自然人", "7", "8", "changed"), ("法律服务机构", "0", "/", "removed"), ("总计", "7", "8", "changed")],
        [("自然人", "8", "7", "changed"), ("法律服务机构", "/", "0", "filled_in"), ("总计", "8", "9", "changed")],
    ]
    assert (first["cells"][1]["old_status"], first["cells"][1]["new_status"]) == ("reported", "not_applicable")
    moved = [
        {(f["move"], f["rule_id"], f["column"], f["old_sides"], f["new_sides"]) for f in d["findings"]}
        for d in (first, second)
    ]
    assert moved == [
        {("came", "T3-BALANCE", "自然人", None, "8 / 7"), ("came", "T3-BALANCE", "总计", None, "8 / 7")},
        {
            ("went", "T3-BALANCE", "自然人", "8 / 7", None),
            ("stayed", "T3-BALANCE", "总计", "8 / 7", "9 / 7"),
            ("came", "T3-APPLICANTS", "", None, "7 / 9"),
        },
    ]
    with published(project) as con:
        left = con.execute(
            "select rule_id, column_code from quality.findings where source_path = ? and rule_id like 'T3-%'", [path]
        ).fetchall()
    assert sorted(left) == [("T3-APPLICANTS", "*"), ("T3-BALANCE", "total")], (
        "what stayed or came last is what is published"
    )
    assert main(["diff", path, *where]) == 0
    assert "仍存在" in capsys.readouterr().out
    assert main(["diff", "2020/003.txt", *where]) == 3
    assert f"reports with revisions: {path}" in capsys.readouterr().err


def test_comments_types_and_constraints_are_those_of_the_build(project: Project) -> None:
    catalog = f"""
        with relations as (
            select schema_name, table_name, 'table' as kind, null as part, comment as text
            from duckdb_tables() where database_name = current_database()
            union all
            select schema_name, view_name, if(view_name in {STORED_VIEWS}, 'table', 'view'), null, comment
            from duckdb_views() where database_name = current_database() and not internal
            union all
            select schema_name, table_name, 'comment', column_name, comment
            from duckdb_columns() where database_name = current_database()
            union all
            select schema_name, table_name, 'type', column_name, data_type || ' ' || is_nullable
            from duckdb_columns() where database_name = current_database()
            union all
            select schema_name, table_name, 'constraint', constraint_column_names::varchar, constraint_text
            from duckdb_constraints() where database_name = current_database()
        )
        from relations where schema_name in {CONTRACT} order by all
    """
    with published(project) as con:
        copied = con.execute(catalog).fetchall()
    with duckdb.connect(str(project.data / "build.duckdb"), read_only=True) as con:
        built = con.execute(catalog).fetchall()
    assert copied == built
    assert {row[2] for row in copied} >= {"table", "view", "comment", "type"}


def test_every_table_and_column_is_explained_in_chinese_and_english(project: Project) -> None:
    with published(project) as con:
        mute = con.execute(
            f"""
            select schema_name, table_name, column_name from duckdb_columns()
            where schema_name in {(*CONTRACT, "meta")} and database_name = current_database()
                and (comment is null or not regexp_matches(comment, '[一-鿿].* · .*[A-Za-z]'))
            union all
            select schema_name, table_name, null from meta.tables
            where schema_name in {(*CONTRACT, "meta")} and (comment_zh is null or comment_en is null)
            """
        ).fetchall()
    assert mute == []


def test_the_same_input_gives_the_same_tables(project: Project) -> None:
    first = project.pointer.resolve()
    assert project.dbt("build").is_success
    (first_id, first_rows), (last_id, last_rows) = (
        read_once(path, with_slow_views=True) for path in (first, project.pointer.resolve())
    )
    assert first_id != last_id
    assert first_rows == last_rows

"""The publish protocol, on a project small enough to be built often: what is published, what is not, and why."""

from __future__ import annotations

import duckdb
import pytest

from ingest import build_state
from tests.support.dbt_projects import FAILING_TEST, Project, load_small, small_project
from tests.support.pointer_reader import readers

VIEW_ON_RAW = "{{ config(schema='marts', materialized='view') }} select count(*) as rows from raw.cells"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The small project with one good build published."""
    project = small_project(tmp_path_factory.mktemp("protocol"))
    run = project.dbt("build")
    assert run.is_success, run.log
    assert f"gongkai: publishing build {project.shown}" in run.log
    assert [node for node in run.statuses if node.startswith("unit_test.")] == []  # they judge no report
    return project


def test_constraints_and_comments_are_in_the_published_file(project: Project) -> None:
    with duckdb.connect(str(project.pointer), read_only=True) as con:
        constraints = con.execute(
            "select constraint_text from duckdb_constraints() where table_name = 'dim_report' order by all"
        ).fetchall()
        comments = con.execute(
            "select table_name, column_name, comment from duckdb_columns() where comment is not null "
            "and schema_name = 'marts' order by all"
        ).fetchall()
        tables = con.execute("from meta.tables where table_name in ('dim_report', 'fct_figures')").fetchall()
    assert constraints == [("NOT NULL",), ("NOT NULL",), ("PRIMARY KEY(report_id)",)]
    assert comments == [
        ("dim_report", "cells_total", "格数 · Cells"),
        ("dim_report", "report_id", "报告编号 · Report"),
        ("form_cells", "value", "数值 · Value"),
    ]
    assert tables == [
        ("marts", "dim_report", "table", 3, "报告", """Reports, with a "quote" and one that's single"""),
        ("marts", "fct_figures", "view", 120, "数字", "Figures"),
    ]


@pytest.mark.parametrize(
    ("command", "reasons"),
    [
        (["build", "--select", "form_cells"], ["--select makes it a partial build", "4 not built: "]),
        (["build", "--exclude", "fct_figures"], ["--exclude makes it a partial build", "1 not built: fct_figures"]),
        (["build", "--exclude-resource-type", "unit_test"], ["--exclude-resource-type makes it a partial build"]),
        (["build", "--empty"], ["--empty makes it a partial build"]),
        (["build", "--sample", "3 days"], ["--sample makes it a partial build"]),
        (["run"], ["`dbt run` is only a part of `dbt build`"]),
        (["test"], ["`dbt test` is only a part of `dbt build`"]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_a_partial_build_publishes_nothing_and_says_why(
    project: Project, command: list[str], reasons: list[str]
) -> None:
    before = project.published, project.shown, build_state.read(project.data)
    run = project.dbt(*command)
    (line,) = [line for line in run.log.splitlines() if "gongkai: " in line]
    assert "gongkai: not published: " in line
    assert line.endswith("Readers keep the last good build.")
    for reason in reasons:
        assert reason in line
    assert (project.published, project.shown, build_state.read(project.data)) == before


def test_nodes_that_are_not_clean_are_named(project: Project) -> None:
    before = project.shown
    with (
        project.with_file("own_models/broken.sql", "select no_such_column from {{ ref('form_cells') }}"),
        project.with_file("own_models/below.sql", "select * from {{ ref('broken') }}"),
    ):
        run = project.dbt("build")
    assert not run.is_success
    assert "gongkai: not published: 2 not clean: broken (error), below (skipped)." in run.log
    assert project.shown == before
    state = build_state.read(project.data)
    assert (state.outcome, state.reasons) == ("failed", ("2 not clean: broken (error), below (skipped)",))


def test_a_model_replaces_what_was_there_of_any_kind_but_only_if_it_succeeds(project: Project) -> None:
    wrong = "select cast('a word' as integer) as rows"
    for kind, sql in (("view", "select 1 as rows"), ("table", "select 2 as rows"), ("table", wrong)):
        text = f"{{{{ config(materialized='{kind}', schema='own') }}}} {sql}"
        with project.with_file("own_models/either.sql", text):
            assert project.dbt("build", "--select", "either").is_success is (sql != wrong)
    with duckdb.connect(str(project.data / "build.duckdb")) as con:
        assert con.execute("from own.either").fetchall() == [(2,)]


def test_a_warning_does_not_keep_a_build_from_the_readers(project: Project) -> None:
    before = project.shown
    with project.with_file("own_tests/assert_warns.sql", "{{ config(severity='warn') }} select 1 as one"):
        run = project.dbt("build")
    assert run.is_success
    assert project.shown > before


def test_a_publish_that_fails_fails_the_command_and_the_next_one_works(project: Project) -> None:
    before = project.shown
    with project.with_file("own_models/view_on_raw.sql", VIEW_ON_RAW):
        run = project.dbt("build")
    assert not run.is_success
    assert "gongkai could not publish this build" in run.log
    assert "marts.view_on_raw cannot be read from the published file" in run.log
    assert project.shown == before
    assert build_state.read(project.data).outcome == "failed"
    assert project.dbt("build").is_success
    assert project.shown > before
    assert build_state.read(project.data) is None
    assert [name for name in project.published if not name.endswith(".duckdb")] == []


def test_readers_meet_no_error_no_torn_read_and_no_bad_build(project: Project) -> None:
    good = [project.shown]
    with readers(project.pointer, 2) as found:
        for reports in (50, 5):
            load_small(project, reports)
            assert project.dbt("build").is_success
            good.append(project.shown)

            with project.with_file("own_tests/assert_fails.sql", FAILING_TEST):
                load_small(project, reports + 1)
                run = project.dbt("build")
            assert not run.is_success
            assert "gongkai: not published: 1 not clean: assert_fails (fail)." in run.log
            assert project.shown == good[-1]

        project.kill_dbt_build(lambda process: "START sql" in process.stdout.readline())
        state = build_state.read(project.data)
        assert state.outcome == "running"
        assert state.is_overdue(state.at + 2 * build_state.LONGEST_BUILD)
        assert project.shown == good[-1]
        project.kill_dbt_build(lambda _: any(name.endswith(".part") for name in project.published))
        assert project.shown == good[-1]

        assert project.dbt("build").is_success
        good.append(project.shown)

        # Publishes killed at every kind of moment; the last one after its flip, which makes it as good as any.
        *before, after = project.kill_publishes("0.1", "0.5", "0.9", "checked", "named", "linked", "flipped")
        assert [row[2] for row in (*before, after)] == ["-9"] * 7
        assert {row[3] for row in before} == {f"gongkai-{good[-1]}.duckdb"}
        assert after[3] == f"gongkai-{after[1]}.duckdb"
        good.append(project.shown)

    digests = found.checked_against(good)
    digests.pop(after[1], None)  # that build once more
    assert len(set(digests.values())) == len(digests), "every good build had other input"
    assert [name for name in project.published if not name.endswith(".duckdb")] == []
    assert len(project.published) == 5

"""The dashboard and the pointer: ready when there is a build, clear when there is none, following without restart."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
from playwright.sync_api import Browser, expect

from ingest import build_state
from tests.dashboard.conftest import DataFolder, Server, running, visiting


def test_an_open_page_follows_a_new_build_without_restart(
    published: Path, empty_data: DataFolder, browser: Browser
) -> None:
    build = (published / "gongkai.duckdb").resolve()
    first = empty_data.add_copy(build, "first")
    second = empty_data.add_copy(build, "second")
    empty_data.point_at(first)
    with running(empty_data.path) as server, visiting(browser, server) as visit:
        page = visit.open("/profile?agency=350582")
        expect(page.locator(".gk .build")).to_contain_text("first")
        empty_data.point_at(second)
        first.unlink()
        expect(page.locator(".gk .build")).to_contain_text("second", timeout=40_000)
        expect(page.locator("h1")).to_contain_text("晋江市人民政府")
        assert json.loads(server.get("/readyz")[1])["build"] == "gongkai-second"

        build_state.note(empty_data.path, "failed", ["1 not clean: assert_<b>something</b> (fail)"])
        expect(page.locator(".failed-build")).to_contain_text("没有通过", timeout=40_000)
        page.locator(".failed-build summary").click()
        expect(page.locator(".failed-build li")).to_have_text("1 not clean: assert_<b>something</b> (fail)")
        assert json.loads(server.get("/readyz")[1])["last_build"] == "failed"
        build_state.clear(empty_data.path)
        expect(page.locator(".failed-build")).to_have_count(0, timeout=40_000)
        visit.assert_clean()

        assert server.get("/readyz")[0] == 200
        second.chmod(0o644)
        second.write_bytes(b"no database")
        assert server.get("/readyz")[0] == 503


def test_only_the_names_it_is_served_under_are_answered(server: Server) -> None:
    for path in ("/", "/readyz", "/data/shared/build.csv"):
        assert server.get(path, host="evil.example")[0] == 400
    assert server.get("/readyz", host="127.0.0.1")[0] == 200


def test_without_a_build_the_page_says_what_to_run_and_opens_once_there_is_one(
    published: Path, empty_data: DataFolder, browser: Browser
) -> None:
    with running(empty_data.path) as server, visiting(browser, server) as visit:
        status, body, _ = server.get("/readyz")
        assert status == 503
        assert str(empty_data.path) not in body
        for path in ("/", "/profile", "/reconciliation"):
            page = visit.open(path, until=".gk pre")
            expect(page.locator("pre")).to_have_text("make build")
        visit.assert_clean()
        empty_data.point_at(empty_data.add_copy((published / "gongkai.duckdb").resolve(), "first"))
        expect(page.locator(".gk .build")).to_contain_text("first", timeout=40_000)
        status, body, _ = server.get("/readyz")
        assert (status, json.loads(body)["status"]) == (200, "ready")


def test_a_fault_in_a_page_is_told_without_a_trace(published: Path, empty_data: DataFolder, browser: Browser) -> None:
    """A build of an older project may lack a table a page needs."""
    file = empty_data.add_copy((published / "gongkai.duckdb").resolve(), "older")
    with duckdb.connect(str(file)) as connection:
        connection.execute("drop table if exists quality.suggested_corrections")
    empty_data.point_at(file)
    with running(empty_data.path) as server, visiting(browser, server) as visit:
        page = visit.open("/reconciliation", until="[data-testid=stAlert]")
        expect(page.locator("[data-testid=stAlert]")).to_contain_text("本页暂时无法显示")
        expect(page.locator("body")).not_to_contain_text("Traceback")
        expect(page.locator("body")).not_to_contain_text("CatalogException")
        visit.open("/")
        visit.assert_clean()


def test_sample_data_are_marked_on_every_page_and_counted_apart(
    published: Path, empty_data: DataFolder, browser: Browser
) -> None:
    file = empty_data.add_copy((published / "gongkai.duckdb").resolve(), "with-samples")
    with duckdb.connect(str(file)) as connection:
        for table in ("marts.dim_report", "marts.dim_agency", "marts.agency_year", "quality.documents"):
            connection.execute(f"update {table} set is_sample = true where agency_id = '350582'")
        sums = dict(
            connection.execute(
                "select is_sample, sum(new_count) from marts.agency_year where scope_code = 'consolidated' group by 1"
            ).fetchall()
        )
    empty_data.point_at(file)
    with running(empty_data.path) as server, visiting(browser, server) as visit:
        for data, is_sample, reports in (("real", False, 4), ("sample", True, 1)):
            page = visit.open(f"/?data={data}")
            expect(page.locator(".sample-data")).to_contain_text("示例数据")
            expect(page.locator("[data-measure=new_count] .value")).to_have_text(f"{sums[is_sample]:,.0f}")
            expect(page.locator("table.reports tbody tr")).to_have_count(reports)
            expect(page.locator("table.reports .tag-sample")).to_have_count(reports if is_sample else 0)
        page = visit.open("/reconciliation?data=sample")
        expect(page.locator(".sample-data")).to_have_count(1)
        expect(page.locator(".report-group h2")).to_have_count(1)
        expect(page.locator(".report-group h2 .tag-sample")).to_have_count(1)
        page = visit.open("/profile?agency=350582")
        expect(page.locator(".sample-data")).to_have_count(1)
        expect(page.locator("h1 .tag-sample")).to_have_count(1)
        visit.assert_clean()

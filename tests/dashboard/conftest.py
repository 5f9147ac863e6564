"""A published build, a running dashboard and a real browser for the tests of this folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Browser, BrowserContext

from benchmarks.browser import Server, Visit, chromium, profile_of, running, tab, visiting
from dashboard import warehouse
from tests.support.samples import Samples

__all__ = ["DataFolder", "Server", "Visit", "running", "visiting"]


@pytest.fixture(scope="session")
def published(built_reports: Path) -> Path:
    """A data folder with one published build of the reports in the repository."""
    return built_reports.parent


@dataclass
class DataFolder:
    """A data folder whose pointer a test may move."""

    path: Path

    @property
    def pointer(self) -> Path:
        return self.path / "gongkai.duckdb"

    def point_at(self, file: Path) -> None:
        """Flip the pointer as a publish does: a new relative link takes the old one's name."""
        fresh = self.path / "gongkai.duckdb.new"
        fresh.symlink_to(file.relative_to(self.path))
        fresh.replace(self.pointer)

    def add_copy(self, of: Path, build_id: str) -> Path:
        """A published file like another one that calls itself ``build_id``."""
        file = self.path / "published" / f"gongkai-{build_id}.duckdb"
        file.parent.mkdir(exist_ok=True)
        shutil.copyfile(of, file)
        with duckdb.connect(str(file)) as connection:
            connection.execute("update meta.build set build_id = ?", [build_id])
        return file


@pytest.fixture
def empty_data(tmp_path: Path) -> DataFolder:
    """A data folder without any build."""
    return DataFolder(tmp_path)


@pytest.fixture(scope="session")
def server(published: Path) -> Iterator[Server]:
    """The dashboard over the published build."""
    with running(published) as server:
        yield server


@pytest.fixture(scope="session")
def sql(published: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published file as an SQL user opens it."""
    with duckdb.connect(str((published / "gongkai.duckdb").resolve()), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="session")
def sample_prefecture(samples: Samples) -> Iterator[duckdb.DuckDBPyConnection]:
    """The generated prefecture with all that happens in one."""
    with samples.opened() as connection:
        yield connection


def asked(connection: duckdb.DuckDBPyConnection, query: str, **parameters: object) -> list[warehouse.Row]:
    """The rows of a query of the dashboard."""
    result = connection.execute(warehouse._sql(query), parameters)
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, headless."""
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def profile(browser: Browser) -> Iterator[BrowserContext]:
    """One browser profile for all tabs: the program of the pages, some megabytes, is fetched and compiled once."""
    with profile_of(browser) as profile:
        yield profile


@pytest.fixture
def visit(profile: BrowserContext, server: Server) -> Iterator[Visit]:
    """A tab on the shared dashboard."""
    with tab(profile, server) as visit:
        yield visit

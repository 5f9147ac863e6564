"""A published build, a running dashboard and a real browser for the tests of this folder."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

import duckdb
import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from dashboard import warehouse
from ingest.paths import REPO
from tests.support.samples import Samples

_FOOTER = ".gk .build"
# Streamlit looks for its server below the address of a page before it looks at the root: two misses on a deep link.
_PROBES = ("/_stcore/health", "/_stcore/host-config")
# The browser's own services must not reach out either, or "no request leaves this host" would prove nothing.
_BROWSER_ARGUMENTS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
)


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


@dataclass(frozen=True)
class Server:
    """A dashboard that runs."""

    address: str

    def get(self, path: str, *, host: str | None = None) -> tuple[int, str, dict[str, str]]:
        """Status, body and headers (names in lower case) of a plain request, under another host's name if need be."""
        headers = {"Accept": "text/html"} | ({"Host": host} if host else {})
        request = urllib.request.Request(self.address + path, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, answer.read().decode(), {k.lower(): v for k, v in answer.headers.items()}
        except HTTPError as error:
            return error.code, error.read().decode(), {k.lower(): v for k, v in error.headers.items()}


@contextmanager
def running(data: Path) -> Iterator[Server]:
    """The dashboard on a free port, reading ``data``."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "dashboard/app.py", "--server.port", str(port)]
    log = data / f"dashboard-{port}.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            command, cwd=REPO, env={**os.environ, "GONGKAI_DATA": str(data)}, stdout=output, stderr=subprocess.STDOUT
        )
    server = Server(f"http://localhost:{port}")
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and process.poll() is None:
            with suppress(URLError, ConnectionError, TimeoutError):
                if server.get("/_stcore/health")[0] == 200:
                    break
            time.sleep(0.2)
        else:
            pytest.fail(f"the dashboard did not start: {log.read_text()[-3000:]}")
        yield server
    finally:
        process.terminate()
        process.wait(timeout=20)


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
    chromium = shutil.which("chromium")
    assert chromium, "the dashboard tests need Chromium: run `make browser`"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(_BROWSER_ARGUMENTS))
        yield browser
        browser.close()


@dataclass
class Visit:
    """One browser tab on the dashboard, and everything that went wrong in it."""

    page: Page
    server: Server
    errors: list[str] = field(default_factory=list)
    foreign_requests: list[str] = field(default_factory=list)

    def open(self, path: str, *, until: str = _FOOTER) -> Page:
        """Open an address of the app and wait until the page is drawn to its end."""
        self.page.goto(self.server.address + path)
        self.drawn(until)
        return self.page

    def drawn(self, until: str = _FOOTER) -> None:
        """Wait until the page is drawn and no run is going on."""
        self.page.wait_for_selector(until, timeout=20_000)
        self.page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=20_000)

    def assert_clean(self) -> None:
        """No exception shown, no error in the console, no request to another host."""
        assert self.page.locator("[data-testid=stException], [data-testid=stAlert]").count() == 0
        assert self.errors == []
        assert self.foreign_requests == []


@pytest.fixture(scope="session")
def profile(browser: Browser) -> Iterator[BrowserContext]:
    """One browser profile for all tabs: the program of the pages, some megabytes, is fetched and compiled once."""
    with _profile(browser) as profile:
        yield profile


@contextmanager
def _profile(browser: Browser) -> Iterator[BrowserContext]:
    profile = browser.new_context(viewport={"width": 1440, "height": 1000})
    yield profile
    profile.close()


@pytest.fixture
def visit(profile: BrowserContext, server: Server) -> Iterator[Visit]:
    """A tab on the shared dashboard."""
    with _tab(profile, server) as visit:
        yield visit


@contextmanager
def _tab(profile: BrowserContext, server: Server) -> Iterator[Visit]:
    visit = Visit(profile.new_page(), server)

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error" and not urlsplit(message.location["url"]).path.endswith(_PROBES):
            visit.errors.append(f"{message.text} {message.location['url']}")

    def on_request(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("blob", "data") and address.hostname != "localhost":
            visit.foreign_requests.append(request.url)

    visit.page.on("console", on_console)
    visit.page.on("request", on_request)
    visit.page.on("pageerror", lambda error: visit.errors.append(str(error)))
    yield visit
    visit.page.close()


@contextmanager
def visiting(browser: Browser, server: Server) -> Iterator[Visit]:
    """A tab on another dashboard."""
    with _profile(browser) as profile, _tab(profile, server) as visit:
        yield visit

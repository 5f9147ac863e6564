"""A dashboard that runs and a browser that looks at it, with everything that goes wrong: for tests and benchmarks."""

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

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from ingest.paths import REPO

FOOTER = ".gk .build"
# Streamlit looks for its server below the address of a page before it looks at the root: two misses on a deep link.
_PROBES = ("/_stcore/health", "/_stcore/host-config")
# The browser's own services must not reach out either, or "no request leaves this host" would prove nothing.
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
)
# What is promised: no rule of WCAG 2.2 A and AA is broken in a way axe-core calls serious or critical.
_GRAVE = ("serious", "critical")


@dataclass(frozen=True)
class Server:
    """A dashboard that runs."""

    address: str
    process_id: int = 0

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
def running(data: Path, log: Path | None = None) -> Iterator[Server]:
    """The dashboard on a free port, reading ``data``. Raises RuntimeError with its log where it does not start."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "dashboard/app.py", "--server.port", str(port)]
    log = log or data / f"dashboard-{port}.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            command, cwd=REPO, env={**os.environ, "GONGKAI_DATA": str(data)}, stdout=output, stderr=subprocess.STDOUT
        )
    server = Server(f"http://localhost:{port}", process.pid)
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and process.poll() is None:
            with suppress(URLError, ConnectionError, TimeoutError):
                if server.get("/_stcore/health")[0] == 200:
                    break
            time.sleep(0.2)
        else:
            raise RuntimeError(f"the dashboard did not start: {log.read_text()[-3000:]}")
        yield server
    finally:
        process.terminate()
        process.wait(timeout=20)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium, headless. Raises RuntimeError where it is not installed."""
    program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if program is None:
        raise RuntimeError("Chromium is not installed: run `make browser`")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(_ARGUMENTS))
        yield browser
        browser.close()


@dataclass
class Visit:
    """One browser tab on the dashboard, and everything that went wrong in it."""

    page: Page
    server: Server
    errors: list[str] = field(default_factory=list)
    foreign_requests: list[str] = field(default_factory=list)

    def open(self, path: str, *, until: str = FOOTER) -> Page:
        """Open an address of the app and wait until the page is drawn to its end."""
        self.page.goto(self.server.address + path)
        self.drawn(until)
        return self.page

    def drawn(self, until: str = FOOTER) -> None:
        """Wait until the page is drawn and no run is going on."""
        self.page.wait_for_selector(until, timeout=20_000)
        self.page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=20_000)

    def faults(self) -> list[str]:
        """Exceptions shown, errors in the console, requests to other hosts."""
        alerts = self.page.locator("[data-testid=stException], [data-testid=stAlert]").all_inner_texts()
        return [*alerts, *self.errors, *self.foreign_requests]

    def assert_clean(self) -> None:
        """None of these."""
        assert self.faults() == []

    def barriers(self) -> list[str]:
        """What keeps people with disabilities out, as axe-core sees it: rule, number of places and the first of them;
        grave ones only."""
        found = Axe().run(self.page, options={"resultTypes": ["violations"]}).response["violations"]
        return [
            f"{one['id']} × {len(one['nodes'])}: {one['nodes'][0]['html'][:200]}"
            for one in found
            if one["impact"] in _GRAVE
        ]

    def overhang(self) -> int:
        """By how many pixels the page is wider than the screen."""
        return self.page.evaluate(
            """() => {
                const main = document.querySelector("[data-testid=stMain]");
                return Math.max(main.scrollWidth - main.clientWidth,
                                document.documentElement.scrollWidth - document.documentElement.clientWidth);
            }"""
        )


@contextmanager
def profile_of(browser: Browser, *, width: int = 1440, height: int = 1000) -> Iterator[BrowserContext]:
    """A browser profile: its tabs share what was fetched and compiled."""
    profile = browser.new_context(viewport={"width": width, "height": height})
    yield profile
    profile.close()


@contextmanager
def tab(profile: BrowserContext, server: Server) -> Iterator[Visit]:
    """A tab that writes down what goes wrong in it."""
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
    """A tab with a profile of its own."""
    with profile_of(browser) as profile, tab(profile, server) as visit:
        yield visit

"""Sessions while builds are published, and the memory of a server that has had many sessions."""

from __future__ import annotations

import gc
import os
import shutil
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import duckdb
from playwright.sync_api import Browser

from benchmarks.browser import Server, profile_of, running, tab
from dashboard import warehouse
from ingest import publish

SESSIONS, QUERIES = 16, 200
QUERIES_A_PAGE = 4
TABS, FOLLOWED_WITHIN_SECONDS = 4, 60
GROWTH_LIMIT = 1.10
_SELF_IDENTIFYING = """
select $session as session, $question as question, build_id, (select count(*) from marts.dim_report) as reports
from meta.build
"""


class Publisher:
    """Publishes copies of a build under new names, as ``dbt build`` does: a new file, then the pointer."""

    def __init__(self, template: Path, data: Path) -> None:
        self.data, self.template = data, data / "template.duckdb"
        data.mkdir(parents=True)
        (data / publish.PUBLISHED).mkdir()
        shutil.copyfile(template, self.template)
        self.template.chmod(0o644)
        self.count = 0
        self.publish()

    def publish(self) -> str:
        """One more build; returns its id."""
        self.count += 1
        build_id = f"20990101T{self.count:09d}Z-benchmark"
        target = publish.published_file(self.data, build_id)
        part = publish.part_file(self.data, build_id)
        shutil.copyfile(self.template, part)
        with duckdb.connect(str(part)) as connection:
            connection.execute("update meta.build set build_id = ?", [build_id])
        part.rename(target)
        publish.prune(self.data, target, publish.KEEP)
        publish.flip_pointer(self.data / publish.POINTER, target)
        return build_id


def measure_builds(browser: Browser, file: Path, data: Path, publishes: int) -> list[str]:
    """Ask and publish at once, in threads as the server has them and in tabs of a browser; returns what was missed."""
    publisher = Publisher(file, data)
    with _own_query(data / "queries"), _data_folder(data):
        missed = _ask_while_publishing(publisher, publishes)
    return missed + _watch_while_publishing(browser, publisher)


def _ask_while_publishing(publisher: Publisher, publishes: int) -> list[str]:
    start = time.perf_counter()
    wrong: list[str] = []
    seen: set[str] = set()
    published = 0
    turn = threading.Condition()

    def session(number: int) -> None:
        for question in range(0, QUERIES, QUERIES_A_PAGE):
            with turn:  # all sessions go on at the pace of the publishes, so that every one of these meets questions
                turn.wait_for(lambda at=question: published * QUERIES >= at * publishes)
            try:
                build = warehouse.current()
                for one in range(question, question + QUERIES_A_PAGE):
                    (row,) = build.rows("who", session=number, question=one)
                    if (row["session"], row["question"], f"gongkai-{row['build_id']}") != (number, one, build.name):
                        wrong.append(f"session {number}, question {one}: answered {row}")
                    seen.add(row["build_id"])
            except Exception as error:
                wrong.append(f"session {number}, question {question}: {type(error).__name__}: {error}")

    with ThreadPoolExecutor(SESSIONS) as threads:
        sessions = [threads.submit(session, number) for number in range(SESSIONS)]
        for _ in range(publishes):
            publisher.publish()
            with turn:
                published += 1
                turn.notify_all()
        for one in sessions:
            one.result()
    print(
        f"{SESSIONS} sessions × {QUERIES} queries during {publishes} publishes: {len(wrong)} wrong or failed, "
        f"{len(seen)} builds met, {time.perf_counter() - start:.1f} s"
    )
    return wrong[:5]


def _watch_while_publishing(browser: Browser, publisher: Publisher) -> list[str]:
    """Open tabs follow the newest build by themselves, and no page ever tells of two builds."""
    missed: list[str] = []
    with running(publisher.data) as server, ExitStack() as stack:
        profile = stack.enter_context(profile_of(browser))
        visits = [stack.enter_context(tab(profile, server)) for _ in range(TABS)]
        for visit in visits:
            visit.open("/profile")
        for _ in range(3):
            newest = publisher.publish()
            start = time.monotonic()
            for visit in visits:
                build = visit.page.locator(".gk .build", has_text=newest)
                try:
                    build.wait_for(timeout=1000 * FOLLOWED_WITHIN_SECONDS)
                except Exception:
                    missed.append(f"a tab did not follow build {newest} within {FOLLOWED_WITHIN_SECONDS} s")
                    continue
                visit.drawn()
                told = visit.page.evaluate("() => document.body.textContent.match(/20990101T\\d{9}Z-benchmark/g)")
                if set(told) != {newest}:
                    missed.append(f"a page tells of {sorted(set(told))}")
            print(f"{TABS} tabs followed build {newest} after {time.monotonic() - start:.1f} s")
        missed += [fault for visit in visits for fault in visit.faults()]
    return missed


def measure_memory(browser: Browser, data: Path, log: Path, sessions: int) -> list[str]:
    """Resident memory after a quarter of the sessions and after all; returns what was missed."""
    os.environ["STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL"] = "1"  # a closed tab is gone at once, not after minutes
    sizes: dict[int, float] = {}
    with running(data, log) as server, profile_of(browser) as profile:
        for number in range(1, sessions + 1):
            with tab(profile, server) as visit:
                visit.open(("/", "/profile", "/reconciliation")[number % 3])
            if number in (sessions // 4, sessions // 2, sessions):
                time.sleep(3)
                sizes[number] = _resident_megabytes(server)
    print("memory of the server: " + ", ".join(f"{size:.0f} MB after {n} sessions" for n, size in sizes.items()))
    first, last = sizes[sessions // 4], sizes[sessions]
    return [f"memory grew from {first:.0f} to {last:.0f} MB"] if last > first * GROWTH_LIMIT else []


def _resident_megabytes(server: Server) -> float:
    status = Path(f"/proc/{server.process_id}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


@contextmanager
def _own_query(folder: Path) -> Iterator[None]:
    """A query that says who asked it, in place of the dashboard's."""
    folder.mkdir()
    (folder / "who.sql").write_text(_SELF_IDENTIFYING, encoding="utf-8")
    before, warehouse.QUERIES = warehouse.QUERIES, folder
    try:
        yield
    finally:
        warehouse.QUERIES = before
        warehouse._sql.cache_clear()


@contextmanager
def _data_folder(data: Path) -> Iterator[None]:
    before = os.environ.get("GONGKAI_DATA")
    os.environ["GONGKAI_DATA"] = str(data)
    try:
        yield
    finally:
        os.environ.pop("GONGKAI_DATA") if before is None else os.environ.update(GONGKAI_DATA=before)
        warehouse._latest.clear()
        gc.collect()

"""How the command line shows things: text from outside as plain text, tables for people, lines for logs."""

from __future__ import annotations

import time
from collections.abc import Iterable
from types import TracebackType

from rich.console import Console, Group
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

LOG_WIDTH = 200  # of a log or pipe, which has no width of its own
LOG_SECONDS = 5  # between two lines of progress in a log


def console(*, stderr: bool = False) -> Console:
    """A console that takes nothing for markup; as wide as the terminal, or wide enough for a log."""
    found = Console(stderr=stderr, markup=False, highlight=False, emoji=False)
    return (
        found
        if found.is_terminal
        else Console(stderr=stderr, markup=False, highlight=False, emoji=False, width=LOG_WIDTH)
    )


def plain(value: object) -> str:
    """A value as text that cannot steer a terminal: what a report holds is not ours."""
    text = "" if value is None else str(value)
    return "".join(char if char.isprintable() else "·" for char in text)


def table(title: str, heads: Iterable[str], rows: Iterable[Iterable[object]]) -> Group:
    """A table of plain texts under its title."""
    found = Table(*heads, show_edge=False, header_style="bold")
    for row in rows:
        found.add_row(*(Text(plain(value), overflow="fold") for value in row))
    return Group(Text(title, style="bold"), found)


class Reporter:
    """Progress of long work: a bar on a terminal, a line now and then in a log. A context manager; call it to tell."""

    def __init__(self, out: Console, unit: str = "files") -> None:
        self._out = out
        self._unit = unit
        self._bar: Progress | None = None
        self._tasks: dict[str, TaskID] = {}
        self._started: dict[str, float] = {}
        self._said = time.monotonic()

    def __enter__(self) -> Reporter:
        if self._out.is_terminal:
            self._bar = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.fields[rate]}"),
                TimeRemainingColumn(compact=True),
                console=self._out,
            )
            self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._bar:
            self._bar.stop()

    def __call__(self, what: str, done: int, total: int) -> None:
        """``done`` of ``total`` units are ``what`` (looked at, read)."""
        now = time.monotonic()
        started = self._started.setdefault(what, now)
        per_second = done / (now - started) if now > started else 0.0
        rate = f"{per_second:,.{0 if per_second >= 10 else 1}f} {self._unit}/s" if per_second else ""
        if self._bar:
            if what not in self._tasks:
                self._tasks[what] = self._bar.add_task(what, total=total, rate="")
            self._bar.update(self._tasks[what], completed=done, rate=rate)
        elif done == total or now - self._said >= LOG_SECONDS:
            self._said = now
            self._out.print(f"{what}: {done:,} of {total:,} {self._unit}{f', {rate}' if rate else ''}")

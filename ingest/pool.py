"""Calls made in child processes within bounds: one that computes too long, eats memory or crashes costs itself only.

Children are fresh interpreters, not forks of this one, which has threads and an open database. They start as calls
come in, so a few files cost one start. Answers come in the order of the calls, however many processes there are.
"""

from __future__ import annotations

import heapq
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from ingest import read, worker
from ingest.limits import Bounds
from ingest.model import ReadDocument
from ingest.offered import Offered, hashed
from ingest.paths import REPO
from ingest.readers.archive import Member
from ingest.worker import set_aside

_AHEAD = 8  # calls that wait in a worker's pipe, so that it is never idle …
_AHEAD_BYTES = 4096  # … and never so much of them that whoever sends has to wait
_WINDOW = 512  # calls handed out beyond the one whose answer is wanted next
_HELD_BYTES = 128 * 2**20  # of answers that wait for their turn
_START_SECONDS = 120.0  # a worker's imports, on a busy machine
_DYING_SECONDS = 5.0  # from the end of its pipe to its own
_TURN_SECONDS = 0.05


class PoolError(Exception):
    """No worker can be started; the message names the cure."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a call: its ``value`` with what it cost, or why there is none.

    ``refusal`` is the code of what the content of the file did to its reader (too_slow, too_large_in_memory,
    reader_crashed), with the reason; ``error`` what the call raised, or what hindered it from outside.
    """

    value: Any = None
    seconds: float = 0.0
    peak_bytes: int = 0  # of the process, since it started
    refusal: tuple[str, str] | None = None
    error: Exception | None = None


@dataclass(slots=True, order=True)
class _Call:
    number: int
    data: bytes = field(compare=False)
    needs_fresh: bool = field(compare=False, default=False)


@dataclass(slots=True)
class _Worker:
    """A child process and the calls it has not answered yet, in the order they were sent."""

    process: subprocess.Popen
    pipe: Connection
    since: float  # when it started, or began the first of its calls
    calls: deque[_Call] = field(default_factory=deque)
    is_ready: bool = False
    is_fresh: bool = True  # has answered nothing yet
    is_stalled: bool = False

    def has_room(self, call: _Call, most: int) -> bool:
        """Whether the call can be sent, as one of at most so many, without waiting for the worker to read it."""
        ahead = sum(len(waiting.data) for waiting in self.calls) + len(call.data)
        return not self.calls or (len(self.calls) < most and ahead <= _AHEAD_BYTES)

    def end(self, *, is_dead: bool = False) -> int:
        """The code it ended with; unless it is dying anyway, it is killed."""
        self.pipe.close()
        if is_dead:
            with suppress(subprocess.TimeoutExpired):
                return self.process.wait(_DYING_SECONDS)
        self.process.kill()
        return self.process.wait()


def _cores() -> int:
    """Those this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Pool:
    """Up to ``jobs`` workers. Use as a context manager: leaving it ends them, whatever they do."""

    def __init__(self, jobs: int | None = None, bounds: Bounds | None = None) -> None:
        self._jobs = jobs or _cores()
        self._bounds = bounds or Bounds()
        self._workers: list[_Worker] = []
        self._run: _Run | None = None  # the map at work; there is one at a time

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        if self._run:
            self._run.stop()
        self._end_those_with(lambda _: True)

    def map(self, function: Callable[..., Any], arguments: Sequence[tuple]) -> Iterator[Answer]:
        """``function`` (one that a worker can import) on each tuple of arguments; the answers in that order.

        Raises PoolError where no worker can be started.
        """
        calls = [_Call(n, pickle.dumps((function, given))) for n, given in enumerate(arguments)]
        if self._run:
            raise RuntimeError("the answers of an earlier map are not all used yet")
        self._run = _Run(calls, self._turn, jobs=min(self._jobs, -(-len(calls) // _AHEAD)))
        try:
            yield from self._run.answers()
        finally:
            self._run.stop()
            self._run = None
            self._end_those_with(lambda one: bool(one.calls))  # left early: nobody waits for them any more

    def call(self, function: Callable[..., Any], *arguments: object) -> Answer:
        """One call."""
        (answer,) = self.map(function, [arguments])
        return answer

    def _end_those_with(self, condition: Callable[[_Worker], bool]) -> None:
        for one in [one for one in self._workers if condition(one)]:
            self._workers.remove(one)
            one.end()

    # -- in the thread that talks to the workers ---------------------------------------------------------------------

    def _turn(self, run: _Run) -> None:
        """Hand out calls, wait a moment for answers, and see after workers that died or do not answer."""
        self._hand_out(run)
        now = time.monotonic()
        for one in self._workers:
            limit = self._bounds.wall_seconds if one.is_ready else _START_SECONDS
            if one.calls and now - one.since > limit:
                one.is_stalled = True
                one.process.kill()
        pipes = {one.pipe: one for one in self._workers}
        for pipe in wait(list(pipes), _TURN_SECONDS):
            self._receive(pipes[pipe], run)

    def _hand_out(self, run: _Run) -> None:
        while call := run.next_call():
            free = [one for one in self._workers if one.has_room(call, run.calls_ahead)]
            chosen = min(free, key=lambda one: len(one.calls), default=None)
            if call.needs_fresh or (len(self._workers) < run.jobs and not (chosen and not chosen.calls)):
                chosen = self._start()
            if not chosen:
                run.take_back(call)
                return
            if not chosen.calls and chosen.is_ready:
                chosen.since = time.monotonic()
            chosen.calls.append(call)
            with suppress(OSError):  # a dead one tells so when it is read from
                chosen.pipe.send_bytes(call.data)

    def _start(self) -> _Worker:
        here, there = Pipe()
        command = [sys.executable, "-P", "-m", "ingest.worker", str(there.fileno())]
        command += [str(self._bounds.seconds), str(self._bounds.memory_bytes)]
        found = os.pathsep.join(filter(None, (str(REPO), os.environ.get("PYTHONPATH"))))
        process = subprocess.Popen(
            command,
            env=os.environ | {"PYTHONPATH": found},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,  # what a library says before it dies helps nobody
            pass_fds=(there.fileno(),),
            process_group=0,  # Ctrl-C is for this process, which ends them
        )
        there.close()
        self._workers.append(_Worker(process, here, time.monotonic()))
        return self._workers[-1]

    def _receive(self, one: _Worker, run: _Run) -> None:
        try:
            message = one.pipe.recv_bytes()
        except (EOFError, OSError):
            self._bury(one, run)
            return
        tag = message[:1]
        one.since = time.monotonic()
        if tag == worker.READY:
            one.is_ready = True
        elif tag == worker.RETIRES:
            self._replace(one, run)
        elif tag == worker.OUT_OF_MEMORY:
            self._blame(one, run, Answer(refusal=_too_large(self._bounds)))
            self._replace(one, run)
        else:
            run.put(one.calls.popleft().number, message)
            one.is_fresh = False

    def _bury(self, one: _Worker, run: _Run) -> None:
        """See what a worker died of, and give its other calls to others."""
        code = one.end(is_dead=True)
        if not (one.is_ready or one.is_stalled):
            raise PoolError(
                f"a reading process cannot be started (exit code {code}): "
                '`python -c "import ingest.worker"` in the folder of the project says why'
            )
        if one.calls and one.is_stalled:
            text = f"it gave no answer within {self._bounds.wall_seconds:g} seconds: is its disk or network there"
            run.put(one.calls.popleft().number, Answer(error=TimeoutError(text)))
        elif one.calls and code == -signal.SIGPROF:
            run.put(one.calls.popleft().number, Answer(refusal=_too_slow(self._bounds)))
        elif one.calls and code in (-signal.SIGKILL, -signal.SIGTERM):
            text = "the process that read it was ended from outside, or for want of memory"
            self._blame(one, run, Answer(error=InterruptedError(text)))
        elif one.calls:
            self._blame(one, run, Answer(refusal=_crashed(code)))
        self._replace(one, run)

    @staticmethod
    def _blame(one: _Worker, run: _Run, answer: Answer) -> None:
        """Answer the call at work; but what a worker did before may be to blame, so only in a fresh one it counts."""
        call = one.calls.popleft()
        if one.is_fresh:
            run.put(call.number, answer)
        else:
            run.take_back(replace(call, needs_fresh=True))

    def _replace(self, one: _Worker, run: _Run) -> None:
        """Take a worker out; another one is started when its calls are handed out again."""
        self._workers.remove(one)
        one.end()
        for call in one.calls:
            run.take_back(call)


class _Run:
    """The calls of one ``map``, and the thread that talks to the workers while their answers are used."""

    def __init__(self, calls: list[_Call], turn: Callable[[_Run], None], jobs: int) -> None:
        self.jobs = jobs
        self._pending = calls  # a heap: what is taken back comes first again
        self._count = self._unanswered = len(calls)
        self._turn = turn
        self._wanted = 0  # number of the answer that is used next
        self._bytes_got = self._bytes_used = 0  # of answers; each is changed by one thread only
        self._answers: queue.SimpleQueue[tuple[int, Answer | bytes | Exception]] = queue.SimpleQueue()
        self._is_stopped = False
        self._thread = threading.Thread(target=self._talk, daemon=True)

    def answers(self) -> Iterator[Answer]:
        """The answers in the order of the calls. Raises what stopped the thread."""
        self._thread.start()
        early: dict[int, Answer | bytes | Exception] = {}
        for number in range(self._count):
            while number not in early:
                found, answer = self._answers.get()
                if isinstance(answer, Exception):
                    raise answer
                early[found] = answer
            answer = early.pop(number)
            if isinstance(answer, bytes):
                self._bytes_used += len(answer)
                answer = _opened(answer)
            self._wanted = number + 1
            yield answer

    def stop(self) -> None:
        """End the thread."""
        self._is_stopped = True
        if self._thread.ident:
            self._thread.join()

    def _talk(self) -> None:
        try:
            while self._unanswered and not self._is_stopped:
                self._turn(self)
        except Exception as error:
            self._answers.put((0, error))

    def next_call(self) -> _Call | None:
        """The next call to hand out; None while there is none, or answers enough wait to be used."""
        if not self._pending:
            return None
        ahead = self._pending[0].number - self._wanted
        if ahead >= _WINDOW or (ahead > 0 and self._bytes_got - self._bytes_used > _HELD_BYTES):
            return None
        return heapq.heappop(self._pending)

    @property
    def calls_ahead(self) -> int:
        """How many calls one worker may have: towards the end few, that none waits behind a long one of another's."""
        return min(_AHEAD, 1 + len(self._pending) // (2 * self.jobs))

    def take_back(self, call: _Call) -> None:
        """Keep a call for later."""
        heapq.heappush(self._pending, call)

    def put(self, number: int, answer: Answer | bytes) -> None:
        """The answer to a call, as it came or made up."""
        self._unanswered -= 1
        self._bytes_got += len(answer) if isinstance(answer, bytes) else 0
        self._answers.put((number, answer))


def _opened(message: bytes) -> Answer:
    """What a worker answered."""
    if message[:1] == worker.ERROR:
        return Answer(error=pickle.loads(memoryview(message)[1:]))
    value, (seconds, peak_bytes) = pickle.loads(memoryview(message)[1:])
    return Answer(value, seconds, peak_bytes)


_CURE = "save the report (年度报告) in it as a file of its own, and offer that"


def _too_slow(bounds: Bounds) -> tuple[str, str]:
    return "too_slow", f"reading it takes more than {bounds.seconds:g} seconds of computing: {_CURE}"


def _too_large(bounds: Bounds) -> tuple[str, str]:
    return "too_large_in_memory", f"reading it takes more than {bounds.memory_bytes // 2**20:,} MiB of memory: {_CURE}"


def _crashed(code: int) -> tuple[str, str]:
    try:
        how = signal.Signals(-code).name
    except ValueError:
        how = f"exit code {code}"
    return "reader_crashed", f"it is damaged or made to do harm: reading it ended the reading process ({how}); {_CURE}"


def read_bounded(opens: Path | Member, source_path: str, bounds: Bounds | None = None) -> tuple[ReadDocument, ...]:
    """All reports in one file, read in a process of its own; set aside where that crosses a bound.

    Raises PoolError, and what ``read.read_documents`` raises.
    """
    with Pool(1, bounds) as pool:
        answer = pool.call(read.read_documents, opens, source_path)
    if answer.error:
        raise answer.error
    if answer.refusal:
        member = opens if isinstance(opens, Member) else None
        file = Offered(member.archive if member else str(opens), source_path, member=member)
        return (set_aside(hashed(file), *answer.refusal),)
    return answer.value

"""Work on many generated reports in several processes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")


def in_batches(work: Callable[[range], list[Result]], first: int, count: int, size: int, jobs: int) -> Iterator[Result]:
    """What ``work`` says of so many indexes from ``first`` on, in their order, some at a time in a process of its own
    (so it must be picklable); of one job in this process."""
    batches = [range(start, min(start + size, first + count)) for start in range(first, first + count, size)]
    if jobs == 1:
        for batch in batches:
            yield from work(batch)
        return
    with ProcessPoolExecutor(jobs) as pool:
        for future in [pool.submit(work, batch) for batch in batches]:
            yield from future.result()

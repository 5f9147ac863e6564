"""The reports folder as it is now: archives looked into, every file hashed, in child processes and within bounds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from ingest import worker
from ingest.offered import Folder, Offered, offers
from ingest.pool import Answer, Pool

BATCH_BYTES = 64 * 2**20  # of files that are worked on together: it bounds the memory a load takes
HASHED_TOGETHER = 64

Progress = Callable[[str, int, int], None]  # what is done, how many of them, of how many


def survey(folder: Folder, pool: Pool, progress: Progress = lambda *_: None) -> list[Offered]:
    """Every file offered, in the order of the paths; one that cannot be opened says so."""
    archives = [file for file in folder.files if file.is_archive]
    found = dict(zip(archives, pool.map(offers, [(file,) for file in archives]), strict=True))
    files = [inside for file in folder.files for inside in (_inside(file, found[file]) if file in found else (file,))]
    files.sort(key=lambda file: file.source_path)
    parts = [tuple(part) for part in batches(files, HASHED_TOGETHER, BATCH_BYTES)]
    hashed: dict[Offered, Offered] = {}
    looked_at = 0
    for part, answer in zip(parts, pool.map(worker.hash_all, [(part,) for part in parts]), strict=True):
        hashed.update(zip(part, answer.value or (), strict=bool(answer.value)))
        looked_at += len(part)
        progress("looked at", looked_at, len(files))
    # Where some files could not be hashed together, only those that hinder are left out.
    left = [file for file in files if file not in hashed]
    for file, answer in zip(left, pool.map(worker.hash_all, [((file,),) for file in left]), strict=True):
        hashed[file] = answer.value[0] if answer.value else _unopened(file, answer)
    return [hashed[file] for file in files]


def batches(files: Iterable[Offered], count: int, size_bytes: int) -> Iterator[list[Offered]]:
    """The files in parts of at most so many files and bytes; one that is larger stands alone."""
    part: list[Offered] = []
    size = 0
    for file in files:
        if part and (len(part) == count or size + file.size_bytes > size_bytes):
            yield part
            part, size = [], 0
        part.append(file)
        size += file.size_bytes
    if part:
        yield part


def told(error: Exception) -> str:
    """What an error of the system says, without its number."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def _inside(file: Offered, answer: Answer) -> tuple[Offered, ...]:
    """What an archive offers; itself, where even its directory is too much."""
    if answer.value is not None:
        return answer.value
    return (replace(file, refusal=answer.refusal) if answer.refusal else _unopened(file, answer),)


def _unopened(file: Offered, answer: Answer) -> Offered:
    why = told(answer.error) if answer.error else answer.refusal[1]
    return replace(file, fault=f"it cannot be opened ({why}): make it readable and run the load again")

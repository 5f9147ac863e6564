"""The child process that looks at what comes from outside: it hashes, unpacks, reads and recognises, and may be killed.

It gets calls over a pipe and answers them one after the other, each within ``Bounds``: the kernel ends it where a
call computes too long and gives it no more memory than it may have. It imports neither DuckDB nor Great Expectations,
so that another one starts at once. Memory is bounded on Linux only; time everywhere.
"""

from __future__ import annotations

import gc
import pickle
import resource
import signal
import sys
import time
import traceback
from collections.abc import Mapping
from multiprocessing.connection import Connection
from pathlib import Path

from ingest import read
from ingest.model import Given, ReadDocument
from ingest.offered import Offered, hashed
from ingest.rows import Rows, rows_of

READY, VALUE, ERROR, OUT_OF_MEMORY, RETIRES = b"R", b"V", b"E", b"M", b"X"
_RETIREMENT = 4  # a worker that ever held this part of its memory makes room for a fresh one


def hash_all(files: tuple[Offered, ...]) -> tuple[Offered, ...]:
    """The files with their hashes, or with what hinders."""
    return tuple(map(hashed, files))


def read_rows(file: Offered, given: Mapping[str, Given]) -> tuple[Rows, ...]:
    """The rows of the documents in a file; ``given`` is what a manifest says of it.

    Raises OSError where it is not the file that was hashed any more, and what a faulty reader raises.
    """
    if file.refusal:
        return (rows_of(set_aside(file, *file.refusal)),)
    documents = read.read_documents(file.opens, file.source_path, given)
    if any(document.sha256 != file.sha256 for document in documents):
        raise OSError("it changed while it was being read")
    return tuple(map(rows_of, documents))


def set_aside(file: Offered, code: str, reason: str) -> ReadDocument:
    """The reading of a file that is not read at all, or whose reading was stopped."""
    media_type = Path(file.source_path).suffix.lower().lstrip(".") or "unknown"
    return ReadDocument(file.source_path, file.sha256 or "", file.size_bytes, media_type, "set_aside", code, reason)


def _peak_bytes() -> int:
    """The most memory this process ever held; 0 where the system does not tell (what it says of a process that was
    started by a larger one is the larger one's, but for this file)."""
    try:
        status = Path("/proc/self/status").read_bytes()
    except OSError:
        return 0
    return int(status.partition(b"VmHWM:")[2].split(None, 1)[0]) * 1024


def serve(descriptor: int, seconds: float, memory_bytes: int) -> None:
    """Answer calls from the pipe until it is closed; bounds as in ``ingest.limits.Bounds``."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it decides when it ends
    resource.setrlimit(resource.RLIMIT_DATA, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.freeze()  # what was imported stays: not to be looked through again and again
    with Connection(descriptor) as pipe:
        pipe.send_bytes(READY)
        while True:
            try:
                call = pipe.recv_bytes()
            except (EOFError, OSError):  # the load has ended, or was killed
                return
            signal.setitimer(signal.ITIMER_PROF, seconds)
            answer = _answer(call)
            signal.setitimer(signal.ITIMER_PROF, 0)
            try:
                pipe.send_bytes(answer)
                if _peak_bytes() > memory_bytes // _RETIREMENT:
                    pipe.send_bytes(RETIRES)
                    return
            except OSError:
                return


def _answer(call: bytes) -> bytes:
    """The tagged answer to a pickled call: what it returns and what it cost, or what it raised."""
    try:
        started = time.process_time()
        function, arguments = pickle.loads(call)
        value = function(*arguments)
        cost = (time.process_time() - started, _peak_bytes())
        return VALUE + pickle.dumps((value, cost), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return OUT_OF_MEMORY
    except Exception as error:
        error.add_note("".join(traceback.format_exception(error)))
        return ERROR + _pickled(error)


def _pickled(error: Exception) -> bytes:
    """An exception, or what it says where it cannot be sent as it is."""
    try:
        data = pickle.dumps(error)
        pickle.loads(data)
    except Exception:
        told = RuntimeError(f"{type(error).__name__}: {error}")
        told.add_note(error.__notes__[-1])
        return pickle.dumps(told)
    return data


if __name__ == "__main__":
    serve(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]))

"""What tests of hostile files share: packages packed as they are, and the promise that refusing is quick."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable, Mapping

import pytest

from ingest.model import Document
from ingest.readers import UnreadableFileError

SECONDS = 5.0  # of computing, within which any file is read or refused


def refusal(reader: Callable[[bytes], object], data: bytes) -> UnreadableFileError:
    """The error a reader refuses the bytes with, in time."""
    start = time.process_time()
    with pytest.raises(UnreadableFileError) as refused:
        reader(data)
    assert time.process_time() - start < SECONDS
    assert refused.value.reason
    return refused.value


def read_in_time(reader: Callable[[bytes], Document], data: bytes) -> Document:
    """What a reader makes of the bytes, in time."""
    start = time.process_time()
    document = reader(data)
    assert time.process_time() - start < SECONDS
    return document


def stored(data: bytes, parts: Mapping[str, str | bytes]) -> bytes:
    """A package with some parts replaced, nothing in it packed: bounds behind the one on packing show."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w") as copy:
        for name in package.namelist():
            copy.writestr(name, parts.get(name) or package.read(name))
    return out.getvalue()

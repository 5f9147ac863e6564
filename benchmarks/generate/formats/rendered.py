"""What every renderer of ``formats`` gives: a report as a file."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.generate.forms import CellKey


@dataclass(frozen=True, slots=True)
class Rendered:
    """The bytes of a file with its ending, and the cells whose place the file does not tell (``doubtful``)."""

    data: bytes
    ending: str
    doubtful: set[CellKey]

"""Folders of random documents with their truth beside them, for loads, benchmarks and demonstrations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from benchmarks.generate.corpus import generate_report
from benchmarks.generate.formats import FORMATS
from benchmarks.generate.others import Bundle, generate_other


def generate_documents(
    count: int, seed: int | str, formats: Sequence[str] = tuple(FORMATS), fault_rate: float = 0.0, others: float = 0.0
) -> Iterator[Bundle]:
    """``count`` documents: reports in ``formats``, a share ``fault_rate`` of them with misprints, and among them a
    share ``others`` of what ``others`` makes."""
    for index in range(count):
        if Random(f"{seed}/{index}/kind").random() < others:
            yield generate_other(seed, index, formats)
        else:
            report = generate_report(seed, index, formats=formats, fault_rate=fault_rate)
            path = report.path(index)
            yield Bundle({path: report.data}, (report.truth.to_json(path),))


def write_reports(out: Path, count: int, seed: int | str, **drawn: object) -> Path:
    """Write documents into folder ``out`` and their truth, one JSON a line, beside it. Returns the truth's path.

    ``drawn`` goes to ``generate_documents``.
    """
    truth_path = out.with_name(f"{out.name}.truth.jsonl")
    out.mkdir(parents=True, exist_ok=True)
    with truth_path.open("w", encoding="utf-8") as truths:
        for document in generate_documents(count, seed, **drawn):
            for source_path, data in document.files.items():
                path = out / source_path
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(data)
            truths.writelines(f"{truth}\n" for truth in document.truth)
    return truth_path

"""One file in, one ``ReadDocument`` out. Reading never raises for what a file holds: it says what is wrong with it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from ingest.forms.recognise import recognise
from ingest.identity import identify
from ingest.limits import refuse_lines, refuse_size
from ingest.model import Document, Given, Identity, ReadDocument
from ingest.narrative import narrative_figures
from ingest.parts import parts
from ingest.paths import REPO
from ingest.readers import UnreadableFileError
from ingest.readers.archive import Member, read_zip
from ingest.readers.docx import read_docx
from ingest.readers.html import read_html
from ingest.readers.pdf import read_pdf
from ingest.readers.text import read_text
from ingest.readers.workbook import read_workbook

# By ending; a reader refuses what the ending promises and the bytes are not, with the cure.
READERS: dict[str, tuple[str, Callable[[bytes], Document]]] = {
    **dict.fromkeys((".txt", ".md", ".tsv", ".text"), ("text", read_text)),
    **dict.fromkeys((".html", ".htm", ".shtml", ".xhtml"), ("html", read_html)),
    **dict.fromkeys((".docx", ".docm", ".dotx", ".doc", ".wps", ".rtf"), ("word", read_docx)),
    **dict.fromkeys((".xlsx", ".xlsm", ".xls", ".et", ".xlsb", ".ods"), ("workbook", read_workbook)),
    ".pdf": ("pdf", read_pdf),
    ".zip": ("archive", read_zip),
}
_OLD_INDICATOR_HEADS = ("指标名称", "计量单位")  # the lists of FY2008-18, before the statutory tables


@cache
def reader_version() -> str:
    """Fingerprint of everything that decides a reading: after a change of it every document is read again."""
    digest = hashlib.sha256()
    sources = [REPO / "ingest" / f"{name}.py" for name in ("model", "read", "identity", "parts", "limits", "narrative")]
    sources += [path for name in ("readers", "forms") for path in (REPO / "ingest" / name).rglob("*.py")]
    sources += [path for name in ("forms", "narrative") for path in (REPO / "seeds" / name).glob("*.csv")]
    sources += [
        REPO / "seeds" / "agencies" / name for name in ("organ_types.csv", "scope_evidence.csv", "metadata_labels.csv")
    ]
    sources += [REPO / "seeds" / "rules" / "reconciliation_rule_terms.csv"]  # proofs read the equations
    for path in sorted(sources):
        digest.update(path.relative_to(REPO).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def read_documents(
    path: Path | Member, source_path: str, given: Mapping[str, Given] | None = None
) -> tuple[ReadDocument, ...]:
    """Read one file. ``source_path`` is its posix path below the reports folder and becomes its key; ``given`` is what
    a manifest says of it, by that path.

    Most files hold one report. Where there are several, the file itself comes first, set aside with that reason, then
    each report by the file's path with ``#1``, ``#2`` … after it.
    """
    suffix = path.suffix.lower()
    with path.open("rb") as stream:
        sha256, size = hashlib.file_digest(stream, "sha256").hexdigest(), stream.tell()
        stream.seek(0)
        data = b"" if refuse_size(size) else stream.read()
    media_type, reader = READERS.get(suffix, (suffix.lstrip(".") or "unknown", None))
    file = ReadDocument(source_path, sha256, size, media_type, "set_aside")
    if reason := refuse_size(size):
        return (replace(file, reason_code="too_large", reason=reason),)
    if reader is None:
        reason = f"no reader for {suffix or 'files without an ending'}: save it as .txt, .html, .docx, .xlsx or .pdf"
        return (replace(file, reason_code="unsupported_type", reason=reason),)
    try:
        document = reader(data)
    except UnreadableFileError as error:
        return (replace(file, reason_code=error.code, reason=error.reason),)
    if reason := refuse_lines([line.text for line in document.lines]):
        return (replace(file, reason_code="too_large", reason=reason),)
    given = given or {}
    reports = parts(document)
    if len(reports) == 1:
        return (_assemble(document, file, given.get(source_path)),)
    paths = [f"{source_path}#{number}" for number in range(1, len(reports) + 1)]
    read = [
        _assemble(report, replace(file, source_path=part), given.get(part))
        for part, report in zip(paths, reports, strict=True)
    ]
    titles = "; ".join(f"{part.rpartition('/')[2]} {one.identity.title}" for part, one in zip(paths, read, strict=True))
    reason = f"it holds {len(read)} reports, which are read one by one: {titles}"
    return (replace(file, reason_code="several_reports", reason=reason), *read)


def read_document(path: Path | Member, source_path: str) -> ReadDocument:
    """What is said of the file as a whole: its one report, or why there is none (see ``read_documents``)."""
    return read_documents(path, source_path)[0]


def _assemble(document: Document, file: ReadDocument, given: Given | None) -> ReadDocument:
    identity = identify(document, file.source_path, given)
    found = recognise(document, identity.fiscal_year)
    state, code, reason = _verdict(document, identity, bool(found.rows))
    kept = state != "set_aside"
    rows_at = {row.line_no for row in found.rows}
    kinds = sorted({row.kind for row in document.table_rows})
    return replace(
        file,
        state=state,
        reason_code=code,
        reason=reason,
        encoding=document.encoding,
        layout="+".join({"cell": "cell_per_line"}.get(kind, kind) for kind in kinds) or "plain",
        page_count=document.page_count,
        identity=identity,
        lines=document.lines,
        table_rows=tuple(document.table_rows),
        form_tables=found.tables if kept else (),
        form_rows=found.rows if kept else (),
        narrative_figures=narrative_figures(document, rows_at, identity.fiscal_year, identity.agency_name)
        if kept
        else (),
    )


def _verdict(document: Document, identity: Identity, has_rows: bool) -> tuple[str, str | None, str | None]:
    """State of a document, and the reason where it is not taken in."""
    if not has_rows:
        text = "".join(line.text for line in document.lines)
        if all(head in text for head in _OLD_INDICATOR_HEADS):
            reason = "an indicator list (指标名称/计量单位) of the years before 2019, without the statutory tables"
            return "set_aside", "old_indicator_list", reason
        if identity.title:
            return "set_aside", "no_statutory_tables", "an annual report, but none of the three tables is in the text"
        return "set_aside", "not_an_annual_report", "neither a title of an annual report nor a statutory table in it"
    missing = [word for word, value in (("agency", identity.agency_name), ("year", identity.fiscal_year)) if not value]
    if missing:
        what = " and ".join(missing)
        return (
            "quarantined",
            f"no_{'_or_'.join(missing)}",
            (
                f"no {what} is printed in title, sign-off, metadata or the names of file and folder: "
                "say it in a manifest.csv beside the file"
            ),
        )
    return "read", None, None

"""One file in, one ``ReadDocument`` out. Reading never raises for what a file holds: it says what is wrong with it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

from ingest.forms.recognise import recognise
from ingest.identity import identify
from ingest.limits import refuse_lines, refuse_size
from ingest.model import Document, Identity, ReadDocument
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
    sources = [REPO / "ingest" / f"{name}.py" for name in ("model", "read", "identity", "limits")]
    sources += [path for name in ("readers", "forms") for path in (REPO / "ingest" / name).rglob("*.py")]
    sources += (REPO / "seeds" / "forms").glob("*.csv")
    sources += [
        REPO / "seeds" / "agencies" / name for name in ("organ_types.csv", "scope_evidence.csv", "metadata_labels.csv")
    ]
    sources += [REPO / "seeds" / "rules" / "reconciliation_rule_terms.csv"]  # proofs read the equations
    for path in sorted(sources):
        digest.update(path.relative_to(REPO).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def read_document(path: Path | Member, source_path: str) -> ReadDocument:
    """Read one file. ``source_path`` is its posix path below the reports folder and becomes its key."""
    suffix = path.suffix.lower()
    with path.open("rb") as stream:
        sha256, size = hashlib.file_digest(stream, "sha256").hexdigest(), stream.tell()
        stream.seek(0)
        data = b"" if refuse_size(size) else stream.read()

    def set_aside(code: str, reason: str) -> ReadDocument:
        return ReadDocument(source_path, sha256, size, suffix.lstrip(".") or "unknown", "set_aside", code, reason)

    if reason := refuse_size(size):
        return set_aside("too_large", reason)
    if suffix not in READERS:
        return set_aside("unsupported_type", f"no reader for {suffix or 'files without an ending'}: save it as .txt")
    media_type, reader = READERS[suffix]
    try:
        document = reader(data)
    except UnreadableFileError as error:
        return set_aside(error.code, error.reason)
    if reason := refuse_lines([line.text for line in document.lines]):
        return set_aside("too_large", reason)
    return _assemble(document, source_path, sha256, size, media_type)


def read_documents(path: Path | Member, source_path: str) -> tuple[ReadDocument, ...]:
    """Read all reports in one file; most hold one."""
    return (read_document(path, source_path),)


def _assemble(document: Document, source_path: str, sha256: str, size: int, media_type: str) -> ReadDocument:
    identity = identify(document, source_path)
    found = recognise(document, identity.fiscal_year)
    state, code, reason = _verdict(document, identity, bool(found.rows))
    kept = state != "set_aside"
    kinds = sorted({row.kind for row in document.table_rows})
    return ReadDocument(
        source_path=source_path,
        sha256=sha256,
        size_bytes=size,
        media_type=media_type,
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
        return "quarantined", f"no_{'_or_'.join(missing)}", f"no {what} is printed in title, sign-off or text"
    return "read", None, None

"""Office files: the package of XML parts that DOCX and XLSX are, and what stands in its place in older or locked ones.

XML is parsed without document types, entities, network or huge trees; its tags are counted first.
"""

from __future__ import annotations

import io
import posixpath
import re

from lxml import etree

from ingest import limits
from ingest.readers import UnreadableFileError, ole
from ingest.readers.archive import open_zip, read_entry

RELATIONSHIP_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_PARSER = etree.XMLParser(
    resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
)
_OFF = {"0", "false", "off"}
# Files saved as "strict" name the same elements by other addresses.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(wordprocessingml|spreadsheetml|drawingml|officeDocument)/")
_TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/"


class Package:
    """The parts of an office file by name, unpacked as they are asked for."""

    def __init__(self, data: bytes) -> None:
        """Raises UnreadableFileError where the bytes are no package, or one that is not to be opened."""
        if data.startswith(ole.MAGIC):
            raise _refuse_ole(data)
        if not data.startswith(b"PK"):
            raise UnreadableFileError("wrong_type", _what(data))
        self._zip = open_zip(io.BytesIO(data))
        self._bytes = self._tags = 0
        self._entries = {entry.filename.replace("\\", "/").lower(): entry for entry in self._zip.infolist()}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._entries

    def part(self, name: str) -> bytes:
        """The bytes of a part. Raises UnreadableFileError where it is missing, damaged or too large."""
        entry = self._entries.get(name.lower())
        if entry is None:
            raise UnreadableFileError("damaged", f"its part {name} is missing: open it in Word or WPS and save it anew")
        self._bytes += entry.file_size
        if self._bytes > limits.MAX_OFFICE_BYTES:
            raise UnreadableFileError("too_large", f"its parts have more than {limits.MAX_OFFICE_BYTES:,} bytes")
        content = read_entry(self._zip, entry, limits.MAX_PART_BYTES)
        return _STRICT.sub(_TRANSITIONAL, content) if b"purl.oclc.org" in content else content

    def xml(self, name: str) -> etree._Element:
        """The root element of a part. Raises UnreadableFileError."""
        return self.parsed(self.part(name), name)

    def parsed(self, content: bytes, name: str, of: bytes = b"") -> etree._Element:
        """The root element of a part's content, or of what is left to parse ``of`` it. Raises UnreadableFileError."""
        self._tags += (of or content).count(b"<")
        if self._tags > limits.MAX_OFFICE_TAGS:
            raise UnreadableFileError("too_large", f"its parts have more than {limits.MAX_OFFICE_TAGS:,} tags")
        return _parsed(content, name)

    def related(self, name: str = "") -> dict[str, tuple[str, str]]:
        """What a part ('' the package) refers to: relationship id → (kind, part name). Links outside are left out."""
        folder, _, file = name.rpartition("/")
        relations = posixpath.join(folder, "_rels", f"{file}.rels")
        if relations not in self:
            return {}
        return {
            found.get("Id", ""): (found.get("Type", "").rpartition("/")[2], _below(folder, found.get("Target", "")))
            for found in self.xml(relations).iter(_RELATIONSHIP)
            if found.get("TargetMode") != "External"
        }

    def main(self, default: str) -> str:
        """The name of the part that holds the document itself. Raises UnreadableFileError where it is no XML."""
        name = next((target for kind, target in self.related().values() if kind == "officeDocument"), default)
        if name.endswith(".bin"):
            raise UnreadableFileError("wrong_type", "a binary workbook (.xlsb): open it in Excel and save it as .xlsx")
        if name not in self and "content.xml" in self:
            raise UnreadableFileError("wrong_type", "an OpenDocument file: open it and save it as .docx or .xlsx")
        return name

    def of_another_kind(self, root: etree._Element) -> UnreadableFileError:
        """Why a package is not read whose main part begins with another element than its name lets expect."""
        ending = {"document": "docx", "workbook": "xlsx"}.get(etree.QName(root).localname)
        cure = f"name it .{ending}" if ending else "open it and save it as .docx or .xlsx"
        return UnreadableFileError("wrong_type", f"an office file of another kind: {cure}")


def _parsed(content: bytes, name: str) -> etree._Element:
    if b"<!DOCTYPE" in content:
        raise _forbidden(name)
    try:
        root = etree.fromstring(content, _PARSER)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFileError(
            "damaged", f"its part {name} is no sound XML ({error}): open it in Word or WPS and save it anew"
        ) from error
    if root.getroottree().docinfo.doctype:  # in another encoding than the bytes above were looked through in
        raise _forbidden(name)
    return root


def is_on(element: etree._Element, attribute: str) -> bool:
    """Whether a property that is on by being there is not switched off by its value."""
    return element.get(attribute, "1").lower() not in _OFF


def _forbidden(name: str) -> UnreadableFileError:
    return UnreadableFileError("refused_markup", f"its part {name} declares a document type, as no office program does")


def _below(folder: str, target: str) -> str:
    """A target, which is relative to the folder of its part or begins at the root of the package, as a part name."""
    return posixpath.normpath(posixpath.join(f"/{folder}", target.replace("\\", "/"))).lstrip("/")


def _refuse_ole(data: bytes) -> UnreadableFileError:
    """Why a file of the older container is not read, told by the names of the streams in it."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        return UnreadableFileError("encrypted", "it is protected by a password: open it and save it without one")
    if holds("WordDocument"):
        return UnreadableFileError(
            "old_format", "a document in the format of Word 97-2003 (.doc, .wps): open it in Word, WPS or LibreOffice "
            "and save it as .docx (many at once: soffice --headless --convert-to docx *.doc)"
        )  # fmt: skip
    return UnreadableFileError(
        "old_format", "a file in a format before Office 2007 (.xls, .et, .doc, .wps): open it in Excel, WPS or "
        "LibreOffice and save it as .xlsx or .docx (many at once: soffice --headless --convert-to xlsx *.xls)"
    )  # fmt: skip


def _what(data: bytes) -> str:
    start = data[:512].lstrip().lower()
    if not start:
        return "the file is empty: fetch it again"
    if start.startswith(b"%pdf"):
        return "a PDF by its content: name it .pdf"
    if start.startswith((b"<!doctype html", b"<html")) or b"<html" in start:
        return "a web page by its content: name it .html"
    kind = "a rich text file (RTF)" if start.startswith(b"{\\rtf") else "no office file"
    return f"{kind} by its content: open it in Word, Excel or WPS and save it as .docx or .xlsx"

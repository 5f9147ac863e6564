"""A folder of files made to do harm, each with what must come of it.

A file whose first code is ``READ`` holds a whole report among the harm: its figures come out as they are, or where
other codes follow may be refused. All others must be refused with one of the codes given. Large ones
are packed or sparse, so that making them costs next to nothing.
"""

from __future__ import annotations

import gzip
import io
import os
import random
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.generate.writers.docx import NAMESPACES, Xml, document_part, write_docx
from benchmarks.generate.writers.pdf import Form, Rule, Text, write_pdf
from benchmarks.generate.writers.xls import ole_file, write_xls
from benchmarks.generate.writers.xlsx import SHEET_NAMESPACES, Sheet, sheet_part, write_xlsx
from ingest import limits
from ingest.paths import REPO

REPORT = (REPO / "reports" / "2020" / "003_shishi_office.txt").read_text(encoding="utf-8")
READ = "read"
Content = bytes | Callable[[Path], object]  # or what makes the file at a path


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file by its name below the folder, its content, and the codes one of which must come of it."""

    name: str
    content: Content
    codes: tuple[str, ...]

    def write(self, folder: Path) -> None:
        """Put it into a folder."""
        path = folder / self.name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(self.content, bytes):
            path.write_bytes(self.content)
        else:
            self.content(path)


def hostile_files() -> Iterator[Hostile]:
    """All of them."""
    for kind in (_texts, _encodings, _pages, _archives, _words, _workbooks, _pdfs, _wrong_and_cut, _names):
        for name, content, *codes in kind():
            yield Hostile(name, content, tuple(codes))


def _lines(*texts: str) -> bytes:
    return "\n".join(texts).encode()


def _sparse(size: int) -> Callable[[Path], object]:
    def write(path: Path) -> None:
        with path.open("wb") as file:
            file.truncate(size)

    return write


# -- text ------------------------------------------------------------------------------------------------------------


def _texts() -> Iterator[tuple]:
    million = 1_000_000
    no_report = ("not_an_annual_report", "no_statutory_tables", "no_agency", "no_year", "no_agency_or_year")
    yield "empty.txt", b"", "not_an_annual_report"
    yield "blank.txt", b" \n\t\n\r\n\xe3\x80\x80\n" * 5_000, "not_an_annual_report"
    yield "one_line_of_64_mb.txt", b"0" * limits.MAX_FILE_BYTES, "too_large"
    yield "beyond_the_size.txt", _sparse(limits.MAX_FILE_BYTES + 1), "too_large"
    yield "a_terabyte.pdf", _sparse(2**40), "too_large"
    yield "a_terabyte.zip", _sparse(2**40), "damaged"
    yield "nul_bytes.txt", REPORT.replace("一", "\0").encode(), "not_text"
    yield "only_nul.txt", bytes(100_000), "not_text"
    yield "noise.txt", random.Random(0).randbytes(200_000), "not_text"
    yield "million_lines.txt", b"0\n" * million, "too_large"
    yield "million_cells.txt", b"0\t" * 19_999 + b"\n" + b"0\t" * million, "too_large", *no_report
    yield "tabs.txt", (b"\t" * 90_000 + b"\n") * 20, "too_large"
    yield "pipes.md", (b"|" * 90_000 + b"\n") * 20, "too_large"
    yield "rules.md", (b"|---" * 40_000 + b"\n") * 5, "too_large"
    yield "escapes.md", (b"\\|" * 90_000 + b"\n") * 5, "too_large"
    yield "breaks.txt", _lines("<br" + " " * 100_000, "<br/>" * 30_000), *no_report
    yield "page_numbers.txt", b"- 4 -\n" * 40_000, *no_report
    yield "form_feeds.txt", b"\f" * 190_000 + b"\n\f" * 20_000, *no_report
    yield "dashes.txt", _lines("-" * 190_000, "— " * 90_000), *no_report
    yield "long_number.txt", _lines(REPORT, "9" * 100_000), READ, "no_statutory_tables"
    yield "long_number_in_a_cell.txt", _lines("行政许可\t" + "9" * 100_000 + "\t0\t0", REPORT), READ, *no_report
    yield "digits_apart.txt", _lines(REPORT, "1 2 3 4 5 6 7 8 9 0 " * 9_000), READ, "no_statutory_tables"
    yield "brackets.txt", _lines(REPORT, "（" * 50_000 + "）" * 50_000, "(" * 100_000, "（一" * 50_000), READ
    yield "blanks.txt", _lines(REPORT, "第" + " " * 100_000 + "页", " " * 100_000 + "年度报告"), READ
    yield "numerals.txt", _lines(REPORT, "一二三四五六七八九十" * 10_000, "二〇" * 50_000 + "年"), READ
    yield "years.txt", _lines(REPORT, "99999999年度报告 0000年 ２０２０２０２０年 1年" * 3_000), READ
    yield "titles.txt", _lines(*["石狮市某局2020年政府信息公开工作年度报告"] * 10_000), *no_report
    yield "labels_in_one_line.txt", _lines("行政许可 行政处罚 行政强制 规章 " * 5_000), *no_report
    yield "labels_in_cells.txt", _lines(*["行政许可\t行政处罚\t规章\t（一）予以公开\t2.重复申请"] * 8_000), *no_report
    yield "labels_and_figures.txt", _lines(*["（一）予以公开\t0\t0\t0\t0\t0\t0\t0"] * 8_000), *no_report, "read"
    yield "glued_digits.txt", _lines(*["（一）予以公开" + "1234567890" * 20] * 2_000), *no_report
    yield "many_reports.txt", _lines(*[REPORT] * 200), READ
    yield "dates.txt", _lines(REPORT, "2021年1月" * 20_000, "9999年99月99日", "二〇二一年一月" * 10_000), READ
    yield "right_to_left.txt", _lines("\u202e" + REPORT.replace("\n", "\u202c\n\u202e")), READ, *no_report
    yield "zero_width.txt", _lines(*("\u200b".join(line) for line in REPORT.split("\n"))), READ, *no_report
    yield "combining.txt", _lines(REPORT, "零" + "\u0301" * 100_000), READ
    yield "surrogates.txt", REPORT.encode() + b"\xed\xa0\x80\xed\xb0\x80", "not_text"
    yield "formulas.txt", _lines(REPORT.replace("石狮市", '=HYPERLINK("x")石狮市')), READ, *no_report
    yield "terminal.txt", _lines("\x1b]0;owned\x07\x1b[2J" + REPORT), READ, "not_text"


def _encodings() -> Iterator[tuple]:
    yield "bom.txt", b"\xef\xbb\xbf" + REPORT.encode(), READ
    yield "gb18030.txt", REPORT.encode("gb18030"), READ
    yield "utf16.txt", REPORT.encode("utf-16"), READ
    yield "utf16_be.txt", b"\xfe\xff" + REPORT.encode("utf-16-be"), READ
    yield "utf16_cut.txt", REPORT.encode("utf-16")[:-1], "not_text"
    yield "utf8_cut.txt", REPORT.encode()[:-1] + b"\xe4\xba", "not_text"
    yield "gb18030_broken.txt", REPORT.encode("gb18030") + b"\x81\xff\x30", "not_text"
    yield "old_mac_lines.txt", REPORT.replace("\n", "\r").encode(), READ


# -- pages -----------------------------------------------------------------------------------------------------------


_ROWS = "".join(f"<tr><td>{'</td><td>'.join(line.split(chr(9)))}</td></tr>" for line in REPORT.split("\n"))
_TABLE = f"<table>{_ROWS}</table>"


def _page(body: str) -> bytes:
    return f"<html><body>{_TABLE}{body}</body></html>".encode()


def _pages() -> Iterator[tuple]:
    yield "wide_spans.html", f"<table><td colspan=1000000 rowspan=1000000>x</table>{_TABLE}".encode(), READ
    yield "wide_cells.html", _TABLE.replace("<td>", "<td colspan=99999999 rowspan=-1>").encode(), READ
    yield "deep_divs.html", _page("<div>" * 15_000), "nested_too_deep"
    yield "deep_tables.html", _page("<table><tr><td>" * 30_000), "nested_too_deep"
    yield "deep_spans.html", _page("<span>" * 100_000), "nested_too_deep"
    yield "million_cells.html", b"<table>" + b"<tr><td>0<td>1" * 350_000, "too_large"
    yield "comments.html", _page("<!--" * 30_000), READ
    yield "attributes.html", _page("<p " + "a=1 " * 500_000 + ">"), READ
    yield "style.html", _page(f"<p style='{'display ' * 200_000}: none'>x</p>"), READ
    yield (
        "entities.html",
        f"<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b SYSTEM 'file:///etc/hostname'>]>{_TABLE}&b;&a;".encode(),
        READ,
    )
    yield "references.html", _page("&#xFFFFFFFF;&#0;&amp" * 100_000), "too_large", READ
    yield (
        "frames.html",
        _page("<iframe src='file:///etc/hostname'></iframe><object data='file:///etc'></object>"),
        READ,
    )
    yield "refresh.html", _page("<meta http-equiv=refresh content='0;url=http://127.0.0.1:9/'>"), READ
    yield "charset.html", b"<meta charset='" + b"x" * 100_000 + b"'>" + _TABLE.encode(), READ
    yield "not_a_charset.html", b"<meta charset=rot13>" + b"\xff\xfe\xfd" * 1_000, "not_text"
    yield "never_closed.html", _TABLE.replace("</tr>", "").replace("</td>", "").encode(), READ


# -- archives --------------------------------------------------------------------------------------------------------


def _zip(*entries: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return out.getvalue()


def _overlapping() -> bytes:
    """Many entries of the directory refer to the same packed data: it unpacks to much more than it holds."""
    data = _zip(("a.txt", REPORT.encode() * 50))
    at = data.index(b"PK\x01\x02")
    entry, end = data[at:-22], data[-22:]
    copies = b"".join(entry.replace(b"a.txt", b"%05d" % number) for number in range(3_000))
    return data[:at] + copies + end[:8] + struct.pack("<HHII", 3_000, 3_000, len(copies), at) + b"\0\0"


def _lying(size: int) -> bytes:
    """The directory says another size than is in the entry."""
    data = bytearray(_zip(("a.txt", REPORT.encode())))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", data, data.index(mark) + offset, size)
    return bytes(data)


def _encrypted() -> bytes:
    data = bytearray(_zip(("a.txt", REPORT.encode())))
    data[data.index(b"PK\x03\x04") + 6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def _linked() -> bytes:
    link = zipfile.ZipInfo("a.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    return _zip((link, b"/etc/hostname"))


def _archives() -> Iterator[tuple]:
    bomb = _zip(("a.txt", bytes(2**26)))
    yield "flat_bomb.zip", bomb, "refused_archive"
    yield "nested_bomb.zip", _zip(*((f"{n}.zip", bomb) for n in range(50))), "refused_archive"
    yield "archives_in_archives.zip", _zip(("a.zip", _zip(("b.zip", _zip(("c.txt", b"0")))))), "refused_archive"
    yield "overlapping.zip", _overlapping(), "refused_archive"
    yield "says_less.zip", _lying(10), "damaged"
    yield "says_more.zip", _lying(2**30), "refused_archive"
    yield "too_many.zip", _zip(*((f"{n}.txt", b"") for n in range(limits.MAX_ENTRIES + 1))), "refused_archive"
    yield "escape.zip", _zip(("../../etc/a.txt", REPORT.encode())), "refused_archive"
    yield "absolute.zip", _zip(("/etc/a.txt", REPORT.encode())), "refused_archive"
    yield "drive.zip", _zip(("C:\\a.txt", REPORT.encode())), "refused_archive"
    yield "line_break_in_a_name.zip", _zip(("a\nb.txt", REPORT.encode())), "refused_archive"
    yield "link.zip", _linked(), "refused_archive"
    yield "password.zip", _encrypted(), "encrypted"
    yield "method.zip", _zip(("a.txt", REPORT.encode()), method=zipfile.ZIP_LZMA), "refused_archive"
    yield "nothing.zip", _zip(), "empty_archive"
    yield "cut.zip", _zip(("a.txt", REPORT.encode()))[:-30], "damaged"
    yield "no_archive.zip", gzip.compress(REPORT.encode()), "damaged"
    yield "behind_a_picture.zip", b"\xff\xd8" + bytes(1_000) + _zip(("a.txt", REPORT.encode())), READ


# -- office files ----------------------------------------------------------------------------------------------------

_LAUGHS = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10 if i else "ha"}">' for i in range(12))
_WORDS = f"<w:document {NAMESPACES}><w:body><w:p><w:r><w:t>{{}}</w:t></w:r></w:p></w:body></w:document>"


def _stored(data: bytes) -> bytes:
    """The package with nothing in it packed: bounds behind the one on packing show."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return _zip(*((name, package.read(name)) for name in package.namelist()), method=zipfile.ZIP_STORED)


def _words() -> Iterator[tuple]:
    lines = REPORT.split("\n")

    def part(xml: str) -> bytes:
        return write_docx([], parts={"word/document.xml": xml})

    yield "laughs.docx", part(f"<!DOCTYPE x [{_LAUGHS}]>{_WORDS.format('&a11;')}"), "refused_markup"
    external = f'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>{_WORDS.format("&a;")}'
    yield "external.docx", part(external), "refused_markup"
    yield "dtd.docx", part(f'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x">{_WORDS.format("1")}'), "refused_markup"
    yield "bomb.docx", part(document_part(" " * 2**25)), "refused_archive"
    yield (
        "deep.docx",
        write_docx([Xml("<w:sdt>" * 100_000 + "</w:sdt>" * 100_000)]),
        "damaged",
        "refused_archive",
        "nested_too_deep",
    )
    yield "tags.docx", _stored(write_docx([Xml("<w:p/>" * (limits.MAX_OFFICE_TAGS + 1))])), "too_large"
    yield "not_xml.docx", part("<w:document"), "damaged"
    yield "no_part.docx", _zip(("a.txt", b"0")), "damaged", "wrong_type"
    yield "cut.docx", write_docx(lines)[:-100], "damaged"
    yield "escape.docx", write_docx(lines, parts={"../../a": "x"}), "refused_archive"
    yield "encrypted.docx", ole_file({"EncryptionInfo": bytes(100), "EncryptedPackage": bytes(100)}), "encrypted"
    yield "text_lines.docx", write_docx(lines), READ, "no_statutory_tables"


def _workbooks() -> Iterator[tuple]:
    def sheet(rows: str, after: str = "", **parts: str) -> bytes:
        names = {"xl/sharedStrings.xml": parts["strings"]} if "strings" in parts else {}
        return write_xlsx([Sheet([])], parts={"xl/worksheets/sheet1.xml": sheet_part(rows, after), **names})

    one = '<c r="{}"><v>1</v></c>'
    ends = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    strings = f"<sst {SHEET_NAMESPACES}><si><t>{'字' * 10_000}</t></si></sst>"
    references = "".join(f'<row r="{i}"><c r="A{i}" t="s"><v>0</v></c></row>' for i in range(1, 30_000))
    cells = "".join(f'<row r="{i}">{one.format(f"A{i}") * 50}</row>' for i in range(1, 2_500))
    merged = "<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 100 + "</mergeCells>"
    entity = (
        f'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><sst {SHEET_NAMESPACES}><si><t>&a;</t></si></sst>'
    )
    yield "far_cells.xlsx", sheet(ends), "not_an_annual_report"
    yield "long_strings.xlsx", sheet(references, strings=strings), "too_large", "refused_archive"
    yield "cells.xlsx", _stored(sheet(cells)), "too_large"
    yield "merged.xlsx", sheet(ends, merged), "not_an_annual_report", "too_large"
    yield "external.xlsx", sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings=entity), "refused_markup"
    yield (
        "bad_references.xlsx",
        sheet('<row r="-5"><c r="ZZZZ99999999999"><v>1</v></c></row>'),
        "damaged",
        "too_large",
        "not_an_annual_report",
    )
    yield (
        "huge_numbers.xlsx",
        sheet(f'<row r="1"><c r="A1"><v>{"9" * 100_000}</v></c><c r="B1"><v>1e999</v></c></row>'),
        "not_an_annual_report",
        "damaged",
        "too_large",
    )
    yield "cut.xlsx", write_xlsx([Sheet([[1]])])[:200], "damaged"
    xls = write_xls([Sheet([[line] for line in REPORT.split("\n")])])
    yield "cut.xls", xls[: len(xls) // 2], "damaged", "too_large"
    yield "loop.xls", xls[:76] + b"\0\0\0\0" + xls[80:], "damaged", "not_an_annual_report", "wrong_type", READ
    yield "old.doc", ole_file({"WordDocument": bytes(1_000)}), "old_format"


# -- PDF -------------------------------------------------------------------------------------------------------------


def _pdf(*objects: str | bytes) -> bytes:
    """A PDF of these numbered objects, the first of them the catalog; readers find them without a table."""
    out = b"%PDF-1.7\n"
    for number, body in enumerate(objects, 1):
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body.encode() if isinstance(body, str) else body)
    return out + b"trailer << /Root 1 0 R /Size %d >>\n%%%%EOF" % (len(objects) + 1)


def _stream(content: bytes, entries: str = "", *, times: int = 1) -> bytes:
    """A packed stream; ``times`` packs it again and again."""
    filters = "/FlateDecode " * times
    for _ in range(times):
        content = zlib.compress(content, 9)
    return f"<< {entries} /Length {len(content)} /Filter [{filters}] >>\nstream\n".encode() + content + b"\nendstream"


def _pdfs() -> Iterator[tuple]:
    catalog = "<< /Type /Catalog /Pages 2 0 R >>"
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << {} >> >>"
    one = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    nothing = ("no_text", "damaged")
    yield "cyclic_pages.pdf", _pdf(catalog, "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>"), *nothing
    yield (
        "million_pages.pdf",
        _pdf(catalog, "<< /Type /Pages /Kids [3 0 R] /Count 1000000 >>", page.format("")),
        "too_large",
        *nothing,
    )
    yield (
        "cyclic_lengths.pdf",
        _pdf(catalog, one, page.format(""), "<< /Length 4 0 R >>\nstream\nx\nendstream"),
        *nothing,
    )
    yield (
        "stream_bomb.pdf",
        _pdf(catalog, one, page.format(""), _stream(b"0 0 m " * 5_000_000)),
        *nothing,
        "too_large",
        "too_slow",
        "too_large_in_memory",
        "reader_crashed",
    )
    yield (
        "packed_bomb.pdf",
        _pdf(catalog, one, page.format(""), _stream(bytes(2**26), times=3)),
        *nothing,
        "too_large",
        "too_slow",
        "too_large_in_memory",
        "reader_crashed",
    )
    yield "states.pdf", _pdf(catalog, one, page.format(""), _stream(b"q " * 3_000_000)), *nothing
    form = "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X {} 0 R >> >>"
    many = [_stream(b"/X Do " * 50, form.format(number + 1)) for number in range(5, 15)]
    yield (
        "forms_in_forms.pdf",
        _pdf(catalog, one, page.format("/XObject << /X 5 0 R >>"), _stream(b"/X Do"), *many),
        *nothing,
        "too_large",
        "too_slow",
    )
    itself = _stream(b"/X Do", form.format(5))
    yield (
        "form_in_itself.pdf",
        _pdf(catalog, one, page.format("/XObject << /X 5 0 R >>"), _stream(b"/X Do"), itself),
        *nothing,
    )
    rules = [Rule(72, 72 + i % 700, 500, 72 + i % 700) for i in range(20_000)]
    yield "rules.pdf", write_pdf([rules]), "no_text", "too_large"
    crossing = [Rule(50 + i / 4, 50, 50 + i / 4, 800) for i in range(1_900)] + [
        Rule(50, 50 + i / 3, 540, 50 + i / 3) for i in range(1_900)
    ]
    yield (
        "crossing_rules.pdf",
        write_pdf([[*crossing, Text(60, 100, "报告" * 30)]]),
        "too_large",
        "not_an_annual_report",
    )
    yield "characters.pdf", write_pdf([[Text(72, 72, "9" * 10_000)] * 10]), "too_large", "not_an_annual_report"
    yield "pages.pdf", write_pdf([[Text(72, 72, "9")]] * (limits.MAX_PDF_PAGES + 1)), "too_large"
    yield "password.pdf", write_pdf([[Text(72, 72, "报告")]], encrypt=True), "encrypted"
    yield "arrays.pdf", _pdf(catalog, one, page.format(""), b"[" * 1_000_000), *nothing
    yield "object_numbers.pdf", _pdf(catalog, one) + b"\n4294967295 65535 obj\n<<>>\nendobj" * 1_000, *nothing
    yield (
        "script.pdf",
        _pdf(
            "<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>",
            one,
            page.format(""),
            _stream(b""),
        ),
        *nothing,
    )
    yield "cut.pdf", write_pdf([[Text(72, 72, "报告")]])[:300], *nothing
    yield "head_only.pdf", b"%PDF-1.7\n", "damaged"
    yield "zeros.pdf", bytes(100_000), "damaged"
    yield (
        "huge_page.pdf",
        write_pdf([[Form([Text(72, 72, "报告")])]]).replace(b"842.0", b"99999"),
        "not_an_annual_report",
        *nothing,
    )


# -- wrong endings, odd names ----------------------------------------------------------------------------------------


def _wrong_and_cut() -> Iterator[tuple]:
    yield "pdf_named.txt", write_pdf([[Text(72, 72, "报告")]]), "not_text", "not_an_annual_report"
    yield "html_named.docx", b"<html><body>x</body></html>", "wrong_type"
    yield "docx_named.pdf", write_docx([REPORT]), "damaged"
    yield "docx_named.xlsx", write_docx([REPORT]), "wrong_type"
    yield "zip_named.docx", _zip(("a.txt", REPORT.encode())), "damaged", "wrong_type"
    yield "text_named.xls", REPORT.encode(), "wrong_type"
    yield "rtf_named.doc", b"{\\rtf1 " + b"{" * 100_000, "wrong_type", "old_format"
    yield "picture.jpg", b"\xff\xd8\xff", "unsupported_type"
    yield "program.exe", b"MZ" + bytes(1_000), "unsupported_type"
    yield "no_ending", REPORT.encode(), "unsupported_type"


def _names() -> Iterator[tuple]:
    report = REPORT.encode()
    yield f"{'长' * 80}.txt", report, READ
    yield "/".join(["d" * 200] * 12) + "/deep.txt", report, READ
    yield "line\nbreak\tand\x1b[31mred.txt", report, READ
    yield "=cmd|'x'!A1.txt", report, READ
    yield "<script>alert(1)</script>.txt", report, READ
    yield "\u202etxt.exe.txt", report, READ
    yield "'; drop table documents; --.txt", report, READ
    yield "part.txt#1", report, "unsupported_type"
    yield "-rf.txt", report, READ
    yield os.fsdecode(b"\xff\xfe\xc4\xea.txt"), report, READ

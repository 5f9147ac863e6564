"""manifest.csv: what it says outranks the document, and what cannot be understood is reported, not guessed at."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ingest.manifest import Manifest, read_manifests
from ingest.read import read_documents

HEADER = "file,agency_name,fiscal_year,scope,issuer_name,published_on,source_url"
REPORT = "甲县水利局2019年政府信息公开工作年度报告\n一、本年新收政府信息公开申请数量\t1\t0\t0\t0\t0\t0\t1\n"


def manifest(tmp_path: Path, text: str | bytes, source_path: str = "2020/manifest.csv") -> Manifest:
    path = tmp_path / "manifest.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_manifests({source_path: path})


def test_what_it_says_outranks_the_document_and_the_difference_is_shown(tmp_path: Path):
    row = "a.txt,乙县林业局,2020,own,乙县林业局办公室,2021-01-31,https://www.example.gov.cn/a.html"
    told = manifest(tmp_path, f"{HEADER}\n{row}\n")
    file = tmp_path / "a.txt"
    file.write_text(REPORT, encoding="utf-8")
    (document,) = read_documents(file, "2020/a.txt", told.of("2020/a.txt"))
    who = document.identity
    assert (who.agency_name, who.fiscal_year, who.scope) == ("乙县林业局", 2020, "own")
    assert (who.issuer_name, who.published_on) == ("乙县林业局办公室", date(2021, 1, 31))
    assert who.source_url == "https://www.example.gov.cn/a.html"
    assert who.agency_evidence == who.year_evidence == "manifest.csv line 2"
    assert who.conflicts == "agency 甲县水利局 by title 标题 (line 1); year 2019 by title 标题 (line 1)"


def test_an_empty_cell_says_nothing(tmp_path: Path):
    told = manifest(tmp_path, f"{HEADER}\na.txt,,2020,,,,\n")
    assert set(told.of("2020/a.txt")["2020/a.txt"]) == {"year"}


def test_it_speaks_of_its_own_folder_and_what_lies_in_its_files(tmp_path: Path):
    told = manifest(tmp_path, "fiscal_year,file\n2020,b/a.txt\n2021,all.txt#2\n2022,c.zip/d.docx\n")
    assert set(told.given) == {"2020/b/a.txt", "2020/all.txt#2", "2020/c.zip/d.docx"}
    assert set(told.of("2020/all.txt")) == {"2020/all.txt#2"}
    assert told.of("2020/al") == {}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_it_may_be_saved_by_a_spreadsheet(tmp_path: Path, encoding: str):
    told = manifest(tmp_path, "file,agency_name\r\n报告.txt,甲县水利局\r\n".encode(encoding))
    assert told.given["2020/报告.txt"]["agency"].value == "甲县水利局"
    assert not told.faults


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ("a.txt,,20,,,,", "fiscal_year '20' is no year such as 2020"),
        ("a.txt,,,all,,,", "scope 'all' is no scope"),
        ("a.txt,,,,,31.1.2021,", "published_on '31.1.2021' is no date such as 2021-01-31"),
        ("a.txt,,,,,,example.gov.cn", "is no address"),
        (",甲县水利局,,,,,", "no file is named"),
    ],
)
def test_a_row_that_cannot_be_understood_is_left_out_as_a_whole(tmp_path: Path, row: str, wrong: str):
    told = manifest(tmp_path, f"{HEADER}\n{row}\nb.txt,乙县林业局,,,,,\n")
    assert set(told.given) == {"2020/b.txt"}
    ((path, text),) = told.faults
    assert (path, text.partition(":")[0]) == ("2020/manifest.csv", "line 2")
    assert wrong in text


def test_a_file_named_twice_keeps_its_first_row(tmp_path: Path):
    told = manifest(tmp_path, "file,fiscal_year\na.txt,2020\na.txt,2021\n")
    assert told.given["2020/a.txt"]["year"].value == 2020
    assert "line 3" in told.faults[0][1]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"name,year\na,1\n",
        b"file,file\n",
        b"file,colour\na.txt,red\n",
        b'file,agency_name\n"a.txt,x\n',
        b"\xff\xfe\x00\x00\xff",
    ],
)
def test_what_is_no_manifest_is_reported_as_a_whole(tmp_path: Path, content: bytes):
    told = manifest(tmp_path, content)
    assert not told.given
    assert len(told.faults) == 1

"""Archives: their reports are read in place, and one that is hostile is refused before anything in it is opened."""

from __future__ import annotations

import io
import random
import stat
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from ingest import limits
from ingest import load as loading
from ingest.__main__ import main
from ingest.load import load
from ingest.offered import FolderError, hashed, offers, opened, scan
from ingest.readers import UnreadableFileError
from ingest.readers.archive import Member, members, open_zip, read_zip
from tests.support.hostile import refusal
from tests.support.loading import SEEDS, InProcess, counts, rows

Entry = str | zipfile.ZipInfo


def zipped(entries: Mapping[Entry, bytes] | list[tuple[Entry, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in entries.items() if isinstance(entries, Mapping) else entries:
            archive.writestr(name, content)
    return out.getvalue()


def link(name: str, target: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    entry.comment = target.encode()
    return entry


def put(folder: Path, data: bytes, name: str = "2020.zip") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def found(path: Path) -> dict[str, bytes]:
    """The reports in an archive by their shown paths."""
    return {member.shown: member.open().read() for member in members(path)}


def changed(data: bytes, at: int, field: str, value: int) -> bytes:
    """Bytes with a little-endian number written over them."""
    return data[:at] + struct.pack(f"<{field}", value) + data[at + struct.calcsize(field) :]


# -- reading in place ------------------------------------------------------------------------------------------------


def test_reports_come_by_their_path_and_junk_does_not(tmp_path: Path):
    names = [
        "a.txt",
        "县/乡/b.docx",
        "__MACOSX/县/._b.docx",
        ".DS_Store",
        "Thumbs.db",
        "~$b.docx",
        "县/",
        "manifest.csv",
    ]
    path = put(tmp_path, zipped({name: b"" if name.endswith("/") else name.encode() for name in names}))
    assert found(path) == {"a.txt": b"a.txt", "县/乡/b.docx": "县/乡/b.docx".encode()}
    assert [member.suffix for member in members(path)] == [".txt", ".docx"]


def test_a_member_opens_as_a_path_does(tmp_path: Path):
    (member,) = members(put(tmp_path, zipped({"a.txt": b"0123"})))
    with member.open("rb") as stream:
        assert (stream.read(), stream.tell(), stream.seek(0), stream.read(2)) == (b"0123", 4, 0, b"01")
    with pytest.raises(ValueError, match="for reading bytes only"):
        member.open("w")


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_chinese_names_without_the_mark_of_utf8_are_read(tmp_path: Path, encoding: str):
    name = "漳平市\\2020年报.txt"  # and with the backslash of an old packer
    raw = name.encode(encoding).decode("cp437")
    data = zipped({"x" * len(raw): b"1"}).replace(b"x" * len(raw), raw.encode("cp437"))
    assert found(put(tmp_path, data)) == {"漳平市/2020年报.txt": b"1"}


def test_archives_in_an_archive_are_looked_into_once(tmp_path: Path):
    deep = zipped({"deep.txt": b"3"})
    inner = zipped({"b.txt": b"2", "deep.zip": deep})
    path = put(tmp_path, zipped({"a.txt": b"1", "inner.zip": inner, "empty.zip": zipped({}), "bad.ZIP": b"no archive"}))
    by_name = {member.shown: member.refusal and member.refusal[0] for member in members(path)}
    assert by_name == {
        "a.txt": None, "inner.zip/b.txt": None, "inner.zip/deep.zip": "refused_archive",
        "empty.zip": "empty_archive", "bad.ZIP": "damaged",
    }  # fmt: skip
    assert next(m for m in members(path) if m.shown == "inner.zip/b.txt").open().read() == b"2"


def test_a_member_of_a_changed_archive_says_so(tmp_path: Path):
    path = put(tmp_path, zipped({"a.txt": b"1"}))
    (member,) = members(path)
    put(tmp_path, zipped({"another.txt": b"1"}))
    with pytest.raises(OSError, match="changed while it was being read"):
        member.open()


def test_a_damaged_member_is_refused_and_the_others_open(tmp_path: Path):
    data = zipped({"a.txt": b"intact", "b.txt": b"damaged content"}, zipfile.ZIP_STORED)
    path = put(tmp_path, data.replace(b"damaged content", b"damaged_content", 1))
    intact, damaged = members(path)
    assert intact.open().read() == b"intact"
    with pytest.raises(UnreadableFileError, match="cannot be unpacked"):
        damaged.open()


def test_asking_for_an_archive_as_a_document_says_why_not():
    assert refusal(read_zip, zipped({"a.txt": b"1"})).code == "archive"
    assert refusal(read_zip, b"no archive").code == "damaged"


# -- hostile archives ------------------------------------------------------------------------------------------------


def open_bytes(data: bytes) -> None:
    open_zip(io.BytesIO(data)).close()


def looked_into(data: bytes, folder: Path) -> list[Member]:
    return members(put(folder, data))


@pytest.mark.parametrize(
    "name", ["../a.txt", "/etc/a.txt", "b/../../a.txt", "..\\a.txt", "C:\\a.txt", "b/..", "a\x1b[31m.txt", "a\n.txt"]
)
def test_a_name_that_leads_out_of_the_archive_refuses_it(name: str):
    error = refusal(open_bytes, zipped({"ok.txt": b"1", name: b"1"}))
    assert error.code == "refused_archive"
    assert "leads out of the archive" in error.reason


def test_a_name_that_leads_out_once_it_is_decoded_refuses_it(tmp_path: Path):
    data = zipped({"x" * 5: b"1"}).replace(b"xxxxx", b"..\\\x84\x31"[:5])
    with pytest.raises(UnreadableFileError, match="leads out"):
        looked_into(data, tmp_path)


def test_links_passwords_twins_and_odd_packing_refuse_an_archive():
    assert "symbolic link" in refusal(open_bytes, zipped([(link("a.txt", "/etc/passwd"), b"/etc/passwd")])).reason
    plain = zipped({"a.txt": b"1"})
    locked = changed(plain, plain.index(b"PK\x01\x02") + 8, "H", 0x1)
    assert refusal(open_bytes, locked).code == "encrypted"
    with pytest.warns(UserWarning, match="Duplicate name"):
        twins = zipped([("a.txt", b"1"), ("a.txt", b"2")])
    assert "the same name" in refusal(open_bytes, twins).reason
    assert "the same name" in refusal(open_bytes, zipped({"a.txt": b"1", "A.TXT": b"2"})).reason


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_of_packing_are_refused(method: int, tmp_path: Path):
    with pytest.raises(UnreadableFileError, match="pack it as a plain ZIP"):
        looked_into(zipped({"a.txt": b"1" * 100}, method), tmp_path)


def test_a_directory_of_too_many_entries_is_refused():
    many = zipped({f"{i}.txt": b"" for i in range(limits.MAX_ENTRIES + 1)}, zipfile.ZIP_STORED)
    assert f"{limits.MAX_ENTRIES + 1:,} entries" in refusal(open_bytes, many).reason
    claim = changed(zipped({"a.txt": b"1"}), -10, "I", limits.MAX_DIRECTORY_BYTES + 1)
    assert "its directory has" in refusal(open_bytes, claim).reason
    record = b"PK\x06\x06" + b"\0" * 36 + struct.pack("<Q", 2**40) + b"\0" * 8
    assert "its directory has" in refusal(open_bytes, record + b"PK\x06\x07" + b"\0" * 16 + claim[-22:]).reason
    assert "not where it belongs" in refusal(open_bytes, b"PK\x06\x07" + b"\0" * 16 + claim[-22:]).reason


def test_sizes_are_judged_from_the_directory(tmp_path: Path):
    plain = zipped({"a.txt": b"1" * 1000})
    size_at = plain.index(b"PK\x01\x02") + 24
    assert "bytes" in refusal(open_bytes, changed(plain, size_at, "I", limits.MAX_UNPACKED_BYTES + 1)).reason
    with pytest.raises(UnreadableFileError, match=f"more than {limits.MAX_RATIO} times its size"):
        looked_into(zipped({"a.txt": b"0" * 40_000_000}), tmp_path)


@pytest.mark.parametrize("claimed", [0, 10, 5_000])
def test_an_entry_that_is_not_as_long_as_the_directory_says_is_damaged(tmp_path: Path, claimed: int):
    plain = zipped({"a.txt": bytes(1000)})
    path = put(tmp_path, changed(plain, plain.index(b"PK\x01\x02") + 24, "I", claimed))
    (member,) = members(path)
    with pytest.raises(UnreadableFileError):
        member.open()


def test_archives_in_an_archive_share_its_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    inner = zipped({f"{i}.txt": b"1" for i in range(30)})
    data = zipped({f"{i}.zip": inner for i in range(10)})
    assert len(looked_into(data, tmp_path)) == 300
    monkeypatch.setattr(limits, "MAX_ENTRIES", 100)
    with pytest.raises(UnreadableFileError, match="with the archives in it"):
        looked_into(data, tmp_path)


def test_whatever_is_changed_in_an_archive_it_is_read_or_refused(tmp_path: Path):
    data = zipped({"a.txt": b"content" * 20, "b/c.txt": b"1", "in.zip": zipped({"d.txt": b"2"})})
    rng = random.Random(2020)
    for i in range(400):
        broken = bytearray(data)
        for _ in range(rng.choice((1, 2, 8))):
            broken[rng.randrange(len(broken))] = rng.randrange(256)
        path = put(tmp_path, bytes(broken[: rng.choice((len(broken), rng.randrange(len(broken))))]), f"{i}.zip")
        try:
            for member in members(path):
                member.open()
        except UnreadableFileError:
            continue


# -- archives among the reports --------------------------------------------------------------------------------------


def test_an_archive_offers_its_reports_and_a_bad_one_itself(tmp_path: Path):
    put(tmp_path, zipped({"b.txt": b"2", "c.zip": b"bad"}), "县/2020.zip")
    put(tmp_path, b"no archive", "bad.zip")
    put(tmp_path, b"1", "a.txt")
    files = [hashed(inside) for file in scan(tmp_path).files for inside in offers(file)]
    assert {file.source_path: file.refusal and file.refusal[0] for file in files} == {
        "a.txt": None, "bad.zip": "damaged", "县/2020.zip/b.txt": None, "县/2020.zip/c.zip": "damaged"
    }  # fmt: skip
    assert all(file.sha256 and not file.fault for file in files)
    with pytest.raises(FolderError):
        scan(tmp_path / "nowhere")


def test_a_path_into_an_archive_opens_its_report(tmp_path: Path):
    path = put(tmp_path, zipped({"县/b.txt": b"2"}))
    member = opened(path / "县" / "b.txt")
    assert isinstance(member, Member)
    assert member.open().read() == b"2"
    assert opened(path / "none.txt") == path / "none.txt"
    assert opened(path) == path


def test_explain_takes_a_path_into_an_archive(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = put(tmp_path, archive_of({"县/甲.txt": SEEDS[0]}))
    assert main(["explain", str(path / "县" / "甲.txt"), "--reports", str(tmp_path)]) == 0
    assert "2020.zip/县/甲.txt · read" in capsys.readouterr().out
    bad = put(tmp_path, b"no archive", "bad.zip")
    assert main(["explain", str(bad / "a.txt")]) == 0
    assert "set_aside · damaged" in capsys.readouterr().out
    assert main(["explain", str(path / "none.txt")]) == 3


def archive_of(names: Mapping[str, Path]) -> bytes:
    return zipped({name: path.read_bytes() for name, path in names.items()})


CURRENT = """select source_path, state, reason_code, revision_no from documents
    join offered_files using (source_path, sha256) order by source_path"""


def test_reports_in_an_archive_load_revise_and_withdraw_one_by_one(tmp_path: Path):
    folder, raw_db = tmp_path / "reports", tmp_path / "raw.duckdb"
    zhangping, xiyuan, anxi, *_ = SEEDS
    put(folder, archive_of({"甲.txt": zhangping, "乙.txt": xiyuan, "丙.txt": anxi}))
    assert counts(load(folder, raw_db)) == {"offered": 3, "read": 3}
    assert counts(load(folder, raw_db)) == {"offered": 3, "skipped": 3}
    put(folder, zipped({"甲.txt": zhangping.read_bytes() + b"\n", "乙.txt": xiyuan.read_bytes()}))
    assert counts(load(folder, raw_db)) == {"offered": 2, "skipped": 1, "read": 1, "revised": 1, "withdrawn": 1}
    assert rows(raw_db, CURRENT) == [("2020.zip/乙.txt", "read", None, 1), ("2020.zip/甲.txt", "read", None, 2)]


def test_a_damaged_report_or_archive_is_set_aside_and_stops_nothing(tmp_path: Path):
    folder, raw_db = tmp_path / "reports", tmp_path / "raw.duckdb"
    data = zipped({"a.txt": SEEDS[0].read_bytes(), "b.txt": b"damaged content", "c.zip": b"bad"}, zipfile.ZIP_STORED)
    put(folder, data.replace(b"damaged content", b"damaged_content", 1))
    put(folder, b"no archive", "bad.zip")
    assert counts(load(folder, raw_db)) == {"offered": 4, "read": 1, "set_aside": 3}
    assert rows(raw_db, CURRENT) == [
        ("2020.zip/a.txt", "read", None, 1), ("2020.zip/b.txt", "set_aside", "damaged", 1),
        ("2020.zip/c.zip", "set_aside", "damaged", 1), ("bad.zip", "set_aside", "damaged", 1),
    ]  # fmt: skip
    assert counts(load(folder, raw_db)) == {"offered": 4, "skipped": 4}


def test_an_archive_that_cannot_be_opened_for_once_withdraws_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder, raw_db = tmp_path / "reports", tmp_path / "raw.duckdb"
    path = put(folder, archive_of({"a.txt": SEEDS[0]}))
    put(folder, SEEDS[1].read_bytes(), "b.txt")
    load(folder, raw_db)
    honest = Path.open

    def locked(self: Path, *arguments: object, **told: object) -> object:
        if self == path:
            raise PermissionError(13, "Permission denied")
        return honest(self, *arguments, **told)

    path.touch()  # a new time stamp: what was kept open is not used again
    monkeypatch.setattr(loading, "Pool", InProcess)
    monkeypatch.setattr(Path, "open", locked)
    assert counts(load(folder, raw_db)) == {"offered": 2, "skipped": 1, "failed": 1}
    assert [source_path for source_path, *_ in rows(raw_db, CURRENT)] == ["2020.zip/a.txt", "b.txt"]

"""ZIP files from outside, opened with care: archives of reports, and office files, which are ZIP files too.

Nothing is ever written to disk. The directory is judged before an entry is opened: how many entries, how large, how
well packed, and whether a name leads out of the archive, an entry is a link or needs a password. An entry is unpacked
no further than the directory says.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import BinaryIO, NoReturn

from ingest import limits
from ingest.readers import UnreadableFileError

SUFFIX = ".zip"
_NESTING = 2  # an archive and the archives in it
_LEAVES_THE_ARCHIVE = re.compile(r"^/|^[A-Za-z]:|(?:^|/)\.\.(?:/|$)|[\x00-\x1f\x7f]")
_JUNK = {"__macosx", "thumbs.db", "desktop.ini", "manifest.csv"}
_DIRECTORY_END, _DIRECTORY_END_64, _LOCATOR_64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_TAIL_BYTES = 2**16 + 22 + 76  # the longest comment and both ends of a directory


def is_junk(name: str) -> bool:
    """Whether a file or folder is no report by its name: hidden ones, lock files, what systems leave behind."""
    return name.startswith((".", "~$")) or name.lower() in _JUNK


def open_zip(stream: BinaryIO) -> zipfile.ZipFile:
    """The archive with its directory judged. Raises UnreadableFileError (damaged, encrypted, refused_archive)."""
    _bound_directory(stream)
    try:
        archive = zipfile.ZipFile(stream)
    except Exception as error:  # what a hostile directory makes zipfile raise is not documented
        raise _damaged(f"its directory cannot be read ({error})") from error
    entries = archive.infolist()
    names = {entry.filename.replace("\\", "/").lower() for entry in entries}
    if len(entries) > limits.MAX_ENTRIES:
        raise _refused(f"it has {len(entries):,} entries, more than {limits.MAX_ENTRIES:,}")
    if (size := sum(entry.file_size for entry in entries)) > limits.MAX_UNPACKED_BYTES:
        raise _refused(f"it unpacks to {size:,} bytes, more than {limits.MAX_UNPACKED_BYTES:,}")
    if sum(entry.compress_size for entry in entries) > stream.seek(0, io.SEEK_END):
        raise _refused("its entries overlap")
    if len(names) < len(entries):
        raise _refused("two of its entries have the same name")
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise UnreadableFileError("encrypted", "it is protected by a password: save it without one")
        if _LEAVES_THE_ARCHIVE.search(entry.filename.replace("\\", "/")):
            raise _refused(f"the name of entry {entry.filename!r} leads out of the archive")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise _refused(f"entry {entry.filename!r} is a symbolic link")
    return archive


def read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limit: int) -> bytes:
    """The content of an entry of at most ``limit`` bytes. Raises UnreadableFileError."""
    _bound_entry(entry, limit)
    try:
        with archive.open(entry) as stream:
            content = stream.read(entry.file_size + 1)
    except Exception as error:  # zlib.error, EOFError, struct.error …: a damaged entry, whatever it is called
        raise _damaged(f"entry {entry.filename!r} cannot be unpacked ({error})") from error
    if len(content) != entry.file_size:
        raise _damaged(f"entry {entry.filename!r} is not as long as the directory says")
    return content


def _bound_entry(entry: zipfile.ZipInfo, limit: int) -> None:
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise _refused(f"entry {entry.filename!r} is packed by method {entry.compress_type}: pack it as a plain ZIP")
    if entry.file_size > limit:
        raise _refused(f"entry {entry.filename!r} unpacks to {entry.file_size:,} bytes, more than {limit:,}")
    if entry.file_size > max(limits.RATIO_FREE_BYTES, limits.MAX_RATIO * entry.compress_size):
        raise _refused(f"entry {entry.filename!r} unpacks to more than {limits.MAX_RATIO} times its size")


def _bound_directory(stream: BinaryIO) -> None:
    """Refuse a directory of too many bytes before zipfile makes an object of each entry."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - _TAIL_BYTES))
    tail = stream.read()
    if _LOCATOR_64 in tail and _DIRECTORY_END_64 not in tail:
        raise _refused("its directory is not where it belongs")
    for mark, at, width in ((_DIRECTORY_END, 12, 4), (_DIRECTORY_END_64, 40, 8)):
        found = tail.find(mark)
        while found >= 0:
            length = int.from_bytes(tail[found + at : found + at + width], "little")
            # All ones refer to the 64-bit record, which is looked at too.
            if limits.MAX_DIRECTORY_BYTES < length != 2**32 - 1:
                raise _refused(f"its directory has {length:,} bytes, more than {limits.MAX_DIRECTORY_BYTES:,}")
            found = tail.find(mark, found + 1)


def _damaged(what: str) -> UnreadableFileError:
    return UnreadableFileError("damaged", f"{what}: fetch it again, or open it and save it anew")


def _refused(what: str) -> UnreadableFileError:
    return UnreadableFileError("refused_archive", f"{what}; if you trust it, open it and save what is in it anew")


# -- archives of reports ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Member:
    """A report inside an archive. It opens as a path does, but is never written to disk.

    ``archive`` is the path of the outermost file, ``entries`` the entry in it (and in the archive inside it);
    ``shown`` the readable path below the outermost archive, ``size_bytes`` what the directory says. ``refusal`` is
    the code and reason why an archive in the archive is not looked into.
    """

    archive: str
    entries: tuple[str, ...]
    shown: str
    size_bytes: int
    refusal: tuple[str, str] | None = None

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.shown).suffix

    def open(self, mode: str = "rb") -> BinaryIO:
        """A seekable stream of the content. Raises UnreadableFileError, or OSError where the archive is gone."""
        if mode != "rb":
            raise ValueError(f"a member of an archive opens for reading bytes only, not {mode!r}")
        if reason := limits.refuse_size(self.size_bytes):
            raise UnreadableFileError("too_large", reason)
        archive, entry = self._entry()
        return io.BytesIO(read_entry(archive, entry, limits.MAX_FILE_BYTES))

    def directory_entry(self) -> bytes:
        """What the directory says of the entry: it stands for the content of one that cannot be unpacked."""
        _, entry = self._entry()
        return f"{entry.filename}\0{entry.CRC}\0{entry.compress_size}\0{entry.file_size}".encode()

    def _entry(self) -> tuple[zipfile.ZipFile, zipfile.ZipInfo]:
        archive = _inner(self.archive, _stamp(self.archive), self.entries[:-1])
        try:
            return archive, archive.getinfo(self.entries[-1])
        except KeyError as error:
            raise OSError(f"{self.archive} changed while it was being read") from error


def members(path: Path) -> list[Member]:
    """The reports in an archive, junk left out, those of archives in it among them. Raises UnreadableFileError."""
    found: list[Member] = []
    size = 0
    for member in _members(str(path), (), ""):
        found.append(member)
        size += member.size_bytes
        if len(found) > limits.MAX_ENTRIES or size > limits.MAX_UNPACKED_BYTES:
            raise _refused(f"with the archives in it, it has more than {len(found) - 1:,} files or {size - 1:,} bytes")
    return found


def read_zip(data: bytes) -> NoReturn:
    """For whoever asks to read an archive as one document: always raises UnreadableFileError, with the reason."""
    open_zip(io.BytesIO(data)).close()
    raise UnreadableFileError("archive", "an archive is no document: its members are read one by one")


def _members(path: str, entries: tuple[str, ...], shown: str) -> Iterator[Member]:
    archive = _inner(path, _stamp(path), entries)
    is_empty = True
    for entry in archive.infolist():
        name = _readable_name(entry)
        if entry.is_dir() or any(map(is_junk, PurePosixPath(name).parts)):
            continue
        if _LEAVES_THE_ARCHIVE.search(name):
            raise _refused(f"the name of entry {name!r} leads out of the archive")
        is_empty = False
        member = Member(path, (*entries, entry.filename), shown + name, entry.file_size)
        if member.suffix.lower() != SUFFIX:
            _bound_entry(entry, limits.MAX_UNPACKED_BYTES)
            yield member
            continue
        try:
            if len(member.entries) >= _NESTING:
                raise _refused("an archive in an archive in an archive is not looked into")
            inside = list(_members(path, member.entries, f"{member.shown}/"))
        except UnreadableFileError as refusal:
            inside = [replace(member, refusal=(refusal.code, refusal.reason))]
        yield from inside
    if is_empty:
        raise UnreadableFileError("empty_archive", "there is no report in the archive")


def _stamp(path: str) -> tuple[int, int]:
    status = Path(path).stat()
    return status.st_mtime_ns, status.st_size


@lru_cache(maxsize=2)
def _inner(path: str, stamp: tuple[int, int], entries: tuple[str, ...]) -> zipfile.ZipFile:
    """The archive at ``entries`` below the file, kept open: members are read one after the other."""
    if not entries:
        stream = Path(path).open("rb")  # noqa: SIM115  # closed with the archive, when the cache lets go of it
        try:
            archive = open_zip(stream)
        except BaseException:
            stream.close()
            raise
        return archive
    outer = _inner(path, stamp, entries[:-1])
    return open_zip(io.BytesIO(read_entry(outer, outer.getinfo(entries[-1]), limits.MAX_FILE_BYTES)))


def _readable_name(entry: zipfile.ZipInfo) -> str:
    """The name of an entry; without the UTF-8 mark it is in the code page of who packed it, here UTF-8 or GB18030."""
    name = entry.filename.replace("\\", "/")
    if entry.flag_bits & 0x800 or name.isascii():
        return name
    for encoding in ("utf-8", "gb18030"):
        try:
            return entry.filename.encode("cp437").decode(encoding).replace("\\", "/")
        except UnicodeError:
            continue
    return name

"""What lies in the reports folder: the files, their paths as keys, their content as hashes.

An archive is offered as the reports in it, each by its path below the archive: ``2020.zip/a.docx`` is read, revised
and withdrawn like a file of a folder. One that cannot be looked into is offered as itself, with the reason.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from hashlib import file_digest, sha256
from pathlib import Path
from typing import BinaryIO

from ingest.limits import refuse_size
from ingest.readers import UnreadableFileError, archive
from ingest.readers.archive import Member

MANIFEST = "manifest.csv"  # beside the files: what whoever collected them knows
_PART = re.compile(r"#\d+$")


class FolderError(Exception):
    """A folder below the reports cannot be listed; the message names the cure."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A file of the reports folder.

    ``path`` is the file on disk and ``member`` the part of it where that is an archive; ``source_path`` (posix, below
    the folder) is its key. ``sha256`` is None until the file is hashed, and where it cannot be opened: then ``fault``
    says why. ``refusal`` is the code and reason where it is set aside without being read.
    """

    path: str
    source_path: str
    size_bytes: int = 0
    sha256: str | None = None
    fault: str | None = None
    member: Member | None = None
    refusal: tuple[str, str] | None = None

    @property
    def is_archive(self) -> bool:
        """Whether it is to be looked into."""
        return self.member is None and self.path.lower().endswith(archive.SUFFIX)

    @property
    def opens(self) -> Path | Member:
        """What opens it for reading."""
        return self.member or Path(self.path)

    @property
    def shown_path(self) -> Path:
        """Its path for messages; a member's goes on below its archive."""
        return Path(self.path, self.member.shown) if self.member else Path(self.path)


@dataclass(frozen=True, slots=True)
class Folder:
    """The files of a folder by path, the links in it, which are not followed, and its manifests by path."""

    files: tuple[Offered, ...]
    links: tuple[str, ...]
    manifests: dict[str, Path]


def scan(folder: Path) -> Folder:
    """Every file below a folder, not looked into yet; hidden files, office lock files and manifests are left out.

    Raises FolderError.
    """
    files: list[Offered] = []
    links: list[str] = []
    manifests: dict[str, Path] = {}

    def walk(directory: str, prefix: str) -> None:
        try:
            entries = list(os.scandir(directory))
        except OSError as error:
            raise FolderError(
                f"the folder {directory} cannot be listed ({error.strerror}), so its reports would count as withdrawn. "
                "Make it readable and run this again."
            ) from error
        for entry in entries:
            if entry.name == MANIFEST and entry.is_file(follow_symlinks=False):
                manifests[prefix + MANIFEST] = Path(entry.path)
            if archive.is_junk(entry.name):
                continue
            # A name that is no UTF-8 is kept readable as a key; the file is still opened by its bytes.
            source_path = prefix + os.fsencode(entry.name).decode(errors="backslashreplace")
            if entry.is_symlink():
                links.append(source_path)
            elif entry.is_dir(follow_symlinks=False):
                walk(entry.path, f"{source_path}/")
            elif entry.is_file(follow_symlinks=False):  # a pipe or device would block whoever opens it
                files.append(Offered(entry.path, _key(source_path), _size(entry)))

    walk(str(folder), "")
    return Folder(tuple(sorted(files, key=lambda file: file.source_path)), tuple(sorted(links)), manifests)


def _size(entry: os.DirEntry[str]) -> int:
    try:
        return entry.stat(follow_symlinks=False).st_size
    except OSError:  # hashing meets it again and says so
        return 0


def _key(source_path: str) -> str:
    """A path that no report inside another file can have: those end in ``#1``, ``#2`` …"""
    return _PART.sub(lambda found: found[0].replace("#", "\\x23"), source_path)


def file_of(source_path: str) -> str:
    """The path of the file a report lies in: its own, unless the file holds several reports."""
    return _PART.sub("", source_path)


def offers(file: Offered) -> tuple[Offered, ...]:
    """The file itself, or the reports in it where it is an archive that can be looked into; none of them hashed."""
    if not file.is_archive:
        return (file,)
    try:
        return tuple(
            Offered(file.path, _key(f"{file.source_path}/{m.shown}"), m.size_bytes, member=m, refusal=m.refusal)
            for m in archive.members(Path(file.path))
        )
    except UnreadableFileError as refusal:
        return (replace(file, refusal=(refusal.code, refusal.reason)),)
    except OSError:  # hashing meets it again and says so
        return (file,)


def hashed(file: Offered) -> Offered:
    """The file with the hash and size of its content, or with the reason why it cannot be opened."""
    try:
        with file.opens.open("rb") as stream:
            size = stream.seek(0, os.SEEK_END)
            stream.seek(0)
            if refuse_size(size) and not file.member:
                return _too_large(file, stream, size)
            return replace(file, sha256=file_digest(stream, "sha256").hexdigest(), size_bytes=stream.tell())
    except OSError as error:
        return replace(file, fault=f"it cannot be opened ({error.strerror}): make it readable and run the load again")
    except UnreadableFileError as refusal:
        return _damaged(file, file.member, refusal)


def _too_large(file: Offered, stream: BinaryIO, size: int) -> Offered:
    """A file that is not read is told from others by its size and its beginning: a disk full of it takes no time."""
    digest = sha256(f"{size}\0".encode() + stream.read(2**20)).hexdigest()
    return replace(file, sha256=digest, size_bytes=size, refusal=file.refusal or ("too_large", refuse_size(size)))


def _damaged(file: Offered, member: Member, refusal: UnreadableFileError) -> Offered:
    """A member that cannot be unpacked is a revision too: told from others by what its archive says of it."""
    return replace(
        file,
        sha256=sha256(member.directory_entry()).hexdigest(),
        size_bytes=member.size_bytes,
        refusal=file.refusal or (refusal.code, refusal.reason),
    )


def opened(path: Path) -> Path | Member:
    """What a path typed by a user opens: a file, or a report in an archive. Raises OSError and UnreadableFileError."""
    for parent in path.parents:
        if parent.suffix.lower() == archive.SUFFIX and parent.is_file():
            wanted = path.relative_to(parent).as_posix()
            for member in archive.members(parent):
                if member.shown == wanted:
                    return member
    return path

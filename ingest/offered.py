"""What lies in the reports folder: the files, their paths as keys, their content as hashes.

An archive is offered as the reports in it, each by its path below the archive: ``2020.zip/a.docx`` is read, revised
and withdrawn like a file of a folder. One that cannot be looked into is offered as itself, with the reason.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from hashlib import file_digest, sha256
from pathlib import Path

from ingest.readers import UnreadableFileError, archive
from ingest.readers.archive import Member


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
    def opens(self) -> Path | Member:
        """What opens it for reading."""
        return self.member or Path(self.path)

    @property
    def shown_path(self) -> Path:
        """Its path for messages; a member's goes on below its archive."""
        return Path(self.path, self.member.shown) if self.member else Path(self.path)


@dataclass(frozen=True, slots=True)
class Folder:
    """The files of a folder by path, and the links in it, which are not followed."""

    files: tuple[Offered, ...]
    links: tuple[str, ...]


def scan(folder: Path) -> Folder:
    """Every report below a folder, those in archives too; hidden files, office lock files and manifests are none.

    Raises FolderError.
    """
    files: list[Offered] = []
    links: list[str] = []

    def walk(directory: str, prefix: str) -> None:
        try:
            entries = list(os.scandir(directory))
        except OSError as error:
            raise FolderError(
                f"the folder {directory} cannot be listed ({error.strerror}), so its reports would count as withdrawn. "
                "Make it readable and run this again."
            ) from error
        for entry in entries:
            if archive.is_junk(entry.name):
                continue
            # A name that is no UTF-8 is kept readable as a key; the file is still opened by its bytes.
            source_path = prefix + os.fsencode(entry.name).decode(errors="backslashreplace")
            if entry.is_symlink():
                links.append(source_path)
            elif entry.is_dir(follow_symlinks=False):
                walk(entry.path, f"{source_path}/")
            elif entry.is_file(follow_symlinks=False):  # a pipe or device would block whoever opens it
                files.extend(_offers(entry.path, source_path))

    walk(str(folder), "")
    return Folder(tuple(sorted(files, key=lambda file: file.source_path)), tuple(sorted(links)))


def _offers(path: str, source_path: str) -> list[Offered]:
    """The file itself, or the reports in it where it is an archive that can be looked into."""
    if not path.lower().endswith(archive.SUFFIX):
        return [Offered(path, source_path)]
    try:
        return [
            Offered(path, f"{source_path}/{member.shown}", member=member, refusal=member.refusal)
            for member in archive.members(Path(path))
        ]
    except UnreadableFileError as refusal:
        return [Offered(path, source_path, refusal=(refusal.code, refusal.reason))]
    except OSError:  # hashing meets it again and says so
        return [Offered(path, source_path)]


def hashed(file: Offered) -> Offered:
    """The file with the hash and size of its content, or with the reason why it cannot be opened."""
    try:
        with file.opens.open("rb") as stream:
            return replace(file, sha256=file_digest(stream, "sha256").hexdigest(), size_bytes=stream.tell())
    except OSError as error:
        return replace(file, fault=f"it cannot be opened ({error.strerror}): make it readable and run the load again")
    except UnreadableFileError as refusal:
        return _damaged(file, file.member, refusal)


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

"""What lies in the reports folder: the files, their paths as keys, their content as hashes."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from hashlib import file_digest
from pathlib import Path


class FolderError(Exception):
    """A folder below the reports cannot be listed; the message names the cure."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A file of the reports folder.

    ``path`` opens it, ``source_path`` (posix, below the folder) is its key. ``sha256`` is None until the file is
    hashed, and where it cannot be opened: then ``fault`` says why.
    """

    path: str
    source_path: str
    size_bytes: int = 0
    sha256: str | None = None
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Folder:
    """The files of a folder by path, and the links in it, which are not followed."""

    files: tuple[Offered, ...]
    links: tuple[str, ...]


def scan(folder: Path) -> Folder:
    """Every report file below a folder; hidden files, office lock files and manifests are none. Raises FolderError."""
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
            if entry.name.startswith((".", "~$")) or entry.name == "manifest.csv":
                continue
            # A name that is no UTF-8 is kept readable as a key; the file is still opened by its bytes.
            source_path = prefix + os.fsencode(entry.name).decode(errors="backslashreplace")
            if entry.is_symlink():
                links.append(source_path)
            elif entry.is_dir(follow_symlinks=False):
                walk(entry.path, f"{source_path}/")
            elif entry.is_file(follow_symlinks=False):  # a pipe or device would block whoever opens it
                files.append(Offered(entry.path, source_path))

    walk(str(folder), "")
    return Folder(tuple(sorted(files, key=lambda file: file.source_path)), tuple(sorted(links)))


def hashed(file: Offered) -> Offered:
    """The file with the hash and size of its content, or with the reason why it cannot be opened."""
    try:
        with Path(file.path).open("rb") as stream:
            return replace(file, sha256=file_digest(stream, "sha256").hexdigest(), size_bytes=stream.tell())
    except OSError as error:
        return replace(file, fault=f"it cannot be opened ({error.strerror}): make it readable and run the load again")

"""The container of office files before 2007: streams by name, of a file that may lie about every one of its chains."""

from __future__ import annotations

import struct
import sys
from array import array

from ingest.readers import UnreadableFileError

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST_SECTOR = 0xFFFFFFFA  # numbers from here on end a chain or name no sector
_SMALL = 4096  # a shorter stream lies in the stream of small sectors
_STREAM, _ROOT = 2, 5


class OleFile:
    """The streams of a file. Raises UnreadableFileError where it is damaged."""

    def __init__(self, data: bytes) -> None:
        if len(data) < 512 or not data.startswith(MAGIC):
            raise _damaged("its header is cut off")
        self._data = data
        sector_bits, small_bits = struct.unpack_from("<HH", data, 30)
        if sector_bits not in (9, 12) or small_bits != 6:
            raise _damaged("its header names sectors of an unknown size")
        self._sector, self._small_sector = 1 << sector_bits, 1 << small_bits
        self._sectors = len(data) // self._sector
        first_directory, _, small_limit, first_small = struct.unpack_from("<IIII", data, 48)
        if small_limit != _SMALL:
            raise _damaged("its header names an unknown size of small streams")
        self._next = self._table_of_sectors()
        self._next_small = _numbers(self._chain(first_small))
        self._entries = self._directory(self._chain(first_directory))
        root = next((entry for entry in self._entries.values() if entry[0] == _ROOT), None)
        if root is None:
            raise _damaged("its directory is missing")
        self._small = self._chain(root[1])

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._entries

    def stream(self, name: str) -> bytes:
        """The content of a stream. Raises UnreadableFileError where it is not there as long as the directory says."""
        _, start, size = self._entries.get(name.lower(), (0, _LAST_SECTOR, -1))
        content = self._small_chain(start, size) if size < _SMALL else self._chain(start)
        if not 0 <= size <= len(content):
            raise _damaged(f"its stream {name} is missing or cut off")
        return content[:size]

    def _table_of_sectors(self) -> array[int]:
        """For each sector the next one in its chain."""
        told = _numbers(self._data[76:512])
        at, count = struct.unpack_from("<II", self._data, 68)
        for _ in range(min(count, self._sectors)):
            if at >= self._sectors:
                break
            more = _numbers(self._at(at))
            told.extend(more[:-1])
            at = more[-1]
        table = array(told.typecode)
        for sector in told[: self._sectors]:
            if sector < _LAST_SECTOR:
                table.extend(_numbers(self._at(sector)))
            if len(table) >= self._sectors:  # no file needs to tell of more sectors than it has
                break
        return table

    def _at(self, sector: int) -> bytes:
        start = (sector + 1) * self._sector
        return self._data[start : start + self._sector].ljust(self._sector, b"\0")

    def _chain(self, sector: int) -> bytes:
        parts = []
        while sector < min(len(self._next), self._sectors) and len(parts) <= self._sectors:
            parts.append(self._at(sector))
            sector = self._next[sector]
        return b"".join(parts)

    def _small_chain(self, sector: int, size: int) -> bytes:
        parts = []
        while sector < len(self._next_small) and len(parts) * self._small_sector < size:
            start = sector * self._small_sector
            parts.append(self._small[start : start + self._small_sector])
            sector = self._next_small[sector]
        return b"".join(parts)

    @staticmethod
    def _directory(content: bytes) -> dict[str, tuple[int, int, int]]:
        """Name → kind, first sector, size."""
        entries: dict[str, tuple[int, int, int]] = {}
        for at in range(0, len(content) - 127, 128):
            length, kind = struct.unpack_from("<HB", content, at + 64)
            if kind in (_STREAM, _ROOT) and 2 <= length <= 64:
                name = content[at : at + length - 2].decode("utf-16-le", errors="replace").lower()
                entries.setdefault(name, (kind, *struct.unpack_from("<II", content, at + 116)))
        return entries


def _numbers(content: bytes) -> array[int]:
    numbers = array("I", content[: len(content) // 4 * 4])
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def _damaged(what: str) -> UnreadableFileError:
    return UnreadableFileError("damaged", f"{what}: fetch it again, or open it and save it anew")

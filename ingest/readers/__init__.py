"""One module per file format; every reader turns bytes into a ``Document`` and interprets nothing of it."""

from __future__ import annotations


class UnreadableFileError(Exception):
    """A file that cannot be read, with the code and the reason a user is told (and the cure, where there is one)."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(code, reason)  # both, or it could not be sent from process to process
        self.code = code
        self.reason = reason

    def __str__(self) -> str:
        return self.reason

"""What became of the last build, for those who see only what was published.

``<DATA>/last_build.json`` is there from the beginning of a whole build until it is published: while it runs, and when
it failed. A publish removes it right before the pointer moves; so it never speaks of a build that readers have.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

FILE = "last_build.json"
# A killed build cannot say so. The largest planned takes 6 minutes.
LONGEST_BUILD = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Unpublished:
    """A build that readers do not have: ``running`` or ``failed``, since when (local time), and why it failed."""

    outcome: str
    at: datetime
    reasons: tuple[str, ...] = ()

    def is_overdue(self, now: datetime) -> bool:
        """Whether it runs for longer than any build does: it was killed, or hangs."""
        return self.outcome == "running" and now - self.at > LONGEST_BUILD


def note(data: Path, outcome: str, reasons: Sequence[str] = ()) -> None:
    """Write down that a build began or failed; nothing is written where there is no data folder."""
    if not data.is_dir():
        return
    state = asdict(Unpublished(outcome, datetime.now().replace(microsecond=0), tuple(reasons)))
    part = data / f".{FILE}.part"
    part.write_text(json.dumps(state, ensure_ascii=False, default=str), encoding="utf-8")
    part.replace(data / FILE)


def clear(data: Path) -> None:
    """The build is about to be published."""
    (data / FILE).unlink(missing_ok=True)


def read(data: Path) -> Unpublished | None:
    """The last build, if it was not published; None too where the file says nothing that can be read."""
    try:
        told = json.loads((data / FILE).read_text(encoding="utf-8"))
        return Unpublished(told["outcome"], datetime.fromisoformat(told["at"]), tuple(map(str, told["reasons"])))
    except (OSError, ValueError, KeyError, TypeError):
        return None

"""A record that was found to be a line of a form."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.forms.labels import forms
from ingest.forms.place import Placement
from ingest.forms.walk import Record


@dataclass(frozen=True, slots=True)
class Found:
    """A record, the line it is, and where its cells were placed."""

    line_code: str
    record: Record
    placement: Placement

    @property
    def is_of_another_table(self) -> bool:
        """A row with so few figures that it lists the same words under other heads: 予以公开 | 14."""
        return (
            self.placement.cells is None
            and self.record.label_index is not None
            and 0 < self.record.figures * 2 < self._width
            and len(self.record.rest) < self._width
        )

    @property
    def texts(self) -> tuple[str, ...] | None:
        """The placed cells as printed, None for a refusal."""
        return tuple(cell.text.strip() for cell in self.placement.cells) if self.placement.cells else None

    @property
    def _width(self) -> int:
        return min(len(c) for form in forms().tables.values() if (c := form.columns.get(self.line_code)))

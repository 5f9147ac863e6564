"""What a reader must find in a generated report: every cell of both forms, whether the document has it or not."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from benchmarks.generate.figures import Form
from benchmarks.generate.forms import CellKey
from benchmarks.generate.identity import Identity
from benchmarks.generate.printing import Printed
from benchmarks.generate.prose import Contradiction


@dataclass(frozen=True, slots=True)
class TrueCell:
    """One cell. ``text`` is None where the document lacks the cell (status ``missing``).

    ``value`` is what is printed, ``meant`` what should have been, where that is something else (a misprint).
    ``is_readable`` is False where the document no longer tells which cell the text belongs to: a reader may refuse
    such a cell, but never place it wrongly.
    """

    text: str | None
    value: Decimal | None
    status: str
    is_readable: bool = True
    meant: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Truth:
    """Everything a generated report says. ``form_versions`` by table number."""

    identity: Identity
    form_versions: dict[int, str]
    cells: dict[CellKey, TrueCell]
    contradiction: Contradiction | None = None  # of the prose

    def to_json(self, source_path: str, **more: str) -> str:
        """One line of JSON; cells as ``table|line|column``: [text, value, status, is_readable].

        ``state`` is read, or null where the file tells the place of no cell at all, so that a reader may find none.
        ``misprints`` gives what was meant in the cells where another figure is printed,
        ``contradiction`` the figure that the prose tells wrong; ``more`` is added as it is.
        """
        cells = {
            "|".join(map(str, key)): [cell.text, None if cell.value is None else str(cell.value), cell.status,
                                      cell.is_readable]
            for key, cell in self.cells.items()
        }  # fmt: skip
        who = self.identity
        record = {
            "source_path": source_path,
            "state": "read"
            if any(cell.text is not None and cell.is_readable for cell in self.cells.values())
            else None,
            **more,
            "agency_name": who.agency_name,
            "issuer_name": who.issuer_name,
            "fiscal_year": who.fiscal_year,
            "scope": who.scope,
            "published_on": who.published_on.isoformat(),
            "form_versions": self.form_versions,
            "cells": cells,
            "misprints": {
                "|".join(map(str, key)): str(cell.meant) for key, cell in self.cells.items() if cell.meant is not None
            },
            "contradiction": self.contradiction and self.contradiction._asdict(),
        }
        return json.dumps(record, ensure_ascii=False)


def truth_of(
    form: Form,
    identity: Identity,
    printed: Mapping[CellKey, Printed],
    *,
    present: Collection[CellKey],
    doubtful: Collection[CellKey] = (),
    meant: Mapping[CellKey, Decimal] | None = None,
) -> Truth:
    """The truth of a document in which the cells ``present`` stand, ``doubtful`` ones in no certain place."""
    meant = meant or {}
    cells = {
        key: TrueCell(cell.text, cell.value, cell.status, key not in doubtful, meant.get(key))
        if key in present
        else TrueCell(None, None, "missing")
        for key, cell in printed.items()
    }
    return Truth(identity, form.versions, cells)

"""``python -m ingest agencies``: the reports whose agency cannot be told, what they may be of, and how to settle it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path, PurePosixPath

from rich.console import RenderableType
from rich.text import Text

from ingest.published import published_build
from ingest.show import plain

CANDIDATES_SHOWN = 5
DECISIONS = "seeds/agencies/agency_decisions.csv"
REASONS = {
    "several_places": "several places bear the name (同名多处)",
    "town_alone": "a town without its county (乡镇未注明县)",
    "no_place": "no place is named (未注明地名)",
    "name_not_in_use": "the name was not in use that year (该年度已不用此名)",
    "evidence_disagrees": "what stands around it disagrees (依据不一致)",
    "unknown_name": "no place or organ of that name is known (无此名称)",
}
_QUEUE = """
    select
        source_path, fiscal_year, printed_name, issuer_name, match_status, reason_code, candidate_count,
        coalesce(string_split(candidate_agencies, '; '), []) as candidates,
        coalesce(string_split(evidence_places, '; '), []) as evidence,
        coalesce(string_split(suggested_names, '; '), []) as suggestions
    from quality.agency_review
    order by printed_name, source_path, document_id
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One row of ``quality.agency_review``; candidates are written as code and name of the agency."""

    source_path: str
    fiscal_year: int | None
    printed_name: str
    issuer_name: str | None
    match_status: str
    reason_code: str
    candidate_count: int
    candidates: list[str]
    evidence: list[str]
    suggestions: list[str]

    @property
    def folder(self) -> str:
        """The folder the report lies in, '' at the top."""
        return "" if "/" not in self.source_path else str(PurePosixPath(self.source_path).parent)


def queue(pointer: Path) -> list[Waiting]:
    """The reports that wait for a decision, by name and path. Raises BuildError."""
    with published_build(pointer) as con:
        return [Waiting(*row) for row in con.execute(_QUEUE).fetchall()]


def for_people(waiting: Sequence[Waiting]) -> Iterator[RenderableType]:
    """One block for each name and folder, as one decision settles them, with what it may mean."""
    groups = 0
    for (name, folder), group in groupby(sorted(waiting, key=_place), key=_place):
        reports = list(group)
        first, groups = reports[0], groups + 1
        yield Text(plain(f"{name} · {folder or '.'} · {first.match_status}"), style="bold")
        yield Text(plain(f"  {REASONS.get(first.reason_code, first.reason_code)}"))
        for one in reports:
            signed = f" · signed {one.issuer_name}" if one.issuer_name not in (None, name) else ""
            yield Text(plain(f"  {one.source_path} · {one.fiscal_year or '?'}{signed}"), style="dim")
        shown = first.candidates[:CANDIDATES_SHOWN]
        more = first.candidate_count - len(shown)
        for words, texts in (
            ("may be", shown + ([f"… and {more:,} more"] if more > 0 else [])),
            ("told by", first.evidence),
            ("perhaps", first.suggestions),
        ):
            for text in texts:
                yield Text(plain(f"    {words} {text}"))
    if waiting:
        yield Text(
            f"{len(waiting):,} reports under {groups:,} names and folders wait: write what they mean to {DECISIONS}"
        )
    else:
        yield Text("Every report is of an agency that is known.")


def _place(one: Waiting) -> tuple[str, str]:
    return one.printed_name, one.folder


def as_json(waiting: Sequence[Waiting]) -> str:
    """A JSON array of objects with the columns of ``Waiting``."""
    return json.dumps([asdict(one) for one in waiting], ensure_ascii=False, indent=2)

"""A prefecture's reports over some years, with their truth: who reported what, when, and what is wrong with it.

Every organ's figures go on from year to year (``years``), every government's are the sum of its members'. On top of
that things happen (``happenings``), by lot and on record, so that whatever a reader or a rule says of other reports is
a false alarm.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import count
from pathlib import Path
from random import Random

from benchmarks.generate.compose import Pagination
from benchmarks.generate.corpus import Report, Style, make_report
from benchmarks.generate.figures import Form
from benchmarks.generate.forms import TOTAL, CellKey
from benchmarks.generate.habits import MARK, NOTE, Habits
from benchmarks.generate.happenings import NOT_READ, Event, Slot, draw_events, draw_late
from benchmarks.generate.identity import Identity
from benchmarks.generate.organs import Organ, prefecture_organs
from benchmarks.generate.others import SetAside, set_aside
from benchmarks.generate.printing import TEN_THOUSAND
from benchmarks.generate.years import Figures, figures_by_year, form_of, summed

DATED_SHARE = 0.9  # of reports whose day of publication is known
AMOUNT = CellKey(2, "procurement", "procurement_amount")


@dataclass(frozen=True, slots=True)
class Size:
    """A prefecture of the sample divisions with all in it, and how many departments it and each county have."""

    prefecture_code: str
    departments: int
    county_departments: int
    years: tuple[int, ...]


SMALL = Size("990200", 2, 2, (2019, 2020, 2021))
FULL = Size("990100", 10, 8, (2019, 2020, 2021, 2022, 2023, 2024))


@dataclass(frozen=True, slots=True)
class Filing:
    """One version of a report as a file. ``revision_no`` counts from 1; the last one is what stands. ``is_dated``: the
    manifest tells when it was published; else only the sign-off says when it was signed, which is the same day."""

    path: str
    organ: Organ
    fiscal_year: int
    event: Event | None
    is_late: bool
    is_dated: bool
    revision_no: int
    is_last: bool
    report: Report

    @property
    def slot(self) -> Slot:
        """Whose report it is, and of which year."""
        return self.organ.agency_id, self.fiscal_year


@dataclass(frozen=True)
class Prefecture:
    """The organs, what each did (``figures``, whatever it published of it), what happened, and all files."""

    organs: tuple[Organ, ...]
    years: tuple[int, ...]
    figures: dict[Slot, Figures]
    events: dict[Slot, Event]
    late: frozenset[Slot]
    filings: tuple[Filing, ...]
    set_aside: dict[str, SetAside]  # by path: reports whose tables are pictures, and what is no report

    @cached_property
    def current(self) -> dict[Slot, Filing]:
        """The filing that stands for each report; missing and set-aside ones have none."""
        return {filing.slot: filing for filing in self.filings if filing.is_last}

    def members(self, organ: Organ) -> tuple[Organ, ...]:
        """The organs whose figures a government's report holds."""
        return _members(self.organs, organ)

    def write(self, folder: Path, revision_no: int = 1) -> int:
        """Write what was published first (1), or the versions that took the place of some (2). Returns how many."""
        files = {filing.path: filing.report.data for filing in self.filings if filing.revision_no == revision_no}
        if revision_no == 1:
            files |= {path: other.data for path, other in self.set_aside.items()}
            files[f"{MARK}/manifest.csv"] = self._manifest().encode()
        for path, data in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
        return len(files)

    def _manifest(self) -> str:
        """What whoever collected the files wrote down of them: mostly the day of publication."""
        rows = [
            f"{filing.path.removeprefix(f'{MARK}/')},{filing.report.truth.identity.published_on}"
            for filing in self.current.values()
            if filing.is_dated
        ]
        return "\n".join(("file,published_on", *rows, ""))

    def truth(self) -> Iterator[str]:
        """A line of JSON for each file, then one for each organ and year with its figures, published or not."""
        for filing in self.filings:
            yield filing.report.truth.to_json(
                filing.path, agency_id=filing.organ.agency_id, event=filing.event and filing.event.value,
                is_late=filing.is_late, is_dated=filing.is_dated,
                revision_no=filing.revision_no, is_last=filing.is_last,
            )  # fmt: skip
        for path, other in self.set_aside.items():
            yield json.dumps({"source_path": path, "state": "set_aside", "reason_code": other.reason_code})
        for slot, figures in self.figures.items():
            event = self.events.get(slot)
            record = {"agency_id": slot[0], "fiscal_year": slot[1], "event": event and event.value}
            cells = {"|".join(map(str, key)): str(value) for key, value in figures.items()}
            yield json.dumps(record | {"figures": cells}, ensure_ascii=False)


def generate_prefecture(size: Size, seed: str = "demo") -> Prefecture:
    """A prefecture of some size; same size and seed, same files."""
    organs = prefecture_organs(size.prefecture_code, size.departments, size.county_departments)
    habits = {organ.agency_id: Habits.drawn(Random(f"{seed}/{organ.agency_id}/habits"), organ) for organ in organs}
    figures = _figures(organs, size.years, seed)
    versions = {slot: habits[slot[0]].versions(slot[1]) for slot in figures}
    events = draw_events(organs, size.years, figures, versions, Random(f"{seed}/events"))
    late = draw_late([slot for slot in figures if events.get(slot) not in NOT_READ], Random(f"{seed}/late"))
    filings: list[Filing] = []
    others: dict[str, SetAside] = {}
    for organ in organs:
        for year in size.years:
            slot = organ.agency_id, year
            draft = _Draft(organ, year, events.get(slot), slot in late, habits[organ.agency_id], seed)
            if draft.event is Event.NO_TABLES:
                others[draft.path(".html")] = set_aside("no_tables", draft.identity(), draft.rng("other"), NOTE)
            elif draft.event is not Event.MISSING:
                members = [figures[member.agency_id, year] for member in _members(organs, organ)]
                filings += draft.filings(figures[slot], members, size.years)
        if organ.is_government:
            draft = _Draft(organ, size.years[0] - 1, None, False, habits[organ.agency_id], seed)
            kind = "indicator_list" if organ.level == "county" else "page"
            other = set_aside(kind, draft.identity(), draft.rng("other"), NOTE)
            others[draft.path(other.ending, "其他材料")] = other
    return Prefecture(organs, size.years, figures, events, late, tuple(filings), others)


def _members(organs: Sequence[Organ], government: Organ) -> tuple[Organ, ...]:
    return tuple(organ for organ in organs if organ.parent_agency_id == government.agency_id)


def _figures(organs: Sequence[Organ], years: Sequence[int], seed: str) -> dict[Slot, Figures]:
    figures: dict[Slot, Figures] = {}
    for organ in organs:
        if not organ.is_government:
            found = figures_by_year(Random(f"{seed}/{organ.agency_id}"), organ.kind, organ.level, years)
            figures |= {(organ.agency_id, year): values for year, values in found.items()}
    # Counties before the prefecture, whose members they are.
    for government in sorted((organ for organ in organs if organ.is_government), key=lambda organ: organ.level):
        for year in years:
            members = (figures[member.agency_id, year] for member in _members(organs, government))
            figures[government.agency_id, year] = summed(members)
    return figures


@dataclass(frozen=True, slots=True)
class _Draft:
    """A report before it is written: of an organ, for a year."""

    organ: Organ
    year: int
    event: Event | None
    is_late: bool
    habits: Habits
    seed: str

    def rng(self, of: str) -> Random:
        """Lots for one thing about the report, the same in every run."""
        return Random(f"{self.seed}/{self.organ.agency_id}/{self.year}/{of}")

    def path(self, ending: str, title: str = "政府信息公开工作年度报告") -> str:
        """Where its file belongs in a reports folder."""
        return f"{MARK}/{self.year}/{self.organ.region}/{self.organ.name}{self.year}年{title}{ending}"

    def identity(self) -> Identity:
        """Who reports, when, and how it speaks of itself."""
        organ, name = self.organ, self.organ.name
        rng = self.rng("identity")
        if organ.is_government:
            due, issuer = date(self.year + 1, 3, 31), f"{name}办公室" if self.habits.office_signs else name
            scope, whole, ours = "consolidated", f"全{organ.division_name[-1]}", f"我{organ.division_name[-1]}"
        else:
            due, issuer, scope = date(self.year + 1, 1, 31), name, "own"
            word = {"office": "办", "department": "局"}.get(organ.kind, name.removesuffix("人民政府")[-1])
            word = "街道" if name.endswith("街道办事处") else word
            whole, ours = (f"全{word}" if organ.kind == "township" else f"本{word}"), f"我{word}"
        if self.event is Event.UNKNOWN_SCOPE:
            scope, issuer, whole, ours = "unknown", name, "", ""
        days = rng.randint(1, 60) if self.is_late else -rng.randint(0, 20)
        return Identity(name, issuer, self.year, scope, organ.level, due + timedelta(days), whole, ours)

    def filings(self, figures: Figures, members: Sequence[Figures], years: Sequence[int]) -> list[Filing]:
        """The report as it was published, and as it was corrected where it was."""
        versions = self.habits.versions(self.year)
        right = form_of(figures, *versions)
        form, numbers = self._told(right, members), self.habits.numbers
        if self.event is Event.WRONG_UNIT:
            numbers = replace(numbers, amount_unit="元")
        meant = {key: value for key, value in right.values.items() if form.values[key] != value}
        style = Style(
            versions=versions,
            numbers=numbers,
            wording=self.habits.wording,
            outline=self.habits.outline,
            layout=self.habits.layout,
            pagination=Pagination(breaks=4, lost_page=True) if self.event is Event.LOST_PAGE else Pagination(),
            has_misprint=self.event in (Event.MISPRINT, Event.CORRECTED),
            contradicts=self.event is Event.CONTRADICTION,
        )
        is_dated = self.rng("dated").random() < DATED_SHARE
        styles = [style]
        if self.event is Event.CORRECTED:
            styles.append(replace(style, has_misprint=False))
        return [
            Filing(
                self.path(report.ending), self.organ, self.year, self.event, self.is_late,
                is_dated=is_dated, revision_no=number, is_last=number == len(styles), report=report,
            )
            for number, style in enumerate(styles, start=1)
            for report in [self._report(form, style, meant)]
        ]  # fmt: skip

    def _report(self, form: Form, style: Style, meant: dict[CellKey, Decimal]) -> Report:
        for attempt in count():  # not every prose tells a figure that can be checked
            prose_seed = f"{self.seed}/{self.organ.agency_id}/{self.year}/prose/{attempt}"
            report = make_report(form, self.identity(), style, self.rng("file"), prose_seed=prose_seed, meant=meant)
            if report.truth.contradiction or not style.contradicts:
                return report
        raise AssertionError  # never

    def _told(self, right: Form, members: Sequence[Figures]) -> Form:
        """The form as the organ fills it in: the right one, but for what happens."""
        values = dict(right.values)
        if self.event is Event.LEFT_OUT:
            busiest = max(members, key=lambda figures: figures[CellKey(3, "new", TOTAL)])
            values = {key: value - busiest[key] for key, value in values.items()}
        elif self.event is Event.RESTATED:
            for column in ("natural_person", TOTAL):
                values[CellKey(3, "new", column)] -= 1
                values[CellKey(3, "carried_in", column)] += 1
        elif self.event is Event.WRONG_UNIT:
            values[AMOUNT] /= TEN_THOUSAND
        return replace(right, values=values)

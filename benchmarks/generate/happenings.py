"""What happens to the reports of a prefecture, by lot: which are missing, wrong, corrected, set aside or late."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from random import Random

from benchmarks.generate.forms import CellKey
from benchmarks.generate.organs import Organ
from benchmarks.generate.years import Figures

Slot = tuple[str, int]  # agency_id and fiscal year
Versions = tuple[str, str]  # forms of 表二 and of 表三

LATE_SHARE = 0.08


class Event(Enum):
    """What may happen to a report."""

    MISSING = "missing"  # it was never published
    NO_TABLES = "no_tables"  # its tables are pictures, so it is set aside
    MISPRINT = "misprint"  # one or two wrong figures in 表三 or 表四
    CORRECTED = "corrected"  # the same, and a second version has them right
    CONTRADICTION = "contradiction"  # the prose tells another figure than the tables
    LOST_PAGE = "lost_page"  # some cells are gone
    WRONG_UNIT = "wrong_unit"  # 采购总金额 in 万元, said to be 元
    RESTATED = "restated"  # 上年结转 is not what was carried over the year before
    LEFT_OUT = "left_out"  # a consolidated report without its busiest member
    UNKNOWN_SCOPE = "unknown_scope"  # nothing tells whom it covers


NOT_READ = frozenset({Event.MISSING, Event.NO_TABLES})

# Share of the organs in question that meet with an event in one of the years, and at least how many.
_SHARES: tuple[tuple[Event, str, float, int], ...] = (
    (Event.LEFT_OUT, "governments", 0.2, 1),
    (Event.UNKNOWN_SCOPE, "counties", 0.2, 1),
    (Event.MISSING, "counties", 0.1, 0),
    (Event.MISSING, "members", 0.14, 1),
    (Event.NO_TABLES, "members", 0.03, 1),
    (Event.MISPRINT, "members", 0.08, 1),
    (Event.CORRECTED, "members", 0.05, 1),
    (Event.CONTRADICTION, "departments", 0.06, 1),
    (Event.LOST_PAGE, "members", 0.03, 1),
    (Event.WRONG_UNIT, "members", 0.02, 1),
    (Event.RESTATED, "members", 0.02, 1),
)
_KINDS: Mapping[str, Callable[[Organ], bool]] = {
    "governments": lambda organ: organ.is_government,
    "counties": lambda organ: organ.is_government and organ.level == "county",
    "members": lambda organ: not organ.is_government,
    "departments": lambda organ: organ.kind == "department",
}


def draw_events(
    organs: Sequence[Organ],
    years: Sequence[int],
    figures: Mapping[Slot, Figures],
    versions: Mapping[Slot, Versions],
    rng: Random,
) -> dict[Slot, Event]:
    """At most one event for each organ: what a rule says of the others, or in other years, it says of no event.

    Years and organs in which an event could not be seen are left out: no 采购 in 万元 in a form without it, say.
    Nothing happens to the members of a report that leaves one out in that year, as less would be known to lack.
    """
    events: dict[Slot, Event] = {}
    calm: set[Slot] = set()
    for event, kind, share, least in _SHARES:
        concerned = [organ for organ in organs if _KINDS[kind](organ)]
        for _ in range(max(least, round(share * len(concerned)))):
            busy = {agency_id for agency_id, _ in events}
            open_slots = [
                (organ.agency_id, year)
                for organ in concerned
                for year in years
                if organ.agency_id not in busy
                and (organ.agency_id, year) not in calm
                and _is_seen(event, organ, year, figures, versions)
            ]
            if open_slots:
                slot = rng.choice(open_slots)
                events[slot] = event
                if event is Event.LEFT_OUT:
                    calm |= {(one.agency_id, slot[1]) for one in organs if one.parent_agency_id == slot[0]}
    return events


def _is_seen(
    event: Event, organ: Organ, year: int, figures: Mapping[Slot, Figures], versions: Mapping[Slot, Versions]
) -> bool:
    slot = organ.agency_id, year
    values = figures[slot]
    if event in NOT_READ and organ.kind == "department":  # nobody knows of one that has not begun or has ended
        return (organ.agency_id, year - 1) in figures and (organ.agency_id, year + 1) in figures
    if event is Event.WRONG_UNIT:
        return versions[slot][0] == "2019" and values[CellKey(2, "procurement", "procurement_projects")] > 0
    if event is Event.RESTATED:
        return (slot[0], slot[1] - 1) in figures and values[CellKey(3, "new", "natural_person")] > 0
    return True


def draw_late(slots: Sequence[Slot], rng: Random) -> frozenset[Slot]:
    """The reports that are published after they were due."""
    return frozenset(rng.sample(sorted(slots), max(1, round(LATE_SHARE * len(slots)))))

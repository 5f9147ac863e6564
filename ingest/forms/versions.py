"""Which form each table follows: told by labels that only one form has, never by one label alone against others."""

from __future__ import annotations

from collections import Counter

from ingest.forms.labels import Label, forms
from ingest.forms.walk import Record

FIRST_YEAR_OF_2021_FORM = 2021
UNTOLD = "no label tells; "

Claim = tuple[list[Label], Record]


def versions_of(
    heads: dict[int, list[Label]], claims: list[Claim], fiscal_year: int | None
) -> dict[int, tuple[str, str]]:
    """Form version and evidence per table: its labels, else its counts, else the sibling table, else the year."""
    votes: dict[int, Counter[str]] = {2: Counter(), 3: Counter()}
    words: dict[tuple[int, str], list[str]] = {}
    met = [(2, label, "head") for label in heads.get(2, [])]
    met += [(label.table_no, label, "line") for labels, record in claims if record.has_figures for label in labels]
    for table_no, label, kind in met:
        if label.form_version:
            votes[table_no][label.form_version] += 1
            words.setdefault((table_no, label.form_version), []).append(f"{kind} {label.code}")
    told: dict[int, tuple[str, str]] = {}
    for table_no, counter in votes.items():
        ranked = counter.most_common(2)
        if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]):
            version = ranked[0][0]
            told[table_no] = (version, ", ".join(dict.fromkeys(words[table_no, version])))
    if 2 not in told and (counted := _by_count(claims)):
        told[2] = counted
    by_year = "2021" if fiscal_year is not None and fiscal_year >= FIRST_YEAR_OF_2021_FORM else "2019"
    fallback = (by_year, f"{UNTOLD}by fiscal year")
    sibling = told.get(3) or told.get(2)
    inherited = (sibling[0], f"{UNTOLD}as the document's other table") if sibling else fallback
    return {2: told.get(2, inherited), 3: told.get(3, inherited), 4: inherited if sibling else fallback}


def columns_differ(labels: tuple[Label, ...]) -> bool:
    """Whether a line has as many columns in each form, but other ones: then counting cannot tell them."""
    columns = [form.columns[label.code] for label in labels for form in forms().tables.values()
               if form.table_no == label.table_no and label.code in form.columns]  # fmt: skip
    return len(set(columns)) > 1 and len(set(map(len, columns))) == 1


def _by_count(claims: list[Claim]) -> tuple[str, str] | None:
    """The form whose lines of 表二 have as many columns as figures are printed; 规章 has three in both."""
    versions = {version for version, table_no in forms().tables if table_no == 2}
    fits: Counter[str] = Counter()
    counted = 0
    for labels, record in claims:
        codes = {label.code for label in labels if label.table_no == 2}
        widths = {v: len(forms().columns(v, 2, code)) for v in versions for code in codes if len(codes) == 1}
        if len(set(widths.values())) > 1 and record.figures:
            counted += 1
            fits.update(v for v, width in widths.items() if width == record.figures)
    told = [version for version, count in fits.items() if count == counted]
    return (told[0], "figures a line") if len(told) == 1 else None

"""Reports with their lines, cells, pages, digits and labels damaged, and what such a document prints where.

Every value cell of a report carries the form cell it was printed for. To know it, the report is drawn twice, once with
its figures and once with a number of its own in every cell, and both are read by the same reader. Damage then moves,
doubles, loses or changes cells together with that knowledge, so that after it we know what the document prints where:

- a changed digit, or a figure swapped with another, is what the document now prints in that place;
- a label swapped with another, or overwritten by another, now names the figures beside it;
- a figure that slid aside, because a cell or line before it went or came, still belongs where it was printed.

Two damages that undo each other leave a document that says something else, without a trace. So no line of the form is
moved twice. Where cells stand alone on their lines, a blank one and a lost one look alike already: reports in these
layouts are drawn without blanks. Pages begin and end between lines of the form.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random

from benchmarks.generate.compose import Part, compose, paginate
from benchmarks.generate.corpus import Style, random_style
from benchmarks.generate.figures import generate_form
from benchmarks.generate.formats import render
from benchmarks.generate.formats.text import LINE_FAMILIES, TextLayout
from benchmarks.generate.forms import CellKey
from benchmarks.generate.grid import Grid
from benchmarks.generate.identity import generate_identity
from benchmarks.generate.printing import print_form
from benchmarks.generate.prose import overview
from ingest.forms.labels import forms
from ingest.model import Document, Row
from ingest.read import READERS

FIRST_TOKEN = 10_000_001  # numbers of the second drawing, none of which a report prints
FORMATS = ("text", "html", "docx", "xlsx", "xls")  # a PDF's lines break elsewhere when its figures are other ones


@dataclass(slots=True)
class MarkedRow:
    """A row of the document, and for each of its cells the form cell it was printed for, if any."""

    row: Row
    keys: list[CellKey | None]
    texts: list[str]
    own: frozenset[tuple[int, str]]  # the lines of the form it holds figures of, whatever befalls its cells

    @classmethod
    def of(cls, row: Row, keys: Sequence[CellKey | None]) -> MarkedRow:
        """A row as read, and the form cell of each of its cells."""
        own = frozenset((key.table_no, key.line_code) for key in keys if key)
        return cls(row, list(keys), list(row.cells), own)

    def copy(self) -> MarkedRow:
        return MarkedRow(self.row, list(self.keys), list(self.texts), self.own)

    def lines(self) -> set[tuple[int, str]]:
        return set(self.own)

    def values(self) -> list[int]:
        return [i for i, key in enumerate(self.keys) if key and self.texts[i].strip()]

    def labels(self) -> list[int]:
        return [i for i, key in enumerate(self.keys) if key is None and self.texts[i].strip()]


Rows = list[MarkedRow]


@dataclass(frozen=True, slots=True)
class Marked:
    """A generated report as read, with the form cell of every value cell."""

    rows: tuple[MarkedRow, ...]
    fiscal_year: int
    ending: str


def marked_report(seed: int | str, index: int, formats: Sequence[str] = FORMATS) -> Marked | None:
    """A random report; None where its two drawings do not have the same cells (a layout that hangs on the figures)."""
    style = _without_own_damage(random_style(Random(f"{seed}/{index}/style"), formats))
    rng = Random(f"{seed}/{index}")
    identity = generate_identity(rng)
    form = generate_form(rng, *style.versions, size=identity.level)
    printed = print_form(form, style.numbers, rng)
    told, _ = overview(form, identity, rng.random())
    parts = compose(form, identity, printed, style.wording, outline=style.outline, overview=told, rng=rng)
    parts, tokens = paginate(parts, style.pagination, rng), {}
    drawing = rng.random()
    files = [render(drawn, style.layout, Random(drawing)) for drawn in (parts, [_numbered(p, tokens) for p in parts])]
    document, numbered = (READERS[file.ending][1](file.data) for file in files)
    if [len(row.cells) for row in document.rows] != [len(row.cells) for row in numbered.rows]:
        return None
    rows = []
    for row, other in zip(document.rows, numbered.rows, strict=True):
        keys = [tokens.get(text.strip()) for text in other.cells]
        if any(key is None and text != twin for key, text, twin in zip(keys, row.cells, other.cells, strict=True)):
            return None
        rows.append(MarkedRow.of(row, keys))
    return Marked(tuple(rows), identity.fiscal_year, files[0].ending)


def _without_own_damage(style: Style) -> Style:
    """The style without what is a damage already: surplus figures, blanks where nothing tells how wide a row is."""
    layout = style.layout
    if not isinstance(layout, TextLayout):
        return style
    if layout.family in LINE_FAMILIES:
        style = replace(style, numbers=replace(style.numbers, blank_rate=0, blank_total_rate=0))
    return replace(style, layout=replace(layout, extra_value="none"))


def _numbered(part: Part, tokens: dict[str, CellKey]) -> Part:
    """The part with a number of its own in every cell that holds a figure."""
    if not isinstance(part, Grid):
        return part
    rows = []
    for row in part.rows:
        cells = list(row.cells)
        for i, cell in enumerate(cells):
            if cell.key and cell.text:
                token = str(FIRST_TOKEN + len(tokens))
                tokens[token] = cell.key
                cells[i] = replace(cell, text=token)
        rows.append(replace(row, cells=tuple(cells)))
    return replace(part, rows=tuple(rows))


# -- damage: each changes the rows in place and returns the lines of the form it moved, None where it does not apply

Damage = Callable[[Rows, Random], set[tuple[int, str]] | None]


def _table_rows(rows: Rows) -> tuple[int, int]:
    """Where the statutory tables begin and end: nothing else is worth damaging."""
    with_values = [i for i, row in enumerate(rows) if any(row.keys)]
    return max(0, with_values[0] - 6), min(len(rows), with_values[-1] + 3)


def _any_row(rows: Rows, rng: Random) -> int:
    return rng.randrange(*_table_rows(rows))


def _value_row(rows: Rows, rng: Random, least: int = 1) -> int | None:
    found = [i for i, row in enumerate(rows) if len(row.values()) >= least]
    return rng.choice(found) if found else None


def _line_at(rows: Rows, at: int) -> set[tuple[int, str]]:
    """The lines of the form around a row: its own, or where cells stand one a line, those before and after it."""
    lines: set[tuple[int, str]] = set(rows[at].lines())
    for step in (-1, 1):
        i = at + step
        while 0 <= i < len(rows) and not rows[i].lines():
            i += step
        if 0 <= i < len(rows):
            lines |= rows[i].lines()
    return lines


def drop_row(rows: Rows, rng: Random) -> set[tuple[int, str]] | None:
    at = _any_row(rows, rng)
    lines = _line_at(rows, at)
    del rows[at]
    return lines


def double_row(rows: Rows, rng: Random) -> set[tuple[int, str]] | None:
    at = _any_row(rows, rng)
    rows.insert(at + 1, rows[at].copy())
    return _line_at(rows, at)


def double_row_with_another_digit(rows: Rows, rng: Random) -> set[tuple[int, str]] | None:
    if (at := _value_row(rows, rng)) is None:
        return None
    copy = rows[at].copy()
    _other_digit(copy, rng.choice(copy.values()), rng)
    rows.insert(at + 1, copy)
    return _line_at(rows, at)


def move_row(rows: Rows, rng: Random) -> set[tuple[int, str]] | None:
    at = _any_row(rows, rng)
    lines = _line_at(rows, at)
    if len(rows[at].texts) == 1 and any(label.role == "column" for label in forms().match(rows[at].texts[0])[1]):
        return None  # a head moved among heads would name other figures
    row = rows.pop(at)
    to = max(0, min(len(rows), at + rng.choice((-1, 1, -2, 2, rng.randint(-20, 20)))))
    if len(row.texts) == 1 and (lines & _line_at(rows, min(to, len(rows) - 1))):
        return None  # within its own run: that is what swapped figures are
    rows.insert(to, row)
    return lines | _line_at(rows, to)


def drop_cell(rows: Rows, rng: Random) -> set[tuple[int, str]] | None:
    at = _any_row(rows, rng)
    row = rows[at]
    if len(row.texts) < 2:
        return None
    i = rng.randrange(len(row.texts))
    del row.texts[i], row.keys[i]
    return row.lines()


def double_cell(rows: Rows, rng: Random) -> set[tuple[int, str]] | None:
    at = _any_row(rows, rng)
    row = rows[at]
    if len(row.texts) < 2:
        return None
    i = rng.randrange(len(row.texts))
    row.texts.insert(i, row.texts[i])
    row.keys.insert(i, row.keys[i])
    return row.lines()


def add_empty_cell(rows: Rows, rng: Random) -> set[tuple[int, str]] | None:
    at = _any_row(rows, rng)
    row = rows[at]
    if row.row.kind == "line":
        return None
    i = rng.randrange(len(row.texts) + 1)
    row.texts.insert(i, "")
    row.keys.insert(i, None)
    return _line_at(rows, at)


def shift_row(rows: Rows, rng: Random) -> set[tuple[int, str]] | None:
    """A row one cell to the left or right: an empty cell goes at one end and comes at the other.

    A row whose first or last figure is blank is left alone: another converter writes other figures just so.
    """
    at = _value_row(rows, rng)
    if at is None or len(rows[at].texts) < 3:
        return None
    row = rows[at]
    if row.values()[-1] - row.values()[0] + 1 < sum(len(_width(line)) for line in row.lines()):
        return None
    ends = [i for i in (0, len(row.texts) - 1) if not row.texts[i].strip()]
    if not ends:
        return None
    end = rng.choice(ends)
    del row.texts[end], row.keys[end]
    where = len(row.texts) if end == 0 else rng.randint(0, min(row.values() or [0]))
    row.texts.insert(where, "")
    row.keys.insert(where, None)
    return row.lines()


def join_cells(rows: Rows, rng: Random) -> set[tuple[int, str]] | None:
    """A tab lost: two cells run together."""
    at = _any_row(rows, rng)
    row = rows[at]
    if len(row.texts) < 2:
        return None
    i = rng.randrange(len(row.texts) - 1)
    key = row.keys[i] if not row.texts[i + 1].strip() else row.keys[i + 1] if not row.texts[i].strip() else None
    row.texts[i : i + 2] = [row.texts[i] + row.texts[i + 1]]
    row.keys[i : i + 2] = [key]
    return row.lines()


def part_cell(rows: Rows, rng: Random) -> set[tuple[int, str]] | None:
    """A tab too many, in the middle of a figure or label."""
    at = _any_row(rows, rng)
    row = rows[at]
    longer = [i for i, text in enumerate(row.texts) if len(text) > 1]
    if not longer or row.row.kind == "line":
        return None
    i = rng.choice(longer)
    cut = rng.randint(1, len(row.texts[i]) - 1)
    row.texts[i : i + 1] = [row.texts[i][:cut], row.texts[i][cut:]]
    row.keys[i : i + 1] = [None, None]
    return _line_at(rows, at)


def swap_figures(rows: Rows, rng: Random) -> set[tuple[int, str]] | None:
    """Two figures change places: the document then prints each where the other stood."""
    places = [(at, i) for at, row in enumerate(rows) for i in row.values()]
    if len(places) < 2:
        return None
    first = rng.randrange(len(places) - 1)
    second = min(len(places) - 1, first + rng.choice((1, 1, 1, 2, 7, rng.randint(1, 60))))
    (a, i), (b, j) = places[first], places[second]
    rows[a].texts[i], rows[b].texts[j] = rows[b].texts[j], rows[a].texts[i]
    return set()


def change_digit(rows: Rows, rng: Random) -> set[tuple[int, str]] | None:
    if (at := _value_row(rows, rng)) is None:
        return None
    _other_digit(rows[at], rng.choice(rows[at].values()), rng)
    return set()


def _other_digit(row: MarkedRow, i: int, rng: Random) -> None:
    text = row.texts[i]
    digits = [at for at, char in enumerate(text) if char.isdigit()]
    if not digits:
        row.texts[i] = str(rng.randint(1, 9))
        return
    at = rng.choice(digits)
    new = rng.choice([digit for digit in "123456789" if digit != text[at]])
    row.texts[i] = text[:at] + new + text[at + 1 :]


def spoil_figure(rows: Rows, rng: Random) -> set[tuple[int, str]] | None:
    """A digit misread as a letter, or lost."""
    if (at := _value_row(rows, rng)) is None:
        return None
    row = rows[at]
    i = rng.choice(row.values())
    place = rng.randrange(len(row.texts[i]))
    signs = ("O", "l", "?", "．", " ", "")[: None if len(row.texts[i]) > 1 else 4]  # a figure wiped out is a lost cell
    row.texts[i] = row.texts[i][:place] + rng.choice(signs) + row.texts[i][place + 1 :]
    return row.lines()


def spoil_label(rows: Rows, rng: Random) -> set[tuple[int, str]] | None:
    """A character of a label or head lost, doubled or another."""
    at, i = rng.choice(_label_places(rows))
    text = rows[at].texts[i]
    place = rng.randrange(len(text))
    rows[at].texts[i] = text[:place] + rng.choice(("", text[place] * 2, "口", "\n", "3")) + text[place + 1 :]
    return _line_at(rows, at)


def lose_label(rows: Rows, rng: Random) -> set[tuple[int, str]] | None:
    at, i = rng.choice(_label_places(rows))
    if len(rows[at].texts) == 1:
        lines = _line_at(rows, at)
        del rows[at]
        return lines
    rows[at].texts[i] = ""
    return _line_at(rows, at)


def _label_places(rows: Rows) -> list[tuple[int, int]]:
    first, last = _table_rows(rows)
    return [(at, i) for at in range(first, last) for i in rows[at].labels()]


def lose_page(rows: Rows, rng: Random) -> set[tuple[int, str]] | None:
    first, last = _span(rows, rng)
    lines = {line for at in range(max(0, first - 1), min(len(rows), last + 1)) for line in _line_at(rows, at)}
    del rows[first:last]
    return lines


def double_page(rows: Rows, rng: Random) -> set[tuple[int, str]] | None:
    first, last = _span(rows, rng)
    copies = [row.copy() for row in rows[first:last]]
    with_values = [row for row in copies if row.values()]
    if with_values and rng.random() < 0.5:
        row = rng.choice(with_values)
        _other_digit(row, rng.choice(row.values()), rng)
    lines = {line for at in range(first, last) for line in _line_at(rows, at)}
    rows[last:last] = copies
    return lines


def swap_pages(rows: Rows, rng: Random) -> set[tuple[int, str]] | None:
    first, middle = _span(rows, rng)
    last = max(middle, _line_begin(rows, min(len(rows), middle + rng.randint(3, 25))))
    lines = {line for at in range(first, last) for line in _line_at(rows, at)}
    rows[first:last] = rows[middle:last] + rows[first:middle]
    return lines


def _span(rows: Rows, rng: Random) -> tuple[int, int]:
    """Rows that stand on a page: it begins and ends between two lines of the form."""
    first = _line_begin(rows, _any_row(rows, rng))
    return first, max(first + 1, _line_begin(rows, min(len(rows), first + rng.randint(3, 25))))


def _line_begin(rows: Rows, at: int) -> int:
    """Where cells stand one a line, the next label: a page ends between lines of the form, not within one."""
    while at < len(rows) and len(rows[at].texts) == 1 and not rows[at].labels():
        at += 1
    return at


def join_rows(rows: Rows, rng: Random) -> set[tuple[int, str]] | None:
    """A line break lost: two rows run together."""
    at = _any_row(rows, rng)
    if at + 1 >= len(rows) or rows[at].row.kind != rows[at + 1].row.kind:
        return None
    lines = _line_at(rows, at) | _line_at(rows, at + 1)
    row, after = rows[at], rows.pop(at + 1)
    row.texts[-1] += after.texts[0]
    if row.texts[-1] not in (row.texts[-1].strip(), "") or row.keys[-1] or after.keys[0]:
        row.keys[-1] = None
    row.texts += after.texts[1:]
    row.keys += after.keys[1:]
    row.own |= after.own
    return lines


def part_row(rows: Rows, rng: Random) -> set[tuple[int, str]] | None:
    """A line break too many: a row in two."""
    at = _any_row(rows, rng)
    row = rows[at]
    if len(row.texts) < 3:
        return None
    cut = rng.randint(1, len(row.texts) - 1)
    rows.insert(at + 1, MarkedRow(row.row, row.keys[cut:], row.texts[cut:], row.own))
    rows[at] = MarkedRow(row.row, row.keys[:cut], row.texts[:cut], row.own)
    return _line_at(rows, at) | _line_at(rows, at + 1)


def swap_labels(rows: Rows, rng: Random) -> set[tuple[int, str]] | None:
    """The labels of two lines of one table change places, and so does what their figures are."""
    if (two := _two_lines(rows, rng)) is None:
        return None
    (a, i, key_a), (b, j, key_b) = two
    rows[a].texts[i], rows[b].texts[j] = rows[b].texts[j], rows[a].texts[i]
    _rename(rows, {key_a: key_b, key_b: key_a})
    return {key_a, key_b}


def overwrite_label(rows: Rows, rng: Random) -> set[tuple[int, str]] | None:
    """A line takes the label of another one of its table: its figures are then printed for that one too."""
    if (two := _two_lines(rows, rng)) is None:
        return None
    (a, i, key_a), (b, j, key_b) = two
    rows[a].texts[i] = rows[b].texts[j]
    _rename(rows, {key_a: key_b})
    return {key_a, key_b}


def _two_lines(rows: Rows, rng: Random) -> list[tuple[int, int, tuple[int, str]]] | None:
    lines = _labelled_lines(rows)
    two = rng.sample(lines, 2) if len(lines) > 1 else []
    return two if two and two[0][2][0] == two[1][2][0] and _width(two[0][2]) == _width(two[1][2]) else None


def _width(line: tuple[int, str]) -> tuple[str, ...]:
    for version in ("2019", "2021"):
        if columns := forms().columns(version, line[0], line[1]):
            return columns
    return ()


def _labelled_lines(rows: Rows) -> list[tuple[int, int, tuple[int, str]]]:
    """Row, position of the label, and line, for every line of 表二 and 表三 that is printed once, in one piece."""
    met: Counter[tuple[int, str]] = Counter()
    found: list[tuple[int, int, tuple[int, str]]] = []
    previous: set[tuple[int, str]] = set()
    for at, row in enumerate(rows):
        lines = row.lines()
        if lines and lines != previous:
            line = min(lines)
            met[line] += 1
            labelled = [i for i in row.labels() if i < row.values()[0]] if row.values() else []
            if labelled:
                found.append((at, labelled[-1], line))
            elif len(row.texts) == 1 and at and rows[at - 1].labels() and len(rows[at - 1].texts) == 1:
                found.append((at - 1, 0, line))
        previous = lines or (previous if not row.labels() else set())
    return [(at, i, line) for at, i, line in found if line[0] != 4 and met[line] == 1]


def _rename(rows: Rows, names: dict[tuple[int, str], tuple[int, str]]) -> None:
    for row in rows:
        row.own = frozenset(names.get(line, line) for line in row.own)
        for i, key in enumerate(row.keys):
            if key and (key.table_no, key.line_code) in names:
                row.keys[i] = CellKey(*names[key.table_no, key.line_code], key.column_code)


DAMAGES: tuple[Damage, ...] = (
    drop_row, double_row, double_row_with_another_digit, move_row, drop_cell, double_cell, add_empty_cell, shift_row,
    join_cells, part_cell, swap_figures, change_digit, spoil_figure, spoil_label, lose_label, lose_page, double_page,
    swap_pages, join_rows, part_row, swap_labels, overwrite_label,
)  # fmt: skip
MOST_DAMAGES = 3


def damaged(marked: Marked, rng: Random) -> tuple[Rows, list[str]]:
    """The rows of a report after one to three damages, and their names. No line of the form is moved twice."""
    rows = [row.copy() for row in marked.rows]
    moved: set[tuple[int, str]] = set()
    names: list[str] = []
    for _ in range(rng.randint(1, MOST_DAMAGES)):
        damage = rng.choice(DAMAGES)
        trial = [row.copy() for row in rows]
        lines = damage(trial, rng)
        if lines is None or lines & moved or not any(any(row.keys) for row in trial):
            continue
        rows, moved = trial, moved | lines
        names.append(damage.__name__)
    return rows, names


def as_document(rows: Rows) -> Document:
    """The rows as a reader would yield them, numbered anew."""
    made = (row.row._replace(line_no=at, cells=tuple(row.texts)) for at, row in enumerate(rows, 1) if row.texts)
    return Document((), tuple(made), "utf-8")

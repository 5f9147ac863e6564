"""Wrong figures in print: one cell or two of 表三 and 表四 hold another count than was meant.

The mistakes are those of real reports: off by a little, a digit lost, doubled or exchanged, the neighbour's figure, a
zero. The prose still tells what was meant.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from random import Random

from benchmarks.generate.forms import CellKey
from benchmarks.generate.printing import NumberStyle, Printed, print_figure

TWO_SHARE = 0.3  # of the faulty reports that have two wrong figures


def misprint(
    printed: Mapping[CellKey, Printed], style: NumberStyle, rng: Random
) -> tuple[dict[CellKey, Printed], dict[CellKey, Decimal]]:
    """The printed cells with one or two wrong figures among them, and what was meant there."""
    cells = dict(printed)
    keys = [key for key, cell in printed.items() if key.table_no != 2 and cell.value is not None]
    meant: dict[CellKey, Decimal] = {}
    for key in rng.sample(keys, min(len(keys), 2 if rng.random() < TWO_SHARE else 1)):
        meant[key] = printed[key].value
        cells[key] = print_figure(key, _wrong(key, keys, printed, rng), style, rng)
    return cells, meant


def _wrong(key: CellKey, keys: list[CellKey], printed: Mapping[CellKey, Printed], rng: Random) -> Decimal:
    """Another count than the one meant."""
    right = int(printed[key].value)
    digits = str(right)
    at = rng.randrange(len(digits))
    neighbour = keys[(keys.index(key) + 1) % len(keys)]
    candidates = {
        right + rng.choice((1, 2, 9, 10, 100)),
        right - rng.choice((1, 2, 9, 10)),
        int(digits[:at] + digits[at + 1 :] or 0),
        int(digits[: at + 1] + digits[at:]),
        int(digits[:at] + digits[at : at + 2][::-1] + digits[at + 2 :]),
        int(printed[neighbour].value),
        0,
    }
    return Decimal(rng.choice(sorted(count for count in candidates if count >= 0 and count != right)))

"""The smallest repairs of broken sums: which cells to change, and to what, so that every sum holds again.

Pure: sums and figures in, repairs out. A repair is *minimal* if no change of fewer cells mends the same sums; it may
change a cell that only sums that hold contain, where its other changes cancel out in them. Figures are whole numbers.

The search goes by signatures. Which sums fail says which cells can be wrong: a sum that fails must contain a changed
cell, and a sum that holds may not contain just one. A changed cell that is alone in some sum has its value from there,
so the search takes such a cell, mends that sum, and meets the last cell by looking up the one set of sums that are then
still broken. Cells none of which is alone in any sum are solved together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

MAX_CELLS = 3
COUNTED = 1000  # repairs are counted up to here; a thousand rivals prove no more than two

Cell = Hashable
Bounds = tuple[int | None, int | None]  # least and greatest change a cell allows; None where nothing bounds it
Repair = tuple[tuple[int, int], ...]  # the cells changed, in the order of the system, each with its change
Residues = dict[int, int]  # a broken sum and what its weighted figures add up to instead of zero


@dataclass(frozen=True, slots=True)
class Found:
    """All repairs of the least size, at most COUNTED of them; ``cell_count`` is None where there is none."""

    cell_count: int | None
    repairs: tuple[Repair, ...] = ()


class System:
    """Sums as weights of cells, and what the search looks up in them. Cells and sums go by their numbers in it."""

    def __init__(self, sums: Sequence[Mapping[Cell, int]]) -> None:
        """``sums`` hold where the weighted figures add up to zero; no weight is zero."""
        self.cells: list[Cell] = list(dict.fromkeys(cell for weights in sums for cell in weights))
        self.number = {cell: number for number, cell in enumerate(self.cells)}
        self.cells_of = [sorted(self.number[cell] for cell in weights) for weights in sums]
        self.size_of = [len(weights) for weights in sums]
        self.weights_of: list[list[tuple[int, int]]] = [[] for _ in self.cells]
        for number, weights in enumerate(sums):
            for cell, weight in weights.items():
                self.weights_of[self.number[cell]].append((number, weight))
        self.weight_in = [dict(weights) for weights in self.weights_of]
        self.mask = [_mask(number for number, _ in weights) for weights in self.weights_of]
        self.most_sums = max(map(len, self.weights_of), default=0)
        self.by_mask: dict[int, list[int]] = defaultdict(list)
        for cell, mask in enumerate(self.mask):
            self.by_mask[mask].append(cell)
        self.by_mask.default_factory = None
        self.twins = [mask for mask, cells in self.by_mask.items() if len(cells) > 1]
        self.block = self._blocks()

    def _blocks(self) -> list[int]:
        """For every sum the first one it hangs together with, through cells they share."""
        block = list(range(len(self.cells_of)))
        for first, *others in ([number for number, _ in weights] for weights in self.weights_of):
            for other in others:
                low, high = sorted((block[first], block[other]))
                if low != high:
                    block = [low if number == high else number for number in block]
        return block

    def share_a_cell(self, first: int, second: int) -> bool:
        return not set(self.cells_of[first]).isdisjoint(self.cells_of[second])


class Search:
    """One search in a system: what changes the figures allow, and how many cells a repair may change."""

    def __init__(self, system: System, bounds_of: Callable[[int], Bounds]) -> None:
        self.system = system
        self.bounds_of = bounds_of

    def smallest(self, residues: Residues, least: int = 1, most: int = MAX_CELLS) -> Found:
        """All repairs of ``residues`` with the fewest cells, from ``least`` (nothing smaller can be) to ``most``.

        Sums that are not named hold, or are to be left as they are.
        """
        broken = _mask(residues)
        for cell_count in range(least, most + 1):
            found: dict[Repair, None] = {}
            for repair in self._repairs(cell_count, residues, broken, 0):
                found[tuple(sorted(repair))] = None
                if len(found) == COUNTED:
                    break
            if found:
                return Found(cell_count, tuple(sorted(found)))
        return Found(None)

    def _repairs(self, cell_count: int, residues: Residues, broken: int, avoid: int) -> Iterator[Repair]:
        """Repairs of exactly so many cells, none of which lies in a sum of ``avoid``; some of them more than once.

        ``broken`` and ``avoid`` are masks of sums, ``broken`` that of ``residues``.
        """
        if cell_count == 1:
            yield from self._single_cells(residues, broken, avoid)
            return
        pivot = min(residues, key=self.system.size_of.__getitem__)
        if cell_count == 2:
            yield from self._pairs(pivot, residues, broken, avoid)
        else:
            for cell, change, number, left in self._first_cells(pivot, residues, broken, avoid):
                if self._may_be_two(left) and self._allows(cell, change):
                    after = self._after(cell, change, residues)
                    for repair in self._repairs(cell_count - 1, after, left, avoid | 1 << number):
                        yield ((cell, change), *repair)
        yield from self._together(pivot, cell_count, residues, broken, avoid)

    def _first_cells(
        self, pivot: int, residues: Residues, broken: int, avoid: int
    ) -> Iterator[tuple[int, int, int, int]]:
        """Every cell of a sum, its change as one of its sums tells it where no other changed cell lies in that sum, the
        sum, and the mask of what is broken then."""
        system = self.system
        for cell in system.cells_of[pivot]:
            mask, weights = system.mask[cell], system.weights_of[cell]
            if mask & avoid:
                continue
            for number, weight in weights:
                residue = residues.get(number)
                if residue is None or residue % weight:
                    continue
                change = -residue // weight
                left = broken | mask
                for other, other_weight in weights:
                    if residues.get(other) == -other_weight * change:
                        left ^= 1 << other
                if left:
                    yield cell, change, number, left

    def _pairs(self, pivot: int, residues: Residues, broken: int, avoid: int) -> Iterator[Repair]:
        """Repairs of two cells with one of the pivot: the other lies in just the sums that are still broken then."""
        system, last = self.system, None
        for cell, change, _, left in self._first_cells(pivot, residues, broken, avoid):
            others = system.by_mask.get(left)
            # Several sums of a cell often tell the same change.
            if others is None or (cell, change) == last or left & avoid or not self._allows(cell, change):
                continue
            last = cell, change
            moved = system.weight_in[cell]
            for other in others:
                wanted = None
                for number, weight in system.weights_of[other]:
                    residue = residues.get(number, 0)
                    if number in moved:
                        residue += moved[number] * change
                    if wanted is None:
                        wanted = -residue // weight
                    if residue != -weight * wanted:
                        break
                else:
                    if self._allows(other, wanted):
                        yield (last, (other, wanted))

    def _after(self, cell: int, change: int, residues: Residues) -> Residues:
        """What is broken once a cell is changed, and by how much."""
        left = dict(residues)
        for number, weight in self.system.weights_of[cell]:
            left[number] = left.get(number, 0) + weight * change
        return {number: residue for number, residue in left.items() if residue}

    def _may_be_two(self, broken: int) -> bool:
        return broken.bit_count() <= 2 * self.system.most_sums

    def _allows(self, cell: int, change: int) -> bool:
        """Whether the figure of a cell allows a change; none is no change."""
        low, high = self.bounds_of(cell)
        return change != 0 and (low is None or change >= low) and (high is None or change <= high)

    def _single_cells(self, residues: Residues, broken: int, avoid: int) -> Iterator[Repair]:
        """The cells that lie in all broken sums and in no other, and whose change mends them all."""
        for cell in self.system.by_mask.get(broken, ()) if not broken & avoid else ():
            number, weight = self.system.weights_of[cell][0]
            change = -residues[number] // weight
            mends = all(residues[n] == -w * change for n, w in self.system.weights_of[cell])
            if mends and self._allows(cell, change):
                yield ((cell, change),)

    def _together(self, pivot: int, cell_count: int, residues: Residues, broken: int, avoid: int) -> Iterator[Repair]:
        """Repairs with two cells in the pivot that share all their sums with the others: solved as a whole."""
        system = self.system
        if cell_count == 2:
            for mask in system.twins:
                if mask >> pivot & 1 and not mask & avoid and not broken & ~mask:
                    for pair in combinations(system.by_mask[mask], 2):
                        yield from self._solutions(pair, residues)
            return
        for pair in combinations((cell for cell in system.cells_of[pivot] if not system.mask[cell] & avoid), 2):
            first, second = (system.mask[cell] for cell in pair)
            for third in self._third(first, second, broken):
                mask = system.mask[third]
                touched, alone = first | second | mask, (first ^ second ^ mask) & ~(first & second & mask)
                if third not in pair and not mask & avoid and not broken & ~touched and not alone & ~broken:
                    yield from self._solutions((*pair, third), residues)

    def _third(self, first: int, second: int, broken: int) -> Sequence[int]:
        """Cells that may go with two: in all sums only one of them is in, else in the sums still broken, else near."""
        needed = first ^ second or broken & ~first
        if needed:
            cells = self.system.cells_of[needed.bit_length() - 1]
            return [cell for cell in cells if not needed & ~self.system.mask[cell]]
        near = {cell for number in _numbers(first) for cell in self.system.cells_of[number]}
        return sorted(cell for cell in near if not self.system.mask[cell] & ~first)

    def _solutions(self, cells: Sequence[int], residues: Residues) -> Iterator[Repair]:
        """Every change of all these cells that mends the sums."""
        weights: dict[int, dict[int, int]] = defaultdict(dict)
        for cell in cells:
            for number, weight in self.system.weights_of[cell]:
                weights[number][cell] = weight
        sums = [(of_cells, -residues.get(number, 0)) for number, of_cells in weights.items()]
        yield from _changes(sums, {cell: self.bounds_of(cell) for cell in cells})


def _mask(numbers: Iterable[int]) -> int:
    mask = 0
    for number in numbers:
        mask |= 1 << number
    return mask


def _numbers(mask: int) -> Iterator[int]:
    while mask:
        yield mask.bit_length() - 1
        mask ^= 1 << mask.bit_length() - 1


def _changes(sums: list[tuple[dict[int, int], int]], bounds: dict[int, Bounds]) -> Iterator[Repair]:
    """Whole numbers but zero for every cell of ``bounds``, within them, with which each weighted sum has its amount."""
    if not bounds:
        if not any(amount for _, amount in sums):
            yield ()
        return
    ranges = {cell: _range(cell, sums, bounds) for cell in bounds}
    cell = min(ranges, key=lambda c: (len(ranges[c]), c))
    rest = {other: bound for other, bound in bounds.items() if other != cell}
    for change in ranges[cell]:
        if change:
            left = [
                ({c: w for c, w in weights.items() if c != cell}, amount - weights.get(cell, 0) * change)
                for weights, amount in sums
            ]
            for repair in _changes(left, rest):
                yield ((cell, change), *repair)


def _range(cell: int, sums: list[tuple[dict[int, int], int]], bounds: dict[int, Bounds]) -> range:
    """Changes of a cell that the bounds of the others leave; of an endless range the first COUNTED, which is enough."""
    low, high = bounds[cell]
    for weights, amount in sums:
        if cell not in weights:
            continue
        rest = [_scaled(bounds[c], w) for c, w in weights.items() if c != cell]
        least = None if any(b[0] is None for b in rest) else sum(b[0] for b in rest)
        most = None if any(b[1] is None for b in rest) else sum(b[1] for b in rest)
        # The cell, weighted, is what the others leave of the amount.
        left, right = (None if most is None else amount - most), (None if least is None else amount - least)
        weight = weights[cell]
        if weight < 0:
            left, right, weight = (None if right is None else -right), (None if left is None else -left), -weight
        if left is not None:
            low = -(-left // weight) if low is None else max(low, -(-left // weight))
        if right is not None:
            high = right // weight if high is None else min(high, right // weight)
    if low is None:
        low = -COUNTED if high is None else high - COUNTED
    return range(low, low + COUNTED if high is None else high + 1)


def _scaled(bound: Bounds, weight: int) -> Bounds:
    low, high = (None if end is None else end * weight for end in bound)
    return (low, high) if weight > 0 else (high, low)

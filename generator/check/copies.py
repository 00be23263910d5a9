"""Which texts are largely copied from another one: in work that grows with the texts, not with their pairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from generator.catalog.shingles import grams, passages, shingles_within, without

ALIKE = 0.2
"""From this share on a text is told; measured in tests/check/test_copies.py."""

LEAST = 150
"""Han characters that two texts must share: a short text may be nothing but one quotation."""

MOST_HOLDERS = 8
"""What more texts have is no text of theirs: a quotation, a slogan, a sentence that a county hands out."""

_WORTH_A_LOOK = 0.6 * ALIKE  # of the samples; they miss the share by some points
_LEAST_SAMPLES = 2
_COPY = 0.6
"""From this share on it is the text itself that goes round, and however many hold it, it is no quotation."""


_ENDS = ("\x00", "\x01")


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """Two texts, by their places in the row, and what they share.

    `share` is the part of *text* that stands in the earlier *other*, or, where that is little and `is_contained`, the part
    of *other* that stands in *text*.
    """

    text: int
    other: int
    share: float
    is_contained: bool
    passage: str  # the first, folded


@dataclass(frozen=True, slots=True)
class _Pair:
    text: int
    other: int
    shared: tuple[str, ...]  # passages, folded
    lengths: tuple[int, int]  # of both, folded, without what is nobody's

    @property
    def share(self) -> float:
        return self.amount / max(1, min(self.lengths))

    @property
    def amount(self) -> int:
        return sum(map(len, self.shared))


def copies(
    samples: Sequence[tuple[int, ...]], folded: Callable[[int], str], common: Callable[[], str] = str
) -> tuple[Copy, ...]:
    """Every text that shares much with an earlier one, in the order of the row, with the one that it shares most with.

    *samples* are the `shingles` of the texts; *folded* gives one of them folded, and is asked for few; *common* gives,
    folded, what belongs to nobody and is left out, such as the words of a template, and is asked for once at most.
    """
    seen = _Seen(samples, folded, common)
    pairs = [pair for number in range(len(samples)) if (pair := seen.pair_of(number))]
    told = [seen.without_quotations(pair) for pair in pairs]
    return tuple(_copy(pair) for pair in told if _is_told(pair))


def _is_told(pair: _Pair) -> bool:
    return pair.share >= ALIKE and pair.amount >= LEAST


def _copy(pair: _Pair) -> Copy:
    own, others = (pair.amount / max(1, length) for length in pair.lengths)
    is_contained = own < ALIKE
    return Copy(
        text=pair.text,
        other=pair.other,
        share=others if is_contained else own,
        is_contained=is_contained,
        passage=pair.shared[0],
    )


class _Seen:
    """The row as far as it was gone through: who was first with a sample, and how many have it."""

    def __init__(
        self, samples: Sequence[tuple[int, ...]], folded: Callable[[int], str], common: Callable[[], str]
    ) -> None:
        self._samples = samples
        self._folded = folded
        self._common = common
        self._nobodys: frozenset[str] | None = None
        self._first: dict[int, int] = {}
        self._holders: Counter[int] = Counter()

    def pair_of(self, number: int) -> _Pair | None:
        """The next text and the earlier one that it shares much with, if there is one."""
        own = self._samples[number]
        # Followed are only samples that few have, so that a sentence of ten thousand texts costs nothing.
        followed = [self._first[one] for one in own if one in self._first and self._holders[one] <= MOST_HOLDERS]
        pair: _Pair | None = None
        for other, votes in Counter(followed).most_common(1):
            least = max(_LEAST_SAMPLES, _WORTH_A_LOOK * min(len(own), len(self._samples[other])))
            if votes >= least:
                pair = self._compared(number, other)
        if pair is None or pair.share < _COPY:
            self._holders.update(own)
        for one in own:
            self._first.setdefault(one, number)
        return pair if pair and _is_told(pair) else None

    def _compared(self, number: int, other: int) -> _Pair:
        one, two = self._own_words(number), self._own_words(other)
        shared = passages(_ENDS[0].join(one), _ENDS[1].join(two))  # two ends of pieces are never the same
        return _Pair(number, other, shared, (sum(map(len, one)), sum(map(len, two))))

    def _own_words(self, number: int) -> tuple[str, ...]:
        if self._nobodys is None:
            self._nobodys = grams(self._common())
        return without(self._folded(number), self._nobodys)

    def without_quotations(self, pair: _Pair) -> _Pair:
        """The pair without the passages that many texts have."""
        return replace(pair, shared=tuple(passage for passage in pair.shared if not self._is_quotation(passage)))

    def _is_quotation(self, passage: str) -> bool:
        holders = [self._holders[one] for one in shingles_within(passage) if one in self._holders]
        return bool(holders) and median(holders) > MOST_HOLDERS

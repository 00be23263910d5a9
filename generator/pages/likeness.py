"""How alike texts are, by the pairs of characters that few of them share. The work grows with the texts, not with their pairs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

MOST_HOLDERS = 24
"""A pair that more texts have tells nothing of likeness, and following it would cost the square of its texts."""

MOST_FOLLOWED = 12
"""Of so many of its rarest pairs a text's neighbours are found."""

_RUN = re.compile(r"[\u4e00-\u9fff]+|[a-z]{2,}")


def grams(text: str) -> frozenset[str]:
    """What *text* is compared by: neighbouring Han characters in twos, and Latin words. Figures say nothing of likeness."""
    found: set[str] = set()
    for run in _RUN.findall(text.lower()):
        if run[0] < "\u4e00":
            found.add(run)
        else:
            found.update(one + other for one, other in pairwise(run))
    return frozenset(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Texts made ready for comparison; a text is named by its place in the row."""

    texts: Sequence[frozenset[str]]
    weights: Mapping[str, int]  # of every pair: the rarer, the more; of one that most texts have, nothing
    sums: Sequence[int]  # of the weights of each text
    holders: Mapping[str, Sequence[int]]  # of the rare ones: who has them

    def nearby(self, text: int) -> Counter[int]:
        """The texts that share some of the rarest pairs of *text*, with how much; at most `MOST_FOLLOWED` × `MOST_HOLDERS`."""
        followed = sorted(
            (gram for gram in self.texts[text] if gram in self.holders), key=lambda gram: (-self.weights[gram], gram)
        )[:MOST_FOLLOWED]
        found: Counter[int] = Counter()
        for gram in followed:
            for other in self.holders[gram]:
                found[other] += self.weights[gram]
        del found[text]
        return found

    def share(self, one: int, other: int) -> float:
        """How much of two texts is the same, rare words counting more: 0 to 1."""
        common = sum(self.weights[gram] for gram in self.texts[one] & self.texts[other])
        return common / max(1, self.sums[one] + self.sums[other] - common)


def likeness(texts: Sequence[str]) -> Likeness:
    """*texts* made ready for comparison."""
    cut = [grams(text) for text in texts]
    counts = Counter(gram for text in cut for gram in text)
    # In whole steps, so that a new case somewhere changes the order of a page's neighbours as seldom as can be.
    weights = {gram: rarity(count, len(cut)) - 1 for gram, count in counts.items()}
    holders: dict[str, list[int]] = {}
    for number, text in enumerate(cut):
        for gram in text:
            if 1 < counts[gram] <= MOST_HOLDERS:
                holders.setdefault(gram, []).append(number)
    return Likeness(
        texts=cut, weights=weights, sums=[sum(weights[gram] for gram in text) for text in cut], holders=holders
    )


def rarity(count: int, total: int) -> int:
    """What sharing a thing tells that *count* of *total* have: 1 if most do, one more for each time that half as many do."""
    return (total // count).bit_length()

"""A title in lines: which places may end a line, and which ends make lines that look well together.

Chinese may break after almost every character; not before a closing mark, not after an opening one, not inside a
Latin word or a number, and better not inside a word of Chinese.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

_CLOSING = frozenset("，。、；：！？）》」』】〕〉”’…—～·％,.;:!?)]}%°℃")
_OPENING = frozenset("（《「『【〔〈“‘([{")
_WELL_ENDED = frozenset("，。；！？—…")
_RUN = re.compile(r"[A-Za-z0-9À-ɏ]+(?:[-.,:+&/@_'’·%＋]*[A-Za-z0-9À-ɏ%+＋]+)*|\s+|.", re.DOTALL)

_INSIDE_A_WORD = 9.0  # what a bad end costs, as the square of a line's distance from the mean, in em
_AFTER_A_MARK = -10.0
_AFTER_A_COLON = -16.0  # where a title in two parts has its joint
_LONELY = 16.0  # a last line of one or two characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """What no line end may cut; `is_word_end` tells whether a word ends with it."""

    text: str
    is_word_end: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A text in lines, and how far it is from a good one: the less the better."""

    rows: tuple[str, ...]
    cost: float


def pieces(text: str, words: Collection[str] | tuple[str, ...] = ()) -> tuple[Piece, ...]:
    """*text* as the pieces that stay whole. *words* is *text* cut into words, in order; without it none is known."""
    ends = set()
    at = 0
    for word in words:
        at += len(word)
        ends.add(at)
    made: list[str] = []
    for run in _RUN.findall(text):
        joins = made and (run[0] in _CLOSING or run.isspace() or made[-1][-1] in _OPENING)
        if joins:
            made[-1] += run
        else:
            made.append(run)
    at = 0
    found = []
    for piece in made:
        at += len(piece)
        found.append(Piece(text=piece, is_word_end=not ends or at in ends or at == len(text)))
    return tuple(found)


def lines(
    parts: tuple[Piece, ...], measure: Callable[[str], float], em_px: float, width_px: float, most: int
) -> Setting | None:
    """*parts* in as few lines as *width_px* allows, balanced; None where they need more than *most*.

    *measure* gives the width of a text; the widths of pieces are taken to add up.
    """
    widths = [measure(part.text) for part in parts]
    bare = [measure(part.text.rstrip()) for part in parts]
    for count in range(1, most + 1):
        found = _ends(parts, widths, bare, em_px, width_px, count)
        if found is not None:
            cost, ends = found
            rows = tuple(
                "".join(part.text for part in parts[start:end]).strip()
                for start, end in zip((0, *ends[:-1]), ends, strict=True)
            )
            return Setting(rows=rows, cost=cost)
    return None


def _ends(
    parts: tuple[Piece, ...], widths: list[float], bare: list[float], em_px: float, width_px: float, count: int
) -> tuple[float, tuple[int, ...]] | None:
    """The least cost of *count* lines, and where they end (numbers of pieces); None where they do not fit."""
    mean_px = sum(widths) / count
    sums = [0.0]
    for one in widths:
        sums.append(sums[-1] + one)
    total = len(parts)
    best: list[dict[int, tuple[float, tuple[int, ...]]]] = [{0: (0.0, ())}]
    for number in range(1, count + 1):
        reached: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, (cost, ends) in best[-1].items():
            for end in range(start + 1, total + 1):
                width = sums[end - 1] - sums[start] + bare[end - 1]
                if width > width_px:
                    break
                if (number == count) != (end == total):
                    continue
                new = cost + _cost(parts, start, end, (width - mean_px) / em_px, is_last=number == count)
                if end not in reached or new < reached[end][0]:
                    reached[end] = (new, (*ends, end))
        best.append(reached)
    return best[-1].get(total)


def _cost(parts: tuple[Piece, ...], start: int, end: int, off_em: float, *, is_last: bool) -> float:
    cost = off_em**2
    if is_last:
        said = sum(len(part.text.strip()) for part in parts[start:end])
        return cost + (_LONELY if start and said <= 2 else 0.0)
    last = parts[end - 1].text.rstrip()
    if last.endswith(("：", ":", "——")):
        return cost + _AFTER_A_COLON
    if last[-1:] in _WELL_ENDED:
        return cost + _AFTER_A_MARK
    return cost + (0.0 if parts[end - 1].is_word_end else _INSIDE_A_WORD)


def cut(parts: tuple[Piece, ...], measure: Callable[[str], float], width_px: float, count: int) -> tuple[str, ...]:
    """As much of *parts* as *count* lines hold, filled one after the other, with an ellipsis where it goes on.

    A piece that is wider than a line is cut anywhere.
    """
    made: list[str] = []
    line = ""
    rest = [part.text for part in parts]
    while rest:
        piece = rest.pop(0)
        if measure((line + piece).rstrip()) <= width_px:
            line += piece
            continue
        if not line:
            fits = max((n for n in range(1, len(piece)) if measure(piece[:n]) <= width_px), default=1)
            line, piece = piece[:fits], piece[fits:]
        rest.insert(0, piece)
        if len(made) == count - 1:
            break
        made.append(line.strip())
        line = ""
    if rest:
        while line and measure(line.rstrip() + "…") > width_px:
            line = line[:-1]
        line = line.rstrip("，、；：,;: ") + "…"
    return tuple(one for one in (*made, line.strip()) if one)

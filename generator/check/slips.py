"""Slips of the pen: the wrong words of the vocabulary where they stand, judged by what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from generator.catalog.places import Vocabulary, WrongWord

NEAR = 30
"""Characters before and after a word that count as near it."""

# A page break of Word leaves the last character of a line at the head of the next (新技术⏎术).
_BROKEN_LINE = re.compile(r"\n(?<=[\u4e00-\u9fff]([\u4e00-\u9fff])\n)\1(?=[\u4e00-\u9fff])")
_AS_WRITTEN = re.compile(r"[”’\"」』]?\s*[（(\[［〔]\s*(?:原文|原件|原话|应为)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A wrong word at its place, with what was probably meant."""

    offset: int
    wrong: str
    right: str
    is_hint: bool = False


def slips(text: str, vocabulary: Vocabulary) -> Iterator[Slip]:
    """Every slip in *text*, in the order of kinds and then of places.

    What somebody else wrote is left alone: lines that begin with “>”, and words that are followed by “（原文如此）” or “〔应为…〕”.
    """
    by_text = vocabulary.wrong_word_by_text
    for pattern in _patterns(tuple(by_text)):
        for match in pattern.finditer(text):
            word = by_text[match.group()]
            if _counts(word, text, match.start()) and not _is_quoted(text, match.start(), match.end()):
                yield Slip(offset=match.start(), wrong=word.wrong, right=word.meant, is_hint=word.hint)
    for match in _BROKEN_LINE.finditer(text):
        twice = match.group(1)
        yield Slip(offset=match.start() - 1, wrong=f"{twice}⏎{twice}", right=twice)


@lru_cache(maxsize=8)
def _patterns(words: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    # Doubled characters apart: with them every 的 of a text would be tried against all words, at twice the time.
    twice = [word for word in words if len(word) == 2 and word[0] == word[1]]
    others = [word for word in words if word not in twice]
    found = [re.compile(f"([{''.join(re.escape(word[0]) for word in twice)}])\\1")] if twice else []
    # The longer first: 截止到目前 before a word that it may begin with.
    longest_first = sorted(others, key=len, reverse=True)
    return (*found, re.compile("|".join(map(re.escape, longest_first)))) if others else tuple(found)


def _counts(word: WrongWord, text: str, offset: int) -> bool:
    if _stands_in(word.except_in, word.wrong, text, offset):
        return False
    if word.only_in and not _stands_in(word.only_in, word.wrong, text, offset):
        return False
    around = (
        text[max(0, offset - NEAR) : offset] + "\n" + text[offset + len(word.wrong) : offset + len(word.wrong) + NEAR]
    )
    if word.near and not any(one in around for one in word.near):
        return False
    return not any(one in around for one in word.not_near)


def _stands_in(longer: tuple[str, ...], wrong: str, text: str, offset: int) -> bool:
    """Whether *wrong*, at *offset*, is there a part of one of the *longer* words."""
    return any(text.startswith(one, offset - at) for one in longer for at in _places(one, wrong) if offset >= at)


@lru_cache(maxsize=1024)
def _places(longer: str, wrong: str) -> tuple[int, ...]:
    return tuple(at for at in range(len(longer)) if longer.startswith(wrong, at))


def _is_quoted(text: str, start: int, end: int) -> bool:
    line = text[text.rfind("\n", 0, start) + 1 : start]
    return line.lstrip().startswith(">") or bool(_AS_WRITTEN.match(text, end))

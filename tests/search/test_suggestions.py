"""What search fields propose: complete while there is little, bounded files however much there is."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

import pytest

from generator.search.ledger import Ledger
from generator.search.suggestions import Suggestion, write_suggestions
from generator.search.tokens import fold
from generator.store import Store

from .samples import text

WIRE_BYTES = 24_000
"""What one file may cost a visitor."""


class Files:
    """The files as the script reads them."""

    def __init__(self, suggestions: Sequence[Suggestion], folder: Path, **sizes: int) -> None:
        ledger = Ledger(Store(folder))
        head = write_suggestions(suggestions, ledger, **sizes)
        self.paths = ledger.files
        self.head = json.loads(self.paths[f"t/all-{head}.json"].read_bytes())

    def rows(self, term: str) -> list[Suggestion]:
        """What is proposed for a folded term."""
        rows = list(self.head["rows"])
        if self.head["names"]:
            frequent = self.head["frequent"]
            char = min(term, key=lambda one: frequent.find(one))
            number = ord(char) % (len(self.head["names"]) // 8)
            name = self.head["names"][number * 8 : number * 8 + 8]
            rows += json.loads(self.paths[f"t/{number}-{name}.json"].read_bytes())
        found = [Suggestion(kind=kind, text=text, url=url, count=count) for kind, text, url, count in rows]
        return [suggestion for suggestion in found if term in fold(suggestion.text).text]


def invented(titles: int, units: int) -> list[Suggestion]:
    """Titles of words that every title has and of names that few have, as real ones are; units with their cases."""
    rng = random.Random(5)
    letters = [chr(code) for code in range(0x4E00, 0x4E00 + 3000)]
    weights = list(accumulate(1 / (rank + 8) for rank in range(len(letters))))
    names = ["".join(rng.choices(letters, cum_weights=weights, k=2)) for _ in range(units)]
    schools = [f"{name}{rng.choice(('镇', '乡', '县'))}{rng.choice(('中心小学', '中学', '教学点'))}" for name in names]
    return [
        *(Suggestion(kind="topic", text=f"主题{n}", url=f"topic/t{n}/", count=9) for n in range(30)),
        *(
            Suggestion(kind="unit", text=school, url=f"unit/u{n:010}/", count=4)
            for n, school in enumerate(dict.fromkeys(schools))
        ),
        *(
            Suggestion(
                kind="case",
                text=f"{text(rng, 3)}{''.join(rng.choices(letters, cum_weights=weights, k=5))}{text(rng, 2)}",
                url=f"cases/enshi-2023/case-number-{n}/",
            )
            for n in range(titles)
        ),
    ]


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Suggestion], Files]:
    suggestions = invented(10_000, 2_500)
    return suggestions, Files(suggestions, tmp_path_factory.mktemp("store"))


def parts(suggestions: Sequence[Suggestion], count: int, length: int) -> list[str]:
    rng = random.Random(6)
    found = []
    for suggestion in rng.sample([s for s in suggestions if s.kind != "topic"], count):
        folded = fold(suggestion.text).text
        at = rng.randrange(max(1, len(folded) - length + 1))
        found.append(folded[at : at + length])
    return [term for term in found if term]


def test_a_small_site_has_one_file_that_proposes_everything(tmp_path: Path) -> None:
    suggestions = invented(60, 20)
    files = Files(suggestions, tmp_path)
    assert len(files.paths) == 1
    for term in (*parts(suggestions, 40, 2), *parts(suggestions, 40, 1), "主题"):
        assert files.rows(term) == [s for s in suggestions if term in fold(s.text).text]


def test_of_ten_thousand_titles_no_file_is_large(many: tuple[list[Suggestion], Files]) -> None:
    _suggestions, files = many
    sizes = {name: len(gzip.compress(path.read_bytes())) for name, path in files.paths.items()}
    raw = sum(path.stat().st_size for path in files.paths.values())
    largest = max(sizes, key=lambda name: sizes[name])
    print(f"{len(sizes)} files, {raw / 1e6:.1f} MB; the largest {sizes[largest]} bytes on the wire ({largest})")
    assert max(sizes.values()) < WIRE_BYTES
    assert len(sizes) < 600


def test_whoever_types_a_rarer_character_is_proposed_every_text_that_holds_the_words(
    many: tuple[list[Suggestion], Files],
) -> None:
    suggestions, files = many
    folded = [(s, fold(s.text).text) for s in suggestions]
    complete = 0
    for term in parts(suggestions, 300, 3):
        proposed = files.rows(term)
        expected = [s for s, own in folded if term in own]
        if set(term) - set(files.head["frequent"]):
            assert proposed == expected, term
            complete += 1
        assert {s.url for s in proposed} <= {s.url for s in expected}
    assert complete > 100


def test_under_a_frequent_character_stand_the_best_of_each_kind(many: tuple[list[Suggestion], Files]) -> None:
    suggestions, files = many
    for char in files.head["frequent"][-5:]:
        for kind in ("unit", "case"):
            expected = [s for s in suggestions if s.kind == kind and char in fold(s.text).text]
            proposed = [s for s in files.rows(char) if s.kind == kind]
            assert proposed[:100] == expected[:100]
            assert len(proposed) >= min(len(expected), 120)


def test_a_new_title_leaves_most_files_alone(many: tuple[list[Suggestion], Files], tmp_path: Path) -> None:
    suggestions, files = many
    new = Suggestion(kind="case", text="岳阳楼前的一封信", url="cases/yueyang-2021/letter/")
    fresh = set(Files([*suggestions, new], tmp_path).paths) - set(files.paths)
    assert len(fresh) <= len(new.text) + 1

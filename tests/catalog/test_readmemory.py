"""What is recalled of a text is what reading it gives, to the last value; only what changed is read."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from generator.catalog import reader, readmemory
from generator.catalog.body import Body, read_body
from generator.catalog.reader import read_catalog
from generator.catalog.readmemory import remembered_catalog
from generator.store import Store

ROOT = Path(__file__).parent.parent.parent

ODD = {
    "date": "date: 2021-03-05",
    "time": "time: 2021-03-05 10:00:00",
    "long number": "number: 123456789012345678901234567890",
    "one point": "number: 1.0",
    "not a number": "number: .nan",
    "endless": "number: .inf",
    "truth": "truth: true",
    "nothing": "nothing:",
    "number for a name": "topics: {1: x, 2: y}",
    "half a character": 'title: "\\uD800"',
    "deep": "title: " + "[" * 60 + "]" * 60,
    "two lines": "title: |\n  一\n  二\n",
}


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """The sample cases, and some that cannot be read."""
    shutil.copytree(ROOT / "cases", tmp_path / "cases", ignore=shutil.ignore_patterns("media", "attachments"))
    for name, front in ODD.items():
        folder = tmp_path / "cases" / "yueyang-2021" / f"odd-{name.replace(' ', '-')}"
        folder.mkdir()
        (folder / "index.md").write_text(f"---\n{front}\n---\n\n正文**很短**。\n", "utf-8")
    folder = tmp_path / "cases" / "yueyang-2021"
    (folder / "odd-empty").mkdir()
    (folder / "odd-bytes").mkdir()
    (folder / "odd-bytes" / "index.md").write_bytes(b"---\ntitle: \xd6\xd0\n---\n")
    (folder / "odd-ends").mkdir()
    (folder / "odd-ends" / "index.md").write_bytes("\ufeff---\r\ntitle: 一\r\n---\r\n\r\n正文\r\n".encode())
    return tmp_path / "cases"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Which bodies are read, and how often."""
    counted: Counter[str] = Counter()

    def counting(markdown: str) -> Body:
        counted[markdown] += 1
        return read_body(markdown)

    monkeypatch.setattr(reader, "read_body", counting)
    return counted


def test_what_is_recalled_is_what_is_read(cases: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    plain = read_catalog(cases)
    assert len(plain.submissions) > 40
    for _ in ("cold", "warm"):
        recalled = remembered_catalog(cases, store)
        assert recalled == plain
        for one, other in zip(recalled.submissions, plain.submissions, strict=True):
            assert repr(one) == repr(other)  # 1, 1.0 and True are equal
            assert one.document.marks == other.document.marks


def test_only_what_changed_is_read_again(cases: Path, tmp_path: Path, read: Counter[str]) -> None:
    store = Store(tmp_path / "store")
    remembered_catalog(cases, store)
    read.clear()
    remembered_catalog(cases, store)
    told = sum(read.values())
    assert told <= len(ODD) + 3  # those that nothing can be remembered of
    sound = next(cases.glob("yueyang-2021/quyuan-*/index.md"))
    sound.write_text(sound.read_text("utf-8") + "\n再补一句。\n", "utf-8")
    read.clear()
    remembered_catalog(cases, store)
    assert 1 <= sum(read.values()) - told < 8


def test_what_is_damaged_in_the_store_is_read_again(cases: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    plain = remembered_catalog(cases, store)
    for number, path in enumerate(sorted((tmp_path / "store" / readmemory._ROOM).rglob("*.json"))):
        path.write_bytes((b"", b"[]", b"\xff", path.read_bytes()[:-1])[number % 4])
    assert remembered_catalog(cases, store) == plain

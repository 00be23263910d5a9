"""A list of a front matter gets one item more, and every other byte of the file stays where it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from generator.catalog.document import read_document
from generator.intake.insertion import InsertionError, scalar, with_item

ITEM = "{level: 市级, grade: 一等奖, year: 2023}"
VALUE = {"level": "市级", "grade": "一等奖", "year": 2023}
OLD = "{level: 省级, grade: 入选, year: 2022}"

# How people write the field, with what it holds.
WAYS: dict[str, tuple[str, int]] = {
    "absent": ("", 0),
    "empty": ("honors:\n", 0),
    "empty, with a comment": ("honors: # 待定\n", 0),
    "null": ("honors: null  # 待定\n", 0),
    "tilde": ("honors: ~\n", 0),
    "brackets": ("honors: []\n", 0),
    "wide brackets": ("honors: [  ]  # 无\n", 0),
    "flow": (f"honors: [{OLD}]  # 见通报\n", 1),
    "flow with a last comma": (f"honors: [{OLD}, ]\n", 1),
    "flow over lines": (f"honors: [\n  {OLD}, # 第一个\n  {OLD} # 第二个\n]\n", 2),
    "lines": (f"honors:\n  - {OLD}\n", 1),
    "lines not indented, with comments": (f"honors:\n# 上面\n- {OLD} # 见通报\n# 下面\n", 1),
    "lines of lines": ('honors:\n    -   level: "省级"\n        grade: 入选\n        year: 2022  # 年\n\n', 1),
    "a last value in lines": ("honors:\n  - level: 省级\n    grade: 入选\n    doc_no: >-\n      某\n      号\n\n", 1),
    "a last value left out": ("honors:\n  - level: 省级\n    doc_no:\n", 1),
}
FIELDS = (
    "title: '引号的 ''标题'''  # 注\n",
    "unit: {name: 示例小学, region: lichuan}\n",
    "summary: |+\n  第一段\n\n  第二段\n\n",
    'keywords: ["甲", 乙,丙]\n',
    "# 只有注释\n",
    "\n",
    "intro: 折起来的\n  一句话\n",
    "consent:\n  given: true\n\n  date: 2023-01-01\n",
)


@given(
    before=some.lists(some.sampled_from(FIELDS), unique=True),
    way=some.sampled_from(sorted(WAYS)),
    after=some.sampled_from(FIELDS) | some.just(""),
    end=some.sampled_from(("\n", "\r\n", "\r")),
    mark=some.sampled_from((b"", b"\xef\xbb\xbf")),
    body=some.sampled_from(("", "\n## 正文\n\nhonors: []\n---\n尾\n", "没有换行的尾")),
)
def test_all_other_bytes_stay_and_the_values_are_the_old_ones_and_the_new(
    before: list[str], way: str, after: str, end: str, mark: bytes, body: str
) -> None:
    field, count = WAYS[way]
    fields = [*(one for one in before if one != after), field, after]
    text = f"---\nstatus: 草稿\n{''.join(fields)}---\n{body}"
    data = mark + text.replace("\n", end).encode()
    found = with_item(data, "honors", ITEM)
    old, new = read_document(data), read_document(found)
    assert new.front == {**old.front, "honors": [*(old.front.get("honors") or ()), VALUE]}
    assert len(new.front["honors"]) == count + 1
    assert new.body == old.body
    # A list takes the place of a null; that word alone goes.
    spared = data.replace(b"honors: null", b"honors: ").replace(b"honors: ~", b"honors: ")
    assert _is_insertion(spared, found)
    assert found.replace(end.encode(), b"").count(b"\n") + found.replace(end.encode(), b"").count(b"\r") == 0
    twice = read_document(with_item(found, "honors", ITEM))
    assert len(twice.front["honors"]) == count + 2


def _is_insertion(old: bytes, new: bytes) -> bool:
    """Whether *new* is *old* with bytes put in at one place."""
    start = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    return new.endswith(old[start:])


@pytest.mark.parametrize("field", ["honors: 一等奖\n", "honors: {level: 市级}\n", "honors: [\n", "honors: *a\n"])
def test_what_is_no_list_is_left_to_a_person(field: str) -> None:
    with pytest.raises(InsertionError):
        with_item(f"---\ntitle: x\n{field}---\n".encode(), "honors", ITEM)


def test_a_front_matter_in_braces_is_left_to_a_person() -> None:
    with pytest.raises(InsertionError, match="花括号"):
        with_item(b"---\n{title: x}\n---\n", "honors", ITEM)


def test_a_comment_stands_behind_an_item_that_has_its_line() -> None:
    found = with_item(b"---\ntitle: x\n---\n", "pictures", '{file: media/a.jpg, alt: ""}', "待填")
    assert found == '---\ntitle: x\npictures:\n  - {file: media/a.jpg, alt: ""}  # 待填\n---\n'.encode()


@given(some.text(some.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cf", "Cn", "Co")), min_size=1))
def test_every_line_is_written_so_that_it_reads_as_itself(text: str) -> None:
    for around in ("value: {}", "value: [{}]", "value: {{a: {}}}"):
        found: Any = read_document(f"---\n{around.format(scalar(text))}\n---\n".encode()).front["value"]
        while isinstance(found, list | dict):
            found = found[0] if isinstance(found, list) else found["a"]
        assert found == text


def test_every_sample_case_takes_an_honour(root: Path) -> None:
    for path in sorted((root / "cases").glob("*/*/index.md")):
        data = path.read_bytes()
        found = with_item(data, "honors", ITEM)
        assert _is_insertion(data, found), path

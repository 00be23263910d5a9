"""What markup tears apart is private all the same, and told on the line where it is written."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from generator.catalog.reader import read_catalog
from generator.check.examine import examine

from .overlay import BASE

INDEX = Path("call-2023/good-case/index.md")
LONG = "\n\n".join(f"第{i}段：学校有十二名学生，每周两节课。" for i in range(1, 21))


def _places(folder: Path, line: str) -> list[tuple[str, str]]:
    """Code, and the written line from the column told on, of what is private in a long text that holds *line*."""
    cases = folder / "cases"
    shutil.copytree(BASE / "cases", cases)
    head = (cases / INDEX).read_text("utf-8").partition("\n---\n")[0]
    text = f"{head}\n---\n\n{LONG}\n\n{line}\n\n{LONG}\n"
    (cases / INDEX).write_text(text, "utf-8")
    found = [one for one in examine(read_catalog(cases)).diagnostics if one.code.startswith("PRV")]
    return [(one.code, text.split("\n")[one.line - 1][one.column - 1 :]) for one in found]


@pytest.mark.parametrize(
    ("code", "line", "told"),
    [
        ("PRV009", "需要课件可加微**信** zhang\\_shili\\_88 索取。", "zhang\\_shili\\_88 索取。"),
        ("PRV009", "需要课件可加 *微*信：shi<b></b>li888888 索取。", "shi<b></b>li888888 索取。"),
        ("PRV002", "打 138**1234**5678 可以索取。", "138**1234**5678 可以索取。"),
        ("PRV002", "打 [138](https://example.org/a)1234`5678` 索取。", "138](https://example.org/a)1234`5678` 索取。"),
        ("PRV002", "打 &#49;38**1234**5678 可以索取。", "&#49;38**1234**5678 可以索取。"),
        ("PRV002", "课件请向示例老师索取：138[^1]12345678。\n\n[^1]: 上课时关机。", "课件请向示例老师索取：138[^1]12345678。"),
    ],
)  # fmt: skip
def test_torn_data_are_told_on_their_own_line(tmp_path: Path, code: str, line: str, told: str) -> None:
    assert _places(tmp_path, line) == [(code, told)]


def test_a_text_made_to_cost_time_costs_none(tmp_path: Path) -> None:
    hostile = "打 1" + "<><&#5;>" * 20_000 + " 可以。打 &#49;3812345678 可以索取。"
    before = time.process_time()
    assert _places(tmp_path, hostile)
    assert time.process_time() - before < 10

"""A small cases/ to read, with one call and one case."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.catalog.submission import Catalog, Submission

CASE = "---\ntitle: 一个案例\nunit: {name: 示例小学, region: yunxi}\ncategory: 学校\n---\n\n正文。\n"
CALL = """\
id: call
kind: 案例遴选
title: 一次活动
short_title: 活动
year: 2021
issuer: {unit: 某局, level: 市级}
status: 已公布
"""


@pytest.fixture
def cases(tmp_path: Path, root: Path) -> Path:
    """A cases/ with one call and one case."""
    folder = tmp_path / "cases"
    (folder / "call" / "one").mkdir(parents=True)
    for name in ("regions.yml", "vocabulary.yml"):
        shutil.copy(root / "cases" / name, folder / name)
    (folder / "call" / "campaign.yml").write_text(CALL, "utf-8")
    (folder / "call" / "notice.md").write_text("通知。\n", "utf-8")
    (folder / "call" / "one" / "index.md").write_text(CASE, "utf-8")
    return folder


def only_case(catalog: Catalog) -> Submission:
    (submission,) = catalog.submissions
    return submission

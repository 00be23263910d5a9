"""`showcase fix` on real folders: what it writes, what it only says, and what it never touches."""

from __future__ import annotations

import csv
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pillow_heif
import pytest
from click.testing import CliRunner, Result
from PIL import Image

from generator.cli import main
from generator.intake.mending import folder as disk

CASE = "cases/yueyang-2021/nanhu-reading-pavilion"
INDEX = """---
title：午间三分钟: 校园广播
“unit”：
  name:岳阳楼区示例小学
  region: yueyanglou   # 地区
category: 学校
authors:
  - {name: 陈示例, phone: 13800001111}
cover: media/图1.HEIC
pictures:
  - file: "media/图1.HEIC"
    alt: 课堂
videos:
  - file: media/课例 1.MP4
    title: 一节课
    captions: media/字幕.srt
published: 2021/11/24
---

## 背景

![课堂](media/图1.HEIC "图1")
"""
MENDED = """---
title: "午间三分钟: 校园广播"
unit:
  name: 岳阳楼区示例小学
  region: yueyanglou   # 地区
category: 学校
authors:
  - {name: 陈示例, phone: 13800001111}
cover: media/tu-1.jpg
pictures:
  - file: "media/tu-1.jpg"
    alt: 课堂
videos:
  - file: media/ke-li-1.mp4
    title: 一节课
    captions: media/zi-mu.vtt
published: 2021-11-24
---

## 背景

![课堂](media/tu-1.jpg "图1")
"""


@pytest.fixture
def project(make_project: Callable[..., Path]) -> Path:
    folder = make_project("yueyang-2021/nanhu-reading-pavilion")
    for path in sorted((folder / CASE).rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    media = folder / CASE / "media"
    media.mkdir()
    (folder / CASE / "index.md").write_bytes(INDEX.replace("\n", "\r\n").encode("gbk"))
    pillow_heif.from_pillow(Image.new("RGB", (64, 48), "red")).save(media / "图1.HEIC")
    (media / "字幕.srt").write_text("1\n00:00:01,000 --> 00:00:02,000\n大家好\n", "gbk")
    (media / "课例 1.MP4").write_bytes(b"film")
    return folder


def run(project: Path, *words: str) -> Result:
    line = ["-f", str(project / "mkdocs.yml"), "fix", *words]
    return CliRunner().invoke(main, line, env={"SHOWCASE_WORKERS": "0"}, catch_exceptions=False)


def files(project: Path) -> dict[str, bytes]:
    case = project / CASE
    return {path.relative_to(case).as_posix(): path.read_bytes() for path in case.rglob("*") if path.is_file()}


def test_a_folder_is_mended_whole_and_a_second_run_finds_nothing(project: Path) -> None:
    done = run(project)
    assert done.exit_code == 0
    after = files(project)
    assert after["index.md"].decode() == MENDED
    assert set(after) == {"index.md", "media/tu-1.jpg", "media/zi-mu.vtt", "media/ke-li-1.mp4"}
    assert (after["media/tu-1.jpg"][:2], after["media/zi-mu.vtt"][:6]) == (b"\xff\xd8", b"WEBVTT")
    assert after["media/ke-li-1.mp4"] == b"film"
    for said in ("编码由 GBK 改为 UTF-8", "换行改为 LF", "转换 media/图1.HEIC → media/tu-1.jpg",
                 "改名 media/课例 1.MP4 → media/ke-li-1.mp4", "published：2021/11/24 → 2021-11-24",
                 "没有改：个人信息“authors.phone”不能留在信息区"):  # fmt: skip
        assert said in done.output
    assert "13800001111" not in done.output
    again = run(project)
    assert "没有要改的。" in again.output
    assert files(project) == after


def test_a_difference_is_shown_masked_and_nothing_is_written(project: Path, tmp_path: Path) -> None:
    before = files(project)
    done = run(project, "--diff", "--private-out", str(tmp_path / "register.csv"))
    assert files(project) == before
    assert not (tmp_path / "register.csv").exists()
    assert "-title：午间三分钟: 校园广播\n" in done.output
    assert '+title: "午间三分钟: 校园广播"\n' in done.output
    assert "13800001111" not in done.output
    assert "会改 1 个案例，没有写任何文件。" in done.output


def test_a_difference_shows_no_private_field_of_any_kind(project: Path, tmp_path: Path) -> None:
    (project / CASE / "index.md").write_text("---\ntitle：甲\n联系人：王示例校长\n---\n")
    for words in ((), ("--private-out", str(tmp_path / "register.csv"))):
        done = run(project, "--diff", *words)
        assert "-联系人：***\n" in done.output
        assert "王示例校长" not in done.output


def test_private_fields_go_to_a_table_outside_the_repository(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "register.csv"
    for _ in range(2):
        assert run(project, "--private-out", str(out)).exit_code == 0
        assert files(project)["index.md"].decode() == MENDED.replace(", phone: 13800001111", "")
        (project / CASE / "index.md").write_text(MENDED)  # as after a run that died between the two files
    rows = list(csv.reader(out.read_text("utf-8-sig").splitlines()))
    assert rows == [["案例", "项目", "内容"], ["yueyang-2021/nanhu-reading-pavilion", "authors.phone", "13800001111"]]
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_no_table_is_written_inside_the_repository_or_over_something_else(project: Path, tmp_path: Path) -> None:
    before = files(project)
    (tmp_path / "link").symlink_to(project)
    for inside in (project / "register.csv", tmp_path / "link" / "register.csv"):
        done = run(project, "--private-out", str(inside))
        assert (done.exit_code, inside.exists(), files(project)) == (2, False, before)
    (tmp_path / "notes.txt").write_text("别的内容\n")
    assert run(project, "--private-out", str(tmp_path / "notes.txt")).exit_code == 2
    assert ((tmp_path / "notes.txt").read_text(), files(project)) == ("别的内容\n", before)


def test_no_link_is_followed(project: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "index.md").write_text("---\ntitle：别处\n---\n")
    (elsewhere / "图.JPG").write_bytes(b"x")
    case = project / CASE
    (case / "外面").symlink_to(elsewhere)
    (case / "media" / "外.JPG").symlink_to(elsewhere / "图.JPG")
    (case.parent / "linked").symlink_to(elsewhere)
    (case.parent / "other").mkdir()
    (case.parent / "other" / "index.md").symlink_to(elsewhere / "index.md")
    run(project)
    assert sorted(path.name for path in elsewhere.iterdir()) == ["index.md", "图.JPG"]
    assert (elsewhere / "index.md").read_text() == "---\ntitle：别处\n---\n"
    assert (case / "外面").is_symlink()
    assert (case / "media" / "外.JPG").is_symlink()
    assert (case.parent / "other" / "index.md").is_symlink()


def test_only_what_is_asked_for_is_mended(project: Path) -> None:
    other = project / CASE / ".." / "other"
    other.mkdir()
    (other / "index.md").write_text("---\ntitle：别的\n---\n")
    assert run(project, str(project / CASE / "media")).exit_code == 0
    assert (other / "index.md").read_text() == "---\ntitle：别的\n---\n"
    assert files(project)["index.md"].decode() == MENDED
    assert run(project, str(project / "nowhere")).exit_code == 2


def test_while_the_text_cannot_be_read_no_file_moves(project: Path) -> None:
    (project / CASE / "index.md").write_text("---\ntitle：甲\ntopics: [a\n---\n\n![x](media/图1.HEIC)\n")
    done = run(project)
    after = files(project)
    assert after["index.md"].decode() == "---\ntitle: 甲\ntopics: [a\n---\n\n![x](media/图1.HEIC)\n"
    assert "media/图1.HEIC" in after
    assert "还读不出来" in done.output


def test_a_file_stays_where_a_reference_to_it_cannot_be_changed(project: Path) -> None:
    text = "---\ntitle: 甲\ncover: |-\n  media/图1.HEIC\n---\n\n![x](media/图1.HEIC)\n"
    (project / CASE / "index.md").write_text(text)
    done = run(project)
    assert files(project)["index.md"].decode() == text
    assert "media/图1.HEIC" in files(project)
    assert "media/图1.HEIC 有一处引用写法少见，没有改名" in done.output


def test_a_run_that_dies_leaves_every_reference_with_its_file(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files(project)

    def dies(path: Path, data: bytes, mode: int | None = None) -> None:
        if path.name == "index.md":
            raise OSError(28, os.strerror(28))
        written(path, data, mode)

    written = disk.write
    monkeypatch.setattr(disk, "write", dies)
    done = run(project)
    assert done.exit_code == 2
    assert "磁盘满了，请清理出空间。请检查权限和磁盘空间" in done.output
    assert before.items() <= files(project).items()
    assert not list((project / CASE).rglob(".*"))

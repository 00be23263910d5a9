"""What the calls ask of files is checked on the originals as handed in, by their content, with nothing encoded."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from media.samples import clip
from PIL import Image

from conftest import MakeProject
from generator import readyflow
from generator.check.diagnostics import Diagnostic
from generator.settings import read_settings

STORY = "enshi-2023/zhouzhi-dawn-redwood-diary"
REPORT = "enshi-2023/enshi-evening-request-slips"
PUPILS = "yueyang-2021/quyuan-nineteen-pupils"
Said = dict[str, Diagnostic]


def said_of(project: Path) -> Said:
    """What `showcase check` says, by code; it must have made nothing."""
    examined = readyflow.check(read_settings(project / "mkdocs.yml"))
    made = [path for path in (project / ".showcase" / "store" / "media").rglob("*") if path.is_file()]
    assert made == [], "something was derived"
    return {one.code: one for one in examined.verdict.diagnostics}


def swapped(text_file: Path, *pairs: tuple[str, str]) -> None:
    text = text_file.read_text("utf-8")
    for before, after in pairs:
        assert before in text, before
        text = text.replace(before, after)
    text_file.write_text(text, "utf-8")


@pytest.fixture
def micro_video(make_project: MakeProject) -> Said:
    """A story of category C whose video is an upright 720×1280 Matroska, narrated, without captions."""
    project = make_project(STORY, own_store=True)
    case_dir = project / "cases" / STORY
    (case_dir / "media" / "redwood-year.mp4").unlink()
    clip(case_dir / "media" / "made.mkv", size="720x1280")
    # Under the name of an MP4: what it is, its content says.
    (case_dir / "media" / "made.mkv").rename(case_dir / "media" / "redwood-year.mp4")
    swapped(case_dir / "index.md", ("    captions: media/redwood-year.srt\n", ""))
    return said_of(project)


def test_the_shorter_side_of_a_video_is_measured_against_1080(micro_video: Said) -> None:
    found = micro_video["MED012"]
    assert found.quote == "分辨率不低于1080P"
    assert "二2" in found.clause
    assert all(part in found.message.zh for part in ("media/redwood-year.mp4", "720×1280", "1080P"))


def test_a_video_must_be_what_the_call_names_whatever_its_name(micro_video: Said) -> None:
    found = micro_video["MED008"]
    assert found.quote == "微视频统一为MP4格式"
    assert all(part in found.message.zh for part in ("media/redwood-year.mp4", "matroska", "mp4"))


def test_narration_asks_for_captions_in_the_words_of_the_call(micro_video: Said) -> None:
    found = micro_video["MED007"]
    assert found.quote == "如有旁白请添加字幕"
    assert "media/redwood-year.mp4" in found.message.zh


def test_a_turned_video_of_1080_is_high_enough(make_project: MakeProject) -> None:
    project = make_project(STORY, own_store=True)
    clip(project / "cases" / STORY / "media" / "redwood-year.mp4", size="1080x1920", seconds=0.2)
    assert "MED012" not in said_of(project)


def test_pictures_of_the_text_are_counted_against_five(make_project: MakeProject) -> None:
    project = make_project(REPORT, own_store=True)
    index = project / "cases" / REPORT / "index.md"
    body = "\n\n".join(f"![第{i}张插图里的点播单](media/slips.jpg)" for i in range(1, 7))
    index.write_text(index.read_text("utf-8") + "\n\n" + body + "\n", "utf-8")
    found = said_of(project)["MED005"]
    assert found.quote == "插图控制在5张以内"
    assert "不超过 5 张" in found.message.zh


def test_a_picture_is_weighed_against_three_million_bytes(make_project: MakeProject) -> None:
    project = make_project(PUPILS, own_store=True)
    Image.new("RGB", (4000, 3000), (120, 160, 90)).save(project / "cases" / PUPILS / "media" / "two-screens.jpg")
    found = said_of(project)["MED010"]
    assert found.quote == "图片大小不低于3M"
    assert all(part in found.message.zh for part in ("media/two-screens.jpg", "MB", "3 MB", "歧义"))


def test_a_picture_must_be_what_the_call_names_whatever_its_name(make_project: MakeProject) -> None:
    project = make_project(PUPILS, own_store=True)
    Image.new("RGB", (400, 300), (120, 160, 90)).save(
        project / "cases" / PUPILS / "media" / "two-screens.jpg", format="PNG"
    )
    found = said_of(project)["MED008"]
    assert "JPEG" in found.quote
    assert all(part in found.message.zh for part in ("media/two-screens.jpg", "png", "jpg"))


def test_supporting_material_is_counted_against_five(make_project: MakeProject) -> None:
    project = make_project(PUPILS, own_store=True)
    case_dir = project / "cases" / PUPILS
    (case_dir / "attachments").mkdir()
    source = project.parent / "one.pdf"
    shutil.copy(next((Path(__file__).parents[2] / "cases").rglob("*.pdf")), source)
    rows = []
    for number in range(1, 7):
        shutil.copy(source, case_dir / "attachments" / f"paper-{number}.pdf")
        rows.append(f"  - {{file: attachments/paper-{number}.pdf, title: 制度第{number}号（示例）, kind: 管理制度}}\n")
    swapped(case_dir / "index.md", ("honors:\n", "attachments:\n" + "".join(rows) + "honors:\n"))
    found = said_of(project)["MED006"]
    assert found.quote == "支撑材料原则上不超过5项"
    assert "6 项" in found.message.zh

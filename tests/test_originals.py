"""Originals that are not in the folder: elsewhere, they become pages; as pointers of Git LFS, they are named for that alone."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from media.samples import clip
from media.servers import Shop, serving

from conftest import MakeProject
from generator import pipeline, readyflow
from generator.check.examine import Verdict
from generator.cli import main
from generator.settings import read_settings
from generator.store import Store

CASE = "yueyang-2021/quyuan-nineteen-pupils"
PICTURE = "media/two-screens.jpg"
POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"4d7a" * 16 + b"\nsize 12345\n"


@pytest.fixture
def shop() -> Iterator[Shop]:
    with serving() as one:
        yield one


@pytest.fixture
def project(make_project: MakeProject) -> Iterator[Path]:
    """One case; originals that its runs fetched do not stay in the repository's store."""
    folder = make_project(CASE)
    originals = folder / ".showcase" / "store" / "originals"
    shutil.rmtree(originals, ignore_errors=True)
    yield folder
    shutil.rmtree(originals, ignore_errors=True)


def allow(project: Path, *prefixes: str) -> None:
    path = project / "mkdocs.yml"
    rows = "".join(f"\n        - {prefix}" for prefix in prefixes)
    path.write_text(
        path.read_text("utf-8").replace("      sample: true", f"      originals:{rows}\n      sample: true")
    )


def edit(project: Path, pattern: str, instead: str) -> None:
    path = project / "cases" / CASE / "index.md"
    text, count = re.subn(pattern, instead, path.read_text("utf-8"), count=1, flags=re.MULTILINE)
    assert count == 1
    path.write_text(text, "utf-8")


def put_elsewhere(project: Path, shop: Shop, small_clip: Path) -> bytes:
    """The case's picture and a video on the server instead of the folder; gives the video."""
    picture = project / "cases" / CASE / PICTURE
    data, video = picture.read_bytes(), small_clip.read_bytes()
    picture.unlink()
    rows = f"source: {shop.put('originals/a.jpg', data)}\n    sha256: {hashlib.sha256(data).hexdigest().upper()}"
    edit(project, rf"^  - file: {PICTURE}$", f"  - file: {PICTURE}\n    {rows}")
    rows = f"source: {shop.put('originals/b.mp4', video)}\n    sha256: {hashlib.sha256(video).hexdigest()}"
    edit(
        project,
        "^honors:$",
        f"videos:\n  - file: media/class.mp4\n    title: 一节课\n    narration: none\n    {rows}\nhonors:",
    )
    return video


def said(verdict: Verdict) -> dict[str, str]:
    return {one.code: f"{one.file}:{one.line}:{one.column} {one.message.zh}" for one in verdict.diagnostics}


@pytest.fixture(scope="module")
def plain_clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return clip(tmp_path_factory.mktemp("clips") / "plain.mp4", after=("-movflags", "+faststart"))


def test_an_original_elsewhere_becomes_a_page_and_the_site_tells_nothing_of_it(
    project: Path, shop: Shop, plain_clip: Path
) -> None:
    video = put_elsewhere(project, shop, plain_clip)
    allow(project, shop.address + "originals/")
    settings = read_settings(project / "mkdocs.yml")
    stages: set[str] = set()
    built = pipeline.build(settings, progress=lambda stage, _done, _total: stages.add(stage))
    assert [one for one in built.verdict.diagnostics if one.severity == "error"] == []
    assert any(stage.startswith("下载原件") for stage in stages)
    page = (project / "site" / "cases" / CASE / "index.html").read_text("utf-8")
    assert re.search(r'<source [^>]*src="[^"]+\.mp4"', page)
    assert re.search(r"<img [^>]*alt=\"村小教室里", page)
    files = [path.read_bytes() for path in (project / "site").rglob("*") if path.is_file()]
    assert len(files) > 20
    for data in files:
        assert shop.address.encode() not in data
        assert hashlib.sha256(video).hexdigest().encode() not in data
        assert data != video
    asked = list(shop.asked)
    assert sorted(asked) == ["/originals/a.jpg", "/originals/b.mp4"]

    store = Store(settings.store_dir)
    again = pipeline.build(settings, store=store)
    assert again.media_made == again.pages_made == 0
    assert shop.asked == asked
    kept = [path for path in (settings.store_dir / "originals").rglob("*") if path.is_file()]
    assert len(kept) == 2
    assert {str(path) for path in kept} <= store.named


def test_without_its_server_the_case_is_withheld_and_the_next_run_has_it(
    project: Path, shop: Shop, plain_clip: Path
) -> None:
    put_elsewhere(project, shop, plain_clip)
    allow(project, shop.address)
    answers = dict(shop.answers)
    shop.answers.clear()
    done = CliRunner().invoke(main, ["-f", str(project / "mkdocs.yml"), "check"])
    assert done.exit_code == 1
    text = (project / "cases" / CASE / "index.md").read_text("utf-8").splitlines()
    lines = [number for number, line in enumerate(text, 1) if line.startswith("    source: ")]
    for line, name in zip(lines, (PICTURE, "media/class.mp4"), strict=True):
        assert f"cases/{CASE}/index.md:{line}:13: error MED025: 取不到 {name} 的原件：" in done.output
    assert "那里没有这个文件" in done.output
    assert "下次运行会再取一次" in done.output
    assert done.output.count(" error ") == 2
    shop.answers.update(answers)
    assert CliRunner().invoke(main, ["-f", str(project / "mkdocs.yml"), "check"]).exit_code == 0


def test_without_the_setting_nothing_is_asked_for_and_the_setting_is_named(
    project: Path, shop: Shop, plain_clip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_elsewhere(project, shop, plain_clip)
    verdict = readyflow.check(read_settings(project / "mkdocs.yml")).verdict
    assert said(verdict).keys() == {"MED024"}
    assert "originals" in verdict.diagnostics[0].message.zh + verdict.diagnostics[0].fix.zh
    assert verdict.withheld == {CASE}
    assert shop.asked == []
    monkeypatch.setenv("SHOWCASE_ORIGINALS", f"https://elsewhere.example.org/ {shop.address}originals")
    assert not readyflow.check(read_settings(project / "mkdocs.yml")).verdict.has_errors


@pytest.mark.parametrize(
    "wrong", ["media.example.cn/", "https://u:p@media.example.cn/", "https://a.cn/../b/", "https://a.cn/x?k=v"]
)
def test_a_prefix_that_is_no_address_stops_with_two(project: Path, wrong: str) -> None:
    allow(project, f'"{wrong}"')
    done = CliRunner().invoke(main, ["-f", str(project / "mkdocs.yml"), "check"])
    assert done.exit_code == 2
    assert "originals" in done.output


def _named(text: list[str]) -> list[tuple[int, str]]:
    """The line of each file of the front matter that is named for the first time, and its name."""
    first: dict[str, int] = {}
    for number, line in enumerate(text, 1):
        for name in re.findall(r"(?:media|attachments)/[a-z.-]+", line.partition("]")[0]):
            first.setdefault(name, number)
    return [(line, name) for name, line in first.items()]


@pytest.mark.parametrize("padding", [0, 900, 5_000_000])
def test_a_pointer_of_git_lfs_is_told_as_that_and_nothing_else_is_said_of_it(project: Path, padding: int) -> None:
    folder = project / "cases" / CASE
    pointer = POINTER + b"x" * padding
    (folder / PICTURE).write_bytes(pointer)
    for name in ("media/class.mp4", "media/class.srt", "media/poster.jpg", "attachments/a.pdf", "attachments/b.docx"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(pointer)
    rows = (
        "videos:\n  - file: media/class.mp4\n    title: 一节课\n    captions: media/class.srt\n"
        "    poster: media/poster.jpg\n    narration: spoken\nattachments:\n"
        "  - {file: attachments/a.pdf, title: 甲, kind: 工作方案}\n  - {file: attachments/b.docx, title: 乙, kind: 工作方案}\n"
        "honors:"
    )
    edit(project, "^honors:$", rows)
    verdict = readyflow.check(read_settings(project / "mkdocs.yml")).verdict
    assert {one.code for one in verdict.diagnostics} == {"MED002"}
    text = (folder / "index.md").read_text("utf-8").splitlines()
    places = [(line, text[line - 1].index(name) + 1) for line, name in _named(text)]
    assert [(one.line, one.column) for one in verdict.diagnostics] == places
    for one in verdict.diagnostics:
        assert one.file == f"cases/{CASE}/index.md"
        assert "git lfs pull" in one.message.zh

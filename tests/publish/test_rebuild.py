"""docs/operate.md, “Backups, and a site from nothing”: its lines make the same site again when all else is lost."""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path

import pytest
from broken.projects import differences
from docs.runs import install, with_origin
from media.samples import clip
from PIL import Image
from webserver.server import free_port

from conftest import ROOT, SMALL, laid_out

from .lives import REBUILD, Site, World, machines, rebuilt


@pytest.fixture(scope="module")
def world(ssh_programs: None, tmp_path_factory: pytest.TempPathFactory) -> World:
    """A repository at its host, an original outside of it, and nothing else."""
    world = World(folder=tmp_path_factory.mktemp("world"), port=free_port())
    world.originals.mkdir()
    world.backup.mkdir()
    editors = laid_out(world.folder / "editors", *SMALL, own_store=True)
    _with_everything(editors, world)
    install(editors)
    world.origin.parent.mkdir()
    with_origin(editors, world.origin)
    shutil.rmtree(editors)
    return world


def _with_everything(project: Path, world: World) -> None:
    """A case with an original elsewhere, a video with captions, a paper and an old address; the other one is withdrawn."""
    settings = project / "mkdocs.yml"
    text = settings.read_text("utf-8").replace("https://showcase.example.org/", f"http://127.0.0.1:{world.port}/")
    text, count = re.subn("sample: true", f"sample: false\n      originals: [file://{world.originals}/]", text)
    assert count == 1
    settings.write_text(text, "utf-8")

    shown, withdrawn = (project / "cases" / case for case in SMALL)
    picture = shown / "media" / "two-screens.jpg"
    with Image.open(picture) as image:
        image.reduce(4).save(
            world.originals / picture.name, quality=90
        )  # of a whole one, most of the time would be AVIF
    picture.unlink()
    sha256 = hashlib.sha256((world.originals / picture.name).read_bytes()).hexdigest()
    clip(shown / "media" / "lesson.mp4")
    (shown / "media" / "lesson.srt").write_text("1\n00:00:00,000 --> 00:00:01,000\n上课了\n", "utf-8")
    (shown / "attachments").mkdir()
    papers = ROOT / "cases" / "yueyang-2021" / "yunxi-safe-chemistry" / "attachments"
    shutil.copy(papers / "ten-experiments.pdf", shown / "attachments" / "plan.pdf")
    _edit(
        shown,
        "  - file: media/two-screens.jpg\n",
        f"  - file: media/two-screens.jpg\n    source: file://{world.originals}/{picture.name}\n    sha256: {sha256}\n",
    )
    _edit(
        shown,
        "\nhonors:",
        "\nvideos:\n  - {file: media/lesson.mp4, title: 一节课, captions: media/lesson.srt}\n"
        "attachments:\n  - {file: attachments/plan.pdf, title: 方案, kind: 工作方案}\naliases: [old-pupils]\nhonors:",
    )
    _edit(withdrawn, "status: 已公布", "status: 已撤回")


def _edit(case: Path, words: str, instead: str) -> None:
    text = (case / "index.md").read_text("utf-8")
    assert text.count(words) == 1, words
    (case / "index.md").write_text(text.replace(words, instead), "utf-8")


@pytest.fixture(scope="module")
def before(world: World) -> Site:
    """The site before the loss, made by the same lines, and the copies that the section asks for; then all else is destroyed."""
    with (
        pytest.MonkeyPatch.context() as patch,
        machines(world, world.folder / "first", world.origin, patch) as life,
        rebuilt(life, has_store=False) as site,
    ):
        for line in REBUILD.fences("sh")[0].splitlines():
            life.type(line)
    shutil.rmtree(world.origin.parent)
    return site


def assert_same(site: Site, before: Site) -> None:
    """In the clone, on the server and before visitors; the release alone has another moment in its name."""
    assert differences(site.built, before.built) == []
    assert differences(site.on_the_server, before.on_the_server) == []
    assert [path for path in before.answers if site.answers.get(path) != before.answers[path]] == []
    (later, digits), (earlier, same_digits) = site.release.split("-"), before.release.split("-")
    assert (later > earlier, digits) == (True, same_digits)


def test_the_site_that_is_lost_has_what_a_site_can_have(before: Site) -> None:
    assert len(before.answers) > 100
    assert before.answers[f"cases/{SMALL[0]}/index.html"].status == 200
    assert "案例已撤回" in before.answers[f"cases/{SMALL[1]}/index.html"].body.decode()
    kinds = {Path(path).suffix for path in before.answers}
    assert kinds >= {".html", ".mp4", ".vtt", ".pdf", ".avif", ".webp", ".gz", ".br", ".xml", ".json", ".css", ".js"}
    assert any(path.startswith("moved/") for path in before.answers)


def test_from_the_repository_and_the_media_store_the_same_site_is_made(
    before: Site, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = world.originals.rename(world.folder / "gone")  # what lay outside is in the store
    try:
        with (
            machines(world, tmp_path / "second", world.backup / "site.git", monkeypatch) as life,
            rebuilt(life, has_store=True) as site,
        ):
            assert "没有处理媒体" in site.said["scripts/build"]
            _, clone_lines, site_lines = REBUILD.fences("sh")
            shutil.rmtree(life.clone)  # the clone alone was lost
            for line in clone_lines.splitlines():
                life.type(line)
            assert f"没有变化，线上仍是 {site.release}" in life.type(site_lines.splitlines()[-1])
    finally:
        gone.rename(world.originals)
    assert_same(site, before)


def test_without_the_media_store_all_is_derived_anew_and_is_the_same(
    before: Site, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        machines(world, tmp_path / "third", world.backup / "site.git", monkeypatch) as life,
        rebuilt(life, has_store=False) as site,
    ):
        made = re.search(r"本次处理媒体 (\d+) 个", site.said["scripts/build"])
        assert made and int(made[1]) > 5
    assert_same(site, before)

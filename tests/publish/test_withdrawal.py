"""Withdrawal is final: no kept release says a word of the case, and no way back brings it back. DOMAIN: decision 7."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import MakeProject
from generator.cli import main
from generator.errors import PublishError
from generator.publish.census import Census
from generator.publish.folder import Folder
from generator.publish.release import Release
from generator.publish.transfer import Published, publish, releases, rollback

from .conftest import NOW, MakeSite, left_overs, live
from .test_interrupted import killed_before

A, B, OLD = "cases/call/a/", "cases/call/b/", "cases/call/old/"
BOTH = {"index.html": "首页 机密甲 乙", f"{A}index.html": "机密甲", f"{B}index.html": "乙", "media/a.jpg": "机密甲的图"}
WITHOUT = {"index.html": "首页 乙", f"{A}index.html": "案例已撤回", f"{B}index.html": "乙"}
HAS_BOTH = Census(cases={A: (), B: ()})
HAS_B = Census(cases={B: ()}, withdrawn=frozenset({A}))

Send = Callable[..., Published]


def contents_under(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """Every file with its bytes, and every member of every package."""
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            data = path.read_bytes()
            yield path, data
            if zipfile.is_zipfile(io.BytesIO(data)):
                with zipfile.ZipFile(io.BytesIO(data)) as package:
                    for name in package.namelist():
                        yield path / name, package.read(name)


def holding(folder: Path, words: str) -> list[Path]:
    return [path for path, data in contents_under(folder) if words.encode() in data]


@pytest.fixture
def send(make_site: MakeSite, target_dir: Path) -> Send:
    def run(pages: dict[str, str], census: Census, *, keep: int = 5) -> Published:
        return publish(make_site(pages, census), Folder(target_dir), keep=keep, now=NOW, max_lost_percent=None)

    return run


def test_every_release_that_holds_the_case_goes_and_the_others_stay(send: Send, target_dir: Path) -> None:
    before = send({"index.html": "首页", f"{B}index.html": "乙"}, Census(cases={B: ()})).release
    held = [send({**BOTH, "about/index.html": f"第{turn}版"}, HAS_BOTH).release.id for turn in range(2)]
    assert len(holding(target_dir, "机密甲")) == 6  # home, its page, its picture, in each
    done = send(WITHOUT, HAS_B)
    assert done.purge.releases == tuple(held)
    assert done.purge.cases == (A,)
    # Home, the case's page, its picture, and both editions of a page that only those releases had.
    assert done.purge.files == 5
    assert done.withdrawn == 1
    assert [release.id for release in releases(Folder(target_dir))] == [before.id, done.release.id]
    assert holding(target_dir, "机密甲") == []
    assert left_overs(target_dir) == []
    assert live(target_dir) == WITHOUT


def test_the_way_back_leads_past_what_was_purged(send: Send, target_dir: Path) -> None:
    before = send({"index.html": "首页"}, Census()).release
    held = send(BOTH, HAS_BOTH).release
    send(WITHOUT, HAS_B)
    assert rollback(Folder(target_dir), None).id == before.id
    with pytest.raises(PublishError, match="没有版本"):
        rollback(Folder(target_dir), held.id)


@pytest.mark.parametrize("has_older", [False, True])
def test_whether_a_way_back_is_left_is_told_before_and_after(
    make_site: MakeSite, send: Send, target_dir: Path, root: Path, tmp_path: Path, has_older: bool
) -> None:
    def said(*words: str) -> str:
        done = CliRunner().invoke(main, ["-f", str(tmp_path / "mkdocs.yml"), "publish", *words, str(target_dir)])
        assert done.exit_code == 0, done.output
        return done.output

    (tmp_path / "mkdocs.yml").write_text((root / "mkdocs.yml").read_text("utf-8"), "utf-8")
    if has_older:
        send({"index.html": "首页"}, Census())
    send(BOTH, HAS_BOTH)
    make_site(WITHOUT, HAS_B)
    for dry_run, foretold in ((["--dry-run"], "发布后有问题"), ([], "网站有问题")):
        words = said("--force", *dry_run)
        assert "含有已撤回案例的旧版本 1 个" in words
        assert ("没有更早的版本可以切回" in words and foretold in words) == (not has_older)
    # Nothing is purged any more: that was told once.
    assert "没有更早的版本" not in said() + said("--dry-run")


def test_a_case_of_an_open_award_list_goes_too(send: Send, target_dir: Path) -> None:
    send({"index.html": "机密甲 公示"}, Census(announced={A: ()}))
    assert len(send(WITHOUT, HAS_B).purge.releases) == 1
    assert holding(target_dir, "机密甲") == []


def test_a_case_goes_under_the_names_that_it_had_before(send: Send, target_dir: Path) -> None:
    """It was renamed, and its text, with the old address in it, was emptied when it was withdrawn."""
    send({"index.html": "机密甲", f"{OLD}index.html": "机密甲"}, Census(cases={OLD: ()}))
    send({**BOTH, f"{OLD}index.html": "页面已移动"}, Census(cases={A: (OLD,), B: ()}))
    assert len(send(WITHOUT, HAS_B).purge.releases) == 2
    assert holding(target_dir, "机密甲") == []


def test_a_case_whose_folder_was_removed_or_that_is_a_draft_again_is_not_withdrawn(
    send: Send, target_dir: Path
) -> None:
    first = send(BOTH, HAS_BOTH).release
    done = send({"index.html": "首页 乙", f"{B}index.html": "乙"}, Census(cases={B: ()}))
    assert (done.purge.releases, done.withdrawn) == ((), 0)
    assert rollback(Folder(target_dir), None).id == first.id


def test_a_case_that_is_public_again_is_kept(send: Send, target_dir: Path) -> None:
    send(WITHOUT, HAS_B)
    back = [send({**BOTH, "about/index.html": f"第{turn}版"}, HAS_BOTH) for turn in range(2)]
    assert [done.purge.releases for done in back] == [(), ()]
    assert rollback(Folder(target_dir), None).id == back[0].release.id


def test_a_release_without_its_manifest_that_may_hold_the_case_is_told_every_night(
    send: Send, target_dir: Path
) -> None:
    held = send(BOTH, HAS_BOTH).release
    harmless = send({"index.html": "首页"}, Census()).release
    for release in (held, harmless):
        (target_dir / "releases" / f"{release.id}.json").unlink()
    for _ in range(2):
        with pytest.raises(PublishError, match="没有清单") as caught:
            send(WITHOUT, HAS_B)
        assert held.id in str(caught.value) and harmless.id not in str(caught.value)
        assert live(target_dir) == WITHOUT


def _is_refused(target_dir: Path, release: Release) -> bool:
    try:
        return rollback(Folder(target_dir), release.id).id != release.id
    except PublishError as error:
        return "已撤回的案例" in str(error)


def test_a_purge_that_is_killed_at_any_moment_lets_nothing_back_and_the_next_run_finishes_it(
    make_site: MakeSite, tmp_path: Path
) -> None:
    deed, refused, was_killed = 0, 0, True
    while was_killed:
        target_dir = tmp_path / f"srv-{deed}"
        for turn in range(3):
            site_dir = make_site({**BOTH, "about/index.html": f"第{turn}版"}, HAS_BOTH)
            publish(site_dir, Folder(target_dir), keep=5, now=NOW, max_lost_percent=None)
        site_dir = make_site(WITHOUT, HAS_B)
        was_killed = killed_before(
            deed, partial(publish, site_dir, Folder(target_dir), keep=5, now=NOW, max_lost_percent=None)
        )
        if live(target_dir) == WITHOUT:
            for release in releases(Folder(target_dir)):
                if not release.is_current:
                    assert _is_refused(target_dir, release), f"deed {deed}"
                    refused += 1
            assert live(target_dir) == WITHOUT
        publish(site_dir, Folder(target_dir), keep=5, now=NOW, max_lost_percent=None)
        assert live(target_dir) == WITHOUT
        assert holding(target_dir, "机密甲") == [], f"deed {deed}"
        assert left_overs(target_dir) == [], f"deed {deed}"
        assert (
            len(releases(Folder(target_dir))) <= 2
        )  # killed before its switch, a whole release without the case stays
        deed += 1
    assert deed > 40
    assert refused > 20  # it was killed between the switch and the last removal, too


WITHDRAWN = "yueyang-2021/quyuan-nineteen-pupils"
OTHER = "hunan-2020-tkbtx/huaihua-village-loudspeaker"


def _showcase(project: Path, root: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "generator", *words],
        cwd=project, env={**os.environ, "PYTHONPATH": str(root)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_no_byte_of_any_kept_release_names_a_withdrawn_case(
    make_project: MakeProject, root: Path, target_dir: Path
) -> None:
    """The real site: lists, feeds, tables, workbooks, shards and manifests are all searched, packages opened."""
    project = make_project(OTHER, WITHDRAWN)
    index = project / "cases" / WITHDRAWN / "index.md"
    text = index.read_text("utf-8")
    title = next(line for line in text.splitlines() if line.startswith("title:")).partition(": ")[2].strip("\"'")
    for turn in range(2):
        other = project / "cases" / OTHER / "index.md"
        other.write_text(other.read_text("utf-8") + f"\n第{turn}次修改。\n", "utf-8")
        _showcase(project, root, "build")
        _showcase(project, root, "publish", str(target_dir))
    media = {path.name for path in (target_dir / "current" / "media").iterdir()}
    assert len(holding(target_dir, title)) > 20
    index.write_text(text.replace("status: 已公布", "status: 已撤回"), "utf-8")
    _showcase(project, root, "build")
    foretold = _showcase(project, root, "publish", "--dry-run", str(target_dir))
    said = _showcase(project, root, "publish", str(target_dir))
    for words in (foretold, said):
        assert "撤回 1 个案例" in words and f"cases/{WITHDRAWN}/" in words and "旧版本 2 个" in words
        assert "没有更早的版本可以切回" in words
    assert holding(target_dir, title) == []
    # The address stays: it answers that the case was withdrawn. Nothing leads there but the page and its release's manifest.
    release = next(iter(releases(Folder(target_dir))))
    named = {path.relative_to(target_dir / "releases") for path in holding(target_dir, WITHDRAWN)}
    assert named <= {Path(f"{release.id}.json"), Path(release.id) / "cases" / WITHDRAWN / "index.html"}
    left = {path.name for path in target_dir.rglob("media/*")}
    assert left < media
    assert len(releases(Folder(target_dir))) == 1

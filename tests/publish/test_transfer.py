"""Publishing to a folder, with real folders."""

from __future__ import annotations

import datetime
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from generator.errors import LockedError, PublishError, SettingsError
from generator.publish import lock
from generator.publish.copying import make_folders
from generator.publish.folder import Folder
from generator.publish.release import manifest_from
from generator.publish.transfer import publish, releases, rollback

from .conftest import HOME, NOW, MakeSite, Publish, left_overs, live, texts_under


def test_visitors_get_the_whole_site_and_not_its_marker(published: Publish, target_dir: Path) -> None:
    release = published(HOME)
    assert live(target_dir) == HOME
    assert (target_dir / "current").readlink() == Path(f"releases/{release.id}")
    assert release.id == f"20240301T183000Z-{release.digest[:12]}"
    assert (release.files, release.changed, release.is_current, release.is_new) == (3, 3, True, True)
    assert release.bytes == sum(len(text.encode()) for text in HOME.values())


def test_the_same_site_is_not_published_twice(published: Publish, target_dir: Path) -> None:
    first = published(HOME)
    again = published(HOME, now=NOW + datetime.timedelta(days=1))
    assert (again.id, again.is_new, again.is_current) == (first.id, False, True)
    assert len(releases(Folder(target_dir))) == 1


def test_an_unchanged_file_is_a_link_and_a_changed_one_is_new(published: Publish, target_dir: Path) -> None:
    first = published(HOME)
    second = published({**HOME, "index.html": "新首页"})
    old_dir, new_dir = (target_dir / "releases" / name for name in (first.id, second.id))
    assert second.changed == 1
    assert (old_dir / "assets/base.css").samefile(new_dir / "assets/base.css")
    assert texts_under(old_dir) == HOME
    assert live(target_dir)["index.html"] == "新首页"


def test_a_page_that_left_the_site_is_gone(published: Publish, target_dir: Path) -> None:
    published(HOME)
    published({"index.html": "首页"})
    assert live(target_dir) == {"index.html": "首页"}


def test_no_release_shares_a_file_with_the_site(published: Publish, tmp_path: Path, target_dir: Path) -> None:
    published(HOME)
    published({**HOME, "index.html": "新首页"})
    for path in (target_dir / "current/index.html", target_dir / "current/assets/base.css"):
        path.write_text("在服务器上改过")
    assert "在服务器上改过" not in [*texts_under(tmp_path / "site").values(), *texts_under(tmp_path / "store").values()]


def test_a_file_edited_in_the_live_release_does_not_reach_the_next(published: Publish, target_dir: Path) -> None:
    published(HOME)
    (target_dir / "current/assets/base.css").write_text("b0dy{}")  # as long as before
    second = published({**HOME, "index.html": "新首页"})
    assert live(target_dir) == {**HOME, "index.html": "新首页"}
    assert second.changed == 2


@pytest.mark.parametrize("damage", ["edited", "removed", "unreadable", "a pipe", "a link", "folder removed"])
def test_a_damaged_live_release_is_replaced_by_a_sound_one(published: Publish, target_dir: Path, damage: str) -> None:
    first = published(HOME)
    page = target_dir / "current/cases/云课堂/index.html"
    match damage:
        case "edited":
            page.write_text("云课室", "utf-8")
        case "unreadable":
            page.chmod(0o600)
        case _:
            page.unlink()
    match damage:
        case "a pipe":
            os.mkfifo(page)
        case "a link":
            page.symlink_to("/etc/hostname")
        case "folder removed":
            page.parent.rmdir()
            page.parent.write_text("")
    second = published(HOME)
    assert second.is_new and second.id > first.id
    assert live(target_dir) == HOME
    assert not (target_dir / "current/cases/云课堂/index.html").is_symlink()
    assert published(HOME).id == second.id


def test_files_can_be_read_by_the_web_server_under_any_umask(published: Publish, target_dir: Path) -> None:
    before = os.umask(0o077)
    try:
        published(HOME)
    finally:
        os.umask(before)
    release_dir = (target_dir / "current").resolve()
    modes = {path.stat().st_mode & 0o777 for path in release_dir.rglob("*") if path.is_file()}
    folder_modes = {path.stat().st_mode & 0o777 for path in (release_dir, *release_dir.rglob("*")) if path.is_dir()}
    assert (modes, folder_modes) == ({0o644}, {0o755})


@pytest.mark.parametrize(
    "passed", [datetime.timedelta(0), datetime.timedelta(microseconds=1), -datetime.timedelta(300)]
)
def test_a_later_release_has_a_greater_name_whatever_the_clock_says(
    published: Publish, target_dir: Path, passed: datetime.timedelta
) -> None:
    ids = [published({**HOME, "index.html": f"第{turn}版"}, now=NOW + passed * turn).id for turn in range(5)]
    assert ids == sorted(set(ids))
    assert [release.id for release in releases(Folder(target_dir))] == ids
    assert (target_dir / "current").readlink() == Path(f"releases/{ids[-1]}")


def test_the_last_releases_are_kept_and_older_ones_removed(published: Publish, target_dir: Path) -> None:
    ids = [published({"index.html": f"第{turn}版"}, keep=3).id for turn in range(5)]
    assert [release.id for release in releases(Folder(target_dir))] == ids[-3:]
    assert left_overs(target_dir) == []
    published({"index.html": "第4版"}, keep=1)  # nothing new, and yet fewer are kept
    assert [release.id for release in releases(Folder(target_dir))] == ids[-1:]
    assert live(target_dir) == {"index.html": "第4版"}


def test_a_release_without_a_manifest_is_neither_listed_nor_removed(published: Publish, target_dir: Path) -> None:
    ids = [published({"index.html": f"第{turn}版"}).id for turn in range(2)]
    (target_dir / "releases" / f"{ids[0]}.json").unlink()
    published({"index.html": "第2版"}, keep=1)
    assert (target_dir / "releases" / ids[0] / "index.html").exists()
    assert len(releases(Folder(target_dir))) == 1


def test_a_live_release_that_lost_its_manifest_is_copied_anew(published: Publish, target_dir: Path) -> None:
    first = published(HOME)
    (target_dir / "releases" / f"{first.id}.json").write_text('{"files": {"index.html"')
    assert releases(Folder(target_dir)) == ()
    second = published(HOME)
    assert (second.is_new, second.changed) == (True, 3)
    assert second.id > first.id
    assert live(target_dir) == HOME


def test_a_live_release_that_somebody_removed_is_replaced_under_a_greater_name(
    published: Publish, target_dir: Path
) -> None:
    first = published(HOME)
    shutil.rmtree(target_dir / "releases" / first.id)
    second = published(HOME, now=NOW - datetime.timedelta(days=1))
    assert second.id > first.id
    assert live(target_dir) == HOME
    assert left_overs(target_dir) == []


def test_the_manifest_says_what_the_release_holds(published: Publish, target_dir: Path) -> None:
    published(HOME)
    release = published({**HOME, "index.html": "新首页"})
    manifest = manifest_from((target_dir / "releases" / f"{release.id}.json").read_bytes())
    assert manifest is not None
    assert {path: content.bytes for path, content in manifest.files.items()} == {
        path: len(text.encode()) for path, text in live(target_dir).items()
    }
    assert (manifest.digest, manifest.changed) == (release.digest, 1)


@pytest.mark.parametrize(
    ("pages", "words"),
    [({"cases/index.html": "案例"}, "index.html"), ({}, "index.html")],
    ids=["no home page", "nothing"],
)
def test_a_site_without_a_home_page_is_refused(
    published: Publish, target_dir: Path, pages: dict[str, str], words: str
) -> None:
    published(HOME)
    with pytest.raises(PublishError, match=words):
        published(pages)
    assert live(target_dir) == HOME


def test_a_folder_that_no_build_made_is_refused(make_site: MakeSite, target_dir: Path, tmp_path: Path) -> None:
    (make_site(HOME) / ".showcase-site").unlink()
    for site_dir, words in ((tmp_path / "site", "不是本程序生成"), (tmp_path / "nowhere", "没有网站目录")):
        with pytest.raises(PublishError, match=words):
            publish(site_dir, Folder(target_dir), keep=5, now=NOW, max_lost_percent=None)
    assert not target_dir.exists()


@pytest.mark.parametrize("kind", ["link to a folder", "link to a file", "pipe"])
def test_a_link_in_the_site_publishes_nothing_of_this_machine(make_site: MakeSite, target_dir: Path, kind: str) -> None:
    site_dir = make_site(HOME)
    match kind:
        case "link to a folder":
            (site_dir / "cases/extra").symlink_to("/etc")
        case "link to a file":
            (site_dir / "cases/extra").symlink_to("/etc/hostname")
        case "pipe":
            os.mkfifo(site_dir / "cases/extra")
    with pytest.raises(PublishError, match="不是普通文件"):
        publish(site_dir, Folder(target_dir), keep=5, now=NOW, max_lost_percent=None)
    assert not target_dir.exists()


def test_a_name_that_is_no_text_is_published_all_the_same(make_site: MakeSite, target_dir: Path) -> None:
    name = os.fsdecode(b"caf\xe9.html")
    (make_site(HOME) / name).write_text("咖啡")
    site_dir = target_dir.parent.parent / "site"
    first = publish(site_dir, Folder(target_dir), keep=5, now=NOW, max_lost_percent=None).release
    assert live(target_dir)[name] == "咖啡"
    assert publish(site_dir, Folder(target_dir), keep=5, now=NOW, max_lost_percent=None).release.id == first.id


def test_a_target_inside_the_site_is_refused(make_site: MakeSite) -> None:
    site_dir = make_site(HOME)
    with pytest.raises(PublishError, match="换一个目录"):
        publish(site_dir, Folder(site_dir / "live"), keep=5, now=NOW, max_lost_percent=None)
    assert not (site_dir / "live").exists()


@pytest.mark.parametrize("blocked", ["target", "releases", "current", "current is a folder", "current leads away"])
def test_a_target_that_cannot_be_used_says_so_and_stays_as_it_was(
    make_site: MakeSite, target_dir: Path, tmp_path: Path, blocked: str
) -> None:
    target_dir.parent.mkdir(parents=True)
    match blocked:
        case "target":
            target_dir.write_text("别动")
        case "current is a folder":
            (target_dir / "current").mkdir(parents=True)
        case "current leads away":
            target_dir.mkdir()
            (target_dir / "current").symlink_to(tmp_path)
        case name:
            target_dir.mkdir()
            (target_dir / name).write_text("别动")
    before = texts_under(target_dir.parent)
    with pytest.raises(PublishError, match=r"无法发布|不敢替换") as caught:
        publish(make_site(HOME), Folder(target_dir), keep=5, now=NOW, max_lost_percent=None)
    assert caught.value.exit_code == 3
    if blocked in ("target", "releases"):
        why = {"target": "路径中间有一段不是目录", "releases": "已经有同名的文件或目录"}[blocked]
        assert f"{why}（{target_dir / 'releases'}）；线上网站没有变化；" in str(caught.value)
    after = {path: text for path, text in texts_under(target_dir.parent).items() if not path.endswith(".lock")}
    assert after == before


def test_two_runs_on_one_target_do_not_meet(published: Publish, target_dir: Path) -> None:
    published(HOME)
    with lock.held(target_dir / ".lock"), pytest.raises(LockedError):
        published({"index.html": "新首页"})
    assert live(target_dir) == HOME


def test_a_link_set_by_hand_is_understood(published: Publish, target_dir: Path) -> None:
    first, second = published(HOME), published({"index.html": "新首页"})
    (target_dir / "current").unlink()
    (target_dir / "current").symlink_to(target_dir / "releases" / first.id)
    assert [release.is_current for release in releases(Folder(target_dir))] == [True, False]
    assert published(HOME).id == first.id < second.id


def test_at_least_one_release_is_kept(published: Publish, target_dir: Path) -> None:
    with pytest.raises(SettingsError, match="keep"):
        published(HOME, keep=0)
    assert not target_dir.exists()


def test_a_site_that_changes_while_it_is_published_is_not_published(
    published: Publish, make_site: MakeSite, target_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(HOME)
    site_dir = make_site({**HOME, "index.html": "新首页"})

    def meanwhile(root_dir: Path, paths: Iterable[str]) -> tuple[Path, ...]:
        (site_dir / "index.html").write_text("改首页")
        return make_folders(root_dir, paths)

    monkeypatch.setattr("generator.publish.folder.make_folders", meanwhile)
    with pytest.raises(PublishError, match="线上网站没有变化"):
        publish(site_dir, Folder(target_dir), keep=5, now=NOW, max_lost_percent=None)
    assert live(target_dir) == HOME
    assert left_overs(target_dir) == []


def test_what_was_live_before_is_linked_so_that_open_pages_find_their_styles(
    published: Publish, target_dir: Path
) -> None:
    first = published(HOME)
    assert not (target_dir / "previous").is_symlink()
    second = published({**HOME, "index.html": "新首页"})
    assert (target_dir / "previous").readlink() == Path(f"releases/{first.id}")
    published({**HOME, "index.html": "新首页"})  # nothing new: nothing is switched
    assert (target_dir / "previous").readlink() == Path(f"releases/{first.id}")
    rollback(Folder(target_dir), first.id)
    assert (target_dir / "previous").readlink() == Path(f"releases/{second.id}")
    (target_dir / ".previous-0123abcd").symlink_to("releases/nowhere")
    published(HOME)
    assert left_overs(target_dir) == []


def test_folders_that_a_publication_makes_can_be_read_by_the_web_server_whatever_the_umask(
    published: Publish, target_dir: Path
) -> None:
    before = os.umask(0o077)
    try:
        published(HOME)
    finally:
        os.umask(before)
    made = (target_dir.parent, target_dir, target_dir / "releases", (target_dir / "current").resolve())
    assert [f"{folder.stat().st_mode & 0o777:o}" for folder in made] == ["755"] * 4
    target_dir.chmod(0o750)  # an administrator's choice stands
    published({**HOME, "index.html": "新首页"})
    assert f"{target_dir.stat().st_mode & 0o777:o}" == "750"

"""A dry run: what would change is told, and not one file is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.errors import PublishError
from generator.publish.census import Census
from generator.publish.changes import Change, Count
from generator.publish.folder import Folder
from generator.publish.transfer import publish, rehearse, rollback

from .conftest import HOME, NOW, MakeSite, Publish
from .test_guards import TWENTY, census_with, site_of


def state_of(folder: Path) -> dict[str, tuple[int, ...]]:
    """Everything that writing would change: names, kinds, links, sizes, times, inodes."""
    return {
        str(path): (found.st_mode, found.st_ino, found.st_nlink, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
        for path in (folder, *folder.rglob("*"))
        if (found := path.lstat())
    }


def test_nothing_is_written_whatever_it_finds(make_site: MakeSite, published: Publish, tmp_path: Path) -> None:
    for pages in (HOME, {**HOME, "index.html": "新首页"}, HOME):
        published(pages)
    target_dir = tmp_path / "srv" / "showcase"
    (target_dir / "releases" / ".new-20240301T183000Z-0123456789ab").mkdir()  # of a run that was killed
    for pages in (HOME, {"index.html": "全新"}):
        site_dir = make_site(pages, Census(withdrawn=frozenset({"cases/a/b/"})))
        before = state_of(tmp_path)
        rehearse(site_dir, Folder(target_dir), keep=1, max_lost_percent=10)
        assert state_of(tmp_path) == before


def test_a_target_that_is_not_there_is_not_made_and_everything_is_new(make_site: MakeSite, target_dir: Path) -> None:
    found = rehearse(make_site(HOME), Folder(target_dir), keep=5, max_lost_percent=10)
    assert not target_dir.parent.exists()
    none = Count(files=0, bytes=0)
    assert found.changes == {
        "页面": Change(new=Count(files=2, bytes=len("首页云课堂".encode())), changed=none, gone=none),
        "样式和脚本": Change(new=Count(files=1, bytes=6), changed=none, gone=none),
    }
    assert (found.is_new, found.refusal, found.removed, found.unchanged) == (True, None, (), none)


def test_files_are_counted_by_what_they_are(make_site: MakeSite, target_dir: Path) -> None:
    old = {"index.html": "旧", "media/a.jpg": "1234", "media/b.jpg": "12", "search/c/1-a.json": "[]", "data/x.csv": "a"}
    new = {
        "index.html": "新的",
        "media/a.jpg": "1234",
        "search/c/1-b.json": "[1]",
        "data/x.csv": "bb",
        "feeds/a.xml": "",
    }
    publish(make_site(old), Folder(target_dir), keep=5, now=NOW, max_lost_percent=10)
    found = rehearse(make_site(new), Folder(target_dir), keep=5, max_lost_percent=10)
    told = {kind: (row.new, row.changed, row.gone) for kind, row in found.changes.items()}
    none = Count()
    assert told == {
        "页面": (none, Count(files=1, bytes=6), none),
        "媒体": (none, none, Count(files=1, bytes=2)),
        "搜索": (Count(files=1, bytes=3), none, Count(files=1, bytes=2)),
        "数据": (Count(files=1, bytes=0), Count(files=1, bytes=2), none),
    }
    assert found.unchanged == Count(files=1, bytes=4)


@pytest.mark.parametrize("keep", [1, 2, 5])
def test_it_foretells_what_the_publication_then_does(make_site: MakeSite, target_dir: Path, keep: int) -> None:
    for turn in range(4):
        publish(
            make_site({"index.html": f"第{turn}版"}, census_with(TWENTY[:turn])),
            Folder(target_dir),
            keep=5,
            now=NOW,
            max_lost_percent=None,
        )
    site_dir = make_site({"index.html": "新"}, census_with(TWENTY[:2], TWENTY[2:3]))  # the third one is withdrawn
    before = {path.stem for path in (target_dir / "releases").glob("*.json")}
    found = rehearse(site_dir, Folder(target_dir), keep=keep, max_lost_percent=None)
    done = publish(site_dir, Folder(target_dir), keep=keep, now=NOW, max_lost_percent=None)
    after = {path.stem for path in (target_dir / "releases").glob("*.json")}
    assert before - after == {*found.purge.releases, *found.removed}
    assert found.purge == done.purge and len(done.purge.releases) == 1
    assert found.withdrawn == done.withdrawn == 1
    assert found.has_way_back == done.has_way_back == (keep > 1)
    if done.has_way_back:
        assert not rollback(Folder(target_dir), None).is_new
    else:
        with pytest.raises(PublishError, match="没有更早的版本可以切回"):
            rollback(Folder(target_dir), None)


def test_what_would_be_refused_is_told_with_its_reason(make_site: MakeSite, target_dir: Path) -> None:
    publish(make_site(site_of(TWENTY), census_with(TWENTY)), Folder(target_dir), keep=5, now=NOW, max_lost_percent=10)
    site_dir = make_site(site_of([]), census_with([]))
    assert "少了 20 个页面" in str(rehearse(site_dir, Folder(target_dir), keep=5, max_lost_percent=10).refusal)
    assert rehearse(site_dir, Folder(target_dir), keep=5, max_lost_percent=None).refusal is None

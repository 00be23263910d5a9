"""The way back."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.errors import LockedError, PublishError
from generator.publish import lock
from generator.publish.folder import Folder
from generator.publish.transfer import releases, rollback

from .conftest import Publish, live


def _version(turn: int) -> dict[str, str]:
    return {"index.html": f"第{turn}版"}


def test_the_way_back_leads_one_release_further_each_time(published: Publish, target_dir: Path) -> None:
    ids = [published(_version(turn)).id for turn in range(3)]
    assert rollback(Folder(target_dir), None).id == ids[1]
    back = rollback(Folder(target_dir), None)
    assert (back.id, back.is_current, back.is_new) == (ids[0], True, False)
    assert live(target_dir) == _version(0)
    assert len(releases(Folder(target_dir))) == 3
    with pytest.raises(PublishError, match="没有更早的版本"):
        rollback(Folder(target_dir), None)
    assert live(target_dir) == _version(0)


def test_a_named_release_goes_live_in_either_direction(published: Publish, target_dir: Path) -> None:
    ids = [published(_version(turn)).id for turn in range(3)]
    for turn in (0, 2, 1, 1):
        assert rollback(Folder(target_dir), ids[turn]).id == ids[turn]
        assert live(target_dir) == _version(turn)
        assert [release.id for release in releases(Folder(target_dir)) if release.is_current] == [ids[turn]]


def test_the_way_back_from_a_mended_release_is_not_the_broken_one(published: Publish, target_dir: Path) -> None:
    good = published(_version(0)).id
    published({"index.html": "坏的"})
    rollback(Folder(target_dir), None)
    mended = published(_version(2))
    assert mended.id == max(release.id for release in releases(Folder(target_dir)))
    assert rollback(Folder(target_dir), None).id == good


def test_the_broken_release_is_removed_before_those_that_served(published: Publish, target_dir: Path) -> None:
    published(_version(0))
    good = published(_version(1)).id
    broken = published({"index.html": "坏的"}).id
    rollback(Folder(target_dir), None)
    mended = published(_version(2), keep=2).id
    assert {release.id for release in releases(Folder(target_dir))} == {good, mended} != {good, broken}


def test_the_live_release_is_never_removed(published: Publish, target_dir: Path) -> None:
    ids = [published(_version(turn)).id for turn in range(4)]
    rollback(Folder(target_dir), ids[0])
    published(_version(0), keep=1)
    assert [release.id for release in releases(Folder(target_dir))] == [ids[0]]
    assert live(target_dir) == _version(0)


@pytest.mark.parametrize("name", ["20200101T000000Z-0123456789ab", "../../etc", ".lock", "", "x" * 300])
def test_an_unknown_release_changes_nothing(published: Publish, target_dir: Path, name: str) -> None:
    published(_version(0))
    published(_version(1))
    link = (target_dir / "current").readlink()
    with pytest.raises(PublishError):
        rollback(Folder(target_dir), name)
    assert (target_dir / "current").readlink() == link


def test_a_target_that_does_not_exist_is_not_made(target_dir: Path) -> None:
    with pytest.raises(PublishError, match="没有目录"):
        rollback(Folder(target_dir), None)
    with pytest.raises(PublishError, match="没有目录"):
        releases(Folder(target_dir))
    assert not target_dir.exists()


def test_the_way_back_waits_for_no_running_publication(published: Publish, target_dir: Path) -> None:
    published(_version(0))
    published(_version(1))
    with lock.held(target_dir / ".lock"), pytest.raises(LockedError):
        rollback(Folder(target_dir), None)
    assert live(target_dir) == _version(1)

"""A publication that is killed, before every single thing that it does to the disk."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from generator.publish.folder import Folder
from generator.publish.release import manifest_from
from generator.publish.transfer import publish, releases

from .conftest import HOME, NOW, MakeSite, left_overs, live, texts_under

_NEW = {**HOME, "index.html": "新首页", "cases/新案例/index.html": "新案例"}

_DEEDS = {"open", "os.link", "os.rename", "os.symlink", "os.mkdir", "os.remove", "os.rmdir", "os.chmod", "os.truncate"}


def killed_before(deed: int, work: Callable[[], object]) -> bool:
    """Does *work* in a child that kills itself before deed number *deed*; whether it was killed."""
    child = os.fork()
    if child == 0:
        left = deed

        def kill_when_due(event: str, _arguments: tuple[object, ...]) -> None:
            nonlocal left
            if event in _DEEDS:
                left -= 1
                if left < 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        try:
            sys.addaudithook(kill_when_due)
            work()
            os._exit(0)
        except BaseException:  # whatever it was: the child must not run on as a second pytest
            os._exit(1)
    status = os.waitpid(child, 0)[1]
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def test_a_killed_publication_leaves_one_whole_site_and_the_next_run_finishes(
    make_site: MakeSite, tmp_path: Path
) -> None:
    deed, saw_old, saw_new, was_killed = 0, False, False, True
    while was_killed:
        target_dir = tmp_path / f"srv-{deed}"
        publish(make_site({"index.html": "更早"}), Folder(target_dir), keep=2, now=NOW, max_lost_percent=None)
        publish(make_site(HOME), Folder(target_dir), keep=2, now=NOW, max_lost_percent=None)
        site_dir = make_site(_NEW)
        was_killed = killed_before(
            deed, partial(publish, site_dir, Folder(target_dir), keep=1, now=NOW, max_lost_percent=None)
        )
        found = live(target_dir)
        assert found in (HOME, _NEW), f"deed {deed}"
        saw_old, saw_new = saw_old or found == HOME, saw_new or found == _NEW
        for release in releases(Folder(target_dir)):
            manifest = manifest_from((target_dir / "releases" / f"{release.id}.json").read_bytes())
            assert manifest and set(manifest.files) == set(texts_under(target_dir / "releases" / release.id))
        publish(site_dir, Folder(target_dir), keep=1, now=NOW, max_lost_percent=None)
        assert live(target_dir) == _NEW
        assert left_overs(target_dir) == [], f"deed {deed}"
        assert len(releases(Folder(target_dir))) == 1
        deed += 1
    assert saw_old and saw_new
    assert deed > 40  # every link, copy, folder and rename was a moment to die at

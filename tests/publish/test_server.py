"""Publishing to a server: the real sshd, rsync and rrsync; what a folder promises, a server does."""

from __future__ import annotations

import datetime
import os
import random
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from benches.ssh_server import Relay, Sshd
from generator.errors import PublishError
from generator.publish.census import Census
from generator.publish.release import ANSWER, Release, manifest_from
from generator.publish.server import Server
from generator.publish.transfer import Published, publish, rehearse, releases, rollback

from .conftest import HOME, NOW, MakeSite, left_overs, live, texts_under
from .test_guards import TWENTY, census_with, site_of
from .test_rehearsal import state_of
from .test_withdrawal import BOTH, HAS_B, HAS_BOTH, WITHOUT, B, holding

Send = Callable[..., Published]


@pytest.fixture
def send(make_site: MakeSite, server: Server) -> Send:
    """Publishes pages to the server; the clock stands still unless told otherwise."""

    def run(
        pages: Mapping[str, str],
        census: Census | None = None,
        *,
        keep: int = 5,
        now: datetime.datetime = NOW,
        most: int | None = None,
    ) -> Published:
        return publish(make_site(pages, census), server, keep=keep, now=now, max_lost_percent=most)

    return run


def test_visitors_get_the_whole_site_and_then_the_next(send: Send, server: Server, target_dir: Path) -> None:
    first = send(HOME).release
    assert live(target_dir) == HOME
    assert (first.id, first.changed, first.is_new) == (f"20240301T183000Z-{first.digest[:12]}", 3, True)
    assert (target_dir / "current").readlink() == Path(f"releases/{first.id}")
    assert (target_dir / "current" / ANSWER).read_text() == f'{{"release": "{first.id}"}}\n'
    assert left_overs(target_dir) == []
    again = send(HOME, now=NOW + datetime.timedelta(days=1)).release
    assert (again.id, again.is_new) == (first.id, False)

    second = send({**HOME, "index.html": "新首页"}).release
    old_dir, new_dir = (target_dir / "releases" / release.id for release in (first, second))
    assert (live(target_dir), second.changed) == ({**HOME, "index.html": "新首页"}, 1)
    assert (old_dir / "assets/base.css").samefile(new_dir / "assets/base.css")
    assert texts_under(old_dir) == HOME
    manifest = manifest_from((target_dir / "releases" / f"{second.id}.json").read_bytes())
    assert manifest and (manifest.digest, manifest.previous) == (second.digest, first.id)

    assert rollback(server, None).id == first.id
    assert live(target_dir) == HOME
    assert [(release.id, release.is_current) for release in releases(server)] == [(first.id, True), (second.id, False)]
    with pytest.raises(PublishError, match="没有版本"):
        rollback(server, "20200101T000000Z-0123456789ab")


def test_a_page_of_the_old_length_is_sent_once(send: Send, server: Server, target_dir: Path) -> None:
    noise = [random.Random(turn).randbytes(150_000).hex() for turn in range(2)]
    first = send({**HOME, "index.html": noise[0]}).release
    before = server.rsync.sent_bytes
    second = send({**HOME, "index.html": noise[1]}).release
    assert live(target_dir)["index.html"] == noise[1]
    # The other files are links still, and no old page was put in the place of the new one for a while.
    old_dir, new_dir = (target_dir / "releases" / release.id for release in (first, second))
    assert (old_dir / "assets/base.css").samefile(new_dir / "assets/base.css")
    assert server.rsync.sent_bytes - before < 1.5 * len(noise[1])


def test_the_last_releases_stay_in_their_order_whatever_the_clock_says(
    send: Send, server: Server, target_dir: Path
) -> None:
    clocks = (NOW, NOW, NOW - datetime.timedelta(days=300), NOW + datetime.timedelta(microseconds=1))
    ids = [send({**HOME, "index.html": f"第{turn}版"}, now=now, keep=3).release.id for turn, now in enumerate(clocks)]
    assert ids == sorted(set(ids))
    assert [release.id for release in releases(server)] == ids[-3:]
    assert (target_dir / "current").readlink() == Path(f"releases/{ids[-1]}")
    assert left_overs(target_dir) == []


def test_what_was_changed_on_the_server_is_found_and_repaired(send: Send, target_dir: Path) -> None:
    first = send(HOME).release
    for damage in ("edited", "removed", "unreadable", "a link", "no answer", "manifest lost", "folder removed"):
        page = target_dir / "current/cases/云课堂/index.html"
        match damage:
            case "edited":
                page.write_text("云课室", "utf-8")  # as long as before
                os.utime(page, (0, 0))
            case "unreadable":
                page.chmod(0o600)
            case "no answer":
                (target_dir / "current" / ANSWER).unlink()
            case "manifest lost":
                (target_dir / "releases" / f"{first.id}.json").unlink()
            case "folder removed":
                shutil.rmtree((target_dir / "current").resolve())
            case _:
                page.unlink()
        if damage == "a link":
            page.symlink_to("/etc/hostname")
        second = send(HOME, keep=2).release
        assert second.is_new and second.id > first.id, damage
        assert (live(target_dir), page.is_symlink(), page.stat().st_mode & 0o777) == (HOME, False, 0o644), damage
        first = second
    assert send(HOME).release.id == first.id
    assert left_overs(target_dir) == []


def test_an_edit_on_the_server_does_not_come_along_with_the_next_release(send: Send, target_dir: Path) -> None:
    send(HOME)
    (target_dir / "current/assets/base.css").write_text("b0dy{}")
    assert send({**HOME, "index.html": "新首页"}).release.changed == 2
    assert live(target_dir)["assets/base.css"] == "body{}"


def test_a_withdrawn_case_is_gone_from_every_release_on_the_server(
    send: Send, server: Server, target_dir: Path
) -> None:
    before = send({"index.html": "首页", f"{B}index.html": "乙"}, Census(cases={B: ()})).release
    held = send(BOTH, HAS_BOTH).release
    lost = send({**BOTH, "about/index.html": "关于"}, HAS_BOTH).release
    (target_dir / "releases" / f"{held.id}.json").write_text("坏了")
    with pytest.raises(PublishError, match=f"releases/{held.id} 没有清单，里面可能还有已撤回的案例"):
        send(WITHOUT, HAS_B)
    assert live(target_dir) == WITHOUT
    assert not (target_dir / "releases" / lost.id).exists()
    shutil.rmtree(target_dir / "releases" / held.id)
    assert not send(WITHOUT, HAS_B).release.is_new
    assert holding(target_dir, "机密甲") == []
    assert releases(server)[0].id == before.id


def test_the_guards_stop_a_shrunken_site_and_a_dry_run_writes_nothing(
    send: Send, make_site: MakeSite, server: Server, target_dir: Path
) -> None:
    send(site_of(TWENTY), census_with(TWENTY))
    before, was_live = state_of(target_dir), live(target_dir)
    with pytest.raises(PublishError, match="少了 20 个页面"):
        send(site_of([]), census_with([]), most=10)
    assert live(target_dir) == was_live
    before = state_of(target_dir)
    told = rehearse(make_site(site_of(TWENTY[:19]), census_with(TWENTY[:19])), server, keep=1, max_lost_percent=10)
    assert (told.is_new, told.refusal, told.changes["页面"].gone.files, len(told.removed)) == (True, None, 1, 1)
    assert state_of(target_dir) == before


def test_everybody_may_read_a_release_whatever_the_umask_there(
    make_site: MakeSite, server: Server, sshd: Sshd, target_dir: Path
) -> None:
    key, tight = sshd.folder / "authorized_keys", sshd.folder / "tight"
    tight.write_text('#!/bin/sh\numask 077\nexec "$@"\n')
    tight.chmod(0o755)
    key.write_text(key.read_text().replace('command="', f'command="{tight} '))
    publish(make_site(HOME), server, keep=5, now=NOW, max_lost_percent=10)
    release_dir = (target_dir / "current").resolve()
    paths = [target_dir / "releases", release_dir, *release_dir.rglob("*")]
    assert {path.stat().st_mode & 0o777 for path in paths if path.is_dir()} == {0o755}
    assert {path.stat().st_mode & 0o777 for path in paths if path.is_file()} == {0o644}


def test_strange_names_arrive_as_they_are(make_site: MakeSite, server: Server, target_dir: Path) -> None:
    names = ["a b/#\\#101 'q' \"d\" $(id) `id`.html", "星*?[1]{a,b}.html", "-oProxyCommand=x.html", "new\nline.html"]
    pages = {**HOME, **dict.fromkeys(names, "奇怪")}
    first = publish(make_site(pages), server, keep=5, now=NOW, max_lost_percent=10).release
    assert (live(target_dir), first.changed) == (pages, len(pages))
    assert not publish(make_site(pages), server, keep=5, now=NOW, max_lost_percent=10).release.is_new


def test_without_rrsync_the_path_is_that_of_the_server(
    make_site: MakeSite, sshd: Sshd, target_dir: Path, tmp_path: Path
) -> None:
    sshd.allow(target_dir, forced=False)
    server = sshd.server(tmp_path / "memory", str(target_dir))
    first = publish(make_site(HOME), server, keep=5, now=NOW, max_lost_percent=10).release  # makes the folder
    second = publish(make_site({**HOME, "index.html": "新"}), server, keep=5, now=NOW, max_lost_percent=10).release
    assert [release.id for release in releases(server)] == [first.id, second.id]
    assert (live(target_dir)["index.html"], left_overs(target_dir)) == ("新", [])


def test_a_link_set_by_hand_is_understood_and_a_strange_one_left_alone(
    send: Send, server: Server, target_dir: Path
) -> None:
    first, _ = send(HOME).release, send({**HOME, "index.html": "新"}).release
    link = target_dir / "current"
    link.unlink()
    link.symlink_to(target_dir / "releases" / first.id)
    assert [release.is_current for release in releases(server)] == [True, False]
    link.unlink()
    link.symlink_to("/etc")
    with pytest.raises(PublishError, match="不敢替换"):
        send(HOME)
    assert link.readlink() == Path("/etc")


def test_only_what_changed_travels_and_manifests_are_remembered(
    make_site: MakeSite, server: Server, sshd: Sshd, relay: Relay, tmp_path: Path
) -> None:
    noise = {f"media/{number:03}.jpg": os.urandom(20_000).hex() for number in range(50)}
    pages = {**HOME, **noise, **{f"list/{number}/index.html": f"{number}" for number in range(2000)}}
    through = sshd.server(tmp_path / "memory", port=relay.port)
    publish(make_site(pages), through, keep=5, now=NOW, max_lost_percent=10)
    whole = relay.there_bytes
    assert whole > 1_000_000
    relay.there_bytes = relay.back_bytes = relay.connections = 0
    publish(make_site({**pages, "index.html": "新首页"}), through, keep=5, now=NOW, max_lost_percent=10)
    assert relay.connections == 1
    assert relay.there_bytes < 60_000  # 2,054 names and sizes
    assert relay.back_bytes < 120_000  # their checksums; two manifests of 250 kB each stay where they are


def test_the_release_that_is_told_is_the_one_that_stands(send: Send, server: Server) -> None:
    done: Release = send(HOME).release
    assert [(told.id, told.files, told.bytes) for told in releases(server)] == [(done.id, done.files, done.bytes)]

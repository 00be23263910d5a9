"""scripts/server/showcase-receive before rrsync: the same releases in seconds, and nothing more that a key may do. docs/adr/0010."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from benches.ssh_server import Sshd
from generator.publish.release import ANSWER
from generator.publish.server import Server
from generator.publish.site import read_site
from generator.publish.transfer import publish, releases

from .conftest import HOME, NOW, MakeSite, left_overs, live, texts_under
from .test_visitors import killed_at_moments, port  # noqa: F401 - a fixture

SITE = {**HOME, **{f"cases/{number}/index.html": f"案例{number}" for number in range(40)}}

Send = Callable[[dict[str, str]], Path]


@pytest.fixture
def receiving(sshd: Sshd, server: Server, target_dir: Path) -> Server:
    """The server with our program before rrsync."""
    sshd.allow(target_dir, receives=True)
    return server


@pytest.fixture
def send(make_site: MakeSite, receiving: Server, target_dir: Path) -> Send:
    """Publishes pages; gives the folder of the release."""

    def run(pages: dict[str, str]) -> Path:
        release = publish(make_site(pages), receiving, keep=2, now=NOW, max_lost_percent=None).release
        assert left_overs(target_dir) == []
        return target_dir / "releases" / release.id

    return run


def is_asked(server: Server) -> bool:
    """Whether the program was there whenever it was asked for something."""
    return server._receiver._is_there


def test_an_edit_travels_alone_and_all_else_is_linked(send: Send, receiving: Server, target_dir: Path) -> None:
    first = send(SITE)
    before = receiving.rsync.sent_bytes
    gone = {path: text for path, text in SITE.items() if path != "cases/7/index.html"}
    second = send({**gone, "cases/8/index.html": "改了的案例", "cases/new/index.html": "新案例"})
    assert live(target_dir) == {**gone, "cases/8/index.html": "改了的案例", "cases/new/index.html": "新案例"}
    assert not (second / "cases/7").exists()
    assert all((first / path).samefile(second / path) for path in gone if path != "cases/8/index.html")
    assert (second / ANSWER).read_text() == f'{{"release": "{second.name}"}}\n'
    assert texts_under(first) == SITE
    assert receiving.rsync.sent_bytes - before < 12_000
    assert is_asked(receiving)
    third = send(SITE)
    assert [release.id for release in releases(receiving)] == [second.name, third.name]
    assert not first.exists()
    assert is_asked(receiving)


def test_a_release_that_goes_becomes_the_new_one(make_site: MakeSite, receiving: Server, target_dir: Path) -> None:
    folders = []
    for number in range(4):
        pages = {
            **SITE,
            f"cases/{number}/index.html": "改了",
            f"new/{number}/index.html": "新案例",
            "index.html": str(number),
        }
        pages |= {} if number % 2 else {"even/index.html": "隔次才有", "even-so/deep/down/index.html": "隔次才有"}
        release = publish(make_site(pages), receiving, keep=3, now=NOW, max_lost_percent=None).release
        folders.append((target_dir / "releases" / release.id, (target_dir / "releases" / release.id).stat().st_ino))
        assert live(target_dir) == pages
    (first, inode), (second, _), (third, _), (fourth, renewed) = folders
    assert renewed == inode and not first.exists()
    assert not (fourth / "new" / "0").exists() and not list(fourth.glob("even*"))  # nothing is left in them
    assert (fourth / "cases/20/index.html").samefile(second / "cases/20/index.html")
    assert texts_under(second)["index.html"] == "1"
    assert [one.id for one in releases(receiving)] == [second.name, third.name, fourth.name]
    assert left_overs(target_dir) == [] and is_asked(receiving)


def test_whatever_lies_in_a_folder_it_becomes_the_new_release(send: Send, sshd: Sshd, target_dir: Path) -> None:
    old = send(SITE)
    outside = target_dir.parent / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("机密")
    spare = target_dir / "releases" / "20240101T000000Z-aaaaaaaaaaaa"
    (spare / "index.html").mkdir(parents=True)  # a folder for a file
    (spare / "index.html" / "deep").mkdir()
    (spare / "index.html" / "deep" / "page.html").write_text("旧")
    (spare / "cases" / "3").mkdir(parents=True)
    (spare / "cases" / "3" / "index.html").write_text("旧的案例")  # another file under the name
    (spare / "cases" / "4").write_text("是文件")  # a file for a folder
    (spare / "cases" / "5").symlink_to(outside)  # a way out for a folder
    (spare / "cases" / "6").mkdir()
    (spare / "cases" / "6" / "index.html").symlink_to(outside / "secret.txt")
    (spare / "gone" / "empty").mkdir(parents=True)
    (spare / "out").symlink_to(outside)
    os.mkfifo(spare / "pipe")
    spare.with_suffix(".json").write_text("{}")
    new = spare.with_name("20240401T000000Z-bbbbbbbbbbbb")
    done = sshd.ssh("showcase-receive", "2", "link", old.name, new.name, spare.name)
    assert done.returncode == 0, done.stderr
    assert texts_under(new) == texts_under(old) == SITE
    assert all(path.samefile(old / path.relative_to(new)) for path in new.rglob("*") if path.is_file())
    assert {path.relative_to(new) for path in new.rglob("*")} == {
        path.relative_to(old) for path in old.rglob("*") if path.name != ANSWER
    }
    assert not spare.exists() and not spare.with_suffix(".json").exists()
    assert texts_under(outside) == {"secret.txt": "机密"}


def test_what_a_link_leads_to_is_never_taken(send: Send, sshd: Sshd, target_dir: Path) -> None:
    first, second = send(SITE), send({**SITE, "index.html": "第二版"})
    new = "20240401T000000Z-bbbbbbbbbbbb"
    done = sshd.ssh("showcase-receive", "2", "link", second.name, new, first.name)  # previous leads there
    assert done.returncode == 0, done.stderr
    assert texts_under(first).keys() == texts_under(second).keys()
    assert texts_under(first)["index.html"] != "第二版"
    assert sshd.ssh("showcase-receive", "2", "remove", new).returncode == 0
    done = sshd.ssh("showcase-receive", "2", "link", first.name, new, second.name)  # shown
    assert done.returncode == 0 and texts_under(second)["index.html"] == "第二版"
    assert sshd.ssh("showcase-receive", "2", "link", first.name, new + "1", second.name).returncode == 3


def test_what_somebody_did_on_the_server_is_found_and_mended(send: Send, receiving: Server, target_dir: Path) -> None:
    first = send(SITE)
    (first / "cases/3/index.html").write_text("案例４")  # as long as it was
    (first / "cases/5/index.html").chmod(0o600)
    second = send({**SITE, "index.html": "第二版"})
    assert live(target_dir) == {**SITE, "index.html": "第二版"}
    assert {path.stat().st_mode & 0o777 for path in second.rglob("*") if path.is_file()} == {0o644}
    (second / "laid.html").write_text("多出来的")
    (second / "cases/9/index.html").unlink()
    os.mkfifo(second / "pipe")
    third = send({**SITE, "index.html": "第三版"})
    assert live(target_dir) == {**SITE, "index.html": "第三版"}
    assert not (third / "pipe").exists()


def test_what_stands_is_compared_when_nothing_is_new(send: Send, receiving: Server, target_dir: Path) -> None:
    first = send(SITE)
    site = read_site(target_dir.parent.parent / "site", lambda _stage, _done, _all: None)
    with receiving.held():
        assert receiving._receiver.holds(first.name, site)
        (first / "cases").chmod(0o750)
        assert not receiving._receiver.holds(first.name, site)
        (first / "cases").chmod(0o755)
        (first / "empty").mkdir()
        assert not receiving._receiver.holds(first.name, site)
    assert is_asked(receiving)


def test_remains_of_a_run_that_was_killed_are_removed(send: Send, receiving: Server, target_dir: Path) -> None:
    first = send(SITE)
    begun = target_dir / "releases" / "20240301T183500Z-0123456789ab"
    (begun / "cases").mkdir(parents=True)
    (begun / "cases" / "index.html").write_text("一半")
    (begun / "out").symlink_to(target_dir.parent)
    send({**SITE, "index.html": "第二版"})
    assert not begun.exists() and first.exists()
    assert (target_dir.parent / "showcase").is_dir()
    assert is_asked(receiving)


def test_nothing_but_three_errands_on_releases_is_done(send: Send, sshd: Sshd, target_dir: Path) -> None:
    shown = send(SITE)
    outside = target_dir.parent / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("机密")
    linked, begun = "20240301T190000Z-aaaaaaaaaaaa", "20240301T190001Z-bbbbbbbbbbbb"
    (target_dir / "releases" / linked).symlink_to(outside)
    (target_dir / "releases" / begun).mkdir()
    (target_dir / "releases" / begun / "cases").symlink_to(outside)
    before = texts_under(shown)
    for words in (
        f"remove {shown.name}",
        f"remove {linked}",
        "remove ../outside",
        "remove ..",
        "remove",
        f"link {shown.name} ../outside",
        f"link {linked} 20240301T190002Z-cccccccccccc",
        f"link {shown.name} {linked}",
        f"link {shown.name} 20240301T190002Z-cccccccccccc {shown.name}",
        f"link {shown.name} 20240301T190002Z-cccccccccccc ../outside",
        f"link {shown.name} {begun}",  # one of its folders is a link to elsewhere
        f"digest {linked}",
        "digest ../outside",
        f"digest {shown.name} {begun}",
        f"write {shown.name}",
        f"digest {shown.name};id",
    ):
        done = sshd.ssh("showcase-receive", "2", *words.split())
        assert (done.returncode, done.stdout) == (3, ""), words
        assert done.stderr.startswith("showcase-receive: ")
    (target_dir / "current").unlink()
    assert sshd.ssh("showcase-receive", "2", "remove", shown.name).returncode == 3  # it has its manifest
    assert texts_under(shown) == before
    assert texts_under(outside) == {"secret.txt": "机密"}
    assert [path.name for path in outside.iterdir()] == ["secret.txt"]
    for words in ("showcase-receive 1 digest x", "showcase-receive", "id", "sh"):
        done = sshd.ssh(*words.split())
        assert done.returncode != 0 and "rrsync" in done.stderr and "uid=" not in done.stdout


def test_publications_killed_at_any_moment_show_one_whole_site(
    receiving: Server,
    sshd: Sshd,
    port: int,  # noqa: F811
    target_dir: Path,
    tmp_path: Path,
) -> None:
    assert "版本1" in killed_at_moments(5, receiving, sshd, port, target_dir, tmp_path)

"""What can be wrong with a clone or its host, made with the real git: a sentence with the fix, 3, and the live site stands."""

from __future__ import annotations

import http.server
import json
import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from conftest import git

from .conftest import CASE, Server

Fault = Callable[[Server], None]


@pytest.fixture
def standing(server: Server) -> Server:
    """A server with a site that is live, and something new at its origin."""
    release = server.target / "releases" / "20240301T183000Z-3f9c2a7be01d"
    release.mkdir(parents=True)
    (release / "index.html").write_text("首页")
    (server.target / "current").symlink_to(f"releases/{release.name}")
    return server


def _pushed(server: Server) -> None:
    case = server.editors / CASE
    case.write_text(case.read_text("utf-8") + "\n新的一段。\n", "utf-8")
    server.push()


def _commit(server: Server) -> None:
    (server.clone / "cases/yueyang-2021/campaign.yml").write_text("id: 服务器上写的\n")
    git(server.clone, "commit", "--quiet", "--all", "--message", "在服务器上改的")


def _diverged(server: Server) -> None:
    _pushed(server)
    _commit(server)


def _edited(server: Server) -> None:
    (server.clone / CASE).write_text("服务器上改的\n")


def _added(server: Server) -> None:
    shutil.copytree((server.clone / CASE).parent, server.clone / "cases/yueyang-2021/smuggled")


def _forced(server: Server) -> None:
    git(server.editors, "commit", "--quiet", "--amend", "--message", "别的历史")
    git(server.editors, "push", "--quiet", "--force", "origin", "main")


def _emptied(server: Server) -> None:
    shutil.rmtree(server.origin)
    git(server.base, "init", "--quiet", "--bare", "--initial-branch=main", "origin.git")


def _branch_gone(server: Server) -> None:
    git(server.editors, "push", "--quiet", "origin", "main:refs/heads/trunk")
    git(server.origin, "symbolic-ref", "HEAD", "refs/heads/trunk")
    git(server.editors, "push", "--quiet", "origin", ":main")


def _unreachable(server: Server) -> None:
    git(server.clone, "remote", "set-url", "origin", "http://editor:geheim-7391@127.0.0.1:9/cases.git")


def _silent(server: Server) -> None:
    git(server.clone, "remote", "set-url", "origin", "git://127.0.0.1:9/cases.git")


def _silent_ssh(server: Server) -> None:
    git(server.clone, "remote", "set-url", "origin", "ssh://git@127.0.0.1:9/cases.git")


def _unborn(server: Server) -> None:
    git(server.clone, "switch", "--quiet", "--orphan", "empty")
    git(server.clone, "restore", "--source=main", "--", "scripts", "mkdocs.yml", "cases", "theme", "docs", ".gitignore")


def _detached(server: Server) -> None:
    git(server.clone, "switch", "--quiet", "--detach")


def _no_upstream(server: Server) -> None:
    git(server.clone, "branch", "--unset-upstream")


def _conflict(server: Server) -> None:
    _pushed(server)
    (server.clone / CASE).write_text("服务器上改的\n")
    git(server.clone, "commit", "--quiet", "--all", "--message", "在服务器上改的")
    git(server.clone, "pull", "--quiet", "--no-rebase", code=1)


def _locked(server: Server) -> None:
    (server.clone / ".git/index.lock").write_text("")


def _no_clone(server: Server) -> None:
    shutil.rmtree(server.clone / ".git")


def _of_somebody_else(server: Server) -> None:
    os.chown(server.clone, 65534, 65534)
    os.chown(server.clone / ".git", 65534, 65534)


def _in_the_way(server: Server) -> None:
    """A file that no commit here holds, in a folder that is not published, where the next commit has one."""
    (server.editors / "notes.txt").write_text("编辑的\n")
    _pushed(server)
    (server.clone / "notes.txt").write_text("服务器上的\n")


@pytest.mark.parametrize(
    ("fault", "told", "fix"),
    [
        (_commit, "有人在 {clone} 里提交过，和 origin/main 分开了", "git reset --hard origin/main"),
        (_diverged, "在服务器上改的", "git push origin HEAD:refs/heads/from-server"),
        (_edited, f"里改了文件，没有提交：{CASE}", "git stash --include-untracked"),
        (_added, "没有提交：cases/yueyang-2021/smuggled/", "git stash --include-untracked"),
        (_forced, "origin/main 被改写过（强制推送）", "git reset --hard origin/main"),
        (_emptied, "仓库的服务器上是空的", "git push origin HEAD"),
        (_branch_gone, "没有分支 origin/main 了，有的是 origin/trunk", "git switch"),
        (_unreachable, "取不到最新的案例（git fetch 失败）", "网络不通或服务器停了"),
        (_silent, "errno=Connection refused；", "网络不通或服务器停了"),
        (_silent_ssh, "ssh: connect to host 127.0.0.1 port 9: Connection refused；", "网络不通或服务器停了"),
        (_unborn, "分支 empty 还没有任何提交", "git switch main"),
        (_detached, "不在任何分支上", "git switch main"),
        (_no_upstream, "分支 main 没有说明从哪里取", "git branch -u origin/main"),
        (_conflict, "合并或变基到一半，留下了冲突", "git merge --abort"),
        (_locked, "index.lock 还在", "就删掉这个文件"),
        (_no_clone, "不是 git clone 得到的目录", "重新克隆一份"),
        pytest.param(
            _of_somebody_else, "不归现在的用户所有", "chown -R",
            marks=pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away"),
        ),
        (_in_the_way, "新的案例取来了，可是没有放好", "有没提交的文件挡在那里"),
    ],
)  # fmt: skip
def test_what_is_in_the_way_is_told_with_its_fix_and_nothing_is_changed(
    standing: Server, fault: Fault, told: str, fix: str
) -> None:
    fault(standing)
    live, before = standing.live, _files(standing.clone)
    for _ in range(2):  # the second night knows no less than the first
        done = standing.night()
        assert done.returncode == 3, done.stdout
        assert told.format(clone=standing.clone) in done.stdout, done.stdout
        assert fix in done.stdout, done.stdout
        assert "停在“取回案例”" in done.stdout
        assert "Traceback" not in done.stdout and "geheim-7391" not in done.stdout
    assert standing.live == live
    assert _files(standing.clone) == before


def _files(folder: Path) -> dict[str, bytes]:
    """What lies in the clone, without Git's and the night's own."""
    paths = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    inner = {path.relative_to(folder): path for path in paths}
    return {str(name): path.read_bytes() for name, path in inner.items() if name.parts[0] not in (".git", ".showcase")}


def test_a_fault_that_its_sentence_mends_is_gone_the_next_night(server: Server) -> None:
    _diverged(server)
    _edited(server)
    assert server.night().returncode == 3
    git(server.clone, "stash", "--include-untracked", "--quiet")
    assert "git reset --hard origin/main" in server.night().stdout
    git(server.clone, "reset", "--hard", "--quiet", "origin/main")
    assert server.night().returncode == 0


def test_a_pull_that_was_killed_halfway_is_finished_the_next_night(server: Server) -> None:
    assert server.night().returncode == 0
    _pushed(server)
    # As after a loss of power between Git's first file and its last: some are new, the index and the branch are not.
    goal = git(server.editors, "rev-parse", "HEAD").stdout.strip()
    git(server.clone, "fetch", "--quiet")
    git(server.clone, "update-ref", "refs/showcase/next", goal)
    shutil.copy(server.editors / CASE, server.clone / CASE)
    (server.clone / ".git/index.lock").write_bytes(b"half")
    done = server.night()
    assert done.returncode == 0, done.stdout
    assert git(server.clone, "rev-parse", "HEAD").stdout.strip() == goal
    assert not git(server.clone, "status", "--porcelain").stdout
    assert git(server.clone, "rev-parse", "--verify", "--quiet", "refs/showcase/next", code=1).stdout == ""


class _WantsPassword(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(401)
        self.send_header("WWW-Authenticate", 'Basic realm="git"')
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Nobody reads it."""


@pytest.fixture
def guarded_address() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _WantsPassword) as host:
        threading.Thread(target=host.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{host.server_port}/cases.git"
        host.shutdown()


def test_a_host_that_wants_a_password_is_told_and_nobody_is_waited_for(standing: Server, guarded_address: str) -> None:
    git(standing.clone, "remote", "set-url", "origin", guarded_address)
    done = standing.night()
    assert (done.returncode, "登录过期或没有权限" in done.stdout) == (3, True), done.stdout


@pytest.fixture
def small_disk(standing: Server) -> Iterator[Path]:
    """Git's folder of the clone on a disk of its own with next to no room."""
    inner, aside = standing.clone / ".git", standing.base / "aside"
    used_bytes = sum(path.lstat().st_size for path in inner.rglob("*") if path.is_file())
    inner.rename(aside)
    inner.mkdir()
    size = f"size={used_bytes // 1024 + 1500}k,mode=755"
    if subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(inner)], check=False).returncode:
        pytest.skip("only root can put a small disk there")
    try:
        shutil.copytree(aside, inner, dirs_exist_ok=True, symlinks=True)
        yield inner
    finally:
        subprocess.run(["umount", "--lazy", str(inner)], check=True)


def test_a_disk_that_is_full_is_told_and_gets_its_room_back(standing: Server, small_disk: Path) -> None:
    (standing.editors / "cases/yueyang-2021/big.mp4").write_bytes(os.urandom(8_000_000))
    standing.push()
    live, free_bytes = standing.live, shutil.disk_usage(small_disk).free
    for _ in range(2):
        done = standing.night()
        assert (done.returncode, "磁盘满了" in done.stdout) == (3, True), done.stdout
    assert standing.live == live
    assert free_bytes - shutil.disk_usage(small_disk).free < 200_000


def test_submodules_bring_nothing_and_run_nothing(server: Server) -> None:
    """A gitlink in the place of a case, of another repository here, with an address that would be a command."""
    secret, mark = server.base / "secret", server.base / "ran"
    secret.mkdir()
    git(secret, "init", "--quiet", "--initial-branch=main")
    (secret / "index.md").write_text("CANARY-4711\n")
    git(secret, "add", "--all")
    git(secret, "commit", "--quiet", "--message", "secret")
    commit = git(secret, "rev-parse", "HEAD").stdout.strip()
    for name, url in (("cases/yueyang-2021/module", str(secret)), ("cases/yueyang-2021/shell", f"ext::touch {mark}")):
        git(server.editors, "config", "-f", ".gitmodules", f"submodule.{name}.path", name)
        git(server.editors, "config", "-f", ".gitmodules", f"submodule.{name}.url", url)
        git(server.editors, "config", "-f", ".gitmodules", f"submodule.{name}.update", "checkout")
        git(server.editors, "update-index", "--add", "--cacheinfo", f"160000,{commit},{name}")
    git(server.editors, "add", ".gitmodules")
    git(server.editors, "commit", "--quiet", "--message", "modules")
    git(server.editors, "push", "--quiet", "origin", "main")
    # As somebody may have set it for working in the clone.
    git(server.clone, "config", "submodule.recurse", "true")
    git(server.clone, "config", "fetch.recurseSubmodules", "true")
    done = server.night()
    assert done.returncode == 1, done.stdout  # two folders without a text
    assert f"{server.editors.name}" not in done.stdout
    assert "cases/yueyang-2021/module/index.md" in done.stdout
    assert not mark.exists()
    assert not (server.clone / ".git/modules").exists()
    assert list((server.clone / "cases/yueyang-2021/module").iterdir()) == []
    assert server.night().returncode == 1  # and the clone counts as clean


def test_hooks_that_the_repository_brings_are_not_run(server: Server) -> None:
    hook = server.editors / "scripts/hooks/post-merge"
    hook.parent.mkdir()
    hook.write_text(f"#!/bin/sh\ntouch {server.base}/ran\n")
    hook.chmod(0o755)
    server.push()
    git(server.clone, "pull", "--quiet")
    git(server.clone, "config", "core.hooksPath", "scripts/hooks")
    _pushed(server)
    assert server.night().returncode == 0
    assert not (server.base / "ran").exists()


def test_huge_files_are_told_and_the_rest_goes_out(server: Server) -> None:
    """A text of 40 MB and a picture of 300 MB of nothing; the run may not swell with them."""
    folder = (server.editors / CASE).parent
    other = folder.with_name("huge-text")
    shutil.copytree(folder, other)
    (other / "index.md").write_bytes((folder / "index.md").read_bytes() + b"x" * 40_000_000)
    picture = next(path for path in sorted((folder / "media").iterdir()) if path.suffix in (".jpg", ".webp", ".png"))
    with picture.open("r+b") as file:
        file.truncate(300_000_000)
    server.push()
    done = server.night("--force")
    assert done.returncode == 1, done.stdout
    assert "cases/yueyang-2021/huge-text/index.md" in done.stdout
    last = json.loads((server.state / "last-run.json").read_bytes())
    assert last["built"]["withheld"] == ["yueyang-2021/huge-text", "yueyang-2021/quyuan-nineteen-pupils"]
    assert last["built"]["cases"] == 1

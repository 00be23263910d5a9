"""The clone on the server: brought to what the host has, or left as it is with a sentence on what is in the way.

Nothing is merged, stashed or overwritten: the only step is forward, to a commit that follows on the present one. What the
night itself began and could not finish is the one thing that it mends. It fetches no submodule and runs no program that the
repository brings.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.errors import ToolError
from generator.night.children import Ended, run

LAST, NEXT = "refs/showcase/last", "refs/showcase/next"
"""The last commit here that the host is known to have had; what the night is on its way to, there only while it is."""

_ASK_S = 300.0
_WORK_S = 3 * 3600.0
_SHOWN = 5
_STANDS = "没有生成，线上的网站没有变化"
_UNFINISHED = ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply", "BISECT_LOG")
_SAFE = (
    "-c", "submodule.recurse=false", "-c", "fetch.recurseSubmodules=false", "-c", "core.fsmonitor=false",
    "-c", "core.hooksPath=/dev/null", "-c", "core.quotePath=false", "-c", "gc.autoDetach=false", "-c", "maintenance.autoDetach=false",
    "-c", "http.lowSpeedLimit=1000", "-c", "http.lowSpeedTime=120",
)  # fmt: skip
# Of Git's own protocol, of curl and of ssh.
_UNREACHED = (
    "could not resolve", "unable to access", "could not connect", "unable to connect", "timed out", "connection refused",
    "connection reset", "connection closed", "no route to host", "network is unreachable",
)  # fmt: skip
# What a run of Git by somebody else left in the environment would lead it to another repository.
_LED = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_NAMESPACE", "GIT_CEILING_DIRECTORIES")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulled:
    """From where to where; the same commit where nothing was new."""

    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clone:
    """A clone, and the folders of it that a build reads."""

    root: Path
    sources: tuple[str, ...]  # in which a file that no commit holds would be published
    environment: Mapping[str, str]
    hear: Callable[[str], None]

    def pull(self) -> Pulled:
        """Brings the clone to what its branch is at the host.

        Raises:
            ToolError: something is in the way; the files are as they were.
        """
        self._require_clone()
        before = self._finish_what_was_begun()
        branch = self._require_branch()
        upstream = self._require_upstream(branch)
        self._require_clean()
        if self._is_ancestor(before, upstream):
            self._ask("update-ref", LAST, before)
        self._fetch(branch)
        after = self._ask("rev-parse", "--verify", "--quiet", f"{upstream}^{{commit}}")
        if not after:
            raise ToolError(self._gone(branch, upstream))
        if after != before:
            self._require_forward(before, after, upstream)
            self._forward(after)
            self._ask("update-ref", LAST, after)
        return Pulled(before=before, after=after)

    def version(self) -> str:
        """Git's own; empty where there is none."""
        try:
            return self._ask("--version").removeprefix("git version ")
        except ToolError:
            return ""

    def _require_clone(self) -> None:
        top = self._answer("rev-parse", "--show-toplevel")
        if "dubious ownership" in top.stderr:
            raise ToolError(
                f"{self.root} 不归现在的用户所有，Git 不肯用；{_STANDS}。请用克隆它的那个用户运行，"
                f"或者以管理员身份运行 chown -R {os.geteuid()} {self.root}"
            )
        if top.returncode or Path(top.stdout.strip()).resolve() != self.root.resolve():
            raise ToolError(
                f"{self.root} 不是 git clone 得到的目录，取不到新案例；{_STANDS}。请照 docs/operate.md 重新克隆一份"
            )

    def _finish_what_was_begun(self) -> str:
        """The present commit; a step that a killed night left half done is done first.

        Only the night sets NEXT, and takes it away when it is there: what lies about then is its own.
        """
        head = self._ask("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
        goal = self._ask("rev-parse", "--verify", "--quiet", NEXT)
        if goal and head and head in (goal, self._ask("rev-parse", "--verify", "--quiet", LAST)):
            self.hear("上次在更新文件时被打断，现在接着做完。")
            (self._git_dir() / "index.lock").unlink(missing_ok=True)
            self._must("没有接着做完", "reset", "--hard", "--quiet", goal)
            head = goal
        if goal:
            self._ask("update-ref", "-d", NEXT)
        return head

    def _require_branch(self) -> str:
        git_dir = self._git_dir()
        branch = self._ask("symbolic-ref", "--quiet", "--short", "HEAD")
        if any((git_dir / name).exists() for name in _UNFINISHED):
            raise ToolError(
                f"有人在 {self.root} 里合并或变基到一半，留下了冲突；{_STANDS}。"
                "请运行 git status 看是哪一种，再用 git merge --abort 或 git rebase --abort 退回去；要合并的在自己的电脑上合并"
            )
        if (git_dir / "index.lock").exists():
            raise ToolError(
                f"{git_dir / 'index.lock'} 还在：另一个 git 正在运行，或者上次被打断了；{_STANDS}。"
                "没有别的 git 在运行，就删掉这个文件"
            )
        if not branch:
            raise ToolError(
                f"{self.root} 不在任何分支上（有人切到了某个提交）；{_STANDS}。请运行 git switch main，再运行一次"
            )
        if not self._ask("rev-parse", "--verify", "--quiet", "HEAD^{commit}"):
            raise ToolError(
                f"{self.root} 的分支 {branch} 还没有任何提交；{_STANDS}。"
                "请运行 git switch main 换回正式的分支；仓库本来就是空的，请编辑先推送第一个案例"
            )
        return branch

    def _require_upstream(self, branch: str) -> str:
        upstream = self._ask("for-each-ref", "--format=%(upstream)", f"refs/heads/{branch}")
        if not upstream.startswith("refs/remotes/"):
            raise ToolError(
                f"分支 {branch} 没有说明从哪里取；{_STANDS}。"
                f"请运行 git branch -u origin/{branch}；正式的分支不叫 {branch}，就用 git switch 换过去"
            )
        return upstream

    def _require_clean(self) -> None:
        changed = self._changed()
        strange = self._ask("ls-files", "--others", "--exclude-standard", "--directory", "--", *self.sources)
        names = [line[2:].strip() for line in changed] + strange.splitlines()
        if names:
            more = f" 等 {len(names)} 处" if len(names) > _SHOWN else ""
            raise ToolError(
                f"有人在 {self.root} 里改了文件，没有提交：{'、'.join(names[:_SHOWN])}{more}；{_STANDS}。"
                "要留的先复制到自己的电脑上提交；然后运行 git stash --include-untracked，这里就和仓库一样了"
            )

    def _changed(self) -> list[str]:
        return self._ask("status", "--porcelain", "--untracked-files=no", "--ignore-submodules=all").splitlines()

    def _fetch(self, branch: str) -> None:
        remote = self._ask("config", "--get", f"branch.{branch}.remote")
        began_s = time.time()
        done = self._run("fetch", "--quiet", "--no-recurse-submodules", "--no-tags", "--prune", remote)
        if done.code:
            self._give_room_back(began_s)
        if done.is_late:
            raise ToolError(f"git fetch 三个小时没有取完；{_STANDS}。请看看网络和仓库的服务器，再运行一次")
        if done.code:
            raise ToolError(f"取不到最新的案例（git fetch 失败）：{_last_words(done)}；{_STANDS}。{_advice(done)}")

    def _give_room_back(self, began_s: float) -> None:
        """Removes what a fetch that broke off has left half done: Git keeps it, and a full disk would stay full."""
        objects = self._git_dir() / "objects"
        for path in (*objects.glob("pack/tmp_*"), *objects.glob("[0-9a-f][0-9a-f]/tmp_obj_*")):
            if path.stat().st_mtime >= began_s - 1:
                path.unlink(missing_ok=True)

    def _gone(self, branch: str, upstream: str) -> str:
        short = upstream.removeprefix("refs/remotes/")
        remote = self._ask("config", "--get", f"branch.{branch}.remote")
        others = self._ask("for-each-ref", "--format=%(refname:short)", f"refs/remotes/{remote}/").split()
        if others:
            return (
                f"仓库的服务器上没有分支 {short} 了，有的是 {'、'.join(others[:_SHOWN])}；{_STANDS}。"
                "请问清楚是改了名还是误删；改了名，就用 git switch 换到新的分支"
            )
        return (
            f"仓库的服务器上是空的，一个分支也没有；{_STANDS}。"
            f"请先不要动 {self.root}：它里面还有全部案例，让开发同事从这里推回去（git push {remote} HEAD）"
        )

    def _require_forward(self, before: str, after: str, upstream: str) -> None:
        if self._is_ancestor(before, after):
            return
        short = upstream.removeprefix("refs/remotes/")
        here = self._ask("log", "--format=%h %s", "-n", str(_SHOWN), f"{after}..{before}").splitlines()
        if before == self._ask("rev-parse", "--verify", "--quiet", LAST):
            raise ToolError(
                f"{short} 被改写过（强制推送）：上次发布的 {before[:8]} 不在它的历史里了；{_STANDS}。"
                f"请先问清楚是谁、为什么（git log --oneline HEAD...{short} 看差别）；"
                f"确认以代码仓库里的为准，运行 git reset --hard {short}，再运行一次"
            )
        raise ToolError(
            f"有人在 {self.root} 里提交过，和 {short} 分开了：{'、'.join(here)}；{_STANDS}。"
            f"要留的先推送到另一个分支（git push origin HEAD:refs/heads/from-server）再合并；"
            f"然后运行 git reset --hard {short}"
        )

    def _is_ancestor(self, old: str, new: str) -> bool:
        return self._answer("merge-base", "--is-ancestor", old, new).returncode == 0

    def _forward(self, after: str) -> None:
        self._ask("update-ref", NEXT, after)
        try:
            self._must("新的案例取来了，可是没有放好", "merge", "--ff-only", "--quiet", after)
        finally:
            # Left where files were left half done, for the next night to finish; not where Git refused to begin, for
            # then it would overwrite what Git has spared.
            if not self._changed():
                self._ask("update-ref", "-d", NEXT)

    def _must(self, what: str, *words: str) -> None:
        done = self._run(*words)
        if done.code:
            raise ToolError(f"{what}（git {words[0]} 失败）：{_last_words(done)}；{_STANDS}。{_advice(done)}")

    def _git_dir(self) -> Path:
        return self.root / self._ask("rev-parse", "--git-dir")

    def _ask(self, *words: str) -> str:
        """What Git answers; nothing where it has no answer."""
        done = self._answer(*words)
        return done.stdout.rstrip("\n") if done.returncode == 0 else ""

    def _answer(self, *words: str) -> subprocess.CompletedProcess[str]:
        try:
            return subprocess.run(
                ("git", *_SAFE, *words), cwd=self.root, env=self._surroundings(), stdin=subprocess.DEVNULL,
                capture_output=True, encoding="utf-8", errors="replace", timeout=_ASK_S, check=False,
            )  # fmt: skip
        except FileNotFoundError as error:
            raise ToolError(f"没有找到 git，取不到新案例；{_STANDS}。请安装 git，再运行一次") from error
        except subprocess.TimeoutExpired as error:
            raise ToolError(
                f"git {words[0]} 五分钟没有回答；{_STANDS}。请看看 {self.root} 所在的磁盘，再运行一次"
            ) from error

    def _run(self, *words: str) -> Ended:
        return run(
            ("git", *_SAFE, *words), cwd=self.root, environment=self._surroundings(), hear=self.hear, wall_s=_WORK_S
        )  # fmt: skip

    def _surroundings(self) -> dict[str, str]:
        """Git asks nobody for a password, and speaks the language that `_advice` knows; ssh has no terminal to ask on."""
        own = {name: value for name, value in self.environment.items() if name not in _LED}
        return own | {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C.UTF-8"}


def _last_words(done: Ended) -> str:
    told = [line for line in done.lines if line.strip() and not line.startswith("hint:")]
    kinds = ("ssh: ", "fatal:", "error:")  # ssh's own word says more than what Git then makes of it
    at = min((told.index(line) for line in told if line.startswith(kinds)), default=len(told) - 1)
    # “unable to connect to HOST:” goes on in the next line.
    words = told[at : at + 2] if told and told[at].endswith(":") else told[at:][:1]
    return " ".join(words).removeprefix("fatal: ").removeprefix("error: ") or "没有说明"


def _advice(done: Ended) -> str:
    """What to do, by what Git says; it speaks English here, whatever the locale of the machine."""
    said = "\n".join(done.lines).lower()
    if "no space left" in said or "disk quota" in said:
        return "磁盘满了：请运行 showcase sweep 清理，或换大一点的磁盘，再运行一次"
    if any(word in said for word in ("authentication failed", "could not read username", "permission denied")):
        return "登录过期或没有权限：请换新的访问令牌或 SSH 密钥，再运行一次"
    if "host key verification failed" in said:
        return "仓库服务器的指纹不认识或变了：请向它的管理员核对，再更新 ~/.ssh/known_hosts"
    if "would be overwritten" in said:
        return "有没提交的文件挡在那里：请移到别处，再运行一次"
    if any(word in said for word in _UNREACHED):
        return "网络不通或服务器停了：等一等，再运行一次"
    return "请照上面说的处理，再运行一次"

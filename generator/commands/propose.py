"""`showcase propose`: a case or a call, checked, as a branch that waits for somebody to look at it; nothing else goes along."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import click

from generator import checkflow
from generator.check.diagnostics import Severity
from generator.check.examine import Verdict
from generator.check.reports import report
from generator.commands.desk import Desk, desk_of
from generator.errors import SettingsError, ToolError
from generator.terminal import explained, progress_shown

_GIT_S = 600  # a case may bring videos


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """What is proposed: a case, or everything of a call."""

    name: str  # “<campaign>/<case>” or “<campaign>”
    path: str  # its folder as Git knows it, from the folder that holds cases/
    title: str  # what the commit says of it

    @property
    def branch(self) -> str:
        """The name of its branch."""
        return self.name.replace("/", "-")

    def holds(self, case_id: str, file: str) -> bool:
        """Whether a diagnostic is about it."""
        return case_id == self.name or file.startswith(f"{self.path}/")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Branch:
    """Where a proposal goes."""

    name: str
    tip: str  # what the next commit stands on
    is_there: bool  # whether the host has it, so that the proposal grows


@click.command()
@click.argument("target", metavar="案例或活动")
@click.option("--onto", default="origin/main", show_default=True, metavar="分支", help="将来合并到哪里")
@click.option("--message", metavar="一句话", help="这次做了什么；不写则由单位和标题组成")
@click.pass_context
def propose(context: click.Context, target: str, onto: str, message: str | None) -> None:
    """检查一个案例（活动/案例，或它的目录）或一个活动，没有错误就建分支、提交、推送。

    只带上这个目录里的改动，做完您还在原来的分支。再运行一次，后来的改动加到同一个合并请求。
    """
    with explained():
        if onto.startswith("-"):
            raise SettingsError(f"--onto {onto} 不是分支的名字，应像 origin/main")
        desk = desk_of(context)
        proposed = _proposed(target, desk)
        with progress_shown() as progress:
            verdict = checkflow.check(desk.settings, progress, changed=frozenset({proposed.name})).verdict
        own = tuple(one for one in verdict.diagnostics if proposed.holds(one.case_id, one.file))
        withheld = verdict.withheld & {one.case_id for one in own if one.case_id}
        click.echo(report(Verdict(diagnostics=own, withheld=withheld)), nl=False)
        if any(one.severity is Severity.ERROR for one in own):
            click.echo("有错误，没有提交。按上面的提示改好，再运行一次。", err=True)
            sys.exit(1)
        clone = _Clone(root=desk.settings.cases_dir.parent, onto=onto)
        branch = clone.push(proposed, message)
        _tell(clone, proposed, branch)


def _tell(clone: _Clone, proposed: Proposed, branch: _Branch) -> None:
    """Where it is now, and how to go on."""
    if branch.is_there:
        click.echo(f"已加到同一个合并请求（分支 {branch.name}），那里会自动再查一遍。")
    else:
        click.echo(f"已推送到分支 {branch.name}。请在网页上由它新建合并请求，请另一位编辑看。")
    here = clone.here()
    if clone.has_changes(proposed.path):
        click.echo(f"推送的时候 {proposed.path} 又有改动，没有带上，还留在这里。要带上，再运行一次。")
    elif here != branch.name:
        back = f"git switch {here}" if here else "git switch -"
        click.echo(f"这次的改动在那个分支里，{proposed.path} 回到了改动以前的样子。")
        click.echo(f"还要改：git switch {branch.name}，改好再运行这条命令，然后 {back} 回来。")


def _proposed(target: str, desk: Desk) -> Proposed:
    """The case or the call of that id or folder."""
    parts = Path(target.rstrip("/")).parts
    cases = desk.settings.cases_dir.name
    case = desk.catalog.by_id.get("/".join(parts[-2:]))
    if case is not None:
        title = f"〔{case.case.unit.name}〕{case.case.title}" if case.case else case.id
        return Proposed(name=case.id, path=f"{cases}/{case.id}", title=f"案例：{title}")
    call = desk.catalog.campaigns.get(parts[-1]) if parts else None
    if call is None:
        raise SettingsError(
            f"没有案例或活动 {target}；案例要写成“活动/案例”，例如 yueyang-2021/pingjiang-one-table。"
            "已经提交、还没有合并的案例在它自己的分支里，先用 git switch 换过去"
        )
    return Proposed(name=call.id, path=f"{cases}/{call.id}", title=f"活动：{call.short_title}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clone:
    """The clone that the cases lie in, and the branch that proposals are for.

    Commits are made beside the working folder, by an index of their own: whatever fails on the way to the host, the
    editor's files, index and branch are as they were.
    """

    root: Path
    onto: str

    def push(self, proposed: Proposed, message: str | None) -> _Branch:
        """Commit what changed in its folder on a branch of its own and push it; then the folder is as on the branch here.

        Raises:
            SettingsError: nothing has changed, or somebody else changed the same lines.
            ToolError: Git is missing or refuses; what was changed is still there.
        """
        remote = self.onto.partition("/")[0]
        self._git("fetch", "--quiet", "--prune", "--", remote)
        branch = self._branch(proposed.branch, remote)
        with tempfile.TemporaryDirectory() as folder:
            index = Path(folder) / "index"
            tree = self._tree(proposed.path, index)
            wanted = self._wanted(proposed.path, branch, tree)
            commit = self._commit(proposed, branch, wanted, message, index)
            if not self._git("rev-list", f"{self.onto}..{commit}"):
                raise SettingsError(f"{proposed.path} 与 {self.onto} 相比没有改动，不用提交")
            if branch.is_there and commit == self._git("rev-parse", f"{remote}/{branch.name}"):
                raise SettingsError(f"{proposed.path} 没有新的改动，分支 {branch.name} 里已经都有了")
            self._git("push", "--quiet", "--", remote, f"{commit}:refs/heads/{branch.name}")
            if self._tree(proposed.path, index) == tree:  # nobody went on writing while videos travelled
                self._restore(proposed.path)
        self._move(branch.name, commit)
        self._git("branch", "--quiet", f"--set-upstream-to={remote}/{branch.name}", branch.name)
        return branch

    def here(self) -> str:
        """The branch that the editor is on; empty for none."""
        return self._git("branch", "--show-current")

    def has_changes(self, path: str) -> bool:
        """Whether the folder is not as HEAD has it."""
        return bool(self._git("status", "--porcelain", "--", path))

    def _branch(self, name: str, remote: str) -> _Branch:
        """The branch of that name, here or at the host, whichever has more.

        One whose proposal was merged, or that is gone from the host, is over: then it is “<name>-2”, and so on, from
        the newest state. Nothing that was committed is ever dropped.
        """
        for number in itertools.count(1):
            branch = name if number == 1 else f"{name}-{number}"
            there = f"{remote}/{branch}"
            is_there = bool(self._git("branch", "--remotes", "--list", there))
            if not self._git("branch", "--list", branch):
                if not is_there:
                    return _Branch(name=branch, tip=self.onto, is_there=False)
                if self._git("rev-list", f"{self.onto}..{there}"):
                    return _Branch(name=branch, tip=there, is_there=True)
            elif not self._is_over(branch, is_there=is_there):
                is_behind = is_there and not self._git("rev-list", f"{there}..{branch}")
                return _Branch(name=branch, tip=there if is_behind else branch, is_there=is_there)
        raise AssertionError  # numbers do not end

    def _is_over(self, branch: str, *, is_there: bool) -> bool:
        was_pushed = bool(self._git("for-each-ref", "--format=%(upstream)", f"refs/heads/{branch}"))
        return was_pushed and (not is_there or not self._git("rev-list", f"{self.onto}..{branch}"))

    def _tree(self, path: str, index: Path) -> str:
        """The whole of HEAD with the folder as it lies on the disk, as a tree."""
        self._git("read-tree", "HEAD", index=index)
        self._git("add", "--all", "--", path, index=index)
        return self._git("write-tree", index=index)

    def _wanted(self, path: str, branch: _Branch, tree: str) -> str:
        """What the folder shall hold on the branch, of a *tree* with what lies on the disk.

        It is just that, unless the branch went on without it: then what was changed here is put into it. A
        folder that HEAD does not know was imported anew and stands for the whole case.
        """
        here, there = (self._git("rev-parse", "--verify", "--quiet", f"{at}:{path}", ends=(0, 1))
                       for at in ("HEAD", branch.tip))  # fmt: skip
        if here == there or (not here and branch.tip != self.onto):
            return f"{tree}:{path}"
        if not here:
            raise SettingsError(
                f"{self.onto} 里已经有 {path}，您这里还没有，没有提交。把这个目录移到别处，运行 git pull，再照它改"
            )
        commit = self._git("commit-tree", tree, "-p", "HEAD", "-m", path)
        # 1 is a clash, 129 a Git before 2.38, which cannot say.
        merged, *clashes = self._git(
            "merge-tree", "--write-tree", "--name-only", "--no-messages", "-z", branch.tip, commit, ends=(0, 1, 129)
        ).split("\0")
        if not merged or any(name.startswith(f"{path}/") for name in clashes):
            update = "git pull --autostash" if branch.tip == self.onto else f"git switch --merge {branch.name}"
            raise SettingsError(
                f"{path} 里同样的地方，{branch.tip} 也改过，没有提交，您的改动都还在。"
                f"先运行 {update}，在文件里 <<<<<<< 和 >>>>>>> 之间选定怎样写，再运行一次"
            )
        return f"{merged}:{path}"

    def _commit(self, proposed: Proposed, branch: _Branch, wanted: str, message: str | None, index: Path) -> str:
        """The branch's tip with the folder as *wanted*; the tip itself if it holds that already."""
        self._git("read-tree", branch.tip, index=index)
        self._git("rm", "-r", "-f", "--quiet", "--cached", "--ignore-unmatch", "--", proposed.path, index=index)
        self._git("read-tree", f"--prefix={proposed.path}/", wanted, index=index)
        tree = self._git("write-tree", index=index)
        if tree == self._git("rev-parse", f"{branch.tip}^{{tree}}"):
            return self._git("rev-parse", branch.tip)
        what = "修改" if self._git("ls-tree", "--name-only", branch.tip, "--", proposed.path) else "增加"
        return self._git("commit-tree", tree, "-p", branch.tip, "-m", message or what + proposed.title)

    def _restore(self, path: str) -> None:
        """The folder as HEAD has it; what Git ignores stays."""
        self._git("reset", "--quiet", "--", path)
        if self._git("ls-files", "--", path):
            self._git("checkout", "--quiet", "--", path)
        self._git("clean", "--force", "-d", "--quiet", "--", path)

    def _move(self, branch: str, commit: str) -> None:
        """The branch to that commit; and the folder, for an editor who is on it."""
        if self.here() == branch:
            self._git("merge", "--quiet", "--ff-only", commit)
        else:
            self._git("update-ref", f"refs/heads/{branch}", commit)

    def _git(self, *words: str, index: Path | None = None, ends: tuple[int, ...] = (0,)) -> str:
        """What Git answers, with an index of its own if one is given; *ends* are the codes that it may end with."""
        try:
            child = subprocess.run(
                ["git", "-C", str(self.root), *words],
                capture_output=True, text=True, encoding="utf-8", errors="replace",
                timeout=_GIT_S, check=False, stdin=subprocess.DEVNULL,
                env={**os.environ, "GIT_INDEX_FILE": str(index)} if index else None,
            )  # fmt: skip
        except FileNotFoundError as error:
            raise ToolError("没有找到 git；请安装后重试") from error
        except subprocess.TimeoutExpired as error:
            raise ToolError(f"git {words[0]} 超过 {_GIT_S // 60} 分钟没有完成，请看看网络，再运行一次") from error
        if child.returncode not in ends:
            told = [line for line in child.stderr.splitlines() if line.strip() and not line.startswith("hint:")]
            why = told[-1] if told else "没有说明"
            raise ToolError(f"git {words[0]} 没有成功：{why}。改动都还在，处理好再运行一次")
        return child.stdout.strip()

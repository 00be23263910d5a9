"""`showcase propose`: a case or a call, checked, as a branch that waits for somebody to look at it; nothing else goes along."""

from __future__ import annotations

import itertools
import subprocess
import sys
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


@click.command()
@click.argument("target", metavar="案例或活动")
@click.option("--onto", default="origin/main", show_default=True, metavar="分支", help="将来合并到哪里")
@click.option("--message", metavar="一句话", help="这次做了什么；不写则由单位和标题组成")
@click.pass_context
def propose(context: click.Context, target: str, onto: str, message: str | None) -> None:
    """检查一个案例（活动/案例，或它的目录）或一个活动，没有错误就建分支、提交、推送。

    只带上这个目录里的改动。再运行一次，后来的改动加到同一个分支。
    """
    with explained():
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
        branch = _Clone(root=desk.settings.cases_dir.parent, onto=onto).push(proposed, message)
    click.echo(f"已推送到分支 {branch}。请在网页上由它新建合并请求，请另一位编辑看。")


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
        raise SettingsError(f"没有案例或活动 {target}；案例要写成“活动/案例”，例如 yueyang-2021/pingjiang-one-table")
    return Proposed(name=call.id, path=f"{cases}/{call.id}", title=f"活动：{call.short_title}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clone:
    """The clone that the cases lie in, and the branch that proposals are for."""

    root: Path
    onto: str

    def push(self, proposed: Proposed, message: str | None) -> str:
        """Commit what changed in its folder on a branch of its own, and push it; gives the branch.

        Raises:
            SettingsError: nothing has changed.
            ToolError: Git is missing or refuses; what was changed is still there.
        """
        remote = self.onto.partition("/")[0]
        self._git("fetch", "--quiet", "--prune", remote)
        branch = self._enter(proposed.branch, remote)
        self._git("add", "--all", "--", proposed.path)
        if self._git("diff", "--cached", "--name-only", "--", proposed.path):
            what = "修改" if self._git("ls-tree", "--name-only", self.onto, "--", proposed.path) else "增加"
            self._git("commit", "--quiet", "--message", message or what + proposed.title, "--", proposed.path)
        if not self._git("rev-list", f"{self.onto}..HEAD"):
            raise SettingsError(f"{proposed.path} 与 {self.onto} 相比没有改动，不用提交")
        self._git("push", "--quiet", "--set-upstream", remote, branch)
        return branch

    def _enter(self, name: str, remote: str) -> str:
        """Be on the branch of that name, with what lies uncommitted here; gives the name.

        One whose proposal was merged, or whose branch is gone from the host, is over: then it is “<name>-2”, and so
        on, from the newest state. Nothing that was committed is ever dropped.
        """
        for number in itertools.count(1):
            branch = name if number == 1 else f"{name}-{number}"
            if not self._git("branch", "--list", branch):
                self._git("switch", "--quiet", "--no-track", "--create", branch, self.onto)
                return branch
            if not self._is_over(branch, remote):
                if self._git("branch", "--show-current") != branch:
                    self._git("switch", "--quiet", branch)
                return branch
        raise AssertionError  # numbers do not end

    def _is_over(self, branch: str, remote: str) -> bool:
        was_pushed = bool(self._git("for-each-ref", "--format=%(upstream)", f"refs/heads/{branch}"))
        is_gone = was_pushed and not self._git("branch", "--remotes", "--list", f"{remote}/{branch}")
        return is_gone or (was_pushed and not self._git("rev-list", f"{self.onto}..{branch}"))

    def _git(self, *words: str) -> str:
        """What Git answers."""
        try:
            child = subprocess.run(
                ["git", "-C", str(self.root), *words],
                capture_output=True, text=True, encoding="utf-8", errors="replace",
                timeout=_GIT_S, check=True, stdin=subprocess.DEVNULL,
            )  # fmt: skip
        except FileNotFoundError as error:
            raise ToolError("没有找到 git；请安装后重试") from error
        except subprocess.TimeoutExpired as error:
            raise ToolError(f"git {words[0]} 超过 {_GIT_S // 60} 分钟没有完成，请看看网络，再运行一次") from error
        except subprocess.CalledProcessError as error:
            told = [line for line in error.stderr.splitlines() if line.strip() and not line.startswith("hint:")]
            why = told[-1] if told else "没有说明"
            raise ToolError(f"git {words[0]} 没有成功：{why}。改动都还在，处理好再运行一次") from error
        return child.stdout.strip()

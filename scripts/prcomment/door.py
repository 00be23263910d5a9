"""Doors: `scripts/pr-comment` puts one report on its pull request, `scripts/pr-round` checks and tells all open ones.

Exit codes are those of `showcase`: 0 done (or nothing to do), 2 settings or an unfit report, 3 the forge or a tool failed.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import stat
import sys
from collections.abc import Callable
from pathlib import Path

from prcomment.forges import FORGES, Forge, GitHub, Proposal
from prcomment.posting import ours, put
from prcomment.report import MOST_BYTES, UnfitReportError, comment_text, head_of
from prcomment.rounds import NotCheckedError, checked
from prcomment.web import AddressError, ForgeError

TOKEN = "SHOWCASE_FORGE_TOKEN"  # the name of a variable, no token
_API = {"github": "GITHUB_API_URL", "gitea": "GITHUB_API_URL", "gitlab": "CI_API_V4_URL", "gitee": ""}
_REPO = {"github": "GITHUB_REPOSITORY", "gitea": "GITHUB_REPOSITORY", "gitlab": "CI_PROJECT_ID", "gitee": ""}
_SAID = {"posted": "已发出评论", "replaced": "已更新评论", "unchanged": "评论没有变化"}


class UsageError(Exception):
    """The command line or the environment is wrong."""


def comment() -> int:
    """Runs `scripts/pr-comment`."""
    words = _parser("把检查报告贴到合并请求上：只有一条评论，每次更新它。")
    words.add_argument("report", type=Path, help="showcase check --format markdown 写出的文件")
    words.add_argument("--number", type=int, help="合并请求的编号")
    words.add_argument("--head-sha", default="", help="检查的是哪个提交；合并请求已有更新的提交时不贴")
    words.add_argument("--event", type=Path, metavar="FILE", help="GitHub workflow_run 的事件文件，代替上面两项")
    words.add_argument("--pages-url", default="", help="预览页面在哪里，写在评论末尾")
    return _explained(words, _comment)


def round_() -> int:
    """Runs `scripts/pr-round`."""
    words = _parser("用本目录的程序检查每个打开的合并请求的案例，贴上或更新评论；不运行它们的代码。")
    return _explained(words, _round)


def _parser(about: str) -> argparse.ArgumentParser:
    words = argparse.ArgumentParser(description=about, epilog=f"令牌只从环境变量 {TOKEN} 读取，从不显示。")
    words.add_argument("--forge", required=True, choices=sorted(FORGES), help="Forgejo 用 gitea")
    words.add_argument("--api", default="", help="接口地址，例如 https://git.example.cn/api/v1；CI 里通常不用写")
    words.add_argument("--repo", default="", help="所有者/仓库；CI 里通常不用写")
    words.add_argument("--author", default="", help="评论以谁的名义发出；默认向接口询问")
    words.add_argument("--wait", type=float, default=2.0, metavar="秒", help="失败后等多久再试，每次加倍")
    return words


def _explained(words: argparse.ArgumentParser, run: Callable[[argparse.Namespace], int]) -> int:
    asked = words.parse_args()
    try:
        return run(asked)
    except (UsageError, UnfitReportError, AddressError) as error:
        print(f"错误：{error}", file=sys.stderr)
        return 2
    except (ForgeError, NotCheckedError) as error:
        print(f"错误：{error}", file=sys.stderr)
        return 3


def _comment(asked: argparse.Namespace) -> int:
    forge = _forge(asked)
    raw = _read(asked.report)
    if asked.event:
        if not isinstance(forge, GitHub) or asked.forge != "github":
            raise UsageError("--event 只用于 GitHub")
        proposals, sha, pages_url = _of_event(forge, asked.event)
    elif asked.number and re.fullmatch(r"[0-9a-f]{40,64}", asked.head_sha):
        proposals, sha, pages_url = [forge.proposal(asked.number)], asked.head_sha, asked.pages_url
    else:
        raise UsageError("请写明 --number 和完整的 --head-sha，或者 --event")
    current = [one for one in proposals if one.head_sha == sha]
    if not current:
        print("没有以这个提交为最新的打开的合并请求（已有更新的提交，或已关闭），不贴评论。")
        return 0
    authors = _authors(forge, asked)
    for proposal in current:
        _tell(forge, proposal, raw, authors, pages_url, asked.wait)
    return 0


def _of_event(forge: GitHub, file: Path) -> tuple[list[Proposal], str, str]:
    """Which pull requests a run was of, by what the forge says of the run; nothing that the run handed over counts."""
    try:
        run = json.loads(file.read_bytes())["workflow_run"]
        repo, sha, branch = run["head_repository"]["full_name"], run["head_sha"], run["head_branch"]
        owner, pages_url = run["head_repository"]["owner"]["login"], f"{run['html_url']}#artifacts"
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{file} 不是 workflow_run 事件：{error!r}") from error
    return list(forge.proposals_from(owner, repo, branch)), str(sha), pages_url


def _round(asked: argparse.Namespace) -> int:
    forge = _forge(asked)
    authors = _authors(forge, asked)
    failed = 0
    for proposal in list(forge.open_proposals()):
        try:
            old = ours(forge, proposal.number, authors)
            if old and head_of(old.body) == proposal.head_sha:
                print(f"#{proposal.number}：没有新的提交。")
                continue
            report = checked(Path.cwd(), forge, proposal)
            _tell(forge, proposal, report, authors, "", asked.wait)
        except (ForgeError, NotCheckedError, UnfitReportError) as error:
            # One pull request that cannot be checked must not keep the others waiting.
            print(f"#{proposal.number}：{error}", file=sys.stderr)
            failed += 1
    return 3 if failed else 0


def _tell(forge: Forge, proposal: Proposal, raw: bytes, authors: frozenset[str], pages_url: str, wait_s: float) -> None:
    text = comment_text(
        raw,
        head_sha=proposal.head_sha,
        files_url=proposal.files_url,
        pages_url=pages_url,
        longest=forge.longest,
    )
    print(f"#{proposal.number}：{_SAID[put(forge, proposal, text, authors, wait_s)]}。")


def _forge(asked: argparse.Namespace) -> Forge:
    token = os.environ.get(TOKEN, "").strip()
    if not token or not token.isascii() or not token.isprintable():
        raise UsageError(f"没有令牌：请把它放在环境变量 {TOKEN} 里（在 CI 的“密钥”里设置，不要写进文件）")
    api = asked.api or os.environ.get(_API[asked.forge], "")
    if not api and asked.forge == "gitee":
        api = "https://gitee.com/api/v5"
    repo = asked.repo or os.environ.get(_REPO[asked.forge], "")
    if not api or not repo:
        raise UsageError("请写明 --api 和 --repo")
    is_number = asked.forge == "gitlab" and repo.isdigit()
    if not is_number and not re.fullmatch(r"[\w.-]+(?:/[\w.-]+)+", repo, re.ASCII):
        raise UsageError(f"--repo 应当像 所有者/仓库：{repo}")
    return FORGES[asked.forge](api, repo, token, asked.wait)


def _authors(forge: Forge, asked: argparse.Namespace) -> frozenset[str]:
    return frozenset({asked.author}) if asked.author else forge.me()


def _read(file: Path) -> bytes:
    """At most one byte more than a report may have; only of a regular file, since an unpacked folder may hold links."""
    try:
        opened = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        raise UsageError(f"读不了报告 {file}：{error.strerror}") from error
    try:
        if not stat.S_ISREG(os.fstat(opened).st_mode):
            raise UsageError(f"报告 {file} 不是普通文件")
        with os.fdopen(opened, "rb", closefd=False) as stream:
            return stream.read(MOST_BYTES + 1)
    finally:
        os.close(opened)

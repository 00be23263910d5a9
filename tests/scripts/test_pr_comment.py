"""One comment at each forge, by the program as it is called; and a stranger's report can do nothing in it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from check.findings import HOSTILE, finding, verdict
from check.test_reports_markdown import shown
from forgeserver import BOT, TOKEN, Fault, State, forge
from hypothesis import given
from hypothesis import strategies as st

from generator.check.reports import report
from generator.check.sheets import CaseSheet, SoundPicture
from prcomment.report import MARKER, comment_text, head_of, neutral

ROOT = Path(__file__).parents[2]
SHA = "a" * 40
GENUINE = f"{MARKER}\n## 检查没有通过\n\n错误 1 处，警告 0 处，提示 0 处。\n"
FILES = f"https://forge.example/editor/showcase/raw/{SHA}"


@pytest.fixture(params=["github", "gitea", "gitee", "gitlab"])
def each(request: pytest.FixtureRequest) -> Iterator[State]:
    with forge(request.param) as state:
        state.pull(7, SHA)
        yield state


@pytest.fixture
def github() -> Iterator[State]:
    with forge("github") as state:
        state.pull(7, SHA)
        yield state


def told(
    state: State, report_file: Path | str | bytes, *words: str, token: str = TOKEN
) -> subprocess.CompletedProcess[str]:
    """The program, in a Python that has nothing installed."""
    if not isinstance(report_file, Path):
        raw = report_file.encode() if isinstance(report_file, str) else report_file
        report_file = Path(os.environ["PYTEST_REPORT_DIR"]) / "report.md"
        report_file.write_bytes(raw)
    words = words or ("--number", "7", "--head-sha", SHA)
    env = {"PATH": os.environ["PATH"], "SHOWCASE_FORGE_TOKEN": token}
    command = [sys._base_executable, "-S", str(ROOT / "scripts/pr-comment"), str(report_file)]  # type: ignore[attr-defined]
    command += ["--forge", state.kind, "--api", state.address, "--repo", "city/showcase", "--wait", "0.01", *words]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=60)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTEST_REPORT_DIR", str(tmp_path))


def test_the_first_report_is_posted_and_the_next_takes_its_place(each: State) -> None:
    assert told(each, GENUINE).stdout == "#7：已发出评论。\n"
    assert told(each, GENUINE).stdout == "#7：评论没有变化。\n"
    assert told(each, f"{MARKER}\n## 检查通过，没有发现问题\n").stdout == "#7：已更新评论。\n"
    (body,) = each.bodies
    assert body.startswith(f"{MARKER}\n## 检查通过，没有发现问题\n")
    assert head_of(body) == SHA
    assert f"检查的提交：{SHA[:10]}" in body


def test_our_comment_is_found_behind_hundreds_of_others_and_what_others_wrote_is_left_alone(each: State) -> None:
    forged = each.add("stranger", f"{MARKER}\n假的结果")
    for number in range(230):
        each.add("visitor", f"第 {number} 条")
    each.add(BOT, "别的事")
    each.add(BOT, f"{MARKER}\n旧的结果")
    done = told(each, GENUINE)
    assert (done.returncode, done.stdout) == (0, "#7：已更新评论。\n")
    assert forged["body"] == f"{MARKER}\n假的结果"
    assert [body for body in each.bodies if body.startswith(f"{MARKER}\n## 检查没有通过")] == [each.bodies[-1]]
    assert len(each.bodies) == 233


def test_a_stranger_who_writes_the_marker_gets_no_say_and_we_write_our_own(each: State) -> None:
    each.add("stranger", f"{MARKER}\n假的结果")
    assert told(each, GENUINE).stdout == "#7：已发出评论。\n"
    assert len(each.bodies) == 2


def test_a_job_that_may_not_ask_who_it_is_is_known_by_its_name(github: State) -> None:
    github.knows_user = False
    assert told(github, GENUINE).stdout == "#7：已发出评论。\n"
    assert told(github, f"{GENUINE}\n改了\n").stdout == "#7：已更新评论。\n"
    assert github.comments[0]["user"]["login"] == "github-actions[bot]"


def test_a_forge_that_is_busy_for_a_while_is_waited_for(each: State) -> None:
    each.faults = [Fault("GET", 503), Fault("GET", 502), Fault("POST", 429, {"Retry-After": "0"}), Fault("POST", 500)]
    done = told(each, GENUINE)
    assert (done.returncode, done.stdout) == (0, "#7：已发出评论。\n")
    assert len(each.bodies) == 1


def test_a_post_whose_answer_got_lost_is_not_made_twice(each: State) -> None:
    each.faults = [Fault("POST", 502, done=True)]
    assert told(each, GENUINE).returncode == 0
    assert len(each.bodies) == 1


def test_a_forge_that_stays_broken_ends_the_run(github: State) -> None:
    github.faults = [Fault("GET", 500) for _ in range(5)]
    done = told(github, GENUINE)
    assert done.returncode == 3
    assert "500" in done.stderr
    assert not github.bodies


def test_a_refusal_says_what_to_do_and_never_shows_the_token(each: State) -> None:
    each.faults = [Fault("POST", 403, words=f"no scope for {TOKEN}")]
    done = told(each, GENUINE)
    assert done.returncode == 3
    assert "令牌没有写评论的权限" in done.stderr
    assert "no scope for ***" in done.stderr
    assert TOKEN not in done.stdout + done.stderr
    wrong = told(each, GENUINE, token="wrong-token")
    assert (wrong.returncode, "令牌不对或过期了" in wrong.stderr) == (3, True)


def test_without_a_token_nothing_is_asked(github: State) -> None:
    done = told(github, GENUINE, token="")
    assert (done.returncode, github.asked) == (2, [])
    assert "SHOWCASE_FORGE_TOKEN" in done.stderr


def test_a_report_of_an_older_commit_is_not_posted(each: State) -> None:
    done = told(each, GENUINE, "--number", "7", "--head-sha", "b" * 40)
    assert (done.returncode, each.bodies) == (0, [])
    assert "已有更新的提交" in done.stdout


def event(tmp_path: Path, repo: str, branch: str = "patch-1", sha: str = SHA) -> Path:
    head = {"full_name": repo, "owner": {"login": repo.split("/")[0]}}
    run = {"head_sha": sha, "head_branch": branch, "head_repository": head, "html_url": "https://forge.example/runs/3"}
    file = tmp_path / "event.json"
    file.write_text(json.dumps({"workflow_run": run}))
    return file


def test_the_run_tells_which_pull_request_it_was_of(github: State, tmp_path: Path) -> None:
    github.pull(8, SHA, repo="editor/other-fork")
    github.pull(9, SHA, repo="stranger/showcase")
    github.pull(10, SHA, branch="patch-2")
    for number in range(11, 140):
        github.pull(number, "c" * 40)
    done = told(github, f"{GENUINE}\n#9 的结果\n", "--event", str(event(tmp_path, "editor/showcase")))
    assert (done.returncode, done.stdout) == (0, "#7：已发出评论。\n")
    assert [one["number"] for one in github.comments] == [7]
    assert "(https://forge.example/runs/3#artifacts)" in github.bodies[0]
    moved = told(github, GENUINE, "--event", str(event(tmp_path, "editor/showcase", sha="d" * 40)))
    assert (moved.returncode, len(github.bodies)) == (0, 1)
    nothing = tmp_path / "nothing.json"
    nothing.write_text('{"pull_request": {"number": 9}}')
    assert told(github, GENUINE, "--event", str(nothing)).returncode == 2


@pytest.mark.parametrize(
    "address",
    ["http://git.example.cn/api/v1", "https://name:word@git.example.cn/", "ftp://localhost/", "git.example.cn"],
)
def test_a_token_is_sent_to_no_address_that_others_can_listen_at(github: State, address: str) -> None:
    done = told(github, GENUINE, "--number", "7", "--head-sha", SHA, "--api", address)
    assert done.returncode == 2
    assert "word" not in done.stderr


def test_a_redirect_is_not_followed_with_the_token(github: State) -> None:
    with forge("github") as elsewhere:
        github.redirect_to = elsewhere.address
        done = told(github, GENUINE)
        assert (done.returncode, elsewhere.asked) == (3, [])
        assert "转到别处" in done.stderr


@pytest.mark.parametrize(
    "raw", [b"", b"\n" + GENUINE.encode(), b"\xff\xfe", b"x" * 1_000_001, "假的".encode("gb18030")]
)
def test_what_is_no_report_is_not_posted(github: State, raw: bytes) -> None:
    done = told(github, raw)
    assert (done.returncode, github.bodies) == (2, [])
    assert done.stderr.startswith("错误：报告")


def test_a_report_that_is_a_link_or_a_pipe_is_not_read(github: State, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(GENUINE)
    (tmp_path / "link.md").symlink_to(tmp_path / "secret")
    os.mkfifo(tmp_path / "pipe.md")
    assert [told(github, tmp_path / name).returncode for name in ("link.md", "pipe.md", ".")] == [2, 2, 2]
    assert not github.bodies


def test_a_huge_report_is_cut_between_cases_and_says_how_many_are_left(github: State) -> None:
    table = (
        "| 行 | 级别 | 问题 | 怎样改 | 依据 |\n| ---: | --- | --- | --- | --- |\n" + "| 1 | 错误 | 长 | 短 |  |\n" * 100
    )
    huge = GENUINE + "".join(f"\n### 案例{number}\n\n{table}" for number in range(300))
    assert told(github, huge).returncode == 0
    (body,) = github.bodies
    assert 55_000 < len(body) <= 65_536
    listed = body.count("### 案例")
    assert f"后面还有 {300 - listed} 个案例没有列出" in body
    assert body.count("| 1 | 错误") == 100 * listed
    assert head_of(body) == SHA


def test_a_report_of_one_endless_case_is_cut_between_lines() -> None:
    raw = (GENUINE + "\n### 一个\n\n" + "| 1 | 错误 | 长 | 短 |  |\n" * 9_000).encode()
    text = comment_text(raw, head_sha=SHA, files_url="", pages_url="", longest=65_536)
    assert 60_000 < len(text) <= 65_536
    assert all(line == "| 1 | 错误 | 长 | 短 |  |" for line in text.split("\n") if line.startswith("| 1"))


@given(HOSTILE)
def test_a_genuine_report_passes_unchanged(words: str) -> None:
    pictures = (SoundPicture(file="cases/c/a/media/图 1.jpg", alt=words),)
    sheet = CaseSheet(id="c/a", file="cases/c/a/index.md", title=f"案例 {words}", pictures=pictures)
    clean = CaseSheet(id="c/b", file="cases/c/b/index.md", title=words, pictures=pictures)
    found = verdict(finding(words, words, clause="E23", quote=words))
    genuine = report(found, "markdown", sheets=(sheet, clean), files_url=FILES)
    assert genuine.count(f'<img src="{FILES}/cases/c/a/media/%E5%9B%BE%201.jpg"') == 2
    text = comment_text(genuine.encode(), head_sha=SHA, files_url=FILES, pages_url="", longest=10**9)
    assert text.startswith(genuine)


NASTY = [
    "@everyone 请看", "&#64;everyone", "&commat;everyone", "<a href='https://evil.example'>点这里</a>", "www.evil.example",
    "![](https://evil.example/x.png)", "[点这里](https://evil.example)", "https://evil.example/", "见 #12、!3、GH-4",
    "<img src=https://evil.example/x.png>", "<details><summary>x", "<!-- showcase-head " + "b" * 40 + " -->", "```", "~~~",
    "/close", "  /assign me", "$`\\href{https://evil.example}{x}`$", "> [!WARNING]", "[x]: https://evil.example", "a@b.cn",
    f'<img src="{FILES}/../../x.png" width="160" alt="">', f'<img src="{FILES}/a.png?x" width="160" alt="">',
    f'<img src="{FILES}/a.png" onerror="x" width="160" alt="">', '<img src="https://evil.example/a" width="160" alt="">',
    f'<img src="{FILES}.evil.example/a.png" width="160" alt="">', "`showcase check``x`", "\u202eevil", "<script>", "&lt;b&gt;",
    "- [ ] 勾", "1. [x] 勾", "+ [ ] 勾", "    缩进", "===", "---", "| <b> |", "# 大标题", "&#38;#64;x", "&#35;12", "mailto:a", ":tada:", "&12", "city/showcase#1", "\tgit",
]  # fmt: skip


def require_harmless(lines: list[str]) -> None:
    raw = "\n".join((MARKER, "## 检查通过，没有发现问题", "", *lines)).encode("utf-8", "replace")
    text = comment_text(raw, head_sha=SHA, files_url=FILES, pages_url="https://forge.example/runs/3", longest=65_536)
    page = shown(text)
    hrefs = [element.get("href") for element in page.iter("a")]
    assert hrefs == ["https://forge.example/runs/3"]
    assert not list(page.iter("img", "script", "details", "input", "pre", "blockquote", "ul", "ol"))
    assert head_of(text) == SHA
    comments = [str(element.text).strip() for element in page.iter() if not isinstance(element.tag, str)]
    assert comments == ["showcase-check", f"showcase-head {SHA}"]
    assert "改好以后再推送" in page.text_content()
    words = page.text_content().replace("@\u200b", "")
    assert not re.search(r"[@](?=\w)|(?<!&)#(?=\d)|\bGH-\d|[!%](?=\d)|www\.|https?://(?!forge)", words)
    assert not re.search(r"(?m)^\s*/", text)


@pytest.mark.parametrize("line", NASTY)
def test_a_line_of_a_strangers_report_calls_nobody_links_nowhere_and_hides_nothing(line: str) -> None:
    require_harmless([line])
    require_harmless(["## 标题", f"| {line} | {line} |", line])


@given(st.lists(st.sampled_from(NASTY) | HOSTILE, min_size=1, max_size=6))
def test_lines_of_a_strangers_report_do_no_more_together(lines: list[str]) -> None:
    require_harmless(lines)


def test_pictures_of_the_commit_stay_and_none_without_an_address() -> None:
    line = f'图片：<img src="{FILES}/cases/c/a/media/1.jpg" width="160" alt="老师@所有人"> 完'
    assert neutral(line, FILES) == line.replace("@", "@&#8203;")
    assert "<img" not in neutral(line, "")
    assert "<img" not in neutral(line, FILES.replace(SHA, "b" * 40))

"""The operators' guide: every command in its order, from a clone to going back and sweeping, and what it says of exit codes."""

from __future__ import annotations

import re
from pathlib import Path

from night.receivers import hooks

from conftest import MakeProject

from .runs import DOCS, Guide, as_installed, git, install, run, with_origin

GUIDE = Guide(DOCS / "guides" / "operator.md")
CASE = "cases/yueyang-2021/quyuan-nineteen-pupils"


def test_the_commands_do_what_the_guide_says(make_project: MakeProject, root: Path, tmp_path: Path) -> None:
    editors, target = make_project(name="editors"), tmp_path / "srv"
    install(editors)
    with_origin(editors, tmp_path / "origin.git")
    clone = tmp_path / "showcase"
    said: dict[str, str] = {}
    with hooks() as chat:
        (tmp_path / "notify").write_text(f"# 群\njson://127.0.0.1:{chat.server_port}/\n")
        (tmp_path / "notify").chmod(0o644)  # as an editor leaves it
        _run_all(editors, clone, target, root, tmp_path, said)
        assert [post.body["title"] for post in chat.posts] == ["展示网夜间发布：试验通知"]
    assert (target / "current" / "index.html").is_file()
    assert "已清除" in said["SHOWCASE_TARGET=/srv/showcase scripts/nightly"]
    assert "切换" in said[".venv/bin/showcase rollback /srv/showcase"]
    assert "没有变化" in said[".venv/bin/showcase publish --dry-run /srv/showcase"]
    assert len(list((target / "releases").glob("*.json"))) == 1  # those that held the case are purged


def _run_all(editors: Path, clone: Path, target: Path, root: Path, tmp_path: Path, said: dict[str, str]) -> None:
    for line in GUIDE.lines:
        if "nightly" in line and line in said:
            assert said.pop(line) == ""  # nothing new, nothing said
            _changed_case(editors, clone, "status: 已公布", "status: 已撤回")
        if "rollback" in line:  # there is something to go back to
            _changed_case(editors, clone, "status: 已公布\n", "status: 已公布\nupdated: 2024-03-01\n")
            assert run(f"SHOWCASE_TARGET={target} scripts/nightly", clone).returncode == 0
        words = line.replace("/srv/showcase", str(target)).replace("仓库地址", str(tmp_path / "origin.git"))
        done = run(words, clone if clone.exists() else tmp_path, home=tmp_path)
        # Samples, and whoever runs the tests, give the doctor something to remind of.
        assert done.returncode in ((0, 1) if "doctor" in line else (0,)), f"{line}\n{done.stdout}{done.stderr}"
        said[line] = done.stdout
        if line.startswith("git clone"):
            as_installed(clone)
            (clone / ".showcase").mkdir()
            (clone / ".showcase" / "store").symlink_to((root / ".showcase" / "store").resolve())


def _changed_case(editors: Path, clone: Path, words: str, instead: str) -> None:
    index = editors / CASE / "index.md"
    text = index.read_text("utf-8")
    assert words in text
    index.write_text(text.replace(words, instead, 1), "utf-8")
    for line in ("add -A", "commit -qm changed", "push -q origin main"):
        git(editors, line)
    assert not run("git status --porcelain", clone).stdout


def test_it_explains_the_exit_codes_that_operate_md_lists(root: Path) -> None:
    codes = re.findall(r"^\| ([0-9]) \|", GUIDE.text, re.MULTILINE)
    assert codes == re.findall(r"^\| ([0-9]) \|", (root / "docs" / "operate.md").read_text("utf-8"), re.MULTILINE)


def test_the_sentences_it_quotes_are_those_that_are_said(root: Path) -> None:
    sources = [*(root / "generator").rglob("*.py"), root / "scripts" / "nightly"]
    text = "\n".join(path.read_text("utf-8") for path in sources)
    rows = re.findall(r"^\| ([^|]+) \| [^|]+ \| [^|]+ \|$", GUIDE.text.split("常见的几种")[1], re.MULTILINE)
    quoted = [row for row in rows if row not in ("提示里有", "---") and "都正常" not in row]
    assert len(quoted) >= 5
    for words in quoted:
        assert words in text, words

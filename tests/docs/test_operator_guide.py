"""The operators' guide: every command in its order, from a clone to going back and sweeping, and what it says of exit codes."""

from __future__ import annotations

import re
from pathlib import Path

from conftest import MakeProject

from .runs import DOCS, Guide, as_installed, git, install, run, with_origin

GUIDE = Guide(DOCS / "guides" / "operator.md")
CASE = "cases/yueyang-2021/quyuan-nineteen-pupils"


def test_the_commands_do_what_the_guide_says(make_project: MakeProject, root: Path, tmp_path: Path) -> None:
    editors, target = make_project(name="editors"), tmp_path / "srv"
    install(editors)
    with_origin(editors, tmp_path / "origin.git")
    clone, said = tmp_path / "showcase", {}
    for line in GUIDE.lines:
        if "rollback" in line:  # there is something to go back to
            _changed_case(editors, clone)
            assert run(f"SHOWCASE_TARGET={target} scripts/nightly", clone).returncode == 0
        words = line.replace("/srv/showcase", str(target)).replace("仓库地址", str(tmp_path / "origin.git"))
        done = run(words, clone if clone.exists() else tmp_path, home=tmp_path)
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
        said[line] = done.stdout
        if line.startswith("git clone"):
            as_installed(clone)
            (clone / ".showcase").mkdir()
            (clone / ".showcase" / "store").symlink_to((root / ".showcase" / "store").resolve())
    assert (target / "current" / "index.html").is_file()
    assert said["SHOWCASE_TARGET=/srv/showcase scripts/nightly"] == ""  # nothing new, nothing said
    assert "切换" in said[".venv/bin/showcase rollback /srv/showcase"]
    assert len(list((target / "releases").glob("*.json"))) == 1  # --keep 1


def _changed_case(editors: Path, clone: Path) -> None:
    index = editors / CASE / "index.md"
    index.write_text(index.read_text("utf-8").replace("status: 已公布", "status: 已撤回"), "utf-8")
    for line in ("add -A", "commit -qm withdrawn", "push -q origin main"):
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

"""After any edit, and after any broken-off build, the next build gives the same bytes as one from nothing; where nothing changed it reads nothing."""

from __future__ import annotations

import itertools
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from benches.corpus import make_project
from generator import pipeline, readyflow
from generator.built import Built
from generator.catalog import states
from generator.settings import read_settings

ROOT = Path(__file__).parent.parent.parent
COUNT = 24
_LASTING = ("media", "frames", "facts", "digests")  # rooms that this is not about: drawing the cards takes seconds


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Made-up cases, built once; what was edited a moment ago counts as settled, since no clock here is so coarse."""
    monkeypatch.setattr(states, "_SETTLED_NS", 0)
    make_project(ROOT, tmp_path / "project", COUNT)
    build(tmp_path / "project")
    return tmp_path / "project"


def build(project: Path) -> Built:
    return pipeline.build(read_settings(project / "mkdocs.yml"))


def held(folder: Path) -> dict[str, bytes]:
    """Every file of the site, and every folder that is empty."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b"empty"
        for path in folder.rglob("*")
        if path.is_file() or not any(path.iterdir())
    }


def from_nothing(project: Path) -> dict[str, bytes]:
    """The site that a clone builds which remembers nothing."""
    clone = project.with_name("clone")
    clone.mkdir()
    for path in project.iterdir():
        if path.is_file():
            shutil.copy(path, clone)
        elif path.name in ("cases", "docs", "theme"):
            shutil.copytree(path, clone / path.name)
    for room in _LASTING:
        remembered = project / ".showcase" / "store" / room
        if remembered.exists():
            shutil.copytree(remembered, clone / ".showcase" / "store" / room, copy_function=os.link)
    build(clone)
    made = held(clone / "site")
    shutil.rmtree(clone)
    return made


def text(project: Path, number: int) -> Path:
    return sorted((project / "cases").glob("*/made-*/index.md"))[number]


def swapped(file: Path, pattern: str, words: str) -> None:
    before = file.read_text("utf-8")
    after, count = re.subn(pattern, words, before, count=1, flags=re.MULTILINE)
    assert count and after != before, file
    file.write_text(after, "utf-8")


def body(project: Path) -> None:
    text(project, 3).write_text(text(project, 3).read_text("utf-8") + "\n\n再补一句：学生自己记下了每天的水位。\n", "utf-8")


def title(project: Path) -> None:
    swapped(text(project, 5), r"^title: .*$", "title: 换了题目的一个示例案例")


def honour(project: Path) -> None:
    number = next(n for n in range(COUNT) if "grade: 一等奖" in text(project, n).read_text("utf-8"))
    swapped(text(project, number), "grade: 一等奖", "grade: 三等奖")


def unit(project: Path) -> None:
    swapped(text(project, 7), r"^unit:\n  name: .*$", "unit:\n  name: 示例县改了名的学校")


def rename(project: Path) -> None:
    folder = text(project, 9).parent
    folder.rename(folder.with_name("renamed-case"))


def delete(project: Path) -> None:
    shutil.rmtree(text(project, 11).parent)


def withdraw(project: Path) -> None:
    swapped(text(project, 12), r"^status: .*$", "status: 已撤回")


def call(project: Path) -> None:
    swapped(text(project, 0).parent.parent / "campaign.yml", r"^title: (.*)$", r"title: \1（修订）")


def limit(project: Path) -> None:
    swapped(project / "cases" / "enshi-2023" / "campaign.yml", r"value: 5000$", "value: 3900")


def template(project: Path) -> None:
    swapped(project / "theme" / "templates" / "case.html", r"<article", '<article data-edited="1"')


def style(project: Path) -> None:
    sheet = project / "theme" / "assets" / "stylesheets" / "cards.css"
    sheet.write_text(sheet.read_text("utf-8") + "\n.card { outline: 0; }\n", "utf-8")


def setting(project: Path) -> None:
    swapped(project / "mkdocs.yml", r"^site_name: .*$", "site_name: 换了名字的网站")


def prose(project: Path) -> None:
    page = project / "docs" / "site" / "about.md"
    page.write_text(page.read_text("utf-8") + "\n再补一句。\n", "utf-8")


def topic(project: Path) -> None:
    swapped(project / "cases" / "vocabulary.yml", r"name: 智慧教育平台", "name: 国家智慧教育平台")


EDITS: tuple[Callable[[Path], None], ...] = (
    body, title, honour, unit, rename, delete, withdraw, call, topic, limit, template, style, setting, prose,
)  # fmt: skip


def test_after_each_edit_the_site_is_that_of_a_build_from_nothing(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = held(project / "site")
    for edit in EDITS:
        edit(project)
        build(project)
        after = held(project / "site")
        assert after != before, f"{edit.__name__} changes nothing"
        assert after == from_nothing(project), edit.__name__
        before = after
        with monkeypatch.context() as patched:
            patched.setattr(readyflow, "remembered_catalog", lambda *_: pytest.fail("cases were read again"))
            assert build(project).made_nothing
        assert held(project / "site") == after, edit.__name__


def test_what_went_from_the_store_is_made_again(project: Path) -> None:
    made = held(project / "site")
    for path in (project / ".showcase" / "store" / "pages").rglob("*.html"):
        path.unlink()
    assert not build(project).made_nothing
    assert held(project / "site") == made


def test_what_somebody_did_to_the_site_is_mended_without_reading_a_case(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = held(project / "site")
    (project / "site" / "index.html").unlink()
    (project / "site" / "cases" / "laid.html").write_text("by somebody")
    monkeypatch.setattr(readyflow, "remembered_catalog", lambda *_: pytest.fail("cases were read again"))
    assert build(project).made_nothing
    assert held(project / "site") == made


def killed_at_moments(project: Path, moments: int) -> None:
    """Builds that are ended at random moments after an edit each; the one after them is as one from nothing."""
    chance = random.Random(moments)
    command = [str(Path(sys.executable).with_name("showcase")), "build"]
    began = time.monotonic()
    body(project)
    subprocess.run(command, cwd=project, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, check=False)
    longest_s = time.monotonic() - began
    cut = 0
    for number, edit in zip(range(moments), itertools.cycle((body, template, body, style)), strict=False):
        edit(project) if edit is not template else swapped(
            project / "theme" / "templates" / "case.html", r"<article", f'<article data-edited="{number}"'
        )
        process = subprocess.Popen(
            command,
            cwd=project,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            process.wait(chance.uniform(0.2, longest_s))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            cut += 1
        process.wait(60)
        assert (project / "site" / "index.html").is_file() or list(project.glob(".site.old.*"))
    assert cut > moments // 4, "hardly any was ended in the middle"
    build(project)
    assert held(project / "site") == from_nothing(project)
    assert {path.name for path in project.glob(".site*")} <= {".site.spare"}


def test_builds_ended_at_any_moment_leave_nothing_that_the_next_one_shows(project: Path) -> None:
    killed_at_moments(project, 6)


@pytest.mark.soak
def test_builds_ended_at_fifty_moments_leave_nothing_that_the_next_one_shows(project: Path) -> None:
    killed_at_moments(project, 50)

"""Breaking one case in any way withholds that case with its reason, and costs the rest of the site nothing.

The rest is held to the byte in two steps. Every broken project gives exactly the site that it would give if the case's
folder were not there. And that site differs from the sound one only in files that `may_differ` allows.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path, PurePosixPath
from urllib.parse import urljoin

import pytest

from .conftest import Sound, Without
from .damage import Way
from .file_ways import FILE_WAYS
from .projects import CHEMISTRY, MAILBOX, PAVILION, PUPILS, Files, Run, differences, run, site_of
from .text_ways import TEXT_WAYS

WAYS = {way.name: way for way in (*TEXT_WAYS, *FILE_WAYS)}
each_way = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)


def place_of(way: Way, project: Path) -> str:
    """``file:line:column`` of what is wrong."""
    name = f"cases/{way.case}/index.md"
    if isinstance(way.at, tuple):
        return f"{name}:{way.at[0]}:{way.at[1]}"
    before, after = way.at.split("¦")
    text = (project / name).read_text("utf-8")
    assert text.count(before + after) == 1
    start = text.index(before + after) + len(before)
    return f"{name}:{text.count(chr(10), 0, start) + 1}:{start - text.rfind(chr(10), 0, start)}"


def assert_told(way: Way, project: Path, told: str) -> None:
    """The diagnostic of this way stands in *told* once: file, line, cause, and under it the way out."""
    lines = told.split("\n")
    heads = [i for i, line in enumerate(lines) if re.match(r"cases/.+: error [A-Z]{3}\d{3}: ", line)]
    place = f"{place_of(way, project)}: error {way.code}: "
    (head,) = [i for i in heads if lines[i].startswith(place)]
    assert way.says in lines[head]
    under = [line for line in lines[head + 1 : head + 3] if line.startswith("    ")]
    assert way.fix in under[-1]
    assert all(f"cases/{way.case}/" in lines[i] for i in heads), "another case is blamed"


def broken_build(way: Way, project: Path, *words: str) -> Run:
    built = run(project, "build", *words)
    assert built.exit_code == 1
    assert_told(way, project, built.err)
    return built


@each_way
def test_a_broken_case_is_withheld_and_costs_nothing_else(way: Way, project: Path, without: Without) -> None:
    way.break_it(project / "cases" / way.case)
    built = broken_build(way, project)
    assert f"暂不展示 1 个：{way.case}\n" in built.out
    assert differences(site_of(project), without(way.case)) == []


@each_way
def test_strict_tells_the_same_and_leaves_the_old_site_alone(way: Way, project: Path, sound: Sound) -> None:
    way.break_it(project / "cases" / way.case)
    before = (project / "site").stat()
    stopped = broken_build(way, project, "--strict")
    assert "没有写任何文件" in stopped.err
    assert (project / "site").stat() == before
    assert differences(site_of(project), sound.site) == []


def test_there_are_two_dozen_ways_and_more() -> None:
    assert len(WAYS) == len(TEXT_WAYS) + len(FILE_WAYS) >= 24


def test_strict_makes_no_site_where_there_was_none(project: Path) -> None:
    (project / "site").rename(project.parent / "elsewhere")
    way = WAYS["a category of another call"]
    way.break_it(project / "cases" / way.case)
    broken_build(way, project, "--strict")
    assert sorted(path.name for path in project.iterdir()) == [".showcase", "cases", "docs", "mkdocs.yml", "theme"]


def test_a_sound_project_passes_strict_and_gives_the_same_site(project: Path, sound: Sound) -> None:
    built = run(project, "build", "--strict")
    assert (built.exit_code, built.err) == (0, "")
    assert differences(site_of(project), sound.site) == []


def test_a_mended_case_comes_back_as_it_was(project: Path, sound: Sound) -> None:
    folder = project / "cases" / CHEMISTRY
    whole = (folder / "media/dilute-acid.mov").read_bytes()
    WAYS["half a video"].break_it(folder)
    assert run(project, "build").exit_code == 1
    (folder / "media/dilute-acid.mov").write_bytes(whole)
    assert run(project, "build").exit_code == 0
    assert differences(site_of(project), sound.site) == []


def test_several_broken_cases_are_all_told_in_one_run(project: Path, without: Without) -> None:
    moved = {
        "half a picture": CHEMISTRY,
        "GBK": PUPILS,
        "a status that is none": PAVILION,
        "a text that is too short": MAILBOX,
    }
    for name, case in moved.items():
        WAYS[name].break_it(project / "cases" / case)
    built = run(project, "build")
    assert built.exit_code == 1
    for name, case in moved.items():
        assert re.search(rf"^cases/{case}/index\.md:\d+:\d+: error {WAYS[name].code}: ", built.err, re.MULTILINE), name
    assert f"暂不展示 4 个：{'、'.join(sorted(moved.values()))}\n" in built.out
    assert differences(site_of(project), without(*moved.values())) == []


def test_several_faults_of_one_case_are_all_told_in_one_run(project: Path) -> None:
    names = ("six authors", "a category of another call", "a phone number in the text", "no captions", "half a PDF")
    folder = project / "cases" / CHEMISTRY
    for name in names:
        WAYS[name].break_it(folder)
    built = run(project, "build")
    assert built.exit_code == 1
    for name in names:
        assert f": error {WAYS[name].code}: " in built.err
        assert place_of(WAYS[name], project) in built.err
    assert f"暂不展示 1 个：{CHEMISTRY}\n" in built.out


def test_a_file_name_in_gbk_ends_no_run(project: Path, sound: Sound) -> None:
    (project / "cases" / PUPILS / "media" / "\udcb0\udcb8.jpg").write_bytes(b"x")
    built = run(project, "build")
    assert (built.exit_code, built.err) == (0, "")
    assert differences(site_of(project), sound.site) == []
    told = run(project, "check").out
    assert f"cases/{PUPILS}/index.md:1:1: warning MED014: 文件名 media/\\xb0\\xb8.jpg" in told


# — through a real process —


@pytest.mark.parametrize("name", ["a NUL in the text", "half a video whose table came through", "no picture"])
def test_the_command_itself_withholds_and_goes_on(
    name: str, project: Path, sound: Sound, without: Without, tmp_path: Path
) -> None:
    way = WAYS[name]
    way.break_it(project / "cases" / way.case)
    command = [str(Path(sys.executable).with_name("showcase")), "-f", str(project / "mkdocs.yml"), "build"]
    stopped = subprocess.run([*command, "--strict"], cwd=tmp_path, capture_output=True, text=True)
    assert stopped.returncode == 1
    assert_told(way, project, stopped.stderr)
    assert differences(site_of(project), sound.site) == []
    built = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert built.returncode == 1
    assert_told(way, project, built.stderr)
    assert "Traceback" not in stopped.stderr + built.stderr
    assert differences(site_of(project), without(way.case)) == []


# — what may differ when a case is gone —

_LINK = re.compile(r'\s*(?:<li>)?<a (?:[^>]* )?href="([^"]*)"[^>]*>.*?</a>(?:</li>)?', re.DOTALL)
_COUNTED_CASES = re.compile(r"· \d+ 个案例")
_OVER_ALL_CASES = ("search/", "statistics/", "data/", "feeds/", "results/index.html")
_RELATED = re.compile(r'<section class="block" aria-labelledby="related">.*?</section>', re.DOTALL)


def lists_of(case: str, title: str, site: Files) -> frozenset[str]:
    """Addresses of the pages of *site* that name *case*: by its address, or by its title."""
    slug, words = case.split("/")[1].encode(), title.encode()
    pages = {name: content for name, content in site.items() if name.endswith(".html")}
    return frozenset(
        "/" + name.removesuffix("index.html") for name, content in pages.items() if slug in content or words in content
    )


def without_lists(name: str, content: bytes, lists: frozenset[str]) -> str:
    """A page without its links to *lists*, which may say how long they are, and go with the last case of a list.

    Without its related cases, too: how telling a word is that two cases share is counted over all of them.
    """

    def left(link: re.Match[str]) -> str:
        here = "/" + name.removesuffix("index.html")
        return "" if urljoin(here, link.group(1)) in lists else link.group()

    return _COUNTED_CASES.sub("", _LINK.sub(left, _RELATED.sub("", content.decode())))


def may_differ(name: str, before: bytes | None, after: bytes | None, case: str, lists: frozenset[str]) -> bool:
    """Whether withholding *case* may change this file.

    It may if it names the case (its own page, lists, neighbours, site map for machines), is a file that such a page
    loads, or is computed over all cases. A page that does neither may link to a list that the case stood in, with its
    length, and must be the same but for that link.
    """
    address = "/" + name.removesuffix("index.html")
    if address in lists or name.startswith(_OVER_ALL_CASES):
        return True
    if name.startswith("media/"):
        return after is None
    if name.endswith(".html"):
        return (
            before is not None
            and after is not None
            and without_lists(name, before, lists) == without_lists(name, after, lists)
        )
    beside = "/" + PurePosixPath(name).parent.as_posix() + "/"
    return before is not None and (case.encode() in before or beside in lists)


@pytest.mark.parametrize(
    ("case", "title"), [(CHEMISTRY, "屏上看险、台上看慢、手里做小"), (MAILBOX, "“回声信箱”三易其稿")]
)
def test_only_what_names_a_case_or_counts_its_lists_differs_without_it(
    case: str, title: str, sound: Sound, without: Without
) -> None:
    lists = lists_of(case, title, sound.site)
    assert {f"/cases/{case}/", "/cases/", "/", "/level/city/"} <= lists
    after = without(case)
    changed = differences(sound.site, after)
    assert [name for name in changed if not may_differ(name, sound.site.get(name), after.get(name), case, lists)] == []
    # The rule must leave something out, or it would say nothing.
    unchanged = sound.site.keys() - set(changed)
    assert {"about/index.html", "campaigns/exhibition-4/index.html", "robots.txt"} <= unchanged
    assert any(name.startswith("cases/") for name in unchanged)


@pytest.mark.parametrize(
    ("case", "title"), [(CHEMISTRY, "屏上看险、台上看慢、手里做小"), (MAILBOX, "“回声信箱”三易其稿")]
)
def test_nothing_of_a_withheld_case_is_left(case: str, title: str, sound: Sound, without: Without) -> None:
    after = without(case)
    assert lists_of(case, title, after) == frozenset()
    for name, content in after.items():
        assert case.encode() not in content, name
        assert title.encode() not in content, name
    own_media = [name for name in sound.site if name.startswith("media/") and name not in after]
    assert bool(own_media) == (case == CHEMISTRY)
    assert f"cases/{case}/index.html" not in after

"""One corridor behind every door: the same bytes by either command, cold or warm, today or on another day."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from conftest import MakeProject
from generator.media.children.isolation import isolation

CASES = (
    "yueyang-2021/quyuan-nineteen-pupils",
    "hunan-2020-tkbtx/huaihua-village-loudspeaker",
    "yueyang-2020-pilots/huarong-furong-union",
)


def run(project: Path, *command: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    tools = Path(sys.executable).parent
    return subprocess.run(
        [str(tools / command[0]), *command[1:]],
        cwd=project,
        env={**os.environ, **(env or {})},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_mkdocs_build_gives_what_showcase_build_gives(make_project: MakeProject) -> None:
    project = make_project(*CASES)
    assert run(project, "showcase", "build").returncode == 0
    ours = digests(project / "site")
    theirs_run = run(project, "mkdocs", "build", "--strict", "--site-dir", "other")
    assert theirs_run.returncode == 0, theirs_run.stderr
    assert digests(project / "other") == ours
    assert len(ours) > 60


def test_a_cold_build_a_warm_one_and_one_on_another_day_are_the_same_bytes(make_project: MakeProject) -> None:
    cold = make_project(*CASES, name="cold", own_store=True)
    first_run = run(cold, "showcase", "build")
    assert first_run.returncode == 0
    assert f"处理媒体的隔离：{isolation().zh}。" in first_run.stdout
    first = digests(cold / "site")
    second_run = run(cold, "showcase", "build")
    assert "没有变化" in second_run.stdout
    assert "隔离" not in second_run.stdout
    assert digests(cold / "site") == first

    later = make_project(*CASES, name="later", own_store=True)
    for path in later.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    elsewhere = {"TZ": "America/New_York", "LANG": "C", "PYTHONHASHSEED": "7", "SOURCE_DATE_EPOCH": "86400"}
    shifted = (
        "import time; real = time.time; time.time = lambda: real() + 40_000_000\n"
        "from generator.cli import main\n"
        "if __name__ == '__main__':\n    main(['build'])\n"
    )
    (later / "shifted.py").write_text(shifted)
    done = run(later, "python", "shifted.py", env=elsewhere)
    assert done.returncode == 0, done.stderr
    assert digests(later / "site") == first


def test_a_site_under_a_sub_path_finds_its_files_from_the_404_page(make_project: MakeProject) -> None:
    project = make_project(*CASES)
    settings = (project / "mkdocs.yml").read_text("utf-8")
    (project / "mkdocs.yml").write_text(re.sub(r"site_url: .*", "site_url: https://example.org/jy/show/", settings))
    assert run(project, "showcase", "build").returncode == 0
    page = (project / "site" / "404.html").read_text("utf-8")
    assert re.search(r'href="/jy/show/assets/site\.[0-9a-f]+\.css"', page)
    assert 'action="/jy/show/search/"' in page
    home = (project / "site" / "index.html").read_text("utf-8")
    assert '<link rel="canonical" href="https://example.org/jy/show/">' in home
    assert re.search(r'href="\./assets/site\.[0-9a-f]+\.css"', home)


def test_sweeping_takes_what_a_removed_case_left_and_nothing_else(make_project: MakeProject) -> None:
    project = make_project(*CASES[:2], own_store=True)
    assert run(project, "showcase", "build").returncode == 0
    before = digests(project / "site")
    stray = project / ".showcase" / "store" / "pages" / "00" / ("0" * 64 + ".html")
    stray.parent.mkdir(parents=True, exist_ok=True)
    stray.write_text("left over")
    assert run(project, "showcase", "sweep").returncode == 0
    assert not stray.exists()
    again = run(project, "showcase", "build")
    assert "没有变化" in again.stdout
    assert digests(project / "site") == before


@pytest.mark.parametrize("door", ["showcase", "mkdocs"])
def test_serve_shows_an_edited_case(make_project: MakeProject, door: str) -> None:
    project = make_project(*CASES[:2])
    port = "8931" if door == "showcase" else "8932"
    options = ["--address"] if door == "showcase" else ["--livereload", "--dev-addr"]
    command = [str(Path(sys.executable).parent / door), "serve", *options, f"127.0.0.1:{port}"]
    with subprocess.Popen(command, cwd=project, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            url = f"http://127.0.0.1:{port}/cases/{CASES[1]}/"
            assert seen(url, "怀化", 60)
            file = project / "cases" / CASES[1] / "index.md"
            file.write_text(file.read_text("utf-8") + "\n\n这一段是刚刚补上的。\n", "utf-8")
            began = time.monotonic()
            assert seen(url, "这一段是刚刚补上的", 30)
            print(f"visible after {time.monotonic() - began:.2f} s")
        finally:
            server.terminate()


def seen(url: str, words: str, within_s: float) -> bool:
    """Whether the page says *words* before the time is over."""
    end = time.monotonic() + within_s
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                if words in answer.read().decode("utf-8"):
                    return True
        except (urllib.error.URLError, OSError):
            pass
        time.sleep(0.05)
    return False


def test_an_old_address_claimed_twice_costs_its_claimant_and_not_the_build(make_project: MakeProject) -> None:
    withdrawn = "yueyang-2021/linxiang-float-physics"
    project = make_project(CASES[0], withdrawn)
    for case in (CASES[0], withdrawn):
        file = project / "cases" / case / "index.md"
        file.write_text(file.read_text("utf-8").replace("---\n", "---\naliases: [old/one, about]\n", 1), "utf-8")
    done = run(project, "showcase", "build")
    assert done.returncode == 1, done.stderr
    assert "LNK005" in done.stderr
    assert "案例已撤回" in (project / "site" / "cases" / withdrawn / "index.html").read_text("utf-8")
    assert "<h1>关于本站</h1>" in (project / "site" / "about" / "index.html").read_text("utf-8")

"""Old addresses, new releases and sub-paths with the real nginx, which is told of none of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import pipeline
from generator.publish.folder import Folder
from generator.publish.transfer import publish, rollback
from generator.settings import read_settings

from .conftest import NOW
from .server import Nginx, free_port, listening, made, running

CASE = "yueyang-2021/nanhu-reading-pavilion"
RENAMED = "yueyang-2021/reading-by-the-lake"


@pytest.fixture
def project(make_project: Callable[..., Path]) -> Path:
    return make_project(CASE)


def rename(project: Path) -> None:
    """The case gets another folder and keeps its old address, and an older one of another form."""
    shutil.move(project / "cases" / CASE, project / "cases" / RENAMED)
    index = project / "cases" / RENAMED / "index.md"
    text = index.read_text("utf-8")
    index.write_text(text.replace("\n---\n", f"\naliases: [cases/{CASE}, /old-news/pavilion/]\n---\n", 1), "utf-8")


def put_out(project: Path, target_dir: Path) -> None:
    settings = read_settings(project / "mkdocs.yml")
    pipeline.build(settings)
    publish(settings.site_dir, Folder(target_dir), keep=5, now=NOW, max_lost_percent=None)


def status_and_place(nginx: Nginx, path: str) -> tuple[int, str | None]:
    found = nginx.get(path)
    return found.status, found.headers.get("location")


@pytest.mark.parametrize("below", ["/", "/education/cases-of-yueyang/"])
def test_a_renamed_case_is_found_at_its_old_addresses_from_the_moment_of_its_publication(
    project: Path, tmp_path: Path, below: str
) -> None:
    config_file, target_dir, port = project / "mkdocs.yml", tmp_path / "srv", free_port()
    text = config_file.read_text("utf-8")
    config_file.write_text(
        text.replace("https://showcase.example.org/", f"http://showcase.example.org{below}"), "utf-8"
    )
    configuration = made(config_file, target_dir, *listening(port))
    for line in configuration.splitlines():
        if line.startswith("#   ln -s "):
            link, place = line.split()[-2:]
            Path(place).parent.mkdir(parents=True)
            Path(place).symlink_to(link)
    with running(tmp_path / "nginx", configuration, port) as nginx:
        put_out(project, target_dir)
        assert nginx.get(f"{below}cases/{CASE}/").status == 200
        assert nginx.get(f"{below}cases/{RENAMED}/").status == 404

        rename(project)
        put_out(project, target_dir)
        new = f"{below}cases/{RENAMED}/"
        assert nginx.get(new).status == 200
        for old in (f"cases/{CASE}/", f"cases/{CASE}", "old-news/pavilion/", "old-news/pavilion"):
            assert status_and_place(nginx, f"{below}{old}") == (301, new), old
        asked = nginx.get(f"{below}old-news/pavilion/?from=a&b=1")
        assert asked.headers["location"] == f"{new}?from=a&b=1"
        assert asked.headers["cache-control"] == "no-cache"  # a rename can be taken back
        assert nginx.get(f"{below}old-news/").status == 404
        for known in ("", "cases/", f"cases/{CASE.split('/')[0]}/../"):
            assert nginx.get(f"{below}{known}").status == 200, known
        for hidden in (
            "moved/",
            "moved/old-news/",
            "moved/old-news/pavilion/+/",
            f"moved/old-news/pavilion/+/{RENAMED.replace('/', '+')}",
        ):
            assert nginx.get(f"{below}{hidden}").status == 404, hidden

        rollback(Folder(target_dir), None)
        assert nginx.get(f"{below}cases/{CASE}/").status == 200
        assert nginx.get(f"{below}old-news/pavilion/").status == 404
        if below != "/":
            for outside in ("/", "/cases/", "/releases/", "/current/", "/current/index.html", "/.lock"):
                assert nginx.get(outside).status == 404, outside
            assert status_and_place(nginx, below.rstrip("/")) == (301, below)
            assert nginx.get(f"{below}statistics/").headers["cache-control"] == "no-cache"
            sheet = next((target_dir / "current" / "assets").glob("*.css")).name
            assert "immutable" in nginx.get(f"{below}assets/{sheet}").headers["cache-control"]
        assert nginx.faults == []

"""The output folder appears whole, takes only its own place, and never gives the store away."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.errors import RenderError
from generator.pages.place import place


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    (tmp_path / "store").mkdir()
    made = {}
    for name in ("index.html", "cases/a/index.html"):
        path = tmp_path / "store" / name.replace("/", "-")
        path.write_text(name)
        made[name] = path
    return made


def test_files_are_hard_links_of_the_store(tmp_path: Path, files: dict[str, Path]) -> None:
    place(files, tmp_path / "site")
    for name, source in files.items():
        assert (tmp_path / "site" / name).samefile(source)


def test_copies_serve_where_there_are_no_links(
    tmp_path: Path, files: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(18, "another file system")

    monkeypatch.setattr(os, "link", refuse)
    place(files, tmp_path / "site")
    for name, source in files.items():
        assert (tmp_path / "site" / name).read_text() == name
        assert not (tmp_path / "site" / name).samefile(source)


def test_what_is_no_longer_named_is_gone_after_the_next_placing(tmp_path: Path, files: dict[str, Path]) -> None:
    place(files, tmp_path / "site")
    place({"index.html": files["index.html"]}, tmp_path / "site")
    assert not (tmp_path / "site" / "cases").exists()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == [".site.spare"]


def held(folder: Path) -> dict[str, str]:
    """Every file below a folder with its text; of a folder with nothing in it only that it is there."""
    return {
        path.relative_to(folder).as_posix(): path.read_text() if path.is_file() else ""
        for path in folder.rglob("*")
        if path.is_file() or not any(path.iterdir())
    }


def test_where_nothing_changed_nothing_is_touched(tmp_path: Path, files: dict[str, Path]) -> None:
    place(files, tmp_path / "site", told="census")
    before = (tmp_path / "site").stat()
    place(files, tmp_path / "site", told="census")
    after = (tmp_path / "site").stat()
    assert (before.st_ino, before.st_ctime_ns) == (after.st_ino, after.st_ctime_ns)
    place(files, tmp_path / "site", told="another census")
    assert held(tmp_path / "site") == {**{name: name for name in files}, ".showcase-site": "another census"}


def test_the_folder_before_becomes_the_next_one(tmp_path: Path, files: dict[str, Path]) -> None:
    site, spare = tmp_path / "site", tmp_path / ".site.spare"
    place(files, site)
    place({"index.html": files["index.html"]}, site)
    taken = spare.stat().st_ino
    other = tmp_path / "store" / "other"
    other.write_text("other")
    (spare / "cases" / "a" / "laid").mkdir()
    (spare / "cases" / "b").write_text("by somebody")
    (spare / "out").symlink_to(tmp_path / "store")
    place({**files, "cases/b/index.html": other, "index.html": other}, site)
    assert site.stat().st_ino == taken
    assert held(site) == {
        "index.html": "other",
        "cases/a/index.html": "cases/a/index.html",
        "cases/b/index.html": "other",
        ".showcase-site": "",
    }
    assert files["index.html"].read_text() == "index.html"
    assert held(spare) == {"index.html": "index.html", ".showcase-site": ""}


@pytest.mark.parametrize("change", ["write", "remove", "add", "folder", "link"])
def test_what_somebody_did_to_the_site_is_mended(tmp_path: Path, files: dict[str, Path], change: str) -> None:
    site = tmp_path / "site"
    place(files, site)
    page = site / "cases" / "a" / "index.html"
    if change == "write":
        page.unlink()
        page.write_text("cases/a/index.html".upper())
    elif change == "remove":
        page.unlink()
    elif change == "add":
        page.with_name("more.html").write_text("more")
    elif change == "folder":
        (site / "empty").mkdir()
    else:
        page.unlink()
        page.symlink_to(files["index.html"])
    place(files, site)
    assert held(site) == {**{name: name for name in files}, ".showcase-site": ""}
    assert not page.is_symlink()


def test_a_link_in_the_place_of_the_folder_before_leads_nowhere(tmp_path: Path, files: dict[str, Path]) -> None:
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / "thesis.docx").write_text("years of work")
    (tmp_path / ".site.spare").symlink_to(tmp_path / "precious")
    place(files, tmp_path / "site")
    place({"index.html": files["index.html"]}, tmp_path / "site")
    assert held(tmp_path / "precious") == {"thesis.docx": "years of work"}
    assert held(tmp_path / "site") == {"index.html": "index.html", ".showcase-site": ""}


def test_a_folder_of_somebody_else_is_not_replaced(tmp_path: Path, files: dict[str, Path]) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "thesis.docx").write_text("years of work")
    with pytest.raises(RenderError, match="不敢覆盖"):
        place(files, tmp_path / "site")
    assert (tmp_path / "site" / "thesis.docx").read_text() == "years of work"


def test_a_failure_in_the_middle_leaves_the_old_site(tmp_path: Path, files: dict[str, Path]) -> None:
    place(files, tmp_path / "site")
    with pytest.raises(RenderError):
        place({**files, "broken.html": tmp_path / "store" / "not-there"}, tmp_path / "site")
    assert (tmp_path / "site" / "index.html").read_text() == "index.html"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site", "store"]


def test_what_a_killed_build_left_is_cleared_by_the_next(tmp_path: Path, files: dict[str, Path]) -> None:
    (tmp_path / ".site.0badcafe").mkdir()
    (tmp_path / ".site.0badcafe" / "index.html").write_text("half")
    place(files, tmp_path / "site")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site", "store"]


def test_a_build_killed_between_the_two_renames_gives_the_old_site_back(tmp_path: Path, files: dict[str, Path]) -> None:
    place(files, tmp_path / "site")
    (tmp_path / "site").rename(tmp_path / ".site.old.0badcafe")
    with pytest.raises(RenderError):
        place({"broken.html": tmp_path / "store" / "not-there"}, tmp_path / "site")
    assert (tmp_path / "site" / "index.html").read_text() == "index.html"


def test_neighbours_of_the_site_are_not_touched(tmp_path: Path, files: dict[str, Path]) -> None:
    (tmp_path / ".site.backup").mkdir()
    (tmp_path / ".site.backup" / "precious").write_text("keep")
    place(files, tmp_path / "site")
    assert (tmp_path / ".site.backup" / "precious").read_text() == "keep"


def test_a_site_that_is_a_link_to_another_disk_stays_one(tmp_path: Path, files: dict[str, Path]) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "site").symlink_to(tmp_path / "disk")
    place(files, tmp_path / "site")
    assert (tmp_path / "site").is_symlink()
    assert (tmp_path / "disk" / "index.html").read_text() == "index.html"

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
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


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

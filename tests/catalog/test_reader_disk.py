"""cases/ as hostile or careless hands leave it: links, pipes, folders and names where files should be."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.catalog.marks import Mark
from generator.catalog.reader import LARGEST_TEXT, MOST_FILES, CatalogError, read_catalog
from generator.catalog.submission import FileEntry, Submission

from .conftest import CALL, CASE, only_case


def why_unreadable(submission: Submission) -> tuple[str, dict[str, str]]:
    assert submission.case is None
    (problem,) = submission.document.problems
    assert problem.mark == Mark(1, 1)
    return problem.kind, dict(problem.facts)


# — things that are no text files —


Make = Callable[[Path, Path], None]


def _symlink(path: Path, aim: Path) -> None:
    path.symlink_to(aim)


def _fifo(path: Path, _aim: Path) -> None:
    os.mkfifo(path)


def _folder(path: Path, _aim: Path) -> None:
    path.mkdir()


def _socket(path: Path, _aim: Path) -> None:
    # The address of a socket has some 100 bytes of room, which a test's folder exceeds.
    here = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as bound:
            bound.bind(path.name)
    finally:
        os.chdir(here)


THINGS = pytest.mark.parametrize("make", [_symlink, _fifo, _folder, _socket])


@pytest.fixture
def in_time() -> Iterator[None]:
    """Ends a test that waits on a pipe for ever."""

    def end(_signal: int, _frame: object) -> None:
        pytest.fail("the reader waits")

    before = signal.signal(signal.SIGALRM, end)
    signal.alarm(10)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@THINGS
@pytest.mark.usefixtures("in_time")
def test_an_index_that_is_no_regular_file_is_refused_at_once(cases: Path, tmp_path: Path, make: Make) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text(CASE, "utf-8")
    index = cases / "call" / "one" / "index.md"
    index.unlink()
    make(index, secret)
    case = only_case(read_catalog(cases))
    assert why_unreadable(case) == ("not-regular", {"file": "index.md"})
    assert case.body.text == ""


@THINGS
@pytest.mark.usefixtures("in_time")
def test_a_campaign_file_that_is_no_regular_file_is_refused(cases: Path, tmp_path: Path, make: Make) -> None:
    aim = tmp_path / "campaign.yml"
    aim.write_text(CALL, "utf-8")
    path = cases / "call" / "campaign.yml"
    path.unlink()
    make(path, aim)
    (call,) = read_catalog(cases).calls
    assert call.campaign is None
    assert [problem.kind for problem in call.document.problems] == ["not-regular"]


def test_a_notice_that_is_a_link_is_not_followed(cases: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("秘密", "utf-8")
    (cases / "call" / "notice.md").unlink()
    (cases / "call" / "notice.md").symlink_to(tmp_path / "secret")
    assert read_catalog(cases).calls[0].notice == ""


def test_a_case_without_its_text_says_which_file_is_missing(cases: Path) -> None:
    (cases / "call" / "one" / "index.md").unlink()
    assert why_unreadable(only_case(read_catalog(cases))) == ("missing", {"file": "index.md"})


def test_a_text_of_ten_megabytes_is_refused_unread(cases: Path) -> None:
    data = ("---\ntitle: " + "x" * 10_000_000 + "\n---\n").encode()
    (cases / "call" / "one" / "index.md").write_bytes(data)
    started = time.process_time()
    case = only_case(read_catalog(cases))
    assert time.process_time() - started < 1
    assert why_unreadable(case) == ("file-too-large", {"size": str(len(data))})
    assert len(data) > LARGEST_TEXT


# — folders and files that are no part of it —


def test_linked_folders_are_strays_and_are_not_walked(cases: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    shutil.copytree(cases / "call", outside)
    (cases / "call" / "linked").symlink_to(outside / "one")
    (cases / "linked-call").symlink_to(outside)
    (cases / "call" / "one" / "media").symlink_to(outside)
    catalog = read_catalog(cases)
    assert [call.id for call in catalog.calls] == ["call"]
    case = only_case(catalog)
    assert [(entry.path, entry.is_regular) for entry in case.files] == [("media", False)]
    assert [(entry.path, entry.is_regular) for entry in catalog.strays] == [
        ("cases/call/linked", False),
        ("cases/linked-call", False),
    ]


def test_a_link_in_the_place_of_all_cases_is_not_followed(cases: Path, tmp_path: Path) -> None:
    cases.rename(tmp_path / "elsewhere")
    cases.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CatalogError, match="是一个链接，指向"):
        read_catalog(cases)


def test_a_link_that_bites_its_tail_ends_no_run(cases: Path) -> None:
    (cases / "call" / "one" / "index.md").unlink()
    (cases / "call" / "one" / "index.md").symlink_to("index.md")
    (cases / "call" / "one" / "loop").symlink_to(".")
    case = only_case(read_catalog(cases))
    assert why_unreadable(case)[0] == "not-regular"
    assert [entry.path for entry in case.files] == ["loop"]


def test_files_beside_the_folders_are_strays_but_for_what_belongs_there(cases: Path) -> None:
    (cases / "README.md").write_text("说明", "utf-8")
    (cases / ".DS_Store").write_bytes(b"x")
    (cases / "scan.pdf").write_bytes(b"%PDF")
    (cases / "call" / "table.xlsx").write_bytes(b"PK")
    (cases / "call" / ".hidden").mkdir()
    catalog = read_catalog(cases)
    assert catalog.strays == (
        FileEntry(path="cases/call/table.xlsx", bytes=2, is_regular=True),
        FileEntry(path="cases/scan.pdf", bytes=4, is_regular=True),
    )
    assert len(catalog.submissions) == 1


def test_only_the_case_s_own_index_is_left_out_of_its_files(cases: Path) -> None:
    (cases / "call" / "one" / "media").mkdir()
    (cases / "call" / "one" / "media" / "index.md").write_bytes(b"x")
    assert [entry.path for entry in only_case(read_catalog(cases)).files] == ["media/index.md"]


def test_a_folder_is_looked_at_three_levels_deep_and_to_a_bounded_number_of_files(cases: Path) -> None:
    deep = cases / "call" / "one" / "a" / "b" / "c" / "d"
    deep.mkdir(parents=True)
    (deep / "x.jpg").write_bytes(b"x")
    (deep.parent / "y.jpg").write_bytes(b"x")
    many = cases / "call" / "one" / "many"
    many.mkdir()
    for i in range(MOST_FILES + 5):
        (many / f"{i:03}.jpg").write_bytes(b"")
    entries = {entry.path: entry.is_regular for entry in only_case(read_catalog(cases)).files}
    assert entries["a/b/c/y.jpg"]
    assert not entries["a/b/c/d"]
    assert "a/b/c/d/x.jpg" not in entries
    assert sum(path.startswith("many/") for path in entries) == MOST_FILES


def test_a_name_that_is_no_utf_8_is_told_with_escapes(cases: Path) -> None:
    raw = os.fsencode(cases / "call")
    (Path(os.fsdecode(raw + b"/one/\xb0\xb8.jpg"))).write_bytes(b"x")
    Path(os.fsdecode(raw + b"/\xc0\xfd")).mkdir()
    Path(os.fsdecode(os.fsencode(cases) + b"/\xbb\xee")).mkdir()
    Path(os.fsdecode(os.fsencode(cases) + b"/\xb1\xed.pdf")).write_bytes(b"x")
    catalog = read_catalog(cases)
    assert [case.id for case in catalog.submissions] == ["call/one", "call/\\xc0\\xfd"]
    assert [entry.path for entry in catalog.by_id["call/one"].files] == ["\\xb0\\xb8.jpg"]
    assert [call.file for call in catalog.calls] == ["cases/call/campaign.yml", "cases/\\xbb\\xee/campaign.yml"]
    assert [stray.path for stray in catalog.strays] == ["cases/\\xb1\\xed.pdf"]

"""What a release says of itself, in a folder: it is there, whole, and belongs to no site."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.errors import PublishError
from generator.publish.folder import Folder
from generator.publish.release import ANSWER, answer_text, answered
from generator.publish.transfer import publish, rollback

from .conftest import HOME, NOW, MakeSite, Publish, live


def test_the_live_release_says_its_name_also_after_the_way_back(published: Publish, target_dir: Path) -> None:
    first, second = published(HOME), published({"index.html": "新首页"})
    assert answered((target_dir / "current" / ANSWER).read_bytes()) == second.id
    rollback(Folder(target_dir), None)
    assert answered((target_dir / "current" / ANSWER).read_bytes()) == first.id


@pytest.mark.parametrize("damage", ["gone", "of another release", "a folder"])
def test_a_release_that_says_otherwise_is_replaced(published: Publish, target_dir: Path, damage: str) -> None:
    first = published(HOME)
    answer = target_dir / "current" / ANSWER
    answer.unlink()
    match damage:
        case "of another release":
            answer.write_bytes(answer_text("20200101T000000Z-0123456789ab"))
        case "a folder":
            answer.mkdir()
    second = published(HOME)
    assert second.is_new and second.id > first.id
    assert (answered((target_dir / "current" / ANSWER).read_bytes()), live(target_dir)) == (second.id, HOME)


def test_a_site_that_brings_such_a_file_is_refused(make_site: MakeSite, target_dir: Path) -> None:
    with pytest.raises(PublishError, match=r"release\.json，这个名字留给发布用"):
        publish(make_site({**HOME, ANSWER: "{}"}), Folder(target_dir), keep=5, now=NOW, max_lost_percent=10)


@pytest.mark.parametrize("body", [b"", b"\xff", b"[]", b"{}", b'{"release": 1}', b'{"release": "../x"}', b"<html>"])
def test_whatever_else_answers_names_no_release(body: bytes) -> None:
    assert answered(body) is None

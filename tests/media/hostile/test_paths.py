"""Names that look like something else, links, pipes, and files that change while they are read."""

from __future__ import annotations

import dataclasses
import os
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest

from generator.media.derive import derive
from generator.media.pictures import cascade, images
from generator.media.probe import probe_all, probe_file
from generator.media.recipe import PictureRecipe, VideoRecipe
from generator.media.refusals import REASONS
from generator.media.tools import Ffmpeg
from generator.store import Store
from media.samples import job_for, pdf, quadrants

from .made import RECIPES, refused

NAMES = ["%d.mp4", "%03d.mp4", "-i.mp4", "a:b.mp4", "concat:x.mp4", "a|b.mp4", "line\nbreak.mp4", "quo'te\".mp4",
         "[a],b;c=d.mp4", "back\\slash.mp4", "$(x)`y`.mp4", "日本\u202egpj.mp4", "pipe:1.mp4", "data:,x.mp4",
         "https:..x.mp4", " lead.mp4", "~.mp4", "*.mp4"]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_never_taken_for_an_option_an_address_or_a_pattern(
    name: str, small_clip: Path, tmp_path: Path, store: Store
) -> None:
    path = tmp_path / name
    path.write_bytes(small_clip.read_bytes())
    facts = probe_file(path, name)
    assert facts.refusal is None
    assert facts.video is not None
    outcome = derive(job_for(path, RECIPES["video"]), store)
    assert outcome.result is not None, outcome.refusal
    assert {found.name for found in tmp_path.iterdir()} == {name, "store"}


@pytest.mark.parametrize("name", ["-x.pdf", "a\nb.pdf", "%d.pdf"])
def test_a_pdf_of_any_name_is_read(name: str, tmp_path: Path, store: Store) -> None:
    path = tmp_path / name
    pdf(tmp_path / "plain.pdf", pages=1).rename(path)
    assert probe_file(path, name).document is not None
    assert derive(job_for(path, RECIPES["document"]), store).result is not None


@pytest.mark.parametrize("suffix", [".mp4", ".pdf", ".jpg", ".srt"])
def test_a_name_that_is_no_text_is_refused(suffix: str, small_clip: Path, tmp_path: Path, store: Store) -> None:
    path = tmp_path / f"bad\udcff{suffix}"
    path.write_bytes(small_clip.read_bytes())
    assert refused(path) == "bad-name"
    assert probe_all([(path, path.name)], store, workers=1)[str(path)].refusal is not None
    job = dataclasses.replace(job_for(small_clip, RECIPES["video"]), source=str(path))
    refusal = derive(job, store).refusal
    assert refusal is not None
    assert refusal.reason == "bad-name"


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    quadrants(20, 20).save(tmp_path / "real.png")
    (tmp_path / "link.png").symlink_to(tmp_path / "real.png")
    assert refused(tmp_path / "link.png") == "not-regular"


def test_a_linked_folder_inside_a_case_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    case = tmp_path / "case"
    outside.mkdir()
    case.mkdir()
    quadrants(20, 20).save(outside / "a.png")
    (case / "media").symlink_to(outside)
    assert refused(case / "media" / "a.png", "media/a.png") == "not-regular"
    (case / "real").mkdir()
    quadrants(20, 20).save(case / "real" / "a.png")
    assert probe_file(case / "real" / "a.png", "real/a.png").picture is not None


def test_a_folder_that_became_a_link_is_not_recalled(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.media.opening._SETTLED_NS", -1)
    media = tmp_path / "case" / "media"
    media.mkdir(parents=True)
    quadrants(20, 20).save(media / "a.png")
    files = [(media / "a.png", "media/a.png")]
    assert probe_all(files, store, workers=0)[str(media / "a.png")].refusal is None
    media.rename(tmp_path / "outside")
    media.symlink_to(tmp_path / "outside")
    refusal = probe_all(files, store, workers=0)[str(media / "a.png")].refusal
    assert refusal is not None
    assert refusal.reason == "not-regular"


def test_a_pipe_does_not_hang_the_probe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.mp4")
    assert refused(tmp_path / "a.mp4", within_s=1) == "not-regular"
    assert probe_file(tmp_path / "a.mp4", "a.mp4").kind == "video"


def test_a_socket_a_folder_or_a_missing_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.jpg").mkdir()
    assert refused(tmp_path / "a.jpg") == "not-regular"
    assert refused(tmp_path / "b.jpg") == "missing"
    monkeypatch.chdir(tmp_path)  # the path of a socket may have 108 bytes only
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("c.jpg")
        assert refused(tmp_path / "c.jpg") == "not-regular"


def test_a_refused_encode_does_not_tell_where_the_file_lies(
    small_clip: Path, tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A real child in ffmpeg's place, that complains as ffmpeg does of a file it cannot open."""
    stand_in = tmp_path / "ffmpeg"
    stand_in.write_text(f"#!/bin/sh\necho 'Error opening input file file:{small_clip}.' >&2\nexit 1\n")
    stand_in.chmod(0o755)
    job = job_for(small_clip, VideoRecipe(poster=None))
    monkeypatch.setattr("generator.media.video.encode.ffmpeg", lambda: Ffmpeg(path=stand_in, version="6.0"))
    refusal = derive(job, store).refusal
    assert refusal is not None
    assert f"Error opening input file {small_clip.name}" in refusal.en
    assert str(small_clip.parent) not in refusal.zh + refusal.en


@pytest.mark.parametrize("said", ["No space left on device", "Cannot allocate memory"])
def test_a_fault_of_this_machine_is_not_held_against_the_file(
    said: str, small_clip: Path, tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in = tmp_path / "ffmpeg"
    stand_in.write_text(f"#!/bin/sh\necho 'Error muxing a packet: {said}' >&2\nexit 228\n")
    stand_in.chmod(0o755)
    job = job_for(small_clip, VideoRecipe(poster=None))
    with monkeypatch.context() as patched:
        patched.setattr("generator.media.video.encode.ffmpeg", lambda: Ffmpeg(path=stand_in, version="6.0"))
        assert derive(job, store).state == "failed"
    assert derive(job, store).state == "made"


def _replaced(path: Path) -> None:
    path.unlink()
    quadrants(90, 60).save(path)


def _overwritten(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1] + b"x")


def _linked(path: Path) -> None:
    path.rename(path.with_name("moved.png"))
    path.symlink_to(path.with_name("moved.png"))


@pytest.mark.parametrize("change", [_replaced, _overwritten, _linked, Path.unlink])
def test_what_is_made_of_a_file_that_changes_meanwhile_is_not_remembered_as_its_own(
    change: Callable[[Path], None], tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.png"
    quadrants(60, 40).save(path)
    job = job_for(path, PictureRecipe(steps_px=(40,)))
    really = cascade.make_pictures

    def meanwhile(*words: object) -> object:
        made = really(*words)  # type: ignore[arg-type]
        change(path)
        return made

    monkeypatch.setattr("generator.media.derive.make_pictures", meanwhile)
    outcome = derive(job, store)
    assert outcome.refusal is not None
    assert (outcome.state, outcome.refusal.reason) == ("failed", "changed")
    assert not list(store.root.rglob("*.json"))


@pytest.mark.parametrize("change", [_replaced, _overwritten])
def test_facts_of_a_file_that_changes_meanwhile_are_not_remembered_as_its_own(
    change: Callable[[Path], None], tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.media.opening._SETTLED_NS", -1)
    path = tmp_path / "a.png"
    quadrants(60, 40).save(path)
    really = images.picture_facts

    def meanwhile(file: BinaryIO) -> object:
        facts = really(file)
        change(path)
        return facts

    with monkeypatch.context() as patched:
        patched.setattr(images, "picture_facts", meanwhile)
        refusal = probe_all([(path, "a.png")], store, workers=0)[str(path)].refusal
        assert refusal is not None
        assert refusal.reason == "changed"
    assert not list((store.root / "facts").rglob("*.json"))
    assert not (store.root / "digests").exists()
    quadrants(90, 60).save(path)
    picture = probe_all([(path, "a.png")], store, workers=0)[str(path)].picture
    assert picture is not None
    assert picture.width_px == 90


def test_a_file_that_grows_while_it_is_probed_ends_well(tmp_path: Path, small_clip: Path) -> None:
    path = tmp_path / "a.ts"
    path.write_bytes(small_clip.read_bytes())
    is_over = threading.Event()

    def grow() -> None:
        while not is_over.wait(0.001):
            with path.open("ab") as file:
                file.write(bytes(1_000))

    thread = threading.Thread(target=grow)
    thread.start()
    try:
        found = [probe_file(path, path.name) for _ in range(20)]
    finally:
        is_over.set()
        thread.join()
    assert all((facts.video is None) != (facts.refusal is None) for facts in found)
    assert {facts.refusal.reason for facts in found if facts.refusal} <= REASONS
    # Each tells of one state of the file: what it weighs grows with every look, as the file does.
    weights_bytes = [facts.bytes for facts in found]
    assert weights_bytes == sorted(weights_bytes)
    assert small_clip.stat().st_size <= weights_bytes[0]
    assert weights_bytes[-1] <= path.stat().st_size

"""The benches: that they measure what they claim, and say so where they cannot."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from benches import against_galleries, clips, debian, measure, ours
from benches.against_galleries import COMPARISONS, Comparison, Output
from benches.child import Setup
from benches.child import ours as ours_as_child
from benches.measure import ROOT, NotMeasuredError, Row, cost_of, report
from benches.photographs import Photograph, photographs, shown_px

KEPT = Row(measure="a", figure=1.0, unit="×", bound=1.0)


def photograph(path: Path, size_px: tuple[int, int], orientation: int = 1) -> Path:
    image = Image.radial_gradient("L").resize(size_px).convert("RGB")
    exif = Image.Exif()
    exif[0x0112] = orientation
    image.save(path, exif=exif)
    return path


@pytest.mark.parametrize(
    ("row", "is_kept"),
    [
        (KEPT, True),
        (replace(KEPT, figure=1.01), False),
        (replace(KEPT, sense="≥"), True),
        (replace(KEPT, sense="≥", figure=0.99), False),
        (replace(KEPT, figure=None), False),
        (replace(KEPT, bound=None), True),
    ],
)
def test_a_row_is_kept_on_its_side_of_the_bound_and_never_without_a_figure(row: Row, is_kept: bool) -> None:
    assert row.is_kept is is_kept


def test_a_report_fails_and_says_so_where_a_bound_is_missed_or_not_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(measure, "BENCH_DIR", tmp_path)
    assert report("good", [KEPT], {"machine": "one"}) == 0
    assert report("bad", [KEPT, replace(KEPT, figure=None, note="no tool")]) == 1
    assert "missed" in capsys.readouterr().out
    assert json.loads((tmp_path / "bad.json").read_text("utf-8"))["rows"][1]["is_kept"] is False
    assert "| a | not measured | ≤ 1 × | missed | no tool |" in (tmp_path / "bad.md").read_text("utf-8")


def test_what_the_children_of_a_child_use_counts_as_its_own() -> None:
    burn = "import time\nwhile time.process_time() < 0.4: pass"
    cost = cost_of(
        [sys.executable, "-c", f"import subprocess, sys; subprocess.run([sys.executable, '-c', {burn!r}])"], ROOT
    )
    assert cost.cpu_s >= 0.4


@pytest.mark.parametrize("comparison", COMPARISONS, ids=lambda comparison: comparison.row.measure)
def test_ours_makes_at_least_what_the_peer_is_held_to(comparison: Comparison, tmp_path: Path) -> None:
    size_px = (1_700, 1_250)
    one = Photograph(path=photograph(tmp_path / "a.jpg", size_px), width_px=size_px[0], height_px=size_px[1])
    (files,) = ours.pictures([{"source": str(one.path), **comparison.recipe(one)}], str(tmp_path / "store"))
    against_galleries.require_as_many(comparison.outputs(one), against_galleries.opened(map(Path, files)), one)


@pytest.mark.parametrize("made", [[], [Output("JPEG", 90, 100)], [Output("WEBP", 100, 100)]])
def test_less_than_the_peer_makes_is_found_out(made: list[Output], tmp_path: Path) -> None:
    one = Photograph(path=tmp_path / "a.jpg", width_px=200, height_px=200)
    with pytest.raises(RuntimeError, match="not the same outputs"):
        against_galleries.require_as_many([Output("JPEG", 100, 100)], made, one)


def test_a_peer_that_cannot_be_had_is_told_and_keeps_no_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    nothing = [replace(comparison) for comparison in COMPARISONS if "sigal" not in comparison.row.measure]
    monkeypatch.setattr(against_galleries, "COMPARISONS", nothing)
    one = Photograph(path=tmp_path / "a.jpg", width_px=1, height_px=1)
    rows = against_galleries.rows(Setup(photographs=(one,), work_dir=tmp_path, runs=1, is_quick=True))
    held = [row for row in rows if row.bound is not None]
    assert len(held) == 2
    assert all(row.figure is None and not row.is_kept and "needs node" in row.note for row in held)
    with pytest.raises(NotMeasuredError, match="no apt-get"):
        debian.unpacked("mate-backgrounds", tmp_path)


def test_a_warm_run_decodes_nothing_and_notices_what_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clips, "_DIR", tmp_path)
    folder, store = clips.thin(3), tmp_path / "store"

    def run() -> dict[str, int]:
        found: dict[str, int] = json.loads(ours_as_child("warm", folder=str(folder), store=str(store), workers=0).told)
        return found

    cold, warm = run(), run()
    assert cold["hits"] == 0 and cold["opened"] >= 3 and cold["saved"] >= 9
    assert warm == {"pictures": 3, "hits": 3, "derivatives": cold["derivatives"], "opened": 0, "saved": 0}
    next((store / "media").rglob("*.webp")).unlink()
    again = run()
    assert again["hits"] == 2 and again["opened"] == 1


def test_photographs_of_ones_own_are_the_large_jpegs_of_the_folder_upright(tmp_path: Path) -> None:
    own_dir = tmp_path / "own"
    own_dir.mkdir()
    photograph(own_dir / "b.JPG", (2_000, 2_100))
    photograph(own_dir / "a.jpeg", (1_600, 2_500), orientation=6)
    photograph(own_dir / "small.jpg", (1_600, 1_200))
    photograph(own_dir / "narrow.jpg", (1_500, 3_000))
    photograph(own_dir / "c.png", (2_000, 2_100))
    (own_dir / "d.jpg").write_text("no picture", "utf-8")
    found = photographs(own_dir, None, tmp_path / "work")
    assert [(one.width_px, one.height_px) for one in found] == [(2_500, 1_600), (2_000, 2_100)]
    assert {one.path.parent for one in found} == {tmp_path / "work" / "photographs"}
    assert [one.pixels for one in photographs(own_dir, 1, tmp_path / "first")] == [4_000_000]
    assert shown_px(found[1].path) == (2_000, 2_100)
    with pytest.raises(NotMeasuredError, match="no JPEG"):
        photographs(tmp_path, None, tmp_path / "none")

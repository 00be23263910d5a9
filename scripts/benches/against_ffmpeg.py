"""Videos: our whole job against ffmpeg run by hand with the same encoder settings."""

from __future__ import annotations

import dataclasses
import json
import shutil
from functools import partial
from pathlib import Path, PurePosixPath

from benches import clips
from benches.child import Setup, ours
from benches.measure import ROOT, Row, cost_of, medians
from generator.media.recipe import VideoRecipe

_LADDER = Row(measure="1080p, 720p, storyboard and poster / two bare ffmpeg runs", figure=None, unit="×", bound=1.0)
_REMUX = Row(measure="a conforming MP4, copied / encoded, the whole job", figure=None, unit="×", bound=0.05)
_BARE = Row(measure="a conforming MP4, the whole job / one bare ffmpeg run to 1080p", figure=None, unit="×")
_RUNGS = ("1080p", "720p")


def rows(setup: Setup) -> list[Row]:
    """What a clip costs that has to be encoded, and one that has not."""
    recipe = VideoRecipe()
    rungs = {rendition.name: rendition for rendition in recipe.renditions}
    clip = clips.filmed(setup.photographs, 5 if setup.is_quick else 15)
    fit = clips.conforming(clips.filmed(setup.photographs, 10 if setup.is_quick else 30), recipe)
    target = setup.work_dir / "bare.mp4"

    def bare_s(source: Path, names: tuple[str, ...]) -> float:
        return sum(cost_of(clips.bare(source, target, recipe, rungs[name]), ROOT).cpu_s for name in names)

    spent = medians(
        setup.runs,
        {
            "ladder": partial(_ours_s, setup, clip, _RUNGS, videos=2),
            "two runs": partial(bare_s, clip, _RUNGS),
            "copied": partial(_ours_s, setup, fit, tuple(rungs), videos=1),
            "encoded": partial(_ours_s, setup, fit, tuple(rungs), videos=len(rungs), may_copy=False),
            "one run": partial(bare_s, fit, ("1080p",)),
        },
    )
    return [
        _compared(_LADDER, spent["ladder"], spent["two runs"]),
        _compared(_REMUX, spent["copied"], spent["encoded"]),
        _compared(_BARE, spent["copied"], spent["one run"]),
    ]


def _compared(row: Row, own_s: float, other_s: float) -> Row:
    note = f"{own_s:.2f} against {other_s:.2f} CPU s"
    return dataclasses.replace(row, figure=own_s / other_s, note=note)


def _ours_s(setup: Setup, clip: Path, names: tuple[str, ...], *, videos: int, may_copy: bool = True) -> float:
    store = setup.work_dir / "store"
    shutil.rmtree(store, ignore_errors=True)
    cost = ours("video", source=str(clip), store=str(store), names=names, may_copy=may_copy)
    made = [PurePosixPath(path).suffix for path in json.loads(cost.told)]
    if made.count(".mp4") != videos or ".vtt" not in made or made.count(".webp") < 2:
        raise RuntimeError(
            f"{clip.name}: {videos} videos, a storyboard and a poster were to be made, not {sorted(made)}"
        )
    return cost.cpu_s

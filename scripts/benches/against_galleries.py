"""Pictures: what ours takes against what others take for the same outputs of the same photographs."""

from __future__ import annotations

import dataclasses
import json
import math
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PIL import Image

from benches import peers
from benches.child import Setup, ours
from benches.measure import NotMeasuredError, Row, medians
from benches.peers import Peer
from benches.photographs import Photograph

_WIDTHS_PX = (320, 640, 960, 1600)


@dataclass(frozen=True, slots=True, order=True)
class Output:
    """A picture that was made, or has to be."""

    format: str
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A peer, what it makes of a photograph, and the recipe by which ours makes the same."""

    row: Row
    installed: Callable[[], Peer]
    outputs: Callable[[Photograph], list[Output]]
    recipe: Callable[[Photograph], dict[str, Any]]


def rows(setup: Setup) -> list[Row]:
    """A row for every peer; one that cannot be installed is told as not measured."""
    ready: dict[str, tuple[Comparison, Peer]] = {}
    reasons: dict[str, str] = {}
    for comparison in COMPARISONS:
        try:
            ready[comparison.row.measure] = (comparison, comparison.installed())
        except NotMeasuredError as error:
            reasons[comparison.row.measure] = str(error)
    figures: dict[str, Callable[[], float]] = {}
    for measure, (comparison, peer) in ready.items():
        figures[f"ours {measure}"] = partial(_ours_s, comparison, setup)
        figures[f"peer {measure}"] = partial(_peer_s, comparison, peer, setup)
    figures["start"] = partial(_ours_start_s, setup)
    spent = medians(setup.runs, figures)
    found = [Row(measure="ours without a photograph: start and imports", figure=spent["start"], unit="CPU s")]
    for comparison in COMPARISONS:
        row = comparison.row
        if row.measure in reasons:
            found.append(dataclasses.replace(row, note=reasons[row.measure]))
            continue
        own_s, peer_s = (spent[f"{who} {row.measure}"] / len(setup.photographs) for who in ("ours", "peer"))
        note = f"{own_s:.3f} against {peer_s:.3f} CPU s a photograph; {ready[row.measure][1].versions}"
        found.append(dataclasses.replace(row, figure=own_s / peer_s, note=note))
    return found


def _ours_s(comparison: Comparison, setup: Setup) -> float:
    wanted = [{"source": str(one.path), **comparison.recipe(one)} for one in setup.photographs]
    store = setup.work_dir / "store"
    shutil.rmtree(store, ignore_errors=True)
    cost = ours("pictures", wanted=wanted, store=str(store))
    for photograph, files in zip(setup.photographs, json.loads(cost.told), strict=True):
        require_as_many(comparison.outputs(photograph), opened(map(Path, files)), photograph)
    return cost.cpu_s


def _ours_start_s(setup: Setup) -> float:
    return ours("pictures", wanted=[], store=str(setup.work_dir / "store")).cpu_s


def require_as_many(wanted: Sequence[Output], made: Sequence[Output], photograph: Photograph) -> None:
    """Ours may keep the shape where a gallery crops, but not make a pixel less."""
    pairs = zip(sorted(wanted), sorted(made), strict=False)
    is_less = any(
        own.format != other.format or own.width_px * own.height_px < 0.99 * other.width_px * other.height_px
        for other, own in pairs
    )
    if len(wanted) != len(made) or is_less:
        raise RuntimeError(f"{photograph.path.name}: not the same outputs: {made} instead of {wanted}")


def _peer_s(comparison: Comparison, peer: Peer, setup: Setup) -> float:
    output_dir = setup.work_dir / peer.name
    cost = peer.cost(setup.photographs_dir, output_dir)
    made = opened(path for path in output_dir.rglob("*") if path.suffix.lower() in (".jpg", ".jpeg", ".webp"))
    wanted = sorted(output for photograph in setup.photographs for output in comparison.outputs(photograph))
    if len(made) != len(wanted) or not all(map(_is_near, made, wanted)):
        raise RuntimeError(f"{peer.name} made {made} and not {wanted}")
    return cost.cpu_s


def _is_near(one: Output, other: Output) -> bool:
    return (
        one.format == other.format
        and abs(one.width_px - other.width_px) <= 1
        and abs(one.height_px - other.height_px) <= 1
    )


def opened(paths: Iterable[Path]) -> list[Output]:
    """What pictures are, in order, all their pixels decoded.

    Raises:
        OSError: one is broken.
    """
    found = []
    for path in paths:
        with Image.open(path) as image:
            image.load()
            found.append(Output(image.format or "", image.width, image.height))
    return sorted(found)


def eleventy_outputs(photograph: Photograph) -> list[Output]:
    """Both formats at four widths."""
    return [
        Output(kind, width_px, _height_px(photograph, width_px)) for kind in ("JPEG", "WEBP") for width_px in _WIDTHS_PX
    ]


def _height_px(photograph: Photograph, width_px: int) -> int:
    return round(photograph.height_px * width_px / photograph.width_px)


def sigal_outputs(photograph: Photograph) -> list[Output]:
    """What its settings name by default: the picture within 640×480 or 480×640, and a thumbnail cropped to 200×150."""
    box_px = (640, 480) if photograph.width_px >= photograph.height_px else (480, 640)
    share = min(box_px[0] / photograph.width_px, box_px[1] / photograph.height_px)
    resized = Output("JPEG", round(photograph.width_px * share), round(photograph.height_px * share))
    return [resized, Output("JPEG", 200, 150)]


def thumbsup_outputs(photograph: Photograph) -> list[Output]:
    """What its options name by default: heights of 1000 and 300, and a thumbnail cropped to 120×120."""
    heights_px = (1_000, 300)
    return [*(Output("JPEG", _width_px(photograph, one), one) for one in heights_px), Output("JPEG", 120, 120)]


def _width_px(photograph: Photograph, height_px: int) -> int:
    return round(photograph.width_px * height_px / photograph.height_px)


def gallery_recipe(
    outputs: Callable[[Photograph], list[Output]], quality: int, photograph: Photograph
) -> dict[str, Any]:
    """The recipe for as many JPEGs with as many pixels each; of a cropped thumbnail, the whole picture as large."""
    shape = photograph.width_px / photograph.height_px
    steps_px = {math.ceil(math.sqrt(one.width_px * one.height_px * shape)) for one in outputs(photograph)}
    return {"formats": ["jpeg"], "steps_px": sorted(steps_px), "own_width_limit_px": None, "jpeg_quality": quality}


def _eight(_photograph: Photograph) -> dict[str, Any]:
    return {
        "formats": ["webp", "jpeg"],
        "steps_px": _WIDTHS_PX,
        "own_width_limit_px": None,
        "webp_quality": 78,
        "jpeg_quality": 80,
    }


COMPARISONS = (
    Comparison(
        row=Row(measure="eight derivatives a photo / eleventy-img", figure=None, unit="×", bound=0.7),
        installed=peers.eleventy,
        outputs=eleventy_outputs,
        recipe=_eight,
    ),
    Comparison(
        row=Row(measure="the same outputs / sigal", figure=None, unit="×", bound=0.3),
        installed=peers.sigal,
        outputs=sigal_outputs,
        recipe=partial(gallery_recipe, sigal_outputs, 85),
    ),
    Comparison(
        row=Row(measure="the same outputs / thumbsup's process step", figure=None, unit="×", bound=0.12),
        installed=peers.thumbsup,
        outputs=thumbsup_outputs,
        recipe=partial(gallery_recipe, thumbsup_outputs, 90),
    ),
)

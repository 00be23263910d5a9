"""What a video shows at each moment, in small: one picture of tiles, and a WebVTT that says which tile is when."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

from PIL import Image

from generator.media.derivatives import Derivative, Shelf
from generator.media.recipe import StoryboardRecipe
from generator.media.video.stills import Frame


def make_storyboard(
    frames: Iterable[Frame], duration_s: float, recipe: StoryboardRecipe, shelf: Shelf
) -> tuple[Derivative, Derivative] | None:
    """Put the sprite and its WebVTT on the shelf; gives (WebVTT, sprite), or None where there is no frame.

    A tile is shown from its own moment to that of the next one; the first from the very start.
    """
    tiles = [frame for frame, _ in zip(frames, range(recipe.columns * recipe.rows), strict=False)]
    if not tiles:
        return None
    width_px, height_px = tiles[0].size_px
    columns = min(recipe.columns, len(tiles))
    rows = -(-len(tiles) // columns)
    sheet = Image.new("RGB", (columns * width_px, rows * height_px))
    places = [(n % columns * width_px, n // columns * height_px) for n in range(len(tiles))]
    for tile, place in zip(tiles, places, strict=True):
        sheet.paste(tile.image, place)
    buffer = io.BytesIO()
    sheet.save(buffer, "WEBP", quality=recipe.webp_quality, method=recipe.webp_effort)
    sprite = shelf.put("sprite", "image/webp", buffer.getvalue(), sheet.size)
    starts_s = [0.0, *(tile.at_s for tile in tiles[1:])]
    cues = _cues(starts_s, duration_s, [f"{sprite.name}#xywh={x},{y},{width_px},{height_px}" for x, y in places])
    return shelf.put("storyboard", "text/vtt", ("WEBVTT\n\n" + "\n".join(cues)).encode("ascii")), sprite


def _cues(starts_s: list[float], duration_s: float, texts: list[str]) -> Iterator[str]:
    for start_s, end_s, text in zip(starts_s, [*starts_s[1:], duration_s], texts, strict=True):
        if end_s > start_s:
            yield f"{clock(start_s)} --> {clock(end_s)}\n{text}\n"


def clock(at_s: float) -> str:
    """A moment as WebVTT writes it: hours, minutes, seconds and three decimals."""
    milliseconds = round(at_s * 1_000)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1_000:02}.{rest % 1_000:03}"

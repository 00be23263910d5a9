"""Clips, documents and large pictures that are measured with, made of the photographs; kept between runs."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pillow_heif
from PIL import Image

from benches.measure import BENCH_DIR
from benches.photographs import Photograph
from generator.media.recipe import Rendition, VideoRecipe
from generator.media.tools import ffmpeg
from generator.store import key_of

_DIR = BENCH_DIR / "made"
_QUIET = ("-nostdin", "-y", "-loglevel", "error")
_RATE = 25
_SHOT_S = 5.0
# Speech comes and goes: noise whose strength swings, at the loudness that a conforming file has.
_SOUND = "anoisesrc=colour=pink:sample_rate=48000:seed=7,tremolo=f=0.5:d=0.6,loudnorm=I=-16:TP=-2:LRA=7"
# Photographs have the full range of JPEG; films of cameras do not.
_COLOURS = "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p,setparams=range=tv"
_BT709 = ("-color_primaries", "bt709", "-color_trc", "bt709", "-colorspace", "bt709")
_LARGE_PX = (6_000, 4_000)


def filmed(photographs: Sequence[Photograph], duration_s: float) -> Path:
    """1080p25 with sound: a slow flight over the photographs with a sensor's noise, at 18 Mbit/s as phones write it."""
    shots = max(1, round(duration_s / _SHOT_S))
    sources = [photographs[number % len(photographs)].path for number in range(shots)]
    frames = round(duration_s * _RATE / shots)
    flights = [
        f"[{number}:v]scale=3840:2160:force_original_aspect_ratio=increase,crop=3840:2160,"
        f"zoompan=z='1.05+0.002*on':x='(iw-iw/zoom)*on/{frames}':y='(ih-ih/zoom)/2'"
        f":d={frames}:s=1920x1080:fps={_RATE},setsar=1[s{number}]"
        for number in range(shots)
    ]
    joined = "".join(f"[s{number}]" for number in range(shots)) + f"concat=n={shots}:v=1:a=0"
    graph = ";".join([*flights, f"{joined},noise=alls=3:allf=t:all_seed=7,{_COLOURS}[v]", f"{_SOUND}[a]"])
    encoder = ["-c:v", "libx264", "-preset", "superfast", "-b:v", "18M", *_BT709, "-c:a", "aac", "-b:a", "160k"]
    key = key_of(graph, encoder, [path.stat().st_size for path in sources])[:8]
    inputs = [word for path in sources for word in ("-i", str(path))]
    tracks = ["-filter_complex", graph, "-map", "[v]", "-map", "[a]"]
    return _made(f"filmed-{key}-{duration_s:g}s.mp4", [*inputs, *tracks, *encoder, "-t", f"{duration_s:g}"])


def conforming(clip: Path, recipe: VideoRecipe) -> Path:
    """The clip as it comes from somebody who heeds the call: 1080p H.264 and AAC in MP4, within the bit rate of its size."""
    settings = _by_hand(clip, recipe, recipe.renditions[0])
    return _made(f"conforming-{key_of(settings)[:8]}-{clip.name}", settings)


def bare(clip: Path, target: Path, recipe: VideoRecipe, rendition: Rendition) -> list[str]:
    """The ffmpeg command that one writes by hand for one rendition: the recipe's encoder settings, and nothing beside."""
    return [str(ffmpeg().path), *_QUIET, *_by_hand(clip, recipe, rendition), str(target)]


def _by_hand(clip: Path, recipe: VideoRecipe, rendition: Rendition) -> list[str]:
    return [
        *("-threads", "2", "-i", str(clip), "-map", "0:v:0", "-map", "0:a:0"),
        *("-vf", f"scale=-2:{rendition.short_px},format=yuv420p"),
        *("-c:v", "libx264", "-preset", recipe.preset, "-crf", str(rendition.crf), "-profile:v", recipe.profile),
        *("-level:v", recipe.level, "-maxrate", f"{rendition.max_kbps}k", "-bufsize", f"{rendition.buffer_kbits}k"),
        *("-force_key_frames", f"expr:gte(t,n_forced*{recipe.key_frame_every_s:g})", "-threads", "1"),
        *_BT709,
        *("-c:a", "aac", "-b:a", f"{recipe.sound.kbps}k", "-ac", "2", "-ar", str(recipe.sound.hz)),
        *("-map_metadata", "-1", "-movflags", "+faststart", "-f", "mp4"),
    ]


def _made(name: str, arguments: Sequence[str]) -> Path:
    kept = _DIR / name
    if not kept.is_file():
        partial = _partial(kept)
        subprocess.run([str(ffmpeg().path), *_QUIET, *arguments, str(partial)], check=True)
        partial.replace(kept)
    return kept


def _partial(kept: Path) -> Path:
    """Where a file is made: under its name it is whole."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    return kept.with_name(f"partial-{kept.name}")


def document(photograph: Photograph) -> Path:
    """A PDF of two pages that show the photograph."""
    kept = _DIR / f"{_name(photograph)}.pdf"
    if not kept.is_file():
        partial = _partial(kept)
        with Image.open(photograph.path) as image:
            image.draft("RGB", (2_000, 2_000))
            page = image.convert("RGB")
        page.save(partial, "PDF", save_all=True, append_images=[page.convert("L")], resolution=200)
        partial.replace(kept)
    return kept


def large(photograph: Photograph) -> dict[str, Path]:
    """The photograph at 24 MP in every format that people hand in, by its name."""
    formats: dict[str, tuple[str, dict[str, Any]]] = {
        "JPEG": ("jpg", {"quality": 92}),
        "progressive JPEG": ("jpg", {"quality": 92, "progressive": True}),
        "PNG": ("png", {"compress_level": 3}),
        "WebP": ("webp", {"quality": 85, "method": 2}),
        "AVIF": ("avif", {"quality": 75, "speed": 9}),
        "HEIC": ("heic", {"quality": 75}),
    }
    paths = {name: _DIR / f"{_name(photograph)}-{name.replace(' ', '-')}.{end}" for name, (end, _) in formats.items()}
    if any(not path.is_file() for path in paths.values()):
        pillow_heif.register_heif_opener()
        with Image.open(photograph.path) as opened:
            image = opened.convert("RGB").resize(_LARGE_PX, Image.Resampling.BICUBIC)
        image.info = {}
        for name, (_, options) in formats.items():
            partial = _partial(paths[name])
            image.save(partial, **options)
            partial.replace(paths[name])
    return paths


def _name(photograph: Photograph) -> str:
    return f"{photograph.path.stem}-{photograph.path.stat().st_size}"


def thin(count: int) -> Path:
    """A folder of so many different JPEGs that have every width of the ladder and next to no height: quick to derive."""
    folder = _DIR / f"thin-{count}"
    if not folder.is_dir():
        partial = _partial(folder)
        partial.mkdir(exist_ok=True)
        ramp = Image.linear_gradient("L").resize((2_400, 8))
        for number in range(count):
            image = Image.merge("RGB", [ramp.point(lambda level, by=by: (level * by) % 256) for by in _shades(number)])
            image.save(partial / f"{number:04}.jpg", quality=85)
        partial.rename(folder)
    return folder


def _shades(number: int) -> tuple[int, int, int]:
    return 1 + number % 16, 1 + number // 16 % 16, 1 + number // 256

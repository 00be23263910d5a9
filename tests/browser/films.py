"""A case page with videos whose picture tells the time, made by the real frame and templates."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

from PIL import Image

from generator.media.derivatives import Derivative, PictureSet, VideoSet
from generator.media.tools import ffmpeg
from generator.pages.chrome import frame
from generator.pages.media_views import VideoView
from generator.pages.render import render
from generator.pages.shelf import shelf
from generator.pages.site_facts import SiteFacts
from generator.pages.views import CaseView, Citation, LinkView, Page
from generator.store import Store

SECONDS, SHOWN_S, RATE = 24, 2, 5
COLOURS = [(40 + 15 * i, 230 - 17 * i, (70 * i) % 230) for i in range(SECONDS // SHOWN_S)]
"""What the film shows, each for two seconds."""

TILE_PX = (160, 90)
LADDER = {"1080p": (1920, 1080), "720p": (1280, 720), "480p": (854, 480)}
"""What the pages are told of the files, which are a tenth of it."""


def moment_colour(moment_s: float) -> tuple[int, int, int]:
    return COLOURS[int(moment_s // SHOWN_S)]


def film_page(root: Path, folder: Path) -> None:
    """Writes ``index.html`` with a film in three sizes and a portrait in one, and all that it needs, into *folder*."""
    media = folder / "media"
    media.mkdir(parents=True)
    for role, size_px in LADDER.items():
        _film(media / f"film-{role}.mp4", size_px)
    _film(media / "turned.mp4", (1080, 1920))
    _storyboard(media)
    film, turned = _views(media)
    pages = [_page("", (film, turned)), _page("single/", (turned,)), _page("broken/", (_without_files(film),))]
    site = SiteFacts(name="试验", url="https://showcase.example.org/", path="/", correction="")
    store = Store(folder.parent / "store")
    extra = dict.fromkeys(
        ("organiser", "undertaker", "contact", "icp", "police", "site_code", "description", "preview"), ""
    )
    made = frame(root / "mkdocs.yml", root / "theme", {**extra, "sample": False, "name": "试验"}, store)
    files = {**render(pages, made, root / "theme" / "templates", site, store).files, **made.assets}
    for name, source in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(source.read_bytes())


def _film(path: Path, size_px: tuple[int, int]) -> None:
    """Flat colours and a tone, a key frame every second."""
    width_px, height_px = (side // 20 * 2 for side in size_px)
    frames = b"".join(bytes(moment_colour(number / RATE)) * (width_px * height_px) for number in range(SECONDS * RATE))
    raw = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{width_px}x{height_px}", "-r", str(RATE), "-i", "pipe:0"]
    tone = ["-f", "lavfi", "-i", f"sine=frequency=330:duration={SECONDS}"]
    coded = ["-c:v", "libx264", "-preset", "ultrafast", "-g", str(RATE), "-pix_fmt", "yuv420p", "-c:a", "aac"]
    command = [str(ffmpeg().path), "-loglevel", "error", *raw, *tone, *coded, "-movflags", "+faststart", str(path)]
    subprocess.run(command, input=frames, check=True, timeout=60)


def _storyboard(media: Path) -> None:
    width_px, height_px = TILE_PX
    sprite = Image.new("RGB", (4 * width_px, 3 * height_px))
    cues, captions = ["WEBVTT", ""], ["WEBVTT", ""]
    for number, colour in enumerate(COLOURS):
        x_px, y_px = number % 4 * width_px, number // 4 * height_px
        sprite.paste(colour, (x_px, y_px, x_px + width_px, y_px + height_px))
        when = f"00:{number * SHOWN_S:02}.000 --> 00:{number * SHOWN_S + SHOWN_S:02}.000"
        cues += [when, f"tiles.webp#xywh={x_px},{y_px},{width_px},{height_px}", ""]
        captions += [when, f"第{number + 1}句", ""]
    sprite.save(media / "tiles.webp", lossless=True)
    sprite.crop((0, 0, *TILE_PX)).save(media / "poster.jpg")
    (media / "tiles.vtt").write_text("\n".join(cues), "utf-8")
    (media / "words.vtt").write_text("\n".join(captions), "utf-8")


def _views(media: Path) -> tuple[VideoView, VideoView]:
    def derivative(name: str, size_px: tuple[int | None, int | None] = (None, None)) -> Derivative:
        kinds = {".mp4": "video/mp4", ".vtt": "text/vtt", ".webp": "image/webp", ".jpg": "image/jpeg"}
        return Derivative(
            name=name,
            media_type=kinds[Path(name).suffix],
            width_px=size_px[0],
            height_px=size_px[1],
            bytes=(media / name).stat().st_size,
            role=name,
        )

    poster = PictureSet(width_px=160, height_px=90, placeholder="", files=(derivative("poster.jpg", TILE_PX),))
    film = VideoSet(
        width_px=1920,
        height_px=1080,
        duration_s=float(SECONDS),
        files=tuple(derivative(f"film-{role}.mp4", size_px) for role, size_px in LADDER.items()),
        poster=poster,
        storyboard=derivative("tiles.vtt"),
        sprite=derivative("tiles.webp"),
    )
    turned = replace(film, width_px=1080, height_px=1920, files=(derivative("turned.mp4", (1080, 1920)),))
    videos = shelf({("case", "film"): film, ("case", "turned"): turned}).videos
    return (
        replace(videos["case", "film"], title="会变颜色的影片", captions="words.vtt", music="无"),
        replace(videos["case", "turned"], title="竖着拍的影片"),
    )


def _without_files(view: VideoView) -> VideoView:
    return replace(view, files=tuple(replace(file, name=f"missing-{file.name}") for file in view.files))


def _page(url: str, videos: tuple[VideoView, ...]) -> Page:
    link = LinkView(text="链接", url="")
    view = CaseView(
        title="有视频的案例",
        subtitle="",
        unit=link,
        region=link,
        campaign=link,
        category=link,
        year=link,
        badges=(),
        stages=(),
        subjects=(),
        topics=(),
        themes=(),
        keywords=(),
        authors=(),
        period="",
        project_status="",
        summary="这里有会变颜色的影片。",
        intro="",
        self_review="",
        partners=(),
        body="## 背景\n\n正文。\n",
        body_pictures={},
        body_files={},
        gallery=(),
        videos=videos,
        attachments=(),
        links=(),
        related=(),
        previous=None,
        following=None,
        rights="",
        published="",
        updated="",
        citation=Citation(gb7714="作者. 有视频的案例[EB/OL]", bibtex="@misc{film,\n"),
        address="https://showcase.example.org/",
    )
    return Page(
        url=url, template="case.html", title="案例", description="", view=view, scripts=("case.js", "player.js")
    )

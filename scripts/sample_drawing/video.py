"""Videos: drawn shots under a slowly moving camera, with a title for each, sound and captions."""

from __future__ import annotations

import random
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import imageio_ffmpeg
import numpy as np
from PIL import Image

from sample_drawing import sound
from sample_drawing.canvas import Canvas
from sample_drawing.colour import WHITE
from sample_drawing.plan import Movie, Shot
from sample_drawing.scenes import FLAT, draw_scene
from sample_drawing.subject import Subject

ROOM: Final = 1.28  # how much larger than the frame a shot is drawn, for the camera to move in
FADE_S: Final = 0.5
OUTDOOR_NAME: Final = "示例学校"

CODECS: Final[dict[str, tuple[str, ...]]] = {
    ".mp4": (
        "-c:v",
        "libx264",
        "-preset",
        "medium",
        "-crf",
        "25",
        "-pix_fmt",
        "yuv420p",
        "-c:a",
        "aac",
        "-b:a",
        "96k",
        "-movflags",
        "+faststart",
    ),
    ".mov": ("-c:v", "libx264", "-preset", "medium", "-crf", "25", "-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "96k"),
    ".avi": ("-c:v", "mpeg4", "-q:v", "6", "-c:a", "libmp3lame", "-b:a", "96k"),
    ".wmv": ("-c:v", "wmv2", "-b:v", "2M", "-c:a", "wmav2", "-b:a", "96k"),
}


def _drawn(movie: Movie, shot: Shot, index: int) -> Image.Image:
    """A shot, larger than the frame by ROOM; a school in it bears a name instead of the shot's title."""
    rng = random.Random(movie.seed + index)
    is_named = shot.scene in ("village-school", "schoolyard")
    subject = Subject(
        title=OUTDOOR_NAME if is_named else shot.title or movie.title, labels=shot.labels, values=shot.values
    )
    width, height = movie.size
    canvas = Canvas(round(width * ROOM * 1.5), round(height * ROOM * 1.5))
    draw_scene(shot.scene, canvas, subject, rng)
    return canvas.image.resize((round(width * ROOM), round(height * ROOM)), Image.Resampling.LANCZOS)


def _label(movie: Movie, title: str) -> Image.Image:
    """The frame's lower third: *title* in white on a dark band, the rest transparent."""
    canvas = Canvas(*movie.size, ground=(0, 0, 0))
    size = canvas.fitted(title, 44, canvas.width * 0.7, bold=True)
    wide = canvas.text_width(title, size, bold=True)
    y = canvas.height - (130 if canvas.width > canvas.height else 320)
    mask = Canvas(*movie.size, ground=(0, 0, 0))
    mask.rounded((60, y - 44, 60 + wide + 76, y + 44), 16, (176, 176, 176))
    mask.rounded((60, y - 44, 72, y + 44), 4, WHITE)
    mask.text(106, y - 2, title, size, WHITE, anchor="lm", bold=True)
    canvas.rectangle(0, 0, canvas.width, canvas.height, (18, 34, 62))
    canvas.rounded((60, y - 44, 72, y + 44), 4, (250, 184, 70))
    canvas.text(106, y - 2, title, size, WHITE, anchor="lm", bold=True)
    frame = canvas.image.convert("RGBA")
    frame.putalpha(mask.image.convert("L"))
    return frame


def _moved(picture: Image.Image, movie: Movie, share: float, path: tuple[float, float, float, float]) -> Image.Image:
    """The frame at *share* (0 to 1) of a camera *path*: zoom at begin and end, drift across and down."""
    eased = share * share * (3 - 2 * share)
    zoom = path[0] + (path[1] - path[0]) * eased
    wide, tall = picture.width / ROOM / zoom * 1.0, picture.height / ROOM / zoom
    spare_x, spare_y = picture.width - wide, picture.height - tall
    left = spare_x * (0.5 + path[2] * (eased - 0.5))
    top = spare_y * (0.5 + path[3] * (eased - 0.5))
    return picture.resize(movie.size, Image.Resampling.BILINEAR, box=(left, top, left + wide, top + tall))


def frames(movie: Movie) -> Iterator[Image.Image]:
    """Every frame of *movie*, in order; shots follow each other in soft changes, the first from black."""
    rng = random.Random(movie.seed)
    shots = [_drawn(movie, shot, index) for index, shot in enumerate(movie.shots)]
    labels = [_label(movie, shot.title) if shot.title and shot.scene not in FLAT else None for shot in movie.shots]
    paths = []
    for shot in movie.shots:
        # Screens and charts are to be read, so the camera stays back from them.
        far, near = (0.79, 0.84) if shot.scene in FLAT else (0.82, 1.0)
        zooms = rng.choice(((far, near), (near, far)))
        paths.append((*zooms, rng.choice((-0.7, 0.7)), rng.choice((-0.4, 0.4))))
    total = round(movie.duration * movie.fps)
    each = total / len(shots)
    fade = FADE_S * movie.fps
    for number in range(total):
        index = min(int(number / each), len(shots) - 1)
        since = number - index * each
        frame = _titled(_moved(shots[index], movie, since / each, paths[index]), labels[index], since / fade - 0.6)
        if since < fade:
            before = Image.new("RGB", movie.size)
            if index:
                before = _titled(_moved(shots[index - 1], movie, 1.0, paths[index - 1]), labels[index - 1], 1.0)
            frame = Image.blend(before, frame, since / fade)
        yield frame


def _titled(frame: Image.Image, label: Image.Image | None, strength: float) -> Image.Image:
    if label is None or strength <= 0:
        return frame
    alpha = label.getchannel("A")
    if strength < 1:
        alpha = alpha.point([round(value * strength) for value in range(256)])
    frame.paste(label.convert("RGB"), (0, 0), alpha)
    return frame


def write_movie(movie: Movie, target: Path) -> None:
    """Encode *movie* into *target*; the name's ending chooses container and codecs.

    Raises:
        RuntimeError: ffmpeg refused, with its last words.
    """
    width, height = movie.size
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-loglevel", "error"]
    command += ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{width}x{height}", "-r", str(movie.fps), "-i", "pipe:0"]
    with tempfile.TemporaryDirectory() as folder:
        if movie.sound != "none":
            rng = random.Random(movie.seed + 7)
            made = (
                sound.speech(movie.duration, movie.lines, rng)
                if movie.sound == "speech"
                else sound.music(movie.duration, rng)
            )
            wav_path = Path(folder) / "sound.wav"
            wav_path.write_bytes(sound.wav(made))
            command += ["-i", str(wav_path)]
        # Two threads and bitexact: the same bytes on every machine with the same ffmpeg.
        command += [*CODECS[target.suffix], "-threads", "2", "-map_metadata", "-1", "-fflags", "+bitexact"]
        command += ["-flags:v", "+bitexact", "-flags:a", "+bitexact", str(target)]
        encoder = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE)
        assert encoder.stdin is not None
        for frame in frames(movie):
            encoder.stdin.write(np.asarray(frame).tobytes())
        _, errors = encoder.communicate()
    if encoder.returncode:
        raise RuntimeError(f"{movie.path}: {errors.decode(errors='replace')[-400:]}")


def captions_bytes(movie: Movie) -> bytes:
    """The lines of *movie* as an SRT file, evenly timed, in the encoding that its plan asks for."""
    share = movie.duration / max(len(movie.lines), 1)
    cues = []
    for index, line in enumerate(movie.lines):
        begin, end = index * share + 0.1, (index + 1) * share - 0.15
        cues.append(f"{index + 1}\n{_clock(begin)} --> {_clock(end)}\n{line}\n")
    text = "\n".join(cues)
    # Programs that still write GB18030 are Windows programs, and end their lines that way.
    return (text.replace("\n", "\r\n") if movie.captions_encoding != "utf-8" else text).encode(movie.captions_encoding)


def _clock(seconds: float) -> str:
    millis = round(seconds * 1000)
    return f"{millis // 3_600_000:02d}:{millis // 60_000 % 60:02d}:{millis // 1000 % 60:02d},{millis % 1000:03d}"

"""Moving pictures as people make them for a chat: a chart that grows, as GIF."""

from __future__ import annotations

import io
from typing import Final

from PIL import Image

from sample_drawing.canvas import Canvas
from sample_drawing.charts import draw_line_chart
from sample_drawing.plan import Picture
from sample_drawing.subject import Subject

STEP_MS: Final = 350
REST_MS: Final = 2_400  # at the end, before it begins again
COLOURS: Final = 64


def growing_chart(entry: Picture) -> bytes:
    """The line chart of *entry* as a GIF without end, one more point in each picture."""
    subject = Subject(title=entry.title, labels=entry.labels, values=entry.values)
    last = len(entry.values)
    frames = [_frame(entry, subject, shown) for shown in range(1, last + 1)]
    file = io.BytesIO()
    durations = [STEP_MS] * (last - 1) + [REST_MS]
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:], duration=durations, loop=0, optimize=True)
    return file.getvalue()


def _frame(entry: Picture, subject: Subject, shown: int) -> Image.Image:
    width, height = entry.size
    canvas = Canvas(width * 2, height * 2)
    draw_line_chart(canvas, subject, entry.rng(), shown=shown)
    small = canvas.image.resize((width, height), Image.Resampling.LANCZOS)
    return small.quantize(COLOURS, dither=Image.Dither.NONE)

"""Writes what one entry of a plan asks for."""

from __future__ import annotations

from pathlib import Path

from sample_drawing.documents import docx_bytes, pdf_bytes
from sample_drawing.moving import growing_chart
from sample_drawing.photo import picture_bytes
from sample_drawing.plan import Entry, Movie, Picture, files_of
from sample_drawing.video import captions_bytes, write_movie


def make(entry: Entry, out: Path) -> list[Path]:
    """Write the files of *entry* under the folder *out*; returns their paths."""
    paths = [out / name for name in files_of(entry)]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(entry, Picture):
        is_moving = paths[0].suffix == ".gif"
        paths[0].write_bytes(growing_chart(entry) if is_moving else picture_bytes(entry))
    elif isinstance(entry, Movie):
        write_movie(entry, paths[0])
        if len(paths) > 1:
            paths[1].write_bytes(captions_bytes(entry))
    else:
        paths[0].write_bytes(pdf_bytes(entry) if paths[0].suffix == ".pdf" else docx_bytes(entry))
    return paths

"""What differs in a folder of pages that is opened by double click: no server answers, and a page may read no file.

Measured in Chromium: over ``file://`` an address that ends in "/" shows a list of files instead of its index.html;
`fetch`, masks and the captions of a video are refused, and each refusal is an error; pictures, styles, scripts and
videos load, and so do captions that stand in the page itself.
"""

from __future__ import annotations

import base64
import dataclasses
import re
from collections.abc import Callable
from pathlib import Path

from generator.pages.cards import Shelf

# Our own HTML: see links.py.
_TAG = re.compile(r'<[a-z](?:[^>"]*"[^"]*")*[^>"]*>', re.IGNORECASE)
_TO_FOLDER = re.compile(
    r'((?:\s(?:href|action)=|\scontent="\d+; url=)"?)((?![a-z][a-z0-9+.-]*:|//)[^"?#]*/)(?=["?#])', re.IGNORECASE
)


def with_file_names(page: str) -> str:
    """*page* with the name of the file in every address inside the site that names a folder alone."""
    return _TAG.sub(lambda tag: _TO_FOLDER.sub(r"\1\2index.html", tag[0]), page)


def self_contained(shelf: Shelf, file_of: Callable[[str], Path]) -> Shelf:
    """*shelf* with the captions in its addresses, and without storyboards; *file_of* finds a derivative by its name.

    Raises:
        OSError: captions cannot be read.
    """
    return dataclasses.replace(
        shelf,
        videos={place: dataclasses.replace(video, storyboard="") for place, video in shelf.videos.items()},
        captions={place: _address(file_of(name)) for place, name in shelf.captions.items()},
    )


def _address(captions: Path) -> str:
    return f"data:text/vtt;base64,{base64.b64encode(captions.read_bytes()).decode()}"

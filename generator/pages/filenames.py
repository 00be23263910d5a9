"""Names that files have on the reader's own disk."""

from __future__ import annotations

import re
import unicodedata

_BYTES = 200  # file systems allow 255, and browsers add “(1)”
_FORBIDDEN = re.compile(r"[/\\:*?\"<>|]")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)


def download_name(title: str, extension: str) -> str:
    """*title* as the name of a file with that *extension* (without the dot), safe on every system.

    What no file system allows becomes a space or is left out, and so do characters that nobody sees, which could
    make one extension look like another. An extension that the title ends in already is not said twice.
    """
    seen = "".join(
        " " if _FORBIDDEN.match(character) else character
        for character in unicodedata.normalize("NFC", title)
        if not unicodedata.category(character).startswith("C") or character in "\t\n"
    )
    name = " ".join(seen.split()).strip(". ")
    if name.lower().endswith(f".{extension}"):
        name = name[: -len(extension) - 1].rstrip(". ")
    name = name.encode()[: _BYTES - len(extension) - 1].decode("utf-8", "ignore").rstrip(". ")
    if not name or _RESERVED.fullmatch(name.partition(".")[0]):
        name = f"文件{' ' if name else ''}{name}"
    return f"{name}.{extension}"

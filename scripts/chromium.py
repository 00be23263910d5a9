"""The system's Chromium, as tests, screenshots and benches start it."""

from __future__ import annotations

import shutil

FLAGS = (
    "--no-sandbox",  # a container has no other user to give its pages to
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""Nothing that it does by itself reaches another host."""


class NoBrowserError(Exception):
    """There is no Chromium on this machine."""


def executable() -> str:
    """Where it is.

    Raises:
        NoBrowserError: there is none.
    """
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    raise NoBrowserError("没有找到 Chromium；请安装 chromium 和 fonts-noto-cjk 后重新运行")

"""The few pages of prose: Markdown files whose first heading is their title."""

from __future__ import annotations

from pathlib import Path

from generator.errors import RenderError


def read_texts(pages_dir: Path) -> dict[str, tuple[str, str]]:
    """Name → title and body of every ``<name>.md`` in *pages_dir*, by name.

    Raises:
        RenderError: a file does not begin with a heading, or is not UTF-8.
    """
    texts: dict[str, tuple[str, str]] = {}
    for path in sorted(pages_dir.glob("*.md")):
        try:
            first, _, body = path.read_text("utf-8").partition("\n")
        except UnicodeDecodeError as error:
            raise RenderError(f"{path} 不是 UTF-8 编码") from error
        if not first.startswith("# "):
            raise RenderError(f"{path} 的第一行应是“# 标题”")
        texts[path.stem] = (first[2:].strip(), body)
    return texts

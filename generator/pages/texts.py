"""The few pages of prose: Markdown files whose first heading is their title, with the pictures beside them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.catalog.body import path_of, read_body
from generator.errors import RenderError
from generator.pages.media_views import PictureView, SourceFile
from generator.pages.views import Text
from generator.store import Store, digest_of_file, key_of

_HEAD_BYTES = 64  # of a WebP: more than its size takes


def read_texts(pages_dir: Path) -> dict[str, Text]:
    """Name → text of every ``<name>.md`` below *pages_dir*, by name: ``about``, ``guides/school``.

    Raises:
        RenderError: a file does not begin with a heading, is not UTF-8, leads out of *pages_dir*, or shows a
            picture that is not there.
    """
    texts: dict[str, Text] = {}
    for path in sorted(pages_dir.rglob("*.md")):
        if not _lies_below(path, pages_dir):
            raise RenderError(f"{path} 是指向 {pages_dir} 外面的链接，没有读取；请换成真正的文件")
        try:
            first, _, body = path.read_text("utf-8").partition("\n")
        except UnicodeDecodeError as error:
            raise RenderError(f"{path} 不是 UTF-8 编码") from error
        if not first.startswith("# "):
            raise RenderError(f"{path} 的第一行应是“# 标题”")
        name = path.relative_to(pages_dir).with_suffix("").as_posix()
        texts[name] = Text(title=first[2:].strip(), body=body, pictures=dict(_pictures(pages_dir, name, body)))
    return texts


def _lies_below(path: Path, pages_dir: Path) -> bool:
    """Whether no link leads out of *pages_dir*: a commit can make one, to what only this machine should know."""
    return path.resolve().is_relative_to(pages_dir.resolve())


def text_files(texts: Mapping[str, Text], pages_dir: Path, store: Store) -> dict[str, Path]:
    """The pictures of *texts*, path under the site → file of *store*: never the one that somebody may edit."""
    files: dict[str, Path] = {}
    for path in sorted({picture.files[0].name for text in texts.values() for picture in text.pictures.values()}):
        source = pages_dir / path
        key, suffix = key_of("picture of a text", digest_of_file(source)), source.suffix
        files[path] = store.find("pages", key, suffix) or store.keep("pages", key, source.read_bytes(), suffix)
    return files


def _pictures(pages_dir: Path, name: str, body: str) -> Iterator[tuple[str, PictureView]]:
    from generator.media.pictures.images import webp_size_px  # only here: Pillow comes with it

    for image in read_body(body).images:
        target = path_of(image.target)
        path = posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
        file = pages_dir / path
        # Line 1 is the title, which the body does not have.
        at = f"{pages_dir / name}.md:{image.at.line + 1}"
        if path.startswith("../") or not file.is_file() or not _lies_below(file, pages_dir):
            raise RenderError(f"{at} 的图片 {image.target} 不存在；请放到 {pages_dir} 下面，或改正路径")
        with file.open("rb") as opened:
            size_px = webp_size_px(opened.read(_HEAD_BYTES))
        if size_px is None:
            raise RenderError(f"{at} 的图片 {image.target} 不是 WebP；请转换后再放")
        width_px, height_px = size_px
        shown = SourceFile(name=path, media_type="image/webp", width_px=width_px, height_px=height_px)
        yield (
            target,
            PictureView(width_px=width_px, height_px=height_px, placeholder="", files=(shown,), alt=image.text),
        )

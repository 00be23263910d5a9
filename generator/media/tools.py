"""Who makes the derivatives: the ffmpeg in use, and for every recipe an identity that goes into the key.

The identity names versions, never paths, so machines with the same tools share their results.
“Same input, same bytes” holds for each identity.
"""

from __future__ import annotations

import ast
import functools
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from PIL import __version__ as pillow_version
from PIL import features

from generator.errors import ToolError
from generator.media.recipe import CaptionRecipe, DocumentRecipe, PictureRecipe, Recipe, ShareCardRecipe, VideoRecipe
from generator.store import Store, key_of

OLDEST_FFMPEG = (5, 1)
"""The first version that knows -fps_mode."""

_VERSION = re.compile(r"ffmpeg version (\S+)")
_NUMBER = re.compile(r"n?(\d+)\.(\d+)")
_HERE = Path(__file__).parent
_ROOM = "facts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ffmpeg:
    """An ffmpeg that can be used."""

    path: Path
    version: str  # as it tells it, build included


@functools.cache
def ffmpeg() -> Ffmpeg:
    """The system's ffmpeg where it is new enough and has x264, else the one that imageio-ffmpeg carries.

    Raises:
        ToolError: there is neither.
    """
    on_path = shutil.which("ffmpeg")
    found = _asked(Path(on_path)) if on_path else None
    if found and _is_fit(found):
        return Ffmpeg(path=Path(on_path or ""), version=found.version)
    import imageio_ffmpeg  # only here: it brings asyncio and more, and most processes never run ffmpeg

    try:
        carried = Path(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError as error:
        told = f"ffmpeg {found.version.split()[0]} is too old or lacks x264" if found else "there is no ffmpeg"
        raise ToolError(f"{told}; install ffmpeg 5.1 or newer, or the imageio-ffmpeg wheel, and run again") from error
    answer = _asked(carried)
    if answer is None or not _is_fit(answer):
        raise ToolError(f"{carried.name} does not run as ffmpeg 5.1 or newer; install one and run again")
    return Ffmpeg(path=carried, version=answer.version)


@functools.cache
def can_tone_map() -> bool:
    """Whether the ffmpeg in use can bring HDR into the range of other screens.

    Raises:
        ToolError: there is no ffmpeg.
    """
    from generator.media.children import sandbox

    child = sandbox.run(
        [str(ffmpeg().path.absolute()), "-hide_banner", "-filters"],
        wall_s=20,
        cpu_s=10,
        memory_bytes=4 * sandbox.GIB,
        file_bytes=sandbox.MIB,
        reads=(),
        capture=True,
    )
    return child.is_ok and all(f" {name} ".encode() in child.stdout for name in ("zscale", "tonemap"))


@dataclass(frozen=True, slots=True)
class _Answer:
    version: str
    has_x264: bool


def _asked(path: Path) -> _Answer | None:
    from generator.media.children import sandbox  # only here: it comes with all that starts processes

    child = sandbox.run(
        [str(path.absolute()), "-version"],
        wall_s=20,
        cpu_s=10,
        memory_bytes=4 * sandbox.GIB,
        file_bytes=sandbox.MIB,
        capture=True,
    )
    text = child.stdout.decode("utf-8", "replace")
    version = _VERSION.match(text)
    if not child.is_ok or not version:
        return None
    # With the digest of all that it tells of itself: one version is built with many libraries, and in many ways.
    return _Answer(f"{version[1]} ({key_of(text)[:8]})", "--enable-libx264" in text)


def _is_fit(answer: _Answer) -> bool:
    number = _NUMBER.match(answer.version)
    return answer.has_x264 and number is not None and (int(number[1]), int(number[2])) >= OLDEST_FFMPEG


def tool_of(recipe: Recipe, store: Store | None = None) -> str:
    """The identity of what carries out that recipe: versions of the tools, and a digest of the code that drives them.

    *store* remembers digests of code, which do not depend on it; without one they are worked out anew.

    Raises:
        ToolError: the recipe wants ffmpeg, and there is none.
    """
    match recipe:
        case PictureRecipe(motion=None):
            return _pictures(store)
        case PictureRecipe():
            return f"ffmpeg {ffmpeg().version}, {_pictures(store)}, code {_code(store, 'pictures/motion.py')}"
        case CaptionRecipe():
            return f"{_versions('pysubs2', 'charset-normalizer')}, code {_code(store, 'captions.py')}"
        case DocumentRecipe():
            return f"{_pdf()}, {_pictures(store)}, code {_code(store, 'documents')}"
        case VideoRecipe():
            return _videos(store)
        case ShareCardRecipe():
            return _share_cards(store)


@functools.cache
def _videos(store: Store | None) -> str:
    # Without what only says which two jobs a video is.
    code = _code(store, "video", "content.py", but=("posters.py",))
    # Of Pillow only what codes sprites and stills: another release of it must not encode every video again.
    libraries = f"webp {features.version('webp')}, {_versions('av', 'ffmpeg-python')}"
    return f"ffmpeg {ffmpeg().version}, {libraries}, code {code}"


@functools.cache
def _share_cards(store: Store | None) -> str:
    libraries = f"pillow {pillow_version}, freetype {features.version('freetype2')}, {_versions('budoux')}"
    return f"{libraries}, code {_code(store, 'sharing')}"


@functools.cache
def probe_tool(store: Store | None) -> str:
    """The identity of the probe, which goes into what its facts are remembered under; *store* as with `tool_of`."""
    code = _code(
        store, "content.py", "probe.py", "picturewords.py", "captions.py", "refusals.py", "documents", "seals",
        "video/look.py", "video/boxes.py", "video/pace.py",
    )  # fmt: skip
    return f"{_pdf()}, {_pictures(store)}, {_versions('pysubs2', 'charset-normalizer')}, {CaptionRecipe()}, code {code}"


@functools.cache
def _pictures(store: Store | None) -> str:
    parts = {name: features.version(name) for name in ("libjpeg_turbo", "webp", "avif", "littlecms2", "zlib_ng")}
    return f"pillow {pillow_version}, {parts}, {_versions('pillow-heif', 'av')}, code {_code(store, 'pictures', but=('motion.py',))}"


@functools.cache
def _pdf() -> str:
    return _versions("pypdfium2", "pikepdf")


def _versions(*names: str) -> str:
    # Asked of what is installed, not of the libraries: importing them all took longer than ten pictures.
    return ", ".join(f"{name} {metadata.version(name)}" for name in names)


@functools.cache
def _code(store: Store | None, *names: str, but: tuple[str, ...] = ()) -> str:
    """The digest of modules and of whole folders of this room, those called *but* left out."""
    paths = [path for name in names for path in (sorted((_HERE / name).glob("*.py")) or [_HERE / name])]
    sources = [path.read_text("utf-8") for path in paths if path.name not in but]
    # Remembered, since parsing forty modules costs more than recalling a thousand pictures.
    key = key_of("code", Path(__file__).read_text("utf-8"), sources)
    known = store.read(_ROOM, key) if store else None
    digest = known.decode("ascii") if known else code_digest(sources)[:12]
    if store and not known:
        store.keep(_ROOM, key, digest.encode("ascii"))
    return digest


def code_digest(sources: Iterable[str]) -> str:
    """A digest of Python sources that ignores comments, docstrings and layout.

    Better words in a docstring must not encode ten thousand videos again.
    """
    return key_of([ast.unparse(_without_docstrings(ast.parse(source))) for source in sources])


def _without_docstrings(tree: ast.Module) -> ast.Module:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and ast.get_docstring(
            node
        ):
            node.body = node.body[1:] or [ast.Pass()]
    return tree

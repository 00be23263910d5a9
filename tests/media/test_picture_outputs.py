"""What is published of a picture: its widths and formats, nothing but pixels, and in bounded memory."""

from __future__ import annotations

import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pillow_heif
import pytest
from PIL import Image, ImageCms

from generator.media.derivatives import PictureSet, file_of
from generator.media.derive import derive
from generator.media.pictures import pixels
from generator.media.probe import probe_file
from generator.media.recipe import PictureRecipe
from generator.media.tools import tool_of
from generator.store import Store

from .samples import exif_of_a_phone, job_for, quadrants

pillow_heif.register_heif_opener()  # for what the tests write; generator/media opens without it


def made(path: Path, store: Store, recipe: PictureRecipe) -> PictureSet:
    result = derive(job_for(path, recipe), store).result
    assert isinstance(result, PictureSet)
    return result


@pytest.mark.parametrize(
    ("width_px", "widths_px"),
    [(2500, (320, 640, 960, 1600, 2400)), (1200, (320, 640, 960, 1200)), (200, (200,))],
)
def test_a_picture_has_every_format_at_every_width(
    width_px: int, widths_px: tuple[int, ...], tmp_path: Path, store: Store
) -> None:
    path = tmp_path / "a.jpg"
    quadrants(width_px, width_px // 4).save(path)
    result = made(path, store, PictureRecipe())
    assert [file.role for file in result.files] == [
        f"{name}-{width}" for width in widths_px for name in ("avif", "webp", "jpeg")
    ]
    for file in result.files:
        with Image.open(file_of(file, store)) as image:
            image.load()
            assert image.size == (file.width_px, file.height_px)
            assert f"image/{(image.format or '').lower()}" == file.media_type
            assert file.height_px == image.width // 4


def test_a_bench_can_ask_for_two_formats_and_no_width_of_its_own(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "a.jpg"
    quadrants(2000, 200).save(path)
    recipe = PictureRecipe(formats=("webp", "jpeg"), steps_px=(320, 640), own_width_limit_px=None)
    assert [file.role for file in made(path, store, recipe).files] == ["webp-320", "jpeg-320", "webp-640", "jpeg-640"]


@pytest.mark.parametrize(
    ("size_px", "formats"),
    [
        ((60, 40), {"webp", "jpeg"}),  # an AVIF would be larger than the WebP
        ((150, 100), {"avif", "webp", "jpeg"}),
        ((330, 16_000), {"webp", "jpeg"}),  # beyond the memory that encoding AVIF may take
        ((300, 17_000), {"jpeg"}),
    ],
)
def test_a_format_beyond_the_size_of_a_picture_is_left_out_whole(
    size_px: tuple[int, int], formats: set[str], tmp_path: Path, store: Store
) -> None:
    path = tmp_path / "a.png"
    Image.new("RGB", size_px, (30, 90, 160)).save(path)
    files = made(path, store, PictureRecipe()).files
    assert {file.role.split("-")[0] for file in files} == formats
    assert len(files) == len(formats) * len({file.width_px for file in files})


def _in_jpeg(data: bytes) -> Iterator[str]:
    at = 2
    while data[at + 1] != 0xDA:
        yield f"FF{data[at + 1]:02X}"
        at += 2 + int.from_bytes(data[at + 2 : at + 4])


def _in_webp(data: bytes) -> Iterator[str]:
    at = 12
    while at < len(data):
        yield data[at : at + 4].decode("ascii")
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        at += 8 + length + length % 2


_OF_BOXES = {b"meta": 4, b"iprp": 0, b"ipco": 0, b"iinf": 6}  # and how much stands before their boxes


def _in_avif(data: bytes) -> Iterator[str]:
    at = 0
    while at < len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        body = data[at + 8 : at + length]
        yield name.decode("ascii")
        if name == b"infe":
            yield f"item {body[8:12].decode('ascii')}"
        if name == b"colr":
            yield f"colr {body[:4].decode('ascii')}"
        if name in _OF_BOXES:
            yield from _in_avif(body[_OF_BOXES[name] :])
        at += length


ALLOWED = {
    "image/jpeg": (_in_jpeg, {"FFE0", "FFDB", "FFC0", "FFC2", "FFC4"}),
    "image/webp": (_in_webp, {"VP8 ", "VP8L", "VP8X", "ALPH"}),
    "image/avif": (
        _in_avif,
        {"ftyp", "meta", "hdlr", "pitm", "iloc", "iinf", "infe", "item av01", "iref", "iprp", "ipco", "ispe", "pixi"}
        | {"av1C", "colr", "colr nclx", "auxC", "ipma", "mdat"},
    ),
}


KNOWS_TRANSPARENCY = (".png", ".webp", ".avif", ".heic")


@pytest.mark.parametrize(
    ("suffix", "mode"), [(".jpg", "RGB"), *((name, mode) for name in KNOWS_TRANSPARENCY for mode in ("RGB", "RGBA"))]
)
def test_no_part_of_an_output_can_hold_anything_but_pixels(
    suffix: str, mode: str, tmp_path: Path, store: Store
) -> None:
    path = tmp_path / f"a{suffix}"
    image = quadrants(300, 200).convert(mode)
    if mode == "RGBA":
        image.putalpha(Image.linear_gradient("L").resize(image.size))
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    packet = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>wang-xiao-ming</x:xmpmeta>"
    more: dict[str, Any] = {"comment": "wang-xiao-ming"} if suffix == ".jpg" else {}
    image.save(path, exif=exif_of_a_phone(6), icc_profile=profile, xmp=packet, quality=90, **more)
    assert b"PhoneMaker" in path.read_bytes()
    for file in made(path, store, PictureRecipe(steps_px=(160,))).files:
        data = file_of(file, store).read_bytes()
        walk, allowed = ALLOWED[file.media_type]
        assert set(walk(data)) <= allowed
        assert b"PhoneMaker" not in data
        assert b"wang" not in data


def test_a_preview_makes_other_avif_and_the_same_of_all_else(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "a.png"
    Image.effect_noise((300, 200), 80).convert("RGB").save(path)
    usual, preview = PictureRecipe(), PictureRecipe(avif_speed=9)
    assert job_for(path, usual).key != job_for(path, preview).key
    data = [
        {file.role: file_of(file, store).read_bytes() for file in made(path, store, recipe).files}
        for recipe in (usual, preview)
    ]
    assert {role for role in data[0] if data[0][role] != data[1][role]} == {"avif-300"}


@pytest.mark.parametrize("large", [True, False])
@pytest.mark.parametrize("suffix", [".heic", ".avif", ".webp", ".gif"])
def test_a_picture_cut_anywhere_is_refused_as_cut(
    suffix: str, large: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if large:
        monkeypatch.setattr(pixels, "LARGE_PIXELS", 0)
    path = tmp_path / f"a{suffix}"
    noise = Image.effect_noise((200, 150), 90).convert("RGB")
    more: dict[str, Any] = {"save_all": True, "append_images": [noise.rotate(90)]} if suffix == ".gif" else {}
    noise.save(path, **more)
    whole = path.read_bytes()
    for part in range(1, 21):
        path.write_bytes(whole[: len(whole) * part // 21])
        refusal = probe_file(path, path.name).refusal
        assert refusal is not None
        assert refusal.reason == "truncated"


def _with_claimed_size(path: Path, width_px: int, height_px: int) -> None:
    data = bytearray(path.read_bytes())
    at = data.index(b"ispe") + 8
    data[at : at + 8] = struct.pack(">II", width_px, height_px)
    path.write_bytes(data)


@pytest.mark.parametrize("suffix", [".heic", ".avif"])
def test_a_claim_of_sixty_megapixels_is_refused_before_anything_is_decoded(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    quadrants(64, 64).save(path)
    _with_claimed_size(path, 10_000, 6_000)
    started_s = time.monotonic()
    refusal = probe_file(path, path.name).refusal
    assert refusal is not None
    assert refusal.reason == "too-large"
    assert time.monotonic() - started_s < 1


@pytest.mark.parametrize("suffix", [".heic", ".avif"])
def test_a_picture_of_another_size_than_it_claims_does_no_harm(suffix: str, tmp_path: Path, store: Store) -> None:
    path = tmp_path / f"a{suffix}"
    quadrants(64, 64).save(path)
    _with_claimed_size(path, 2_000, 500)
    outcome = derive(job_for(path, PictureRecipe()), store)
    assert outcome.state == "refused" or isinstance(outcome.result, PictureSet)


PEAK = """
import sys
from pathlib import Path
from generator.media.derive import derive
from generator.media.opening import digest_of, opened
from generator.media.recipe import Job, PictureRecipe
from generator.store import Store

path = Path(sys.argv[1])
with opened(path, path.name) as file:
    digest = digest_of(file)
recipe = PictureRecipe(steps_px=(320,), avif_speed=10)
outcome = derive(Job(source=str(path), source_sha256=digest, recipe=recipe, tool="x"), Store(path.parent / "store"))
assert outcome.state == "made", outcome
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""
"""As a worker of a pool does it, without what the tests import. AVIF and HEIC are in the bench: they take long to write."""


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp"])
def test_a_process_that_derives_24_megapixels_stays_below_250_mb(suffix: str, tmp_path: Path, root: Path) -> None:
    path = tmp_path / f"a{suffix}"
    image = Image.linear_gradient("L").resize((6_000, 4_000))
    # Of PNG the most that a pixel takes, of JPEG the most that a decoder keeps.
    picture = Image.merge("RGBA" if suffix == ".png" else "RGB", (image,) * (4 if suffix == ".png" else 3))
    cheap: dict[str, dict[str, Any]] = {
        ".jpg": {"progressive": True, "subsampling": 0},
        ".png": {"compress_level": 1},
        ".webp": {"method": 0},
    }
    picture.save(path, **cheap[suffix])
    told = subprocess.run([sys.executable, "-c", PEAK, str(path)], check=True, capture_output=True, cwd=root)
    assert int(told.stdout) / 1024 <= 250


def test_the_identity_of_pictures_names_what_decodes_and_encodes_them() -> None:
    told = tool_of(PictureRecipe())
    for name in ("pillow", "avif", "webp", "heif", "av "):
        assert name in told
    assert "ffmpeg" not in told

"""Pictures come out upright, in sRGB, at their widths, with nothing attached."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from generator.media.derivatives import PictureSet, file_of
from generator.media.derive import derive
from generator.media.probe import probe_file
from generator.media.recipe import PictureRecipe
from generator.store import Store

from .samples import QUADRANTS, corners, exif_of_a_phone, is_close, job_for, quadrants, wide_profile

RECIPE = PictureRecipe(steps_px=(40, 80), own_width_limit_px=None)
UPRIGHT = [QUADRANTS[0, 0], QUADRANTS[1, 0], QUADRANTS[0, 1], QUADRANTS[1, 1]]
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How a camera held that way would have stored an upright scene."""


def made(path: Path, store: Store, recipe: PictureRecipe = RECIPE) -> tuple[PictureSet, dict[str, Image.Image]]:
    outcome = derive(job_for(path, recipe), store)
    assert isinstance(outcome.result, PictureSet), outcome
    files: dict[str, Image.Image] = {file.role: Image.open(file_of(file, store)) for file in outcome.result.files}
    return outcome.result, files


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp"])
def test_every_orientation_comes_out_upright(orientation: int, suffix: str, tmp_path: Path, store: Store) -> None:
    stored = quadrants(160, 120)
    if orientation in TURNS:
        stored = stored.transpose(TURNS[orientation])
    path = tmp_path / f"photo{suffix}"
    stored.save(path, exif=exif_of_a_phone(orientation), quality=95)
    facts = probe_file(path, path.name).picture
    assert facts is not None
    assert (facts.width_px, facts.height_px) == (160, 120)
    result, files = made(path, store)
    assert (result.width_px, result.height_px) == (160, 120)
    for image in files.values():
        assert image.width * 3 == image.height * 4
        assert all(is_close(*pair) for pair in zip(corners(image), UPRIGHT, strict=True))


@pytest.mark.parametrize("has_profile", [True, False])
@pytest.mark.parametrize("orientation", [1, 6])
def test_outputs_carry_no_metadata_comment_or_profile(
    has_profile: bool, orientation: int, tmp_path: Path, store: Store
) -> None:
    path = tmp_path / "photo.jpg"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes() if has_profile else None
    quadrants(200, 100).save(
        path, exif=exif_of_a_phone(orientation), comment="王小明 13800138000", icc_profile=profile, xmp=b"<x:xmpmeta/>"
    )
    facts = probe_file(path, path.name).picture
    assert facts is not None
    assert facts.has_gps
    _, files = made(path, store)
    assert len(files) >= 4
    for image in files.values():
        assert not image.getexif()
        assert not {"exif", "comment", "icc_profile", "xmp", "photoshop"} & set(image.info)


def test_text_of_a_png_is_left_behind(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "shot.png"
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", "wang-xiao-ming")
    quadrants(100, 100).save(path, pnginfo=text)
    result, _ = made(path, store)
    assert all(b"wang-xiao-ming" not in file_of(file, store).read_bytes() for file in result.files)


def test_colours_are_carried_over_from_their_profile(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "wide.png"
    Image.new("RGB", (100, 100), (255, 0, 0)).save(path, icc_profile=wide_profile())
    _, files = made(path, store)
    red, green, _ = corners(files["jpeg-80"])[0]
    assert green > 200
    assert red < 60


def test_a_profile_for_other_channels_is_passed_over(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "odd.png"
    Image.new("L", (50, 50), 128).save(path, icc_profile=wide_profile())
    _, files = made(path, store)
    assert is_close(corners(files["jpeg-50"])[0], (128, 128, 128), 4)


def test_a_cmyk_photo_comes_out_in_rgb(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "print.jpg"
    Image.new("CMYK", (120, 90), (0, 255, 255, 0)).save(path)
    _, files = made(path, store)
    assert {image.mode for image in files.values()} == {"RGB"}
    assert is_close(corners(files["jpeg-80"])[0], (255, 0, 0), 40)


def test_a_palette_with_a_transparent_colour_keeps_it_in_webp_and_stands_on_white_in_jpeg(
    tmp_path: Path, store: Store
) -> None:
    path = tmp_path / "logo.png"
    image = Image.new("P", (80, 80), 0)
    image.putpalette([0, 0, 0, 200, 0, 0])
    image.paste(1, (0, 0, 40, 80))
    image.save(path, transparency=0)
    _, files = made(path, store)
    assert files["webp-80"].mode == "RGBA"
    assert files["webp-80"].getpixel((70, 40))[3] == 0  # type: ignore[index]
    assert is_close(corners(files["jpeg-80"])[1], (255, 255, 255), 4)
    assert is_close(corners(files["jpeg-80"])[0], (200, 0, 0))


def test_sixteen_bits_of_grey_are_scaled_not_clipped(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "scan.png"
    Image.new("I;16", (60, 60), 0x8000).save(path)
    _, files = made(path, store)
    assert is_close(corners(files["jpeg-60"])[0], (128, 128, 128), 3)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "RGBA"])
def test_every_ordinary_mode_comes_out(mode: str, tmp_path: Path, store: Store) -> None:
    path = tmp_path / f"{mode}.png"
    quadrants(100, 60).convert(mode).save(path)
    _, files = made(path, store)
    assert files["webp-80"].size == (80, 48)
    assert files["jpeg-80"].mode == "RGB"


def test_only_the_first_frame_of_an_animation_is_shown(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "moving.gif"
    Image.new("RGB", (50, 50), "red").save(path, save_all=True, append_images=[Image.new("RGB", (50, 50), "blue")])
    facts = probe_file(path, path.name).picture
    assert facts is not None
    assert facts.is_animated
    _, files = made(path, store)
    assert is_close(corners(files["jpeg-50"])[0], (255, 0, 0))


def test_a_picture_too_tall_for_webp_and_avif_has_jpeg_alone(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "long.png"
    Image.new("RGB", (100, 30_000), "white").save(path)
    result, _ = made(path, store)
    assert [file.role for file in result.files] == ["jpeg-40", "jpeg-80"]


def test_an_avif_is_a_picture(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "photo.avif"
    quadrants(100, 80).save(path)
    facts = probe_file(path, path.name).picture
    assert facts is not None
    assert facts.format == "AVIF"
    assert all(is_close(*pair) for pair in zip(corners(made(path, store)[1]["webp-80"]), UPRIGHT, strict=True))


def test_files_stand_in_order_under_names_that_tell_nothing(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "王小明.jpg"
    quadrants(100, 50).save(path)
    result, files = made(path, store)
    assert [file.role for file in result.files] == ["webp-40", "jpeg-40", "webp-80", "jpeg-80"]
    for file in result.files:
        stem, _, suffix = file.name.partition(".")
        assert len(stem) == 24
        assert int(stem, 16) >= 0
        assert suffix in ("webp", "jpg")
        assert file.bytes == file_of(file, store).stat().st_size
        assert (file.width_px, file.height_px) == files[file.role].size


@pytest.mark.parametrize("size_px", [(1000, 700), (30, 2000), (2000, 3)])
def test_a_placeholder_is_a_tiny_picture(size_px: tuple[int, int], tmp_path: Path, store: Store) -> None:
    path = tmp_path / "noise.png"
    Image.effect_noise(size_px, 120).convert("RGB").save(path)
    result, _ = made(path, store)
    head, _, data = result.placeholder.partition(",")
    assert head == "data:image/webp;base64"
    assert len(result.placeholder) < 300
    assert max(Image.open(io.BytesIO(base64.b64decode(data))).size) <= 16


def test_two_empty_stores_get_the_same_bytes(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    quadrants(300, 200).save(path, exif=exif_of_a_phone(6))
    first, second = Store(tmp_path / "one"), Store(tmp_path / "two")
    result, _ = made(path, first)
    assert made(path, second)[0] == result
    assert all(file_of(file, first).read_bytes() == file_of(file, second).read_bytes() for file in result.files)

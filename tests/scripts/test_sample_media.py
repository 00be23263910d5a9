"""The media of the sample cases: what the plans promise is what lies in the case folders."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import av
import pytest
import yaml
from PIL import Image, ImageCms, ImageOps

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "cases"
SCRIPT = ROOT / "scripts" / "sample_media.py"
PLANS = ROOT / "scripts" / "sample_media"
EXIF_IFD, GPS_IFD, ORIENTATION, MAKER_NOTE, SERIAL = 0x8769, 0x8825, 0x0112, 0x927C, 0xA431
PROPERTIES = "docProps/core.xml"


def planned() -> list[dict[str, Any]]:
    return [entry for plan in sorted(PLANS.glob("*.yml")) for entry in yaml.safe_load(plan.read_text("utf-8"))]


def path_of(entry: dict[str, Any]) -> Path:
    return CASES / str(entry["case"]) / str(entry["file"])


PICTURES = [entry for entry in planned() if "scene" in entry]
MOVIES = [entry for entry in planned() if entry.get("video")]
PAPERS = [entry for entry in planned() if entry.get("document")]


def pictures_with(option: str) -> list[dict[str, Any]]:
    chosen = [entry for entry in PICTURES if entry.get(option)]
    assert chosen, f"no plan asks for {option}"
    return chosen


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, str(SCRIPT), *words], capture_output=True, text=True, check=False)


def test_cases_plans_and_files_name_each_other() -> None:
    done = run("--check")
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_named_file_that_is_missing_is_complained_about() -> None:
    sys.path.insert(0, str(ROOT / "scripts"))
    from sample_drawing.inventory import complaints
    from sample_drawing.plan import read_plans

    entries = read_plans(PLANS)
    found = complaints(CASES, entries[1:])
    assert found == [f"{entries[0].path}: named by its case and not planned"]


def test_a_sheet_has_a_text_for_each_label_or_none() -> None:
    sys.path.insert(0, str(ROOT / "scripts"))
    from sample_drawing.plan import Picture

    def planned_with(answers: list[str]) -> Picture:
        sheet = {"head": "座位号：1", "answers": answers}
        return Picture.model_validate(
            {"case": "a/b", "file": "c.jpg", "scene": "worksheet", "labels": ["一", "二"], "sheet": sheet}
        )

    for answers in ([], ["甲", "乙"]):
        assert planned_with(answers).labels == ("一", "二")
    with pytest.raises(ValueError, match="2 labels and 1 texts"):
        planned_with(["甲"])


def test_all_media_stay_below_eighty_megabytes() -> None:
    files = [path for folder in ("media", "attachments") for path in CASES.glob(f"*/*/{folder}/*")]
    assert len(files) >= len(planned())
    assert sum(path.stat().st_size for path in files) < 80_000_000


@pytest.mark.parametrize("entry", PICTURES, ids=lambda entry: str(entry["file"]))
def test_a_picture_has_its_size_and_format(entry: dict[str, Any]) -> None:
    with Image.open(path_of(entry)) as image:
        assert image.size == tuple(entry["size"])
        assert image.format == {"png": "PNG", "gif": "GIF"}.get(entry["file"].rpartition(".")[2], "JPEG")


def test_a_chart_that_grows_has_a_picture_for_each_point_and_never_ends() -> None:
    (entry,) = (entry for entry in PICTURES if entry["file"].endswith(".gif"))
    with Image.open(path_of(entry)) as image:
        assert getattr(image, "n_frames", 1) == len(entry["values"])
        assert image.info["loop"] == 0


def test_no_picture_knows_where_or_by_which_device_it_was_taken() -> None:
    for entry in PICTURES:
        with Image.open(path_of(entry)) as image:
            exif = image.getexif()
            assert not exif.get_ifd(GPS_IFD), entry["file"]
            assert SERIAL not in exif.get_ifd(EXIF_IFD), entry["file"]


def test_a_picture_with_a_least_size_is_just_over_it() -> None:
    for entry in pictures_with("min_mb"):
        least = entry["min_mb"] * 1024 * 1024
        assert least <= path_of(entry).stat().st_size < least * 1.1, entry["file"]


def test_turned_pictures_are_stored_lying_and_shown_upright() -> None:
    for entry in pictures_with("orientation"):
        with Image.open(path_of(entry)) as image:
            assert image.getexif()[ORIENTATION] == entry["orientation"]
            assert image.width > image.height
            shown = ImageOps.exif_transpose(image).convert("L").resize((60, 80))
        # Papers, tables and banks are drawn below light walls and skies: upright means light above.
        above, below = shown.crop((0, 0, 60, 20)).resize((1, 1)), shown.crop((0, 60, 60, 80)).resize((1, 1))
        if entry["scene"] != "worksheet":
            assert above.getpixel((0, 0)) > below.getpixel((0, 0)), entry["file"]  # type: ignore[operator]


def test_a_maker_note_is_there_where_the_plan_asks_for_one() -> None:
    for entry in pictures_with("makernote"):
        with Image.open(path_of(entry)) as image:
            assert len(image.getexif().get_ifd(EXIF_IFD)[MAKER_NOTE]) > 100


def test_one_picture_is_in_the_colours_of_print() -> None:
    for entry in pictures_with("cmyk"):
        with Image.open(path_of(entry)) as image:
            assert image.mode == "CMYK"


def test_wide_colours_come_with_a_profile_that_turns_them_back() -> None:
    for entry in pictures_with("icc"):
        with Image.open(path_of(entry)) as image:
            profile = ImageCms.ImageCmsProfile(io.BytesIO(image.info["icc_profile"]))
            assert "Display P3" in ImageCms.getProfileDescription(profile)
            red = Image.new("RGB", (1, 1), (255, 0, 0))
            shown = ImageCms.profileToProfile(red, profile, ImageCms.createProfile("sRGB"))
            assert shown is not None
            # The red of P3 lies beyond sRGB's, so a less red P3 red is already the full one of sRGB.
            inside = ImageCms.profileToProfile(
                Image.new("RGB", (1, 1), (234, 51, 35)), profile, ImageCms.createProfile("sRGB")
            )
            assert inside is not None
            pixel = inside.getpixel((0, 0))
            assert isinstance(pixel, tuple)
            assert max(abs(a - b) for a, b in zip(pixel, (255, 0, 0), strict=True)) <= 6, pixel


@pytest.mark.parametrize("entry", MOVIES, ids=lambda entry: str(entry["file"]))
def test_a_video_has_its_size_length_and_sound(entry: dict[str, Any]) -> None:
    codecs = {".mp4": ("h264", "aac"), ".mov": ("h264", "aac"), ".avi": ("mpeg4", "mp3")}
    path = path_of(entry)
    with av.open(str(path)) as container:
        video = container.streams.video[0]
        assert (video.codec_context.width, video.codec_context.height) == tuple(entry["size"])
        assert container.duration is not None
        assert abs(container.duration / av.time_base - entry["duration"]) < 0.3
        assert video.codec_context.name.startswith(codecs[path.suffix][0])
        assert container.streams.audio[0].codec_context.name.startswith(codecs[path.suffix][1])
        assert not {"location", "com.apple.quicktime.location.ISO6709"} & set(container.metadata)


def test_captions_are_in_the_encoding_that_was_asked_for() -> None:
    captioned = [entry for entry in MOVIES if entry.get("captions")]
    assert {entry.get("captions_encoding", "utf-8") for entry in captioned} >= {"gb18030", "utf-8"}
    for entry in captioned:
        written = (CASES / entry["case"] / entry["captions"]).read_bytes()
        words = written.decode(entry.get("captions_encoding", "utf-8"))
        assert all(line in words for line in entry["lines"])
        assert words.count(" --> ") == len(entry["lines"])
        if entry.get("captions_encoding") == "gb18030":
            with pytest.raises(UnicodeDecodeError):
                written.decode("utf-8")


def test_documents_name_nobody() -> None:
    assert {path_of(entry).suffix for entry in PAPERS} == {".pdf", ".docx"}
    for entry in PAPERS:
        path = path_of(entry)
        if path.suffix == ".docx":
            with zipfile.ZipFile(path) as package:
                core = package.read(PROPERTIES).decode("utf-8")
            assert "python-docx" not in core
            assert "<dc:creator></dc:creator>" in core or "<dc:creator/>" in core
        else:
            assert b"/Author ()" in path.read_bytes()


def test_the_same_plan_gives_the_same_bytes(tmp_path: Path) -> None:
    wanted = (next(entry for entry in PICTURES if entry["scene"] == "bar-chart"), *PAPERS[:2])
    for entry in wanted:
        seen = set()
        for folder in ("first", "second"):
            done = run("--only", f"{entry['case']}/{entry['file']}", "--out", str(tmp_path / folder))
            assert done.returncode == 0, done.stderr
            seen.add(hashlib.sha256((tmp_path / folder / entry["case"] / entry["file"]).read_bytes()).digest())
        assert len(seen) == 1, entry["file"]

"""Pictures of a video as every player shows them alike: upright lines, square pixels, opaque, BT.709, 8 bits.

Nodes of ffmpeg-python in, nodes out; which file and which encoder is another module's.
"""

from __future__ import annotations

from typing import Any

from generator.media.video.look import PictureTrack

_PQ, _HLG = 16, 18  # ISO/IEC 23091-2, transfer characteristics
_TRANSFERS = {_PQ: "smpte2084", _HLG: "arib-std-b67"}
_WIDE = 9  # BT.2020
_WHITE_NITS = 203  # of paper white in HDR. ITU-R BT.2408
_PEAK = 1_000 / _WHITE_NITS
_BACKDROP = "white"  # as pictures have it


def is_hdr(track: PictureTrack) -> bool:
    """Whether its brightness is coded for an HDR screen (PQ or HLG)."""
    return track.transfer in _TRANSFERS


def shown(picture: Any, track: PictureTrack, size_px: tuple[int, int], *, can_tone_map: bool) -> Any:
    """The frames of *picture* at *size_px*, as yuv420p that says it is BT.709 in limited range.

    HDR is brought into the range of other screens where the ffmpeg in use *can_tone_map*, and otherwise
    comes out pale, but comes out. What is transparent lies on white.
    """
    is_toned = is_hdr(track) and can_tone_map
    scaled = _progressive(picture, track).filter("scale", *size_px, **_scaling(track, is_toned=is_toned))
    if track.has_alpha:
        scaled = _on_backdrop(scaled)
    if is_toned:
        scaled = _toned(scaled, track)
    # The encoder's own colour options give way to what the frames say, so the frames must say it.
    tags = {"color_primaries": "bt709", "color_trc": "bt709", "colorspace": "bt709", "range": "tv"}
    return scaled.filter("setsar", "1").filter("format", "yuv420p").filter("setparams", **tags)


def _progressive(picture: Any, track: PictureTrack) -> Any:
    """Frames that say they are interlaced become whole ones, in the middle of a file, too; the rest pass untouched.

    It costs nothing measurable where no frame says so; what is interlaced and does not say so stays as it is.
    """
    if not track.pixels.startswith("yuv"):
        return picture  # the filter would have them converted for nothing
    return picture.filter("bwdif", mode="send_frame", deint="interlaced")


def _scaling(track: PictureTrack, *, is_toned: bool) -> dict[str, str]:
    if is_toned:
        return {"flags": "bicubic", "in_color_matrix": "bt2020nc", "out_color_matrix": "bt2020nc"}
    return {
        "flags": "bicubic+accurate_rnd+full_chroma_int",
        "in_color_matrix": track.matrix,
        "out_color_matrix": "bt709",
        "out_range": "tv",
    }


def _on_backdrop(picture: Any) -> Any:
    copies = picture.filter("format", "yuva444p").filter_multi_output("split", 2)
    backdrop = copies[0].filter("drawbox", color=_BACKDROP, thickness="fill", replace=1)
    return backdrop.overlay(copies[1], format="yuv444")


def _toned(picture: Any, track: PictureTrack) -> Any:
    primaries = "bt2020" if track.primaries in (_WIDE, 2) else "bt709"
    linear = picture.filter(
        "zscale",
        transferin=_TRANSFERS[track.transfer],
        primariesin=primaries,
        matrixin="2020_ncl",
        transfer="linear",
        npl=_WHITE_NITS,
    ).filter("format", "gbrpf32le")
    mapped = linear.filter("zscale", primaries="bt709").filter(
        "tonemap", tonemap="mobius", param=0.3, desat=0, peak=f"{_PEAK:.3f}"
    )
    return mapped.filter("zscale", transfer="bt709", matrix="bt709", range="limited", dither="ordered")

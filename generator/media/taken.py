"""A picture out of a document as a file of its own: cut and turned as the page shows it, and clean."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, ImageOps

from generator.media.documents.scrub import BrokenPictureError, scrubbed
from generator.media.pictures.images import opened_picture, orientation_of
from generator.media.refusals import UnusableError

_SUFFIXES = {"JPEG": ".jpg", "MPO": ".jpg", "PNG": ".png", "GIF": ".gif", "WEBP": ".webp"}
_JPEG_QUALITY = 92
_TURNS = {
    1: Image.Transpose.ROTATE_270,  # a quarter with the clock; Pillow counts against it
    2: Image.Transpose.ROTATE_180,
    3: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """How a page shows a picture: the shares of its width and height that are hidden, then the turns."""

    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    quarter_turns: int = 0  # with the clock
    is_mirrored: bool = False
    is_upside_down: bool = False

    @property
    def hides(self) -> bool:
        """Whether a part of the picture is not shown."""
        return max(self.left, self.top, self.right, self.bottom) > 0.001


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenPicture:
    """A picture file without metadata, and what was done to it."""

    data: bytes
    suffix: str
    is_cut: bool = False
    is_turned: bool = False


def taken(data: bytes, cut: Cut) -> TakenPicture:
    """The picture in *data* as *cut* shows it; untouched pixels stay byte for byte, the hidden part does not come along.

    Raises:
        UnusableError: it is no picture that a page can show, is broken, or nothing of it is shown.
    """
    with opened_picture(io.BytesIO(data)) as image:
        suffix = _SUFFIXES.get(image.format or "")
        # Word turns by its own angle what it knows to lie on its side, and leaves the camera's mark in the file.
        orientation = 1 if cut.quarter_turns else orientation_of(image)
        is_turned = bool(cut.quarter_turns or cut.is_mirrored or cut.is_upside_down or orientation != 1)
        if suffix and not cut.hides and not is_turned:
            try:
                return TakenPicture(data=scrubbed(data), suffix=suffix)
            except BrokenPictureError as error:
                raise UnusableError("truncated") from error
        shown = _shown(image, cut, orientation)
        out = io.BytesIO()
        is_photo = image.format in ("JPEG", "MPO", "HEIF", "AVIF") and "A" not in shown.getbands()
        profile = image.info.get("icc_profile") or b""
        shown.info = {}
        if is_photo:
            if shown.mode not in ("L", "RGB", "CMYK"):
                shown = shown.convert("RGB")
            shown.save(out, "JPEG", quality=_JPEG_QUALITY, subsampling=0, icc_profile=profile)
        else:
            shown.save(out, "PNG", icc_profile=profile)
    return TakenPicture(
        data=out.getvalue(), suffix=".jpg" if is_photo else ".png", is_cut=cut.hides, is_turned=is_turned
    )


def _shown(image: Image.Image, cut: Cut, orientation: int) -> Image.Image:
    image.load()
    if image.mode == "P":
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    if orientation != 1:
        image = ImageOps.exif_transpose(image)
    if cut.hides:
        box = (
            round(image.width * cut.left),
            round(image.height * cut.top),
            round(image.width * (1 - cut.right)),
            round(image.height * (1 - cut.bottom)),
        )
        if box[0] >= box[2] or box[1] >= box[3]:
            raise UnusableError("unreadable", "nothing of it is shown")
        image = image.crop(box)
    if cut.is_mirrored:
        image = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    if cut.is_upside_down:
        image = image.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    if cut.quarter_turns:
        image = image.transpose(_TURNS[cut.quarter_turns])
    return image

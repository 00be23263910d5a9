"""What is drawn in a Word file: pictures cut and turned as the page shows them, and boxes of text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.intake.inline import choice_of
from generator.intake.parts import Element, R, local
from generator.media.taken import Cut

_AUTOMATIC = re.compile(r"描述已自动生成|Description automatically generated|^(?:图片|Picture|图像|Image)\s*\d*$|"
                        r"\.(?:jpe?g|png|gif|bmp|webp|heic)$|^[A-Za-z]:[\\/]|^[A-Za-z0-9_\-]{12,}$", re.IGNORECASE)  # fmt: skip
_QUARTER = 5_400_000  # of a drawing's angle: sixtieths of a minute of arc
_NOT_A_PICTURE = {"chart": "图表", "relIds": "SmartArt 图形", "ink": "手写墨迹", "contentPart": "手写墨迹",
                  "OLEObject": "内嵌的文件或公式对象"}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A picture in a drawing: the id of its part, how it is cut and turned, and what its author says it shows."""

    lead: str
    cut: Cut
    words: str
    is_tilted: bool = False  # by an angle that is no quarter of a circle


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A box of text: the element whose children are its paragraphs and tables."""

    content: Element


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Something that is no picture, as people call it."""

    what: str


def drawn_in(drawing: Element) -> Iterator[Drawn | Box | Other]:
    """Everything in a drawing, in its order; what Word keeps twice for older programs once."""
    yield from _within(drawing, _words(drawing))


def _within(element: Element, words: str) -> Iterator[Drawn | Box | Other]:
    name = local(element)
    if name == "AlternateContent":
        shown = choice_of(element)
        if shown is not None:
            yield from _within(shown, words)
    elif name == "txbxContent":
        yield Box(content=element)
    elif name == "pic":
        yield from _picture(element, words)
    elif name == "imagedata":
        lead = element.get(R + "id") or element.get(R + "embed") or ""
        yield Drawn(lead=lead, cut=_old_cut(element), words=_said(element.get(_TITLE)) or words)
    elif name in _NOT_A_PICTURE:
        yield Other(what=_NOT_A_PICTURE[name])
    else:
        for child in element:
            yield from _within(child, words)


_TITLE = "{urn:schemas-microsoft-com:office:office}title"


def _picture(pic: Element, words: str) -> Iterator[Drawn]:
    blip = next((one for one in pic.iter() if local(one) == "blip"), None)
    if blip is None:
        return
    rect = next((one for one in pic.iter() if local(one) == "srcRect"), None)
    form = next((one for one in pic.iter() if local(one) == "xfrm"), None)
    angle = _whole(form.get("rot")) if form is not None else 0
    yield Drawn(
        lead=blip.get(R + "embed") or blip.get(R + "link") or "",
        cut=Cut(
            **(
                {side: _share(rect.get(side[0])) for side in ("left", "top", "right", "bottom")}
                if rect is not None
                else {}
            ),
            quarter_turns=round(angle / _QUARTER) % 4,
            is_mirrored=form is not None and form.get("flipH") in ("1", "true"),
            is_upside_down=form is not None and form.get("flipV") in ("1", "true"),
        ),
        words=_words(pic) or words,
        is_tilted=angle % _QUARTER != 0,
    )


def _words(element: Element) -> str:
    """What the author wrote for people who cannot see the picture."""
    for one in element.iter():
        if local(one) in ("docPr", "cNvPr") and (said := _said(one.get("descr"))):
            return said
    return ""


def _said(text: str | None) -> str:
    """The words, unless a program or the file's own name put them there."""
    text = re.sub(r"\s+", " ", text or "").strip()
    return "" if _AUTOMATIC.search(text) else text


def _share(thousandths_of_percent: str | None) -> float:
    return min(max(_whole(thousandths_of_percent) / 100_000, 0.0), 1.0)


def _whole(text: str | None) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,9}", text) else 0


def _old_cut(imagedata: Element) -> Cut:
    """VML cuts by shares, or by 65536ths with an f."""

    def share(name: str) -> float:
        text = imagedata.get(name) or ""
        if re.fullmatch(r"-?\d{1,7}f", text):
            return min(max(int(text[:-1]) / 65_536, 0.0), 1.0)
        return min(max(float(text), 0.0), 1.0) if re.fullmatch(r"-?\d?\.?\d{1,9}", text) else 0.0

    return Cut(left=share("cropleft"), top=share("croptop"), right=share("cropright"), bottom=share("cropbottom"))

"""Word files from their own XML, so that each quirk of a real one can be had by itself."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

from PIL import Image, ImageDraw

_NS = " ".join(
    f'xmlns:{name}="{uri}"'
    for name, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    }.items()
)
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

SONG, HEI, KAI, FANG = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312"


def r(text: str, face: str = FANG, size_pt: float = 16, *, bold: bool = False, more: str = "") -> str:
    """A run; *more* are further properties."""
    strong = "<w:b/>" if bold else ""
    return (
        f'<w:r><w:rPr><w:rFonts w:ascii="{face}" w:eastAsia="{face}" w:hAnsi="{face}"/>{strong}{more}'
        f'<w:sz w:val="{int(size_pt * 2)}"/></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    )


def p(*runs: str, centred: bool = False, style: str = "", num: tuple[int, int] | None = None, more: str = "") -> str:
    """A paragraph of runs; *num* is its list and its level there."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    listed = f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>' if num else ""
    placed = '<w:jc w:val="center"/>' if centred else ""
    return f"<w:p><w:pPr>{named}{listed}{more}{placed}</w:pPr>{''.join(runs)}</w:p>"


def title(text: str) -> str:
    """A title as notices want it: 小标宋, 二号, centred."""
    return p(r(text, SONG, 22), centred=True)


def h2(text: str) -> str:
    """“一、…” in 黑体, as people write a heading who know no styles."""
    return p(r(text, HEI))


def h3(text: str) -> str:
    """“（一）…” in 楷体."""
    return p(r(text, KAI))


def text(words: str) -> str:
    """A paragraph of prose."""
    return p(r(words))


def tc(*blocks: str, columns: int = 1, merge: str = "") -> str:
    """A cell; *merge* is restart or continue."""
    span = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
    down = {"restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>", "": ""}[merge]
    inner = "".join(block if block.startswith("<w:") else p(r(block, FANG, 12)) for block in blocks) or "<w:p/>"
    return f'<w:tc><w:tcPr><w:tcW w:w="{2000 * columns}" w:type="dxa"/>{span}{down}</w:tcPr>{inner}</w:tc>'


_COLUMN = '<w:gridCol w:w="2000"/>'


def tbl(*rows: Sequence[str]) -> str:
    """A table of rows of cells; a plain string becomes a cell."""
    spans = [[int(found) for found in re.findall('w:gridSpan w:val="([0-9]+)"', "".join(row))] for row in rows]
    columns = max(len(row) + sum(span - 1 for span in own) for row, own in zip(rows, spans, strict=True))
    grid = f"<w:tblGrid>{_COLUMN * columns}</w:tblGrid>"
    lines = "".join(
        f"<w:tr>{''.join(one if one.startswith('<w:tc>') else tc(one) for one in row)}</w:tr>" for row in rows
    )
    return f"<w:tbl><w:tblPr/>{grid}{lines}</w:tbl>"


def drawing(lead: str, *, crop: str = "", turn: int = 0, flip: bool = False, words: str = "") -> str:
    """A run with a picture, as Word draws it; *crop* are attributes of a:srcRect, *turn* degrees with the clock."""
    rect = f"<a:srcRect {crop}/>" if crop else ""
    form = f'rot="{turn * 60_000}"' if turn else ""
    mirrored = ' flipH="1"' if flip else ""
    return (
        f'<w:r><w:drawing><wp:inline><wp:extent cx="3000000" cy="2000000"/><wp:docPr id="1" name="图片 1" descr="{escape(words)}"/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="0" name="x.jpg"/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{lead}"/>{rect}'
        f"</pic:blipFill><pic:spPr><a:xfrm {form}{mirrored}/></pic:spPr></pic:pic></a:graphicData></a:graphic>"
        "</wp:inline></w:drawing></w:r>"
    )


def box(inner: str) -> str:
    """A run with a text box, twice as Word writes it: for itself and for older programs."""
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wp:docPr id="9" name="文本框 9"/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
        f"<wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor>"
        f"</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{inner}</w:txbxContent>"
        "</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


@dataclass
class Word:
    """A Word file in the making."""

    body: list[str] = field(default_factory=list)
    pictures: dict[str, tuple[str, bytes]] = field(default_factory=dict)  # lead → file name and bytes
    links: dict[str, str] = field(default_factory=dict)  # lead → address
    styles: str = ""
    numbering: str = ""
    footnotes: str = ""
    comments: str = ""
    others: dict[str, bytes] = field(default_factory=dict)

    def add(self, *blocks: str) -> Word:
        """Add blocks to the end."""
        self.body += blocks
        return self

    def picture(self, data: bytes, suffix: str = "jpeg") -> str:
        """Keep a picture; gives its lead."""
        lead = f"rIdP{len(self.pictures) + 1}"
        self.pictures[lead] = (f"image{len(self.pictures) + 1}.{suffix}", data)
        return lead

    def link(self, address: str) -> str:
        """Keep an address; gives its lead."""
        lead = f"rIdL{len(self.links) + 1}"
        self.links[lead] = address
        return lead

    def save(self, path: Path) -> Path:
        """Write the package."""
        parts = {
            "styles": self.styles,
            "numbering": self.numbering,
            "footnotes": self.footnotes,
            "comments": self.comments,
        }
        parts = {name: xml for name, xml in parts.items() if xml}
        types = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{name}+xml"/>' for name in parts)
        leads = "".join(f'<Relationship Id="rId{name}" Type="{_REL}/{name}" Target="{name}.xml"/>' for name in parts)
        leads += "".join(
            f'<Relationship Id="{lead}" Type="{_REL}/image" Target="media/{name}"/>'
            for lead, (name, _) in self.pictures.items()
        )
        leads += "".join(
            f'<Relationship Id="{lead}" Type="{_REL}/hyperlink" Target="{escape(address)}" TargetMode="External"/>'
            for lead, address in self.links.items()
        )
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr(
                "[Content_Types].xml",
                '<?xml version="1.0" encoding="UTF-8"?>'
                '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                '<Default Extension="xml" ContentType="application/xml"/><Default Extension="jpeg" ContentType="image/jpeg"/>'
                '<Default Extension="png" ContentType="image/png"/><Default Extension="emf" ContentType="image/x-emf"/>'
                f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>{types}</Types>',
            )
            package.writestr(
                "_rels/.rels",
                _leads(f'<Relationship Id="rId1" Type="{_REL}/officeDocument" Target="word/document.xml"/>'),
            )
            package.writestr("word/document.xml", _xml("document", f"<w:body>{''.join(self.body)}<w:sectPr/></w:body>"))
            package.writestr("word/_rels/document.xml.rels", _leads(leads))
            for name, inner in parts.items():
                package.writestr(f"word/{name}.xml", _xml(name, inner))
            for name, data in self.pictures.values():
                package.writestr(f"word/media/{name}", data)
            for name, data in self.others.items():
                package.writestr(name, data)
        return path


def _leads(inner: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )


def _xml(root: str, inner: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {_NS}>{inner}</w:{root}>'


def photograph(width_px: int = 400, height_px: int = 300, *, orientation: int = 1, place: bool = False) -> bytes:
    """A JPEG with a red left, a green right, a blue foot: what was cut, turned or mirrored shows in its corners."""
    image = Image.new("RGB", (width_px, height_px), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width_px // 2, height_px), fill=(200, 30, 30))
    draw.rectangle((width_px // 2, 0, width_px, height_px), fill=(30, 160, 30))
    draw.rectangle((0, height_px * 3 // 4, width_px, height_px), fill=(30, 30, 200))
    exif = Image.Exif()
    if orientation != 1:
        exif[0x0112] = orientation
    if place:
        exif.get_ifd(0x8825).update({1: "N", 2: (29.0, 22.0, 0.0), 3: "E", 4: (113.0, 6.0, 0.0)})
        exif[0x010F] = "示例相机"
    out = io.BytesIO()
    image.save(out, "JPEG", quality=95, exif=exif)
    return out.getvalue()

"""Files that attack: by what they say of themselves, by their words, and by the names that they get elsewhere."""

from __future__ import annotations

from pathlib import Path

from docx import Document
from PIL import Image
from PIL.ExifTags import Base
from reportlab.pdfgen.canvas import Canvas

ELSEWHERE = "attacker.invalid"

LONG = (
    "攻{n}\"'>--></title></textarea></style></script><script>alert({n})</script><img src=//{host}/{n} onerror=alert({n})>"
    '<svg onload=alert({n})><style>@import"//{host}/{n}"</style><meta http-equiv=refresh content="0;url=//{host}/{n}">'
)
SHORT = "攻{n}'\"></title></script><svg/onload=alert({n})>"

_SAID = SHORT.format(n=0)

_CUE = f"攻0<script>alert(0)</script><img src=//{ELSEWHERE}/c onerror=alert(0)><b onclick=alert(0)>字幕</b>"

_SRT = f"""1
00:00:00,000 --> 00:00:02,000
{_CUE}

2
00:00:02,000 --> 00:00:04,000 X1:0 X2:0 Y1:0 Y2:0
{{\\an8}}<font color="'><svg onload=alert(0)>">{_CUE}</font>

"""

_WEBVTT = f"""WEBVTT <script>alert(0)</script>

STYLE
::cue {{ background: url(//{ELSEWHERE}/style) }}

REGION
id:<svg/onload=alert(0)>
width:40%

NOTE <script>alert(0)</script>

<svg/onload=alert(0)>
00:00.000 --> 00:02.000 region:<svg/onload=alert(0)> align:start
<v '"><svg/onload=alert(0)>><c.x-onclick=alert(0)>{_CUE}</c>

00:02.000 --> 00:04.000
<ruby>攻0<rt>&lt;script&gt;alert(0)&lt;/script&gt;&#60;img src=x onerror=alert(0)&#62;</rt></ruby><00:03.000>再说
"""


def picture(path: Path) -> None:
    """A picture whose every word about itself attacks."""
    path.parent.mkdir(parents=True, exist_ok=True)
    exif = Image.Exif()
    for tag in (Base.ImageDescription, Base.Artist, Base.Copyright, Base.Make, Base.XPTitle, Base.XPComment):
        exif[tag] = _SAID.encode("utf-16-le") if tag in (Base.XPTitle, Base.XPComment) else _SAID
    image = Image.linear_gradient("L").resize((1920, 1080)).convert("RGB")
    image.save(path, exif=exif.tobytes(), comment=LONG.format(n=0, host=ELSEWHERE))


def paper(path: Path) -> None:
    """A document of the kind that the end of its name says, PDF or Word, with a link that leads elsewhere."""
    path.parent.mkdir(parents=True, exist_ok=True)
    (_pdf if path.suffix == ".pdf" else _word)(path)


def _pdf(path: Path) -> None:
    canvas = Canvas(str(path))
    canvas.setTitle(_SAID)
    canvas.setAuthor(_SAID)
    canvas.drawString(72, 700, "<script>alert(0)</script> " * 3)
    canvas.linkURL(f"https://{ELSEWHERE}/pdf", (72, 690, 300, 720))
    canvas.save()


def _word(path: Path) -> None:
    document = Document()
    document.core_properties.title = document.core_properties.author = _SAID
    document.add_heading(_SAID)
    document.add_paragraph("<script>alert(0)</script> " * 3)
    document.save(str(path))


def captions(path: Path) -> None:
    """Captions of the kind that the end of its name says, SRT or WebVTT; in the second, parts besides cues attack, too."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_SRT if path.suffix == ".srt" else _WEBVTT, "utf-8")

"""A case that attacks with every field it has, and a call that does where editors write: made from the models themselves.

A field that is added to `Case` is attacked without a word here; one that takes words of a list alone has to be named.
"""

from __future__ import annotations

import datetime
import itertools
import shutil
import types
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import yaml
from pages.attacks import PICTURE, PUBLISHED, WITHHELD
from PIL import Image
from PIL.ExifTags import Base
from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo
from reportlab.pdfgen.canvas import Canvas

from generator.catalog.case import Case, MediaPath
from generator.catalog.values import HttpUrl, Value

CALL = "yueyang-2021"
SLUG = "attack-with-all-fields"
ELSEWHERE = "attacker.invalid"

_LONG = (
    "攻{n}\"'>--></title></textarea></style></script><script>alert({n})</script><img src=//{host}/{n} onerror=alert({n})>"
    '<svg onload=alert({n})><style>@import"//{host}/{n}"</style><meta http-equiv=refresh content="0;url=//{host}/{n}">'
)
_SHORT = "攻{n}'\"></title></script><svg/onload=alert({n})>"
_SHORTEST = "攻{n}<b onclick=alert(1)>"
_NAME = "攻{n}'\"><svg onload=alert({n})>{suffix}"  # a file's name cannot hold the stroke of a closing tag
_ADDRESS = "https://{host}/{n}?'onmouseover='alert({n})'&q=javascript:alert({n})"

FIXED: dict[str, Any] = {
    "unit.region": "yunxi",
    "unit.kind": "学校",
    "category": "学校",
    "stage": ["初中"],
    "subject": ["化学"],
    "attachments.kind": "工作方案",
    "honors.level": "市级",
    "honors.grade": "二等奖",
    "honors.year": 2021,
    "status": "已公布",
    "original": True,
    "consent.given": True,
    "consent.date": datetime.date(2021, 10, 12),
    "consent.scope": ["公开", "展示"],
    "published": datetime.date(2021, 11, 23),
    "updated": datetime.date(2021, 11, 24),
    "period.from": "2019-09",
    "period.to": "2021-06",
    "aliases": ["attack-of-old"],
    "related": ["yueyang-2021/quyuan-nineteen-pupils"],
    "videos.narration": "spoken",
    "allow.rule": "PRV005",
}
"""Values of fields that take words of a list, a day, or a name in ASCII alone."""

LEFT_OUT = {"source", "sha256", "videos.captions", "videos.poster", "project", "partners", "hidden"}
"""What would make another case of this one: originals elsewhere, pilots; `captions` is given by its file."""


class Attack:
    """Hands out texts, each with a number of its own, and remembers what was attacked."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self.fields: set[str] = set()

    def text(self, kind: Any, where: str) -> str:
        """The longest attack that a field of that type takes."""
        n = next(self._numbers)
        for form in (_LONG, _SHORT, _SHORTEST):
            attack = form.format(n=n, host=ELSEWHERE)
            try:
                TypeAdapter(kind).validate_python(attack)
            except ValidationError:
                continue
            self.fields.add(where)
            return attack
        raise AssertionError(f"{where} takes no attack: give it a value in FIXED")

    def name(self, where: str, suffix: str) -> str:
        self.fields.add(where)
        return _NAME.format(n=next(self._numbers), suffix=suffix)

    def address(self, where: str) -> str:
        self.fields.add(where)
        return _ADDRESS.format(n=next(self._numbers), host=ELSEWHERE)


def front_matter(attack: Attack, folder: Path) -> dict[str, Any]:
    """Every field of `Case`, the files that it names made in *folder*."""
    return _filled(Case, "", attack, folder)


def _filled(model: type[Value], above: str, attack: Attack, folder: Path) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        key = field.alias or name
        where = f"{above}{key}"
        if not LEFT_OUT & {where, key}:
            made[key] = FIXED[where] if where in FIXED else _value(_whole(field), where, attack, folder)
    return made


def _whole(field: FieldInfo) -> Any:
    """The type with what pydantic took out of it."""
    return Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation


def _value(kind: Any, where: str, attack: Attack, folder: Path) -> Any:
    origin, inside = get_origin(kind), get_args(kind)
    if kind == MediaPath or (origin is Annotated and _is_path(kind)):
        return _file(where, attack, folder)
    if kind == HttpUrl or "url" in where.rpartition(".")[2]:
        return attack.address(where)
    if origin in (Union, types.UnionType):
        return _value(next(one for one in inside if one is not type(None)), where, attack, folder)
    if origin is tuple:
        return [_value(inside[0], where, attack, folder)]
    if isinstance(kind, type) and issubclass(kind, Value):
        return _filled(kind, f"{where}.", attack, folder)
    if origin is Literal:
        return inside[0]
    return attack.text(kind, where)


def _is_path(kind: Any) -> bool:
    return get_args(MediaPath)[-1] in get_args(kind)


def _file(where: str, attack: Attack, folder: Path) -> str:
    """A file that the field can name, with an attack in its name and in what it says of itself."""
    if where.startswith("attachments"):
        name = f"attachments/{attack.name(where, '.pdf')}"
        _pdf(folder / name)
    elif where.startswith("videos"):
        name = "media/attack.mov"
    else:
        name = f"media/{attack.name(where, '.jpg')}"
        _jpeg(folder / name)
    return name


def _jpeg(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    exif = Image.Exif()
    for tag in (Base.ImageDescription, Base.Artist, Base.Copyright, Base.Make, Base.XPTitle, Base.XPComment):
        words = _SHORT.format(n=0)
        exif[tag] = words.encode("utf-16-le") if tag in (Base.XPTitle, Base.XPComment) else words
    picture = Image.linear_gradient("L").resize((1920, 1080)).convert("RGB")
    picture.save(path, exif=exif.tobytes(), comment=_LONG.format(n=0, host=ELSEWHERE))


def _pdf(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    canvas = Canvas(str(path))
    canvas.setTitle(_SHORT.format(n=0))
    canvas.setAuthor(_SHORT.format(n=0))
    canvas.drawString(72, 700, "<script>alert(0)</script> " * 3)
    canvas.linkURL(f"https://{ELSEWHERE}/pdf", (72, 690, 300, 720))
    canvas.save()


CAPTIONS = f"""1
00:00:00,000 --> 00:00:02,000
<script>alert(0)</script><img src=//{ELSEWHERE}/c onerror=alert(0)><b>字幕</b>

"""


def body(sections: Sequence[str]) -> str:
    """The parts that the call asks for, and every attack of Markdown dealt out among them."""
    dealt = [PUBLISHED[i :: len(sections)] for i in range(len(sections))]
    return "\n\n".join(
        f"## {title}\n\n{'示例文字。' * 60}\n\n" + "\n\n".join(attacks)
        for title, attacks in zip(sections, dealt, strict=True)
    )


SECTIONS = (
    "一、案例背景",
    "二、解决的关键问题",
    "三、技术方案",
    "四、工作措施",
    "五、成果与创新点",
    "六、下一步发展的打算",
)

WRITTEN = ("summary", "note", "text", "objections", "office", "description", "what", "units", "priority", "channels")
"""Fields of a call that hold sentences; its names and numbers are compared with those of cases."""


def attacked_call(data: Any, attack: Attack, key: str = "", above: str = "") -> Any:
    """*data* of a call with an attack behind every sentence."""
    if isinstance(data, dict):
        return {name: attacked_call(value, attack, name, f"{above}.{name}") for name, value in data.items()}
    if isinstance(data, list):
        return [attacked_call(value, attack, key, above) for value in data]
    if isinstance(data, str) and key in WRITTEN:
        return data + attack.text(str, above)
    return data


def attack_case(folder: Path, video: Path) -> Attack:
    """Writes the case into *folder*, with *video* as its video."""
    attack = Attack()
    front = front_matter(attack, folder)
    shutil.copy(video, folder / "media" / "attack.mov")
    (folder / "media" / "attack.srt").write_text(CAPTIONS, "utf-8")
    _jpeg(folder / PICTURE)
    for one in front["videos"]:
        one["captions"] = "media/attack.srt"
    front["pictures"].append({"file": PICTURE, "alt": attack.text(str, "pictures.alt")})
    written(folder / "index.md", front, body(SECTIONS))
    return attack


def attack_call(folder: Path) -> Attack:
    """Attacks with every sentence of the call in *folder* and with its notice."""
    attack = Attack()
    data = yaml.safe_load((folder / "campaign.yml").read_text("utf-8"))
    text = yaml.safe_dump(attacked_call(data, attack), allow_unicode=True, sort_keys=False, width=10_000)
    (folder / "campaign.yml").write_text(text, "utf-8")
    with (folder / "notice.md").open("a", encoding="utf-8") as notice:
        notice.write("\n\n" + "\n\n".join((*NOTICE, *WITHHELD)) + "\n")
    return attack


NOTICE = tuple(attack for attack in PUBLISHED if PICTURE not in attack)


def written(path: Path, front: dict[str, Any], text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    head = yaml.safe_dump(front, allow_unicode=True, sort_keys=False, width=10_000)
    path.write_text(f"---\n{head}---\n\n{text}\n", "utf-8")

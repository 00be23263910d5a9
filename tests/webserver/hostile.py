"""Cases that attack with every field they have, and calls that do where editors write: made from the models themselves.

A field that is added to `Case` is attacked without a word here; one that takes words of a list alone has to be named.
There are two cases: fields that only pilots have are refused, or shown nowhere, in a case of another call.
"""

from __future__ import annotations

import datetime
import itertools
import re
import shutil
import types
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import yaml
from pages.attacks import PICTURE, PUBLISHED, WITHHELD
from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from generator.catalog.case import Case, MediaPath
from generator.catalog.values import HttpUrl, Value

from .hostile_files import ELSEWHERE, LONG, SHORT, captions, paper, picture

_SHORTEST = "攻{n}<b onclick=alert(1)>"
_NAME = "攻{n}'\"><svg onload=alert({n})>{suffix}"  # a file's name cannot hold the stroke of a closing tag
_ADDRESS = "https://{host}/{n}?'onmouseover='alert({n})'&q=javascript:alert({n})"

_FIXED: Mapping[str, Any] = {
    "unit.region": "yunxi",
    "unit.kind": "学校",
    "stage": ["初中"],
    "subject": ["化学"],
    "attachments.kind": "工作方案",
    "honors.level": "市级",
    "status": "已公布",
    "original": True,
    "consent.given": True,
    "consent.date": datetime.date(2021, 10, 12),
    "consent.scope": ["公开", "展示"],
    "published": datetime.date(2021, 11, 23),
    "updated": datetime.date(2021, 11, 24),
    "period.from": "2019-09",
    "period.to": "2021-06",
    "videos.narration": "spoken",
    "project.status": "在建",
    "allow.rule": "PRV005",
}
"""Values of fields that take words of a list, a day, or a name in ASCII alone."""

_TWICE = {"partners.furong", "partners.furong.points"}
"""Lists of which the call wants more than one entry."""

_ELSEWHERE = {"source", "sha256", "hidden"}
"""Fields that no attack is given in: originals that lie elsewhere, and a word of a list that may be missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attacker:
    """A case that attacks: where it stands, what its call asks for, and what kind of files it brings."""

    call: str
    slug: str
    sections: tuple[str, ...]
    fixed: Mapping[str, Any]  # in addition to `_FIXED`
    left_out: frozenset[str] = frozenset()
    captions: str  # how the names of its files end
    paper: str
    first: int  # the number of its first attack: all others are its own, too

    @property
    def id(self) -> str:
        """Its place below cases/."""
        return f"{self.call}/{self.slug}"


CASE = Attacker(
    call="yueyang-2021",
    slug="attack-with-all-fields",
    sections=(
        "一、案例背景",
        "二、解决的关键问题",
        "三、技术方案",
        "四、工作措施",
        "五、成果与创新点",
        "六、下一步发展的打算",
    ),
    fixed={
        "category": "学校",
        "honors.grade": "二等奖",
        "honors.year": 2021,
        "aliases": ["attack-of-old"],
        "related": ["yueyang-2021/quyuan-nineteen-pupils", "yueyang-2020-pilots/attack-as-a-pilot"],
    },
    left_out=frozenset({"project", "partners"}),
    captions=".srt",
    paper=".pdf",
    first=100,
)

PILOT = Attacker(
    call="yueyang-2020-pilots",
    slug="attack-as-a-pilot",
    sections=(
        "一、概述",
        "二、试点项目立项必要性及可行性分析",
        "三、试点工作实施方案",
        "四、试点工作效益及风险分析",
    ),
    fixed={
        "category": "芙蓉网络联校",
        "honors.grade": "立项",
        "honors.year": 2020,
        "aliases": ["attack-of-old-pilot"],
        "related": [CASE.id],
    },
    captions=".vtt",
    paper=".docx",
    first=300,
)


class Attack:
    """Hands out texts, each with a number of its own, and remembers what was attacked."""

    def __init__(self, first: int) -> None:
        self._numbers = itertools.count(first)
        self.fields: defaultdict[str, set[int]] = defaultdict(set)  # with the numbers that each got

    def text(self, kind: Any, where: str) -> str:
        """The longest attack that a field of that type takes."""
        n = self._next(where)
        for form in (LONG, SHORT, _SHORTEST):
            attack = form.format(n=n, host=ELSEWHERE)
            try:
                TypeAdapter(kind).validate_python(attack)
            except ValidationError:
                continue
            return attack
        raise AssertionError(f"{where} takes no attack: give it a value in _FIXED")

    def name(self, where: str, suffix: str) -> str:
        """A name of a file."""
        return _NAME.format(n=self._next(where), suffix=suffix)

    def address(self, where: str) -> str:
        return _ADDRESS.format(n=self._next(where), host=ELSEWHERE)

    def _next(self, where: str) -> int:
        n = next(self._numbers)
        self.fields[where].add(n)
        return n


class _Writer:
    """Fills the fields of a case with attacks and makes the files that it names."""

    def __init__(self, attacker: Attacker, folder: Path, video: Path) -> None:
        self.attack = Attack(attacker.first)
        self._attacker, self._folder, self._video = attacker, folder, video
        self._fixed = {**_FIXED, **attacker.fixed}
        self._left_out = _ELSEWHERE | attacker.left_out

    def filled(self, model: type[Value], above: str = "") -> dict[str, Any]:
        """Every field of *model*."""
        made: dict[str, Any] = {}
        for name, field in model.model_fields.items():
            key = field.alias or name
            where = f"{above}{key}"
            if not self._left_out & {where, key}:
                made[key] = self._fixed[where] if where in self._fixed else self._value(_whole(field), where)
        return made

    def _value(self, kind: Any, where: str) -> Any:
        origin, inside = get_origin(kind), get_args(kind)
        if kind == MediaPath or (origin is Annotated and _is_path(kind)):
            return self._file(where)
        if kind == HttpUrl or "url" in where.rpartition(".")[2]:
            return self.attack.address(where)
        if origin in (Union, types.UnionType):
            return self._value(next(one for one in inside if one is not type(None)), where)
        if origin is tuple:
            return [self._value(inside[0], where) for _ in range(1 + (where in _TWICE))]
        if isinstance(kind, type) and issubclass(kind, Value):
            return self.filled(kind, f"{where}.")
        if origin is Literal:
            return inside[0]
        return self.attack.text(kind, where)

    def _file(self, where: str) -> str:
        """A file that the field can name, with an attack in its name and in what it says of itself."""
        if where == "attachments.file":
            return self._made("attachments", where, self._attacker.paper, paper)
        if where == "videos.captions":
            return self._made("media", where, self._attacker.captions, captions)
        if where == "videos.file":
            return self._made("media", where, self._video.suffix, lambda path: shutil.copy(self._video, path))
        return self._made("media", where, ".jpg", picture)

    def _made(self, part: str, where: str, suffix: str, make: Callable[[Path], object]) -> str:
        name = f"{part}/{self.attack.name(where, suffix)}"
        (self._folder / part).mkdir(parents=True, exist_ok=True)
        make(self._folder / name)
        return name


def _whole(field: FieldInfo) -> Any:
    """The type with what pydantic took out of it."""
    return Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation


def _is_path(kind: Any) -> bool:
    return get_args(MediaPath)[-1] in get_args(kind)


def attack_case(cases_dir: Path, attacker: Attacker, video: Path) -> Attack:
    """Writes the case below *cases_dir*, with *video* as its video."""
    folder = cases_dir / attacker.id
    writer = _Writer(attacker, folder, video)
    front = writer.filled(Case)
    picture(folder / PICTURE)
    front["pictures"].append({"file": PICTURE, "alt": writer.attack.text(str, "pictures.alt")})
    _write(folder / "index.md", front, _body(attacker.sections))
    return writer.attack


def _body(sections: Sequence[str]) -> str:
    """The parts that the call asks for, and every attack of Markdown dealt out among them."""
    dealt = [PUBLISHED[i :: len(sections)] for i in range(len(sections))]
    return "\n\n".join(
        f"## {title}\n\n{'示例文字。' * 60}\n\n" + "\n\n".join(attacks)
        for title, attacks in zip(sections, dealt, strict=True)
    )


def _write(path: Path, front: dict[str, Any], text: str) -> None:
    head = yaml.safe_dump(front, allow_unicode=True, sort_keys=False, width=10_000)
    path.write_text(f"---\n{head}---\n\n{text}\n", "utf-8")


def withheld_cases(cases_dir: Path, attacker: Attacker) -> set[str]:
    """Writes that case again for each attack that has to keep its case off the site; gives their places."""
    index = (cases_dir / attacker.id / "index.md").read_text("utf-8")
    front, _, _ = index.removeprefix("---\n").partition("\n---\n")
    kept = re.sub(r"(?ms)^(cover|aliases|related|pictures|videos|attachments):.*?(?=^\w)", "", f"{front}\n")
    made = set()
    for number, line in enumerate(WITHHELD):
        again = f"{attacker.call}/withheld-{number}"
        (cases_dir / again).mkdir()
        (cases_dir / again / "index.md").write_text(f"---\n{kept}---\n\n{line}\n", "utf-8")
        made.add(again)
    return made


_WRITTEN = ("summary", "note", "text", "objections", "office", "description", "what", "units", "priority", "channels")
"""Fields of a call that hold sentences; its names and numbers are compared with those of cases."""

_NOTICE = tuple(attack for attack in PUBLISHED if PICTURE not in attack)


def attack_call(folder: Path, first: int) -> Attack:
    """Attacks with every sentence of the call in *folder* and with its notice."""
    attack = Attack(first)
    data = yaml.safe_load((folder / "campaign.yml").read_text("utf-8"))
    text = yaml.safe_dump(_attacked(data, attack), allow_unicode=True, sort_keys=False, width=10_000)
    (folder / "campaign.yml").write_text(text, "utf-8")
    with (folder / "notice.md").open("a", encoding="utf-8") as notice:
        notice.write("\n\n" + "\n\n".join((*_NOTICE, *WITHHELD)) + "\n")
    return attack


def _attacked(data: Any, attack: Attack, key: str = "", above: str = "") -> Any:
    """*data* of a call with an attack behind every sentence."""
    if isinstance(data, dict):
        return {name: _attacked(value, attack, name, f"{above}.{name}") for name, value in data.items()}
    if isinstance(data, list):
        return [_attacked(value, attack, key, above) for value in data]
    if isinstance(data, str) and key in _WRITTEN:
        return data + attack.text(str, above)
    return data

"""The names that fields may have, what a wrong one was meant to be, and which names are private by themselves."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from generator.catalog.marks import Loc

# What editors write for the fields of a case; the reader knows only the English names.
_CHINESE: Mapping[str, str] = {
    "标题": "title",
    "案例名称": "title",
    "副标题": "subtitle",
    "单位": "unit",
    "申报单位": "unit",
    "实施单位": "unit",
    "类别": "category",
    "案例类型": "category",
    "主题": "topics",
    "关键词": "keywords",
    "学段": "stage",
    "学科": "subject",
    "时间": "period",
    "实施时间": "period",
    "作者": "authors",
    "撰写人员": "authors",
    "摘要": "summary",
    "简介": "intro",
    "案例简介": "intro",
    "自评": "self_review",
    "封面": "cover",
    "图片": "pictures",
    "视频": "videos",
    "附件": "attachments",
    "支撑材料": "attachments",
    "链接": "links",
    "相关网址": "links",
    "获奖": "honors",
    "奖项": "honors",
    "原创": "original",
    "状态": "status",
}
_PRIVATE_WORDS = frozenset(
    "phone phones tel telephone mobile cellphone fax email emails mail wechat weixin qq idcard address contact contacts"
    " leader birthday birthdate bankcard".split()
)
_PRIVATE_PAIRS = ("id_card", "id_number", "bank_card", "bank_account", "birth_date", "cell_phone", "e_mail")
_PRIVATE_CHINESE = re.compile(
    "电话|手机|邮箱|邮件|微信|联系人|联系方式|负责人|身份证|证件号|住址|地址|出生|银行|账号|传真|qq", re.IGNORECASE
)


def is_private(name: str) -> bool:
    """Whether a field of this name would hold what belongs in the office's own register. Clause: DOMAIN, decision 4."""
    if _PRIVATE_CHINESE.search(name):
        return True
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().replace("-", "_").replace(" ", "_")
    return bool(_PRIVATE_WORDS & set(words.split("_"))) or any(pair in words for pair in _PRIVATE_PAIRS)


def known_names(model: type[BaseModel], around: Loc) -> tuple[str, ...]:
    """The names that *model* knows at the place *around* (the way to a mapping), as files write them."""
    for part in around:
        if isinstance(part, int):
            continue
        model.model_rebuild()  # a class named before it is written stays a name until then
        field = next((field for name, field in model.model_fields.items() if (field.alias or name) == part), None)
        inner = next(_models(field.annotation), None) if field else None
        if inner is None:
            return ()
        model = inner
    return tuple(field.alias or name for name, field in model.model_fields.items())


def nearest(name: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """Up to three of *known* that *name* may have been meant to be, the likeliest first; none where none is like it."""
    meant = _CHINESE.get(name.strip())
    if meant in known:
        return (meant,)
    lowered = name.strip().lower().replace("-", "_").replace(" ", "_")
    return tuple(difflib.get_close_matches(lowered, known, n=3, cutoff=0.6))


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models inside an annotation such as ``tuple[Honor, ...]`` or ``Unit | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) in (tuple, list, Union, UnionType, Annotated):
        for argument in get_args(annotation):
            yield from _models(argument)

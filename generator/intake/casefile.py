"""A draft → the files of a case folder, and what the office keeps for itself. Values in, values out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from generator.catalog.campaign import Campaign
from generator.catalog.places import Regions, Vocabulary
from generator.check.privacy import PrivateKind, scan
from generator.intake import fields
from generator.intake.draft import Draft
from generator.intake.frontmatter import front_matter
from generator.intake.markdown import markdown
from generator.intake.sorter import Private
from generator.intake.unfilled import filled
from generator.intake.words import Block, Remark, Shown, Table, pictures_in

MOVED = "［已移出］"
"""What stands where a number or address was that belongs to nobody but the office."""

KINDS: dict[PrivateKind, str] = {
    "mobile": "手机号码",
    "landline": "电话号码",
    "email": "电子邮箱",
    "identity": "证件号码",
    "card": "银行卡号",
    "qq": "QQ号",
    "wechat": "微信号",
    "address": "住址",
}
"""What people call each kind of private datum."""

TO_DESCRIBE = "待写：这张图片的内容"
"""The alternative text of a picture that nobody described; a person must."""

UNIT_LINE = "unit: {name: 单位全称, region: 县市区的代码}（代码查 cases/regions.yml，如 pingjiang）"
AUTHORS_LINE = "authors: [{name: 姓名}]（几个人：authors: [{name: 姓名一}, {name: 姓名二}]，最多五人）"
"""What to type where no file said it: the lines as they must stand, then a word on them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A file that came with the Word file: its place in the case folder, and what it is there."""

    path: str
    title: str
    role: str  # picture, video, captions, attachment
    kind: str = ""  # of an attachment
    captions: str | None = None  # of a video


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseText:
    """An index.md, what was moved out of it, and what a person must look at."""

    text: str
    private: tuple[Private, ...]
    remarks: tuple[Remark, ...]
    region: str  # slug, or "" where no place was found


def case_text(
    draft: Draft,
    campaign: Campaign,
    regions: Regions,
    vocabulary: Vocabulary,
    *,
    beside: Sequence[Beside] = (),
    category: str | None = None,
    kept: Mapping[str, Any] | None = None,
) -> CaseText:
    """The case as Markdown with front matter. *category* overrules what the file says; *kept* is the front matter of the
    draft that it fills.
    """
    blocks = _described(draft.blocks)
    gallery = _described(draft.gallery)
    shown = {one.name: one for one in pictures_in([*blocks, *gallery])}
    found = _front(draft, campaign, regions, vocabulary, category)
    pictures = [
        *(_picture(one) for one in shown.values()),
        *({"file": one.path, "alt": one.title or TO_DESCRIBE} for one in beside if one.role == "picture"),
    ]
    found["pictures"] = pictures
    found["videos"] = [
        {"file": one.path, "title": one.title, **({"captions": one.captions} if one.captions else {})}
        for one in beside
        if one.role == "video"
    ]
    found["attachments"] = [
        {"file": one.path, "title": one.title, "kind": one.kind} for one in beside if one.role == "attachment"
    ]
    found["status"] = "草稿"
    private: list[Private] = []
    safe = {key: _safe(value, f"信息区 {key}", private) for key, value in found.items()}
    safe = filled(safe, kept or {})
    body = _safe(markdown(blocks, draft.notes), "正文", private)
    remarks = list(draft.remarks)
    if private:
        kinds = "、".join(dict.fromkeys(one.label for one in private))
        remarks.append(Remark(text=f"{kinds}共 {len(private)} 处已移出，原处写着“{MOVED}”", is_loss=False))
    return CaseText(
        text=front_matter(safe) + "\n" + body,
        private=(*draft.private, *private),
        remarks=(*remarks, *_wanted(safe, campaign)),
        region=str((safe.get("unit") or {}).get("region", "")),
    )


def _front(
    draft: Draft, campaign: Campaign, regions: Regions, vocabulary: Vocabulary, category: str | None
) -> dict[str, Any]:
    texts = draft.texts
    unit = re.sub(r"\s+", "", texts.get("unit", ""))
    place = fields.region(unit, regions) if unit else None
    kind = fields.unit_kind(unit, vocabulary) if unit else None
    words = fields.keywords(texts.get("keywords", ""))
    return {
        "title": draft.title,
        "subtitle": texts.get("subtitle"),
        "unit": {
            "name": unit,
            **({"region": place.slug} if place else {}),
            **({"kind": kind} if kind else {}),
        }
        if unit
        else None,
        "category": category or fields.category(texts.get("category", ""), campaign),
        "topics": fields.themes_of(words, vocabulary),
        "keywords": words,
        "stage": fields.stages(unit, vocabulary),
        "period": fields.period(texts.get("period", "")),
        "authors": fields.authors(texts.get("authors", "")),
        "summary": texts.get("summary"),
        "intro": texts.get("intro"),
        "self_review": texts.get("self_review"),
        "links": fields.links(texts.get("links", "")),
    }


def _described(blocks: Sequence[Any]) -> tuple[Any, ...]:
    """Every picture with words: its own, its caption's, or those that ask for some."""
    return tuple(_with_words(block) for block in blocks)


def _with_words(block: Block) -> Block:
    if isinstance(block, Shown):
        said = re.sub(
            r"^(?:附?图|照片|图片)\s*[\d一二三四五六七八九十]+(?:[-—.．]\d+)?[\s　：:.．、，]*", "", block.caption
        )
        return replace(block, words=block.words or said or block.caption or TO_DESCRIBE)
    if isinstance(block, Table):
        return Table(
            grid=tuple(
                tuple(cell and replace(cell, blocks=tuple(_with_words(one) for one in cell.blocks)) for cell in row)
                for row in block.grid
            )
        )
    return block


def _picture(shown: Shown) -> dict[str, str]:
    return {
        "file": f"media/{shown.name}",
        "alt": shown.words,
        **({"caption": shown.caption} if shown.caption else {}),
    }


def _safe(value: Any, where: str, private: list[Private]) -> Any:
    """*value* with every private datum moved out of its texts."""
    if isinstance(value, str):
        pieces, end = list[str](), 0
        for datum in scan(value):
            start = max(datum.offset, end)
            private.append(Private(form=where, label=KINDS[datum.kind], text=value[datum.offset : datum.end]))
            pieces += [value[end:start], MOVED]
            end = max(datum.end, end)
        return "".join([*pieces, value[end:]])
    if isinstance(value, list):
        return [_safe(item, where, private) for item in value]
    if isinstance(value, Mapping):
        return {key: _safe(item, where, private) for key, item in value.items()}
    return value


def _wanted(front: Mapping[str, Any], campaign: Campaign) -> list[Remark]:
    """What a person must still add, because no file said it."""
    remarks = []
    if not front.get("title"):
        remarks.append(Remark(text="没有找到标题：请写在 title 后面"))
    unit = front.get("unit")
    if not unit:
        remarks.append(Remark(text=f"没有找到单位：请在信息区里加一行 {UNIT_LINE}"))
    elif "region" not in unit:
        remarks.append(
            Remark(text=f"看不出“{unit['name']}”在哪个县市区：请在 unit 里填写 region，代码查 cases/regions.yml")
        )
    if not front.get("authors"):
        remarks.append(Remark(text=f"没有找到撰写人：请在信息区里加一行 {AUTHORS_LINE}"))
    if not front.get("category"):
        codes = "、".join(one.code for one in campaign.categories)
        remarks.append(Remark(text=f"没有找到类别：请填写 category（{codes} 中的一个）"))
    undescribed = sum(picture["alt"] == TO_DESCRIBE for picture in front.get("pictures") or ())
    if undescribed:
        remarks.append(Remark(text=f"{undescribed} 张图片没有说明：请把“{TO_DESCRIBE}”换成一句描述", is_loss=False))
    papers = (("consent", "consent（作者同意公开的日期和范围）"), ("original", "original"))
    if missing := [words for key, words in papers if not front.get(key)]:
        remarks.append(Remark(text=f"请补上 {'和 '.join(missing)}", is_loss=False))
    return remarks

"""The shape of the open data: what each field means, of which type it is, and an example. Schema and page are made from it.

A field is declared once, here. `VERSION` goes up with every change of this file that its users notice; `CHANGES` says how.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field, TypeAdapter

VERSION = "1.0"
"""First number: a field went, or means something else. Second number: a field was added."""

CHANGES = (("1.0", "首次公布：案例与荣誉的 JSON 和 CSV、JSON Schema、Atom 订阅源。"),)
"""What each version changed, the newest first."""


def _told(title: str, meaning: str, example: object = None, **more: Any) -> Any:
    examples = None if example is None else [example]
    return Field(title=title, description=meaning, examples=examples, json_schema_extra=more or None)


def _address(title: str, meaning: str, example: str) -> Any:
    return _told(title, meaning, example, format="uri")


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignRecord:
    """A call for cases or projects."""

    id: Annotated[str, _told("活动代号", "活动在网址里的名字，不会改变", "yueyang-2021")]
    title: Annotated[str, _told("活动名称", "通知里的全称", "2021年岳阳市教育信息化优秀工作案例征集遴选活动")]
    year: Annotated[int, _told("年度", "活动的年度", 2021)]
    kind: Annotated[str, _told("活动种类", "案例遴选或者试点项目", "案例遴选")]
    issuer: Annotated[str, _told("发文单位", "印发通知的单位", "岳阳市教育体育局办公室")]
    url: Annotated[str, _address("活动网址", "活动页面的完整网址", "https://example.org/campaigns/yueyang-2021/")]


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryRecord:
    """A category of a call."""

    code: Annotated[str, _told("类别代号", "活动自己的类别代号；不同活动的代号互不相通", "A1")]
    name: Annotated[str, _told("类别名称", "类别的全称", "区域案例：智慧教育平台试点深度应用")]
    group: Annotated[str | None, _told("类别组", "贯通各次活动的四组：区域、学校、网络学习空间、试点", "区域")]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionRecord:
    """A place."""

    slug: Annotated[str, _told("地区代号", "地区在网址里的名字，不会改变", "yueyanglou")]
    name: Annotated[str, _told("地区名称", "县市区、功能区、市直或市州的名称", "岳阳楼区")]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodRecord:
    """When the work was done."""

    start: Annotated[str, _told("开始", "年、年-月或年-月-日", "2021-03")]
    end: Annotated[str | None, _told("结束", "仍在进行的为空", "2022-06")]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorRecord:
    """A writer."""

    name: Annotated[str, _told("姓名", "撰写人员的姓名；学生和家长的姓名已隐去", "王同学")]
    unit: Annotated[str | None, _told("单位", "与申报单位不同时填写", "示例小学")]
    role: Annotated[str | None, _told("身份", "学生或家长；其他为空", "学生")]


@dataclass(frozen=True, slots=True, kw_only=True)
class HonorRecord:
    """An award."""

    level: Annotated[str, _told("级别", "县级、市级、省级或国家级", "市级")]
    grade: Annotated[str, _told("等次", "一等奖、二等奖、三等奖、优秀案例、入选、立项、验收通过之一", "一等奖")]
    year: Annotated[int, _told("年度", "授予荣誉的年度，可以晚于活动的年度", 2021)]
    doc_no: Annotated[str | None, _told("文号", "公布荣誉的文件，没有登记的为空", "示教函〔2021〕1号")]


@dataclass(frozen=True, slots=True, kw_only=True)
class FurongRecord:
    """A Furong school and the teaching points that it helps."""

    name: Annotated[str, _told("芙蓉学校", "结对的芙蓉学校", "示例芙蓉学校")]
    points: Annotated[tuple[str, ...], _told("教学点", "这所学校结对帮扶的农村教学点", ["示例教学点"])]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnersRecord:
    """The schools of a 芙蓉网络联校."""

    lead: Annotated[str, _told("牵头学校", "上联的名校", "示例中学")]
    furong: Annotated[tuple[FurongRecord, ...], _told("芙蓉学校", "结对的芙蓉学校", [])]


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureRecord:
    """A picture of a case page."""

    url: Annotated[str, _address("网址", "本站所制图片中最大的一张，JPEG", "https://example.org/media/0a1b.jpg")]
    width: Annotated[int, _told("宽", "像素", 1600)]
    height: Annotated[int, _told("高", "像素", 1067)]
    alt: Annotated[str, _told("替代文字", "给看不见图片的人的说明", "学生在教室里用平板做实验")]
    caption: Annotated[str | None, _told("图注", "图片下的文字", "随堂实验")]
    credit: Annotated[str | None, _told("来源", "拍摄者或来源", "学校供图")]


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoRecord:
    """A video of a case page."""

    url: Annotated[str, _address("网址", "本站所制视频中最清晰的一个，MP4", "https://example.org/media/2c3d.mp4")]
    title: Annotated[str, _told("标题", "视频的标题", "一节网络联校课")]
    width: Annotated[int, _told("宽", "像素", 1920)]
    height: Annotated[int, _told("高", "像素", 1080)]
    duration_s: Annotated[float, _told("时长", "秒", 83.2)]
    captions_url: Annotated[
        str | None, _address("字幕网址", "WebVTT 字幕；没有的为空", "https://example.org/media/4e5f.vtt")
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentRecord:
    """A supporting document."""

    title: Annotated[str, _told("标题", "材料的标题", "课程安排表")]
    kind: Annotated[str, _told("种类", "工作方案、研究报告、荣誉证书等", "工作方案")]
    url: Annotated[str | None, _address("网址", "可以下载的文件；不公开的为空", "https://example.org/media/6a7b.pdf")]
    bytes: Annotated[int | None, _told("大小", "字节；不公开的为空", 245000)]
    pages: Annotated[int | None, _told("页数", "不知道的为空", 3)]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRecord:
    """An address that a case names."""

    title: Annotated[str, _told("标题", "网址的说明", "学校网站的报道")]
    url: Annotated[str, _address("网址", "站外网址", "https://example.org/news/")]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRecord:
    """A public case."""

    id: Annotated[str, _told("案例代号", "活动代号和案例代号，全站唯一，不会改变", "yueyang-2021/example-case")]
    url: Annotated[str, _address("网址", "案例页面的完整网址", "https://example.org/cases/yueyang-2021/example-case/")]
    title: Annotated[str, _told("名称", "案例或项目的名称", "十九个孩子的科学课")]
    subtitle: Annotated[str | None, _told("副标题", "没有的为空", "一所教学点的网络联校实践")]
    campaign: Annotated[CampaignRecord, _told("活动", "案例所属的征集活动")]
    category: Annotated[CategoryRecord, _told("类别", "案例在活动中的类别")]
    unit: Annotated[str, _told("单位", "申报单位", "岳阳楼区示例小学")]
    region: Annotated[RegionRecord | None, _told("地区", "申报单位所在的地区")]
    stage: Annotated[tuple[str, ...], _told("学段", "幼儿园、小学、初中、高中、中职、高校、教学点", ["小学"])]
    subject: Annotated[tuple[str, ...], _told("学科", "涉及的学科", ["科学"])]
    topics: Annotated[tuple[str, ...], _told("主题", "贯通各次活动的主题", ["网络联校"])]
    themes: Annotated[tuple[str, ...], _told("活动主题", "活动着重征集的主题", ["停课不停学"])]
    keywords: Annotated[tuple[str, ...], _told("关键词", "作者给出的关键词", ["双师课堂"])]
    period: Annotated[PeriodRecord | None, _told("实施时间", "案例实施的起止时间")]
    authors: Annotated[tuple[AuthorRecord, ...], _told("作者", "至多五人", [])]
    summary: Annotated[str, _told("摘要", "没有提交的为空文本", "用一根网线把两间教室连成一节课……")]
    intro: Annotated[str, _told("简介", "没有提交的为空文本", "学校只有十九名学生……")]
    self_review: Annotated[str, _told("自评", "没有提交的为空文本", "做法简便，花费不多……")]
    partners: Annotated[PartnersRecord | None, _told("结对", "芙蓉网络联校试点的结对关系")]
    project_status: Annotated[str | None, _told("项目状态", "试点项目：申报、立项、在建或验收", "在建")]
    honors: Annotated[tuple[HonorRecord, ...], _told("荣誉", "每一项荣誉，级别高的在前", [])]
    pictures: Annotated[tuple[PictureRecord, ...], _told("图片", "案例页面上的图片", [])]
    videos: Annotated[tuple[VideoRecord, ...], _told("视频", "案例页面上的视频", [])]
    attachments: Annotated[tuple[AttachmentRecord, ...], _told("支撑材料", "案例页面上的支撑材料", [])]
    links: Annotated[tuple[LinkRecord, ...], _told("相关网址", "案例给出的网址", [])]
    rights: Annotated[str | None, _told("授权约定", "活动通知对展示和使用的约定，原文", "优秀案例将在本站展示。")]
    published: Annotated[datetime.date | None, _told("公布日期", "案例在本站公布的日期", "2021-11-23")]
    updated: Annotated[datetime.date | None, _told("更新日期", "最近一次修改的日期，没有修改的为空", "2022-06-30")]


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFile:
    """The whole of data/cases.json."""

    version: Annotated[str, _told("版本", "数据格式的版本", VERSION)]
    schema: Annotated[str, _address("格式说明", "本文件的 JSON Schema", "https://example.org/data/cases.schema.json")]
    site: Annotated[str, _told("网站", "网站的名称", "岳阳市教育信息化成果交流展示网")]
    url: Annotated[str, _address("说明页", "数据的说明、约定与变更", "https://example.org/data/")]
    rights: Annotated[str, _told("使用约定", "数据和其中文字、图片的使用约定", "引用请注明来源……")]
    cases: Annotated[tuple[CaseRecord, ...], _told("案例", "全部公开的案例", [])]


CASE = TypeAdapter(CaseRecord)
_FILE = TypeAdapter(DataFile)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRow:
    """A field as the page of the data shows it."""

    name: str  # “honors[].level”
    title: str
    type: str
    meaning: str
    example: str


def schema(address: str) -> dict[str, Any]:
    """The JSON Schema of `data/cases.json`, to stand at *address*. Every field is required; unknown ones are allowed."""
    found = _FILE.json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": address, **found}


def field_rows() -> tuple[FieldRow, ...]:
    """Every field of a case with those inside it, in the order of the file."""
    whole = CASE.json_schema(mode="serialization")
    return tuple(_rows(whole, whole["$defs"], ""))


def _rows(shape: dict[str, Any], shapes: dict[str, Any], prefix: str) -> list[FieldRow]:
    rows: list[FieldRow] = []
    for name, field in shape["properties"].items():
        words, inner, mark = _type(field, shapes)
        example = field.get("examples", [""])[0]
        rows.append(
            FieldRow(
                name=prefix + name,
                title=field["title"],
                type=words,
                meaning=field["description"],
                example="" if inner else "、".join(map(str, example)) if isinstance(example, list) else str(example),
            )
        )
        if inner:
            rows += _rows(inner, shapes, f"{prefix}{name}{mark}.")
    return rows


_WORDS = {"string": "文本", "integer": "整数", "number": "数", "boolean": "是或否"}
_FORMATS = {"date": "日期", "uri": "网址"}


def _type(field: dict[str, Any], shapes: dict[str, Any]) -> tuple[str, dict[str, Any] | None, str]:
    """The type in words, the shape inside it, and what leads there in a field's name."""
    options = [option for option in field.get("anyOf", [field]) if option.get("type") != "null"]
    empty = "，可为空" if "anyOf" in field else ""
    chosen = options[0]
    if chosen.get("type") == "array":
        words, inner, _ = _type(chosen["items"], shapes)
        return f"列表（{words}）{empty}", inner, "[]"
    if "$ref" in chosen:
        return f"一组字段{empty}", shapes[chosen["$ref"].rsplit("/", 1)[-1]], ""
    words = _FORMATS.get(field.get("format") or chosen.get("format", ""), _WORDS[chosen["type"]])
    return words + empty, None, ""

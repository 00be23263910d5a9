"""What the fields of a case are called in Chinese, and what belongs into each: for editors' completion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldWords:
    """The name that a person reads, and what to write; without full stop."""

    title: str
    description: str = ""
    asked: str = ""  # the name in a form, where the other one speaks of how files write it
    hint: str | None = None  # what to write in a form, likewise; None: the description says it


_SOURCE = FieldWords("原件地址", "原件不放在仓库里时的下载地址；和 sha256 一起写")
_SHA256 = FieldWords("原件的 SHA-256", "原件内容的 64 位十六进制指纹")

FIELD_WORDS: Mapping[str, FieldWords] = {
    "title": FieldWords(
        "标题", "2 到 120 个字，一行；里面有英文冒号的，整个用英文双引号括起来", hint="2 到 120 个字，一行"
    ),
    "subtitle": FieldWords("副标题"),
    "unit": FieldWords("单位", "报送这个案例的学校或部门"),
    "unit.name": FieldWords("单位全称", "同一单位每次写法相同"),
    "unit.region": FieldWords("地区代码", "cases/regions.yml 里的 slug", asked="地区", hint=""),
    "unit.kind": FieldWords("单位类型"),
    "unit.tags": FieldWords("单位的称号", "例如：省级数字校园示范校"),
    "category": FieldWords("类别", "照活动里的代码写", hint=""),
    "themes": FieldWords("主题", "活动规定的主题；自拟的写到 keywords 里", hint="活动规定的主题；自拟的写到关键词里"),
    "topics": FieldWords("选题", "指南和词表里有的会列出来，也可以自拟", hint="一栏写一个，也可以自拟"),
    "keywords": FieldWords("关键词", "三到五个"),
    "stage": FieldWords("学段"),
    "subject": FieldWords("学科"),
    "period": FieldWords("实施时间"),
    "period.from": FieldWords("开始时间", "写成 2021、2021-03 或 2021-03-15"),
    "period.to": FieldWords("结束时间", "还在做就不写"),
    "authors": FieldWords("撰写人员", "人数看活动规定"),
    "authors.name": FieldWords("姓名", "学生、家长要隐名，例如王同学、李**"),
    "authors.unit": FieldWords("所在单位"),
    "authors.role": FieldWords("身份", "不写就是教师", hint="不选就是教师"),
    "summary": FieldWords("摘要", "字数按 Word 的字数算，要求看活动"),
    "intro": FieldWords("案例简介", "推荐表里有的话"),
    "self_review": FieldWords("自评", "新在哪里，给同行什么建议"),
    "partners": FieldWords("结对学校", "只有芙蓉网络联校才填"),
    "partners.lead": FieldWords("牵头名校"),
    "partners.furong": FieldWords("芙蓉学校"),
    "partners.furong.name": FieldWords("学校名称"),
    "partners.furong.points": FieldWords("教学点", "这所芙蓉学校帮扶的教学点"),
    "project": FieldWords("试点项目", "只有试点项目才填"),
    "project.status": FieldWords("项目进展"),
    "allow": FieldWords("允许保留的内容", "看上去像私人信息、其实可以公开的，写明理由"),
    "allow.rule": FieldWords("规则代码", "检查提示里的代码，例如 PRV005"),
    "allow.reason": FieldWords("理由", "至少四个字，检查时会显示出来"),
    "allow.shown": FieldWords("只允许这一处", "照检查提示里遮住的样子写，例如 0730-****34；不写就是这条规则的全部"),
    "cover": FieldWords("封面", "列表里显示的那张图，例如 media/class.jpg", hint="列表里显示的那张图"),
    "pictures": FieldWords("图片"),
    "pictures.file": FieldWords("图片文件", "相对案例目录的路径，例如 media/class.jpg", hint=""),
    "pictures.source": _SOURCE,
    "pictures.sha256": _SHA256,
    "pictures.alt": FieldWords("替代文字", "画面里有什么，说给看不见的人听"),
    "pictures.caption": FieldWords("图注", "图下面的说明"),
    "pictures.credit": FieldWords("拍摄者"),
    "videos": FieldWords("视频"),
    "videos.file": FieldWords("视频文件", "相对案例目录的路径，例如 media/lesson.mp4", hint=""),
    "videos.source": _SOURCE,
    "videos.sha256": _SHA256,
    "videos.title": FieldWords("视频标题"),
    "videos.captions": FieldWords("字幕文件", "有人说话就要有字幕"),
    "videos.poster": FieldWords("播放前显示的图", "不写由程序挑一帧"),
    "videos.narration": FieldWords("旁白", "有人说话写 spoken，没有写 none", hint="视频里有没有人说话"),
    "videos.music": FieldWords("配乐", "配乐是谁的"),
    "attachments": FieldWords("支撑材料"),
    "attachments.file": FieldWords(
        "材料文件", "相对案例目录的路径，例如 attachments/plan.pdf", hint="PDF、Word、Excel 或 PPT"
    ),
    "attachments.source": _SOURCE,
    "attachments.sha256": _SHA256,
    "attachments.title": FieldWords("材料名称", "也是下载时的文件名"),
    "attachments.kind": FieldWords("材料种类"),
    "attachments.hidden": FieldWords("隐藏信息怎么办", "不写就照活动的规定"),
    "links": FieldWords("相关网址"),
    "links.title": FieldWords("网址的名字"),
    "links.url": FieldWords("网址", "http 或 https 开头"),
    "honors": FieldWords("奖项", "又得了奖，加一项，原来的不动"),
    "honors.level": FieldWords("级别"),
    "honors.grade": FieldWords("等次"),
    "honors.year": FieldWords("获奖年份", "四位数字"),
    "honors.doc_no": FieldWords("通报文号", "例如：某教通〔2021〕12号"),
    "consent": FieldWords("公开同意"),
    "consent.given": FieldWords("作者是否同意公开", "true 或 false", hint=""),
    "consent.date": FieldWords("同意的日期"),
    "consent.scope": FieldWords("同意用在哪里", "例如：公开、展示"),
    "consent.minors": FieldWords("未成年人怎样处理"),
    "original": FieldWords("原创", "原创写 true"),
    "status": FieldWords("状态", "不写就是草稿", hint="不选就是草稿，草稿不上网站"),
    "published": FieldWords("公布日期"),
    "updated": FieldWords("更新日期", "最近一次改动的日期"),
    "aliases": FieldWords("旧地址", "改名以前的地址"),
    "related": FieldWords("相关案例", "写成“活动目录/案例目录”"),
}
"""By the field as files write it, with a dot before a field of a part: ``videos.captions``."""

"""MED: are the files that a case names there, whole, and of the right kind?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.catalog.facts import FileKind
from generator.catalog.marks import Loc
from generator.check.diagnostics import CaseView, Finding, InBody, Severity, Text, rule
from generator.check.limits import breach, is_breached, limits_on
from generator.check.references import body_pictures, lead_of, places

_FILE_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*")
_ELSEWHERE = frozenset({"outside", "site", "web", "host", "scheme", "mail"})
_KIND_NAMES: dict[FileKind, str] = {
    "picture": "图片",
    "video": "视频",
    "caption": "字幕",
    "document": "文档",
    "other": "其他文件",
}


@rule(
    "MED001",
    Severity.ERROR,
    "case",
    message=Text(zh="找不到文件 {file}", en="there is no file {file}"),
    fix=Text(zh="核对文件名（区分大小写、扩展名），或把文件放进案例目录", en="correct the name, or add the file"),
)
def file_missing(view: CaseView) -> Iterator[Finding]:
    """Windows finds Class.JPG where class.jpg is written; the server does not."""
    present = view.submission.present
    for path, loc in view.submission.referenced:
        if path not in present:
            yield Finding(at=loc, facts={"file": path})
    for image in view.submission.body.images:
        lead = lead_of(image.target)
        if lead.kind in ("nothing", "anchor") or (lead.kind == "file" and lead.path not in present):
            yield Finding(at=InBody(image.at), facts={"file": lead.path or "—"})


@rule(
    "MED002",
    Severity.ERROR,
    "case",
    message=Text(zh="{file} 不能使用：{zh}", en="{file} cannot be used: {en}"),
    fix=Text(zh="按提示处理后重新提交这个文件", en="mend the file and hand it in again"),
)
def file_refused(view: CaseView) -> Iterator[Finding]:
    """A file that does not open here opens nowhere; half a video is worse than none."""
    named = places(view.submission)
    no_files = {entry.path for entry in view.submission.files if not entry.is_regular}  # of which MED016 speaks
    for path, facts in view.submission.facts.items():
        refusal = facts.refusal
        if path in named and refusal and path not in no_files and not refusal.is_of_fetching:
            yield Finding(at=named[path], facts={"file": path, "zh": refusal.zh, "en": refusal.en})


@rule(
    "MED003",
    Severity.WARNING,
    "case",
    message=Text(zh="{file} 没有被任何地方用到", en="nothing names {file}"),
    fix=Text(zh="在 pictures、videos、attachments 或正文里引用它，或删去", en="name it in the case, or remove it"),
)
def file_that_nothing_names(view: CaseView) -> Iterator[Finding]:
    """A picture left lying about is published with the repository although no page shows it."""
    named = places(view.submission)
    for entry in view.submission.files:
        if entry.is_regular and entry.path not in named:
            yield Finding(at=(), facts={"file": entry.path})


@rule(
    "MED004",
    Severity.WARNING,
    "case",
    message=Text(zh="图片 {file} 没有文字说明", en="the picture {file} has no words for who cannot see it"),
    fix=Text(
        zh="写出画面内容：正文里写在方括号中，![学生分组做实验](…)；信息区里写在 alt 后面",
        en="say what it shows: between the brackets, or as alt",
    ),
)
def picture_without_words(view: CaseView) -> Iterator[Finding]:
    """A blind reader hears only a file name."""
    for image in view.submission.body.images:
        if _is_unwritten(image.text):
            yield Finding(at=InBody(image.at), facts={"file": lead_of(image.target).path})
    for number, picture in enumerate(view.case.pictures):
        if _is_unwritten(picture.alt):
            yield Finding(at=("pictures", number, "alt"), facts={"file": picture.file})


def _is_unwritten(words: str) -> bool:
    """Whether nobody wrote them yet: “待写：这张图片的内容” is what an import leaves."""
    return not words.strip() or words.lstrip().startswith("待写")


@rule(
    "MED005",
    Severity.ERROR,
    "case",
    message=Text(
        zh="正文有 {count} 张插图，要求{bound}", en="the text has {count} pictures; the call asks for {bound_en}"
    ),
    fix=Text(zh="把次要的图片移到图集（pictures）", en="move the lesser ones to the gallery"),
    call_decides=True,
)
def too_many_illustrations(view: CaseView) -> Iterator[Finding]:
    """The call bounds the pictures of the text; those of the gallery do not count."""
    images = view.submission.body.images
    for limit in limits_on(view.campaign, view.case, "illustrations"):
        if is_breached(limit, len(images)) and images:
            first_over = images[min(limit.value, len(images) - 1)]
            yield breach(limit, InBody(first_over.at), count=len(images))


@rule(
    "MED006",
    Severity.ERROR,
    "case",
    message=Text(zh="支撑材料有 {count} 项，要求{bound}", en="{count} attachments; the call asks for {bound_en}"),
    fix=Text(zh="只保留最能说明问题的几项", en="keep the most telling ones"),
    call_decides=True,
)
def too_many_attachments(view: CaseView) -> Iterator[Finding]:
    """Twenty certificates hide the one document that a reader wants."""
    count = len(view.case.attachments)
    for limit in limits_on(view.campaign, view.case, "attachments"):
        if is_breached(limit, count):
            yield breach(limit, ("attachments",), count=count)


@rule(
    "MED009",
    Severity.ERROR,
    "case",
    message=Text(zh="{file} 应当是{wanted}，实际是{found}", en="{file} should be a {wanted_en} and is a {found_en}"),
    fix=Text(zh="换成正确的文件，或登记到对应的字段", en="put the right file there, or name it in the right field"),
)
def file_of_another_kind(view: CaseView) -> Iterator[Finding]:
    """What a file is, its content says, not its name; a video cannot be shown as a cover."""
    wanted: list[tuple[str, Loc | InBody, FileKind]] = []
    for path, loc in view.submission.referenced:
        kind: FileKind | None = {
            ("cover",): "picture",
            ("pictures", "file"): "picture",
            ("videos", "poster"): "picture",
            ("videos", "file"): "video",
            ("videos", "captions"): "caption",
        }.get(tuple(part for part in loc if isinstance(part, str)))  # type: ignore[assignment]
        if kind:
            wanted.append((path, loc, kind))
    wanted += [(path, at, "picture") for path, at in body_pictures(view.submission).items()]
    for path, at, kind in wanted:
        facts = view.submission.facts.get(path)
        if facts and facts.refusal is None and facts.kind != kind:
            names = {"wanted": _KIND_NAMES[kind], "found": _KIND_NAMES[facts.kind]}
            yield Finding(at=at, facts={"file": path, **names, "wanted_en": kind, "found_en": facts.kind})


@rule(
    "MED014",
    Severity.WARNING,
    "case",
    message=Text(zh="文件名 {file} 含有大写字母、中文、空格或符号", en="the name {file} is not lower-case ASCII"),
    fix=Text(
        zh="改成小写英文字母、数字和连字符，例如 media/class-1.jpg", en="use lower-case letters, digits and hyphens"
    ),
)
def awkward_file_name(view: CaseView) -> Iterator[Finding]:
    """Names in capitals or Chinese break on the way from Windows through archives to the server."""
    named = places(view.submission)
    for entry in view.submission.files:
        if not all(_FILE_NAME.fullmatch(part) for part in entry.path.split("/")):
            yield Finding(at=named.get(entry.path, ()), facts={"file": entry.path})


@rule(
    "MED016",
    Severity.ERROR,
    "case",
    message=Text(zh="{file} 不是普通文件（快捷方式、链接或管道）", en="{file} is not a regular file"),
    fix=Text(zh="放入文件本身", en="put the file itself here"),
)
def thing_that_is_no_file(view: CaseView) -> Iterator[Finding]:
    """A link could publish any file of the build machine, and a pipe could hold the build for ever."""
    named = places(view.submission)
    for entry in view.submission.files:
        if not entry.is_regular:
            yield Finding(at=named.get(entry.path, ()), facts={"file": entry.path})


@rule(
    "MED017",
    Severity.ERROR,
    "case",
    message=Text(zh="正文图片的地址 {target} 在案例目录之外", en="the picture {target} lies outside the case folder"),
    fix=Text(zh="把图片放进案例的 media/ 目录，写成 media/文件名", en="put it into the case's own media/ folder"),
)
def picture_from_elsewhere(view: CaseView) -> Iterator[Finding]:
    """No page loads anything from another host: it would break one day, and tell that host who reads what."""
    for image in view.submission.body.images:
        if lead_of(image.target).kind in _ELSEWHERE:
            yield Finding(at=InBody(image.at), facts={"target": image.target[:80]})

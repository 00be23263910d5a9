"""MED: do pictures and videos have what the call asks, and nothing that they should not tell? Judged by facts."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalog.demands import Format
from generator.catalog.facts import Facts, FileKind
from generator.catalog.marks import Loc
from generator.check.diagnostics import CaseView, Finding, InBody, Severity, Text, rule
from generator.check.limits import applies, breach, is_breached, limits_on, megabytes
from generator.check.references import body_pictures, places

_SAME = {"jpeg": "jpg", "htm": "html", "tif": "tiff"}


def _pictures(view: CaseView) -> dict[str, Loc | InBody]:
    """Every file that is shown as a picture, with its first place; not the posters of videos."""
    shown: dict[str, Loc | InBody] = {}
    for path, loc in view.submission.referenced:
        if loc[0] in ("cover", "pictures"):
            shown.setdefault(path, loc)
    for path, at in body_pictures(view.submission).items():
        shown.setdefault(path, at)
    return shown


@rule(
    "MED007",
    Severity.ERROR,
    "case",
    message=Text(zh="视频 {file} {said}没有字幕", en="{file} {said_en} and has no captions"),
    fix=Text(
        zh="请附上 .srt 或 .vtt 字幕（captions）；确实没有人说话的，写 narration: none",
        en="add a caption file (captions), or write narration: none if nobody speaks",
    ),
)
def narrated_video_without_captions(view: CaseView) -> Iterator[Finding]:
    """Speech without captions shuts out deaf visitors and muted classrooms.

    The site asks for them in every call, and quotes the call where it asks, too; sound that nobody explained
    is a warning.
    """
    asked = next(limits_on(view.campaign, view.case, "video.captions"), None)
    source = asked.source if asked else None
    for i, video in enumerate(view.case.videos):
        if video.captions or video.narration == "none":
            continue
        facts = view.submission.facts.get(video.file)
        if video.narration == "spoken":
            words = {"file": video.file, "said": "有旁白而", "said_en": "is narrated"}
            yield Finding(at=("videos", i), facts=words, source=source)
        elif facts and facts.video and facts.video.has_sound:
            words = {"file": video.file, "said": "有声音，没有说明是否有旁白，也", "said_en": "has sound"}
            yield Finding(at=("videos", i), facts=words, severity=Severity.WARNING, source=source)


@rule(
    "MED008",
    Severity.ERROR,
    "case",
    message=Text(zh="{file} 是 {format} 格式，要求 {allowed}", en="{file} is {format}; the call asks for {allowed}"),
    fix=Text(zh="用原始软件另存或导出为要求的格式", en="export it in that format"),
    call_decides=True,
)
def format_that_the_call_refuses(view: CaseView) -> Iterator[Finding]:
    """The call names the formats that its judges can open."""
    files: list[tuple[FileKind, str, Loc | InBody]] = [("picture", path, at) for path, at in _pictures(view).items()]
    files += [("video", video.file, ("videos", i, "file")) for i, video in enumerate(view.case.videos)]
    for i, attachment in enumerate(view.case.attachments):
        facts = view.submission.facts.get(attachment.file)
        # Of a file that is not here yet its name says the kind; of one that does not open, nothing does.
        is_known = facts and (facts.refusal is None or facts.refusal.is_of_absence)
        shown_as: FileKind = facts.kind if facts and is_known else "document"
        files.append((shown_as, attachment.file, ("attachments", i, "file")))
    for form in view.campaign.formats:
        if not form.extensions or not applies(form.when, view.case):
            continue
        for kind, path, at in files:
            extension = _extension(path, view.submission.facts.get(path))
            if kind == form.kind and extension not in {_SAME.get(name, name) for name in form.extensions}:
                yield _refused(form, path, extension, at)


def _refused(form: Format, path: str, extension: str, at: Loc | InBody) -> Finding:
    return Finding(
        at=at,
        facts={"file": path, "format": extension or "—", "allowed": "、".join(form.extensions)},
        severity=Severity(form.severity),
        source=form.source,
    )


def _extension(path: str, facts: Facts | None) -> str:
    """The format by content where the probe knows it, else by name; lower case, no dot, jpeg is jpg."""
    name = path.rsplit("/", 1)[-1].rpartition(".")
    by_name = name[2].lower() if name[1] else ""
    found = by_name
    if facts and facts.picture:
        found = facts.picture.format.lower()
    elif facts and facts.video:
        found = facts.video.container.lower()
    elif facts and facts.document:
        found = facts.document.format.lower()
    return _SAME.get(found, found)


@rule(
    "MED010",
    Severity.WARNING,
    "case",
    message=Text(
        zh="图片 {file} 只有 {size} MB，要求{bound}", en="{file} is only {size} MB; the call asks for {bound_en}"
    ),
    fix=Text(zh="请提交相机或手机里的原图，不要用聊天软件转发后的图片", en="hand in the original from the camera"),
    call_decides=True,
)
def picture_below_its_size(view: CaseView) -> Iterator[Finding]:
    """Chat programs compress pictures beyond what can be printed; the original is better."""
    for limit in limits_on(view.campaign, view.case, "picture.size"):
        for path, at in _pictures(view).items():
            facts = view.submission.facts.get(path)
            if facts and facts.picture and is_breached(limit, facts.bytes):
                yield breach(limit, at, file=path, size=megabytes(facts.bytes))


@rule(
    "MED011",
    Severity.ERROR,
    "case",
    message=Text(zh="{file} 里带有拍摄地点（GPS 坐标）", en="{file} tells where it was taken (GPS)"),
    fix=Text(
        zh="在手机或电脑的“属性”里删去位置信息，或截图另存后重新提交", en="remove its location and hand it in again"
    ),
    clause="DOMAIN 决定 4",
)
def file_tells_its_place(view: CaseView) -> Iterator[Finding]:
    """A picture taken at a pupil's home leads strangers to the door; pages never show it, but the repository is public."""
    named = places(view.submission)
    for path, facts in view.submission.facts.items():
        inside = facts.document and any(name == "place of picture" for name, _ in facts.document.properties)
        if (facts.picture and facts.picture.has_gps) or (facts.video and facts.video.has_gps) or inside:
            yield Finding(at=named.get(path, ()), facts={"file": path})


@rule(
    "MED012",
    Severity.ERROR,
    "case",
    message=Text(
        zh="视频 {file} 是 {width}×{height}，本次活动要求不低于 {need}P",
        en="{file} is {width}×{height}; the call asks for {need}P or more",
    ),
    fix=Text(
        zh="请换成 {need}P 或更高的原片；不要把低清视频放大",
        en="hand in an original of {need}P; do not enlarge this one",
    ),
    call_decides=True,
)
def video_below_its_height(view: CaseView) -> Iterator[Finding]:
    """An upscaled video is as blurred as before and three times as large; judged by the shorter side."""
    for limit in limits_on(view.campaign, view.case, "video.height"):
        for i, video in enumerate(view.case.videos):
            facts = view.submission.facts.get(video.file)
            seen = facts.video if facts else None
            if seen and is_breached(limit, min(seen.width_px, seen.height_px)):
                size = {"width": seen.width_px, "height": seen.height_px, "need": limit.value}
                yield breach(limit, ("videos", i, "file"), file=video.file, **size)


@rule(
    "MED013",
    Severity.WARNING,
    "case",
    message=Text(
        zh="字幕 {file} 中有 {count} 条不能显示（第 {numbers} 条）",
        en="{count} cues of {file} cannot be shown ({numbers})",
    ),
    fix=Text(zh="核对这几条的时间（结束应晚于开始）和文字", en="correct their times and words"),
)
def cues_dropped(view: CaseView) -> Iterator[Finding]:
    """A sentence that silently drops out of the captions is a sentence that somebody does not get."""
    named = places(view.submission)
    for path, facts in view.submission.facts.items():
        dropped = facts.caption.dropped if facts.caption else ()
        if dropped:
            numbers = "、".join(map(str, dropped[:8])) + ("…" if len(dropped) > 8 else "")
            words = {"file": path, "count": len(dropped), "numbers": numbers}
            yield Finding(at=named.get(path, ()), facts=words)

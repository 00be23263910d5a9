"""What came with a Word file: pictures, videos, captions, papers, each with its place in the case folder.

Decides by names alone; whether a file is what it says is for `check`. Clause: Y21 附件 四 2.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from generator.catalog.places import Vocabulary
from generator.intake.casefile import Beside
from generator.intake.slugs import file_name
from generator.intake.words import Remark

PICTURES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".gif", ".avif"})
VIDEOS = frozenset({".mp4", ".mov", ".avi", ".wmv", ".flv", ".mkv", ".mpg", ".mpeg", ".ts", ".webm", ".3gp", ".m4v"})
CAPTIONS = frozenset({".srt", ".vtt", ".ass"})
PAPERS = frozenset({".pdf", ".docx", ".xlsx", ".pptx"})
OLD = {".doc": ".docx", ".wps": ".docx", ".xls": ".xlsx", ".et": ".xlsx", ".ppt": ".pptx", ".dps": ".pptx"}
_SIGNED = re.compile(r"推荐表|申请表|汇总表|申报表|盖章|签字|扫描件|承诺书|同意书|授权书")
_CAMERA = re.compile(
    r"^(?:IMG|DSC|DSCN|P|VID|MVI|PXL|微信图片|mmexport|图|图片|照片|新建|Screenshot|截图)?[\s_\-()（）.\d]*$",
    re.IGNORECASE,
)
_CLUES = (
    (r"证书|奖状|获奖|荣誉", "荣誉证书"), (r"报道|新闻|公众号|日报", "媒体报道"), (r"制度|办法|规定|章程|细则|规程", "管理制度"),
    (r"技术", "技术方案"), (r"研究报告|结题", "研究报告"), (r"论文|成果", "阶段性研究成果"), (r"方案|计划", "工作方案"),
    (r"通知|意见|文件|政策", "政策措施"), (r"图表|统计|截图|数据", "图表"),
)  # fmt: skip
_USUAL = "过程性资料"


def placed(names: Sequence[str], vocabulary: Vocabulary) -> tuple[tuple[tuple[str, Beside], ...], tuple[Remark, ...]]:
    """For every file that has a place, its own name and where it goes; then a remark for each that has none.

    Signed and stamped forms are meant to stay behind: nobody has to do anything about them.

    Captions go with the video of their name.
    """
    found: list[tuple[str, Beside]] = []
    left: list[Remark] = []
    taken: set[str] = set()
    stems: dict[str, str] = {}
    for name in sorted(names):
        path = PurePosixPath(name.replace("\\", "/"))
        suffix = path.suffix.lower()
        if _SIGNED.search(path.stem):
            left.append(Remark(text=f"{name} 没有导入：盖章、签字的表格由报送单位留存，不公开", is_loss=False))
            continue
        role = _role(suffix)
        if role is None:
            left.append(Remark(text=_why_not(name, suffix)))
            continue
        stem = PurePosixPath(file_name(path.name)).stem
        ascii_name = stems[path.stem] + suffix if path.stem in stems else file_name(path.name, taken)
        if role in ("video", "captions"):
            stems.setdefault(path.stem, PurePosixPath(ascii_name).stem)
        taken.add(ascii_name)
        folder = "attachments" if role == "attachment" else "media"
        title = "" if _CAMERA.match(path.stem) else re.sub(r"^[\d\s、.．_-]+", "", path.stem)
        found.append(
            (
                name,
                Beside(
                    path=f"{folder}/{ascii_name}",
                    title=title or ("" if role == "picture" else stem),
                    role=role,
                    kind=kind_of(path.stem, vocabulary) if role == "attachment" else "",
                ),
            )
        )
    return _with_captions(found), tuple(left)


def _role(suffix: str) -> str | None:
    for role, suffixes in (("picture", PICTURES), ("video", VIDEOS), ("captions", CAPTIONS), ("attachment", PAPERS)):
        if suffix in suffixes:
            return role
    return None


def _why_not(name: str, suffix: str) -> str:
    if suffix in OLD:
        return f"{name} 没有导入：请用 Word 或 WPS 打开，另存为 {OLD[suffix]}，再导入"
    if suffix in (".docm", ".xlsm", ".pptm"):
        return f"{name} 没有导入：文件里有宏，请另存为不带宏的 {suffix[:-1]}x"
    if suffix in (".zip", ".rar", ".7z"):
        return f"{name} 没有导入：请先解压" if suffix != ".zip" else f"{name} 没有导入：压缩包里还有压缩包，请先解压"
    return f"{name} 没有导入：不认识的格式"


def _with_captions(found: Sequence[tuple[str, Beside]]) -> tuple[tuple[str, Beside], ...]:
    captions = {PurePosixPath(one.path).stem: one.path for _, one in found if one.role == "captions"}
    return tuple(
        (
            name,
            one
            if one.role != "video"
            else Beside(
                path=one.path, title=one.title, role=one.role, captions=captions.get(PurePosixPath(one.path).stem)
            ),
        )
        for name, one in found
    )


def kind_of(stem: str, vocabulary: Vocabulary) -> str:
    """What kind of supporting paper a file's name tells: a word of the vocabulary."""
    known = {name: term.name for term in vocabulary.attachment_kinds for name in (term.name, *term.aliases)}
    for name, kind in sorted(known.items(), key=lambda row: -len(row[0])):
        if name in stem:
            return kind
    for clue, kind in _CLUES:
        if re.search(clue, stem) and kind in known:
            return kind
    return _USUAL if _USUAL in known else next(iter(known.values()), "")

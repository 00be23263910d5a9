"""Ways to break the files of a case: pictures, video, captions and documents."""

from __future__ import annotations

from .damage import (
    Way,
    file,
    front_half_of_an_mp4,
    gone,
    half,
    instead,
    linked,
    renamed,
    swap,
    with_gps,
    word_with_macros,
)

COVER = "cover: ¦media/micro-lab.jpg"
VIDEO = "  - file: ¦media/dilute-acid.mov"
PDF = "{file: ¦attachments/ten-experiments.pdf"
LFS_POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"4d" * 32 + b"\nsize 3274437\n"
PLAYLIST = b"#EXTM3U\n#EXT-X-VERSION:3\n#EXTINF:10,\nfile:///etc/passwd\n"

FILE_WAYS = (
    Way(
        name="no picture",
        break_it=gone("media/micro-lab.jpg"),
        code="MED001",
        at=COVER,
        says="找不到文件 media/micro-lab.jpg",
        fix="核对文件名",
    ),
    Way(
        name="a picture in capitals",
        break_it=renamed("media/micro-lab.jpg", "media/Micro-Lab.JPG"),
        code="MED001",
        at=COVER,
        says="找不到文件 media/micro-lab.jpg",
        fix="区分大小写",
    ),
    Way(
        name="no captions",
        break_it=gone("media/dilute-acid.srt"),
        code="MED001",
        at="captions: ¦media/dilute-acid.srt",
        says="找不到文件 media/dilute-acid.srt",
        fix="核对文件名",
    ),
    Way(
        name="a spoken video whose captions nobody named",
        break_it=swap("    captions: media/dilute-acid.srt\n", ""),
        code="MED007",
        at="  - ¦file: media/dilute-acid.mov",
        says="有旁白而没有字幕",
        fix="captions",
    ),
    Way(
        name="half a picture",
        break_it=file("media/micro-lab.jpg", half),
        code="MED002",
        at=COVER,
        says="文件不完整",
        fix="重新提交",
    ),
    Way(
        name="an empty picture",
        break_it=file("media/micro-lab.jpg", lambda _: b""),
        code="MED002",
        at=COVER,
        says="文件是空的",
        fix="重新提交",
    ),
    Way(
        name="a page named .jpg",
        break_it=file("media/micro-lab.jpg", lambda _: b"<!DOCTYPE html><html><body>404</body></html>"),
        code="MED002",
        at=COVER,
        says="文件内容是 HTML，与扩展名不符",
        fix="重新提交",
    ),
    Way(
        name="a Git LFS pointer",
        break_it=file("media/micro-lab.jpg", lambda _: LFS_POINTER),
        code="MED002",
        at=COVER,
        says="Git LFS 的指针",
        fix="重新提交",
    ),
    Way(
        name="a video in the place of a picture",
        break_it=instead("media/micro-lab.jpg", "media/dilute-acid.mov"),
        code="MED009",
        at=COVER,
        says="应当是图片，实际是视频",
        fix="换成正确的文件",
    ),
    Way(
        name="a picture that is a link",
        break_it=linked("media/micro-lab.jpg", "/etc/hostname"),
        code="MED016",
        at=COVER,
        says="不是普通文件",
        fix="放入文件本身",
    ),
    Way(
        name="a picture that tells its place",
        break_it=file("media/micro-lab.jpg", with_gps),
        code="MED011",
        at=COVER,
        says="带有拍摄地点（GPS 坐标）",
        fix="删去位置信息",
    ),
    Way(
        name="a picture from another host",
        break_it=swap("## 三、技术方案", "![图](https://example.org/a.jpg)\n\n## 三、技术方案"),
        code="MED017",
        at="¦![图](https://",
        says="在案例目录之外",
        fix="media/ 目录",
    ),
    Way(
        name="half a video",
        break_it=file("media/dilute-acid.mov", half),
        code="MED002",
        at=VIDEO,
        says="文件不完整",
        fix="重新提交",
    ),
    Way(
        name="half a video whose table came through",
        break_it=file("media/dilute-acid.mov", front_half_of_an_mp4),
        code="MED002",
        at=VIDEO,
        says="文件不完整",
        fix="重新提交",
    ),
    Way(
        name="a playlist in the place of a video",
        break_it=file("media/dilute-acid.mov", lambda _: PLAYLIST),
        code="MED002",
        at=VIDEO,
        says="播放列表",
        fix="重新提交",
    ),
    Way(
        name="half a PDF",
        break_it=file("attachments/ten-experiments.pdf", half),
        code="MED002",
        at=PDF,
        says="不能使用",
        fix="重新提交",
    ),
    Way(
        name="a Word file with macros",
        break_it=file("attachments/ten-experiments.pdf", word_with_macros),
        code="MED002",
        at=PDF,
        says="文件含有宏",
        fix="重新提交",
    ),
)

"""Names of children and their families in running text: where a class, or a word such as 同学, stands beside a whole name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# The hundred most frequent surnames, without those that begin everyday words (高年级, 任课, 方面, 万名, 余名, 成绩, 全班).
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱林何郭马罗梁宋郑谢韩唐冯董萧曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎潘杜戴夏钟汪田姜范"
    "石姚谭廖邹熊金陆郝孔崔康毛邱秦江顾侯邵孟龙段雷钱汤尹黎易武乔贺赖龚文欧柳"
)
_NO_GIVEN_NAME = frozenset("男女名位个年班级组校新老全各每些多数的了是在和有不也都就要让把被很最们某师长说讲问写画从用")
_NO_NAMES = frozenset(
    "周末 周围 周边 周一 周二 周三 周四 周五 周六 周日 许久 何时 何种 何处 马上 曾经 江西 江南 江北 石门 金牌 金奖 陆续 田径 "
    "田间 林业 林间 林场 文科 文化 文学 文艺 文明 武术 武汉 易懂 易错 孔子 孟子 毛笔 钟后 钟内 钟里 段时间 段落 龙舟 龙头 龙山 雷锋 "
    "唐诗 宋词 夏天 夏令营 夏季 秦皇 秦汉 汤圆 黄昏 黄河 白天 康复 范围 范例 范文 贺卡 贺年 欧洲 柳州 柳树 马拉松 王国 石头 朱红 叶子 "
    "谢谢 易地 文字 文章 文具 文静 金融 石油 江边 林区 周年 周会 周记 何谓 何况 曾祖 孙辈 孙子 孙女 高中".split()
)
_BESIDE = re.compile(
    r"同学(?!们|录|会|间|之间|情|圈|年)|小朋友(?!们)|妈妈|爸爸|奶奶|爷爷|家长(?!们|会|群|学校|委员|课堂|开放)"
)
# Begins with the one sign that it cannot be without, by which it is found ten times as fast.
_CLASS = re.compile(
    r"班(?<=[\d０-９一二三四五六七八九十）)]班)(?:的)?(?:学生|同学|班长|组长|课代表|小组长|值日生)?(?=[\u4e00-\u9fff])"
)
_AFTER_A_NAME = re.compile(r"同学|小朋友|说|讲|问|写|画|把|在|的|是|从|用|和|与|获|参加|$|[^\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenName:
    """A whole name at its place; it is only ever shown `masked`."""

    offset: int
    masked: str


def open_names(text: str) -> Iterator[OpenName]:
    """Names in *text* that are nearly surely those of pupils or their families, in the order of their places.

    王同学, 小王, 李某某 and 王** tell nobody who it is and are no open names. A name without such a word beside it, or
    with a rare surname, is not recognised: this helps editors, and does not replace their reading.
    """
    found: dict[int, OpenName] = {}
    for beside in _BESIDE.finditer(text):
        end = beside.start() - (
            text[beside.start() - 1 : beside.start()] == "的" and text[beside.start()] in "妈爸奶爷"
        )
        for length in (3, 2):
            start = end - length
            name = text[max(0, start) : end]
            if start >= 0 and len(name) == length and _is_name(name) and not _goes_back(text, start):
                found.setdefault(start, OpenName(offset=start, masked=name[0] + "*" * (length - 1)))
                break
    for before in _CLASS.finditer(text):
        for length in (3, 2):
            name = text[before.end() : before.end() + length]
            if len(name) == length and _is_name(name) and _AFTER_A_NAME.match(text, before.end() + length):
                found.setdefault(before.end(), OpenName(offset=before.end(), masked=name[0] + "*" * (length - 1)))
                break
    return iter(sorted(found.values(), key=lambda one: one.offset))


def _is_name(word: str) -> bool:
    return (
        word[0] in _SURNAMES
        and all("\u4e00" <= one <= "\u9fff" and one not in _NO_GIVEN_NAME for one in word[1:])
        and word not in _NO_NAMES
        and word[:2] not in _NO_NAMES
    )


def _goes_back(text: str, start: int) -> bool:
    """Whether the surname is the end of another word: 家长王同学 has none before it, 女王 and 小马 have."""
    return start > 0 and text[start - 1] in "小老大女阿国帝"

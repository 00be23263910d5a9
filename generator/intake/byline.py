"""The lines below a title that say who wrote: a unit, names, or both. Values in, values out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.intake.fields import closed_up, is_name, is_unit
from generator.intake.folding import folded

_LONGEST = 80
_MOST_LINES = 4
_LABEL = re.compile(
    r"(?:作者单位|工作单位|所在单位|单位名称|单位|学校|作者姓名|作者|姓名|撰写人员?|撰稿人?|执笔人?)\s*[：:]"
)
_APART = re.compile(r"[\s、，,；;：:/／|（）()\[\]【】]+")
_PLACE = re.compile(r"[省市州县区镇乡]")
# Without them “恩施市某小学 教研组” would have a writer named 教研组.
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭"
    "陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔"
    "伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙"
    "鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边"
    "卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺"
    "楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄"
    "邸雍辜阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉"
    "植衡富尧闭由上"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """Who wrote, as the lines below a title have it."""

    lines: int  # how many paragraphs it takes
    unit: str  # the first of those named; "" where none is
    writers: tuple[tuple[str, str], ...]  # each name with its unit, or ""

    @property
    def authors(self) -> str:
        """The writers as a form would name them."""
        return "；".join(f"{name}（{unit}）" if unit else name for name, unit in self.writers)

    @property
    def words(self) -> tuple[str, ...]:
        """Every unit and name once."""
        said = [self.unit, *(word for writer in self.writers for word in writer)]
        return tuple(dict.fromkeys(word for word in said if word))


def byline_of(lines: Sequence[str], known: str = "") -> Byline | None:
    """What the first of *lines*, those that follow a title, say of writers; None where they go on with the text.

    A line counts when it holds units and names alone. Names without a unit need a label (作者：), a line beside them with a
    unit, or to be in *known*, what a form said already; a unit alone needs a label or a place in its name.
    """
    taken: list[list[str]] = []
    is_labelled = False
    for line in lines[:_MOST_LINES]:
        words = _words(line)
        if not words:
            break
        taken.append(words)
        is_labelled = is_labelled or bool(_LABEL.search(line))
    words = [word for line in taken for word in line]
    units = [word for word in words if is_unit(word)]
    is_known = bool(words) and all(folded(word) in folded(known) for word in words)
    is_plain = bool(units) and (len(units) < len(words) or any(_PLACE.search(unit) for unit in units))
    if not (is_plain or is_labelled or is_known):
        return None
    return Byline(lines=len(taken), unit=units[0] if units else "", writers=_writers(words))


def _words(line: str) -> list[str]:
    """The units and names of a line that holds nothing else."""
    if len(line) > _LONGEST:
        return []
    words = closed_up([word for word in _APART.split(_LABEL.sub(" ", line)) if word])
    return words if all(is_unit(word) or (is_name(word) and word[0] in _SURNAMES) for word in words) else []


def _writers(words: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Each name with the unit before it; where names come first, with the unit behind it."""
    is_unit_first = is_unit(words[0])
    unit = ""
    out: list[tuple[str, str]] = []
    for word in words if is_unit_first else reversed(words):
        if is_unit(word):
            unit = word
        else:
            out.append((word, unit))
    return tuple(out if is_unit_first else reversed(out))

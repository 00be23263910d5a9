"""Where a person lives: a dwelling by its building, unit and room, a farm by village, group and number, or an address
behind a word for living.

Where a school, an office or a venue stands is public, and so is a village or a housing estate without a number.
All functions take a text put plainly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.privacy.datum import PrivateDatum

_D = r"[0-9一二三四五六七八九十]"
HOME_WORDS = {
    **{sign: re.compile(rf"{sign}(?:(?<={_D}{sign})|(?<={_D}\s{sign}))") for sign in "栋幢座"},
    "单": re.compile(rf"单元(?:(?<={_D}单元)|(?<={_D}\s单元))"),
    "楼": re.compile("楼(?<=号楼)"),
    "村": re.compile(r"村\s?第?[A-Za-z0-9一二三四五六七八九十百]{1,4}\s?(?:村民小)?组"),
    "住": re.compile(r"住(?:(?<=[家现居租常暂]住)|[址在于])"),
    "户": re.compile("户[籍口]"),
    "址": re.compile("址(?:(?<=家庭地址)|(?<=居住地址)|(?<=[件货]地址))"),
    "居": re.compile("居(?<=现居)"),
    "家": re.compile("家就?在"),
    "寄": re.compile("寄[至到往]"),
}
"""What a text with somebody's address holds: a sign that is asked for first, and a pattern that begins with it."""
HOME_FIELD = re.compile("home[_ ]address", re.IGNORECASE)

_N = r"(?:[A-Za-z]?\d{1,4}|[一二三四五六七八九十百]{1,4})"
_UNIT = rf"\s?[-—]?\s?{_N}\s?单元(?:\s?[-—]?\s?{_N}[楼层])?(?:\s?[-—]?\s?(?:{_N}\s?[室户号房]?|[东南西北中][边侧]?户))?"
_ROOM = rf"\s?[-—]?\s?(?:{_N}[楼层])?\s?{_N}\s?(?:室|户|号房|房)"
_DWELLING = re.compile(rf"(?<![\dA-Za-z]){_N}\s?(?:栋|幢|号楼|座)(?:(?P<unit>{_UNIT})|{_ROOM})")
_FARM = re.compile(
    rf"村\s?第?{_N}\s?(?:村民小)?组\s?(?:门牌)?\d{{1,4}}\s?号(?!作品|选手|学生|同学|桌|机|展|地块|线|点|泵|井)"
)
_LIVES = re.compile(
    r"(?:家庭住址|家庭地址|家住|现住址?|居住地址?|居住在|租住[于在]?|常住地?址?|住址|住在|住于|户籍(?:所在地|地址|地)?|户口所在地"
    r"|家就?在|现居[住于在]?(?!民)|暂住[于在地]?|寄[至到往]|收[件货]地址|[Hh]ome[_ ][Aa]ddress)(?:[为是在\s:：|=\"]{0,4})"
)
_ADDRESS = re.compile(
    rf"[\u4e00-\u9fff]?[^，。；：、！？\n|（）()\"“”]{{0,40}}?[省市县区镇乡村街路巷道里苑园寓庄]\s?第?"
    rf"(?:{_N}\s?(?:号楼|号院?|栋|幢|单元|弄)|{_N}\s?(?:村民小)?组)"
    rf"(?:\s?[-—]?\s?{_N}\s?(?:号楼|号院?|栋|幢|单元|室|户|层|楼|组))*(?:\s?[-—]?\s?\d{{3,4}}(?!\d))?"
    rf"|[\u4e00-\u9fff]{{2,30}}(?:小区|花园|家园|[苑园府庄庭])\s?{_N}[-—]{_N}[-—]\d{{3,4}}(?!\d)"
)
_ESTATE = re.compile(
    r"小区|花园|花苑|家园|公寓|新村|新城|家属[院区楼]|安置[区房]|社区|山庄|庄园|公馆|[华豪兰]庭|宿舍|苑|园|府|郡|墅"
)
_INSTITUTION = re.compile(
    r"学校|小学|中学|大学|学院|高中|初中|校区|校园|公园|园区|幼儿园|产业园|工业园|科技园|教学楼?|实验楼?|办公楼?|综合楼?"
    r"|行政楼?|图书馆?|信息楼|科技楼|艺术楼|学生公寓|学生宿舍|宿舍楼|教师公寓楼|大厦|广场|写字楼|宾馆|酒店|医院|中心|政府|基地"
    r"|[局厅馆院所]"
)
_BEFORE = 30  # characters of a place before its building
_STOP = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9 ]|[到在于寄至给址住]")


def addresses(text: str) -> Iterator[PrivateDatum]:
    """Addresses of homes, each once, from the name of the place on."""
    taken = -1
    for start, end in sorted(_found(text)):
        if start >= taken:
            taken = end
            yield PrivateDatum(kind="address", masked=f"{text[start]}***", offset=start, length=end - start)


def _found(text: str) -> Iterator[tuple[int, int]]:
    for match in _LIVES.finditer(text):
        address = _ADDRESS.match(text, match.end())
        if address and _institution_end(address.group()) < 0:
            yield address.span()
    for match in _DWELLING.finditer(text):
        start = _place(text, match.start())
        place = text[start : match.start()]
        estate = max((found.end() for found in _ESTATE.finditer(place)), default=-1)
        institution = _institution_end(place)
        # Whichever stands nearer decides: “某小学家属院” is where people live, “学生公寓” is a school's.
        if institution < estate or (match["unit"] and institution < 0):
            yield start, match.end()
    for match in _FARM.finditer(text):
        yield _place(text, match.start()), match.end()


def _place(text: str, end: int) -> int:
    """Where the name of the place begins that ends at *end*."""
    start = max(end - _BEFORE, 0)
    return start + max((stop.end() for stop in _STOP.finditer(text[start:end])), default=0)


def names_an_institution(place: str) -> bool:
    """Whether *place* is a school, an office or another house that is public."""
    return _institution_end(place) >= 0


def _institution_end(place: str) -> int:
    return max((found.end() for found in _INSTITUTION.finditer(place)), default=-1)

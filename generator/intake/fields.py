"""Words of forms → values of front matter: authors, periods, keywords, categories, units. Values in, values out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.catalog.campaign import Campaign
from generator.catalog.places import Region, Regions, Vocabulary

_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,6}·[\u4e00-\u9fff·]{1,10}|[\u4e00-\u9fff]\*{1,2}")
_UNIT = re.compile(
    r"(?:学校|小学|中学|大学|学院|幼儿园|教学点|教育局|教体局|教育体育局|中心|研究院|科研所|教研室|电教馆|局|校|园|院|馆|所|站|室|厅)$"
)
_DATE = re.compile(
    r"(?P<year>(?:19|20)\d{2})\s*(?:年|[.\-/])?\s*(?:(?P<month>1[0-2]|0?[1-9])(?!\d)\s*(?:月|[.\-/])?\s*(?:(?P<day>3[01]|[12]\d|0?[1-9])\s*日)?)?"
)
_GOES_ON = re.compile(r"至今|今$|目前|现在|持续")
_ADDRESS = re.compile(r"https?://[^\s，。；、）)】\u4e00-\u9fff]+")
_BETWEEN = re.compile(r"[；;、，,。\s　/|]+")


def keywords(text: str) -> list[str]:
    """关键词, parted in whatever way people part them; none twice."""
    return list(dict.fromkeys(word.strip('“”"《》') for word in _BETWEEN.split(text) if word.strip('“”"《》')))


def authors(text: str) -> list[dict[str, str]]:
    """撰写人员: names, each with its unit where one stands with it; what is neither is left out."""
    found: list[dict[str, str]] = []
    for line in re.split(r"[\n；;]+", text):
        of_line: list[dict[str, str]] = []
        for piece in re.split(r"[、，,]+(?![^（(]*[）)])", line):
            unit = next((one for one in re.findall(r"[（(]([^（）()]+)[）)]", piece) if _UNIT.search(one.strip())), "")
            words = closed_up(re.split(r"[\s　]+", re.sub(r"[（(][^（）()]*[）)]", " ", piece).strip()))
            unit = unit or next((word for word in words if is_unit(word)), "")
            of_line += [{"name": word} for word in words if is_name(word)]
            if unit:
                # “甲、乙（某校）”: the unit is that of all before it that have none.
                for author in of_line:
                    author.setdefault("unit", unit.strip())
        found += of_line
    return [author for at, author in enumerate(found) if author["name"] not in {one["name"] for one in found[:at]}]


def is_unit(word: str) -> bool:
    """Whether a word ends as names of schools and offices do, and is long enough to be one."""
    return len(word) > 4 and bool(_UNIT.search(word))


def is_name(word: str) -> bool:
    """Whether a word may be somebody's name by its length and letters."""
    return bool(_NAME.fullmatch(word)) and not _UNIT.search(word)


def closed_up(words: list[str]) -> list[str]:
    """“张 三” is one name: two single letters beside each other."""
    out: list[str] = []
    for word in words:
        if out and len(word) == 1 and len(out[-1]) == 1 and re.fullmatch(r"[\u4e00-\u9fff]{2}", out[-1] + word):
            out[-1] += word
        else:
            out.append(word)
    return out


def period(text: str) -> dict[str, str] | None:
    """实施时间 as from and to, each as exactly as it is given; None where no year is named."""
    dates = [_date(found) for found in _DATE.finditer(text)]
    if not dates:
        return None
    # “2022年2月至6月”: the second stands in the year of the first.
    short = re.search(r"(?:至|到|—|–|-|~|～)+\s*(1[0-2]|0?[1-9])\s*月", text)
    if len(dates) == 1 and short:
        dates.append(f"{dates[0][:4]}-{int(short[1]):02d}")
    if len(dates) == 1 and not _GOES_ON.search(text):
        return {"from": dates[0], "to": dates[0]}
    return {"from": dates[0], **({"to": dates[1]} if len(dates) > 1 else {})}


def _date(found: re.Match[str]) -> str:
    parts = [found["year"], *(f"{int(part):02d}" for part in (found["month"], found["day"]) if part)]
    return "-".join(parts)


def links(text: str) -> list[dict[str, str]]:
    """相关网址, each with the words before it as its title, or its host."""
    out = []
    for line in text.split("\n"):
        at = 0
        for found in _ADDRESS.finditer(line):
            words = re.sub(r"^[\s；;、，,]+|[\s：:，,（(]+$", "", line[at : found.start()])
            host = found[0].split("/")[2]
            out.append({"title": words[:60] or host, "url": found[0].rstrip(".,;")})
            at = found.end()
    return out


def category(text: str, campaign: Campaign) -> str | None:
    """The code of the call's category that the words name: its code, its name, or the one whose name they are part of."""
    words = re.sub(r"[\s　“”\"《》]", "", text)
    if not words:
        return None
    names = {one.code: re.sub(r"[\s　“”\"《》]", "", one.name) for one in campaign.categories}
    for code, name in names.items():
        if words in (code, name) or words.upper() == code.upper():
            return code
    marked = [code for code in names if re.search(rf"(?:[☑√✓■]|^){re.escape(code)}(?![0-9A-Za-z])", words)]
    if len(marked) == 1:
        return marked[0]
    inside = [
        code for code, name in names.items() if len(words) > 1 and (words in name or code in words or name in words)
    ]
    return inside[0] if len(inside) == 1 else None


def region(unit: str, regions: Regions) -> Region | None:
    """Where a unit is, by the longest name of a place in its own; None where no place is named."""
    found = [
        (unit.find(name), -len(name), place)
        for place in regions.regions
        for name in (place.name, place.short, *place.aliases)
        if len(name) > 1 and name in unit
    ]
    if not found:
        return None
    # “岳阳市平江县示例小学”: the smaller place stands behind the larger.
    smallest = [row for row in found if row[2].kind not in ("省", "市州")]
    return min(smallest or found, key=lambda row: (row[1], -row[0]))[2]


def unit_kind(unit: str, vocabulary: Vocabulary) -> str | None:
    """What kind of unit that is, among those that the vocabulary has."""
    hints = (
        (r"教育(?:体育|和体育)?局|教体局|教育厅|人民政府|委员会", "教育行政部门"),
        (r"研究院|科研所|教研室|电教馆|教师发展中心|装备|信息(?:化)?(?:技术)?中心|进修", "教科研机构"),
        (r"幼儿园", "幼儿园"),
        (r"教学点", "教学点"),
        (r"职业|中专|职校", "中职学校"),
        (r"学校|小学|中学|学院|大学|校$", "学校"),
    )
    for pattern, kind in hints:
        if re.search(pattern, unit) and kind in vocabulary.unit_kinds:
            return kind
    return None


def stages(unit: str, vocabulary: Vocabulary) -> list[str]:
    """The stages of schooling that a unit's name itself tells."""
    told = (("幼儿园", "幼儿园"), ("小学", "小学"), ("初级中学", "初中"), ("高级中学", "高中"), ("教学点", "教学点"),
            ("职业", "中职"), ("中专", "中职"))  # fmt: skip
    known = {term.name for term in vocabulary.stages}
    return [stage for sign, stage in told if sign in unit and stage in known]


def themes_of(words: Sequence[str], vocabulary: Vocabulary) -> list[str]:
    """The topics of the vocabulary that keywords name, by name or alias."""
    return list(
        dict.fromkeys(vocabulary.topic_by_name[word].name for word in words if word in vocabulary.topic_by_name)
    )

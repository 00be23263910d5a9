"""Many made-up cases for measuring: real-looking Chinese, no two alike, every field that needs no file.

Clauses of the sample cases are put together anew, with other numbers, places, subjects and names of villages,
so that characters and their neighbours are about as frequent as in real reports. The same seed gives the same bytes.

Run as ``python -m benches.corpus FOLDER COUNT [CHARACTERS]``.
"""

from __future__ import annotations

import random
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from generator.catalog.body import Heading
from generator.catalog.places import Region
from generator.catalog.reader import read_catalog
from generator.catalog.submission import Catalog, Submission

CHARACTERS = 4_000
"""字 of a body, about."""

_SEED = 430600
_VILLAGES = (
    "松竹柳枫桂樟榆槐荷菱苇桃李梅杏橘麦稻禾谷泉溪涧渡湾洲塘坝堰港汊埠岭岗坡坪坳坞崖岩石磨犁锄碾窑砖瓦桥亭"
    "阁塔庙祠坊铺店集场墟屯寨营堡关隘驿哨东西南北上下前后高低长短大小新老青白红黄乌金银铜铁玉珠云雾霞露霜雪"
)
_KINDS = ("小学", "中学", "学校", "教学点", "幼儿园", "实验学校", "中心学校", "九年制学校")
_FAMILY = "赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢邹喻苏潘葛范彭鲁韦马苗方俞任袁柳"
_WORKS = (
    "共建",
    "共享",
    "直播",
    "联教",
    "诊断",
    "分层",
    "导学",
    "研训",
    "共读",
    "观测",
    "评价",
    "结对",
    "走班",
    "轮岗",
)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_SENTENCE = re.compile(r"[^。！？\n]+[。！？]")
_HOUSEHOLD = ("regions.yml", "vocabulary.yml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What texts are put together from."""

    openings: tuple[str, ...]  # first clauses of sentences
    endings: tuple[str, ...]  # what followed them, with its full stop
    swaps: re.Pattern[str]  # words for which another of the same kind may stand
    kinds: dict[str, Sequence[str]]  # such a word → its kind


def make_corpus(cases_dir: Path, into: Path, count: int, characters: int = CHARACTERS) -> None:
    """*count* cases of about *characters* 字 under the calls of *cases_dir*, written to the folder *into*, which is new."""
    catalog = read_catalog(cases_dir)
    words = _words(catalog)
    models = [one for one in catalog.submissions if one.case and one.case.is_public and one.body.headings]
    into.mkdir(parents=True)
    for name in _HOUSEHOLD:
        shutil.copy(cases_dir / name, into / name)
    for call in catalog.calls:
        (into / call.id).mkdir()
        for name in ("campaign.yml", "notice.md"):
            shutil.copy(cases_dir / call.id / name, into / call.id / name)
    for number in range(count):
        chance = random.Random(_SEED * 1_000_003 + number)
        model = models[number % len(models)]
        folder = into / model.campaign_id / f"made-{number:06d}"
        folder.mkdir()
        (folder / "index.md").write_text(_case(model, number, characters, words, catalog, chance), encoding="utf-8")


def make_project(root_dir: Path, into: Path, count: int) -> None:
    """A project of its own in the folder *into*, which is there or not: the settings, prose and theme of *root_dir*, and `make_corpus`."""
    into.mkdir(exist_ok=True)
    shutil.copy(root_dir / "mkdocs.yml", into)
    shutil.copytree(root_dir / "docs" / "site", into / "docs" / "site")
    shutil.copytree(root_dir / "theme", into / "theme")
    make_corpus(root_dir / "cases", into / "cases", count)


def _words(catalog: Catalog) -> Words:
    openings, endings = [], []
    for submission in catalog.submissions:
        for sentence in _SENTENCE.findall(submission.body.text):
            opening, comma, ending = sentence.strip().partition("，")
            if comma:
                openings.append(opening)
                endings.append(ending)
    places = [region.short for region in catalog.regions.regions if region.kind != "省"]
    subjects = [term.name for term in catalog.vocabulary.subjects]
    stages = [term.name for term in catalog.vocabulary.stages]
    kinds: dict[str, Sequence[str]] = {word: kind for kind in (places, subjects, stages) for word in kind}
    swaps = re.compile("|".join(sorted(kinds, key=len, reverse=True)))
    return Words(openings=tuple(openings), endings=tuple(endings), swaps=swaps, kinds=kinds)


def _sentence(words: Words, chance: random.Random) -> str:
    """One sentence that nobody wrote."""
    text = f"{chance.choice(words.openings)}，{chance.choice(words.endings)}"
    if chance.random() < 0.3:
        text = f"{_village(chance)}{chance.choice(_KINDS)}{text}"
    if chance.random() < 0.2:
        text = f"{chance.choice(_FAMILY)}老师说，{text}"
    text = words.swaps.sub(lambda found: chance.choice(words.kinds[found.group()]), text)
    return _NUMBER.sub(lambda found: _number(found.group(), chance), text)


def _number(shown: str, chance: random.Random) -> str:
    if len(shown) == 4 and shown.startswith(("19", "20")):
        return str(chance.randint(2016, 2025))
    if len(shown) > 6:
        return shown
    return str(round(float(shown) * chance.uniform(0.6, 1.6), 1 if "." in shown else None))


def _village(chance: random.Random) -> str:
    return "".join(chance.sample(_VILLAGES, 2))


def _prose(words: Words, chance: random.Random, characters: int) -> str:
    said, length = [], 0
    while length < characters:
        said.append(_sentence(words, chance))
        length += len(said[-1])
    return "".join(said)


def _body(model: Submission, words: Words, chance: random.Random, characters: int) -> str:
    """The parts of *model*, each with paragraphs, some with a list or a table."""
    headings = model.body.headings
    return "\n\n".join("\n\n".join(_part(one, words, chance, characters // len(headings))) for one in headings) + "\n"


def _part(heading: Heading, words: Words, chance: random.Random, characters: int) -> Iterator[str]:
    yield f"{'#' * heading.level} {heading.text}"
    while characters > 0:
        paragraph = _prose(words, chance, min(characters, chance.randint(90, 260)))
        characters -= len(paragraph)
        yield paragraph
        if chance.random() < 0.12:
            yield "\n".join(f"- {_sentence(words, chance)}" for _ in range(3))
        if chance.random() < 0.06:
            rows = [f"| {_village(chance)} | {chance.randint(8, 900)} | {chance.randint(10, 99)}% |" for _ in range(4)]
            yield "\n".join(["| 学校 | 人数 | 比例 |", "| --- | --- | --- |", *rows])


def _case(
    model: Submission, number: int, characters: int, words: Words, catalog: Catalog, chance: random.Random
) -> str:
    front = _front(model, number, words, catalog, chance)
    head = yaml.safe_dump(front, allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{head}---\n\n{_body(model, words, chance, characters)}"


def _around(model: Submission, catalog: Catalog) -> list[Region]:
    """The counties of the city that *model* comes from."""
    home = next(place for place in catalog.regions.regions if model.case and place.slug == model.case.unit.region)
    city = home.slug if home.kind == "市州" else home.parent
    return [place for place in catalog.regions.regions if place.parent == city and place.kind != "市州"] or [home]


def _front(model: Submission, number: int, words: Words, catalog: Catalog, chance: random.Random) -> dict[str, Any]:
    """The front matter of *model* with everything that tells one case from another made anew, and no files."""
    front = dict(model.document.front)
    for name in ("pictures", "videos", "attachments", "cover", "aliases", "related", "allow"):
        front.pop(name, None)
    place = chance.choice(_around(model, catalog))
    school = f"{place.name}示例{_village(chance)}{chance.choice(_KINDS)}"
    year = catalog.campaigns[model.campaign_id].year + chance.randint(0, 3)
    front["title"] = (
        f"{_village(chance)}{number % 997}号：{chance.choice(_FAMILY)}家{chance.choice(_WORKS)}记（{number}）"
    )
    front["unit"] = {"name": school, "region": place.slug, "kind": model.case.unit.kind if model.case else None}
    writers = chance.sample(_FAMILY, chance.randint(1, 3))
    front["authors"] = [{"name": f"{family}示例", "unit": school} for family in writers]
    topics = [term.name for term in chance.sample(catalog.vocabulary.topics, 3)]
    front["topics"] = list(dict.fromkeys([*front.get("topics", []), *topics]))
    front["keywords"] = [f"{_village(chance)}{chance.choice(_WORKS)}" for _ in range(4)]
    front["stage"] = [chance.choice(catalog.vocabulary.stages).name]
    front["subject"] = [chance.choice(catalog.vocabulary.subjects).name]
    for name, characters in (("summary", 150), ("intro", 440), ("self_review", 220)):
        if name in front:
            front[name] = _prose(words, chance, characters)
    front["honors"] = [
        {**honour, "grade": chance.choice(catalog.vocabulary.grades[:3]).name, "year": year}
        if honour["grade"].endswith("等奖")
        else {**honour, "year": year}
        for honour in front["honors"]
    ]
    return front


if __name__ == "__main__":
    target, wanted, *size = sys.argv[1:]
    make_corpus(Path("cases"), Path(target), int(wanted), int(size[0]) if size else CHARACTERS)

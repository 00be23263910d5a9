"""Made-up cases whose texts repeat enough for every branch of the index."""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import cache

from generator.search import Card, CardPicture, Entry
from generator.search.grams import Scale
from generator.search.tokens import fold

SMALL = Scale(frequent=12, node=8, shard=64, longest=6, most=4000)
"""So small that a few hundred cases have frequent sequences, several buckets a head, and many shards."""

LABELS: dict[str, Sequence[tuple[str, str]]] = {
    "level": (("nation", "国家级"), ("province", "省级"), ("city", "市级"), ("county", "县级")),
    "grade": (("first", "一等奖"), ("second", "二等奖"), ("third", "三等奖")),
    "category": (("region", "区域案例"), ("school", "学校案例")),
    "year": (("2023", "2023年"), ("2021", "2021年"), ("2020", "2020年")),
    "region": (("lichuan", "利川市"), ("pingjiang", "平江县"), ("yueyanglou", "岳阳楼区")),
    "topic": (("cloud", "云课堂"), ("space", "网络学习空间")),
}
LEVELS = ("county", "city", "province", "nation")
_WORDS = (
    "智慧 课堂 教育 信息化 学生 教师 学校 平台 资源 数字 校园 网络 学习空间 应用 案例 县域 融合创新 管理 的 和 在 了 乡村 "
    "智慧教育平台 国家中小学智慧教育平台 5G AI 2021年 VR/AR STEAM 三个课堂 名校网络课堂 教研 评价 互联网＋ 𠮷 教学点 小学 高中"
).split()
_MARKS = "，。、；：“”（）· \n"


def text(rng: random.Random, words: int) -> str:
    """Words with punctuation in odd places."""
    return "".join(rng.choice(_WORDS) + (rng.choice(_MARKS) if rng.random() < 0.25 else "") for _ in range(words))


def entry(number: int, *, body_words: int = 60, seed: int = 0, **changed: object) -> Entry:
    """Case *number*; the same each time it is asked for."""
    rng = random.Random(f"{seed}/{number}")
    campaign = rng.choice(("enshi-2023", "yueyang-2021", "yueyang-2020-pilots"))
    rank = rng.randrange(4)
    year = campaign.split("-")[1]
    region = rng.choice(LABELS["region"])
    values: dict[str, object] = {
        "url": f"cases/{campaign}/case-{number}/",
        "title": text(rng, 4),
        "unit": text(rng, 2),
        "authors": tuple(text(rng, 1) for _ in range(rng.randrange(4))),
        "keywords": tuple(text(rng, 1) for _ in range(rng.randrange(4))),
        "summary": text(rng, 12),
        "body": text(rng, body_words),
        "rank": rank,
        "facets": (
            ("level", tuple(LEVELS[rng.randrange(rank + 1) : rank + 1])),
            ("grade", (rng.choice(LABELS["grade"])[0],)),
            ("category", (rng.choice(LABELS["category"])[0],)),
            ("year", (year,)),
            ("region", (region[0],)),
            ("topic", tuple(slug for slug, _ in LABELS["topic"] if rng.random() < 0.5)),
        ),
        "card": Card(
            unit="某某学校",
            region=region[1],
            year=int(year),
            campaign="某次征集",
            category="B1",
            group="school",
            group_name="学校",
            badges=(("省级 · 入选", LEVELS[rank]),),
            picture=CardPicture(src_webp="p.webp", src_jpeg="p.jpg", width=64, height=36) if number % 2 else None,
        ),
    }
    return Entry(**{**values, **changed})  # type: ignore[arg-type]


def corpus(count: int, *, seed: int = 0, body_words: int = 60) -> list[Entry]:
    return [entry(number, seed=seed, body_words=body_words) for number in range(count)]


@cache
def zones(case: Entry) -> list[tuple[int, str]]:
    """Each field with its zone, folded."""
    names = (case.unit, *case.authors, *case.keywords)
    fields = [(0, case.title), *((1, name) for name in names), (2, case.summary), (3, case.body)]
    return [(zone, fold(field).text) for zone, field in fields]


def holds(case: Entry, term: str) -> int | None:
    """The best zone whose text contains the term, by plain containment."""
    return min((zone for zone, field in zones(case) if term in field), default=None)

"""`showcase new`: questions and answers → a folder with a draft; every question is an option, too."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

import click

from generator.catalog.campaign import Campaign
from generator.catalog.places import Region, Vocabulary
from generator.check.privacy import scan
from generator.commands.desk import Desk, desk_of, told, write_new
from generator.errors import SettingsError
from generator.intake.skeleton import Skeleton, category_of, folder_name, index_text, places_of_call, region_in
from generator.terminal import explained

AnswerT = TypeVar("AnswerT")
_FOLDER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class _NonsenseError(Exception):
    """An answer that is none, with a sentence for whoever gave it."""


@click.command()
@click.option("--campaign", "campaign_id", metavar="ID", help="活动的目录名，例如 yueyang-2021")
@click.option("--title", metavar="标题")
@click.option("--unit", metavar="单位")
@click.option("--region", metavar="地区", help="名称或代码，例如 岳阳楼区")
@click.option("--category", metavar="类别", help="活动里的代码，例如 学校")
@click.option("--topic", metavar="选题", help="几个用顿号隔开；不写选题就给空的")
@click.option("--stage", metavar="学段", help="几个用顿号隔开；不写学段就给空的")
@click.option("--folder", metavar="目录名", help="小写英文字母、数字和连字符；给空的由程序取")
@click.pass_context
def new(
    context: click.Context,
    campaign_id: str | None,
    title: str | None,
    unit: str | None,
    region: str | None,
    category: str | None,
    topic: str | None,
    stage: str | None,
    folder: str | None,
) -> None:
    """新建一个案例：一问一答，建好目录和带模板标题的 index.md（草稿）。

    每个问题都可以用选项先答；全部用选项答了就不再询问，适合脚本。
    """
    with explained():
        desk = desk_of(context)
        calls = list(desk.catalog.campaigns)
        campaign = _answer(campaign_id, f"活动（{'、'.join(calls)}）", lambda text: _call(text, desk))
        if not campaign.categories:
            raise SettingsError(f"{campaign.title}没有规定类别，不能新建案例")
        vocabulary = desk.catalog.vocabulary
        places = places_of_call(campaign, desk.catalog.regions)
        found_title = _answer(title, "标题", _title)
        found_unit = _answer(unit, "单位全称", _unit)
        guess = next((p.name for p in places if p.slug == region_in(found_unit, places)), "")
        found_region = _answer(
            region, f"地区（{_shown([p.name for p in places])}）", lambda text: _region(text, places), guess
        )
        found_category = _category_asked(category, campaign, vocabulary)
        topics = _topics_asked(topic, campaign, found_category)
        stage_names = [one.name for one in vocabulary.stages]
        stages = _answer(
            stage,
            f"学段（{'、'.join(stage_names)}；没有就按回车）",
            lambda text: _among(text, stage_names, "学段"),
            may_be_empty=True,
        )
        skeleton = Skeleton(
            title=found_title,
            unit=found_unit,
            region=found_region.slug,
            category=found_category,
            topics=topics,
            stages=stages,
        )
        root = desk.settings.cases_dir / campaign.id
        taken = {one.slug for one in desk.submissions(campaign.id)}
        name = _answer(folder, "目录名，定了就不再改", lambda text: _folder(text, taken), folder_name(skeleton, taken))
        write_new(root / name / "index.md", index_text(skeleton, campaign).encode())
    told("新建", [f"cases/{campaign.id}/{name}/index.md"])
    click.echo(f"图片和材料用 showcase media add {campaign.id}/{name} 放进去；写好后用 showcase check 检查。")


def _category_asked(given: str | None, campaign: Campaign, vocabulary: Vocabulary) -> str:
    codes = [one.code for one in campaign.categories]
    names = [one.code if one.code in one.name else f"{one.code} {one.name}" for one in campaign.categories]

    def read(text: str) -> str:
        code = category_of(text, campaign, vocabulary)
        if code is None:
            raise _NonsenseError(f"本次活动没有类别“{text}”，应当是：{'、'.join(codes)}")
        return code

    return _answer(given, f"类别（{'；'.join(names)}）", read, codes[0] if len(codes) == 1 else "")


def _topics_asked(given: str | None, campaign: Campaign, category: str) -> tuple[str, ...]:
    """The topics of a call with a guide; a call without one asks for none.

    Raises:
        SettingsError: topics are given, and there is no guide.
    """
    guide = [one.name for one in campaign.topics if not one.category or category in one.category]
    required = [one.name for one in campaign.topics if one.required and category in one.category]
    if not guide:
        if given:
            raise SettingsError(f"{campaign.short_title}没有选题指南，不用写 --topic")
        return ()
    must = f"，必选：{'、'.join(required)}" if required else ""
    return _answer(
        given,
        f"选题（{'、'.join(guide)}{must}；没有就按回车）",
        lambda text: _topics(text, guide, required),
        "、".join(required),
        may_be_empty=True,
    )


def _answer(
    given: str | None,
    question: str,
    read: Callable[[str], AnswerT],
    default: str = "",
    *,
    may_be_empty: bool = False,
) -> AnswerT:
    """What *read* makes of the option *given*, or of the first answer that makes sense; an empty option is the default.

    Raises:
        SettingsError: the option makes no sense, or nobody answers.
    """
    if given is not None:
        try:
            return read(given.strip() or default)
        except _NonsenseError as nonsense:
            raise SettingsError(str(nonsense)) from nonsense
    while True:
        shown = f" [{default}]" if default else ""
        try:
            text = click.prompt(f"{question}{shown}", default="", show_default=False).strip() or default
        except click.Abort as abort:
            raise SettingsError(
                f"没有回答“{question.partition('（')[0]}”，什么也没有建；在脚本里请用选项先答"
            ) from abort
        if not text and not may_be_empty:
            click.echo("  这一项要填。")
            continue
        try:
            return read(text)
        except _NonsenseError as nonsense:
            click.echo(f"  {nonsense}")


def _shown(names: Sequence[str]) -> str:
    return "、".join(names[:16]) + ("……" if len(names) > 16 else "")


def _call(text: str, desk: Desk) -> Campaign:
    found = desk.catalog.campaigns.get(text)
    if found is None:
        raise _NonsenseError(f"没有活动“{text}”，应当是：{'、'.join(desk.catalog.campaigns)}")
    return found


def _line(text: str, what: str) -> str:
    if scan(text):
        raise _NonsenseError(f"{what}里有电话、邮箱一类的内容，不能放进仓库")
    return " ".join(text.split())


def _title(text: str) -> str:
    title = _line(text, "标题")
    if not 2 <= len(title) <= 120:
        raise _NonsenseError(f"标题有 {len(title)} 个字，应当是 2 到 120 个")
    return title


def _unit(text: str) -> str:
    unit = _line(text, "单位")
    if not 4 <= len(unit) <= 60:
        raise _NonsenseError(f"单位写全称，4 到 60 个字，现在有 {len(unit)} 个")
    return unit


def _region(text: str, places: Sequence[Region]) -> Region:
    found = [p for p in places if text in (p.slug, p.name, p.short, *p.aliases)]
    if len(found) != 1:
        raise _NonsenseError(f"没有地区“{text}”，应当是：{'、'.join(place.name for place in places)}")
    return found[0]


def _among(text: str, allowed: Sequence[str], what: str) -> tuple[str, ...]:
    words = tuple(dict.fromkeys(word for word in re.split(r"[、，,;；\s]+", text) if word))
    wrong = [word for word in words if word not in allowed]
    if wrong:
        raise _NonsenseError(f"没有{what}“{'、'.join(wrong)}”，应当是：{'、'.join(allowed)}")
    return words


def _topics(text: str, guide: Sequence[str], required: Sequence[str]) -> tuple[str, ...]:
    words = _among(text, guide, "选题")
    missing = [word for word in required if word not in words]
    if missing:
        raise _NonsenseError(f"这一类必须选“{'、'.join(missing)}”")
    return words


def _folder(text: str, taken: set[str]) -> str:
    if not _FOLDER.fullmatch(text) or len(text) > 80:
        raise _NonsenseError(f"目录名“{text}”只能用小写英文字母、数字和连字符，例如 yueyanglou-noon-broadcast")
    if text in taken:
        raise _NonsenseError(f"已经有目录 {text}，请换一个")
    return text

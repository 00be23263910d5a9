"""A county's list of its cases (汇总表) → a skeleton for each, and apart from them what stays in the office. Clause: E23 附件1, Y20 附件5."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.catalog.campaign import Campaign
from generator.catalog.places import Regions, Vocabulary
from generator.check.privacy import scan
from generator.intake.folding import counts_alike, is_same_unit, likeness
from generator.intake.sheets import Read, SheetRow
from generator.intake.skeleton import Skeleton, category_of, folder_name, places_of_call, region_in

SAME_TITLE = 0.92
"""From this likeness on, a row of the same unit is a case that is there already. A title of 25 characters may differ in one or two."""

_LABELS: Mapping[str, tuple[str, ...]] = {
    "number": ("序号", "编号"),
    "title": ("案例名称", "案例题目", "案例标题", "名称", "题目", "标题", "申报试点项目名称", "试点项目名称", "项目名称", "作品名称"),
    "unit": ("所在单位", "单位名称", "申报单位", "报送单位", "实施单位", "推荐单位", "单位", "学校", "学校名称", "获奖单位"),
    "category": ("案例类型", "案例类别", "类别", "类型", "试点类别"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A case that is in the catalogue already."""

    slug: str
    title: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """A folder to make, with the row it comes from."""

    folder: str
    skeleton: Skeleton
    row: SheetRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What becomes of every row of the list."""

    new: tuple[NewCase, ...]
    present: tuple[tuple[SheetRow, str], ...]  # a row and the folder that it is in already
    refused: tuple[tuple[SheetRow, str], ...]  # a row and why nothing can be made of it

    @property
    def private_labels(self) -> tuple[str, ...]:
        """The columns that are written to no case, in their order."""
        rows = [case.row for case in self.new] + [row for row, _ in self.present]
        return tuple(dict.fromkeys(label for row in rows for label in row.others))


def list_labels(campaign: Campaign) -> dict[str, tuple[str, ...]]:
    """What the columns of the call's own lists are called, with what offices write instead."""
    own: dict[str, list[str]] = {key: [] for key in _LABELS}
    for form in campaign.forms:
        for field in form.fields:
            if field.public and field.key in own:
                own[field.key].append(field.label)
    return {key: (*own[key], *labels) for key, labels in _LABELS.items()}


def summary_of(
    read: Read,
    campaign: Campaign,
    regions: Regions,
    vocabulary: Vocabulary,
    known: Sequence[Known],
    *,
    taken: frozenset[str] = frozenset(),
    region: str | None = None,
) -> Summary:
    """Sorts the rows of *read* into new cases, those that are there, and those that cannot be one.

    *taken* are folders that exist; *region* is for units whose name does not say where they are.
    Without it the office that the sheet names above its head is asked.
    """
    places = places_of_call(campaign, regions)
    # “县市/州直属学校（盖章）：利川市教育局”: what stands before the colon names every kind of office.
    offices = [re.sub(r"^[^:：]*[:：]", "", head) for head in read.heads]
    heads = {found for office in offices if (found := region_in(office, places))}
    fallback = region or (heads.pop() if len(heads) == 1 else None)
    names = set(taken) | {case.slug for case in known}
    seen = list(known)
    new: list[NewCase] = []
    present: list[tuple[SheetRow, str]] = []
    refused: list[tuple[SheetRow, str]] = []
    for row in read.rows:
        title, unit = row.cells["title"], row.cells["unit"]
        there = next((one.slug for one in seen if _is_there(title, unit, one)), None)
        code = category_of(row.cells.get("category", row.section), campaign, vocabulary)
        place = region_in(unit, places) or fallback
        why = _why_not(row, title, unit, code, place, campaign)
        if there is not None:
            present.append((row, there))
        elif why or code is None or place is None:
            refused.append((row, why))
        else:
            skeleton = Skeleton(title=title, unit=unit, region=place, category=code)
            folder = folder_name(skeleton, names)
            names.add(folder)
            seen.append(Known(slug=folder, title=title, unit=unit))
            new.append(NewCase(folder=folder, skeleton=skeleton, row=row))
    return Summary(new=tuple(new), present=tuple(present), refused=tuple(refused))


def _is_there(title: str, unit: str, case: Known) -> bool:
    alike = likeness(title, case.title) >= SAME_TITLE and counts_alike(title, case.title)
    return alike and is_same_unit(unit, case.unit)


def _why_not(row: SheetRow, title: str, unit: str, code: str | None, place: str | None, campaign: Campaign) -> str:
    if scan(title) or scan(unit):
        return "名称或单位里有电话、邮箱一类的内容"
    if not 2 <= len(title) <= 120:
        return f"名称有 {len(title)} 个字，应当是 2 到 120 个"
    if code is None:
        codes = "、".join(category.code for category in campaign.categories)
        written = row.cells.get("category", row.section)
        return f"类别“{written}”不是本次活动的，应当是 {codes}" if written else f"没有写类别（{codes}）"
    return "" if place else f"看不出“{unit}”属于哪个县市区，请加 --region"

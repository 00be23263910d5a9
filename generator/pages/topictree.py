"""The topic guide of a call as a tree: who may choose, under which heading, which numbered topic. Clause: Y20 附件2."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.catalog.campaign import Campaign
from generator.catalog.demands import Topic
from generator.catalog.places import Vocabulary
from generator.pages.call_views import Row
from generator.pages.callrows import Titles, clause_row


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicLeaf:
    """A topic; `row` brings its description and clause."""

    number: str
    name: str
    is_required: bool
    row: Row
    url: str  # of its list of cases; "" where there is none yet
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicHeading:
    """Topics under a heading of the guide; "" where it has none."""

    text: str
    topics: tuple[TopicLeaf, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicBranch:
    """What applicants of one category may choose from."""

    label: str
    is_category: bool  # False: the guide names a category that the call does not have
    headings: tuple[TopicHeading, ...]


def topic_tree(
    campaign: Campaign, titles: Titles, vocabulary: Vocabulary, counts: Mapping[str, int]
) -> tuple[TopicBranch, ...]:
    """The topics of *campaign* in the order of its categories, then those for all, then those of no category of it.

    A topic of several categories stands under each: whoever applies reads one branch and misses nothing.
    *counts* gives the public cases of all calls by topic slug.
    """
    names = {category.code: category.name for category in campaign.categories}
    branches: dict[str, dict[str, list[TopicLeaf]]] = {code: {} for code in (*names, "")}
    for topic in campaign.topics:
        leaf = _leaf(topic, titles, vocabulary, counts)
        for code in topic.category or ("",):
            branches.setdefault(code, {}).setdefault(topic.group or "", []).append(leaf)
    return tuple(
        TopicBranch(
            label=names.get(code, code) or "各类别",
            is_category=code in names or not code,
            headings=tuple(TopicHeading(text=text, topics=tuple(leaves)) for text, leaves in headings.items()),
        )
        for code, headings in branches.items()
        if headings
    )


def _leaf(topic: Topic, titles: Titles, vocabulary: Vocabulary, counts: Mapping[str, int]) -> TopicLeaf:
    term = vocabulary.topic_by_name.get(topic.name)
    count = counts.get(term.slug, 0) if term else 0
    return TopicLeaf(
        number=str(topic.no) if topic.no is not None else "",
        name=topic.name,
        is_required=topic.required,
        row=clause_row(topic, titles, topic.description),
        url=f"topic/{term.slug}/" if term and count else "",
        count=count,
    )

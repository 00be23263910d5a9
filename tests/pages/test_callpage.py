"""A call's page: what is asked first stands first, topics as a tree, quotas against their use, and nothing guessed."""

from __future__ import annotations

from collections import Counter

from generator.pages.campaign_views import CampaignView

from .sample_map import catalog, mapped, view, with_campaign


def _page(campaign: str) -> CampaignView:
    return view(mapped(), f"campaigns/{campaign}/", CampaignView)


def test_what_is_asked_first_is_answered_from_the_call() -> None:
    facts = {fact.question: fact.answers for fact in _page("yueyang-2021").facts}
    assert list(facts) == ["谁可以报", "什么时候截止", "交什么", "写多长"]
    assert facts["什么时候截止"] == ("2021年10月18日（案例报送截止）",)
    assert "正文不超过 5000 字" in facts["写多长"]
    assert "摘要不超过 300 字" in facts["写多长"]


def test_a_call_is_not_asked_what_it_does_not_say() -> None:
    bare = with_campaign("yueyang-2021", limits=(), materials=(), timeline=())
    shown = view(mapped(bare), "campaigns/yueyang-2021/", CampaignView)
    assert [fact.question for fact in shown.facts] == ["谁可以报"]


def test_an_amended_deadline_is_answered_with_its_new_date() -> None:
    facts = {fact.question: fact.answers for fact in _page("exhibition-4").facts}
    assert any(answer.startswith("2020年4月15日") for answer in facts["什么时候截止"])


def test_the_guide_of_2020_is_a_tree_with_its_numbers() -> None:
    branches = {branch.label: branch for branch in _page("yueyang-2020-pilots").topics}
    school = branches["中小学校（含教学点和幼儿园）试点"]
    assert [heading.text for heading in school.headings] == [
        "必选",
        "智能化课堂探索与实践",
        "“互联网+教育”共同体建设的创新与实践",
        "中小学数字校园建设的探索与实践",
        "网络学习空间长效的探索与实践",
    ]
    numbers = [topic.number for heading in school.headings for topic in heading.topics]
    assert numbers == ["", *"12345678"]
    assert school.headings[0].topics[0].is_required
    assert branches["县市区试点"].headings[0].topics[0].is_required
    furong = branches["芙蓉网络联校试点"]
    assert not any(topic.is_required for heading in furong.headings for topic in heading.topics)


def test_a_category_that_only_the_guide_has_is_marked() -> None:
    known = {branch.label: branch.is_category for branch in _page("yueyang-2020-pilots").topics}
    assert known.pop("高校") is False
    assert all(known.values())


def test_every_topic_of_a_call_is_in_its_tree() -> None:
    for name, campaign in catalog().campaigns.items():
        leaves = {
            topic.name for branch in _page(name).topics for heading in branch.headings for topic in heading.topics
        }
        assert leaves == {topic.name for topic in campaign.topics}


def test_a_quota_of_a_place_counts_what_is_published_there() -> None:
    shown = _page("yueyang-2020-pilots")
    used = {quota.row.cells[0]: quota.use for quota in shown.quotas}
    published = Counter(
        s.case.unit.region for s in catalog().submissions if s.campaign_id == "yueyang-2020-pilots" and s.case
    )
    for slug, name in (("pingjiang", "平江县"), ("huarong", "华容县"), ("junshan", "君山区")):
        use = used[name]
        assert use
        assert use.used == published[slug]
        assert sum(use.cells) == use.used
        assert len(use.cells) == use.quota
    whole = used["岳阳市"]
    assert whole
    assert (whole.used, whole.quota) == (published.total(), 20)


def test_a_minimum_for_every_county_is_no_quota_to_be_used_up() -> None:
    assert all(quota.use is None for quota in _page("enshi-2023").quotas)


def test_what_came_in_stands_beside_the_quota_and_what_was_not_counted_is_no_zero() -> None:
    enshi = _page("enshi-2023").received
    assert enshi
    assert enshi.columns[0] == "A1（至少 1 个）"
    rows = dict(enshi.rows)
    assert rows["恩施市"] == ("0", "0", "2", "0", "1")
    hunan = _page("hunan-2020-tkbtx").received
    assert hunan
    assert hunan.columns == ("合计（至多 20 个）", "其中“停课不停学”（至少 10 个）")
    rows = dict(hunan.rows)
    assert rows["岳阳市"] == ("20", "12")
    assert rows["益阳市"] == ("未登记", "未登记")
    assert _page("yueyang-2020-pilots").received is None

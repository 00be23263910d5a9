"""The calls as data: what their notices promise, word for word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

from generator.catalog.campaign import Campaign
from generator.catalog.demands import Limit
from generator.catalog.places import Regions, Vocabulary
from generator.catalog.values import Clause, Source, Value

CASES = Path(__file__).parents[2] / "cases"
CAMPAIGNS = (
    "enshi-2023", "exhibition-4", "exhibition-4-2021", "hunan-2020-tkbtx", "yueyang-2020-pilots", "yueyang-2021",
)  # fmt: skip
NOTICE_OF_TAG = {
    "E23": "enshi-2023", "H20": "hunan-2020-tkbtx", "Y20": "yueyang-2020-pilots", "Y21": "yueyang-2021",
}  # fmt: skip
SOURCED = (
    "categories",
    "limits",
    "quotas",
    "timeline",
    "surveys",
    "topics",
    "formats",
    "template",
    "materials",
    "forms",
)
EDITORS_MARK = re.compile(r"〔(?:应为|原文)[^〕]*〕")  # not 〔2023〕, which belongs to a number


@cache
def campaign(name: str) -> Campaign:
    return Campaign.model_validate(yaml.safe_load((CASES / name / "campaign.yml").read_text("utf-8")))


@cache
def regions() -> Regions:
    return Regions.model_validate(yaml.safe_load((CASES / "regions.yml").read_text("utf-8")))


@cache
def vocabulary() -> Vocabulary:
    return Vocabulary.model_validate(yaml.safe_load((CASES / "vocabulary.yml").read_text("utf-8")))


def bare(text: str) -> str:
    """Text without spaces, editors' marks and Markdown's own signs."""
    return re.sub(r"[\s|#*`]|<(?=http)|(?<=[a-z/])>", "", EDITORS_MARK.sub("", text))


@cache
def notice(name: str) -> str:
    return bare((CASES / name / "notice.md").read_text("utf-8"))


def sources(value: object) -> Iterator[Source]:
    """Every source inside a value, however deep."""
    if isinstance(value, Source):
        yield value
    elif isinstance(value, Value):
        for name in type(value).model_fields:
            yield from sources(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from sources(item)


def limit(name: str, target: str, op: str, category: str | None = None) -> Limit:
    """The one limit of a call for that target, operator and category."""
    fitting = [
        found
        for found in campaign(name).limits
        if (found.target, found.op) == (target, op) and (category is None or category in found.when.category)
    ]
    assert len(fitting) == 1
    return fitting[0]


def shares(name: str) -> list[tuple[str, int]]:
    awards = campaign(name).awards
    assert awards is not None
    return [(row.grade, row.share) for row in awards.grades]


def test_the_folder_holds_these_campaigns_and_each_file_names_its_folder() -> None:
    folders = {path.parent.name for path in CASES.glob("*/campaign.yml")}
    assert folders >= set(CAMPAIGNS)  # more calls may come
    assert {name: campaign(name).id for name in folders} == {name: name for name in folders}


def test_pilot_quotas_are_those_of_the_table_and_add_up_to_its_total() -> None:
    quotas = campaign("yueyang-2020-pilots").quotas
    by_unit = {quota.unit: quota.max for quota in quotas if quota.scope == "单位"}
    two = ("pingjiang", "yueyang-county", "huarong", "xiangyin", "linxiang", "miluo", "shibenji")
    one = ("yueyanglou", "yunxi", "junshan", "quyuan", "jingkai", "nanhu")
    assert by_unit == dict.fromkeys(two, 2) | dict.fromkeys(one, 1)
    assert [quota.max for quota in quotas if quota.scope == "市州"] == [20]
    assert sum(number for number in by_unit.values() if number) == 20


def test_enshi_awards_are_2_4_4_at_a_rate_of_80_percent() -> None:
    assert shares("enshi-2023") == [("一等奖", 2), ("二等奖", 4), ("三等奖", 4)]
    awards = campaign("enshi-2023").awards
    assert awards is not None
    assert (awards.rate, awards.level, awards.ambiguous) == (0.8, "市级", True)


def test_yueyang_awards_are_3_3_4_without_a_rate() -> None:
    assert shares("yueyang-2021") == [("一等奖", 3), ("二等奖", 3), ("三等奖", 4)]
    awards = campaign("yueyang-2021").awards
    assert awards is not None
    assert (awards.rate, awards.level, awards.ambiguous) == (None, "市级", True)


def test_enshi_minima_are_one_one_two_two_five_for_each_county() -> None:
    quotas = campaign("enshi-2023").quotas
    assert {quota.scope for quota in quotas} == {"县市"}
    assert {quota.category: quota.min for quota in quotas} == {"A1": 1, "A2": 1, "B1": 2, "B2": 2, "C": 5}


def test_the_amended_call_moves_date_and_quota_and_keeps_what_they_were() -> None:
    before, after = campaign("exhibition-4"), campaign("hunan-2020-tkbtx")
    assert after.amends == before.id
    (old_moment,), (new_moment,) = before.timeline, after.timeline
    assert old_moment.what == new_moment.what
    assert str(old_moment.to) == str(new_moment.was) == "2020-02-15"
    assert str(new_moment.to) == "2020-04-15"
    (old_quota,), (new_quota,) = before.quotas, after.quotas
    assert (old_quota.scope, old_quota.max) == (new_quota.scope, new_quota.was) == ("市州", 10)
    assert new_quota.max == 20
    assert new_quota.where is not None
    assert (new_quota.where.theme, new_quota.where.min) == ("停课不停学", 10)


def test_the_other_dates_are_those_of_the_notices() -> None:
    assert [str(moment.to) for moment in campaign("yueyang-2021").timeline] == ["2021-10-18"]
    assert str(campaign("yueyang-2021").issued) == "2021-10-13"
    (pilots,) = campaign("yueyang-2020-pilots").timeline
    assert (str(pilots.to), pilots.hard) == ("2020-10-09", True)
    ranges = [(str(moment.from_), str(moment.to)) for moment in campaign("enshi-2023").timeline]
    assert ranges == [("None", "2023-05-20"), ("None", "2023-05-20"), ("2023-05-21", "2023-05-30")]


def test_five_surveys_with_five_https_addresses_all_closed() -> None:
    surveys = campaign("hunan-2020-tkbtx").surveys
    assert {survey.audience for survey in surveys} == {"教育行政部门", "校长", "教师", "家长", "学生"}
    assert len({survey.url for survey in surveys}) == len(surveys) == 5
    assert all(survey.url.startswith("https://") and survey.closed for survey in surveys)


@pytest.mark.parametrize(
    ("target", "op", "value", "severity"),
    [
        ("summary", "max", 300, "error"),
        ("body", "max", 5000, "error"),
        ("self_review", "max", 500, "error"),
        ("intro", "about", 500, "warning"),
        ("authors", "max", 5, "error"),
        ("attachments", "max", 5, "warning"),
        ("picture.size", "min", 3_000_000, "warning"),
    ],
)
def test_limits_of_the_annex_have_their_number_and_the_severity_of_their_wording(
    target: str, op: str, value: int, severity: str
) -> None:
    found = limit("exhibition-4-2021", target, op)
    assert (found.value, found.severity) == (value, severity)


def test_limits_of_enshi_bind_the_categories_that_their_clause_names() -> None:
    for code in ("A1", "A2", "B1", "B2"):
        assert limit("enshi-2023", "body", "min", code).value == 3500
        assert limit("enshi-2023", "body", "max", code).value == 5000
        assert limit("enshi-2023", "illustrations", "max", code).value == 5
    story = limit("enshi-2023", "body", "min", "C")
    assert (story.value, story.when.media) == (1500, "text")
    assert limit("enshi-2023", "video.height", "min", "C").value == 1080
    assert limit("enshi-2023", "video.captions", "min", "C").value == 1
    assert {found.severity for found in campaign("enshi-2023").limits} == {"error"}


def test_what_can_be_read_in_two_ways_is_marked_and_says_how() -> None:
    assert limit("exhibition-4-2021", "picture.size", "min").ambiguous
    three, fifteen = campaign("exhibition-4-2021").quotas
    assert (three.max, three.ambiguous, fifteen.max, fifteen.ambiguous) == (3, True, 15, False)
    assert all(category.ambiguous for category in campaign("exhibition-4").categories)
    for name in CAMPAIGNS:
        call = campaign(name)
        clauses: list[Clause] = [*call.limits, *call.quotas, *call.categories, *call.guidance]
        clauses += [call.awards] if call.awards else []
        assert [clause for clause in clauses if clause.ambiguous and not clause.note] == []


def test_the_dual_mode_topic_is_required_of_counties_and_schools_alone() -> None:
    required = [topic for topic in campaign("yueyang-2020-pilots").topics if topic.required]
    assert [(topic.name, topic.category) for topic in required] == [("平战融合教学模式", ("县市区", "中小学校"))]


def test_the_guide_numbers_its_topics_one_to_eight_for_schools() -> None:
    topics = campaign("yueyang-2020-pilots").topics
    assert [topic.no for topic in topics if topic.category == ("中小学校",)] == list(range(1, 9))
    assert [topic.no for topic in topics if topic.category == ("县市区",)] == [1, 2, 3]


def test_no_form_shows_a_phone_an_address_or_a_contact() -> None:
    fields = [field for name in CAMPAIGNS for form in campaign(name).forms for field in form.fields]
    personal = re.compile(r"电话|手机|邮箱|联系人|负责人|姓名|职务|意见")
    hidden = [field for field in fields if personal.search(field.label + (field.group or ""))]
    assert len(hidden) == 19
    assert not any(field.public for field in hidden)
    assert {field.key for field in fields if field.public} == {
        "title", "unit", "authors", "intro", "category", "period", "keywords", "links",
    }  # fmt: skip


@pytest.mark.parametrize("name", CAMPAIGNS)
def test_every_rule_says_where_it_stands(name: str) -> None:
    call = campaign(name)
    rules = [rule for section in SOURCED for rule in getattr(call, section)]
    rules += [*call.stages, *call.guidance, *call.themes, *call.assessment, *call.must_report]
    rules += [rule for rule in (call.awards, call.consent, call.publication) if rule is not None]
    assert len(rules) > 5
    assert [rule for rule in rules if rule.source is None or not rule.source.quote] == []


@pytest.mark.parametrize("name", CAMPAIGNS)
def test_every_quotation_stands_word_for_word_in_the_notice_that_its_clause_names(name: str) -> None:
    found = list(sources(campaign(name)))
    assert found
    missing = [
        source
        for source in found
        if len(source.quote) > 3 and bare(source.quote) not in notice(NOTICE_OF_TAG[source.clause.split()[0]])
    ]
    assert missing == []


def test_the_annex_of_the_province_is_the_same_in_both_notices_that_carry_it() -> None:
    opening = bare("一、案例类型")
    own, city = notice("exhibition-4-2021"), notice("yueyang-2021")
    assert own[own.index(opening) :] == city[city.index(opening) :]


@pytest.mark.parametrize("name", CAMPAIGNS)
def test_every_place_and_word_of_a_call_is_registered(name: str) -> None:
    call, words = campaign(name), vocabulary()
    places = {quota.unit for quota in call.quotas if quota.unit} | {row.region for row in call.received}
    assert places <= regions().by_slug.keys()
    assert {category.group for category in call.categories} <= {group.name for group in words.groups}
    assert {topic.name for topic in call.topics} <= {topic.name for topic in words.topics}
    grades = {row.grade for row in call.awards.grades} if call.awards else set()
    assert grades <= words.grade_by_name.keys()
    themes = {row.theme for row in call.received if row.theme} | {
        quota.where.theme for quota in call.quotas if quota.where
    }
    assert themes <= {theme.text for theme in call.themes}


@pytest.mark.parametrize("name", CAMPAIGNS)
def test_rules_speak_of_categories_that_the_call_or_its_source_has(name: str) -> None:
    call = campaign(name)
    above = call.parent or call.amends
    codes = {category.code for category in (*call.categories, *(campaign(above).categories if above else ()))}
    conditions = [rule.when for rules in (call.limits, call.formats, call.template) for rule in rules]
    used = {code for when in conditions for code in when.category}
    used |= {code for topic in call.topics for code in topic.category}
    used |= {quota.category for quota in call.quotas if quota.category}
    used |= {row.category for row in call.received if row.category}
    # The guide of the pilots has a section for colleges that its call does not have; its note says so.
    assert used - codes == ({"高校"} if name == "yueyang-2020-pilots" else set())


def test_parents_and_amended_calls_are_the_two_without_cases() -> None:
    above = {name: campaign(name).parent or campaign(name).amends for name in CAMPAIGNS}
    assert {name: other for name, other in above.items() if other} == {
        "hunan-2020-tkbtx": "exhibition-4",
        "yueyang-2021": "exhibition-4-2021",
    }


def test_sample_submissions_of_enshi_are_enough_for_eleven_awards_at_80_percent() -> None:
    assert sum(row.count for row in campaign("enshi-2023").received) == 14


def test_sample_submissions_of_hunan_leave_two_prefectures_unregistered_and_none_over_twenty() -> None:
    rows = campaign("hunan-2020-tkbtx").received
    totals = {row.region: sum(other.count for other in rows if other.region == row.region) for row in rows}
    prefectures = {place.slug for place in regions().regions if place.parent == "hunan"}
    assert prefectures - totals.keys() == {"yiyang", "loudi"}
    assert max(totals.values()) == 20

"""What a case may say: paths that stay inside, words of closed lists, no private fields, and who is public."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from generator.catalog.case import Case, MediaPath
from generator.catalog.values import LEVELS

_PATH: TypeAdapter[str] = TypeAdapter(MediaPath)


def case(**fields: Any) -> Case:
    """A case with what every case needs, and *fields*."""
    needed = {"title": "一个案例", "unit": {"name": "示例小学", "region": "yunxi"}, "category": "学校"}
    return Case.model_validate({**needed, **fields})


def faults(**fields: Any) -> dict[tuple[int | str, ...], str]:
    """What is wrong with such a case: place → kind."""
    with pytest.raises(ValidationError) as error:
        case(**fields)
    return {tuple(row["loc"]): row["type"] for row in error.value.errors()}


def test_three_things_make_a_case_and_all_are_missed_at_once() -> None:
    with pytest.raises(ValidationError) as error:
        Case.model_validate({})
    assert {(row["loc"], row["type"]) for row in error.value.errors()} == {
        (("title",), "missing"),
        (("unit",), "missing"),
        (("category",), "missing"),
    }
    assert case().status == "草稿"


@pytest.mark.parametrize("name", ["phone", "联系电话", "email", "手机号码", "负责人", "summry", "from"])
def test_a_field_that_the_model_lacks_is_refused_on_every_level(name: str) -> None:
    assert faults(**{name: "x"}) == {(name,): "extra_forbidden"}
    assert faults(authors=[{"name": "王老师", name: "x"}]) == {("authors", 0, name): "extra_forbidden"}
    unit = {"name": "示例小学", "region": "yunxi", name: "x"}
    assert faults(unit=unit) == {("unit", name): "extra_forbidden"}


def test_a_case_cannot_be_changed() -> None:
    one = case()
    with pytest.raises(ValidationError, match="frozen"):
        one.title = "另一个"  # type: ignore[misc]


@pytest.mark.parametrize("path", ["media/class.jpg", "a", "media/图 1.jpg", "a/..b/c", "media/...jpg"])
def test_a_path_inside_the_case_folder_is_kept_as_it_is(path: str) -> None:
    assert _PATH.validate_python(path) == path


@pytest.mark.parametrize(
    "path",
    [
        *("/etc/passwd", "../secret.jpg", "media/../../x", "media/..", ".", "./a.jpg", "media//a.jpg", "media/"),
        *("..\\x", "media\\a.jpg", "a\x00.jpg", "a\n.jpg", "", "a" * 241),
    ],
)
def test_a_path_that_could_leave_the_case_folder_is_refused(path: str) -> None:
    with pytest.raises(ValidationError):
        _PATH.validate_python(path)


@given(st.lists(st.sampled_from(["..", ".", "", "a", "..."]), min_size=1, max_size=5).map("/".join))
def test_no_path_that_is_let_through_leads_out_or_has_two_names(path: str) -> None:
    try:
        kept = _PATH.validate_python(path)
    except ValidationError:
        return
    assert not kept.startswith("/")
    assert not {"", ".", ".."} & set(kept.split("/"))


@pytest.mark.parametrize(
    ("fields", "loc"),
    [
        ({"status": "公布"}, ("status",)),
        ({"honors": [{"level": "校级", "grade": "一等奖", "year": 2021}]}, ("honors", 0, "level")),
        ({"honors": [{"level": "市级", "grade": "一等奖", "year": 1800}]}, ("honors", 0, "year")),
        ({"authors": [{"name": "王老师", "role": "校长"}]}, ("authors", 0, "role")),
        ({"videos": [{"file": "a.mp4", "title": "课", "narration": "有"}]}, ("videos", 0, "narration")),
        ({"project": {"status": "完成"}}, ("project", "status")),
        ({"unit": {"name": "x", "region": "云溪"}}, ("unit", "region")),
        ({"links": [{"title": "x", "url": "javascript:alert(1)"}]}, ("links", 0, "url")),
        ({"links": [{"title": "x", "url": "https://a b"}]}, ("links", 0, "url")),
        ({"period": {"from": "2021年3月"}}, ("period", "from")),
        ({"period": {"from": "2021-13"}}, ("period", "from")),
        ({"period": {"from": "2021-03", "to": "2021-04-32"}}, ("period", "to")),
        ({"published": "2021-02-30"}, ("published",)),
        ({"published": "昨天"}, ("published",)),
        ({"aliases": ["旧地址"]}, ("aliases", 0)),
        ({"aliases": ["cases//old"]}, ("aliases", 0)),
        ({"aliases": ["/"]}, ("aliases", 0)),
        ({"related": ["only-one-part"]}, ("related", 0)),
        ({"title": "一"}, ("title",)),
        ({"title": "长" * 121}, ("title",)),
        ({"title": "两\n行"}, ("title",)),
        ({"keywords": "甲、乙"}, ("keywords",)),
        ({"pictures": [{"file": "a.jpg"}]}, ("pictures", 0, "alt")),
        ({"pictures": [{"file": "a.jpg", "alt": " "}]}, ("pictures", 0, "alt")),
        ({"consent": {"given": "也许"}}, ("consent", "given")),
    ],
    ids=str,
)
def test_a_value_outside_its_shape_is_refused_at_its_place(fields: dict[str, Any], loc: tuple[int | str, ...]) -> None:
    assert list(faults(**fields)) == [loc]


@pytest.mark.parametrize("month", ["2021", "2021-03", "2021-03-15", 2021])
def test_a_period_is_written_as_year_month_or_day(month: Any) -> None:
    period = case(period={"from": month}).period
    assert period is not None
    assert period.from_ == str(month)
    assert period.to is None


def test_texts_lose_the_space_around_them_and_numbers_in_them_stay() -> None:
    one = case(title="  5G 校园 ", keywords=[" 甲 ", 5], summary="\n首行\n\n末行\n", published="2021-11-23")
    assert (one.title, one.keywords, one.summary) == ("5G 校园", ("甲", "5"), "首行\n\n末行")
    assert one.published == datetime.date(2021, 11, 23)


def test_a_furong_union_names_lead_schools_and_points() -> None:
    one = case(partners={"lead": "名校", "furong": [{"name": "甲校", "points": ["一点", "二点"]}]})
    assert one.partners is not None
    assert one.partners.furong[0].points == ("一点", "二点")


_HONORS = st.lists(
    st.builds(
        lambda level, year: {"level": level, "grade": "一等奖", "year": year},
        st.sampled_from(LEVELS),
        st.integers(2018, 2024),
    ),
    max_size=6,
)


@given(_HONORS)
def test_the_highest_honor_is_the_latest_on_the_highest_level(honors: list[dict[str, Any]]) -> None:
    highest = case(honors=honors).highest
    if not honors:
        assert highest is None
        return
    assert highest is not None
    for honor in honors:
        above = LEVELS.index(honor["level"]) - LEVELS.index(highest.level)
        assert above < 0 or (above == 0 and honor["year"] <= highest.year)


@pytest.mark.parametrize("status", ["草稿", "已公布", "已撤回"])
@pytest.mark.parametrize("is_awarded", [True, False])
def test_only_what_is_awarded_and_published_is_public(status: str, is_awarded: bool) -> None:
    honors = [{"level": "市级", "grade": "一等奖", "year": 2021}] if is_awarded else []
    assert case(status=status, honors=honors).is_public == (is_awarded and status == "已公布")

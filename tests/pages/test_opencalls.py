"""Which calls the home page says are under way, and until when."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.pages.figure_views import HomeView

from .catalogues import add_call, copy_texts, mapped, view_of

TIMELINE = """\
timeline:
  - {what: 案例报送截止, to: 2026-12-31}
  - {what: 专家评审, from: 2027-01-05, to: 2027-01-20}
  - {what: 通报结果, from: 2027-02-01}
publication: {from: 2027-01-25, to: 2027-01-31, objections: 请书面反映。}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_texts(tmp_path / "cases")


def home(folder: Path) -> HomeView:
    view = view_of(mapped(folder), "")
    assert isinstance(view, HomeView)
    return view


@pytest.mark.parametrize(
    ("status", "what", "deadline"),
    [
        ("征集中", "案例报送截止", "2026-12-31"),
        ("评审中", "专家评审", "2027-01-20"),
        ("公示中", "公示截止", "2027-01-31"),
    ],
)
def test_each_status_has_the_date_that_its_step_ends_on(folder: Path, status: str, what: str, deadline: str) -> None:
    add_call(folder, "now", TIMELINE, status=status)
    (call,) = home(folder).open_calls
    assert (call.what, call.deadline) == (what, deadline)
    assert call.note == ("请书面反映。" if status == "公示中" else "")


def test_what_one_can_still_hand_in_stands_first_and_the_nearest_date_before_the_others(folder: Path) -> None:
    add_call(folder, "a-judged", TIMELINE, status="评审中")
    add_call(folder, "b-late", TIMELINE.replace("2026-12-31", "2027-01-03"))
    add_call(folder, "c-soon", TIMELINE)
    add_call(folder, "d-undated")
    urls = [call.card.url for call in home(folder).open_calls]
    assert urls == ["campaigns/c-soon/", "campaigns/b-late/", "campaigns/d-undated/", "campaigns/a-judged/"]


def test_a_date_that_a_later_call_moved_is_shown_with_the_date_before(folder: Path) -> None:
    add_call(folder, "first", TIMELINE)
    add_call(folder, "second", "amends: first\n" + TIMELINE.replace("2026-12-31", "2027-01-10"), status="已公布")
    (call,) = home(folder).open_calls
    assert (call.deadline, call.was) == ("2027-01-10", "2026-12-31")


def test_without_an_open_call_home_loads_no_countdown(folder: Path) -> None:
    assert home(folder).open_calls == ()
    assert next(page.scripts for page in mapped(folder).pages if page.url == "") == ()
    add_call(folder, "undated")
    assert next(page.scripts for page in mapped(folder).pages if page.url == "") == ()


def test_a_call_under_way_is_not_listed_a_second_time_among_the_past_ones(folder: Path) -> None:
    path = folder / "yueyang-2021/campaign.yml"
    path.write_text(path.read_text("utf-8").replace("status: 已公布", "status: 公示中"), "utf-8")
    view = home(folder)
    assert [call.card.url for call in view.open_calls] == ["campaigns/yueyang-2021/"]
    assert all(call.url != "campaigns/yueyang-2021/" for call in view.campaigns)

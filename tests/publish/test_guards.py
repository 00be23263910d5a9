"""What is not published unless somebody insists."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.errors import PublishError
from generator.publish.census import Census
from generator.publish.folder import Folder
from generator.publish.transfer import Published, publish

from .conftest import NOW, MakeSite, live, texts_under

Send = Callable[..., Published]

TWENTY = [f"cases/call/case-{number:02}/" for number in range(20)]


def site_of(cases: list[str], *, indexed: list[str] | None = None, lists: int = 20) -> dict[str, str]:
    """A page for each case, *lists* more (the home page among them), and an index of *indexed*."""
    cards = [{"u": address} for address in (cases if indexed is None else indexed)]
    return {
        "index.html": "首页",
        **{f"topic/{number:02}/index.html": "选题" for number in range(lists - 1)},
        **{f"{address}index.html": f"案例 {address}" for address in cases},
        "search/index.json": json.dumps({"cases": len(cards)}),
        "search/c/0-abcdef.json": json.dumps([None, *cards]),
    }


def census_with(cases: list[str], withdrawn: list[str] | None = None) -> Census:
    return Census(cases=dict.fromkeys(cases, ()), withdrawn=frozenset(withdrawn or ()))


@pytest.fixture
def send(make_site: MakeSite, target_dir: Path) -> Send:
    """Publishes pages with their census, guarded as by default."""

    def run(pages: dict[str, str], census: Census, max_lost_percent: int | None = 10) -> Published:
        site_dir = make_site(pages, census)
        return publish(site_dir, Folder(target_dir), keep=5, now=NOW, max_lost_percent=max_lost_percent)

    return run


def test_exactly_as_many_pages_as_may_go_are_published_and_one_more_is_not(send: Send, target_dir: Path) -> None:
    send(site_of(TWENTY), census_with(TWENTY))
    with pytest.raises(PublishError) as caught:
        send(site_of(TWENTY[:15]), census_with(TWENTY[:15]))  # 5 of 40 pages: 12.5 %
    assert caught.value.exit_code == 3
    said = str(caught.value)
    assert "少了 5 个页面（线上 40 个，少了 12.5%）" in said and "允许的 10%" in said
    assert all(address in said for address in TWENTY[15:]) and TWENTY[14] not in said
    assert "这次撤回的案例 0 个" in said and "--force" in said and "showcase check" in said
    assert live(target_dir) == site_of(TWENTY)
    send(site_of(TWENTY[:16]), census_with(TWENTY[:16]))  # 4 of 40: 10 %
    assert live(target_dir) == site_of(TWENTY[:16])


def test_the_first_ten_are_named_and_the_others_counted(send: Send) -> None:
    send(site_of(TWENTY), census_with(TWENTY))
    with pytest.raises(PublishError) as caught:
        send(site_of(TWENTY[:4], lists=15), census_with(TWENTY[:4]))
    said = str(caught.value)
    assert "少了的案例 16 个" in said and "另有 6 个" in said
    assert TWENTY[13] in said and TWENTY[14] not in said
    assert "少了的其他页面 5 个" in said and "topic/14/" in said


def test_who_insists_publishes_it_and_it_is_the_new_measure(send: Send, target_dir: Path) -> None:
    send(site_of(TWENTY), census_with(TWENTY))
    few = (site_of(TWENTY[:3]), census_with(TWENTY[:3]))
    assert send(*few, max_lost_percent=None).release.is_new
    assert live(target_dir) == few[0]
    assert not send(*few).release.is_new


def test_a_setting_of_a_hundred_lets_everything_pass_and_of_zero_nothing(send: Send, target_dir: Path) -> None:
    send(site_of(TWENTY), census_with(TWENTY))
    with pytest.raises(PublishError, match="少了 1 个页面"):
        send(site_of(TWENTY[:19]), census_with(TWENTY[:19]), max_lost_percent=0)
    send(site_of([], lists=1), census_with([]), max_lost_percent=100)
    assert live(target_dir) == site_of([], lists=1)


def test_withdrawals_are_meant_and_the_lists_that_go_with_them_are_allowed_for(send: Send, target_dir: Path) -> None:
    """Ten of twenty are withdrawn: their pages answer still, and half of the other pages may go, and a tenth."""
    send(site_of(TWENTY), census_with(TWENTY))
    left, gone = TWENTY[:10], TWENTY[10:]
    answers = {f"{address}index.html": "已撤回" for address in gone}
    with pytest.raises(PublishError, match="这次撤回的案例 10 个"):
        send({**site_of(left[:5], lists=1), **answers}, census_with(left[:5], gone), max_lost_percent=9)  # 24 of 40
    assert send({**site_of(left, lists=1), **answers}, census_with(left, gone)).withdrawn == 10


@pytest.mark.parametrize("damage", ["a case is missing", "no index", "not JSON", "its head counts wrong", "no cards"])
def test_a_search_that_lacks_cases_is_not_published(make_site: MakeSite, target_dir: Path, damage: str) -> None:
    pages = site_of(TWENTY, indexed=TWENTY[:-1] if damage == "a case is missing" else None)
    match damage:
        case "no index":
            del pages["search/index.json"]
        case "not JSON":
            pages["search/c/0-abcdef.json"] = '[{"u": "cases/call/ca'
        case "its head counts wrong":
            pages["search/index.json"] = '{"cases": 3}'
        case "no cards":
            del pages["search/c/0-abcdef.json"]
    site_dir = make_site(pages, census_with(TWENTY))
    with pytest.raises(PublishError, match="索引") as caught:
        publish(site_dir, Folder(target_dir), keep=5, now=NOW, max_lost_percent=10)
    said = str(caught.value)
    assert TWENTY[-1] in said or "另有 10 个" in said
    assert "showcase build" in said
    assert not (target_dir / "current").exists()
    publish(site_dir, Folder(target_dir), keep=5, now=NOW, max_lost_percent=None)
    assert live(target_dir) == pages


def test_a_withdrawn_case_that_comes_back_is_asked_about_once(send: Send, target_dir: Path) -> None:
    answers = {f"{TWENTY[1]}index.html": "已撤回"}
    send({**site_of(TWENTY[:1]), **answers}, census_with(TWENTY[:1], TWENTY[1:2]))
    back = (site_of(TWENTY[:2]), census_with(TWENTY[:2]))
    with pytest.raises(PublishError, match="已经撤回的案例又出现了") as caught:
        send(*back)
    assert TWENTY[1] in str(caught.value)
    send(*back, max_lost_percent=None)
    assert live(target_dir) == back[0]
    assert send({**back[0], "index.html": "新首页"}, back[1]).release.is_new


def test_a_live_release_without_its_manifest_is_measured_by_the_newest_that_has_one(
    send: Send, target_dir: Path
) -> None:
    send(site_of(TWENTY), census_with(TWENTY))
    second = send({**site_of(TWENTY), "index.html": "新首页"}, census_with(TWENTY)).release
    (target_dir / "releases" / f"{second.id}.json").unlink()
    with pytest.raises(PublishError, match="少了 20 个页面"):
        send(site_of([]), census_with([]))


def test_a_site_whose_census_is_lost_is_refused(make_site: MakeSite, target_dir: Path) -> None:
    site_dir = make_site(site_of(TWENTY), census_with(TWENTY))
    for text in ("", "{}", '{"cases": []'):
        (site_dir / ".showcase-site").unlink()
        (site_dir / ".showcase-site").write_text(text)
        with pytest.raises(PublishError, match="showcase build"):
            publish(site_dir, Folder(target_dir), keep=5, now=NOW, max_lost_percent=None)
    assert texts_under(target_dir) == {}

"""The finder of all cases and of the search page, on a phone and a desk, with and without script."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from generator.catalog.reader import read_catalog
from generator.pages.groups import lineage, topic_slugs

from .conftest import Open

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parent.parent.parent
PHONE, DESK = 390, 1440

Facets = dict[str, set[str]]

SHIFTS = """
  window.shifts = [];
  new PerformanceObserver(list => list.getEntries().forEach(entry => {
    if (!entry.hadRecentInput) window.shifts.push([entry.value, entry.sources.map(s => s.node && s.node.outerHTML)]);
  })).observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture(scope="module")
def cases() -> dict[str, Facets]:
    """Every public case with its facets, by address."""
    catalog = read_catalog(ROOT / "cases")
    words = catalog.vocabulary
    levels = {term.name: term.slug for term in words.levels}
    stages = {term.name: term.slug for term in words.stages}
    groups = {term.name: term.slug for term in words.groups}
    found = {}
    for submission in catalog.submissions:
        case = submission.case
        if not (case and case.status == "已公布" and case.honors):
            continue
        campaign = catalog.campaigns[submission.campaign_id]
        category = campaign.category(case.category)
        assert category
        found[f"cases/{submission.id}/"] = {
            "level": {levels[honor.level] for honor in case.honors},
            "grade": {words.grade_by_name[honor.grade].slug for honor in case.honors},
            "category": {groups[category.group]},
            "year": {str(campaign.year)},
            "campaign": {campaign.id},
            "region": set(lineage(case.unit.region, catalog.regions)),
            "stage": {stages[name] for name in case.stage},
            "topic": set(topic_slugs(case, words)),
        }
    return found


def passing(cases: dict[str, Facets], chosen: Facets, without: str = "") -> list[str]:
    return [
        url
        for url, own in cases.items()
        if all(facet == without or slugs & own[facet] for facet, slugs in chosen.items())
    ]


def live(page: Page) -> None:
    """Wait until the finder shows what its address asks."""
    expect(page.locator('[data-finder="live"]')).to_have_count(1)
    expect(page.locator(".finder__results")).to_have_attribute("aria-busy", "false")


def choose(page: Page, facet: str, slug: str) -> None:
    box = page.locator(f'.facet[data-facet="{facet}"]')
    if box.get_attribute("open") is None:
        box.locator("summary").click()
    if box.locator(f'input[value="{slug}"]').is_hidden():
        box.locator(".facet__all").click()
    box.locator(f'input[value="{slug}"]').check()
    live(page)


def counts(page: Page) -> dict[str, dict[str, int]]:
    rows: list[list[str]] = page.evaluate("""() => Array.from(document.querySelectorAll(".facet__row")).map(row => [
      row.querySelector("input").name, row.querySelector("input").value, row.querySelector(".facet__count").textContent])""")
    found: dict[str, dict[str, int]] = {}
    for facet, slug, count in rows:
        found.setdefault(facet, {})[slug] = int(count)
    return {facet: {slug: n for slug, n in own.items() if n} for facet, own in found.items()}


def shown(page: Page) -> list[str]:
    """The addresses of all results, in their order."""
    while page.get_by_role("button", name="加载更多").is_visible():
        page.get_by_role("button", name="加载更多").click()
        live(page)
    links = page.locator(".card__title a:visible")
    return [re.sub(r"^(\.\./)+", "", link.get_attribute("href") or "") for link in links.all()]


def open_filters(page: Page) -> None:
    if page.locator(".finder__toggle").is_visible():
        page.locator(".finder__toggle").click()


CHOSEN: list[Facets] = [
    {"level": {"city", "province"}, "year": {"2023"}},
    {"region": {"enshi"}, "stage": {"junior"}, "level": {"province"}},
    {"category": {"pilot"}, "topic": {"networked-schools"}},
    {"campaign": {"yueyang-2021"}, "grade": {"first-prize", "second-prize"}},
]


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("path", ["cases/", "search/"])
def test_facets_show_what_the_catalogue_holds_in_whatever_order_they_are_chosen(
    open_page: Open, cases: dict[str, Facets], path: str, width: int
) -> None:
    for chosen in CHOSEN:
        expected = set(passing(cases, chosen))
        steps = [(facet, slug) for facet, slugs in chosen.items() for slug in sorted(slugs)]
        addresses = set()
        for order in (steps, steps[::-1]):
            page = open_page(path, width=width)
            live(page)
            open_filters(page)
            for facet, slug in order:
                choose(page, facet, slug)
            own = {
                facet: Counter(s for url in passing(cases, chosen, facet) for s in cases[url][facet])
                for facet in counts(page)
            }
            assert counts(page) == own
            assert set(shown(page)) == expected
            expect(page.locator(".finder__status")).to_have_text(f"共 {len(expected)} 个案例")
            addresses.add(urlsplit(page.url).query)
            page.context.close()
        assert expected
        assert len(addresses) == 1


def test_before_anything_is_chosen_the_counts_are_those_of_the_catalogue(
    open_page: Open, cases: dict[str, Facets]
) -> None:
    page = open_page("cases/", width=DESK)
    live(page)
    everything = {facet: dict(Counter(s for own in cases.values() for s in own[facet])) for facet in counts(page)}
    assert counts(page) == everything
    assert list(everything) == ["level", "grade", "category", "year", "campaign", "region", "stage", "topic"]


def test_the_list_that_the_page_came_with_stays_until_something_is_chosen_and_comes_back(open_page: Open) -> None:
    page = open_page("cases/", width=DESK)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    live(page)
    still = page.locator(".finder__static")
    expect(still.locator(".card")).to_have_count(24)
    assert not any("/search/" in url for url in asked)
    page.evaluate("document.querySelector('.finder__static .card').isOld = true")
    choose(page, "level", "nation")
    expect(still).to_be_hidden()
    expect(page.locator(".pager")).to_be_hidden()
    page.get_by_role("button", name="去掉条件：国家级").click()
    expect(still).to_be_visible()
    expect(page.locator(".pager")).to_be_visible()
    assert page.evaluate("document.querySelector('.finder__static .card').isOld")
    assert urlsplit(page.url).query == ""


def test_what_is_chosen_is_seen_and_can_be_taken_away(open_page: Open, cases: dict[str, Facets]) -> None:
    page = open_page("cases/?level=province&level=city&year=2021", width=PHONE)
    live(page)
    chips = page.locator(".chip")
    assert chips.all_inner_texts() == ["省级 ×", "市级 ×", "2021年 ×", "全部清除"]
    expect(page.locator(".finder__toggle")).to_have_text("筛选（3）")
    page.get_by_role("button", name="去掉条件：省级").press("Enter")
    live(page)
    expect(chips.first).to_be_focused()
    assert set(shown(page)) == set(passing(cases, {"level": {"city"}, "year": {"2021"}}))
    page.get_by_role("button", name="清除全部筛选条件").click()
    expect(chips).to_have_count(0)
    expect(page.locator(".finder__toggle")).to_have_text("筛选")


@pytest.mark.parametrize("path", ["cases/", "search/"])
def test_an_address_shows_others_the_same_and_back_undoes_a_step(open_page: Open, path: str) -> None:
    page = open_page(path, width=DESK)
    live(page)
    page.locator("#finder-q").fill("课堂")
    page.locator("#finder-q").press("Enter")
    expect(page.locator(".finder__status")).to_contain_text("课堂")
    live(page)
    choose(page, "level", "province")
    page.get_by_label("排序").select_option("honour")
    live(page)
    mine, address = shown(page), page.url
    assert mine
    other = open_page(path + "?" + urlsplit(address).query, width=PHONE)
    live(other)
    assert shown(other) == mine
    assert other.get_by_label("排序").input_value() == "honour"
    page.go_back()
    page.go_back()
    expect(page.locator(".chip")).to_have_count(0)
    live(page)
    assert len(shown(page)) > len(mine)
    page.go_back()
    expect(page.locator("#finder-q")).to_have_value("")
    live(page)
    page.go_forward()
    expect(page.locator("#finder-q")).to_have_value("课堂")


def test_who_comes_back_from_a_case_finds_the_list_as_it_was(open_page: Open) -> None:
    page = open_page("search/", width=DESK)
    live(page)
    page.get_by_role("button", name="加载更多").click()
    expect(page.locator(".finder .card")).to_have_count(24)
    live(page)
    link = page.locator(".card__title a").nth(20)
    link.scroll_into_view_if_needed()
    top = page.evaluate("window.pageYOffset")
    assert top > 500
    link.click()
    expect(page.get_by_role("heading", name="基本信息")).to_be_visible()
    page.go_back()
    expect(page.locator(".finder .card")).to_have_count(24)
    page.wait_for_function("top => Math.abs(window.pageYOffset - top) < 5", arg=top)


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_rows_or_cards_are_remembered_on_both_pages(open_page: Open, width: int) -> None:
    page = open_page("cases/", width=width)
    live(page)

    def columns() -> tuple[float, float]:
        face = page.locator(".card__link:visible").first.bounding_box()
        card = page.locator(".card:visible").first.bounding_box()
        assert face
        assert card
        return face["width"], card["width"]

    face, card = columns()
    assert face == pytest.approx(card, abs=3)
    page.get_by_role("button", name="列表").click()
    face, card = columns()
    assert face < card / 2
    page.reload()
    live(page)
    assert columns() == (face, card)
    expect(page.get_by_role("button", name="列表")).to_have_attribute("aria-pressed", "true")
    page.goto(page.url.replace("/cases/", "/search/"))
    live(page)
    assert columns() == (face, card)
    page.get_by_role("button", name="卡片").click()
    face, card = columns()
    assert face == pytest.approx(card, abs=3)


LOOK = """() => Array.from(document.querySelectorAll(".card")).filter(card => card.offsetParent).map(card => {
  const size = node => { const box = node.getBoundingClientRect(); return [Math.round(box.width), Math.round(box.height)]; };
  const tree = node => [node.tagName, node.className, ...Array.from(node.children)
    .filter(one => one.tagName !== "SOURCE").map(tree)];
  return { url: card.querySelector("h3 a").getAttribute("href"), text: card.innerText, tree: tree(card),
           size: size(card.querySelector(".card__link")) };
})"""


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_card_drawn_by_script_looks_as_the_same_card_in_the_page(open_page: Open, width: int) -> None:
    page = open_page("cases/", width=width)
    live(page)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    written = {card["url"]: card for card in page.evaluate(LOOK)}
    assert len(written) == 24
    page.get_by_label("排序").select_option("year")
    live(page)
    shown(page)
    drawn = {card["url"]: card for card in page.evaluate(LOOK)}
    assert set(written) < set(drawn)
    for url, card in written.items():
        # The first pictures of a page are not put off, and so have no placeholder.
        for look in (card, drawn[url]):
            face = look["tree"][2]
            look["tree"][2] = [part for part in face if not (part[0] == "IMG" and part[1] == "placeholder")]
        assert drawn[url] == card


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize(
    "path", ["cases/", "search/", "cases/?level=province", "cases/?q=课堂", "cases/#rows", "search/?q=课堂"]
)
def test_nothing_jumps_when_the_finder_takes_over(open_page: Open, address: str, path: str, width: int) -> None:
    page = open_page("about/", width=width)
    if path.endswith("#rows"):
        page.evaluate("localStorage.setItem('view', 'list')")
    page.add_init_script(SHIFTS)
    page.goto(address + path)
    live(page)
    page.wait_for_load_state("networkidle")
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    shifts: list[Any] = page.evaluate("window.shifts")
    assert sum(shift[0] for shift in shifts) <= 0.02, shifts


def test_on_a_phone_the_facets_are_a_panel_that_says_how_many_results_wait(
    open_page: Open, cases: dict[str, Facets]
) -> None:
    page = open_page("cases/", width=PHONE)
    live(page)
    panel, toggle = page.locator(".finder__filters"), page.locator(".finder__toggle")
    expect(panel).to_be_hidden()
    toggle.click()
    expect(toggle).to_have_attribute("aria-expanded", "true")
    done = page.get_by_role("button", name="看结果")
    expect(done).to_have_text(f"看结果（{len(cases)}）")
    expect(done).to_be_in_viewport()
    choose(page, "level", "nation")
    expect(done).to_have_text(f"看结果（{len(passing(cases, {'level': {'nation'}}))}）")
    expect(toggle).to_have_text("筛选（1）")
    done.click()
    expect(panel).to_be_hidden()
    expect(page.locator(".finder__status")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE


def test_no_results_offer_ways_out(open_page: Open) -> None:
    page = open_page("cases/?q=量子纠缠望远镜", width=PHONE)
    live(page)
    expect(page.locator(".finder__empty")).to_contain_text("没有案例含有“量子纠缠望远镜”")
    page.get_by_role("link", name="看全部案例").click()
    expect(page.locator(".finder__static .card").first).to_be_visible()
    assert urlsplit(page.url).query == ""


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_without_script_all_cases_are_a_list_with_its_groups(open_page: Open, width: int) -> None:
    page = open_page("cases/", width=width, script=False)
    expect(page.locator(".card:visible")).to_have_count(24)
    expect(page.get_by_text("筛选需要浏览器的脚本功能")).to_be_visible()
    for name in (".finder__form", ".finder__toggle", ".finder__tools", ".finder__done", ".finder__more", ".facet__all"):
        for node in page.locator(name).all():
            expect(node).to_be_hidden()
    page.locator(".pager").get_by_role("link", name="下一页").click()
    assert page.locator(".card:visible").count() > 0
    page.go_back()
    page.get_by_role("link", name="国家级").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("国家级")


def test_the_second_page_is_a_plain_list_that_leads_back_to_the_finder(open_page: Open) -> None:
    page = open_page("cases/page/2/", width=PHONE)
    expect(page.locator("[data-finder]")).to_have_count(0)
    page.get_by_role("link", name="筛选与搜索").click()
    live(page)

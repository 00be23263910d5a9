from __future__ import annotations

import gzip
import json
import random
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from generator.search import Entry
from generator.search.slots import assign_slots
from generator.search.tokens import fold

from .conftest import Site
from .samples import LABELS, holds, zones

pytestmark = pytest.mark.browser

VECTORS = json.loads(Path(__file__).with_name("vectors.json").read_text(encoding="utf-8"))


def visit(page: Page, site: Site, search: str = "", folder: str = "find") -> None:
    page.goto(f"{site.address}/{folder}/all/{search}")
    settle(page)


def settle(page: Page) -> None:
    expect(page.locator(".finder__results")).to_have_attribute("aria-busy", "false")


def matching(site: Site, *terms: str) -> list[Entry]:
    return [case for case in site.cases if all(holds(case, term) is not None for term in terms)]


def facet(case: Entry, name: str) -> tuple[str, ...]:
    return dict(case.facets).get(name, ())


def found(page: Page) -> int:
    text = page.locator(".finder__status").inner_text()
    numbers = re.findall(r"(\d+) 个案例", text)
    assert numbers, text
    return int(numbers[0])


def counts(page: Page, name: str) -> dict[str, int]:
    rows = page.locator(f'.facet[data-facet="{name}"] li:not([hidden])')
    return {
        row.locator("input").get_attribute("value") or "": int(row.locator(".facet__count").text_content() or "")
        for row in rows.all()
    }


def expect_vectors(page: Page) -> None:
    folded = page.evaluate(
        "texts => texts.map(t => ShowcaseSearch.fold(t).text)", [text for text, _ in VECTORS["fold"]]
    )
    assert folded == [expected for _, expected in VECTORS["fold"]]
    parts = page.evaluate("rows => rows.map(r => ShowcaseSearch.marked(r[0], [r[1]]))", VECTORS["marked"])
    assert parts == [expected for *_, expected in VECTORS["marked"]]
    parsed = page.evaluate("rows => rows.map(r => ShowcaseSearch.parse(r[0]))", VECTORS["parse"])
    assert [[p["wanted"], p["unwanted"], p["dropped"]] for p in parsed] == [row[1:] for row in VECTORS["parse"]]


def test_the_script_cuts_text_as_the_vectors_say(page: Page, site: Site) -> None:
    visit(page, site)
    expect_vectors(page)


def test_an_engine_without_property_escapes_cuts_the_same(page: Page, site: Site) -> None:
    page.add_init_script("""{
      const Real = RegExp;
      window.RegExp = function (source, flags) {
        if (String(source).includes("\\\\p{")) throw new SyntaxError("no property escapes");
        return new Real(source, flags);
      };
      window.RegExp.prototype = Real.prototype;
    }""")
    visit(page, site)
    assert page.evaluate("() => { try { new RegExp('\\\\p{L}', 'u'); return false } catch (e) { return true } }")
    expect_vectors(page)


def queries(site: Site) -> list[str]:
    rng = random.Random(11)
    fields = [field for case in site.cases for _zone, field in zones(case) if len(field) > 8]
    terms = [
        "5g",
        "2021年",
        "ai",
        "vrar",
        "智慧教育平台",
        "国家中小学智慧教育平台",
        "𠮷",
        "学",
        "没有的词",
        "平台国家中",
    ]
    for length in (1, 2, 3, 4, 6, 12):
        for _ in range(40):
            field = rng.choice(fields)
            at = rng.randrange(max(1, len(field) - length))
            terms.append(field[at : at + length])
    terms += [f"{rng.choice(terms)} {rng.choice(terms)}" for _ in range(40)]
    terms += [f"{rng.choice(terms[:200])} -{rng.choice(terms[:200])}" for _ in range(40)]
    return [term for term in terms if term.strip()]


@pytest.mark.parametrize("folder", ["find", "real"])
def test_every_query_finds_what_containment_finds_and_nothing_else(page: Page, site: Site, folder: str) -> None:
    visit(page, site, folder=folder)
    slots, _ = assign_slots([case.url for case in site.cases])
    asked = queries(site)
    answers = page.evaluate(
        """async ([url, queries]) => {
          const index = await ShowcaseSearch.openIndex(url);
          const out = [];
          for (const q of queries) out.push((await index.match(ShowcaseSearch.parse(q))).slots);
          return out;
        }""",
        ["../search/index.json", asked],
    )
    empty = 0
    for query, answer in zip(asked, answers, strict=True):
        wanted = [fold(word).text for word in query.split() if word[0] != "-"]
        unwanted = [fold(word).text for word in query.split() if word[0] == "-"]
        expected = {
            slot
            for slot, case in zip(slots, site.cases, strict=True)
            if all(holds(case, term) is not None for term in wanted)
            and not any(holds(case, term) is not None for term in unwanted)
        }
        assert set(answer) == expected, query
        empty += not expected
    assert empty < len(asked) / 2


def test_results_are_ordered_by_where_the_term_stands_then_honour_then_year(page: Page, site: Site) -> None:
    visit(page, site, f"?q={quote('学习空间')}")
    hits = matching(site, "学习空间")
    assert found(page) == len(hits) > 20
    while page.locator(".finder__more").is_visible():
        page.locator(".finder__more").click()
        settle(page)
    by_url = {case.url: case for case in hits}
    shown = [by_url[(link.get_attribute("href") or "")[3:]] for link in page.locator(".card__title a").all()]
    keys = [(holds(case, "学习空间"), -case.rank, -case.card.year) for case in shown]
    assert len(shown) == len(hits)
    assert keys == sorted(keys)


def test_without_a_query_all_cases_are_listed_the_newest_first(page: Page, site: Site) -> None:
    visit(page, site)
    assert found(page) == len(site.cases)
    assert page.locator(".card").count() == 12
    for count in (24, 36, 48):
        page.locator(".finder__more").click()
        settle(page)
        assert page.locator(".card").count() == count
    by_url = {case.url: case for case in site.cases}
    shown = [by_url[(link.get_attribute("href") or "")[3:]] for link in page.locator(".card__title a").all()]
    first = sorted((-case.card.year, -case.rank) for case in site.cases)[:48]
    assert [(-case.card.year, -case.rank) for case in shown] == first
    assert len(set(first)) > 1


def test_facets_widen_inside_and_narrow_across_and_count_what_a_click_would_show(page: Page, site: Site) -> None:
    visit(page, site, "?level=city&level=province&year=2021")
    levels, years = {"city", "province"}, {"2021"}

    def passes(case: Entry, without: str = "") -> bool:
        return (without == "level" or bool(levels & set(facet(case, "level")))) and (
            without == "year" or bool(years & set(facet(case, "year")))
        )

    assert found(page) == sum(passes(case) for case in site.cases) > 0
    for name in LABELS:
        expected = {
            slug: count
            for slug, _ in LABELS[name]
            if (count := sum(slug in facet(case, name) for case in site.cases if passes(case, name)))
        }
        assert counts(page, name) == expected, name


def test_the_state_is_in_the_address_and_back_undoes_a_step(page: Page, site: Site) -> None:
    visit(page, site)
    page.locator("#finder-q").fill("智慧课堂")
    page.locator("#finder-q").press("Enter")
    expect(page.locator(".finder__status")).to_contain_text("智慧课堂")
    settle(page)
    all_hits = found(page)
    page.locator('input[name="level"][value="city"]').check()
    settle(page)
    page.locator("#finder-sort").select_option("year")
    settle(page)
    search = urlsplit(unquote(page.url)).query
    assert search == "q=智慧课堂&level=city&sort=year"
    narrowed = found(page)
    assert narrowed == sum("city" in facet(case, "level") for case in matching(site, "智慧课堂")) < all_hits
    page.go_back()
    page.go_back()
    expect(page.locator(".chip")).to_have_count(0)
    settle(page)
    assert (found(page), page.locator('input[name="level"][value="city"]').is_checked()) == (all_hits, False)
    page.go_back()
    expect(page.locator(".finder__status")).to_contain_text(f"共 {len(site.cases)} 个案例")
    assert page.locator("#finder-q").input_value() == ""
    page.go_forward()
    expect(page.locator("#finder-q")).to_have_value("智慧课堂")


def test_a_chip_takes_its_condition_away(page: Page, site: Site) -> None:
    visit(page, site, "?level=city&year=2021")
    assert page.locator(".chip").all_inner_texts() == ["市级 ×", "2021年 ×", "全部清除"]
    page.get_by_role("button", name="去掉条件：市级").click()
    expect(page.locator(".chip")).to_have_count(1)
    settle(page)
    assert urlsplit(page.url).query == "year=2021"
    assert found(page) == sum("2021" in facet(case, "year") for case in site.cases)


def test_every_result_shows_the_term_marked(page: Page, site: Site) -> None:
    for term in ("智慧课堂", "学习空间", "国家中小学智慧教育平台", "课堂学校", "5G"):
        visit(page, site, f"?q={quote(term)}")
        assert page.locator(".card").count() > 0, term
        for card in page.locator(".card").all():
            marked = [fold(text).text for text in card.locator("mark").all_inner_texts()]
            assert any(fold(term).text in text for text in marked), card.inner_text()


@pytest.mark.parametrize("folder", ["find", "real"])
def test_the_excerpt_is_found_deep_inside_a_long_body(page: Page, site: Site, folder: str) -> None:
    visit(page, site, f"?q={quote('学习空间 独角兽')}", folder=folder)
    assert page.locator(".card").count() == 1
    assert page.locator(".card__excerpt").inner_text().endswith("尾声里才有学习空间四个字。")
    assert page.locator(".card__excerpt mark").all_inner_texts() == ["学习空间"]


def test_hostile_text_is_shown_as_text(page: Page, site: Site) -> None:
    visit(page, site, f"?q={quote('恶意')}")
    card = page.locator(".card").first
    assert "<script>window.broken=1</script>" in card.locator(".card__title").inner_text()
    assert 'onerror="window.broken=1"' in card.locator(".card__excerpt").inner_text()
    assert page.locator(".finder script, .finder img[onerror]").count() == 0
    visit(page, site, f"?q={quote('<img src=x onerror=window.broken=1>')}&level=%3Cb%3E")
    assert page.evaluate("window.broken") is None
    assert "<img" in page.locator(".finder__status").inner_text()


def test_nothing_found_says_what_to_try(page: Page, site: Site) -> None:
    visit(page, site, f"?q={quote('智慧课堂 火星')}")
    assert found(page) == 0
    empty = page.locator(".finder__empty")
    assert "没有案例含有“火星”" in empty.inner_text()
    empty.get_by_text("只搜“智慧课堂”").click()
    settle(page)
    assert found(page) == len(matching(site, "智慧课堂"))
    assert page.locator("#finder-q").input_value() == "智慧课堂"


def test_conditions_that_leave_nothing_can_be_dropped_at_once(page: Page, site: Site) -> None:
    term = next(case.title for case in site.cases if facet(case, "year") == ("2021",))
    visit(page, site, f"?q={quote(fold(term).text)}&year=2023")
    assert found(page) == 0
    page.locator(".finder__empty").get_by_text("去掉筛选条件").click()
    settle(page)
    assert found(page) == len(matching(site, fold(term).text)) > 0


def test_words_without_any_letter_are_dropped_and_named(page: Page, site: Site) -> None:
    visit(page, site, f"?q={quote('智慧课堂 ···')}")
    assert found(page) == len(matching(site, "智慧课堂"))
    assert "“···”里没有文字，已略过" in page.locator(".finder__status").inner_text()


def test_a_failed_download_can_be_tried_again(page: Page, site: Site) -> None:
    site.failing.add("/table-")
    page.goto(f"{site.address}/find/all/")
    expect(page.locator(".finder__status")).to_contain_text("没有加载成功")
    site.failing.clear()
    page.get_by_role("button", name="再试一次").click()
    expect(page.locator(".finder__status")).to_contain_text(f"共 {len(site.cases)} 个案例")


def test_one_query_loads_little_and_nothing_twice(page: Page, site: Site) -> None:
    visit(page, site, f"?q={quote('智慧课堂')}", folder="real")
    paths = [path.split("?")[0] for path in site.asked if "favicon" not in path]
    assert len(paths) == len(set(paths))
    files = [site.folder / path.lstrip("/") for path in paths]
    total = sum(len(gzip.compress(file.read_bytes())) for file in files if file.is_file() and file.suffix != ".html")
    assert total < 130_000


def test_on_a_phone_filters_open_on_demand_and_nothing_is_wider_than_the_screen(page: Page, site: Site) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    visit(page, site, f"?q={quote('智慧课堂')}")
    assert page.locator(".finder__filters").is_hidden()
    page.locator(".finder__toggle").click()
    assert page.locator(".finder__filters").is_visible()
    page.locator('input[name="level"][value="city"]').check()
    settle(page)
    assert "level=city" in page.url
    sizes: Any = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert sizes[0] <= sizes[1]

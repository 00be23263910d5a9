"""What search fields propose: by keyboard, by touch, and without the list where it cannot come."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from .conftest import Open

pytestmark = pytest.mark.browser


def field(page: Page, name: str) -> Locator:
    return page.locator(f"#{name}")


def listed(page: Page) -> Locator:
    return page.get_by_role("option")


def begin(page: Page, name: str, words: str) -> Locator:
    """The field, focused and with what it knows loaded, and *words* typed into it."""
    input_ = field(page, name)
    input_.focus()
    expect(input_).to_have_attribute("role", "combobox")
    input_.press_sequentially(words)
    return input_


def test_nothing_is_loaded_before_somebody_goes_to_a_field(open_page: Open) -> None:
    page = open_page("", width=1440)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    page.wait_for_load_state("networkidle")
    assert not any("suggest" in url or "/search/" in url for url in asked)
    begin(page, "home-q", "联")
    expect(listed(page).first).to_be_visible()
    assert sum("suggest." in url for url in asked) == 1
    assert sum("/search/" in url for url in asked) == 2


@pytest.mark.parametrize("name", ["home-q", "header-q"])
def test_a_topic_is_reached_by_arrow_and_enter(open_page: Open, name: str) -> None:
    page = open_page("", width=1440)
    input_ = begin(page, name, "个课堂")
    option = page.get_by_role("group", name="主题").get_by_role("option", name="三个课堂")
    expect(option).to_be_visible()
    expect(option).to_contain_text("个案例")
    expect(input_).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    assert input_.get_attribute("aria-activedescendant") == option.get_attribute("id")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("三个课堂")
    assert page.url.endswith("/topic/three-classrooms/")


def test_a_title_leads_to_its_case_and_the_round_of_arrows_passes_the_field(open_page: Open) -> None:
    page = open_page("about/", width=1440)
    input_ = begin(page, "header-q", "水杉")
    options = listed(page)
    expect(options).to_have_count(1)
    page.keyboard.press("ArrowUp")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")
    expect(options.first).to_have_attribute("aria-selected", "false")
    assert input_.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("一棵水杉的三百六十五天")


def test_enter_alone_searches_and_escape_closes_without_emptying_the_field(open_page: Open) -> None:
    page = open_page("about/", width=1440)
    input_ = begin(page, "header-q", "教学点")
    expect(listed(page).first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(input_).to_have_value("教学点")
    expect(input_).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("ArrowDown")
    expect(listed(page).first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(".finder__status")).to_contain_text("“教学点”找到")


def test_the_number_of_proposals_is_announced(open_page: Open) -> None:
    page = open_page("", width=390)
    input_ = begin(page, "home-q", "小学")
    expect(listed(page).first).to_be_visible()
    status = page.locator(".hero [role=status]")
    expect(status).to_have_text(f"{listed(page).count()} 条建议，用上下方向键选择")
    input_.fill("量子纠缠")
    expect(status).to_have_text("没有建议，按回车键搜索")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_a_finger_chooses_a_region(open_page: Open) -> None:
    page = open_page("", width=390, touch=True)
    field(page, "home-q").tap()
    expect(field(page, "home-q")).to_have_attribute("role", "combobox")
    page.keyboard.type("利川")
    option = page.get_by_role("group", name="地区").get_by_role("option", name="利川市")
    box, width = page.get_by_role("listbox").bounding_box(), page.evaluate("innerWidth")
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    option.tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("利川市")


@pytest.mark.parametrize("path", ["cases/", "search/"])
def test_in_the_finder_a_topic_becomes_a_facet_and_a_unit_leads_to_its_page(open_page: Open, path: str) -> None:
    page = open_page(path, width=1440)
    expect(page.locator('[data-finder="live"]')).to_be_visible()
    begin(page, "finder-q", "网络联校")
    page.get_by_role("group", name="主题").get_by_role("option", name="网络联校").click()
    expect(page.locator(".chip")).to_have_text(["网络联校 ×"])
    expect(field(page, "finder-q")).to_have_value("")
    assert page.url.endswith(f"{path}?topic=networked-schools")
    field(page, "finder-q").press_sequentially("示例")
    page.get_by_role("group", name="单位").get_by_role("option").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("示例")
    assert "/unit/" in page.url


def test_letters_of_an_unfinished_pinyin_are_no_words(open_page: Open) -> None:
    page = open_page("", width=1440)
    input_ = begin(page, "home-q", "")
    input_.evaluate("""field => {
      field.dispatchEvent(new CompositionEvent("compositionstart"));
      field.value = "5";
      field.dispatchEvent(new InputEvent("input"));
    }""")
    expect(page.get_by_role("listbox", include_hidden=True)).to_be_hidden()
    input_.evaluate("""field => {
      field.value = "网络";
      field.dispatchEvent(new CompositionEvent("compositionend"));
    }""")
    expect(listed(page).first).to_be_visible()
    expect(page.locator(".suggest mark").first).to_have_text("网络")


def test_the_list_lies_over_what_follows_and_goes_when_the_field_is_left(open_page: Open) -> None:
    page = open_page("", width=1440)
    begin(page, "home-q", "学")
    options = listed(page)
    expect(options.first).to_be_visible()
    on_top = options.first.evaluate("""option => {
      const box = option.getBoundingClientRect();
      return option.contains(document.elementFromPoint(box.x + 20, box.y + box.height / 2));
    }""")
    assert on_top
    page.keyboard.press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_without_script_the_fields_search_as_forms_do(open_page: Open) -> None:
    page = open_page("", width=390, script=False)
    field(page, "home-q").fill("教学点")
    field(page, "home-q").press("Enter")
    assert "search/?q=" in page.url
    expect(page.get_by_text("没有脚本时")).to_be_visible()

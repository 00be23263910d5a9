"""Prose with pictures: where it stands on the site, what is refused, and where people find the guides."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from PIL import Image

from generator.catalog.submission import Catalog
from generator.errors import RenderError
from generator.pages import leaves
from generator.pages.call_views import CampaignsView
from generator.pages.campaign_views import CampaignView
from generator.pages.cards import Shelf
from generator.pages.map import site_map
from generator.pages.markup import article
from generator.pages.texts import read_texts, text_files
from generator.pages.views import LinkView, Text
from generator.store import Store

from .sample_site import FACTS, URL, catalog

GUIDES = {
    name: Text(title=title, body="写给老师。", pictures={})
    for name, title in (("about", "关于"), ("guides/county", "县市区"), ("guides/school", "投稿指南"))
}


@pytest.fixture
def pages_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "prose"
    (folder / "guides" / "images").mkdir(parents=True)
    (folder / "about.md").write_text("# 关于\n\n文字。\n", "utf-8")
    (folder / "guides" / "school.md").write_text('# 指南\n\n![一张课表](images/a.webp "图")\n', "utf-8")
    Image.new("RGB", (900, 300)).save(folder / "guides" / "images" / "a.webp")
    return folder


def test_a_picture_lies_where_its_page_names_it_and_has_its_size(pages_dir: Path, tmp_path: Path) -> None:
    texts = read_texts(pages_dir)
    assert list(texts) == ["about", "guides/school"]
    picture = texts["guides/school"].pictures["images/a.webp"]
    assert (picture.width_px, picture.height_px, picture.alt) == (900, 300, "一张课表")
    files = text_files(texts, pages_dir, Store(tmp_path / "store"))
    assert list(files) == ["guides/images/a.webp"]
    kept = files["guides/images/a.webp"]
    assert kept.read_bytes() == (pages_dir / "guides/images/a.webp").read_bytes()
    assert not kept.samefile(pages_dir / "guides/images/a.webp")


def test_prose_and_pictures_that_lie_elsewhere_are_not_followed(pages_dir: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("# 秘密\n", "utf-8")
    (pages_dir / "secret.md").symlink_to(tmp_path / "secret.md")
    with pytest.raises(RenderError, match="外面的链接"):
        read_texts(pages_dir)
    (pages_dir / "secret.md").unlink()
    (pages_dir / "guides" / "images").rename(tmp_path / "images")
    (pages_dir / "guides" / "images").symlink_to(tmp_path / "images")
    with pytest.raises(RenderError, match="不存在"):
        read_texts(pages_dir)


@pytest.mark.parametrize(
    ("target", "told"), [("images/b.webp", "不存在"), ("../../x.webp", "不存在"), ("images/a.png", "不是 WebP")]
)
def test_a_picture_that_cannot_be_shown_stops_the_build_with_its_line(pages_dir: Path, target: str, told: str) -> None:
    Image.new("RGB", (9, 9)).save(pages_dir / "guides" / "images" / "a.png")
    Image.new("RGB", (9, 9)).save(pages_dir.parent / "x.webp")
    (pages_dir / "guides" / "school.md").write_text(f"# 指南\n\n第三行\n\n![图]({target})\n", "utf-8")
    with pytest.raises(RenderError, match=rf"school\.md:5 .*{told}"):
        read_texts(pages_dir)


def test_guides_stand_below_the_calls_schools_first(pages_dir: Path) -> None:
    assert leaves.guides(GUIDES) == (
        LinkView(text="投稿指南", url="guides/school/"),
        LinkView(text="县市区", url="guides/county/"),
    )
    page = {one.url: one for one in leaves.text_pages(read_texts(pages_dir))}["guides/school/"]
    assert page.section == "campaigns"
    assert [crumb.url for crumb in page.crumbs] == ["", "campaigns/"]
    assert page.scripts == ("viewer.js",)


def _with_status(status: str) -> Catalog:
    found = catalog()
    calls = tuple(
        dataclasses.replace(call, campaign=call.campaign.model_copy(update={"status": status}))
        if call.campaign
        else call
        for call in found.calls
    )
    return dataclasses.replace(found, calls=calls)


@pytest.mark.parametrize(("status", "is_offered"), [("征集中", True), ("已公布", False)])
def test_a_call_offers_the_guides_while_one_can_hand_in(status: str, is_offered: bool) -> None:
    made = site_map(
        _with_status(status), frozenset(), Shelf(), GUIDES, site_name=FACTS.name, site_url=URL, site_description=""
    )
    pages = {page.url: page.view for page in made.pages}
    call = pages["campaigns/yueyang-2021/"]
    assert isinstance(call, CampaignView)
    assert bool(call.guides) is is_offered
    calls = pages["campaigns/"]
    assert isinstance(calls, CampaignsView)
    assert [link.url for link in calls.guides] == ["guides/school/", "guides/county/"]


def test_a_list_to_tick_off_keeps_its_boxes() -> None:
    made = article("- [ ] 写完了\n- [x] 交了\n\n一段\n\n- 平常的", {}, lambda _: "").html
    assert '<li class="tick">□ 写完了</li>' in made
    assert '<li class="tick">☑ 交了</li>' in made
    assert "<li>平常的</li>" in made

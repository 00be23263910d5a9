"""The editors' page as an editor uses it: a folder of her own machine, a new case with a picture, a mended old one."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from PIL import Image
from playwright.sync_api import Browser

from browser.editing import Desk, serving_admin
from generator.catalog.reader import read_catalog
from generator.cli import main
from generator.pages.admin.config import Desk as Office
from generator.pages.admin.config import admin_config
from generator.pages.admin.page import admin_files, policy
from generator.pages.admin.program import find_program
from generator.pages.admin.server import GitServer
from generator.pages.place import place
from generator.store import Store

pytestmark = [pytest.mark.browser, pytest.mark.npm]

LOCAL = GitServer(kind="local")
OLD = "yueyang-2021/jingkai-old-words"

# Everything that a form could lose: comments apart, which no program keeps that reads YAML.
OLD_TEXT = """---
title: "经开区示例小学：一个“老案例”"
unit: {name: 经开区示例小学, region: jingkai, kind: 学校, tags: [示例示范校]}
category: 学校
topics: [数字校园]
stage: [小学]
period: {from: "2020-09", to: "2021-06"}
authors:
  - {name: 李示例, unit: 经开区示例小学, role: 教师}
summary: >-
  学校把午间三分钟还给孩子，
  用一块小屏记录。
attachments:
  - {file: attachments/plan.pdf, title: 方案（示例）, kind: 工作方案, hidden: 扣留}
honors:
  - {level: 市级, grade: 三等奖, year: 2021, doc_no: 某教通〔2021〕12号}
consent: {given: true, date: 2021-10-15, scope: [公开, 展示], minors: 学生均为背影}
original: true
allow:
  - {rule: PRV005, reason: 学校的公开电话, shown: 0730-****34}
status: 已公布
published: 2021-11-23
updated: 2022-01-05
aliases: [old-words]
related: [yueyang-2021/quyuan-nineteen-pupils]
---

## 案例背景

咨询电话 0730-8123434 。正文里有 *强调*、`code` 和

| 表 | 头 |
| :-- | --: |
| 一 | 2 |

* 星号列表
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, root: Path, editors_program: Store) -> Path:
    """A small project built with the page, as `showcase build` does where mkdocs.yml asks for it."""
    folder = tmp_path_factory.mktemp("admin")
    for part in ("theme", "docs/site"):
        shutil.copytree(root / part, folder / part)
    text = (root / "mkdocs.yml").read_text("utf-8")
    (folder / "mkdocs.yml").write_text(text.replace("- showcase:\n", "- showcase:\n      admin: local\n"), "utf-8")
    shutil.copytree(root / "cases", folder / "cases", ignore=_only_some)
    old = folder / "cases" / OLD
    (old / "attachments").mkdir(parents=True)
    (old / "index.md").write_text(OLD_TEXT, "utf-8")
    paper = "yueyang-2020-pilots/huarong-furong-union/attachments/acceptance-report.pdf"
    shutil.copy(root / "cases" / paper, old / "attachments" / "plan.pdf")
    (folder / ".showcase").mkdir()
    (folder / ".showcase" / "store").symlink_to(editors_program.root)
    done = CliRunner().invoke(main, ["-f", str(folder / "mkdocs.yml"), "build"])
    assert done.exit_code == 0, done.output
    return folder


def _only_some(folder: str, names: list[str]) -> set[str]:
    """What is not copied: every call but two, and every case but the one that the old one names."""
    kept = {"regions.yml", "vocabulary.yml", "exhibition-4-2021", "yueyang-2021", "campaign.yml", "notice.md"}
    is_of_a_case = Path(folder).parent.name not in ("cases", "") and Path(folder).name != "cases"
    return set() if is_of_a_case else set(names) - kept - {"quyuan-nineteen-pupils"}


@pytest.fixture
def desk(browser: Browser, project: Path) -> Iterator[Desk]:
    with serving_admin(project, f"{policy(LOCAL)}; frame-ancestors 'none'") as address:
        made = Desk(browser, address)
        made.page.set_default_timeout(20_000)
        yield made
        made.context.close()


def checked(project: Path, case: str) -> str:
    """What `showcase check` says of *case*, which must be free of errors."""
    done = CliRunner().invoke(main, ["-f", str(project / "mkdocs.yml"), "check", str(project / "cases" / case)])
    assert done.exit_code == 0, done.output
    return done.output


def assert_kept_to_itself(desk: Desk) -> None:
    """Nothing reached another host. The program's fonts come with it, and still it names those of a CDN in its styles."""
    assert desk.asked_elsewhere == []
    assert {url.rsplit(".", 1)[-1] for url in desk.stopped} <= {"woff2"}
    assert desk.complaints == []


def front_and_body(data: bytes) -> tuple[dict[str, object], str]:
    _, front, body = data.decode().split("---\n", 2)
    return yaml.safe_load(front), body


def test_a_new_case_with_a_picture_is_saved_as_a_case_that_check_passes(
    desk: Desk, project: Path, tmp_path: Path
) -> None:
    picture = tmp_path / "课堂 照片 (1).jpg"
    Image.effect_noise((1_600, 1_200), 40).save(picture, quality=90)
    desk.fill(project, OLD)
    desk.open()
    desk.go("collections/yueyang-2021/new")
    desk.write("title", "示例：午间三分钟，小屏记下孩子的话")
    desk.write("unit.name", "岳阳楼区示例小学")
    desk.choose("unit.region", "岳阳楼区")
    desk.choose("category", "学校：学校典型案例")
    desk.write("topics", "数字校园")
    desk.add("authors")
    desk.write("authors.0.name", "李示例")
    desk.write("summary", "学校把午间三分钟还给孩子，用一块小屏记下他们想说的话。")
    desk.field("body").get_by_role("button", name="以 Markdown 编辑").click()
    desk.field("body").locator("[contenteditable=true] h2").last.click()
    desk.page.keyboard.press("End")
    desk.page.keyboard.press("Enter")
    desk.page.keyboard.type("下一步，把小屏搬到教学点。")
    desk.add("pictures")
    desk.field("pictures.0.file").locator("input[type=file]").first.set_input_files(picture)
    desk.write("pictures.0.alt", "三名学生背对镜头围坐在小桌旁")
    desk.page.locator("section", has_text="案例的网址用它").locator("input").first.fill("yueyanglou-noon-minutes")
    desk.save()

    case = "yueyang-2021/yueyanglou-noon-minutes"
    saved = desk.files(f"cases/{case}/")
    front, body = front_and_body(saved.pop(f"cases/{case}/index.md"))
    (kept,) = saved
    assert saved[kept] == picture.read_bytes()
    assert front == {
        "title": "示例：午间三分钟，小屏记下孩子的话",
        "unit": {"name": "岳阳楼区示例小学", "region": "yueyanglou"},
        "category": "学校",
        "topics": ["数字校园"],
        "authors": [{"name": "李示例"}],
        "summary": "学校把午间三分钟还给孩子，用一块小屏记下他们想说的话。",
        "pictures": [{"file": kept.removeprefix(f"cases/{case}/"), "alt": "三名学生背对镜头围坐在小桌旁"}],
    }
    assert body.startswith("\n## 案例背景\n") and body.endswith("\n下一步，把小屏搬到教学点。\n")

    for path, data in desk.files(f"cases/{case}/").items():
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_bytes(data)
    said = checked(project, case)
    assert "MED014" not in said, "the name of the picture is one that travels"
    assert_kept_to_itself(desk)


def test_mending_an_old_case_loses_no_field_and_no_character_of_the_text(desk: Desk, project: Path) -> None:
    desk.fill(project, OLD)
    desk.open()
    desk.go(f"collections/yueyang-2021/entries/{OLD.split('/')[1]}/index")
    desk.write("subtitle", "示例副标题")
    desk.save()
    path = f"cases/{OLD}/index.md"
    saved = desk.files(f"cases/{OLD}/")[path]
    was, was_body = front_and_body(OLD_TEXT.encode())
    now, now_body = front_and_body(saved)
    assert now == was | {"subtitle": "示例副标题"}
    assert now_body == was_body
    (project / path).write_bytes(saved)
    try:
        checked(project, OLD)
    finally:
        (project / path).write_text(OLD_TEXT, "utf-8")
    assert_kept_to_itself(desk)


def test_what_is_wrong_is_said_in_chinese_and_nothing_is_saved(desk: Desk, project: Path) -> None:
    desk.fill(project, OLD)
    desk.open()
    desk.go("collections/yueyang-2021/new")
    desk.write("title", "短")
    desk.page.locator("section", has_text="案例的网址用它").locator("input").first.fill("noon_minutes")
    desk.field("period").get_by_role("checkbox").click()
    desk.write("period.from", "2021年3月")
    desk.page.get_by_role("button", name="保存", exact=True).first.click()
    desk.field("period.from").get_by_text("“开始时间”写得不对：写成 2021、2021-03 或 2021-03-15").first.wait_for()
    desk.page.get_by_text("只能用小写英文字母、数字和连字符").first.wait_for()
    assert set(desk.files("cases/")) == {f"cases/{OLD}/index.md", f"cases/{OLD}/attachments/plan.pdf"}


def test_without_script_the_page_says_what_to_do_and_no_machine_lists_it(browser: Browser, project: Path) -> None:
    with serving_admin(project, policy(LOCAL)) as address:
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{address}admin/")
        assert "您的浏览器关闭了脚本" in page.locator("main").inner_text()
        assert not page.get_by_text("正在打开").is_visible()
        assert page.locator("meta[name=robots]").get_attribute("content") == "noindex, nofollow"
        context.close()


def test_the_policy_stops_what_would_reach_another_host(desk: Desk, project: Path) -> None:
    desk.context.route(
        "https://elsewhere.example/**",
        lambda route: route.fulfill(status=200, body="reached", headers={"Access-Control-Allow-Origin": "*"}),
    )
    desk.fill(project, OLD)
    desk.open()
    reached = desk.page.evaluate(
        "fetch('https://elsewhere.example/x').then((answer) => answer.text(), () => 'stopped')"
    )
    assert reached == "stopped"
    shown = """new Promise((done) => { const image = new Image();
      image.onload = () => done('reached'); image.onerror = () => done('stopped'); image.src = 'https://elsewhere.example/x.png'; })"""
    assert desk.page.evaluate(shown) == "stopped"


SERVERS = {
    "github": GitServer(kind="github", address="https://github.com", repo="city/cases"),
    "github-own": GitServer(kind="github", address="https://git.example.cn", repo="city/cases", branch="main"),
    "gitlab": GitServer(kind="gitlab", address="https://git.example.cn", repo="city/web/cases", app_id="abc"),
    "gitea": GitServer(kind="gitea", address="https://git.example.cn", repo="city/cases", branch="cases"),
}
API = {
    "github": "https://api.github.com/",
    "github-own": "https://git.example.cn/api/v3/",
    "gitlab": "https://git.example.cn/api/v4/",
    "gitea": "https://git.example.cn/api/v1/",
}


@pytest.fixture
def site_for(root: Path, editors_program: Store, tmp_path: Path) -> Callable[[GitServer], Path]:
    """Makes a site of nothing but the page, for a server."""

    def make(server: GitServer) -> Path:
        catalog = read_catalog(root / "cases")
        office = Office(site_name="示例网", site_url="https://x.example/", site_path="/", cases="cases", server=server)
        calls = [catalog.campaigns["enshi-2023"]]
        config = admin_config(office, calls, catalog.regions, catalog.vocabulary)
        found = find_program(editors_program)
        assert found is not None
        files = admin_files(config, server, "示例网", found, root / "theme" / "templates", editors_program)
        icon = root / "theme/assets/images/favicon.svg"
        place(files | {"assets/images/favicon.svg": icon}, tmp_path / "site")
        return tmp_path

    return make


@pytest.mark.parametrize("name", SERVERS)
def test_signing_in_asks_the_git_server_and_nobody_else(
    browser: Browser, site_for: Callable[[GitServer], Path], name: str
) -> None:
    server = SERVERS[name]
    with serving_admin(site_for(server), policy(server)) as address:
        desk = Desk(browser, address)
        desk.page.set_default_timeout(20_000)
        answered: list[str] = []

        def refuse(route: object) -> None:
            answered.append(route.request.url)  # type: ignore[attr-defined]
            cors = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*"}
            route.fulfill(status=401, json={"message": "Bad credentials"}, headers=cors)  # type: ignore[attr-defined]

        desk.context.route(lambda url: not url.startswith(address) and "/fontsource/" not in url, refuse)
        desk.page.goto(f"{address}admin/")
        desk.page.get_by_role("button", name="使用访问令牌登录").click()
        desk.page.get_by_role("textbox").fill("not-a-token")
        desk.page.get_by_role("button", name="登录", exact=True).click()
        desk.page.get_by_text("令牌无效").or_(desk.page.get_by_text("请检查后重试")).first.wait_for()
        assert answered
        assert all(url.startswith(API[name]) for url in answered), answered
        assert not [text for text in desk.said if "onfiguration" in text and not text.startswith("debug")], desk.said
        desk.context.close()

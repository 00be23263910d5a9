"""The editors' page follows the model and the call, its program is the pinned one or none, and a build is whole without it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from conftest import MakeProject
from generator.catalog.case import Case
from generator.catalog.reader import read_catalog
from generator.catalog.submission import Catalog
from generator.cli import main
from generator.errors import ToolError
from generator.pages.admin.config import Desk, admin_config
from generator.pages.admin.fetching import fetch_program
from generator.pages.admin.fields import LEFT_OUT
from generator.pages.admin.page import policy
from generator.pages.admin.program import find_program, keep_program
from generator.pages.admin.server import GitServer
from generator.pages.admin.words import with_our_words
from generator.settings import read_settings
from generator.store import Store


@pytest.fixture(scope="module")
def catalog(root: Path) -> Catalog:
    return read_catalog(root / "cases")


def config_of(catalog: Catalog, server: GitServer) -> dict[str, Any]:
    desk = Desk(site_name="示例网", site_url="https://x.example/sub/", site_path="/sub/", cases="cases", server=server)
    text = admin_config(desk, catalog.campaigns.values(), catalog.regions, catalog.vocabulary)
    made: dict[str, Any] = json.loads(text)
    return made


@pytest.fixture(scope="module")
def forms(catalog: Catalog) -> dict[str, dict[str, Any]]:
    """By call: its fields by name, with dots before fields of a part."""

    def named(fields: list[dict[str, Any]], above: str = "") -> dict[str, Any]:
        found: dict[str, Any] = {}
        for field in fields:
            name = f"{above}{field['name']}"
            found |= {name: field} | named(field.get("fields", []), f"{name}.")
        return found

    collections = config_of(catalog, GitServer(kind="local"))["collections"]
    return {collection["name"]: named(collection["fields"]) for collection in collections}


def test_every_field_of_the_model_is_asked_for_or_left_out_on_purpose(forms: dict[str, dict[str, Any]]) -> None:
    of_model = set(Case.model_fields)
    asked = {name for name in forms["yueyang-2020-pilots"] if "." not in name}
    assert asked - {"body"} == of_model - LEFT_OUT
    assert asked - set(forms["yueyang-2021"]) == {"partners", "project"}, "only pilots have partners and a state"


def test_choices_are_the_words_of_the_call(forms: dict[str, dict[str, Any]], catalog: Catalog) -> None:
    for call, fields in forms.items():
        campaign = catalog.campaigns[call]
        codes = [option["value"] for option in fields["category"].get("options", [])]
        assert codes == [category.code for category in campaign.categories]
    labels = {option["value"]: option["label"] for option in forms["enshi-2023"]["unit.region"]["options"]}
    assert labels == {region.slug: region.name for region in catalog.regions.regions}
    grades = [option["value"] for option in forms["yueyang-2020-pilots"]["honors.grade"]["options"]]
    assert "立项" in grades and "一等奖" not in grades


def test_bounds_of_the_call_stand_under_their_fields_with_their_clause(forms: dict[str, dict[str, Any]]) -> None:
    fields = forms["yueyang-2021"]
    assert "摘要必须不超过 300 字〔通知 附件 四(二)1(2)〕" in fields["summary"]["hint"]
    assert "正文必须不超过 5000 字" in fields["body"]["hint"]
    assert "图片大小原则上不少于 3 MB" in fields["pictures"]["hint"]
    assert fields["authors"]["max"] == 5
    assert "max" not in fields["attachments"], "that bound only advises"
    assert fields["body"]["default"].startswith("## 案例背景\n\n## 解决的关键问题")


def test_no_hint_speaks_of_how_files_write_it(forms: dict[str, dict[str, Any]]) -> None:
    for call, fields in forms.items():
        for name, field in fields.items():
            said = field["label"] + field.get("hint", "")
            for word in ("slug", "media/", "true", "spoken", "keywords", "引号"):
                assert word not in said, f"{call} {name}: {said}"


def test_pictures_land_beside_their_case(catalog: Catalog, forms: dict[str, dict[str, Any]]) -> None:
    for collection in config_of(catalog, GitServer(kind="local"))["collections"]:
        assert collection["folder"] == f"cases/{collection['name']}"
        assert (collection["path"], collection["media_folder"]) == ("{{slug}}/index", "media")
    assert forms["yueyang-2021"]["attachments.file"]["public_folder"] == "attachments"


@pytest.mark.parametrize(
    ("server", "backend", "hosts"),
    [
        (GitServer(kind="local"), {"name": "gitea", "auth_methods": ["token"]}, ()),
        (
            GitServer(kind="github", address="https://github.com", repo="a/b"),
            {"api_root": "https://api.github.com", "auth_methods": ["token"]},
            ("https://api.github.com", "https://github.com"),
        ),
        (
            GitServer(kind="gitlab", address="https://git.example.cn:8443", repo="a/b/c", app_id="x"),
            {
                "api_root": "https://git.example.cn:8443/api/v4",
                "graphql_api_root": "https://git.example.cn:8443/api/graphql",
                "auth_type": "pkce",
                "app_id": "x",
            },
            ("https://git.example.cn:8443",),
        ),
        (
            GitServer(kind="gitea", address="https://git.example.cn/forge", repo="a/b", branch="cases"),
            {"api_root": "https://git.example.cn/forge/api/v1", "branch": "cases", "auth_methods": ["token"]},
            ("https://git.example.cn",),
        ),
    ],
)
def test_each_server_gets_its_interface_and_the_policy_names_it_alone(
    catalog: Catalog, server: GitServer, backend: dict[str, Any], hosts: tuple[str, ...]
) -> None:
    config = config_of(catalog, server)
    assert backend.items() <= config["backend"].items()
    assert config["publish_mode"] == ("editorial_workflow" if server.kind in ("github", "gitlab") else "simple")
    rules = dict(rule.split(" ", 1) for rule in policy(server).split("; "))
    assert rules["connect-src"].split() == ["'self'", "data:", "blob:", *hosts]
    assert rules["default-src"] == "'none'"
    assert "unsafe" not in rules["script-src"]


def test_a_package_that_is_not_the_pinned_one_is_refused_whole(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with pytest.raises(ToolError, match="指纹不符"):
        keep_program(b"something else", store)
    assert find_program(store) is None
    assert not list(tmp_path.rglob("*.js"))


def test_our_words_take_the_place_of_some_and_leave_the_others() -> None:
    theirs = {"slug": "别名", "title": "标题", "save_conflict": {"title": "x", "other": "y"}}
    ours = with_our_words(theirs)
    assert ours["slug"] == "案例的目录名"
    assert ours["title"] == "标题"
    assert ours["save_conflict"]["other"] == "y"
    assert ours["save_conflict"]["title"] == "别人也改了这个案例"
    assert theirs["save_conflict"] == {"title": "x", "other": "y"}


def built(project: Path, *words: str) -> str:
    done = CliRunner().invoke(main, ["-f", str(project / "mkdocs.yml"), *words])
    assert done.exit_code == 0, done.output
    return done.output


def without_npm(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that has every tool but Node's."""
    real = shutil.which
    monkeypatch.setattr(shutil, "which", lambda name, *rest: None if name in ("npm", "node") else real(name, *rest))


def test_a_build_without_node_is_whole_but_for_the_page_and_says_so(
    make_project: MakeProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = make_project("hunan-2020-tkbtx/xiangxi-one-phone", own_store=True)
    monkeypatch.setenv("SHOWCASE_ADMIN", "local")
    without_npm(monkeypatch)
    said = built(project, "build")
    assert "没有生成编辑页 /admin/：这台机器上没有 Node 和 npm。其他页面不受影响。" in said
    assert (project / "site" / "index.html").is_file()
    assert not (project / "site" / "admin").exists()


@pytest.mark.npm
def test_a_registry_that_refuses_is_told_in_the_words_of_npm_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9/")
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "cache"))
    monkeypatch.setenv("npm_config_fetch_retry_mintimeout", "10")
    with pytest.raises(ToolError, match=r"：npm \S+ code ECONNREFUSED"):  # not what Node says of our options
        fetch_program(Store(tmp_path / "store"))


def test_the_page_is_off_unless_the_settings_ask_for_it(
    make_project: MakeProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SHOWCASE_ADMIN", raising=False)
    project = make_project("hunan-2020-tkbtx/xiangxi-one-phone")
    said = built(project, "build")
    assert "admin" not in said
    assert not (project / "site" / "admin").exists()


@pytest.mark.npm
def test_what_the_store_holds_is_not_fetched_again_and_needs_no_npm(
    make_project: MakeProject, monkeypatch: pytest.MonkeyPatch, root: Path
) -> None:
    project = make_project("hunan-2020-tkbtx/xiangxi-one-phone")
    monkeypatch.setenv("SHOWCASE_ADMIN", "local")
    assert "@sveltia/cms" in built(project, "admin")
    without_npm(monkeypatch)
    assert "不用再取" in built(project, "admin")
    built(project, "build")
    page = (project / "site" / "admin" / "index.html").read_text("utf-8")
    assert '<meta name="robots" content="noindex, nofollow">' in page
    assert (project / "site" / "admin" / "LICENSE.txt").exists() or list(
        (project / "site" / "admin").glob("*/LICENSE.txt")
    )
    public = [path for path in (project / "site").rglob("*.html") if "admin" not in path.parts]
    assert public
    assert not [path for path in public if "/admin/" in path.read_text("utf-8")], "no page leads visitors there"
    assert "admin" not in (project / "site" / "sitemap.xml").read_text("utf-8")


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("admin: svn", "admin"),
        ("admin: {backend: gitea, repo: a/b}", "admin.server"),
        ("admin: {backend: gitlab}", "admin.repo"),
        ("admin: {backend: gitlab, repo: a/b, server: 'http://git.example.cn'}", "admin.server"),
        ('admin: {backend: gitlab, repo: a/b, server: "https://x.cn; script-src *"}', "admin.server"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_named(make_project: MakeProject, written: str, says: str) -> None:
    path = make_project() / "mkdocs.yml"
    path.write_text(path.read_text("utf-8").replace("- showcase:\n", f"- showcase:\n      {written}\n"), "utf-8")
    done = CliRunner().invoke(main, ["-f", str(path), "check"])
    assert done.exit_code == 2, done.output
    assert says in done.output


def test_a_server_in_the_settings_is_read(make_project: MakeProject) -> None:
    path = make_project() / "mkdocs.yml"
    written = "admin: {backend: gitea, server: 'https://git.example.cn', repo: jyj/cases, branch: main}"
    path.write_text(path.read_text("utf-8").replace("- showcase:\n", f"- showcase:\n      {written}\n"), "utf-8")
    asked = read_settings(path).options.admin
    assert asked is not None
    assert (asked.backend, asked.server, asked.repo) == ("gitea", "https://git.example.cn", "jyj/cases")

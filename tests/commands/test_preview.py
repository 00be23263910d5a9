"""What reviewers get: drafts, marked and hidden from machines; a proposal alone; never the site, and never what is withheld."""

from __future__ import annotations

import contextlib
import hashlib
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import SMALL, MakeProject
from generator.cli import main

DRAFT, OTHER = SMALL
WITHDRAWN = "yueyang-2021/linxiang-float-physics"
PHRASE = "这一句只在带错误的案例里出现"


def git(project: Path, *words: str) -> None:
    identity = ("-c", "user.name=editor", "-c", "user.email=editor@localhost")
    subprocess.run(["git", *identity, *words], cwd=project, check=True, capture_output=True)


def run(project: Path, *words: str, code: int = 0) -> str:
    """What the command says."""
    with contextlib.chdir(project):
        done = CliRunner().invoke(main, words)
    assert done.exit_code == code, done.output
    return done.output


def edited(project: Path, case: str, old: str, new: str) -> None:
    path = project / "cases" / case / "index.md"
    text, count = re.subn(old, new, path.read_text("utf-8"), count=1, flags=re.MULTILINE)
    assert count == 1
    path.write_text(text, "utf-8")


def broken(project: Path, case: str) -> None:
    """The case with a telephone number, which withholds it."""
    path = project / "cases" / case / "index.md"
    path.write_text(path.read_text("utf-8") + f"\n\n{PHRASE}：13812345678。\n", "utf-8")


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def texts(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.html")}


def says(folder: Path, words: str) -> list[str]:
    """Every file that holds *words*, whatever it is."""
    return [path.name for path in folder.rglob("*") if path.is_file() and words.encode() in path.read_bytes()]


@pytest.fixture
def project(make_project: MakeProject) -> Path:
    """Two cases, of which one is a draft."""
    folder = make_project()
    edited(folder, DRAFT, r"^status: .*$", "status: 草稿")
    return folder


@pytest.fixture
def proposal(project: Path) -> Path:
    """The project as a repository, on a branch that has changed nothing yet."""
    (project / ".gitignore").write_text(".showcase\npreview-site\n")
    git(project, "init", "-q", "-b", "main")
    git(project, "add", "-A")
    git(project, "commit", "-qm", "before")
    return project


def test_a_draft_has_a_page_for_reviewers_that_says_so_and_none_on_the_site(project: Path) -> None:
    run(project, "build")
    assert not (project / "site" / "cases" / DRAFT).exists()
    run(project, "preview")
    page = (project / "preview-site" / "cases" / DRAFT / "index.html").read_text("utf-8")
    assert "这个案例：草稿，网站上不展示。" in page
    public = (project / "preview-site" / "cases" / OTHER / "index.html").read_text("utf-8")
    assert "这个案例：" not in public
    listed = (project / "preview-site" / "preview" / "index.html").read_text("utf-8")
    assert f'href="../cases/{DRAFT}/"' in listed
    assert f'href="../cases/{OTHER}/"' not in listed


@pytest.mark.parametrize("since", [(), ("--since", "main")], ids=["site", "folder"])
def test_every_page_is_marked_and_machines_are_kept_out(proposal: Path, since: tuple[str, ...]) -> None:
    edited(proposal, DRAFT, r"\Z", "补一句。\n")
    run(proposal, "preview", *since)
    folder = proposal / "preview-site"
    pages = texts(folder)
    assert len(pages) >= 30
    for path, page in pages.items():
        assert re.search(r"<title>【预览】", page), path
        assert page.count('<strong class="preview__mark">预览</strong>') == 1, path
        assert page.count('<meta name="robots" content="noindex">') == 1, path
        assert not re.search(r'application/atom\+xml|og:url|rel="canonical"|application/ld\+json', page), path
    assert (folder / "robots.txt").read_text() == "User-agent: *\nDisallow: /\n"
    assert not list(folder.rglob("*.xml"))
    assert not list(folder.rglob("cases.json"))
    assert "没有数据文件" in pages["data/index.html"]


def test_a_build_after_a_preview_is_the_bytes_of_one_without(make_project: MakeProject) -> None:
    with_preview, without = make_project(name="a", own_store=True), make_project(name="b", own_store=True)
    for folder in (with_preview, without):
        edited(folder, DRAFT, r"^status: .*$", "status: 草稿")
    git(with_preview, "init", "-q", "-b", "main")
    git(with_preview, "add", "cases")
    git(with_preview, "commit", "-qm", "before")
    edited(with_preview, OTHER, r"\Z", "\n")
    run(with_preview, "preview", "--since", "main")
    git(with_preview, "checkout", "-q", "cases")
    run(with_preview, "preview")
    run(with_preview, "build")
    run(without, "build")
    site = digests(without / "site")
    assert len(site) > 60
    assert digests(with_preview / "site") == site
    assert says(with_preview / "site", "preview__") == []
    run(with_preview, "preview")
    assert "没有变化" in run(with_preview, "build")
    assert digests(with_preview / "site") == site


def test_a_withheld_case_has_its_errors_on_the_list_and_nothing_else_of_it_anywhere(proposal: Path) -> None:
    broken(proposal, DRAFT)
    for since in ((), ("--since", "main")):
        done = run(proposal, "preview", *since, code=1)
        assert "PRV002" in done
        folder = proposal / "preview-site"
        assert not (folder / "cases" / DRAFT).exists()
        assert says(folder, PHRASE) == []
        assert says(folder, "13812345678") == []
        listed = (folder / ("index.html" if since else "preview/index.html")).read_text("utf-8")
        assert "有错误，改好以前没有页面" in listed
        assert "正文里有手机号码 138****78" in listed
        assert not list((folder / "media").glob("*")) or not since


def test_what_was_withdrawn_is_shown_to_no_reviewer(make_project: MakeProject) -> None:
    project = make_project(OTHER, WITHDRAWN)
    title = re.search(r"^title: (.*)$", (project / "cases" / WITHDRAWN / "index.md").read_text("utf-8"), re.MULTILINE)
    assert title
    run(project, "preview")
    folder = project / "preview-site"
    assert "案例已撤回" in (folder / "cases" / WITHDRAWN / "index.html").read_text("utf-8")
    named = [path for path, page in texts(folder).items() if title[1].strip("\"'“”") in page]
    assert named == ["preview/index.html"]


def test_of_a_proposal_only_its_cases_have_pages_and_media(proposal: Path) -> None:
    edited(proposal, DRAFT, r"\Z", "补一句。\n")
    done = run(proposal, "preview", "--since", "main")
    folder = proposal / "preview-site"
    assert "预览：案例 1 个" in done
    assert {path.parent.name for path in folder.glob("cases/*/*/index.html")} >= {DRAFT.split("/")[1]}
    assert not (folder / "cases" / OTHER).exists()
    assert (folder / "campaigns" / DRAFT.split("/")[0] / "index.html").is_file()
    shown = "".join(texts(folder).values())
    media = {path.name for path in (folder / "media").iterdir()}
    assert media
    assert [name for name in media if name not in shown] == []


def test_of_other_cases_no_media_are_made_for_a_proposal(make_project: MakeProject) -> None:
    project = make_project(own_store=True)
    git(project, "init", "-q", "-b", "main")
    (project / ".gitignore").write_text(".showcase\npreview-site\n")
    git(project, "add", "-A")
    git(project, "commit", "-qm", "before")
    made = project / ".showcase" / "store" / "media"
    assert len(list((project / "cases" / DRAFT / "media").iterdir())) == 1
    edited(project, OTHER, r"\Z", "补一句。\n")
    run(project, "preview", "--since", "main")
    assert not made.exists()
    edited(project, DRAFT, r"\Z", "补一句。\n")
    run(project, "preview", "--since", "main")
    assert made.exists()
    inodes = {path.stat().st_ino for path in made.rglob("*")}
    media = list((project / "preview-site" / "media").iterdir())
    assert len(media) > 5
    assert {path.stat().st_ino for path in media} <= inodes


def test_every_address_in_the_folder_of_a_proposal_names_a_file_that_is_there(proposal: Path) -> None:
    edited(proposal, DRAFT, r"\Z", '见 `<a href="../">`。\n')
    run(proposal, "preview", "--since", "main")
    folder = proposal / "preview-site"
    looked_at = 0
    for path, page in texts(folder).items():
        for address in re.findall(r'\s(?:href|src|action)="([^"]*)"', re.sub(r"<code>.*?</code>", "", page)):
            if address.startswith(("data:", "#")):
                continue
            target = (folder / path).parent / re.split(r"[?#]", address)[0]
            assert target.resolve().is_relative_to(folder.resolve()), f"{path}: {address}"
            assert target.is_file(), f"{path}: {address}"
            looked_at += 1
    assert looked_at > 700
    # Words of a text that look like a link are words.
    assert '&lt;a href="../"&gt;' in (folder / "cases" / DRAFT / "index.html").read_text("utf-8")


def test_the_first_page_tells_of_what_is_gone_of_calls_and_of_what_all_share(proposal: Path) -> None:
    shutil.rmtree(proposal / "cases" / OTHER)
    numbered = proposal / "cases" / "yueyang-2021" / "tel-13812345678"
    numbered.mkdir()
    (numbered / "index.md").write_text("x")
    call = proposal / "cases" / DRAFT.split("/")[0] / "campaign.yml"
    call.write_text(call.read_text("utf-8") + "# 补一行\n", "utf-8")
    regions = proposal / "cases" / "regions.yml"
    regions.write_text(regions.read_text("utf-8") + "# 补一行\n", "utf-8")
    run(proposal, "preview", "--since", "main", code=1)
    first = (proposal / "preview-site" / "index.html").read_text("utf-8")
    assert "yueyang-2021/tel-138****78" in first
    assert says(proposal / "preview-site", "13812345678") == []
    assert "目录已删除" in first
    assert OTHER in first
    assert f'href="./campaigns/{DRAFT.split("/")[0]}/index.html"' in first
    assert "全部案例共用的文件" in first
    assert "没有列在这里的案例也可能受影响" in first


def test_a_call_with_an_error_takes_its_cases_along_and_says_so(proposal: Path) -> None:
    notice = proposal / "cases" / DRAFT.split("/")[0] / "notice.md"
    notice.write_text(notice.read_text("utf-8") + "\n联系电话 13812345678\n", "utf-8")
    edited(proposal, DRAFT, r"\Z", "补一句。\n")
    run(proposal, "preview", "--since", "main", code=1)
    first = (proposal / "preview-site" / "index.html").read_text("utf-8")
    assert "所属活动的文件有错误，改好以前没有页面" in first
    assert "有错误，改好以前它和它的案例都没有页面" in first
    assert says(proposal / "preview-site", "13812345678") == []


def test_a_proposal_that_changes_no_case_still_has_a_first_page(proposal: Path) -> None:
    run(proposal, "preview", "--since", "main")
    assert "这次改动没有涉及案例和活动" in (proposal / "preview-site" / "index.html").read_text("utf-8")


def test_a_draft_without_honours_of_a_call_that_is_open_to_objections_can_be_looked_at(project: Path) -> None:
    edited(project, DRAFT, r"^honors:\n(?:  .*\n)+", "")
    call = project / "cases" / OTHER.split("/")[0] / "campaign.yml"
    call.write_text(re.sub(r"^status: .*$", "status: 公示中", call.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    run(project, "build")
    assert not list((project / "site").glob("cases/*/*/index.html"))
    run(project, "preview")
    folder = project / "preview-site"
    assert "这个案例：草稿" in (folder / "cases" / DRAFT / "index.html").read_text("utf-8")
    assert "这个案例：所属活动正在公示" in (folder / "cases" / OTHER / "index.html").read_text("utf-8")


def test_no_preview_is_published_whatever_folder_it_is_in(project: Path, tmp_path: Path) -> None:
    run(project, "preview")
    target = tmp_path / "srv"
    settings = project / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8").replace("site_dir: site", "site_dir: preview-site"), "utf-8")
    done = run(project, "publish", str(target), code=3)
    assert "这是预览，里面有草稿，不能发布" in done
    assert not (target / "current").exists()
    # Nor does a site take its place unasked, or without its hidden file pass for one.
    assert "不敢覆盖" in run(project, "build", code=3)
    (project / "preview-site" / ".showcase-preview").unlink()
    assert "不是本程序生成的网站" in run(project, "publish", str(target), code=3)


@pytest.mark.parametrize("output", ["site", "site/inner", "cases/preview", "."])
def test_a_preview_never_takes_the_place_of_the_site_or_lies_among_the_cases(project: Path, output: str) -> None:
    run(project, "build")
    before = digests(project / "site")
    done = run(project, "preview", "--output", output, code=2)
    assert "请给预览换一个目录" in done
    assert digests(project / "site") == before


def test_a_copy_of_the_site_is_not_replaced_by_a_preview(project: Path) -> None:
    run(project, "build")
    shutil.copytree(project / "site", project / "kept")
    assert "不敢覆盖" in run(project, "preview", "--output", "kept", code=3)


def test_serve_takes_no_folder(project: Path) -> None:
    assert "--serve" in run(project, "preview", "--serve", "--since", "main", code=2)

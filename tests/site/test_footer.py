"""The footer shows what the settings give and nothing for what they lack; a site in production is reminded of that."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner

from conftest import MakeProject
from generator.cli import main
from generator.pages.leaving import way_out
from generator.settings import read_settings

MARKS = {
    "icp": "湘ICP备00000000号-1",
    "police": "湘公网安备 00000000000000号",
    "site_code": "0000000000",
    "organiser": "示例教育局",
    "undertaker": "示例教科院",
    "contact": "示例教科院信息中心",
}


def built(project: Path, given: dict[str, str]) -> tuple[str, str]:
    """The home page of *project* with these settings, and its footer."""
    env = {f"SHOWCASE_{name.upper()}": value for name, value in given.items()}
    done = CliRunner().invoke(main, ["-f", str(project / "mkdocs.yml"), "build"], env=env)
    assert done.exit_code == 0, done.output
    home = (project / "site" / "index.html").read_text("utf-8")
    return home, home[home.index("<footer") :]


def test_the_footer_shows_what_is_set_and_its_marks_leave_by_a_page(make_project: MakeProject) -> None:
    project = make_project()
    home, footer = built(project, MARKS)
    for value in MARKS.values():
        assert value in footer
    assert "示例教育局主办" in home
    assert f'href="./{way_out("https://beian.miit.gov.cn/")}"' in footer
    for way in re.findall(r'href="\./(leave/[0-9a-f]{10}/)"', footer):
        assert (project / "site" / way / "index.html").is_file()


def test_an_empty_footer_has_no_empty_row(make_project: MakeProject) -> None:
    project = make_project()
    home, footer = built(project, dict.fromkeys(MARKS, ""))
    assert "<dl" not in footer
    assert "footer__marks" not in footer
    assert "主办" not in footer
    assert "tools__who" not in home


def test_a_site_in_production_is_reminded_of_each_empty_mark_and_fails_for_none(make_project: MakeProject) -> None:
    project = make_project()
    settings = project / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8").replace("sample: true", "sample: false"), "utf-8")
    given = {"SHOWCASE_ICP": "", "SHOWCASE_POLICE": "湘公网安备 00000000000000号", "SHOWCASE_SITE_CODE": " "}
    for command in (("build", "--strict"), ("check",)):
        done = CliRunner().invoke(main, ["-f", str(settings), *command], env=given)
        assert done.exit_code == 0, done.output
        assert "提醒：mkdocs.yml 的设置 icp 是空的，页脚不会显示ICP备案号。" in done.stderr
        assert "site_code" in done.stderr
        assert "police" not in done.stderr
        assert "organiser" not in done.stderr
        assert "提醒：mkdocs.yml" not in done.stdout
    mkdocs = [str(Path(sys.executable).parent / "mkdocs"), "build", "--strict", "--site-dir", "other"]
    done_there = subprocess.run(
        mkdocs, cwd=project, env={**os.environ, **given}, capture_output=True, text=True, check=False
    )
    assert done_there.returncode == 0, done_there.stderr
    assert "设置 icp 是空的" in done_there.stderr


def test_a_site_of_samples_is_reminded_of_nothing(make_project: MakeProject) -> None:
    assert read_settings(make_project() / "mkdocs.yml").reminders == ()

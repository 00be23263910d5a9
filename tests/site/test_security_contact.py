"""Who found a hole is told whom to tell: on the site, in the repository, and from the same settings."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import MakeProject
from generator.cli import main
from generator.pages.listing import SECURITY_PATH, SecurityContact, security_file
from generator.settings import read_settings
from generator.store import Store


def test_the_site_tells_as_rfc_9116_has_it_what_the_settings_say(site: Path, root: Path) -> None:
    options = read_settings(root / "mkdocs.yml").options
    lines = (site / SECURITY_PATH).read_text("utf-8").splitlines()
    fields = dict(line.split(": ", 1) for line in lines)
    assert len(fields) == len(lines)  # each once
    assert fields["Contact"] == options.security_contact
    assert datetime.datetime.fromisoformat(fields["Expires"]).date() == options.security_expires
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", fields["Expires"])
    assert fields["Canonical"] == f"{read_settings(root / 'mkdocs.yml').site_url}{SECURITY_PATH}"
    assert fields["Preferred-Languages"] == "zh, en"


def test_it_is_left_out_where_nobody_would_look_for_it_or_nobody_is_named(tmp_path: Path) -> None:
    contact = SecurityContact(address="mailto:a@example.org", expires=datetime.date(2027, 1, 2))
    assert list(security_file(contact, "https://example.org/", Store(tmp_path))) == [SECURITY_PATH]
    assert security_file(contact, "https://example.org/sub/", Store(tmp_path)) == {}
    assert security_file(None, "https://example.org/", Store(tmp_path)) == {}


def test_the_repository_names_the_same_people(root: Path) -> None:
    text = (root / ".github" / "SECURITY.md").read_text("utf-8")
    options = read_settings(root / "mkdocs.yml").options
    for told in (options.organiser, options.contact, options.security_contact):
        assert told and told in text


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"SHOWCASE_SECURITY_CONTACT": "办公室"}, "应像 mailto:"),
        ({"SHOWCASE_SECURITY_CONTACT": "javascript:alert(1)"}, "应像 mailto:"),
        ({"SHOWCASE_SECURITY_CONTACT": "mailto:a@example.org\nx", "SHOWCASE_SECURITY_EXPIRES": "2027-01-02"}, "应像"),
        ({"SHOWCASE_SECURITY_EXPIRES": ""}, "就要写 security_expires"),
        ({"SHOWCASE_SECURITY_EXPIRES": "明年"}, "security_expires"),
    ],
)
def test_a_contact_that_no_program_could_use_is_a_wrong_setting(
    make_project: MakeProject, given: dict[str, str], says: str
) -> None:
    done = CliRunner().invoke(main, ["-f", str(make_project() / "mkdocs.yml"), "check"], env=given)
    assert (done.exit_code, says in done.output) == (2, True), done.output


def test_a_site_in_production_without_a_contact_is_reminded_of_it(make_project: MakeProject) -> None:
    settings = make_project() / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8").replace("sample: true", "sample: false"), "utf-8")
    done = CliRunner().invoke(main, ["-f", str(settings), "check"], env={"SHOWCASE_SECURITY_CONTACT": ""})
    assert (done.exit_code, "发现漏洞的人不知道该告诉谁" in done.stderr) == (0, True)

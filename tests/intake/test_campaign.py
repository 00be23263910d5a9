"""How a call stands, in the numbers of its pages; and next year's call, of which nothing is published half-filled."""

from __future__ import annotations

import csv
import io
import re
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from generator.catalog.campaign import Campaign
from generator.catalog.document import read_data
from generator.catalog.reader import read_catalog
from generator.catalog.submission import Catalog
from generator.check.examine import examine
from generator.commands.standing import Part, standing
from generator.intake.nextcall import next_call
from generator.pages.cards import Shelf
from generator.pages.figure_views import StatisticsView
from generator.pages.map import SiteMap, site_map
from generator.pages.quotas import received_table
from generator.pages.result_views import ResultsView

from .conftest import CALLS, Run, tree

ROOT = Path(__file__).parents[2]
SAMPLES = ("enshi-2023", "hunan-2020-tkbtx", "yueyang-2020-pilots", "yueyang-2021")


@cache
def _catalog() -> Catalog:
    return read_catalog(ROOT / "cases")


@cache
def _site() -> SiteMap:
    return site_map(
        _catalog(), frozenset(), Shelf(), {}, site_name="示例", site_url="https://example.org/", site_description=""
    )


def _views() -> list[object]:
    return [page.view for page in _site().pages]


@cache
def _parts(campaign_id: str) -> dict[str, Part]:
    found = standing(_catalog().campaigns[campaign_id], _catalog(), frozenset())
    return {part.title: part for part in found}


@pytest.mark.parametrize("call", SAMPLES)
def test_places_have_the_numbers_of_the_page_of_statistics(call: str) -> None:
    (view,) = [one for one in _views() if isinstance(one, StatisticsView)]
    (table,) = [one for one in view.places if one.call.url == f"campaigns/{call}/"]
    shown = [(row.place.text, row.received, row.awarded) for row in (*table.rows, table.total)]
    ours = [(row[0], None if row[1] == "报送数未登记" else row[1], row[4]) for row in _parts(call)["各地报送"].rows]
    assert ours == shown


@pytest.mark.parametrize("call", SAMPLES)
def test_awards_have_the_numbers_of_the_award_list(call: str) -> None:
    (view,) = [one for one in _views() if isinstance(one, ResultsView) and f"/{call}/" in one.campaign.results_url]
    part = _parts(call).get("市级奖项")
    assert (part is not None) == bool(view.shares)
    if part:
        rows = [row[:5] for row in part.rows if row[1] != ""]
        assert rows == [(s.grade, s.wished_share, s.actual, s.actual_share, s.proposal) for s in view.shares]
        assert f"获奖 {view.total} 个" in part.note


@pytest.mark.parametrize("call", SAMPLES)
def test_categories_have_the_numbers_of_their_own_pages(call: str) -> None:
    pages = {group.slug: len(group.members) for group in _site().groups["category"]}
    categories = _catalog().campaigns[call].categories
    ours = [row[2] for row in _parts(call)["各类别"].rows]
    assert ours == [pages.get(f"{call}-{category.slug}", 0) for category in categories]


def test_what_a_county_owes_is_what_the_page_shows_as_handed_in_short_of_the_minimum() -> None:
    campaign = _catalog().campaigns["enshi-2023"]
    table = received_table(campaign, _catalog().regions)
    assert table is not None
    least = [int(n) for column in table.columns for n in re.findall(r"至少 (\d+)", column)]
    codes = [quota.category for quota in campaign.quotas]
    ours = {row[0]: row[3] for row in _parts("enshi-2023")["各地报送"].rows}
    for place, cells in table.rows:
        owed = [f"{c}缺{n - int(cell)}" for c, n, cell in zip(codes, least, cells, strict=True) if int(cell) < n]
        assert ours[place] == "；".join(owed)
    assert ours["利川市"] == "B1缺2；B2缺2；C缺5"


def test_where_nothing_is_registered_nobody_owes_anything() -> None:
    part = _parts("yueyang-2020-pilots")["各地报送"]
    assert {row[1] for row in part.rows} == {"报送数未登记"}
    assert {row[3] for row in part.rows} == {""}
    assert "不推算" in part.note
    partly = _parts("hunan-2020-tkbtx")["各地报送"]
    assert {row[3] for row in partly.rows if row[1] == "报送数未登记"} == {""}
    assert [row[3] for row in partly.rows if row[0] == "张家界市"] == ["“停课不停学”缺2"]


def _changed(campaign_id: str, **changes: Any) -> tuple[Campaign, Catalog]:
    old = _catalog().campaigns[campaign_id]
    campaign = Campaign.model_validate({**old.model_dump(by_alias=True), **changes})
    return campaign, _catalog()


def test_units_that_must_report_are_found_by_name_or_place_and_the_others_listed() -> None:
    must = [{"tag": "示范校", "units": ["恩施州利川市示例教育局", "利川市示例第九小学", "badong"]}]
    campaign, catalog = _changed("enshi-2023", must_report=must)
    part = next(part for part in standing(campaign, catalog, frozenset()) if part.title == "必报单位")
    assert [row[2] for row in part.rows] == ["已报", "没有报", "已报"]


def test_of_fourteen_handed_in_at_most_eleven_are_awarded_at_80_percent() -> None:
    assert [row[5] for row in _parts("enshi-2023")["市级奖项"].rows] == [2, 5, 4]
    campaign, catalog = _changed("enshi-2023", received=[{"region": "lichuan", "count": 10}])
    part = next(part for part in standing(campaign, catalog, frozenset()) if part.title == "市级奖项")
    assert sum(int(row[5]) for row in part.rows) == 8


def test_cases_that_lack_consent_captions_or_words_are_named(run: Run, project: Path) -> None:
    path = project / "cases" / "enshi-2023" / "lichuan-new" / "index.md"
    path.parent.mkdir()
    path.write_text(
        "---\ntitle: 还缺的示例\nunit: {name: 利川市示例小学, region: lichuan}\ncategory: B1\n"
        "pictures:\n  - {file: media/a.jpg, alt: ''}\nvideos:\n  - {file: media/a.mp4, title: 甲}\n"
        "  - {file: media/b.mp4, title: 乙, narration: none}\n---\n\n![](media/a.jpg)\n",
        "utf-8",
    )
    done = run("campaign", "status", "enshi-2023")
    assert done.exit_code == 0, done.output
    (line,) = [line for line in done.output.splitlines() if line.startswith("lichuan-new")]
    assert line.endswith("公开同意、字幕 1 个、图片说明 2 处")


def test_the_same_numbers_come_as_csv_and_as_a_workbook(run: Run, project: Path, tmp_path: Path) -> None:
    out = tmp_path / "进展.xlsx"
    assert run("campaign", "status", "enshi-2023", "--format", "xlsx", "--out", out).exit_code == 0
    told = run("campaign", "status", "enshi-2023", "--format", "csv").stdout_bytes.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(told)))
    sheet = openpyxl.load_workbook(out).active
    assert [[str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)] == rows
    assert ["enshi-2023", "各地报送", "利川市", "还缺", "B1缺2；B2缺2；C缺5"] in rows
    before = out.read_bytes()
    assert run("campaign", "status", "enshi-2023", "--format", "xlsx", "--out", out).exit_code == 2
    assert out.read_bytes() == before
    assert run("campaign", "status", "enshi-2023", "--format", "xlsx").exit_code == 2
    assert run("campaign", "status", "nowhere").exit_code == 2


@pytest.mark.parametrize("call", [*SAMPLES, "exhibition-4", "exhibition-4-2021"])
def test_next_years_call_keeps_rules_and_comments_and_no_date(call: str) -> None:
    data = (ROOT / "cases" / call / "campaign.yml").read_bytes()
    made = next_call(data, new_id="next-2030", year=2030)
    old = Campaign.model_validate(read_data(data).front)
    new = Campaign.model_validate(read_data(made.campaign.encode()).front)
    assert (new.id, new.year, new.status) == ("next-2030", 2030, "征集中")
    assert (new.doc_no, new.issued, new.tag, new.received, new.surveys) == (None, None, None, (), ())
    assert not [m for m in new.timeline if m.from_ or m.to or m.was]
    assert [m.what for m in new.timeline] == [m.what for m in old.timeline]
    assert (new.parent, new.amends) == (old.parent or old.amends, None)  # an older call is not changed again
    for field in ("categories", "limits", "formats", "template", "quotas", "awards", "forms", "consent", "topics"):
        assert getattr(new, field) == getattr(old, field), field
    comments = re.findall(r"^#.*", data.decode(), re.MULTILINE)
    assert [c for c in re.findall(r"^#.*", made.campaign, re.MULTILINE) if "待填" not in c] == comments
    assert {number for number, _ in made.to_fill} == {
        i for i, line in enumerate(made.campaign.splitlines(), 1) if "待填" in line
    }


def test_dates_in_braces_go_too() -> None:
    data = (ROOT / "cases" / "yueyang-2021" / "campaign.yml").read_text("utf-8")
    block = data[data.index("timeline:") : data.index("guidance:")]
    braces = "timeline:\n  - {what: 报送, from: 2021-10-01, to: 2021-10-18}\n  - {from: 2021-11-01, what: 评审}\n\n"
    made = next_call(data.replace(block, braces).encode(), new_id="y-2022", year=2022)
    new = Campaign.model_validate(read_data(made.campaign.encode()).front)
    assert [(m.what, m.from_, m.to) for m in new.timeline] == [("报送", None, None), ("评审", None, None)]
    assert "待填 from（原来是 2021-10-01）、待填 to（原来是 2021-10-18）" in made.campaign


def test_a_new_call_is_withheld_until_its_notice_is_there_and_passes_then(run: Run, project: Path) -> None:
    before = tree(project)
    done = run("campaign", "new", "--from", "enshi-2023", "--id", "enshi-2024", "--year", "2024")
    assert done.exit_code == 0, done.output
    assert "campaign.yml 第 10 行：待填 doc_no：新通知的文号" in done.output
    assert {name: data for name, data in tree(project).items() if name in before} == before
    notice = project / "cases" / "enshi-2024" / "notice.md"

    def errors() -> list[str]:
        found = examine(read_catalog(project / "cases")).diagnostics
        return [f"{d.file}: {d.code}" for d in found if "enshi-2024" in d.file and d.severity == "error"]

    assert errors() == ["cases/enshi-2024/notice.md: CAM010"]
    notice.write_text("关于开展示例活动的通知\n", "utf-8")
    assert errors() == []


@pytest.mark.parametrize(
    "words",
    [
        ("--from", "nowhere", "--id", "x-2024", "--year", "2024"),
        ("--from", "enshi-2023", "--id", "Enshi_2024", "--year", "2024"),
        ("--from", "enshi-2023", "--id", "../x", "--year", "2024"),
        ("--from", "enshi-2023", "--id", "yueyang-2021", "--year", "2024"),
        ("--from", "enshi-2023", "--id", "enshi-2024", "--year", "2023"),
    ],
)
def test_a_call_that_cannot_be_begun_leaves_nothing(words: tuple[str, ...], run: Run, project: Path) -> None:
    before = tree(project)
    assert run("campaign", "new", *words).exit_code == 2
    assert tree(project) == before
    assert len(CALLS) == len([path for path in (project / "cases").iterdir() if path.is_dir()])

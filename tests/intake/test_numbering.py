"""Numbers are counted as Word counts them, and answers go to the field whose label they stand beside."""

from __future__ import annotations

from lxml import etree

from generator.catalog.demands import Form, FormField
from generator.intake.forms import answers, form_of
from generator.intake.numbering import Numbering
from generator.intake.words import Cell, Paragraph, Span, Table

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def numbering(levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> Numbering:
    xml = f'<w:numbering {_W}><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>{nums}</w:numbering>'
    return Numbering(etree.fromstring(xml))


def level(depth: int, text: str, form: str = "decimal", more: str = "") -> str:
    return f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def labels(one: Numbering, *depths: int, num: str = "1") -> list[str]:
    return [label.text if (label := one.label(num, depth)) else "" for depth in depths]


def test_a_deeper_level_begins_anew_under_each_number_above() -> None:
    one = numbering(level(0, "%1、", "chineseCounting") + level(1, "（%2）", "chineseCounting") + level(2, "%1.%2.%3"))
    assert labels(one, 0, 1, 1, 2, 0, 1, 2, 2) == [
        "一、",
        "（一）",
        "（二）",
        "一.二.1",
        "二、",
        "（一）",
        "二.一.1",
        "二.一.2",
    ]


def test_a_level_that_never_restarts_counts_on() -> None:
    one = numbering(level(0, "%1、", "chineseCounting") + level(1, "%2.", more='<w:lvlRestart w:val="0"/>'))
    assert labels(one, 0, 1, 1, 0, 1) == ["一、", "1.", "2.", "二、", "3."]


def test_a_level_in_arabic_figures_throughout() -> None:
    one = numbering(level(0, "%1、", "chineseCounting") + level(1, "%1.%2", more="<w:isLgl/>"))
    assert labels(one, 0, 1) == ["一、", "1.1"]


def test_a_second_list_of_one_pattern_counts_on_unless_it_says_where_it_begins() -> None:
    nums = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="0"/>{override}</w:num>'
        for number, override in (
            (1, ""), (2, ""), (3, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'),
        )
    )  # fmt: skip
    one = numbering(level(0, "%1."), nums)
    assert labels(one, 0, 0) == ["1.", "2."]
    assert labels(one, 0, num="2") == ["3."]
    assert labels(one, 0, 0, num="3") == ["5.", "6."]


def cell(words: str, rows: int = 1, columns: int = 1) -> Cell:
    return Cell(blocks=(Paragraph(spans=(Span(text=words),)),), rows=rows, columns=columns)


FORM = Form(
    id="form", title="某表", fields=(
        FormField(key="title", label="名称", public=True), FormField(key="unit", label="单位", public=True),
        FormField(key="public_phone", label="电话", public=True, group="服务台"),
        FormField(key="phone", label="电话", public=False, group="联系人"),
    ),
)  # fmt: skip


def test_of_two_fields_of_one_label_none_that_is_public_is_guessed() -> None:
    table = Table(grid=((cell("名称"), cell("甲")), (cell("电话"), cell("123"))))
    assert form_of(table, [FORM]) is FORM
    phone = answers(table, FORM)[1]
    assert phone.field
    assert phone.field.key == "phone"


def test_a_group_to_the_left_says_which_of_them_it_is() -> None:
    table = Table(
        grid=(
            (cell("单位"), cell("某校"), None),
            (cell("服务台", rows=2), cell("电话"), cell("1")),
            (None, cell("名称"), cell("乙")),
        )
    )
    found = {answer.field.key: answer.text for answer in answers(table, FORM) if answer.field}
    assert found == {"unit": "某校", "public_phone": "1", "title": "乙"}


def test_what_no_label_leads_to_is_kept_as_nobody_knows_whether_it_is_public() -> None:
    table = Table(
        grid=((cell("名称"), cell("甲")), (cell("单位"), cell("某校")), (cell("不认识的栏目"), cell("张示例 138")))
    )
    rest = [answer for answer in answers(table, FORM) if answer.field is None]
    assert {answer.text for answer in rest} == {"不认识的栏目", "张示例 138"}


def test_an_empty_answer_is_no_answer_of_the_next_label() -> None:
    table = Table(grid=((cell("名称"), cell("")), (cell("单位"), cell("某校"))))
    found = {answer.field.key: answer.text for answer in answers(table, FORM) if answer.field}
    assert found == {"title": "", "unit": "某校"}

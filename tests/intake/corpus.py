"""Word files as schools send them, each with a quirk of real ones, and what must come of them. All of it is made up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import word
from .word import FANG, HEI, KAI, SONG, Word, box, drawing, h2, h3, p, photograph, r, tbl, tc, text, title


@dataclass(frozen=True, kw_only=True)
class Labelled:
    """A file, and what a person who reads it sees in it."""

    name: str
    campaign: str
    make: Callable[[Path], list[Path]]
    title: str
    headings: list[tuple[int, str]]
    pictures: list[tuple[str, str]] = field(default_factory=list)  # alt text and caption, in order
    tables: list[list[list[str]]] = field(default_factory=list)
    front: dict[str, Any] = field(default_factory=dict)
    says: list[str] = field(default_factory=list)  # in index.md
    private: list[str] = field(default_factory=list)  # nowhere in the folder, and in the office's file
    gone: list[str] = field(default_factory=list)  # nowhere at all
    remarks: list[str] = field(default_factory=list)  # parts of sentences of the report


ENSHI_PARTS = [
    (2, "一、案例概述"),
    (2, "二、案例实施与成效"),
    (3, "（一）实施背景"),
    (3, "（二）实施方案"),
    (4, "1. 先把名单理清"),
    (4, "2.再把课表排开"),
    (3, "（三）实施效果"),
    (2, "三、案例特点与创新"),
]


def _save(path: Path, file: Word) -> list[Path]:
    return [file.save(path / "case.docx")]


def fake_headings(path: Path) -> list[Path]:
    """No style anywhere: headings are paragraphs in 黑体 and 楷体; much else looks a little like one."""
    file = Word().add(
        p(r("附件2", HEI)),
        title("一块大屏进山来"),
        title("——示例坪小学的午间课堂"),
        text("实施单位：恩施市示例坪小学"),
        text("实施时间：2022年3月至2023年4月"),
        text("关键词：午间课堂；教学点，双师"),
        text("相关网址：学校主页 https://example.org/shiliping"),
        h2("一、案例概述"),
        text("学校有六个班。（一）是最小的班，只有九个孩子。"),
        h2("二、案例实施与成效"),
        h3("（一）实施背景"),
        text("（一）离镇上二十里；"),
        text("（二）没有专职音乐教师；"),
        p(r("这一段整段加粗，但它是一句完整的话。", bold=True)),
        h3("（二）实施方案"),
        p(r("1. 先把名单理清", FANG, bold=True)),
        text("1. 每周一核对名单，缺的当天补上。"),
        p(r("2.再把课表排开", FANG, bold=True)),
        text("二、三年级合上一节，四年级单独上。"),
        h3("（三）实施效果"),
        text("出勤由93%升到98%。"),
        h2("三、案例特点与创新"),
        text("不添一台设备。"),
    )
    return _save(path, file)


_NUMBERS = """<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="japaneseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimalEnclosedCircle"/><w:lvlText w:val="%1"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="2"/></w:num>"""


def word_numbering(path: Path) -> list[Path]:
    """Numbers that stand nowhere in the text: Word counts them."""
    head = {"face": HEI}

    def numbered(words: str, level: int, face: str = HEI) -> str:
        return p(r(words, face), num=(1, level))

    file = Word(numbering=_NUMBERS).add(
        title("示例镇把点名交给课表"),
        numbered("案例概述", 0),
        text("全镇五所学校。"),
        numbered("案例实施与成效", 0),
        numbered("实施背景", 1, KAI),
        text("三件事要做："),
        p(r("摸底"), num=(2, 0)),
        p(r("看课表"), num=(2, 1)),
        p(r("看设备"), num=(2, 1)),
        p(r("排课"), num=(2, 0)),
        numbered("实施方案", 1, KAI),
        p(r("开会"), num=(3, 0)),
        p(r("试排"), num=(3, 0)),
        p(r("甲说明"), num=(4, 0)),
        p(r("乙说明"), num=(4, 0)),
        numbered("实施效果", 1, KAI),
        text("缺课由12节降到1节。"),
        numbered("案例特点与创新", 0),
        text("先有名单。"),
    )
    del head
    return _save(path, file)


_HEAD_STYLES = """<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="21"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="a"/></w:style>
<w:style w:type="paragraph" w:styleId="10"><w:name w:val="Title"/><w:basedOn w:val="a"/></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/><w:basedOn w:val="a"/></w:style>"""


def wps_quirks(path: Path) -> list[Path]:
    """As WPS writes: ids of styles are numbers, blanks indent, everything sits in sdt and smartTag, lines break by hand."""
    file = Word(styles=_HEAD_STYLES).add(
        p(r("数据跑腿，老师少走路", "宋体", 10.5), style="10"),
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>'
        + p(r("一、案例背景\t1"), style="TOC1") + "</w:sdtContent></w:sdt>",
        p(r("摘要：把三张表并成一张。全校用了一个学期。")),
        p(r("一、案例背景", "宋体"), style="1"),
        "<w:sdt><w:sdtContent>" + p(r("　　学校有四十二个班。", "宋体")) + "</w:sdtContent></w:sdt>",
        p(r("（一）旧账", "宋体"), style="2"),
        p(
            '<w:smartTag w:element="date">' + r("2020年", "宋体") + "</w:smartTag>",
            r("九月", "宋体"),
            '<w:r><w:br/></w:r>',
            r("开始登记。", "宋体"),
        ),
        p(r("二、工作机制", "宋体"), style="1"),
        text("每周五核对。"),
        p(r("三、成效与创新", "宋体"), style="1"),
        text("漏报由每月七次到零。"),
        p(r("自评", "宋体"), style="1"),
        text("做法简单，别校可学。"),
        text("还要接上学籍系统。"),
    )  # fmt: skip
    return _save(path, file)


def merged_table(path: Path) -> list[Path]:
    """A table with a head of two rows and cells that reach down."""
    file = Word().add(
        title("三个班的前测后测"),
        h2("一、案例背景"),
        text("结果见下表。"),
        tbl(
            [tc("班级", merge="restart"), tc("平均分", columns=2), tc("备注", merge="restart")],
            [tc("", merge="continue"), "前测", "后测", tc("", merge="continue")],
            [tc("一班", merge="restart"), "61", "74", "示例"],
            [tc("", merge="continue"), "62", "75|80", "*复测*"],
            ["二班", tc("缺考", columns=2), ""],
        ),
        h2("二、主要成效"),
        text("都有提高。"),
    )
    return _save(path, file)


def text_boxes(path: Path) -> list[Path]:
    """Words in boxes, which Word keeps twice, and a box within a table."""
    file = Word().add(
        title("墙上的字"),
        h2("一、案例背景"),
        p(r("走廊尽头有一块牌子。"), box(p(r("“请把手机放进袋里”")) + p(r("——示例中学学生会")))),
        tbl([tc(p(box(p(r("框里的话"))))), tc("右边")], ["下左", "下右"]),
        h2("二、主要成效"),
        text("没有人再问。"),
    )
    return _save(path, file)


def tracked_changes(path: Path) -> list[Path]:
    """Insertions stay, deletions and comments go, and somebody is told."""
    file = Word(
        comments='<w:comment w:id="0" w:author="示例审阅人"><w:p>'
        + r("这里的数要核实，找示例科室")
        + "</w:p></w:comment>"
    ).add(
        title("两遍课"),
        h2("一、案例背景"),
        p(
            r("全校"),
            '<w:del w:id="1" w:author="示例审阅人"><w:r><w:delText>八百</w:delText></w:r></w:del>',
            '<w:ins w:id="2" w:author="示例审阅人">' + r("七百九十六") + "</w:ins>",
            '<w:commentRangeStart w:id="0"/>',
            r("人。"),
            '<w:commentRangeEnd w:id="0"/>',
            '<w:moveFrom w:id="3"><w:r><w:t>原处的话</w:t></w:r></w:moveFrom>',
            '<w:moveTo w:id="4">' + r("挪来的话。") + "</w:moveTo>",
            r("看不见的字", more="<w:vanish/>"),
        ),
        h2("二、主要成效"),
        text("第二遍更短。"),
    )
    return _save(path, file)


def cropped_pictures(path: Path) -> list[Path]:
    """Pictures cut, turned, mirrored, on their side, with a place in them; one twice; one that is a drawing of Windows."""
    file = Word()
    plain = file.picture(photograph(place=True))
    side = file.picture(photograph(400, 300, orientation=6, place=True))
    vector = file.picture(b"\x01\x00\x00\x00" + b"\0" * 80, "emf")
    file.add(
        title("照片里的课堂"),
        h2("一、案例背景"),
        p(drawing(plain, crop='r="50000" b="25000"')),
        p(r("图1　只留左半边")),
        p(drawing(plain, turn=90), drawing(plain, flip=True, words="学生背对镜头看屏幕")),
        p(r("图2 转了一下　　图3 照镜子")),
        p(drawing(side)),
        p(drawing(plain), drawing(vector)),
        h2("二、主要成效"),
        text("看图。"),
    )
    return _save(path, file)


def picture_table(path: Path) -> list[Path]:
    """Pictures set side by side in a table without lines, their captions in the row below; a frame around one paragraph."""
    file = Word()
    one, two = file.picture(photograph(120, 90)), file.picture(photograph(90, 120))
    file.add(
        title("四面墙"),
        h2("一、案例背景"),
        tbl([tc(p(r("这段话只是围了一个框。")))]),
        tbl([tc(p(drawing(one))), tc(p(drawing(two)))], ["图1 东墙", "图2 西墙"]),
        h2("二、主要成效"),
        text("墙还在。"),
    )
    return _save(path, file)


def recommendation_form(path: Path) -> list[Path]:
    """推荐表: the whole document is one table with merged groups; the text is a file of its own."""
    form = (
        Word()
        .add(
            p(r("附表", HEI)),
            p(r("基础教育信息化应用展示交流活动典型案例推荐表", SONG, 18), centred=True),
            tbl(
                ["案例名称", tc("一校一表：示例小学的减负账", columns=4)],
                ["申报单位\n（加盖公章）", tc("平江县示例小学", columns=4)],
                [tc("负责人信息", merge="restart"), "姓　名", "尹示例", "职务", "副校长"],
                [tc("", merge="continue"), "联系电话", "0730-6200001", "电子邮箱", "yin@example.com"],
                ["联系人信息", "姓名", "文示范", "联系电话", "13900000011"],
                ["案例撰写人员（不超过5人）", tc("尹示例、文示范（平江县示例小学）", "欧阳示例", columns=4)],
                [tc("案例简介（500字左右）", columns=5)],
                [tc(p(r("学校原来每月要报四十一张表。")), p(r("一年后只剩九张。")), columns=5)],
                ["市州教育行政部门推荐意见（盖章）", tc("同意推荐。联系 0730-8880000", columns=4)],
            ),
        )
        .save(path / "01推荐表.docx")
    )
    report = Word().add(
        title("一校一表：示例小学的减负账"),
        h2("摘要"),
        text("把四十一张表并成九张。"),
        h2("一、案例背景"),
        text("表太多。联系文老师13900000011领表。"),
        h2("二、解决的关键问题"),
        text("谁都在要数。"),
        h2("三、技术方案"),
        text("一张底表。"),
        h2("四、工作机制"),
        text("每月五日。"),
        h2("五、成效与创新点"),
        text("少了三十二张。"),
        h2("六、下一步打算"),
        text("再少三张。"),
        h2("自评"),
        text("省下的时间还给了课堂。"),
    ).save(path / "02案例正文.docx")  # fmt: skip
    return [form, report]


def application_form(path: Path) -> list[Path]:
    """试点申请表: two 手机号码, told apart by the label to their left; then the plan."""
    file = Word().add(
        p(r("2020年岳阳市教育信息化创新试点项目申请表", SONG, 18), centred=True),
        tbl(
            ["申报单位名称（盖章）", tc("湘阴县示例湖畔学校", columns=3)],
            ["试点类别", tc("中小学校", columns=3)],
            ["试点项目名称", tc("湖畔学校的半自动课堂", columns=3)],
            ["负责人", "甘示例", "手机号码", "13900000021"],
            ["联系人", "乐示范", "手机号码", "13900000022"],
            ["试点实施方案要点", tc("要点一；要点二。", columns=3)],
            ["县（市、区）教育局意见", tc("同意申报。（盖章）", columns=3)],
            ["市（州）教育局审批意见", tc("", columns=3)],
        ),
        title("湖畔学校的半自动课堂"),
        h2("一、概述"),
        text("学校在湖边。"),
        h2("二、试点项目立项必要性及可行性分析"),
        text("有必要。"),
        h2("三、试点工作实施方案"),
        text("分三步。"),
        h2("四、试点工作效益及风险分析"),
        text("有风险。"),
    )
    return _save(path, file)


def fields_and_notes(path: Path) -> list[Path]:
    """Footnotes, links, fields, raised figures, symbols, a formula, a contents field."""
    file = Word(
        styles=_HEAD_STYLES,
        footnotes='<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote><w:footnote w:id="1"><w:p>'
        + r("据学校2021年台账。") + "</w:p></w:footnote>",
    )  # fmt: skip
    lead = file.link("https://example.org/report")
    mail = file.link("mailto:someone@example.com")
    begin, middle, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    file.add(
        title("会跑的公式"),
        p(begin, '<w:r><w:instrText>TOC \\o "1-3"</w:instrText></w:r>', middle, r("一、案例背景……1")),
        p(r("二、主要成效……2"), end),
        h2("一、案例背景"),
        p(
            r("面积是36 m"), r("2", more='<w:vertAlign w:val="superscript"/>'), r("，水是H"),
            r("2", more='<w:vertAlign w:val="subscript"/>'), r("O。"),
            '<w:r><w:footnoteReference w:id="1"/></w:r>', r("见"),
            f'<w:hyperlink r:id="{lead}">' + r("报告") + "</w:hyperlink>", r("和"),
            f'<w:hyperlink r:id="{mail}">' + r("邮箱") + "</w:hyperlink>", r("，另见"),
            begin, '<w:r><w:instrText> HYPERLINK "https://example.org/two" </w:instrText></w:r>', middle,
            r("第二份"), end, r("，第"), begin, "<w:r><w:instrText> PAGE </w:instrText></w:r>", middle, r("3"), end, r("页。"),
        ),
        p('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', r("已完成 "), "<m:oMath><m:r><m:t>a+b=c</m:t></m:r></m:oMath>"),
        text("# 不是标题；*不是*强调；<b>不是标签</b>；[不是](链接)；1. 不是列表"),
        text("- 不是列表"),
        h2("二、主要成效"),
        p(r("前半", bold=True), r("后半。")),
    )  # fmt: skip
    return _save(path, file)


def nested_tables(path: Path) -> list[Path]:
    """Everything in one frame, a table in a cell of another, and a table that begins one column in."""
    inner = tbl(["一月", "二月"], ["3", "4"])
    file = Word().add(
        tbl(
            [
                tc(
                    title("框里的学校"),
                    h2("一、案例背景"),
                    text("整篇都在一个框里。"),
                    tbl(["项目", "数"], ["甲", tc(inner)]),
                    h2("二、主要成效"),
                    text("框去掉了。"),
                )
            ]
        )
    )
    return _save(path, file)


def with_papers(path: Path) -> list[Path]:
    """A folder as it is zipped: the report, pictures of a camera, a film with captions, papers, a scan with a seal."""
    Word().add(title("带着材料来"), h2("一、案例背景"), text("材料在一起。"), h2("二、主要成效"), text("齐了。")).save(
        path / "带着材料来.docx"
    )
    (path / "IMG_2031.JPG").write_bytes(photograph(200, 150))
    (path / "湖边的课堂.jpg").write_bytes(photograph(210, 150))
    (path / "02 课堂实录.mp4").write_bytes(b"not a film")
    (path / "02 课堂实录.srt").write_text("1\n00:00:00,000 --> 00:00:02,000\n上课\n", "utf-8")
    (path / "推荐表（盖章扫描件）.pdf").write_bytes(b"%PDF-1.4\n")
    (path / "旧方案.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    papers = path / "支撑材料"
    papers.mkdir()
    Word().add(text("制度正文")).save(papers / "1.设备使用管理制度.docx")
    return [path]


CORPUS = (
    Labelled(
        name="fake headings", campaign="enshi-2023", make=fake_headings, title="一块大屏进山来", headings=ENSHI_PARTS,
        front={
            "subtitle": "示例坪小学的午间课堂",
            "unit": {"name": "恩施市示例坪小学", "region": "enshi-city", "kind": "学校"},
            "period": {"from": "2022-03", "to": "2023-04"},
            "keywords": ["午间课堂", "教学点", "双师"],
            "topics": ["教学点"],
            "links": [{"title": "学校主页", "url": "https://example.org/shiliping"}],
        },
        says=["（一）离镇上二十里；", "这一段整段加粗，但它是一句完整的话。", "1\\. 每周一核对名单", "二、三年级合上一节"],
        gone=["附件2"],
    ),
    Labelled(
        name="Word's own numbering", campaign="enshi-2023", make=word_numbering, title="示例镇把点名交给课表",
        headings=[one for one in ENSHI_PARTS if one[0] != 4],
        says=["1. 摸底\n    - 看课表\n    - 看设备\n2. 排课", "1. 开会\n2. 试排", "①甲说明", "②乙说明"],
    ),
    Labelled(
        name="quirks of WPS", campaign="yueyang-2021", make=wps_quirks, title="数据跑腿，老师少走路",
        headings=[(2, "一、案例背景"), (3, "（一）旧账"), (2, "二、工作机制"), (2, "三、成效与创新")],
        front={"summary": "把三张表并成一张。全校用了一个学期。", "self_review": "做法简单，别校可学。\n还要接上学籍系统。"},
        says=["学校有四十二个班。\n", "2020年九月\n\n开始登记。"],
        remarks=["目录没有导入"],
    ),
    Labelled(
        name="merged cells", campaign="yueyang-2021", make=merged_table, title="三个班的前测后测",
        headings=[(2, "一、案例背景"), (2, "二、主要成效")],
        tables=[[
            ["班级", "平均分 前测", "平均分 后测", "备注"],
            ["一班", "61", "74", "示例"],
            ["一班", "62", "75\\|80", "\\*复测\\*"],
            ["二班", "缺考", "缺考", ""],
        ]],
    ),
    Labelled(
        name="text boxes", campaign="yueyang-2021", make=text_boxes, title="墙上的字",
        headings=[(2, "一、案例背景"), (2, "二、主要成效")],
        tables=[[["框里的话", "右边"], ["下左", "下右"]]],
        says=["走廊尽头有一块牌子。\n\n“请把手机放进袋里”\n\n——示例中学学生会\n"],
    ),
    Labelled(
        name="tracked changes", campaign="yueyang-2021", make=tracked_changes, title="两遍课",
        headings=[(2, "一、案例背景"), (2, "二、主要成效")],
        says=["全校七百九十六人。挪来的话。"], gone=["八百", "原处的话", "要核实", "示例审阅人", "看不见的字"],
        remarks=["采用插入的 5 字，去掉删除的 6 字", "批注 1 条没有导入", "隐藏文字 5 字没有导入"],
    ),
    Labelled(
        name="cropped and turned pictures", campaign="yueyang-2021", make=cropped_pictures, title="照片里的课堂",
        headings=[(2, "一、案例背景"), (2, "二、主要成效")],
        pictures=[
            ("只留左半边", "图1 只留左半边"), ("转了一下", "图2 转了一下"), ("学生背对镜头看屏幕", "图3 照镜子"),
            ("待写：这张图片的内容", ""), ("待写：这张图片的内容", ""),
        ],
        remarks=["第 6 张图片没有导入，是 EMF 矢量图", "2 张图片没有说明"],
    ),
    Labelled(
        name="pictures in a table", campaign="yueyang-2021", make=picture_table, title="四面墙",
        headings=[(2, "一、案例背景"), (2, "二、主要成效")],
        pictures=[("东墙", "图1 东墙"), ("西墙", "图2 西墙")],
        says=["\n这段话只是围了一个框。\n"],
    ),
    Labelled(
        name="recommendation form and report", campaign="yueyang-2021", make=recommendation_form,
        title="一校一表：示例小学的减负账",
        headings=[
            (2, "一、案例背景"), (2, "二、解决的关键问题"), (2, "三、技术方案"), (2, "四、工作机制"),
            (2, "五、成效与创新点"), (2, "六、下一步打算"),
        ],
        front={
            "unit": {"name": "平江县示例小学", "region": "pingjiang", "kind": "学校"},
            "stage": ["小学"],
            "authors": [
                {"name": "尹示例", "unit": "平江县示例小学"}, {"name": "文示范", "unit": "平江县示例小学"},
                {"name": "欧阳示例"},
            ],
            "intro": "学校原来每月要报四十一张表。\n一年后只剩九张。",
            "summary": "把四十一张表并成九张。",
            "self_review": "省下的时间还给了课堂。",
        },
        says=["联系文老师［已移出］领表"],
        private=["副校长", "0730-6200001", "yin@example.com", "13900000011", "同意推荐", "0730-8880000"],
    ),
    Labelled(
        name="application form and plan", campaign="yueyang-2020-pilots", make=application_form, title="湖畔学校的半自动课堂",
        headings=[
            (2, "一、概述"), (2, "二、试点项目立项必要性及可行性分析"), (2, "三、试点工作实施方案"),
            (2, "四、试点工作效益及风险分析"),
        ],
        front={
            "unit": {"name": "湘阴县示例湖畔学校", "region": "xiangyin", "kind": "学校"}, "category": "中小学校",
        },
        private=["甘示例", "13900000021", "乐示范", "13900000022", "要点一", "同意申报"],
    ),
    Labelled(
        name="fields, notes and signs", campaign="yueyang-2021", make=fields_and_notes, title="会跑的公式",
        headings=[(2, "一、案例背景"), (2, "二、主要成效")],
        says=[
            "36 m²，水是H₂O。[^1]见[报告](https://example.org/report)和邮箱，另见[第二份](https://example.org/two)，第3页。",
            "[^1]: 据学校2021年台账。", "☑已完成 a+b=c", "\\# 不是标题；\\*不是\\*强调；\\<b\\>不是标签\\</b\\>", "\\- 不是列表",
            "**前半**后半。",
        ],
        gone=["……1", "……2", "someone@example.com"],
        remarks=["公式 1 处"],
    ),
    Labelled(
        name="everything in a frame", campaign="yueyang-2021", make=nested_tables, title="框里的学校",
        headings=[(2, "一、案例背景"), (2, "二、主要成效")],
        tables=[[["项目", "数"], ["甲", "一月，二月 3，4"]]],
    ),
    Labelled(
        name="a folder with papers", campaign="yueyang-2021", make=with_papers, title="带着材料来",
        headings=[(2, "一、案例背景"), (2, "二、主要成效")],
        pictures=[("待写：这张图片的内容", ""), ("湖边的课堂", "")],
        front={
            "videos": [{"file": "media/ke-tang-shi-lu.mp4", "title": "课堂实录", "captions": "media/ke-tang-shi-lu.srt"}],
            "attachments": [
                {"file": "attachments/she-bei-shi-yong-guan.docx", "title": "设备使用管理制度", "kind": "管理制度"}
            ],
        },
        remarks=["推荐表（盖章扫描件）.pdf 没有导入：盖章", "旧方案.doc 没有导入：请用 Word 或 WPS 打开，另存为 .docx"],
    ),
)  # fmt: skip

__all__ = ["CORPUS", "Labelled", "word"]

"""Private data are found in whatever dress, masked when shown, and nothing innocent is taken for one."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.check import privacy
from generator.check.privacy import masked, scan

DIGITS_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
IDENTITY = "11010519491231002X"  # the example of the standard, nobody's number


def kinds(text: str) -> list[str]:
    return [datum.kind for datum in scan(text)]


@pytest.mark.parametrize(
    "number",
    [
        "13812345678",
        "138 1234 5678",
        "138-1234-5678",
        "1381 234 5678",
        "1381234 5678",
        "138–1234–5678",
        "+8613812345678",
        "+86 138 1234 5678",
        "86-13812345678",
        "008613812345678",
        "013812345678",
        "13812345678".translate(DIGITS_WIDE),
        "１３８　１２３４　５６７８",
    ],
)
@pytest.mark.parametrize(
    "around", ["{}", "电话：{}。", "陈老师{}同号", "Tel.{}", "tel:{}", "（{}）", "{}、{}", "{}万老师"]
)
def test_mobile_numbers_are_found_in_every_dress(number: str, around: str) -> None:
    text = around.replace("{}", number)
    assert kinds(text) == ["mobile"] * around.count("{}")


@pytest.mark.parametrize(
    "number",
    [
        "0730-8881234",
        "0730 8881234",
        "(0730)8881234",
        "（0730）8881234",
        "07308881234",
        "010-81234567",
        "+86 0730-8881234",
        "电话：8881234",
        "传真 8888 1234",
    ],
)
def test_landlines_are_found(number: str) -> None:
    assert kinds(f"办公室 {number}，") == ["landline"]


@pytest.mark.parametrize(
    "address",
    [
        "zhang.san@example.org",
        "a_b-1@mail.example.com.cn",
        "zhang＠example.org",
        "zhang(at)example.org",
        "zhang（AT）example.org",
        "12345#qq.com",
    ],
)
def test_mail_addresses_are_found(address: str) -> None:
    assert kinds(f"请寄{address}。") == ["email"]


@pytest.mark.parametrize(
    "number",
    [
        IDENTITY,
        IDENTITY.lower(),
        "110105 19491231 002X",
        "110105-19491231-002x",
        "110105　19491231　002x",
        IDENTITY.translate(DIGITS_WIDE),
        "110105491231002",
    ],
)
def test_identity_numbers_are_found(number: str) -> None:
    assert kinds(f"身份证{number}，") == ["identity"]


@pytest.mark.parametrize(
    "text",
    [
        "2021年10月13日，2020-02-15，2019—2021年",
        "恩施州教函〔2023〕5号",
        "4612名教师和6.8万名学生，共13812345678字节",
        "投入13812345678元，占13812345678.5%",
        "圆周率3.13812345678，编号20138123456789",
        "ISBN 978-7-107-12345-6，ISBN 9787107123456",
        "![课堂](media/13812345678.jpg)",
        "https://example.org/t20210318_13812345678.html",
        "IMG_13812345678",
        "138****5678，z***@example.org，110***************",
        "a1b2c3f13812345678d9",
        "logo@2x.png，@同学，package@1.2.3",
        "110105194912310021",  # wrong check digit
        "110105194913310025",  # no such month
        "990105491231002",  # no such province
        "0.0730888123，第0730号",
        "1139 1152 2880 4720",
        "12000 13000 14000 15000",
        "20230501 20230502 123",
    ],
)
def test_innocent_numbers_are_left_alone(text: str) -> None:
    assert kinds(text) == []


def test_offsets_count_characters_of_the_text_as_given() -> None:
    text = "甲１３８１２３４５６７８，乙 a@example.org"
    first, second = scan(text)
    assert (first.kind, text[first.offset : first.offset + first.length]) == ("mobile", "１３８１２３４５６７８")
    assert (second.kind, text[second.offset : second.offset + second.length]) == ("email", "a@example.org")


def with_check_digit(stem: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return stem + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(stem, weights, strict=True)) % 11]


def test_a_right_check_digit_alone_makes_no_identity_number() -> None:
    assert kinds(with_check_digit("11010519491231002")) == ["identity"]
    assert kinds(with_check_digit("11010519491331002")) == []  # no such month
    assert kinds(with_check_digit("11010517491231002")) == []  # nobody is that old
    assert kinds(with_check_digit("16010519491231002")) == []  # no such province
    assert kinds("160105491231002") == []
    assert kinds("110105491331002") == []


def test_a_masked_landline_keeps_its_area() -> None:
    assert masked("电话0730-8881234，（0717）8881234，传真：8881234") == "电话0730-****34，0717-****34，传真：****34"


def test_only_the_kinds_that_are_asked_for_are_found() -> None:
    text = f"13812345678 a@example.org {IDENTITY} 0730-8881234"
    assert [datum.kind for datum in scan(text, ("identity",))] == ["identity"]
    assert sorted(kinds(text)) == ["email", "identity", "landline", "mobile"]


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_what_is_shown_never_tells_the_number(number: str) -> None:
    (datum,) = scan(f"电话{number}。")
    assert number not in datum.masked
    assert sum(character.isdigit() for character in datum.masked) <= 5
    assert scan(masked(f"电话{number}。")) == ()


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2026, 1, 1)), st.integers(0, 999))
def test_of_all_last_characters_one_makes_an_identity_number(born: datetime.date, serial: int) -> None:
    stem = f"430602{born:%Y%m%d}{serial:03}"
    assert sum(bool(scan(stem + last, ("identity",))) for last in "0123456789X") == 1


@given(st.integers(0, 400), st.integers(0, 400), st.sampled_from(["字", "号 ", "3，"]))
def test_what_stands_around_changes_nothing(before: int, after: int, filling: str) -> None:
    text = f"{filling * before}电话13812345678，{filling * after}邮箱zhang@example.org。"
    assert [(datum.kind, text[datum.offset : datum.offset + datum.length]) for datum in scan(text)] == [
        ("mobile", "13812345678"),
        ("email", "zhang@example.org"),
    ]


def test_a_long_run_of_digits_hides_no_number_at_its_ends() -> None:
    for length in (12, 60, 79, 80, 81, 82, 200, 400):
        assert scan("1" * length + "13812345678") == ()
        assert scan("13812345678" + "1" * length) == ()


PIECES = st.sampled_from(
    ["13812345678", "138 1234 5678", "一三八零零零零七一零一", "0730-8881234", "电话", "手机：", "微信", "VX", "QQ：", "加Q", "a@example.org",
     "（at）", "QQ邮箱", "邮箱", "家住", "住址：", "3栋", "2单元", "301室", "示例小区", "村3组12号", "护照号", "E00007301", "&#49;", "\u200b",
     "\u3000", "—", "·", "％", "%40", "mailto:", "|", "\n", " ", "，", "课", "在", "zhang_2020", "123456789", "1", "8", IDENTITY, "６"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=60).map("".join))
def test_looking_at_the_promising_places_alone_misses_nothing(text: str) -> None:
    looked = scan(text)
    everywhere = tuple((lambda sight: iter([(0, len(sight.text))]), finders) for _, finders in privacy._FINDERS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(privacy, "_FINDERS", everywhere)
        assert scan(text) == looked


@given(st.text(max_size=200))
def test_any_text_can_be_scanned_and_masked(text: str) -> None:
    for datum in scan(text):
        assert 0 <= datum.offset < datum.offset + datum.length <= len(text)
    masked(text)


def test_a_long_text_without_private_data_is_scanned_at_once() -> None:
    # Patterns that look far ahead take minutes on runs like these; the bound is generous on purpose.
    for hostile in ("a" * 200_000, "1" * 200_000, "a." * 100_000, "0730-" * 40_000, "a@" * 100_000):
        assert all(datum.length < 400 for datum in scan(hostile))
